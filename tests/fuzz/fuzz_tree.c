/* Fuzzes tree construction: each byte stands for a tag, a text or a comment,
 * so that nearly every input gets deep into the rules. The tree must be what
 * dom.h promises, and parse again from its serialization without trouble. */
#include "fuzz.h"

#include "base/str.h"
#include "html/check.h"
#include "html/parse.h"
#include "html/serialize.h"
#include "html/write.h"

static const char *const names[] = {"html",
                                    "head",
                                    "body",
                                    "p",
                                    "div",
                                    "span",
                                    "b",
                                    "i",
                                    "a",
                                    "nobr",
                                    "em",
                                    "font",
                                    "table",
                                    "tbody",
                                    "tr",
                                    "td",
                                    "caption",
                                    "colgroup",
                                    "col",
                                    "form",
                                    "button",
                                    "li",
                                    "ul",
                                    "dd",
                                    "dt",
                                    "h1",
                                    "h2",
                                    "pre",
                                    "template",
                                    "svg",
                                    "g",
                                    "foreignObject",
                                    "desc",
                                    "title",
                                    "math",
                                    "mi",
                                    "annotation-xml",
                                    "applet",
                                    "object",
                                    "script",
                                    "style",
                                    "textarea",
                                    "select",
                                    "option",
                                    "optgroup",
                                    "selectedcontent",
                                    "hr",
                                    "input",
                                    "ruby",
                                    "rt",
                                    "rtc",
                                    "frameset",
                                    "frame",
                                    "noscript",
                                    "x-y",
                                    "br",
                                    "image",
                                    "address",
                                    "meta",
                                    "plaintext"};

static const char *const others[] = {"x",         " ",
                                     "\n",        "y z",
                                     "&amp;",     "&#32;",
                                     "\r\n",      "<!--c-->",
                                     "<?p d?>",   "<!doctype html>",
                                     "</p>",      "</br>",
                                     "</table>",  "</select>",
                                     "&NewLine;", "<![CDATA[x]]>"};

static const char *const attrs[] = {"",
                                    " a",
                                    " a=1 b=2",
                                    " b=2 a=1",
                                    " type=hidden",
                                    " id=1",
                                    " id=2",
                                    " encoding=text/html",
                                    " color=red",
                                    " selected",
                                    "/"};

static const char *const contexts[] = {
    "",   "",      "",       "",         "div",      "td",
    "tr", "table", "select", "template", "svg path", "form"};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static void put_tag(dtl_buf *out, unsigned which, unsigned attr)
{
    bool end = which & 64;

    dtl_buf_puts(out, end ? "</" : "<");
    dtl_buf_puts(out, names[(which & 63) % COUNT(names)]);
    if (!end)
        dtl_buf_puts(out, attrs[attr % COUNT(attrs)]);
    dtl_buf_putc(out, '>');
}

/* 0x00-0x7f: a tag without attributes; 0x80-0xbf: a tag, and the next byte
 * chooses its attributes; above: something else. NUL bytes of text come from
 * 0xff. */
static void build_page(const uint8_t *bytes, size_t len, dtl_buf *out)
{
    for (size_t i = 0; i < len; i++) {
        uint8_t c = bytes[i];

        if (c < 0x80)
            put_tag(out, c, 0);
        else if (c < 0xc0)
            put_tag(out, c & 63, i + 1 < len ? bytes[++i] : 0);
        else if (c == 0xff)
            dtl_buf_putc(out, '\0');
        else
            dtl_buf_puts(out, others[c % COUNT(others)]);
    }
}

static void parse(dtl_html_doc *doc, dtl_str page, const dtl_html_options *opts)
{
    FUZZ_CHECK(dtl_html_parse(doc, page, opts, NULL) == DTL_OK);
    FUZZ_CHECK(!dtl_html_check(doc, NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static dtl_html_doc doc;
    dtl_html_options opts = {.override_charset = DTL_STR("utf-8")};
    dtl_buf page = {0}, out = {0};
    dtl_html_writer w = {.options = {.omit_optional_tags = true,
                                     .unquoted = true,
                                     .strip_space = true},
                         .out = &out};

    if (!len)
        return 0;
    opts.scripting = bytes[0] & 1;
    opts.fragment_context =
        dtl_str_of(contexts[(bytes[0] >> 1) % COUNT(contexts)]);
    build_page(bytes + 1, len - 1, &page);
    parse(&doc, dtl_buf_view(&page), &opts);
    dtl_html_write_tree(&w, &doc, 0);
    dtl_buf_reset(&out);
    dtl_html_serialize(&doc, 0, &out);
    FUZZ_CHECK(out.status == DTL_OK && page.status == DTL_OK);
    parse(&doc, dtl_buf_view(&out), &opts);
    dtl_buf_clear(&page);
    dtl_buf_clear(&out);
    return 0;
}
