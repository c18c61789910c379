/* The table behind class_words.c. */
#ifndef DTL_ARTICLE_CLASS_WORDS_TABLE_H
#define DTL_ARTICLE_CLASS_WORDS_TABLE_H

#include "article/class_words.h"

enum {
    DTL_CLASS_WORD_MAX = 24, /* the longest entry is shorter */
    DTL_CLASS_BUCKETS = 512,
    DTL_CLASS_SLOTS = 1024
};

/* Beside the groups of class_words.h: class names that containers of embeds
 * have hold such a word. */
#define DTL_CLASS_CONTAINER (UINT64_C(1) << 32)

/* What a key is multiplied by for its hash. */
#define DTL_CLASS_FACTOR UINT64_C(0x9e3779b97f4a7c15)

/* A word is known by its letters, made small and folded to eight bytes, each
 * the exclusive or of every eighth letter, the first lowest; in the top bits
 * of the bytes is its length. So one of eight letters or less is known
 * exactly, and no two that anybody writes are taken for each other. */
typedef struct {
    uint64_t key, groups;
} dtl_class_word;

/* What the length adds to the key, of two words together, too. */
extern const uint64_t dtl_class_lengths[2 * DTL_CLASS_WORD_MAX];

/* No two words share a slot. A word is in that which its hash's next bits
 * give, changed by what its bucket, the hash's highest bits, says. */
extern const uint16_t dtl_class_buckets[DTL_CLASS_BUCKETS];
extern const dtl_class_word dtl_class_words[DTL_CLASS_SLOTS];
extern const char *const dtl_class_groups[32]; /* names, by bit */

/* class_lanes.c: the groups of a value's words; memory behind it can be read
 * up to limit. */
uint64_t dtl_class_groups_of_plain(dtl_str value, const char *limit);
uint64_t dtl_class_groups_of_sse41(dtl_str value, const char *limit);
uint64_t dtl_class_groups_of_avx2(dtl_str value, const char *limit);
uint64_t dtl_class_groups_of_avx512bw(dtl_str value, const char *limit);

#endif
