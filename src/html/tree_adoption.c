/* The adoption agency algorithm (HTML standard, section 13.2.6.4.7).
 *
 * Elements keep their labels when they move on the stack. What is between
 * the formatting element and the furthest block is never special and never
 * foreign, so classes and foreign chains stay as they are. Each step of a
 * loop takes an element off the stack, but for three, so the whole is linear
 * in the tokens; the part of the stack above is moved once at most. */
#include "html/tree.h"
#include "base/str.h"

enum {
    MOST_CLONES = 4 /* of one turn of the outer loop */
};

/* Index of the lowest special element above the formatting element, 0 when
 * there is none. All that is passed over leaves the stack but for three. */
static uint32_t furthest_block(const dtl_html_builder *b, uint32_t formatting)
{
    for (uint32_t i = formatting + 1; i <= b->top; i++)
        if (b->stack[i].bits & DTL_CLASS_BIT(DTL_CLASS_SPECIAL))
            return i;
    return 0;
}

/* The chains by name as they were below the element at index; rewind brings
 * back what is above by then. */
static void unwind(dtl_html_builder *b, uint32_t index)
{
    for (uint32_t i = b->top; i >= index; i--)
        *dtl_tree_topmost(b, &b->stack[i]) = b->stack[i].below;
}

static void rewind(dtl_html_builder *b, uint32_t index)
{
    for (uint32_t i = index; i <= b->top; i++) {
        uint32_t *topmost = dtl_tree_topmost(b, &b->stack[i]);

        b->stack[i].below = *topmost;
        *topmost = b->stack[i].label;
    }
}

/* Elements from index up that may name the element at index as the one below
 * them: none, when it is the topmost of its name, but for those that share
 * its label. */
static uint32_t chain_reach(const dtl_html_builder *b, uint32_t index)
{
    const dtl_open *e = &b->stack[index];
    uint32_t i = index + 1;

    if (b->open[e->name] > e->label)
        return b->top;
    while (i <= b->top && b->stack[i].label == e->label)
        i++;
    return i - 1;
}

static dtl_open *next_of_name(dtl_html_builder *b, uint32_t index)
{
    const dtl_open *e = &b->stack[index];
    uint32_t reach = chain_reach(b, index);

    for (uint32_t i = index + 1; i <= reach; i++)
        if (b->stack[i].name == e->name && !(b->stack[i].bits & DTL_IS_FOREIGN))
            return &b->stack[i];
    return NULL;
}

/* Takes the element at index out of its name's chain, or puts it in. */
static void unchain(dtl_html_builder *b, uint32_t index)
{
    const dtl_open *e = &b->stack[index];
    dtl_open *above = next_of_name(b, index);

    *(above ? &above->below : &b->open[e->name]) = e->below;
}

static void chain(dtl_html_builder *b, uint32_t index)
{
    dtl_open *e = &b->stack[index];
    dtl_open *above = next_of_name(b, index);
    uint32_t *from = above ? &above->below : &b->open[e->name];

    e->below = *from;
    *from = e->label;
}

/* An element leaves the stack without being popped. */
static void close_node(dtl_html_builder *b, dtl_html_ref node, uint32_t end)
{
    b->doc->nodes[node].end = end;
    if (end > b->pos)
        b->doc->nodes[node].flags |= DTL_NODE_ENDED;
}

static void move_children(dtl_html_builder *b, dtl_html_ref from,
                          dtl_html_ref to)
{
    dtl_html_node *nodes = b->doc->nodes;
    dtl_links *links = b->links;

    for (dtl_html_ref c = links[from].first_child; c; c = links[c].next)
        nodes[c].parent = to;
    links[to].first_child = links[from].first_child;
    links[to].last_child = links[from].last_child;
    links[from].first_child = links[from].last_child = 0;
}

/* A clone is nowhere yet. */
static void detach_if_placed(dtl_html_builder *b, dtl_html_ref node)
{
    if (b->doc->nodes[node].parent)
        dtl_tree_detach(b, node);
}

typedef struct {
    uint32_t formatting, block; /* indices on the stack */
    uint32_t entry;             /* the formatting element's, in the list */
    uint32_t bookmark;          /* entry it goes behind; 0: stays */
    uint32_t removed;           /* elements taken off the stack between */
    dtl_html_ref last;          /* "last node" */
} adoption;

/* Steps 4.13: the elements between are cloned, the innermost three, or leave
 * the stack; their stack entries then have no node. */
static void adopt_between(dtl_html_builder *b, adoption *a)
{
    dtl_html_ref block = a->last;
    unsigned count = 0;

    for (uint32_t i = a->block - 1; i > a->formatting; i--) {
        dtl_open *e = &b->stack[i];
        uint32_t entry = dtl_formatting_entry(b, e);
        dtl_html_ref clone;

        if (++count > 3 && entry) {
            dtl_formatting_remove(b, entry);
            entry = 0;
        }
        close_node(b, e->node, b->pos);
        if (!entry) {
            e->node = 0;
            a->removed++;
            continue;
        }
        clone = dtl_tree_clone(b, e->node);
        e->node = clone;
        dtl_formatting_replace(b, entry, clone, e->label);
        if (a->last == block)
            a->bookmark = entry;
        detach_if_placed(b, a->last);
        dtl_tree_append(b, clone, a->last);
        a->last = clone;
    }
}

/* The formatting element's place on the stack goes to a clone right above the
 * furthest block; entries without a node are dropped. */
static void restack(dtl_html_builder *b, adoption *a, dtl_html_ref clone)
{
    dtl_open moved = b->stack[a->formatting];
    uint32_t to = a->formatting;

    if (a->removed)
        unwind(b, a->formatting);
    else
        unchain(b, a->formatting);
    moved.node = clone;
    moved.label = b->stack[a->block].label;
    moved.topmost = b->stack[a->block].topmost;
    for (uint32_t i = a->formatting + 1; i <= a->block; i++)
        if (b->stack[i].node)
            b->stack[to++] = b->stack[i];
    b->stack[to] = moved;
    if (a->removed) {
        memmove(b->stack + to + 1, b->stack + a->block + 1,
                (b->top - a->block) * sizeof *b->stack);
        b->top -= a->removed;
        rewind(b, a->formatting);
    } else {
        chain(b, to);
    }
    a->formatting = to;
}

/* Steps 4.9 to 4.19: one turn of the outer loop with a furthest block. The
 * formatting element is then its clone above that block. Makes four nodes at
 * most. */
static void adopt(dtl_html_builder *b, adoption *a, uint32_t end)
{
    dtl_html_ref formatting = b->stack[a->formatting].node;
    dtl_html_ref block = b->stack[a->block].node, clone;
    dtl_open ancestor = b->stack[a->formatting - 1];

    a->last = block;
    a->bookmark = a->removed = 0;
    adopt_between(b, a);
    detach_if_placed(b, a->last);
    dtl_tree_place(b, &ancestor, a->last);

    clone = dtl_tree_clone(b, formatting);
    move_children(b, block, clone);
    dtl_tree_append(b, block, clone);
    close_node(b, formatting, end);
    if (a->bookmark)
        dtl_formatting_move_after(b, a->entry, a->bookmark);
    dtl_formatting_replace(b, a->entry, clone, b->stack[a->block].label);
    restack(b, a, clone);
}

/* The outer loop. After a turn the clone is the last of its name in the list,
 * open and in scope as the element before was, so that only the furthest
 * block has to be looked for again. */
static void adopt_until_done(dtl_html_builder *b, adoption *a, uint32_t end)
{
    for (int turn = 0; turn < 8; turn++) {
        a->block = furthest_block(b, a->formatting);
        if (!a->block) {
            while (b->top > a->formatting)
                dtl_tree_pop(b);
            dtl_tree_pop_at(b, end);
            dtl_formatting_remove(b, a->entry);
            return;
        }
        if (!dtl_tree_allow(b, MOST_CLONES) || !dtl_tree_leave_order(b))
            return;
        adopt(b, a, end);
    }
}

/* The current node is the formatting element, as it is in sound markup; then
 * nothing else needs reconstructing that did not before. */
static void close_current(dtl_html_builder *b, uint32_t entry, uint32_t end)
{
    bool reconstruct = b->reconstruct;

    dtl_tree_pop_at(b, end);
    if (entry)
        dtl_formatting_remove(b, entry);
    b->reconstruct = reconstruct;
}

bool dtl_tree_adoption_agency(dtl_html_builder *b, const dtl_html_token *t)
{
    uint32_t end = t->type == DTL_TOKEN_END_TAG ? t->end : b->pos;
    adoption a = {.entry =
                      dtl_formatting_find(b, dtl_rule_of(t->name)->format)};
    const dtl_formatting *e;

    if (dtl_tree_current_is(b, t->name)) {
        uint32_t own = dtl_formatting_entry(b, dtl_tree_current(b));

        if (!own || own == a.entry) {
            close_current(b, own, end);
            return true;
        }
    }
    if (!a.entry)
        return false;
    e = &b->list[a.entry];
    if (!e->open) {
        dtl_formatting_remove(b, a.entry);
        return true;
    }
    if (e->label < dtl_tree_class_top(b, DTL_CLASS_SCOPE))
        return true;
    a.formatting = dtl_tree_index(b, e->label, e->node);
    adopt_until_done(b, &a, end);
    return true;
}
