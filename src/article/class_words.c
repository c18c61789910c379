/* Splits class names into words and looks them up.
 *
 * "article__bodyText" is the words article, body, text; each is looked up
 * alone and joined with the one before it. Words stuck to digits, and words
 * of two or three letters that no delimiter sets off, are noise of generated
 * class names ("css-1ad2f", "sc-gAdYz") and are passed over. */
#include "article/class_words.h"
#include "article/class_words_table.h"
#include "base/str.h"

enum {
    WORD_MAX = 24, /* the longest entry is shorter */
};

/* Words differ in their first letters mostly, which a loop sees sooner than
 * strncmp is called. */
static int compare(const char *entry, const char *word, size_t len)
{
    size_t i;

    for (i = 0; i < len; i++)
        if (entry[i] != word[i])
            return (unsigned char)entry[i] - (unsigned char)word[i];
    return entry[len] != '\0';
}

static uint32_t look_up(const char *word, size_t len)
{
    size_t low = 0, high = dtl_class_word_count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int c = compare(dtl_class_words[mid].word, word, len);

        if (c == 0)
            return dtl_class_words[mid].groups;
        if (c < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return 0;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* End of the word that begins at `at`: a run of letters, cut before a
 * capital that follows a small letter. */
static size_t word_end(dtl_str s, size_t at)
{
    size_t i = at + 1;

    while (i < s.len && dtl_is_alpha(s.ptr[i]) &&
           !(is_upper(s.ptr[i]) && !is_upper(s.ptr[i - 1])))
        i++;
    return i;
}

static bool is_noise(dtl_str s, size_t start, size_t end)
{
    char before = start ? s.ptr[start - 1] : ' ';
    char after = end < s.len ? s.ptr[end] : ' ';

    if (dtl_is_digit(before) || (dtl_is_digit(after) && end - start < 4))
        return true;
    return end - start < 4 &&
           (dtl_is_alpha(before) || (dtl_is_alpha(after) && !is_upper(after)));
}

/* Whether [start, end) is a class name by itself. */
static bool is_whole(dtl_str s, size_t start, size_t end)
{
    return (!start || dtl_is_space(s.ptr[start - 1])) &&
           (end == s.len || dtl_is_space(s.ptr[end]));
}

uint32_t dtl_class_bits(dtl_str value)
{
    char pair[2 * WORD_MAX];
    size_t last = 0, i = 0; /* last: length of the word before, in pair */
    uint32_t bits = 0;

    while (i < value.len) {
        size_t end, len;
        uint32_t found;

        if (!dtl_is_alpha(value.ptr[i])) {
            if (dtl_is_space(value.ptr[i]))
                last = 0;
            i++;
            continue;
        }
        end = word_end(value, i);
        len = end - i;
        if (len >= WORD_MAX || is_noise(value, i, end)) {
            last = 0;
            i = end;
            continue;
        }
        for (size_t k = 0; k < len; k++)
            pair[last + k] = dtl_lower(value.ptr[i + k]);
        found = look_up(pair + last, len);
        /* "overflow-hidden" hides nothing. */
        if (found & DTL_CW_HIDDEN && !is_whole(value, i, end))
            found &= ~(uint32_t)DTL_CW_HIDDEN;
        bits |= found;
        if (last)
            bits |= look_up(pair, last + len);
        memmove(pair, pair + last, len);
        last = len;
        i = end;
    }
    return bits;
}

bool dtl_style_hides(dtl_str style)
{
    size_t at = dtl_str_find_nocase(style, DTL_STR("display"));

    if (at != SIZE_MAX) {
        dtl_str rest = dtl_str_sub(style, at + 7, at + 16);

        if (dtl_str_find_nocase(rest, DTL_STR("none")) != SIZE_MAX)
            return true;
    }
    return dtl_str_find_nocase(style, DTL_STR("visibility:hidden")) != SIZE_MAX;
}

const char *dtl_class_group_name(unsigned bit)
{
    return bit < 32 ? dtl_class_groups[bit] : "";
}
