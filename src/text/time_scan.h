/* Text cut into words, numbers and marks for the grammar of times. Used by
 * the time_*.c files only. */
#ifndef DTL_TEXT_TIME_SCAN_H
#define DTL_TEXT_TIME_SCAN_H

#include "base/alloc.h"
#include "text/byte_kinds.h"
#include "text/time_grammar.h"

enum {
    DTL_TT_GLUED = 1, /* no space before it */
    DTL_TT_CAP = 2,   /* begins with a capital letter */
    DTL_TT_LINE = 4,  /* the first of its line */
    DTL_TT_DIGITS = 8 /* of a number: this times its digits, 31 of them at
                         most; what is grouped by marks has 9 */
};

typedef struct {
    uint32_t start, end; /* bytes in the text */
    uint32_t value;      /* of a number; the code of a mark */
    uint16_t word;       /* of the language's table, 0: not in it; marks and
                            numbers have theirs */
    uint8_t kind;        /* dtl_time_token_kind */
    uint8_t flags;
} dtl_time_token;

/* A zeroed struct is ready to use, for one text after the other. */
typedef struct {
    dtl_time_token *tokens;
    size_t count, cap;
    uint16_t *starts; /* tokens that may begin a sequence of the first levels */
    size_t start_count, start_cap;
    dtl_byte_kinds kinds;
} dtl_time_tokens;

/* Enough for every token. */
enum {
    DTL_TIME_SENSES = 48
};

/* Cuts text from *at on, to the end of a paragraph or some thousand tokens
 * on, into out->tokens, which it empties first. Moves *at on, from 0 in the
 * first call for a text to text.len in the end. text.len is below 4 GiB. */
dtl_status dtl_time_scan(const dtl_time_lang *lang, dtl_str text, size_t *at,
                         dtl_time_tokens *out);

void dtl_time_tokens_clear(dtl_time_tokens *t);

/* What is known of a token by its word, or by its kind. */
static inline const dtl_time_word *dtl_time_known(const dtl_time_lang *lang,
                                                  const dtl_time_token *t)
{
    return &lang->words[t->word];
}

/* The bits of the senses' classes of a token, of a word perhaps of more. */
uint64_t dtl_time_number_mask(const dtl_time_lang *lang,
                              const dtl_time_token *t);
static inline uint64_t dtl_time_token_mask(const dtl_time_lang *lang,
                                           const dtl_time_token *t)
{
    return t->kind == DTL_TT_WORD || t->kind == DTL_TT_MARK
               ? dtl_time_known(lang, t)->mask
               : dtl_time_number_mask(lang, t);
}

/* The senses of a token, the number of them. */
size_t dtl_time_senses(const dtl_time_lang *lang, const dtl_time_token *t,
                       dtl_time_sense out[DTL_TIME_SENSES]);
/* Whether it has a sense of a class; *value (not NULL) is that sense's. */
bool dtl_time_token_is(const dtl_time_lang *lang, const dtl_time_token *t,
                       uint16_t cls, int *value);

#endif
