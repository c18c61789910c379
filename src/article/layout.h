/* Lays blocks out into an article: one text, offsets into it.
 *
 * The text is the blocks' texts with an empty line between them. Whoever finds
 * a body (in the tree, in script data, in a plain-text record) adds its blocks
 * in order and then ends the layout. */
#ifndef DTL_ARTICLE_LAYOUT_H
#define DTL_ARTICLE_LAYOUT_H

#include "article/article.h"

typedef struct {
    dtl_article *article;
    dtl_buf text;
    dtl_block *blocks;
    dtl_embed *embeds;
    dtl_note *notes;
    size_t block_count, block_cap, embed_count, embed_cap;
    size_t note_count, note_cap;
    size_t words;
    dtl_status status; /* of the first call that failed */
} dtl_layout;

void dtl_layout_init(dtl_layout *l, dtl_article *a);

/* Begins a block with text: append that to l->text, add its words to
 * l->words, then call close. b holds what is known of the block but text,
 * start and end. */
void dtl_layout_open(dtl_layout *l, const dtl_block *b);
void dtl_layout_close(dtl_layout *l);

/* The block in work. */
dtl_block *dtl_layout_last(dtl_layout *l);

/* A whole block of the given text with so many words. */
void dtl_layout_add(dtl_layout *l, const dtl_block *b, dtl_str text,
                    size_t words);

/* A block that takes no room in the text; its text is kept as it is. */
void dtl_layout_aside(dtl_layout *l, const dtl_block *b);

/* An embed and its block. */
void dtl_layout_embed(dtl_layout *l, const dtl_embed *e, size_t source_start,
                      size_t source_end, dtl_origin origin);

void dtl_layout_note(dtl_layout *l, const dtl_note *n);

/* Hands everything to the article, in whose arena it lies, and hashes the
 * text. Returns the first failure, of any call. */
dtl_status dtl_layout_end(dtl_layout *l);

#endif
