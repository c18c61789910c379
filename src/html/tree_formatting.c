/* The list of active formatting elements (HTML standard, section 13.2.4.3).
 *
 * A doubly linked list in an array, with a chain for each name. The "Noah's
 * Ark clause" asks whether three equal elements stand after the last marker:
 * short lists are walked; once more than a few elements stand there, a hash
 * table over names and attributes is kept, newest entry of a bucket first,
 * so that what is before the last marker is never looked at. */
#include "html/tree.h"
#include "base/str.h"

enum {
    SHORT_LIST = 8
};

/* ---- Comparing elements ---------------------------------------------- */

static size_t append_value(dtl_html_builder *b, const dtl_html_attr *a)
{
    dtl_str value = dtl_tree_value(b, a);

    if (!a->text_flags)
        dtl_buf_str(&b->scratch, value);
    if (b->scratch.status != DTL_OK)
        b->status = b->scratch.status;
    return b->scratch.len;
}

static bool same_value(dtl_html_builder *b, const dtl_html_attr *x,
                       const dtl_html_attr *y)
{
    size_t len;

    if (!x->text_flags && !y->text_flags)
        return dtl_str_eq(dtl_tree_value(b, x), dtl_tree_value(b, y));
    /* Both in the buffer, one after the other, since it may move. */
    dtl_buf_reset(&b->scratch);
    len = append_value(b, x);
    append_value(b, y);
    return dtl_str_eq(dtl_str_sub(dtl_buf_view(&b->scratch), 0, len),
                      dtl_str_sub(dtl_buf_view(&b->scratch), len, SIZE_MAX));
}

/* The attribute among count at x that is named like *y. Names are found by
 * an index over them when there are many. */
static const dtl_html_attr *find_named(dtl_html_builder *b,
                                       const dtl_html_attr *x, uint32_t count,
                                       const dtl_html_attr *y, uint32_t guess)
{
    if (x[guess].name == y->name)
        return &x[guess];
    if (count > 16) {
        uint32_t i = b->attr_index[y->name];

        return i < count && x[i].name == y->name ? &x[i] : NULL;
    }
    for (uint32_t i = 0; i < count; i++)
        if (x[i].name == y->name)
            return &x[i];
    return NULL;
}

static bool index_names(dtl_html_builder *b, const dtl_html_attr *x,
                        uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (x[i].name >= b->attr_index_cap) {
            dtl_status st =
                dtl_grow((void **)&b->attr_index, &b->attr_index_cap,
                         (size_t)x[i].name + 1, sizeof *b->attr_index);

            if (st != DTL_OK) {
                b->status = st;
                return false;
            }
        }
        b->attr_index[x[i].name] = i;
    }
    return true;
}

/* Same name and same attributes, in any order. */
static bool equal(dtl_html_builder *b, dtl_html_ref x, dtl_html_ref y)
{
    const dtl_html_node *p = &b->doc->nodes[x], *q = &b->doc->nodes[y];
    const dtl_html_attr *pa, *qa;

    if (p->name != q->name || p->count != q->count)
        return false;
    if (p->data == q->data || !p->count)
        return true;
    pa = b->doc->attrs + p->data;
    qa = b->doc->attrs + q->data;
    if (p->count > 16 && !index_names(b, pa, p->count))
        return false;
    if (p->count > 16)
        /* Each name of y must be in the index for the look-up below. */
        for (uint32_t i = 0; i < q->count; i++)
            if (qa[i].name >= b->attr_index_cap)
                return false;
    for (uint32_t i = 0; i < q->count; i++) {
        const dtl_html_attr *a = find_named(b, pa, p->count, &qa[i], i);

        if (!a || !same_value(b, a, &qa[i]))
            return false;
    }
    return true;
}

static uint64_t mix(uint64_t h, uint64_t v)
{
    h = (h ^ v) * 0x9E3779B97F4A7C15u;
    return h ^ h >> 29;
}

static uint64_t hash_bytes(dtl_str s)
{
    uint64_t h = s.len, word = 0;

    while (s.len >= sizeof word) {
        memcpy(&word, s.ptr, sizeof word);
        h = mix(h, word);
        s = dtl_str_sub(s, sizeof word, s.len);
    }
    word = 0;
    if (s.len)
        memcpy(&word, s.ptr, s.len);
    return mix(h, word);
}

/* The sum over the attributes, since their order does not count. */
static uint32_t hash_of(dtl_html_builder *b, dtl_html_ref ref)
{
    const dtl_html_node *n = &b->doc->nodes[ref];
    uint64_t sum = n->name;

    for (uint32_t i = 0; i < n->count; i++) {
        const dtl_html_attr *a = &b->doc->attrs[n->data + i];

        dtl_buf_reset(&b->scratch);
        sum += mix(hash_bytes(dtl_tree_value(b, a)), a->name);
    }
    return (uint32_t)(mix(sum, n->count) >> 32);
}

/* ---- The hash table -------------------------------------------------- */

static void bucket_add(dtl_html_builder *b, uint32_t entry)
{
    dtl_formatting *e = &b->list[entry];
    uint32_t *head = &b->buckets[e->hash & (b->bucket_count - 1)];

    e->bucket_prev = 0;
    e->bucket_next = *head;
    if (*head)
        b->list[*head].bucket_prev = entry;
    *head = entry;
    e->hashed = true;
    b->hashed_count++;
}

static void bucket_remove(dtl_html_builder *b, uint32_t entry)
{
    dtl_formatting *e = &b->list[entry];

    if (e->bucket_prev)
        b->list[e->bucket_prev].bucket_next = e->bucket_next;
    else
        b->buckets[e->hash & (b->bucket_count - 1)] = e->bucket_next;
    if (e->bucket_next)
        b->list[e->bucket_next].bucket_prev = e->bucket_prev;
    e->hashed = false;
    b->hashed_count--;
}

static uint32_t first_entry(const dtl_html_builder *b)
{
    uint32_t first = b->list_last;

    while (first && b->list[first].prev)
        first = b->list[first].prev;
    return first;
}

/* (Re)builds the table with at least twice the buckets it needs. */
static bool build_buckets(dtl_html_builder *b)
{
    uint32_t count = b->bucket_count ? b->bucket_count * 2 : 64;
    dtl_status st;

    while (count < b->hashed_count * 2)
        count *= 2;
    st = dtl_grow((void **)&b->buckets, &b->buckets_cap, count,
                  sizeof *b->buckets);
    if (st != DTL_OK) {
        b->status = st;
        return false;
    }
    memset(b->buckets, 0, count * sizeof *b->buckets);
    for (uint32_t i = first_entry(b); i; i = b->list[i].next) {
        dtl_formatting *e = &b->list[i];

        if (e->node && !e->hashed)
            e->hash = hash_of(b, e->node);
    }
    b->bucket_count = count;
    b->hashed_count = 0;
    for (uint32_t i = first_entry(b); i; i = b->list[i].next)
        if (b->list[i].node)
            bucket_add(b, i);
    return true;
}

/* ---- The list -------------------------------------------------------- */

static uint32_t new_entry(dtl_html_builder *b)
{
    uint32_t entry = b->list_free;

    if (entry) {
        b->list_free = b->list[entry].next;
        return entry;
    }
    if (b->list_count >= b->list_cap) {
        dtl_status st = dtl_grow((void **)&b->list, &b->list_cap,
                                 (size_t)b->list_count + 1, sizeof *b->list);

        if (st != DTL_OK) {
            b->status = st;
            return 0;
        }
    }
    return b->list_count++;
}

static void link_last(dtl_html_builder *b, uint32_t entry)
{
    dtl_formatting *e = &b->list[entry];

    e->prev = b->list_last;
    e->next = 0;
    if (b->list_last)
        b->list[b->list_last].next = entry;
    b->list_last = entry;
}

static void unlink_entry(dtl_html_builder *b, uint32_t entry)
{
    dtl_formatting *e = &b->list[entry];

    if (e->prev)
        b->list[e->prev].next = e->next;
    if (e->next)
        b->list[e->next].prev = e->prev;
    else
        b->list_last = e->prev;
}

void dtl_formatting_remove(dtl_html_builder *b, uint32_t entry)
{
    dtl_formatting *e = &b->list[entry];

    unlink_entry(b, entry);
    if (e->name_next)
        b->list[e->name_next].name_prev = e->name_prev;
    else
        b->list_last_of[e->format] = e->name_prev;
    if (e->name_prev)
        b->list[e->name_prev].name_next = e->name_next;
    if (e->hashed)
        bucket_remove(b, entry);
    e->node = 0;
    e->next = b->list_free;
    b->list_free = entry;
    b->list_run--;
    b->reconstruct = true;
}

/* The Noah's Ark clause: removes the earliest of three elements like node
 * after the last marker. */
static void ark_short(dtl_html_builder *b, dtl_html_ref node, unsigned format)
{
    uint32_t count = 0, earliest = 0;

    for (uint32_t i = dtl_formatting_find(b, format);
         i && b->list[i].depth == b->list_depth; i = b->list[i].name_prev) {
        if (equal(b, b->list[i].node, node)) {
            count++;
            earliest = i;
        }
    }
    if (count >= 3)
        dtl_formatting_remove(b, earliest);
}

static void ark_hashed(dtl_html_builder *b, dtl_html_ref node, uint32_t hash)
{
    uint32_t count = 0, earliest = 0;

    for (uint32_t i = b->buckets[hash & (b->bucket_count - 1)];
         i && b->list[i].depth == b->list_depth && count < 3;
         i = b->list[i].bucket_next) {
        if (b->list[i].hash == hash && equal(b, b->list[i].node, node)) {
            count++;
            earliest = i;
        }
    }
    if (count >= 3)
        dtl_formatting_remove(b, earliest);
}

void dtl_formatting_push(dtl_html_builder *b, unsigned format)
{
    dtl_open *open = &b->stack[b->top];
    uint32_t hash = 0, entry, last;
    dtl_formatting *e;

    if (!b->bucket_count && b->list_run >= SHORT_LIST && !build_buckets(b))
        return;
    if (b->bucket_count && b->hashed_count >= b->bucket_count &&
        !build_buckets(b))
        return;
    if (b->bucket_count) {
        hash = hash_of(b, open->node);
        ark_hashed(b, open->node, hash);
    } else if (b->list_run >= 3) {
        ark_short(b, open->node, format);
    }
    entry = new_entry(b);
    if (!entry)
        return;
    e = &b->list[entry];
    last = b->list_last_of[format];
    *e = (dtl_formatting){.node = open->node,
                          .label = open->label,
                          .name_prev = last,
                          .hash = hash,
                          .format = (uint8_t)format,
                          .open = true,
                          .depth = b->list_depth};
    link_last(b, entry);
    if (last)
        b->list[last].name_next = entry;
    b->list_last_of[format] = entry;
    b->list_run++;
    open->entry = entry;
    if (b->bucket_count)
        bucket_add(b, entry);
}

void dtl_formatting_push_marker(dtl_html_builder *b)
{
    uint32_t entry = new_entry(b);

    if (!entry)
        return;
    b->list[entry] = (dtl_formatting){.label = b->list_run};
    link_last(b, entry);
    b->list_run = 0;
    b->list_depth++;
}

void dtl_formatting_clear_to_marker(dtl_html_builder *b)
{
    uint32_t entry;

    while ((entry = b->list_last) != 0 && b->list[entry].node)
        dtl_formatting_remove(b, entry);
    if (!entry)
        return;
    b->list_run = b->list[entry].label;
    b->list_depth--;
    unlink_entry(b, entry);
    b->list[entry].next = b->list_free;
    b->list_free = entry;
    b->reconstruct = true;
}

void dtl_formatting_replace(dtl_html_builder *b, uint32_t entry,
                            dtl_html_ref node, uint32_t label)
{
    b->list[entry].node = node;
    b->list[entry].label = label;
}

void dtl_formatting_move_after(dtl_html_builder *b, uint32_t entry,
                               uint32_t after)
{
    dtl_formatting *e = &b->list[entry];

    unlink_entry(b, entry);
    e->prev = after;
    e->next = b->list[after].next;
    if (e->next)
        b->list[e->next].prev = entry;
    else
        b->list_last = entry;
    b->list[after].next = entry;
}

void dtl_formatting_reset(dtl_html_builder *b)
{
    b->list_count = 1;
    b->list_free = b->list_last = b->list_depth = b->list_run = 0;
    b->bucket_count = b->hashed_count = 0;
    b->reconstruct = false;
    memset(b->list_last_of, 0, sizeof b->list_last_of);
}

static bool is_closed(const dtl_html_builder *b, uint32_t entry)
{
    return b->list[entry].node && !b->list[entry].open;
}

void dtl_formatting_reopen(dtl_html_builder *b)
{
    uint32_t entry = b->list_last, first = 0, count = 0;

    b->reconstruct = false;
    for (; entry && is_closed(b, entry); entry = b->list[entry].prev) {
        first = entry;
        count++;
    }
    if (!first || !dtl_tree_allow(b, count))
        return;
    for (entry = first; entry; entry = b->list[entry].next) {
        dtl_formatting *e = &b->list[entry];

        e->node = dtl_tree_insert_clone(b, e->node);
        e->label = b->stack[b->top].label;
        e->open = true;
        b->stack[b->top].entry = entry;
    }
}
