/* Days that move, and days that do not. Used by the time_*.c files only. */
#ifndef DTL_TEXT_TIME_HOLIDAY_H
#define DTL_TEXT_TIME_HOLIDAY_H

#include "base/calendar.h"

/* The day of a holiday in a year; rule is what tools/make_time_tables.py
 * makes of "easter+39" and the like. False for a year in which there is
 * none. */
bool dtl_time_holiday(int rule, int32_t year, dtl_date_ymd *out);

/* The nth (from 1; below 0 from the end) of a weekday (1-7) in a month. False
 * when there is none. */
bool dtl_time_nth_weekday(int32_t year, int month, int wd, int nth,
                          dtl_date_ymd *out);

#endif
