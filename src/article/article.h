/* The article while it is made, and the steps that make it.
 *
 * One page's way (read.c): parse; facts (what the page says of itself);
 * embeds (which parts of the tree are foreign objects); title; blocks and
 * their choice; what is around the body: date, authors, images, notes,
 * access; then finish, which lays out text and offsets. Each step fills its
 * fields of the article and reads those of earlier steps. All memory is the
 * article's arena: nothing is freed singly, and out of memory is the only
 * error a step has. */
#ifndef DTL_ARTICLE_ARTICLE_H
#define DTL_ARTICLE_ARTICLE_H

#include "base/alloc.h"
#include "html/dom.h"

/* The order of an article's times, which few ask for: made when it is. */
typedef struct {
    dtl_timeline_entry *entries; /* NULL: not yet */
    size_t count;
} dtl_timeline;

struct dtl_article {
    dtl_arena *arena;

    dtl_page_status status;
    dtl_str reason;
    dtl_str url, canonical_url, next_page;
    dtl_str site_name, site_domain;
    dtl_article_kind kind;
    dtl_str title, subtitle, section, description, language;
    dtl_str *tags;
    size_t tag_count;
    dtl_author *authors;
    size_t author_count;
    dtl_date published, modified;
    dtl_str fetched;
    dtl_image *images;
    size_t image_count;
    dtl_str text;
    dtl_block *blocks;
    size_t block_count;
    dtl_embed *embeds;
    size_t embed_count;
    const dtl_quote *quotes; /* they borrow from the reader's finder */
    size_t quote_count;
    dtl_time *times;
    size_t time_count;
    dtl_timeline *timeline; /* NULL: the text was not looked at for times */
    dtl_note *notes;
    size_t note_count;
    dtl_access_declared declared;
    dtl_access_observed observed;
    size_t words;
    dtl_str hash;

    dtl_str file, record_id, encoding; /* source */
    size_t offset;
    bool has_offset;
    dtl_str explanation; /* lines of --explain; ptr NULL when not asked for */
};

/* An embed found in the tree: the run of nodes that it replaces, placeholder
 * and residue included. Runs are in tree order and do not overlap. */
typedef struct {
    dtl_html_ref first, end; /* [first, end) */
    dtl_embed embed;         /* its `at` is set by finish */
} dtl_embed_site;

#endif
