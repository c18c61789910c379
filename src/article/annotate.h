/* Annotations as JSON, for the record and for plain text. */
#ifndef DTL_ARTICLE_ANNOTATE_H
#define DTL_ARTICLE_ANNOTATE_H

#include "json/write.h"

/* Writes a time as the record has it; w waits for a value. */
void dtl_write_time(dtl_json_writer *w, const dtl_time *t);
/* Likewise a quotation of text. */
void dtl_write_quote(dtl_json_writer *w, const dtl_quote *q, dtl_str text);

#endif
