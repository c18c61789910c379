/* Text cut into what dates are made of: numbers, words and marks. Used by
 * date_parse.c only. */
#ifndef DTL_BASE_DATE_SCAN_H
#define DTL_BASE_DATE_SCAN_H

#include "base/date_words.h"

typedef enum {
    DTL_TOKEN_END, /* also all tokens past the last */
    DTL_TOKEN_NUMBER,
    DTL_TOKEN_WORD,
    DTL_TOKEN_MARK
} dtl_date_token_kind;

typedef struct {
    size_t start, end;           /* in the text */
    uint64_t value;              /* of a number, past 19 digits none of use */
    const dtl_date_word *senses; /* of a word; NULL when not in the table */
    uint8_t kind;
    uint8_t sense_count;
    uint8_t digits; /* of a number, at most 255 */
    char mark;      /* one ASCII byte; dashes are '-', others 1 */
    bool spaced;    /* white space before it */
    bool letters;   /* a word not of ideographs or Hangul: those are a token
                       a character */
    char first;     /* of a word of one ASCII letter that letter, lower case */
} dtl_date_token;

enum {
    DTL_DATE_TOKENS = 96
};

typedef struct {
    dtl_str text;
    size_t next;  /* byte behind the last token */
    size_t count; /* at[count] and on are DTL_TOKEN_END */
    dtl_date_token at[DTL_DATE_TOKENS + 1];
} dtl_date_scan;

/* Fills s with the tokens of text from a byte on, as many as it holds. */
void dtl_date_scan_from(dtl_date_scan *s, dtl_str text, size_t from);

/* Token i, DTL_TOKEN_END past the last. */
static inline const dtl_date_token *dtl_date_token_at(const dtl_date_scan *s,
                                                      size_t i)
{
    return &s->at[i < s->count ? i : s->count];
}

/* The word's sense of a kind; NULL when it has none or is no word. */
const dtl_date_word *dtl_date_sense(const dtl_date_token *t,
                                    dtl_date_word_kind kind);

#endif
