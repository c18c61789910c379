/* Dates in running text: found, and reckoned to TIMEX3 values. */
#ifndef DTL_TEXT_TIME_H
#define DTL_TEXT_TIME_H

#include "base/date_parse.h"
#include "text/time_match.h"
#include "text/time_search.h"

typedef struct {
    dtl_str language; /* tag; a language without a table finds nothing */
    dtl_str date;     /* ISO 8601, what relative times count from; empty:
                         they stay unresolved */
    bool narrative;   /* history: a bare March belongs to the last year named,
                         not to the article's */
} dtl_times_options;

/* Finds text after text, keeping its memory. A zeroed struct is ready to
 * use. */
typedef struct {
    dtl_time_search search;
    dtl_time_tokens tokens;
    dtl_time_match match;
    dtl_arena arena; /* the values' */
    dtl_time *list;
    size_t count, cap;
} dtl_times;

/* Whether a language has a table. */
bool dtl_times_know(dtl_str language);

/* Fills t->list with the times of text, in order and apart from each other;
 * it lasts until the next call, and their text borrows from text. DTL_LIMIT:
 * text is 4 GiB or more. */
dtl_status dtl_times_find(dtl_times *t, dtl_str text,
                          const dtl_times_options *opts);
void dtl_times_clear(dtl_times *t);

#endif
