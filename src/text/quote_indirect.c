/* Speech that is reported without quote marks.
 *
 * A verb of speech or thought with a subject reports what follows it, to the
 * end of the sentence: "she said that ...", "he wants to ...". In "..., she
 * said." and "..., according to her." what is reported stands before. Where
 * any of it is between quote marks the quotation has been found already, and
 * there is nothing to add. */
#include "text/quote_finder.h"

#include "base/str.h"

#include <stdlib.h>

#define IS(classes, name) (((classes)&DTL_QW(name)) != 0)

enum {
    REACH = 14,
    MOST_PHRASES = 120 /* that a report may have */
};

/* A report: phrases [from, to), its source and its verb. */
typedef struct {
    uint32_t from, to, source, verb;
} report;

static bool ends_sentence(const dtl_quote_phrase *p)
{
    return p->type == DTL_QP_STOP || p->type == DTL_QP_BREAK;
}

/* Whether what follows comma at is the reporter's again: another's verb of
 * speech, a participle, "while", "according to". */
static bool turns_back(const dtl_quote_finder *f, uint32_t at)
{
    const dtl_quote_phrase *p = f->phrases.at;
    uint32_t next = at + 1, n = 0;

    if (next >= f->phrases.count)
        return true;
    if (p[next].type == DTL_QP_VERB && p[next].flags & DTL_QPF_ING)
        return true;
    if (IS(p[next].classes, ACCORDING) || p[next].type == DTL_QP_SUB)
        return true;
    for (; next < f->phrases.count && n++ < 6; next++) {
        if (p[next].type == DTL_QP_VERB)
            return IS(p[next].classes, CUE);
        if (ends_sentence(&p[next]) || p[next].type == DTL_QP_COMMA)
            return false;
    }
    return false;
}

static uint32_t report_end(const dtl_quote_finder *f, uint32_t at, bool clause)
{
    const dtl_quote_phrase *p = f->phrases.at;
    uint32_t n = 0;

    for (;
         at < f->phrases.count && !ends_sentence(&p[at]) && n++ < MOST_PHRASES;
         at++) {
        if (p[at].type == DTL_QP_COMMA && (!clause || turns_back(f, at)))
            break;
        if (p[at].type == DTL_QP_DASH || p[at].type == DTL_QP_COLON)
            break;
    }
    return at;
}

static bool is_source(const dtl_quote_phrase *p)
{
    return p->type == DTL_QP_RELATIVE ||
           (p->type == DTL_QP_NOUN && p->noun != DTL_QN_TIME &&
            !(p->flags & DTL_QPF_BRACKETED));
}

/* Whether phrases [from, to) may be what someone says: words, no marks. */
static bool is_plain(const dtl_quote_finder *f, uint32_t from, uint32_t to)
{
    const dtl_quote_phrase *p = f->phrases.at;
    uint32_t i, words = 0;

    if (to > f->phrases.count || from >= to)
        return false;
    for (i = from; i < to; i++) {
        if (p[i].type == DTL_QP_QUOTE)
            return false;
        words += p[i].to - p[i].from;
    }
    return words >= 2;
}

/* The words behind verb v that report: where they begin, or NONE. */
static uint32_t report_after(const dtl_quote_finder *f, uint32_t v)
{
    const dtl_quote_phrase *p = f->phrases.at;
    uint32_t at = v + 1;
    uint64_t k = p[v].classes;

    if (at < f->phrases.count && IS(k, TELL) && p[at].type == DTL_QP_NOUN)
        at++; /* who was told */
    while (at < f->phrases.count && p[at].type == DTL_QP_NOUN &&
           p[at].noun == DTL_QN_TIME)
        at++;
    /* "said on Friday that", "said in a statement that" */
    if (at + 2 < f->phrases.count && p[at].type == DTL_QP_PREP &&
        p[at + 1].type == DTL_QP_NOUN && p[at + 2].type == DTL_QP_SUB)
        at += 2;
    if (at >= f->phrases.count)
        return DTL_SPEAKER_NONE;
    switch (p[at].type) {
    case DTL_QP_SUB:
        return at;
    case DTL_QP_NOUN:
        return at;
    case DTL_QP_VERB:
        return p[at].flags & DTL_QPF_INFINITIVE ? at : DTL_SPEAKER_NONE;
    case DTL_QP_RELATIVE:
        return IS(p[at].classes, SUB) ? at : DTL_SPEAKER_NONE;
    default:
        return DTL_SPEAKER_NONE;
    }
}

/* "..., she said." and "..., said the mayor.": where the sentence begins, when
 * verb v and its subject are all that follows the last comma. */
static uint32_t report_before(const dtl_quote_finder *f, uint32_t first,
                              uint32_t v)
{
    const dtl_quote_phrase *p = f->phrases.at;
    uint32_t after = v + 1;

    if (first < 2 || p[first - 1].type != DTL_QP_COMMA)
        return DTL_SPEAKER_NONE;
    while (after < f->phrases.count && after < v + 6 &&
           !ends_sentence(&p[after])) {
        if (p[after].type == DTL_QP_SUB || p[after].type == DTL_QP_VERB)
            return DTL_SPEAKER_NONE;
        after++;
    }
    if (after < f->phrases.count && !ends_sentence(&p[after]))
        return DTL_SPEAKER_NONE;
    for (after = first - 1; after > 0 && !ends_sentence(&p[after - 1]) &&
                            first - after < MOST_PHRASES;)
        after--;
    return after;
}

static dtl_status add(dtl_quote_finder *f, const report *r)
{
    const dtl_quote_phrase *p = f->phrases.at;
    const dtl_quote_token *t = f->tokens.at;
    dtl_quote_decision d = {r->source, r->verb, 0.5F};
    uint32_t from = r->from, to = r->to;
    dtl_span *span;
    dtl_quote q = {.kind = DTL_QUOTE_INDIRECT, .confidence = 0.5};
    dtl_status st =
        dtl_grow((void **)&f->out, &f->cap, f->count + 1, sizeof *f->out);

    while (to > from && p[to - 1].type == DTL_QP_COMMA)
        to--;
    while (from < to && p[from].from == p[from].to)
        from++;
    while (to > from && p[to - 1].from == p[to - 1].to)
        to--;
    if (from == to)
        return DTL_OK;
    span = dtl_arena_alloc(&f->arena, sizeof *span);
    if (st != DTL_OK || !span)
        return DTL_NOMEM;
    *span = (dtl_span){t[p[from].from].start, t[p[to - 1].to - 1].end};
    if (p[from].flags & DTL_QPF_INFINITIVE && p[from].from > 0 &&
        IS(t[p[from].from - 1].classes, INFINITIVE))
        span->start = t[p[from].from - 1].start; /* "to go" */
    q.start = span->start;
    q.end = span->end;
    q.spans = span;
    q.span_count = 1;
    q.text = dtl_str_sub(f->text, q.start, q.end);
    dtl_quotes_add_source(f, &d, UINT32_MAX, &q);
    f->out[f->count++] = q;
    return DTL_OK;
}

/* Whether a finite verb comes soon: "said the plan failed", not "praised the
 * plan". */
static bool has_verb(const dtl_quote_finder *f, uint32_t at)
{
    const dtl_quote_phrase *p = f->phrases.at;
    uint32_t n = 0;

    for (; at < f->phrases.count && n++ < 8 && !ends_sentence(&p[at]); at++) {
        if (p[at].type == DTL_QP_VERB)
            return !(p[at].flags & (DTL_QPF_INFINITIVE | DTL_QPF_ING));
    }
    return false;
}

/* The report that verb v makes. */
static bool report_of(const dtl_quote_finder *f, uint32_t v, report *out)
{
    const dtl_quote_phrase *p = f->phrases.at;
    uint32_t source = dtl_speaker_subject(&f->view, v), from;
    bool speech = IS(p[v].classes, CUE);

    bool clause = true;

    if (p[v].flags & DTL_QPF_PASSIVE)
        return false;
    if (source == DTL_SPEAKER_NONE || !is_source(&p[source]))
        return false;
    if (speech && source > 0 && source < v && v + 2 < f->phrases.count &&
        p[source - 1].type == DTL_QP_COMMA && p[v + 1].type == DTL_QP_COMMA) {
        /* "The mine, he said, will close." */
        for (from = source - 1; from > 0 && !ends_sentence(&p[from - 1]) &&
                                source - from < MOST_PHRASES;)
            from--;
        *out = (report){from, report_end(f, v + 2, true), source, v};
        return is_plain(f, out->from, out->to);
    }
    if (speech && source < v) {
        from = report_before(f, source, v);
        if (from != DTL_SPEAKER_NONE) {
            *out = (report){from, source - 1, source, v};
            return is_plain(f, from, source - 1);
        }
    }
    from = report_after(f, v);
    if (from == DTL_SPEAKER_NONE)
        return false;
    if (speech && v > 0 && p[v - 1].type != DTL_QP_NOUN &&
        p[from].type == DTL_QP_NOUN && !has_verb(f, from)) {
        /* "..., said the mayor." */
        uint32_t begin = report_before(f, v, from);

        *out = (report){begin, v - 1, from, v};
        if (begin != DTL_SPEAKER_NONE)
            return is_plain(f, begin, v - 1);
        if (p[v - 1].type == DTL_QP_COMMA || p[v - 1].type == DTL_QP_QUOTE ||
            p[v - 1].type == DTL_QP_OTHER)
            return false;
    }
    if (p[from].type == DTL_QP_NOUN || p[from].type == DTL_QP_PREP)
        clause = has_verb(f, from);
    *out = (report){from, report_end(f, from, clause), source, v};
    return is_plain(f, out->from, out->to);
}

/* "According to X, ..." and "..., according to X." */
static bool report_according(const dtl_quote_finder *f, uint32_t at,
                             report *out)
{
    const dtl_quote_phrase *p = f->phrases.at;
    uint32_t source = at + 1, next, begin;

    if (source < f->phrases.count && p[source].type == DTL_QP_PREP)
        source++;
    if (source >= f->phrases.count || p[source].type != DTL_QP_NOUN)
        return false;
    if (at == 0 || ends_sentence(&p[at - 1])) {
        for (next = source; next < f->phrases.count && next < source + REACH &&
                            p[next].type != DTL_QP_COMMA;)
            next++;
        *out = (report){next + 1, report_end(f, next + 1, true), source,
                        DTL_SPEAKER_NONE};
        return is_plain(f, out->from, out->to);
    }
    for (begin = at; begin > 0 && !ends_sentence(&p[begin - 1]) &&
                     at - begin < MOST_PHRASES;)
        begin--;
    *out = (report){begin, at, source, DTL_SPEAKER_NONE};
    return is_plain(f, out->from, out->to);
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
    const dtl_quote_phrase *p = f->phrases.at;
    uint32_t i, done = 0;
    dtl_status st = DTL_OK;

    for (i = 0; i < f->phrases.count && st == DTL_OK; i++) {
        report r;
        bool found = false;

        /* Reports within a report are the same speech. */
        if (i < done)
            continue;
        if (p[i].type == DTL_QP_VERB &&
            p[i].classes & (DTL_QW(CUE) | DTL_QW(THINK) | DTL_QW(MIXED)))
            found = report_of(f, i, &r);
        else if (p[i].type == DTL_QP_PREP && IS(p[i].classes, ACCORDING))
            found = report_according(f, i, &r);
        if (!found)
            continue;
        st = add(f, &r);
        if (r.to > done)
            done = r.to;
    }
    if (f->count > 1)
        qsort(f->out, f->count, sizeof *f->out, by_start);
    return st;
}
