/* The formats an article is written in; dtl_article_write chooses. Each
 * appends to out, which remembers a failure. */
#ifndef DTL_ARTICLE_WRITE_H
#define DTL_ARTICLE_WRITE_H

#include "article/article.h"

void dtl_write_json(const dtl_article *a, bool pretty, dtl_buf *out);
void dtl_write_text(const dtl_article *a, bool links, dtl_buf *out);
void dtl_write_markdown(const dtl_article *a, bool links, dtl_buf *out);
void dtl_write_html(const dtl_article *a, dtl_buf *out);

#endif
