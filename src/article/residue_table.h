/* The table behind residue.c. */
#ifndef DTL_ARTICLE_RESIDUE_TABLE_H
#define DTL_ARTICLE_RESIDUE_TABLE_H

#include "article/residue.h"

typedef struct {
    const char *line; /* folded, as residue.c prepares blocks */
    uint8_t kind;     /* dtl_residue_kind */
    uint8_t reach;    /* dtl_residue_reach */
    uint16_t words;   /* most words the block may have; WHOLE: 0 */
} dtl_residue_rule;

extern const dtl_residue_rule dtl_residue_rules[]; /* sorted by line */
extern const size_t dtl_residue_rule_count;

/* Words of topics, by the hash that dtl_next_word gives. */
typedef struct {
    uint64_t hash;
    uint8_t cue;
} dtl_cue_word;

extern const dtl_cue_word dtl_cue_table[]; /* sorted by hash */
extern const size_t dtl_cue_count;

#endif
