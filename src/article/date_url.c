/* Dates in addresses.
 *
 * Position tells, not shape: digits that look like a date are one only where
 * they are whole path segments (/2021/09/29/) or begin a segment
 * (/2021-09-29-title, /20210929_title). So an article's number is no day. */
#include "article/dates.h"
#include "base/str.h"
#include "base/url.h"

enum {
    SEGMENTS = 24
};

/* Eight digits in a row may be an article's number after all. See
 * examples/pages/arabic-rtl.html. */
static const double DAY_SCORE = 0.8, DIGITS_SCORE = 0.6, MONTH_SCORE = 0.3;

/* A number of digits at the head of s, then its end or a delimiter. */
static bool take_number(dtl_str *s, size_t digits, int *out)
{
    size_t i;

    if (s->len < digits)
        return false;
    for (*out = 0, i = 0; i < digits; i++) {
        if (!dtl_is_digit(s->ptr[i]))
            return false;
        *out = *out * 10 + (s->ptr[i] - '0');
    }
    *s = dtl_str_sub(*s, digits, s->len);
    return true;
}

static bool ends_word(dtl_str s)
{
    return !s.len || (!dtl_is_digit(s.ptr[0]) && !dtl_is_alpha(s.ptr[0]));
}

static bool take_delimiter(dtl_str *s)
{
    if (!s->len || !strchr("-_.", s->ptr[0]))
        return false;
    *s = dtl_str_sub(*s, 1, s->len);
    return true;
}

static bool plausible(int year, int month)
{
    return year >= 1990 && year < 2100 && month >= 1 && month <= 12;
}

static bool add_day(dtl_dates *out, double score, int year, int month, int day)
{
    dtl_date_time t = {.date = {year, (int8_t)month, (int8_t)day},
                       .precision = DTL_PRECISION_DAY};

    if (!plausible(year, month) || !dtl_calendar_is_day(t.date))
        return false;
    dtl_dates_add(out, &t, DTL_STR("url"), score, 0, 0);
    return true;
}

/* "2021-09-29", "2021-09-29-title", "20210929", "23-01-2022-title". */
static bool read_segment(dtl_str s, dtl_dates *out)
{
    int year, month, day;
    dtl_str rest = s;

    if (take_number(&rest, 4, &year) && take_delimiter(&rest) &&
        take_number(&rest, 2, &month) && take_delimiter(&rest) &&
        take_number(&rest, 2, &day) && ends_word(rest))
        return add_day(out, DAY_SCORE, year, month, day);
    rest = s;
    if (take_number(&rest, 4, &year) && take_number(&rest, 2, &month) &&
        take_number(&rest, 2, &day) && ends_word(rest))
        return add_day(out, DIGITS_SCORE, year, month, day);
    rest = s;
    if (take_number(&rest, 2, &day) && take_delimiter(&rest) &&
        take_number(&rest, 2, &month) && take_delimiter(&rest) &&
        take_number(&rest, 4, &year) && ends_word(rest))
        return add_day(out, DAY_SCORE, year, month, day);
    rest = s;
    if (take_number(&rest, 2, &day) && take_number(&rest, 2, &month) &&
        take_number(&rest, 4, &year) && rest.len && take_delimiter(&rest))
        return add_day(out, DIGITS_SCORE, year, month, day);
    return false;
}

/* Numbers of one or two digits, or the English short name of a month. */
static bool read_small(dtl_str s, int *out)
{
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    size_t i;

    if (s.len == 3 && dtl_is_alpha(s.ptr[0])) {
        for (i = 0; i < 12; i++)
            if (dtl_str_eq_nocase(s, (dtl_str){months + 3 * i, 3})) {
                *out = (int)i + 1;
                return true;
            }
        return false;
    }
    return s.len && s.len <= 2 && take_number(&s, s.len, out);
}

/* /2021/09/29/, /2021/09-29/, /2021-09/29/, /2021/0929/; or the month. */
static bool read_segments(const dtl_str *s, size_t count, dtl_dates *out)
{
    int year, month, day;
    dtl_str rest = s[0];
    dtl_date_time t = {.precision = DTL_PRECISION_MONTH};

    if (!take_number(&rest, 4, &year))
        return false;
    if (take_delimiter(&rest)) {
        if (!take_number(&rest, 2, &month) || rest.len)
            return false;
        if (count > 1 && read_small(s[1], &day) &&
            add_day(out, DAY_SCORE, year, month, day))
            return true;
    } else {
        if (rest.len || count < 2)
            return false;
        rest = s[1];
        if (take_number(&rest, 2, &month) && rest.len) {
            bool apart = take_delimiter(&rest);

            if (take_number(&rest, 2, &day) &&
                (apart ? ends_word(rest) : !rest.len))
                return add_day(out, DAY_SCORE, year, month, day);
            return false;
        }
        if (!read_small(s[1], &month))
            return false;
        if (count > 2 && read_small(s[2], &day) &&
            add_day(out, DAY_SCORE, year, month, day))
            return true;
        if (count > 2) {
            rest = s[2];
            if (take_number(&rest, 2, &day) && rest.len &&
                take_delimiter(&rest) &&
                add_day(out, DAY_SCORE, year, month, day))
                return true;
        }
    }
    if (!plausible(year, month))
        return false;
    t.date = (dtl_date_ymd){year, (int8_t)month, 0};
    dtl_dates_add(out, &t, DTL_STR("url"), MONTH_SCORE, 0, 0);
    return true;
}

void dtl_dates_in_url(dtl_str url, dtl_dates *out)
{
    dtl_str segments[SEGMENTS], rest, part;
    dtl_url parts;
    size_t count = 0, i;

    if (!dtl_url_split(url, &parts))
        return;
    rest = parts.path;
    while (count < SEGMENTS && dtl_str_split(&rest, '/', &part))
        if (part.len)
            segments[count++] = part;
    for (i = 0; i < count; i++)
        if (read_segments(segments + i, count - i, out) ||
            read_segment(segments[i], out))
            return;
}
