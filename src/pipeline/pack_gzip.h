/* Whole gzip members, by ISA-L, or by zlib where the build had none. */
#ifndef DTL_PIPELINE_PACK_GZIP_H
#define DTL_PIPELINE_PACK_GZIP_H

#include "base/alloc.h"

typedef struct dtl_gzipper dtl_gzipper;

/* NULL when out of memory. */
dtl_gzipper *dtl_gzipper_new(void);
void dtl_gzipper_free(dtl_gzipper *g);
/* Appends plain to out as a member. DTL_NOMEM; DTL_LIMIT past 4 GiB. */
dtl_status dtl_gzip_pack(dtl_gzipper *g, dtl_str plain, dtl_buf *out);

#endif
