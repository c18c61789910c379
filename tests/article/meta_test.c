/* Bylines, titles and relative dates: runs cases/bylines/names.tsv,
 * cases/titles/choice.tsv and cases/dates/ago.tsv; the folder of cases is the
 * argument. */
#include "article/author_names.h"
#include "article/dates.h"
#include "article/meta.h"
#include "base/str.h"
#include "html/parse.h"
#include "unit/test.h"

#include <stdio.h>

static const char *folder;

typedef void line_check(const char *file, int line, dtl_str want, dtl_str rest);

static void check_table(const char *name, line_check *check)
{
    char path[512], line[2048];
    int number = 0;
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    f = fopen(path, "r");
    CHECK_OR_RETURN(f != NULL);
    while (fgets(line, sizeof line, f)) {
        dtl_str rest = dtl_str_of(line), want;

        number++;
        if (rest.len && rest.ptr[rest.len - 1] == '\n')
            rest.len--;
        if (rest.len && rest.ptr[0] != '#' && dtl_str_split(&rest, '\t', &want))
            check(name, number, want, rest);
    }
    fclose(f);
}

static void check_names(const char *file, int line, dtl_str want, dtl_str text)
{
    dtl_site_names sites = {
        .name = {DTL_STR("thetern"), DTL_STR("theternexample")}, .count = 2};
    dtl_arena arena = {0};
    dtl_author_names names;
    dtl_buf got = {0};
    dtl_status st = DTL_OK;
    size_t i;

    dtl_author_names_read(text, &sites, &arena, &names, &st);
    CHECK_OK(st);
    for (i = 0; i < names.count; i++) {
        dtl_buf_puts(&got, i ? "; " : "");
        dtl_buf_puts(&got, names.at[i].organization ? "*" : "");
        dtl_buf_str(&got, names.at[i].name);
    }
    if (!names.count)
        dtl_buf_puts(&got, "-");
    if (!dtl_str_eq(dtl_buf_view(&got), want))
        test_fail(file, line, "%.*s gives %.*s, not %.*s", (int)text.len,
                  text.ptr, (int)got.len, got.ptr, (int)want.len, want.ptr);
    dtl_buf_clear(&got);
    dtl_arena_clear(&arena);
}

static void test_bylines(void)
{
    check_table("bylines/names.tsv", check_names);
}

static void check_title(const char *file, int line, dtl_str want, dtl_str rest)
{
    dtl_arena arena = {0};
    dtl_html_doc doc = {0};
    dtl_article a = {.arena = &arena,
                     .url = DTL_STR("https://thetern.example/a")};
    dtl_survey survey = {0};
    dtl_facts facts;
    dtl_meta m = {.doc = &doc, .facts = &facts, .article = &a};
    dtl_html_ref node;
    dtl_str head;
    dtl_buf page = {0};

    dtl_str_split(&rest, '\t', &head);
    dtl_buf_puts(&page, "<!doctype html><html><head><meta charset=utf-8>");
    dtl_buf_str(&page, head);
    dtl_buf_puts(&page, "</head><body>");
    dtl_buf_str(&page, rest);
    CHECK_OK(dtl_html_parse(&doc, dtl_buf_view(&page), NULL, NULL));
    CHECK_OK(dtl_survey_page(&survey, &doc));
    CHECK_OK(dtl_facts_collect(&doc, &survey, a.url, &arena, &facts));
    CHECK_OK(dtl_meta_title(&m, &node));
    if (!dtl_str_eq(a.title, want))
        test_fail(file, line, "%.*s, not %.*s", (int)a.title.len, a.title.ptr,
                  (int)want.len, want.ptr);
    dtl_survey_clear(&survey);
    dtl_html_clear(&doc);
    dtl_arena_clear(&arena);
    dtl_buf_clear(&page);
}

static void test_titles(void)
{
    check_table("titles/choice.tsv", check_title);
}

static void check_ago(const char *file, int line, dtl_str want, dtl_str rest)
{
    dtl_arena arena = {0};
    dtl_date_time base, t;
    dtl_str said, got = DTL_STR("-");

    dtl_str_split(&rest, '\t', &said);
    CHECK_OR_RETURN(dtl_date_parse(said, NULL, &base));
    if (dtl_date_ago(rest, &base, &t))
        got = dtl_date_format(&t, &arena);
    if (!dtl_str_eq(got, want))
        test_fail(file, line, "%.*s gives %.*s, not %.*s", (int)rest.len,
                  rest.ptr, (int)got.len, got.ptr, (int)want.len, want.ptr);
    dtl_arena_clear(&arena);
}

static void test_ago(void)
{
    check_table("dates/ago.tsv", check_ago);
}

static const test_case cases[] = {TEST(test_bylines), TEST(test_titles),
                                  TEST(test_ago)};

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    folder = argv[1];
    return test_run(cases, sizeof cases / sizeof *cases, argc - 1, argv + 1);
}
