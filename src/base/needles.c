/* A table of the words' first two bytes says of most places of a text at once
 * that no word stands there. */
#include "base/needles.h"

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

void dtl_needles_init(dtl_needles *x, const char *const *words, size_t count,
                      size_t stride)
{
    size_t i;

    x->words = words;
    x->stride = stride;
    memset(x->head, 0, sizeof x->head);
    for (i = count; i-- > 0;) {
        uint8_t *head = &x->head[pair_of(word_of(x, i))];

        x->next[i] = *head;
        *head = (uint8_t)(i + 1);
    }
}

static bool starts_with(const char *text, const char *end, const char *word)
{
    for (; *word; word++, text++)
        if (text == end || dtl_lower(*text) != dtl_lower(*word))
            return false;
    return true;
}

size_t dtl_needles_at(const dtl_needles *x, dtl_str s, size_t at, size_t from)
{
    size_t k;

    if (at + 1 >= s.len)
        return SIZE_MAX;
    for (k = x->head[pair_of(s.ptr + at)]; k; k = x->next[k - 1])
        if (k > from &&
            starts_with(s.ptr + at, s.ptr + s.len, word_of(x, k - 1)))
            return k - 1;
    return SIZE_MAX;
}

size_t dtl_needles_first(const dtl_needles *x, dtl_str s)
{
    size_t best = SIZE_MAX, i;

    for (i = 0; i + 1 < s.len && best; i++) {
        size_t k = dtl_needles_at(x, s, i, 0);

        if (k < best)
            best = k;
    }
    return best;
}

size_t dtl_str_count_any_nocase(dtl_str s, const char *const *words,
                                size_t count)
{
    uint8_t seen[DTL_NEEDLES_MAX] = {0};
    size_t hits = 0, i, k;
    dtl_needles x;

    dtl_needles_init(&x, words, count, sizeof *words);
    for (i = 0; i + 1 < s.len; i++) {
        for (k = dtl_needles_at(&x, s, i, 0); k != SIZE_MAX;
             k = dtl_needles_at(&x, s, i, k + 1)) {
            hits += !seen[k];
            seen[k] = 1;
        }
    }
    return hits;
}

bool dtl_str_has_any_nocase(dtl_str s, const char *const *words, size_t count)
{
    dtl_needles x;
    size_t i;

    if (s.len < 2)
        return false;
    dtl_needles_init(&x, words, count, sizeof *words);
    for (i = 0; i + 1 < s.len; i++)
        if (dtl_needles_at(&x, s, i, 0) != SIZE_MAX)
            return true;
    return false;
}
