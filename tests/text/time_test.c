/* Tests of finding times: memory that fails or is used again, texts that are
 * made to hurt, what each instruction set finds, days that follow the moon,
 * and languages and sentences where they are close to it. */
#include "unit/memory.h"
#include "unit/test.h"
#include "base/cpu.h"
#include "base/str.h"
#include "text/byte_kinds.h"
#include "text/language.h"
#include "text/sentence.h"
#include "text/time.h"
#include "text/time_holiday.h"

#include <stdlib.h>
#include <time.h>

#define ARTICLE                                                                \
    "The strike began on Monday, 3 May 2021 and ended two weeks later.\n\n"    \
    "“It’s been 70 days,” she said on 1/10, at 6:30 p.m. in Málaga.\n"  \
    "Nothing happened since the early 1990s at http://x.org/2020-01-01.\n"

static dtl_status find(dtl_times *t, dtl_str text, const char *language)
{
    dtl_times_options o = {.language = dtl_str_of(language),
                           .date = DTL_STR("2021-09-29")};

    return dtl_times_find(t, text, &o);
}

static dtl_status find_once(void *ctx)
{
    dtl_times t = {0};
    dtl_status st = find(&t, dtl_str_of(ARTICLE), "en");

    (void)ctx;
    dtl_times_clear(&t);
    return st;
}

static void test_memory_that_fails(void)
{
    CHECK(test_each_failure(find_once, NULL));
}

static void test_second_pass_takes_no_memory(void)
{
    test_memory *memory = test_memory_start();
    dtl_times t = {0};
    size_t asked;

    CHECK_OK(find(&t, dtl_str_of(ARTICLE), "en"));
    CHECK_INT(t.count, 6);
    asked = memory->asked;
    CHECK_OK(find(&t, dtl_str_of(ARTICLE), "en"));
    CHECK_INT(memory->asked, asked);
    dtl_times_clear(&t);
    CHECK(test_memory_stop());
}

/* Processor seconds for len bytes of the pattern, over and over. */
static double seconds_of(const char *pattern, size_t len)
{
    dtl_times t = {0};
    char *text = malloc(len), tag[DTL_LANGUAGE_TAG];
    size_t n = strlen(pattern);
    dtl_str whole = {text, len}, sentence;
    double best = 1e9;

    for (size_t i = 0; i < len; i++)
        text[i] = pattern[i % n];
    for (int round = 0; round < 3; round++) {
        clock_t began = clock();
        double took;

        CHECK_OK(find(&t, whole, "en"));
        dtl_language_detect(whole, tag);
        for (size_t at = 0;
             dtl_sentence_next(whole, &at, DTL_STR("en"), &sentence);)
            continue;
        took = (double)(clock() - began) / CLOCKS_PER_SEC;
        best = took < best ? took : best;
    }
    free(text);
    dtl_times_clear(&t);
    return best;
}

/* Time grows as the text does, whatever it is made of. */
static void test_hostile_texts(void)
{
    static const char *const patterns[] = {
        "1",
        "1 ",
        "12,",
        "1,000,000",
        "1-",
        "1:",
        "2020-01-",
        "ago ",
        "ago ago ago\n",
        "two weeks after ",
        "a year before ",
        "the day after ",
        "of the ",
        "in the early hours of the ",
        "Monday, ",
        "May ",
        "'",
        "“",
        ".",
        ". ",
        "? \n",
        "A. B. ",
        "\n",
        "\n ",
        " ",
        "a",
        "http://a ",
        "http",
        "\xE2\x80\xAE",
        "\xED\xA0\x80",
        "\xED\xA0\x80 1",
        "\xE2\x80",
        "\xC2",
        "\xC3\xA9",
        "x\xF0",
    };

    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        double one = seconds_of(patterns[i], 100000),
               four = seconds_of(patterns[i], 400000);

        /* Of a square it would be sixteen times as much. */
        if (four > 9 * one + 0.05)
            FAIL("\"%s\": %.3f s, of four times as much %.3f s", patterns[i],
                 one, four);
    }
}

/* All that a text gives, as one string. */
static void put_all(const dtl_times *t, dtl_buf *out)
{
    dtl_buf_reset(out);
    for (size_t i = 0; i < t->count; i++) {
        dtl_buf_append(out, t->list[i].text.ptr, t->list[i].text.len);
        dtl_buf_putc(out, '=');
        dtl_buf_append(out, t->list[i].value.ptr, t->list[i].value.len);
        dtl_buf_putc(out, '\n');
    }
}

/* The same is found with every instruction set, wherever the text is cut and
 * whatever its bytes are. */
static void test_each_set(void)
{
    static const dtl_cpu levels[] = {DTL_CPU_PLAIN, DTL_CPU_SSE41,
                                     DTL_CPU_AVX2};
    static const char odd[] = "\xC3\xE2\x80\x99 \n1aZ.,'\xFF\xF0";
    char bytes[2 * sizeof ARTICLE];
    dtl_times t = {0};
    dtl_buf first = {0}, other = {0};
    unsigned seed = 7;

    for (int round = 0; round < 300; round++) {
        size_t len = sizeof bytes - (size_t)round / 2;

        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = ARTICLE[(i + (size_t)round) % (sizeof ARTICLE - 1)];
        for (int k = 0; k < round % 20; k++) {
            seed = seed * 1103515245u + 12345u;
            bytes[seed / 65536 % sizeof bytes] =
                odd[seed / 7 % (sizeof odd - 1)];
        }
        for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
            dtl_cpu_force(levels[i]);
            CHECK_OK(find(&t, (dtl_str){bytes, len}, "en"));
            put_all(&t, i ? &other : &first);
            if (i && (first.len != other.len ||
                      (first.len && memcmp(first.ptr, other.ptr, first.len))))
                FAIL("round %d: %s", round, dtl_cpu_name(levels[i]));
        }
    }
    dtl_cpu_force(DTL_CPU_AVX512BW);
    dtl_buf_clear(&first);
    dtl_buf_clear(&other);
    dtl_times_clear(&t);
}

static void test_days_by_the_moon(void)
{
    static const struct {
        bool hindu;
        int month, day, hour;
        dtl_date_ymd want;
    } days[] = {
        /* New Year and the middle of autumn in China. */
        {false, 1, 1, 0, {2013, 2, 10}},
        {false, 1, 1, 0, {2014, 1, 31}},
        {false, 1, 1, 0, {2019, 2, 5}},
        {false, 1, 1, 0, {2020, 1, 25}},
        {false, 1, 1, 0, {2021, 2, 12}},
        {false, 1, 1, 0, {2023, 1, 22}},
        {false, 1, 1, 0, {2024, 2, 10}},
        {false, 1, 1, 0, {2025, 1, 29}},
        {false, 8, 15, 0, {2021, 9, 21}},
        {false, 5, 5, 0, {2022, 6, 3}},
        /* Diwali, Rama Navami, Holi. */
        {true, 7, 30, 18, {2018, 11, 7}},
        {true, 7, 30, 18, {2019, 10, 27}},
        {true, 7, 30, 18, {2020, 11, 14}},
        {true, 7, 30, 18, {2021, 11, 4}},
        {true, 7, 30, 18, {2023, 11, 12}},
        {true, 1, 9, 12, {2020, 4, 2}},
        {true, 12, 16, 18, {2019, 3, 21}},
        {true, 12, 16, 18, {2021, 3, 29}},
    };

    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        dtl_date_ymd want = days[i].want, have = {0};
        bool found = days[i].hindu
                         ? dtl_time_hindu(days[i].month, days[i].day,
                                          days[i].hour, want.year, &have)
                         : dtl_time_chinese(days[i].month, days[i].day,
                                            want.year, &have);

        if (!found || dtl_calendar_compare(have, want) != 0)
            FAIL("%d/%d of %d: got %d-%d", days[i].month, days[i].day,
                 (int)want.year, have.month, have.day);
    }
}

static void test_languages_by_small_words(void)
{
    static const struct {
        const char *tag, *text;
    } texts[] = {
        {"en", "The boats that left the harbour in the morning were not seen "
               "again, and nobody on the island would say what had become of "
               "the men who were on them when the storm came from the west."},
        {"de", "Die Boote, die am Morgen aus dem Hafen fuhren, wurden nicht "
               "wieder gesehen, und auf der Insel wollte niemand sagen, was "
               "aus den Leuten wurde, die mit ihnen nach Westen fuhren."},
        {"nl", "De boten die in de ochtend uit de haven voeren zijn niet meer "
               "gezien, en op het eiland wilde niemand zeggen wat er van de "
               "mensen is geworden die met hen naar het westen gingen."},
        {"pt", "Os barcos que partiram do porto de madrugada para o mar alto "
               "nunca mais foram vistos, e na ilha ningu\xC3\xA9m quer dizer o "
               "que foi feito das pessoas que iam com eles para oeste."},
    };
    char tag[DTL_LANGUAGE_TAG];

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        CHECK(dtl_language_detect(dtl_str_of(texts[i].text), tag));
        CHECK_STR(dtl_str_of(tag), texts[i].tag);
    }
}

/* Abbreviations are looked up by halving, which needs them sorted. */
static void test_abbreviations_are_sorted(void)
{
    static const char *const tags[] = {"en", "de", "fr", "es",
                                       "it", "pt", "nl"};

    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        dtl_abbreviation_list list = dtl_abbreviations(dtl_str_of(tags[i]));

        for (size_t k = 1; k < list.count; k++)
            CHECK(strcmp(list.words[k - 1], list.words[k]) < 0);
    }
}

static const test_case cases[] = {
    TEST(test_memory_that_fails),
    TEST(test_second_pass_takes_no_memory),
    TEST(test_hostile_texts),
    TEST(test_each_set),
    TEST(test_days_by_the_moon),
    TEST(test_languages_by_small_words),
    TEST(test_abbreviations_are_sorted),
};
TEST_MAIN(cases)
