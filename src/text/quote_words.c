/* Finds the table of a language. */
#include "text/quote_words.h"

#include "base/str.h"

const dtl_quote_language *dtl_quote_language_of(dtl_str tag)
{
    size_t len = 0, i;

    if (!tag.len)
        return &dtl_quote_languages[0];
    while (len < tag.len && dtl_is_alpha(tag.ptr[len]))
        len++;
    for (i = 0; i < dtl_quote_language_count; i++) {
        if (dtl_str_eq_nocase((dtl_str){tag.ptr, len},
                              dtl_str_of(dtl_quote_languages[i].tag)))
            return &dtl_quote_languages[i];
    }
    return NULL;
}

/* Makes the letters of a key small, where it is all ASCII; false else. */
static bool make_small(dtl_quote_key *key)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = 0x80 * ones;
    uint64_t *x = key->eights;
    size_t i;

    if ((x[0] | x[1] | x[2]) & tops)
        return false;
    for (i = 0; i < 3; i++) /* the tops of what is from A up, and past Z */
        x[i] |= ((x[i] + (0x80 - 'A') * ones) & ~(x[i] + (0x7F - 'Z') * ones) &
                 tops) >>
                2;
    return true;
}

bool dtl_quote_key_of(dtl_str word, dtl_quote_key *key)
{
    size_t i;

    *key = (dtl_quote_key){{0}};
    if (word.len > sizeof key->bytes)
        return false;
    memcpy(key->bytes, word.ptr, word.len);
    if (make_small(key))
        return true;
    for (i = 0; i < word.len; i++) {
        key->bytes[i] = dtl_lower(word.ptr[i]);
        if (i > 0 && word.ptr[i - 1] == '\xC3' &&
            (unsigned char)word.ptr[i] <= 0x9E) /* capitals of Latin-1 */
            key->bytes[i] = (char)(word.ptr[i] | 0x20);
    }
    return true;
}

uint64_t dtl_given_name_classes(dtl_str word)
{
    dtl_quote_key key;
    uint64_t classes = dtl_quote_key_of(word, &key)
                           ? dtl_quote_word_classes(&dtl_given_names, &key)
                           : 0;
    size_t hyphen = classes ? SIZE_MAX : dtl_str_find_char(word, '-');

    if (hyphen == SIZE_MAX ||
        !dtl_quote_key_of(dtl_str_sub(word, 0, hyphen), &key))
        return classes;
    return dtl_quote_word_classes(&dtl_given_names, &key);
}
