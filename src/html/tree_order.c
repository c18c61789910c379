/* The tree while its nodes are not made in tree order, and bringing them into
 * it.
 *
 * Foster parenting, the adoption agency and a few others put nodes elsewhere
 * than at the end of the tree, or take them out. From the first such step on,
 * links tell the tree. At the end one walk along them gives every node its
 * number in tree order, by which each is moved to its place. Nodes not met
 * come last and are cut off. Until it is moved, a node has its number in
 * subtree_end. */
#include "html/tree.h"
#include "base/str.h"

/* ---- Links ----------------------------------------------------------- */

void dtl_tree_link(dtl_html_builder *b, dtl_html_ref node)
{
    dtl_links *links = b->links, *parent;
    dtl_html_ref last;

    parent = &links[b->doc->nodes[node].parent];
    last = parent->last_child;
    links[node].prev = last;
    links[node].next = 0;
    *(last ? &links[last].next : &parent->first_child) = node;
    parent->last_child = node;
}

bool dtl_tree_leave_order(dtl_html_builder *b)
{
    const dtl_html_doc *d = b->doc;
    dtl_status st;

    if (b->order == DTL_LINKED)
        return true;
    st = dtl_grow_to((void **)&b->links, &b->links_cap, d->node_cap,
                     d->node_cap, sizeof *b->links);
    if (st != DTL_OK) {
        b->status = st;
        return false;
    }
    memset(b->links, 0, d->node_count * sizeof *b->links);
    for (dtl_html_ref n = 1; n < d->node_count; n++)
        dtl_tree_link(b, n);
    b->order = DTL_LINKED;
    return true;
}

/* ---- Numbers --------------------------------------------------------- */

/* Gives each node that can be reached its new number; tells their count. */
static uint32_t number_nodes(dtl_html_node *nodes, const dtl_links *links)
{
    dtl_html_ref n = 0;
    uint32_t count = 0;

    for (;;) {
        nodes[n].subtree_end = count++;
        if (links[n].first_child) {
            n = links[n].first_child;
            continue;
        }
        while (n && !links[n].next)
            n = nodes[n].parent;
        if (!n)
            return count;
        n = links[n].next;
    }
}

/* Exchanges nodes until each is at its number; every exchange brings one
 * there. */
static void move_nodes(dtl_html_node *nodes, uint32_t count)
{
    for (uint32_t n = 0; n < count; n++) {
        while (nodes[n].subtree_end != n) {
            uint32_t to = nodes[n].subtree_end;
            dtl_html_node node = nodes[to];

            nodes[to] = nodes[n];
            nodes[n] = node;
        }
    }
}

void dtl_tree_renumber(dtl_html_builder *b)
{
    dtl_html_doc *d = b->doc;
    uint32_t count = d->node_count, live;

    for (uint32_t n = 1; n < count; n++)
        d->nodes[n].subtree_end = 0;
    live = d->node_count = number_nodes(d->nodes, b->links);
    /* Number 0 is the document's. */
    for (uint32_t n = 1; n < count; n++)
        if (!d->nodes[n].subtree_end)
            d->nodes[n].subtree_end = live++;
    for (uint32_t n = 1; n < count; n++)
        d->nodes[n].parent = d->nodes[d->nodes[n].parent].subtree_end;
    move_nodes(d->nodes, count);
}

/* ---- Subtrees -------------------------------------------------------- */

void dtl_tree_count_subtrees(dtl_html_doc *d)
{
    dtl_html_node *nodes = d->nodes;

    for (dtl_html_ref n = 0; n < d->node_count; n++)
        nodes[n].subtree_end = n + 1;
    /* Children have higher numbers, so theirs are known before. */
    for (dtl_html_ref n = d->node_count - 1; n > 0; n--) {
        dtl_html_node *parent = &nodes[nodes[n].parent];

        if (parent->subtree_end < nodes[n].subtree_end)
            parent->subtree_end = nodes[n].subtree_end;
    }
}
