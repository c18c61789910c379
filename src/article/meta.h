/* The steps that decide what an article's metadata is, from facts.
 *
 * Each fills its fields of the article and reads those that earlier steps
 * filled; what is not known stays absent. The article's url is set by the
 * caller before; order: site, title, then the choice of blocks, then the
 * rest. DTL_NOMEM is the only error of any. */
#ifndef DTL_ARTICLE_META_H
#define DTL_ARTICLE_META_H

#include "article/article.h"
#include "article/facts.h"

/* The part of the tree that holds the body: from the first node of the first
 * chosen block to behind the last node of the last; 0, 0 when no block was
 * chosen. */
typedef struct {
    dtl_html_ref first, end;
} dtl_body_range;

typedef struct {
    dtl_html_doc *doc;
    const dtl_facts *facts;
    dtl_article *article;
    dtl_html_ref title_node; /* set by dtl_meta_title; 0: unknown */
    dtl_body_range body;     /* used by the steps after the choice */
    /* What the images need besides; zeros are fine. */
    dtl_html_ref prose;        /* the body's first node below its summary */
    const dtl_html_ref *texts; /* first nodes of the chosen texts, in order */
    size_t text_count;
    dtl_str base_url; /* that addresses are resolved by; the article's url
                         when empty */
    dtl_str as_of;    /* that relative dates count from; else
                         when the page was fetched */
    const dtl_embed_site *sites; /* sorted: nothing in them is the page's own */
    size_t site_count;
    dtl_buf *account; /* takes lines on the candidates; NULL: not asked for */
    dtl_html_ref *image_nodes; /* set by the images: the element that shows
                                  each, 0 where none does; in the arena */
} dtl_meta;

/* Before the choice of blocks. */

/* url fields made absolute, site_name, site_domain, language, section,
 * description, tags. */
dtl_status dtl_meta_site(dtl_meta *m);

/* title and subtitle. *node is the element whose text the title is (an h1,
 * mostly), which is no block then; 0 when no element has it. */
dtl_status dtl_meta_title(dtl_meta *m, dtl_html_ref *node);

/* After it. */

dtl_status dtl_meta_authors(dtl_meta *m);

/* published and modified. */
dtl_status dtl_meta_published(dtl_meta *m);

/* images: the lead image first, then the body's in order; image_nodes. */
dtl_status dtl_meta_images(dtl_meta *m);

/* declared and observed. Reads status, text and words; an article of which
 * only the beginning is there becomes a stub, in status too. */
dtl_status dtl_meta_access(dtl_meta *m);

#endif
