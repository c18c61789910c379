/* Content codings of HTTP. */
#ifndef DTL_WARC_CODING_H
#define DTL_WARC_CODING_H

#include "base/alloc.h"

typedef enum {
    DTL_CODING_NONE, /* also identity, and names that are not known */
    DTL_CODING_GZIP,
    DTL_CODING_DEFLATE, /* zlib data, or bare deflate data, as servers do */
    DTL_CODING_BROTLI,
    DTL_CODING_ZSTD
} dtl_coding;

dtl_coding dtl_coding_of(dtl_str name);

/* Appends the decoded bytes to out, at most max. What is cut or damaged gives
 * what came before; *sound says whether the data went to their end.
 * DTL_LIMIT, DTL_NOMEM. */
dtl_status dtl_coding_undo(dtl_coding coding, dtl_str bytes, size_t max,
                           dtl_buf *out, bool *sound, dtl_error *err);

#endif
