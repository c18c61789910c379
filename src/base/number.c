/* Numbers from text and back.
 *
 * strtod and printf follow the locale's decimal point, which a library has no
 * say in. Going in, the digits are gathered without their point and it moves
 * into the exponent; where both are small the value is exact in one operation
 * (Clinger's fast path), else strtod sees digits and an exponent only. Going
 * out, whatever stands for the point is made one. */
#include "base/number.h"
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    /* More digits than any double or half-way point between two has (767);
     * those behind are told by one more. */
    MAX_DIGITS = 800,
    /* Past any exponent that matters, with MAX_DIGITS to spare. */
    MAX_EXPONENT = 100 * 1000,
    /* 10^22 is the last power of ten that is a double. */
    EXACT_POWER = 22,
    EXACT_DIGITS = 15
};

typedef struct {
    char digits[MAX_DIGITS + 16]; /* significant; then the exponent */
    size_t count;
    long exponent;
    bool negative, any;
} decimal;

static void add_digit(decimal *d, char c, bool fraction)
{
    d->any = true;
    if (d->count < MAX_DIGITS) {
        if (d->count || c != '0')
            d->digits[d->count++] = c;
        if (fraction && d->exponent > -MAX_EXPONENT)
            d->exponent--;
        return;
    }
    if (c != '0')
        d->digits[MAX_DIGITS - 1] = '1';
    if (!fraction && d->exponent < MAX_EXPONENT)
        d->exponent++;
}

/* Reads "e-12" at *at; true too when there is none. */
static bool read_exponent(decimal *d, dtl_str s, size_t *at)
{
    bool negative, any = false;
    long exponent = 0;

    if (*at == s.len)
        return true;
    if (dtl_lower(s.ptr[(*at)++]) != 'e')
        return false;
    negative = *at < s.len && s.ptr[*at] == '-';
    if (*at < s.len && (s.ptr[*at] == '-' || s.ptr[*at] == '+'))
        ++*at;
    for (; *at < s.len && dtl_is_digit(s.ptr[*at]); ++*at) {
        any = true;
        if (exponent < MAX_EXPONENT)
            exponent = exponent * 10 + (s.ptr[*at] - '0');
    }
    d->exponent += negative ? -exponent : exponent;
    return any;
}

static bool read_decimal(decimal *d, dtl_str s)
{
    size_t at = 0;
    bool fraction = false;

    d->count = 0;
    d->exponent = 0;
    d->any = false;
    d->negative = s.len && s.ptr[0] == '-';
    if (s.len && (s.ptr[0] == '-' || s.ptr[0] == '+'))
        at++;
    for (; at < s.len; at++) {
        if (dtl_is_digit(s.ptr[at]))
            add_digit(d, s.ptr[at], fraction);
        else if (s.ptr[at] == '.' && !fraction)
            fraction = true;
        else
            break;
    }
    return d->any && read_exponent(d, s, &at) && at == s.len;
}

static bool exact_value(const decimal *d, double *out)
{
    static const double powers[EXACT_POWER + 1] = {
        1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    };
    int64_t whole = 0;
    size_t i;

    if (d->count > EXACT_DIGITS || d->exponent < -EXACT_POWER ||
        d->exponent > EXACT_POWER)
        return false;
    for (i = 0; i < d->count; i++)
        whole = whole * 10 + (d->digits[i] - '0');
    *out = d->exponent < 0 ? (double)whole / powers[-d->exponent]
                           : (double)whole * powers[d->exponent];
    return true;
}

bool dtl_double_parse(dtl_str s, double *out)
{
    decimal d;
    double value;

    if (!read_decimal(&d, s))
        return false;
    if (!exact_value(&d, &value)) {
        snprintf(d.digits + d.count, sizeof d.digits - d.count, "e%ld",
                 d.exponent);
        value = strtod(d.digits, NULL);
    }
    *out = d.negative ? -value : value;
    return true;
}

bool dtl_int64_parse(dtl_str s, int64_t *out)
{
    bool negative = s.len && s.ptr[0] == '-';
    size_t at = negative || (s.len && s.ptr[0] == '+');
    int64_t value = 0;
    int digit;

    if (at == s.len)
        return false;
    for (; at < s.len; at++) {
        if (!dtl_is_digit(s.ptr[at]))
            return false;
        digit = negative ? '0' - s.ptr[at] : s.ptr[at] - '0';
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, digit, &value))
            return false;
    }
    *out = value;
    return true;
}

/* Makes whatever printf put for the decimal point a point. */
static size_t normalize_point(char *text, size_t len)
{
    size_t from = 0, to;

    while (from < len && (dtl_is_digit(text[from]) || text[from] == '-'))
        from++;
    if (from == len || text[from] == 'e')
        return len;
    to = from + 1;
    while (to < len && !dtl_is_digit(text[to]))
        to++;
    text[from] = '.';
    memmove(text + from + 1, text + to, len - to);
    return len - (to - from - 1);
}

/* A decimal of at most 15 digits that reads back as the value is what it
 * prints as at 15 digits; so the first precision that reads back is the
 * shortest there is. */
size_t dtl_double_format(double value, char out[DTL_DOUBLE_CHARS])
{
    double again;
    size_t len = 0;
    int digits;

    for (digits = EXACT_DIGITS; digits <= 17; digits++) {
        len = (size_t)snprintf(out, DTL_DOUBLE_CHARS, "%.*g", digits, value);
        len = normalize_point(out, len);
        if (dtl_double_parse((dtl_str){out, len}, &again) && again == value)
            break;
    }
    return len;
}
