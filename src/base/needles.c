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

static const char *find_near(const dtl_needles *x, const char *p,
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

/* The first word from number `from` on that stands at p; SIZE_MAX: none. */
static size_t word_at(const dtl_needles *x, const char *p, const char *end,
                      size_t from)
{
    size_t k;

    for (k = x->head[pair_of(p)]; k; k = x->next[k - 1])
        if (k > from && starts_with(p, end, word_of(x, k - 1)))
            return k - 1;
    return SIZE_MAX;
}

/* A walk over the places where words stand. */
typedef struct {
    const dtl_needles *x;
    const char *at, *end;
} walk;

static walk begin(dtl_needles *x, dtl_str s)
{
    dtl_once_run(&x->once, make, x);
    return (walk){x, s.ptr, s.ptr ? s.ptr + s.len : NULL};
}

/* The first word of the list at the next such place, which becomes w->at;
 * SIZE_MAX when there is no place more. */
static size_t next_word(walk *w)
{
    size_t k;

    for (; w->end - w->at >= 2; w->at++) {
        w->at = find_near(w->x, w->at, w->end);
        if (w->end - w->at < 2)
            break;
        k = word_at(w->x, w->at, w->end, 0);
        if (k != SIZE_MAX)
            return k;
    }
    return SIZE_MAX;
}

bool dtl_needles_any(dtl_needles *x, dtl_str s)
{
    walk w = begin(x, s);

    return next_word(&w) != SIZE_MAX;
}

size_t dtl_needles_count(dtl_needles *x, dtl_str s)
{
    uint8_t seen[DTL_NEEDLES_MAX] = {0};
    walk w = begin(x, s);
    size_t hits = 0, k;

    for (; (k = next_word(&w)) != SIZE_MAX; w.at++)
        for (; k != SIZE_MAX; k = word_at(x, w.at, w.end, k + 1)) {
            hits += !seen[k];
            seen[k] = 1;
        }
    return hits;
}

size_t dtl_needles_first(dtl_needles *x, dtl_str s)
{
    walk w = begin(x, s);
    size_t best = SIZE_MAX, k;

    for (; best && (k = next_word(&w)) != SIZE_MAX; w.at++)
        if (k < best)
            best = k;
    return best;
}

size_t dtl_needles_last(dtl_needles *x, dtl_str s)
{
    walk w = begin(x, s);
    size_t last = SIZE_MAX, k;

    for (; (k = next_word(&w)) != SIZE_MAX; w.at++)
        for (; k != SIZE_MAX; k = word_at(x, w.at, w.end, k + 1))
            last = k;
    return last;
}
