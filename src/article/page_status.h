/* What a page is, when it is no article. */
#ifndef DTL_ARTICLE_PAGE_STATUS_H
#define DTL_ARTICLE_PAGE_STATUS_H

#include "article/choose.h"

typedef struct {
    dtl_page_status status;
    dtl_str reason; /* static storage; ptr NULL for an article */
} dtl_judgement;

/* Tells from the blocks, and what was chosen of them, whether the page is an
 * article, a listing, a wall or error page, or empty. Stubs are articles here:
 * access.c tells them. */
dtl_judgement dtl_page_judge(const dtl_region *r, const dtl_verdict *v);

#endif
