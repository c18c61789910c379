/* Which year, weekday, holiday or season is meant where that is not told.
 *
 * The one that the tense lets stand, as near as may be; where nothing tells,
 * the nearest, or in history the one of the last year named. */
#include "text/time_solve.h"
#include "text/time_holiday.h"

#define HAS(slot)            dtl_time_has(i, DTL_SLOT_##slot)
#define GET(slot, otherwise) dtl_time_get(i, DTL_SLOT_##slot, otherwise)

enum {
    SENTENCE = 8 /* tokens; less is a phrase */
};

int dtl_time_direction(const dtl_time_context *c, const dtl_time_item *i)
{
    return HAS(CUE) ? GET(CUE, 0) : dtl_time_tense(c, i->from, i->to);
}

static int64_t distance(dtl_date_ymd a, dtl_date_ymd b)
{
    int64_t d = dtl_calendar_to_days(a) - dtl_calendar_to_days(b);

    return d < 0 ? -d : d;
}

/* The year of a month, or month and day, told without one. */
int32_t dtl_time_choose_year(const dtl_time_context *c, const dtl_time_item *i,
                             int month, int day)
{
    dtl_date_ymd ref = c->ref.date, here;
    int tense, dir = GET(DIR, 9);
    int32_t best = ref.year;

    if (c->narrative && c->year && dir == 9)
        return c->year;
    if (!c->has_ref)
        return c->year;
    here = (dtl_date_ymd){ref.year, (int8_t)month, (int8_t)(day ? day : 1)};
    if (!day)
        ref.day = 1;
    if (dir == 0)
        return ref.year;
    if (dir == -1 || dir == 1) {
        int order = dtl_calendar_compare(here, ref);

        return ref.year + (dir < 0 ? -(order >= 0) : order <= 0);
    }
    tense = dtl_time_direction(c, i);
    if (tense < 0)
        return dtl_calendar_compare(here, ref) > 0 ? ref.year - 1 : ref.year;
    if (tense > 0)
        return dtl_calendar_compare(here, ref) < 0 ? ref.year + 1 : ref.year;
    /* Nothing told: the same year, or another when that is near. */
    for (int32_t y = ref.year - 1; y <= ref.year + 1; y += 2) {
        dtl_date_ymd other = {y, here.month, here.day};

        if (distance(other, ref) <= 92)
            best = y;
    }
    return best;
}

/* The day of a weekday told alone. */
dtl_date_ymd dtl_time_choose_weekday(const dtl_time_context *c,
                                     const dtl_time_item *i, int wd)
{
    dtl_date_ymd ref = c->ref.date;
    int today, ahead, dir = GET(DIR, 9);

    if (c->narrative && c->has_last && c->last.grain <= DTL_GRAIN_DAY)
        ref = c->last.date;
    today = dtl_calendar_weekday(ref);
    ahead = (wd - today + 7) % 7;
    if (dir == 0)
        return dtl_calendar_add_days(ref, wd - today < 0 ? wd - today + 7
                                                         : wd - today);
    if (dir == -1)
        return dtl_calendar_add_days(ref, ahead ? ahead - 7 : -7);
    if (dir == 1)
        return dtl_calendar_add_days(ref, wd - today + 7);
    if (dir == 3 || dir == -3) { /* "two Fridays from now", "ago" */
        int n = GET(N, 1) > 1000 ? 0 : GET(N, 1) - 1;

        return dtl_calendar_add_days(
            ref, 7 * (dir > 0 ? n : -n) + (dir > 0 ? (ahead ? ahead : 7)
                                                   : (ahead ? ahead - 7 : -7)));
    }
    if (dir == 2) /* "this coming" */
        return dtl_calendar_add_days(ref, ahead ? ahead : 7);
    switch (dtl_time_direction(c, i)) {
    case -1:
        return dtl_calendar_add_days(ref, ahead ? ahead - 7 : 0);
    case 1:
        return dtl_calendar_add_days(ref, ahead);
    default:
        /* A sentence reports, where verbs tell us little; a phrase is more
         * often a plan. */
        if (ahead && c->lang->reports &&
            dtl_time_has_more(c, i, SENTENCE - (int)(i->to - i->from)))
            ahead -= 7;
        return dtl_calendar_add_days(ref, ahead);
    }
}

bool dtl_time_choose_holiday(const dtl_time_context *c, const dtl_time_item *i,
                             const dtl_time_point *base, dtl_date_ymd *out)
{
    int rule = GET(HOL, 0), dir = GET(DIR, 9);
    int32_t year = c->ref.date.year;
    dtl_date_ymd near = {0}, d;

    if (base)
        return dtl_time_holiday(rule, base->date.year, out);
    if (c->narrative && c->year)
        return dtl_time_holiday(rule, c->year, out);
    if (!c->has_ref)
        return false;
    if (dir == 9) {
        dir = dtl_time_direction(c, i);
        dir = dir ? dir : 1;
    } else if (dir == 0) {
        return dtl_time_holiday(rule, year, out);
    }
    for (int32_t y = year - 1; y <= year + 1; y++) {
        int order;

        if (!dtl_time_holiday(rule, y, &d))
            continue;
        order = dtl_calendar_compare(d, c->ref.date);
        if ((dir < 0 && order > 0) || (dir > 0 && order < 0))
            continue;
        if (!near.year ||
            distance(d, c->ref.date) < distance(near, c->ref.date))
            near = d;
    }
    *out = near;
    return near.year != 0;
}

/* The year of a season told without one. */
int32_t dtl_time_choose_season(const dtl_time_context *c,
                               const dtl_time_item *i, int season)
{
    dtl_time_point p = {.grain = DTL_GRAIN_SEASON, .season = (int8_t)season};
    dtl_date_ymd ref = c->ref.date;
    int dir = GET(DIR, 9), tense;

    if (c->narrative && c->year && dir == 9)
        return c->year;
    if (!c->has_ref)
        return c->year;
    tense = dir == 9 ? dtl_time_direction(c, i) : 0;
    if (dir == 0)
        return ref.year;
    if (dir == 9 && !tense) {
        /* The one that is just over, if there is one. */
        p.date.year = ref.year - 1;
        return distance(dtl_time_after_last(&p), ref) <= 92 ? ref.year - 1
                                                            : ref.year;
    }
    for (int k = 0; k < 4; k++) {
        bool begun, over;

        p.date.year =
            dir == 1 || tense > 0 ? ref.year - 2 + k : ref.year + 1 - k;
        begun = dtl_calendar_compare(dtl_time_first_day(&p), ref) <= 0;
        over = dtl_calendar_compare(dtl_time_after_last(&p), ref) <= 0;
        if ((dir == -1 && over) || (dir > 0 && dir < 9 && !begun) ||
            (tense < 0 && begun) || (tense > 0 && !over))
            return p.date.year;
    }
    return ref.year;
}
