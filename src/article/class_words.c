/* Splits class names into words and looks them up.
 *
 * "article__bodyText" is the words article, body, text; each is looked up
 * alone and joined with the one before it. Words stuck to digits, and words
 * of two or three letters that no delimiter sets off, are noise of generated
 * class names ("css-1ad2f", "sc-gAdYz") and are passed over.
 *
 * The hash of a word is a polynomial, so that of two joined words comes from
 * theirs; most words are in no table and miss at the first slot. */
#include "article/class_words.h"
#include "article/class_words_table.h"
#include "article/embeds.h"
#include "base/str.h"

#include <xxhash.h>

enum {
    WORD_MAX = 24 /* the longest entry is shorter */
};

#define HASH_FACTOR UINT32_C(0x9e3779b1)

/* A word in an attribute value, or nothing: len 0. */
typedef struct {
    const char *at;
    size_t len;
    uint32_t hash;
} word;

static bool is_word(const char *entry, word w)
{
    for (size_t i = 0; i < w.len; i++)
        if (entry[i] != (w.at[i] | 0x20))
            return false;
    return true;
}

/* The groups of two words joined, of which the first may be nothing. */
static uint32_t look_up(word a, word b, uint32_t hash)
{
    uint32_t at = (hash * HASH_FACTOR) >> 20;

    for (; dtl_class_slots[at]; at = (at + 1) % DTL_CLASS_SLOTS) {
        const dtl_class_word *e = &dtl_class_words[dtl_class_slots[at] - 1];

        if (e->len == a.len + b.len && is_word(e->word, a) &&
            is_word(e->word + a.len, b))
            return e->groups;
    }
    return 0;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* The word that begins at `at`: a run of letters, cut before a capital that
 * follows a small letter. */
static word word_at(dtl_str s, size_t at)
{
    word w = {s.ptr + at, 0, 0};
    size_t i = at;

    do {
        w.hash = w.hash * HASH_FACTOR + (unsigned char)(s.ptr[i] | 0x20);
        i++;
    } while (i < s.len && dtl_is_alpha(s.ptr[i]) &&
             !(is_upper(s.ptr[i]) && !is_upper(s.ptr[i - 1])));
    w.len = i - at;
    return w;
}

static bool is_noise(dtl_str s, size_t start, size_t end)
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

static uint32_t power(size_t n)
{
    uint32_t p = 1;

    while (n--)
        p *= HASH_FACTOR;
    return p;
}

uint32_t dtl_class_bits(dtl_str value)
{
    static const word nothing = {"", 0, 0};
    word last = nothing;
    uint32_t bits = 0, found;
    size_t i = 0;

    while (i < value.len) {
        size_t start = i;
        word w;

        if (!dtl_is_alpha(value.ptr[i])) {
            if (dtl_is_space(value.ptr[i]))
                last = nothing;
            i++;
            continue;
        }
        w = word_at(value, i);
        i += w.len;
        if (w.len >= WORD_MAX || is_noise(value, start, i)) {
            last = nothing;
            continue;
        }
        found = look_up(nothing, w, w.hash);
        /* "overflow-hidden" hides nothing. */
        if (found & DTL_CW_HIDDEN && !is_whole(value, start, i))
            found &= ~(uint32_t)DTL_CW_HIDDEN;
        bits |= found;
        if (last.len && last.len + w.len < WORD_MAX)
            bits |= look_up(last, w, last.hash * power(w.len) + w.hash);
        last = w;
    }
    return bits;
}

/* ---- Of a whole page ------------------------------------------------------
 */

enum {
    KEPT_VALUES = 8192,    /* distinct ones that are kept for later pages */
    KEPT_BYTES = 512 << 10 /* of them together */
};

/* Whether an attribute of this name has words that say what an element is. */
static bool has_words(dtl_name name)
{
    switch (name) {
    case DTL_N_CLASS:
    case DTL_N_ID:
    case DTL_N_ROLE:
    case DTL_N_DATA_TESTID:
    case DTL_N_DATA_COMPONENT:
    case DTL_N_ITEMPROP:
        return true;
    default:
        return false;
    }
}

/* Whether a value may name a container of an embed: the words of their names
 * are in these groups, but for "fb-like". */
static bool may_name_container(dtl_str value, uint32_t bits)
{
    return bits & (DTL_CW_EMBED | DTL_CW_PLAYER | DTL_CW_MEDIA |
                   DTL_CW_CONTENT | DTL_CW_TEASER | DTL_CW_COMMENT) ||
           dtl_str_find(value, DTL_STR("fb-")) != SIZE_MAX;
}

static dtl_attr_note look_at(dtl_str value, uint64_t hash)
{
    uint32_t bits = dtl_class_bits(value);

    return (dtl_attr_note){
        .bits = bits,
        .container =
            may_name_container(value, bits) ? dtl_embed_container(value) : 0,
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

        if (has_words(a->name) && a->end > a->start)
            st = remember(m, dtl_html_attr_text(doc, a), &doc->notes[i]);
        else
            doc->notes[i] = (dtl_attr_note){0, 0, 0};
    }
    if (st == DTL_OK)
        doc->note_count = doc->attr_count;
    return st;
}

dtl_attr_note dtl_class_note(dtl_html_doc *doc, const dtl_html_attr *a)
{
    size_t i = (size_t)(a - doc->attrs);
    dtl_str value;

    if (i < doc->note_count)
        return doc->notes[i];
    value = dtl_html_attr_text(doc, a);
    return look_at(value, XXH3_64bits(value.ptr, value.len));
}

uint32_t dtl_class_bits_of(dtl_html_doc *doc, dtl_html_ref n, dtl_name name)
{
    const dtl_html_attr *a = dtl_html_attr_find(doc, n, name);

    return a ? dtl_class_note(doc, a).bits : 0;
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
