/* The words by which common languages are told, as
 * tools/make_language_words.py makes them of language_words.txt. Used by
 * language.c only. */
#ifndef DTL_TEXT_LANGUAGE_WORDS_H
#define DTL_TEXT_LANGUAGE_WORDS_H

#include <stdint.h>

typedef struct {
    uint64_t key;       /* its letters, little-endian; 0: an empty place */
    uint64_t counts[2]; /* a byte a language: 1 where it has the word */
} dtl_language_word;

/* An open hash table; its size is 1 << dtl_language_word_bits. */
extern const dtl_language_word dtl_language_words[];
extern const unsigned dtl_language_word_bits;
extern const char dtl_language_tags[][4]; /* those with times first */
extern const unsigned dtl_language_count;

static inline uint32_t dtl_language_hash(uint64_t key, unsigned bits)
{
    return (uint32_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> (64 - bits));
}

#endif
