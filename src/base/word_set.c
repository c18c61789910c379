/* A hash of the length, the first, the middle and the last byte, which nearly
 * tells words apart that people choose; those it does not are chained. */
#include "base/word_set.h"

#include <assert.h>

/* The bit that sets small letters off from capitals is set in all bytes. */
static uint8_t hash_of(const char *s, size_t len)
{
    unsigned first = (unsigned char)s[0] | 0x20u;
    unsigned middle = (unsigned char)s[len / 2] | 0x20u;
    unsigned last = (unsigned char)s[len - 1] | 0x20u;

    return (uint8_t)(first * 5 + middle * 29 + last * 71 + len * 113);
}

static const char *word_of(const dtl_word_set *x, size_t i)
{
    const char *const *word =
        (const char *const *)(const void *)((const char *)x->words +
                                            i * x->stride);

    return *word;
}

static void make(void *set)
{
    dtl_word_set *x = set;
    size_t i;

    assert(x->count <= DTL_WORD_SET_MAX);
    for (i = x->count; i-- > 0;) {
        size_t len = strlen(word_of(x, i));
        uint8_t *head = &x->head[hash_of(word_of(x, i), len)];

        assert(len && len < 256);
        x->length[i] = (uint8_t)len;
        x->next[i] = *head;
        *head = (uint8_t)(i + 1);
    }
}

size_t dtl_word_set_find(dtl_word_set *x, dtl_str s)
{
    size_t k;

    dtl_once_run(&x->once, make, x);
    if (!s.len)
        return SIZE_MAX;
    for (k = x->head[hash_of(s.ptr, s.len)]; k; k = x->next[k - 1])
        if (x->length[k - 1] == s.len &&
            dtl_str_eq_nocase(s, (dtl_str){word_of(x, k - 1), s.len}))
            return k - 1;
    return SIZE_MAX;
}
