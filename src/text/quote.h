/* Quotations in plain text, and who said them.
 *
 * A finder keeps its memory from text to text. What it found lasts until its
 * next call. All places count bytes of the text, which may be malformed. */
#ifndef DTL_TEXT_QUOTE_H
#define DTL_TEXT_QUOTE_H

#include <dateline.h>

typedef enum {
    DTL_SPEECH_DIRECT,  /* a sentence or more, in quote marks */
    DTL_SPEECH_MIXED,   /* some quoted words in the reporter's sentence */
    DTL_SPEECH_INDIRECT /* without quote marks */
} dtl_speech_kind;

typedef struct {
    size_t start, end;
} dtl_text_range;

typedef struct {
    dtl_speech_kind kind;
    dtl_str text;      /* without marks, the parts joined by a space */
    size_t start, end; /* of the whole, marks included */
    const dtl_text_range *spans; /* its parts, marks included */
    size_t span_count;
    dtl_str speaker; /* name in full where the text has it; may be empty */
    dtl_text_range mention; /* the source as written there; may be empty */
    dtl_str cue;            /* the verb, or "according to"; may be empty */
    dtl_str medium;         /* "Instagram post", "CNN"; may be empty */
    double confidence;      /* 0 to 1 */
} dtl_quotation;

/* Someone who speaks without being named in the text, from a place of it on:
 * a question's asker, the author of a post that stands there. */
typedef struct {
    size_t at;
    dtl_str name;
} dtl_quote_hint;

/* A zeroed struct asks for the defaults. */
typedef struct {
    dtl_str language; /* tag; empty: English */
} dtl_quote_options;

typedef struct dtl_quote_finder dtl_quote_finder;

/* NULL when out of memory. */
dtl_quote_finder *dtl_quote_finder_new(void);
void dtl_quote_finder_free(dtl_quote_finder *f);

/* Finds the quotations of text, in order of their starts. text, with opts and
 * all in it, must last as long as the results. opts may be NULL. DTL_NOMEM,
 * and DTL_LIMIT for a text of 4 GiB, are the only errors. */
dtl_status dtl_quotes_find(dtl_quote_finder *f, dtl_str text,
                           const dtl_quote_options *opts,
                           const dtl_quotation **out, size_t *count);

const char *dtl_speech_kind_name(dtl_speech_kind k);

#endif
