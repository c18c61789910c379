/* The facts by which it is judged what an anchor reports.
 *
 * Each is a group of values hashed to the number of a weight. Groups with
 * words in them are for the language that the weights were learned in. */
#include "text/quote_report_scene.h"

#include <string.h>

#define IS(classes, name) (((classes)&DTL_QW(name)) != 0)

enum {
    MOST_PHRASES = 70, /* that a report may have */
    MOST_CROSSINGS = 14,
    MOST_GAP = 4
};

/* Groups of facts. Their order is the table's. */
enum {
    G_CLASS = 1,
    G_VERB,
    G_VERB_FORM,
    G_SUBJECT,
    G_SUBJECT_VERB,
    G_SUBJECT_WORD,
    G_SUBJECT_CLASS_WORD,
    G_AUXILIARY,
    G_AUXILIARY_VERB,
    G_NEXT,
    G_NEXT_WORD,
    G_NEXT_VERB,
    G_BEFORE,
    G_BEFORE_WORD,
    G_PLACE,
    G_OTHER_CUE,
    G_NONE,
    G_KIND,
    G_KIND_END,
    G_KIND_NEXT,
    G_KIND_START,
    G_START_GAP,
    G_GAP_WORD,
    G_LENGTH,
    G_LENGTH_CLAUSE,
    G_CLAUSE,
    G_VERB_KIND,
    G_VERB_START,
    G_VERB_CLAUSE,
    G_VERB_END,
    G_START_WORD,
    G_START_WORD_CLASS,
    G_NEXT_TYPES,
    G_END_WORD,
    G_END_WORD_CLASS,
    G_LAST_WORD,
    G_LEADING,
    G_LEADING_WORD,
    G_LEFT_OVER,
    G_INNER_CUE,
    G_BRACKETS,
    G_CROSS,
    G_CROSS_WORD,
    G_CROSS_TYPE_WORD,
    G_SUBJECT_KIND,
    G_SECOND_WORD,
    G_STEM,
    G_STEM_KIND,
    G_STEM_START,
    G_STEM_SUBJECT,
    G_CLAUSE_PLACE,
    G_CLAUSE_STEM,
    G_CROSS_WIDE,
    G_END_WIDE,
    G_END_CLAUSE_WORD,
    G_TITLE,
    G_BYTES
};

static uint16_t number_of(uint32_t group, uint32_t a, uint32_t b, uint32_t c)
{
    uint32_t h = group * UINT32_C(0x9E3779B1);

    h = (h ^ a) * UINT32_C(0x85EBCA6B);
    h ^= h >> 15;
    h = (h ^ b) * UINT32_C(0xC2B2AE35);
    h ^= h >> 13;
    h = (h ^ c) * UINT32_C(0x27D4EB2F);
    return (uint16_t)(h >> 16);
}

static void share(dtl_report_choice *c, uint16_t number)
{
    if (c->shared_count == DTL_REPORT_SHARED)
        return;
    c->shared[c->shared_count++] = number;
    c->shared_sum += dtl_report_weights[number];
}

/* Features are written whether anyone asks or not, except for those that sums
 * are kept of. */
static void fact(dtl_report_candidate *c, uint16_t number)
{
    c->sum += dtl_report_weights[number];
    if (c->feature_count < DTL_REPORT_FEATURES)
        c->features[c->feature_count++] = number;
}

static int type_at(const dtl_report_scene *s, uint32_t phrase)
{
    return phrase < s->count ? s->p[phrase].type : DTL_QP_BREAK;
}

/* The hash of a phrase's first word. */
static uint32_t word_at(const dtl_report_scene *s, uint32_t phrase)
{
    const dtl_quote_tokens *t = &s->f->tokens;

    return phrase < s->count && s->p[phrase].from < t->count
               ? t->at[s->p[phrase].from].hash
               : 1;
}

/* The hash of its last word. */
static uint32_t head_at(const dtl_report_scene *s, uint32_t phrase)
{
    return phrase < s->count && s->p[phrase].to > s->p[phrase].from
               ? s->f->tokens.at[s->p[phrase].to - 1].hash
               : 1;
}

/* What a phrase is, as the start of a report: its type, and what kind of noun
 * or verb. */
static uint32_t kind_at(const dtl_report_scene *s, uint32_t phrase)
{
    const dtl_quote_phrase *p;

    if (phrase >= s->count)
        return DTL_QP_BREAK;
    p = &s->p[phrase];
    return p->type == DTL_QP_NOUN ? 32U + p->noun
           : p->type == DTL_QP_VERB
               ? 64U + (p->flags &
                        (DTL_QPF_INFINITIVE | DTL_QPF_ING | DTL_QPF_PASSIVE))
               : p->type;
}

static uint32_t bin(uint32_t n)
{
    return n < 6 ? n : n < 8 ? 6 : n < 11 ? 7 : n < 15 ? 8 : n < 20 ? 9 : 10;
}

static bool is_cue(const dtl_quote_phrase *p)
{
    return p->type == DTL_QP_VERB &&
           p->classes & (DTL_QW(CUE) | DTL_QW(TELL) | DTL_QW(THINK));
}

/* Whether another verb of speech stands before the anchor in its sentence, or
 * behind it. */
static uint32_t other_cues(const dtl_report_scene *s)
{
    uint32_t at, bits = 0;

    for (at = s->begin; at < s->end; at++) {
        if (at != s->anchor && is_cue(&s->p[at]))
            bits |= at < s->anchor ? 1U : 2U;
        if (s->p[at].type == DTL_QP_QUOTE)
            bits |= at < s->anchor ? 4U : 8U;
    }
    return bits;
}

/* Where the anchor stands among the verbs of its sentence: how many are before
 * it, and whether a word that opens a clause is. */
static uint32_t place_of_clause(const dtl_report_scene *s)
{
    uint32_t at, verbs = 0, opened = 0;

    for (at = s->begin; at < s->anchor; at++) {
        const dtl_quote_phrase *p = &s->p[at];

        if (p->type == DTL_QP_VERB &&
            !(p->flags & (DTL_QPF_INFINITIVE | DTL_QPF_ING)))
            verbs++;
        if (p->type == DTL_QP_SUB || p->type == DTL_QP_RELATIVE)
            opened = p->type - DTL_QP_SUB + 1U;
    }
    return (verbs < 3 ? verbs : 3) * 4 + opened;
}

/* Whether the sentence is set like a headline, or all of it is short. */
static uint32_t title_of(const dtl_report_scene *s)
{
    const dtl_quote_token *t = s->f->tokens.at;
    uint32_t from = s->p[s->begin].from, to = s->p[s->end - 1].to, words = 0,
             capitals = 0;

    for (; from < to; from++) {
        words += t[from].kind == DTL_QT_WORD;
        capitals +=
            t[from].kind == DTL_QT_WORD && t[from].flags & DTL_QT_CAPITAL;
    }
    return (capitals * 10 > words * 6 ? 1U : 0) +
           (s->end < s->count && s->p[s->end].type == DTL_QP_BREAK ? 2U : 0);
}

void dtl_report_describe_anchor(dtl_report_scene *s)
{
    dtl_report_choice *c = s->out;
    uint32_t class = s->class * 4U + s->form, verb = s->verb_word,
             next = s->anchor + 1, before = s->anchor - 1;
    dtl_report_candidate *none = &c->at[c->count++];

    none->from = none->to = 0;
    none->feature_count = 0;
    none->sum = 0;
    fact(none, number_of(G_NONE, class, 0, 0));
    c->shared_count = 0;
    c->shared_sum = 0;
    share(c, number_of(G_CLASS, class, 0, 0));
    share(c, number_of(G_SUBJECT, s->subject, class, 0));
    share(c, number_of(G_NEXT, kind_at(s, next), class, 0));
    share(c, number_of(G_BEFORE, kind_at(s, before), class, 0));
    share(c, number_of(G_PLACE, bin(s->anchor - s->begin),
                       bin(s->end - s->anchor), s->class));
    share(c, number_of(G_OTHER_CUE, other_cues(s), s->class,
                       s->form == DTL_RF_FINITE));
    share(c, number_of(G_CLAUSE_PLACE, place_of_clause(s), class, 0));
    share(c, number_of(G_TITLE, title_of(s), class, 0));
    if (!s->words)
        return;
    share(c, number_of(G_STEM, s->stem, 0, 0));
    share(c, number_of(G_STEM_SUBJECT, s->stem, s->subject, s->form));
    share(c, number_of(G_CLAUSE_STEM, s->stem, place_of_clause(s), 0));
    share(c, number_of(G_VERB, verb, 0, 0));
    share(c, number_of(G_VERB_FORM, verb, s->form, 0));
    share(c, number_of(G_SUBJECT_VERB, verb, s->subject, 0));
    share(c, number_of(G_SUBJECT_WORD, s->subject_word, 0, 0));
    share(c, number_of(G_SUBJECT_CLASS_WORD, s->subject_word, class, 0));
    share(c, number_of(G_AUXILIARY, word_at(s, s->anchor), class, 0));
    share(c, number_of(G_AUXILIARY_VERB, word_at(s, s->anchor), verb, 0));
    share(c, number_of(G_NEXT_WORD, word_at(s, next), class, 0));
    share(c, number_of(G_NEXT_VERB, word_at(s, next), verb, 0));
    share(c, number_of(G_BEFORE_WORD, head_at(s, before), s->class, 0));
}

/* Whether a quotation has been found to be said, or may be: what stands
 * between single marks and is none may be part of a report. */
static bool is_said(const dtl_report_scene *s, const dtl_quote_phrase *p)
{
    return p->type == DTL_QP_QUOTE &&
           (s->f->decisions[p->stretch].phrase != DTL_SPEAKER_NONE ||
            !(s->f->stretches.at[p->stretch].flags & DTL_QS_SINGLE));
}

void dtl_report_count(dtl_report_scene *s)
{
    dtl_report_counts n = {0};
    uint32_t at;

    for (at = s->begin; at < s->end; at++) {
        const dtl_quote_phrase *p = &s->p[at];

        s->before[at - s->begin] = n;
        n.words += p->to > p->from;
        n.said += is_said(s, p);
        if (p->type != DTL_QP_VERB || at == s->anchor)
            continue;
        n.finite += !(p->flags & (DTL_QPF_INFINITIVE | DTL_QPF_ING));
        n.cues += is_cue(p);
    }
    s->before[at - s->begin] = n;
    memset(s->crossed, 0, sizeof s->crossed);
    s->start_kind = -1;
}

/* Whether the phrase at `at` is a reason for a report to have ended. */
static bool is_crossing(const dtl_report_scene *s, uint32_t at)
{
    const dtl_quote_phrase *p = &s->p[at];

    return !(p->type == DTL_QP_NOUN && p->noun != DTL_QN_TIME) &&
           !(p->type == DTL_QP_VERB && p->flags & DTL_QPF_INFINITIVE);
}

static void describe_crossing(const dtl_report_scene *s,
                              dtl_report_candidate *c, uint32_t manner,
                              uint32_t at)
{
    uint32_t type = s->p[at].type, word = at + (type == DTL_QP_COMMA);

    fact(c, number_of(G_CROSS, manner, type, kind_at(s, at + 1)));
    fact(c, number_of(G_CROSS_WIDE, type * 128 + kind_at(s, at - 1),
                      kind_at(s, at + 1), kind_at(s, at + 2)));
    if (!s->words)
        return;
    fact(c, number_of(G_CROSS_WORD, manner, word_at(s, word), 0));
    fact(c, number_of(G_CROSS_TYPE_WORD, manner, word_at(s, word),
                      kind_at(s, word + 1)));
}

/* What a crossing's facts weigh, which is reckoned once for all candidates. */
static int weight_of_crossing(dtl_report_scene *s, uint32_t manner, uint32_t at)
{
    uint32_t place = at - s->begin;

    if (!s->crossed[manner][place]) {
        dtl_report_candidate c;

        c.sum = 0;
        c.feature_count = 0;
        describe_crossing(s, &c, manner, at);
        s->crossing[manner][place] = (int16_t)c.sum;
        s->crossed[manner][place] = true;
    }
    return s->crossing[manner][place];
}

/* The boundaries that a candidate runs over. */
static void add_crossings(dtl_report_scene *s, dtl_report_candidate *c,
                          uint32_t manner)
{
    uint32_t at, n = 0;

    for (at = c->from + 1; at + 1 < c->to && n < MOST_CROSSINGS; at++) {
        if (!is_crossing(s, at))
            continue;
        n++;
        if (s->record)
            describe_crossing(s, c, manner, at);
        else
            c->sum += weight_of_crossing(s, manner, at);
    }
}

/* The phrases between the anchor and a report behind it, in one number. */
static uint32_t gap_before(const dtl_report_scene *s, uint32_t from)
{
    uint32_t at, gap = 0;

    if (from <= s->anchor)
        return 0;
    for (at = s->anchor + 1; at < from; at++)
        gap = gap * 37 + kind_at(s, at) + 1;
    return gap;
}

/* Facts of where a candidate begins. */
static void describe_start(const dtl_report_scene *s, dtl_report_candidate *c,
                           int kind)
{
    uint32_t start = kind_at(s, c->from),
             class = s->class * 16U + (uint32_t)kind;
    uint32_t word = word_at(s, c->from);

    fact(c, number_of(G_KIND, class, s->form, 0));
    fact(c, number_of(G_KIND_START, class, start, 0));
    fact(c, number_of(G_START_GAP, (uint32_t)kind, gap_before(s, c->from),
                      s->class));
    fact(c,
         number_of(G_LEADING, (uint32_t)kind,
                   c->from > s->begin ? kind_at(s, c->from - 1) : 99, start));
    fact(c, number_of(G_SUBJECT_KIND, class, s->subject, 0));
    if (!s->words)
        return;
    fact(c, number_of(G_VERB_KIND, s->verb_word, (uint32_t)kind, 0));
    fact(c, number_of(G_STEM_KIND, s->stem, (uint32_t)kind, 0));
    fact(c, number_of(G_STEM_START, s->stem, start, c->from == s->anchor + 1));
    fact(c, number_of(G_VERB_START, s->verb_word, start,
                      c->from == s->anchor + 1));
    fact(c, number_of(G_START_WORD, word, (uint32_t)kind, 0));
    fact(c, number_of(G_START_WORD_CLASS, word, class, 0));
    fact(c,
         number_of(G_SECOND_WORD, word_at(s, c->from + 1), (uint32_t)kind, 0));
    if (c->from > s->begin)
        fact(c, number_of(G_LEADING_WORD, head_at(s, c->from - 1),
                          (uint32_t)kind, 0));
}

/* Facts of where it ends. */
static void describe_end(const dtl_report_scene *s, dtl_report_candidate *c,
                         int kind, dtl_report_end end, uint32_t finite)
{
    uint32_t comma = type_at(s, c->to) == DTL_QP_COMMA,
             how = end.type * 4U + end.nth,
             class = s->class * 16U + (uint32_t)kind, behind = c->to + comma,
             next = kind_at(s, behind);

    fact(c, number_of(G_KIND_END, class, how, 0));
    fact(c, number_of(G_KIND_NEXT, (uint32_t)kind, next * 2 + comma,
                      finite ? 1 : 0));
    fact(c, number_of(G_NEXT_TYPES, next * 2 + comma, kind_at(s, behind + 1),
                      kind_at(s, c->to - 1)));
    fact(c, number_of(G_END_WIDE, next * 2 + comma,
                      (uint32_t)kind * 4 + (finite < 3 ? finite : 3),
                      bin(c->to - c->from)));
    fact(c, number_of(G_CLAUSE, (uint32_t)kind, how, finite < 2 ? finite : 2));
    fact(c, number_of(G_LENGTH, bin(c->to - c->from), how, 0));
    fact(c, number_of(G_BRACKETS,
                      (s->p[c->to - 1].flags & DTL_QPF_BRACKETED) * 2U +
                          (s->p[c->from].flags & DTL_QPF_BRACKETED),
                      0, 0));
    if (!s->words)
        return;
    fact(c, number_of(G_END_CLAUSE_WORD, word_at(s, behind), comma, finite));
    fact(c, number_of(G_END_WORD, word_at(s, behind), comma, kind));
    fact(c, number_of(G_END_WORD_CLASS, word_at(s, behind),
                      comma * 16 + s->class, kind_at(s, behind + 1)));
    fact(c, number_of(G_LAST_WORD, head_at(s, c->to - 1), next, 0));
    fact(c, number_of(G_VERB_END, s->verb_word, how, kind));
}

/* The same, reckoned once for all candidates of a start. */
static void add_start(dtl_report_scene *s, dtl_report_candidate *c, int kind)
{
    int before = c->sum;

    if (!s->record && s->start_kind == kind && s->start_from == c->from) {
        c->sum += s->start_sum;
        return;
    }
    describe_start(s, c, kind);
    s->start_kind = kind;
    s->start_from = c->from;
    s->start_sum = c->sum - before;
}

void dtl_report_add(dtl_report_scene *s, int kind, uint32_t from, uint32_t to,
                    dtl_report_end end)
{
    dtl_report_candidate *c = &s->out->at[s->out->count];
    uint32_t finite, first = s->anchor, last = s->anchor + 1;
    const dtl_report_counts *b, *e;

    if (s->out->count == DTL_REPORT_CANDIDATES || to <= from ||
        to - from > MOST_PHRASES)
        return;
    b = &s->before[from - s->begin];
    e = &s->before[to - s->begin];
    if (e->words == b->words || e->said > b->said)
        return;
    s->out->count++;
    c->from = from;
    c->to = to;
    c->feature_count = 0;
    c->sum = s->out->shared_sum;
    finite = (uint32_t)(e->finite - b->finite);
    if (s->out->source < first)
        first = s->out->source;
    if (s->out->source != DTL_SPEAKER_NONE && s->out->source >= last)
        last = s->out->source + 1;
    add_start(s, c, kind);
    describe_end(s, c, kind, end, finite);
    fact(c, number_of(G_LENGTH_CLAUSE, bin(to - from), finite < 3 ? finite : 3,
                      (uint32_t)kind));
    fact(c,
         number_of(G_INNER_CUE, e->cues > b->cues, (uint32_t)kind, s->class));
    fact(c,
         number_of(G_LEFT_OVER, bin((from < first ? from : first) - s->begin),
                   bin(s->end - (to > last ? to : last)), (uint32_t)kind));
    if (s->words)
        fact(c, number_of(G_VERB_CLAUSE, s->verb_word, finite > 0,
                          (uint32_t)kind));
    add_crossings(s, c,
                  kind == DTL_RK_CLAUSE                           ? 1
                  : kind >= DTL_RK_BEFORE && kind < DTL_RK_OBJECT ? 2
                  : finite                                        ? 3
                                                                  : 4);
}
