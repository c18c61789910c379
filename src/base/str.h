/* Slices and ASCII: the small questions asked everywhere. */
#ifndef DTL_BASE_STR_H
#define DTL_BASE_STR_H

#include <dateline.h>
#include <string.h>

/* A slice of a string literal. */
#define DTL_STR(literal) ((dtl_str){"" literal, sizeof(literal) - 1})

static inline dtl_str dtl_str_of(const char *text)
{
    return (dtl_str){text, text ? strlen(text) : 0};
}

static inline bool dtl_str_eq(dtl_str a, dtl_str b)
{
    return a.len == b.len && (!a.len || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* [from, to) of s; both are cut to s.len. */
static inline dtl_str dtl_str_sub(dtl_str s, size_t from, size_t to)
{
    if (to > s.len)
        to = s.len;
    if (from > to)
        from = to;
    /* Adding even 0 to NULL is undefined. */
    return (dtl_str){s.ptr ? s.ptr + from : NULL, to - from};
}

static inline char dtl_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static inline bool dtl_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool dtl_is_alpha(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* ASCII whitespace of the Infra standard: tab, LF, FF, CR, space. */
static inline bool dtl_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r' && c != '\v');
}

/* By bytes, as memcmp: negative, 0 or positive; a prefix comes first. */
int dtl_str_compare(dtl_str a, dtl_str b);
/* The value of a hexadecimal digit of either case; -1 for what is none. */
static inline int dtl_hex_digit(char c)
{
    if (dtl_is_digit(c))
        return c - '0';
    c = dtl_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* ASCII case is ignored in a and b alike. */
bool dtl_str_eq_nocase(dtl_str a, dtl_str b);
bool dtl_str_starts(dtl_str s, dtl_str prefix);
bool dtl_str_starts_nocase(dtl_str s, dtl_str prefix);
bool dtl_str_ends(dtl_str s, dtl_str suffix);
/* One ASCII digit or more, and nothing else. */
bool dtl_str_is_digits(dtl_str s);
/* Offset of the first needle in s, or SIZE_MAX. An empty needle is at 0. */
size_t dtl_str_find(dtl_str s, dtl_str needle);
size_t dtl_str_find_nocase(dtl_str s, dtl_str needle);
/* Whether s is one of the NUL-terminated words, ASCII case ignored. */
bool dtl_str_is_any_nocase(dtl_str s, const char *const *words, size_t count);
size_t dtl_str_find_char(dtl_str s, char c);
/* Without leading and trailing ASCII whitespace. */
dtl_str dtl_str_trim(dtl_str s);
/* Takes the part before the first sep off *rest; false when *rest is spent
 * (its ptr is NULL). "a,,b" gives "a", "", "b"; the empty slice gives one "".
 */
bool dtl_str_split(dtl_str *rest, char sep, dtl_str *part);
/* Takes the next run of non-whitespace off *rest; false when none is left. */
bool dtl_str_word(dtl_str *rest, dtl_str *word);

/* Fills err, when there is one, and returns code. */
dtl_status dtl_fail(dtl_error *err, dtl_status code, size_t offset,
                    const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
