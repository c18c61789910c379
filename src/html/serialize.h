/* HTML out of a tree: the standard's fragment serialization. */
#ifndef DTL_HTML_SERIALIZE_H
#define DTL_HTML_SERIALIZE_H

#include "html/dom.h"

/* Appends what is inside n ("the HTML fragment serialization algorithm",
 * section 13.3): of an element or fragment its children, of a template its
 * contents, of the document all. out->status says whether memory sufficed. */
void dtl_html_serialize(dtl_html_doc *d, dtl_html_ref n, dtl_buf *out);

/* The same with n's own tags around. */
void dtl_html_serialize_outer(dtl_html_doc *d, dtl_html_ref n, dtl_buf *out);

/* Appends text with &, <, > and no-break space as references; for a quoted
 * attribute value, " as well. */
void dtl_html_escape(dtl_str text, bool in_attr, dtl_buf *out);

#endif
