/* Matches short blocks against the table of lines.
 *
 * A line is a row of words, and words are hashes: folded letters, with
 * numbers as "#". The rules are tried that begin with the block's first word,
 * or with it and the next one; farther on, those that may stand anywhere.
 * Filters of bits say at once that there is none, as mostly there is. */
#include "article/residue.h"
#include "article/residue_table.h"
#include "base/str.h"

enum {
    LABELLED_WORDS = 40 /* the same of one whose label says what it is */
};

/* What rules are tried on. */
typedef struct {
    const dtl_word *words;
    size_t listed; /* of them */
    size_t count;  /* words of the block */
    size_t colon;  /* words before the first colon */
} block;

static inline bool may_be_key(uint64_t key)
{
    uint64_t bit = key >> (64 - DTL_RESIDUE_FILTER_BITS);

    return dtl_residue_filter[bit >> 6] >> (bit & 63) & 1;
}

static inline bool may_stand_anywhere(uint64_t first)
{
    uint64_t bit = first >> (64 - DTL_RESIDUE_ANY_BITS);

    return dtl_residue_any_filter[bit >> 6] >> (bit & 63) & 1;
}

/* The first rule of a key; NULL where there is none. */
static const dtl_residue_rule *first_rule(uint64_t key)
{
    size_t mask = ((size_t)1 << DTL_RESIDUE_SLOT_BITS) - 1;
    size_t at = (size_t)(key >> (64 - DTL_RESIDUE_SLOT_BITS));

    for (; dtl_residue_slots[at]; at = (at + 1) & mask) {
        const dtl_residue_rule *r =
            &dtl_residue_rules[dtl_residue_slots[at] - 1];

        if (r->key == key)
            return r;
    }
    return NULL;
}

/* Whether the rule's words stand at `at`, where those of its key do. */
static bool stands(const dtl_residue_rule *r, const block *b, size_t at)
{
    uint64_t hash = r->key;

    if (r->count > b->listed - at)
        return false;
    for (size_t i = 2; i < r->count; i++)
        hash = dtl_residue_hash(hash, b->words[at + i].line);
    return hash == r->hash;
}

static bool holds(const dtl_residue_rule *r, const block *b, size_t at,
                  bool *label)
{
    *label = !at && r->count == b->colon && b->count <= LABELLED_WORDS;
    if (*label)
        return true;
    if (r->reach == DTL_RESIDUE_WHOLE_LINE)
        return !at && r->count == b->count;
    return b->count <= r->words && (r->reach == DTL_RESIDUE_ANY_LINE || !at);
}

static void try_key(const block *b, size_t at, uint64_t key, dtl_residue *out)
{
    const dtl_residue_rule *end = dtl_residue_rules + dtl_residue_rule_count;
    const dtl_residue_rule *r;
    bool label;

    for (r = first_rule(key); r && r < end && r->key == key; r++) {
        if (!stands(r, b, at) || !holds(r, b, at, &label))
            continue;
        out->hits += out->hits < 255;
        if (!out->kind || r->reach < out->reach ||
            (label && !out->label && r->reach == out->reach)) {
            out->kind = r->kind;
            out->reach = r->reach;
            out->phrase = r->count;
            out->label = label;
        }
    }
}

static void try_word(const block *b, size_t at, dtl_residue *out)
{
    uint64_t one = dtl_residue_hash(0, b->words[at].line), two;

    if (may_be_key(one))
        try_key(b, at, one, out);
    if (at + 1 == b->listed)
        return;
    two = dtl_residue_hash(one, b->words[at + 1].line);
    if (may_be_key(two))
        try_key(b, at, two, out);
}

dtl_residue dtl_residue_of_start(const dtl_measure *m, const dtl_word *words,
                                 size_t count)
{
    block b = {words, count, m->words, m->colon};
    dtl_residue out = {0};

    if (b.count <= DTL_RESIDUE_WORDS && b.listed)
        try_word(&b, 0, &out);
    return out;
}

dtl_residue dtl_residue_of(const dtl_measure *m, const dtl_word *words)
{
    block b = {words, m->words, m->words, m->colon};
    dtl_residue out = dtl_residue_of_start(m, words, m->words);

    if (b.count > DTL_RESIDUE_WORDS)
        return out;
    for (size_t i = 1; i < b.count; i++)
        if (may_stand_anywhere(dtl_residue_hash(0, words[i].line)))
            try_word(&b, i, &out);
    return out;
}

dtl_residue dtl_residue_of_text(dtl_str text)
{
    dtl_word words[DTL_RESIDUE_WORDS];
    dtl_measure m = dtl_measure_text(text);
    uint64_t key;

    if (m.words > DTL_RESIDUE_WORDS)
        return (dtl_residue){0};
    dtl_words_of(text, text.len, words, DTL_RESIDUE_WORDS, &key);
    return dtl_residue_of(&m, words);
}

static const dtl_cue_word *find_cue(uint64_t hash)
{
    size_t mask = ((size_t)1 << DTL_CUE_SLOT_BITS) - 1;
    size_t at = (size_t)(hash >> (64 - DTL_CUE_SLOT_BITS));

    for (; dtl_cue_slots[at]; at = (at + 1) & mask)
        if (dtl_cue_table[dtl_cue_slots[at] - 1].hash == hash)
            return &dtl_cue_table[dtl_cue_slots[at] - 1];
    return NULL;
}

void dtl_cue_words(const dtl_word *words, size_t count,
                   unsigned counts[DTL_CUES])
{
    memset(counts, 0, DTL_CUES * sizeof *counts);
    for (size_t i = 0; i < count; i++) {
        const dtl_cue_word *c = find_cue(words[i].hash);

        if (c)
            counts[c->cue]++;
    }
}

const char *dtl_residue_name(dtl_residue_kind kind)
{
    static const char *const names[DTL_RESIDUE_KINDS] = {
        "",          "related",   "credit",     "ad",       "nav",
        "clock",     "date",      "newsletter", "player",   "contributors",
        "agency",    "copyright", "correction", "update",   "paywall",
        "affiliate", "tip",       "channel",    "comments", "share",
        "tags",      "author",    "consent",    "script",   "editor",
    };

    return kind < DTL_RESIDUE_KINDS ? names[kind] : "";
}
