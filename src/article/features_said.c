/* Sets of word hashes tell how much of a block the page's own descriptions
 * hold; blocks too long to be asked about are not. */
#include "article/features_said.h"

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

    if (!words)
        return DTL_NOMEM;
    add(s, words, count);
    return DTL_OK;
}

static size_t words_of_facts(const dtl_fact_list *l)
{
    size_t n = 0;

    for (size_t i = 0; i < l->count; i++)
        n += dtl_measure_text(l->at[i].value).words;
    return n;
}

static dtl_status add_facts(dtl_region *r, dtl_hash_set *s,
                            const dtl_fact_list *l, add_fn *add)
{
    dtl_status st = dtl_hash_set_init(s, words_of_facts(l), r->arena);

    for (size_t i = 0; i < l->count && st == DTL_OK; i++)
        st = add_text(r, s, l->at[i].value, add);
    return st;
}

static dtl_status add_descriptions(dtl_region *r, dtl_said *s)
{
    const dtl_fact_list *f = r->facts->field;
    const dtl_fact_list *lists[2] = {&f[DTL_FACT_DESCRIPTION],
                                     &f[DTL_FACT_SUBTITLE]};
    size_t words = words_of_facts(lists[0]) + words_of_facts(lists[1]);
    dtl_status st = dtl_hash_set_init(&s->descriptions, words, r->arena);

    for (int k = 0; k < 2; k++) {
        for (size_t i = 0; i < lists[k]->count && st == DTL_OK; i++) {
            size_t before = s->descriptions.count;

            st = add_text(r, &s->descriptions, lists[k]->at[i].value,
                          add_triples);
            if (s->descriptions.count - before > s->desc_triples)
                s->desc_triples = s->descriptions.count - before;
        }
    }
    return st;
}

/* ---- Texts that stand on the page more than once ------------------------- */

static bool is_text(const dtl_region *r, uint32_t i)
{
    return r->b->blocks[i].type == DTL_BLOCK_IS_TEXT;
}

static bool may_be_repeated(const dtl_said *s, const dtl_block_entry *e)
{
    const dtl_sum *sum = dtl_sums_of(&s->sums, dtl_words_sum(&e->m) | 1);

    return sum->sums[0] > 1 && sum->sums[1] > 0;
}

static dtl_status count_texts(dtl_region *r, dtl_said *s)
{
    size_t again = 0;

    if (dtl_sums_init(&s->sums, r->b->block_count, r->arena) != DTL_OK)
        return DTL_NOMEM;
    for (uint32_t i = 0; i < r->b->block_count; i++) {
        dtl_sum *sum;

        if (!is_text(r, i))
            continue;
        sum = dtl_sums_add(&s->sums, dtl_words_sum(&r->b->blocks[i].m) | 1);
        sum->sums[0]++;
        sum->sums[1] += r->places[i].row != 0;
        again += sum->sums[0] > 1;
    }
    if (dtl_sums_init(&s->keys, 2 * again, r->arena) != DTL_OK)
        return DTL_NOMEM;
    for (uint32_t i = 0; i < r->b->block_count && again; i++) {
        if (!is_text(r, i) || !may_be_repeated(s, &r->b->blocks[i]))
            continue;
        r->places[i].key = dtl_text_key(r->b->blocks[i].text) | 1;
        dtl_sums_add(&s->keys, r->places[i].key)->sums[0]++;
    }
    return DTL_OK;
}

/* How often a text of this key stands elsewhere. */
static float times_elsewhere(const dtl_said *s, uint64_t key)
{
    return key ? dtl_sums_of(&s->keys, key)->sums[0] - 1 : 0;
}

dtl_status dtl_said_fill(dtl_region *r, dtl_said *s)
{
    const dtl_fact_list *f = r->facts->field;
    size_t words = dtl_measure_text(r->title).words;
    dtl_status st = dtl_hash_set_init(&s->title, words, r->arena);

    if (st == DTL_OK)
        st = add_text(r, &s->title, r->title, add_words);
    if (st == DTL_OK)
        st = add_facts(r, &s->authors, &f[DTL_FACT_AUTHOR], add_words);
    if (st == DTL_OK)
        st = add_descriptions(r, s);
    if (st == DTL_OK)
        st = add_facts(r, &s->body, &f[DTL_FACT_BODY], add_triples);
    s->has_body = s->body.count > 30;
    return st == DTL_OK ? count_texts(r, s) : st;
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

static void set_words(const dtl_said *s, const dtl_word *words, size_t count,
                      float *f)
{
    hits h;

    if (count <= TITLE_WORDS) {
        h = words_in(&s->title, words, count);
        f[DTL_F_title_match] =
            share(h.had, h.of) * share(h.had, s->title.count);
        h = words_in(&s->authors, words, count);
        f[DTL_F_author_match] = share(h.had, h.of);
    }
    if (count <= DESC_WORDS && s->descriptions.count) {
        h = triples_in(&s->descriptions, words, count);
        f[DTL_F_desc_match] = share(h.had, h.of);
        f[DTL_F_desc_cover] = share(h.had, s->desc_triples);
    }
    if (s->has_body) {
        h = triples_in(&s->body, words, count);
        f[DTL_F_body_match] = share(h.had, h.of);
    }
    if (count <= DESC_WORDS)
        set_cues(words, count, f);
}

dtl_status dtl_said_set(dtl_region *r, const dtl_said *s, uint32_t i,
                        dtl_block_features *row)
{
    const dtl_block_entry *e = &r->b->blocks[i];
    float times = times_elsewhere(s, r->places[i].key), *f = row->f;
    const dtl_word *words;
    size_t count;

    f[DTL_F_body_match] = -1;
    f[DTL_F_repeated] = times < 9 ? times : 9;
    if (e->m.words > DESC_WORDS && !s->has_body)
        return DTL_OK;
    words = dtl_blocks_words(r->b, e->text, &count);
    if (!words)
        return DTL_NOMEM;
    set_words(s, words, count, f);
    row->residue = dtl_residue_of(&e->m, words);
    f[DTL_F_residue] = (float)row->residue.kind;
    f[DTL_F_cues] = (float)row->residue.hits;
    return DTL_OK;
}
