/* Looking for many words at once, in one walk through a text; ASCII case is
 * ignored.
 *
 * A list of words is static, and its tables are made when it is first used:
 *
 *     static const char *const words[] = {"captcha", "robot"};
 *     static dtl_needles robots = DTL_NEEDLES(words);
 *
 *     if (dtl_needles_any(&robots, text)) ...
 *
 * Words are NUL-terminated, of two bytes and more. Threads may share a list. */
#ifndef DTL_BASE_NEEDLES_H
#define DTL_BASE_NEEDLES_H

#include "base/once.h"

#include <dateline.h>

enum {
    DTL_NEEDLES_MAX = 255 /* words of a list */
};

typedef struct {
    /* The first of count pointers to words, stride bytes apart. */
    const char *const *words;
    size_t count, stride;
    /* What follows is made of them; internal. */
    dtl_once once;
    uint8_t head[256]; /* by a word's first two bytes, in lower case: the
                          number of the first such word, from 1; 0: none */
    uint8_t next[DTL_NEEDLES_MAX]; /* the next with the same head */
    /* A word's first four bytes, bit 5 set in each, and which of them are the
     * word's. */
    uint32_t four[DTL_NEEDLES_MAX], mask[DTL_NEEDLES_MAX];
    /* By the halves of a text's byte: the groups of words that may have it as
     * their first, second, third byte, a bit each. */
    uint8_t low[3][16], high[3][16];
} dtl_needles;

/* A list of strings, or the strings that are a member of a list of structs. */
#define DTL_NEEDLES(list)                                                      \
    {                                                                          \
        .words = (list), .count = sizeof(list) / sizeof *(list),               \
        .stride = sizeof *(list)                                               \
    }
#define DTL_NEEDLES_OF(list, member)                                           \
    {                                                                          \
        .words = &(list)[0].member, .count = sizeof(list) / sizeof *(list),    \
        .stride = sizeof *(list)                                               \
    }

/* Whether any of the words stands in s. */
bool dtl_needles_any(dtl_needles *x, dtl_str s);
/* How many of the words stand in s. */
size_t dtl_needles_count(dtl_needles *x, dtl_str s);
/* The first of the list that stands anywhere in s, by its number from 0;
 * SIZE_MAX: none does. */
size_t dtl_needles_first(dtl_needles *x, dtl_str s);
/* The one that stands last in s; of several at one place the last of the
 * list. */
size_t dtl_needles_last(dtl_needles *x, dtl_str s);

/* A block of a text in which words may begin, as three of their bytes tell:
 * bit i of places stands for the byte at[i]. The search goes on at next. */
typedef struct {
    const char *at, *next;
    uint64_t places; /* 0: there is no such block to the text's end */
} dtl_needles_block;

/* The first such block of [p, end). */
dtl_needles_block dtl_needles_near_plain(const dtl_needles *x, const char *p,
                                         const char *end);
dtl_needles_block dtl_needles_near_sse41(const dtl_needles *x, const char *p,
                                         const char *end);
dtl_needles_block dtl_needles_near_avx2(const dtl_needles *x, const char *p,
                                        const char *end);

#endif
