/* The builder's life: made ready for a page, given room before each token,
 * finished, and kept for the next page. */
#include "html/tree.h"
#include "base/str.h"

static dtl_status cover_open(dtl_html_builder *b, dtl_name name)
{
    size_t old = b->open_cap;
    dtl_status st = dtl_grow((void **)&b->open, &b->open_cap, (size_t)name + 1,
                             sizeof *b->open);

    if (st == DTL_OK && b->open_cap > old)
        memset(b->open + old, 0, (b->open_cap - old) * sizeof *b->open);
    return st;
}

dtl_status dtl_tree_cover(uint32_t **names, size_t *cap, dtl_name name)
{
    size_t old = *cap;
    dtl_status st = dtl_grow((void **)names, cap, (size_t)name + 1, 4);

    if (st == DTL_OK && *cap > old)
        memset(*names + old, 0, (*cap - old) * sizeof **names);
    return st;
}

/* Nothing is open: a parse leaves its elements on the stack. */
static void close_all(dtl_html_builder *b)
{
    if (b->top >= b->open_cap)
        memset(b->open, 0, b->open_cap * sizeof *b->open);
    else
        for (uint32_t i = 1; i <= b->top; i++)
            b->open[b->stack[i].name] = (dtl_topmost){0, 0};
    b->top = 0;
}

/* Room for a few tokens is made at once, so that it is rarely looked at; a
 * small page must not take much more than it has itself. */
enum {
    LEAST_NODES = 512,
    LEAST_OPEN = 128,
    LEAST_PIECES = 64
};

static size_t at_least(size_t need, size_t least)
{
    return need > least ? need : least;
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
    st = dtl_grow((void **)&d->nodes, &d->node_cap, at_least(need, LEAST_NODES),
                  sizeof *d->nodes);
    if (st != DTL_OK)
        return st;
    b->node_limit = (uint32_t)(d->node_cap < most ? d->node_cap : most);
    return DTL_OK;
}

/* The labels of a class are never more than the open elements, and their
 * sentinel. */
static dtl_status grow_stack(dtl_html_builder *b, size_t need)
{
    dtl_status st =
        dtl_grow((void **)&b->stack, &b->stack_cap, need, sizeof *b->stack);

    for (int c = 0; c < DTL_CLASS_COUNT && st == DTL_OK; c++)
        st = dtl_grow((void **)&b->classes[c].at, &b->classes[c].cap,
                      b->stack_cap + 1, sizeof *b->classes[c].at);
    b->stack_limit = st == DTL_OK ? b->stack_cap : 0;
    return st;
}

dtl_status dtl_tree_make_room(dtl_html_builder *b, uint32_t count)
{
    size_t open = (size_t)b->top + count + DTL_ROOM_OPEN;
    dtl_status st = DTL_OK;

    b->credit = 0;
    if ((uint64_t)b->doc->node_count + count + DTL_ROOM_NODES > b->node_limit)
        st = grow_nodes(b, count);
    if (st == DTL_OK && open > b->stack_limit)
        st = grow_stack(b, at_least(open, LEAST_OPEN));
    return st;
}

/* How many tokens there is room for. */
static uint32_t count_credit(const dtl_html_builder *b)
{
    const dtl_html_doc *d = b->doc;
    size_t nodes = (b->node_limit - d->node_count) / DTL_ROOM_NODES;
    size_t open = (b->stack_limit - b->top) / DTL_ROOM_OPEN;
    size_t pieces = (d->piece_cap - d->piece_count) / DTL_ROOM_PIECES;
    size_t least = nodes < open ? nodes : open;

    return (uint32_t)(least < pieces ? least : pieces);
}

static dtl_status reserve_token(dtl_html_builder *b, const dtl_html_token *t)
{
    dtl_html_doc *d = b->doc;

    switch (t->type) {
    case DTL_TOKEN_START_TAG:
    case DTL_TOKEN_END_TAG:
        return cover_open(b, t->name);
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

dtl_status dtl_tree_reserve_slowly(dtl_html_builder *b, const dtl_html_token *t)
{
    dtl_html_doc *d = b->doc;
    dtl_status st = dtl_tree_make_room(b, 0);

    if (st == DTL_OK && (size_t)d->piece_count + DTL_ROOM_PIECES > d->piece_cap)
        st = dtl_grow(
            (void **)&d->pieces, &d->piece_cap,
            at_least((size_t)d->piece_count + DTL_ROOM_PIECES, LEAST_PIECES),
            sizeof *d->pieces);
    if (st == DTL_OK)
        st = reserve_token(b, t);
    if (st == DTL_OK)
        b->credit = count_credit(b) - 1;
    return st;
}

dtl_status dtl_tree_init(dtl_html_builder *b, dtl_html_doc *doc)
{
    dtl_status st;

    b->doc = doc;
    b->status = DTL_OK;
    b->node_limit = 0;
    doc->node_count = 0;
    dtl_buf_reset(&b->scratch);
    if (b->stack)
        close_all(b);
    st = cover_open(b, DTL_N_KNOWN);
    if (st == DTL_OK)
        st = dtl_tree_make_room(b, 0);
    if (st != DTL_OK)
        return st;
    b->stack[0] = (dtl_open){0};
    for (int c = 0; c < DTL_CLASS_COUNT; c++) {
        b->classes[c].at[0] = 0;
        b->classes[c].count = 1;
    }
    dtl_formatting_reset(b);
    b->mode = b->original_mode = DTL_MODE_INITIAL;
    b->frameset_ok = true;
    b->foster = b->skip_lf = b->out_of_order = b->selectedcontent = false;
    b->head = b->form = 0;
    b->template_count = b->table_text_count = b->late_count = 0;
    b->pos = 0;
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

dtl_status dtl_tree_finish(dtl_html_builder *b)
{
    dtl_status st;

    st = merge_all_late(b);
    if (st == DTL_OK && b->selectedcontent)
        st = dtl_tree_fill_selectedcontent(b);
    if (st == DTL_OK && b->out_of_order)
        st = dtl_tree_renumber(b);
    return st;
}

void dtl_tree_clear(dtl_html_builder *b)
{
    dtl_free(b->stack);
    for (int c = 0; c < DTL_CLASS_COUNT; c++)
        dtl_free(b->classes[c].at);
    dtl_free(b->open);
    dtl_free(b->list);
    dtl_free(b->buckets);
    dtl_free(b->attr_index);
    dtl_free(b->templates);
    dtl_free(b->table_text);
    dtl_free(b->late);
    dtl_free(b->renumbered);
    dtl_buf_clear(&b->scratch);
}
