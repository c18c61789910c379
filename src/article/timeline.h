/* The times of an article's text, and their order. */
#ifndef DTL_ARTICLE_TIMELINE_H
#define DTL_ARTICLE_TIMELINE_H

#include "article/article.h"
#include "text/time.h"

/* Fills in the language where the page names none, and puts it right where a
 * text of some length is in another. DTL_NOMEM is the only error. */
dtl_status dtl_article_check_language(dtl_article *a);

/* Fills a->times by means of times, whose results they borrow from. as_of is
 * what relative times count from; empty: the article's date, else that of its
 * capture. DTL_NOMEM and DTL_LIMIT are the only errors. Their order is made
 * when dtl_article_timeline is asked for it. */
dtl_status dtl_article_find_times(dtl_article *a, dtl_times *times,
                                  dtl_str as_of);

#endif
