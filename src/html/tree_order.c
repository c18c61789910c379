/* Bringing nodes into tree order.
 *
 * Foster parenting, the adoption agency and a few others put nodes elsewhere
 * than at the end of the tree, or take them out. Then one walk along the
 * links gives every node its number in tree order, and a second pass copies
 * them there with all links translated. Nodes not met are gone. */
#include "html/tree.h"
#include "base/str.h"

/* Writes to renumbered[] the new number of each node that can be reached;
 * gives their count. */
static uint32_t number_nodes(const dtl_html_doc *d, uint32_t *renumbered)
{
    dtl_html_ref n = 0;
    uint32_t count = 0;

    for (;;) {
        const dtl_html_node *node = &d->nodes[n];

        renumbered[n] = count++;
        if (node->first_child) {
            n = node->first_child;
            continue;
        }
        while (n && !d->nodes[n].next)
            n = d->nodes[n].parent;
        if (!n)
            return count;
        n = d->nodes[n].next;
    }
}

static void copy_node(dtl_html_node *to, const dtl_html_node *from,
                      const uint32_t *renumbered)
{
    *to = *from;
    to->parent = renumbered[from->parent];
    to->first_child = renumbered[from->first_child];
    to->last_child = renumbered[from->last_child];
    to->prev = renumbered[from->prev];
    to->next = renumbered[from->next];
}

/* Link 0 stays 0, as the document does. */
dtl_status dtl_tree_renumber(dtl_html_builder *b)
{
    dtl_html_doc *d = b->doc;
    uint32_t count = d->node_count, live;
    dtl_html_node *nodes;
    size_t cap;
    dtl_status st = dtl_grow((void **)&b->renumbered, &b->renumbered_cap, count,
                             sizeof *b->renumbered);

    if (st == DTL_OK)
        st = dtl_grow((void **)&b->spare_nodes, &b->spare_cap, count,
                      sizeof *b->spare_nodes);
    if (st != DTL_OK)
        return st;
    memset(b->renumbered, 0, count * sizeof *b->renumbered);
    live = number_nodes(d, b->renumbered);
    for (uint32_t n = 0; n < count; n++)
        if (b->renumbered[n] || n == 0)
            copy_node(&b->spare_nodes[b->renumbered[n]], &d->nodes[n],
                      b->renumbered);
    nodes = d->nodes;
    cap = d->node_cap;
    d->nodes = b->spare_nodes;
    d->node_cap = b->spare_cap;
    d->node_count = live;
    b->spare_nodes = nodes;
    b->spare_cap = cap;
    return DTL_OK;
}
