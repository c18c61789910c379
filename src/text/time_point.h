/* A place in time as precise as it is told, and reckoning with it. Used by
 * the time_*.c files only. */
#ifndef DTL_TEXT_TIME_POINT_H
#define DTL_TEXT_TIME_POINT_H

#include "base/calendar.h"
#include "text/time_grammar.h"

typedef enum {
    DTL_GRAIN_NONE,
    DTL_GRAIN_SECOND,
    DTL_GRAIN_MINUTE,
    DTL_GRAIN_HOUR,
    DTL_GRAIN_PART, /* of a day */
    DTL_GRAIN_DAY,
    DTL_GRAIN_WEEKEND,
    DTL_GRAIN_WEEK,
    DTL_GRAIN_MONTH,
    DTL_GRAIN_QUARTER,
    DTL_GRAIN_SEASON,
    DTL_GRAIN_HALF,
    DTL_GRAIN_YEAR,
    DTL_GRAIN_DECADE,
    DTL_GRAIN_CENTURY,
    DTL_GRAIN_MILLENNIUM
} dtl_time_grain;

/* Fields finer than the grain say where it begins. year 0: unknown, as are a
 * month or day of 0 that the grain would need. */
typedef struct {
    dtl_date_ymd date;
    int8_t hour, minute, second;
    uint8_t grain;
    int8_t part;   /* of a day, where the grain is that */
    int8_t season; /* where the grain is that */
    bool bc;       /* the year counts backwards */
    bool unclear;  /* hours were reckoned from a day: no hour is known */
    bool fiscal;
    bool has_zone;
    int16_t zone; /* minutes east of UTC */
} dtl_time_point;

/* The unit's grain. */
dtl_time_grain dtl_time_unit_grain(int unit);

/* The same unit n units on: its beginning, at the unit's grain. */
dtl_time_point dtl_time_shift(dtl_time_point from, int unit, int64_t n);

/* How far a unit reaches, in days or in months; shorter ones have neither. */
typedef struct {
    int16_t days, months;
} dtl_time_steps_of;
dtl_time_steps_of dtl_time_steps(int unit);

/* The day n units on: "two weeks from" a day, to the day. */
dtl_date_ymd dtl_time_step(dtl_date_ymd d, int unit, int64_t n);

/* The unit of a grain that the point lies in. */
dtl_time_point dtl_time_floor(dtl_time_point p, dtl_time_grain grain);

/* The first day, and the day after the last. */
dtl_date_ymd dtl_time_first_day(const dtl_time_point *p);
dtl_date_ymd dtl_time_after_last(const dtl_time_point *p);

/* Enough for any value. */
enum {
    DTL_TIME_VALUE = 40
};

/* Writes the TIMEX3 value, NUL-terminated: "2021-09", "2021-W39",
 * "XXXX-09-30". */
void dtl_time_format(const dtl_time_point *p, char out[DTL_TIME_VALUE]);
void dtl_time_format_day(dtl_date_ymd d, char out[DTL_TIME_VALUE]);

/* Write at out, whose rest has room, and return the end, where a NUL is: a
 * string, and a number of at least so many digits. */
char *dtl_time_put(char *out, const char *s);
char *dtl_time_put_number(char *out, int n, int digits);

#endif
