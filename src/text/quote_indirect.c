/* Speech that is reported without quote marks.
 *
 * For each verb, "according to" and noun that may report something, the model
 * of quote_report.h says what, if anything. What stands within another's report
 * is that one's speech. Where any of it is between quote marks the quotation
 * has been found already, and there is nothing to add. */
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

static dtl_status add(dtl_quote_finder *f, const dtl_report_choice *choice,
                      const dtl_report_candidate *report, float share)
{
    dtl_quote_decision d = {choice->source, choice->verb, 0.5F};
    dtl_span *span = dtl_arena_alloc(&f->arena, sizeof *span);
    dtl_quote q = {.kind = DTL_QUOTE_INDIRECT, .confidence = (double)share};
    dtl_status st =
        dtl_grow((void **)&f->out, &f->cap, f->count + 1, sizeof *f->out);

    if (st != DTL_OK || !span)
        return DTL_NOMEM;
    *span = dtl_quotes_report_span(f, report->from, report->to);
    if (span->start == span->end)
        return DTL_OK;
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

/* The report that is right most probably, which it is too when one like it
 * would be. NULL when that is less probable than is worth saying. */
static const dtl_report_candidate *best_of(const dtl_quote_finder *f,
                                           const dtl_report_choice *choice,
                                           float *share)
{
    dtl_span spans[DTL_REPORT_CANDIDATES];
    float shares[DTL_REPORT_CANDIDATES] = {0}, all = 0;
    int top = choice->at[0].sum;
    size_t best = 0, i, j;

    for (i = 1; i < choice->count; i++) {
        if (choice->at[i].sum > top)
            top = choice->at[i].sum;
    }
    for (i = 0; i < choice->count; i++) {
        shares[i] =
            expf((float)(choice->at[i].sum - top) * dtl_report_weight_unit);
        all += shares[i];
    }
    *share = 0;
    if (1 - shares[0] / all < dtl_report_least_share)
        return NULL;
    for (i = 1; i < choice->count; i++)
        spans[i] =
            dtl_quotes_report_span(f, choice->at[i].from, choice->at[i].to);
    for (i = 1; i < choice->count; i++) {
        float sum = 0;

        for (j = 1; j < choice->count; j++)
            sum += are_alike(spans[i], spans[j]) ? shares[j] / all : 0;
        /* Of those alike, the likeliest. */
        sum += shares[i] / all / 1000;
        if (sum > *share) {
            *share = sum;
            best = i;
        }
    }
    return *share < dtl_report_least_share ? NULL : &choice->at[best];
}

static int by_start(const void *a, const void *b)
{
    const dtl_quote *x = a, *y = b;

    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

/* Makes room for a report from byte start on: of those that overlap the more
 * probable stays. False when that is one of before, which are those behind the
 * first `marked` quotations. */
static bool make_room(dtl_quote_finder *f, size_t marked, size_t start,
                      float share)
{
    size_t i = f->count;

    while (i > marked && f->out[i - 1].end > start) {
        if (f->out[i - 1].confidence >= (double)share)
            return false;
        i--;
    }
    f->count = i;
    return true;
}

dtl_status dtl_quotes_add_indirect(dtl_quote_finder *f)
{
    /* Weights of words are known of the first language. */
    bool words = f->language == &dtl_quote_languages[0];
    size_t marked = f->count;
    uint32_t i;
    dtl_status st = DTL_OK;

    for (i = 0; i < f->names.farther && st == DTL_OK; i++) {
        const dtl_report_candidate *best;
        dtl_report_choice choice;
        dtl_span span;
        float share;

        if (!dtl_report_candidates(&f->view, i, words, &choice))
            continue;
        best = best_of(f, &choice, &share);
        if (!best)
            continue;
        span = dtl_quotes_report_span(f, best->from, best->to);
        if (make_room(f, marked, span.start, share))
            st = add(f, &choice, best, share);
    }
    if (f->count > 1)
        qsort(f->out, f->count, sizeof *f->out, by_start);
    return st;
}
