/* The ways into an article that read.c chooses among. */
#ifndef DTL_ARTICLE_READ_H
#define DTL_ARTICLE_READ_H

#include "article/article.h"

/* Reads a plain-text record, decoded, into an article that has its arena and
 * what the caller knows. DTL_NOMEM is the only error. */
dtl_status dtl_record_read(dtl_str text, dtl_article *a);

#endif
