/* Why each block stayed or went, and what won over what in the contests for
 * title, dates and authors, for people. */
#ifndef DTL_ARTICLE_EXPLAIN_H
#define DTL_ARTICLE_EXPLAIN_H

#include "article/choose.h"

/* Appends a line a text block, in page order: "+" or "-", the score, the
 * reason, the kind of residue, what class words say, and how the text begins.
 * out remembers failures. */
void dtl_explain_blocks(const dtl_region *r, const dtl_verdict *v,
                        dtl_buf *out);

/* A candidate of a contest. */
typedef struct {
    const char *field; /* "title" */
    bool won;
    double score;
    dtl_str sources;    /* who says it: "json-ld headline, h1" */
    const char *reason; /* what raised or lowered it; NULL: nothing did */
    dtl_str value;
} dtl_account_line;

/* Appends it as a line of the same form. */
void dtl_explain_candidate(dtl_buf *out, const dtl_account_line *line);

#endif
