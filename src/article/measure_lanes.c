/* Blocks of a text: which bytes are of words and which are marks, by vectors
 * for ASCII; other characters, of which there are few, one by one.
 *
 * A block is up to 64 bytes, and its masks have a bit a byte, the first
 * byte's lowest. A block that would end within a character ends before it. */
#include "article/measure_class.h"
#include "base/lanes.h"
#include "base/utf8.h"

enum {
    BLOCK = 64
};

/* A block. Masks of leads have first bytes of characters only. */
typedef struct {
    uint64_t word;    /* bytes of letters and digits, but those that are wide */
    uint64_t lead;    /* their first bytes */
    uint64_t capital; /* leads of capitals, ... */
    uint64_t digit;
    uint64_t wide;
    uint64_t high; /* bytes beyond ASCII */
    size_t len;    /* bytes of whole characters */
} block;

/* Marks of ASCII in a block, and what is asked of the letters. */
typedef struct {
    uint64_t dot, comma, quote;
    uint64_t behind_dot; /* what makes the dot before it end a sentence */
    uint64_t odd;        /* others that may count, and a few that do not */
    uint64_t colon;      /* those beyond ASCII */
    uint64_t planes[3];  /* lowest bits of each byte */
} marks;

/* Classes of ASCII that one look at both halves of a byte tells. */
enum {
    UPPER_ROW = 1 << 0, /* A to O, a to o */
    LOWER_ROW = 1 << 1, /* P to Z, p to z */
    DIGIT = 1 << 2,
    DOT = 1 << 3,
    COMMA = 1 << 4,
    QUOTE = 1 << 5,
    ODD = 1 << 6,  /* ! # * + */
    ODD2 = 1 << 7, /* : ; < = > ? [ \ ] ^ _ { | } ~ and Z z */
};
static const uint8_t low_half[16] = {
    [0x0] = LOWER_ROW | DIGIT,
    [0x1] = UPPER_ROW | LOWER_ROW | DIGIT | ODD,
    [0x2] = UPPER_ROW | LOWER_ROW | DIGIT | QUOTE,
    [0x3] = UPPER_ROW | LOWER_ROW | DIGIT | ODD,
    [0x4] = UPPER_ROW | LOWER_ROW | DIGIT,
    [0x5] = UPPER_ROW | LOWER_ROW | DIGIT,
    [0x6] = UPPER_ROW | LOWER_ROW | DIGIT,
    [0x7] = UPPER_ROW | LOWER_ROW | DIGIT,
    [0x8] = UPPER_ROW | LOWER_ROW | DIGIT,
    [0x9] = UPPER_ROW | LOWER_ROW | DIGIT,
    [0xa] = UPPER_ROW | LOWER_ROW | ODD | ODD2,
    [0xb] = UPPER_ROW | ODD | ODD2,
    [0xc] = UPPER_ROW | COMMA | ODD2,
    [0xd] = UPPER_ROW | ODD2,
    [0xe] = UPPER_ROW | DOT | ODD2,
    [0xf] = UPPER_ROW | ODD2,
};
static const uint8_t high_half[16] = {
    [2] = DOT | COMMA | QUOTE | ODD, [3] = DIGIT | ODD2, [4] = UPPER_ROW,
    [5] = LOWER_ROW | ODD2,          [6] = UPPER_ROW,    [7] = LOWER_ROW | ODD2,
};

static inline uint64_t bit(size_t at)
{
    return UINT64_C(1) << at;
}

/* The first n bits. */
static inline uint64_t bits_to(size_t n)
{
    return n < BLOCK ? bit(n) - 1 : UINT64_MAX;
}

static inline unsigned first_of(uint64_t mask)
{
    return (unsigned)__builtin_ctzll(mask);
}

static inline unsigned count_of(uint64_t mask)
{
    return (unsigned)__builtin_popcountll(mask);
}

/* The first bytes of words; inside is 1 where one goes on from before. */
DTL_INLINE uint64_t starts_of(const block *b, uint64_t inside)
{
    return b->word & ~(b->word << 1 | inside);
}

/* Adds the lanes at `at` to the masks. */
DTL_INLINE void add_lanes(block *b, marks *m, dtl_lanes v, unsigned at)
{
#define BITS(mask)  (dtl_mask_bits((mask)&DTL_MASK_ALL) << at)
#define CLASS(name) dtl_lanes_bit(classes, __builtin_ctz(name))
    dtl_lanes classes = dtl_lanes_classes(v, low_half, high_half);
    dtl_mask letters = CLASS(UPPER_ROW) | CLASS(LOWER_ROW);

    b->capital |= BITS(letters & ~dtl_lanes_bit(v, 5));
    b->digit |= BITS(CLASS(DIGIT));
    b->word |= BITS(letters | CLASS(DIGIT));
    b->high |= BITS(dtl_lanes_bit(v, 7));
    if (!m)
        return;
    m->dot |= BITS(CLASS(DOT));
    m->comma |= BITS(CLASS(COMMA));
    m->quote |= BITS(CLASS(QUOTE));
    m->behind_dot |= BITS(dtl_lanes_eq(v, ' ') | dtl_lanes_eq(v, '\n'));
    m->odd |=
        BITS(CLASS(ODD) | (CLASS(ODD2) & ~letters) | dtl_lanes_eq(v, '@'));
    for (int k = 0; k < 3; k++)
        m->planes[k] |= BITS(dtl_lanes_bit(v, k));
#undef BITS
#undef CLASS
}

/* Looks at the ASCII of up to 64 bytes; `readable` bytes from p on, at least
 * `left`, may be read. */
DTL_INLINE void look_at_ascii(block *b, marks *m, const char *p, size_t left,
                              size_t readable)
{
    char tail[BLOCK];

    if (DTL_UNLIKELY(readable < BLOCK)) {
        memcpy(tail, p, left);
        p = tail;
    }
    for (unsigned at = 0; at < BLOCK && (!at || at < left); at += DTL_LANES)
        add_lanes(b, m, dtl_lanes_keep(dtl_lanes_load(p + at), left - at), at);
    b->lead = b->word;
    if (m)
        m->behind_dot |= b->high | m->quote | ~bits_to(left);
}

static uint32_t weight_of(uint32_t wide)
{
    return wide >= 0xac00 && wide <= 0xd7af ? 2 : wide < 0x1000 ? 1 : 3;
}

/* Counts a character beyond ASCII that is no letter of a word. */
DTL_INLINE void count_character(dtl_measure *m, uint32_t cp, dtl_char_class c)
{
    switch (c) {
    case DTL_CHAR_WIDE:
        m->weight += weight_of(cp) - 1;
        break;
    case DTL_CHAR_STOP:
        m->stops++;
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
        b->wide |= bit(at);
        return;
    }
    if (!dtl_is_of_word(c))
        return;
    b->word |= bits_to(at + n) & ~bits_to(at);
    b->lead |= bit(at);
    b->capital |= c == DTL_CHAR_CAPITAL ? bit(at) : 0;
    b->digit |= c == DTL_CHAR_DIGIT ? bit(at) : 0;
}

/* Adds the characters beyond ASCII, of the text that goes on to p + left. */
DTL_INLINE void add_characters(block *b, marks *m, const char *p, size_t left,
                               dtl_measure *sums)
{
    uint64_t rest = b->high;

    while (rest) {
        size_t at = first_of(rest), next = at;
        uint32_t cp = dtl_utf8_next((dtl_str){p, left}, &next);
        dtl_char_class c = dtl_class_of(cp);

        if (next > BLOCK) {
            b->len = at;
            break;
        }
        add_character(b, at, next - at, c);
        if (sums) {
            count_character(sums, cp, c);
            m->colon |= cp == 0xff1a ? bit(at) : 0;
        }
        rest &= ~bits_to(next);
    }
}

/* The block from p on; sums, where it is not NULL, takes what is no letter of
 * ASCII. */
DTL_INLINE block look_at(const char *p, size_t left, size_t readable, marks *m,
                         dtl_measure *sums)
{
    block b = {.len = left < BLOCK ? left : BLOCK};

    look_at_ascii(&b, m, p, b.len, readable);
    if (DTL_UNLIKELY(b.high))
        add_characters(&b, m, p, left, sums);
    return b;
}

/* ---- Measuring -------------------------------------------------------------
 */

/* Whether the first letter, at p, is a small one. */
static bool is_small(const char *p, const char *end)
{
    size_t at = 0;
    uint32_t cp = dtl_utf8_next((dtl_str){p, (size_t)(end - p)}, &at);

    return cp < 0x500 && dtl_class_of(cp) == DTL_CHAR_LETTER;
}

/* A full stop ends a sentence where a space or the text's end follows; others
 * always do. */
static bool ends_sentence(const char *behind, const char *end)
{
    return behind >= end || *behind == ' ' || *behind == '\n' ||
           *behind == '"' || (unsigned char)*behind >= 0x80;
}

DTL_INLINE void count_marks(dtl_measure *sums, const marks *m, const block *b,
                            const char *p, const char *end)
{
    uint64_t behind = m->behind_dot >> 1;
    uint64_t letters = b->lead & ~b->high;

    if (DTL_UNLIKELY(m->dot >> (b->len - 1) & 1))
        behind |= ends_sentence(p + b->len, end) ? bit(b->len - 1) : 0;
    sums->stops += count_of(m->dot & behind);
    sums->commas += count_of(m->comma);
    sums->quotes += count_of(m->quote);
    sums->mix += count_of(letters & m->planes[0]) +
                 (count_of(letters & m->planes[1]) << 11) +
                 (count_of(letters & m->planes[2]) << 22);
    for (uint64_t odd = m->odd; odd; odd &= odd - 1) {
        dtl_char_class c = dtl_class_of((unsigned char)p[first_of(odd)]);

        sums->marks += c == DTL_CHAR_MARK;
        sums->stops += c == DTL_CHAR_STOP;
    }
}

/* The first colon; 64 where there is none. */
DTL_INLINE unsigned colon_in(const marks *m, const char *p)
{
    for (uint64_t odd = m->odd | m->colon; odd; odd &= odd - 1)
        if (p[first_of(odd)] == ':' || m->colon >> first_of(odd) & 1)
            return first_of(odd);
    return BLOCK;
}

void DTL_LANES_NAME(dtl_measure_lanes)(dtl_str text, size_t readable,
                                       dtl_measure *out)
{
    const char *p = text.ptr, *end = p + text.len, *may = p + readable;
    uint64_t inside = 0;

    while (p < end) {
        marks m = {0};
        block b = look_at(p, (size_t)(end - p), (size_t)(may - p), &m, out);
        uint64_t starts = starts_of(&b, inside), letters = b.lead | b.wide;
        unsigned n = count_of(letters);

        if ((m.odd | m.colon) && out->colon == UINT32_MAX &&
            colon_in(&m, p) < b.len)
            out->colon = out->words +
                         count_of((starts | b.wide) & bits_to(colon_in(&m, p)));
        if (n && !out->letters)
            out->starts_small = is_small(p + first_of(letters), end);
        count_marks(out, &m, &b, p, end);
        out->letters += n;
        out->weight += n;
        out->wide += count_of(b.wide);
        out->words += count_of(starts | b.wide);
        out->capitals += count_of(b.capital);
        out->initials += count_of(b.capital & starts);
        out->digits += count_of(b.digit);
        inside = b.word >> (b.len - 1) & 1;
        p += b.len;
    }
}

/* ---- Words ----------------------------------------------------------------
 */

typedef struct {
    dtl_word *words;
    size_t max, count;
    uint64_t key;
    const char *end, *may; /* of the text, and of what may be read */
} list;

DTL_INLINE void add_word(list *l, uint64_t hash, uint64_t line)
{
    if (l->count < l->max)
        l->words[l->count] = (dtl_word){hash, line};
    l->count++;
    l->key = (l->key ^ hash) * UINT64_C(0x9e3779b97f4a7c15);
}

/* Of ASCII letters and digits alone, from p on; sixteen of them without a
 * branch. */
DTL_INLINE uint64_t hash_plain(const list *l, const char *p, size_t len)
{
    uint64_t hash, more;

    if (DTL_UNLIKELY(len > 16 || l->may - p < 16))
        return dtl_word_hash((dtl_str){p, len}, false);
    hash = dtl_word_hash_more(0, dtl_word_fold(dtl_word_bytes_of(p, len)));
    more = dtl_word_hash_more(
        hash, dtl_word_fold(dtl_word_bytes_of(p + 8, len > 8 ? len - 8 : 0)));
    return len > 8 ? more : hash;
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
static const char *add_long_word(list *l, const char *p)
{
    size_t len = dtl_word_end((dtl_str){p, (size_t)(l->end - p)}, 0);

    add_any_word(l, p, len, true);
    return p + len;
}

/* The letter at p, a word of its own; none such has a small one. */
static void add_wide_letter(list *l, const char *p)
{
    size_t len = 0;
    uint64_t hash;

    dtl_utf8_next((dtl_str){p, (size_t)(l->end - p)}, &len);
    hash = dtl_word_hash_more(0, dtl_word_bytes(p, len));
    add_word(l, hash, hash);
}

/* Adds the words of the block at p. Returns where the next one is to begin:
 * behind it, or at a word that goes on there. */
DTL_INLINE const char *add_words(list *l, const char *p)
{
    block b =
        look_at(p, (size_t)(l->end - p), (size_t)(l->may - p), NULL, NULL);
    uint64_t starts = starts_of(&b, 0) | b.wide;
    uint64_t special = b.wide | (b.high & b.word);
    const char *next = p + b.len;

    if (next < l->end && b.word >> (b.len - 1) & 1) {
        unsigned last = 63 - (unsigned)__builtin_clzll(starts);

        if (!last)
            return add_long_word(l, p);
        next = p + last;
        starts &= bits_to(last);
    }
    for (; starts; starts &= starts - 1) {
        unsigned at = first_of(starts);
        uint64_t run = b.word >> at, mine = run & ~(run + 1), hash, line;
        size_t len = run + 1 ? first_of(run + 1) : BLOCK;

        if (DTL_UNLIKELY(special >> at & (mine | 1))) {
            if (len)
                add_any_word(l, p + at, len, b.digit >> at & mine);
            else
                add_wide_letter(l, p + at);
            continue;
        }
        hash = line = hash_plain(l, p + at, len);
        if (DTL_UNLIKELY(b.digit >> at & mine) && l->max)
            line = dtl_word_hash((dtl_str){p + at, len}, true);
        add_word(l, hash, line);
    }
    return next;
}

size_t DTL_LANES_NAME(dtl_words_lanes)(dtl_str text, size_t readable,
                                       dtl_word *words, size_t max,
                                       uint64_t *key)
{
    const char *p = text.ptr, *end = p + text.len;
    list l = {words, max, 0, 0, end, p + readable};

    while (p < end)
        p = add_words(&l, p);
    *key = l.key;
    return l.count;
}
