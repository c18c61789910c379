/* The builder's life: made ready for a page, given room before each token,
 * finished, and kept for the next page. */
#include "html/tree.h"
#include "base/str.h"

static dtl_status init_labels(dtl_labels *l)
{
    dtl_status st = dtl_grow((void **)&l->at, &l->cap, 1, sizeof *l->at);

    if (st == DTL_OK) {
        l->at[0] = 0;
        l->count = 1;
    }
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

/* Nothing is open: an earlier parse may have been cut short. */
static void close_all(dtl_html_builder *b)
{
    for (uint32_t i = 1; i <= b->top; i++) {
        const dtl_open *e = &b->stack[i];

        (e->bits & DTL_IS_FOREIGN ? b->open_foreign : b->open)[e->name] = 0;
    }
    b->top = 0;
}

static dtl_status grow_nodes(dtl_html_builder *b, uint32_t count)
{
    dtl_html_doc *d = b->doc;
    uint64_t need = (uint64_t)d->node_count + count + DTL_ROOM_NODES;
    dtl_status st;

    if (need > (uint64_t)b->max_nodes + DTL_ROOM_NODES)
        return DTL_LIMIT;
    st = dtl_grow((void **)&d->nodes, &d->node_cap, (size_t)need,
                  sizeof *d->nodes);
    if (st != DTL_OK)
        return st;
    b->node_limit = d->node_cap < (size_t)b->max_nodes + DTL_ROOM_NODES
                        ? (uint32_t)d->node_cap
                        : b->max_nodes + DTL_ROOM_NODES;
    return DTL_OK;
}

dtl_status dtl_tree_make_room(dtl_html_builder *b, uint32_t count)
{
    dtl_status st = DTL_OK;

    if ((uint64_t)b->doc->node_count + count + DTL_ROOM_NODES > b->node_limit)
        st = grow_nodes(b, count);
    if (st == DTL_OK && (size_t)b->top + count + DTL_ROOM_OPEN > b->stack_cap)
        st = dtl_grow((void **)&b->stack, &b->stack_cap,
                      (size_t)b->top + count + DTL_ROOM_OPEN, sizeof *b->stack);
    return st;
}

static dtl_status reserve_token(dtl_html_builder *b, const dtl_html_token *t)
{
    dtl_html_doc *d = b->doc;

    switch (t->type) {
    case DTL_TOKEN_START_TAG:
    case DTL_TOKEN_END_TAG: {
        dtl_status st = dtl_tree_cover(&b->open, &b->open_cap, t->name);

        return st == DTL_OK ? dtl_tree_cover(&b->open_foreign,
                                             &b->open_foreign_cap, t->name)
                            : st;
    }
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

dtl_status dtl_tree_reserve(dtl_html_builder *b, const dtl_html_token *t)
{
    dtl_html_doc *d = b->doc;
    dtl_status st = dtl_tree_make_room(b, 0);

    if (st == DTL_OK && (size_t)d->piece_count + DTL_ROOM_PIECES > d->piece_cap)
        st = dtl_grow((void **)&d->pieces, &d->piece_cap,
                      (size_t)d->piece_count + DTL_ROOM_PIECES,
                      sizeof *d->pieces);
    if (st == DTL_OK && (t->type >= DTL_TOKEN_DOCTYPE ||
                         (t->type != DTL_TOKEN_TEXT && t->name >= b->open_cap)))
        st = reserve_token(b, t);
    return st;
}

dtl_status dtl_tree_init(dtl_html_builder *b, dtl_html_doc *doc)
{
    dtl_status st = DTL_OK;

    b->doc = doc;
    b->status = DTL_OK;
    b->node_limit = 0;
    doc->node_count = 0;
    dtl_buf_reset(&b->scratch);
    if (b->stack)
        close_all(b);
    for (int c = 0; c < DTL_CLASS_COUNT && st == DTL_OK; c++)
        st = init_labels(&b->classes[c]);
    if (st == DTL_OK)
        st = dtl_tree_cover(&b->open, &b->open_cap, DTL_N_KNOWN);
    if (st == DTL_OK)
        st =
            dtl_tree_cover(&b->open_foreign, &b->open_foreign_cap, DTL_N_KNOWN);
    if (st == DTL_OK)
        st = dtl_tree_make_room(b, 0);
    if (st != DTL_OK)
        return st;
    b->stack[0] = (dtl_open){0};
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

    b->pos = (uint32_t)b->doc->text.len;
    while (b->top)
        dtl_tree_pop(b);
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
    dtl_free(b->open_foreign);
    dtl_free(b->list);
    dtl_free(b->buckets);
    dtl_free(b->attr_index);
    dtl_free(b->templates);
    dtl_free(b->table_text);
    dtl_free(b->late);
    dtl_free(b->spare_nodes);
    dtl_free(b->renumbered);
    dtl_buf_clear(&b->scratch);
}
