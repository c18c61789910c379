/* From verdicts to the article's text, blocks, embeds and notes. */
#ifndef DTL_ARTICLE_FINISH_H
#define DTL_ARTICLE_FINISH_H

#include "article/choose.h"

typedef struct {
    const dtl_region *region;
    const dtl_verdict *verdicts;
    const dtl_embed_site *sites;
    size_t site_count;
    dtl_str base_url;     /* that links are resolved by */
    dtl_article *article; /* images are filled already */
} dtl_finish;

/* Lays out text and blocks with offsets, links and source ranges, places
 * embeds, counts words and hashes the text. DTL_NOMEM is the only error. */
dtl_status dtl_finish_page(const dtl_finish *f);

/* Words and hash of a->text, for all ways that an article comes by it. */
dtl_status dtl_finish_text(dtl_article *a);

#endif
