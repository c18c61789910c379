/* Sets of words that a short text may be, as a whole; ASCII case is ignored.
 *
 * A set is static, and its table is made when it is first used:
 *
 *     static const char *const words[] = {"png", "jpg"};
 *     static dtl_word_set pictures = DTL_WORD_SET(words);
 *
 *     if (dtl_word_set_has(&pictures, ending)) ...
 *
 * Words are NUL-terminated and of one byte and more. What is no word mostly
 * meets an empty place of the table, and costs nothing more. Threads may share
 * a set. */
#ifndef DTL_BASE_WORD_SET_H
#define DTL_BASE_WORD_SET_H

#include "base/once.h"
#include "base/str.h"

enum {
    DTL_WORD_SET_MAX = 255 /* words of a set */
};

typedef struct {
    /* The first of count pointers to words, stride bytes apart. */
    const char *const *words;
    size_t count, stride;
    /* What follows is made of them; internal. */
    dtl_once once;
    uint8_t head[256]; /* by the hash: the number of a word, from 1; 0: none */
    uint8_t next[DTL_WORD_SET_MAX]; /* the next with the same hash */
    uint8_t length[DTL_WORD_SET_MAX];
} dtl_word_set;

/* A list of strings, or the strings that are a member of a list of structs. */
#define DTL_WORD_SET(list)                                                     \
    {                                                                          \
        .words = (list), .count = sizeof(list) / sizeof *(list),               \
        .stride = sizeof *(list)                                               \
    }
#define DTL_WORD_SET_OF(list, member)                                          \
    {                                                                          \
        .words = &(list)[0].member, .count = sizeof(list) / sizeof *(list),    \
        .stride = sizeof *(list)                                               \
    }

/* The number of the word that s is, from 0; the first of words that are
 * alike. SIZE_MAX: it is none. */
size_t dtl_word_set_find(dtl_word_set *x, dtl_str s);

static inline bool dtl_word_set_has(dtl_word_set *x, dtl_str s)
{
    return dtl_word_set_find(x, s) != SIZE_MAX;
}

#endif
