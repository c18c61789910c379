/* Days of calendars that follow the moon as it is seen: Chinese and Hindu.
 *
 * The longitudes of sun and moon are the main terms of Meeus' series, right
 * to a few hundredths of a degree, which is minutes. A month begins at the
 * new moon and is named by the sign that the sun enters in it. A Chinese day
 * is counted from there in China's time; a Hindu one is that during which, at
 * an hour of India's day that the rule names, the moon is in its thirtieth of
 * the month. Leap months, which no sign is entered in, are not asked for. */
#include "text/time_holiday.h"

#include <math.h>

static const double pi = 3.14159265358979323846;
static const double noon_2000 = 10957.5; /* days since 1970 */

enum {
    CHINA = 480, /* minutes east of Greenwich */
    INDIA = 330
};

static double sine(double degrees)
{
    return sin(fmod(degrees, 360) * pi / 180);
}

static double turn(double degrees)
{
    return degrees - 360 * floor(degrees / 360);
}

/* Degrees of the ecliptic at a time in days since 1970. */
static double sun_at(double day)
{
    double t = (day - noon_2000) / 36525;
    double m = 357.52911 + 35999.05029 * t;

    return turn(280.46646 + 36000.76983 * t - 0.00569 +
                (1.914602 - 0.004817 * t) * sine(m) + 0.019993 * sine(2 * m) +
                0.000289 * sine(3 * m));
}

static double moon_at(double day)
{
    /* Multiples of elongation, the sun's and moon's anomalies, and the moon's
     * distance from its node; and degrees. */
    static const struct {
        int8_t d, m, mp, f;
        double size;
    } terms[] = {{0, 0, 1, 0, 6.288774},   {2, 0, -1, 0, 1.274027},
                 {2, 0, 0, 0, 0.658314},   {0, 0, 2, 0, 0.213618},
                 {0, 1, 0, 0, -0.185116},  {0, 0, 0, 2, -0.114332},
                 {2, 0, -2, 0, 0.058793},  {2, -1, -1, 0, 0.057066},
                 {2, 0, 1, 0, 0.053322},   {2, -1, 0, 0, 0.045758},
                 {0, 1, -1, 0, -0.040923}, {1, 0, 0, 0, -0.034720},
                 {0, 1, 1, 0, -0.030383},  {2, 0, 0, -2, 0.015327},
                 {0, 0, 1, 2, -0.012528},  {0, 0, 1, -2, 0.010980},
                 {4, 0, -1, 0, 0.010675},  {0, 0, 3, 0, 0.010034},
                 {4, 0, -2, 0, 0.008548}};
    double t = (day - noon_2000) / 36525;
    double d = 297.8501921 + 445267.1114034 * t;
    double m = 357.5291092 + 35999.0502909 * t;
    double mp = 134.9633964 + 477198.8675055 * t;
    double f = 93.2720950 + 483202.0175233 * t;
    double lon = 218.3164477 + 481267.88123421 * t;

    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
        lon += terms[i].size * sine(terms[i].d * d + terms[i].m * m +
                                    terms[i].mp * mp + terms[i].f * f);
    return turn(lon);
}

/* Degrees that the moon is ahead of the sun. */
static double phase_at(double day)
{
    return turn(moon_at(day) - sun_at(day));
}

/* When, near a time, the sun is at a longitude. */
static double sun_reaches(double near, double longitude)
{
    for (int i = 0; i < 5; i++)
        near += (turn(longitude - sun_at(near) + 180) - 180) * 365.2422 / 360;
    return near;
}

/* The last new moon before a time. */
static double new_moon_before(double day)
{
    double at = day - phase_at(day) / 12.19;

    for (int i = 0; i < 6; i++)
        at -= (turn(phase_at(at) + 180) - 180) / 12.19;
    return at;
}

/* The day in a zone, in days since 1970. */
static int64_t civil(double day, int minutes)
{
    return (int64_t)floor(day + minutes / 1440.0);
}

/* When, in a year, the sun is at a longitude. It is at 280 degrees when the
 * year begins. */
static double sun_reaches_in(int32_t year, double longitude)
{
    double equinox = (double)dtl_calendar_to_days((dtl_date_ymd){year, 3, 20});
    double from = turn(longitude + 80) - 80;

    return sun_reaches(equinox + from / 360 * 365.2422, longitude);
}

bool dtl_time_chinese(int month, int day, int32_t year, dtl_date_ymd *out)
{
    double at = sun_reaches_in(year, 330 + 30 * (month - 1));
    int64_t end = civil(at, CHINA) + 1;
    double moon = new_moon_before((double)end - CHINA / 1440.0);

    *out = dtl_calendar_from_days(civil(moon, CHINA) + day - 1);
    return out->year == year;
}

bool dtl_time_hindu(int month, int thirtieth, int hour, int32_t year,
                    dtl_date_ymd *out)
{
    /* Signs are counted from a star, which precession moves. */
    double shift = 23.86 + 0.01397 * (year - 2000);
    double moon =
        new_moon_before(sun_reaches_in(year, shift + 30 * (month - 1)));
    int64_t from = civil(moon + (thirtieth - 1) * 0.984, INDIA) - 2;

    for (int64_t day = from; day < from + 5; day++) {
        double at = (double)day + hour / 24.0 - INDIA / 1440.0;
        int here = (int)(phase_at(at) / 12) + 1;
        bool reached = (here - thirtieth + 30) % 30 < 15;

        /* The first day on which it is there, or has been skipped. */
        if (reached) {
            *out = dtl_calendar_from_days(day);
            return out->year == year;
        }
    }
    return false;
}
