/* Prints what metadata a page gives, as an article's JSON without its body:
 * for measuring the choice of metadata by itself.
 *
 *     dump-meta [URL] <PAGE */
#include "article/meta.h"
#include "article/write.h"
#include "base/str.h"
#include "base/utf8.h"
#include "html/parse.h"

#include <stdio.h>

static dtl_status decide(dtl_html_doc *doc, dtl_article *a)
{
    dtl_facts facts;
    dtl_meta m = {.doc = doc, .facts = &facts, .article = a};
    dtl_html_ref node;
    dtl_survey survey = {0};
    dtl_status st = dtl_survey_page(&survey, doc);

    if (st == DTL_OK)
        st = dtl_facts_collect(doc, &survey, a->url, a->arena, &facts);
    dtl_survey_clear(&survey);
    if (st == DTL_OK)
        st = dtl_meta_title(&m, &node);
    if (st == DTL_OK)
        st = dtl_meta_published(&m);
    return st;
}

int main(int argc, char **argv)
{
    dtl_buf page = {0}, out = {0};
    dtl_html_doc doc = {0};
    dtl_html_options options = {0};
    dtl_arena arena = {0};
    dtl_article article = {.arena = &arena};
    dtl_error err;
    char block[65536];
    size_t n;
    dtl_status st;

    while ((n = fread(block, 1, sizeof block, stdin)) > 0)
        dtl_buf_append(&page, block, n);
    article.url = dtl_str_of(argc > 1 ? argv[1] : "");
    if (dtl_utf8_valid_prefix(dtl_buf_view(&page)) == page.len)
        options.override_charset = DTL_STR("utf-8");
    st = dtl_html_parse(&doc, dtl_buf_view(&page), &options, &err);
    if (st == DTL_OK)
        st = decide(&doc, &article);
    if (st == DTL_OK) {
        dtl_write_json(&article, false, &out);
        st = out.status;
        printf("%.*s\n", (int)out.len, out.ptr);
    }
    dtl_html_clear(&doc);
    dtl_arena_clear(&arena);
    dtl_buf_clear(&page);
    dtl_buf_clear(&out);
    return st != DTL_OK;
}
