/* The learned score of a block: a sum of small decision trees.
 *
 * Trees lie flat: a node is a test and the leaves that are left where it
 * fails, which are all but those on its left. Where all tests have been made,
 * in any order, the first leaf that is left is the tree's. So many blocks can
 * be scored side by side, without a branch. */
#ifndef DTL_ARTICLE_MODEL_H
#define DTL_ARTICLE_MODEL_H

#include <dateline.h>

typedef struct {
    uint8_t feature; /* DTL_F_ number */
    float at;        /* passed where the value is not above it ... */
    uint32_t set;    /* ... or, where this is not 0, in this set */
    uint32_t left;   /* leaves of its tree, as bits, where it fails */
} dtl_model_node;

typedef struct {
    uint16_t node, end; /* its nodes */
    uint16_t value;     /* that of its first leaf */
} dtl_model_tree;

/* The generated table. */
extern const size_t dtl_model_features; /* that it was trained with */
extern const size_t dtl_model_tree_count;
extern const dtl_model_tree dtl_model_trees[];
extern const dtl_model_node dtl_model_nodes[];
extern const float dtl_model_values[];

enum {
    DTL_MODEL_LANES = 8 /* blocks that are scored at once */
};

/* Log odds that blocks are of the article: rows are their features. count is
 * at most DTL_MODEL_LANES. */
void dtl_model_scores(const float *const *rows, size_t count, float *scores);

/* The same by one block, plainly, and by the vectors of each instruction
 * set, which take DTL_MODEL_LANES rows. */
float dtl_model_score(const float *features);
void dtl_model_lanes_plain(const float *const *rows, float *scores);
void dtl_model_lanes_sse41(const float *const *rows, float *scores);
void dtl_model_lanes_avx2(const float *const *rows, float *scores);

#endif
