/* Looks words up in the tables of quote_words_table.c: open addressing, the
 * slot after the last is the first, and no table is full. */
#include "text/quote_words.h"

#include "base/str.h"

const dtl_quote_language *dtl_quote_language_of(dtl_str tag)
{
    size_t len = 0, i;

    while (len < tag.len && dtl_is_alpha(tag.ptr[len]))
        len++;
    for (i = 0; i < dtl_quote_language_count; i++) {
        if (dtl_str_eq_nocase((dtl_str){tag.ptr, len},
                              dtl_str_of(dtl_quote_languages[i].tag)))
            return &dtl_quote_languages[i];
    }
    return &dtl_quote_languages[0];
}

uint64_t dtl_quote_word_classes(const dtl_quote_language *language,
                                const char *word, size_t len, uint32_t hash)
{
    uint32_t at = (hash ^ hash >> 15) & language->mask;

    if (len > DTL_QUOTE_WORD_MAX)
        return 0;
    for (;; at = (at + 1) & language->mask) {
        const dtl_quote_word *slot = &language->slots[at];

        if (!slot->len)
            return 0;
        if (slot->len == len && memcmp(slot->word, word, len) == 0)
            return slot->classes;
    }
}
