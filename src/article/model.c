/* Scores by the trees, one block plainly, or several by vectors. */
#include "article/model.h"
#include "base/cpu.h"

static bool passes(const dtl_model_node *n, float value)
{
    if (!n->set)
        return value <= n->at;
    return value >= 0 && value < 32 && n->set >> (unsigned)value & 1;
}

float dtl_model_score(const float *features)
{
    float sum = 0;

    for (size_t t = 0; t < dtl_model_tree_count; t++) {
        const dtl_model_tree *tree = &dtl_model_trees[t];
        uint32_t left = UINT32_MAX;

        for (size_t i = tree->node; i < tree->end; i++) {
            const dtl_model_node *n = &dtl_model_nodes[i];

            if (!passes(n, features[n->feature]))
                left &= n->left;
        }
        sum += dtl_model_values[tree->value + __builtin_ctz(left)];
    }
    return sum;
}

static void score_lanes(const float *const *rows, float *scores)
{
#if DTL_CPU_X86
    dtl_cpu level = dtl_cpu_level();

    if (level >= DTL_CPU_AVX2) {
        dtl_model_lanes_avx2(rows, scores);
        return;
    }
    if (level >= DTL_CPU_SSE41) {
        dtl_model_lanes_sse41(rows, scores);
        return;
    }
#endif
    dtl_model_lanes_plain(rows, scores);
}

void dtl_model_scores(const float *const *rows, size_t count, float *scores)
{
    const float *all[DTL_MODEL_LANES];
    float out[DTL_MODEL_LANES];

    if (!count)
        return;
    for (size_t k = 0; k < DTL_MODEL_LANES; k++)
        all[k] = rows[k < count ? k : 0];
    score_lanes(all, out);
    for (size_t k = 0; k < count; k++)
        scores[k] = out[k];
}
