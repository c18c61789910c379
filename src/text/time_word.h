/* Words looked up in a language's table, and the letters that make them. Used
 * by time_*.c only. */
#ifndef DTL_TEXT_TIME_WORD_H
#define DTL_TEXT_TIME_WORD_H

#include "base/eight.h"
#include "text/time_grammar.h"

#include <string.h>

/* The place in a language's hot with a key; 0: none. Which words a text has
 * nobody foretells, so nothing branches on it. */
static inline unsigned dtl_time_find_hot(const dtl_time_lang *lang,
                                         uint64_t key)
{
    uint64_t i = dtl_time_hash_key(key, lang->bucket_shift);

    for (;;) {
        unsigned bucket = lang->buckets[i];
        unsigned word = bucket & (DTL_TIME_MORE - 1);
        unsigned found = -(unsigned)(lang->hot[word].key == key) & word;

        if (__builtin_expect(
                ((bucket & DTL_TIME_MORE) | found) != DTL_TIME_MORE, 1))
            return found;
        i = (i + 1) & (~UINT64_C(0) >> lang->bucket_shift);
    }
}

/* The number of the word of up to DTL_TIME_WORD_MAX letters in the language's
 * table; 0: none. */
static inline uint16_t dtl_time_find_letters(const dtl_time_lang *lang,
                                             const uint64_t letters[3],
                                             size_t len)
{
    unsigned word = dtl_time_find_hot(lang, dtl_time_key(letters, len));
    const dtl_time_word *w;

    if (word >= lang->first_mark)
        return 0;
    w = &lang->words[word];
    if (len > 8 && word &&
        (w->len != len || memcmp(lang->letters + w->text, letters, len) != 0))
        return 0;
    return (uint16_t)word;
}

enum {
    DTL_TIME_CASE = 0x20 /* the bit that small letters have */
};
#define DTL_TIME_BYTES(b) (UINT64_C(0x0101010101010101) * (b))

/* The top bit of each of eight bytes that is a letter of ASCII. */
static inline uint64_t dtl_time_letters(uint64_t eight)
{
    uint64_t low =
        (eight | DTL_TIME_BYTES(DTL_TIME_CASE)) & DTL_TIME_BYTES(0x7F);

    return (low + DTL_TIME_BYTES(0x80 - 'a')) &
           ~(low + DTL_TIME_BYTES(0x80 - 'z' - 1)) & ~eight &
           DTL_TIME_BYTES(0x80);
}

/* Where the letters of ASCII from byte `at` on end. */
static inline size_t dtl_time_letters_end(dtl_str text, size_t at)
{
    for (;;) {
        size_t left = text.len - at;
        uint64_t eight = left >= 8 ? dtl_eight(text.ptr + at, 8)
                                   : dtl_eight(text.ptr + at, left);
        uint64_t other = ~dtl_time_letters(eight) & DTL_TIME_BYTES(0x80);

        if (other)
            return at + (size_t)__builtin_ctzll(other) / 8;
        at += 8;
    }
}

/* Where those begin that end at byte `at`. */
static inline size_t dtl_time_letters_begin(dtl_str text, size_t at)
{
    while (at) {
        size_t n = at < 8 ? at : 8;
        uint64_t eight = at < 8 ? dtl_eight(text.ptr, at) << (64 - 8 * at)
                                : dtl_eight(text.ptr + at - 8, 8);
        uint64_t other = ~dtl_time_letters(eight) & DTL_TIME_BYTES(0x80);

        if (other)
            return at - (size_t)__builtin_clzll(other) / 8;
        at -= n;
    }
    return 0;
}

#endif
