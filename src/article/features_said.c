/* Sets of word hashes tell how much of a block the page's own descriptions
 * hold; blocks too long to be asked about are not. */
#include "article/features_said.h"
#include "base/str.h"

enum {
    /* Past these, a block is no headline, no byline, no standfirst. */
    TITLE_WORDS = 60,
    DESC_WORDS = 150
};

static uint64_t triple(uint64_t a, uint64_t b, uint64_t c)
{
    return (a * 3 + b) * UINT64_C(0x9e3779b97f4a7c15) + c;
}

/* ---- The page's own words ------------------------------------------------ */

static void add_words(dtl_hash_set *s, const dtl_word *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        dtl_hash_set_add(s, words[i].hash);
}

static void add_triples(dtl_hash_set *s, const dtl_word *words, size_t count)
{
    for (size_t i = 2; i < count; i++)
        dtl_hash_set_add(
            s, triple(words[i - 2].hash, words[i - 1].hash, words[i].hash));
}

typedef void add_fn(dtl_hash_set *s, const dtl_word *words, size_t count);

static dtl_status add_text(dtl_region *r, dtl_hash_set *s, dtl_str text,
                           add_fn *add)
{
    size_t count;
    const dtl_word *words = dtl_blocks_words(r->b, text, &count);

    if (!words || dtl_hash_set_room(s, count, r->arena) != DTL_OK)
        return DTL_NOMEM;
    add(s, words, count);
    return DTL_OK;
}

/* Pages say the same several times, for this and that reader. */
static bool was_said(const dtl_fact_list *l, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (dtl_str_eq(l->at[k].value, l->at[i].value))
            return true;
    return false;
}

/* *most is raised to what one of them adds, where it is more. */
static dtl_status add_facts(dtl_region *r, dtl_hash_set *s,
                            const dtl_fact_list *l, add_fn *add, size_t *most)
{
    dtl_status st = DTL_OK;

    for (size_t i = 0; i < l->count && st == DTL_OK; i++) {
        size_t before = s->count;

        if (was_said(l, i))
            continue;
        st = add_text(r, s, l->at[i].value, add);
        if (s->count - before > *most)
            *most = s->count - before;
    }
    return st;
}

static dtl_status add_own_words(dtl_region *r, dtl_said *s)
{
    const struct {
        int field;
        dtl_hash_set *set;
        add_fn *add;
        size_t *most;
    } lists[] = {
        {DTL_FACT_AUTHOR, &s->authors, add_words, &s->most},
        {DTL_FACT_DESCRIPTION, &s->descriptions, add_triples, &s->desc_triples},
        {DTL_FACT_SUBTITLE, &s->descriptions, add_triples, &s->desc_triples},
        {DTL_FACT_BODY, &s->body, add_triples, &s->most},
    };
    dtl_status st = add_text(r, &s->title, r->title, add_words);

    for (size_t i = 0; i < sizeof lists / sizeof *lists && st == DTL_OK; i++)
        st = add_facts(r, lists[i].set, &r->facts->field[lists[i].field],
                       lists[i].add, lists[i].most);
    s->has_body = s->body.count > 30;
    return st;
}

/* ---- Texts that stand on the page more than once ------------------------- */

/* Blocks whose copies somebody asks for: not those that go by their place. */
static bool may_stay(const dtl_block_place *p)
{
    return p->row || p->hand > 0;
}

/* First by what dtl_words_sum tells: sums[0] is how many texts have it,
 * sums[1] of those that may stay. Then by their keys. */
static dtl_status count_texts(dtl_region *r)
{
    const dtl_block_entry *blocks = r->b->blocks;
    dtl_block_place *places = r->places;
    dtl_sum_table sums, keys;
    size_t again = 0;

    if (dtl_sums_init(&sums, r->b->block_count, r->arena) != DTL_OK)
        return DTL_NOMEM;
    for (uint32_t i = 0; i < r->b->block_count; i++) {
        dtl_sum *sum;

        if (!places[i].text)
            continue;
        sum = dtl_sums_add(&sums, dtl_words_sum(&blocks[i].m) | 1);
        sum->sums[0]++;
        sum->sums[1] += may_stay(&places[i]);
        again += sum->sums[0] > 1;
    }
    if (!again)
        return DTL_OK;
    if (dtl_sums_init(&keys, 2 * again, r->arena) != DTL_OK)
        return DTL_NOMEM;
    for (uint32_t i = 0; i < r->b->block_count; i++) {
        const dtl_sum *sum;

        if (!places[i].text)
            continue;
        sum = dtl_sums_of(&sums, dtl_words_sum(&blocks[i].m) | 1);
        if (sum->sums[0] < 2 || sum->sums[1] < 1)
            continue;
        places[i].key = dtl_text_key(blocks[i].text) | 1;
        dtl_sums_add(&keys, places[i].key)->sums[0]++;
    }
    for (uint32_t i = 0; i < r->b->block_count; i++) {
        if (places[i].key) {
            float times = dtl_sums_of(&keys, places[i].key)->sums[0] - 1;

            places[i].repeated = times < 9 ? (uint8_t)times : 9;
        }
    }
    return DTL_OK;
}

dtl_status dtl_said_fill(dtl_region *r)
{
    r->said = dtl_arena_calloc(r->arena, 1, sizeof *r->said);
    if (!r->said || add_own_words(r, r->said) != DTL_OK)
        return DTL_NOMEM;
    return count_texts(r);
}

/* ---- One block ----------------------------------------------------------- */

/* Of the words, or the triples, of a block: how many the set has, of how
 * many. */
typedef struct {
    size_t had, of;
} hits;

static hits words_in(const dtl_hash_set *s, const dtl_word *words, size_t count)
{
    hits out = {0, count};

    for (size_t i = 0; i < count; i++)
        out.had += dtl_hash_set_has(s, words[i].hash);
    return out;
}

static hits triples_in(const dtl_hash_set *s, const dtl_word *words,
                       size_t count)
{
    hits out = {0, count > 2 ? count - 2 : 0};

    for (size_t i = 2; i < count; i++)
        out.had += dtl_hash_set_has(
            s, triple(words[i - 2].hash, words[i - 1].hash, words[i].hash));
    return out;
}

static float share(size_t part, size_t whole)
{
    return whole ? (float)part / (float)whole : 0;
}

static void set_cues(const dtl_word *words, size_t count, float *f)
{
    unsigned counts[DTL_CUES];
    float per = 10 / ((float)count + 3);

    dtl_cue_words(words, count, counts);
    for (int k = 0; k < DTL_CUES; k++)
        f[DTL_F_cue_account + k] = per * (float)counts[k];
}

/* The share of a block's words, few as they are, that author names have. */
static float author_match(const dtl_said *s, const dtl_word *words,
                          size_t count)
{
    hits h = {0, 0};

    if (count <= TITLE_WORDS)
        h = words_in(&s->authors, words, count);
    return share(h.had, h.of);
}

static hits in_descriptions(const dtl_said *s, const dtl_word *words,
                            size_t count)
{
    if (count <= DESC_WORDS && s->descriptions.count)
        return triples_in(&s->descriptions, words, count);
    return (hits){0, 0};
}

static void set_words(const dtl_said *s, const dtl_word *words, size_t count,
                      float *f)
{
    hits h;

    if (count <= TITLE_WORDS) {
        h = words_in(&s->title, words, count);
        f[DTL_F_title_match] =
            share(h.had, h.of) * share(h.had, s->title.count);
    }
    f[DTL_F_author_match] = author_match(s, words, count);
    h = in_descriptions(s, words, count);
    f[DTL_F_desc_match] = share(h.had, h.of);
    f[DTL_F_desc_cover] = share(h.had, s->desc_triples);
    if (s->has_body) {
        h = triples_in(&s->body, words, count);
        f[DTL_F_body_match] = share(h.had, h.of);
    }
    if (count <= DESC_WORDS)
        set_cues(words, count, f);
}

dtl_status dtl_said_set(dtl_region *r, uint32_t i, float *f)
{
    const dtl_block_entry *e = &r->b->blocks[i];
    dtl_block_place *p = &r->places[i];
    const dtl_word *words;
    size_t count;

    f[DTL_F_body_match] = -1;
    f[DTL_F_repeated] = p->repeated;
    if (e->m.words > DESC_WORDS && !r->said->has_body)
        return DTL_OK;
    words = dtl_blocks_words(r->b, e->text, &count);
    if (!words)
        return DTL_NOMEM;
    set_words(r->said, words, count, f);
    p->residue = dtl_residue_of(&e->m, words);
    p->has_residue = true;
    f[DTL_F_residue] = (float)p->residue.kind;
    f[DTL_F_cues] = (float)p->residue.hits;
    return DTL_OK;
}

/* ---- Asked for one by one ------------------------------------------------ */

float dtl_desc_match(const dtl_region *r, uint32_t i)
{
    const dtl_block_features *row = dtl_features_row(r, i);
    const dtl_block_entry *e = &r->b->blocks[i];
    const dtl_word *words;
    size_t count;
    hits h;

    if (row)
        return row->f[DTL_F_desc_match];
    if (e->m.words > DESC_WORDS || !r->said->descriptions.count)
        return 0;
    words = dtl_blocks_words(r->b, e->text, &count);
    h = in_descriptions(r->said, words, count);
    return share(h.had, h.of);
}

float dtl_author_match(const dtl_region *r, uint32_t i)
{
    const dtl_block_features *row = dtl_features_row(r, i);
    const dtl_block_entry *e = &r->b->blocks[i];
    const dtl_word *words;
    size_t count;

    if (row)
        return row->f[DTL_F_author_match];
    if (e->m.words > TITLE_WORDS || !r->said->authors.count)
        return 0;
    words = dtl_blocks_words(r->b, e->text, &count);
    return author_match(r->said, words, count);
}

/* Deep in the body whole lines and their beginnings are looked at alone: what
 * may say anywhere that it is a note stands near the ends. */
static bool is_deep(const dtl_block_place *p)
{
    return p->prose_before > 0.1f && p->prose_after > 0.1f;
}

/* The beginning of a text, as far as lines of residue go. */
static dtl_residue residue_of_start(const dtl_region *r,
                                    const dtl_block_entry *e)
{
    enum {
        START = 160 /* bytes; the longest line has half of it */
    };
    dtl_str start = dtl_str_sub(e->text, 0, START);
    const dtl_word *words;
    size_t count;

    while (start.len && (e->text.ptr[start.len] & 0xc0) == 0x80)
        start.len--;
    words = dtl_blocks_words(r->b, start, &count);
    /* The last word may be cut. */
    return dtl_residue_of_start(&e->m, words, count ? count - 1 : 0);
}

dtl_residue dtl_residue_at(const dtl_region *r, uint32_t i)
{
    enum {
        LONG = 320 /* bytes: twice what is looked at */
    };
    const dtl_block_entry *e = &r->b->blocks[i];
    dtl_block_place *p = &r->places[i];
    size_t count;

    if (!p->text || e->m.words > DTL_RESIDUE_WORDS)
        return (dtl_residue){0};
    if (p->has_residue)
        return p->residue;
    if (e->text.len > LONG && is_deep(p))
        p->residue = residue_of_start(r, e);
    else
        p->residue =
            dtl_residue_of(&e->m, dtl_blocks_words(r->b, e->text, &count));
    p->has_residue = true;
    return p->residue;
}
