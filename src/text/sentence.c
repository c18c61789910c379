/* Plain text cut into sentences.
 *
 * A sentence ends at a full stop, question or exclamation mark that white
 * space and no small letter follow, or with its paragraph. A full stop ends
 * nothing behind an abbreviation, an initial, or, in languages that write
 * "3. Oktober", a day's number. Linear in the text. */
#include "text/sentence.h"
#include "base/scan.h"
#include "base/str.h"

enum {
    ABBREVIATION_MAX = 12
};

static bool ends_paragraph(dtl_str text, size_t at)
{
    size_t i = at + 1;

    if (text.ptr[at] != '\n')
        return false;
    while (i < text.len &&
           (text.ptr[i] == ' ' || text.ptr[i] == '\t' || text.ptr[i] == '\r'))
        i++;
    return i >= text.len || text.ptr[i] == '\n';
}

/* Bytes of a closing quote mark or bracket at text[at]; 0 when there is
 * none. */
static size_t closing(dtl_str text, size_t at)
{
    static const char *const marks[] = {"\"", "'", ")", "]", "”",
                                        "’",  "»", "›", "“"};

    if (dtl_is_space(text.ptr[at]) || dtl_is_alpha(text.ptr[at]))
        return 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t len = strlen(marks[i]);

        if (at + len <= text.len && memcmp(text.ptr + at, marks[i], len) == 0)
            return len;
    }
    return 0;
}

static bool is_abbreviation(dtl_str text, size_t stop, dtl_str language)
{
    dtl_abbreviation_list list;
    size_t low = 0, high;
    char word[ABBREVIATION_MAX + 1];
    size_t from = stop, n = 0;

    while (from > 0 && stop - from <= ABBREVIATION_MAX &&
           (dtl_is_alpha(text.ptr[from - 1]) || text.ptr[from - 1] == '.' ||
            (unsigned char)text.ptr[from - 1] >= 0x80))
        from--;
    if (stop - from > ABBREVIATION_MAX || stop == from)
        return false;
    /* An initial: "J. Smith". */
    if (stop - from == 1 && text.ptr[from] >= 'A' && text.ptr[from] <= 'Z')
        return true;
    for (size_t i = from; i < stop; i++)
        word[n++] = dtl_lower(text.ptr[i]);
    word[n] = '\0';
    list = dtl_abbreviations(language);
    for (high = list.count; low < high;) {
        size_t middle = (low + high) / 2;
        int order = strcmp(list.words[middle], word);

        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* "Am 3. Oktober", "le 14. Juli": a number of a day, month or list. */
static bool is_ordinal(dtl_str text, size_t stop, dtl_str language)
{
    size_t digits = 0;

    if (!dtl_str_starts_nocase(language, DTL_STR("de")))
        return false;
    while (digits < stop && digits < 3 &&
           dtl_is_digit(text.ptr[stop - digits - 1]))
        digits++;
    return digits == 1 || digits == 2;
}

static bool is_small(dtl_str text, size_t at)
{
    char c = text.ptr[at];

    if (c >= 'a' && c <= 'z')
        return true;
    /* Latin-1: U+00DF to U+00FF. */
    return (unsigned char)c == 0xC3 && at + 1 < text.len &&
           (unsigned char)text.ptr[at + 1] >= 0x9F;
}

/* Where the sentence that ends with the mark at ends; 0 when it goes on. */
static size_t end_at(dtl_str text, size_t at, dtl_str language)
{
    bool stop = text.ptr[at] == '.', several = false;
    size_t end = at + 1, next, len;

    while (end < text.len && strchr(".!?", text.ptr[end]) && text.ptr[end]) {
        several = true;
        end++;
    }
    while (end < text.len && (len = closing(text, end)))
        end += len;
    if (end >= text.len)
        return end;
    if (!dtl_is_space(text.ptr[end]))
        return 0;
    if (stop && !several && end == at + 1 &&
        (is_abbreviation(text, at, language) || is_ordinal(text, at, language)))
        return ends_paragraph(text, end) ? end : 0;
    for (next = end; next < text.len && dtl_is_space(text.ptr[next]); next++) {
        if (ends_paragraph(text, next))
            return end;
    }
    return next < text.len && is_small(text, next) ? 0 : end;
}

size_t dtl_sentence_end(dtl_str text, size_t from, dtl_str language)
{
    static const dtl_byte_set ends = {{'.', '!', '?', '\n'}};
    const char *stop = text.ptr + text.len;

    for (const char *p = text.ptr + from;
         (p = dtl_scan_set(p, stop, ends)) < stop; p++) {
        size_t i = (size_t)(p - text.ptr), end;

        if (*p == '\n' && ends_paragraph(text, i))
            return i;
        end = *p == '\n' ? 0 : end_at(text, i, language);
        if (end)
            return end;
    }
    return text.len;
}

bool dtl_sentence_next(dtl_str text, size_t *at, dtl_str language,
                       dtl_str *sentence)
{
    size_t from = *at, end;

    while (from < text.len && dtl_is_space(text.ptr[from]))
        from++;
    if (from >= text.len)
        return false;
    end = dtl_sentence_end(text, from, language);
    *sentence = dtl_str_trim(dtl_str_sub(text, from, end));
    *at = end > from ? end : from + 1;
    return true;
}
