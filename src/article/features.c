/* Where blocks stand, which of them are in doubt, and the features of those.
 *
 * A pass forward and one back tell each block's place, the rules made by hand
 * score it, and what they leave in doubt gets features. features_said.c has
 * what words tell. */
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
    FAR = 99,     /* blocks */
    OPENING = 10, /* texts behind the headline that may be a standfirst */
    LINE = 30,    /* words of a line that may be residue */
    PROSE = 60    /* weight of a block that counts as prose to its neighbours */
};

/* Scores of dtl_hand_score beyond which the model is not asked. On
 * publishers left out of the training it would turn 2 of 6,200 labelled
 * blocks above the highest out rightly and 17 wrongly, and of 9,400 below
 * the lowest keep 7 rightly and 21 wrongly. Where the article opens less is
 * asked for, since each standfirst counts. */
static const float highest = 4, lowest = -7, lowest_opening = -11;

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
        const dtl_block_place *p = &r->places[i];
        dtl_sum *sum;

        if (!p->text)
            continue;
        sum = dtl_sums_add(&looks, look_of(r, i));
        sum->sums[0]++;
        sum->sums[1] += !p->gap_before || !p->gap_after;
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

/* ---- Neighbours ---------------------------------------------------------- */

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

/* The next text before i; DTL_NO_BLOCK: there is none. *images is how many of
 * them stand between. */
static uint32_t text_before(const dtl_region *r, uint32_t i, float *images)
{
    *images = 0;
    while (i-- > 0) {
        if (r->places[i].text)
            return i;
        *images += r->b->blocks[i].type == DTL_BLOCK_IS_IMAGE;
    }
    return DTL_NO_BLOCK;
}

static uint32_t text_behind(const dtl_region *r, uint32_t i, float *images)
{
    *images = 0;
    while (++i < r->b->block_count) {
        if (r->places[i].text)
            return i;
        *images += r->b->blocks[i].type == DTL_BLOCK_IS_IMAGE;
    }
    return DTL_NO_BLOCK;
}

static void set_neighbours(const dtl_region *r, uint32_t i, float *f)
{
    float images;
    uint32_t at = text_before(r, i, &f[DTL_F_image_before]);

    if (at != DTL_NO_BLOCK)
        set_neighbour(r, i, at, f, DTL_F_prev_weight);
    at = text_behind(r, i, &f[DTL_F_image_after]);
    if (at == DTL_NO_BLOCK)
        return;
    set_neighbour(r, i, at, f, DTL_F_next_weight);
    at = text_behind(r, at, &images);
    if (at == DTL_NO_BLOCK)
        return;
    f[DTL_F_next2_weight] = (float)r->b->blocks[at].m.weight;
    f[DTL_F_next2_links] = dtl_link_share(&r->b->blocks[at]);
}

/* ---- Places -------------------------------------------------------------- */

static uint8_t next_gap(float prose, uint8_t gap)
{
    return prose > PROSE ? 0 : gap < FAR ? (uint8_t)(gap + 1) : FAR;
}

static void look_back(dtl_region *r)
{
    uint8_t gap = FAR;
    float before = 0;

    for (uint32_t i = 0; i < r->b->block_count; i++) {
        float prose;

        r->places[i] = (dtl_block_place){.text = r->b->blocks[i].type ==
                                                 DTL_BLOCK_IS_TEXT};
        if (!r->places[i].text)
            continue;
        r->places[i].prose_before = share(before, r->root_prose);
        r->places[i].gap_before = gap;
        prose = good_prose(r, i);
        before += prose;
        gap = next_gap(prose, gap);
    }
}

static void look_ahead(dtl_region *r)
{
    uint8_t gap = FAR;
    float after = 0;

    for (uint32_t i = (uint32_t)r->b->block_count; i-- > 0;) {
        float prose;

        if (!r->places[i].text)
            continue;
        r->places[i].prose_after = share(after, r->root_prose);
        r->places[i].gap_after = gap;
        prose = good_prose(r, i);
        after += prose;
        gap = next_gap(prose, gap);
    }
}

bool dtl_has_footnote_mark(dtl_str text)
{
    unsigned char first = text.len ? (unsigned char)text.ptr[0] : 0;

    if (!first || (first < 0x80 && first != '^' &&
                   (unsigned char)text.ptr[text.len - 1] < 0x80))
        return false;
    return dtl_str_starts(text, DTL_STR("^ ")) ||
           dtl_str_starts(text, DTL_STR("\u2191 ")) ||
           dtl_str_ends(text, DTL_STR("\u21a9")) ||
           dtl_str_ends(text, DTL_STR("\u21a9\ufe0e"));
}

/* Links outside the region are menus, mostly, and most of a page's blocks. */
static bool is_menu(const dtl_region *r, uint32_t i)
{
    const dtl_box *root = &r->b->boxes[r->root];

    return (i < root->first || i >= root->end) &&
           dtl_link_share(&r->b->blocks[i]) > 0.5f;
}

/* What may be the standfirst: it stands before all prose, and its box says so
 * or the headline is near. */
static bool may_open(const dtl_region *r, uint32_t i)
{
    uint32_t title = r->title_block;

    if (r->places[i].prose_before > 0)
        return false;
    return (title != DTL_NO_BLOCK && i > title && i <= title + OPENING) ||
           dtl_class_level(r, i, DTL_CW_SUMMARY);
}

/* A line of residue has the body's place, but not its words. */
static bool is_in_doubt(const dtl_region *r, uint32_t i, float score)
{
    if (score > highest)
        return r->b->blocks[i].m.words <= LINE && dtl_residue_at(r, i).kind;
    return score > lowest || (score > lowest_opening && may_open(r, i));
}

static float same_kind(const dtl_region *r, const dtl_sum_table *kinds,
                       uint32_t i)
{
    return share(dtl_sums_of(kinds, kind_of(r, &r->b->blocks[i]))->sums[0],
                 r->root_prose);
}

/* Scores all texts, and numbers those that get features. */
static dtl_status score_places(dtl_region *r, const dtl_sum_table *kinds)
{
    const float menu = -9;
    uint32_t rows = 0;

    for (uint32_t i = 0; i < r->b->block_count; i++) {
        dtl_block_place *p = &r->places[i];

        if (!p->text)
            continue;
        p->hand = menu;
        if (!is_menu(r, i)) {
            p->hand = dtl_hand_score(r, i, same_kind(r, kinds, i));
            p->asked = is_in_doubt(r, i, p->hand);
        }
        if (p->asked || r->all_features)
            p->row = ++rows;
    }
    r->rows = dtl_arena_alloc(r->arena, (rows + 1) * sizeof *r->rows);
    return r->rows ? DTL_OK : DTL_NOMEM;
}

static dtl_status set_features(dtl_region *r, const dtl_sum_table *kinds,
                               uint32_t i, float *f)
{
    const dtl_block_entry *e = &r->b->blocks[i];
    const dtl_block_place *p = &r->places[i];
    dtl_status st;

    memset(f, 0, sizeof(dtl_block_features));
    set_text(e, f);
    set_enclosing(r, e, f);
    set_class_words(r, e, f);
    set_place(r, i, f);
    set_neighbours(r, i, f);
    f[DTL_F_prose_before] = p->prose_before;
    f[DTL_F_prose_after] = p->prose_after;
    f[DTL_F_gap_before] = p->gap_before;
    f[DTL_F_gap_after] = p->gap_after;
    f[DTL_F_same_kind] = same_kind(r, kinds, i);
    st = dtl_said_set(r, i, f);
    f[DTL_F_hand] = p->hand + dtl_hand_words(f);
    return st;
}

/* Room for the words of any text, so that asking for them cannot fail. */
static dtl_status make_room(dtl_region *r)
{
    size_t longest = 0;

    for (size_t i = 0; i < r->b->block_count; i++)
        if (r->places[i].text && r->b->blocks[i].text.len > longest)
            longest = r->b->blocks[i].text.len;
    return dtl_blocks_room(r->b, longest);
}

dtl_status dtl_features_fill(dtl_region *r)
{
    size_t n = r->b->block_count;
    dtl_sum_table kinds;
    float rules = 0;

    r->places = dtl_arena_alloc(r->arena, (n + 1) * sizeof *r->places);
    if (!r->places)
        return DTL_NOMEM;
    look_back(r);
    look_ahead(r);
    if (make_room(r) != DTL_OK || sum_kinds(r, &kinds) != DTL_OK ||
        score_places(r, &kinds) != DTL_OK || dtl_said_fill(r) != DTL_OK)
        return DTL_NOMEM;
    for (uint32_t i = 0; i < n; i++) {
        dtl_block_features *row = dtl_features_row(r, i);

        rules += r->b->blocks[i].type == DTL_BLOCK_IS_RULE;
        if (!row)
            continue;
        if (set_features(r, &kinds, i, row->f) != DTL_OK)
            return DTL_NOMEM;
        row->f[DTL_F_after_rule] = rules;
    }
    return set_flanks(r);
}
