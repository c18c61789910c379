/* Candidates for the speaker of a quotation, and their features. */
#include "text/speaker.h"

#include "base/eight.h"
#include "base/str.h"

#define IS(classes, name) (((classes)&DTL_QW(name)) != 0)

enum {
    /* How many phrases are looked at on either side. Sources farther away
     * than this are rare, and a limit keeps the search linear. */
    REACH_BEFORE = 70,
    REACH_AFTER = 30,
    MOST_BEFORE = 14,
    MOST_AFTER = 7,
    REACH_VERB = 14,
    REACH_ROLE = 10
};

/* A quotation lost is worse than a word held at a distance that is taken for
 * one: log odds taken off the choice that a stretch is no speech. */
#define CAUTION 0.3F

enum {
    SIDE_BEFORE, /* in the quotation's sentence */
    SIDE_AFTER,
    SIDE_EARLIER,   /* earlier sentence of the paragraph */
    SIDE_PARAGRAPH, /* paragraph before */
    SIDE_LATER,     /* later sentence */
    SIDE_CARRIED,   /* speaker of the stretch before, out of reach */
    SIDES
};

enum {
    ROLE_SUBJECT,  /* of the governing verb before the quotation */
    ROLE_SUBJECT2, /* of the verb before that one */
    ROLE_SUBJECT_AFTER,
    ROLE_INVERTED, /* behind the verb after the quotation */
    ROLE_CLAUSE,   /* of some other verb */
    ROLE_ACCORDING,
    ROLE_BY,
    ROLE_FROM,
    ROLE_TO,
    ROLE_PREP,
    ROLE_TOLD, /* object of a verb of telling */
    ROLE_OBJECT,
    ROLE_POSSESSOR,
    ROLE_LABEL, /* before a colon */
    ROLE_OTHER,
    ROLES
};

enum {
    VERB_CUE,
    VERB_TELL,
    VERB_MIXED,
    VERB_THINK,
    VERB_OTHER,
    VERB_AUX,
    VERB_NONE,
    VERBS
};

enum {
    LEFT_START,
    LEFT_STOP,
    LEFT_COMMA_CUE,
    LEFT_COMMA,
    LEFT_COLON,
    LEFT_CUE,
    LEFT_TELL,
    LEFT_MIXED,
    LEFT_THINK,
    LEFT_VERB,
    LEFT_AUX,
    LEFT_AS,
    LEFT_OF,
    LEFT_PREP,
    LEFT_THAT,
    LEFT_SUB,
    LEFT_DETERMINER,
    LEFT_NOUN,
    LEFT_SUBJECT,    /* she */
    LEFT_POSSESSIVE, /* her */
    LEFT_CONJ,
    LEFT_QUOTE,
    LEFT_DASH,
    LEFT_OTHER,
    LEFTS
};

enum {
    RIGHT_END,
    RIGHT_STOP,
    RIGHT_PRONOUN,
    RIGHT_NAME,
    RIGHT_NOUN,
    RIGHT_CUE,
    RIGHT_VERB,
    RIGHT_PREP,
    RIGHT_CONJ,
    RIGHT_COMMA,
    RIGHT_QUOTE,
    RIGHT_CLAUSE,
    RIGHT_SENTENCE,
    RIGHT_DASH,
    RIGHT_OTHER,
    RIGHTS
};

enum {
    FINAL_COMMA,
    FINAL_STOP,
    FINAL_NONE,
    FINALS
};

enum {
    LENGTHS = 4,
    RANKS = 4,
    GAPS = 6,
    NOUNS = DTL_QN_THING + 1,
    CATS = SIDES * ROLES,
    RUNS = 4,
    NEAR = 5
};

/* Where each group of features begins. */
enum {
    F_VERB = 0,
    F_LEFT = F_VERB + CATS * VERBS,
    F_RIGHT = F_LEFT + CATS * LEFTS,
    F_NOUN = F_RIGHT + CATS * RIGHTS,
    F_SHAPE = F_NOUN + CATS * NOUNS,
    F_RANK = F_SHAPE + CATS * LENGTHS * FINALS,
    F_GAP = F_RANK + CATS * RANKS,
    F_RUN = F_GAP + CATS * GAPS,
    F_RUN_LEFT = F_RUN + RUNS * NEAR * SIDES,
    F_RUN_RIGHT = F_RUN_LEFT + RUNS * NEAR * LEFTS,
    F_NOUN_VERB = F_RUN_RIGHT + RUNS * NEAR * RIGHTS,
    F_NOUN_SIDE = F_NOUN_VERB + NOUNS * VERBS * FINALS,
    F_RIVAL = F_NOUN_SIDE + NOUNS * SIDES,
    F_NONE = F_RIVAL + CATS * 4,
    F_NONE_LEFT = F_NONE + 1,
    F_NONE_RIGHT = F_NONE_LEFT + LEFTS * FINALS,
    F_NONE_SHAPE = F_NONE_RIGHT + RIGHTS * FINALS,
    F_NONE_LEFT_LEN = F_NONE_SHAPE + LENGTHS * FINALS * 2,
    F_NONE_RIGHT_LEN = F_NONE_LEFT_LEN + LEFTS * LENGTHS,
    F_NONE_TITLE = F_NONE_RIGHT_LEN + RIGHTS * LENGTHS,
    F_NONE_LEFT_TITLE = F_NONE_TITLE + 2 * 2 * LENGTHS,
    F_NONE_WORD = F_NONE_LEFT_TITLE + LEFTS * 3 * LENGTHS,
    F_NONE_SINGLE = F_NONE_WORD + 4,
    F_NONE_NEAR = F_NONE_SINGLE + 2,
    F_NONE_GOV = F_NONE_NEAR + NEAR,
    F_NONE_INSIDE = F_NONE_GOV + VERBS * VERBS,
    F_NONE_SCOPE = F_NONE_INSIDE + 2 * LENGTHS,
    F_COUNT = F_NONE_SCOPE + VERBS * LENGTHS
};

_Static_assert(F_COUNT < UINT16_MAX, "features are 16-bit numbers");

size_t dtl_speaker_feature_total(void)
{
    return F_COUNT;
}

/* What holds for all candidates of a stretch. */
typedef struct {
    const dtl_speaker_view *view;
    const dtl_quote_phrase *phrases;
    size_t count;
    uint32_t quote;        /* the stretch's phrase */
    uint32_t verb_before;  /* governing verb, or NONE */
    uint32_t subject;      /* its subject */
    uint32_t verb_before2; /* the verb before it */
    uint32_t subject2;
    uint32_t verb_after, subject_after;
    bool inverted; /* subject_after stands behind its verb */
    uint8_t left, right, final, length, near;
    uint32_t previous; /* speaker of the stretch before, or NONE */
    dtl_speaker_choice *out;
} scene;

static int verb_kind(const dtl_quote_phrase *p)
{
    /* By the bits from CUE to VERB; the first of TELL, CUE, MIXED, THINK and
     * VERB that is there counts. */
    static const uint8_t kinds[32] = {
        VERB_AUX,   VERB_CUE,  VERB_TELL,  VERB_TELL, VERB_MIXED, VERB_CUE,
        VERB_TELL,  VERB_TELL, VERB_THINK, VERB_CUE,  VERB_TELL,  VERB_TELL,
        VERB_MIXED, VERB_CUE,  VERB_TELL,  VERB_TELL, VERB_OTHER, VERB_CUE,
        VERB_TELL,  VERB_TELL, VERB_MIXED, VERB_CUE,  VERB_TELL,  VERB_TELL,
        VERB_THINK, VERB_CUE,  VERB_TELL,  VERB_TELL, VERB_MIXED, VERB_CUE,
        VERB_TELL,  VERB_TELL};

    return kinds[p->classes >> DTL_QW_CUE & 31];
}

_Static_assert(DTL_QW_TELL == DTL_QW_CUE + 1 &&
                   DTL_QW_MIXED == DTL_QW_CUE + 2 &&
                   DTL_QW_THINK == DTL_QW_CUE + 3 &&
                   DTL_QW_VERB == DTL_QW_CUE + 4,
               "verb_kind knows the order of these classes");

static bool ends_reach(const dtl_quote_phrase *p)
{
    return p->type == DTL_QP_STOP || p->type == DTL_QP_BREAK;
}

/* ---- The map --------------------------------------------------------------
 */

/* Of a map's bits the 64 before phrase at, the nearest highest. */
static inline uint64_t bits_before(const uint64_t *bits, uint32_t at)
{
    return bits[at / 64] >> at % 64 | bits[at / 64 + 1] << 1 << (63 - at % 64);
}

/* The 64 from phrase at on, the nearest lowest. */
static inline uint64_t bits_from(const uint64_t *bits, uint32_t at)
{
    return bits_before(bits + 1, at);
}

static bool can_speak(const dtl_quote_phrase *p)
{
    if (p->flags & DTL_QPF_BRACKETED)
        return false;
    return p->type == DTL_QP_RELATIVE ||
           (p->type == DTL_QP_NOUN && p->noun != DTL_QN_TIME);
}

enum {
    IN_SOURCES = 1,
    IN_BREAKS = 2,
    IN_VERBS = 4,
    IN_FINITE = 8,
    IN_ENDS = 16
};

/* What a phrase is in the map. */
static inline uint8_t place_in_map(const dtl_quote_phrase *p)
{
    static const uint8_t places[DTL_QP_OTHER + 1] = {
        [DTL_QP_NOUN] = IN_SOURCES,           [DTL_QP_RELATIVE] = IN_SOURCES,
        [DTL_QP_VERB] = IN_VERBS | IN_FINITE, [DTL_QP_STOP] = IN_ENDS,
        [DTL_QP_BREAK] = IN_BREAKS | IN_ENDS, [DTL_QP_QUOTE] = IN_ENDS};
    unsigned bracketed = p->flags / DTL_QPF_BRACKETED & 1;
    unsigned infinitive = p->flags / DTL_QPF_INFINITIVE & 1;

    return (uint8_t)(places[p->type] &
                     ~((bracketed | (p->noun == DTL_QN_TIME)) * IN_SOURCES |
                       infinitive * IN_FINITE));
}

/* Sets the bits of phrases whose place has a bit: of eight bytes one bit
 * each. */
static inline uint64_t bits_with(const uint8_t places[64], unsigned place)
{
    uint64_t bits = 0;

    for (int i = 0; i < 64; i += 8) {
        uint64_t eight =
            dtl_eight(places + i, 8) / place & UINT64_C(0x0101010101010101);
        bits |= eight * UINT64_C(0x0102040810204080) >> 56 << i;
    }
    return bits;
}

dtl_status dtl_speaker_map_make(dtl_speaker_map *map,
                                const dtl_quote_phrases *phrases)
{
    size_t words = phrases->count / 64 + 3, i, j;
    dtl_status st = dtl_grow((void **)&map->memory, &map->cap, 5 * words,
                             sizeof *map->memory);

    if (st != DTL_OK)
        return st;
    map->sources = map->memory;
    map->breaks = map->memory + words;
    map->verbs = map->memory + 2 * words;
    map->finite = map->memory + 3 * words;
    map->ends = map->memory + 4 * words;
    memset(map->memory, 0, 5 * words * sizeof *map->memory);
    for (i = 0; i < phrases->count; i += 64) {
        size_t count = phrases->count - i < 64 ? phrases->count - i : 64;
        uint8_t places[64] = {0};

        for (j = 0; j < count; j++)
            places[j] = place_in_map(&phrases->at[i + j]);
        map->sources[i / 64 + 1] = bits_with(places, IN_SOURCES);
        map->breaks[i / 64 + 1] = bits_with(places, IN_BREAKS);
        map->verbs[i / 64 + 1] = bits_with(places, IN_VERBS);
        map->finite[i / 64 + 1] = bits_with(places, IN_FINITE);
        map->ends[i / 64 + 1] = bits_with(places, IN_ENDS);
    }
    return DTL_OK;
}

void dtl_speaker_map_clear(dtl_speaker_map *map)
{
    dtl_free(map->memory);
    *map = (dtl_speaker_map){0};
}

/* ---- Verbs and their subjects -------------------------------------------- */

/* The verb to the left of phrase at in the same sentence; NONE. What is in one
 * sentence has no stop or break between. */
static uint32_t verb_left_of(const scene *s, uint32_t at)
{
    uint64_t verbs = bits_before(s->view->map->verbs, at);
    uint32_t steps = verbs ? (uint32_t)__builtin_clzll(verbs) + 1 : 64;

    return steps <= REACH_VERB &&
                   s->phrases[at - steps].sentence == s->phrases[at].sentence
               ? at - steps
               : DTL_SPEAKER_NONE;
}

/* The noun phrase left of verb v, past what may stand between a subject and
 * its verb; NONE where there is none. */
static uint32_t noun_left_of(const scene *s, uint32_t v)
{
    const dtl_quote_phrase *p = s->phrases;
    uint32_t at = v, steps = 0, sentence = p[v].sentence;

    while (at-- > 0 && steps++ < REACH_VERB) {
        if (ends_reach(&p[at]) || p[at].sentence != sentence)
            break;
        switch (p[at].type) {
        case DTL_QP_RELATIVE:
            return at;
        case DTL_QP_NOUN:
            if (p[at].noun == DTL_QN_TIME)
                continue;
            if (at > 0 && p[at - 1].type == DTL_QP_PREP &&
                p[at - 1].sentence == sentence) {
                at--;
                continue;
            }
            return at;
        case DTL_QP_COMMA:
        case DTL_QP_DASH: {
            /* An insertion: what stands before its other comma. */
            uint32_t back = at, n = 0;

            while (back > 0 && n++ < 10 && !ends_reach(&p[back - 1]) &&
                   p[back - 1].type != p[at].type)
                back--;
            if (back == 0 || p[back - 1].type != p[at].type)
                return DTL_SPEAKER_NONE;
            at = back - 1;
            continue;
        }
        case DTL_QP_CLOSE:
            while (at > 0 && p[at].type != DTL_QP_OPEN && !ends_reach(&p[at]))
                at--;
            continue;
        default:
            return DTL_SPEAKER_NONE;
        }
    }
    return DTL_SPEAKER_NONE;
}

/* The subject of verb v: that of an earlier verb, where v hangs on one. */
static uint32_t subject_of(const scene *s, uint32_t v)
{
    int steps;

    for (steps = 0; steps < 5 && v != DTL_SPEAKER_NONE; steps++) {
        const dtl_quote_phrase *p = &s->phrases[v];
        const dtl_quote_phrase *before = v > 0 ? p - 1 : NULL;
        bool hangs = p->flags & (DTL_QPF_INFINITIVE | DTL_QPF_ING);

        if (before && p->flags & DTL_QPF_ING && before->type == DTL_QP_NOUN &&
            before->noun != DTL_QN_TIME && IS(p->classes, AUX))
            hangs = false;
        if (before && before->type == DTL_QP_CONJ)
            hangs = true;
        if (!hangs) {
            uint32_t noun = noun_left_of(s, v);

            if (noun != DTL_SPEAKER_NONE)
                return noun;
        }
        v = verb_left_of(s, v);
    }
    return DTL_SPEAKER_NONE;
}

static void find_after(scene *s)
{
    const dtl_quote_phrase *p = s->phrases;
    uint32_t at = s->quote + 1, steps = 0, noun = DTL_SPEAKER_NONE;

    s->verb_after = s->subject_after = DTL_SPEAKER_NONE;
    s->inverted = false;
    for (; at < s->count && steps++ < REACH_VERB; at++) {
        if (ends_reach(&p[at]) || p[at].sentence != p[s->quote].sentence ||
            p[at].type == DTL_QP_COLON)
            return;
        if (p[at].type == DTL_QP_NOUN && noun == DTL_SPEAKER_NONE &&
            can_speak(&p[at]) &&
            !(p[at].flags & DTL_QPF_POSSESSOR && at + 1 < s->count &&
              p[at + 1].type == DTL_QP_NOUN))
            noun = at;
        if (p[at].type == DTL_QP_VERB)
            break;
    }
    if (at >= s->count || p[at].type != DTL_QP_VERB)
        return;
    s->verb_after = at;
    if (noun != DTL_SPEAKER_NONE) {
        s->subject_after = noun;
        return;
    }
    for (steps = 0, at++; at < s->count && steps++ < 3; at++) {
        if (p[at].type == DTL_QP_NOUN && can_speak(&p[at])) {
            /* "said Krol's lawyer": the lawyer. */
            if (p[at].flags & DTL_QPF_POSSESSOR && at + 1 < s->count &&
                p[at + 1].type == DTL_QP_NOUN)
                at++;
            s->subject_after = at;
            s->inverted = true;
            /* "a-t-il dit", "hat er gesagt": the verb that counts is behind. */
            if (verb_kind(&p[s->verb_after]) == VERB_AUX && at + 1 < s->count &&
                p[at + 1].type == DTL_QP_VERB)
                s->verb_after = at + 1;
            return;
        }
        if (p[at].type != DTL_QP_NOUN)
            return;
    }
}

static int left_of(const scene *s)
{
    const dtl_quote_phrase *q = &s->phrases[s->quote], *p = q - 1;

    if (s->quote == 0 || p->type == DTL_QP_BREAK)
        return LEFT_START;
    switch (p->type) {
    case DTL_QP_STOP:
        return LEFT_STOP;
    case DTL_QP_COMMA:
        return s->quote > 1 && p[-1].type == DTL_QP_VERB &&
                       verb_kind(p - 1) <= VERB_TELL
                   ? LEFT_COMMA_CUE
                   : LEFT_COMMA;
    case DTL_QP_COLON:
        return LEFT_COLON;
    case DTL_QP_VERB:
        return LEFT_CUE + (verb_kind(p) == VERB_AUX ? 5 : verb_kind(p));
    case DTL_QP_PREP:
        return IS(p->classes, SUB) ? LEFT_AS
               : p->to - p->from == 1 &&
                       s->view->tokens->at[p->from].end -
                               s->view->tokens->at[p->from].start ==
                           2
                   ? LEFT_OF
                   : LEFT_PREP;
    case DTL_QP_SUB:
        return IS(p->classes, PREP)       ? LEFT_AS
               : IS(p->classes, RELATIVE) ? LEFT_THAT
                                          : LEFT_SUB;
    case DTL_QP_RELATIVE:
        return LEFT_THAT;
    case DTL_QP_NOUN:
        if (IS(p->classes, SUBJECT))
            return LEFT_SUBJECT;
        if (p->to - p->from > 1 ||
            !(p->flags & (DTL_QPF_DETERMINED | DTL_QPF_POSSESSOR)))
            return LEFT_NOUN;
        return IS(p->classes, POSS) ? LEFT_POSSESSIVE : LEFT_DETERMINER;
    case DTL_QP_CONJ:
        return LEFT_CONJ;
    case DTL_QP_QUOTE:
        return LEFT_QUOTE;
    case DTL_QP_DASH:
        return LEFT_DASH;
    default:
        return LEFT_OTHER;
    }
}

/* Whether a comma stands right behind the closing mark. */
static bool comma_behind(const scene *s)
{
    const dtl_quote_phrase *q = &s->phrases[s->quote];
    const dtl_quote_token *t = s->view->tokens->at;

    return s->quote + 1 < s->count && q[1].type == DTL_QP_COMMA &&
           !(t[q[1].from].flags & DTL_QT_SPACE);
}

static int right_of(const scene *s)
{
    const dtl_quote_phrase *q = &s->phrases[s->quote],
                           *p = q + 1 + comma_behind(s);

    if (p >= s->phrases + s->count || p->type == DTL_QP_BREAK)
        return RIGHT_END;
    if (p->sentence != q->sentence)
        return RIGHT_SENTENCE;
    switch (p->type) {
    case DTL_QP_STOP:
        return RIGHT_STOP;
    case DTL_QP_NOUN:
        return p->noun >= DTL_QN_HE && p->noun <= DTL_QN_SECOND ? RIGHT_PRONOUN
               : p->noun == DTL_QN_NAME                         ? RIGHT_NAME
                                                                : RIGHT_NOUN;
    case DTL_QP_VERB:
        return verb_kind(p) <= VERB_TELL ? RIGHT_CUE : RIGHT_VERB;
    case DTL_QP_PREP:
        return RIGHT_PREP;
    case DTL_QP_CONJ:
        return RIGHT_CONJ;
    case DTL_QP_COMMA:
        return RIGHT_COMMA;
    case DTL_QP_QUOTE:
        return RIGHT_QUOTE;
    case DTL_QP_SUB:
    case DTL_QP_RELATIVE:
        return RIGHT_CLAUSE;
    case DTL_QP_DASH:
        return RIGHT_DASH;
    default:
        return RIGHT_OTHER;
    }
}

/* How the words end: American marks take the comma or stop in, others leave
 * it behind the mark. */
static int final_of(const scene *s, const dtl_quote_stretch *q)
{
    const dtl_quote_token *t = s->view->tokens->at;
    uint32_t at = q->close - 1;

    if (at > q->open && !(q->flags & DTL_QS_UNCLOSED))
        at--;
    if (t[at].kind == DTL_QT_COMMA || comma_behind(s))
        return FINAL_COMMA;
    if (t[at].kind == DTL_QT_STOP)
        return FINAL_STOP;
    if (q->close < s->view->tokens->count && t[q->close].kind == DTL_QT_STOP &&
        (s->left == LEFT_START || s->left == LEFT_STOP ||
         s->left == LEFT_COLON || s->left == LEFT_QUOTE))
        return FINAL_STOP;
    return FINAL_NONE;
}

static size_t words_of(const scene *s, const dtl_quote_stretch *q, size_t most)
{
    size_t words = 0;
    uint32_t i;

    for (i = q->open; i < q->close && words < most; i++)
        words += s->view->tokens->at[i].kind <= DTL_QT_NUMBER;
    return words;
}

/* How near the stretch before is: 0 same sentence, 1 same paragraph, 2 the
 * one before, 3 farther, 4 there is none. */
static int nearness(const scene *s, size_t stretch)
{
    const dtl_quote_phrase *p = s->phrases;
    uint32_t at, before;
    int breaks = 0;

    if (stretch == 0 || s->previous == DTL_SPEAKER_NONE)
        return 4;
    before = s->view->of_stretch[stretch - 1];
    if (p[before].sentence == p[s->quote].sentence)
        return 0;
    if (s->quote - before > REACH_BEFORE)
        return 3;
    for (at = before; at < s->quote; at++)
        breaks += p[at].type == DTL_QP_BREAK;
    return breaks >= 2 ? 3 : 1 + breaks;
}

static void set_scene(scene *s, size_t stretch)
{
    const dtl_quote_stretch *q = &s->view->stretches->at[stretch];
    size_t words = words_of(s, q, 12);

    s->quote = s->view->of_stretch[stretch];
    s->verb_before = verb_left_of(s, s->quote);
    s->subject = s->verb_before == DTL_SPEAKER_NONE
                     ? DTL_SPEAKER_NONE
                     : subject_of(s, s->verb_before);
    s->verb_before2 = s->verb_before == DTL_SPEAKER_NONE
                          ? DTL_SPEAKER_NONE
                          : verb_left_of(s, s->verb_before);
    s->subject2 = s->verb_before2 == DTL_SPEAKER_NONE
                      ? DTL_SPEAKER_NONE
                      : subject_of(s, s->verb_before2);
    find_after(s);
    s->left = (uint8_t)left_of(s);
    s->right = (uint8_t)right_of(s);
    s->final = (uint8_t)final_of(s, q);
    s->length = words <= 2 ? 0 : words <= 5 ? 1 : words < 12 ? 2 : 3;
    s->previous = DTL_SPEAKER_NONE;
    if (stretch > 0)
        s->previous = s->view->speakers[stretch - 1];
    s->near = (uint8_t)nearness(s, stretch);
}

/* Adds the weights of features up, and notes them where they are wanted. */
static inline void set_facts(const scene *s, dtl_speaker_candidate *c,
                             const int *features, int count)
{
    int sum = 0, i;

#pragma GCC unroll 16
    for (i = 0; i < count; i++)
        sum += dtl_speaker_weights[features[i]];
    c->sum = sum;
    c->feature_count = 0;
    for (i = 0; i < count && s->view->training; i++)
        c->features[c->feature_count++] = (uint16_t)features[i];
}

static bool same_last_word(const scene *s, const dtl_quote_phrase *a,
                           const dtl_quote_phrase *b)
{
    const dtl_quote_token *t = s->view->tokens->at;

    return a->from < a->to && b->from < b->to &&
           t[a->to - 1].hash == t[b->to - 1].hash;
}

static int prep_role(const scene *s, uint32_t prep)
{
    const dtl_quote_token *t = &s->view->tokens->at[s->phrases[prep].from];
    const char *word = s->view->text.ptr + t->start;
    size_t len = t->end - t->start;

    if (prep > 0 && s->phrases[prep - 1].type == DTL_QP_PREP &&
        IS(s->phrases[prep - 1].classes, ACCORDING))
        return ROLE_ACCORDING;
    if (IS(s->phrases[prep].classes, ACCORDING))
        return ROLE_ACCORDING;
    if (len == 2 && dtl_lower(word[0]) == 'b' && word[1] == 'y')
        return ROLE_BY;
    if (len == 4 && dtl_lower(word[0]) == 'f' &&
        memcmp(word + 1, "rom", 3) == 0)
        return ROLE_FROM;
    return IS(s->phrases[prep].classes, INFINITIVE) ? ROLE_TO : ROLE_PREP;
}

/* The same of a noun phrase that may be a subject with something between it
 * and its verb. */
static int later_role(const scene *s, uint32_t at, uint32_t *verb)
{
    uint64_t verbs = bits_from(s->view->map->finite, at + 1);
    uint64_t ends = bits_from(s->view->map->ends, at + 1);

    verbs &= (ends & -ends) - 1;
    for (verbs &= (1 << (REACH_ROLE - 1)) - 1; verbs; verbs &= verbs - 1) {
        uint32_t next = at + 1 + (uint32_t)__builtin_ctzll(verbs);

        if (subject_of(s, next) == at) {
            *verb = next;
            return ROLE_CLAUSE;
        }
    }
    return ROLE_OTHER;
}

/* What a noun phrase is to the quotation, and the verb that says so. */
static int role_of(const scene *s, uint32_t at, int side, uint32_t *verb)
{
    const dtl_quote_phrase *p = s->phrases;
    uint32_t next;

    *verb = DTL_SPEAKER_NONE;
    if (at == s->subject) {
        *verb = s->verb_before;
        return ROLE_SUBJECT;
    }
    if (at == s->subject2) {
        *verb = s->verb_before2;
        return ROLE_SUBJECT2;
    }
    if (at == s->subject_after) {
        *verb = s->verb_after;
        return s->inverted ? ROLE_INVERTED : ROLE_SUBJECT_AFTER;
    }
    if (at > 0 && p[at - 1].type == DTL_QP_PREP &&
        p[at - 1].sentence == p[at].sentence)
        return prep_role(s, at - 1);
    if (p[at].flags & DTL_QPF_POSSESSOR)
        return ROLE_POSSESSOR;
    for (next = at + 1; next < s->count && next < at + 4; next++) {
        if (p[next].type == DTL_QP_VERB &&
            !(p[next].flags & DTL_QPF_INFINITIVE)) {
            *verb = next;
            return ROLE_CLAUSE;
        }
        if (p[next].type != DTL_QP_NOUN || p[next].noun != DTL_QN_TIME)
            break;
    }
    if (side == SIDE_BEFORE && next < s->count && p[next].type == DTL_QP_COLON)
        return ROLE_LABEL;
    if (at > 0 && p[at - 1].type == DTL_QP_VERB) {
        *verb = at - 1;
        return verb_kind(&p[at - 1]) == VERB_TELL ? ROLE_TOLD : ROLE_OBJECT;
    }
    return later_role(s, at, verb);
}

/* Distance of a verb, or of the phrase itself, from the quotation. */
static int gap_of(const scene *s, uint32_t at)
{
    static const uint8_t gaps[] = {0, 0, 1, 2, 2, 3, 3, 3, 3,
                                   4, 4, 4, 4, 4, 4, 4, 4, 5};
    uint32_t distance = at < s->quote ? s->quote - at : at - s->quote;

    return gaps[distance < 17 ? distance : 17];
}

static int rival_of(const scene *s, uint32_t at)
{
    /* Whether a speaking verb governs the quotation elsewhere. */
    bool before = s->verb_before != DTL_SPEAKER_NONE &&
                  s->subject != DTL_SPEAKER_NONE && at != s->subject &&
                  verb_kind(&s->phrases[s->verb_before]) <= VERB_MIXED;
    bool after = s->verb_after != DTL_SPEAKER_NONE &&
                 s->subject_after != DTL_SPEAKER_NONE &&
                 at != s->subject_after &&
                 verb_kind(&s->phrases[s->verb_after]) <= VERB_TELL;

    return before + 2 * after;
}

static void add_candidate(scene *s, uint32_t at, int side, int rank)
{
    const dtl_quote_phrase *p = &s->phrases[at];
    dtl_speaker_candidate *c;
    int role, cat, verb, run = 0, near, noun = p->noun;
    uint32_t v;

    if (s->out->count == DTL_SPEAKER_CANDIDATES)
        return;
    c = &s->out->at[s->out->count++];
    role = role_of(s, at, side, &v);
    c->phrase = at;
    c->verb = v;
    cat = side * ROLES + role;
    verb = v == DTL_SPEAKER_NONE ? VERB_NONE : verb_kind(&s->phrases[v]);
    if (s->previous != DTL_SPEAKER_NONE) {
        run = at == s->previous                                ? 1
              : same_last_word(s, p, &s->phrases[s->previous]) ? 2
                                                               : 3;
    }
    near = run * NEAR + s->near;
    if (rank >= RANKS)
        rank = RANKS - 1;
    {
        const int features[] = {
            F_VERB + cat * VERBS + verb,
            F_LEFT + cat * LEFTS + s->left,
            F_RIGHT + cat * RIGHTS + s->right,
            F_NOUN + cat * NOUNS + noun,
            F_SHAPE + (cat * LENGTHS + s->length) * FINALS + s->final,
            F_RANK + cat * RANKS + rank,
            F_GAP + cat * GAPS + gap_of(s, v == DTL_SPEAKER_NONE ? at : v),
            F_RUN + near * SIDES + side,
            F_RUN_LEFT + near * LEFTS + s->left,
            F_RUN_RIGHT + near * RIGHTS + s->right,
            F_NOUN_VERB + (noun * VERBS + verb) * FINALS + s->final,
            F_NOUN_SIDE + noun * SIDES + side,
            F_RIVAL + cat * 4 + rival_of(s, at),
        };

        set_facts(s, c, features, sizeof features / sizeof *features);
    }
}

/* Whether the words of a stretch are capitalised as those of a title. */
static bool like_a_title(const scene *s, const dtl_quote_stretch *q)
{
    const dtl_quote_token *t = s->view->tokens->at;
    size_t words = 0, capitals = 0;
    uint32_t i;

    for (i = q->open + 1; i < q->close && i < q->open + 16; i++) {
        size_t counts =
            (t[i].kind == DTL_QT_WORD) & (t[i].end - t[i].start > 3);

        words += counts;
        capitals += counts & (t[i].flags / DTL_QT_CAPITAL);
    }
    return words > 0 && capitals == words;
}

/* Whether there is a verb or a pronoun inside: someone says something. */
static bool has_clause(const scene *s, const dtl_quote_stretch *q)
{
    const dtl_quote_token *t = s->view->tokens->at;
    uint32_t i;

    uint64_t classes = 0; /* those of other tokens are 0 */

    for (i = q->open + 1; i < q->close && i < q->open + 16; i++)
        classes |= t[i].classes;
    return classes & (DTL_QW(AUX) | DTL_QW(SUBJECT) | DTL_QW(OBJECT));
}

static bool starts_capital(const scene *s, const dtl_quote_stretch *q)
{
    return q->open + 1 < q->close &&
           s->view->tokens->at[q->open + 1].flags & DTL_QT_CAPITAL;
}

/* The verb most like one of speech before the stretch in its sentence: what
 * stands in someone's report is rarely a word held at a distance. */
static int scope_of(const scene *s)
{
    const dtl_quote_phrase *p = s->phrases;
    uint32_t at = s->quote, steps = 0;
    int best = VERB_NONE;

    while (at-- > 0 && steps++ < REACH_BEFORE &&
           p[at].sentence == p[s->quote].sentence && !ends_reach(&p[at])) {
        if (p[at].type == DTL_QP_VERB && verb_kind(&p[at]) < best)
            best = verb_kind(&p[at]);
        if (IS(p[at].classes, ACCORDING))
            best = VERB_CUE;
    }
    return best;
}

/* The choice that the stretch is no speech. */
static void add_none(scene *s, size_t stretch)
{
    const dtl_quote_stretch *q = &s->view->stretches->at[stretch];
    const dtl_quote_phrase *p = s->phrases;
    dtl_speaker_candidate *c = &s->out->at[s->out->count++];
    bool title = like_a_title(s, q), paper = false, so_called = false;
    bool medium = s->quote > 0 && IS(p[s->quote - 1].classes, MEDIUM);
    int before, after;
    uint32_t i;

    *c = (dtl_speaker_candidate){.phrase = DTL_SPEAKER_NONE,
                                 .verb = DTL_SPEAKER_NONE};
    for (i = s->quote; i > 0 && i + 2 > s->quote; i--) {
        paper = paper || IS(p[i - 1].classes, PAPER);
        so_called = so_called || IS(p[i - 1].classes, SOCALLED);
    }
    before = s->verb_before == DTL_SPEAKER_NONE ? VERB_NONE
                                                : verb_kind(&p[s->verb_before]);
    after = s->verb_after == DTL_SPEAKER_NONE ? VERB_NONE
                                              : verb_kind(&p[s->verb_after]);
    {
        const int features[] = {
            F_NONE,
            F_NONE_LEFT + s->left * FINALS + s->final,
            F_NONE_RIGHT + s->right * FINALS + s->final,
            F_NONE_SHAPE + (s->length * FINALS + s->final) * 2 +
                starts_capital(s, q),
            F_NONE_LEFT_LEN + s->left * LENGTHS + s->length,
            F_NONE_RIGHT_LEN + s->right * LENGTHS + s->length,
            F_NONE_TITLE + (title * 2 + paper) * LENGTHS + s->length,
            F_NONE_LEFT_TITLE +
                (s->left * 3 + (title ? 1 + medium : 0)) * LENGTHS + s->length,
            F_NONE_WORD + paper + 2 * so_called,
            F_NONE_SINGLE + (q->flags & DTL_QS_SINGLE && !s->view->british),
            F_NONE_NEAR + s->near,
            F_NONE_GOV + before * VERBS + after,
            F_NONE_SCOPE + scope_of(s) * LENGTHS + s->length,
            F_NONE_INSIDE + has_clause(s, q) * LENGTHS + s->length,
        };

        set_facts(s, c, features, sizeof features / sizeof *features);
    }
}

/* The nearest phrase before at that has its bit set, of the 128 before it;
 * NONE. */
static uint32_t last_before(const uint64_t *bits, uint32_t at)
{
    uint64_t near = bits_before(bits, at);

    if (!near && at > 64) {
        at -= 64;
        near = bits_before(bits, at);
    }
    return near ? at - 1 - (uint32_t)__builtin_clzll(near) : DTL_SPEAKER_NONE;
}

static void add_before(scene *s)
{
    const dtl_quote_phrase *p = s->phrases, *q = &p[s->quote];
    const dtl_speaker_map *map = s->view->map;
    uint32_t first = s->quote > REACH_BEFORE ? s->quote - REACH_BEFORE : 0;
    uint32_t line = last_before(map->breaks, s->quote), at = s->quote;
    uint32_t before =
        line == DTL_SPEAKER_NONE ? line : last_before(map->breaks, line);
    int found = 0;

    if (before != DTL_SPEAKER_NONE && before >= first)
        first = before + 1;
    while (found < MOST_BEFORE) {
        uint32_t next = last_before(map->sources, at);

        if (next == DTL_SPEAKER_NONE || next < first)
            break;
        at = next;
        add_candidate(s, at,
                      p[at].sentence == q->sentence           ? SIDE_BEFORE
                      : line != DTL_SPEAKER_NONE && at < line ? SIDE_PARAGRAPH
                                                              : SIDE_EARLIER,
                      found++);
    }
    if (found < MOST_BEFORE)
        at = first;
    if (s->previous != DTL_SPEAKER_NONE && s->previous < at)
        add_candidate(s, s->previous, SIDE_CARRIED, 0);
}

static void add_after(scene *s)
{
    const dtl_quote_phrase *p = s->phrases, *q = &p[s->quote];
    uint64_t sources = bits_from(s->view->map->sources, s->quote + 1);
    uint64_t breaks = bits_from(s->view->map->breaks, s->quote + 1);
    int found = 0;

    sources &= ((breaks & -breaks) - 1) & ((UINT64_C(1) << REACH_AFTER) - 1);
    for (; sources && found < MOST_AFTER; sources &= sources - 1) {
        uint32_t at = s->quote + 1 + (uint32_t)__builtin_ctzll(sources);

        if (p[at].sentence > q->sentence + 1)
            break;
        add_candidate(s, at,
                      p[at].sentence == q->sentence ? SIDE_AFTER : SIDE_LATER,
                      found++);
    }
}

static void score(dtl_speaker_choice *choice)
{
    size_t i;

    for (i = 0; i < choice->count; i++)
        choice->at[i].score =
            (float)choice->at[i].sum * dtl_speaker_weight_unit;
    choice->at[0].score -= CAUTION;
}

void dtl_speaker_candidates(const dtl_speaker_view *view, size_t stretch,
                            dtl_speaker_choice *out)
{
    scene s = {.view = view,
               .phrases = view->phrases->at,
               .count = view->phrases->count,
               .out = out};

    out->count = 0;
    set_scene(&s, stretch);
    add_none(&s, stretch);
    add_before(&s);
    add_after(&s);
    score(out);
}

uint32_t dtl_speaker_subject(const dtl_speaker_view *view, uint32_t verb)
{
    scene s = {.view = view,
               .phrases = view->phrases->at,
               .count = view->phrases->count};

    return subject_of(&s, verb);
}
