/* Slice questions that are too long to inline, and errors. */
#include "base/str.h"

#include "base/scan.h"

#include <stdarg.h>
#include <stdio.h>

int dtl_str_compare(dtl_str a, dtl_str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int d = len ? memcmp(a.ptr, b.ptr, len) : 0;

    return d ? d : (a.len > b.len) - (a.len < b.len);
}

bool dtl_str_eq_nocase(dtl_str a, dtl_str b)
{
    size_t i;

    if (a.len != b.len)
        return false;
    for (i = 0; i < a.len; i++)
        if (dtl_lower(a.ptr[i]) != dtl_lower(b.ptr[i]))
            return false;
    return true;
}

bool dtl_str_starts(dtl_str s, dtl_str prefix)
{
    return s.len >= prefix.len &&
           dtl_str_eq((dtl_str){s.ptr, prefix.len}, prefix);
}

bool dtl_str_starts_nocase(dtl_str s, dtl_str prefix)
{
    return s.len >= prefix.len &&
           dtl_str_eq_nocase((dtl_str){s.ptr, prefix.len}, prefix);
}

bool dtl_str_ends(dtl_str s, dtl_str suffix)
{
    return s.len >= suffix.len &&
           dtl_str_eq(dtl_str_sub(s, s.len - suffix.len, s.len), suffix);
}

bool dtl_str_is_digits(dtl_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!dtl_is_digit(s.ptr[i]))
            return false;
    return s.len > 0;
}

enum {
    LONG_NEEDLE = 64 /* bytes; looking for more of them takes care not to be
                        quadratic */
};

size_t dtl_str_find(dtl_str s, dtl_str needle)
{
    const char *at;

    if (!needle.len)
        return 0;
    if (needle.len > s.len)
        return SIZE_MAX;
    if (needle.len > LONG_NEEDLE)
        at = memmem(s.ptr, s.len, needle.ptr, needle.len);
    else
        at = dtl_scan_find(s.ptr, s.ptr + s.len, needle.ptr, needle.len, false);
    return at ? (size_t)(at - s.ptr) : SIZE_MAX;
}

size_t dtl_str_find_nocase(dtl_str s, dtl_str needle)
{
    const char *at;

    if (!needle.len)
        return 0;
    if (needle.len > s.len)
        return SIZE_MAX;
    at = dtl_scan_find(s.ptr, s.ptr + s.len, needle.ptr, needle.len, true);
    return at ? (size_t)(at - s.ptr) : SIZE_MAX;
}

bool dtl_str_is_any_nocase(dtl_str s, const char *const *words, size_t count)
{
    char first = s.len ? dtl_lower(s.ptr[0]) : '\0';
    size_t i;

    for (i = 0; i < count; i++)
        if (dtl_lower(words[i][0]) == first &&
            dtl_str_eq_nocase(s, dtl_str_of(words[i])))
            return true;
    return false;
}

size_t dtl_str_find_char(dtl_str s, char c)
{
    const char *at = s.len ? memchr(s.ptr, c, s.len) : NULL;

    return at ? (size_t)(at - s.ptr) : SIZE_MAX;
}

dtl_str dtl_str_trim(dtl_str s)
{
    const dtl_byte_set spaces = {{' ', '\n', '\t', '\r'}};
    const char *p, *end;

    if (!s.len)
        return s;
    p = s.ptr;
    end = p + s.len;
    /* Indentation is long, and often all there is. */
    while (end - p >= DTL_LANES &&
           dtl_lanes_in(dtl_lanes_load(p), spaces) == DTL_MASK_ALL)
        p += DTL_LANES;
    while (p < end && dtl_is_space(*p))
        p++;
    while (end > p && dtl_is_space(end[-1]))
        end--;
    return (dtl_str){p, (size_t)(end - p)};
}

bool dtl_str_split(dtl_str *rest, char sep, dtl_str *part)
{
    size_t at;

    if (!rest->ptr)
        return false;
    at = dtl_str_find_char(*rest, sep);
    *part = dtl_str_sub(*rest, 0, at);
    *rest = at == SIZE_MAX ? (dtl_str){NULL, 0}
                           : dtl_str_sub(*rest, at + 1, rest->len);
    return true;
}

bool dtl_str_word(dtl_str *rest, dtl_str *word)
{
    size_t from = 0, to;

    while (from < rest->len && dtl_is_space(rest->ptr[from]))
        from++;
    to = from;
    while (to < rest->len && !dtl_is_space(rest->ptr[to]))
        to++;
    *word = dtl_str_sub(*rest, from, to);
    *rest = dtl_str_sub(*rest, to, rest->len);
    return word->len != 0;
}

dtl_status dtl_fail(dtl_error *err, dtl_status code, size_t offset,
                    const char *format, ...)
{
    va_list args;

    if (!err)
        return code;
    err->code = code;
    err->offset = offset;
    va_start(args, format);
    vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    return code;
}
