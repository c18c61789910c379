/* How much a block says of what the page says of itself, and of what other
 * blocks say. */
#ifndef DTL_ARTICLE_FEATURES_SAID_H
#define DTL_ARTICLE_FEATURES_SAID_H

#include "article/features.h"
#include "article/sums.h"

typedef struct {
    dtl_hash_set title, authors, descriptions, body;
    size_t desc_triples; /* of the longest description */
    bool has_body;
    /* How often texts of one dtl_words_sum stand on the page, in all and of
     * blocks that are asked about; and texts of one key, where both are. */
    dtl_sum_table sums, keys;
} dtl_said;

/* Reads the page's own words; r->places tell the blocks that are asked about.
 * DTL_NOMEM is the only error, also below. */
dtl_status dtl_said_fill(dtl_region *r, dtl_said *s);

/* Fills what words tell of block i, and its residue. */
dtl_status dtl_said_set(dtl_region *r, const dtl_said *s, uint32_t i,
                        dtl_block_features *row);

#endif
