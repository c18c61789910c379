/* The words that credits are told by, in some sixty languages. */
#ifndef DTL_ARTICLE_CREDIT_WORDS_H
#define DTL_ARTICLE_CREDIT_WORDS_H

#include "base/once.h"

#include <dateline.h>

/* Words of one sense. */
typedef struct {
    const char *const *words; /* sorted by bytes, of two and more */
    size_t count;
    /* What is made of them: bit b of pairs[a] says that a word may begin with
     * two ASCII bytes whose last five bits are a and b. */
    dtl_once once;
    uint32_t pairs[32];
} dtl_credit_words;

/* Words that name a picture or its source. */
extern dtl_credit_words dtl_credit_heads;
/* "by", between such a word and the name. */
extern dtl_credit_words dtl_credit_by;
/* Agencies, which speak for themselves, whatever stands around them. */
extern dtl_credit_words dtl_credit_agencies;

/* Behind the longest of the words that stands at `at`, case ignored, and ends
 * there; 0: none does. */
size_t dtl_credit_word(dtl_credit_words *w, dtl_str s, size_t at);

/* Whether s at `at` has the text, which is in small letters; sets *end
 * behind it. */
bool dtl_credit_matches(dtl_str s, size_t at, const char *text, size_t *end);

/* Whether a letter or digit of a script that sets words apart stands there. */
bool dtl_credit_letter_at(dtl_str s, size_t at);

#endif
