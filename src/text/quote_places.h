/* Where in a text quotations may stand, and what has to be read for them. */
#ifndef DTL_TEXT_QUOTE_PLACES_H
#define DTL_TEXT_QUOTE_PLACES_H

#include <dateline.h>

enum {
    DTL_QUOTE_WORDS_NAMED = 16
};

/* Whole lines. */
typedef struct {
    uint32_t start, end;
} dtl_quote_place;

typedef struct {
    dtl_quote_place *at;
    size_t count, cap;
    size_t labels; /* lines of the whole text that begin like a turn of talk */
} dtl_quote_places;

/* The lines of text, which is under 4 GiB, with a mark that may open a
 * quotation, or with a long dash at their start when dashes is true, each with
 * the line before it; in order, and apart from each other by at least a line
 * that is neither. The memory is reused, and freed by the caller with
 * dtl_free(out->at). DTL_NOMEM is the only error. */
dtl_status dtl_quote_places_find(dtl_str text, bool dashes,
                                 dtl_quote_places *out);

/* The first lines outside read in which each of words, at most
 * DTL_QUOTE_WORDS_NAMED, stands as a word: one with a capital beside another
 * such, one without also with a capital. */
dtl_status dtl_quote_places_naming(dtl_str text, const dtl_quote_places *read,
                                   const dtl_str *words, size_t count,
                                   dtl_quote_places *out);

#endif
