/* Where the body most likely is.
 *
 * Prose is weighed by trust: what stands in boxes that name themselves
 * comments, related items, menus counts little, unless such a box holds the
 * headline or most of the page, for then its name is wrong or speaks of the
 * layout. From the document down, the region is the box that holds nearly
 * all of its parent's prose; where the prose parts, it stays: bodies split
 * over siblings are whole. Where a page has several articles one after the
 * other, it goes down to the one with the headline. */
#include "article/features.h"
#include "article/class_words.h"
#include "base/str.h"

/* How far prose in a box is trusted by its class words; the least holds. */
static const float trust_in[32] = {
    0.1f, 1,    0.1f, 0.3f, 0.3f, 0.4f, 0.05f, 0.4f,  /* nav ... share */
    0.5f, 0.4f, 1,    0.4f, 1,    0.5f, 1,     0.4f,  /* ad ... caption */
    1,    1,    1,    1,    1,    1,    1,     0.05f, /* media ... consent */
    0.2f, 0.5f, 1,    0.7f, 1,    0.6f, 1,     0.2f,  /* modal ... legal */
};

static float own_trust(const dtl_box *box, uint32_t in_above)
{
    uint32_t in = box->in & ~in_above;
    float trust = 1;

    for (uint32_t bits = box->bits; bits; bits &= bits - 1)
        if (trust_in[__builtin_ctz(bits)] < trust)
            trust = trust_in[__builtin_ctz(bits)];
    if (in & (DTL_IN_NAV | DTL_IN_FOOTER) && trust > 0.1f)
        trust = 0.1f;
    if (in & DTL_IN_ASIDE && trust > 0.3f)
        trust = 0.3f;
    if (in & (DTL_IN_FIGURE | DTL_IN_CAPTION | DTL_IN_FORM | DTL_IN_NOSCRIPT) &&
        trust > 0.4f)
        trust = 0.4f;
    /* Bodies wait in hidden elements, but so do menus and dialogs. */
    if (in & DTL_IN_HIDDEN && trust > 0.5f)
        trust = 0.5f;
    return trust;
}

static bool holds(const dtl_box *box, uint32_t block)
{
    return block >= box->first && block < box->end;
}

static void weigh(dtl_region *r)
{
    const dtl_blocks *b = r->b;
    float all = b->boxes[0].prose;

    r->notes[0] = (dtl_box_note){.trust = 1};
    for (uint32_t i = 1; i < b->box_count; i++) {
        const dtl_box *box = &b->boxes[i];
        const dtl_box *up = &b->boxes[box->parent];
        float trust = own_trust(box, up->in);
        bool most = box->prose > 0.7f * all;

        /* A wrapper's name speaks of the layout, not of what is in it; but
         * many long comments can outweigh an article. */
        if (holds(box, r->title_block) ||
            (most && !(box->bits & DTL_CW_COMMENT)))
            trust = 1;
        r->notes[i] =
            (dtl_box_note){.trust = r->notes[box->parent].trust * trust};
    }
    for (uint32_t i = 0; i < b->block_count; i++) {
        const dtl_block_entry *e = &b->blocks[i];

        r->notes[e->box].prose += dtl_prose_weight(e) * r->notes[e->box].trust;
    }
    for (uint32_t i = (uint32_t)b->box_count; i-- > 1;)
        r->notes[b->boxes[i].parent].prose += r->notes[i].prose;
    r->page_prose = r->notes[0].prose;
}

/* ---- The headline -------------------------------------------------------- */

static bool in_subtree(const dtl_html_doc *doc, dtl_html_ref n,
                       dtl_html_ref top)
{
    return n >= top && n < dtl_html_subtree_end(doc, top);
}

static void find_title(dtl_region *r)
{
    const dtl_blocks *b = r->b;
    dtl_measure title = dtl_measure_text(r->title);
    int best = 0;

    r->title_block = DTL_NO_BLOCK;
    for (uint32_t i = 0; i < b->block_count; i++) {
        const dtl_block_entry *e = &b->blocks[i];
        int rank = 0;

        if (e->type != DTL_BLOCK_IS_TEXT)
            continue;
        if (r->title_node && e->node >= r->title_node &&
            in_subtree(r->doc, e->node, r->title_node)) {
            r->title_block = i;
            return;
        }
        if (r->title.len && dtl_same_words(e->text, &e->m, r->title, &title))
            rank = e->heading == 1 ? 4 : e->heading ? 3 : 2;
        else if (e->heading == 1 && !(e->in & DTL_IN_NAV))
            rank = 1;
        if (rank > best) {
            best = rank;
            r->title_block = i;
        }
    }
}

/* ---- Going down ------------------------------------------------------------
 */

/* Finds, for each box, its child with the most prose, in one pass. */
static uint32_t *heaviest_children(dtl_region *r)
{
    const dtl_blocks *b = r->b;
    uint32_t *child = dtl_arena_calloc(r->arena, b->box_count, sizeof *child);

    if (!child)
        return NULL;
    for (uint32_t i = 1; i < b->box_count; i++) {
        uint32_t up = b->boxes[i].parent;

        if (!child[up] || r->notes[i].prose > r->notes[child[up]].prose)
            child[up] = i;
    }
    return child;
}

/* The next box after i that is not inside it; boxes stand in tree order. */
static uint32_t next_box(const dtl_blocks *b, uint32_t i)
{
    uint32_t end = b->boxes[i].end, k = i + 1;

    while (k < b->box_count && b->boxes[k].depth > b->boxes[i].depth &&
           b->boxes[k].first < end)
        k++;
    return k;
}

/* Where the children of `at` are articles of their own, each with a headline
 * as high as the page's, the one that has the page's; else 0. */
static uint32_t article_with_title(const dtl_region *r, uint32_t at)
{
    const dtl_blocks *b = r->b;
    uint32_t mine = 0;
    bool others = false;

    if (r->title_block == DTL_NO_BLOCK || !holds(&b->boxes[at], r->title_block))
        return 0;
    for (uint32_t i = at + 1; i < b->box_count; i = next_box(b, i)) {
        const dtl_box *box = &b->boxes[i];

        if (box->parent != at)
            break;
        if (holds(box, r->title_block)) {
            mine = i;
            continue;
        }
        if (!mine || r->notes[i].prose < 0.1f * r->notes[at].prose)
            continue;
        for (uint32_t k = box->first; k < box->end && !others; k++)
            others = b->blocks[k].type == DTL_BLOCK_IS_TEXT &&
                     b->blocks[k].heading == 1;
        others |=
            box->name == DTL_N_ARTICLE && b->boxes[mine].name == DTL_N_ARTICLE;
    }
    return others && mine && r->notes[mine].prose > 400 ? mine : 0;
}

static void go_down(dtl_region *r, const uint32_t *child)
{
    uint32_t at = 0, next;

    for (;;) {
        next = child[at];
        if (!next)
            break;
        if (r->notes[next].prose < 0.75f * r->notes[at].prose ||
            r->notes[next].prose <= 0) {
            next = article_with_title(r, at);
            if (!next)
                break;
            r->article = next;
        }
        at = next;
    }
    /* One paragraph is no region: its parent is. */
    while (at && r->b->boxes[at].texts < 2)
        at = r->b->boxes[at].parent;
    r->root = at;
    r->root_prose = r->notes[at].prose;
}

/* A teaser may repeat the headline below the article; the article's own is
 * before its text. */
static void settle_title(dtl_region *r)
{
    const dtl_blocks *b = r->b;
    const dtl_box *root = &b->boxes[r->root];
    uint32_t h1 = DTL_NO_BLOCK, last = r->title_block;
    float prose = 0;

    if (last == DTL_NO_BLOCK)
        return;
    for (uint32_t i = 0; i < last && prose < 300; i++) {
        const dtl_block_entry *e = &b->blocks[i];

        if (e->type != DTL_BLOCK_IS_TEXT)
            continue;
        if (e->heading == 1)
            h1 = i;
        if (i >= root->first && i < root->end)
            prose += dtl_prose_weight(e) * r->notes[e->box].trust;
    }
    if (prose >= 300)
        r->title_block = h1;
}

/* ---- What is around each box ------------------------------------------------
 */

static void note_groups(dtl_region *r)
{
    const dtl_blocks *b = r->b;
    float best = -1;

    for (uint32_t i = 1; i < b->box_count; i++)
        r->notes[i].group =
            b->boxes[i].texts >= 2 ? i : r->notes[b->boxes[i].parent].group;
    for (uint32_t i = 0; i < b->block_count; i++) {
        const dtl_block_entry *e = &b->blocks[i];
        dtl_box_note *n = &r->notes[e->box];

        r->notes[n->group].group_prose += dtl_prose_weight(e) * n->trust;
    }
    for (uint32_t i = 0; i < b->box_count; i++) {
        const dtl_box *box = &b->boxes[i];

        if (box->first < b->boxes[r->root].first ||
            box->end > b->boxes[r->root].end)
            continue;
        if (r->notes[i].group_prose > best) {
            best = r->notes[i].group_prose;
            r->main_group = i;
        }
    }
}

static bool covers(const dtl_box *a, const dtl_box *b)
{
    return a->first <= b->first && a->end >= b->end && a->depth <= b->depth;
}

/* Class words and enclosing elements, gathered below the root; outside it,
 * below the boxes that hold it too. Steps to the main group likewise. */
static void note_paths(dtl_region *r)
{
    const dtl_blocks *b = r->b;
    const dtl_box *root = &b->boxes[r->root];
    const dtl_box *main_box = &b->boxes[r->main_group];

    for (uint32_t i = 1; i < b->box_count; i++) {
        const dtl_box *box = &b->boxes[i];
        dtl_box_note *n = &r->notes[i], *up = &r->notes[box->parent];

        if (covers(box, root)) {
            n->bits = 0;
            n->in = 0;
        } else {
            n->bits = up->bits | box->bits;
            n->in = up->in | (box->in & ~b->boxes[box->parent].in);
        }
        if (covers(box, main_box)) {
            n->main_up = main_box->depth - box->depth;
            n->main_down = 0;
        } else {
            n->main_up = up->main_up;
            n->main_down = up->main_down + 1;
        }
    }
}

/* What is true of most of the body's prose tells nothing about a block in
 * it: names of wrappers, a form around the page. Such bits are cleared. */
static void drop_common(dtl_region *r)
{
    const dtl_blocks *b = r->b;
    const dtl_box *root = &b->boxes[r->root];
    float class_prose[32] = {0}, in_prose[32] = {0}, all = 0;
    uint32_t bits = 0, in = 0;

    for (uint32_t i = root->first; i < root->end; i++) {
        const dtl_box_note *n = &r->notes[b->blocks[i].box];
        float prose = dtl_prose_weight(&b->blocks[i]) * n->trust;

        all += prose;
        for (uint32_t m = n->bits; prose > 0 && m; m &= m - 1)
            class_prose[__builtin_ctz(m)] += prose;
        for (uint32_t m = n->in; prose > 0 && m; m &= m - 1)
            in_prose[__builtin_ctz(m)] += prose;
    }
    for (int k = 0; k < 32; k++) {
        if (class_prose[k] > 0.6f * all)
            bits |= 1u << k;
        if (in_prose[k] > (1u << k == DTL_IN_HIDDEN ? 0.52f : 0.6f) * all)
            in |= 1u << k;
    }
    /* These say what the text is, not that it is something else. */
    bits &= ~(uint32_t)(DTL_CW_BODY | DTL_CW_CONTENT | DTL_CW_LIVE);
    in &= ~(uint32_t)(DTL_IN_LIST | DTL_IN_QUOTE | DTL_IN_PRE | DTL_IN_TABLE |
                      DTL_IN_FIGURE);
    for (uint32_t i = 1; i < b->box_count; i++) {
        r->notes[i].bits &= ~bits;
        r->notes[i].in &= ~in;
    }
}

dtl_status dtl_region_find(dtl_region *r)
{
    uint32_t *child;

    r->notes = dtl_arena_calloc(r->arena, r->b->box_count, sizeof *r->notes);
    if (!r->notes)
        return DTL_NOMEM;
    find_title(r);
    weigh(r);
    child = heaviest_children(r);
    if (!child)
        return DTL_NOMEM;
    go_down(r, child);
    settle_title(r);
    note_groups(r);
    note_paths(r);
    drop_common(r);
    if (r->b->box_count)
        r->notes[0].main_up = r->b->boxes[r->main_group].depth;
    return DTL_OK;
}
