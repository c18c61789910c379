/* Places in time moved by all the counts of a duration.
 *
 * One count moves to a unit: "two years ago" is a year. Where there are more,
 * or a fraction, each moves on from where the one before has come to, to the
 * day or the minute, and the result is cut to the finest in the end. */
#include "text/time_solve.h"

#define HAS(slot)            dtl_time_has(i, DTL_SLOT_##slot)
#define GET(slot, otherwise) dtl_time_get(i, DTL_SLOT_##slot, otherwise)

enum {
    COUNTS = 4
};

typedef struct {
    int unit;
    int64_t n;
} count;

/* What fractions of a unit are counted in, and how many it has. */
static const struct {
    uint8_t unit, many;
} finer[DTL_UNIT_COUNT] = {[DTL_UNIT_MINUTE] = {DTL_UNIT_SECOND, 60},
                           [DTL_UNIT_HOUR] = {DTL_UNIT_MINUTE, 60},
                           [DTL_UNIT_DAY] = {DTL_UNIT_HOUR, 24},
                           [DTL_UNIT_WEEK] = {DTL_UNIT_DAY, 7},
                           [DTL_UNIT_MONTH] = {DTL_UNIT_DAY, 30},
                           [DTL_UNIT_YEAR] = {DTL_UNIT_MONTH, 12},
                           [DTL_UNIT_DECADE] = {DTL_UNIT_YEAR, 10},
                           [DTL_UNIT_CENTURY] = {DTL_UNIT_DECADE, 10}};

/* The counts of an item; their number. */
static size_t counts_of(const dtl_time_item *i, count out[COUNTS])
{
    int unit = GET(UNIT, DTL_UNIT_DAY), frac = GET(FRAC, 0);
    size_t n = 0;

    out[n++] = (count){unit, GET(N, 1)};
    if (HAS(UNIT2)) {
        out[n++] = (count){GET(UNIT2, 0), GET(N2, 1)};
        if (HAS(UNIT3))
            out[n++] = (count){GET(UNIT3, 0), GET(N3, 1)};
    } else if (frac && finer[unit].many) {
        out[n++] = (count){finer[unit].unit,
                           finer[unit].many * frac / (HAS(HUND) ? 100 : 10)};
    }
    return n;
}

/* Days, weeks and longer, to the day; the time of day stays. */
static dtl_time_point step(dtl_time_point p, int unit, int64_t n)
{
    if (unit <= DTL_UNIT_HOUR || unit == DTL_UNIT_SEASON ||
        unit == DTL_UNIT_WEEKDAY)
        return dtl_time_shift(p, unit, n);
    p.date = dtl_time_step(dtl_time_first_day(&p), unit, n);
    if (p.grain > DTL_GRAIN_DAY)
        p.grain = DTL_GRAIN_DAY;
    return p;
}

/* Whether one count alone is reckoned from a day to a day. */
static bool to_the_day(const dtl_time_item *i, const dtl_time_point *p)
{
    int unit = GET(UNIT, DTL_UNIT_DAY);

    return HAS(EXACT) && p->grain <= DTL_GRAIN_DAY &&
           (unit == DTL_UNIT_WEEK || unit == DTL_UNIT_WEEKEND ||
            unit == DTL_UNIT_FORTNIGHT || unit == DTL_UNIT_MONTH ||
            unit == DTL_UNIT_YEAR);
}

dtl_time_point dtl_time_move(dtl_time_point p, const dtl_time_item *i, int sign)
{
    count counts[COUNTS];
    size_t n = counts_of(i, counts);
    int last = counts[n - 1].unit;
    bool exact = to_the_day(i, &p);

    if (n == 1 && !exact)
        return dtl_time_shift(p, last, sign * counts[0].n);
    for (size_t k = 0; k < n; k++)
        p = step(p, counts[k].unit, sign * counts[k].n);
    if (last > DTL_UNIT_HOUR)
        return dtl_time_floor(p, exact ? DTL_GRAIN_DAY
                                       : dtl_time_unit_grain(last));
    if (HAS(UNIT2) && p.grain == DTL_GRAIN_SECOND && !p.second)
        p.grain = DTL_GRAIN_MINUTE;
    return p;
}
