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
 * words as one are the folds of both, the second turned: so to look up takes
 * few steps and no branch. */
#include "article/class_words_table.h"
#include "base/eight.h"
#include "base/lanes.h"
#include "base/str.h"

enum {
    WINDOW = 63, /* so that what is behind its last byte has a bit, too */
    BITS = 64,
    WORD_MAX = DTL_CLASS_WORD_MAX
};

/* Which bytes of a window are of each kind. Control characters are spaces. */
typedef struct {
    uint64_t alpha, upper, digit, space;
} kinds;

typedef struct {
    dtl_str value;
    uint64_t alone, joined; /* groups of words */
    /* The last word, if the next may join it. */
    uint64_t fold;
    size_t len; /* 0: it may not */
} splitter;

/* The fold of the len letters at p, behind which there may be anything. */
DTL_INLINE uint64_t fold_at(const char *p, size_t len)
{
    /* All letters have the bit 0x40, small ones 0x20 too. */
    const uint64_t small = UINT64_C(0x2020202020202020);
    static const uint8_t ones[2 * WORD_MAX] = {
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
    const uint8_t *mask = ones + WORD_MAX - len;

    return ((dtl_eight(p, 8) | small) & dtl_eight(mask, 8)) ^
           ((dtl_eight(p + 8, 8) | small) & dtl_eight(mask + 8, 8)) ^
           ((dtl_eight(p + 16, 8) | small) & dtl_eight(mask + 16, 8));
}

DTL_INLINE uint64_t turned(uint64_t fold, size_t letters)
{
    unsigned by = 8 * (unsigned)letters & 63;

    return fold << by | fold >> (-by & 63);
}

DTL_INLINE uint64_t look_up(uint64_t fold, size_t len)
{
    uint64_t key = fold ^ dtl_class_lengths[len];
    uint64_t hash = key * DTL_CLASS_FACTOR;
    size_t slot =
        (hash >> 45 ^ dtl_class_buckets[hash >> 55]) % DTL_CLASS_SLOTS;
    const dtl_class_word *e = &dtl_class_words[slot];

    return e->groups & ((uint64_t)(e->key != key) - 1);
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
        k.space |= dtl_mask_bits(dtl_lanes_below(b, ' ' + 1)) << i;
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
    b.space |= (unsigned char)v.ptr[at - 1] <= ' ';
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

/* The groups of those words that are a class name by themselves. */
static uint64_t groups_of_whole(const char *p, uint64_t words, uint64_t ends,
                                uint64_t space)
{
    uint64_t groups = 0;

    for (; words; words &= words - 1) {
        size_t from = (size_t)__builtin_ctzll(words);
        uint64_t behind = ends & bits_from(from);
        size_t to = (size_t)__builtin_ctzll(behind);

        if (to - from < WORD_MAX && space >> to & 1)
            groups |= look_up(fold_at(p + from, to - from), to - from);
    }
    return groups;
}

/* Sees the words of the window at `at`, whose bytes are at p; a word may begin
 * there, but none goes on. Returns where the next window is. */
DTL_INLINE size_t see_window(splitter *s, size_t at, const char *p)
{
    dtl_str v = s->value;
    kinds k = kinds_of(p), before;
    uint64_t past = bits_from(v.len - at), starts, bounds, rest, marks;
    uint64_t words, ends, after, left, next, fold = s->fold, alone = 0,
                                             joined = 0;
    size_t end = WINDOW, to = 0, len = s->len;

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
            s->len = 0;
            return end_of_word(v, at);
        }
    }
    starts &= ~bits_from(end);
    words = starts & ~noise_of(starts, bounds, k, before);
    /* Adding carries a bit from the start of a run to behind its end. */
    rest = ~bounds;
    ends = (rest + (words << 1)) & ~rest;
    marks = ~(k.alpha | k.space);
    after = ends | (len != 0);
    after |= (marks + (after & marks)) & ~marks;
    for (left = words, next = ends; left; left &= left - 1) {
        size_t from = (size_t)__builtin_ctzll(left);
        uint64_t own;

        to = (size_t)__builtin_ctzll(next);
        next &= next - 1;
        if (DTL_UNLIKELY(to - from >= WORD_MAX)) {
            fold = UINT64_MAX; /* which joins with nothing */
            len = 0;
            continue;
        }
        own = fold_at(p + from, to - from);
        alone |= look_up(own, to - from);
        joined |= look_up(fold ^ turned(own, len), len + to - from) &
                  -(after >> from & 1);
        fold = own;
        len = to - from;
    }
    /* "overflow-hidden" hides nothing. */
    if (DTL_UNLIKELY(alone & DTL_CW_HIDDEN)) {
        alone &= ~(uint64_t)DTL_CW_HIDDEN;
        alone |= groups_of_whole(p, words & before.space, ends, k.space);
    }
    s->alone |= alone;
    s->joined |= joined;
    s->fold = fold;
    s->len = (k.alpha | k.space) & bits_from(to) & ~bits_from(end) ? 0 : len;
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
    return s.alone | s.joined;
}
