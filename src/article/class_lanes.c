/* The words of class names and what they say, by vectors.
 *
 * "article__bodyText" is the words article, body, text; each is looked up
 * alone and joined with the one before it. Words stuck to digits, and words
 * of two or three letters that no delimiter sets off, are noise of generated
 * class names ("css-1ad2f", "sc-gAdYz") and are passed over.
 *
 * A value is gone through in windows of 63 bytes, a bit a byte, so that where
 * words begin and end and which are noise is told of all at once. A word's
 * letters are folded to eight bytes (class_words_table.h), and those of two
 * words as one are the folds of both, the second turned: to look up takes few
 * steps and no branch. What has the fold of a long word is compared with it. */
#include "article/class_words_table.h"
#include "base/lanes.h"
#include "base/str.h"

enum {
    WINDOW = 63, /* so that what is behind its last byte has a bit, too */
    BITS = 64,
    WORD_MAX = DTL_CLASS_WORD_MAX,
    SHORT = 8 /* letters that fold to themselves */
};

typedef struct {
    const char *ptr;
    uint64_t fold;
    size_t len; /* 0: there is none */
} word;

/* Which bytes of a window are of each kind. */
typedef struct {
    uint64_t alpha, upper, digit, space;
} kinds;

typedef struct {
    dtl_str value;
    uint64_t groups;
    word last; /* that the next may join */
} splitter;

/* Eight letters, the first lowest. */
DTL_INLINE uint64_t load_eight(const void *p)
{
    uint64_t eight;

    memcpy(&eight, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    eight = __builtin_bswap64(eight);
#endif
    return eight;
}

/* The fold of the len letters at p, behind which there may be anything. */
DTL_INLINE uint64_t fold_at(const char *p, size_t len)
{
    /* All letters have the bit 0x40, small ones 0x20 too. */
    const uint64_t small = UINT64_C(0x2020202020202020);
    static const uint8_t ones[2 * WORD_MAX] = {
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
    const uint8_t *mask = ones + WORD_MAX - len;
    uint64_t fold = (load_eight(p) | small) & load_eight(mask);

    fold ^= (load_eight(p + 8) | small) & load_eight(mask + 8);
    fold ^= (load_eight(p + 16) | small) & load_eight(mask + 16);
    return fold;
}

/* Whether the two words, the first of which may be none, spell an entry. */
static __attribute__((noinline)) bool spell(const char *entry, word a, word b)
{
    size_t i;

    for (i = 0; i < a.len; i++)
        if (dtl_lower(a.ptr[i]) != entry[i])
            return false;
    for (entry += i, i = 0; i < b.len; i++)
        if (dtl_lower(b.ptr[i]) != entry[i])
            return false;
    return !entry[i];
}

/* The groups of two words as one. */
DTL_INLINE uint64_t look_up(word a, word b)
{
    unsigned turn = 8 * (a.len % 8);
    uint64_t fold = a.fold ^ (b.fold << turn | b.fold >> (-turn & 63));
    uint64_t hash = fold * DTL_CLASS_FACTOR;
    size_t slot =
        (hash >> 45 ^ dtl_class_buckets[hash >> 55]) % DTL_CLASS_SLOTS;
    const dtl_class_word *e = &dtl_class_words[slot];
    uint64_t other = e->fold ^ fold, is_long = a.len + b.len > SHORT;

    /* Both at once: each alone is hard to foretell. */
    if (DTL_UNLIKELY(other < is_long))
        other = !spell(dtl_class_letters[slot], a, b);
    return e->groups & ((uint64_t)(other != 0) - 1);
}

DTL_INLINE uint64_t bits_from(size_t at)
{
    return at < 64 ? UINT64_MAX << at : 0;
}

DTL_INLINE kinds kinds_of(const char *p)
{
    kinds k = {0};

    for (size_t i = 0; i < BITS; i += DTL_LANES) {
        dtl_lanes b = dtl_lanes_load(p + i);
        uint64_t upper = dtl_mask_bits(dtl_lanes_between(b, 'A', 'Z'));
        uint64_t lower = dtl_mask_bits(dtl_lanes_between(b, 'a', 'z'));

        k.upper |= upper << i;
        k.alpha |= (upper | lower) << i;
        k.digit |= dtl_mask_bits(dtl_lanes_between(b, '0', '9')) << i;
        /* A vertical tab is none. */
        k.space |= dtl_mask_bits((dtl_lanes_between(b, '\t', '\r') &
                                  ~dtl_lanes_eq(b, '\v')) |
                                 dtl_lanes_eq(b, ' '))
                   << i;
    }
    return k;
}

/* Of words that begin at starts, those that are noise. */
DTL_INLINE uint64_t noise_of(uint64_t starts, uint64_t bounds, kinds k,
                             kinds before)
{
    /* Words of at most so many letters. */
    uint64_t one = bounds >> 1, two = one | bounds >> 2;
    uint64_t three = two | bounds >> 3;
    uint64_t digit = (one & k.digit >> 1) | (two & ~one & k.digit >> 2) |
                     (three & ~two & k.digit >> 3);

    return starts & (before.digit | digit | (three & before.alpha));
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* The kinds of the bytes before each, the first of which is at `at`. */
DTL_INLINE kinds before_of(kinds k, dtl_str v, size_t at)
{
    kinds b = {.alpha = k.alpha << 1,
               .upper = k.upper << 1,
               .digit = k.digit << 1,
               .space = k.space << 1};

    if (DTL_LIKELY(!at)) {
        b.space |= 1;
        return b;
    }
    b.alpha |= dtl_is_alpha(v.ptr[at - 1]);
    b.upper |= is_upper(v.ptr[at - 1]);
    b.digit |= dtl_is_digit(v.ptr[at - 1]);
    b.space |= dtl_is_space(v.ptr[at - 1]);
    return b;
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

/* Sees the words of the window at `at`, whose bytes are at p; a word may begin
 * there, but none goes on. Returns where the next window is. */
DTL_INLINE size_t see_window(splitter *s, size_t at, const char *p)
{
    dtl_str v = s->value;
    kinds k = kinds_of(p), before;
    uint64_t past = bits_from(v.len - at), starts, bounds, words, ends, after;
    uint64_t rest, marks, groups = s->groups;
    size_t end = WINDOW, to = 0;
    word last = s->last;

    k.alpha &= ~past;
    k.upper &= ~past;
    k.digit &= ~past;
    k.space |= past;
    before = before_of(k, v, at);
    starts = k.alpha & (~before.alpha | (k.upper & ~before.upper));
    bounds = starts | ~k.alpha;
    /* A last word that goes on is left to the next window. */
    if (!(bounds >> WINDOW)) {
        end = 63 - (size_t)__builtin_clzll(starts);
        if (!end) {
            s->last.len = 0;
            return end_of_word(v, at);
        }
    }
    starts &= ~bits_from(end);
    words = starts & ~noise_of(starts, bounds, k, before);
    /* Adding carries a bit from the start of a run to behind its end. */
    rest = ~bounds;
    ends = (rest + (words << 1)) & ~rest;
    marks = ~(k.alpha | k.space);
    after = ends | (s->last.len != 0);
    after |= (marks + (after & marks)) & ~marks;
    for (; words; words &= words - 1, ends &= ends - 1) {
        size_t from = (size_t)__builtin_ctzll(words);
        word w = {.ptr = v.ptr + at + from};
        uint64_t part, joins;

        to = (size_t)__builtin_ctzll(ends);
        w.len = to - from;
        if (DTL_UNLIKELY(w.len >= WORD_MAX)) {
            last.len = 0;
            continue;
        }
        w.fold = fold_at(p + from, w.len);
        /* "overflow-hidden" hides nothing. */
        part = ~(before.space >> from & k.space >> to) & 1;
        groups |= look_up((word){0}, w) & ~(part * DTL_CW_HIDDEN);
        /* There is a last one, and both are not too long together. */
        joins = after >> from & (last.len - 1 < WORD_MAX - 1 - w.len);
        groups |= look_up(last, w) & -joins;
        last = w;
    }
    s->groups = groups;
    s->last = last;
    if ((k.alpha | k.space) & bits_from(to) & ~bits_from(end))
        s->last.len = 0;
    return at + end;
}

uint64_t DTL_LANES_NAME(dtl_class_groups_of)(dtl_str value, const char *limit)
{
    splitter s = {.value = value};
    char text[BITS + WORD_MAX];
    size_t at = 0;

    while (at < value.len) {
        const char *p = value.ptr + at;

        if ((size_t)(limit - p) < sizeof text) {
            size_t left = value.len - at;

            memset(text, 0, sizeof text);
            p = memcpy(text, p, left < sizeof text ? left : sizeof text);
        }
        at = see_window(&s, at, p);
    }
    return s.groups;
}
