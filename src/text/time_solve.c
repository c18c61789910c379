/* Results of the grammar reckoned to places in time.
 *
 * A date's slots are filled from the coarse to the fine: first the base
 * ("of last year", "3 days ago", the year named), then what lies in it
 * (month, quarter, week, weekday, the second Monday), then the time of day.
 * Where no base is told, the one meant is the nearest that the tense lets
 * stand, or in history the last one named. */
#include "text/time_solve.h"
#include "text/time_holiday.h"
#include <stdlib.h>
#include <string.h>

#define HAS(slot)            dtl_time_has(i, DTL_SLOT_##slot)
#define GET(slot, otherwise) dtl_time_get(i, DTL_SLOT_##slot, otherwise)

static const dtl_time_item *part_of(const dtl_time_context *c,
                                    const dtl_time_item *i, dtl_time_slot slot)
{
    return dtl_time_has(i, slot) ? &c->match->items[i->v[slot]] : NULL;
}

/* ---- The base --------------------------------------------------------- */

static int full_year(const dtl_time_context *c, const dtl_time_item *i)
{
    int y2 = GET(Y2, 0), near = c->has_ref ? c->ref.date.year : 2020;
    const dtl_time_item *first = part_of(c, i, DTL_SLOT_A);

    if (first && dtl_time_has(first, DTL_SLOT_Y))
        return first->v[DTL_SLOT_Y] / 100 * 100 + y2;
    if (c->narrative && c->year)
        return c->year / 100 * 100 + y2;
    y2 += near / 100 * 100;
    return y2 > near + 20 ? y2 - 100 : y2;
}

/* What relative times count from; false when there is nothing. */
static bool origin(dtl_time_context *c, const dtl_time_item *i,
                   dtl_time_point *out)
{
    int anchor = GET(ANC, 0);
    const dtl_time_item *told = part_of(c, i, DTL_SLOT_A);
    dtl_time_solved s;

    if (told) {
        *out =
            dtl_time_solve_point(c, told, &s) ? s.point : (dtl_time_point){0};
        return s.has_point;
    }
    if ((anchor == 1 || (c->narrative && anchor == 0)) && c->has_last)
        *out = c->last;
    else if (c->has_ref)
        *out = c->ref;
    else
        return false;
    return true;
}

/* ---- What lies in the base --------------------------------------------- */

static bool has_any(const dtl_time_item *i, uint64_t slots)
{
    return i->has & slots;
}

#define BIT(slot) ((uint64_t)1 << DTL_SLOT_##slot)

bool dtl_time_nth_unit(const dtl_time_item *i, dtl_time_point *p)
{
    int nth = GET(ORD, 1), unit = GET(OUNIT, DTL_UNIT_DAY);
    dtl_date_ymd first = dtl_time_first_day(p), end = dtl_time_after_last(p);
    dtl_time_point at = *p;

    if (nth == 0 || nth > 400 || nth < -400)
        return false;
    at.date = nth > 0 ? first : dtl_calendar_add_days(end, -1);
    at.grain = DTL_GRAIN_DAY;
    if (unit == DTL_UNIT_WEEK || unit == DTL_UNIT_WEEKEND) {
        /* A year's first week has most of its days in it, a month's begins in
         * it; the last has most of its days inside. */
        int wd = dtl_calendar_weekday(at.date);

        if (nth > 0 && wd > (p->grain == DTL_GRAIN_MONTH ? 1 : 4))
            at.date = dtl_calendar_add_days(at.date, 7);
        if (nth < 0 && unit == DTL_UNIT_WEEK && wd < 4)
            at.date = dtl_calendar_add_days(at.date, -7);
        if (nth < 0 && unit == DTL_UNIT_WEEKEND && wd < 6)
            at.date = dtl_calendar_add_days(at.date, -7);
    }
    *p = dtl_time_shift(at, unit, nth > 0 ? nth - 1 : nth + 1);
    if (unit <= DTL_UNIT_HOUR)
        p->unclear = false;
    return true;
}

static void set_month_day(dtl_time_point *p, int month, int day)
{
    p->date.month = (int8_t)month;
    p->date.day = (int8_t)day;
    p->grain = day ? DTL_GRAIN_DAY : DTL_GRAIN_MONTH;
}

/* The nearest month whose day is a weekday: "Friday the 13th". */
static dtl_date_ymd fitting_month(dtl_date_ymd d, int day, int wd)
{
    for (int k = 0; k < 13; k++) {
        dtl_date_ymd at = {d.year, d.month, 1};

        at = dtl_calendar_add_months(at, k & 1 ? (k + 1) / 2 : -(k / 2));
        at.day = (int8_t)day;
        if (dtl_calendar_is_day(at) && dtl_calendar_weekday(at) == wd)
            return at;
    }
    return d;
}

/* A day of a month that is not told. */
static bool lone_day(const dtl_time_context *c, const dtl_time_item *i,
                     dtl_time_point *p, int day)
{
    dtl_date_ymd d;
    bool from_last = c->has_last && (c->narrative || GET(ANC, 0) == 1) &&
                     c->last.grain <= DTL_GRAIN_MONTH;

    *p = from_last ? c->last : c->ref;
    if (!from_last && !c->has_ref)
        return false;
    d = p->date;
    if (!from_last) {
        int tense = dtl_time_direction(c, i);

        if (tense >= 0 && day < d.day)
            d = dtl_calendar_add_months((dtl_date_ymd){d.year, d.month, 1}, 1);
        else if (tense < 0 && day > d.day)
            d = dtl_calendar_add_months((dtl_date_ymd){d.year, d.month, 1}, -1);
    }
    if (HAS(WD) && !from_last)
        d = fitting_month(d, day, GET(WD, 1));
    p->date = d;
    if (day > dtl_calendar_days_in_month(d.year, d.month))
        return false;
    set_month_day(p, d.month, day);
    return true;
}

/* The weekend that a holiday makes long: a Monday's is the one before it. */
static dtl_time_point weekend_of(dtl_date_ymd day)
{
    dtl_time_point p = {.grain = DTL_GRAIN_DAY};

    p.date =
        dtl_calendar_weekday(day) <= 2 ? dtl_calendar_add_days(day, -7) : day;
    return dtl_time_floor(p, DTL_GRAIN_WEEKEND);
}

/* The finer parts of a date within its base, which may be NULL: not told.
 * False for what is no day of the calendar. */
static bool fill_day(const dtl_time_context *c, const dtl_time_item *i,
                     const dtl_time_point *base, dtl_time_point *p,
                     int8_t *weekday)
{
    int m = GET(M, 0), d = GET(D, 0), wd = GET(WD, 0);

    *p = base ? *base : (dtl_time_point){.grain = DTL_GRAIN_NONE};
    if (HAS(HOL)) {
        dtl_date_ymd day;

        if (!dtl_time_choose_holiday(c, i, base, &day))
            return false;
        p->date = day;
        p->grain = DTL_GRAIN_DAY;
        if (HAS(WE))
            *p = weekend_of(day);
        return true;
    }
    if (m) {
        if (!base) {
            p->date.year = dtl_time_choose_year(c, i, m, d);
            for (int k = 0; m == 2 && d == 29 && k < 8 && p->date.year > 8 &&
                            !dtl_calendar_is_leap(p->date.year);
                 k++)
                p->date.year--;
        }
        if (d && d > dtl_calendar_days_in_month(
                         p->date.year ? p->date.year : 2000, m))
            return false;
        set_month_day(p, m, d);
    } else if (d && base && base->grain == DTL_GRAIN_MONTH) {
        if (d > dtl_calendar_days_in_month(p->date.year, p->date.month))
            return false;
        set_month_day(p, p->date.month, d);
    } else if (d) {
        if (!lone_day(c, i, p, d))
            return false;
    } else if (HAS(Q) || HAS(HALF)) {
        int first = HAS(Q) ? GET(Q, 1) * 3 - 2 : GET(HALF, 1) * 6 - 5;

        if (!base) {
            p->date.year = dtl_time_choose_year(c, i, first, 0);
        }
        p->date.month = (int8_t)first;
        p->date.day = 0;
        p->grain = HAS(Q) ? DTL_GRAIN_QUARTER : DTL_GRAIN_HALF;
    } else if (HAS(SEASON)) {
        p->season = (int8_t)GET(SEASON, 0);
        p->date.year = base ? base->date.year
                            : dtl_time_choose_season(c, i, GET(SEASON, 0));
        p->date.month = p->date.day = 0;
        p->grain = DTL_GRAIN_SEASON;
    } else if (GET(WEEK, 0)) {
        int week = GET(WEEK, 1);

        if (!base && !c->has_ref)
            return false;
        if (week < 1 || week > 53)
            return false;
        p->date = dtl_calendar_week_start(
            base ? base->date.year : c->ref.date.year, week);
        p->grain = DTL_GRAIN_WEEK;
    }
    if (HAS(ORD)) {
        if (p->grain == DTL_GRAIN_NONE) {
            if (!c->has_ref)
                return false;
            *p = dtl_time_floor(c->ref, DTL_GRAIN_YEAR);
        }
        if (wd) {
            dtl_date_ymd first = dtl_time_first_day(p), day;
            int month = first.month, nth = GET(ORD, 1);

            if (p->grain == DTL_GRAIN_YEAR && nth < 0)
                month = 12;
            if (!dtl_time_nth_weekday(first.year, month, wd, nth, &day))
                return false;
            p->date = day;
            p->grain = DTL_GRAIN_DAY;
            return true;
        }
        return dtl_time_nth_unit(i, p);
    }
    if (wd && p->grain == DTL_GRAIN_DAY && (m || d)) {
        *weekday = dtl_calendar_weekday(p->date) == wd ? 1 : -1;
        if (*weekday < 0 && !base && c->has_ref && !HAS(DIR)) {
            /* The year is not told: the one where the weekday fits. */
            static const int8_t years[] = {0, 1, -1};

            for (size_t k = 0; k < sizeof years; k++) {
                int32_t y = c->ref.date.year + years[k];
                dtl_date_ymd day = {y, p->date.month, p->date.day};

                if (m && dtl_calendar_is_day(day) &&
                    dtl_calendar_weekday(day) == wd) {
                    p->date = day;
                    *weekday = 1;
                    break;
                }
            }
        }
    } else if (wd && p->grain == DTL_GRAIN_WEEK) {
        p->date = dtl_calendar_add_days(p->date, wd - 1);
        p->grain = DTL_GRAIN_DAY;
    } else if (wd && p->grain == DTL_GRAIN_DAY) {
        *weekday = dtl_calendar_weekday(p->date) == wd ? 1 : -1;
    } else if (wd) {
        if (!c->has_ref && !(c->narrative && c->has_last))
            return false;
        p->date = dtl_time_choose_weekday(c, i, wd);
        p->grain = DTL_GRAIN_DAY;
    } else if (HAS(WE)) {
        if (p->grain == DTL_GRAIN_NONE) {
            if (!c->has_ref)
                return false;
            *p = c->ref;
            if (GET(DIR, 0) == 9 || !HAS(DIR)) {
                int tense = dtl_time_direction(c, i);

                if (tense < 0 && dtl_calendar_weekday(p->date) < 6)
                    *p = dtl_time_shift(*p, DTL_UNIT_WEEK, -1);
            } else {
                *p = dtl_time_shift(*p, DTL_UNIT_WEEK,
                                    GET(DIR, 0) == 2 ? 0 : GET(DIR, 0));
            }
        }
        *p = dtl_time_floor(*p, DTL_GRAIN_WEEKEND);
    }
    return p->grain != DTL_GRAIN_NONE;
}

static bool fill_date(const dtl_time_context *c, const dtl_time_item *i,
                      const dtl_time_point *base, dtl_time_point *p,
                      int8_t *weekday)
{
    if (!fill_day(c, i, base, p, weekday))
        return false;
    if (HAS(WEEK) && GET(WEEK, 0) == 0 && p->grain <= DTL_GRAIN_DAY)
        *p = dtl_time_floor(*p, DTL_GRAIN_WEEK);
    return true;
}

/* ---- The time of day ---------------------------------------------------- */

static void fill_zone(const dtl_time_item *i, dtl_time_point *p)
{
    if (HAS(Z)) {
        p->has_zone = true;
        p->zone = (int16_t)GET(Z, 0);
    } else if (HAS(ZH)) {
        int h = GET(ZH, 0), m = GET(ZM, 0);

        if (h > 24)
            m = h % 100, h /= 100;
        if (h <= 15 && m < 60) {
            p->has_zone = true;
            p->zone = (int16_t)((h * 60 + m) * GET(ZS, 1));
        }
    }
}

/* Whether an hour's part of the day makes it an afternoon's. */
static int hour_of(const dtl_time_item *i, int h)
{
    int part = GET(PART, -1);

    if (HAS(AP)) {
        if (h == 12)
            return GET(AP, 0) ? 12 : 0;
        return GET(AP, 0) && h < 12 ? h + 12 : h;
    }
    if (h > 12)
        return h;
    switch (part) {
    case DTL_PART_AFTERNOON:
        return h < 12 ? h + 12 : h;
    case DTL_PART_EVENING:
        return h < 12 ? h + 12 : h;
    case DTL_PART_NIGHT:
        return h == 12 ? 24 : h >= 5 ? h + 12 : h;
    case DTL_PART_MIDDAY:
        return h < 4 ? h + 12 : h;
    case DTL_PART_MORNING:
        return h == 12 ? 0 : h;
    default:
        return h;
    }
}

/* Puts the time of day on a day. False when it is none. */
static bool fill_clock(const dtl_time_item *i, dtl_time_point *p)
{
    int h = GET(H, 0), min = GET(MIN, 0), sec = GET(SEC, 0), past;

    if (!HAS(H)) {
        int part = GET(PART, 0);

        if (part == DTL_PART_NOON || part == DTL_PART_MIDNIGHT) {
            p->hour = part == DTL_PART_NOON ? 12 : 0;
            p->minute = (int8_t)GET(MIN, 0);
            p->grain = DTL_GRAIN_MINUTE;
            if (HAS(PAST)) {
                past = GET(PAST, 0) + p->hour * 60;
                past = (past + 1440) % 1440;
                p->hour = (int8_t)(past / 60);
                p->minute = (int8_t)(past % 60);
            }
            return true;
        }
        p->part = (int8_t)part;
        p->grain = DTL_GRAIN_PART;
        return true;
    }
    if (h > 100) {
        min = h % 100;
        h /= 100;
    }
    if (h > 24 || min > 59 || sec > 60 ||
        (HAS(AP) && h > 12 && GET(AP, 0) == 0))
        return false;
    h = hour_of(i, h);
    past = h * 60 + min + GET(PAST, 0) - (HAS(HALFTO) ? 30 : 0);
    if (past < 0)
        past += 1440;
    if (past >= 1440 && p->date.day) {
        p->date = dtl_calendar_add_days(p->date, past / 1440);
    }
    past %= 1440;
    p->hour = (int8_t)(past / 60);
    p->minute = (int8_t)(past % 60);
    p->second = (int8_t)sec;
    p->grain = HAS(SEC)                               ? DTL_GRAIN_SECOND
               : HAS(MIN) || HAS(PAST) || HAS(HALFTO) ? DTL_GRAIN_MINUTE
                                                      : DTL_GRAIN_HOUR;
    fill_zone(i, p);
    return true;
}

/* ---- Items ----------------------------------------------------------------
 */

/* Of "the 1980s", "the eighties", "the '80s"; -1 for what is none. */
static int decade(const dtl_time_context *c, const dtl_time_item *i)
{
    int dec = GET(DEC2, 0), near = c->has_ref ? c->ref.date.year : 2020;

    if (HAS(DEC))
        return GET(DEC, 0);
    if (dec >= 10 && dec % 10)
        return -1;
    dec = dec >= 10 ? dec / 10 : dec;
    if (c->narrative && c->year)
        return c->year / 100 * 10 + dec;
    return near / 100 * 10 + dec - (dec * 10 > near % 100 ? 10 : 0);
}

/* The base of a date: true and *out, or false, and none is told; *lost when
 * it is told and cannot be reckoned. */
static bool find_base(dtl_time_context *c, const dtl_time_item *i,
                      dtl_time_point *out, bool *lost)
{
    dtl_time_point from;

    *lost = false;
    if (HAS(Y) && GET(MUL, 1) == 10) { /* "the 1980s" */
        *out = (dtl_time_point){.grain = DTL_GRAIN_DECADE};
        out->date.year = GET(Y, 0);
        if (out->date.year % 100 == 0 && out->date.year < 2000)
            out->grain = DTL_GRAIN_CENTURY;
        return out->date.year % 10 == 0 || (*lost = true, false);
    }
    if (HAS(Y) || HAS(Y2)) {
        *out = (dtl_time_point){.grain = DTL_GRAIN_YEAR};
        out->date.year = HAS(Y) ? GET(Y, 0) : full_year(c, i);
        out->bc = GET(ERA, 0) < 0;
        out->fiscal = HAS(FY);
        return true;
    }
    if (HAS(DEC) || HAS(DEC2)) {
        int dec = decade(c, i);

        if (dec < 0)
            return *lost = true, false;
        *out = (dtl_time_point){.grain = DTL_GRAIN_DECADE};
        out->date.year = dec * 10;
        return true;
    }
    if (HAS(CENT)) {
        *out = (dtl_time_point){.grain = DTL_GRAIN_CENTURY};
        out->date.year = (GET(CENT, 1) - 1) * 100;
        out->bc = GET(ERA, 0) < 0;
        return out->date.year >= 0 || (*lost = true, false);
    }
    if (!HAS(RS) && !HAS(RUNIT))
        return false;
    if (!origin(c, i, &from))
        return *lost = true, false;
    if (HAS(RS)) {
        *out = dtl_time_move(from, i, GET(RS, 1));
    } else {
        int unit = GET(RUNIT, 0);

        *out = dtl_time_shift(from, unit,
                              GET(RN, GET(DIR, 0) == 2 ? 1 : GET(DIR, 0)));
        if (unit == DTL_UNIT_MINUTE)
            *out = dtl_time_floor(*out, DTL_GRAIN_MINUTE);
        out->fiscal = HAS(FY);
    }
    return true;
}

/* The day that a time of day told alone is of. */
static bool clock_day(const dtl_time_context *c, const dtl_time_item *i,
                      dtl_time_point *p)
{
    bool last = c->has_last && c->last.grain <= DTL_GRAIN_DAY &&
                (c->narrative || GET(ANC, 0) == 1);

    *p = last ? c->last : c->ref;
    if (last || c->has_ref) {
        *p = dtl_time_floor(*p, DTL_GRAIN_DAY);
        return true;
    }
    *p = (dtl_time_point){.grain = DTL_GRAIN_DAY};
    return false;
}

/* "The deadline is midnight", said at noon, is the one that ends the day. */
static bool midnight_ahead(const dtl_time_context *c, const dtl_time_item *i)
{
    int tense = dtl_time_direction(c, i);

    return !c->narrative && c->ref.grain < DTL_GRAIN_PART &&
           (tense > 0 || (tense == 0 && c->ref.hour >= 4));
}

static void partial(const dtl_time_item *i, char out[DTL_TIME_VALUE])
{
    dtl_date_ymd d = {0, (int8_t)GET(M, 0), (int8_t)GET(D, 0)};

    if (HAS(M) && HAS(D))
        dtl_time_format_day(d, out);
    else if (HAS(M))
        dtl_time_put_number(dtl_time_put(out, "XXXX-"), GET(M, 0), 2);
    else if (HAS(WD))
        dtl_time_put_number(dtl_time_put(out, "XXXX-WXX-"), GET(WD, 0), 1);
}

bool dtl_time_solve_point(dtl_time_context *c, const dtl_time_item *i,
                          dtl_time_solved *out)
{
    const uint64_t fine = BIT(M) | BIT(D) | BIT(WD) | BIT(WEEK) | BIT(Q) |
                          BIT(HALF) | BIT(SEASON) | BIT(HOL) | BIT(WE) |
                          BIT(ORD);
    dtl_time_point base, *p = &out->point;
    bool lost, told;

    memset(out, 0, sizeof *out);
    out->type = DTL_TIME_DATE;
    if (GET(MUL, 1) == 0)
        return false;
    if (HAS(VAGUE) && HAS(RS)) {
        dtl_time_put(out->value, GET(RS, 1) < 0 ? "PAST_REF" : "FUTURE_REF");
        return true;
    }
    told = find_base(c, i, &base, &lost);
    if (lost)
        return true; /* a time, and not resolved */
    if (has_any(i, fine)) {
        if (!fill_date(c, i, told ? &base : NULL, p, &out->weekday)) {
            if (HAS(M) && HAS(D) &&
                GET(D, 0) > dtl_calendar_days_in_month(2000, GET(M, 1)))
                return false;
            if (told && HAS(M) && HAS(D))
                return false;
            partial(i, out->value);
            return out->value[0] || !c->has_ref;
        }
    } else if (told) {
        *p = base;
    } else if (!has_any(i, BIT(H) | BIT(PART))) {
        return false;
    } else {
        told = clock_day(c, i, p);
        if (told && GET(PART, 0) == DTL_PART_MIDNIGHT && !HAS(H) &&
            !HAS(PAST) && midnight_ahead(c, i))
            p->date = dtl_calendar_add_days(p->date, 1);
    }
    if (has_any(i, BIT(H) | BIT(PART))) {
        if (p->grain > DTL_GRAIN_DAY && told) {
            /* "last year at night": the part adds nothing. */
        } else if (!fill_clock(i, p)) {
            return false;
        } else {
            out->type = DTL_TIME_TIME;
        }
    }
    if (p->grain < DTL_GRAIN_DAY)
        out->type = DTL_TIME_TIME;
    out->has_point = p->date.year != 0;
    dtl_time_format(p, out->value);
    return true;
}

#undef BIT
