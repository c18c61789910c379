/* Results of the grammar reckoned to places in time. Used by the time_*.c
 * files only. */
#ifndef DTL_TEXT_TIME_SOLVE_H
#define DTL_TEXT_TIME_SOLVE_H

#include "text/time_match.h"
#include "text/time_point.h"

/* What is known where the reckoning has come to in a text. */
typedef struct {
    dtl_str text;
    const dtl_time_lang *lang;
    const dtl_time_tokens *tokens; /* of the stretch */
    const dtl_time_match *match;
    bool narrative, has_ref, has_last;
    dtl_time_point ref;  /* what the article counts from */
    dtl_time_point last; /* the last time named */
    int32_t year;        /* the last year named; 0: none */
} dtl_time_context;

typedef struct {
    dtl_time_type type;
    char value[DTL_TIME_VALUE]; /* empty: not resolved */
    dtl_time_point point;       /* where has_point */
    bool has_point;
    char begin[DTL_TIME_VALUE], end[DTL_TIME_VALUE];
    int8_t weekday; /* 1: the weekday named is the day's, -1: is not */
} dtl_time_solved;

/* Reckons an item. False for what is no time after all. */
bool dtl_time_solve(dtl_time_context *c, const dtl_time_item *item,
                    dtl_time_solved *out);

/* The same of dates and times of day only, without begin and end. */
bool dtl_time_solve_point(dtl_time_context *c, const dtl_time_item *item,
                          dtl_time_solved *out);

/* Moves a point by all the counts of an item, on (sign 1) or back (-1). */
dtl_time_point dtl_time_move(dtl_time_point p, const dtl_time_item *i,
                             int sign);
/* Makes a point the ord-th unit within it: "the first week of May". False
 * where there is none. */
bool dtl_time_nth_unit(const dtl_time_item *i, dtl_time_point *p);
/* Gives the ends of a range the day that is told for both: "Friday from 9 to
 * 11". It becomes part of the end next to it. */
void dtl_time_spread(const dtl_time_item *range, dtl_time_item *a,
                     dtl_time_item *b);
/* Makes the ends of a range of hours, both copies of it. */
void dtl_time_split(dtl_time_item *a, dtl_time_item *b);
/* Makes the ends of a range complete by each other: "June 5 to 7". */
void dtl_time_share(dtl_time_item *a, dtl_time_item *b);
/* Reckons the two ends; the second is not before the first. */
bool dtl_time_solve_range(dtl_time_context *c, dtl_time_item *a,
                          dtl_time_item *b, dtl_time_solved *first,
                          dtl_time_solved *second);
/* A duration that begins (edge 1) or ends (edge -1) with a date. */
bool dtl_time_solve_span(dtl_time_context *c, const dtl_time_item *dur,
                         const dtl_time_item *date, int edge,
                         dtl_time_solved *first, dtl_time_solved *second);

/* Which one is meant by what is told without its year: a month, or month and
 * day (0: none), a weekday, a holiday (within the base, where one is told), a
 * season. False for a holiday that none is. */
int32_t dtl_time_choose_year(const dtl_time_context *c, const dtl_time_item *i,
                             int month, int day);
dtl_date_ymd dtl_time_choose_weekday(const dtl_time_context *c,
                                     const dtl_time_item *i, int wd);
bool dtl_time_choose_holiday(const dtl_time_context *c, const dtl_time_item *i,
                             const dtl_time_point *base, dtl_date_ymd *out);
int32_t dtl_time_choose_season(const dtl_time_context *c,
                               const dtl_time_item *i, int season);

/* The tense that decides for an item: what the phrase says, or the words
 * around it. */
int dtl_time_direction(const dtl_time_context *c, const dtl_time_item *item);

/* Whether the paragraph has more tokens than so many besides an item's. */
bool dtl_time_has_more(const dtl_time_context *c, const dtl_time_item *i,
                       int others);

/* -1, 0 or 1: the tense of the words around the tokens [from, to). */
int dtl_time_tense(const dtl_time_context *c, uint32_t from, uint32_t to);

/* Writes a duration's value: "P2Y", "PT36H", "PXD". */
void dtl_time_format_duration(const dtl_time_item *item,
                              char out[DTL_TIME_VALUE]);

#endif
