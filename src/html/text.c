/* The characters behind ranges: references decoded, newlines and NULs
 * cleaned; and the walks over the tree that gather them. */
#include "base/scan.h"
#include "base/str.h"
#include "html/entities.h"
#include "html/text.h"

#include <assert.h>

/* ---- Walking -------------------------------------------------------- */

dtl_html_ref dtl_html_prev(const dtl_html_doc *d, dtl_html_ref n)
{
    dtl_html_ref parent = d->nodes[n].parent, at = n - 1;

    if (!dtl_html_has_prev(d, n))
        return 0;
    while (d->nodes[at].parent != parent)
        at = d->nodes[at].parent;
    return at;
}

dtl_html_ref dtl_html_find(const dtl_html_doc *d, dtl_html_ref after,
                           dtl_html_ref end, dtl_name name)
{
    dtl_html_ref n;

    for (n = after + 1; n < end; n++)
        if (dtl_html_is(d, n, name))
            return n;
    return 0;
}

/* ---- Cleaning up ----------------------------------------------------- */

/* What the byte at p stands for is appended; returns the bytes it takes. */
static size_t append_special(const char *p, const char *end, uint8_t text_flags,
                             bool in_attr, dtl_buf *out)
{
    char text[DTL_REFERENCE_MAX];
    size_t len, taken;

    if (*p == '&' && (text_flags & DTL_TEXT_REFS)) {
        dtl_str rest = {p, (size_t)(end - p)};

        taken = dtl_html_reference(rest, in_attr, text, &len);
        if (taken) {
            dtl_buf_append(out, text, len);
            return taken;
        }
    } else if (*p == '\r' && (text_flags & DTL_TEXT_CR)) {
        if (p + 1 == end || p[1] != '\n')
            dtl_buf_putc(out, '\n');
        return 1;
    } else if (*p == '\0' && (text_flags & DTL_TEXT_DROP_NUL)) {
        return 1;
    } else if (*p == '\0' && (text_flags & DTL_TEXT_NUL)) {
        dtl_buf_puts(out, "\xEF\xBF\xBD");
        return 1;
    }
    dtl_buf_putc(out, *p);
    return 1;
}

static void append_cleaned(dtl_str s, uint8_t text_flags, bool in_attr,
                           dtl_buf *out)
{
    const char *p = s.ptr, *end = p + s.len;
    dtl_byte_set set = {{'&', '\r', '\0', '\0'}};

    if (!(text_flags & DTL_TEXT_REFS))
        set.byte[0] = set.byte[1];
    while (p < end) {
        const char *special = dtl_scan_set(p, end, set);

        dtl_buf_append(out, p, (size_t)(special - p));
        p = special;
        if (p < end)
            p += append_special(p, end, text_flags, in_attr, out);
    }
}

static dtl_str range_of(const dtl_html_doc *d, uint32_t start, uint32_t end)
{
    assert(start <= end && end <= d->text.len);
    return (dtl_str){d->text.ptr + start, end - start};
}

void dtl_html_append_range(const dtl_html_doc *d, uint32_t start, uint32_t end,
                           uint8_t text_flags, bool in_attr, dtl_buf *out)
{
    dtl_str s = range_of(d, start, end);

    if (text_flags)
        append_cleaned(s, text_flags, in_attr, out);
    else
        dtl_buf_append(out, s.ptr, s.len);
}

dtl_str dtl_html_cleaned(dtl_html_doc *d, dtl_str s, uint8_t text_flags,
                         bool in_attr)
{
    size_t most;
    dtl_buf b = {0};

    if (!text_flags)
        return s;
    /* The longest that "&nGt;" (5 bytes for 6) or NUL (1 for 3) make of it,
     * so that the buffer never leaves the arena. */
    most = text_flags & DTL_TEXT_NUL ? s.len * 3 : s.len + s.len / 4 + 1;
    b.ptr = dtl_arena_alloc(&d->arena, most);
    b.cap = most;
    if (!b.ptr)
        return (dtl_str){NULL, 0};
    append_cleaned(s, text_flags, in_attr, &b);
    assert(b.cap == most);
    return dtl_buf_view(&b);
}

uint8_t dtl_html_text_flags(dtl_str s)
{
    const char *end = s.ptr + s.len;
    dtl_byte_set set = {{'\r', '\0', '\r', '\r'}};
    const char *p = dtl_scan_set(s.ptr, end, set);
    bool is_cr;

    if (p == end)
        return 0;
    is_cr = *p == '\r';
    if (!memchr(p, is_cr ? '\0' : '\r', (size_t)(end - p)))
        return is_cr ? DTL_TEXT_CR : DTL_TEXT_NUL;
    return DTL_TEXT_CR | DTL_TEXT_NUL;
}

/* ---- Text ------------------------------------------------------------ */

static void append_pieces(const dtl_html_doc *d, uint32_t piece, dtl_buf *out)
{
    while (piece) {
        const dtl_html_piece *p = &d->pieces[piece];

        dtl_html_append_range(d, p->start, p->end, p->text_flags, false, out);
        piece = p->next;
    }
}

void dtl_html_append_data(const dtl_html_doc *d, dtl_html_ref n, dtl_buf *out)
{
    const dtl_html_node *node = &d->nodes[n];

    if (node->type == DTL_HTML_COMMENT)
        dtl_html_append_range(d, node->data, node->count, node->text_flags,
                              false, out);
    else if (node->type == DTL_HTML_TEXT && node->data)
        append_pieces(d, node->data, out);
    else if (node->type == DTL_HTML_TEXT)
        dtl_html_append_range(d, node->start, node->end, node->text_flags,
                              false, out);
}

void dtl_html_append_text(const dtl_html_doc *d, dtl_html_ref n, dtl_buf *out)
{
    dtl_html_ref end = dtl_html_subtree_end(d, n), at = n;

    while (at < end) {
        const dtl_html_node *node = &d->nodes[at];

        if (node->type == DTL_HTML_TEXT)
            dtl_html_append_data(d, at, out);
        /* Template contents are a tree of their own. */
        if (node->type == DTL_HTML_FRAGMENT && at != n)
            at = dtl_html_subtree_end(d, at);
        else
            at++;
    }
}

/* ---- Attributes ------------------------------------------------------ */

const dtl_html_attr *dtl_html_attr_find(const dtl_html_doc *d, dtl_html_ref n,
                                        dtl_name name)
{
    const dtl_html_node *node = &d->nodes[n];
    uint32_t i;

    if (node->type != DTL_HTML_ELEMENT)
        return NULL;
    for (i = 0; i < node->count; i++)
        if (d->attrs[node->data + i].name == name)
            return &d->attrs[node->data + i];
    return NULL;
}

dtl_str dtl_html_attr_text(dtl_html_doc *d, const dtl_html_attr *a)
{
    return dtl_html_cleaned(d, range_of(d, a->start, a->end), a->text_flags,
                            true);
}

dtl_str dtl_html_attr_value(dtl_html_doc *d, dtl_html_ref n, dtl_name name)
{
    const dtl_html_attr *a = dtl_html_attr_find(d, n, name);

    if (!a)
        return (dtl_str){NULL, 0};
    return dtl_html_attr_text(d, a);
}

bool dtl_html_has_class(dtl_html_doc *d, dtl_html_ref n, dtl_str word)
{
    dtl_str rest = dtl_html_attr_value(d, n, DTL_N_CLASS), one;

    while (dtl_str_word(&rest, &one))
        if (dtl_str_eq(one, word))
            return true;
    return false;
}

dtl_str dtl_html_name(const dtl_html_doc *d, dtl_name name)
{
    return dtl_names_text(&d->names, name);
}
