/* The stack of open elements (HTML standard, section 13.2.4.2).
 *
 * See tree.h for labels, chains by name and classes. Entry 0 is a sentinel
 * with label 0, so that the current node can always be looked at. */
#include "html/tree.h"
#include "base/str.h"

/* What an element leaves behind that is off the stack. What closes it without
 * being its end tag starts where it ends. */
static void closed(dtl_html_builder *b, const dtl_open *e, uint32_t end)
{
    dtl_html_node *node = &b->doc->nodes[e->node];

    node->subtree_end = b->doc->node_count;
    if (end > b->pos)
        node->flags |= DTL_NODE_ENDED;
    if (!(node->flags & DTL_NODE_IMPLIED))
        node->end = end;
    if (e->entry) {
        dtl_formatting *f = &b->list[e->entry];

        f->open &= f->node != e->node;
        b->reconstruct = true;
    }
}

void dtl_tree_pop_at(dtl_html_builder *b, uint32_t end)
{
    const dtl_open *e = &b->stack[b->top--];

    *dtl_tree_topmost(b, e) = e->below;
    closed(b, e, end);
}

void dtl_tree_pop_through(dtl_html_builder *b, dtl_name name, uint32_t end)
{
    if (!dtl_tree_open(b, name))
        return;
    while (!dtl_tree_current_is(b, name))
        dtl_tree_pop(b);
    dtl_tree_pop_at(b, end);
}

void dtl_tree_pop_to_bits(dtl_html_builder *b, uint32_t bits)
{
    while (b->top > 1 && !(b->stack[b->top].bits & bits))
        dtl_tree_pop(b);
}

/* Where to look for a label: [*lo, *hi] around the place that it would have
 * if each element had the next label, which is near. */
static void bracket(const dtl_html_builder *b, uint32_t label, uint32_t *lo,
                    uint32_t *hi)
{
    const dtl_open *s = b->stack;
    uint32_t near = label < b->top ? label : b->top, step = 1;

    *lo = 1;
    *hi = b->top;
    if (s[near].label < label) {
        for (; step <= b->top - near && s[near + step].label < label; step *= 2)
            *lo = near + step + 1;
        if (step <= b->top - near)
            *hi = near + step;
    } else {
        for (*hi = near; step < near && s[near - step].label >= label;
             step *= 2)
            *hi = near - step;
        if (step < near)
            *lo = near - step + 1;
    }
}

uint32_t dtl_tree_index(const dtl_html_builder *b, uint32_t label,
                        dtl_html_ref node)
{
    uint32_t lo, hi;

    bracket(b, label, &lo, &hi);
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;

        if (b->stack[mid].label < label)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (node)
        while (b->stack[lo].node != node)
            lo++;
    return lo;
}

/* For the elements from index up, the topmost of its classes was e; now it is
 * what was so below it. */
static void leave_classes(dtl_html_builder *b, const dtl_open *e,
                          uint32_t index)
{
    const uint32_t *below = b->stack[index - 1].topmost.of;

    for (unsigned c = 0; c < DTL_CLASS_COUNT; c++)
        if (e->bits & DTL_CLASS_BIT(c))
            for (uint32_t i = index;
                 i <= b->top && b->stack[i].topmost.of[c] == e->label; i++)
                b->stack[i].topmost.of[c] = below[c];
}

void dtl_tree_remove(dtl_html_builder *b, uint32_t index, uint32_t end)
{
    dtl_open e = b->stack[index];

    if (index == b->top) {
        dtl_tree_pop_at(b, end);
        return;
    }
    closed(b, &e, end);
    b->inexact = true; /* its subtree may still grow */
    memmove(b->stack + index, b->stack + index + 1,
            (b->top - index) * sizeof *b->stack);
    b->top--;
    leave_classes(b, &e, index);
    /* The next element of that name above now stands on the one below. */
    for (uint32_t i = index; i <= b->top; i++) {
        dtl_open *above = &b->stack[i];

        if (above->name == e.name &&
            !((above->bits ^ e.bits) & DTL_IS_FOREIGN)) {
            above->below = e.below;
            return;
        }
    }
    *dtl_tree_topmost(b, &e) = e.below;
}

void dtl_tree_implied_end_tags(dtl_html_builder *b, dtl_name except)
{
    const dtl_open *e = dtl_tree_current(b);

    while ((e->bits & DTL_IS_IMPLIED) && e->name != except) {
        dtl_tree_pop(b);
        e = dtl_tree_current(b);
    }
}

void dtl_tree_implied_end_tags_thoroughly(dtl_html_builder *b)
{
    while (dtl_tree_current(b)->bits & DTL_IS_IMPLIED_ALL)
        dtl_tree_pop(b);
}

void dtl_tree_close_open_p(dtl_html_builder *b, uint32_t end)
{
    dtl_tree_implied_end_tags(b, DTL_N_P);
    dtl_tree_pop_through(b, DTL_N_P, end);
}

/* The mode for the topmost element that decides one (13.2.4.1). */
static dtl_mode mode_of(const dtl_html_builder *b, const dtl_open *e, bool last)
{
    switch (e->name) {
    case DTL_N_TD:
    case DTL_N_TH:
        return last ? DTL_MODE_IN_BODY : DTL_MODE_IN_CELL;
    case DTL_N_TR:
        return DTL_MODE_IN_ROW;
    case DTL_N_TBODY:
    case DTL_N_THEAD:
    case DTL_N_TFOOT:
        return DTL_MODE_IN_TABLE_BODY;
    case DTL_N_CAPTION:
        return DTL_MODE_IN_CAPTION;
    case DTL_N_COLGROUP:
        return DTL_MODE_IN_COLUMN_GROUP;
    case DTL_N_TABLE:
        return DTL_MODE_IN_TABLE;
    case DTL_N_TEMPLATE:
        return b->templates[b->template_count - 1];
    case DTL_N_HEAD:
        return last ? DTL_MODE_IN_BODY : DTL_MODE_IN_HEAD;
    case DTL_N_FRAMESET:
        return DTL_MODE_IN_FRAMESET;
    case DTL_N_HTML:
        return b->head ? DTL_MODE_AFTER_HEAD : DTL_MODE_BEFORE_HEAD;
    default:
        return DTL_MODE_IN_BODY;
    }
}

void dtl_tree_reset_mode(dtl_html_builder *b)
{
    uint32_t label = dtl_tree_class_top(b, DTL_CLASS_RESET);

    /* The root stands for the context element in the fragment case. */
    if (b->fragment && label <= b->stack[1].label) {
        b->mode = b->context.bits & DTL_IS_FOREIGN
                      ? DTL_MODE_IN_BODY
                      : mode_of(b, &b->context, true);
        return;
    }
    b->mode = mode_of(b, &b->stack[dtl_tree_index(b, label, 0)], false);
}
