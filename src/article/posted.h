/* Quotations of what an embedded post says. */
#ifndef DTL_ARTICLE_POSTED_H
#define DTL_ARTICLE_POSTED_H

#include "article/article.h"

/* Notes at each quotation of whose words some stand in the text of an embed
 * which one that is. Where the prose names nobody, who posted it is the
 * speaker, unless the post may quote another; where it names no medium, the
 * post of that speaker is. What the prose says stays: without what embeds add,
 * the quotations are those of the text alone. Those that gain anything are a
 * copy in the article's arena. DTL_NOMEM is the only error. */
dtl_status dtl_article_join_posts(dtl_article *a);

#endif
