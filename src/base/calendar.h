/* Arithmetic on the Gregorian calendar, reckoned backwards without limit
 * (ISO 8601), with no clock and no time zone data. Years are 1 to 9999 in
 * all that pages say; the arithmetic holds for any int32_t year. */
#ifndef DTL_BASE_CALENDAR_H
#define DTL_BASE_CALENDAR_H

#include <dateline.h>

/* A day, or the month or year of one: parts that are not known are 0. */
typedef struct {
    int32_t year;
    int8_t month; /* 1-12 */
    int8_t day;   /* 1-31 */
} dtl_date_ymd;

bool dtl_calendar_is_leap(int32_t year);
/* 0 for a month that is none. */
int dtl_calendar_days_in_month(int32_t year, int month);
/* Whether it is a day of the calendar, all three parts known. */
bool dtl_calendar_is_day(dtl_date_ymd d);

/* Days since 1970-01-01, and back. */
int64_t dtl_calendar_to_days(dtl_date_ymd d);
dtl_date_ymd dtl_calendar_from_days(int64_t days);

/* ISO 8601: Monday is 1, Sunday 7. */
int dtl_calendar_weekday(dtl_date_ymd d);
/* The ISO 8601 week of a day; *year is the year that the week belongs to. */
int dtl_calendar_week(dtl_date_ymd d, int32_t *year);
/* Monday of week 1-53 of an ISO 8601 year. */
dtl_date_ymd dtl_calendar_week_start(int32_t year, int week);
/* Number of the day in its year, from 1. */
int dtl_calendar_day_of_year(dtl_date_ymd d);

/* n months later (earlier for n < 0); a day past the month's end becomes its
 * last. */
dtl_date_ymd dtl_calendar_add_months(dtl_date_ymd d, int32_t n);
dtl_date_ymd dtl_calendar_add_days(dtl_date_ymd d, int64_t n);

/* Below, at or above 0 as a is before, equal to or after b, comparing what
 * both know. */
int dtl_calendar_compare(dtl_date_ymd a, dtl_date_ymd b);

/* Western Easter Sunday. */
dtl_date_ymd dtl_calendar_easter(int32_t year);

#endif
