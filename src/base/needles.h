/* Looking for many words at once, in one walk through a text; ASCII case is
 * ignored. Words are NUL-terminated, of two bytes and more. */
#ifndef DTL_BASE_NEEDLES_H
#define DTL_BASE_NEEDLES_H

#include <dateline.h>

enum {
    DTL_NEEDLES_MAX = 255
};

/* The words by their first two bytes. Filling it costs a few instructions a
 * word, so it pays for short texts too. */
typedef struct {
    const char *const *words;
    size_t stride;                 /* bytes from one's pointer to the next's */
    uint8_t head[256];             /* number of the first, from 1; 0: none */
    uint8_t next[DTL_NEEDLES_MAX]; /* of the same two bytes, or a like pair */
} dtl_needles;

/* words points to the first of count pointers, at most DTL_NEEDLES_MAX, that
 * lie stride bytes apart: a list, or a member of a list of structs. */
void dtl_needles_init(dtl_needles *x, const char *const *words, size_t count,
                      size_t stride);

/* The first word from number `from` on that stands in s at `at`, by its
 * number from 0; SIZE_MAX: none does. */
size_t dtl_needles_at(const dtl_needles *x, dtl_str s, size_t at, size_t from);

/* The first in the list that stands anywhere in s; SIZE_MAX: none does. */
size_t dtl_needles_first(const dtl_needles *x, dtl_str s);

/* How many of the words stand anywhere in s; has_any stops at one. */
size_t dtl_str_count_any_nocase(dtl_str s, const char *const *words,
                                size_t count);
bool dtl_str_has_any_nocase(dtl_str s, const char *const *words, size_t count);

#endif
