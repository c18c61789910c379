/* What the trees of the .dat cases do not show: source ranges, text pieces,
 * limits, memory, encodings, and the serializers over a tree. */
#include "unit/memory.h"
#include "unit/test.h"

#include "base/str.h"
#include "html/check.h"
#include "html/encoding.h"
#include "html/parse.h"
#include "html/serialize.h"
#include "html/write.h"

static dtl_html_doc doc;

static bool parse(const char *page)
{
    dtl_error err = {0};

    if (dtl_html_parse(&doc, dtl_str_of(page), NULL, &err) != DTL_OK)
        return FAIL("%s", err.message);
    return CHECK(!dtl_html_check(&doc, NULL));
}

/* The page's bytes that node n stands for. */
static dtl_str source(dtl_html_ref n)
{
    const dtl_html_node *node = dtl_html_node_at(&doc, n);

    return dtl_str_sub(doc.text, node->start, node->end);
}

static dtl_html_ref find(dtl_name name)
{
    return dtl_html_find(&doc, 0, doc.node_count, name);
}

static dtl_html_ref find_after(dtl_html_ref n, dtl_name name)
{
    return dtl_html_find(&doc, n, doc.node_count, name);
}

/* ---- Source ranges --------------------------------------------------- */

static void test_ranges(void)
{
    if (!parse("<!doctype html><body><p id=a>x <b>y</b><img></p>z</body>"))
        return;
    CHECK_STR(source(find(DTL_N_P)), "<p id=a>x <b>y</b><img></p>");
    CHECK_STR(source(find(DTL_N_B)), "<b>y</b>");
    CHECK_STR(source(find(DTL_N_IMG)), "<img>");
    CHECK_STR(source(find(DTL_N_B) + 1), "y");
    CHECK_STR(source(find(DTL_N_BODY)),
              "<body><p id=a>x <b>y</b><img></p>z</body>");
    CHECK_STR(source(1), "<!doctype html>");
}

static void test_implied_ranges(void)
{
    dtl_html_ref html;

    if (!parse("<p>a<p>b<table><td>c"))
        return;
    html = find(DTL_N_HTML);
    CHECK_STR(source(html), "");
    CHECK(dtl_html_node_at(&doc, html)->flags & DTL_NODE_IMPLIED);
    CHECK_STR(source(find(DTL_N_P)), "<p>a");
    CHECK_STR(source(find(DTL_N_TBODY)), "");
    CHECK_INT(dtl_html_node_at(&doc, find(DTL_N_TBODY))->start, 15);
    CHECK_STR(source(find(DTL_N_TD)), "<td>c");
}

static void test_clone_ranges(void)
{
    dtl_html_ref first, second;

    if (!parse("<b>a<p>b</b>c"))
        return;
    first = find(DTL_N_B);
    second = find_after(first, DTL_N_B);
    CHECK_STR(source(first), "<b>a<p>b</b>");
    CHECK(dtl_html_node_at(&doc, second)->flags & DTL_NODE_CLONE);
    CHECK_INT(dtl_html_node_at(&doc, second)->start, 0);
}

static void test_foster_range(void)
{
    if (!parse("<table><tr>a<i>b</i>"))
        return;
    CHECK_STR(source(find(DTL_N_I)), "<i>b</i>");
    CHECK(find(DTL_N_I) < find(DTL_N_TABLE));
}

static void test_body_opened_again(void)
{
    if (!parse("<body><p>a</body><!--c--><p>b</html>"))
        return;
    CHECK_STR(source(find(DTL_N_BODY)), "<body><p>a</body>");
    CHECK_STR(source(find_after(find(DTL_N_P), DTL_N_P)), "<p>b</html>");
}

/* ---- Text ------------------------------------------------------------ */

static void test_pieces(void)
{
    dtl_buf text = {0};
    const dtl_html_node *n;
    dtl_html_ref ref;

    if (!parse("<body>a &amp;</x>b\r\n</y>c\rd"))
        return;
    ref = find(DTL_N_BODY) + 1;
    n = dtl_html_node_at(&doc, ref);
    CHECK_INT(n->type, DTL_HTML_TEXT);
    CHECK(n->data && n->count);
    dtl_html_append_data(&doc, ref, &text);
    CHECK_STR(dtl_buf_view(&text), "a &b\nc\nd");
    CHECK_INT(doc.node_count, 5);
    dtl_buf_clear(&text);
}

static void test_late_attributes(void)
{
    dtl_html_ref body;

    if (!parse("<body a=1><p b=2><body c=3 a=4><i d=5><html e=6><body f=7 "
               "c=8>"))
        return;
    body = find(DTL_N_BODY);
    CHECK_INT(dtl_html_node_at(&doc, body)->count, 3);
    CHECK_STR(dtl_html_attr_value(&doc, body,
                                  dtl_names_find(&doc.names, DTL_STR("a"))),
              "1");
    CHECK_STR(dtl_html_attr_value(&doc, body,
                                  dtl_names_find(&doc.names, DTL_STR("c"))),
              "3");
    CHECK_INT(dtl_html_node_at(&doc, find(DTL_N_HTML))->count, 1);
}

/* ---- Encodings ------------------------------------------------------- */

static void check_text(const char *want)
{
    dtl_buf text = {0};

    dtl_html_append_text(&doc, 0, &text);
    CHECK_STR(dtl_buf_view(&text), want);
    dtl_buf_clear(&text);
}

/* The declaration stands behind the bytes that sniffing looks at, and behind
 * an é in what the page is taken for first. */
static void test_late_meta(void)
{
    dtl_buf page = {0};
    dtl_error err = {0};

    dtl_buf_puts(&page, "<!--\xE9");
    for (int i = 0; i < 2000; i++)
        dtl_buf_putc(&page, '-');
    dtl_buf_puts(&page, "--><meta charset=koi8-r><p>\xF7");
    CHECK_OK(dtl_html_parse(&doc, dtl_buf_view(&page), NULL, &err));
    CHECK_INT(doc.encoding, DTL_ENCODING_KOI8_R);
    check_text("В");
    CHECK(!dtl_html_check(&doc, NULL));
    dtl_buf_clear(&page);
}

static void test_charset_options(void)
{
    dtl_html_options opts = {.transport_charset = DTL_STR("koi8-r")};
    dtl_str page = DTL_STR("<meta charset=utf-8><p>\xF7");

    CHECK_OK(dtl_html_parse(&doc, page, &opts, NULL));
    check_text("В");
    opts.override_charset = DTL_STR("windows-1252");
    CHECK_OK(dtl_html_parse(&doc, page, &opts, NULL));
    check_text("÷");
}

/* ---- Limits ---------------------------------------------------------- */

static dtl_str repeat(dtl_buf *out, const char *before, const char *each,
                      size_t count)
{
    dtl_buf_reset(out);
    dtl_buf_puts(out, before);
    for (size_t i = 0; i < count; i++)
        dtl_buf_puts(out, each);
    return dtl_buf_view(out);
}

static void test_node_limit(void)
{
    dtl_html_options opts = {.max_nodes = 1000};
    dtl_error err = {0};
    dtl_buf page = {0};

    CHECK_INT(
        dtl_html_parse(&doc, repeat(&page, "", "<br>", 2000), &opts, &err),
        DTL_LIMIT);
    CHECK(err.message[0]);
    CHECK_OK(dtl_html_parse(&doc, repeat(&page, "", "<br>", 500), &opts, &err));
    /* Reconstructed elements count too. */
    repeat(&page, "<p>", "<b a=1><b a=2><b a=3><b a=4><b a=5>", 1);
    for (int i = 0; i < 300; i++)
        dtl_buf_puts(&page, "<p>x");
    CHECK_INT(dtl_html_parse(&doc, dtl_buf_view(&page), &opts, &err),
              DTL_LIMIT);
    CHECK_OK(dtl_html_parse(&doc, DTL_STR("<p>x"), &opts, &err));
    CHECK(!dtl_html_check(&doc, NULL));
    dtl_buf_clear(&page);
}

static void test_attribute_limit(void)
{
    dtl_html_options opts = {.max_attrs = 100};
    dtl_buf page = {0};

    CHECK_INT(
        dtl_html_parse(&doc, repeat(&page, "", "<p a=1 b=2>", 60), &opts, NULL),
        DTL_LIMIT);
    CHECK_OK(dtl_html_parse(&doc, repeat(&page, "", "<p a=1 b=2>", 40), &opts,
                            NULL));
    dtl_buf_clear(&page);
}

/* ---- Memory ---------------------------------------------------------- */

static const char broken_page[] =
    "<!doctype html><html a=1><meta charset=utf-8><table>x<b>y<tr><td>"
    "<b c='&amp;1'><b c='&#38;1'><i d=1><i d=2><i d=3><i d=4><i d=5><i d=6>"
    "<i d=7><i d=8><p>x</b><a><div></a>&eacute;<body e=1 f=&amp;>"
    "<svg viewbox=1><foreignObject><template><td></template><?pi x?>"
    "<select><button><selectedcontent></button><option>o<b>p</select>"
    "<my-tag my-attr></my-tag></p>\r\n<!--x-->";

static dtl_status attempt(void *ctx)
{
    dtl_html_doc d = {0};
    dtl_buf out = {0};
    dtl_html_writer w = {.out = &out};
    dtl_status st = dtl_html_parse(&d, *(dtl_str *)ctx, NULL, NULL);

    if (st == DTL_OK) {
        dtl_html_serialize(&d, 0, &out);
        w.options.omit_optional_tags = true;
        dtl_html_write_tree(&w, &d, 0);
        st = out.status;
    }
    dtl_buf_clear(&out);
    dtl_html_clear(&d);
    return st;
}

static void test_out_of_memory(void)
{
    dtl_str page = DTL_STR("");

    page = dtl_str_of(broken_page);
    CHECK(test_each_failure(attempt, &page));
}

/* A parse that failed leaves a document that the next can use. */
static void test_after_failure(void)
{
    test_memory *memory = test_memory_start();
    dtl_html_doc d = {0};
    dtl_str page = dtl_str_of(broken_page);

    for (size_t i = 1; i < 60; i++) {
        memory->fail_from = memory->asked + i;
        memory->fail_to = SIZE_MAX;
        dtl_html_parse(&d, page, NULL, NULL);
        memory->fail_from = memory->fail_to = 0;
        CHECK_OK(dtl_html_parse(&d, page, NULL, NULL));
        CHECK(!dtl_html_check(&d, NULL));
        if (i % 3 == 0)
            dtl_html_clear(&d);
    }
    dtl_html_clear(&d);
    CHECK(test_memory_stop());
}

static void test_second_pass(void)
{
    test_memory *memory = test_memory_start();
    dtl_html_doc d = {0};
    dtl_str pages[] = {dtl_str_of(broken_page), DTL_STR("<p>small"),
                       DTL_STR("<b><b><b><p>x</b><table>a<tr>b")};
    size_t asked = 0;

    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
            CHECK_OK(dtl_html_parse(&d, pages[i], NULL, NULL));
        if (pass == 0)
            asked = memory->asked;
    }
    CHECK_INT(memory->asked, asked);
    dtl_html_clear(&d);
    CHECK(test_memory_stop());
}

/* ---- Serializers ----------------------------------------------------- */

static void test_serialize(void)
{
    dtl_buf out = {0};

    if (!parse("<!DOCTYPE html><p title='a&quot;<b>&nbsp;'>x &lt; y<br></p>"
               "<script>a<b</script><!--c--><template><i>d</i></template>"
               "<svg><style>e&gt;</style></svg><?f g?>"))
        return;
    dtl_html_serialize(&doc, 0, &out);
    CHECK_STR(dtl_buf_view(&out),
              "<!DOCTYPE html><html><head></head><body>"
              "<p title=\"a&quot;&lt;b&gt;&nbsp;\">x &lt; y<br></p>"
              "<script>a<b</script><!--c--><template><i>d</i></template>"
              "<svg><style>e&gt;</style></svg><?f g></body></html>");
    dtl_buf_reset(&out);
    dtl_html_serialize_outer(&doc, find(DTL_N_SCRIPT), &out);
    CHECK_STR(dtl_buf_view(&out), "<script>a<b</script>");
    dtl_buf_reset(&out);
    dtl_html_serialize(&doc, find(DTL_N_P), &out);
    CHECK_STR(dtl_buf_view(&out), "x &lt; y<br>");
    dtl_buf_clear(&out);
}

static void test_write_tree(void)
{
    dtl_buf out = {0};
    dtl_html_writer w = {.options = {.omit_optional_tags = true,
                                     .unquoted = true,
                                     .strip_space = true},
                         .out = &out};

    if (!parse("<!doctype html><html><head><title>t</title></head><body>"
               "<ul class='a'>\n <li id='b c'>1</li>\n<li>2</li></ul></body>"))
        return;
    dtl_html_write_tree(&w, &doc, 0);
    CHECK_STR(dtl_buf_view(&out), "<!DOCTYPE html><title>t</title><ul class=a> "
                                  "<li id=\"b c\">1</li> <li>2</ul>");
    dtl_buf_clear(&out);
}

/* ---- The check itself ------------------------------------------------ */

static void test_check_finds(void)
{
    dtl_html_ref p, where = 0;

    if (!parse("<p>a<b>b</b>c"))
        return;
    p = find(DTL_N_P);
    doc.nodes[p].end = 100;
    CHECK(dtl_html_check(&doc, &where));
    CHECK_INT(where, p);
    if (!parse("<p>a<b>b</b>c"))
        return;
    doc.nodes[p + 2].subtree_end = p + 3;
    CHECK(dtl_html_check(&doc, NULL));
}

static void test_clear(void)
{
    dtl_html_clear(&doc);
    CHECK(!doc.nodes && !doc.builder);
    dtl_html_clear(&doc);
}

static const test_case cases[] = {
    TEST(test_ranges),
    TEST(test_implied_ranges),
    TEST(test_clone_ranges),
    TEST(test_foster_range),
    TEST(test_body_opened_again),
    TEST(test_pieces),
    TEST(test_late_attributes),
    TEST(test_late_meta),
    TEST(test_charset_options),
    TEST(test_node_limit),
    TEST(test_attribute_limit),
    TEST(test_out_of_memory),
    TEST(test_after_failure),
    TEST(test_second_pass),
    TEST(test_serialize),
    TEST(test_write_tree),
    TEST(test_check_finds),
    TEST(test_clear),
};

TEST_MAIN(cases)
