/* What the grammar found as TIMEX3: durations, repeated times, references,
 * ranges, and the edges of what has some. */
#include "text/time_solve.h"
#include <string.h>

#define HAS(slot)            dtl_time_has(i, DTL_SLOT_##slot)
#define GET(slot, otherwise) dtl_time_get(i, DTL_SLOT_##slot, otherwise)

/* ---- Durations ------------------------------------------------------------
 */

static const char *unit_letters(int unit)
{
    static const char letters[DTL_UNIT_COUNT][3] = {
        [DTL_UNIT_SECOND] = "S",      [DTL_UNIT_MINUTE] = "M",
        [DTL_UNIT_HOUR] = "H",        [DTL_UNIT_DAY] = "D",
        [DTL_UNIT_WEEKEND] = "WE",    [DTL_UNIT_WEEK] = "W",
        [DTL_UNIT_FORTNIGHT] = "W",   [DTL_UNIT_MONTH] = "M",
        [DTL_UNIT_QUARTER] = "Q",     [DTL_UNIT_SEASON] = "SN",
        [DTL_UNIT_HALFYEAR] = "M",    [DTL_UNIT_YEAR] = "Y",
        [DTL_UNIT_DECADE] = "DE",     [DTL_UNIT_CENTURY] = "CE",
        [DTL_UNIT_MILLENNIUM] = "ML", [DTL_UNIT_WEEKDAY] = "D",
        [DTL_UNIT_NIGHT] = "NI"};

    return letters[unit >= 0 && unit < DTL_UNIT_COUNT ? unit : DTL_UNIT_DAY];
}

typedef struct {
    char *end;
    bool clock; /* a T was written */
} duration;

static void put_part(duration *d, int unit, int n, int tenths, int digits,
                     bool vague)
{
    char *out = d->end;

    if (unit == DTL_UNIT_FORTNIGHT)
        n *= 2;
    if (unit == DTL_UNIT_HALFYEAR)
        n *= 6;
    if (unit <= DTL_UNIT_HOUR && !d->clock)
        out = dtl_time_put(out, "T");
    out = vague ? dtl_time_put(out, "X") : dtl_time_put_number(out, n, 1);
    if (!vague && (digits == 2 || tenths)) {
        out = dtl_time_put(out, ".");
        out =
            dtl_time_put_number(out, tenths % (digits == 2 ? 100 : 10), digits);
    }
    d->end = dtl_time_put(out, unit_letters(unit));
    d->clock |= unit <= DTL_UNIT_HOUR;
}

void dtl_time_format_duration(const dtl_time_item *i, char out[DTL_TIME_VALUE])
{
    duration d = {out + 1, false};
    int n = GET(N, 1), unit = GET(UNIT, DTL_UNIT_DAY), frac = GET(FRAC, 0);

    out[0] = 'P';
    if (frac == 5 && n == 0 && unit == DTL_UNIT_HOUR)
        put_part(&d, DTL_UNIT_MINUTE, 30, 0, 0, false);
    else if (frac == 5 && n == 0 && unit == DTL_UNIT_YEAR)
        put_part(&d, DTL_UNIT_MONTH, 6, 0, 0, false);
    else if (HAS(HUND) && n == 0 && unit == DTL_UNIT_HOUR)
        put_part(&d, DTL_UNIT_MINUTE, frac * 60 / 100, 0, 0, false);
    else
        put_part(&d, unit, n, frac, HAS(HUND) ? 2 : 1, HAS(VAGUE));
    if (HAS(UNIT2))
        put_part(&d, GET(UNIT2, 0), GET(N2, 1), 0, 0, false);
    if (HAS(UNIT3))
        put_part(&d, GET(UNIT3, 0), GET(N3, 1), 0, 0, false);
}

/* Units that are reckoned from a day to a day. */
static bool has_steps(int unit)
{
    return unit >= DTL_UNIT_WEEK && unit <= DTL_UNIT_CENTURY &&
           unit != DTL_UNIT_SEASON;
}

/* The place of a duration that is told from the article: "the last 3 days"
 * ends with it. */
static void place_window(const dtl_time_context *c, const dtl_time_item *i,
                         dtl_time_solved *out)
{
    dtl_time_item count = *i;
    dtl_time_point from = c->ref, to;
    int sign = GET(DIR, GET(RS, 1)), unit = GET(UNIT, DTL_UNIT_DAY);

    if (!c->has_ref || HAS(VAGUE) || (c->narrative && GET(ANC, 0)))
        return;
    if (unit <= DTL_UNIT_HOUR && c->ref.grain > DTL_GRAIN_HOUR)
        return;
    dtl_time_set(&count, DTL_SLOT_RS, sign);
    if (unit <= DTL_UNIT_HOUR || GET(EDGE, 0) < 0) {
        dtl_time_set(&count, DTL_SLOT_EXACT, 1);
        to = dtl_time_move(from, &count, sign);
        dtl_time_format(sign < 0 ? &to : &from, out->begin);
        dtl_time_format(sign < 0 ? &from : &to, out->end);
        return;
    }
    to = dtl_time_shift(from, unit, (int64_t)sign * GET(N, 1));
    if (unit == DTL_UNIT_QUARTER) {
        /* Whole ones, which nobody counts from today. */
        from = dtl_time_shift(c->ref, unit, sign > 0 ? 1 : sign * GET(N, 1));
        to = dtl_time_shift(c->ref, unit, sign > 0 ? GET(N, 1) : -1);
        dtl_time_format_day(dtl_time_first_day(&from), out->begin);
        dtl_time_format_day(dtl_calendar_add_days(dtl_time_after_last(&to), -1),
                            out->end);
        return;
    }
    from = dtl_time_floor(from, DTL_GRAIN_DAY);
    if (sign > 0)
        from = dtl_time_shift(
            from, unit == DTL_UNIT_WEEKDAY ? unit : DTL_UNIT_DAY, 1);
    if (HAS(UNIT2)) {
        dtl_time_set(&count, DTL_SLOT_EXACT, 1);
        to = dtl_time_move(from, &count, sign);
    } else if (has_steps(unit)) {
        to = from;
        to.date = dtl_time_step(from.date, unit, (int64_t)sign * GET(N, 1));
    } else {
        to = dtl_time_floor(to, DTL_GRAIN_DAY);
    }
    dtl_time_format(sign < 0 ? &to : &from, out->begin);
    dtl_time_format(sign < 0 ? &from : &to, out->end);
}

/* The days from the first to that before the end. */
static void put_days(dtl_time_solved *out, dtl_date_ymd first, dtl_date_ymd end)
{
    dtl_time_format_day(first, out->begin);
    dtl_time_format_day(dtl_calendar_add_days(end, -1), out->end);
}

/* "The first two weeks of March" begins with it; the last ends with it. */
static void place_part(dtl_time_context *c, const dtl_time_item *i,
                       dtl_time_solved *out)
{
    int unit = GET(UNIT, DTL_UNIT_DAY), sign = GET(ORD, 1);
    dtl_time_item nth = *i;
    dtl_time_solved whole;
    dtl_date_ymd edge, other;

    if (HAS(VAGUE) || HAS(FRAC) || HAS(UNIT2) || unit < DTL_UNIT_DAY ||
        unit == DTL_UNIT_SEASON ||
        !dtl_time_solve_point(c, &c->match->items[i->v[DTL_SLOT_A]], &whole) ||
        !whole.has_point || whole.point.bc ||
        whole.point.grain <= dtl_time_unit_grain(unit))
        return;
    dtl_time_set(&nth, DTL_SLOT_OUNIT, unit);
    /* Of a year whole weeks are meant, of a month days. */
    if (unit == DTL_UNIT_WEEK && whole.point.grain > DTL_GRAIN_MONTH &&
        !dtl_time_nth_unit(&nth, &whole.point))
        return;
    edge = sign > 0 ? dtl_time_first_day(&whole.point)
                    : dtl_time_after_last(&whole.point);
    other = dtl_time_step(edge, unit, (int64_t)sign * GET(N, 1));
    put_days(out, sign > 0 ? edge : other, sign > 0 ? other : edge);
}

static bool solve_duration(dtl_time_context *c, const dtl_time_item *i,
                           dtl_time_solved *out)
{
    memset(out, 0, sizeof *out);
    out->type = DTL_TIME_DURATION;
    dtl_time_format_duration(i, out->value);
    if (HAS(RS) && (HAS(DIR) || (GET(SOFT, 0) != DTL_SOFT_LASTS &&
                                 GET(SOFT, 0) != DTL_SOFT_PHRASE)))
        place_window(c, i, out);
    if (GET(EDGE, 0) < 0)
        out->begin[0] = '\0';
    if (HAS(ORD) && HAS(A))
        place_part(c, i, out);
    return true;
}

/* ---- Repeated times ---------------------------------------------------------
 */

static bool solve_set(const dtl_time_item *i, dtl_time_solved *out)
{
    static const char parts[][4] = {"MO", "MI", "AF", "EV", "NI", "DT"};
    static const char seasons[][3] = {"SP", "SU", "FA", "WI"};
    char *v = out->value, *end = v;

    memset(out, 0, sizeof *out);
    out->type = DTL_TIME_SET;
    if (HAS(UNIT)) {
        dtl_time_format_duration(i, v);
        return true;
    }
    if (HAS(WD)) {
        end = dtl_time_put_number(dtl_time_put(v, "XXXX-WXX-"), GET(WD, 1), 1);
    } else if (HAS(WE)) {
        end = dtl_time_put(v, "XXXX-WXX-WE");
    } else if (HAS(M)) {
        end = dtl_time_put_number(dtl_time_put(v, "XXXX-"), GET(M, 1), 2);
        if (HAS(D))
            end = dtl_time_put_number(dtl_time_put(end, "-"), GET(D, 1), 2);
    } else if (HAS(SEASON)) {
        end =
            dtl_time_put(dtl_time_put(v, "XXXX-"), seasons[GET(SEASON, 0) & 3]);
    } else if (HAS(HOL)) {
        end = dtl_time_put(v, "P1Y");
    }
    if (HAS(PART) && GET(PART, 0) <= DTL_PART_DAYTIME) {
        dtl_time_put(dtl_time_put(end, "T"), parts[GET(PART, 0)]);
    } else if (HAS(H)) {
        end = dtl_time_put_number(
            dtl_time_put(end, "T"),
            GET(H, 0) % 12 + (GET(AP, GET(H, 0) > 12) ? 12 : 0), 2);
        dtl_time_put_number(dtl_time_put(end, ":"), GET(MIN, 0) % 60, 2);
    }
    if (!v[0])
        dtl_time_put(v, "P1D");
    return true;
}

static bool solve_reference(const dtl_time_item *i, dtl_time_solved *out)
{
    static const char names[][12] = {"PAST_REF", "PRESENT_REF", "FUTURE_REF"};
    int ref = GET(REF, 0);

    memset(out, 0, sizeof *out);
    out->type = DTL_TIME_DATE;
    dtl_time_put(out->value, names[ref < 0 ? 0 : ref > 0 ? 2 : 1]);
    return true;
}

/* ---- Edges
 * ------------------------------------------------------------------- */

/* The third of a month, year and so on that "early" and "the end of" mean, in
 * parts of its unit: month days, months, years, weekdays. */
static void part_edges(const dtl_time_point *p, int mod, dtl_date_ymd *begin,
                       dtl_date_ymd *last)
{
    dtl_date_ymd first = dtl_time_first_day(p), end = dtl_time_after_last(p);
    int third = mod == DTL_MOD_START || mod == DTL_MOD_EARLY ? 0
                : mod == DTL_MOD_MID                         ? 1
                                                             : 2;

    *begin = first;
    *last = dtl_calendar_add_days(end, -1);
    switch (p->grain) {
    case DTL_GRAIN_MONTH:
        *begin = dtl_calendar_add_days(first, 10 * third);
        if (third < 2)
            *last = dtl_calendar_add_days(first, 10 * third + 9);
        break;
    case DTL_GRAIN_YEAR:
        *begin = dtl_calendar_add_months(first, 4 * third);
        if (third < 2)
            *last = dtl_calendar_add_days(
                dtl_calendar_add_months(first, 4 * third + 4), -1);
        break;
    case DTL_GRAIN_DECADE:
        begin->year += third * 3 + (third == 2);
        if (third < 2)
            *last = dtl_calendar_add_days(
                (dtl_date_ymd){first.year + (third ? 7 : 4), 1, 1}, -1);
        break;
    case DTL_GRAIN_CENTURY:
        begin->year += third * 33 + (third > 0);
        if (third < 2)
            *last = dtl_calendar_add_days(
                (dtl_date_ymd){first.year + (third ? 67 : 34), 1, 1}, -1);
        break;
    case DTL_GRAIN_WEEK:
        *begin = dtl_calendar_add_days(first, 2 * third);
        if (third < 2)
            *last = dtl_calendar_add_days(first, third ? 4 : 2);
        break;
    default:
        break;
    }
}

static void put_edges(const dtl_time_context *c, const dtl_time_item *i,
                      dtl_time_solved *out)
{
    const dtl_time_point *p = &out->point;
    int mod = GET(MOD, DTL_MOD_APPROX);
    dtl_date_ymd begin, last;

    if (p->grain == DTL_GRAIN_CENTURY && !HAS(MOD) && !p->bc)
        put_days(out, dtl_time_first_day(p), dtl_time_after_last(p));
    if (!out->has_point || p->bc || mod == DTL_MOD_APPROX ||
        mod == DTL_MOD_LESS || mod == DTL_MOD_MORE ||
        p->grain < DTL_GRAIN_WEEK || p->grain == DTL_GRAIN_SEASON)
        return;
    part_edges(p, mod, &begin, &last);
    if (mod == DTL_MOD_EARLIER || mod == DTL_MOD_LATER) {
        if (!c->has_ref || c->narrative ||
            dtl_calendar_compare(c->ref.date, dtl_time_first_day(p)) < 0)
            return;
        begin = mod == DTL_MOD_LATER ? c->ref.date : dtl_time_first_day(p);
        last = mod == DTL_MOD_LATER
                   ? dtl_calendar_add_days(dtl_time_after_last(p), -1)
                   : c->ref.date;
        if (dtl_calendar_compare(begin, last) > 0)
            return;
    }
    dtl_time_format_day(begin, out->begin);
    dtl_time_format_day(last, out->end);
}

/* "Two weeks ago" is a week; the day that it reckons to is its edge. */
static void put_exact(const dtl_time_context *c, const dtl_time_item *i,
                      dtl_time_solved *out)
{
    dtl_date_ymd d = c->ref.date;
    int n = GET(RS, 1) * GET(N, 1), unit = GET(UNIT, DTL_UNIT_DAY);

    if (!out->has_point || !c->has_ref || (GET(ANC, 0) && c->has_last) ||
        HAS(FRAC) || HAS(UNIT2) || HAS(A) || c->narrative ||
        out->point.grain != dtl_time_unit_grain(unit))
        return;
    if (unit < DTL_UNIT_WEEK || unit > DTL_UNIT_YEAR ||
        unit == DTL_UNIT_SEASON || unit == DTL_UNIT_HALFYEAR)
        return;
    d = dtl_time_step(d, unit, n);
    dtl_time_format_day(d, out->begin);
    dtl_time_format_day(d, out->end);
}

/* The days of a holiday that lasts. */
static void put_length(dtl_time_solved *out, int days)
{
    dtl_date_ymd first = out->point.date;

    if (out->point.grain != DTL_GRAIN_DAY)
        return;
    dtl_time_format_day(first, out->begin);
    dtl_time_format_day(dtl_calendar_add_days(first, days - 1), out->end);
}

/* In history, what is reckoned from the article's day leaves no trace. */
static void remember(dtl_time_context *c, const dtl_time_item *i,
                     const dtl_time_solved *s)
{
    if (!s->has_point || s->point.bc ||
        (c->narrative && !c->year && !HAS(Y) && !HAS(Y2)))
        return;
    if (c->narrative && i->op == DTL_TOP_TIME)
        return;
    c->last = s->point;
    c->has_last = true;
    if (s->point.grain <= DTL_GRAIN_YEAR)
        c->year = s->point.date.year;
}

bool dtl_time_solve(dtl_time_context *c, const dtl_time_item *i,
                    dtl_time_solved *out)
{
    /* What lasts from now on, "the two next weeks", ends no sooner. */
    if (GET(SOFT, 0) == DTL_SOFT_LASTS &&
        (c->narrative || HAS(DIR) || dtl_time_tense(c, i->from, i->to) < 0))
        return solve_duration(c, i, out);
    if (GET(SOFT, 0) == DTL_SOFT_PHRASE && dtl_time_has_more(c, i, 2))
        return solve_duration(c, i, out);
    switch (i->op) {
    case DTL_TOP_DATE:
    case DTL_TOP_TIME:
        if (!dtl_time_solve_point(c, i, out))
            return false;
        if (HAS(LEN) && out->has_point)
            put_length(out, GET(LEN, 1));
        if (HAS(RS))
            put_exact(c, i, out);
        put_edges(c, i, out);
        remember(c, i, out);
        return true;
    case DTL_TOP_DUR:
        return solve_duration(c, i, out);
    case DTL_TOP_SET:
        return solve_set(i, out);
    case DTL_TOP_REF:
        return solve_reference(i, out);
    default:
        return false;
    }
}

/* ---- Ranges
 * --------------------------------------------------------------------- */

#define BIT(slot) ((uint64_t)1 << DTL_SLOT_##slot)

static const uint64_t year_slots = BIT(Y) | BIT(Y2) | BIT(RUNIT) | BIT(RS);
static const uint64_t day_slots = BIT(Y) | BIT(Y2) | BIT(M) | BIT(D) | BIT(WD) |
                                  BIT(RUNIT) | BIT(RN) | BIT(RS) | BIT(N) |
                                  BIT(UNIT) | BIT(DIR) | BIT(HOL) | BIT(ANC);

static const uint64_t clock_slots = BIT(H) | BIT(MIN) | BIT(SEC) | BIT(AP) |
                                    BIT(PART) | BIT(Z) | BIT(ZH) | BIT(ZM) |
                                    BIT(ZS);

static void copy_slots(dtl_time_item *to, const dtl_time_item *from,
                       uint64_t which)
{
    for (int s = 0; s < DTL_SLOT_COUNT; s++) {
        if ((from->has & which & ~to->has) >> s & 1)
            dtl_time_set(to, (dtl_time_slot)s, from->v[s]);
    }
}

/* Below 0 when a comes before b in the year. */
static int order_in_year(const dtl_time_item *a, const dtl_time_item *b)
{
    int am = dtl_time_get(a, DTL_SLOT_M, 0),
        bm = dtl_time_get(b, DTL_SLOT_M, 0);

    if (am != bm)
        return am - bm;
    return dtl_time_get(a, DTL_SLOT_D, 0) - dtl_time_get(b, DTL_SLOT_D, 0);
}

/* To the month before or after, over the year's end where the year is
 * told. */
static void move_month(dtl_time_item *i, int by)
{
    int month = i->v[DTL_SLOT_M] - 1 + by;

    if ((month < 0 || month > 11) && HAS(Y))
        i->v[DTL_SLOT_Y] += (int16_t)by;
    i->v[DTL_SLOT_M] = (int16_t)((month + 12) % 12 + 1);
}

static void share_dates(dtl_time_item *a, dtl_time_item *b)
{
    bool am = dtl_time_has(a, DTL_SLOT_M), bm = dtl_time_has(b, DTL_SLOT_M);
    bool ay = a->has & year_slots, by = b->has & year_slots;

    /* Of days of a month, "22-23 Feb at 7pm", the hour is each one's. */
    if (dtl_time_has(a, DTL_SLOT_D) && dtl_time_has(b, DTL_SLOT_D) &&
        (a->to - a->from == 1 || !bm))
        copy_slots(a, b, clock_slots);
    if (dtl_time_has(b, DTL_SLOT_Y2) && dtl_time_has(a, DTL_SLOT_Y) && !bm) {
        dtl_time_set(b, DTL_SLOT_Y,
                     a->v[DTL_SLOT_Y] / 100 * 100 + b->v[DTL_SLOT_Y2]);
        return;
    }
    if (am && !bm && dtl_time_has(b, DTL_SLOT_D)) {
        copy_slots(b, a, BIT(M) | BIT(Y) | BIT(Y2));
        copy_slots(a, b, BIT(Y) | BIT(Y2));
        if (order_in_year(a, b) > 0)
            move_month(b, 1);
    } else if (bm && !am && dtl_time_has(a, DTL_SLOT_D)) {
        copy_slots(a, b, BIT(M) | BIT(Y) | BIT(Y2) | BIT(RUNIT) | BIT(RN));
        if (order_in_year(a, b) > 0)
            move_month(a, -1);
    } else if (am && bm && !ay && by && !dtl_time_has(a, DTL_SLOT_DIR)) {
        copy_slots(a, b, year_slots | BIT(RN));
        if (order_in_year(a, b) > 0 && dtl_time_has(a, DTL_SLOT_Y))
            a->v[DTL_SLOT_Y]--;
    } else if (am && bm && ay && !by) {
        copy_slots(b, a, year_slots | BIT(RN));
        if (order_in_year(a, b) > 0 && dtl_time_has(b, DTL_SLOT_Y))
            b->v[DTL_SLOT_Y]++;
    } else if (!ay && by && a->has & (BIT(SEASON) | BIT(Q) | BIT(HALF))) {
        copy_slots(a, b, year_slots | BIT(RN));
    }
}

static bool same_slots(const dtl_time_item *a, const dtl_time_item *b,
                       uint64_t which)
{
    if ((a->has ^ b->has) & which)
        return false;
    for (int s = 0; s < DTL_SLOT_COUNT; s++) {
        if ((a->has & which) >> s & 1 && a->v[s] != b->v[s])
            return false;
    }
    return true;
}

static void share_clocks(dtl_time_item *a, dtl_time_item *b)
{
    int ah = dtl_time_get(a, DTL_SLOT_H, -1),
        bh = dtl_time_get(b, DTL_SLOT_H, -1);
    bool adate = a->has & day_slots, bdate = b->has & day_slots;
    const uint64_t half = BIT(AP) | BIT(PART);

    if (ah > 0 && bh > 0 && ah <= 12 && bh <= 12) {
        int order = (ah % 12 - bh % 12) * 60 +
                    dtl_time_get(a, DTL_SLOT_MIN, 0) -
                    dtl_time_get(b, DTL_SLOT_MIN, 0);

        if (!((a->has | b->has) & half)) {
            /* "10-4": nobody means the morning after. */
            if ((order > 0 || ah == 12) && bh < 12 &&
                (!adate || !bdate || same_slots(a, b, day_slots)))
                dtl_time_set(b, DTL_SLOT_AP, 1);
        } else if (!(a->has & half) && b->has & half) {
            copy_slots(a, b, half);
            if (order >= 0 && dtl_time_has(a, DTL_SLOT_AP))
                a->v[DTL_SLOT_AP] ^= 1;
        } else if (!(b->has & half) && a->has & half) {
            copy_slots(b, a, half);
            if (order >= 0 && dtl_time_has(b, DTL_SLOT_AP))
                b->v[DTL_SLOT_AP] ^= 1;
        }
    }
    if (adate && !bdate)
        copy_slots(b, a, day_slots);
    else if (bdate && !adate)
        copy_slots(a, b, day_slots);
}

void dtl_time_share(dtl_time_item *a, dtl_time_item *b)
{
    const uint64_t clock = BIT(H) | BIT(PART);

    if (a->has & clock && b->has & clock)
        share_clocks(a, b);
    else
        share_dates(a, b);
}

void dtl_time_spread(const dtl_time_item *range, dtl_time_item *a,
                     dtl_time_item *b)
{
    const uint64_t half = BIT(AP) | BIT(PART);

    if (!(range->has & day_slots))
        return;
    copy_slots(a, range, day_slots | (a->has & half ? 0 : BIT(PART)));
    copy_slots(b, range, day_slots | (b->has & half ? 0 : BIT(PART)));
    /* Words such as "from" stay out, days do not. */
    if (range->to > b->to)
        b->to = range->to;
    else
        a->from = range->from;
}

void dtl_time_split(dtl_time_item *a, dtl_time_item *b)
{
    static const uint8_t ends[][2] = {{DTL_SLOT_H2, DTL_SLOT_H},
                                      {DTL_SLOT_MIN2, DTL_SLOT_MIN},
                                      {DTL_SLOT_AP2, DTL_SLOT_AP}};

    a->op = b->op = DTL_TOP_TIME;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        int second = dtl_time_get(b, ends[i][0], 0);
        bool told = dtl_time_has(b, ends[i][0]);

        a->has &= ~((uint64_t)1 << ends[i][0]);
        b->has &= ~((uint64_t)1 << ends[i][0] | (uint64_t)1 << ends[i][1]);
        if (told)
            dtl_time_set(b, ends[i][1], second);
    }
}

static int compare_points(const dtl_time_point *a, const dtl_time_point *b)
{
    int64_t at = dtl_calendar_to_days(dtl_time_first_day(a)) * 1440 +
                 a->hour * 60 + a->minute;
    int64_t to = dtl_calendar_to_days(dtl_time_first_day(b)) * 1440 +
                 b->hour * 60 + b->minute;

    return (at > to) - (at < to);
}

/* The year of a month and day, told without, of what begins with it. */
static int32_t first_year(const dtl_time_context *c, const dtl_time_item *i)
{
    int m = GET(M, 1), d = GET(D, 0);
    int32_t year = dtl_time_choose_year(c, i, m, d);

    while (m == 2 && d == 29 && !dtl_calendar_is_leap(year) && year > 8)
        year--;
    return year;
}

/* Gives the ends of a run of months, or of days of months, that are told
 * without a year the same year, or the end the next: the run that the article
 * lies in, or else the one that its beginning's tense tells. */
static void place_run(const dtl_time_context *c, dtl_time_item *a,
                      dtl_time_item *b)
{
    const uint64_t told = year_slots | BIT(DIR) | BIT(WD) | BIT(HOL);
    const dtl_date_ymd ref = c->ref.date;
    int over = order_in_year(a, b) > 0;
    int32_t year;

    if (!c->has_ref || (c->narrative && c->year) || (a->has | b->has) & told ||
        !(a->has & b->has & BIT(M)))
        return;
    year = first_year(c, a);
    for (int32_t y = ref.year - over; y <= ref.year; y++) {
        dtl_date_ymd from = {y, (int8_t)dtl_time_get(a, DTL_SLOT_M, 1),
                             (int8_t)dtl_time_get(a, DTL_SLOT_D, 1)};
        dtl_date_ymd to = {y + over, (int8_t)dtl_time_get(b, DTL_SLOT_M, 1),
                           (int8_t)dtl_time_get(b, DTL_SLOT_D, 31)};

        if (dtl_calendar_compare(from, ref) <= 0 &&
            dtl_calendar_compare(ref, to) <= 0 && dtl_calendar_is_day(from))
            year = y;
    }
    if (year < 1 || year > INT16_MAX - 1)
        return;
    dtl_time_set(a, DTL_SLOT_Y, year);
    dtl_time_set(b, DTL_SLOT_Y, year + over);
}

bool dtl_time_solve_range(dtl_time_context *c, dtl_time_item *a,
                          dtl_time_item *b, dtl_time_solved *first,
                          dtl_time_solved *second)
{
    if (a->op != DTL_TOP_REF && b->op != DTL_TOP_REF) {
        dtl_time_share(a, b);
        place_run(c, a, b);
    }
    if (!dtl_time_solve(c, a, first) || !dtl_time_solve(c, b, second))
        return false;
    if (first->has_point && second->has_point && !second->point.bc &&
        compare_points(&first->point, &second->point) > 0) {
        dtl_time_point *p = &second->point;

        if (p->grain < DTL_GRAIN_DAY && p->grain != DTL_GRAIN_PART)
            p->date = dtl_calendar_add_days(p->date, 1);
        else if (dtl_time_has(b, DTL_SLOT_WD))
            p->date = dtl_calendar_add_days(p->date, 7);
        else if (dtl_time_has(b, DTL_SLOT_M) && !(b->has & year_slots))
            p->date.year++;
        dtl_time_format(p, second->value);
    }
    if (first->value[0] && second->value[0]) {
        memcpy(first->begin, first->value, DTL_TIME_VALUE);
        if (a->op == DTL_TOP_REF && c->has_ref)
            dtl_time_format(&c->ref, first->begin);
        memcpy(first->end, second->value, DTL_TIME_VALUE);
        if (b->op == DTL_TOP_REF && c->has_ref)
            dtl_time_format(&c->ref, first->end);
        memcpy(second->begin, first->begin, DTL_TIME_VALUE);
        memcpy(second->end, first->end, DTL_TIME_VALUE);
    }
    return true;
}

bool dtl_time_solve_span(dtl_time_context *c, const dtl_time_item *dur,
                         const dtl_time_item *date, int edge,
                         dtl_time_solved *first, dtl_time_solved *second)
{
    const dtl_time_item *i = dur;
    int unit = GET(UNIT, DTL_UNIT_DAY);
    dtl_time_item count = *dur;
    dtl_time_point other;

    if (!solve_duration(c, dur, first) || !dtl_time_solve(c, date, second))
        return false;
    if (!second->has_point || HAS(VAGUE) || second->point.grain > DTL_GRAIN_DAY)
        return true;
    /* No hour is known that hours could be counted from. */
    if (unit <= DTL_UNIT_HOUR && second->point.grain == DTL_GRAIN_DAY)
        return true;
    dtl_time_set(&count, DTL_SLOT_EXACT, 1);
    other = dtl_time_move(second->point, &count, edge);
    if (unit >= DTL_UNIT_DAY && second->point.grain < DTL_GRAIN_DAY) {
        dtl_date_ymd day = other.date;

        other = second->point;
        other.date = day;
    }
    dtl_time_format(edge < 0 ? &other : &second->point, first->begin);
    dtl_time_format(edge < 0 ? &second->point : &other, first->end);
    if (edge > 0) {
        memcpy(second->begin, first->begin, DTL_TIME_VALUE);
        memcpy(second->end, first->end, DTL_TIME_VALUE);
    }
    return true;
}
