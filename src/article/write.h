/* The formats an article is written in; dtl_article_write chooses. Each
 * appends to out, which remembers a failure. */
#ifndef DTL_ARTICLE_WRITE_H
#define DTL_ARTICLE_WRITE_H

#include "article/article.h"
#include "json/write.h"

void dtl_write_json(const dtl_article *a, bool pretty, dtl_buf *out);
void dtl_write_text(const dtl_article *a, bool links, dtl_buf *out);
void dtl_write_markdown(const dtl_article *a, bool links, dtl_buf *out);
void dtl_write_html(const dtl_article *a, dtl_buf *out);

/* The values of members that are lists and objects, for whoever writes one of
 * them alone: w waits for a value. */
void dtl_write_site(dtl_json_writer *w, const dtl_article *a);
void dtl_write_image(dtl_json_writer *w, const dtl_image *m);
void dtl_write_block(dtl_json_writer *w, const dtl_block *b);
void dtl_write_embed(dtl_json_writer *w, const dtl_embed *e);
void dtl_write_note(dtl_json_writer *w, const dtl_note *n);
/* Whether there is anything to say of access. */
bool dtl_has_access(const dtl_article *a);
void dtl_write_access(dtl_json_writer *w, const dtl_article *a);
void dtl_write_source(dtl_json_writer *w, const dtl_article *a);

#endif
