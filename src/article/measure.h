/* What a run of text looks like, without knowing its language. */
#ifndef DTL_ARTICLE_MEASURE_H
#define DTL_ARTICLE_MEASURE_H

#include <dateline.h>

typedef enum {
    DTL_END_NONE,     /* a letter or digit */
    DTL_END_STOP,     /* full stop, question or exclamation mark, in any
                         script; behind it closing marks may stand */
    DTL_END_COLON,    /* colon or semicolon */
    DTL_END_ELLIPSIS, /* ... */
    DTL_END_OTHER
} dtl_text_end;

/* Counts are of code points. `weight` makes scripts comparable: letters and
 * digits, a Han or Kana counted as three, a Hangul syllable as two. */
typedef struct {
    uint32_t letters; /* letters and digits */
    uint32_t weight;
    uint32_t words; /* a Han, Kana, Hangul or Thai letter is one each */
    uint32_t wide;  /* letters of scripts written without spaces, Hangul */
    uint32_t digits;
    uint32_t capitals;
    uint32_t stops;    /* ends of sentences */
    uint32_t commas;   /* in any script */
    uint32_t quotes;   /* quotation marks, not apostrophes */
    uint32_t marks;    /* bars, bullets, arrows, copyright, at and hash signs */
    uint32_t initials; /* words that begin with a capital */
    uint32_t mix;      /* of the ASCII letters, whatever their order and case */
    uint8_t end;       /* dtl_text_end */
    bool starts_small; /* first letter is a small one */
    bool starts_mark;  /* begins with a bullet, dash, bar or arrow */
    bool question;     /* ends in a question mark */
    uint32_t colon;    /* words before the first colon; UINT32_MAX: none */
} dtl_measure;

dtl_measure dtl_measure_text(dtl_str text);
/* The same where `readable` bytes from the text's beginning on may be read,
 * which saves a copy of its end; they are at least its own. */
dtl_measure dtl_measure_in(dtl_str text, size_t readable);

/* A word of a text: a run of word characters, or one wide letter. */
typedef struct {
    uint64_t hash; /* of its folded letters */
    uint64_t line; /* the same with each run of digits as one "#" */
} dtl_word;

/* Lists the words of a text, up to max of them, of which it has no more than
 * half its bytes, and one. Returns how many it has; *key is a hash of all,
 * folded, in their order. readable as for dtl_measure_in. */
size_t dtl_words_of(dtl_str text, size_t readable, dtl_word *words, size_t max,
                    uint64_t *key);

/* That key alone. */
uint64_t dtl_text_key(dtl_str text);

/* A hash that is equal where the words are the same, and seldom else. */
uint64_t dtl_words_sum(const dtl_measure *m);

/* Whether two texts, measured, are the same words, case ignored. */
static inline bool dtl_same_words(dtl_str a, const dtl_measure *ma, dtl_str b,
                                  const dtl_measure *mb)
{
    return ma->mix == mb->mix && dtl_words_sum(ma) == dtl_words_sum(mb) &&
           dtl_text_key(a) == dtl_text_key(b);
}

/* Lower case, for Latin, Greek and Cyrillic letters; others stay. */
uint32_t dtl_fold(uint32_t cp);

/* Whether a code point is a letter or digit, for counting: all that is no
 * known punctuation, space or symbol. */
bool dtl_is_word_char(uint32_t cp);

/* Whether a letter counts as a word of its own. */
bool dtl_is_wide(uint32_t cp);

/* Takes the next word off s at *at and gives its hash; false at the end. */
bool dtl_next_word(dtl_str s, size_t *at, uint64_t *hash);

#endif
