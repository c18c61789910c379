/* Stretches of a text that may hold times. Used by the time_*.c files only. */
#ifndef DTL_TEXT_TIME_SEARCH_H
#define DTL_TEXT_TIME_SEARCH_H

#include "text/time_anchor.h"
#include "text/time_scan.h"

/* Where a search has come to. */
typedef struct {
    const dtl_time_lang *lang;
    dtl_str text;
    size_t at;       /* what is before is done */
    size_t searched; /* the anchors up to here are known */
    size_t next, count;
    /* The next stretch: where it begins, its first anchor, and where has_before
       the token before it. */
    bool found, has_before;
    size_t begin, anchor;
    dtl_time_token before;
    uint32_t anchors[DTL_TIME_ANCHORS];
} dtl_time_search;

/* Begins to look for what may hold times. text.len is below 4 GiB. */
void dtl_time_search_init(dtl_time_search *s, const dtl_time_lang *lang,
                          dtl_str text);

/* Fills out with the tokens of the next stretch of text that may hold a time:
 * with anchors in it, and as far around them as tokens may follow upon each
 * other in a sequence, and one more on each side where the paragraph has it.
 * Without tokens there is no stretch left. */
dtl_status dtl_time_search_next(dtl_time_search *s, dtl_time_tokens *out);

#endif
