/* Content codings of HTTP, and the loop that all unpacking of whole data goes
 * through. */
#ifndef DTL_WARC_CODING_H
#define DTL_WARC_CODING_H

#include "base/alloc.h"
#include "warc/inflate.h"

typedef enum {
    DTL_CODING_NONE, /* also identity, and names that are not known */
    DTL_CODING_GZIP,
    DTL_CODING_DEFLATE, /* zlib data, or bare deflate data, as servers do */
    DTL_CODING_BROTLI,
    DTL_CODING_ZSTD
} dtl_coding;

dtl_coding dtl_coding_of(dtl_str name);

/* Decoders, made when they are asked for and kept. A zeroed one is ready. */
typedef struct {
    dtl_inflate *inflate;
    struct ZSTD_DCtx_s *zstd;
} dtl_decoders;

void dtl_decoders_clear(dtl_decoders *d);

/* Unpacks deflate data that lie whole in memory until they end: takes what it
 * used off *in and appends to out, which may grow by max bytes. *how is
 * DTL_INFLATE_MORE where they are cut short. DTL_LIMIT, DTL_NOMEM. */
dtl_status dtl_inflate_all(dtl_decoders *d, dtl_wrap wrap, dtl_str *in,
                           size_t max, dtl_buf *out, dtl_inflate_status *how,
                           dtl_error *err);

/* Appends the decoded bytes to out, at most max. What is cut or damaged gives
 * what came before; *sound says whether the data went to their end.
 * DTL_LIMIT, DTL_NOMEM. */
dtl_status dtl_coding_undo(dtl_decoders *d, dtl_coding coding, dtl_str bytes,
                           size_t max, dtl_buf *out, bool *sound,
                           dtl_error *err);

#endif
