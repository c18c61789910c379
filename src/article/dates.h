/* The dates that a page shows or says, as candidates: shared by published.c
 * and what finds dates in text and addresses. */
#ifndef DTL_ARTICLE_DATES_H
#define DTL_ARTICLE_DATES_H

#include "article/meta.h"
#include "base/date_parse.h"

enum {
    DTL_DATES_MAX = 160
};

typedef struct {
    dtl_date_time at;
    dtl_str evidence;
    double score;      /* 0 to 1: how far it is to be believed by itself */
    double change;     /* the same for being the last change; 0: says not */
    dtl_html_ref node; /* 0: not in the tree */
    bool vague;        /* called a date, but not of what */
} dtl_date_found;

typedef struct {
    dtl_date_found all[DTL_DATES_MAX];
    size_t count;
} dtl_dates;

/* Adds one; what is no plausible date of a web page, and all past the
 * maximum, is left out. */
void dtl_dates_add(dtl_dates *d, const dtl_date_time *at, dtl_str evidence,
                   double score, double change, dtl_html_ref node);

/* Whether a node stands right at the title, where class words say nothing
 * against a date. */
bool dtl_dates_at_title(const dtl_meta *m, dtl_html_ref node);

/* What the page's language and domain say of dates in numbers. */
dtl_date_hints dtl_dates_hints(dtl_str language, dtl_str url);

/* Dates in an address: only those that own a path segment or begin one. */
void dtl_dates_in_url(dtl_str url, dtl_dates *out);

/* What a short line counts back from base: "2 hours ago", "gestern, 14:30".
 * False when it counts nothing. */
bool dtl_date_ago(dtl_str line, const dtl_date_time *base, dtl_date_time *out);

/* The moment that the page's relative dates count from: what the caller said,
 * else when it was fetched; false when neither is known. */
bool dtl_dates_base(const dtl_meta *m, dtl_date_time *out);

/* Dates in the page's script data. */
void dtl_dates_in_scripts(const dtl_facts *facts, dtl_dates *out);

/* Dates in the words right at the title, for the clock of the page's place. */
dtl_status dtl_dates_at_head(const dtl_meta *m, const dtl_date_hints *hints,
                             dtl_dates *out);

/* Dates in the words around the title and the body. */
dtl_status dtl_dates_in_text(const dtl_meta *m, const dtl_date_hints *hints,
                             dtl_dates *out);

#endif
