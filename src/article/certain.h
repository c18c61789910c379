/* What needs no score: a few rules about blocks that the choice got wrong on
 * pages unlike those it learned from, each sure by itself.
 *
 * The learned choice weighs many small signs, and on short pages there are
 * few. Here are lines and boxes that are the article's words on no page:
 * readers' comments, bylines and dates over the body, what a wall says, pull
 * quotes. docs/READING.md has each class with its figures. */
#ifndef DTL_ARTICLE_CERTAIN_H
#define DTL_ARTICLE_CERTAIN_H

#include "article/choose.h"

/* Changes verdicts that scores have set. DTL_NOMEM is the only error. */
dtl_status dtl_certain(dtl_region *r, dtl_verdict *v);

#endif
