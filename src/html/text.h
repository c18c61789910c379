/* Cleaning up ranges of a page, for the modules that hand them out. */
#ifndef DTL_HTML_TEXT_H
#define DTL_HTML_TEXT_H

#include "html/dom.h"

/* What of CR and NUL is in s, as DTL_TEXT_CR and DTL_TEXT_NUL. */
uint8_t dtl_html_text_flags(dtl_str s);

/* A slice of d's text with all done that text_flags ask for: s itself where
 * they are 0, else a copy in d's arena. ptr NULL when out of memory. */
dtl_str dtl_html_cleaned(dtl_html_doc *d, dtl_str s, uint8_t text_flags,
                         bool in_attr);

#endif
