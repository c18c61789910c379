/* A check of what dom.h says always holds, for tests and fuzzing. */
#ifndef DTL_HTML_CHECK_H
#define DTL_HTML_CHECK_H

#include "html/dom.h"

/* NULL when all invariants hold, else what is wrong, in static storage. Sets
 * *where to the node, when where is not NULL. Takes time linear in the
 * document. */
const char *dtl_html_check(const dtl_html_doc *d, dtl_html_ref *where);

#endif
