/* Splits class names into words and looks them up.
 *
 * "article__bodyText" is the words article, body, text; each is looked up
 * alone and joined with the one before it. Words stuck to digits, and words
 * of two or three letters that no delimiter sets off, are noise of generated
 * class names ("css-1ad2f", "sc-gAdYz") and are passed over.
 *
 * Where words begin and end is told by vectors. A word is its letters, small,
 * eight in a number, so that to join, hash and compare takes few steps; most
 * are in no table and miss at the first slot. */
#include "article/class_words.h"
#include "article/class_words_table.h"
#include "article/embeds.h"
#include "base/lanes.h"
#include "base/str.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

enum {
    WORD_MAX = 24 /* the longest entry is shorter */
};

/* Small letters, the first lowest, and zeros; len 0 is no word. */
typedef struct {
    uint64_t eight[WORD_MAX / 8];
    size_t len;
} word;

static inline uint64_t load_eight(const char *p)
{
    uint64_t eight;

    memcpy(&eight, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    eight = __builtin_bswap64(eight);
#endif
    return eight;
}

/* Eight bytes of a value; zeros stand for what lies past its end. */
static inline uint64_t eight_at(dtl_str v, size_t at)
{
    size_t left = v.len - at;
    uint64_t eight = 0;

    if (left >= 8)
        return load_eight(v.ptr + at);
    if (v.len >= 8)
        return load_eight(v.ptr + v.len - 8) >> 8 * (8 - left);
    while (left--)
        eight = eight << 8 | (unsigned char)v.ptr[at + left];
    return eight;
}

/* Up to eight letters, made small. */
static inline uint64_t letters_at(dtl_str v, size_t at, size_t len)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t eight = eight_at(v, at);

    if (len < 8)
        eight &= (UINT64_C(1) << 8 * len) - 1;
    /* All letters have the bit 0x40. */
    return eight | (eight >> 1 & 0x20 * ones);
}

static inline word word_at(dtl_str v, size_t at, size_t len)
{
    word w = {{letters_at(v, at, len), 0, 0}, len};

    for (size_t i = 8; i < len; i += 8)
        w.eight[i / 8] = letters_at(v, at + i, len - i);
    return w;
}

/* Both as one; they are not too long for it. */
static inline word join(const word *a, const word *b)
{
    size_t whole = a->len / 8;
    unsigned shift = 8 * (unsigned)(a->len % 8);
    word w = *a;

    w.len = a->len + b->len;
    if (w.len <= 8) {
        w.eight[0] |= b->eight[0] << shift;
        return w;
    }
    for (size_t i = 0; whole + i < WORD_MAX / 8; i++) {
        w.eight[whole + i] |= b->eight[i] << shift;
        if (shift && whole + i + 1 < WORD_MAX / 8)
            w.eight[whole + i + 1] |= b->eight[i] >> (64 - shift);
    }
    return w;
}

static inline uint64_t hash_more(uint64_t hash, uint64_t eight)
{
    hash = (hash ^ eight) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

static inline bool is_word(const dtl_class_word *e, const word *w)
{
    return e->len == w->len && load_eight(e->word) == w->eight[0] &&
           load_eight(e->word + 8) == w->eight[1] &&
           load_eight(e->word + 16) == w->eight[2];
}

/* The groups of a word, by the hash of tools/make_class_words.py. */
static inline uint32_t look_up(const word *w)
{
    uint64_t hash = hash_more(0, w->eight[0]);
    size_t at;

    for (size_t i = 8; i < w->len; i += 8)
        hash = hash_more(hash, w->eight[i / 8]);
    for (at = (size_t)(hash >> 52); dtl_class_slots[at];
         at = (at + 1) % DTL_CLASS_SLOTS) {
        const dtl_class_word *e = &dtl_class_words[dtl_class_slots[at] - 1];

        if (is_word(e, w))
            return e->groups;
    }
    return 0;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool is_noise(dtl_str s, size_t start, size_t end)
{
    char before = start ? s.ptr[start - 1] : ' ';
    char after = end < s.len ? s.ptr[end] : ' ';

    if (dtl_is_digit(before) || (dtl_is_digit(after) && end - start < 4))
        return true;
    return end - start < 4 &&
           (dtl_is_alpha(before) || (dtl_is_alpha(after) && !is_upper(after)));
}

/* Whether [start, end) is a class name by itself. */
static bool is_whole(dtl_str s, size_t start, size_t end)
{
    return (!start || dtl_is_space(s.ptr[start - 1])) &&
           (end == s.len || dtl_is_space(s.ptr[end]));
}

/* A value that is gone through. */
typedef struct {
    dtl_str value;
    size_t seen; /* up to here */
    word last;   /* ends there, in the same class name */
    uint32_t bits;
    bool fb; /* has the word "fb", which is in no group */
} splitter;

DTL_INLINE void see_word(splitter *s, size_t start, size_t end)
{
    dtl_str v = s->value;
    uint32_t found;
    word w;

    for (size_t i = s->seen; i < start; i++)
        if (dtl_is_space(v.ptr[i]))
            s->last.len = 0;
    s->seen = end;
    if (end - start >= WORD_MAX || is_noise(v, start, end)) {
        s->last.len = 0;
        return;
    }
    w = word_at(v, start, end - start);
    found = look_up(&w);
    /* "overflow-hidden" hides nothing. */
    if (found & DTL_CW_HIDDEN && !is_whole(v, start, end))
        found &= ~(uint32_t)DTL_CW_HIDDEN;
    s->bits |= found;
    s->fb |= w.eight[0] == ('f' | 'b' << 8);
    if (s->last.len && s->last.len + w.len < WORD_MAX) {
        word both = join(&s->last, &w);

        s->bits |= look_up(&both);
    }
    s->last = w;
}

/* The end of a word that begins at `at`: a run of letters, cut before a
 * capital that follows a small letter. */
static size_t end_of_word(dtl_str s, size_t at)
{
    do
        at++;
    while (at < s.len && dtl_is_alpha(s.ptr[at]) &&
           !(is_upper(s.ptr[at]) && !is_upper(s.ptr[at - 1])));
    return at;
}

/* Sees the words of the block at `at`, which does not begin within a word.
 * Returns where the next one is to begin: behind it, or at a word that goes on
 * there. */
DTL_INLINE size_t see_block(splitter *s, size_t at)
{
    dtl_str v = s->value;
    dtl_lanes b = dtl_lanes_at(v.ptr + at, v.ptr + v.len, ' ');
    dtl_mask upper = dtl_lanes_between(b, 'A', 'Z');
    dtl_mask alpha = dtl_lanes_between(b, 'a', 'z') | upper;
    dtl_mask starts = alpha & (~(alpha << DTL_MASK_STRIDE) |
                               (upper & ~(upper << DTL_MASK_STRIDE)));

    while (starts) {
        size_t from = at + dtl_mask_first(starts), to = at + DTL_LANES;
        dtl_mask behind = ~alpha & DTL_MASK_ALL & -(starts & -starts);

        starts = dtl_mask_rest(starts);
        behind |= starts;
        if (behind) {
            to = at + dtl_mask_first(behind);
        } else if (to < v.len) {
            if (from > at)
                return from;
            to = end_of_word(v, from);
        }
        see_word(s, from, to);
        if (to > at + DTL_LANES)
            return to;
    }
    return at + DTL_LANES;
}

static splitter split(dtl_str value)
{
    splitter s = {.value = value};
    size_t at = 0;

    while (at < value.len)
        at = see_block(&s, at);
    return s;
}

uint32_t dtl_class_bits(dtl_str value)
{
    return split(value).bits;
}

/* ---- Of a whole page ------------------------------------------------------
 */

enum {
    KEPT_VALUES = 16384,   /* distinct ones that are kept for later pages */
    KEPT_BYTES = 768 << 10 /* of them together */
};

/* Whether an attribute of this name has words that say what an element is. */
static const bool has_words[DTL_N_KNOWN] = {
    [DTL_N_CLASS] = true,          [DTL_N_ID] = true,
    [DTL_N_ROLE] = true,           [DTL_N_DATA_TESTID] = true,
    [DTL_N_DATA_COMPONENT] = true, [DTL_N_ITEMPROP] = true,
};

/* Whether a value may name a container of an embed: the words of their names
 * are in these groups, but for "fb-like". */
static bool may_name_container(const splitter *s)
{
    return s->fb || s->bits & (DTL_CW_EMBED | DTL_CW_PLAYER | DTL_CW_MEDIA |
                               DTL_CW_CONTENT | DTL_CW_TEASER | DTL_CW_COMMENT);
}

static dtl_attr_note look_at(dtl_str value, uint64_t hash)
{
    splitter s = split(value);

    return (dtl_attr_note){
        .bits = s.bits,
        .container = may_name_container(&s) ? dtl_embed_container(value) : 0,
        .hash = (uint32_t)hash,
    };
}

static size_t slot_of(const dtl_class_memo *m, uint64_t hash, dtl_str value)
{
    size_t at = hash & m->slot_mask;

    for (; m->slots[at]; at = (at + 1) & m->slot_mask) {
        const dtl_class_value *v = &m->values[m->slots[at] - 1];

        if (v->hash == hash && v->len == value.len &&
            memcmp(m->bytes.ptr + v->at, value.ptr, value.len) == 0)
            break;
    }
    return at;
}

/* Twice as many slots; values find their new ones by their hashes, which all
 * differ in bytes. */
static dtl_status grow_slots(dtl_class_memo *m)
{
    size_t count = m->slots ? 2 * (m->slot_mask + 1) : 1024;
    uint32_t *slots;

    if (count > SIZE_MAX / sizeof *slots)
        return DTL_NOMEM;
    slots = dtl_malloc(count * sizeof *slots);
    if (!slots)
        return DTL_NOMEM;
    memset(slots, 0, count * sizeof *slots);
    for (size_t i = 0; i < m->count; i++) {
        size_t at = m->values[i].hash & (count - 1);

        while (slots[at])
            at = (at + 1) & (count - 1);
        slots[at] = (uint32_t)i + 1;
    }
    dtl_free(m->slots);
    m->slots = slots;
    m->slot_mask = count - 1;
    return DTL_OK;
}

static void forget(dtl_class_memo *m)
{
    if (m->slots)
        memset(m->slots, 0, (m->slot_mask + 1) * sizeof *m->slots);
    m->count = 0;
    dtl_buf_reset(&m->bytes);
}

static dtl_status remember(dtl_class_memo *m, dtl_str value, dtl_attr_note *out)
{
    uint64_t hash = XXH3_64bits(value.ptr, value.len);
    dtl_class_value *v;
    size_t at;

    if (!m->slots || 2 * m->count > m->slot_mask) {
        dtl_status st = grow_slots(m);

        if (st != DTL_OK)
            return st;
    }
    at = slot_of(m, hash, value);
    if (!m->slots[at]) {
        dtl_status st = dtl_grow((void **)&m->values, &m->cap, m->count + 1,
                                 sizeof *m->values);

        if (st != DTL_OK)
            return st;
        m->values[m->count] = (dtl_class_value){
            .hash = hash,
            .at = (uint32_t)m->bytes.len,
            .len = (uint32_t)value.len,
            .note = look_at(value, hash),
        };
        dtl_buf_str(&m->bytes, value);
        if (m->bytes.status != DTL_OK)
            return m->bytes.status;
        m->slots[at] = (uint32_t)++m->count;
    }
    v = &m->values[m->slots[at] - 1];
    *out = v->note;
    return DTL_OK;
}

dtl_status dtl_class_note_all(dtl_class_memo *m, dtl_html_doc *doc)
{
    dtl_status st = dtl_grow((void **)&doc->notes, &doc->note_cap,
                             doc->attr_count, sizeof *doc->notes);

    if (m->count > KEPT_VALUES || m->bytes.len > KEPT_BYTES)
        forget(m);
    doc->note_count = 0;
    for (uint32_t i = 0; i < doc->attr_count && st == DTL_OK; i++) {
        const dtl_html_attr *a = &doc->attrs[i];

        if (a->name < DTL_N_KNOWN && has_words[a->name] && a->end > a->start)
            st = remember(m, dtl_html_attr_text(doc, a), &doc->notes[i]);
        else
            doc->notes[i] = (dtl_attr_note){0, 0, 0};
    }
    if (st == DTL_OK)
        doc->note_count = doc->attr_count;
    return st;
}

dtl_attr_note dtl_class_note_anew(dtl_html_doc *doc, const dtl_html_attr *a)
{
    dtl_str value = dtl_html_attr_text(doc, a);

    return look_at(value, XXH3_64bits(value.ptr, value.len));
}

uint32_t dtl_class_bits_of(dtl_html_doc *doc, dtl_html_ref n, dtl_name name)
{
    const dtl_html_attr *a = dtl_html_attr_find(doc, n, name);

    return a ? dtl_class_note(doc, a).bits : 0;
}

uint32_t dtl_class_bits_of_names(dtl_html_doc *doc, dtl_html_ref n)
{
    const dtl_html_node *node = &doc->nodes[n];
    uint32_t bits = 0;

    for (uint32_t i = 0; i < node->count; i++) {
        const dtl_html_attr *a = &doc->attrs[node->data + i];

        if (a->name == DTL_N_CLASS || a->name == DTL_N_ID)
            bits |= dtl_class_note(doc, a).bits;
    }
    return bits;
}

void dtl_class_memo_clear(dtl_class_memo *m)
{
    dtl_free(m->slots);
    dtl_free(m->values);
    dtl_buf_clear(&m->bytes);
    *m = (dtl_class_memo){0};
}

bool dtl_style_hides(dtl_str style)
{
    size_t at = dtl_str_find_nocase(style, DTL_STR("display"));

    if (at != SIZE_MAX) {
        dtl_str rest = dtl_str_sub(style, at + 7, at + 16);

        if (dtl_str_find_nocase(rest, DTL_STR("none")) != SIZE_MAX)
            return true;
    }
    return dtl_str_find_nocase(style, DTL_STR("visibility:hidden")) != SIZE_MAX;
}

const char *dtl_class_group_name(unsigned bit)
{
    return bit < 32 ? dtl_class_groups[bit] : "";
}
