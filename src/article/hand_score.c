/* The score of a block by rules made by hand.
 *
 * A sum of evidence, in the manner of log odds: prose in the box that holds
 * most of the page's prose is the body; what names itself otherwise, links
 * elsewhere or stands beyond the last paragraph is not. The learned model
 * does better; this one needs no training and explains itself. */
#include "article/choose.h"
#include "article/class_words.h"

/* Weight of a class word on the block's own box; half of it on the one
 * around, a third farther up. */
static const float class_weight[32] = {
    -4,    -1, -4, -3,    -3.5f, -2.5f, -5,   -4,    /* nav ... share */
    -4,    -3, -2, -3,    -3,    -4,    -2,   -4,    /* ad ... caption */
    -1.5f, -2, -4, 1.5f,  0.3f,  -0.5f, 1.5f, -4,    /* media ... consent */
    -3,    -3, 0,  -1.5f, -0.5f, -1,    -2,   -3.5f, /* modal ... legal */
};

static float by_class(const dtl_block_features *row)
{
    static const float level[4] = {0, 0.33f, 0.5f, 1};
    float sum = 0;

    for (uint32_t left = row->class_words; left; left &= left - 1) {
        int i = __builtin_ctz(left);

        sum += class_weight[i] * level[(int)row->f[DTL_F_cw_nav + i] & 3];
    }
    return sum < -6 ? -6 : sum;
}

static float by_place(const float *f)
{
    float sum = 0;

    sum += f[DTL_F_in_root] ? 0.5f : -2;
    sum += f[DTL_F_main_group] ? 1.5f : 0;
    sum -= f[DTL_F_main_up] > 6 ? 3 : 0.4f * f[DTL_F_main_up];
    sum -= f[DTL_F_main_down] > 6 ? 1.5f : 0.2f * f[DTL_F_main_down];
    sum += 2 * f[DTL_F_same_kind];
    if (f[DTL_F_prose_after] <= 0)
        sum -=
            0.5f + 0.1f * (f[DTL_F_gap_before] > 20 ? 20 : f[DTL_F_gap_before]);
    if (f[DTL_F_prose_before] <= 0 && f[DTL_F_gap_after] > 2)
        sum -= 0.1f * (f[DTL_F_gap_after] > 20 ? 20 : f[DTL_F_gap_after]);
    if (f[DTL_F_since_title] > -900 && f[DTL_F_since_title] < 0)
        sum -= 2;
    return sum;
}

static float by_enclosing(const float *f)
{
    return -3 * f[DTL_F_in_nav] - 3 * f[DTL_F_in_footer] -
           2 * f[DTL_F_in_aside] - 2 * f[DTL_F_in_form] -
           3 * f[DTL_F_in_caption] - 1 * f[DTL_F_in_figure] -
           1 * f[DTL_F_in_noscript] - 0.5f * f[DTL_F_in_article] -
           1 * f[DTL_F_in_address] + 1 * f[DTL_F_in_body_prop] -
           1 * f[DTL_F_in_hidden];
}

static float by_text(const float *f)
{
    float sum = 0, weight = f[DTL_F_weight];

    if (f[DTL_F_link_share] > 0.5f)
        sum -= weight > 120 ? 1 : 3;
    sum += weight > 200 ? 1.5f : weight > 80 ? 1 : weight > 30 ? 0 : -0.7f;
    if (f[DTL_F_end] == DTL_END_STOP)
        sum += 1;
    if (f[DTL_F_heading])
        sum += f[DTL_F_gap_after] <= 1 && f[DTL_F_gap_before] < 10 ? 1.5f : 0;
    if (f[DTL_F_residue])
        sum -= 4;
    if (f[DTL_F_time_share] > 0.5f)
        sum -= 3;
    if (f[DTL_F_author_match] > 0.5f)
        sum -= 3;
    sum += 3 * f[DTL_F_desc_match];
    if (f[DTL_F_body_match] >= 0)
        sum += 4 * f[DTL_F_body_match] - 1;
    return sum;
}

float dtl_hand_score(const dtl_block_features *features)
{
    const float *f = features->f;

    return by_class(features) + by_place(f) + by_enclosing(f) + by_text(f);
}
