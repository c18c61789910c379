/* Tokens to results.
 *
 * The sequences of a level are a trie. From each cell the longest sequence
 * is looked for by walking the trie with every sense that the cells have;
 * its depth is that of the longest rule, so the work is linear in the text.
 * What is found stands in for its cells on the next level. */
#include "text/time_match.h"
#include "base/str.h"

typedef struct {
    const dtl_time_lang *lang;
    const dtl_time_level *level;
    const dtl_time_tokens *tokens;
    dtl_time_match *m;
    /* The way to where the walk is. */
    int16_t values[DTL_TIME_RULE_MAX];
    size_t first;
    size_t next_item; /* the first cell with a result from here on */
    int budget;
    /* The best end so far. */
    const dtl_time_accept *best;
    int16_t best_values[DTL_TIME_RULE_MAX];
} walker;

static uint16_t follow(const dtl_time_level *level, uint16_t node, uint16_t cls)
{
    for (uint32_t i = dtl_time_hash_edge(node, cls) & level->edge_mask;
         level->edges[i].child; i = (i + 1) & level->edge_mask) {
        const dtl_time_edge *e = &level->edges[i];

        if (e->node == node && e->cls == cls)
            return e->child;
    }
    return 0;
}

#define BIT(slot) ((uint64_t)1 << DTL_SLOT_##slot)

/* The classes of a result, besides that of its operation. */
static size_t date_senses(const dtl_time_item *i, dtl_time_sense *out)
{
    const uint64_t whole =
        BIT(Y) | BIT(Y2) | BIT(M) | BIT(D) | BIT(WD) | BIT(WEEK) | BIT(Q) |
        BIT(HALF) | BIT(SEASON) | BIT(DEC) | BIT(DEC2) | BIT(CENT) | BIT(HOL) |
        BIT(RUNIT) | BIT(RS) | BIT(WE) | BIT(ORD) | BIT(H) | BIT(PART);
    uint64_t has = i->has & whole;
    bool reckoned = has & (BIT(RUNIT) | BIT(RS));
    bool day_unit =
        dtl_time_get(i, DTL_SLOT_RUNIT, DTL_UNIT_YEAR) <= DTL_UNIT_DAY ||
        dtl_time_get(i, DTL_SLOT_OUNIT, DTL_UNIT_YEAR) == DTL_UNIT_DAY;
    size_t n = 0;

#define SENSE(c) out[n++] = (dtl_time_sense){DTL_CLASS_I_##c, 0, 0}
    SENSE(DATE);
    if (has & (BIT(D) | BIT(WD) | BIT(HOL)) || (reckoned && day_unit))
        SENSE(DAY);
    else
        SENSE(PERIOD);
    if (has == BIT(WD))
        SENSE(WD);
    if (has == BIT(M))
        SENSE(MONTH);
    if (has == (BIT(M) | BIT(D)))
        SENSE(MD);
    if (has == BIT(Y))
        SENSE(YEAR);
    if (has & BIT(SEASON) && !(has & (BIT(Y) | BIT(RUNIT))))
        SENSE(SEASON);
    if (has & BIT(HOL))
        SENSE(HOL);
    if (reckoned)
        SENSE(REL);
    return n;
}

/* Numbers in words have the classes that digits have. */
static size_t number_senses(const dtl_time_item *i, dtl_time_sense *out)
{
    int v = dtl_time_get(i, DTL_SLOT_N, 0) * dtl_time_get(i, DTL_SLOT_MUL, 1) +
            dtl_time_get(i, DTL_SLOT_N2, 0);
    bool ordinal = i->op == DTL_TOP_ORD;
    size_t n = 0;

    if (v > INT16_MAX)
        return 0;
    out[n++] = (dtl_time_sense){ordinal ? DTL_CLASS_ORDN : DTL_CLASS_NUM,
                                (int16_t)v, 0};
    if (ordinal && v <= 31)
        out[n++] = (dtl_time_sense){DTL_CLASS_ORDD, (int16_t)v, 0};
    if (!ordinal && v >= 1000 && v < 2200)
        out[n++] = (dtl_time_sense){DTL_CLASS_YW, (int16_t)v, 0};
    return n;
}

static size_t item_senses(const dtl_time_item *i, dtl_time_sense *out)
{
    size_t n = 0;

    switch (i->op) {
    case DTL_TOP_NUM:
    case DTL_TOP_ORD:
        return number_senses(i, out);
    case DTL_TOP_DATE:
        return date_senses(i, out);
    case DTL_TOP_TIME:
        SENSE(TIME);
        if (!(i->has & BIT(H)))
            SENSE(PART);
        else if (i->has & BIT(SOFT))
            SENSE(HOUR);
        else
            SENSE(CLOCK);
        return n;
    case DTL_TOP_DUR:
        SENSE(DUR);
        if (dtl_time_get(i, DTL_SLOT_UNIT, 0) >= DTL_UNIT_DAY)
            SENSE(DAYUNIT);
        return n;
    case DTL_TOP_SET:
        SENSE(SET);
        return n;
    case DTL_TOP_REF:
        SENSE(REF);
        return n;
    case DTL_TOP_RANGE:
        SENSE(RANGE);
        return n;
    default:
        return 0;
    }
#undef SENSE
}

static const dtl_time_token *token_of(const walker *w, uint32_t at)
{
    return at < w->tokens->count ? &w->tokens->tokens[at] : NULL;
}

/* Whether the neighbours of the time let a rule's end stand. */
static bool allowed(const walker *w, const dtl_time_accept *a, size_t end)
{
    const dtl_time_cell *cells = w->m->cells;
    uint32_t from = cells[w->first + a->lead].from;
    uint32_t to = cells[end - a->trail - 1].to;
    const dtl_time_token *t;

    if (a->not_after && from) {
        t = token_of(w, from - 1);
        if (t &&
            (!(a->not_after & DTL_CLASS_GLUED) ||
             w->tokens->tokens[from].flags & DTL_TT_GLUED) &&
            dtl_time_token_is(w->lang, t, a->not_after & 0x7FFF, NULL))
            return false;
    }
    if (a->not_before) {
        t = token_of(w, to);
        if (t &&
            (!(a->not_before & DTL_CLASS_GLUED) || t->flags & DTL_TT_GLUED) &&
            dtl_time_token_is(w->lang, t, a->not_before & 0x7FFF, NULL))
            return false;
    }
    return true;
}

/* Keeps the end of a sequence when it is longer than the best so far, or as
 * long and of an earlier rule. */
static void accept(walker *w, uint16_t node, size_t at)
{
    size_t end = w->level->ends[node];
    size_t len = at - w->first;

    if (!end || (w->best && w->best->len > len))
        return;
    for (size_t i = end - 1;
         i < w->level->accept_count && w->level->accepts[i].node == node; i++) {
        const dtl_time_accept *a = &w->level->accepts[i];

        if (w->best && w->best->len == len && w->best->order <= a->order)
            return;
        if (!allowed(w, a, at))
            continue;
        w->best = a;
        memcpy(w->best_values, w->values, len * sizeof *w->values);
        return;
    }
}

/* Whether no edge of a node is of a class of the cell, as far as that is
 * quickly seen. */
static bool none_fits(const walker *w, uint16_t node, const dtl_time_cell *cell)
{
    const dtl_time_token *t = &w->tokens->tokens[cell->from];
    uint64_t bits;

    if (cell->item >= 0)
        return false;
    if (t->kind == DTL_TT_WORD)
        bits = w->lang->words[t->word].mask |
               dtl_time_class_bit(DTL_CLASS_CAP) |
               dtl_time_class_bit(DTL_CLASS_WORD);
    else if (t->kind == DTL_TT_MARK)
        bits = dtl_time_class_bit((uint16_t)(DTL_CLASS_MARKS + t->value));
    else
        return t->kind == DTL_TT_JUNK;
    return !(bits & w->level->masks[node]);
}

/* Walks on from a node with the cell at. As deep as the longest rule. */
static void walk(walker *w, uint16_t node, size_t at)
{
    const dtl_time_cell *cell;
    dtl_time_sense senses[DTL_TIME_SENSES];
    size_t n, depth = at - w->first;
    bool glued;

    if (depth)
        accept(w, node, at);
    if (at >= w->m->cell_count || depth >= DTL_TIME_RULE_MAX || w->budget <= 0)
        return;
    w->budget--;
    cell = &w->m->cells[at];
    if (none_fits(w, node, cell))
        return;
    n = cell->item >= 0
            ? item_senses(&w->m->items[cell->item], senses)
            : dtl_time_senses(w->lang, &w->tokens->tokens[cell->from], senses);
    glued = w->tokens->tokens[cell->from].flags & DTL_TT_GLUED;
    for (size_t i = 0; i < n; i++) {
        uint16_t cls = senses[i].cls, child;
        bool part =
            cell->item >= 0 && cls >= DTL_CLASS_I_DATE && cls < DTL_CLASS_MARKS;

        if (!(w->level->masks[node] & dtl_time_class_bit(cls)))
            continue;
        child = follow(w->level, node, cls);
        w->values[depth] = part ? (int16_t)cell->item : senses[i].value;
        if (child)
            walk(w, child, at + 1);
        child = glued ? follow(w->level, node, cls | DTL_CLASS_GLUED) : 0;
        if (child)
            walk(w, child, at + 1);
    }
}

/* Takes over what a part has and the whole has not. */
static void merge(dtl_time_item *to, const dtl_time_item *from)
{
    uint64_t add = from->has & ~to->has & ~BIT(SOFT);

    for (int s = 0; s < DTL_SLOT_COUNT; s++) {
        if (add >> s & 1)
            to->v[s] = from->v[s];
    }
    to->has |= add;
}

static dtl_status make_item(walker *w, dtl_time_cell *out)
{
    const dtl_time_accept *a = w->best;
    const uint8_t *slots = w->lang->slots + a->slots;
    dtl_time_match *m = w->m;
    dtl_time_item *item;

    if (dtl_grow((void **)&m->items, &m->cap, m->count + 1, sizeof *m->items))
        return DTL_NOMEM;
    item = &m->items[m->count];
    *item = (dtl_time_item){.from = m->cells[w->first + a->lead].from,
                            .to = m->cells[w->first + a->len - a->trail - 1].to,
                            .op = a->op};
    for (size_t i = 0; i < a->consts; i++) {
        const int16_t *pair = w->lang->pairs + a->pairs + 2 * i;

        dtl_time_set(item, (dtl_time_slot)pair[0], pair[1]);
    }
    for (size_t i = 0; i < a->len; i++) {
        if (slots[i] < DTL_SLOT_COUNT && !dtl_time_has(item, slots[i]))
            dtl_time_set(item, slots[i], w->best_values[i]);
    }
    for (size_t i = 0; i < a->len; i++) {
        if (slots[i] == DTL_TIME_MERGE)
            merge(item, &m->items[w->best_values[i]]);
    }
    *out = (dtl_time_cell){item->from, item->to, (int32_t)m->count++};
    return DTL_OK;
}

enum {
    FIRST_OF_PARTS = 2, /* the first level whose sequences have results */
    LEAD = 8            /* cells that may come before the first result in one */
};

/* Whether a sequence may begin with a cell; keeps most words from a walk. */
static bool may_start(const walker *w, size_t at)
{
    const dtl_time_cell *c = &w->m->cells[at];
    const dtl_time_token *t = &w->tokens->tokens[c->from];
    size_t level = (size_t)(w->level - w->lang->levels);

    if (c->item >= 0)
        return true;
    if (level >= FIRST_OF_PARTS && w->next_item > at + LEAD)
        return false;
    if (t->kind == DTL_TT_WORD)
        return t->word && w->lang->words[t->word].starts >> level & 1;
    return t->kind != DTL_TT_JUNK;
}

/* Looks for the best sequence from a cell on. */
static void look(walker *w, size_t at)
{
    w->best = NULL;
    if (!may_start(w, at))
        return;
    w->first = at;
    w->budget = 2000;
    walk(w, 0, at);
}

/* The same; but where words beside the time lead the sequence, what begins
 * behind them goes first if it reaches further: "in | March 1940". */
static void look_ahead(walker *w, size_t at)
{
    walker found;

    look(w, at);
    if (!w->best || !w->best->lead)
        return;
    found = *w;
    for (size_t k = 1; k <= found.best->lead; k++) {
        look(w, at + k);
        if (w->best && k + w->best->len - w->best->trail >
                           (size_t)(found.best->len - found.best->trail)) {
            w->best = NULL;
            return;
        }
    }
    *w = found;
}

/* One level over the cells. */
static dtl_status pass(walker *w)
{
    dtl_time_match *m = w->m;
    size_t n = 0, held;
    dtl_time_cell *swap;

    w->next_item = 0;
    if (dtl_grow((void **)&m->next, &m->next_cap, m->cell_count + 1,
                 sizeof *m->next))
        return DTL_NOMEM;
    for (size_t i = 0; i < m->cell_count;) {
        while (w->next_item < m->cell_count &&
               (w->next_item < i || m->cells[w->next_item].item < 0))
            w->next_item++;
        look_ahead(w, i);
        if (!w->best) {
            m->next[n++] = m->cells[i++];
            continue;
        }
        for (size_t k = 0; k < w->best->lead; k++)
            m->next[n++] = m->cells[i + k];
        if (make_item(w, &m->next[n]))
            return DTL_NOMEM;
        n++;
        i += (size_t)(w->best->len - w->best->trail);
    }
    swap = m->cells;
    m->cells = m->next;
    m->next = swap;
    held = m->cell_cap;
    m->cell_cap = m->next_cap;
    m->next_cap = held;
    m->cell_count = n;
    return DTL_OK;
}

dtl_status dtl_time_match_tokens(const dtl_time_lang *lang,
                                 const dtl_time_tokens *tokens,
                                 dtl_time_match *m)
{
    walker w = {.lang = lang, .tokens = tokens, .m = m};

    m->count = 0;
    m->cell_count = tokens->count;
    if (dtl_grow((void **)&m->cells, &m->cell_cap, tokens->count + 1,
                 sizeof *m->cells))
        return DTL_NOMEM;
    for (size_t i = 0; i < tokens->count; i++)
        m->cells[i] = (dtl_time_cell){(uint32_t)i, (uint32_t)i + 1, -1};
    for (size_t i = 0; i < lang->level_count; i++) {
        w.level = &lang->levels[i];
        if (pass(&w))
            return DTL_NOMEM;
        if (i == 1 && m->count == 0)
            return DTL_OK;
    }
    return DTL_OK;
}

void dtl_time_match_clear(dtl_time_match *m)
{
    dtl_free(m->items);
    dtl_free(m->cells);
    dtl_free(m->next);
    *m = (dtl_time_match){0};
}
