/* Looking words up in the sorted table of date_words_table.c. */
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

static int compare(dtl_str a, const dtl_date_word *b)
{
    size_t n = a.len < b->len ? a.len : b->len;
    int order = memcmp(a.ptr, b->word, n);

    return order ? order : a.len < b->len ? -1 : a.len > b->len;
}

const dtl_date_word *dtl_date_senses(dtl_str folded, size_t *count)
{
    size_t low = 0, high = dtl_date_word_count, end;

    *count = 0;
    if (!folded.len)
        return NULL;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare(folded, &dtl_date_words[middle]) > 0)
            low = middle + 1;
        else
            high = middle;
    }
    end = low;
    while (end < dtl_date_word_count &&
           compare(folded, &dtl_date_words[end]) == 0)
        end++;
    *count = end - low;
    return *count ? &dtl_date_words[low] : NULL;
}

int dtl_date_language(dtl_str tag)
{
    /* Tags that mean a language of the table. */
    static const char same[][2][4] = {
        {"nb", "no"}, {"nn", "no"}, {"cnr", "sr"},
        {"sh", "sr"}, {"iw", "he"}, {"in", "id"},
    };
    size_t i = 0;

    while (i < tag.len && dtl_is_alpha(tag.ptr[i]))
        i++;
    tag.len = i;
    for (i = 0; i < sizeof same / sizeof *same; i++)
        if (dtl_str_eq_nocase(tag, dtl_str_of(same[i][0])))
            tag = dtl_str_of(same[i][1]);
    for (i = 0; i < dtl_date_language_count; i++)
        if (dtl_str_eq_nocase(tag, dtl_str_of(dtl_date_languages[i])))
            return (int)i;
    return -1;
}
