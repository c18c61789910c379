/* Holds a document to the invariants of dom.h.
 *
 * Nodes stand in tree order when each is either the first child of the one
 * before it, or the next sibling of that one or of an ancestor of it at which
 * a subtree ends. Walking up from the node before, once for each node, takes
 * linear time in all, since every climb leaves a level that a node had to
 * enter. */
#include "html/check.h"

static const char *check_links(const dtl_html_doc *d, dtl_html_ref n)
{
    const dtl_html_node *node = &d->nodes[n];

    if (n && node->parent >= n)
        return "a parent that does not stand before its child";
    if (node->subtree_end <= n)
        return "a subtree without its root";
    if (n ? node->subtree_end > d->nodes[node->parent].subtree_end
          : node->subtree_end != d->node_count)
        return "a subtree ends behind its parent's";
    return NULL;
}

/* Whether n stands right behind the node before it. */
static const char *check_order(const dtl_html_doc *d, dtl_html_ref n)
{
    dtl_html_ref before = n - 1;

    if (d->nodes[n].parent == before)
        return NULL;
    while (before && d->nodes[before].subtree_end == n &&
           d->nodes[before].parent != d->nodes[n].parent)
        before = d->nodes[before].parent;
    return before && d->nodes[before].subtree_end == n
               ? NULL
               : "a node is out of tree order";
}

/* Whether subtrees that nobody follows end with the document. */
static const char *check_end(const dtl_html_doc *d, dtl_html_ref *where)
{
    dtl_html_ref n = d->node_count - 1;

    while (n && d->nodes[n].subtree_end == d->node_count)
        n = d->nodes[n].parent;
    if (n && where)
        *where = n;
    return n ? "a subtree does not end with the document" : NULL;
}

static const char *check_range(const dtl_html_doc *d, uint32_t start,
                               uint32_t end)
{
    return start <= end && end <= d->text.len
               ? NULL
               : "a range ends before its start or behind the text";
}

static const char *check_pieces(const dtl_html_doc *d,
                                const dtl_html_node *node)
{
    uint32_t piece = node->data, count = 0;

    if (!piece)
        return node->count ? "a text of one piece with a last piece" : NULL;
    for (;; piece = d->pieces[piece].next) {
        const char *wrong;

        if (piece >= d->piece_count || ++count > d->piece_count)
            return "a chain of pieces leads astray";
        wrong = check_range(d, d->pieces[piece].start, d->pieces[piece].end);
        if (wrong)
            return wrong;
        if (!d->pieces[piece].next)
            break;
    }
    if (piece != node->count)
        return "a chain of pieces does not end at its last one";
    return count < 2 ? "a chain of one piece" : NULL;
}

static bool is_blank(const dtl_html_doc *d, const dtl_html_node *node)
{
    for (uint32_t i = node->start; i < node->end; i++)
        if ((unsigned char)d->text.ptr[i] > ' ')
            return false;
    return !node->data && !(node->text_flags & ~DTL_TEXT_CR);
}

static const char *check_text(const dtl_html_doc *d, dtl_html_ref n)
{
    const dtl_html_node *node = &d->nodes[n];
    dtl_html_ref next = dtl_html_next(d, n);

    if (next && d->nodes[next].type == DTL_HTML_TEXT)
        return "two text nodes are neighbours";
    if (dtl_html_first_child(d, n))
        return "a text node has children";
    if (!node->data && node->start == node->end)
        return "an empty text node";
    if (node->flags & DTL_NODE_BLANK && !is_blank(d, node))
        return "a text that is not blank";
    return check_pieces(d, node);
}

static const char *check_element(const dtl_html_doc *d, dtl_html_ref n)
{
    const dtl_html_node *node = &d->nodes[n];

    if (!node->name)
        return "an element without a name";
    if ((uint64_t)node->data + node->count > d->attr_count)
        return "attributes outside the array";
    for (uint32_t i = 0; i < node->count; i++) {
        const dtl_html_attr *a = &d->attrs[node->data + i];
        const char *wrong = check_range(d, a->start, a->end);

        if (wrong || !a->name)
            return wrong ? wrong : "an attribute without a name";
    }
    if ((node->flags & DTL_NODE_IMPLIED) && node->start != node->end)
        return "an implied element with a range";
    if (dtl_html_is(d, n, DTL_N_TEMPLATE) &&
        (!dtl_html_first_child(d, n) || dtl_html_next(d, n + 1) ||
         d->nodes[n + 1].type != DTL_HTML_FRAGMENT))
        return "a template without contents, or with more than them";
    return NULL;
}

static const char *check_kind(const dtl_html_doc *d, dtl_html_ref n)
{
    const dtl_html_node *node = &d->nodes[n];

    switch ((dtl_html_type)node->type) {
    case DTL_HTML_DOCUMENT:
        return n ? "a document inside the document" : NULL;
    case DTL_HTML_FRAGMENT:
        return node->parent == 0 || dtl_html_is(d, node->parent, DTL_N_TEMPLATE)
                   ? NULL
                   : "a fragment in no template";
    case DTL_HTML_ELEMENT:
        return check_element(d, n);
    case DTL_HTML_TEXT:
        return check_text(d, n);
    case DTL_HTML_COMMENT:
        return check_range(d, node->data, node->count);
    case DTL_HTML_DOCTYPE:
        return node->data < d->doctype_count ? NULL : "a doctype is missing";
    case DTL_HTML_PI:
        return node->data < d->pi_count ? NULL : "an instruction is missing";
    }
    return "a node of no type";
}

const char *dtl_html_check(const dtl_html_doc *d, dtl_html_ref *where)
{
    for (dtl_html_ref n = 0; n < d->node_count; n++) {
        const dtl_html_node *node = &d->nodes[n];
        const char *wrong = check_links(d, n);

        if (!wrong && n)
            wrong = check_order(d, n);
        if (!wrong)
            wrong = check_range(d, node->start, node->end);
        if (!wrong)
            wrong = check_kind(d, n);
        if (wrong) {
            if (where)
                *where = n;
            return wrong;
        }
    }
    return check_end(d, where);
}
