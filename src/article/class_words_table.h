/* The table behind class_words.c. */
#ifndef DTL_ARTICLE_CLASS_WORDS_TABLE_H
#define DTL_ARTICLE_CLASS_WORDS_TABLE_H

#include "article/class_words.h"

typedef struct {
    char word[24]; /* lower-case ASCII letters */
    uint8_t len;
    uint32_t groups;
} dtl_class_word;

enum {
    DTL_CLASS_SLOTS = 4096
};

extern const dtl_class_word dtl_class_words[]; /* sorted by word */
/* Numbers of words, from 1, by hash; 0 is free. */
extern const uint16_t dtl_class_slots[DTL_CLASS_SLOTS];
extern const char *const dtl_class_groups[32]; /* names, by bit */

#endif
