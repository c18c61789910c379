/* The features of each block.
 *
 * Three passes over the blocks: what each is, what came before it, what comes
 * after it. features_said.c has what words tell. */
#include "article/features.h"
#include "article/class_words.h"
#include "article/features_said.h"
#include "base/str.h"

const char *const dtl_feature_names[DTL_FEATURES] = {
#define FEATURE(name) #name,
#include "article/features.def"
#undef FEATURE
};

enum {
    FAR = 99 /* blocks */
};

const dtl_block_features dtl_no_features;

static float share(float part, float whole)
{
    return whole > 0 ? part / whole : 0;
}

/* ---- One block --------------------------------------------------------- */

static void set_text(const dtl_block_entry *e, float *f)
{
    const dtl_measure *m = &e->m;
    float letters = (float)(m->letters ? m->letters : 1);

    f[DTL_F_weight] = (float)m->weight;
    f[DTL_F_words] = (float)m->words;
    f[DTL_F_link_share] = dtl_link_share(e);
    f[DTL_F_links] = (float)e->link_count;
    f[DTL_F_bold_share] = (float)e->bold_letters / letters;
    f[DTL_F_italic_share] = (float)e->italic_letters / letters;
    f[DTL_F_time_share] = (float)e->time_letters / letters;
    f[DTL_F_digit_share] = (float)m->digits / letters;
    f[DTL_F_capital_share] = (float)m->capitals / letters;
    f[DTL_F_initial_share] = share((float)m->initials, (float)m->words);
    f[DTL_F_stops] = 100 * (float)m->stops / letters;
    f[DTL_F_commas] = 100 * (float)m->commas / letters;
    f[DTL_F_quotes] = (float)m->quotes;
    f[DTL_F_marks] = 100 * (float)m->marks / letters;
    f[DTL_F_end] = (float)m->end;
    f[DTL_F_starts_small] = m->starts_small;
    f[DTL_F_starts_mark] = m->starts_mark;
    f[DTL_F_question] = m->question;
    f[DTL_F_wide_share] = (float)m->wide / letters;
    f[DTL_F_prose] = dtl_prose_weight(e);
}

static float tag_group(dtl_name name)
{
    static const uint8_t groups[DTL_N_KNOWN] = {
        [DTL_N_P] = 1,           [DTL_N_DIV] = 2,         [DTL_N_LI] = 3,
        [DTL_N_H1] = 4,          [DTL_N_H2] = 5,          [DTL_N_H3] = 6,
        [DTL_N_H4] = 7,          [DTL_N_H5] = 7,          [DTL_N_H6] = 7,
        [DTL_N_TD] = 8,          [DTL_N_TH] = 8,          [DTL_N_DT] = 9,
        [DTL_N_DD] = 9,          [DTL_N_BLOCKQUOTE] = 10, [DTL_N_PRE] = 11,
        [DTL_N_SECTION] = 12,    [DTL_N_ARTICLE] = 12,    [DTL_N_MAIN] = 12,
        [DTL_N_HEADER] = 13,     [DTL_N_FOOTER] = 14,     [DTL_N_ASIDE] = 15,
        [DTL_N_FIGCAPTION] = 16, [DTL_N_FIGURE] = 16,     [DTL_N_UL] = 17,
        [DTL_N_OL] = 17,         [DTL_N_BODY] = 18,       [DTL_N_CAPTION] = 16,
        [DTL_N_SUMMARY] = 19,    [DTL_N_ADDRESS] = 20,    [DTL_N_NAV] = 21,
    };

    return name < DTL_N_KNOWN ? groups[name] : 0;
}

static void set_class_words(const dtl_region *r, const dtl_block_entry *e,
                            float *f)
{
    const dtl_box *box = &r->b->boxes[e->box];
    uint32_t far = r->notes[e->box].bits, own = box->bits & far;
    uint32_t near = r->b->boxes[box->parent].bits & far;

    for (uint32_t left = far; left; left &= left - 1) {
        int i = __builtin_ctz(left);

        f[DTL_F_cw_nav + i] = own >> i & 1 ? 3 : near >> i & 1 ? 2 : 1;
    }
}

/* A hidden element of one text beside others that are shown: left to be shown
 * on another day, or in another place. */
static bool is_hidden_alone(const dtl_region *r, const dtl_block_entry *e)
{
    const dtl_box *box = &r->b->boxes[e->box];

    return box->in & ~r->b->boxes[box->parent].in & DTL_IN_HIDDEN &&
           box->texts == 1;
}

static void set_enclosing(const dtl_region *r, const dtl_block_entry *e,
                          float *f)
{
    static const struct {
        uint32_t in;
        int feature;
    } bits[] = {
        {DTL_IN_QUOTE, DTL_F_in_quote},
        {DTL_IN_FIGURE, DTL_F_in_figure},
        {DTL_IN_CAPTION, DTL_F_in_caption},
        {DTL_IN_ASIDE, DTL_F_in_aside},
        {DTL_IN_HEADER, DTL_F_in_header},
        {DTL_IN_FOOTER, DTL_F_in_footer},
        {DTL_IN_NAV, DTL_F_in_nav},
        {DTL_IN_FORM, DTL_F_in_form},
        {DTL_IN_HIDDEN, DTL_F_in_hidden},
        {DTL_IN_NOSCRIPT, DTL_F_in_noscript},
        {DTL_IN_ARTICLE, DTL_F_in_article},
        {DTL_IN_DETAILS, DTL_F_in_details},
        {DTL_IN_ADDRESS, DTL_F_in_address},
        {DTL_IN_PRE, DTL_F_in_pre},
    };
    uint32_t in = r->notes[e->box].in;

    for (size_t i = 0; i < sizeof bits / sizeof bits[0]; i++)
        f[bits[i].feature] = (in & bits[i].in) != 0;
    if (f[DTL_F_in_hidden] > 0 && is_hidden_alone(r, e))
        f[DTL_F_in_hidden] = 2;
    f[DTL_F_in_body_prop] = (e->in & DTL_IN_BODY_PROP) != 0;
    f[DTL_F_in_table] = e->table != 0 && in & DTL_IN_TABLE;
    f[DTL_F_tag] = tag_group(r->b->boxes[e->box].name);
    f[DTL_F_heading] = e->heading;
    f[DTL_F_list_depth] = e->list_depth;
    f[DTL_F_breaks] = e->breaks;
}

static float capped(uint32_t n)
{
    return n < FAR ? (float)n : FAR;
}

static void set_place(const dtl_region *r, uint32_t i, float *f)
{
    const dtl_blocks *b = r->b;
    const dtl_block_entry *e = &b->blocks[i];
    const dtl_box *root = &b->boxes[r->root], *box = &b->boxes[e->box];
    const dtl_box_note *n = &r->notes[e->box];
    const dtl_box *group = &b->boxes[n->group];
    const dtl_box_note *gn = &r->notes[n->group];

    f[DTL_F_in_root] = i >= root->first && i < root->end;
    f[DTL_F_depth_from_root] = (float)box->depth - (float)root->depth;
    f[DTL_F_main_group] = n->group == r->main_group;
    f[DTL_F_main_up] = (float)n->main_up;
    f[DTL_F_main_down] = (float)n->main_down;
    f[DTL_F_since_title] = r->title_block == DTL_NO_BLOCK
                               ? -999
                               : (float)i - (float)r->title_block;
    f[DTL_F_place] = (float)i / (float)b->block_count;
    f[DTL_F_group_texts] = (float)group->texts;
    f[DTL_F_group_prose] = share(gn->group_prose, r->root_prose);
    f[DTL_F_group_density] = share(group->prose, (float)group->weight);
    f[DTL_F_group_links] =
        share((float)group->link_weight, (float)group->weight);
    f[DTL_F_group_mean] = share((float)group->weight, (float)group->texts);
    f[DTL_F_group_index] = (float)(i - group->first);
    f[DTL_F_group_left] = (float)(group->end - 1 - i);
    f[DTL_F_group_controls] = capped(group->controls);
    f[DTL_F_group_images] = capped(group->images);
    f[DTL_F_twins] = capped(box->twins);
    f[DTL_F_group_twins] = capped(group->twins);
    f[DTL_F_page_prose] = r->root_prose;
    f[DTL_F_trust] = n->trust;
    f[DTL_F_page_share] = share(r->root_prose, r->page_prose);
}

/* ---- Boxes of one kind ------------------------------------------------- */

static uint64_t kind_of(const dtl_region *r, const dtl_block_entry *e)
{
    const dtl_box *box = &r->b->boxes[e->box];
    const dtl_box *group = &r->b->boxes[r->notes[e->box].group];

    return ((uint64_t)box->signature << 32 | group->signature) + 1;
}

static dtl_status sum_kinds(dtl_region *r, dtl_sum_table *t)
{
    size_t count = 0;

    for (uint32_t i = 0; i < r->b->block_count; i++)
        count += dtl_prose_weight(&r->b->blocks[i]) > 0;
    if (dtl_sums_init(t, count, r->arena) != DTL_OK)
        return DTL_NOMEM;
    for (uint32_t i = 0; i < r->b->block_count; i++) {
        const dtl_block_entry *e = &r->b->blocks[i];
        float prose = dtl_prose_weight(e) * r->notes[e->box].trust;

        if (prose > 0)
            dtl_sums_add(t, kind_of(r, e))->sums[0] += prose;
    }
    return DTL_OK;
}

static bool is_text(const dtl_region *r, uint32_t i)
{
    return r->b->blocks[i].type == DTL_BLOCK_IS_TEXT;
}

/* A block of prose that is trusted. */
static float good_prose(const dtl_region *r, uint32_t i)
{
    const dtl_block_entry *e = &r->b->blocks[i];
    const dtl_box *root = &r->b->boxes[r->root];

    if (i < root->first || i >= root->end)
        return 0;
    return dtl_prose_weight(e) * r->notes[e->box].trust;
}

/* What a box looks like: its name and class. */
static uint64_t look_of(const dtl_region *r, uint32_t i)
{
    return r->b->boxes[r->b->blocks[i].box].signature + UINT64_C(1);
}

/* Of the root's blocks in boxes of one look, how many there are, how many
 * have prose right before or after, and the prose in them: subheads that share
 * a class are all subheads, and so are labels. */
static dtl_status set_flanks(dtl_region *r)
{
    const dtl_box *root = &r->b->boxes[r->root];
    dtl_sum_table looks;

    if (dtl_sums_init(&looks, root->end - root->first, r->arena) != DTL_OK)
        return DTL_NOMEM;
    for (uint32_t i = root->first; i < root->end; i++) {
        const float *f = dtl_features_of(r, i);
        dtl_sum *sum;

        if (!is_text(r, i))
            continue;
        sum = dtl_sums_add(&looks, look_of(r, i));
        sum->sums[0]++;
        sum->sums[1] += f[DTL_F_gap_before] <= 0 || f[DTL_F_gap_after] <= 0;
        sum->sums[2] += good_prose(r, i);
    }
    for (uint32_t i = 0; i < r->b->block_count; i++) {
        dtl_block_features *row = dtl_features_row(r, i);
        const dtl_sum *sum;

        if (!row)
            continue;
        sum = dtl_sums_of(&looks, look_of(r, i));
        row->f[DTL_F_kind_count] = capped((uint32_t)sum->sums[0]);
        row->f[DTL_F_kind_flank] = share(sum->sums[1], sum->sums[0]);
        row->f[DTL_F_look_prose] = share(sum->sums[2], r->root_prose);
    }
    return DTL_OK;
}

static bool are_twins(const dtl_box *a, const dtl_box *b)
{
    return a->parent == b->parent && a->signature == b->signature;
}

/* Counts boxes of one signature under one parent: of each kind, the first
 * counts for all. */
static dtl_status find_twins(dtl_region *r)
{
    dtl_blocks *b = r->b;
    size_t size = dtl_slots_for(b->box_count), at;
    uint32_t *slots = dtl_arena_calloc(r->arena, size, sizeof *slots);
    uint32_t *first = dtl_arena_calloc(r->arena, b->box_count, sizeof *first);

    if (!slots || !first)
        return DTL_NOMEM;
    for (uint32_t i = 1; i < b->box_count; i++) {
        dtl_box *box = &b->boxes[i];
        uint64_t key = (uint64_t)box->parent << 32 | box->signature;

        at = (key * UINT64_C(0x9e3779b97f4a7c15)) >> 36 & (size - 1);
        while (slots[at] && !are_twins(box, &b->boxes[slots[at]]))
            at = (at + 1) & (size - 1);
        if (!slots[at]) {
            slots[at] = i;
            box->twins = 0;
        }
        first[i] = slots[at];
        b->boxes[first[i]].twins++;
    }
    for (uint32_t i = 1; i < b->box_count; i++)
        b->boxes[i].twins = b->boxes[first[i]].twins;
    return DTL_OK;
}

/* ---- Passes ------------------------------------------------------------ */

static void set_neighbour(const dtl_region *r, uint32_t i, uint32_t other,
                          float *f, int first)
{
    const dtl_block_entry *e = &r->b->blocks[other];

    f[first] = (float)e->m.weight;
    f[first + 1] = dtl_link_share(e);
    f[first + 2] = (float)e->m.end;
    f[first + 3] = e->heading;
    f[first + 4] = kind_of(r, e) == kind_of(r, &r->b->blocks[i]);
}

static void look_back(dtl_region *r)
{
    uint32_t prev = DTL_NO_BLOCK, gap = FAR;
    float before = 0, rules = 0, images = 0;

    for (uint32_t i = 0; i < r->b->block_count; i++) {
        dtl_block_features *row = dtl_features_row(r, i);
        float prose;

        if (!is_text(r, i)) {
            rules += r->b->blocks[i].type == DTL_BLOCK_IS_RULE;
            images += r->b->blocks[i].type == DTL_BLOCK_IS_IMAGE;
            continue;
        }
        r->places[i].prose_before = share(before, r->root_prose);
        if (row) {
            row->f[DTL_F_image_before] = images;
            if (prev != DTL_NO_BLOCK)
                set_neighbour(r, i, prev, row->f, DTL_F_prev_weight);
            row->f[DTL_F_prose_before] = r->places[i].prose_before;
            row->f[DTL_F_gap_before] = (float)gap;
            row->f[DTL_F_after_rule] = rules;
        }
        images = 0;
        prose = good_prose(r, i);
        before += prose;
        gap = prose > 60 ? 0 : gap < FAR ? gap + 1 : FAR;
        prev = i;
    }
}

static void set_next(const dtl_region *r, uint32_t i, uint32_t next,
                     uint32_t next2, float *f)
{
    if (next != DTL_NO_BLOCK)
        set_neighbour(r, i, next, f, DTL_F_next_weight);
    if (next2 != DTL_NO_BLOCK) {
        f[DTL_F_next2_weight] = (float)r->b->blocks[next2].m.weight;
        f[DTL_F_next2_links] = dtl_link_share(&r->b->blocks[next2]);
    }
}

static void look_ahead(dtl_region *r)
{
    uint32_t next = DTL_NO_BLOCK, next2 = DTL_NO_BLOCK, gap = FAR;
    float after = 0, images = 0;

    for (uint32_t i = (uint32_t)r->b->block_count; i-- > 0;) {
        dtl_block_features *row = dtl_features_row(r, i);
        float prose;

        if (!is_text(r, i)) {
            images += r->b->blocks[i].type == DTL_BLOCK_IS_IMAGE;
            continue;
        }
        r->places[i].prose_after = share(after, r->root_prose);
        if (row) {
            row->f[DTL_F_image_after] = images;
            set_next(r, i, next, next2, row->f);
            row->f[DTL_F_prose_after] = r->places[i].prose_after;
            row->f[DTL_F_gap_after] = (float)gap;
        }
        images = 0;
        prose = good_prose(r, i);
        after += prose;
        gap = prose > 60 ? 0 : gap < FAR ? gap + 1 : FAR;
        next2 = next;
        next = i;
    }
}

bool dtl_has_footnote_mark(dtl_str text)
{
    return dtl_str_starts(text, DTL_STR("^ ")) ||
           dtl_str_starts(text, DTL_STR("\u2191 ")) ||
           dtl_str_ends(text, DTL_STR("\u21a9")) ||
           dtl_str_ends(text, DTL_STR("\u21a9\ufe0e"));
}

/* Links outside the region are menus, mostly, and most of a page's blocks. */
static bool is_easy(const dtl_region *r, uint32_t i)
{
    const dtl_block_entry *e = &r->b->blocks[i];
    const dtl_box *root = &r->b->boxes[r->root];

    return (i < root->first || i >= root->end) && dtl_link_share(e) > 0.5f &&
           !dtl_is_footnote(e);
}

/* Numbers the blocks that get features. */
static dtl_status give_rows(dtl_region *r)
{
    size_t n = r->b->block_count;
    uint32_t rows = 0;

    r->places = dtl_arena_calloc(r->arena, n, sizeof *r->places);
    if (!r->places)
        return DTL_NOMEM;
    for (uint32_t i = 0; i < n; i++)
        if (is_text(r, i) && (r->all_features || !is_easy(r, i)))
            r->places[i].row = ++rows;
    r->rows = dtl_arena_alloc(r->arena, (rows + 1) * sizeof *r->rows);
    return r->rows ? DTL_OK : DTL_NOMEM;
}

dtl_residue dtl_residue_at(const dtl_region *r, uint32_t i)
{
    const dtl_block_features *row = dtl_features_row(r, i);

    if (row)
        return row->residue;
    return is_text(r, i) ? dtl_residue_of_text(r->b->blocks[i].text)
                         : (dtl_residue){0};
}

dtl_status dtl_features_fill(dtl_region *r)
{
    dtl_sum_table kinds;
    dtl_said said = {0};
    dtl_status st = DTL_OK;

    if (give_rows(r) != DTL_OK || dtl_said_fill(r, &said) != DTL_OK ||
        sum_kinds(r, &kinds) != DTL_OK || find_twins(r) != DTL_OK)
        return DTL_NOMEM;
    for (uint32_t i = 0; i < r->b->block_count && st == DTL_OK; i++) {
        const dtl_block_entry *e = &r->b->blocks[i];
        dtl_block_features *row = dtl_features_row(r, i);

        if (!row)
            continue;
        *row = dtl_no_features;
        set_text(e, row->f);
        set_enclosing(r, e, row->f);
        row->class_words = r->notes[e->box].bits;
        set_class_words(r, e, row->f);
        set_place(r, i, row->f);
        st = dtl_said_set(r, &said, i, row);
        row->f[DTL_F_same_kind] =
            share(dtl_sums_of(&kinds, kind_of(r, e))->sums[0], r->root_prose);
    }
    if (st != DTL_OK)
        return st;
    look_back(r);
    look_ahead(r);
    return set_flanks(r);
}
