/* Prints what a page says of itself, a JSON object a fact: for looking at
 * pages by hand and for measuring by script.
 *
 *     dump-facts [URL] <PAGE */
#include "article/facts.h"
#include "base/date_parse.h"
#include "base/str.h"
#include "base/utf8.h"
#include "html/parse.h"
#include "json/write.h"

#include <stdio.h>

static const char *const fields[DTL_FACT_FIELDS] = {
    "title",    "subtitle", "description", "author", "published",
    "modified", "created",  "expires",     "date",   "site",
    "section",  "tag",      "language",    "url",    "next",
    "amp",      "image",    "type",        "body",   "access",
};

/* Dates are shown as they are read, too. */
static void put_date(dtl_json_writer *w, dtl_str value)
{
    dtl_arena arena = {0};
    dtl_date_time d;

    if (dtl_date_parse(value, NULL, &d))
        dtl_json_member_str(w, "date", dtl_date_format(&d, &arena));
    dtl_arena_clear(&arena);
}

static void put_fact(dtl_json_writer *w, const char *field, const dtl_fact *f)
{
    dtl_json_open_object(w);
    dtl_json_member_str(w, "field", dtl_str_of(field));
    dtl_json_member_str(w, "evidence", f->evidence);
    dtl_json_member_str(w, "value", f->value);
    dtl_json_member_int(w, "source", f->source);
    dtl_json_member_int(w, "place", f->place);
    dtl_json_member_int(w, "node", f->node);
    dtl_json_member_int(w, "item", f->item);
    put_date(w, f->value);
    dtl_json_member_opt(w, "url", f->url);
    dtl_json_member_opt(w, "type", f->schema_type);
    dtl_json_member_opt(w, "caption", f->caption);
    dtl_json_member_opt(w, "credit", f->credit);
    dtl_json_close(w);
}

static dtl_status print_facts(const dtl_facts *facts)
{
    dtl_buf out = {0};
    dtl_json_writer w;
    dtl_status st;
    size_t field, i;

    dtl_json_write_init(&w, &out, false);
    dtl_json_open_array(&w);
    for (field = 0; field < DTL_FACT_FIELDS; field++)
        for (i = 0; i < facts->field[field].count; i++)
            put_fact(&w, fields[field], &facts->field[field].at[i]);
    dtl_json_close(&w);
    st = dtl_json_write_end(&w);
    printf("%.*s\n", (int)out.len, out.ptr);
    dtl_buf_clear(&out);
    return st;
}

int main(int argc, char **argv)
{
    dtl_buf page = {0};
    dtl_html_doc doc = {0};
    dtl_arena arena = {0};
    dtl_facts facts;
    dtl_html_options options = {0};
    dtl_survey survey = {0};
    dtl_error err;
    char block[65536];
    size_t n;
    dtl_status st;

    while ((n = fread(block, 1, sizeof block, stdin)) > 0)
        dtl_buf_append(&page, block, n);
    if (dtl_utf8_valid_prefix(dtl_buf_view(&page)) == page.len)
        options.override_charset = DTL_STR("utf-8");
    st = dtl_html_parse(&doc, dtl_buf_view(&page), &options, &err);
    if (st == DTL_OK)
        st = dtl_survey_page(&survey, &doc);
    if (st == DTL_OK)
        st = dtl_facts_collect(
            &doc, &survey, dtl_str_of(argc > 1 ? argv[1] : ""), &arena, &facts);
    if (st == DTL_OK)
        st = print_facts(&facts);
    dtl_survey_clear(&survey);
    dtl_html_clear(&doc);
    dtl_arena_clear(&arena);
    dtl_buf_clear(&page);
    return st != DTL_OK;
}
