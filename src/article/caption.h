/* The words that stand by a picture. */
#ifndef DTL_ARTICLE_CAPTION_H
#define DTL_ARTICLE_CAPTION_H

#include "html/dom.h"

/* White space is collapsed; ptr NULL where there is none. */
typedef struct {
    dtl_str caption, credit;
} dtl_caption;

/* Finds caption and credit of the picture at n, in arena. before and behind
 * are the nodes of the other pictures next to it, in tree order, or 0: what
 * holds one of them is not this picture's own. DTL_NOMEM is the only error. */
dtl_status dtl_caption_find(dtl_html_doc *d, dtl_html_ref n,
                            dtl_html_ref before, dtl_html_ref behind,
                            dtl_arena *arena, dtl_caption *out);

/* Caption and credit as two texts that something said of a picture. */
void dtl_caption_settle(dtl_str caption, dtl_str credit, dtl_caption *out);

#endif
