/* Fuzzes the HTML parser. The first byte chooses scripting and the context
 * of a fragment, the rest is the page. The tree must be what dom.h promises,
 * and the same when the document's memory is used again. */
#include "fuzz.h"

#include "base/str.h"
#include "html/check.h"
#include "html/parse.h"

static const char *const contexts[] = {
    "",     "div", "td",     "tr",       "tbody",    "table",
    "body", "col", "select", "template", "svg path", "math mi"};

enum {
    CONTEXTS = sizeof contexts / sizeof *contexts
};

static uint32_t parse(dtl_html_doc *doc, dtl_str page,
                      const dtl_html_options *opts)
{
    FUZZ_CHECK(dtl_html_parse(doc, page, opts, NULL) == DTL_OK);
    FUZZ_CHECK(!dtl_html_check(doc, NULL));
    return doc->node_count;
}

/* Every character and attribute is asked for once. */
static void read_all(dtl_html_doc *doc)
{
    dtl_buf text = {0};

    for (dtl_html_ref n = 1; n < doc->node_count; n++) {
        const dtl_html_node *node = dtl_html_node_at(doc, n);

        if (node->type == DTL_HTML_TEXT || node->type == DTL_HTML_COMMENT)
            dtl_html_append_data(doc, n, &text);
        if (node->type != DTL_HTML_ELEMENT)
            continue;
        for (uint32_t i = 0; i < node->count; i++)
            FUZZ_CHECK(
                dtl_html_attr_text(doc, &doc->attrs[node->data + i]).ptr);
    }
    FUZZ_CHECK(text.status == DTL_OK);
    dtl_buf_clear(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static dtl_html_doc kept;
    dtl_html_doc fresh = {0};
    dtl_html_options opts = {0};
    dtl_str page = {(const char *)bytes, len};

    if (len) {
        opts.scripting = bytes[0] & 1;
        opts.fragment_context =
            dtl_str_of(contexts[(bytes[0] >> 1) % CONTEXTS]);
        page = dtl_str_sub(page, 1, len);
    }
    FUZZ_CHECK(parse(&kept, page, &opts) == parse(&fresh, page, &opts));
    read_all(&kept);
    dtl_html_clear(&fresh);
    return 0;
}
