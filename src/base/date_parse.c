/* Dates out of tokens.
 *
 * A date begins at a number, a month's name or an era. From there each way
 * of writing one is tried in turn: year first, day first, month first; each
 * either matches as a whole or not at all. Then a time of day and a zone are
 * looked for behind the date, else before it. Every try looks at a bounded
 * number of tokens, so the whole is linear. */
#include "base/date_parse.h"
#include "base/date_scan.h"
#include "base/str.h"

/* Tokens that a date may span, and that a match may look ahead. */
enum {
    WINDOW = 40,
    /* Spaces before a date's first number among which it may begin: the name
     * of a month and what parts it from the day are fewer. */
    WORDS_BEFORE = 12
};

typedef struct {
    const dtl_date_scan *s;
    const dtl_date_hints *hints;
    int language; /* dtl_date_language of the hint */
    bool coarse;  /* months and years alone count */
} reader;

static const dtl_date_token *at(const reader *r, size_t i)
{
    return dtl_date_token_at(r->s, i);
}

static bool is_mark(const reader *r, size_t i, char mark)
{
    return at(r, i)->kind == DTL_TOKEN_MARK && at(r, i)->mark == mark;
}

static bool is_number(const reader *r, size_t i, int min_digits, int max_digits)
{
    const dtl_date_token *t = at(r, i);

    return t->kind == DTL_TOKEN_NUMBER && t->digits >= min_digits &&
           t->digits <= max_digits;
}

static int value(const reader *r, size_t i)
{
    return (int)at(r, i)->value;
}

static bool means(const reader *r, size_t i, dtl_date_word_kind kind)
{
    return dtl_date_sense(at(r, i), kind) != NULL;
}

/* Month that word i names, 0 when it names none. A word that means several
 * means that of the text's language, else that of the language listed
 * first. */
static int month_named(const reader *r, size_t i)
{
    const dtl_date_token *t = at(r, i);
    uint64_t first = UINT64_MAX;
    int month = 0;
    size_t k;

    for (k = 0; k < t->sense_count; k++) {
        const dtl_date_word *w = &t->senses[k];
        uint64_t lowest = w->langs & (~w->langs + 1);

        if (w->kind != DTL_WORD_NAME)
            continue;
        if (r->language >= 0 && w->langs >> r->language & 1)
            return w->value;
        if (lowest < first) {
            first = lowest;
            month = w->value;
        }
    }
    return month;
}

/* Past at most n words and marks that may stand between parts of a date. */
static size_t skip_parts(const reader *r, size_t i, int n)
{
    for (; n > 0; n--, i++) {
        const dtl_date_token *t = at(r, i);

        if (t->kind == DTL_TOKEN_MARK && t->mark != 1 &&
            strchr(".,-/'", t->mark))
            continue;
        if (!means(r, i, DTL_WORD_PART) && !means(r, i, DTL_WORD_YEAR))
            break;
    }
    return i;
}

/* Whether number i begins something: not the end of "covid19" or "3.14". */
static bool is_free(const reader *r, size_t i)
{
    const dtl_date_token *before = at(r, i - 1);

    if (i == 0 || at(r, i)->spaced)
        return true;
    if (before->kind == DTL_TOKEN_WORD)
        return !before->letters || before->senses;
    return !(before->kind == DTL_TOKEN_MARK && i >= 2 && !before->spaced &&
             at(r, i - 2)->kind == DTL_TOKEN_NUMBER &&
             (before->mark == '.' || before->mark == '-' ||
              before->mark == '/' || before->mark == ','));
}

/* Whether the number before token i ends there: not "2021a" or "3.14". */
static bool ends_at(const reader *r, size_t i)
{
    const dtl_date_token *t = at(r, i);

    if (t->spaced || t->kind == DTL_TOKEN_END)
        return true;
    if (t->kind == DTL_TOKEN_WORD)
        return !t->letters || t->senses || t->first == 't';
    return !(t->kind == DTL_TOKEN_MARK && !at(r, i + 1)->spaced &&
             (t->mark == '.' || t->mark == '-' || t->mark == '/') &&
             at(r, i + 1)->kind == DTL_TOKEN_NUMBER);
}

/* ---- Years ---------------------------------------------------------- */

/* A Persian date in Gregorian terms, by the 33-year rule of leap years, which
 * holds from 1244 to 1531. */
static dtl_date_ymd from_jalali(int year, int month, int day)
{
    /* The first of Farvardin of 1309 was 21 March 1930. */
    int years = year - 1309, leaps = 0, y, before;
    static const int8_t leap[] = {1, 5, 9, 13, 17, 22, 26, 30};
    size_t k;
    dtl_date_ymd epoch = {1930, 3, 21};

    for (y = years < 0 ? year : 1309; y < (years < 0 ? 1309 : year); y++)
        for (k = 0; k < sizeof leap; k++)
            leaps += y % 33 == leap[k];
    before = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
    return dtl_calendar_add_days(epoch, (int64_t)years * 365 +
                                            (years < 0 ? -leaps : leaps) +
                                            before + day - 1);
}

/* Years that pages are about. Buddhist ones are told by their size. */
static bool normal_year(int *year)
{
    if (*year >= 2400 && *year < 2700)
        *year -= 543;
    return *year >= 1000 && *year < 2200;
}

/* Sets a whole day; false when there is no such day. */
static bool set_day(dtl_date_time *out, int year, int month, int day)
{
    if (!normal_year(&year) || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    out->date = (dtl_date_ymd){year, (int8_t)month, (int8_t)day};
    out->precision = DTL_PRECISION_DAY;
    return dtl_calendar_is_day(out->date);
}

static bool set_month(const reader *r, dtl_date_time *out, int year, int month)
{
    if (!r->coarse || !normal_year(&year) || month < 1 || month > 12)
        return false;
    out->date = (dtl_date_ymd){year, (int8_t)month, 0};
    out->precision = DTL_PRECISION_MONTH;
    return true;
}

/* A year at token i: four digits, or two where an apostrophe or a dash says
 * that there were more. */
static bool year_at(const reader *r, size_t i, int *year)
{
    if (is_number(r, i, 4, 4) && ends_at(r, i + 1)) {
        *year = value(r, i);
        return true;
    }
    if (i > 0 && is_number(r, i, 2, 2) && !at(r, i)->spaced &&
        ends_at(r, i + 1) &&
        (is_mark(r, i - 1, '\'') || is_mark(r, i - 1, '-'))) {
        *year = value(r, i) + (value(r, i) < 70 ? 2000 : 1900);
        return true;
    }
    return false;
}

/* ---- Time of day ---------------------------------------------------- */

/* Whether there is such a zone. "10:00-11:30" and "19:00-21:00" are hours
 * from and to. */
static bool is_zone(int sign, int hours, int minutes)
{
    if (minutes % 15 || hours > (sign > 0 ? 14 : 12))
        return false;
    /* Newfoundland, the Marquesas, Venezuela once. */
    return sign > 0 || !minutes ||
           (minutes == 30 && ((hours >= 2 && hours <= 4) || hours == 9));
}

/* A zone at token i; returns the token behind it, or i. */
static size_t read_zone(const reader *r, size_t i, dtl_date_time *out)
{
    size_t k = is_mark(r, i, '(') ? i + 1 : i;
    const dtl_date_word *named = dtl_date_sense(at(r, k), DTL_WORD_ZONE);
    int sign = 0, hours, minutes = 0;

    if (named) {
        out->has_zone = true;
        out->zone = named->value;
        i = ++k;
    }
    if (is_mark(r, k, '+'))
        sign = 1;
    else if (is_mark(r, k, '-'))
        sign = -1;
    if (!sign || at(r, k + 1)->spaced ||
        (at(r, k)->spaced && !named && !is_number(r, k + 1, 4, 4) &&
         !is_mark(r, k + 2, ':')))
        return i;
    if (is_number(r, k + 1, 4, 4)) {
        hours = value(r, k + 1) / 100;
        minutes = value(r, k + 1) % 100;
        k += 2;
    } else if (is_number(r, k + 1, 1, 2)) {
        hours = value(r, k + 1);
        k += 2;
        if (is_mark(r, k, ':') && is_number(r, k + 1, 2, 2)) {
            minutes = value(r, k + 1);
            k += 2;
        }
    } else {
        return i;
    }
    if (!is_zone(sign, hours, minutes))
        return i;
    out->has_zone = true;
    out->zone = (int16_t)(sign * (hours * 60 + minutes));
    return k;
}

/* "114207" and "1142" behind a T. */
static size_t read_compact_time(const reader *r, size_t i, dtl_date_time *out)
{
    int v = value(r, i), digits = at(r, i)->digits;

    if (digits == 4)
        v *= 100;
    else if (digits != 6)
        return i;
    if (v / 10000 > 23 || v / 100 % 100 > 59 || v % 100 > 60)
        return i;
    out->hour = (int8_t)(v / 10000);
    out->minute = (int8_t)(v / 100 % 100);
    out->second = (int8_t)(v % 100);
    out->precision = digits == 4 ? DTL_PRECISION_MINUTE : DTL_PRECISION_SECOND;
    return i + 1;
}

/* What parts hours from minutes at token i: 0 for none. A full stop does so
 * only where two digits follow and no third number. */
static bool is_hour_separator(const reader *r, size_t i)
{
    if (is_mark(r, i, ':'))
        return true;
    if (means(r, i, DTL_WORD_HOUR))
        return true;
    return is_mark(r, i, '.') && !at(r, i)->spaced && !at(r, i + 1)->spaced &&
           is_number(r, i + 1, 2, 2) && ends_at(r, i + 2);
}

/* Seconds at token i, the separator before them, and their fraction. */
static size_t read_seconds(const reader *r, size_t i, dtl_date_time *out)
{
    size_t k = i;

    if (means(r, k, DTL_WORD_MINUTE)) {
        i = ++k;
        if (!is_number(r, k, 1, 2) || !means(r, k + 1, DTL_WORD_SECOND))
            return i;
    } else if ((is_mark(r, k, ':') || is_mark(r, k, '.')) &&
               is_number(r, k + 1, 2, 2) && !at(r, k + 1)->spaced) {
        k++;
    } else {
        return i;
    }
    if (value(r, k) > 60)
        return i;
    out->second = (int8_t)(value(r, k) == 60 ? 59 : value(r, k));
    out->precision = DTL_PRECISION_SECOND;
    i = k + 1;
    if (means(r, i, DTL_WORD_SECOND))
        return i + 1;
    if ((is_mark(r, i, '.') || is_mark(r, i, ',') || is_mark(r, i, ':')) &&
        is_number(r, i + 1, 1, 12) && !at(r, i + 1)->spaced)
        i += 2;
    return i;
}

/* Applies a half of the day; false when the hour has none. */
static bool apply_half(dtl_date_time *out, bool afternoon)
{
    if (out->hour > 12)
        return afternoon;
    if (out->hour == 12)
        out->hour = afternoon ? 12 : 0;
    else if (afternoon)
        out->hour = (int8_t)(out->hour + 12);
    return true;
}

/* A time of day that begins at token i; returns the token behind it, or i. */
static size_t read_time(const reader *r, size_t i, dtl_date_time *out)
{
    dtl_date_time t = *out;
    bool am = means(r, i, DTL_WORD_AM), pm = means(r, i, DTL_WORD_PM);
    size_t k = i + (am || pm);
    bool minutes = false;

    if (!is_number(r, k, 1, 2) || value(r, k) > 24)
        return i;
    t.hour = (int8_t)value(r, k++);
    t.minute = t.second = 0;
    t.precision = DTL_PRECISION_MINUTE;
    if (is_hour_separator(r, k) && is_number(r, k + 1, 1, 2) &&
        value(r, k + 1) < 60 &&
        (at(r, k + 1)->digits == 2 || !is_mark(r, k, ':'))) {
        t.minute = (int8_t)value(r, k + 1);
        k = read_seconds(r, k + 2, &t);
        minutes = true;
    } else if (means(r, k, DTL_WORD_HOUR)) {
        k++;
        minutes = true;
    }
    if (means(r, k, DTL_WORD_HOUR) && at(r, k)->first != 'h')
        k++;
    else if (minutes && means(r, k, DTL_WORD_HOUR))
        k++;
    if (!am && !pm) {
        am = means(r, k, DTL_WORD_AM);
        pm = means(r, k, DTL_WORD_PM);
        if (am || pm) {
            k++;
            if (is_mark(r, k, '.') && !at(r, k)->spaced)
                k++;
        }
    }
    if (!minutes && !am && !pm)
        return i;
    if ((am || pm) && !apply_half(&t, pm))
        return i;
    if (t.hour > 23)
        return i;
    *out = t;
    return read_zone(r, k, out);
}

/* A time behind the date that ends before token i. Between them stand marks,
 * words that introduce times, and the name of a day of the week; the longest
 * such gap is "(Wednesday) , at". */
static size_t read_time_after(const reader *r, size_t i, dtl_date_time *out)
{
    int words = 1, ideographs = 3, tokens = 7;
    size_t k = i, end;

    if (at(r, k)->first == 't' && !at(r, k)->spaced && !at(r, k + 1)->spaced &&
        is_number(r, k + 1, 4, 6))
        return read_zone(r, read_compact_time(r, k + 1, out), out);
    for (; tokens > 0; tokens--, k++) {
        const dtl_date_token *t = at(r, k);

        end = read_time(r, k, out);
        if (end != k)
            return end;
        if (t->kind == DTL_TOKEN_NUMBER || t->kind == DTL_TOKEN_END)
            break;
        if (t->kind == DTL_TOKEN_MARK || means(r, k, DTL_WORD_CLOCK) ||
            means(r, k, DTL_WORD_PART) || t->first == 't')
            continue;
        if (t->letters ? words-- == 0 : ideographs-- == 0)
            break;
    }
    return i;
}

/* A time before the date that begins at token i, as in "11:42 AM, Sept. 29".
 * Returns its first token, or i. */
static size_t read_time_before(const reader *r, size_t i, dtl_date_time *out)
{
    size_t k;

    for (k = i; k >= 3 && i - k < 8; k--) {
        size_t first = k - 3, behind, gap;

        if (!is_number(r, k - 1, 2, 2) || !is_number(r, first, 1, 2) ||
            !(is_mark(r, k - 2, ':') || means(r, k - 2, DTL_WORD_HOUR)))
            continue;
        if (first >= 2 && is_mark(r, first - 1, ':'))
            first -= 2;
        if (first > 0 && (means(r, first - 1, DTL_WORD_AM) ||
                          means(r, first - 1, DTL_WORD_PM)))
            first--;
        behind = read_time(r, first, out);
        gap = behind < i ? i - behind : 0;
        return behind > first && behind <= i && gap <= 4 ? first : i;
    }
    return i;
}

/* ---- Year first ----------------------------------------------------- */

/* The month and day behind a year, in numbers: "-09-29", "年9月29日". */
static size_t read_month_day(const reader *r, size_t i, int year,
                             dtl_date_time *out)
{
    char mark = at(r, i)->kind == DTL_TOKEN_MARK ? at(r, i)->mark : 0;
    size_t k = i;
    bool marked = means(r, i, DTL_WORD_YEAR) && !at(r, i)->letters;

    if (mark == '-' || mark == '/' || mark == '.') {
        if (!is_number(r, i + 1, 1, 2) || !is_mark(r, i + 2, mark) ||
            !is_number(r, i + 3, 1, 2) || !ends_at(r, i + 4))
            return i;
        if (mark != '.' && (at(r, i + 1)->spaced != at(r, i)->spaced ||
                            at(r, i + 3)->spaced != at(r, i + 2)->spaced))
            return i;
        return set_day(out, year, value(r, i + 1), value(r, i + 3)) ? i + 4 : i;
    }
    if (!means(r, i, DTL_WORD_YEAR))
        return i;
    k++;
    if (!is_number(r, k, 1, 2) || !means(r, k + 1, DTL_WORD_MONTH))
        return i;
    if (is_number(r, k + 2, 1, 2) && means(r, k + 3, DTL_WORD_DAY))
        return set_day(out, year, value(r, k), value(r, k + 2)) ? k + 4 : i;
    if (is_number(r, k + 2, 1, 2) && !marked)
        return set_day(out, year, value(r, k), value(r, k + 2)) ? k + 3 : i;
    return set_month(r, out, year, value(r, k)) ? k + 2 : i;
}

/* "2021. szeptember 29.", "2021 m. rugsėjo 29 d.", "2021. gada 29.
 * septembris", with the year before token i. */
static size_t read_named_after_year(const reader *r, size_t i, int year,
                                    dtl_date_time *out)
{
    size_t k = skip_parts(r, i, 3), day;
    int month = month_named(r, k);

    if (month) {
        day = skip_parts(r, k + 1, 2);
        if (is_number(r, day, 1, 2) && ends_at(r, day + 1) &&
            set_day(out, year, month, value(r, day))) {
            day++;
            if (is_mark(r, day, '.'))
                day++;
            return means(r, day, DTL_WORD_DAY) ? day + 1 : day;
        }
        return set_month(r, out, year, month) ? k + 1 : i;
    }
    if (is_number(r, k, 1, 2)) {
        day = k;
        k = skip_parts(r, k + 1, 2);
        month = month_named(r, k);
        if (month && set_day(out, year, month, value(r, day)))
            return k + 1;
    }
    return i;
}

/* A date whose year is the number at token i; returns the token behind it,
 * or i. */
static size_t read_year_first(const reader *r, size_t i, dtl_date_time *out)
{
    int year = value(r, i);
    size_t end;

    if (!is_number(r, i, 4, 4))
        return i;
    end = read_month_day(r, i + 1, year, out);
    if (end == i + 1)
        end = read_named_after_year(r, i + 1, year, out);
    if (end != i + 1)
        return end;
    if (r->coarse && is_mark(r, i + 1, '-') && is_number(r, i + 2, 2, 2) &&
        ends_at(r, i + 3) && set_month(r, out, year, value(r, i + 2)))
        return i + 3;
    return i;
}

/* "令和3年9月29日": the era at token i. */
static size_t read_era(const reader *r, size_t i, dtl_date_time *out)
{
    const dtl_date_word *era = dtl_date_sense(at(r, i), DTL_WORD_ERA);
    size_t end;

    if (!era || !is_number(r, i + 1, 1, 4) || at(r, i + 1)->value == 0)
        return i;
    end = read_month_day(r, i + 2, value(r, i + 1) + era->value, out);
    return end == i + 2 ? i : end;
}

/* ---- Day first ------------------------------------------------------ */

/* The number of a month at token i: a name, two names ("أيلول/سبتمبر"), or
 * "tháng 9". Sets *end to the token behind. */
static int read_month(const reader *r, size_t i, size_t *end)
{
    int month = month_named(r, i);

    if (month) {
        *end = i + 1;
        if (is_mark(r, i + 1, '/') && month_named(r, i + 2) == month)
            *end = i + 3;
        return month;
    }
    if (means(r, i, DTL_WORD_MONTH) && is_number(r, i + 1, 1, 2)) {
        *end = i + 2;
        return value(r, i + 1);
    }
    return 0;
}

/* "29. September 2021", "29th of September, 2021", "29-Sep-21". */
static size_t read_day_month(const reader *r, size_t i, dtl_date_time *out)
{
    size_t k = skip_parts(r, i + 1, 3), end;
    int month = read_month(r, k, &end), year;

    if (!month) {
        const dtl_date_word *jalali = dtl_date_sense(at(r, k), DTL_WORD_JALALI);

        if (!jalali)
            return i;
        end = skip_parts(r, k + 1, 1);
        if (!is_number(r, end, 4, 4) || value(r, end) < 1300 ||
            value(r, end) > 1500)
            return i;
        out->date = from_jalali(value(r, end), jalali->value, value(r, i));
        out->precision = DTL_PRECISION_DAY;
        return value(r, i) <= 31 ? end + 1 : i;
    }
    k = skip_parts(r, end, 3);
    if (year_at(r, k, &year) && set_day(out, year, month, value(r, i))) {
        /* "2021 г." */
        if (means(r, k + 1, DTL_WORD_YEAR) && at(r, k + 1)->letters)
            k += is_mark(r, k + 2, '.') ? 2 : 1;
        return k + 1;
    }
    /* "29 Sep 11:42 2021" */
    k = read_time(r, end, out);
    if (k != end && year_at(r, k, &year) &&
        set_day(out, year, month, value(r, i)))
        return end;
    return i;
}

/* "29.9.2021", "9/29/2021", "29-09-21", "29 | 09 | 2021". */
static size_t read_numbers(const reader *r, size_t i, dtl_date_time *out)
{
    char mark = at(r, i + 1)->mark;
    int a = value(r, i), b, year;
    bool spaces = at(r, i + 1)->spaced;

    if (at(r, i + 1)->kind != DTL_TOKEN_MARK || !is_number(r, i + 2, 1, 2) ||
        (mark != '.' && mark != '/' && mark != '-' && mark != '|') ||
        !is_mark(r, i + 3, mark) || !ends_at(r, i + 5))
        return i;
    /* Bars part all kinds of numbers. */
    if (mark == '|' && (!is_number(r, i, 2, 2) || !is_number(r, i + 2, 2, 2) ||
                        !is_number(r, i + 4, 4, 4)))
        return i;
    if (mark != '.' &&
        (spaces != at(r, i + 3)->spaced || spaces != at(r, i + 2)->spaced ||
         spaces != at(r, i + 4)->spaced))
        return i;
    b = value(r, i + 2);
    if (is_number(r, i + 4, 4, 4))
        year = value(r, i + 4);
    else if (is_number(r, i + 4, 2, 2) && !at(r, i + 4)->spaced)
        year = value(r, i + 4) + (value(r, i + 4) < 70 ? 2000 : 1900);
    else
        return i;
    if (mark != '.' && a <= 12 && (b > 12 || r->hints->month_first))
        return set_day(out, year, a, b) ? i + 5 : i;
    return set_day(out, year, b, a) ? i + 5 : i;
}

/* ---- Month first ---------------------------------------------------- */

/* Year behind a month and day that end before token i, a time and a zone
 * between them allowed (asctime). */
static size_t read_year_after(const reader *r, size_t i, int month, int day,
                              dtl_date_time *out)
{
    dtl_date_time timed = *out;
    size_t k = skip_parts(r, i, 3), end;
    int year;

    if (year_at(r, k, &year) && set_day(out, year, month, day))
        return k + 1;
    end = read_time(r, i, &timed);
    if (end == i)
        return i;
    if (at(r, end)->kind == DTL_TOKEN_WORD && is_number(r, end + 1, 4, 4))
        end++;
    if (!year_at(r, end, &year))
        return i;
    *out = timed;
    if (!set_day(out, year, month, day))
        return i;
    out->precision = timed.precision;
    return end + 1;
}

/* "September 29, 2021", "Sept. 29th 2021", "Sep 29 11:42:07 2021". */
static size_t read_month_first(const reader *r, size_t i, dtl_date_time *out)
{
    size_t end, k;
    int month = read_month(r, i, &end), year;

    if (!month)
        return i;
    k = skip_parts(r, end, 2);
    if (is_number(r, k, 1, 2) && value(r, k) >= 1 && value(r, k) <= 31) {
        end = read_year_after(r, k + 1, month, value(r, k), out);
        if (end != k + 1)
            return end;
    }
    if (year_at(r, k, &year) && is_number(r, k, 4, 4) &&
        set_month(r, out, year, month))
        return k + 1;
    return i;
}

/* ---- Finding -------------------------------------------------------- */

/* A date that begins at token i; returns the token behind it, or i. */
static size_t read_date(const reader *r, size_t i, dtl_date_time *out)
{
    const dtl_date_token *t = at(r, i);
    size_t end = i;

    *out = (dtl_date_time){0};
    if (t->kind == DTL_TOKEN_NUMBER) {
        if (!is_free(r, i))
            return i;
        if (t->digits == 4)
            return read_year_first(r, i, out);
        if (t->digits <= 2)
            end = read_numbers(r, i, out);
        if (end == i && t->digits <= 2)
            end = read_day_month(r, i, out);
        return end;
    }
    if (t->kind != DTL_TOKEN_WORD || !t->senses)
        return i;
    end = read_era(r, i, out);
    return end == i ? read_month_first(r, i, out) : end;
}

/* Reads the date at token i with its time. Sets *first and *end to the tokens
 * it spans; false when there is none. */
static bool read_moment(const reader *r, size_t i, dtl_date_time *out,
                        size_t *first, size_t *end)
{
    *first = i;
    *end = read_date(r, i, out);
    if (*end == i)
        return false;
    if (out->precision == DTL_PRECISION_DAY) {
        *end = read_time_after(r, *end, out);
        if (out->precision == DTL_PRECISION_DAY)
            *first = read_time_before(r, i, out);
    }
    return true;
}

/* The first date at or after from. */
static bool find(dtl_str text, size_t from, reader *r, dtl_date_time *out,
                 size_t *start, size_t *end)
{
    dtl_date_scan s;
    size_t i, first, behind;

    r->s = &s;
    for (;;) {
        bool last;

        dtl_date_scan_from(&s, text, from);
        last = s.next >= text.len;
        for (i = 0; i < s.count && (last || i < DTL_DATE_TOKENS - WINDOW); i++)
            if (read_moment(r, i, out, &first, &behind)) {
                *start = s.at[first].start;
                *end = s.at[behind - 1].end;
                return true;
            }
        if (last)
            return false;
        from = s.at[i].start;
    }
}

/* Where the year of a day may stand at or after byte `from`: a number of four
 * digits, or of two behind a mark; or a letter of the scripts that have digits
 * and eras of their own, which begin with bytes from D9 on. text.len: no day
 * is written there. */
static size_t find_year(dtl_str text, size_t from)
{
    const unsigned char *s = (const unsigned char *)text.ptr;
    size_t i = from, digits;

    while (i < text.len) {
        if (s[i] >= 0xD9 &&
            /* Not the punctuation of running text. */
            !(s[i] == 0xE2 && i + 1 < text.len && s[i + 1] == 0x80))
            return i;
        if (!dtl_is_digit((char)s[i])) {
            i++;
            continue;
        }
        for (digits = 1;
             i + digits < text.len && dtl_is_digit((char)s[i + digits]);)
            digits++;
        if (digits == 4 && s[i] <= '2')
            return i;
        if (digits == 2 && i > 0 &&
            (s[i - 1] >= 0x80 || memchr("-./'", s[i - 1], 4)))
            return i;
        i += digits;
    }
    return text.len;
}

/* Where to begin to look for a date whose first number is at or after byte
 * `number`: words and marks that a date has before it are few. */
static size_t begin_before(dtl_str text, size_t from, size_t number)
{
    int words = 0;

    while (number > from && words < WORDS_BEFORE)
        words += text.ptr[--number] == ' ';
    return number;
}

static size_t find_number(dtl_str text, size_t from)
{
    while (from < text.len && !dtl_is_digit(text.ptr[from]) &&
           (unsigned char)text.ptr[from] < 0xD9)
        from++;
    return from;
}

bool dtl_date_find(dtl_str text, size_t from, const dtl_date_hints *hints,
                   dtl_date_time *out, size_t *start, size_t *end)
{
    static const dtl_date_hints none = {0};
    reader r = {.hints = hints ? hints : &none};

    if (find_year(text, from) == text.len)
        return false;
    from = begin_before(text, from, find_number(text, from));
    r.language = dtl_date_language(r.hints->language);
    return find(text, from, &r, out, start, end);
}

/* ---- Numbers alone -------------------------------------------------- */

/* Seconds since 1970. */
static void set_epoch(int64_t seconds, dtl_date_time *out)
{
    int64_t day = seconds / 86400, rest = seconds % 86400;

    out->date = dtl_calendar_from_days(day);
    out->hour = (int8_t)(rest / 3600);
    out->minute = (int8_t)(rest / 60 % 60);
    out->second = (int8_t)(rest % 60);
    out->has_zone = true;
    out->precision = DTL_PRECISION_SECOND;
}

/* A number that is a date by itself: 20210929, 20210929114207 and the like,
 * or seconds or milliseconds since 1970. */
static bool read_single(const reader *r, dtl_date_time *out)
{
    uint64_t v = at(r, 0)->value, clock;
    /* 1980 to 2100: what is smaller or larger is no moment of a page. */
    const uint64_t first = 315532800, past = 4102444800;

    switch (at(r, 0)->digits) {
    case 8:
        return set_day(out, (int)(v / 10000), (int)(v / 100 % 100),
                       (int)(v % 100));
    case 12:
        v *= 100;
        /* fallthrough */
    case 14:
        clock = v % 1000000;
        v /= 1000000;
        if (!set_day(out, (int)(v / 10000), (int)(v / 100 % 100),
                     (int)(v % 100)) ||
            clock / 10000 > 23 || clock / 100 % 100 > 59 || clock % 100 > 59)
            return false;
        out->hour = (int8_t)(clock / 10000);
        out->minute = (int8_t)(clock / 100 % 100);
        out->second = (int8_t)(clock % 100);
        out->precision = at(r, 0)->digits == 12 ? DTL_PRECISION_MINUTE
                                                : DTL_PRECISION_SECOND;
        return true;
    case 13:
        v /= 1000;
        /* fallthrough */
    case 9:
    case 10:
        if (v < first || v >= past)
            return false;
        set_epoch((int64_t)v, out);
        return true;
    default:
        return false;
    }
}

/* "20210929T114207Z": a number, then a time. */
static bool read_compact(const reader *r, dtl_date_time *out)
{
    int v = value(r, 0);
    size_t end;

    if (!is_number(r, 0, 8, 8) || at(r, 1)->first != 't' ||
        !set_day(out, v / 10000, v / 100 % 100, v % 100))
        return false;
    end = read_time_after(r, 1, out);
    return at(r, end)->kind == DTL_TOKEN_END;
}

bool dtl_date_parse(dtl_str text, const dtl_date_hints *hints,
                    dtl_date_time *out)
{
    static const dtl_date_hints none = {0};
    reader r = {.hints = hints ? hints : &none, .coarse = true};
    dtl_date_scan s;
    dtl_date_time coarse;
    size_t start, end;
    int year;

    *out = (dtl_date_time){0};
    r.s = &s;
    r.language = dtl_date_language(r.hints->language);
    dtl_date_scan_from(&s, text, 0);
    if (s.count == 1 && read_single(&r, out))
        return true;
    if (read_compact(&r, out))
        return true;
    *out = (dtl_date_time){0};
    if (s.count == 1 && is_number(&r, 0, 4, 4)) {
        year = value(&r, 0);
        out->date.year = year;
        out->precision = DTL_PRECISION_YEAR;
        return normal_year(&year);
    }
    if (!find(text, 0, &r, &coarse, &start, &end))
        return false;
    /* A whole day further on is better than a month. */
    r.coarse = false;
    if (coarse.precision != DTL_PRECISION_MONTH ||
        !find(text, 0, &r, out, &start, &end))
        *out = coarse;
    return true;
}

/* ---- Out again ------------------------------------------------------ */

/* Writes a number of at least so many digits behind a mark, 0 for none. */
static char *put_number(char *out, char mark, int number, int digits)
{
    char reversed[12];
    int n = 0;

    if (mark)
        *out++ = mark;
    for (; number || n < digits; number /= 10)
        reversed[n++] = (char)('0' + number % 10);
    while (n)
        *out++ = reversed[--n];
    return out;
}

dtl_str dtl_date_format(const dtl_date_time *d, dtl_arena *arena)
{
    char text[64], *out = put_number(text, 0, (int)d->date.year, 4);
    int zone = d->zone < 0 ? -d->zone : d->zone;

    if (d->precision <= DTL_PRECISION_MONTH)
        out = put_number(out, '-', d->date.month, 2);
    if (d->precision <= DTL_PRECISION_DAY)
        out = put_number(out, '-', d->date.day, 2);
    if (d->precision <= DTL_PRECISION_MINUTE) {
        out = put_number(out, 'T', d->hour, 2);
        out = put_number(out, ':', d->minute, 2);
    }
    if (d->precision == DTL_PRECISION_SECOND)
        out = put_number(out, ':', d->second, 2);
    if (d->precision <= DTL_PRECISION_MINUTE && d->has_zone) {
        if (d->zone) {
            out = put_number(out, d->zone < 0 ? '-' : '+', zone / 60, 2);
            out = put_number(out, ':', zone % 60, 2);
        } else {
            *out++ = 'Z';
        }
    }
    return dtl_arena_copy(arena, (dtl_str){text, (size_t)(out - text)});
}

int64_t dtl_date_minutes(const dtl_date_time *d)
{
    dtl_date_ymd day = d->date;

    if (!day.month)
        day.month = 1;
    if (!day.day)
        day.day = 1;
    return dtl_calendar_to_days(day) * 1440 + d->hour * 60 + d->minute -
           (d->has_zone ? d->zone : 0);
}
