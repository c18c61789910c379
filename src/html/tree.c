/* The builder's life: made ready for a page, given room before each token,
 * finished, and kept for the next page. */
#include "html/tree.h"
#include "base/str.h"

enum {
    LEAST_NAMES = 64 /* those of all elements that are implied are below */
};

dtl_status dtl_tree_cover(uint32_t **names, size_t *cap, dtl_name name)
{
    size_t old = *cap, need = (size_t)name + 1;
    dtl_status st =
        dtl_grow_to((void **)names, cap, need, need + 8, sizeof **names);

    if (st == DTL_OK && *cap > old)
        memset(*names + old, 0, (*cap - old) * sizeof **names);
    return st;
}

/* Nothing is open: a parse leaves its elements on the stack. */
static void close_all(dtl_html_builder *b)
{
    if (b->top >= b->open_cap + b->open_foreign_cap) {
        memset(b->open, 0, b->open_cap * sizeof *b->open);
        if (b->open_foreign_cap)
            memset(b->open_foreign, 0,
                   b->open_foreign_cap * sizeof *b->open_foreign);
    } else {
        for (uint32_t i = 1; i <= b->top; i++)
            *dtl_tree_topmost(b, &b->stack[i]) = 0;
    }
    b->top = 0;
}

/* Nodes that a page gets before anything is known of it; a small page must not
 * take much more memory than it has itself. */
static uint32_t first_nodes(const dtl_html_doc *d)
{
    size_t count = d->text.len / 32;

    return count < 512 ? (uint32_t)count : 512;
}

/* DTL_LIMIT past max_nodes; what a token makes beyond does no harm. */
static dtl_status grow_nodes(dtl_html_builder *b, uint32_t count)
{
    dtl_html_doc *d = b->doc;
    size_t most = (size_t)b->max_nodes + DTL_ROOM_NODES;
    size_t need = (size_t)d->node_count + count + DTL_ROOM_NODES;
    dtl_status st;

    if (need > most)
        return DTL_LIMIT;
    st = dtl_grow_to((void **)&d->nodes, &d->node_cap, need,
                     need + dtl_html_rest(d, d->node_count, b->pos),
                     sizeof *d->nodes);
    if (st == DTL_OK && b->order == DTL_LINKED)
        st = dtl_grow_to((void **)&b->links, &b->links_cap, d->node_cap,
                         d->node_cap, sizeof *b->links);
    if (st != DTL_OK)
        return st;
    if (d->node_cap < most)
        most = d->node_cap;
    b->node_limit = (uint32_t)(most - DTL_ROOM_NODES + 1);
    return DTL_OK;
}

static dtl_status grow_stack(dtl_html_builder *b, uint32_t count)
{
    size_t need = (size_t)b->top + count + DTL_ROOM_OPEN + 1;
    dtl_status st = dtl_grow_to((void **)&b->stack, &b->stack_cap, need,
                                need + b->top / 4, sizeof *b->stack);

    b->stack_limit =
        st == DTL_OK ? (uint32_t)(b->stack_cap - DTL_ROOM_OPEN) : 0;
    return st;
}

dtl_status dtl_tree_make_room(dtl_html_builder *b, uint32_t count)
{
    dtl_status st = DTL_OK;

    if ((uint64_t)b->doc->node_count + count >= b->node_limit)
        st = grow_nodes(b, count);
    if (st == DTL_OK && (uint64_t)b->top + count >= b->stack_limit)
        st = grow_stack(b, count);
    return st;
}

bool dtl_tree_allow(dtl_html_builder *b, uint32_t count)
{
    dtl_status st = dtl_tree_make_room(b, count);

    if (st != DTL_OK)
        b->status = st;
    return st == DTL_OK;
}

dtl_status dtl_tree_reserve(dtl_html_builder *b, const dtl_html_token *t)
{
    dtl_html_doc *d = b->doc;
    dtl_status st = dtl_tree_make_room(b, 0);

    if (st != DTL_OK)
        return st;
    switch (t->type) {
    case DTL_TOKEN_START_TAG:
    case DTL_TOKEN_END_TAG:
        return dtl_tree_cover(&b->open, &b->open_cap, t->name);
    case DTL_TOKEN_DOCTYPE:
        return dtl_grow((void **)&d->doctypes, &d->doctype_cap,
                        (size_t)d->doctype_count + 1, sizeof *d->doctypes);
    case DTL_TOKEN_PI:
        return dtl_grow((void **)&d->pis, &d->pi_cap, (size_t)d->pi_count + 1,
                        sizeof *d->pis);
    default:
        return DTL_OK;
    }
}

dtl_status dtl_tree_init(dtl_html_builder *b, dtl_html_doc *doc)
{
    dtl_status st;

    b->doc = doc;
    b->status = DTL_OK;
    b->node_limit = b->stack_limit = 0;
    doc->node_count = 0;
    b->pos = 0;
    b->order = DTL_IN_ORDER;
    dtl_buf_reset(&b->scratch);
    if (b->stack)
        close_all(b);
    st = dtl_tree_cover(&b->open, &b->open_cap, LEAST_NAMES);
    if (st == DTL_OK)
        st = grow_nodes(b, first_nodes(doc));
    if (st == DTL_OK)
        st = grow_stack(b, 0);
    if (st != DTL_OK)
        return st;
    b->stack[0] = (dtl_open){0};
    dtl_formatting_reset(b);
    b->mode = b->original_mode = DTL_MODE_INITIAL;
    b->frameset_ok = true;
    b->foster = b->inexact = b->selectedcontent = false;
    b->no_lf_at = 0;
    b->head = b->form = 0;
    b->template_count = b->table_text_count = b->late_count = 0;
    doc->nodes[0] = (dtl_html_node){.type = DTL_HTML_DOCUMENT,
                                    .end = (uint32_t)doc->text.len};
    doc->node_count = 1;
    return DTL_OK;
}

/* ---- The end --------------------------------------------------------- */

/* Adds an attribute to a run that starts at first, unless one of its name is
 * there. Names are looked up in an index that needs no clearing, since what
 * it says is verified. */
static dtl_status add_attr(dtl_html_builder *b, uint32_t first, dtl_html_attr a)
{
    dtl_html_doc *d = b->doc;
    dtl_status st = dtl_tree_cover(&b->attr_index, &b->attr_index_cap, a.name);
    uint32_t i;

    if (st != DTL_OK)
        return st;
    i = b->attr_index[a.name];
    if (i >= first && i < d->attr_count && d->attrs[i].name == a.name)
        return DTL_OK;
    st = dtl_grow((void **)&d->attrs, &d->attr_cap, (size_t)d->attr_count + 1,
                  sizeof *d->attrs);
    if (st != DTL_OK)
        return st;
    b->attr_index[a.name] = d->attr_count;
    d->attrs[d->attr_count++] = a;
    return DTL_OK;
}

/* Joins the attributes of later html or body tags to the element's own, in a
 * new run in which the first of each name counts. */
static dtl_status merge_late(dtl_html_builder *b, dtl_html_ref node)
{
    dtl_html_doc *d = b->doc;
    dtl_html_node *n = &d->nodes[node];
    uint32_t first = d->attr_count;
    dtl_status st = DTL_OK;

    for (uint32_t k = 0; k < n->count && st == DTL_OK; k++)
        st = add_attr(b, first, d->attrs[n->data + k]);
    for (uint32_t i = 0; i < b->late_count; i++) {
        const dtl_late_attrs *late = &b->late[i];

        if (late->node == node)
            for (uint32_t k = 0; k < late->count && st == DTL_OK; k++)
                st = add_attr(b, first, d->attrs[late->first + k]);
    }
    n->data = first;
    n->count = d->attr_count - first;
    return st;
}

/* Only html and body tags come again: two elements at most. */
static dtl_status merge_all_late(dtl_html_builder *b)
{
    dtl_html_ref one;
    dtl_status st;

    if (!b->late_count)
        return DTL_OK;
    one = b->late[0].node;
    st = merge_late(b, one);
    for (uint32_t i = 1; i < b->late_count && st == DTL_OK; i++)
        if (b->late[i].node != one)
            return merge_late(b, b->late[i].node);
    return st;
}

/* Tells where subtrees end that are not known to have: those of the elements
 * that are open, when all else is in order. */
static void end_subtrees(dtl_html_builder *b)
{
    dtl_html_doc *d = b->doc;

    if (b->order != DTL_IN_ORDER || b->inexact) {
        dtl_tree_count_subtrees(d);
        return;
    }
    for (uint32_t i = 0; i <= b->top; i++)
        d->nodes[b->stack[i].node].subtree_end = d->node_count;
}

dtl_status dtl_tree_finish(dtl_html_builder *b)
{
    dtl_status st;

    st = merge_all_late(b);
    if (st == DTL_OK && b->selectedcontent)
        st = dtl_tree_fill_selectedcontent(b);
    if (st != DTL_OK)
        return st;
    if (b->order == DTL_LINKED)
        dtl_tree_renumber(b);
    end_subtrees(b);
    return DTL_OK;
}

void dtl_tree_clear(dtl_html_builder *b)
{
    dtl_free(b->stack);
    dtl_free(b->open);
    dtl_free(b->open_foreign);
    dtl_free(b->list);
    dtl_free(b->buckets);
    dtl_free(b->attr_index);
    dtl_free(b->templates);
    dtl_free(b->table_text);
    dtl_free(b->late);
    dtl_free(b->links);
    dtl_buf_clear(&b->scratch);
}
