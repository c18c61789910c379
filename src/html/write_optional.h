/* Which tags may be left out when HTML is written. */
#ifndef DTL_HTML_WRITE_OPTIONAL_H
#define DTL_HTML_WRITE_OPTIONAL_H

#include "html/write.h"

/* The known name of a tag, DTL_N_NONE for others. */
dtl_name dtl_html_event_name(const dtl_html_event *e);

/* Whether a parser implies that tag before next (NULL at the end). closed is
 * the name of an end tag right before it. */
bool dtl_html_end_is_optional(dtl_name name, const dtl_html_event *next);
bool dtl_html_start_is_optional(dtl_name name, dtl_name closed,
                                const dtl_html_event *next);

#endif
