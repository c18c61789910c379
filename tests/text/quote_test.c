/* Tests of finding quotations: memory that fails or is used again, texts that
 * are made to hurt, and what each instruction set finds. */
#include "unit/memory.h"
#include "unit/test.h"
#include "base/alloc.h"
#include "base/cpu.h"
#include "base/str.h"
#include "text/quote.h"
#include "text/quote_tokens.h"

#include <stdlib.h>
#include <time.h>

#define ARTICLE                                                                \
    "The harbour master, Ana Ruiz, opened the meeting.\n\n"                    \
    "Nobody had seen the boats.\n\n"                                           \
    "“They left before dawn,” Ruiz said. “All of\n\n“them.”\n\n"     \
    "It rained.\n\nIt rained again.\n\n"                                       \
    "The mayor called it “a loss” in a statement.\n"

static dtl_status find(dtl_quote_finder *f, dtl_str text, const char *language,
                       size_t *count)
{
    dtl_quote_options options = {.language = dtl_str_of(language)};
    const dtl_quote *quotes;

    return dtl_quotes_find(f, text, &options, &quotes, count);
}

static dtl_status find_once(void *ctx)
{
    dtl_quote_finder *f = dtl_quote_finder_new();
    size_t count;
    dtl_status st = f ? find(f, dtl_str_of(ARTICLE), "en", &count) : DTL_NOMEM;

    (void)ctx;
    dtl_quote_finder_free(f);
    return st;
}

static void test_memory_that_fails(void)
{
    CHECK(test_each_failure(find_once, NULL));
}

static void test_second_pass_takes_no_memory(void)
{
    test_memory *memory = test_memory_start();
    dtl_quote_finder *f = dtl_quote_finder_new();
    size_t asked, count = 0;

    CHECK_OK(find(f, dtl_str_of(ARTICLE), "en", &count));
    CHECK_INT(count, 2);
    asked = memory->asked;
    CHECK_OK(find(f, dtl_str_of(ARTICLE), "en", &count));
    CHECK_INT(memory->asked, asked);
    dtl_quote_finder_free(f);
    CHECK(test_memory_stop());
}

static void test_text_without_marks(void)
{
    dtl_quote_finder *f = dtl_quote_finder_new();
    size_t count = 1;

    CHECK_OK(find(f, DTL_STR("He said that it rains.\n\nIt doesn't."), "en",
                  &count));
    CHECK_INT(count, 0);
    CHECK_OK(find(f, (dtl_str){0}, "en", &count));
    CHECK_INT(count, 0);
    dtl_quote_finder_free(f);
}

/* Processor seconds for len bytes of the pattern, over and over. */
static double seconds_of(const char *pattern, size_t len)
{
    dtl_quote_finder *f = dtl_quote_finder_new();
    char *text = malloc(len);
    size_t n = strlen(pattern), i, count;
    double best = 1e9;
    int round;

    for (i = 0; i < len; i++)
        text[i] = pattern[i % n];
    for (round = 0; round < 3; round++) {
        clock_t began = clock();
        double took;

        CHECK_OK(find(f, (dtl_str){text, len}, "en", &count));
        took = (double)(clock() - began) / CLOCKS_PER_SEC;
        best = took < best ? took : best;
    }
    free(text);
    dtl_quote_finder_free(f);
    return best;
}

/* Time grows as the text does, whatever it is made of. */
static void test_hostile_texts(void)
{
    static const char *const patterns[] = {
        "\"",
        "“",
        "”\n",
        "'",
        "'a ",
        " 'a",
        "„",
        "«»",
        "'' ``",
        "\n",
        "\n\"",
        "“\n\n",
        "said ",
        "“a” he said, ",
        "A. B. ",
        "Ann Bob ",
        "“Yes,” Ann said.\n\nBob\n\nCarl\n\nDan\n\n",
        "he, ",
        "“a”, (",
        "-",
        "– ",
        "Q: a\nA: b\n",
        "a: ",
        "\xE2\x80",
        "\xED\xA0\x80",
        "\xE2\x80\xAE",
        "\xC2",
    };
    size_t i;

    for (i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        double one = seconds_of(patterns[i], 250000),
               four = seconds_of(patterns[i], 1000000);

        /* Of a square it would be sixteen times as much. */
        if (four > 9 * one + 0.05)
            FAIL("\"%s\": %.3f s, of four times as much %.3f s", patterns[i],
                 one, four);
    }
}

typedef void fill(const char *p, size_t len, uint64_t *bits);

static const struct {
    const char *name;
    dtl_cpu level;
    fill *letters;
} sets[] = {
    {"plain", DTL_CPU_PLAIN, dtl_quote_letters_plain},
#if DTL_CPU_X86
    {"sse41", DTL_CPU_SSE41, dtl_quote_letters_sse41},
    {"avx2", DTL_CPU_AVX2, dtl_quote_letters_avx2},
#endif
};

static bool is_letter(unsigned char c)
{
    return dtl_is_alpha((char)c) || dtl_is_digit((char)c) ||
           (c >= 0x80 && c != 0xC2 && c != 0xE2 && c != 0xE3);
}

static void test_letters_of_each_set(void)
{
    char bytes[300];
    size_t s, len, i;

    for (i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 167 + i / 256);
    for (s = 0; s < sizeof sets / sizeof *sets; s++) {
        if (dtl_cpu_force(DTL_CPU_AVX512BW) < sets[s].level)
            continue;
        for (len = 0; len <= sizeof bytes; len++) {
            uint64_t bits[6] = {0};

            sets[s].letters(bytes, len, bits);
            for (i = 0; i < len; i++) {
                if ((bits[i / 64] >> i % 64 & 1) !=
                    is_letter((unsigned char)bytes[i]))
                    FAIL("%s: byte %zu of %zu", sets[s].name, i, len);
            }
            if (len % 64 && bits[len / 64] >> len % 64)
                FAIL("%s: bits past %zu", sets[s].name, len);
        }
    }
}

static const test_case cases[] = {
    TEST(test_memory_that_fails),   TEST(test_second_pass_takes_no_memory),
    TEST(test_text_without_marks),  TEST(test_hostile_texts),
    TEST(test_letters_of_each_set),
};
TEST_MAIN(cases)
