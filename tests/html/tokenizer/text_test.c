/* Tests of what dom.h gives of text and attributes, and of its walks. */
#include "unit/memory.h"
#include "unit/test.h"
#include "base/str.h"
#include "html/parse.h"

static void parse(dtl_html_doc *doc, dtl_str page)
{
    dtl_html_options opts = {0};

    CHECK_OK(dtl_html_parse(doc, page, &opts, NULL));
}

static dtl_html_ref find(const dtl_html_doc *d, dtl_name name)
{
    return dtl_html_find(d, 0, d->node_count, name);
}

static void check_text(const dtl_html_doc *d, dtl_html_ref n, const char *want)
{
    dtl_buf b = {0};

    dtl_html_append_text(d, n, &b);
    CHECK_STR(((dtl_str){b.ptr ? b.ptr : "", b.len}), want);
    dtl_buf_clear(&b);
}

static void test_range(void)
{
    dtl_html_doc d = {.text = DTL_STR("a&lt;\r\nb\rc\0&amp\r")};
    const struct {
        uint8_t flags;
        dtl_str want;
    } rows[] = {
        {0, DTL_STR("a&lt;\r\nb\rc\0&amp\r")},
        {DTL_TEXT_REFS, DTL_STR("a<\r\nb\rc\0&\r")},
        {DTL_TEXT_CR, DTL_STR("a&lt;\nb\nc\0&amp\n")},
        {DTL_TEXT_NUL, DTL_STR("a&lt;\r\nb\rc\xEF\xBF\xBD&amp\r")},
        {DTL_TEXT_NUL | DTL_TEXT_DROP_NUL, DTL_STR("a&lt;\r\nb\rc&amp\r")},
        {DTL_TEXT_REFS | DTL_TEXT_CR | DTL_TEXT_NUL | DTL_TEXT_DROP_NUL,
         DTL_STR("a<\nb\nc&\n")},
    };
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        dtl_buf b = {0};

        dtl_html_append_range(&d, 0, (uint32_t)d.text.len, rows[i].flags, false,
                              &b);
        CHECK_SLICE(dtl_buf_view(&b), rows[i].want);
        dtl_buf_clear(&b);
    }
}

static void test_text(void)
{
    dtl_html_doc d = {0};

    parse(&d, DTL_STR("<body>a&amp;<b>b\r\nc</b><template>x</template>"
                      "<!--y-->d<p>e"));
    check_text(&d, find(&d, DTL_N_BODY), "a&b\ncde");
    check_text(&d, find(&d, DTL_N_B), "b\nc");
    check_text(&d, find(&d, DTL_N_TEMPLATE), "");
    check_text(&d, find(&d, DTL_N_HEAD), "");
    check_text(&d, 0, "a&b\ncde");
    dtl_html_clear(&d);
}

static void test_attributes(void)
{
    dtl_html_doc d = {0};
    dtl_html_ref a, p;

    parse(&d,
          DTL_STR("<a href='?a=1&amp;b&copy=2' title id=\"x\" "
                  "class=' one two\tthree\n' alt='\0&nGt;'><p class=&#97;>"));
    a = find(&d, DTL_N_A);
    p = find(&d, DTL_N_P);
    CHECK_STR(dtl_html_attr_value(&d, a, DTL_N_HREF), "?a=1&b&copy=2");
    CHECK_STR(dtl_html_attr_value(&d, a, DTL_N_TITLE), "");
    CHECK(dtl_html_attr_value(&d, a, DTL_N_ID).ptr ==
          d.text.ptr + dtl_html_attr_find(&d, a, DTL_N_ID)->start);
    CHECK_STR(dtl_html_attr_value(&d, a, DTL_N_ALT),
              "\xEF\xBF\xBD\xE2\x89\xAB\xE2\x83\x92");
    CHECK_STR(dtl_html_attr_value(&d, a, DTL_N_SRC), NULL);
    CHECK(!dtl_html_attr_find(&d, 0, DTL_N_ID));
    CHECK(dtl_html_has_class(&d, a, DTL_STR("one")));
    CHECK(dtl_html_has_class(&d, a, DTL_STR("three")));
    CHECK(!dtl_html_has_class(&d, a, DTL_STR("on")));
    CHECK(!dtl_html_has_class(&d, a, DTL_STR("two\tthree")));
    CHECK(!dtl_html_has_class(&d, a, DTL_STR("Two")));
    CHECK(!dtl_html_has_class(&d, a, DTL_STR("")));
    CHECK(dtl_html_has_class(&d, p, DTL_STR("a")));
    CHECK_STR(dtl_html_name(&d, DTL_N_CAMEL_VIEWBOX), "viewBox");
    dtl_html_clear(&d);
}

static void test_walks(void)
{
    dtl_html_doc d = {0};
    dtl_html_ref body, div, i, u;

    parse(&d, DTL_STR("<div><i>a</i><b></b></div><u>c</u>"));
    body = find(&d, DTL_N_BODY);
    div = find(&d, DTL_N_DIV);
    i = find(&d, DTL_N_I);
    u = find(&d, DTL_N_U);
    CHECK_INT(dtl_html_subtree_end(&d, 0), d.node_count);
    CHECK_INT(dtl_html_subtree_end(&d, body), d.node_count);
    CHECK_INT(dtl_html_subtree_end(&d, div), u);
    CHECK_INT(dtl_html_subtree_end(&d, i), find(&d, DTL_N_B));
    CHECK_INT(dtl_html_subtree_end(&d, find(&d, DTL_N_B)), u);
    CHECK(dtl_html_contains(&d, div, i) && dtl_html_contains(&d, i, i));
    CHECK(dtl_html_contains(&d, 0, u) && !dtl_html_contains(&d, div, u));
    CHECK(!dtl_html_contains(&d, i, div));
    CHECK_INT(dtl_html_find(&d, div, u, DTL_N_U), 0);
    CHECK_INT(dtl_html_find(&d, div, d.node_count, DTL_N_U), u);
    CHECK_INT(dtl_html_find(&d, u, d.node_count, DTL_N_U), 0);
    dtl_html_clear(&d);
}

static const test_case cases[] = {
    TEST(test_range),
    TEST(test_text),
    TEST(test_attributes),
    TEST(test_walks),
};
TEST_MAIN(cases)
