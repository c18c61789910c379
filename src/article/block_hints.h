/* Small things within lines of text that readers do not see, or see as
 * something else. */
#ifndef DTL_ARTICLE_BLOCK_HINTS_H
#define DTL_ARTICLE_BLOCK_HINTS_H

#include "html/dom.h"

/* Whether an inline element is the end of a link that tells where it opens:
 * "(opens in a new tab)", for those who hear the page. */
bool dtl_is_window_hint(dtl_html_doc *doc, dtl_html_ref n);

/* Whether a text node's only letter is an initial, by the class of its
 * element, which begins the word that goes on with `next`. */
bool dtl_is_drop_cap(dtl_html_doc *doc, dtl_html_ref text, char next);

#endif
