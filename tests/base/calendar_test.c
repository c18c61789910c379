/* Calendar arithmetic: known days, every day of eight centuries there and
 * back, weeks, months' ends, Easter. */
#include "base/calendar.h"
#include "unit/test.h"

static void check_date(dtl_date_ymd d, int year, int month, int day)
{
    CHECK_INT(d.year, year);
    CHECK_INT(d.month, month);
    CHECK_INT(d.day, day);
}

static dtl_date_ymd ymd(int year, int month, int day)
{
    return (dtl_date_ymd){year, (int8_t)month, (int8_t)day};
}

static void test_leap_years(void)
{
    CHECK(dtl_calendar_is_leap(2024));
    CHECK(dtl_calendar_is_leap(2000));
    CHECK(!dtl_calendar_is_leap(1900));
    CHECK(!dtl_calendar_is_leap(2023));
    CHECK_INT(dtl_calendar_days_in_month(2024, 2), 29);
    CHECK_INT(dtl_calendar_days_in_month(2023, 2), 28);
    CHECK_INT(dtl_calendar_days_in_month(2023, 0), 0);
    CHECK_INT(dtl_calendar_days_in_month(2023, 13), 0);
    CHECK(dtl_calendar_is_day(ymd(2024, 2, 29)));
    CHECK(!dtl_calendar_is_day(ymd(2023, 2, 29)));
    CHECK(!dtl_calendar_is_day(ymd(2023, 2, 0)));
}

static void test_days(void)
{
    CHECK_INT(dtl_calendar_to_days(ymd(1970, 1, 1)), 0);
    CHECK_INT(dtl_calendar_to_days(ymd(1969, 12, 31)), -1);
    CHECK_INT(dtl_calendar_to_days(ymd(2000, 3, 1)), 11017);
    check_date(dtl_calendar_from_days(-719468), 0, 3, 1);
    check_date(dtl_calendar_from_days(2932896), 9999, 12, 31);
}

static void test_every_day(void)
{
    dtl_date_ymd d = {1600, 1, 1};
    int64_t n = dtl_calendar_to_days(d);
    int weekday = dtl_calendar_weekday(d);

    CHECK_INT(weekday, 6);
    for (; d.year < 2400; n++, weekday = weekday % 7 + 1) {
        dtl_date_ymd back = dtl_calendar_from_days(n);

        if (dtl_calendar_to_days(d) != n || back.year != d.year ||
            back.month != d.month || back.day != d.day ||
            dtl_calendar_weekday(d) != weekday) {
            FAIL("%d-%d-%d", (int)d.year, d.month, d.day);
            return;
        }
        if (++d.day > dtl_calendar_days_in_month(d.year, d.month)) {
            d.day = 1;
            d.month++;
        }
        if (d.month > 12) {
            d.month = 1;
            d.year++;
        }
    }
}

static void test_weeks(void)
{
    int32_t year;

    CHECK_INT(dtl_calendar_week(ymd(2021, 1, 3), &year), 53);
    CHECK_INT(year, 2020);
    CHECK_INT(dtl_calendar_week(ymd(2024, 12, 30), &year), 1);
    CHECK_INT(year, 2025);
    CHECK_INT(dtl_calendar_week(ymd(2021, 9, 29), &year), 39);
    check_date(dtl_calendar_week_start(2021, 1), 2021, 1, 4);
    check_date(dtl_calendar_week_start(2020, 53), 2020, 12, 28);
    CHECK_INT(dtl_calendar_day_of_year(ymd(2024, 12, 31)), 366);
}

static void test_months(void)
{
    check_date(dtl_calendar_add_months(ymd(2021, 1, 31), 1), 2021, 2, 28);
    check_date(dtl_calendar_add_months(ymd(2021, 1, 15), -1), 2020, 12, 15);
    check_date(dtl_calendar_add_months(ymd(2021, 12, 1), 25), 2024, 1, 1);
    check_date(dtl_calendar_add_days(ymd(2021, 12, 31), 1), 2022, 1, 1);
}

static void test_compare(void)
{
    CHECK(dtl_calendar_compare(ymd(2021, 1, 1), ymd(2021, 1, 2)) < 0);
    CHECK(dtl_calendar_compare(ymd(2021, 2, 1), ymd(2021, 1, 2)) > 0);
    CHECK(dtl_calendar_compare(ymd(2020, 2, 1), ymd(2021, 1, 2)) < 0);
    /* What is not known does not differ. */
    CHECK(dtl_calendar_compare(ymd(2021, 0, 0), ymd(2021, 5, 2)) == 0);
    CHECK(dtl_calendar_compare(ymd(2021, 5, 0), ymd(2021, 5, 2)) == 0);
}

static void test_easter(void)
{
    check_date(dtl_calendar_easter(2021), 2021, 4, 4);
    check_date(dtl_calendar_easter(2024), 2024, 3, 31);
    check_date(dtl_calendar_easter(1961), 1961, 4, 2);
}

static const test_case cases[] = {
    TEST(test_leap_years), TEST(test_days),   TEST(test_every_day),
    TEST(test_weeks),      TEST(test_months), TEST(test_compare),
    TEST(test_easter),
};
TEST_MAIN(cases)
