/* Making nodes and putting them into the tree (HTML standard, 13.2.6.1).
 *
 * Nodes are made in tree order as long as each goes to the end of the tree,
 * and nearly all do: then its parent is all that needs to be noted of a node's
 * place. What is put elsewhere needs links (tree_order.c). */
#include "html/tree.h"
#include "base/str.h"

/* ---- Nodes ----------------------------------------------------------- */

/* A node that is nowhere yet. */
static dtl_html_ref new_node(dtl_html_builder *b, dtl_html_node node)
{
    dtl_html_ref ref = b->doc->node_count++;

    node.subtree_end = ref + 1;
    b->doc->nodes[ref] = node;
    if (b->order == DTL_LINKED)
        b->links[ref] = (dtl_links){0};
    return ref;
}

static __attribute__((noinline)) dtl_html_ref new_linked_child(
    dtl_html_builder *b, dtl_html_node node)
{
    dtl_html_ref ref;

    dtl_tree_leave_order(b);
    ref = new_node(b, node);
    if (b->order == DTL_LINKED)
        dtl_tree_link(b, ref);
    return ref;
}

/* A new node as the last child of parent, written in one go. */
static inline dtl_html_ref new_child(dtl_html_builder *b, dtl_html_ref parent,
                                     dtl_html_node node)
{
    dtl_html_ref ref = b->doc->node_count;

    node.parent = parent;
    if (DTL_UNLIKELY(b->order != DTL_IN_ORDER))
        return new_linked_child(b, node);
    node.subtree_end = ref + 1;
    b->doc->nodes[ref] = node;
    b->doc->node_count = ref + 1;
    return ref;
}

void dtl_tree_append(dtl_html_builder *b, dtl_html_ref parent,
                     dtl_html_ref node)
{
    b->doc->nodes[node].parent = parent;
    dtl_tree_link(b, node);
}

static void insert_before(dtl_html_builder *b, dtl_html_ref node,
                          dtl_html_ref before)
{
    dtl_html_ref parent = b->doc->nodes[before].parent;
    dtl_links *links = b->links;
    dtl_html_ref prev = links[before].prev;

    b->doc->nodes[node].parent = parent;
    links[node].prev = prev;
    links[node].next = before;
    links[before].prev = node;
    if (prev)
        links[prev].next = node;
    else
        links[parent].first_child = node;
}

void dtl_tree_detach(dtl_html_builder *b, dtl_html_ref node)
{
    dtl_html_ref parent = b->doc->nodes[node].parent;
    dtl_links *links = b->links, *n = &links[node];

    if (n->prev)
        links[n->prev].next = n->next;
    else
        links[parent].first_child = n->next;
    if (n->next)
        links[n->next].prev = n->prev;
    else
        links[parent].last_child = n->prev;
    n->prev = n->next = 0;
}

/* ---- The appropriate place for inserting a node ---------------------- */

typedef struct {
    dtl_html_ref parent;
    dtl_html_ref before; /* 0: at the end */
} place;

/* Where foster parenting puts a node: before the last table, unless a
 * template lies above it. */
static place foster_place(const dtl_html_builder *b)
{
    uint32_t table = dtl_tree_open(b, DTL_N_TABLE);
    uint32_t template = dtl_tree_open(b, DTL_N_TEMPLATE);
    const dtl_open *e;

    if (template && template > table)
        return (place){
            dtl_tree_inside(&b->stack[dtl_tree_index(b, template, 0)]), 0};
    if (!table)
        return (place){b->stack[1].node, 0};
    e = &b->stack[dtl_tree_index(b, table, 0)];
    return (place){b->doc->nodes[e->node].parent, e->node};
}

/* What is fostered leaves the order also at the end: an open table row before
 * it may still grow. */
static place appropriate_place(dtl_html_builder *b, const dtl_open *target)
{
    if (b->foster && (target->bits & DTL_IS_FOSTERING) &&
        dtl_tree_leave_order(b))
        return foster_place(b);
    return (place){dtl_tree_inside(target), 0};
}

void dtl_tree_place(dtl_html_builder *b, const dtl_open *target,
                    dtl_html_ref node)
{
    place at = appropriate_place(b, target);

    if (at.before)
        insert_before(b, node, at.before);
    else
        dtl_tree_append(b, at.parent, node);
}

static dtl_html_ref new_at(dtl_html_builder *b, place at, dtl_html_node node)
{
    dtl_html_ref ref;

    if (!at.before)
        return new_child(b, at.parent, node);
    ref = new_node(b, node);
    insert_before(b, ref, at.before);
    return ref;
}

/* A new node at the appropriate place for the current node. */
static dtl_html_ref insert_node(dtl_html_builder *b, dtl_html_node node)
{
    const dtl_open *current = dtl_tree_current(b);

    if (!b->foster)
        return new_child(b, dtl_tree_inside(current), node);
    return new_at(b, appropriate_place(b, current), node);
}

/* ---- Elements -------------------------------------------------------- */

/* What a tag becomes. An element that opens ends with the page, until it is
 * closed. */
static inline dtl_html_node element(dtl_html_builder *b,
                                    const dtl_html_token *t, dtl_html_ns ns,
                                    dtl_name name, uint32_t end)
{
    dtl_tree_keep_attrs(b, t);
    return (dtl_html_node){.type = DTL_HTML_ELEMENT,
                           .ns = (uint8_t)ns,
                           .flags = t->self_closing ? DTL_NODE_SELF_CLOSING : 0,
                           .name = name,
                           .start = t->start,
                           .end = end,
                           .data = t->attr_first,
                           .count = t->attr_count};
}

static uint32_t end_of_page(const dtl_html_builder *b)
{
    return (uint32_t)b->doc->text.len;
}

static dtl_html_node implied_element(const dtl_html_builder *b, dtl_name name)
{
    return (dtl_html_node){.type = DTL_HTML_ELEMENT,
                           .flags = DTL_NODE_IMPLIED,
                           .name = name,
                           .start = b->pos,
                           .end = b->pos};
}

/* A copy of an element without its children. */
static dtl_html_node clone_of(const dtl_html_builder *b, dtl_html_ref of)
{
    const dtl_html_node *original = &b->doc->nodes[of];

    return (dtl_html_node){.type = DTL_HTML_ELEMENT,
                           .flags = DTL_NODE_CLONE,
                           .name = original->name,
                           .start = original->start,
                           .end = end_of_page(b),
                           .data = original->data,
                           .count = original->count};
}

dtl_html_ref dtl_tree_clone(dtl_html_builder *b, dtl_html_ref of)
{
    return new_node(b, clone_of(b, of));
}

dtl_html_ref dtl_tree_insert_clone(dtl_html_builder *b, dtl_html_ref of)
{
    dtl_html_node clone = clone_of(b, of);
    dtl_html_ref ref = insert_node(b, clone);

    dtl_tree_push(b, ref, clone.name, dtl_rule_of(clone.name)->bits);
    return ref;
}

/* A template's contents follow it at once; dtl_tree_inside relies on it. */
static void add_contents(dtl_html_builder *b, dtl_html_ref template,
                         uint32_t start)
{
    new_child(b, template,
              (dtl_html_node){
                  .type = DTL_HTML_FRAGMENT, .start = start, .end = start});
    b->inexact = true; /* no open element is popped for them */
}

static __attribute__((noinline)) dtl_html_ref insert_oddly(
    dtl_html_builder *b, const dtl_html_token *t, uint32_t bits)
{
    dtl_html_ref ref =
        insert_node(b, element(b, t, DTL_NS_HTML, t->name, end_of_page(b)));

    if (bits & DTL_IS_TEMPLATE)
        add_contents(b, ref, t->end);
    dtl_tree_push(b, ref, t->name, bits);
    return ref;
}

dtl_html_ref dtl_tree_insert(dtl_html_builder *b, const dtl_html_token *t)
{
    uint32_t bits = dtl_rule_of(t->name)->bits;
    dtl_html_ref ref;

    if (DTL_UNLIKELY(b->foster || (bits & DTL_IS_TEMPLATE)))
        return insert_oddly(b, t, bits);
    ref = new_child(b, dtl_tree_inside(dtl_tree_current(b)),
                    element(b, t, DTL_NS_HTML, t->name, end_of_page(b)));
    dtl_tree_push(b, ref, t->name, bits);
    return ref;
}

void dtl_tree_insert_void(dtl_html_builder *b, const dtl_html_token *t)
{
    insert_node(b, element(b, t, DTL_NS_HTML, t->name, t->end));
}

dtl_html_ref dtl_tree_insert_implied(dtl_html_builder *b, dtl_name name)
{
    dtl_html_ref ref = insert_node(b, implied_element(b, name));

    dtl_tree_push(b, ref, name, dtl_rule_of(name)->bits);
    return ref;
}

dtl_html_ref dtl_tree_insert_foreign(dtl_html_builder *b,
                                     const dtl_html_token *t, dtl_html_ns ns,
                                     dtl_name adjusted, uint32_t bits)
{
    dtl_html_ref ref =
        insert_node(b, element(b, t, ns, adjusted, end_of_page(b)));

    dtl_tree_push(b, ref, t->name, bits);
    return ref;
}

dtl_html_ref dtl_tree_insert_root(dtl_html_builder *b, const dtl_html_token *t)
{
    dtl_html_node root = implied_element(b, DTL_N_HTML);
    dtl_html_ref ref;

    if (b->fragment)
        root =
            (dtl_html_node){.type = DTL_HTML_FRAGMENT, .end = end_of_page(b)};
    else if (t)
        root = element(b, t, DTL_NS_HTML, DTL_N_HTML, end_of_page(b));
    ref = new_child(b, 0, root);
    dtl_tree_push(b, ref, DTL_N_HTML, dtl_rule_of(DTL_N_HTML)->bits);
    return ref;
}

void dtl_tree_raw_text(dtl_html_builder *b, const dtl_html_token *t,
                       dtl_token_state state)
{
    dtl_tree_insert(b, t);
    b->tokenizer.state = (uint8_t)state;
    b->original_mode = b->mode;
    b->mode = DTL_MODE_TEXT;
}

/* ---- Text, comments, doctype ----------------------------------------- */

/* Room for the two pieces that a text of one and a run more become. */
static bool allow_pieces(dtl_html_builder *b)
{
    dtl_html_doc *d = b->doc;
    dtl_status st = dtl_grow((void **)&d->pieces, &d->piece_cap,
                             (size_t)d->piece_count + 3, sizeof *d->pieces);

    if (st != DTL_OK)
        b->status = st;
    return st == DTL_OK;
}

static uint32_t new_piece(dtl_html_doc *d, uint32_t start, uint32_t end,
                          uint8_t text_flags)
{
    if (!d->piece_count)
        d->piece_count = 1; /* piece 0 is never used */
    d->pieces[d->piece_count] =
        (dtl_html_piece){.start = start, .end = end, .text_flags = text_flags};
    return d->piece_count++;
}

static __attribute__((noinline)) void extend_text(dtl_html_builder *b,
                                                  dtl_html_node *n,
                                                  uint32_t start, uint32_t end,
                                                  uint8_t text_flags)
{
    dtl_html_doc *d = b->doc;
    bool adjoins = n->end == start;
    uint32_t piece;

    n->flags &= text_flags & DTL_TEXT_BLANK;
    text_flags &= (uint8_t)~DTL_TEXT_BLANK;
    if (!n->data && adjoins && n->text_flags == text_flags) {
        n->end = end;
        return;
    }
    if (!allow_pieces(b))
        return;
    n->flags = 0;
    if (!n->data)
        n->data = n->count = new_piece(d, n->start, n->end, n->text_flags);
    n->end = end;
    if (adjoins && d->pieces[n->count].text_flags == text_flags) {
        d->pieces[n->count].end = end;
        return;
    }
    piece = new_piece(d, start, end, text_flags);
    d->pieces[n->count].next = piece;
    n->count = piece;
}

_Static_assert((int)DTL_TEXT_BLANK == (int)DTL_NODE_BLANK &&
                   DTL_TEXT_DROP_NUL < DTL_TEXT_BLANK,
               "a node's flag is taken from the token's");

static dtl_html_node text_node(uint32_t start, uint32_t end, uint8_t text_flags)
{
    return (dtl_html_node){.type = DTL_HTML_TEXT,
                           .text_flags = text_flags & (DTL_TEXT_BLANK - 1),
                           .flags = text_flags & DTL_TEXT_BLANK,
                           .start = start,
                           .end = end};
}

/* The node that stands before a new one put there, if that can be a text;
 * 0 where there is none. Only comments can be behind the open elements as
 * long as nodes are in order. */
static dtl_html_ref text_before(const dtl_html_builder *b, place at)
{
    dtl_html_ref last = b->doc->node_count - 1;

    if (b->order == DTL_LINKED)
        return at.before ? b->links[at.before].prev
                         : b->links[at.parent].last_child;
    if (b->order == DTL_BEHIND)
        last = b->behind - 1;
    return b->doc->nodes[last].parent == at.parent ? last : 0;
}

static __attribute__((noinline)) void insert_text_oddly(dtl_html_builder *b,
                                                        uint32_t start,
                                                        uint32_t end,
                                                        uint8_t text_flags)
{
    place at = appropriate_place(b, dtl_tree_current(b));
    dtl_html_node *nodes = b->doc->nodes;
    dtl_html_ref last = text_before(b, at);

    if (last && nodes[last].type == DTL_HTML_TEXT)
        extend_text(b, &nodes[last], start, end, text_flags);
    else
        new_at(b, at, text_node(start, end, text_flags));
}

void dtl_tree_insert_text(dtl_html_builder *b, uint32_t start, uint32_t end,
                          uint8_t text_flags)
{
    dtl_html_node *last = &b->doc->nodes[b->doc->node_count - 1];
    dtl_html_ref parent = dtl_tree_inside(dtl_tree_current(b));

    if (DTL_UNLIKELY(b->foster || b->order != DTL_IN_ORDER))
        insert_text_oddly(b, start, end, text_flags);
    else if (DTL_UNLIKELY(last->type == DTL_HTML_TEXT &&
                          last->parent == parent))
        extend_text(b, last, start, end, text_flags);
    else
        new_child(b, parent, text_node(start, end, text_flags));
}

/* What a comment or processing instruction token becomes. */
static dtl_html_node comment(dtl_html_builder *b, const dtl_html_token *t)
{
    dtl_html_doc *d = b->doc;
    dtl_html_node node = {.type = DTL_HTML_COMMENT,
                          .text_flags = t->text_flags,
                          .start = t->start,
                          .end = t->end,
                          .data = t->data_start,
                          .count = t->data_end};

    if (t->type == DTL_TOKEN_PI) {
        node = (dtl_html_node){.type = DTL_HTML_PI,
                               .start = t->start,
                               .end = t->end,
                               .data = d->pi_count};
        d->pis[d->pi_count++] = t->pi;
    }
    return node;
}

void dtl_tree_insert_comment(dtl_html_builder *b, const dtl_html_token *t)
{
    insert_node(b, comment(b, t));
}

/* A comment behind the body, or behind html, while these are open. Among
 * themselves such comments are in order unless one behind the body follows one
 * behind html. */
static void append_behind(dtl_html_builder *b, dtl_html_node node)
{
    dtl_html_doc *d = b->doc;

    if (b->order == DTL_LINKED ||
        (b->order == DTL_BEHIND &&
         node.parent > d->nodes[d->node_count - 1].parent)) {
        new_linked_child(b, node);
        return;
    }
    if (b->order == DTL_IN_ORDER)
        b->behind = d->node_count;
    b->order = DTL_BEHIND;
    new_node(b, node);
}

void dtl_tree_append_comment(dtl_html_builder *b, const dtl_html_token *t,
                             dtl_html_ref parent)
{
    dtl_html_node node = comment(b, t);

    node.parent = parent;
    if (parent == dtl_tree_inside(dtl_tree_current(b)))
        new_child(b, parent, node);
    else
        append_behind(b, node);
}

void dtl_tree_append_doctype(dtl_html_builder *b, const dtl_html_token *t)
{
    dtl_html_doc *d = b->doc;

    new_child(b, 0,
              (dtl_html_node){.type = DTL_HTML_DOCTYPE,
                              .start = t->start,
                              .end = t->end,
                              .data = d->doctype_count});
    d->doctypes[d->doctype_count++] = t->doctype;
}

/* ---- Attributes of the token ----------------------------------------- */

void dtl_tree_late_attrs(dtl_html_builder *b, const dtl_html_token *t,
                         dtl_html_ref node)
{
    dtl_status st;

    if (!t->attr_count)
        return;
    st = dtl_grow((void **)&b->late, &b->late_cap, (size_t)b->late_count + 1,
                  sizeof *b->late);
    if (st != DTL_OK) {
        b->status = st;
        return;
    }
    b->late[b->late_count++] =
        (dtl_late_attrs){node, t->attr_first, t->attr_count};
    dtl_tree_keep_attrs(b, t);
}

const dtl_html_attr *dtl_tree_attr(const dtl_html_builder *b,
                                   const dtl_html_token *t, dtl_name name)
{
    for (uint32_t i = 0; i < t->attr_count; i++)
        if (b->doc->attrs[t->attr_first + i].name == name)
            return &b->doc->attrs[t->attr_first + i];
    return NULL;
}

dtl_str dtl_tree_value(dtl_html_builder *b, const dtl_html_attr *a)
{
    size_t from = b->scratch.len;

    if (!a->text_flags)
        return (dtl_str){b->doc->text.ptr + a->start, a->end - a->start};
    dtl_html_append_range(b->doc, a->start, a->end, a->text_flags, true,
                          &b->scratch);
    if (b->scratch.status != DTL_OK)
        b->status = b->scratch.status;
    return dtl_str_sub(dtl_buf_view(&b->scratch), from, b->scratch.len);
}

bool dtl_tree_attr_is(dtl_html_builder *b, const dtl_html_token *t,
                      dtl_name name, dtl_str text)
{
    const dtl_html_attr *a = dtl_tree_attr(b, t, name);

    dtl_buf_reset(&b->scratch);
    return a && dtl_str_eq_nocase(dtl_tree_value(b, a), text);
}
