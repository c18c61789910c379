/* Walks each tree from its root to a leaf and adds the leaves up. */
#include "article/model.h"

static bool goes_left(const dtl_model_node *n, float value)
{
    if (!n->set)
        return value <= n->at;
    return value >= 0 && value < 32 && n->set >> (unsigned)value & 1;
}

float dtl_model_score(const float *features)
{
    float sum = 0;

    for (size_t t = 0; t < dtl_model_trees; t++) {
        int at = dtl_model_roots[t];

        while (at >= 0) {
            const dtl_model_node *n = &dtl_model_nodes[at];

            at = goes_left(n, features[n->feature]) ? n->left : n->right;
        }
        sum += dtl_model_values[-1 - at];
    }
    return sum;
}
