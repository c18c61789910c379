/* Calendar arithmetic by counting days in 400-year eras that begin on the
 * first of March, so that the leap day is the last of its year. */
#include "base/calendar.h"

enum {
    DAYS_PER_ERA = 146097,
    DAYS_TO_1970 = 719468
};

bool dtl_calendar_is_leap(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int dtl_calendar_days_in_month(int32_t year, int month)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30,
                                  31, 31, 30, 31, 30, 31};

    if (month < 1 || month > 12)
        return 0;
    return days[month - 1] + (month == 2 && dtl_calendar_is_leap(year));
}

bool dtl_calendar_is_day(dtl_date_ymd d)
{
    return d.day >= 1 && d.day <= dtl_calendar_days_in_month(d.year, d.month);
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

int64_t dtl_calendar_to_days(dtl_date_ymd d)
{
    int64_t year = (int64_t)d.year - (d.month <= 2);
    int64_t era = floor_div(year, 400);
    int64_t year_of_era = year - era * 400;
    int month = (d.month + 9) % 12; /* March is 0 */
    int64_t day_of_year = (153 * month + 2) / 5 + d.day - 1;
    int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970;
}

dtl_date_ymd dtl_calendar_from_days(int64_t days)
{
    int64_t shifted = days + DAYS_TO_1970;
    int64_t era = floor_div(shifted, DAYS_PER_ERA);
    int64_t day_of_era = shifted - era * DAYS_PER_ERA;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
                           day_of_era / (DAYS_PER_ERA - 1)) /
                          365;
    int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153; /* March is 0 */
    dtl_date_ymd d;

    d.day = (int8_t)(day_of_year - (153 * month + 2) / 5 + 1);
    d.month = (int8_t)(month < 10 ? month + 3 : month - 9);
    d.year = (int32_t)(year_of_era + era * 400 + (d.month <= 2));
    return d;
}

int dtl_calendar_weekday(dtl_date_ymd d)
{
    int64_t days = dtl_calendar_to_days(d) + 3; /* 1970-01-01 was Thursday */

    return (int)(days - floor_div(days, 7) * 7) + 1;
}

dtl_date_ymd dtl_calendar_week_start(int32_t year, int week)
{
    /* The fourth of January is always in week 1. */
    dtl_date_ymd fourth = {year, 1, 4};

    return dtl_calendar_add_days(fourth, 7 * (int64_t)(week - 1) + 1 -
                                             dtl_calendar_weekday(fourth));
}

int dtl_calendar_week(dtl_date_ymd d, int32_t *year)
{
    dtl_date_ymd thursday =
        dtl_calendar_add_days(d, 4 - dtl_calendar_weekday(d));

    *year = thursday.year;
    return (dtl_calendar_day_of_year(thursday) - 1) / 7 + 1;
}

int dtl_calendar_day_of_year(dtl_date_ymd d)
{
    dtl_date_ymd first = {d.year, 1, 1};

    return (int)(dtl_calendar_to_days(d) - dtl_calendar_to_days(first)) + 1;
}

dtl_date_ymd dtl_calendar_add_months(dtl_date_ymd d, int32_t n)
{
    int64_t months = (int64_t)d.year * 12 + d.month - 1 + n;
    int last;

    d.year = (int32_t)floor_div(months, 12);
    d.month = (int8_t)(months - (int64_t)d.year * 12 + 1);
    last = dtl_calendar_days_in_month(d.year, d.month);
    if (d.day > last)
        d.day = (int8_t)last;
    return d;
}

dtl_date_ymd dtl_calendar_add_days(dtl_date_ymd d, int64_t n)
{
    return dtl_calendar_from_days(dtl_calendar_to_days(d) + n);
}

int dtl_calendar_compare(dtl_date_ymd a, dtl_date_ymd b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (!a.month || !b.month || a.month != b.month)
        return a.month && b.month ? a.month - b.month : 0;
    return a.day && b.day ? a.day - b.day : 0;
}

/* The anonymous Gregorian computus (Meeus, Astronomical Algorithms, ch. 8). */
dtl_date_ymd dtl_calendar_easter(int32_t year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30;
    int i = c / 4, k = c % 4;
    int l = (32 + 2 * e + 2 * i - h - k) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;

    return (dtl_date_ymd){year, (int8_t)(n / 31), (int8_t)(n % 31 + 1)};
}
