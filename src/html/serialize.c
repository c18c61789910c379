/* The HTML fragment serialization algorithm (HTML standard, section 13.3),
 * walking from node to node. */
#include "html/serialize.h"
#include "base/str.h"
#include "html/rules.h"

/* ---- Escaping -------------------------------------------------------- */

/* What the byte at *p is written as, its bytes in *len; NULL for itself. */
static const char *reference_for(const char *p, const char *end, bool in_attr,
                                 size_t *len)
{
    *len = 1;
    switch (*p) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return in_attr ? "&quot;" : NULL;
    case '\xC2':
        if (end - p < 2 || p[1] != '\xA0')
            return NULL;
        *len = 2;
        return "&nbsp;";
    default:
        return NULL;
    }
}

void dtl_html_escape(dtl_str text, bool in_attr, dtl_buf *out)
{
    const char *p = text.ptr, *end = text.ptr + text.len, *from = p;

    while (p < end) {
        size_t len;
        const char *reference = reference_for(p, end, in_attr, &len);

        if (reference) {
            dtl_buf_append(out, from, (size_t)(p - from));
            dtl_buf_puts(out, reference);
            from = p + len;
        }
        p += len;
    }
    dtl_buf_append(out, from, (size_t)(end - from));
}

/* ---- Nodes ----------------------------------------------------------- */

static bool is_void(const dtl_html_node *n)
{
    return n->type == DTL_HTML_ELEMENT && n->ns == DTL_NS_HTML &&
           (dtl_rule_of(n->name)->bits & DTL_IS_VOID);
}

/* Whether text in n is written as it is. */
static bool is_raw(const dtl_html_doc *d, dtl_html_ref n)
{
    const dtl_html_node *node = &d->nodes[n];

    if (node->type != DTL_HTML_ELEMENT || node->ns != DTL_NS_HTML)
        return false;
    if (node->name == DTL_N_NOSCRIPT)
        return d->scripting;
    return dtl_rule_of(node->name)->bits & DTL_IS_RAW;
}

static void put_start_tag(dtl_html_doc *d, const dtl_html_node *n, dtl_buf *out)
{
    dtl_buf_putc(out, '<');
    dtl_buf_str(out, dtl_html_name(d, n->name));
    for (uint32_t i = 0; i < n->count; i++) {
        const dtl_html_attr *a = &d->attrs[n->data + i];
        dtl_str value = dtl_html_attr_text(d, a);

        if (!value.ptr)
            out->status = DTL_NOMEM;
        dtl_buf_putc(out, ' ');
        dtl_buf_str(out, dtl_html_name(d, a->name));
        dtl_buf_puts(out, "=\"");
        dtl_html_escape(value, true, out);
        dtl_buf_putc(out, '"');
    }
    dtl_buf_putc(out, '>');
}

/* Decoded text is put at the end of out and escaped there, when it holds
 * anything to escape. */
static void put_text(dtl_html_doc *d, dtl_html_ref n, dtl_buf *out)
{
    size_t from = out->len, len;
    bool escape = !is_raw(d, d->nodes[n].parent), any = false;
    char *copy;

    dtl_html_append_data(d, n, out);
    if (!escape || out->status != DTL_OK)
        return;
    for (const char *p = out->ptr + from; p < out->ptr + out->len && !any;
         p += len)
        any = reference_for(p, out->ptr + out->len, false, &len) != NULL;
    if (!any)
        return;
    len = out->len - from;
    copy = dtl_malloc(len);
    if (!copy) {
        out->status = DTL_NOMEM;
        return;
    }
    memcpy(copy, out->ptr + from, len);
    out->len = from;
    dtl_html_escape((dtl_str){copy, len}, false, out);
    dtl_free(copy);
}

static void put_before(dtl_html_doc *d, dtl_html_ref ref, dtl_buf *out)
{
    const dtl_html_node *n = &d->nodes[ref];

    switch ((dtl_html_type)n->type) {
    case DTL_HTML_DOCUMENT:
    case DTL_HTML_FRAGMENT:
        break;
    case DTL_HTML_ELEMENT:
        put_start_tag(d, n, out);
        break;
    case DTL_HTML_TEXT:
        put_text(d, ref, out);
        break;
    case DTL_HTML_COMMENT:
        dtl_buf_puts(out, "<!--");
        dtl_html_append_data(d, ref, out);
        dtl_buf_puts(out, "-->");
        break;
    case DTL_HTML_DOCTYPE:
        dtl_buf_puts(out, "<!DOCTYPE ");
        dtl_buf_str(out, d->doctypes[n->data].name);
        dtl_buf_putc(out, '>');
        break;
    case DTL_HTML_PI:
        dtl_buf_puts(out, "<?");
        dtl_buf_str(out, d->pis[n->data].target);
        dtl_buf_putc(out, ' ');
        dtl_buf_str(out, d->pis[n->data].data);
        dtl_buf_putc(out, '>');
        break;
    }
}

static void put_after(dtl_html_doc *d, dtl_html_ref ref, dtl_buf *out)
{
    const dtl_html_node *n = &d->nodes[ref];

    if (n->type != DTL_HTML_ELEMENT || is_void(n))
        return;
    dtl_buf_puts(out, "</");
    dtl_buf_str(out, dtl_html_name(d, n->name));
    dtl_buf_putc(out, '>');
}

/* Void elements have no children, nor are those written that a script or a
 * caller may have given them. */
static dtl_html_ref first_inside(const dtl_html_doc *d, dtl_html_ref n)
{
    return is_void(&d->nodes[n]) ? 0 : dtl_html_first_child(d, n);
}

void dtl_html_serialize_outer(dtl_html_doc *d, dtl_html_ref root, dtl_buf *out)
{
    dtl_html_ref n = root;

    for (;;) {
        put_before(d, n, out);
        if (first_inside(d, n)) {
            n = first_inside(d, n);
            continue;
        }
        put_after(d, n, out);
        while (n != root && !dtl_html_next(d, n)) {
            n = d->nodes[n].parent;
            put_after(d, n, out);
        }
        if (n == root)
            return;
        n = dtl_html_next(d, n);
    }
}

void dtl_html_serialize(dtl_html_doc *d, dtl_html_ref n, dtl_buf *out)
{
    for (dtl_html_ref c = first_inside(d, n); c; c = dtl_html_next(d, c))
        dtl_html_serialize_outer(d, c, out);
}
