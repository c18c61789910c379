/* How much a block says of what the page says of itself, and of what other
 * blocks say. */
#ifndef DTL_ARTICLE_FEATURES_SAID_H
#define DTL_ARTICLE_FEATURES_SAID_H

#include "article/features.h"
#include "article/sums.h"

typedef struct dtl_said {
    dtl_hash_set title, authors, descriptions, body;
    size_t desc_triples; /* of the longest description */
    size_t most;         /* of any other saying */
    bool has_body;
} dtl_said;

/* Reads the page's own words into r->said, and counts texts that come more
 * than once; r->places tell the blocks that are asked about. DTL_NOMEM is the
 * only error, also below. */
dtl_status dtl_said_fill(dtl_region *r);

/* Fills what words tell of block i, and its residue. */
dtl_status dtl_said_set(dtl_region *r, uint32_t i, float *f);

#endif
