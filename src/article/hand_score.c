/* The score of a block by rules made by hand.
 *
 * A sum of evidence, in the manner of log odds: prose in the box that holds
 * most of the page's prose is the body; what names itself otherwise, links
 * elsewhere or stands beyond the last paragraph is not. The learned model
 * does better; this one needs no training and explains itself. */
#include "article/features.h"

/* Weight of a class word on the block's own box; half of it on the one
 * around, a third farther up. */
static const float class_weight[32] = {
    -4,    -1, -4, -3,    -3.5f, -2.5f, -5,   -4,    /* nav ... share */
    -4,    -3, -2, -3,    -3,    -4,    -2,   -4,    /* ad ... caption */
    -1.5f, -2, -4, 1.5f,  0.3f,  -0.5f, 1.5f, -4,    /* media ... consent */
    -3,    -3, 0,  -1.5f, -0.5f, -1,    -2,   -3.5f, /* modal ... legal */
};

static float by_class(const dtl_region *r, const dtl_block_entry *e)
{
    static const float level[3] = {0.33f, 0.5f, 1};
    const dtl_box *box = &r->b->boxes[e->box];
    uint32_t far = r->notes[e->box].bits, own = box->bits;
    uint32_t near = r->b->boxes[box->parent].bits;
    float sum = 0;

    for (uint32_t left = far; left; left &= left - 1) {
        int i = __builtin_ctz(left);

        sum += class_weight[i] * level[own >> i & 1 ? 2 : near >> i & 1];
    }
    return sum < -6 ? -6 : sum;
}

static float by_place(const dtl_region *r, uint32_t i, float same_kind)
{
    const dtl_box *root = &r->b->boxes[r->root];
    const dtl_box_note *n = &r->notes[r->b->blocks[i].box];
    const dtl_block_place *p = &r->places[i];
    float before = p->gap_before, after = p->gap_after;
    float up = (float)n->main_up, down = (float)n->main_down;
    float sum = 2 * same_kind;

    sum += i >= root->first && i < root->end ? 0.5f : -2;
    sum += n->group == r->main_group ? 1.5f : 0;
    sum -= up > 6 ? 3 : 0.4f * up;
    sum -= down > 6 ? 1.5f : 0.2f * down;
    if (p->prose_after <= 0)
        sum -= 0.5f + 0.1f * (before > 20 ? 20 : before);
    if (p->prose_before <= 0 && after > 2)
        sum -= 0.1f * (after > 20 ? 20 : after);
    if (r->title_block != DTL_NO_BLOCK && i < r->title_block)
        sum -= 2;
    return sum;
}

static float by_enclosing(uint32_t in, const dtl_block_entry *e)
{
    static const struct {
        uint32_t in;
        float weight;
    } weights[] = {
        {DTL_IN_NAV, -3},        {DTL_IN_FOOTER, -3},  {DTL_IN_ASIDE, -2},
        {DTL_IN_FORM, -2},       {DTL_IN_CAPTION, -3}, {DTL_IN_FIGURE, -1},
        {DTL_IN_NOSCRIPT, -1},   {DTL_IN_HIDDEN, -1},  {DTL_IN_ADDRESS, -1},
        {DTL_IN_ARTICLE, -0.5f},
    };
    float sum = e->in & DTL_IN_BODY_PROP ? 1 : 0;

    for (size_t k = 0; in && k < sizeof weights / sizeof weights[0]; k++)
        sum += in & weights[k].in ? weights[k].weight : 0;
    return sum;
}

static float by_text(const dtl_block_entry *e, const dtl_block_place *p)
{
    uint32_t weight = e->m.weight;
    float sum = weight > 200 ? 1.5f : weight > 80 ? 1 : weight > 30 ? 0 : -0.7f;

    if (dtl_link_share(e) > 0.5f)
        sum -= weight > 120 ? 1 : 3;
    if (e->m.end == DTL_END_STOP)
        sum += 1;
    if (e->heading)
        sum += p->gap_after <= 1 && p->gap_before < 10 ? 1.5f : 0;
    if (e->time_letters * 2 > e->m.letters)
        sum -= 3;
    return sum;
}

float dtl_hand_score(const dtl_region *r, uint32_t i, float same_kind)
{
    const dtl_block_entry *e = &r->b->blocks[i];

    return by_class(r, e) + by_place(r, i, same_kind) +
           by_enclosing(r->notes[e->box].in, e) + by_text(e, &r->places[i]);
}

float dtl_hand_words(const float *f)
{
    float sum = 3 * f[DTL_F_desc_match];

    if (f[DTL_F_residue])
        sum -= 4;
    if (f[DTL_F_author_match] > 0.5f)
        sum -= 3;
    if (f[DTL_F_body_match] >= 0)
        sum += 4 * f[DTL_F_body_match] - 1;
    return sum;
}
