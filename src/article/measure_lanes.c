/* Blocks of a text: which bytes are of words, by vectors for ASCII; other
 * characters and marks, of which there are few, one by one.
 *
 * Masks have a bit a byte (base/lanes.h). A block that would end within a
 * character ends before it. */
#include "article/measure_class.h"
#include "base/lanes.h"
#include "base/utf8.h"

/* A block. Masks of leads have first bytes of characters only. */
typedef struct {
    dtl_mask word;    /* bytes of letters and digits, but those that are wide */
    dtl_mask lead;    /* their first bytes */
    dtl_mask capital; /* leads of capitals, ... */
    dtl_mask digit;
    dtl_mask wide;
    dtl_mask high; /* bytes beyond ASCII */
    size_t len;    /* bytes of whole characters */
} block;

/* The first bytes of words; inside is whether one goes on from before. */
DTL_INLINE dtl_mask starts_of(const block *b, bool inside)
{
    return b->word & ~(b->word << DTL_MASK_STRIDE) &
           ~(inside ? dtl_mask_bit(0) : 0);
}

/* A full stop ends a sentence where a space or the text's end follows;
 * others always do. */
static bool is_sentence_end(const char *after, const char *end, uint32_t cp)
{
    return cp != '.' || after >= end || *after == ' ' || *after == '\n' ||
           *after == '"' || (unsigned char)*after >= 0x80;
}

static uint32_t weight_of(uint32_t wide)
{
    return wide >= 0xac00 && wide <= 0xd7af ? 2 : wide < 0x1000 ? 1 : 3;
}

/* Counts what is no letter, digit or space of ASCII; words are those before
 * it. */
DTL_INLINE void count_character(dtl_measure *m, uint32_t cp, dtl_char_class c,
                                const char *after, const char *end)
{
    switch (c) {
    case DTL_CHAR_WIDE:
        m->weight += weight_of(cp) - 1;
        break;
    case DTL_CHAR_STOP:
        m->stops += is_sentence_end(after, end, cp);
        break;
    case DTL_CHAR_COMMA:
        m->commas++;
        break;
    case DTL_CHAR_QUOTE:
        m->quotes++;
        break;
    case DTL_CHAR_MARK:
        m->marks++;
        break;
    default:
        break;
    }
}

/* Adds the character of n bytes at `at` to the masks. */
DTL_INLINE void add_character(block *b, size_t at, size_t n, dtl_char_class c)
{
    if (c == DTL_CHAR_WIDE) {
        b->wide |= dtl_mask_bit(at);
        return;
    }
    if (!dtl_is_of_word(c))
        return;
    b->word |= dtl_mask_to(at + n) & ~dtl_mask_to(at);
    b->lead |= dtl_mask_bit(at);
    b->capital |= c == DTL_CHAR_CAPITAL ? dtl_mask_bit(at) : 0;
    b->digit |= c == DTL_CHAR_DIGIT ? dtl_mask_bit(at) : 0;
}

/* Looks at the block from p on; m, where it is not NULL, takes its marks.
 * before tells words before it. */
DTL_INLINE block look_at(const char *p, const char *end, dtl_measure *m,
                         bool inside)
{
    dtl_lanes v = dtl_lanes_at(p, end, ' ');
    dtl_mask small = dtl_lanes_between(v, 'a', 'z'), rest;
    block b = {.len = DTL_LANES};

    b.capital = dtl_lanes_between(v, 'A', 'Z');
    b.digit = dtl_lanes_between(v, '0', '9');
    b.word = b.lead = small | b.capital | b.digit;
    b.high = ~dtl_lanes_below(v, 0x80) & DTL_MASK_ALL;
    rest = ~(b.word | dtl_lanes_below(v, ' ' + 1)) & DTL_MASK_ALL;
    if (end - p < DTL_LANES)
        b.len = (size_t)(end - p);
    while (rest) {
        size_t at = dtl_mask_first(rest), next = at;
        uint32_t cp = dtl_utf8_next((dtl_str){p, (size_t)(end - p)}, &next);
        dtl_char_class c = dtl_class_of(cp);

        if (next > DTL_LANES) {
            b.len = at;
            break;
        }
        if (m && m->colon == UINT32_MAX && (cp == ':' || cp == 0xff1a))
            m->colon =
                m->words + dtl_mask_count((starts_of(&b, inside) | b.wide) &
                                          dtl_mask_to(at));
        add_character(&b, at, next - at, c);
        if (m)
            count_character(m, cp, c, p + next, end);
        rest &= ~dtl_mask_to(next);
    }
    return b;
}

/* Whether the first letter, at p, is a small one. */
static bool is_small(const char *p, const char *end)
{
    size_t at = 0;
    uint32_t cp = dtl_utf8_next((dtl_str){p, (size_t)(end - p)}, &at);

    return cp < 0x500 && dtl_class_of(cp) == DTL_CHAR_LETTER;
}

void DTL_LANES_NAME(dtl_measure_lanes)(dtl_str text, dtl_measure *m)
{
    const char *p = text.ptr, *end = p + text.len;
    bool inside = false;

    while (p < end) {
        block b = look_at(p, end, m, inside);
        dtl_mask starts = starts_of(&b, inside), letters = b.lead | b.wide;
        uint32_t n = dtl_mask_count(letters);

        if (n && !m->letters)
            m->starts_small = is_small(p + dtl_mask_first(letters), end);
        m->letters += n;
        m->weight += n;
        m->wide += dtl_mask_count(b.wide);
        m->words += dtl_mask_count(starts | b.wide);
        m->capitals += dtl_mask_count(b.capital);
        m->initials += dtl_mask_count(b.capital & starts);
        m->digits += dtl_mask_count(b.digit);
        inside = b.word & dtl_mask_bit(b.len - 1);
        p += b.len;
    }
}

/* ---- Words ----------------------------------------------------------------
 */

/* Of ASCII letters and digits alone, from p to to. */
DTL_INLINE uint64_t hash_plain(const char *p, const char *to, const char *end)
{
    uint64_t hash = 0;

    if (DTL_LIKELY(to - p <= 8 && end - p >= 8))
        return dtl_word_hash_more(
            0, dtl_word_fold(dtl_word_bytes_of(p, (size_t)(to - p))));
    for (; p < to; p += 8) {
        size_t len = (size_t)(to - p);
        uint64_t eight = DTL_LIKELY(end - p >= 8) ? dtl_word_bytes_of(p, len)
                                                  : dtl_word_bytes(p, len);

        hash = dtl_word_hash_more(hash, dtl_word_fold(eight));
    }
    return hash;
}

typedef struct {
    dtl_word *words;
    size_t max, count;
    uint64_t key;
} list;

DTL_INLINE void add_word(list *l, uint64_t hash, uint64_t line)
{
    if (l->count < l->max)
        l->words[l->count] = (dtl_word){hash, line};
    l->count++;
    l->key = (l->key ^ hash) * UINT64_C(0x9e3779b97f4a7c15);
}

/* A word of any characters. */
static void add_any_word(list *l, const char *p, size_t len, bool digits)
{
    dtl_str s = {p, len};

    uint64_t hash = dtl_word_hash(s, false);

    /* Nobody asks for the line where only the key is wanted. */
    add_word(l, hash, digits && l->max ? dtl_word_hash(s, true) : hash);
}

/* A word that does not end with its block. Returns its end. */
static const char *add_long_word(list *l, const char *p, const char *end)
{
    size_t len = dtl_word_end((dtl_str){p, (size_t)(end - p)}, 0);

    add_any_word(l, p, len, true);
    return p + len;
}

/* The end of the word or wide letter at `at`; ends are the places behind
 * words. */
DTL_INLINE size_t end_of(const block *b, dtl_mask ends, const char *p,
                         const char *end, size_t at)
{
    dtl_mask behind = ends & ~dtl_mask_to(at);

    if (DTL_LIKELY(!b->wide) || !(b->wide & dtl_mask_bit(at)))
        return behind ? dtl_mask_first(behind) : b->len;
    dtl_utf8_next((dtl_str){p, (size_t)(end - p)}, &at);
    return at;
}

/* Adds the words of the block at p. Returns where the next one is to begin:
 * behind it, or at a word that goes on there. */
DTL_INLINE const char *add_words(list *l, const char *p, const char *end)
{
    block b = look_at(p, end, NULL, false);
    dtl_mask starts = starts_of(&b, false) | b.wide;
    dtl_mask ends = b.word << DTL_MASK_STRIDE & ~b.word & dtl_mask_to(b.len);
    dtl_mask special = b.wide | (b.high & b.word);
    const char *next = p + b.len;

    if (next < end && b.word & dtl_mask_bit(b.len - 1)) {
        size_t last = dtl_mask_last(starts);

        if (!last)
            return add_long_word(l, p, end);
        next = p + last;
        starts &= dtl_mask_to(last);
    }
    for (; starts; starts = dtl_mask_rest(starts)) {
        size_t at = dtl_mask_first(starts), to = end_of(&b, ends, p, end, at);
        uint64_t hash, line;
        dtl_mask mine = 0;

        if (DTL_UNLIKELY(special | b.digit))
            mine = dtl_mask_to(to) & ~dtl_mask_to(at);
        if (DTL_UNLIKELY(special & mine)) {
            add_any_word(l, p + at, to - at, b.digit & mine);
            continue;
        }
        hash = line = hash_plain(p + at, p + to, end);
        if (DTL_UNLIKELY(b.digit & mine) && l->max)
            line = dtl_word_hash((dtl_str){p + at, to - at}, true);
        add_word(l, hash, line);
    }
    return next;
}

size_t DTL_LANES_NAME(dtl_words_lanes)(dtl_str text, dtl_word *words,
                                       size_t max, uint64_t *key)
{
    const char *p = text.ptr, *end = p + text.len;
    list l = {words, max, 0, 0};

    while (p < end)
        p = add_words(&l, p, end);
    *key = l.key;
    return l.count;
}
