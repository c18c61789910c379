/* What a character is to measure.c: classes of code points, and words as
 * hashes. Letters are told from the rest by ranges, coarsely: what is wanted is
 * how much prose there is and how it is punctuated, in every script, not
 * Unicode's categories. */
#ifndef DTL_ARTICLE_MEASURE_CLASS_H
#define DTL_ARTICLE_MEASURE_CLASS_H

#include "article/measure.h"
#include "base/eight.h"
#include "base/str.h"

typedef enum {
    DTL_CHAR_SPACE,
    DTL_CHAR_LETTER,
    DTL_CHAR_CAPITAL,
    DTL_CHAR_DIGIT,
    DTL_CHAR_WIDE, /* a word of its own */
    DTL_CHAR_STOP,
    DTL_CHAR_COMMA,
    DTL_CHAR_COLON,
    DTL_CHAR_QUOTE,
    DTL_CHAR_MARK,
    DTL_CHAR_CLOSE, /* closing brackets */
    DTL_CHAR_OTHER
} dtl_char_class;

extern const uint8_t dtl_ascii_class[128]; /* dtl_char_class */

/* The class of a code point beyond ASCII. */
dtl_char_class dtl_wide_class(uint32_t cp);

static inline dtl_char_class dtl_class_of(uint32_t cp)
{
    return cp < 0x80 ? (dtl_char_class)dtl_ascii_class[cp] : dtl_wide_class(cp);
}

static inline bool dtl_is_of_word(dtl_char_class c)
{
    return c == DTL_CHAR_LETTER || c == DTL_CHAR_CAPITAL || c == DTL_CHAR_DIGIT;
}

/* ---- Hashes ----------------------------------------------------------------
 *
 * The hash of a word is over its letters, folded, as UTF-8, eight bytes at a
 * time; tools/make_residue_lines.py has the same. */

static inline uint64_t dtl_word_hash_more(uint64_t hash, uint64_t eight)
{
    hash = (hash ^ eight) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

/* Up to eight bytes, the first of them lowest, and zeros. */
static inline uint64_t dtl_word_bytes(const char *p, size_t len)
{
    return dtl_eight(p, len < 8 ? len : 8);
}

/* The same by one load, where eight bytes may be read. */
static inline uint64_t dtl_word_bytes_of(const char *p, size_t len)
{
    uint64_t bytes = dtl_word_bytes(p, 8);

    return len < 8 ? bytes & ((UINT64_C(1) << 8 * len) - 1) : bytes;
}

/* Small letters, of ASCII letters and digits, and zeros. */
static inline uint64_t dtl_word_fold(uint64_t eight)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);

    return eight | (eight >> 1 & 0x20 * ones);
}

/* ---- Blocks (measure_lanes.c) ----------------------------------------------
 */

/* Fills all of m but what the edges of the text tell. Of `readable` bytes from
 * the text's beginning on, those behind it may be read, and do not count. */
typedef void dtl_measure_fn(dtl_str text, size_t readable, dtl_measure *m);
dtl_measure_fn dtl_measure_lanes_plain, dtl_measure_lanes_sse41,
    dtl_measure_lanes_avx2, dtl_measure_lanes_avx512bw;

/* As dtl_words_of. */
typedef size_t dtl_words_fn(dtl_str text, size_t readable, dtl_word *words,
                            size_t max, uint64_t *key);
dtl_words_fn dtl_words_lanes_plain, dtl_words_lanes_sse41, dtl_words_lanes_avx2,
    dtl_words_lanes_avx512bw;

/* ---- Any word ------------------------------------------------------------ */

/* The hash of any word; with numbers, each run of digits counts as one "#". */
uint64_t dtl_word_hash(dtl_str word, bool numbers);

/* Where the word ends that begins at `at`. */
size_t dtl_word_end(dtl_str s, size_t at);

#endif
