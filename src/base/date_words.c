/* Looking words up in the table of date_words_table.c. */
#include "base/date_words.h"
#include "base/str.h"
#include "base/utf8.h"

#include <utf8proc.h>

/* Code points that a word may decompose into. */
enum {
    FOLD_MAX = 128
};

size_t dtl_date_fold(dtl_str word, char out[DTL_DATE_WORD_MAX])
{
    int32_t cp[FOLD_MAX];
    utf8proc_ssize_t count, i;
    size_t len = 0, k;

    if (word.len > DTL_DATE_WORD_MAX)
        return 0;
    for (k = 0; k < word.len && (unsigned char)word.ptr[k] < 128; k++)
        if (word.ptr[k] != '.')
            out[len++] = dtl_lower(word.ptr[k]);
    if (k == word.len)
        return len;
    count = utf8proc_decompose((const utf8proc_uint8_t *)word.ptr,
                               (utf8proc_ssize_t)word.len, cp, FOLD_MAX,
                               UTF8PROC_STABLE | UTF8PROC_COMPAT |
                                   UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                   UTF8PROC_STRIPMARK);
    if (count <= 0 || count > FOLD_MAX)
        return 0;
    for (len = 0, i = 0; i < count; i++) {
        char bytes[4];
        size_t n = dtl_utf8_encode((uint32_t)cp[i], bytes);

        if (cp[i] == '.')
            continue;
        if (len + n > DTL_DATE_WORD_MAX)
            return 0;
        memcpy(out + len, bytes, n);
        len += n;
    }
    return len;
}

static bool is_word(const dtl_date_word *w, dtl_str folded)
{
    return w->len == folded.len && memcmp(w->word, folded.ptr, folded.len) == 0;
}

const dtl_date_word *dtl_date_senses(dtl_str folded, size_t *count)
{
    uint32_t hash = 0;
    size_t i, at, first;

    *count = 0;
    if (!folded.len)
        return NULL;
    for (i = 0; i < folded.len; i++)
        hash = (hash + (unsigned char)folded.ptr[i]) * DTL_DATE_HASH;
    at = hash % DTL_DATE_SLOTS;
    while (dtl_date_slots[at] &&
           !is_word(&dtl_date_words[dtl_date_slots[at] - 1], folded))
        at = (at + 1) % DTL_DATE_SLOTS;
    if (!dtl_date_slots[at])
        return NULL;
    first = dtl_date_slots[at] - 1u;
    do
        ++*count;
    while (first + *count < dtl_date_word_count &&
           is_word(&dtl_date_words[first + *count], folded));
    return &dtl_date_words[first];
}

/* A tag's letters in lower case, as a number; 0 for what is none of the
 * table's. */
static uint32_t packed(dtl_str tag)
{
    char letters[4] = {0};
    uint32_t number;
    size_t i;

    for (i = 0; i < tag.len && dtl_is_alpha(tag.ptr[i]); i++) {
        if (i == 3)
            return 0;
        letters[i] = dtl_lower(tag.ptr[i]);
    }
    memcpy(&number, letters, sizeof number);
    return number;
}

int dtl_date_language(dtl_str tag)
{
    /* Tags that mean a language of the table. */
    static const char same[][2][4] = {
        {"nb", "no"}, {"nn", "no"}, {"cnr", "sr"},
        {"sh", "sr"}, {"iw", "he"}, {"in", "id"},
    };
    uint32_t number = packed(tag);
    size_t i;

    for (i = 0; i < sizeof same / sizeof *same; i++)
        if (memcmp(same[i][0], &number, sizeof number) == 0)
            memcpy(&number, same[i][1], sizeof number);
    for (i = 0; number && i < dtl_date_language_count; i++)
        if (memcmp(dtl_date_languages[i], &number, sizeof number) == 0)
            return (int)i;
    return -1;
}
