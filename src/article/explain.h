/* Why each block stayed or went, for people. */
#ifndef DTL_ARTICLE_EXPLAIN_H
#define DTL_ARTICLE_EXPLAIN_H

#include "article/choose.h"

/* A line a text block, in page order: "+" or "-", the score, the reason, the
 * kind of residue, what class words say, and how the text begins. *out is in
 * r's arena. DTL_NOMEM is the only error. */
dtl_status dtl_explain(const dtl_region *r, const dtl_verdict *v, dtl_str *out);

#endif
