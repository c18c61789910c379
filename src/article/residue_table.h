/* The table behind residue.c. */
#ifndef DTL_ARTICLE_RESIDUE_TABLE_H
#define DTL_ARTICLE_RESIDUE_TABLE_H

#include "article/residue.h"

/* The hash of some words in a row, by those of the words before and the last
 * one; 0 before the first. */
static inline uint64_t dtl_residue_hash(uint64_t before, uint64_t word)
{
    return (before ^ word) * UINT64_C(0x9e3779b97f4a7c15);
}

typedef struct {
    uint64_t key;   /* of the line's first two words; of one, where it has no
                       more */
    uint64_t hash;  /* of all its words */
    uint8_t count;  /* of words */
    uint8_t kind;   /* dtl_residue_kind */
    uint8_t reach;  /* dtl_residue_reach */
    uint16_t words; /* most words the block may have; WHOLE: 0 */
} dtl_residue_rule;

extern const dtl_residue_rule dtl_residue_rules[]; /* sorted by key; of one
                                                      key, shorter ones first */
extern const size_t dtl_residue_rule_count;

/* Numbers of rules, from 1, by the top bits of their key, each the first of
 * its key; 0 is free. */
#define DTL_RESIDUE_SLOT_BITS 12
extern const uint16_t dtl_residue_slots[1 << DTL_RESIDUE_SLOT_BITS];
/* Bits that are set for keys, by their top bits: most words set off no rule. */
#define DTL_RESIDUE_FILTER_BITS 15
extern const uint64_t dtl_residue_filter[1 << (DTL_RESIDUE_FILTER_BITS - 6)];

/* The same of the first words of lines that may stand anywhere in a block. */
#define DTL_RESIDUE_ANY_BITS 13
extern const uint64_t dtl_residue_any_filter[1 << (DTL_RESIDUE_ANY_BITS - 6)];

/* Words of topics, by the hash of dtl_word. */
typedef struct {
    uint64_t hash;
    uint8_t cue;
} dtl_cue_word;

extern const dtl_cue_word dtl_cue_table[];
/* Numbers of cues, from 1, by the top bits of their hash; 0 is free. */
#define DTL_CUE_SLOT_BITS 10
extern const uint16_t dtl_cue_slots[1 << DTL_CUE_SLOT_BITS];

#endif
