/* What is known of each block when the choice is made, as numbers.
 *
 * First the region: where on the page the body most likely is, told by the
 * prose in it. Then where each block stands in it, and the score of the rules
 * made by hand, which look at no word. They decide about four blocks of five.
 * Those that are left in doubt have features: their own and those of what is
 * around them, relative to the region. All is summed in passes over the arrays
 * of blocks.h; nothing is visited again a subtree at a time. */
#ifndef DTL_ARTICLE_FEATURES_H
#define DTL_ARTICLE_FEATURES_H

#include "article/blocks.h"
#include "article/facts.h"
#include "article/residue.h"

enum {
#define FEATURE(name) DTL_F_##name,
#include "article/features.def"
#undef FEATURE
    DTL_FEATURES
};

extern const char *const dtl_feature_names[DTL_FEATURES];

typedef struct {
    float f[DTL_FEATURES];
} dtl_block_features;

/* Where a block stands. */
typedef struct {
    float prose_before, prose_after; /* shares of the root's */
    float hand;                      /* of a text, its dtl_hand_score */
    uint32_t row; /* number of its features, from 1; 0: it has none */
    uint64_t key; /* dtl_text_key, where another text may have the same; or 0 */
    uint8_t gap_before, gap_after; /* blocks since the last prose, up to 99 */
    uint8_t repeated;    /* times its text stands elsewhere, up to 9 */
    bool text;           /* it is one */
    bool asked;          /* the model is asked about it */
    bool has_residue;    /* this is known: */
    dtl_residue residue; /* see dtl_residue_at */
} dtl_block_place;

#define DTL_NO_BLOCK UINT32_MAX

/* What the choice knows of each box besides blocks.h. */
typedef struct {
    float trust;      /* 1; less where class words speak against prose in it */
    float prose;      /* prose in it, by trust */
    uint32_t bits;    /* class words of it and of the boxes around it, below the
                         root, or below what holds the root */
    uint32_t in;      /* the same of DTL_IN_ bits */
    uint32_t group;   /* innermost box at or above it with two texts */
    uint32_t main_up; /* steps from the main group to the common box */
    uint32_t main_down; /* steps from the common box to it */
    float group_prose;  /* prose of blocks whose group it is */
} dtl_box_note;

typedef struct {
    dtl_blocks *b;
    dtl_html_doc *doc;
    const dtl_facts *facts;
    dtl_str title;
    dtl_html_ref title_node; /* 0: no element has it */
    dtl_arena *arena;
    /* The region. */
    dtl_box_note *notes;  /* one a box */
    uint32_t root;        /* box that holds the body */
    uint32_t main_group;  /* box with the most prose of its own */
    uint32_t title_block; /* DTL_NO_BLOCK: none */
    uint32_t article;     /* box of the page's article among others; 0: it is
                             alone */
    float root_prose, page_prose;
    dtl_block_place *places;  /* one a block */
    dtl_block_features *rows; /* of those that have features */
    struct dtl_said *said;    /* see features_said.h */
    /* Scores to decide by in place of the model's; NULL but in training. */
    const float *scores;
    /* Fill the features of all texts: for training. */
    bool all_features;
} dtl_region;

/* Finds the region of scanned blocks; the first seven fields are set by the
 * caller. DTL_NOMEM is the only error, also below. */
dtl_status dtl_region_find(dtl_region *r);

/* A note at the foot of the text, told by the mark that leads back to where
 * it belongs. Of 514 such items on the stored pages of encyclopedias and blogs
 * none was not the article's. */
bool dtl_has_footnote_mark(dtl_str text);
static inline bool dtl_is_footnote(const dtl_block_entry *e)
{
    return e->list_depth && e->m.words >= 4 && dtl_has_footnote_mark(e->text);
}

/* Fills places and features. */
dtl_status dtl_features_fill(dtl_region *r);

/* Those of a block; NULL where it has none. */
static inline dtl_block_features *dtl_features_row(const dtl_region *r,
                                                   uint32_t i)
{
    uint32_t row = r->places[i].row;

    return row ? &r->rows[row - 1] : NULL;
}

/* The score by rules made by hand, of what is known of a text without its
 * words: about zero where it cannot tell. same_kind as the feature. What the
 * words say for or against it comes on top. */
float dtl_hand_score(const dtl_region *r, uint32_t i, float same_kind);
float dtl_hand_words(const float *f);

/* A block's level of a class word: as the features cw_. */
static inline int dtl_class_level(const dtl_region *r, uint32_t i, uint32_t bit)
{
    const dtl_box *box = &r->b->boxes[r->b->blocks[i].box];
    uint32_t far = r->notes[r->b->blocks[i].box].bits & bit;

    if (!far)
        return 0;
    return box->bits & far ? 3 : r->b->boxes[box->parent].bits & far ? 2 : 1;
}

/* What is asked of blocks with features or without: the features desc_match
 * and author_match, and the residue. Blocks are texts. */
float dtl_desc_match(const dtl_region *r, uint32_t i);
float dtl_author_match(const dtl_region *r, uint32_t i);
dtl_residue dtl_residue_at(const dtl_region *r, uint32_t i);

#endif
