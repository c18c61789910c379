/* What is left of a text when vector code has found the places where three
 * bytes in a row may begin a word: a table of the words' first two bytes says
 * which ones to compare there. */
#include "base/needles.h"

#include "base/cpu.h"
#include "base/str.h"

static const char *word_of(const dtl_needles *x, size_t i)
{
    const char *const *word =
        (const char *const *)(const void *)((const char *)x->words +
                                            i * x->stride);

    return *word;
}

static uint8_t pair_of(const char *two)
{
    return (uint8_t)(dtl_lower(two[0]) * 7 + dtl_lower(two[1]) * 31);
}

/* Notes that words of a group may have byte c at place k. */
static void admit(dtl_needles *x, int k, char c, uint8_t group)
{
    unsigned char byte = (unsigned char)c;

    x->low[k][byte & 15] |= group;
    x->high[k][byte >> 4] |= group;
    if (dtl_is_alpha(c))
        x->high[k][(byte ^ 0x20) >> 4] |= group;
}

static void make(void *list)
{
    dtl_needles *x = list;
    size_t i, k;

    for (i = x->count; i-- > 0;) {
        const char *word = word_of(x, i);
        uint8_t *head = &x->head[pair_of(word)];
        /* Words of one first letter share a group, those of eight letters in
         * a row have groups of their own. */
        uint8_t group = (uint8_t)(1 << (word[0] & 7));

        for (k = 0; k < 4 && word[k]; k++) {
            x->four[i] |= (uint32_t)((unsigned char)word[k] | 0x20) << 8 * k;
            x->mask[i] |= UINT32_C(0xFF) << 8 * k;
        }
        x->next[i] = *head;
        *head = (uint8_t)(i + 1);
        admit(x, 0, word[0], group);
        admit(x, 1, word[1], group);
        if (word[2])
            admit(x, 2, word[2], group);
        for (k = 0; !word[2] && k < 16; k++) {
            x->low[2][k] |= group;
            x->high[2][k] |= group;
        }
    }
}

static dtl_needles_block find_near(const dtl_needles *x, const char *p,
                                   const char *end)
{
#if DTL_CPU_X86
    dtl_cpu level = dtl_cpu_level();

    if (level >= DTL_CPU_AVX2)
        return dtl_needles_near_avx2(x, p, end);
    if (level >= DTL_CPU_SSE41)
        return dtl_needles_near_sse41(x, p, end);
#endif
    return dtl_needles_near_plain(x, p, end);
}

static bool starts_with(const char *text, const char *end, const char *word)
{
    for (; *word; word++, text++)
        if (text == end || dtl_lower(*text) != dtl_lower(*word))
            return false;
    return true;
}

/* The four bytes at p, or fewer where the text ends, bit 5 set in each. */
static uint32_t four_at(const char *p, const char *end)
{
    unsigned char c[4] = {0};
    size_t left = (size_t)(end - p);

    memcpy(c, p, left < 4 ? left : 4);
    return (uint32_t)(c[0] | c[1] << 8 | c[2] << 16) | (uint32_t)c[3] << 24 |
           UINT32_C(0x20202020);
}

/* The first word from number `from` on that stands at p; SIZE_MAX: none. */
static size_t word_at(const dtl_needles *x, const char *p, const char *end,
                      size_t from)
{
    size_t k = x->head[pair_of(p)];
    uint32_t four = k ? four_at(p, end) : 0;

    for (; k; k = x->next[k - 1])
        if (!((four ^ x->four[k - 1]) & x->mask[k - 1]) && k > from &&
            starts_with(p, end, word_of(x, k - 1)))
            return k - 1;
    return SIZE_MAX;
}

/* A walk over the places where words stand. */
typedef struct {
    const dtl_needles *x;
    const char *at, *end;
    dtl_needles_block block; /* its places are those still to come */
} walk;

static walk begin(dtl_needles *x, dtl_str s)
{
    dtl_once_run(&x->once, make, x);
    return (walk){x, s.ptr, s.ptr ? s.ptr + s.len : NULL, {s.ptr, s.ptr, 0}};
}

/* The first word of the list at the next such place, which becomes w->at;
 * SIZE_MAX when there is no place more. */
static size_t next_word(walk *w)
{
    size_t k;

    for (;;) {
        if (!w->block.places) {
            if (w->end - w->block.next < 2)
                return SIZE_MAX;
            w->block = find_near(w->x, w->block.next, w->end);
            if (!w->block.places)
                return SIZE_MAX;
        }
        w->at = w->block.at + __builtin_ctzll(w->block.places);
        w->block.places &= w->block.places - 1;
        if (w->end - w->at < 2)
            return SIZE_MAX;
        k = word_at(w->x, w->at, w->end, 0);
        if (k != SIZE_MAX)
            return k;
    }
}

bool dtl_needles_any(dtl_needles *x, dtl_str s)
{
    walk w = begin(x, s);

    return next_word(&w) != SIZE_MAX;
}

size_t dtl_needles_count(dtl_needles *x, dtl_str s)
{
    uint64_t seen[(DTL_NEEDLES_MAX + 63) / 64] = {0};
    walk w = begin(x, s);
    size_t hits = 0, k;

    for (; (k = next_word(&w)) != SIZE_MAX;)
        for (; k != SIZE_MAX; k = word_at(x, w.at, w.end, k + 1)) {
            hits += !(seen[k / 64] >> k % 64 & 1);
            seen[k / 64] |= UINT64_C(1) << k % 64;
        }
    return hits;
}

size_t dtl_needles_first(dtl_needles *x, dtl_str s)
{
    walk w = begin(x, s);
    size_t best = SIZE_MAX, k;

    for (; best && (k = next_word(&w)) != SIZE_MAX;)
        if (k < best)
            best = k;
    return best;
}

size_t dtl_needles_last(dtl_needles *x, dtl_str s)
{
    walk w = begin(x, s);
    size_t last = SIZE_MAX, k;

    for (; (k = next_word(&w)) != SIZE_MAX;)
        for (; k != SIZE_MAX; k = word_at(x, w.at, w.end, k + 1))
            last = k;
    return last;
}
