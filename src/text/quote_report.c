/* Candidates for what is reported, and their features. */
#include "text/quote_report.h"

#include "base/str.h"

#define IS(classes, name) (((classes)&DTL_QW(name)) != 0)

enum {
    MOST_PHRASES = 60, /* that a report may have */
    MOST_ENDS = 12,
    REACH_START = 6,
    MOST_CROSSINGS = 12
};

enum {
    ANCHOR_CUE,
    ANCHOR_TELL,
    ANCHOR_MIXED,
    ANCHOR_THINK,
    ANCHOR_VERB,
    ANCHOR_ACCORDING,
    ANCHOR_NOUN,
    ANCHOR_COLON,
    ANCHORS
};

/* Forms of an anchor's verb. */
enum {
    FORM_FINITE,
    FORM_ING,
    FORM_INFINITIVE,
    FORM_PASSIVE,
    FORMS
};

enum {
    KIND_AFTER,   /* right behind the anchor */
    KIND_CLAUSE,  /* from a word on that opens a clause, or an infinitive */
    KIND_TOLD,    /* behind who was told, or who says it */
    KIND_PREP,    /* behind a preposition: called for, spoke of */
    KIND_BEFORE,  /* from the sentence's start to the comma */
    KIND_AROUND,  /* the whole sentence, the anchor amid it */
    KIND_SUBJECT, /* the verb's subject and what follows: X seems to ... */
    KIND_OBJECT,  /* the subject alone: X was rejected */
    KINDS
};

enum {
    END_NOUN, /* behind the first noun phrase */
    END_COMMA,
    END_COMMA2,
    END_COMMA3,
    END_CONJ,
    END_CONJ2,
    END_SUB,
    END_PREP,
    END_PREP2,
    END_DASH,
    END_VERB,
    END_STOP,
    ENDS
};

enum {
    TYPES = DTL_QP_OTHER + 1,
    STARTS = TYPES + DTL_QN_THING + 1, /* a noun by its kind */
    NOUNS = DTL_QN_THING + 2,          /* and one for no subject */
    LENGTHS = 6,
    MANNERS = 3,  /* what is reported: a thing, a clause, other */
    WORDS = 2048, /* hashes of verbs */
    OTHERS = 256  /* and of other words */
};

/* Where each group of features begins. */
enum {
    F_KIND = 0,
    F_KIND_END = F_KIND + KINDS * ANCHORS * FORMS,
    F_START = F_KIND_END + KINDS * ENDS * ANCHORS,
    F_NEXT = F_START + KINDS * STARTS * ANCHORS,
    F_LENGTH = F_NEXT + ENDS * TYPES * 2,
    F_CLAUSE = F_LENGTH + LENGTHS * ENDS,
    F_SUBJECT = F_CLAUSE + KINDS * ENDS * 2,
    F_NONE = F_SUBJECT + NOUNS * ANCHORS,
    F_NONE_NEXT = F_NONE + ANCHORS * FORMS,
    F_NONE_BEFORE = F_NONE_NEXT + ANCHORS * TYPES,
    F_VERB = F_NONE_BEFORE + ANCHORS * TYPES,
    F_VERB_KIND = F_VERB + WORDS,
    F_SUBJECT_VERB = F_VERB_KIND + WORDS * 4,
    F_VERB_CLAUSE = F_SUBJECT_VERB + WORDS,
    F_START_WORD = F_VERB_CLAUSE + WORDS * 2,
    F_NEXT_WORD = F_START_WORD + OTHERS * 2,
    F_BEFORE_WORD = F_NEXT_WORD + OTHERS * 2,
    F_CROSS = F_BEFORE_WORD + OTHERS,
    F_CROSS_WORD = F_CROSS + MANNERS * TYPES * TYPES,
    F_COUNT = F_CROSS_WORD + MANNERS * OTHERS
};

_Static_assert(F_COUNT < UINT16_MAX, "features are 16-bit numbers");

size_t dtl_report_feature_total(void)
{
    return F_COUNT;
}

typedef struct {
    const dtl_speaker_view *view;
    const dtl_quote_phrase *p;
    uint32_t count, anchor;
    bool words;
    uint8_t class, form, subject; /* of the anchor; the subject's noun */
    uint32_t verb_word;           /* its hash */
    dtl_report_choice *out;
} scene;

static bool ends_sentence(const dtl_quote_phrase *p)
{
    return p->type == DTL_QP_STOP || p->type == DTL_QP_BREAK;
}

static uint32_t hash_at(const scene *s, uint32_t phrase)
{
    const dtl_quote_phrase *p = &s->p[phrase];

    return p->from < s->view->tokens->count ? s->view->tokens->at[p->from].hash
                                            : 0;
}

static int class_of_verb(const dtl_quote_phrase *p)
{
    uint64_t k = p->classes;

    return IS(k, TELL)    ? ANCHOR_TELL
           : IS(k, CUE)   ? ANCHOR_CUE
           : IS(k, MIXED) ? ANCHOR_MIXED
           : IS(k, THINK) ? ANCHOR_THINK
                          : ANCHOR_VERB;
}

static int form_of_verb(const dtl_quote_phrase *p)
{
    return p->flags & DTL_QPF_PASSIVE      ? FORM_PASSIVE
           : p->flags & DTL_QPF_INFINITIVE ? FORM_INFINITIVE
           : p->flags & DTL_QPF_ING        ? FORM_ING
                                           : FORM_FINITE;
}

static void fact(dtl_report_candidate *c, int feature)
{
    c->sum += dtl_report_weights[feature];
    c->features[c->feature_count++] = (uint16_t)feature;
}

static dtl_report_candidate *new_candidate(scene *s, uint32_t from, uint32_t to)
{
    dtl_report_candidate *c = &s->out->at[s->out->count++];

    c->from = from;
    c->to = to;
    c->feature_count = 0;
    c->sum = 0;
    return c;
}

static bool has_finite_verb(const scene *s, uint32_t from, uint32_t to)
{
    for (; from < to; from++) {
        if (s->p[from].type == DTL_QP_VERB &&
            !(s->p[from].flags & (DTL_QPF_INFINITIVE | DTL_QPF_ING)))
            return true;
    }
    return false;
}

/* Words, and no quotation, in phrases [from, to). */
static bool is_plain(const scene *s, uint32_t from, uint32_t to)
{
    uint32_t words = 0;

    for (; from < to; from++) {
        if (s->p[from].type == DTL_QP_QUOTE)
            return false;
        words += s->p[from].to - s->p[from].from;
    }
    return words > 0;
}

static int length_bin(uint32_t phrases)
{
    return phrases <= 1    ? 0
           : phrases <= 3  ? 1
           : phrases <= 6  ? 2
           : phrases <= 12 ? 3
           : phrases <= 24 ? 4
                           : 5;
}

/* The boundaries that a candidate runs over, each a reason to have ended. */
static void add_crossings(scene *s, dtl_report_candidate *c, int manner)
{
    uint32_t at, n = 0;

    for (at = c->from + 1; at + 1 < c->to && n < MOST_CROSSINGS; at++) {
        int type = s->p[at].type, next = s->p[at + 1].type;
        uint32_t word = at;

        if (type == DTL_QP_NOUN ||
            (type == DTL_QP_VERB && !(s->p[at].flags & DTL_QPF_INFINITIVE)))
            continue;
        n++;
        fact(c, F_CROSS + (manner * TYPES + type) * TYPES + next);
        if (type == DTL_QP_COMMA)
            word++;
        if (s->words)
            fact(c, F_CROSS_WORD + manner * OTHERS +
                        (int)(hash_at(s, word) % OTHERS));
    }
}

static void add(scene *s, int kind, uint32_t from, uint32_t to, int end)
{
    dtl_report_candidate *c;
    int next = to < s->count ? s->p[to].type : DTL_QP_BREAK;
    int behind = to + 1 < s->count ? s->p[to + 1].type : DTL_QP_BREAK;
    bool clause, bare = kind == KIND_AFTER || kind == KIND_TOLD;
    int start = s->p[from].type == DTL_QP_NOUN ? TYPES + s->p[from].noun
                                               : s->p[from].type;

    if (s->out->count == DTL_REPORT_CANDIDATES || to <= from ||
        to - from > MOST_PHRASES || !is_plain(s, from, to))
        return;
    c = new_candidate(s, from, to);
    clause = has_finite_verb(s, from, to);
    fact(c, F_KIND + (kind * ANCHORS + s->class) * FORMS + s->form);
    fact(c, F_KIND_END + (kind * ENDS + end) * ANCHORS + s->class);
    fact(c, F_START + (kind * STARTS + start) * ANCHORS + s->class);
    fact(c, F_NEXT +
                (end * TYPES + (next == DTL_QP_COMMA ? behind : next)) * 2 +
                (next == DTL_QP_COMMA));
    fact(c, F_LENGTH + length_bin(to - from) * ENDS + end);
    fact(c, F_CLAUSE + (kind * ENDS + end) * 2 + clause);
    fact(c, F_SUBJECT + s->subject * ANCHORS + s->class);
    add_crossings(s, c,
                  kind == KIND_CLAUSE ? 1
                  : bare ? (s->p[from].type == DTL_QP_NOUN && clause)
                         : 2);
    if (!s->words)
        return;
    fact(c, F_VERB + (int)(s->verb_word % WORDS));
    fact(c, F_VERB_KIND + (int)(s->verb_word % WORDS) * 4 +
                (bare                  ? 0
                 : kind == KIND_CLAUSE ? 1
                 : kind < KIND_SUBJECT ? 2
                                       : 3));
    fact(c, F_SUBJECT_VERB + (int)((s->verb_word * 31 + s->subject) % WORDS));
    fact(c, F_VERB_CLAUSE + (int)(s->verb_word % WORDS) * 2 + clause);
    fact(c, F_START_WORD + (int)(hash_at(s, from) % OTHERS) * 2 + bare);
    fact(c,
         F_NEXT_WORD +
             (int)(hash_at(s, next == DTL_QP_COMMA && to + 1 < s->count ? to + 1
                              : to < s->count                           ? to
                                              : from) %
                   OTHERS) *
                 2 +
             (next == DTL_QP_COMMA));
}

/* All ends of a report that begins at from. */
static void add_ends(scene *s, int kind, uint32_t from)
{
    uint32_t at, commas = 0, conjs = 0, preps = 0, subs = 0, dashes = 0,
                 verbs = 0;

    if (from >= s->count)
        return;
    if (s->p[from].type == DTL_QP_NOUN)
        add(s, kind, from, from + 1, END_NOUN);
    for (at = from + 1; at < s->count && at - from <= MOST_PHRASES; at++) {
        const dtl_quote_phrase *p = &s->p[at];

        if (ends_sentence(p) || p->type == DTL_QP_QUOTE)
            break;
        if (p->type == DTL_QP_COMMA && commas < 3)
            add(s, kind, from, at, END_COMMA + (int)commas++);
        else if (p->type == DTL_QP_CONJ && conjs < 2)
            add(s, kind, from, at, END_CONJ + (int)conjs++);
        else if ((p->type == DTL_QP_SUB || p->type == DTL_QP_RELATIVE) &&
                 subs++ < 2)
            add(s, kind, from, at, END_SUB);
        else if (p->type == DTL_QP_PREP && preps < 2)
            add(s, kind, from, at, END_PREP + (int)preps++);
        else if (p->type == DTL_QP_VERB && verbs++ < 2 && at > from + 1)
            add(s, kind, from, at, END_VERB);
        else if ((p->type == DTL_QP_DASH || p->type == DTL_QP_COLON ||
                  p->type == DTL_QP_OPEN) &&
                 dashes++ < 1)
            add(s, kind, from, at, END_DASH);
    }
    if (at < s->count && s->p[at].type == DTL_QP_QUOTE)
        return;
    add(s, kind, from, at, END_STOP);
}

/* Whether a phrase divides what is said from who says it. */
static bool divides(const dtl_quote_phrase *p)
{
    return p->type == DTL_QP_COMMA || p->type == DTL_QP_DASH;
}

/* Past marks that are no quotation's, to the left. */
static uint32_t past_marks(const scene *s, uint32_t at)
{
    while (at > 0 && s->p[at - 1].type == DTL_QP_OTHER)
        at--;
    return at;
}

static bool follows_divider(const scene *s, uint32_t at)
{
    at = past_marks(s, at);
    return at > 0 && divides(&s->p[at - 1]);
}

/* "..., said the mayor" */
static bool is_inverted(const scene *s)
{
    return s->anchor + 1 < s->count && s->class <= ANCHOR_TELL &&
           s->form == FORM_FINITE && follows_divider(s, s->anchor) &&
           s->p[s->anchor + 1].type == DTL_QP_NOUN &&
           s->p[s->anchor + 1].noun != DTL_QN_OBJECT;
}

static bool opens_clause(const dtl_quote_phrase *p)
{
    return p->type == DTL_QP_SUB ||
           (p->type == DTL_QP_RELATIVE && IS(p->classes, SUB)) ||
           (p->type == DTL_QP_VERB && p->flags & DTL_QPF_INFINITIVE);
}

static void add_after(scene *s)
{
    uint32_t from = s->anchor + 1, at;

    if (from >= s->count || ends_sentence(&s->p[from]))
        return;
    if (s->class == ANCHOR_ACCORDING) {
        /* "According to X, ..." */
        if (s->anchor > 0 && !ends_sentence(&s->p[s->anchor - 1]))
            return;
        for (at = from; at < s->count && at < from + 14 &&
                        s->p[at].type != DTL_QP_COMMA &&
                        !ends_sentence(&s->p[at]);)
            at++;
        if (at < s->count && s->p[at].type == DTL_QP_COMMA)
            add_ends(s, KIND_TOLD, at + 1);
        return;
    }
    if (opens_clause(&s->p[from])) {
        add_ends(s, KIND_CLAUSE, from);
        return;
    }
    if (s->p[from].type == DTL_QP_PREP && from + 1 < s->count)
        add_ends(s, KIND_PREP, from + 1);
    else if (s->class != ANCHOR_NOUN && s->p[from].type != DTL_QP_COMMA)
        add_ends(s, KIND_AFTER, from);
    if (s->class == ANCHOR_TELL && s->p[from].type == DTL_QP_NOUN &&
        from + 1 < s->count && s->p[from + 1].type == DTL_QP_NOUN)
        add_ends(s, KIND_TOLD, from + 1);
    for (at = from + 1;
         at < s->count && at < from + REACH_START && !ends_sentence(&s->p[at]);
         at++) {
        if (opens_clause(&s->p[at])) {
            add_ends(s, KIND_CLAUSE, at);
            return;
        }
    }
}

static void add_before(scene *s)
{
    uint32_t source = s->out->source, first = s->anchor, begin, end, stop;

    if (s->class != ANCHOR_ACCORDING && source != DTL_SPEAKER_NONE &&
        source < first)
        first = source;
    if (follows_divider(s, s->anchor))
        first = s->anchor; /* "..., said X" */
    first = past_marks(s, first);
    if (first == 0 ||
        (!divides(&s->p[first - 1]) && s->class != ANCHOR_ACCORDING))
        return;
    end = divides(&s->p[first - 1]) ? first - 1 : first;
    for (begin = end; begin > 0 && !ends_sentence(&s->p[begin - 1]) &&
                      end - begin < MOST_PHRASES;)
        begin--;
    while (begin < end && s->p[begin].type >= DTL_QP_COMMA &&
           s->p[begin].type != DTL_QP_QUOTE)
        begin++;
    for (stop = s->anchor; stop < s->count && !ends_sentence(&s->p[stop]) &&
                           stop - begin < MOST_PHRASES;)
        stop++;
    add(s, KIND_BEFORE, begin, end, stop - s->anchor < 6 ? END_STOP : END_SUB);
    if (stop - s->anchor > 2)
        add(s, KIND_AROUND, begin, stop, END_STOP);
}

/* What is said may begin with the subject of the verb: "X seems to ...", "X was
 * rejected". */
static void add_subject(scene *s)
{
    uint32_t from = s->out->source;

    if (s->out->verb == DTL_SPEAKER_NONE || from == DTL_SPEAKER_NONE ||
        from >= s->anchor)
        return;
    if (s->p[from].type != DTL_QP_NOUN)
        return;
    if (from > 0 && s->p[from - 1].flags & DTL_QPF_POSSESSOR)
        from--;
    add(s, KIND_OBJECT, from, s->anchor, END_NOUN);
    if (s->class == ANCHOR_CUE || s->class == ANCHOR_TELL)
        return;
    add_ends(s, KIND_SUBJECT, from);
}

static void add_none(scene *s)
{
    dtl_report_candidate *c = new_candidate(s, 0, 0);
    int next =
            s->anchor + 1 < s->count ? s->p[s->anchor + 1].type : DTL_QP_BREAK,
        before = s->anchor ? s->p[s->anchor - 1].type : DTL_QP_BREAK;

    fact(c, F_NONE + s->class * FORMS + s->form);
    fact(c, F_NONE_NEXT + s->class * TYPES + next);
    fact(c, F_NONE_BEFORE + s->class * TYPES + before);
    if (s->words && s->anchor)
        fact(c, F_BEFORE_WORD + (int)(hash_at(s, s->anchor - 1) % OTHERS));
}

/* What kind of anchor a phrase is; false: none. */
static bool set_anchor(scene *s)
{
    const dtl_quote_phrase *p = &s->p[s->anchor];
    const dtl_quote_token *t = s->view->tokens->at;
    uint32_t word;

    s->form = FORM_FINITE;
    s->out->verb = DTL_SPEAKER_NONE;
    s->out->source = DTL_SPEAKER_NONE;
    if (p->from >= p->to)
        return false;
    if (p->type == DTL_QP_VERB) {
        if (!(p->classes & ~(DTL_QW(AUX) | DTL_QW(BE))))
            return false;
        s->class = (uint8_t)class_of_verb(p);
        s->form = (uint8_t)form_of_verb(p);
        s->out->verb = s->anchor;
        s->out->source = is_inverted(s)
                             ? s->anchor + 1
                             : dtl_speaker_subject(s->view, s->anchor);
    } else if (p->type == DTL_QP_PREP && IS(p->classes, ACCORDING)) {
        s->class = ANCHOR_ACCORDING;
        s->out->source = s->anchor + 1;
        while (s->out->source < s->count &&
               s->p[s->out->source].type == DTL_QP_PREP)
            s->out->source++;
        if (s->out->source == s->count)
            return false;
    } else if (p->type == DTL_QP_NOUN && s->anchor + 1 < s->count &&
               ((opens_clause(&s->p[s->anchor + 1]) &&
                 p->noun >= DTL_QN_SPEECH) ||
                (s->p[s->anchor + 1].type == DTL_QP_PREP &&
                 p->noun >= DTL_QN_SPEECH && p->noun != DTL_QN_TIME))) {
        s->class = ANCHOR_NOUN;
        if (s->anchor > 0 && p[-1].flags & DTL_QPF_POSSESSOR)
            s->out->source = s->anchor - 1;
    } else if (p->type == DTL_QP_COLON) {
        uint32_t first = s->anchor;

        while (first > 0 && s->anchor - first < 4 &&
               s->p[first - 1].type == DTL_QP_NOUN)
            first--;
        if (first == s->anchor ||
            (first > 0 && !ends_sentence(&s->p[first - 1])))
            return false;
        s->class = ANCHOR_COLON;
        s->out->source = first;
    } else {
        return false;
    }
    /* The verb itself, past auxiliaries and adverbs. */
    for (word = p->to; word > p->from + 1 &&
                       t[word - 1].classes & (DTL_QW(ADVERB) | DTL_QW(AUX));)
        word--;
    s->verb_word = t[word - 1].hash;
    s->subject = s->out->source == DTL_SPEAKER_NONE ? NOUNS - 1
                                                    : s->p[s->out->source].noun;
    return true;
}

bool dtl_report_candidates(const dtl_speaker_view *view, uint32_t anchor,
                           bool words, dtl_report_choice *out)
{
    scene s = {.view = view,
               .p = view->phrases->at,
               .count = (uint32_t)view->phrases->count,
               .anchor = anchor,
               .words = words,
               .out = out};

    out->count = 0;
    if (!set_anchor(&s))
        return false;
    add_none(&s);
    add_after(&s);
    add_before(&s);
    add_subject(&s);
    return out->count > 1;
}
