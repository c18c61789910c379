/* Places in time: units of the calendar, moved and written. */
#include "text/time_point.h"
#include <stdio.h>
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
    switch (unit) {
    case DTL_UNIT_DAY:
    case DTL_UNIT_NIGHT:
        d = dtl_calendar_add_days(d, n);
        break;
    case DTL_UNIT_WEEKDAY:
        for (int64_t left = n < 0 ? -n : n; left && left < 4000;) {
            d = dtl_calendar_add_days(d, n < 0 ? -1 : 1);
            left -= dtl_calendar_weekday(d) <= 5;
        }
        break;
    case DTL_UNIT_WEEK:
    case DTL_UNIT_WEEKEND:
        d = dtl_calendar_add_days(d, 7 * n);
        break;
    case DTL_UNIT_FORTNIGHT:
        d = dtl_calendar_add_days(d, 14 * n);
        break;
    case DTL_UNIT_MONTH:
        d = dtl_calendar_add_months(d, (int32_t)n);
        break;
    case DTL_UNIT_QUARTER:
        d = dtl_calendar_add_months(d, (int32_t)(3 * n));
        break;
    case DTL_UNIT_HALFYEAR:
        d = dtl_calendar_add_months(d, (int32_t)(6 * n));
        break;
    case DTL_UNIT_YEAR:
        d.year += (int32_t)n;
        break;
    case DTL_UNIT_DECADE:
        d.year += (int32_t)(10 * n);
        break;
    case DTL_UNIT_CENTURY:
        d.year += (int32_t)(100 * n);
        break;
    default:
        d.year += (int32_t)(1000 * n);
        break;
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

void dtl_time_format_day(dtl_date_ymd d, char out[DTL_TIME_VALUE])
{
    char year[12], month[8], day[8];

    if (d.year > 0 && d.year <= 9999)
        snprintf(year, sizeof year, "%04d", (int)d.year);
    else
        snprintf(year, sizeof year, "XXXX");
    if (d.month)
        snprintf(month, sizeof month, "%02d", d.month);
    else
        snprintf(month, sizeof month, "XX");
    if (d.day)
        snprintf(day, sizeof day, "%02d", d.day);
    else
        snprintf(day, sizeof day, "XX");
    snprintf(out, DTL_TIME_VALUE, "%s-%s-%s", year, month, day);
}

static void format_clock(const dtl_time_point *p, char *out, size_t cap)
{
    static const char *const parts[] = {"MO", "MI", "AF", "EV", "NI", "DT"};
    size_t n;

    if (p->grain == DTL_GRAIN_PART) {
        snprintf(out, cap, "T%s",
                 parts[p->part <= DTL_PART_DAYTIME ? p->part : 0]);
        return;
    }
    if (p->unclear)
        snprintf(out, cap, "TXX");
    else if (p->grain == DTL_GRAIN_SECOND)
        snprintf(out, cap, "T%02d:%02d:%02d", p->hour, p->minute, p->second);
    else
        snprintf(out, cap, "T%02d:%02d", p->hour, p->minute);
    if (!p->has_zone)
        return;
    n = strlen(out);
    if (p->zone == 0)
        snprintf(out + n, cap - n, "Z");
    else
        snprintf(out + n, cap - n, "%c%02d:%02d", p->zone < 0 ? '-' : '+',
                 abs(p->zone) / 60 % 24, abs(p->zone) % 60);
}

void dtl_time_format(const dtl_time_point *p, char out[DTL_TIME_VALUE])
{
    static const char seasons[][3] = {"SP", "SU", "FA", "WI"};
    char year[16] = "XXXX", clock[24];
    int32_t y = p->date.year, week_year;
    size_t n;

    if (y > 0 && y <= 9999)
        snprintf(year, sizeof year, "%s%04d", p->bc ? "BC" : "", (int)y);
    switch (p->grain) {
    case DTL_GRAIN_DAY:
        dtl_time_format_day(p->date, out);
        if (p->bc && y > 0)
            snprintf(out, DTL_TIME_VALUE, "%s-%02d-%02d", year, p->date.month,
                     p->date.day);
        return;
    case DTL_GRAIN_SECOND:
    case DTL_GRAIN_MINUTE:
    case DTL_GRAIN_HOUR:
    case DTL_GRAIN_PART:
        format_clock(p, clock, sizeof clock);
        dtl_time_format_day(p->date, out);
        n = strlen(out);
        snprintf(out + n, DTL_TIME_VALUE - n, "%s", clock);
        return;
    case DTL_GRAIN_WEEK:
    case DTL_GRAIN_WEEKEND: {
        int week = dtl_calendar_week(p->date, &week_year);

        snprintf(out, DTL_TIME_VALUE, "%04d-W%02d%s", (int)week_year, week,
                 p->grain == DTL_GRAIN_WEEKEND ? "-WE" : "");
        return;
    }
    case DTL_GRAIN_MONTH:
        snprintf(out, DTL_TIME_VALUE, "%s-%02d", year, p->date.month);
        return;
    case DTL_GRAIN_QUARTER:
        snprintf(out, DTL_TIME_VALUE, "%s-Q%d", year,
                 (p->date.month - 1) / 3 + 1);
        return;
    case DTL_GRAIN_HALF:
        snprintf(out, DTL_TIME_VALUE, "%s-H%d", year,
                 p->date.month > 6 ? 2 : 1);
        return;
    case DTL_GRAIN_SEASON:
        snprintf(out, DTL_TIME_VALUE, "%s-%s", year, seasons[p->season & 3]);
        return;
    case DTL_GRAIN_DECADE:
        snprintf(out, DTL_TIME_VALUE, "%03d", (int)(y / 10));
        return;
    case DTL_GRAIN_CENTURY:
        snprintf(out, DTL_TIME_VALUE, "%02d", (int)(y / 100));
        return;
    case DTL_GRAIN_MILLENNIUM:
        snprintf(out, DTL_TIME_VALUE, "%d", (int)(y / 1000));
        return;
    default:
        snprintf(out, DTL_TIME_VALUE, "%s%s", p->fiscal ? "FY" : "", year);
        return;
    }
}
