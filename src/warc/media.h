/* Media types by content. */
#ifndef DTL_WARC_MEDIA_H
#define DTL_WARC_MEDIA_H

#include <dateline.h>

/* The media type that bytes look like: what their first bytes are known for,
 * else "text/plain" or "application/octet-stream" by whether they hold bytes
 * that text has not. NULL for no bytes. Static storage. */
const char *dtl_media_type(dtl_str bytes);

#endif
