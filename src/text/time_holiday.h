/* Days that move, and days that do not. Used by the time_*.c files only. */
#ifndef DTL_TEXT_TIME_HOLIDAY_H
#define DTL_TEXT_TIME_HOLIDAY_H

#include "base/calendar.h"

/* The day of a holiday in a year; rule is what tools/make_time_tables.py
 * makes of "easter+39" and the like. False for a year in which there is
 * none. */
bool dtl_time_holiday(int rule, int32_t year, dtl_date_ymd *out);

/* The day of a month of the Chinese calendar that lies in a year; month 1
 * begins with the new year. False when none does. */
bool dtl_time_chinese(int month, int day, int32_t year, dtl_date_ymd *out);

/* The same of the Hindu one, month 1 being Chaitra and months beginning with
 * the new moon: the day on which the moon is in its thirtieth of the month at
 * an hour in India. */
bool dtl_time_hindu(int month, int thirtieth, int hour, int32_t year,
                    dtl_date_ymd *out);

/* The nth (from 1; below 0 from the end) of a weekday (1-7) in a month. False
 * when there is none. */
bool dtl_time_nth_weekday(int32_t year, int month, int wd, int nth,
                          dtl_date_ymd *out);

#endif
