/* Tests of numbers from text and back, in the C locale and in one whose
 * decimal point is a comma, where the machine has such. */
#include "unit/test.h"
#include "base/number.h"
#include "base/str.h"

#include <float.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

static void check_parse(const char *text, double want)
{
    double got = 12345;

    if (!dtl_double_parse(dtl_str_of(text), &got))
        FAIL("%s is no number", text);
    else if (memcmp(&got, &want, sizeof got) != 0)
        FAIL("%s is %.17g, not %.17g", text, got, want);
}

static void test_parse(void)
{
    check_parse("0", 0);
    check_parse("-0", -0.0);
    check_parse("1.5", 1.5);
    check_parse("+5", 5);
    check_parse(".5", .5);
    check_parse("5.", 5);
    check_parse("0.1", 0.1);
    check_parse("123456789012345678901234567890",
                123456789012345678901234567890.);
    check_parse("1e22", 1e22);
    check_parse("1E23", 1e23);
    check_parse("1e-22", 1e-22);
    check_parse("1e-23", 1e-23);
    check_parse("4.9406564584124654e-324", 0x1p-1074);
    check_parse("1.7976931348623157e308", DBL_MAX);
    check_parse("1e309", __builtin_inf());
    check_parse("-1e999999999999", -__builtin_inf());
    check_parse("1e-999999999999", 0);
    check_parse("0e999999999999", 0);
    check_parse("0.000000000000000000000000000000", 0);
}

static void test_parse_refuses(void)
{
    static const char *const wrong[] = {
        "",     "-",   ".",  "e5", "1e",  "1e+", "1.2.3", "1,5",
        "0x10", "inf", "1 ", " 1", "--1", "1-",  "nan",   "1e5.",
    };
    double value = 7;
    size_t i;

    for (i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (dtl_double_parse(dtl_str_of(wrong[i]), &value))
            FAIL("\"%s\" is a number", wrong[i]);
    CHECK(value == 7);
}

/* Digits far past those that make a difference, but for one: half way
 * between two doubles, and a little more. */
static void test_parse_long(void)
{
    char text[3000];
    double value;
    int len;

    memset(text, '0', sizeof text);
    len = snprintf(text, sizeof text, "9007199254740993");
    text[len] = '.';
    CHECK(dtl_double_parse((dtl_str){text, 2900}, &value));
    CHECK(value == 9007199254740992.);
    text[2899] = '1';
    CHECK(dtl_double_parse((dtl_str){text, 2900}, &value));
    CHECK(value == 9007199254740994.);
    memset(text, '0', sizeof text);
    text[0] = '1';
    CHECK(dtl_double_parse((dtl_str){text, 200}, &value));
    CHECK(value == 1e199);
    text[1] = '.';
    text[0] = '0';
    text[400] = '7';
    CHECK(dtl_double_parse((dtl_str){text, 401}, &value));
    CHECK(value == 0);
    memcpy(text + 401, "e399", 4);
    CHECK(dtl_double_parse((dtl_str){text, 405}, &value));
    CHECK(value == 7);
}

static void test_int64(void)
{
    int64_t value = 7;

    CHECK(!dtl_int64_parse(DTL_STR(""), &value));
    CHECK(!dtl_int64_parse(DTL_STR("-"), &value));
    CHECK(!dtl_int64_parse(DTL_STR("1a"), &value));
    CHECK(!dtl_int64_parse(DTL_STR("9223372036854775808"), &value));
    CHECK(!dtl_int64_parse(DTL_STR("-9223372036854775809"), &value));
    CHECK_INT(value, 7);
    CHECK(dtl_int64_parse(DTL_STR("-9223372036854775808"), &value));
    CHECK_INT(value, INT64_MIN);
    CHECK(dtl_int64_parse(DTL_STR("+0012"), &value));
    CHECK_INT(value, 12);
}

static void check_format(double value, const char *want)
{
    char text[DTL_DOUBLE_CHARS];

    CHECK_STR(((dtl_str){text, dtl_double_format(value, text)}), want);
}

static void test_format(void)
{
    check_format(0, "0");
    check_format(-0.0, "-0");
    check_format(0.1, "0.1");
    check_format(0.1 + 0.2, "0.30000000000000004");
    check_format(1.0 / 3, "0.3333333333333333");
    check_format(1e21, "1e+21");
    check_format(DBL_MAX, "1.7976931348623157e+308");
    check_format(-2.2250738585072014e-308, "-2.2250738585072014e-308");
    check_format(123456.789, "123456.789");
}

/* Every pattern of bits that is finite comes back. */
static void test_round_trip(void)
{
    uint64_t bits = 0x9E3779B97F4A7C15u;
    char text[DTL_DOUBLE_CHARS];
    double value, again;
    size_t i;

    for (i = 0; i < 20000; i++) {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        memcpy(&value, &bits, sizeof value);
        if (!__builtin_isfinite(value))
            continue;
        CHECK_OR_RETURN(dtl_double_parse(
            (dtl_str){text, dtl_double_format(value, text)}, &again));
        CHECK_OR_RETURN(memcmp(&value, &again, sizeof value) == 0);
    }
}

static void test_other_locale(void)
{
    static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE"};
    size_t i;

    for (i = 0; i < sizeof names / sizeof *names; i++)
        if (setlocale(LC_NUMERIC, names[i]))
            break;
    check_format(0.5, "0.5");
    check_format(1.25e-300, "1.25e-300");
    check_parse("0.30000000000000004", 0.1 + 0.2);
    setlocale(LC_NUMERIC, "C");
}

static const test_case cases[] = {
    TEST(test_parse),        TEST(test_parse_refuses), TEST(test_parse_long),
    TEST(test_int64),        TEST(test_format),        TEST(test_round_trip),
    TEST(test_other_locale),
};
TEST_MAIN(cases)
