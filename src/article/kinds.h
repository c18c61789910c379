/* What the chosen blocks are, and what kind of article they make. */
#ifndef DTL_ARTICLE_KINDS_H
#define DTL_ARTICLE_KINDS_H

#include "article/choose.h"

typedef struct {
    dtl_region *region;
    dtl_verdict *verdicts;
    dtl_article *article; /* title, section and URLs are filled; kind is set */
    const dtl_embed_site *sites;
    size_t site_count;
} dtl_kinds;

/* Sets kind, level and, of live entries, published of each verdict that
 * stays, and the article's kind. Clock lines that open a live entry are kept
 * for it. DTL_NOMEM is the only error. */
dtl_status dtl_kinds_set(dtl_kinds *k);

/* Makes the article a gallery where its images, which are filled by then, are
 * what it is made of. */
void dtl_kinds_gallery(dtl_kinds *k);

/* Turns questions in bold, or lines that begin "Q:" and "A:", into questions
 * and answers; whether the article is an interview. */
bool dtl_kinds_interview(dtl_kinds *k);

/* Opens the entries of a live page; whether it is one. *st is DTL_NOMEM when
 * memory ran out. */
bool dtl_kinds_live(dtl_kinds *k, dtl_status *st);

#endif
