/* Chunks of output packed, each by itself: a gzip member or a zstd frame a
 * chunk, so that a file is written by several threads and cut off at any
 * chunk, and any tool unpacks it as one. */
#ifndef DTL_PIPELINE_PACK_H
#define DTL_PIPELINE_PACK_H

#include "base/alloc.h"

typedef enum {
    DTL_PACK_NONE,
    DTL_PACK_GZIP,
    DTL_PACK_ZSTD
} dtl_packing_kind;

/* By a name's end: .jsonl, .jsonl.gz, .jsonl.zst; false for another. */
bool dtl_pack_kind_of(dtl_str name, dtl_packing_kind *out);

typedef struct dtl_packer dtl_packer;

/* NULL when out of memory. */
dtl_packer *dtl_packer_new(dtl_packing_kind kind);
void dtl_packer_free(dtl_packer *p);

/* Packs plain, which may be moved from and is empty then, into out, which is
 * empty: the same bytes for the same input. DTL_NOMEM is the only error. */
dtl_status dtl_pack(dtl_packer *p, dtl_buf *plain, dtl_buf *out);

#endif
