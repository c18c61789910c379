/* The features of each block.
 *
 * Three passes over the blocks: what each is, what came before it, what comes
 * after it. Sets of word hashes tell how much of a block the page's own
 * descriptions hold; blocks too long to be asked about are not. */
#include "article/features.h"
#include "article/class_words.h"
#include "base/str.h"

const char *const dtl_feature_names[DTL_FEATURES] = {
#define FEATURE(name) #name,
#include "article/features.def"
#undef FEATURE
};

enum {
    /* Past these, a block is no headline, no byline, no standfirst. */
    TITLE_WORDS = 60,
    DESC_WORDS = 150,
    FAR = 99 /* blocks */
};

/* ---- Sets of hashes ---------------------------------------------------- */

typedef struct {
    uint64_t *slots; /* 0 is free */
    size_t mask, count;
} hash_set;

static dtl_status set_init(hash_set *s, size_t most, dtl_arena *arena)
{
    size_t size = 16;

    while (size < 2 * most)
        size *= 2;
    s->slots = dtl_arena_calloc(arena, size, sizeof *s->slots);
    s->mask = size - 1;
    s->count = 0;
    return s->slots ? DTL_OK : DTL_NOMEM;
}

static size_t set_slot(const hash_set *s, uint64_t h)
{
    size_t i = (size_t)(h ^ (h >> 29)) & s->mask;

    while (s->slots[i] && s->slots[i] != h)
        i = (i + 1) & s->mask;
    return i;
}

static void set_add(hash_set *s, uint64_t h)
{
    size_t i;

    h += !h;
    i = set_slot(s, h);
    s->count += !s->slots[i];
    s->slots[i] = h;
}

static bool set_has(const hash_set *s, uint64_t h)
{
    h += !h;
    return s->slots[set_slot(s, h)] != 0;
}

static void add_words(hash_set *s, dtl_str text)
{
    size_t at = 0;
    uint64_t h;

    while (dtl_next_word(text, &at, &h))
        set_add(s, h);
}

static uint64_t triple(uint64_t a, uint64_t b, uint64_t c)
{
    return (a * 3 + b) * 0x9e3779b97f4a7c15u + c;
}

static void add_triples(hash_set *s, dtl_str text)
{
    uint64_t a = 0, b = 0, c;
    size_t at = 0, n = 0;

    while (dtl_next_word(text, &at, &c)) {
        if (++n > 2)
            set_add(s, triple(a, b, c));
        a = b;
        b = c;
    }
}

/* Of the words, or the triples, of a block: how many the set has, of how
 * many. */
typedef struct {
    size_t had, of;
} hits;

static hits words_in(const hash_set *s, const dtl_word *words, size_t count)
{
    hits out = {0, count};

    for (size_t i = 0; i < count; i++)
        out.had += set_has(s, words[i].hash);
    return out;
}

static hits triples_in(const hash_set *s, const dtl_word *words, size_t count)
{
    hits out = {0, count > 2 ? count - 2 : 0};

    for (size_t i = 2; i < count; i++)
        out.had += set_has(
            s, triple(words[i - 2].hash, words[i - 1].hash, words[i].hash));
    return out;
}

static float share(float part, float whole)
{
    return whole > 0 ? part / whole : 0;
}

/* ---- Sums by a hash --------------------------------------------------------
 */

/* A key is never 0. */
typedef struct {
    uint64_t *keys;
    float *sums;
    size_t mask;
} kind_table;

static size_t kind_slot(const kind_table *t, uint64_t key)
{
    /* High enough for the key's upper half to count. */
    size_t i = (size_t)((key * 0x9e3779b97f4a7c15u) >> 36) & t->mask;

    while (t->keys[i] && t->keys[i] != key)
        i = (i + 1) & t->mask;
    return i;
}

static dtl_status table_init(kind_table *t, size_t most, dtl_arena *arena)
{
    size_t size = 16;

    while (size < 2 * most)
        size *= 2;
    t->mask = size - 1;
    t->keys = dtl_arena_calloc(arena, size, sizeof *t->keys);
    t->sums = dtl_arena_calloc(arena, size, sizeof *t->sums);
    return t->keys && t->sums ? DTL_OK : DTL_NOMEM;
}

static void kind_add(kind_table *t, uint64_t key, float what)
{
    size_t slot = kind_slot(t, key);

    t->keys[slot] = key;
    t->sums[slot] += what;
}

static float kind_sum(const kind_table *t, uint64_t key)
{
    return t->sums[kind_slot(t, key)];
}

/* ---- What the page says of itself -------------------------------------- */

typedef struct {
    hash_set title, authors, descriptions, body;
    kind_table times;    /* that each text stands on the page */
    size_t desc_triples; /* of the longest description */
    bool has_body;
} said;

static size_t fact_bytes(const dtl_fact_list *l)
{
    size_t n = 0;

    for (size_t i = 0; i < l->count; i++)
        n += l->at[i].value.len;
    return n;
}

/* Words are no more than half the bytes, and one; wide letters a third. */
static dtl_status fill_said(dtl_region *r, said *s)
{
    const dtl_fact_list *f = r->facts->field;
    const dtl_fact_list *lists[2] = {&f[DTL_FACT_DESCRIPTION],
                                     &f[DTL_FACT_SUBTITLE]};
    size_t desc = fact_bytes(lists[0]) + fact_bytes(lists[1]);
    dtl_status st = DTL_OK;

    st |= set_init(&s->title, r->title.len / 2 + 1, r->arena);
    st |= set_init(&s->authors, fact_bytes(&f[DTL_FACT_AUTHOR]) / 2 + 1,
                   r->arena);
    st |= set_init(&s->descriptions, desc / 2 + 1, r->arena);
    st |= set_init(&s->body, fact_bytes(&f[DTL_FACT_BODY]) / 2 + 1, r->arena);
    st |= table_init(&s->times, r->b->block_count, r->arena);
    if (st != DTL_OK)
        return DTL_NOMEM;
    add_words(&s->title, r->title);
    for (size_t i = 0; i < f[DTL_FACT_AUTHOR].count; i++)
        add_words(&s->authors, f[DTL_FACT_AUTHOR].at[i].value);
    for (int k = 0; k < 2; k++) {
        for (size_t i = 0; i < lists[k]->count; i++) {
            size_t before = s->descriptions.count;

            add_triples(&s->descriptions, lists[k]->at[i].value);
            if (s->descriptions.count - before > s->desc_triples)
                s->desc_triples = s->descriptions.count - before;
        }
    }
    for (size_t i = 0; i < f[DTL_FACT_BODY].count; i++)
        add_triples(&s->body, f[DTL_FACT_BODY].at[i].value);
    s->has_body = s->body.count > 30;
    for (uint32_t i = 0; i < r->b->block_count; i++) {
        const dtl_block_entry *e = &r->b->blocks[i];

        if (e->type == DTL_BLOCK_IS_TEXT)
            kind_add(&s->times, e->m.key | 1, 1);
    }
    return DTL_OK;
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

    for (int i = 0; i < 32; i++)
        f[DTL_F_cw_nav + i] = own >> i & 1    ? 3
                              : near >> i & 1 ? 2
                                              : (float)(far >> i & 1);
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

static void set_cues(const dtl_block_entry *e, const dtl_word *words, float *f)
{
    unsigned counts[DTL_CUES];
    float per = 10 / ((float)e->m.words + 3);

    dtl_cue_words(words, e->m.words, counts);
    for (int k = 0; k < DTL_CUES; k++)
        f[DTL_F_cue_account + k] = per * (float)counts[k];
}

static void set_said(const dtl_region *r, const said *s, uint32_t i, float *f)
{
    const dtl_block_entry *e = &r->b->blocks[i];
    const dtl_word *words = dtl_block_words(r->b, e);
    float times;
    hits h;

    if (e->m.words <= TITLE_WORDS) {
        h = words_in(&s->title, words, e->m.words);
        f[DTL_F_title_match] =
            share((float)h.had, (float)h.of) *
            (s->title.count ? (float)h.had / (float)s->title.count : 0);
        h = words_in(&s->authors, words, e->m.words);
        f[DTL_F_author_match] = share((float)h.had, (float)h.of);
    }
    if (e->m.words <= DESC_WORDS && s->descriptions.count) {
        h = triples_in(&s->descriptions, words, e->m.words);
        f[DTL_F_desc_match] = share((float)h.had, (float)h.of);
        f[DTL_F_desc_cover] = share((float)h.had, (float)s->desc_triples);
    }
    f[DTL_F_body_match] = -1;
    if (s->has_body) {
        h = triples_in(&s->body, words, e->m.words);
        f[DTL_F_body_match] = share((float)h.had, (float)h.of);
    }
    times = kind_sum(&s->times, e->m.key | 1) - 1;
    f[DTL_F_repeated] = times < 9 ? times : 9;
    f[DTL_F_residue] = (float)r->residue[i].kind;
    f[DTL_F_cues] = (float)r->residue[i].hits;
    if (e->m.words <= DESC_WORDS)
        set_cues(e, words, f);
}

/* ---- Boxes of one kind ------------------------------------------------- */

static uint64_t kind_of(const dtl_region *r, const dtl_block_entry *e)
{
    const dtl_box *box = &r->b->boxes[e->box];
    const dtl_box *group = &r->b->boxes[r->notes[e->box].group];

    return ((uint64_t)box->signature << 32 | group->signature) + 1;
}

static dtl_status sum_kinds(dtl_region *r, kind_table *t)
{
    if (table_init(t, r->b->block_count, r->arena) != DTL_OK)
        return DTL_NOMEM;
    for (uint32_t i = 0; i < r->b->block_count; i++) {
        const dtl_block_entry *e = &r->b->blocks[i];

        kind_add(t, kind_of(r, e),
                 dtl_prose_weight(e) * r->notes[e->box].trust);
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

/* Of the root's blocks in boxes of one name and class, how many there are and
 * how many have prose right before or after: subheads that share a class are
 * all subheads, and so are labels. */
static dtl_status set_flanks(dtl_region *r)
{
    const dtl_box *root = &r->b->boxes[r->root];
    kind_table count, flank, prose;

    if (table_init(&count, r->b->block_count, r->arena) != DTL_OK ||
        table_init(&flank, r->b->block_count, r->arena) != DTL_OK ||
        table_init(&prose, r->b->block_count, r->arena) != DTL_OK)
        return DTL_NOMEM;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = pass ? 0 : root->first;
             i < (pass ? r->b->block_count : root->end); i++) {
            const dtl_block_entry *e = &r->b->blocks[i];
            uint64_t key = r->b->boxes[e->box].signature + 1ull;
            float *f = r->features[i].f;

            if (e->type != DTL_BLOCK_IS_TEXT)
                continue;
            if (pass) {
                f[DTL_F_kind_count] = capped((uint32_t)kind_sum(&count, key));
                f[DTL_F_kind_flank] =
                    share(kind_sum(&flank, key), kind_sum(&count, key));
                f[DTL_F_look_prose] =
                    share(kind_sum(&prose, key), r->root_prose);
                continue;
            }
            kind_add(&count, key, 1);
            kind_add(&flank, key,
                     f[DTL_F_gap_before] <= 0 || f[DTL_F_gap_after] <= 0);
            kind_add(&prose, key, good_prose(r, i));
        }
    }
    return DTL_OK;
}

/* Counts boxes of one signature under one parent, by the same table. */
static void count_twins(const dtl_region *r, kind_table *t)
{
    dtl_blocks *b = r->b;

    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 1; i < b->box_count; i++) {
            dtl_box *box = &b->boxes[i];
            uint64_t key = ((uint64_t)box->parent << 32 | box->signature) + 1;

            if (pass)
                box->twins = (uint32_t)kind_sum(t, key);
            else
                kind_add(t, key, 1);
        }
    }
}

static dtl_status find_twins(dtl_region *r)
{
    kind_table t;

    if (table_init(&t, r->b->box_count, r->arena) != DTL_OK)
        return DTL_NOMEM;
    count_twins(r, &t);
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
        float *f = r->features[i].f, prose;

        if (!is_text(r, i)) {
            rules += r->b->blocks[i].type == DTL_BLOCK_IS_RULE;
            images += r->b->blocks[i].type == DTL_BLOCK_IS_IMAGE;
            continue;
        }
        f[DTL_F_image_before] = images;
        images = 0;
        if (prev != DTL_NO_BLOCK)
            set_neighbour(r, i, prev, f, DTL_F_prev_weight);
        f[DTL_F_prose_before] = share(before, r->root_prose);
        f[DTL_F_gap_before] = (float)gap;
        f[DTL_F_after_rule] = rules;
        prose = good_prose(r, i);
        before += prose;
        gap = prose > 60 ? 0 : gap < FAR ? gap + 1 : FAR;
        prev = i;
    }
}

static void look_ahead(dtl_region *r)
{
    uint32_t next = DTL_NO_BLOCK, next2 = DTL_NO_BLOCK, gap = FAR;
    float after = 0, images = 0;

    for (uint32_t i = (uint32_t)r->b->block_count; i-- > 0;) {
        float *f = r->features[i].f, prose;

        if (!is_text(r, i)) {
            images += r->b->blocks[i].type == DTL_BLOCK_IS_IMAGE;
            continue;
        }
        f[DTL_F_image_after] = images;
        images = 0;
        if (next != DTL_NO_BLOCK)
            set_neighbour(r, i, next, f, DTL_F_next_weight);
        if (next2 != DTL_NO_BLOCK) {
            f[DTL_F_next2_weight] = (float)r->b->blocks[next2].m.weight;
            f[DTL_F_next2_links] = dtl_link_share(&r->b->blocks[next2]);
        }
        f[DTL_F_prose_after] = share(after, r->root_prose);
        f[DTL_F_gap_after] = (float)gap;
        prose = good_prose(r, i);
        after += prose;
        gap = prose > 60 ? 0 : gap < FAR ? gap + 1 : FAR;
        next2 = next;
        next = i;
    }
}

bool dtl_is_footnote(const dtl_block_entry *e)
{
    static const char *const starts[] = {"^ ", "\u2191 "};
    static const char *const ends[] = {"\u21a9", "\u21a9\ufe0e"};

    if (!e->list_depth || e->m.words < 4)
        return false;
    for (size_t i = 0; i < 2; i++)
        if (dtl_str_starts(e->text, dtl_str_of(starts[i])) ||
            dtl_str_ends(e->text, dtl_str_of(ends[i])))
            return true;
    return false;
}

/* Links outside the region are menus, mostly, and most of a page's blocks. */
static bool is_easy(const dtl_region *r, uint32_t i)
{
    const dtl_block_entry *e = &r->b->blocks[i];
    const dtl_box *root = &r->b->boxes[r->root];

    return (i < root->first || i >= root->end) && dtl_link_share(e) > 0.5f &&
           !dtl_is_footnote(e);
}

dtl_status dtl_features_fill(dtl_region *r)
{
    size_t n = r->b->block_count;
    kind_table kinds;
    said s = {0};

    r->features = dtl_arena_calloc(r->arena, n, sizeof *r->features);
    r->residue = dtl_arena_calloc(r->arena, n, sizeof *r->residue);
    if (!r->features || !r->residue || fill_said(r, &s) != DTL_OK ||
        sum_kinds(r, &kinds) != DTL_OK || find_twins(r) != DTL_OK)
        return DTL_NOMEM;
    for (uint32_t i = 0; i < n; i++) {
        const dtl_block_entry *e = &r->b->blocks[i];
        float *f = r->features[i].f;

        if (!is_text(r, i))
            continue;
        r->residue[i] = dtl_residue_of(&e->m, dtl_block_words(r->b, e));
        if (!r->all_features && is_easy(r, i)) {
            f[DTL_F_link_share] = dtl_link_share(e);
            continue;
        }
        set_text(e, f);
        set_enclosing(r, e, f);
        set_class_words(r, e, f);
        set_place(r, i, f);
        set_said(r, &s, i, f);
        f[DTL_F_same_kind] =
            share(kind_sum(&kinds, kind_of(r, e)), r->root_prose);
    }
    look_back(r);
    look_ahead(r);
    return set_flanks(r);
}
