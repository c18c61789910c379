/* Tokens to results.
 *
 * The sequences of a level are a trie. From each cell that may begin one the
 * longest is looked for by walking the trie with every sense that the cells
 * have; its depth is that of the longest rule, so the work is linear in the
 * text. What is found stands in for its cells on the next level. Only the
 * results are listed, for most cells are words that mean nothing here: the
 * first levels go from one token that may begin something to the next, the
 * others from result to result, with the few cells before it. */
#include "text/time_match.h"
#include "base/str.h"

typedef struct {
    const dtl_time_lang *lang;
    const dtl_time_level *level;
    const dtl_time_tokens *tokens;
    dtl_time_match *m;
    /* The way to where the walk is: first tokens of cells, and values. */
    uint32_t places[DTL_TIME_RULE_MAX + 1];
    int16_t values[DTL_TIME_RULE_MAX];
    int budget;
    /* The best end so far. */
    const dtl_time_accept *best;
    uint32_t best_places[DTL_TIME_RULE_MAX + 1];
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
    if (n > 1 && out[1].cls == DTL_CLASS_I_DAY && has != BIT(WD))
        SENSE(DATED);
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
    if (i->has & BIT(EDGE))
        SENSE(BESIDE);
    return n;
}

/* Numbers in words have the classes that digits have. */
static size_t number_senses(const dtl_time_item *i, dtl_time_sense *out)
{
    int v = dtl_time_get(i, DTL_SLOT_N, 0) * dtl_time_get(i, DTL_SLOT_MUL, 1) +
            dtl_time_get(i, DTL_SLOT_N2, 0) + dtl_time_get(i, DTL_SLOT_N3, 0);
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
    if (!ordinal && v >= 13 && v < 100)
        out[n++] = (dtl_time_sense){DTL_CLASS_CARD, (int16_t)v, 0};
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

/* The result that is the cell at a token; NULL: it is the token. */
static const dtl_time_item *item_at(const walker *w, uint32_t at)
{
    return w->m->at[at] ? &w->m->items[w->m->at[at] - 1] : NULL;
}

/* Whether a token is what a rule forbids beside it; right: the one of it and
 * its left neighbour that comes second. */
static bool is_forbidden(const walker *w, uint16_t cls, uint32_t at,
                         uint32_t right)
{
    const dtl_time_token *tokens = w->tokens->tokens;

    if (cls & DTL_CLASS_GLUED && !(tokens[right].flags & DTL_TT_GLUED))
        return false;
    cls &= DTL_CLASS_GLUED - 1;
    return cls == DTL_CLASS_ANY ||
           dtl_time_token_is(w->lang, &tokens[at], cls, NULL);
}

/* Whether the neighbours of the time let a rule's end stand. */
static bool allowed(const walker *w, const dtl_time_accept *a)
{
    uint32_t from = w->places[a->lead], to = w->places[a->len - a->trail];

    return !(a->not_after && from &&
             is_forbidden(w, a->not_after, from - 1, from)) &&
           !(a->not_before && to < w->tokens->count &&
             is_forbidden(w, a->not_before, to, to));
}

/* Keeps the end of a sequence when it is longer than the best so far, or as
 * long and of an earlier rule. */
static void accept(walker *w, uint16_t node, size_t len)
{
    size_t end = w->level->ends[node];

    if (w->best && w->best->len > len)
        return;
    for (size_t i = end - 1;
         i < w->level->accept_count && w->level->accepts[i].node == node; i++) {
        const dtl_time_accept *a = &w->level->accepts[i];

        if (w->best && w->best->len == len && w->best->order <= a->order)
            return;
        if (!allowed(w, a))
            continue;
        w->best = a;
        memcpy(w->best_values, w->values, len * sizeof *w->values);
        memcpy(w->best_places, w->places, (len + 1) * sizeof *w->places);
        return;
    }
}

static void walk(walker *w, uint16_t node, uint32_t at, size_t depth);

/* The bits of the classes that the cell at has; none behind the last. */
static inline uint64_t mask_at(const walker *w, uint32_t at)
{
    if (at >= w->tokens->count)
        return 0;
    return w->m->at[at] ? w->m->items[w->m->at[at] - 1].mask
                        : dtl_time_token_mask(w->lang, &w->tokens->tokens[at]);
}

/* Goes to a node, with the cell at behind it, and on from there where the
 * cell may follow, as far as that is quickly seen. */
static inline void enter(walker *w, uint16_t node, uint32_t at, size_t depth)
{
    uint64_t mask = w->level->masks[node];

    w->places[depth] = at;
    if (w->level->ends[node])
        accept(w, node, depth);
    if (mask && mask_at(w, at) & mask && depth < DTL_TIME_RULE_MAX &&
        w->budget > 0)
        walk(w, node, at, depth);
}

/* Goes along the edges of a class from a node to the cell at. */
static inline void follow_class(walker *w, uint16_t node, uint16_t cls,
                                bool glued, uint32_t at, size_t depth)
{
    uint16_t child = follow(w->level, node, cls);

    if (child)
        enter(w, child, at, depth);
    child = glued ? follow(w->level, node, cls | DTL_CLASS_GLUED) : 0;
    if (child)
        enter(w, child, at, depth);
}

/* Walks on from a node with the cell at, by each of its senses. As deep as
 * the longest rule. */
static void walk(walker *w, uint16_t node, uint32_t at, size_t depth)
{
    const dtl_time_item *item = item_at(w, at);
    const dtl_time_token *t = &w->tokens->tokens[at];
    dtl_time_sense room[DTL_TIME_SENSES];
    const dtl_time_sense *senses = room;
    uint64_t mask = w->level->masks[node];
    bool glued = t->flags & DTL_TT_GLUED;
    uint32_t next = item ? item->to : at + 1;
    size_t n;

    w->budget--;
    w->places[depth] = at;
    if (item && item->classes) {
        w->values[depth] = (int16_t)(item - w->m->items);
        for (uint32_t left = item->classes; left; left &= left - 1) {
            uint16_t cls = (uint16_t)(DTL_CLASS_I_DATE + __builtin_ctz(left));

            if (mask & dtl_time_class_bit(w->lang, cls))
                follow_class(w, node, cls, glued, next, depth + 1);
        }
        return;
    }
    if (item) {
        n = item_senses(item, room);
    } else if (t->kind == DTL_TT_WORD) {
        senses = w->lang->senses + w->lang->words[t->word].first;
        n = w->lang->words[t->word].senses;
    } else {
        n = dtl_time_senses(w->lang, t, room);
    }
    for (size_t i = 0; i < n; i++) {
        uint16_t cls = senses[i].cls;

        if (!(mask & dtl_time_class_bit(w->lang, cls)) ||
            (senses[i].cap && !(t->flags & DTL_TT_CAP)))
            continue;
        w->values[depth] = senses[i].value;
        follow_class(w, node, cls, glued, next, depth + 1);
    }
    if (item || t->kind != DTL_TT_WORD)
        return;
    w->values[depth] = 0;
    if (t->flags & DTL_TT_CAP &&
        mask & dtl_time_class_bit(w->lang, DTL_CLASS_CAP))
        follow_class(w, node, DTL_CLASS_CAP, glued, next, depth + 1);
    if (mask & dtl_time_class_bit(w->lang, DTL_CLASS_WORD))
        follow_class(w, node, DTL_CLASS_WORD, glued, next, depth + 1);
}

/* The same from where all sequences of the level begin, with a word at at. */
static void walk_from_word(walker *w, uint32_t at)
{
    const dtl_time_token *t = &w->tokens->tokens[at];
    const dtl_time_word *word = &w->lang->words[t->word];
    const dtl_time_root *root = w->lang->roots + word->roots;
    const dtl_time_root *end = root + word->root_count;
    uint8_t level = (uint8_t)(w->level - w->lang->levels);
    uint64_t next = mask_at(w, at + 1);

    while (root < end && root->level < level)
        root++;
    w->places[0] = at;
    for (; root < end && root->level == level; root++) {
        if (!(root->ends | (root->mask & next)) ||
            (root->cap && !(t->flags & DTL_TT_CAP)))
            continue;
        w->values[0] = root->value;
        enter(w, root->child, at + 1, 1);
    }
}

/* The same with a result at at. */
static void walk_from_result(walker *w, const dtl_time_item *item)
{
    uint64_t next = mask_at(w, item->to);

    w->places[0] = item->from;
    w->values[0] = (int16_t)(item - w->m->items);
    for (uint32_t left = item->classes; left; left &= left - 1) {
        uint16_t child = w->level->results[__builtin_ctz(left)];

        if (child && (w->level->ends[child] || w->level->masks[child] & next))
            enter(w, child, item->to, 1);
    }
}

/* The same with any cell. */
static void walk_from(walker *w, uint32_t at)
{
    const dtl_time_item *item = item_at(w, at);

    if (item && item->classes)
        walk_from_result(w, item);
    else if (!item && w->tokens->tokens[at].kind == DTL_TT_WORD)
        walk_from_word(w, at);
    else if (mask_at(w, at) & w->level->masks[0])
        walk(w, 0, at, 0);
}

/* Takes over what a part has and the whole has not. */
static void merge(dtl_time_item *to, const dtl_time_item *from)
{
    uint64_t add = from->has & ~to->has & ~BIT(SOFT);

    to->has |= add;
    for (; add; add &= add - 1) {
        int slot = __builtin_ctzll(add);

        to->v[slot] = from->v[slot];
    }
}

/* Notes the classes that a result has as a cell. */
static void put_classes(const dtl_time_lang *lang, dtl_time_item *item)
{
    dtl_time_sense senses[DTL_TIME_SENSES];
    size_t n = item_senses(item, senses);

    item->mask = 0;
    item->classes = 0;
    while (n) {
        uint16_t cls = senses[--n].cls;

        item->mask |= dtl_time_class_bit(lang, cls);
        if (cls >= DTL_CLASS_I_DATE && cls < DTL_CLASS_MARKS)
            item->classes |= UINT32_C(1) << (cls - DTL_CLASS_I_DATE);
    }
}

static dtl_status make_item(walker *w)
{
    const dtl_time_accept *a = w->best;
    const uint8_t *slots = w->lang->slots + a->slots;
    dtl_time_match *m = w->m;
    dtl_time_item *item;

    if (dtl_grow((void **)&m->items, &m->cap, m->count + 1, sizeof *m->items))
        return DTL_NOMEM;
    item = &m->items[m->count++];
    *item = (dtl_time_item){.from = w->best_places[a->lead],
                            .to = w->best_places[a->len - a->trail],
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
    put_classes(w->lang, item);
    m->at[item->from] = (uint16_t)m->count;
    return DTL_OK;
}

enum {
    FIRST_OF_PARTS = 2, /* the first level whose sequences have results */
    LEAD = 8            /* cells that may come before the first result in one */
};

/* Whether a cell fits what may come at its place. */
static bool fits(const walker *w, uint64_t mask, uint32_t at)
{
    if (mask == UINT64_MAX)
        return true;
    if (at >= w->tokens->count)
        return false;
    return (w->m->at[at]
                ? w->m->items[w->m->at[at] - 1].mask
                : dtl_time_known(w->lang, &w->tokens->tokens[at])->mask) &
           mask;
}

/* Whether a sequence may begin with a cell; keeps most from a walk. */
static bool may_start(const walker *w, uint32_t at)
{
    const dtl_time_token *t = &w->tokens->tokens[at];
    size_t level = (size_t)(w->level - w->lang->levels);
    const dtl_time_item *item = item_at(w, at);
    const dtl_time_word *known = dtl_time_known(w->lang, t);

    if (item)
        return fits(w, w->level->behind[item->op], item->to);
    if (!(known->starts >> level & 1) || t->kind == DTL_TT_JUNK)
        return false;
    if (level >= FIRST_OF_PARTS)
        return fits(w, known->later, at + 1);
    /* Of the first levels, only those whose second place fits are looked
     * at. */
    return known->third == UINT64_MAX || at + 1 >= w->tokens->count ||
           w->m->at[at + 1] || t[1].kind != DTL_TT_WORD ||
           !w->lang->words[t[1].word].article || fits(w, known->third, at + 2);
}

/* Looks for the best sequence from a cell on. */
static void look(walker *w, uint32_t at)
{
    w->best = NULL;
    if (!may_start(w, at))
        return;
    w->budget = 2000;
    walk_from(w, at);
}

/* The same; but where words beside the time lead the sequence, what begins
 * behind them goes first if it reaches further: "in | March 1940". */
static void look_ahead(walker *w, uint32_t at)
{
    const dtl_time_accept *found;
    uint32_t places[DTL_TIME_RULE_MAX + 1];
    int16_t values[DTL_TIME_RULE_MAX];

    look(w, at);
    found = w->best;
    if (!found || !found->lead)
        return;
    memcpy(places, w->best_places, sizeof places);
    memcpy(values, w->best_values, sizeof values);
    for (size_t k = 1; k <= found->lead; k++) {
        look(w, places[k]);
        if (w->best && k + w->best->len - w->best->trail >
                           (size_t)(found->len - found->trail)) {
            w->best = NULL;
            return;
        }
    }
    w->best = found;
    memcpy(w->best_places, places, sizeof places);
    memcpy(w->best_values, values, sizeof values);
}

/* Where a level has come to. */
typedef struct {
    uint32_t at;  /* the cell */
    size_t start; /* the next of the tokens that may start */
    size_t live;  /* the next of the results */
    size_t count; /* of the results for the next level */
} place;

/* Takes results that begin before a token over to the next level, or where
 * they became part of another, leaves them out. */
static void pass_over(walker *w, place *p, uint32_t to, bool keep)
{
    dtl_time_match *m = w->m;

    for (; p->live < m->live_count && m->items[m->live[p->live]].from < to;
         p->live++) {
        if (keep)
            m->next[p->count++] = m->live[p->live];
    }
}

/* Moves to the next token at or after p->at that is before a result, near
 * enough to lead to it, and may start a sequence, or to the result. */
static bool find_lead(walker *w, place *p, uint32_t item)
{
    const dtl_time_token *tokens = w->tokens->tokens;
    size_t level = (size_t)(w->level - w->lang->levels);
    uint32_t at = p->at;

    if (item == UINT32_MAX)
        return false;
    if (item - at > LEAD)
        at = item - LEAD;
    for (; at < item; at++) {
        const dtl_time_word *known = dtl_time_known(w->lang, &tokens[at]);

        if (known->starts >> level & 1 && fits(w, known->later, at + 1))
            break;
    }
    p->at = at;
    return true;
}

/* Moves to the next cell at or after p->at that may start a sequence; false
 * when there is none. */
static bool find_start(walker *w, place *p)
{
    const dtl_time_match *m = w->m;
    const dtl_time_tokens *tokens = w->tokens;
    size_t level = (size_t)(w->level - w->lang->levels);
    uint32_t item =
        p->live < m->live_count ? m->items[m->live[p->live]].from : UINT32_MAX;

    if (level >= FIRST_OF_PARTS)
        return find_lead(w, p, item);
    while (p->start < tokens->start_count &&
           (tokens->starts[p->start] < p->at ||
            !(dtl_time_known(w->lang, &tokens->tokens[tokens->starts[p->start]])
                      ->starts >>
                  level &
              1)))
        p->start++;
    if (p->start < tokens->start_count && tokens->starts[p->start] < item)
        p->at = tokens->starts[p->start];
    else
        p->at = item;
    return p->at != UINT32_MAX;
}

/* One level over the cells. */
static dtl_status pass(walker *w)
{
    dtl_time_match *m = w->m;
    place p = {0, 0, 0, 0};
    uint16_t *swap;
    size_t held;

    while (find_start(w, &p)) {
        look_ahead(w, p.at);
        if (!w->best) {
            const dtl_time_item *item = item_at(w, p.at);

            p.at = item ? item->to : p.at + 1;
            pass_over(w, &p, p.at, true);
            continue;
        }
        if (dtl_grow((void **)&m->next, &m->next_cap,
                     p.count + m->live_count - p.live + 1, sizeof *m->next) ||
            make_item(w))
            return DTL_NOMEM;
        pass_over(w, &p, m->items[m->count - 1].from, true);
        p.at = m->items[m->count - 1].to;
        pass_over(w, &p, p.at, false);
        m->next[p.count++] = (uint16_t)(m->count - 1);
    }
    swap = m->live;
    m->live = m->next;
    m->next = swap;
    held = m->live_cap;
    m->live_cap = m->next_cap;
    m->next_cap = held;
    m->live_count = p.count;
    return DTL_OK;
}

dtl_status dtl_time_match_tokens(const dtl_time_lang *lang,
                                 const dtl_time_tokens *tokens,
                                 dtl_time_match *m)
{
    walker w;

    w.lang = lang;
    w.tokens = tokens;
    w.m = m;
    m->count = m->live_count = 0;
    if (!tokens->start_count)
        return DTL_OK;
    if (dtl_grow((void **)&m->at, &m->at_cap, tokens->count + 1, sizeof *m->at))
        return DTL_NOMEM;
    memset(m->at, 0, tokens->count * sizeof *m->at);
    for (size_t i = 0; i < lang->level_count; i++) {
        w.level = &lang->levels[i];
        if (i >= FIRST_OF_PARTS && !m->live_count)
            return DTL_OK;
        if (dtl_grow((void **)&m->next, &m->next_cap, m->live_count + 1,
                     sizeof *m->next) ||
            pass(&w))
            return DTL_NOMEM;
    }
    return DTL_OK;
}

void dtl_time_match_clear(dtl_time_match *m)
{
    dtl_free(m->items);
    dtl_free(m->at);
    dtl_free(m->live);
    dtl_free(m->next);
    *m = (dtl_time_match){0};
}
