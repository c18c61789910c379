/* The table behind class_words.c. */
#ifndef DTL_ARTICLE_CLASS_WORDS_TABLE_H
#define DTL_ARTICLE_CLASS_WORDS_TABLE_H

#include "article/class_words.h"

typedef struct {
    const char *word; /* lower-case ASCII letters */
    uint32_t groups;
} dtl_class_word;

extern const dtl_class_word dtl_class_words[]; /* sorted by word */
extern const size_t dtl_class_word_count;
extern const char *const dtl_class_groups[32]; /* names, by bit */

#endif
