/* Sort-friendly addresses, the keys of archive indexes. */
#ifndef DTL_WARC_SURT_H
#define DTL_WARC_SURT_H

#include "base/alloc.h"

/* Appends the SURT of an address to out, as dtl_surt of dateline.h; a is for
 * work. DTL_NOMEM. */
dtl_status dtl_surt_put(dtl_str url, dtl_arena *a, dtl_buf *out);

#endif
