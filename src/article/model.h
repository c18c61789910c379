/* The learned score of a block: a sum of small decision trees. */
#ifndef DTL_ARTICLE_MODEL_H
#define DTL_ARTICLE_MODEL_H

#include <dateline.h>

typedef struct {
    uint8_t feature;     /* DTL_F_ number */
    int16_t left, right; /* a later node; negative: -1 - index of a value */
    float at;            /* left where the value is not above it ... */
    uint32_t set;        /* ... or, where this is not 0, in this set */
} dtl_model_node;

/* The generated table. */
extern const size_t dtl_model_features; /* that it was trained with */
extern const size_t dtl_model_trees;
extern const int16_t dtl_model_roots[];
extern const dtl_model_node dtl_model_nodes[];
extern const float dtl_model_values[];

/* Log odds that the block of these features is of the article. */
float dtl_model_score(const float *features);

#endif
