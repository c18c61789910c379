/* The trees over DTL_MODEL_LANES blocks at once, in vectors of the compiler's
 * own kind, for each instruction set. model.c has the same for one block. */
#include "article/features.h"
#include "article/model.h"
#include "base/lanes.h"

typedef float floats __attribute__((vector_size(4 * DTL_MODEL_LANES)));
typedef int32_t ints __attribute__((vector_size(4 * DTL_MODEL_LANES)));
typedef uint32_t masks __attribute__((vector_size(4 * DTL_MODEL_LANES)));

void DTL_LANES_NAME(dtl_model_lanes)(const float *const *rows, float *scores)
{
    floats values[DTL_FEATURES], sum = {0};

    for (size_t f = 0; f < DTL_FEATURES; f++)
        for (size_t k = 0; k < DTL_MODEL_LANES; k++)
            values[f][k] = rows[k][f];
    for (size_t t = 0; t < dtl_model_tree_count; t++) {
        const dtl_model_tree *tree = &dtl_model_trees[t];
        masks left = ~(masks){0};

        for (size_t i = tree->node; i < tree->end; i++) {
            const dtl_model_node *n = &dtl_model_nodes[i];
            floats v = values[n->feature];
            masks passes;

            if (!n->set) {
                passes = (masks)(v <= n->at);
            } else {
                masks at = (masks) __builtin_convertvector(v, ints);

                passes = (masks)(v >= 0) & (masks)(v < 32) &
                         -(((masks){0} + n->set) >> (at & 31) & 1);
            }
            left &= passes | n->left;
        }
        for (size_t k = 0; k < DTL_MODEL_LANES; k++)
            sum[k] += dtl_model_values[tree->value + __builtin_ctz(left[k])];
    }
    for (size_t k = 0; k < DTL_MODEL_LANES; k++)
        scores[k] = sum[k];
}
