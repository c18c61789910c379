/* Anchors, and the stretches that each may report. */
#include "text/quote_report_scene.h"

#include "base/str.h"

#define IS(classes, name) (((classes)&DTL_QW(name)) != 0)

enum {
    STEM = 5,  /* letters */
    REACH = 8, /* phrases behind the anchor in which a report begins */
    MOST_STARTS = 6,
    MOST_ENDS = 12,
    MOST_BEGINS = 5,
    MOST_SOURCE = 14 /* phrases of "According to X," */
};

static bool in_sentence(const dtl_report_scene *s, uint32_t at)
{
    return at >= s->begin && at < s->end;
}

static bool is_type(const dtl_report_scene *s, uint32_t at, int type)
{
    return in_sentence(s, at) && s->p[at].type == type;
}

static bool opens_clause(const dtl_quote_phrase *p)
{
    return p->type == DTL_QP_SUB ||
           (p->type == DTL_QP_RELATIVE && IS(p->classes, SUB)) ||
           (p->type == DTL_QP_VERB && p->flags & DTL_QPF_INFINITIVE);
}

/* Whether a phrase divides what is said from who says it. */
static bool divides(const dtl_quote_phrase *p)
{
    return p->type == DTL_QP_COMMA || p->type == DTL_QP_DASH;
}

/* Whether a report may end before the phrase at `at`, which begins at from. */
static bool is_boundary(const dtl_report_scene *s, uint32_t from, uint32_t at)
{
    const dtl_quote_phrase *p = &s->p[at];

    switch (p->type) {
    case DTL_QP_NOUN:
        return p[-1].type == DTL_QP_NOUN &&
               !(p[-1].flags & DTL_QPF_POSSESSOR) && p[-1].to > p[-1].from;
    case DTL_QP_VERB:
        return at > from + 1 || p[-1].type == DTL_QP_NOUN;
    case DTL_QP_OTHER:
        return false;
    default:
        return true;
    }
}

/* All ends of a report that begins at from. */
static void add_ends(dtl_report_scene *s, int kind, uint32_t from)
{
    uint8_t seen[DTL_QP_OTHER + 1] = {0};
    uint32_t at, ends = 0;

    if (!in_sentence(s, from))
        return;
    for (at = from + 1; at < s->end; at++) {
        uint8_t type = s->p[at].type, nth = seen[type] < 3 ? seen[type] : 3;

        if (!is_boundary(s, from, at))
            continue;
        seen[type]++;
        if (ends++ < MOST_ENDS)
            dtl_report_add(s, kind, from, at, (dtl_report_end){type, nth});
    }
    dtl_report_add(s, kind, from, at, (dtl_report_end){DTL_QP_STOP, 0});
}

/* "According to X, ..." */
static void add_after_source(dtl_report_scene *s)
{
    uint32_t at = s->anchor + 1;

    if (s->anchor > s->begin)
        return;
    while (in_sentence(s, at) && at < s->anchor + MOST_SOURCE &&
           s->p[at].type != DTL_QP_COMMA)
        at++;
    if (is_type(s, at, DTL_QP_COMMA))
        add_ends(s, DTL_RK_TOLD, at + 1);
}

/* How a report that begins at `at`, behind the anchor, would lie; -1: none
 * begins there. */
static int kind_of_start(const dtl_report_scene *s, uint32_t at)
{
    const dtl_quote_phrase *p = &s->p[at];
    bool first = at == s->anchor + 1;

    if (opens_clause(p))
        return DTL_RK_CLAUSE;
    switch (p->type) {
    case DTL_QP_NOUN:
        if (p[-1].flags & DTL_QPF_POSSESSOR && !first)
            return -1;
        return p[-1].type == DTL_QP_PREP ? DTL_RK_PREP
               : first                   ? DTL_RK_AFTER
                                         : DTL_RK_TOLD;
    case DTL_QP_VERB:
        return first                       ? DTL_RK_AFTER
               : p[-1].type == DTL_QP_PREP ? DTL_RK_PREP
               : p->flags & DTL_QPF_ING    ? DTL_RK_TOLD
                                           : -1;
    case DTL_QP_PREP:
        return DTL_RK_WITH;
    case DTL_QP_RELATIVE:
        return first ? DTL_RK_CLAUSE : -1;
    default:
        return -1;
    }
}

/* Reports behind the anchor. */
static void add_after(dtl_report_scene *s)
{
    uint32_t at, starts = 0;

    for (at = s->anchor + 1;
         at < s->end && at <= s->anchor + REACH && starts < MOST_STARTS; at++) {
        int kind = kind_of_start(s, at);

        if (s->p[at].type == DTL_QP_QUOTE || s->p[at].type == DTL_QP_CONJ)
            return;
        if (kind < 0)
            continue;
        add_ends(s, kind, at);
        starts++;
        if (kind == DTL_RK_CLAUSE && s->p[at].type != DTL_QP_VERB)
            return;
    }
}

/* Where clauses begin before phrase `until`: the sentence's own start first,
 * then those nearest. Returns how many. */
static uint32_t find_begins(const dtl_report_scene *s, uint32_t until,
                            uint32_t begins[MOST_BEGINS])
{
    uint32_t count = 0, at = s->begin;

    while (at < until && s->p[at].type >= DTL_QP_COMMA &&
           s->p[at].type != DTL_QP_QUOTE)
        at++;
    if (at >= until)
        return 0;
    begins[count++] = at;
    if (s->p[at].type == DTL_QP_CONJ && at + 1 < until)
        begins[count++] = ++at;
    for (uint32_t back = until; back > at + 1 && count < MOST_BEGINS; back--) {
        const dtl_quote_phrase *p = &s->p[back - 1];

        if (p->type == DTL_QP_SUB || p->type == DTL_QP_RELATIVE)
            begins[count++] = back - 1;
        else if (back < until &&
                 (divides(p) || p->type == DTL_QP_CONJ ||
                  p->type == DTL_QP_COLON || p->type == DTL_QP_OPEN) &&
                 s->p[back].type < DTL_QP_COMMA)
            begins[count++] = back;
    }
    return count;
}

/* The sentence without who says it, or with that amid it. */
static void add_before(dtl_report_scene *s)
{
    uint32_t source = s->out->source, first = s->anchor, end, i, count,
             begins[MOST_BEGINS], last = s->anchor;
    bool divided;

    if (s->class != DTL_RA_ACCORDING && source != DTL_SPEAKER_NONE &&
        source < first && !(s->anchor > s->begin && divides(&s->p[first - 1])))
        first = source;
    while (first > s->begin && s->p[first - 1].type == DTL_QP_OTHER)
        first--;
    if (first <= s->begin)
        return;
    divided = divides(&s->p[first - 1]);
    if (!divided && s->class != DTL_RA_ACCORDING && first == source)
        return;
    end = first - divided;
    if (source != DTL_SPEAKER_NONE && source > last)
        last = source;
    count = find_begins(s, end, begins);
    for (i = 0; i < count; i++)
        dtl_report_add(s, DTL_RK_BEFORE, begins[i], end,
                       (dtl_report_end){divided ? DTL_QP_COMMA : DTL_QP_VERB,
                                        (uint8_t)(i ? 1 : 0)});
    if (divided) { /* "..., a spokesman, Ann Lee, said" */
        for (end = first - 1;
             end > s->begin && first - end < 8 && !divides(&s->p[end - 1]);)
            end--;
        if (end > s->begin + 1 && divides(&s->p[end - 1]) && count)
            dtl_report_add(s, DTL_RK_BEFORE, begins[0], end - 1,
                           (dtl_report_end){DTL_QP_COMMA, 2});
    }
    for (i = 0; i < count && i < 3; i++) {
        uint32_t at;

        dtl_report_add(s, DTL_RK_AROUND, begins[i], s->end,
                       (dtl_report_end){DTL_QP_STOP, (uint8_t)(i ? 1 : 0)});
        for (at = last + 3; at < s->end && s->p[at].type != DTL_QP_COMMA;)
            at++;
        if (at < s->end)
            dtl_report_add(
                s, DTL_RK_AROUND, begins[i], at,
                (dtl_report_end){DTL_QP_COMMA, (uint8_t)(i ? 1 : 0)});
    }
}

/* What is said may begin with the subject of the verb, or before it: "X seems
 * to ...", "X was rejected", "what X calls corruption". */
static void add_subject(dtl_report_scene *s)
{
    uint32_t from = s->out->source, begins[MOST_BEGINS], i, count;

    if (s->out->verb == DTL_SPEAKER_NONE || from == DTL_SPEAKER_NONE ||
        from >= s->anchor || from < s->begin)
        return;
    if (from > s->begin && s->p[from - 1].flags & DTL_QPF_POSSESSOR)
        from--;
    dtl_report_add(s, DTL_RK_OBJECT, from, s->anchor,
                   (dtl_report_end){DTL_QP_VERB, 0});
    count = find_begins(s, from, begins);
    for (i = 0; i < count; i++)
        dtl_report_add(s, DTL_RK_OBJECT, begins[i], s->anchor,
                       (dtl_report_end){DTL_QP_VERB, 1});
    if ((s->class != DTL_RA_CUE && s->class != DTL_RA_TELL) ||
        s->form == DTL_RF_PASSIVE)
        add_ends(s, DTL_RK_SUBJECT, from);
    if (from == s->begin)
        return;
    from--;
    if (s->p[from].type == DTL_QP_NOUN && from > s->begin &&
        s->p[from - 1].flags & DTL_QPF_POSSESSOR)
        from--;
    if (s->p[from].type == DTL_QP_RELATIVE || s->p[from].type == DTL_QP_SUB ||
        s->p[from].type == DTL_QP_NOUN)
        add_ends(s, DTL_RK_RELATIVE, from);
}

static int class_of_verb(const dtl_quote_phrase *p)
{
    uint64_t k = p->classes;

    return IS(k, TELL)    ? DTL_RA_TELL
           : IS(k, CUE)   ? DTL_RA_CUE
           : IS(k, MIXED) ? DTL_RA_MIXED
           : IS(k, THINK) ? DTL_RA_THINK
                          : DTL_RA_VERB;
}

static int form_of_verb(const dtl_quote_phrase *p)
{
    return p->flags & DTL_QPF_PASSIVE      ? DTL_RF_PASSIVE
           : p->flags & DTL_QPF_INFINITIVE ? DTL_RF_INFINITIVE
           : p->flags & DTL_QPF_ING        ? DTL_RF_ING
                                           : DTL_RF_FINITE;
}

/* "..., said the mayor" */
static bool is_inverted(const dtl_report_scene *s)
{
    uint32_t at = s->anchor;

    if (s->class > DTL_RA_TELL || s->form != DTL_RF_FINITE ||
        !is_type(s, at + 1, DTL_QP_NOUN) || s->p[at + 1].noun == DTL_QN_OBJECT)
        return false;
    while (at > s->begin && s->p[at - 1].type == DTL_QP_OTHER)
        at--;
    return at > s->begin && divides(&s->p[at - 1]);
}

static bool set_verb(dtl_report_scene *s)
{
    const dtl_quote_phrase *p = &s->p[s->anchor];

    if (!(p->classes & DTL_QW_ALL & ~(DTL_QW(AUX) | DTL_QW(BE))))
        return false;
    s->class = (uint8_t)class_of_verb(p);
    s->form = (uint8_t)form_of_verb(p);
    s->out->verb = s->anchor;
    s->out->source = is_inverted(s)
                         ? s->anchor + 1
                         : dtl_speaker_subject(&s->f->view, s->anchor);
    return true;
}

static bool set_according(dtl_report_scene *s)
{
    uint32_t at = s->anchor + 1;

    while (is_type(s, at, DTL_QP_PREP))
        at++;
    s->class = DTL_RA_ACCORDING;
    s->out->source = at;
    return in_sentence(s, at);
}

/* A noun with a clause or a preposition behind it: "his call for more". */
static bool set_noun(dtl_report_scene *s)
{
    const dtl_quote_phrase *p = &s->p[s->anchor];

    if (!in_sentence(s, s->anchor + 1) || p->noun < DTL_QN_SPEECH ||
        !(opens_clause(p + 1) ||
          (p[1].type == DTL_QP_PREP && p->noun != DTL_QN_TIME)))
        return false;
    s->class = DTL_RA_NOUN;
    if (s->anchor > 0 && p[-1].flags & DTL_QPF_POSSESSOR)
        s->out->source = s->anchor - 1;
    return true;
}

/* "Poll: ..." */
static bool set_colon(dtl_report_scene *s)
{
    uint32_t first = s->anchor;

    while (first > s->begin && s->anchor - first < 4 &&
           s->p[first - 1].type == DTL_QP_NOUN)
        first--;
    if (first == s->anchor || first > s->begin)
        return false;
    s->class = DTL_RA_COLON;
    s->out->source = first;
    return true;
}

/* What kind of anchor a phrase is; false: none. */
static bool set_class(dtl_report_scene *s)
{
    const dtl_quote_phrase *p = &s->p[s->anchor];

    if (p->from >= p->to)
        return false;
    if (p->type == DTL_QP_VERB)
        return set_verb(s);
    if (p->type == DTL_QP_PREP && IS(p->classes, ACCORDING))
        return set_according(s);
    if (p->type == DTL_QP_NOUN)
        return set_noun(s);
    return p->type == DTL_QP_COLON && set_colon(s);
}

static void find_sentence(dtl_report_scene *s)
{
    s->begin = s->end = s->anchor;
    while (s->begin > 0 && s->anchor - s->begin < DTL_REPORT_WINDOW &&
           !dtl_report_ends_sentence(&s->p[s->begin - 1]))
        s->begin--;
    while (s->end < s->count && s->end - s->anchor < DTL_REPORT_WINDOW &&
           !dtl_report_ends_sentence(&s->p[s->end]))
        s->end++;
}

/* The first letters, which the forms of a verb have in common. */
static uint32_t stem_of(dtl_str word)
{
    uint32_t h = 0;
    size_t i;

    for (i = 0; i < word.len && i < STEM; i++)
        h = (h ^ (uint8_t)dtl_lower(word.ptr[i])) * UINT32_C(0x01000193);
    return h;
}

/* The words that facts are told of: the verb's, past auxiliaries and adverbs,
 * and the subject's last. */
static void set_words(dtl_report_scene *s)
{
    const dtl_quote_token *t = s->f->tokens.at;
    const dtl_quote_phrase *p = &s->p[s->anchor];
    uint32_t word = p->to, source = s->out->source;

    while (word > p->from + 1 &&
           t[word - 1].classes & (DTL_QW(ADVERB) | DTL_QW(AUX)))
        word--;
    s->verb_word = t[word - 1].hash;
    s->stem =
        stem_of(dtl_str_sub(s->f->text, t[word - 1].start, t[word - 1].end));
    s->subject = DTL_QN_THING + 1;
    s->subject_word = 0;
    if (source == DTL_SPEAKER_NONE)
        return;
    s->subject = s->p[source].noun;
    if (s->p[source].to > s->p[source].from && s->subject != DTL_QN_NAME)
        s->subject_word = t[s->p[source].to - 1].hash;
}

bool dtl_report_candidates(const dtl_quote_finder *f, uint32_t anchor,
                           bool words, bool all, dtl_report_choice *out)
{
    dtl_report_scene s;

    s.f = f;
    s.p = f->phrases.at;
    s.count = (uint32_t)f->phrases.count;
    s.anchor = anchor;
    s.words = words;
    s.form = DTL_RF_FINITE;
    s.record = all;
    s.out = out;
    out->count = 0;
    out->verb = DTL_SPEAKER_NONE;
    out->source = DTL_SPEAKER_NONE;
    if (dtl_report_ends_sentence(&s.p[anchor]))
        return false;
    find_sentence(&s);
    if (!set_class(&s))
        return false;
    set_words(&s);
    dtl_report_describe_anchor(&s);
    if (!all && out->shared_sum - out->at[0].sum < dtl_report_least_shared)
        return false;
    dtl_report_count(&s);
    if (s.class == DTL_RA_ACCORDING)
        add_after_source(&s);
    else
        add_after(&s);
    if (s.class != DTL_RA_NOUN && s.class != DTL_RA_COLON)
        add_before(&s);
    add_subject(&s);
    return out->count > 1;
}
