/* Quotations in plain text, and who said them.
 *
 * A finder keeps its memory from text to text. What it found lasts until its
 * next call. All places count bytes of the text, which may be malformed. */
#ifndef DTL_TEXT_QUOTE_H
#define DTL_TEXT_QUOTE_H

#include <dateline.h>

/* A zeroed struct asks for the defaults. */
typedef struct {
    dtl_str language; /* tag; empty: English */
    bool indirect;    /* speech without quote marks too */
} dtl_quote_options;

typedef struct dtl_quote_finder dtl_quote_finder;

/* NULL when out of memory. */
dtl_quote_finder *dtl_quote_finder_new(void);
void dtl_quote_finder_free(dtl_quote_finder *f);

/* Finds the quotations of text, in order of their starts. text, with opts and
 * all in it, must last as long as the results. opts may be NULL. DTL_NOMEM,
 * and DTL_LIMIT for a text of 4 GiB, are the only errors. */
dtl_status dtl_quotes_find(dtl_quote_finder *f, dtl_str text,
                           const dtl_quote_options *opts, const dtl_quote **out,
                           size_t *count);

#endif
