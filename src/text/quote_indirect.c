/* Speech that is reported without quote marks.
 *
 * For each verb, "according to" and noun that may report something, the model
 * of quote_report.h says what, if anything, and how probably. Stretches that
 * differ little stand for each other, whichever anchor offers them; of all that
 * a sentence's anchors offer, those are taken that do not overlap and whose
 * probabilities, each less what is not worth saying, sum up highest. Where any
 * of it is between quote marks the quotation has been found already, and there
 * is nothing to add. */
#include "text/quote_finder.h"
#include "text/quote_report.h"

#include "base/str.h"

#include <math.h>
#include <stdlib.h>

#define IS(classes, name) (((classes)&DTL_QW(name)) != 0)

dtl_span dtl_quotes_report_span(const dtl_quote_finder *f, uint32_t from,
                                uint32_t to)
{
    const dtl_quote_phrase *p = f->phrases.at;
    const dtl_quote_token *t = f->tokens.at;
    dtl_span span;

    while (to > from &&
           (p[to - 1].type == DTL_QP_COMMA || p[to - 1].from == p[to - 1].to))
        to--;
    while (from < to && p[from].from == p[from].to)
        from++;
    if (from == to)
        return (dtl_span){0, 0};
    span = (dtl_span){t[p[from].from].start,
                      t[p[to - 1].to - 1].end + t[p[to - 1].to - 1].after};
    if (p[from].flags & DTL_QPF_INFINITIVE && p[from].from > 0 &&
        IS(t[p[from].from - 1].classes, INFINITIVE))
        span.start = t[p[from].from - 1].start; /* "to go" */
    return span;
}

enum {
    MOST_OFFERS = 256, /* of a sentence, or a part of one that is endless */
    MOST_OF_ANCHOR = 16
};

/* A stretch that may be reported. */
typedef struct {
    dtl_span span;
    uint32_t anchor, source, verb; /* phrases */
    float own;                     /* how probable it is by its anchor */
    float share;                   /* that one like it is right */
} offer;

typedef struct {
    dtl_quote_finder *f;
    offer at[MOST_OFFERS];
    uint32_t count, sentence;
    size_t end; /* of the last report taken */
} offers;

static dtl_status add(dtl_quote_finder *f, const offer *o)
{
    dtl_quote_decision d = {o->source, o->verb, 0.5F};
    dtl_span *span = dtl_arena_alloc(&f->arena, sizeof *span);
    dtl_quote q = {.kind = DTL_QUOTE_INDIRECT, .confidence = (double)o->share};
    dtl_status st =
        dtl_grow((void **)&f->out, &f->cap, f->count + 1, sizeof *f->out);

    if (st != DTL_OK || !span)
        return DTL_NOMEM;
    *span = o->span;
    q.start = span->start;
    q.end = span->end;
    q.spans = span;
    q.span_count = 1;
    q.text = dtl_str_sub(f->text, q.start, q.end);
    if (d.phrase != DTL_SPEAKER_NONE)
        dtl_quotes_add_source(f, &d, UINT32_MAX, &q);
    f->out[f->count++] = q;
    return DTL_OK;
}

/* Whether spans overlap so far that one stands for the other. */
static bool are_alike(dtl_span a, dtl_span b)
{
    size_t start = a.start > b.start ? a.start : b.start,
           end = a.end < b.end ? a.end : b.end, first = a.end - a.start,
           second = b.end - b.start;

    return end > start &&
           5 * (end - start) > 4 * (first > second ? first : second);
}

/* How probable it is that a report like o is right. Offers of one anchor stand
 * together. */
static float share_of(const offers *all, const offer *o)
{
    float wrong = 1, sum = 0;
    uint32_t i;

    for (i = 0; i < all->count; i++) {
        const offer *other = &all->at[i];

        if (are_alike(o->span, other->span))
            sum += other->own;
        if (i + 1 == all->count || other[1].anchor != other->anchor) {
            wrong *= sum < 1 ? 1 - sum : 0;
            sum = 0;
        }
    }
    return 1 - wrong;
}

static int by_end(const void *a, const void *b)
{
    const offer *x = a, *y = b;

    if (x->span.end != y->span.end)
        return x->span.end < y->span.end ? -1 : 1;
    if (x->own != y->own)
        return x->own < y->own ? -1 : 1;
    return x->span.start < y->span.start ? -1 : x->span.start > y->span.start;
}

/* Chooses the offers that are worth most together, the last first; they are
 * sorted by their ends. Returns how many. */
static uint32_t choose(const offers *all, uint32_t taken[MOST_OFFERS])
{
    float worth[MOST_OFFERS + 1] = {0};
    uint32_t before[MOST_OFFERS], count = 0, i;

    for (i = 0; i < all->count; i++) {
        const offer *o = &all->at[i];
        uint32_t last = i;
        float with;

        while (last > 0 && all->at[last - 1].span.end > o->span.start)
            last--;
        /* Of those alike, the likeliest. */
        with = worth[last] + o->share + o->own / 1000 - dtl_report_least_share;
        before[i] =
            with > worth[i] && o->span.start >= all->end ? last : UINT32_MAX;
        worth[i + 1] = before[i] == UINT32_MAX ? worth[i] : with;
    }
    for (i = all->count; i > 0;) {
        if (before[i - 1] == UINT32_MAX) {
            i--;
        } else {
            taken[count++] = i - 1;
            i = before[i - 1];
        }
    }
    return count;
}

/* An anchor reports once: of two offers of one that were taken, the less
 * probable is worth nothing from then on. False: there were none. */
static bool part_twins(offers *all, const uint32_t *taken, uint32_t count)
{
    bool found = false;
    uint32_t i, j;

    for (i = 0; i < count; i++) {
        for (j = i + 1; j < count; j++) {
            offer *a = &all->at[taken[i]], *b = &all->at[taken[j]];

            if (a->anchor != b->anchor)
                continue;
            (a->share < b->share ? a : b)->share = 0;
            found = true;
        }
    }
    return found;
}

static dtl_status take_best(offers *all)
{
    uint32_t taken[MOST_OFFERS], count = choose(all, taken);
    dtl_status st = DTL_OK;

    while (part_twins(all, taken, count))
        count = choose(all, taken);
    while (count > 0 && st == DTL_OK) {
        const offer *o = &all->at[taken[--count]];

        all->end = o->span.end;
        st = add(all->f, o);
    }
    return st;
}

/* Decides of a sentence. */
static dtl_status settle(offers *all)
{
    dtl_status st;
    uint32_t i;

    for (i = 0; i < all->count; i++)
        all->at[i].share = share_of(all, &all->at[i]);
    if (all->count > 1)
        qsort(all->at, all->count, sizeof *all->at, by_end);
    st = take_best(all);
    all->count = 0;
    return st;
}

/* Adds what an anchor offers, the most probable of it. */
static void offer_all(offers *all, uint32_t anchor,
                      const dtl_report_choice *choice)
{
    float shares[DTL_REPORT_CANDIDATES] = {0}, total = 0;
    int top = choice->at[0].sum;
    size_t i, n;

    for (i = 1; i < choice->count; i++) {
        if (choice->at[i].sum > top)
            top = choice->at[i].sum;
    }
    for (i = 0; i < choice->count; i++) {
        shares[i] =
            expf((float)(choice->at[i].sum - top) * dtl_report_weight_unit);
        total += shares[i];
    }
    if (1 - shares[0] / total < dtl_report_least_share / 2)
        return;
    for (n = 0; n < MOST_OF_ANCHOR; n++) {
        const dtl_report_candidate *c;
        size_t best = 0;
        dtl_span span;

        for (i = 1; i < choice->count; i++) {
            if (!best || shares[i] > shares[best])
                best = i;
        }
        if (!best || shares[best] < total / 256)
            return;
        c = &choice->at[best];
        span = dtl_quotes_report_span(all->f, c->from, c->to);
        if (span.end > span.start)
            all->at[all->count++] = (offer){span,
                                            anchor,
                                            choice->source,
                                            choice->verb,
                                            shares[best] / total,
                                            0};
        shares[best] = 0;
    }
}

static int by_start(const void *a, const void *b)
{
    const dtl_quote *x = a, *y = b;

    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

dtl_status dtl_quotes_add_indirect(dtl_quote_finder *f)
{
    /* Weights of words are known of the first language. */
    bool words = f->language == &dtl_quote_languages[0];
    offers all = {.f = f};
    uint32_t i;
    dtl_status st = DTL_OK;

    for (i = 0; i < f->names.farther && st == DTL_OK; i++) {
        dtl_report_choice choice;

        if (all.count && (f->phrases.at[i].sentence != all.sentence ||
                          all.count + MOST_OF_ANCHOR > MOST_OFFERS))
            st = settle(&all);
        all.sentence = f->phrases.at[i].sentence;
        if (dtl_report_candidates(f, i, words, false, &choice))
            offer_all(&all, i, &choice);
    }
    if (st == DTL_OK)
        st = settle(&all);
    if (f->count > 1)
        qsort(f->out, f->count, sizeof *f->out, by_start);
    return st;
}
