/* Dates as pages, feeds and headers write them, read into numbers.
 *
 * Understood are ISO 8601, the dates of RFC 2822 and C's asctime, seconds
 * and milliseconds since 1970, and dates written for people: with month
 * names of some sixty languages ("29. September 2021, 11.42 Uhr"), in
 * numbers ("29.9.2021", "9/29/2021"), in Chinese, Japanese, Korean and
 * Vietnamese, with Arabic, Persian, Indic and Thai digits, in Buddhist,
 * Japanese-era and Persian years. Nothing is guessed: a date without a year
 * or one counted from today ("3 hours ago") is none. */
#ifndef DTL_BASE_DATE_PARSE_H
#define DTL_BASE_DATE_PARSE_H

#include "base/alloc.h"
#include "base/calendar.h"

typedef struct {
    dtl_date_ymd date; /* month and day are 0 where precision is coarser */
    int8_t hour, minute, second; /* 0 where precision is coarser */
    bool has_zone;
    int16_t zone; /* minutes east of UTC */
    dtl_precision precision;
} dtl_date_time;

/* A zeroed struct knows nothing. */
typedef struct {
    dtl_str language; /* tag of the text's language: settles what month
                         "listopad" is */
    bool month_first; /* 3/4/2021 is March 4 */
} dtl_date_hints;

/* Reads text that should be a date and nothing else, as in a datetime
 * attribute; surrounding words are forgiven. Month and year alone are dates
 * here. */
bool dtl_date_parse(dtl_str text, const dtl_date_hints *hints,
                    dtl_date_time *out);

/* Finds the first whole day written in text at or after from. *start and
 * *end are its place, time of day included. Linear in the text's length. */
bool dtl_date_find(dtl_str text, size_t from, const dtl_date_hints *hints,
                   dtl_date_time *out, size_t *start, size_t *end);

/* ISO 8601 as precise as it is known: "2021-09", "2021-09-29",
 * "2021-09-29T11:42", "2021-09-29T11:42:07-04:00". ptr NULL: no memory. */
dtl_str dtl_date_format(const dtl_date_time *d, dtl_arena *arena);

/* Minutes since 1970 in UTC; without a zone as if in UTC, without a time as
 * if at midnight. */
int64_t dtl_date_minutes(const dtl_date_time *d);

#endif
