/* Words and marks of a text, as the search for quotations wants them. */
#ifndef DTL_TEXT_QUOTE_TOKENS_H
#define DTL_TEXT_QUOTE_TOKENS_H

#include "base/alloc.h"
#include "text/quote_words.h"

typedef enum {
    DTL_QT_WORD,
    DTL_QT_NUMBER,
    DTL_QT_COMMA, /* and semicolon */
    DTL_QT_STOP,  /* . ! ? and the like: ends a sentence */
    DTL_QT_COLON,
    DTL_QT_DASH, /* between words */
    DTL_QT_OPEN, /* bracket */
    DTL_QT_CLOSE,
    DTL_QT_MARK,  /* quote mark; which one is in its glyph */
    DTL_QT_BREAK, /* newlines */
    DTL_QT_OTHER
} dtl_quote_token_kind;

typedef enum {
    DTL_QG_NONE,
    DTL_QG_STRAIGHT,    /* " */
    DTL_QG_LEFT,        /* U+201C */
    DTL_QG_RIGHT,       /* U+201D */
    DTL_QG_LOW,         /* U+201E */
    DTL_QG_GUILLEMET,   /* « */
    DTL_QG_GUILLEMET_2, /* » */
    DTL_QG_CORNER,      /* U+300C, U+300E */
    DTL_QG_CORNER_2,    /* U+300D, U+300F */
    DTL_QG_APOSTROPHE,  /* ' */
    DTL_QG_SINGLE,      /* U+2018 */
    DTL_QG_SINGLE_2,    /* U+2019 */
    DTL_QG_SINGLE_LOW,  /* U+201A */
    DTL_QG_ANGLE,       /* U+2039 */
    DTL_QG_ANGLE_2,     /* U+203A */
    DTL_QG_BACKTICKS,   /* `` */
    DTL_QG_APOSTROPHES, /* '' */
    DTL_QG_LONG_DASH    /* of a dash: U+2013 to U+2015 */
} dtl_quote_glyph;

enum {
    DTL_QT_CAPITAL = 1,    /* begins with a capital letter */
    DTL_QT_ALL_CAPS = 2,   /* two letters or more, all capitals */
    DTL_QT_POSSESSIVE = 4, /* ends in 's, which end leaves out */
    DTL_QT_SPACE = 8,      /* white space, or nothing, stands before */
    DTL_QT_SPACE_AFTER = 16,
    DTL_QT_FIRST = 32,  /* first word of a sentence or paragraph */
    DTL_QT_ENDS_S = 64, /* last letter is s */
    DTL_QT_GAP = 128    /* a break with text that was not read */
};

typedef struct {
    uint32_t start, end; /* bytes of the text; end without 's */
    uint8_t kind;        /* dtl_quote_token_kind */
    uint8_t flags;       /* DTL_QT_ */
    uint8_t glyph;       /* dtl_quote_glyph of a mark; last byte of a stop */
    uint8_t after;       /* bytes of the 's */
    uint32_t hash;       /* of a word in lower case, without 's and stop */
    uint64_t classes;    /* of a word */
} dtl_quote_token;

typedef struct {
    dtl_quote_token *at;
    size_t count, cap;
    uint64_t *letters; /* of what is being read, a bit a byte */
    size_t letters_cap;
} dtl_quote_tokens;

/* Reads bytes [from, to) of text, which are whole lines, behind the tokens
 * that are there, with a break between; DTL_QT_GAP says that there is text
 * between. text is under 4 GiB and may be malformed UTF-8. The memory is freed
 * by dtl_quote_tokens_clear. DTL_NOMEM is the only error. */
dtl_status dtl_quote_tokens_read(dtl_quote_tokens *tokens, dtl_str text,
                                 size_t from, size_t to,
                                 const dtl_quote_language *language);
void dtl_quote_tokens_clear(dtl_quote_tokens *tokens);

/* Sets bit i % 64 of bits[i / 64] where byte i of [p, p + len) is an ASCII
 * letter or digit, or past ASCII and none that a mark may begin with; for
 * each instruction set. */
void dtl_quote_letters_plain(const char *p, size_t len, uint64_t *bits);
void dtl_quote_letters_sse41(const char *p, size_t len, uint64_t *bits);
void dtl_quote_letters_avx2(const char *p, size_t len, uint64_t *bits);

#endif
