/* Dates: runs the tables of cases/dates, whose path is the argument.
 *
 * A line is "LANGUAGE tab EXPECTED tab TEXT"; "+" behind the language puts
 * the month first in numbers, EXPECTED "-" wants no date. formats.tsv is for
 * dtl_date_parse, the others for dtl_date_find. */
#include "base/date_parse.h"
#include "base/date_words.h"
#include "base/str.h"
#include "unit/test.h"

#include <stdio.h>
#include <stdlib.h>

static const char *folder;

static void check_line(const char *file, int line, dtl_str rest, bool whole)
{
    dtl_str language, want, got = {NULL, 0};
    dtl_date_hints hints = {0};
    dtl_arena arena = {0};
    dtl_date_time d;
    size_t start, end;

    if (!dtl_str_split(&rest, '\t', &language) ||
        !dtl_str_split(&rest, '\t', &want) || !rest.ptr) {
        test_fail(file, line, "three columns are needed");
        return;
    }
    hints.language = language;
    if (dtl_str_ends(language, DTL_STR("+"))) {
        hints.month_first = true;
        hints.language.len--;
    }
    if (whole ? dtl_date_parse(rest, &hints, &d)
              : dtl_date_find(rest, 0, &hints, &d, &start, &end))
        got = dtl_date_format(&d, &arena);
    if (!got.ptr)
        got = DTL_STR("-");
    if (!dtl_str_eq(got, want))
        test_fail(file, line, "%.*s gives %.*s, not %.*s", (int)rest.len,
                  rest.ptr, (int)got.len, got.ptr, (int)want.len, want.ptr);
    dtl_arena_clear(&arena);
}

static void check_table(const char *name, bool whole)
{
    char path[512], line[512];
    int number = 0;
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    f = fopen(path, "r");
    CHECK_OR_RETURN(f != NULL);
    while (fgets(line, sizeof line, f)) {
        dtl_str s = dtl_str_of(line);

        number++;
        if (s.len && s.ptr[s.len - 1] == '\n')
            s.len--;
        if (s.len && s.ptr[0] != '#')
            check_line(name, number, s, whole);
    }
    fclose(f);
}

static void test_formats(void)
{
    check_table("formats.tsv", true);
}

static void test_languages(void)
{
    check_table("languages.tsv", false);
}

static void test_none(void)
{
    check_table("none.tsv", false);
}

static void test_place(void)
{
    dtl_str text = DTL_STR("Berlin, 29.9.2021, 11:42 Uhr (dpa)");
    dtl_date_time d;
    size_t start, end;

    CHECK_OR_RETURN(dtl_date_find(text, 0, NULL, &d, &start, &end));
    CHECK_STR(dtl_str_sub(text, start, end), "29.9.2021, 11:42 Uhr");
    CHECK(!dtl_date_find(text, end, NULL, &d, &start, &end));
    text = DTL_STR("at 11:42 AM EDT, Sept. 29, 2021 (AP)");
    CHECK_OR_RETURN(dtl_date_find(text, 0, NULL, &d, &start, &end));
    CHECK_STR(dtl_str_sub(text, start, end), "11:42 AM EDT, Sept. 29, 2021");
}

/* A date stands behind more tokens than are looked at in one go. */
static void test_long_text(void)
{
    dtl_buf text = {0};
    dtl_date_time d;
    size_t start, end;
    int i;

    for (i = 0; i < 5000; i++)
        dtl_buf_puts(&text, "12 of 2 ");
    dtl_buf_puts(&text, "29 September 2021");
    CHECK(dtl_date_find(dtl_buf_view(&text), 0, NULL, &d, &start, &end));
    CHECK_INT(end, text.len);
    CHECK_INT(d.date.day, 29);
    dtl_buf_clear(&text);
}

static void test_minutes(void)
{
    dtl_date_time d;

    CHECK(dtl_date_parse(DTL_STR("1970-01-02T01:30+01:00"), NULL, &d));
    CHECK_INT(dtl_date_minutes(&d), 1440 + 30);
    CHECK(dtl_date_parse(DTL_STR("2021"), NULL, &d));
    CHECK_INT(dtl_date_minutes(&d), 18628 * 1440);
}

static void test_table_is_sorted(void)
{
    size_t i;

    for (i = 1; i < dtl_date_word_count; i++)
        if (strcmp(dtl_date_words[i - 1].word, dtl_date_words[i].word) > 0)
            FAIL("%s", dtl_date_words[i].word);
    CHECK(dtl_date_language(DTL_STR("pt-BR")) ==
          dtl_date_language(DTL_STR("PT")));
    CHECK_INT(dtl_date_language(DTL_STR("xx")), -1);
}

static const test_case cases[] = {
    TEST(test_formats),         TEST(test_languages), TEST(test_none),
    TEST(test_place),           TEST(test_long_text), TEST(test_minutes),
    TEST(test_table_is_sorted),
};

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    folder = argv[1];
    return test_run(cases, sizeof cases / sizeof *cases, argc - 1, argv + 1);
}
