/* Places in time: units of the calendar, moved and written. */
#include "text/time_point.h"
#include <stdlib.h>
#include <string.h>

dtl_time_grain dtl_time_unit_grain(int unit)
{
    static const uint8_t grains[DTL_UNIT_COUNT] = {
        [DTL_UNIT_SECOND] = DTL_GRAIN_SECOND,
        [DTL_UNIT_MINUTE] = DTL_GRAIN_MINUTE,
        [DTL_UNIT_HOUR] = DTL_GRAIN_HOUR,
        [DTL_UNIT_DAY] = DTL_GRAIN_DAY,
        [DTL_UNIT_WEEKEND] = DTL_GRAIN_WEEKEND,
        [DTL_UNIT_WEEK] = DTL_GRAIN_WEEK,
        [DTL_UNIT_FORTNIGHT] = DTL_GRAIN_WEEK,
        [DTL_UNIT_MONTH] = DTL_GRAIN_MONTH,
        [DTL_UNIT_QUARTER] = DTL_GRAIN_QUARTER,
        [DTL_UNIT_SEASON] = DTL_GRAIN_SEASON,
        [DTL_UNIT_HALFYEAR] = DTL_GRAIN_MONTH,
        [DTL_UNIT_YEAR] = DTL_GRAIN_YEAR,
        [DTL_UNIT_DECADE] = DTL_GRAIN_DECADE,
        [DTL_UNIT_CENTURY] = DTL_GRAIN_CENTURY,
        [DTL_UNIT_MILLENNIUM] = DTL_GRAIN_MILLENNIUM,
        [DTL_UNIT_WEEKDAY] = DTL_GRAIN_DAY,
        [DTL_UNIT_NIGHT] = DTL_GRAIN_DAY,
    };

    return unit >= 0 && unit < DTL_UNIT_COUNT ? grains[unit] : DTL_GRAIN_NONE;
}

/* Day 1 of the season; winter is that which begins in the year. */
static dtl_date_ymd season_start(int32_t year, int season)
{
    return (dtl_date_ymd){year, (int8_t)(3 + 3 * season), 1};
}

dtl_time_point dtl_time_floor(dtl_time_point p, dtl_time_grain grain)
{
    dtl_date_ymd *d = &p.date;

    p.grain = (uint8_t)grain;
    if (grain >= DTL_GRAIN_DAY)
        p.hour = p.minute = p.second = 0, p.unclear = false;
    if (!d->month && grain < DTL_GRAIN_YEAR)
        d->month = 1;
    if (!d->day && grain < DTL_GRAIN_MONTH)
        d->day = 1;
    switch (grain) {
    case DTL_GRAIN_MINUTE:
        p.second = 0;
        break;
    case DTL_GRAIN_HOUR:
        p.second = 0;
        break;
    case DTL_GRAIN_WEEKEND:
    case DTL_GRAIN_WEEK:
        *d = dtl_calendar_add_days(*d, 1 - dtl_calendar_weekday(*d));
        break;
    case DTL_GRAIN_MONTH:
        d->day = 0;
        break;
    case DTL_GRAIN_QUARTER:
        d->month = (int8_t)((d->month - 1) / 3 * 3 + 1);
        d->day = 0;
        break;
    case DTL_GRAIN_HALF:
        d->month = d->month > 6 ? 7 : 1;
        d->day = 0;
        break;
    case DTL_GRAIN_SEASON:
        /* The winter that a January lies in began in the year before. */
        p.season = (int8_t)((d->month + 9) % 12 / 3);
        if (d->month < 3)
            d->year--;
        d->month = d->day = 0;
        break;
    case DTL_GRAIN_YEAR:
        d->month = d->day = 0;
        break;
    case DTL_GRAIN_DECADE:
        d->year -= d->year % 10;
        d->month = d->day = 0;
        break;
    case DTL_GRAIN_CENTURY:
        d->year -= d->year % 100;
        d->month = d->day = 0;
        break;
    default:
        break;
    }
    return p;
}

static dtl_time_point add_minutes(dtl_time_point p, int64_t seconds,
                                  dtl_time_grain grain)
{
    int64_t at = dtl_calendar_to_days(p.date) * 86400 + p.hour * 3600 +
                 p.minute * 60 + p.second + seconds;
    int64_t days = at / 86400, rest = at % 86400;

    if (rest < 0)
        days--, rest += 86400;
    p.date = dtl_calendar_from_days(days);
    p.hour = (int8_t)(rest / 3600);
    p.minute = (int8_t)(rest / 60 % 60);
    p.second = (int8_t)(rest % 60);
    p.grain = (uint8_t)grain;
    return p;
}

dtl_time_steps_of dtl_time_steps(int unit)
{
    static const dtl_time_steps_of steps[DTL_UNIT_COUNT] = {
        [DTL_UNIT_DAY] = {1, 0},        [DTL_UNIT_WEEKEND] = {7, 0},
        [DTL_UNIT_WEEK] = {7, 0},       [DTL_UNIT_FORTNIGHT] = {14, 0},
        [DTL_UNIT_MONTH] = {0, 1},      [DTL_UNIT_QUARTER] = {0, 3},
        [DTL_UNIT_SEASON] = {0, 3},     [DTL_UNIT_HALFYEAR] = {0, 6},
        [DTL_UNIT_YEAR] = {0, 12},      [DTL_UNIT_DECADE] = {0, 120},
        [DTL_UNIT_CENTURY] = {0, 1200}, [DTL_UNIT_MILLENNIUM] = {0, 12000},
        [DTL_UNIT_WEEKDAY] = {1, 0},    [DTL_UNIT_NIGHT] = {1, 0},
    };

    return unit >= 0 && unit < DTL_UNIT_COUNT ? steps[unit]
                                              : (dtl_time_steps_of){0, 0};
}

dtl_date_ymd dtl_time_step(dtl_date_ymd d, int unit, int64_t n)
{
    dtl_time_steps_of s = dtl_time_steps(unit);

    return s.months ? dtl_calendar_add_months(d, (int32_t)(s.months * n))
                    : dtl_calendar_add_days(d, s.days * n);
}

dtl_time_point dtl_time_shift(dtl_time_point p, int unit, int64_t n)
{
    dtl_time_grain grain = dtl_time_unit_grain(unit);
    dtl_date_ymd d;

    if (n > 9999 * 366 || n < -9999 * 366)
        n = 0;
    if (unit <= DTL_UNIT_HOUR) {
        int64_t step = unit == DTL_UNIT_HOUR     ? 3600
                       : unit == DTL_UNIT_MINUTE ? 60
                                                 : 1;

        if (p.grain > DTL_GRAIN_HOUR) {
            p = dtl_time_floor(p, DTL_GRAIN_DAY);
            p.unclear = true;
        }
        if (p.grain == DTL_GRAIN_SECOND && !p.unclear)
            grain = DTL_GRAIN_SECOND;
        return add_minutes(p, n * step, grain);
    }
    if (unit == DTL_UNIT_SEASON) {
        int64_t at;

        p = dtl_time_floor(p, DTL_GRAIN_SEASON);
        at = (int64_t)p.date.year * 4 + p.season + n;
        p.date.year = (int32_t)(at / 4);
        p.season = (int8_t)(at % 4);
        return p;
    }
    p = dtl_time_floor(p, p.grain < DTL_GRAIN_DAY || p.grain > grain
                              ? DTL_GRAIN_DAY
                              : (dtl_time_grain)p.grain);
    d = p.date;
    d.month = d.month ? d.month : 1;
    d.day = d.day ? d.day : 1;
    if (unit == DTL_UNIT_WEEKDAY) {
        for (int64_t left = n < 0 ? -n : n; left && left < 4000;) {
            d = dtl_calendar_add_days(d, n < 0 ? -1 : 1);
            left -= dtl_calendar_weekday(d) <= 5;
        }
    } else if (unit >= DTL_UNIT_YEAR && unit <= DTL_UNIT_MILLENNIUM) {
        d.year += (int32_t)(dtl_time_steps(unit).months / 12 * n);
    } else {
        d = dtl_time_step(d, unit, n);
    }
    if (unit >= DTL_UNIT_YEAR && d.month == 2 && d.day == 29 &&
        !dtl_calendar_is_leap(d.year))
        d.day = 28;
    p.date = d;
    return dtl_time_floor(p, grain);
}

dtl_date_ymd dtl_time_first_day(const dtl_time_point *p)
{
    dtl_date_ymd d = p->date;

    if (p->grain == DTL_GRAIN_SEASON)
        return season_start(d.year, p->season);
    if (p->grain == DTL_GRAIN_WEEKEND)
        return dtl_calendar_add_days(d, 5);
    d.month = d.month ? d.month : 1;
    d.day = d.day ? d.day : 1;
    return d;
}

dtl_date_ymd dtl_time_after_last(const dtl_time_point *p)
{
    dtl_date_ymd d = dtl_time_first_day(p);

    switch (p->grain) {
    case DTL_GRAIN_WEEKEND:
        return dtl_calendar_add_days(d, 2);
    case DTL_GRAIN_WEEK:
        return dtl_calendar_add_days(d, 7);
    case DTL_GRAIN_MONTH:
        return dtl_calendar_add_months(d, 1);
    case DTL_GRAIN_QUARTER:
    case DTL_GRAIN_SEASON:
        return dtl_calendar_add_months(d, 3);
    case DTL_GRAIN_HALF:
        return dtl_calendar_add_months(d, 6);
    case DTL_GRAIN_YEAR:
        d.year++;
        return d;
    case DTL_GRAIN_DECADE:
        d.year += 10;
        return d;
    case DTL_GRAIN_CENTURY:
        d.year += 100;
        return d;
    case DTL_GRAIN_MILLENNIUM:
        d.year += 1000;
        return d;
    default:
        return dtl_calendar_add_days(d, 1);
    }
}

/* ---- Written --------------------------------------------------------------
 *
 * Values are short and many, so they are put together without printf. */

char *dtl_time_put(char *out, const char *s)
{
    while (*s)
        *out++ = *s++;
    *out = '\0';
    return out;
}

char *dtl_time_put_number(char *out, int n, int digits)
{
    char reversed[12];
    int count = 0;
    unsigned left = n < 0 ? 0u - (unsigned)n : (unsigned)n;

    if (n < 0)
        *out++ = '-';
    do {
        reversed[count++] = (char)('0' + left % 10);
        left /= 10;
    } while (left);
    for (; digits > count; digits--)
        *out++ = '0';
    while (count)
        *out++ = reversed[--count];
    *out = '\0';
    return out;
}

static char *put_year(char *out, int32_t year, bool bc)
{
    if (year <= 0 || year > 9999)
        return dtl_time_put(out, "XXXX");
    return dtl_time_put_number(bc ? dtl_time_put(out, "BC") : out, year, 4);
}

/* "-09", or "-XX" of 0. */
static char *put_two(char *out, int n)
{
    *out++ = '-';
    return n ? dtl_time_put_number(out, n, 2) : dtl_time_put(out, "XX");
}

static char *put_day(char *out, dtl_date_ymd d, bool bc)
{
    return put_two(put_two(put_year(out, d.year, bc), d.month), d.day);
}

void dtl_time_format_day(dtl_date_ymd d, char out[DTL_TIME_VALUE])
{
    put_day(out, d, false);
}

static char *put_clock(char *out, const dtl_time_point *p)
{
    static const char *const parts[] = {"TMO", "TMI", "TAF",
                                        "TEV", "TNI", "TDT"};

    if (p->grain == DTL_GRAIN_PART)
        return dtl_time_put(out,
                            parts[p->part <= DTL_PART_DAYTIME ? p->part : 0]);
    if (p->unclear) {
        out = dtl_time_put(out, "TXX");
    } else {
        out = dtl_time_put_number(dtl_time_put(out, "T"), p->hour, 2);
        out = dtl_time_put_number(dtl_time_put(out, ":"), p->minute, 2);
        if (p->grain == DTL_GRAIN_SECOND)
            out = dtl_time_put_number(dtl_time_put(out, ":"), p->second, 2);
    }
    if (!p->has_zone)
        return out;
    if (p->zone == 0)
        return dtl_time_put(out, "Z");
    out = dtl_time_put(out, p->zone < 0 ? "-" : "+");
    out = dtl_time_put_number(out, abs(p->zone) / 60 % 24, 2);
    return dtl_time_put_number(dtl_time_put(out, ":"), abs(p->zone) % 60, 2);
}

static void put_week(char *out, const dtl_time_point *p)
{
    int32_t year;
    int week = dtl_calendar_week(p->date, &year);

    out = dtl_time_put(dtl_time_put_number(out, year, 4), "-W");
    out = dtl_time_put_number(out, week, 2);
    if (p->grain == DTL_GRAIN_WEEKEND)
        dtl_time_put(out, "-WE");
}

void dtl_time_format(const dtl_time_point *p, char out[DTL_TIME_VALUE])
{
    static const char seasons[][4] = {"-SP", "-SU", "-FA", "-WI"};
    int32_t y = p->date.year;

    switch (p->grain) {
    case DTL_GRAIN_DAY:
        put_day(out, p->date, p->bc);
        return;
    case DTL_GRAIN_SECOND:
    case DTL_GRAIN_MINUTE:
    case DTL_GRAIN_HOUR:
    case DTL_GRAIN_PART:
        put_clock(put_day(out, p->date, false), p);
        return;
    case DTL_GRAIN_WEEK:
    case DTL_GRAIN_WEEKEND:
        put_week(out, p);
        return;
    case DTL_GRAIN_MONTH:
        put_two(put_year(out, y, p->bc), p->date.month);
        return;
    case DTL_GRAIN_QUARTER:
        out = dtl_time_put(put_year(out, y, p->bc), "-Q");
        dtl_time_put_number(out, (p->date.month - 1) / 3 + 1, 1);
        return;
    case DTL_GRAIN_HALF:
        dtl_time_put(put_year(out, y, p->bc),
                     p->date.month > 6 ? "-H2" : "-H1");
        return;
    case DTL_GRAIN_SEASON:
        dtl_time_put(put_year(out, y, p->bc), seasons[p->season & 3]);
        return;
    case DTL_GRAIN_DECADE:
        dtl_time_put_number(out, y / 10, 3);
        return;
    case DTL_GRAIN_CENTURY:
        dtl_time_put_number(out, y / 100, 2);
        return;
    case DTL_GRAIN_MILLENNIUM:
        dtl_time_put_number(out, y / 1000, 1);
        return;
    default:
        put_year(p->fiscal ? dtl_time_put(out, "FY") : out, y, p->bc);
        return;
    }
}
