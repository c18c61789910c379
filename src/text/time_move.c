/* Places in time moved by all the counts of a duration. */
#include "text/time_solve.h"

#define HAS(slot)            dtl_time_has(i, DTL_SLOT_##slot)
#define GET(slot, otherwise) dtl_time_get(i, DTL_SLOT_##slot, otherwise)

static int count_of(const dtl_time_item *i)
{
    return GET(N, 1);
}

/* "1 day 3 hours", and the like, in minutes and seconds. */
static dtl_time_point move_clock(dtl_time_point p, const dtl_time_item *i,
                                 int sign)
{
    static const int32_t seconds[] = {1, 60, 3600, 86400};
    int unit = GET(UNIT, 0), unit2 = GET(UNIT2, 0), unit3 = GET(UNIT3, 0);
    int64_t n = (int64_t)seconds[unit & 3] * GET(N, 1) +
                (int64_t)seconds[unit2 & 3] * GET(N2, 1);

    if (HAS(UNIT3) && unit3 <= DTL_UNIT_HOUR)
        n += (int64_t)seconds[unit3] * GET(N3, 1);
    p = dtl_time_shift(p, DTL_UNIT_SECOND, sign * n);
    p.grain = DTL_GRAIN_MINUTE;
    if (p.second)
        p.grain = DTL_GRAIN_SECOND;
    return p;
}

/* Weeks and longer, reckoned from a day to a day. */
static dtl_time_point exact_day(dtl_time_point p, int unit, int64_t n)
{
    dtl_time_point to = dtl_time_shift(p, unit, n);

    p = dtl_time_floor(p, DTL_GRAIN_DAY);
    if (unit != DTL_UNIT_WEEK && unit != DTL_UNIT_WEEKEND &&
        unit != DTL_UNIT_FORTNIGHT && unit != DTL_UNIT_MONTH &&
        unit != DTL_UNIT_YEAR)
        return to;
    p.date = dtl_time_step(p.date, unit, n);
    return p;
}

dtl_time_point dtl_time_move(dtl_time_point p, const dtl_time_item *i, int sign)
{
    int unit = GET(UNIT, DTL_UNIT_DAY), frac = GET(FRAC, 0);
    static const int parts[DTL_UNIT_COUNT] = {
        [DTL_UNIT_MINUTE] = 60, [DTL_UNIT_HOUR] = 60,   [DTL_UNIT_DAY] = 24,
        [DTL_UNIT_WEEK] = 7,    [DTL_UNIT_MONTH] = 30,  [DTL_UNIT_YEAR] = 12,
        [DTL_UNIT_DECADE] = 10, [DTL_UNIT_CENTURY] = 10};
    static const int finer[DTL_UNIT_COUNT] = {
        [DTL_UNIT_MINUTE] = DTL_UNIT_SECOND,
        [DTL_UNIT_HOUR] = DTL_UNIT_MINUTE,
        [DTL_UNIT_DAY] = DTL_UNIT_HOUR,
        [DTL_UNIT_WEEK] = DTL_UNIT_DAY,
        [DTL_UNIT_MONTH] = DTL_UNIT_DAY,
        [DTL_UNIT_YEAR] = DTL_UNIT_MONTH,
        [DTL_UNIT_DECADE] = DTL_UNIT_YEAR,
        [DTL_UNIT_CENTURY] = DTL_UNIT_DECADE};
    bool counted = frac && parts[unit];
    dtl_time_point at = p;

    /* Reckoned on the day or the minute, cut to the unit in the end. */
    if (counted && unit <= DTL_UNIT_HOUR)
        return dtl_time_shift(
            p, finer[unit],
            sign * (count_of(i) * parts[unit] +
                    parts[unit] * frac / (HAS(HUND) ? 100 : 10)));
    if (HAS(UNIT2) && GET(UNIT2, 0) <= DTL_UNIT_HOUR && unit <= DTL_UNIT_DAY)
        return move_clock(p, i, sign);
    at = dtl_time_shift(p, unit, (int64_t)sign * count_of(i));
    if (HAS(EXACT) && p.grain <= DTL_GRAIN_DAY && unit > DTL_UNIT_DAY)
        return exact_day(p, unit, (int64_t)sign * count_of(i));
    if (HAS(UNIT2) || counted) {
        dtl_time_point exact = p;

        exact.date = dtl_time_first_day(&p);
        if (unit > DTL_UNIT_DAY) {
            int months = unit == DTL_UNIT_MONTH  ? 1
                         : unit == DTL_UNIT_YEAR ? 12
                                                 : 0;

            exact.date = months ? dtl_calendar_add_months(
                                      exact.date, sign * months * count_of(i))
                                : at.date;
            exact.date.day = exact.date.day ? exact.date.day : 1;
            if (!months && unit == DTL_UNIT_WEEK)
                exact.date = dtl_calendar_add_days(dtl_time_first_day(&p),
                                                   7 * sign * count_of(i));
        } else {
            exact = at;
        }
        if (exact.grain > DTL_GRAIN_DAY)
            exact.grain = DTL_GRAIN_DAY;
        at = HAS(UNIT2) ? dtl_time_shift(exact, GET(UNIT2, 0),
                                         (int64_t)sign * GET(N2, 1))
                        : dtl_time_shift(exact, finer[unit],
                                         sign * parts[unit] * frac /
                                             (HAS(HUND) ? 100 : 10));
        if (HAS(UNIT3))
            at = dtl_time_shift(at, GET(UNIT3, 0), (int64_t)sign * GET(N3, 1));
    }
    return at;
}
