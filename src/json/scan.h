/* Where tokens begin and end: the reading machine's eyes.
 *
 * All work on [p, end), return a place in it, and never look back. */
#ifndef DTL_JSON_SCAN_H
#define DTL_JSON_SCAN_H

#include "base/lanes.h"

#include <stdbool.h>

/* What a token that begins with a byte is. */
typedef enum {
    DTL_JSON_OTHER, /* punctuation that JSON has no use for */
    DTL_JSON_BLANK,
    DTL_JSON_QUOTE, /* " ' ` */
    DTL_JSON_OPEN,
    DTL_JSON_CLOSE,
    DTL_JSON_COMMA, /* and ; */
    DTL_JSON_COLON,
    DTL_JSON_SLASH,  /* / or <: a comment, perhaps */
    DTL_JSON_LETTER, /* of numbers, names and unquoted text */
    DTL_JSON_LEAD /* of UTF-8 that may be a quote or a blank; else a letter */
} dtl_json_kind;

extern const unsigned char dtl_json_kinds[256];

static inline dtl_json_kind dtl_json_kind_of(char c)
{
    return (dtl_json_kind)dtl_json_kinds[(unsigned char)c];
}

/* Bytes of the quote at p, plain or typographic; 0 when it is none, or p is
 * end. */
size_t dtl_json_quote_len(const char *p, const char *end);

/* Past white space, that of Unicode and a byte order mark too. */
const char *dtl_json_skip_space(const char *p, const char *end);

/* Past the comment or comment mark at p; p when there is none. A comment
 * nobody closes goes on to the end. */
const char *dtl_json_skip_comment(const char *p, const char *end);

/* Past the word (number, name, first word of a text) at p. */
const char *dtl_json_word_end(const char *p, const char *end);

/* Past a text that should have been quoted: to a comma, closing bracket,
 * double quote or the end of the line. */
const char *dtl_json_skip_text(const char *p, const char *end);

/* Past a JavaScript expression, or the rest of one: to a comma, semicolon or
 * closing bracket outside all strings and brackets of its own. */
const char *dtl_json_skip_expression(const char *p, const char *end);

/* Walking over JavaScript. Start with a zeroed one at a place where a value
 * can stand. */
typedef struct {
    char before; /* the byte before the place, blanks and comments aside; 0 */
    const char *no_string;  /* up to here no quote has its match */
    const char *no_pattern; /* and no slash */
} dtl_json_walk;

/* Past what is at p: a string, a comment, a regular expression, a word, a run
 * of blanks, or else one byte. A quote or slash with no match on its line is
 * one byte too, so that an apostrophe cannot mislead for long. */
const char *dtl_json_step(dtl_json_walk *walk, const char *p, const char *end);

/* Whether [p, end) is a number: a decimal, with what JavaScript allows beyond
 * JSON (+1, 01, .5, 5.), or 0x1F. */
bool dtl_json_is_numeral(const char *p, const char *end);

/* To the quote that closes a string whose opening quote began with byte open,
 * from inside it, or end; sets *escaped when a backslash is passed. */
const char *dtl_json_string_end(const char *p, const char *end, char open,
                                bool *escaped);

#endif
