/* What a select shows of its selected option.
 *
 * When an option is popped off the stack, the standard ("maybe clone an
 * option into selectedcontent") copies the contents of the selected option
 * into the select's first selectedcontent element. Here it is done once, at
 * the end: for each such select the option that would have been last.
 *
 * Copies of copies could double with each level of nesting; so all copies
 * together have at most as many nodes as the page, and what would go beyond
 * is left out. */
#include "html/tree.h"
#include "base/str.h"

static bool is(const dtl_html_doc *d, dtl_html_ref n, dtl_name name)
{
    return dtl_html_is(d, n, name);
}

/* The node after n in tree order within root; skip leaves n's children out.
 * 0 at the end. */
static dtl_html_ref next_in(const dtl_html_builder *b, dtl_html_ref root,
                            dtl_html_ref n, bool skip)
{
    if (!skip && b->links[n].first_child)
        return b->links[n].first_child;
    while (n != root && !b->links[n].next)
        n = b->doc->nodes[n].parent;
    return n == root ? 0 : b->links[n].next;
}

static bool has(const dtl_html_doc *d, dtl_html_ref n, dtl_name name)
{
    const dtl_html_node *node = &d->nodes[n];

    for (uint32_t i = 0; i < node->count; i++)
        if (d->attrs[node->data + i].name == name)
            return true;
    return false;
}

/* Whether the select shows one option at a time, and so always one. */
static bool shows_one(dtl_html_doc *d, dtl_html_ref select)
{
    dtl_str size = dtl_html_attr_value(d, select, DTL_N_SIZE);
    uint32_t value = 0;

    size = dtl_str_trim(size);
    for (size_t i = 0; i < size.len && dtl_is_digit(size.ptr[i]); i++)
        value = value > 1 ? 2 : value * 10 + (uint32_t)(size.ptr[i] - '0');
    return value <= 1;
}

static bool is_disabled(const dtl_html_doc *d, dtl_html_ref option)
{
    dtl_html_ref parent = d->nodes[option].parent;

    return has(d, option, DTL_N_DISABLED) ||
           (is(d, parent, DTL_N_OPTGROUP) && has(d, parent, DTL_N_DISABLED));
}

/* The selected option of a select: the last with the attribute, else the
 * first that is not disabled; 0 when there is none. What is inside options,
 * datalists and nested selects is not the select's own. *shown is its
 * selectedcontent. */
static dtl_html_ref selected_option(const dtl_html_builder *b,
                                    dtl_html_ref select, dtl_html_ref *shown)
{
    dtl_html_doc *d = b->doc;
    dtl_html_ref selected = 0, first = 0, n = select;
    bool skip = false;

    *shown = 0;
    while ((n = next_in(b, select, n, skip)) != 0) {
        skip = is(d, n, DTL_N_OPTION) || is(d, n, DTL_N_DATALIST) ||
               is(d, n, DTL_N_SELECT) || is(d, n, DTL_N_TEMPLATE);
        if (!*shown && is(d, n, DTL_N_SELECTEDCONTENT))
            *shown = n;
        if (!is(d, n, DTL_N_OPTION))
            continue;
        if (has(d, n, DTL_N_SELECTED))
            selected = n;
        if (!first && !is_disabled(d, n))
            first = n;
    }
    return selected || !shows_one(d, select) ? selected : first;
}

/* A copy of any node that has no place yet. */
static dtl_html_ref copy_node(dtl_html_builder *b, dtl_html_ref n)
{
    dtl_html_doc *d = b->doc;
    dtl_html_ref copy = d->node_count++;
    dtl_html_node *node = &d->nodes[copy];

    *node = d->nodes[n];
    b->links[copy] = (dtl_links){0};
    node->flags |= DTL_NODE_CLONE;
    return copy;
}

/* Copies what is below from to below to, which is empty; gives it up when
 * the document has reached limit nodes. */
static dtl_status copy_children(dtl_html_builder *b, dtl_html_ref from,
                                dtl_html_ref to, uint32_t limit)
{
    dtl_html_doc *d = b->doc;
    dtl_html_ref n = from, parent = to;
    dtl_status st;

    for (;;) {
        if (b->links[n].first_child) {
            if (n != from)
                parent = b->links[parent].last_child;
            n = b->links[n].first_child;
        } else {
            while (n != from && !b->links[n].next) {
                n = d->nodes[n].parent;
                if (n != from)
                    parent = d->nodes[parent].parent;
            }
            if (n == from)
                return DTL_OK;
            n = b->links[n].next;
        }
        if (d->node_count >= limit)
            break;
        st = dtl_tree_make_room(b, 0);
        if (st != DTL_OK)
            return st;
        dtl_tree_append(b, parent, copy_node(b, n));
    }
    b->links[to].first_child = b->links[to].last_child = 0;
    return DTL_OK;
}

dtl_status dtl_tree_fill_selectedcontent(dtl_html_builder *b)
{
    dtl_html_doc *d = b->doc;
    uint32_t count = d->node_count;
    uint32_t limit = count <= b->max_nodes / 2 ? count * 2 : b->max_nodes;
    dtl_status st = DTL_OK;

    if (!dtl_tree_leave_order(b))
        return b->status;
    /* Inner selects are made after outer ones and have to be filled first. */
    for (dtl_html_ref n = count - 1; n > 0 && st == DTL_OK; n--) {
        dtl_html_ref shown, option;

        if (!is(d, n, DTL_N_SELECT) || has(d, n, DTL_N_MULTIPLE))
            continue;
        option = selected_option(b, n, &shown);
        if (!shown || !option)
            continue;
        if (d->node_count >= limit)
            break;
        b->links[shown].first_child = b->links[shown].last_child = 0;
        st = copy_children(b, option, shown, limit);
    }
    return st;
}
