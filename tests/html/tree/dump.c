/* Walks the tree along its links, without recursion; see dump.h. */
#include "dump.h"

#include "base/str.h"

#include <stdlib.h>

static void indent(dtl_buf *out, unsigned depth)
{
    dtl_buf_puts(out, "| ");
    for (unsigned i = 0; i < depth; i++)
        dtl_buf_puts(out, "  ");
}

/* "xlink href" for xlink:href, "xmlns xmlns" for xmlns. */
static void put_attr_name(dtl_html_doc *doc, const dtl_html_attr *a,
                          dtl_buf *out)
{
    dtl_str name = dtl_html_name(doc, a->name);
    size_t colon = dtl_str_find_char(name, ':');

    if (a->ns != DTL_NS_NONE && colon != SIZE_MAX) {
        dtl_buf_str(out, dtl_str_sub(name, 0, colon));
        dtl_buf_putc(out, ' ');
        dtl_buf_str(out, dtl_str_sub(name, colon + 1, name.len));
        return;
    }
    if (a->ns == DTL_NS_XMLNS)
        dtl_buf_puts(out, "xmlns ");
    dtl_buf_str(out, name);
}

/* UTF-16 code units and UTF-8 bytes sort alike but for surrogates, which
 * stand before U+E000 and above. */
static int utf16_rank(unsigned char c)
{
    return c >= 0xf0 ? 0xee - 0x10 + (c & 7) : c >= 0xee ? c + 0x10 : c;
}

static int compare_names(const void *x, const void *y)
{
    dtl_str a = *(const dtl_str *)x, b = *(const dtl_str *)y;

    for (size_t i = 0; i < a.len && i < b.len; i++) {
        int d = utf16_rank((unsigned char)a.ptr[i]) -
                utf16_rank((unsigned char)b.ptr[i]);

        if (d)
            return d;
    }
    return (a.len > b.len) - (a.len < b.len);
}

/* Each attribute as "name="value"", sorted by name. */
static void put_attrs(dtl_html_doc *doc, const dtl_html_node *n, unsigned depth,
                      dtl_buf *out)
{
    dtl_str *lines = calloc(n->count + 1, sizeof *lines);
    dtl_buf text = {0};
    size_t *starts = calloc(n->count + 1, sizeof *starts);

    for (uint32_t i = 0; i < n->count && lines && starts; i++) {
        const dtl_html_attr *a = &doc->attrs[n->data + i];

        starts[i] = text.len;
        put_attr_name(doc, a, &text);
        dtl_buf_puts(&text, "=\"");
        dtl_buf_str(&text, dtl_html_attr_text(doc, a));
        dtl_buf_putc(&text, '"');
    }
    if (lines && starts) {
        starts[n->count] = text.len;
        for (uint32_t i = 0; i < n->count; i++)
            lines[i] =
                (dtl_str){text.ptr + starts[i], starts[i + 1] - starts[i]};
        qsort(lines, n->count, sizeof *lines, compare_names);
        for (uint32_t i = 0; i < n->count; i++) {
            indent(out, depth);
            dtl_buf_str(out, lines[i]);
            dtl_buf_putc(out, '\n');
        }
    }
    free(lines);
    free(starts);
    dtl_buf_clear(&text);
}

static void put_doctype(const dtl_html_doctype *d, dtl_buf *out)
{
    dtl_buf_puts(out, "<!DOCTYPE ");
    dtl_buf_str(out, d->name);
    if (d->public_id.len || d->system_id.len) {
        dtl_buf_puts(out, " \"");
        dtl_buf_str(out, d->public_id);
        dtl_buf_puts(out, "\" \"");
        dtl_buf_str(out, d->system_id);
        dtl_buf_puts(out, "\"");
    }
    dtl_buf_puts(out, ">\n");
}

static void put_element(dtl_html_doc *doc, const dtl_html_node *n,
                        unsigned depth, dtl_buf *out)
{
    static const char *const prefix[] = {"", "svg ", "math "};

    dtl_buf_printf(out, "<%s", prefix[n->ns]);
    dtl_buf_str(out, dtl_html_name(doc, n->name));
    dtl_buf_puts(out, ">\n");
    put_attrs(doc, n, depth + 1, out);
}

static void put_node(dtl_html_doc *doc, dtl_html_ref ref, unsigned depth,
                     dtl_buf *out)
{
    const dtl_html_node *n = dtl_html_node_at(doc, ref);

    indent(out, depth);
    switch ((dtl_html_type)n->type) {
    case DTL_HTML_ELEMENT:
        put_element(doc, n, depth, out);
        break;
    case DTL_HTML_FRAGMENT:
        dtl_buf_puts(out, "content\n");
        break;
    case DTL_HTML_TEXT:
        dtl_buf_putc(out, '"');
        dtl_html_append_data(doc, ref, out);
        dtl_buf_puts(out, "\"\n");
        break;
    case DTL_HTML_COMMENT:
        dtl_buf_puts(out, "<!-- ");
        dtl_html_append_data(doc, ref, out);
        dtl_buf_puts(out, " -->\n");
        break;
    case DTL_HTML_DOCTYPE:
        put_doctype(&doc->doctypes[n->data], out);
        break;
    case DTL_HTML_PI:
        dtl_buf_puts(out, "<?");
        dtl_buf_str(out, doc->pis[n->data].target);
        dtl_buf_putc(out, ' ');
        dtl_buf_str(out, doc->pis[n->data].data);
        dtl_buf_puts(out, "?>\n");
        break;
    case DTL_HTML_DOCUMENT:
        break;
    }
}

void dump_tree(dtl_html_doc *doc, dtl_buf *out)
{
    dtl_html_ref root = 0, n;
    unsigned depth = 0;

    n = dtl_html_first_child(doc, 0);
    if (n && dtl_html_node_at(doc, n)->type == DTL_HTML_FRAGMENT) {
        root = n;
        n = dtl_html_first_child(doc, n);
    }
    while (n) {
        put_node(doc, n, depth, out);
        if (dtl_html_first_child(doc, n)) {
            n = dtl_html_first_child(doc, n);
            depth++;
            continue;
        }
        while (n != root && !dtl_html_next(doc, n)) {
            n = dtl_html_node_at(doc, n)->parent;
            depth--;
        }
        n = n == root ? 0 : dtl_html_next(doc, n);
    }
}
