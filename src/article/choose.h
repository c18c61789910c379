/* Which blocks are the article.
 *
 * Each text block gets a score from its features: the learned model's where
 * there is one, the hand-made one's otherwise; above zero it stays, unless the
 * run of blocks that it stands in speaks against it. Then come rules about
 * several blocks together: headings of nothing, texts said twice, pull quotes,
 * the headline itself. */
#ifndef DTL_ARTICLE_CHOOSE_H
#define DTL_ARTICLE_CHOOSE_H

#include "article/features.h"

/* Why a block stayed or went. */
typedef enum {
    DTL_WHY_SCORE, /* by its score alone */
    DTL_WHY_TITLE, /* it is the headline */
    DTL_WHY_RESIDUE,
    DTL_WHY_REPEATED,
    DTL_WHY_HEADING, /* of nothing that stayed */
    DTL_WHY_STANDFIRST,
    DTL_WHY_CAPTION, /* an image beside it has it as caption */
    DTL_WHY_NOTE,    /* kept among the notes */
    DTL_WHY_INSIDE,  /* an image or embed within the body */
    DTL_WHY_ENTRY,   /* opens an entry of a live page */
    DTL_WHY_OTHER,   /* of another article on the page */
    DTL_WHY_PAGE,    /* the page is no article */
    DTL_WHY_OUTSIDE,
    DTL_WHY_STRANGER, /* these and the next: see certain.c */
    DTL_WHY_HIDDEN,
    DTL_WHY_BEFORE,
    DTL_WHY_HEAD_LINE,
    DTL_WHY_TAIL_LINE,
    DTL_WHY_NAMED_BOX,
    DTL_WHY_AUTHOR,
    DTL_WHY_WALL,
    DTL_WHY_PULL_QUOTE,
    DTL_WHY_COUNTER,
    DTL_WHY_LINK_LINE,
    DTL_WHY_BESIDE,
    DTL_WHY_HEADS,
    DTL_WHY_ALONE, /* a good score, but nothing beside it stays */
    DTL_WHY_AMONG, /* a doubtful score, but all beside it stays */
    DTL_WHY_FOOTNOTE,
    DTL_WHY_COUNT
} dtl_why;

typedef struct {
    bool keep;
    uint8_t kind; /* dtl_block_kind, where it stays: kinds.h sets it */
    uint8_t level;
    uint8_t why; /* dtl_why */
    float score;
    dtl_str published; /* of a live entry */
} dtl_verdict;

/* Decides about every block of r, whose features are filled; *out has one
 * verdict a block, in r's arena. DTL_NOMEM is the only error. */
dtl_status dtl_choose(dtl_region *r, dtl_verdict **out);

const char *dtl_why_name(dtl_why why);

#endif
