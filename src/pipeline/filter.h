/* Which records of a run are written. Each question is asked as soon as it can
 * be answered: of the record's head, of the HTTP answer, of the article. */
#ifndef DTL_PIPELINE_FILTER_H
#define DTL_PIPELINE_FILTER_H

#include <dateline.h>

typedef struct {
    unsigned statuses, kinds; /* bits; 0 lets all through */
    bool http_statuses[1000]; /* where any_http is set */
    bool any_http;
    dtl_str mime, language, since; /* lists and a day; ptr NULL: all */
    size_t min_words;
} dtl_filter;

/* Reads the filter that the caller asked for, whose strings are borrowed.
 * DTL_USAGE names what is wrong in err->message, "status x: must be ...". */
dtl_status dtl_filter_init(dtl_filter *f, const dtl_ingest_filter *wanted,
                           dtl_error *err);

/* Whether a page taken at date (ISO 8601; empty when not known) may pass. */
bool dtl_filter_date(const dtl_filter *f, dtl_str date);
/* Whether an answer may: its status, 0 where there is none, and its declared
 * media type, without parameters. */
bool dtl_filter_answer(const dtl_filter *f, int status, dtl_str mime);
/* Whether the article passes. */
bool dtl_filter_article(const dtl_filter *f, const dtl_article *a);

#endif
