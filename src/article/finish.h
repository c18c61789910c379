/* From verdicts to the article's text, blocks, embeds and notes. */
#ifndef DTL_ARTICLE_FINISH_H
#define DTL_ARTICLE_FINISH_H

#include "article/choose.h"

typedef struct {
    const dtl_region *region;
    dtl_verdict *verdicts; /* captions among them go */
    const dtl_embed_site *sites;
    size_t site_count;
    dtl_str base_url;                /* that links are resolved by */
    dtl_article *article;            /* images are filled already */
    const dtl_html_ref *image_nodes; /* one an image, 0 where none shows it;
                                        NULL when there are no images */
} dtl_finish;

/* Fills text, blocks, embeds and notes. DTL_NOMEM is the only error. */
dtl_status dtl_finish_page(const dtl_finish *f);

#endif
