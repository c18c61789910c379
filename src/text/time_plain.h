/* The common tokens of a text, words and marks of ASCII, at the speed of
 * vector code. Used by time_scan*.c only. */
#ifndef DTL_TEXT_TIME_PLAIN_H
#define DTL_TEXT_TIME_PLAIN_H

#include "base/eight.h"
#include "text/time_scan.h"

#include <string.h>

typedef struct {
    const dtl_time_lang *lang;
    dtl_str text;
    size_t at;
    size_t last; /* where the last token ends; SIZE_MAX: there is none */
    bool line;   /* the next token is the first of its line */
    const dtl_time_word *before; /* what is known of the last token */
    dtl_time_tokens *out;
} dtl_time_scanner;

/* Takes tokens from s->at on, until one that is not plain begins there, or
 * what out->kinds knows is at its end, or there are `most` tokens. out has
 * room for as many tokens as out->kinds has bytes. */
void dtl_time_scan_plain(dtl_time_scanner *s, size_t most);

/* The same, by the instruction set of that name. */
void dtl_time_scan_plain_plain(dtl_time_scanner *s, size_t most);
void dtl_time_scan_plain_sse41(dtl_time_scanner *s, size_t most);
void dtl_time_scan_plain_avx2(dtl_time_scanner *s, size_t most);

/* The place in a language's hot with a key; 0: none. Which words a text has
 * nobody foretells, so nothing branches on it. */
static inline unsigned dtl_time_find_hot(const dtl_time_hot *hot,
                                         const uint16_t *buckets,
                                         unsigned bucket_shift, uint64_t key)
{
    uint64_t i = dtl_time_hash_key(key, bucket_shift);

    for (;;) {
        unsigned bucket = buckets[i];
        unsigned word = bucket & (DTL_TIME_MORE - 1);
        unsigned found = -(unsigned)(hot[word].key == key) & word;

        if (__builtin_expect(
                ((bucket & DTL_TIME_MORE) | found) != DTL_TIME_MORE, 1))
            return found;
        i = (i + 1) & (~UINT64_C(0) >> bucket_shift);
    }
}

/* The number of the word with a key in the language's table; 0: none. */
static inline uint16_t dtl_time_find_word(const dtl_time_lang *lang,
                                          uint64_t key)
{
    unsigned found =
        dtl_time_find_hot(lang->hot, lang->buckets, lang->bucket_shift, key);

    return found < lang->first_mark ? (uint16_t)found : 0;
}

/* The same of a word of up to DTL_TIME_WORD_MAX letters. */
static inline uint16_t dtl_time_find_letters(const dtl_time_lang *lang,
                                             const uint64_t letters[3],
                                             size_t len)
{
    uint16_t word = dtl_time_find_word(lang, dtl_time_key(letters, len));
    const dtl_time_word *w = &lang->words[word];

    if (len > 8 && word &&
        (w->len != len || memcmp(lang->letters + w->text, letters, len) != 0))
        return 0;
    return word;
}

/* Bytes from p on, of which there are len, as letters of a key. */
static inline uint64_t dtl_time_load(const char *p, size_t len)
{
    return dtl_eight(p, len < 8 ? len : 8);
}

#endif
