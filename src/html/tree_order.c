/* Bringing nodes into tree order.
 *
 * Foster parenting, the adoption agency and a few others put nodes elsewhere
 * than at the end of the tree, or take them out. Then one walk along the
 * links gives every node its number in tree order, and after a pass that
 * translates the links each is moved there, in place. Nodes not met come last
 * and are cut off. */
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

/* Nodes not met get the numbers from live on; number 0 is the document's. */
static void number_the_rest(uint32_t *renumbered, uint32_t count, uint32_t live)
{
    for (uint32_t n = 1; n < count; n++)
        if (!renumbered[n])
            renumbered[n] = live++;
}

static void translate_links(dtl_html_node *node, const uint32_t *renumbered)
{
    node->parent = renumbered[node->parent];
    node->first_child = renumbered[node->first_child];
    node->last_child = renumbered[node->last_child];
    node->prev = renumbered[node->prev];
    node->next = renumbered[node->next];
}

/* Exchanges nodes until each is at its number; every exchange brings one
 * there. */
static void move_nodes(dtl_html_node *nodes, uint32_t *renumbered,
                       uint32_t count)
{
    for (uint32_t n = 0; n < count; n++) {
        while (renumbered[n] != n) {
            uint32_t to = renumbered[n];
            dtl_html_node node = nodes[to];

            nodes[to] = nodes[n];
            nodes[n] = node;
            renumbered[n] = renumbered[to];
            renumbered[to] = to;
        }
    }
}

/* Link 0 stays 0, as the document does. */
dtl_status dtl_tree_renumber(dtl_html_builder *b)
{
    dtl_html_doc *d = b->doc;
    uint32_t count = d->node_count, live;
    dtl_status st = dtl_grow((void **)&b->renumbered, &b->renumbered_cap, count,
                             sizeof *b->renumbered);

    if (st != DTL_OK)
        return st;
    memset(b->renumbered, 0, count * sizeof *b->renumbered);
    live = number_nodes(d, b->renumbered);
    number_the_rest(b->renumbered, count, live);
    for (uint32_t n = 0; n < count; n++)
        translate_links(&d->nodes[n], b->renumbered);
    move_nodes(d->nodes, b->renumbered, count);
    d->node_count = live;
    return DTL_OK;
}
