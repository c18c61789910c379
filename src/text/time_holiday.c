/* Days that move, and days that do not.
 *
 * A rule is a number in the ranges below, so that the languages' files can
 * name any of them. The Islamic calendar is the tabular one, which may be a
 * day off what an observer declares; the Hebrew one is exact; those that need
 * the moon itself are in time_lunar.c. */
#include "text/time_holiday.h"

enum {
    EASTER = 2000,   /* and days from it */
    ORTHODOX = 3000, /* the same, of the Julian Easter */
    NTH = 10000,
    NTH_STEP = 600,
    ISLAM = 20000,
    HEBREW = 21000,
    CHINESE = 22000,
    HINDU = 22500,
    LAST = 5
};

bool dtl_time_nth_weekday(int32_t year, int month, int wd, int nth,
                          dtl_date_ymd *out)
{
    dtl_date_ymd first = {year, (int8_t)month, 1};
    int days = dtl_calendar_days_in_month(year, month);
    int day = 1 + (wd - dtl_calendar_weekday(first) + 7) % 7;

    if (nth > 0) {
        day += 7 * (nth - 1);
    } else {
        while (day + 7 <= days)
            day += 7;
        day += 7 * (nth + 1);
    }
    *out = (dtl_date_ymd){year, (int8_t)month, (int8_t)day};
    return day >= 1 && day <= days;
}

/* Meeus' Julian algorithm, and the Julian calendar's lag. */
static dtl_date_ymd orthodox_easter(int32_t year)
{
    int d = (19 * (year % 19) + 15) % 30;
    int e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
    int month = (d + e + 114) / 31, day = (d + e + 114) % 31 + 1;
    int lag = year / 100 - year / 400 - 2;
    dtl_date_ymd julian = {year, (int8_t)month, (int8_t)day};

    return dtl_calendar_add_days(julian, lag);
}

/* Days since 1970 of a day of the tabular Islamic calendar. */
static int64_t islamic_days(int64_t year, int month, int day)
{
    /* 1 Muharram 1 was July 19, 622 of the Gregorian calendar. */
    const int64_t epoch = -492148;

    return epoch + (year - 1) * 354 + (3 + 11 * year) / 30 +
           (29 * (month - 1) + month / 2) + day - 1;
}

static bool islamic(int month, int day, int32_t year, dtl_date_ymd *out)
{
    int64_t guess = (int64_t)(year - 622) * 33 / 32;

    for (int64_t y = guess - 1; y <= guess + 2; y++) {
        if (y < 1)
            continue;
        *out = dtl_calendar_from_days(islamic_days(y, month, day));
        if (out->year == year)
            return true;
    }
    return false;
}

/* Days from the Hebrew epoch to the new year of a Hebrew year, by the molad
 * and the four postponements. */
static int64_t hebrew_elapsed(int64_t year)
{
    int64_t months = (235 * year - 234) / 19;
    int64_t parts = 12084 + 13753 * months;
    int64_t days = months * 29 + parts / 25920;

    return (3 * (days + 1)) % 7 < 3 ? days + 1 : days;
}

static int64_t hebrew_new_year(int64_t year)
{
    int64_t before = hebrew_elapsed(year - 1), here = hebrew_elapsed(year);
    int64_t after = hebrew_elapsed(year + 1);
    int late = after - here == 356 ? 2 : here - before == 382 ? 1 : 0;

    /* Day 1 of the count is October 7, 3761 BC (Julian). */
    return -2092592 + here + late + 1;
}

/* Months are counted from Tishri; Nisan is 7 after a leap month is left
 * out. */
static bool hebrew(int month, int day, int32_t year, dtl_date_ymd *out)
{
    for (int64_t y = year + 3760; y <= year + 3761; y++) {
        int64_t start = hebrew_new_year(y), next = hebrew_new_year(y + 1);
        int64_t at = start;

        if (month == 6) { /* the Adar before Nisan, of 29 days */
            at = next - 177 - 29 + day - 1;
        } else if (month < 7) {
            /* Tishri 30, Heshvan 29 or 30, Kislev 30 or 29. */
            int64_t length = next - start;
            int heshvan = length % 10 == 5 ? 30 : 29;
            int kislev = length % 10 == 3 ? 29 : 30;
            const int days[] = {30, heshvan, kislev, 29};

            for (int m = 1; m < month; m++)
                at += days[m - 1];
            at += day - 1;
        } else {
            /* From Nisan on to the year's end the lengths are fixed: 177
             * days. */
            static const int days[] = {30, 29, 30, 29, 30, 29};

            at = next - 177;
            for (int m = 7; m < month; m++)
                at += days[m - 7];
            at += day - 1;
        }
        *out = dtl_calendar_from_days(at);
        if (out->year == year)
            return true;
    }
    return false;
}

bool dtl_time_holiday(int rule, int32_t year, dtl_date_ymd *out)
{
    if (rule >= HINDU) {
        int day = (rule - HINDU) / 4;

        return dtl_time_hindu(day / 30 + 1, day % 30 + 1,
                              6 * ((rule - HINDU) % 4 + 1), year, out);
    }
    if (rule >= CHINESE)
        return dtl_time_chinese((rule - CHINESE) / 32, (rule - CHINESE) % 32,
                                year, out);
    if (rule >= HEBREW)
        return hebrew((rule - HEBREW) / 32, (rule - HEBREW) % 32, year, out);
    if (rule >= ISLAM)
        return islamic((rule - ISLAM) / 32, (rule - ISLAM) % 32, year, out);
    if (rule >= NTH) {
        int days = (rule - NTH) / NTH_STEP - 7, code = (rule - NTH) % NTH_STEP;
        int nth = code / 7 % 6;

        if (!dtl_time_nth_weekday(year, code / 42, code % 7 + 1,
                                  nth == LAST ? -1 : nth, out))
            return false;
        *out = dtl_calendar_add_days(*out, days);
        return true;
    }
    if (rule > ORTHODOX - 500) {
        *out = dtl_calendar_add_days(orthodox_easter(year), rule - ORTHODOX);
        return true;
    }
    if (rule > EASTER - 500) {
        *out = dtl_calendar_add_days(dtl_calendar_easter(year), rule - EASTER);
        return true;
    }
    *out = (dtl_date_ymd){year, (int8_t)(rule / 100), (int8_t)(rule % 100)};
    return dtl_calendar_is_day(*out);
}
