/* Text cut into words, numbers and marks for the grammar of times, where there
 * may be one. Used by the time_*.c files only. */
#ifndef DTL_TEXT_TIME_SCAN_H
#define DTL_TEXT_TIME_SCAN_H

#include "base/alloc.h"
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
} dtl_time_tokens;

/* Enough for every token. */
enum {
    DTL_TIME_SENSES = 48
};

/* Where the scanning of a paragraph has come to. */
typedef struct {
    const dtl_time_lang *lang;
    dtl_str text;
    size_t at;
    size_t last; /* where the last token ends; SIZE_MAX: there is none */
    bool line;   /* the next token is the first of its line */
    dtl_time_token *tokens;
    size_t count;
} dtl_time_scanner;

/* A scanner from byte `at` on, which is no part of a run without spaces that
 * begins before. */
dtl_time_scanner dtl_time_scan_from(const dtl_time_lang *lang, dtl_str text,
                                    size_t at, dtl_time_token *tokens);

/* Takes the token at s->at, of whatever kind, for which s->tokens has room;
 * none where there is a space or an address. True where the paragraph ends
 * there. */
bool dtl_time_scan_token(dtl_time_scanner *s);

/* Whether the number at byte `at` of the text, or the word, or one that
 * touches it behind marks past ASCII, is an anchor. Of *out, start, word and
 * kind are set, of a word the end too. */
bool dtl_time_anchor_at(const dtl_time_lang *lang, dtl_str text, size_t at,
                        dtl_time_token *out);

/* The token before byte `at`, which is the beginning of another; false where
 * it is the first of its paragraph. Numbers are never part of codes here. */
bool dtl_time_token_before(const dtl_time_lang *lang, dtl_str text, size_t at,
                           dtl_time_token *out);

/* The tokens from byte `at` on, which is the end of another, up to the end of
 * the paragraph, `most` of them; gives their number. */
size_t dtl_time_tokens_behind(const dtl_time_lang *lang, dtl_str text,
                              size_t at, dtl_time_token *out, size_t most);

void dtl_time_tokens_clear(dtl_time_tokens *t);

/* The token before byte `at`, which is the beginning of another; false where
 * it is the first of its paragraph. Numbers are never part of codes here. */
bool dtl_time_token_before(const dtl_time_lang *lang, dtl_str text, size_t at,
                           dtl_time_token *out);

/* The tokens from byte `at` on, which is the end of another, up to the end of
 * the paragraph, `most` of them; gives their number. */
size_t dtl_time_tokens_behind(const dtl_time_lang *lang, dtl_str text,
                              size_t at, dtl_time_token *out, size_t most);

/* How many words of a text the language's table has. */
size_t dtl_time_known_words(const dtl_time_lang *lang, dtl_str text);

/* What is known of a token by its word, or by its kind. */
static inline const dtl_time_hot *dtl_time_hot_of(const dtl_time_lang *lang,
                                                  const dtl_time_token *t)
{
    return &lang->hot[t->word];
}
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
               ? dtl_time_hot_of(lang, t)->mask
               : dtl_time_number_mask(lang, t);
}

/* The senses of a token, the number of them. */
size_t dtl_time_senses(const dtl_time_lang *lang, const dtl_time_token *t,
                       dtl_time_sense out[DTL_TIME_SENSES]);
/* Whether it has a sense of a class; *value (not NULL) is that sense's. */
bool dtl_time_token_is(const dtl_time_lang *lang, const dtl_time_token *t,
                       uint16_t cls, int *value);

#endif
