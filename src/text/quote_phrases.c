/* Cuts tokens into phrases, by the classes of words and a few rules of order.
 *
 * A noun phrase grows from a determiner, a noun or a capitalised word to the
 * next word that is neither; "'s" ends one too, and marks it as a possessor.
 * A word that may be noun or verb ("claims", "report") is a noun behind a
 * determiner, preposition or possessor, and a verb elsewhere. Auxiliaries and
 * adverbs melt into the verb they belong to. Words that no table knows are
 * nouns, unless the language gives verbs an ending they have. */
#include "text/quote_phrases.h"

#include "base/str.h"

#define IS(classes, name) (((classes)&DTL_QW(name)) != 0)

#define ANY_VERB                                                               \
    (DTL_QW(CUE) | DTL_QW(MIXED) | DTL_QW(THINK) | DTL_QW(VERB) | DTL_QW(TELL))
#define ANY_NOUN                                                               \
    (DTL_QW(PERSON) | DTL_QW(ORG) | DTL_QW(SPEECHNOUN) | DTL_QW(SAYNOUN) |     \
     DTL_QW(MEDIUM) | DTL_QW(TITLE) | DTL_QW(ORGWORD))

enum {
    SENTENCE = 110 /* bytes, about, of one that was not read */
};

typedef struct {
    dtl_str text;
    const dtl_quote_token *tokens;
    size_t count;
    dtl_quote_phrases *out;
    uint32_t sentence;
    dtl_quote_phrase *open; /* noun phrase that may grow; NULL: none */
    dtl_quote_phrase *verb; /* verb phrase likewise */
    bool bracketed;
    const dtl_quote_language *language;
} cutter;

/* A possessive pronoun's empty rest ("her.") goes. */
static inline void drop_empty(cutter *c)
{
    dtl_quote_phrase *p;

    if (!c->out->count)
        return;
    p = &c->out->at[c->out->count - 1];
    if (p->type == DTL_QP_NOUN && p->from == p->to) {
        c->out->count--;
        if (c->out->count)
            c->out->at[c->out->count - 1].flags &= (uint8_t)~DTL_QPF_POSSESSOR;
        if (c->out->count && IS(c->out->at[c->out->count - 1].classes, FEM))
            c->out->at[c->out->count - 1].noun = DTL_QN_OBJECT;
    }
}

static inline dtl_quote_phrase *emit(cutter *c, int type, size_t from,
                                     size_t to)
{
    dtl_quote_phrase *p;

    drop_empty(c);
    p = &c->out->at[c->out->count++];
    *p = (dtl_quote_phrase){.type = (uint8_t)type,
                            .from = (uint32_t)from,
                            .to = (uint32_t)to,
                            .name = (uint32_t)to,
                            .flags = c->bracketed ? DTL_QPF_BRACKETED : 0,
                            .sentence = c->sentence};
    c->open = NULL;
    c->verb = NULL;
    return p;
}

static const dtl_quote_phrase *last(const cutter *c)
{
    return c->out->count ? &c->out->at[c->out->count - 1] : NULL;
}

static bool last_is(const cutter *c, int type)
{
    return c->out->count && c->out->at[c->out->count - 1].type == type;
}

/* A capital that is not just the sentence's first word. */
static bool is_name_word(const dtl_quote_token *t)
{
    const uint64_t closed = DTL_QW(UNNAME) | DTL_QW(DET) | DTL_QW(POSS) |
                            DTL_QW(SUBJECT) | DTL_QW(OBJECT) | DTL_QW(PREP) |
                            DTL_QW(CONJ) | DTL_QW(SUB) | DTL_QW(AUX) |
                            DTL_QW(ADVERB) | DTL_QW(RELATIVE);

    if (t->kind != DTL_QT_WORD || !(t->flags & DTL_QT_CAPITAL))
        return false;
    if (t->flags & DTL_QT_FIRST)
        return !(t->classes &
                 (closed | DTL_QW(PERSON) | ANY_VERB | DTL_QW(PLURAL)));
    return !(t->classes & closed) || t->flags & DTL_QT_ALL_CAPS ||
           IS(t->classes, TITLE);
}

static dtl_quote_noun noun_of(const dtl_quote_token *head, bool name)
{
    uint64_t k = head->classes;

    if (IS(k, TIME))
        return DTL_QN_TIME;
    if (name)
        return DTL_QN_NAME;
    if (IS(k, PERSON))
        return DTL_QN_PERSON;
    if (IS(k, ORG))
        return DTL_QN_ORG;
    if (k & (DTL_QW(SPEECHNOUN) | DTL_QW(SAYNOUN) | DTL_QW(MEDIUM)))
        return DTL_QN_SPEECH;
    return DTL_QN_THING;
}

static bool is_given_name(const cutter *c, size_t i)
{
    const dtl_quote_token *t = &c->tokens[i];

    return dtl_given_name_classes(dtl_str_sub(c->text, t->start, t->end)) != 0;
}

/* Whether a capitalised word is just a noun, where all nouns have capitals:
 * "der Umsatz", but not "die Ministerin Eva Roth". */
static bool is_plain_noun(const cutter *c, size_t i)
{
    const dtl_quote_phrase *p = c->open;

    if (!c->language->capital_nouns ||
        (p && p->name < p->to && is_given_name(c, p->to - 1)))
        return false;
    if (c->tokens[i].classes & (DTL_QW(PERSON) | DTL_QW(ORG) |
                                DTL_QW(SPEECHNOUN) | DTL_QW(SAYNOUN)) &&
        !IS(c->tokens[i].classes, TITLE))
        return true;
    if (!p || !(p->flags & DTL_QPF_DETERMINED) || p->name != p->to ||
        (c->tokens[p->to - 1].classes & (DTL_QW(PERSON) | DTL_QW(TITLE)) &&
         p->to > p->from))
        return false;
    /* "die Geologin Marlene Kranz", whatever a Geologin is */
    return i + 1 >= c->count || !is_name_word(&c->tokens[i + 1]) ||
           !is_given_name(c, i);
}

/* Whether the particle at i is within a name: "Ursula von der Leyen". Where all
 * nouns have capitals, one that is a preposition too is it behind a given name
 * alone: "die Sicht von Roth". */
static bool joins_names(const cutter *c, size_t i)
{
    if (!c->open || c->open->name >= c->open->to || i + 1 >= c->count ||
        !(is_name_word(&c->tokens[i + 1]) ||
          IS(c->tokens[i + 1].classes, PARTICLE)))
        return false;
    if (!c->language->capital_nouns ||
        !(c->tokens[i].classes & (DTL_QW(PREP) | DTL_QW(DET))))
        return is_name_word(&c->tokens[i + 1]);
    return IS(c->tokens[c->open->to - 1].classes, PARTICLE) ||
           is_given_name(c, c->open->to - 1);
}

/* Takes token i into the noun phrase that is open, or opens one. */
static void take_noun(cutter *c, size_t i)
{
    const dtl_quote_token *t = &c->tokens[i];
    bool name = is_name_word(t) && !is_plain_noun(c, i);
    dtl_quote_phrase *p = c->open;

    if (!p) {
        p = emit(c, DTL_QP_NOUN, i, i);
        c->open = p;
    }
    if (name && p->name == p->to) {
        p->name = (uint32_t)i;
    } else if (!name && !(IS(t->classes, SUFFIX))) {
        p->name = (uint32_t)i + 1;
    }
    p->to = (uint32_t)i + 1;
    p->classes = t->classes;
    p->noun = (uint8_t)noun_of(t, p->name < p->to);
    if (t->flags & DTL_QT_POSSESSIVE) {
        p->flags |= DTL_QPF_POSSESSOR;
        c->open = NULL;
    }
}

static void take_pronoun(cutter *c, size_t i)
{
    const dtl_quote_token *t = &c->tokens[i];
    uint64_t k = t->classes;
    dtl_quote_phrase *p = emit(c, DTL_QP_NOUN, i, i + 1);

    p->classes = k;
    p->noun = IS(k, OBJECT) && !IS(k, SUBJECT) ? DTL_QN_OBJECT
              : IS(k, FIRST)                   ? DTL_QN_FIRST
              : IS(k, SECOND)                  ? DTL_QN_SECOND
              : IS(k, PLURAL)                  ? DTL_QN_THEY
              : IS(k, NEUTER)                  ? DTL_QN_IT
                                               : DTL_QN_HE;
}

/* Takes token i into a verb phrase. */
static void take_verb(cutter *c, size_t i, uint64_t classes)
{
    const dtl_quote_phrase *before = last(c);
    dtl_quote_phrase *p = c->verb;
    bool infinitive = before && !p && before->type == DTL_QP_PREP &&
                      before->to == i && before->classes & DTL_QW(INFINITIVE);

    /* "say there is": another verb's clause. */
    if (p && IS(classes, AUX) && p->classes & ANY_VERB)
        p = NULL;
    if (p && IS(p->classes, BE) && IS(classes, PAST))
        p->flags |= DTL_QPF_PASSIVE;
    if (!p) {
        if (infinitive)
            c->out->count--;
        p = emit(c, DTL_QP_VERB, i, i);
        if (infinitive)
            p->flags |= DTL_QPF_INFINITIVE;
        if (IS(classes, ING))
            p->flags |= DTL_QPF_ING;
    }
    c->open = NULL;
    c->verb = p;
    p->to = (uint32_t)i + 1;
    p->classes = classes;
}

/* Whether a word that may be noun or verb stands where nouns do. */
static bool in_noun_place(const cutter *c, size_t i)
{
    const dtl_quote_phrase *p = last(c);

    if (!p || p->to != i)
        return false;
    if (c->open) {
        uint32_t words = c->open->to - c->open->from;
        uint64_t before = words ? c->tokens[c->open->to - 1].classes : 0;

        if (!(c->open->flags & DTL_QPF_DETERMINED))
            return false;
        /* "the claims" and "her claims", not "her aides claim". */
        if (words == 0 ||
            (words == 1 && c->tokens[c->open->from].classes & DTL_QW(DET)))
            return true;
        /* "the new report", not "the president claims". */
        return ((!before && c->open->name == c->open->to) ||
                IS(before, MEDIUM)) &&
               c->tokens[i].classes & (DTL_QW(SPEECHNOUN) | DTL_QW(SAYNOUN));
    }
    if (p->type == DTL_QP_PREP)
        return !(p->classes & DTL_QW(INFINITIVE));
    return p->type == DTL_QP_NOUN && p->flags & DTL_QPF_POSSESSOR;
}

static bool ends_in(const dtl_quote_token *t, dtl_str text, const char *suffix,
                    size_t len)
{
    return t->end - t->start > len + 2 &&
           memcmp(text.ptr + t->end - len, suffix, len) == 0;
}

/* The classes that make token i, which no table knows, a verb; 0 when it is
 * none. */
static uint64_t unknown_verb(const cutter *c, size_t i)
{
    const dtl_quote_token *t = &c->tokens[i];
    /* "Elena Vidal habló": names end before it */
    bool behind_name =
        c->open && c->open->name < c->open->to && !c->language->names_modify;
    bool past = ends_in(t, c->text, "ed", 2),
         ing = ends_in(t, c->text, "ing", 3);

    if (!(behind_name || past || ing) ||
        t->flags & (DTL_QT_CAPITAL | DTL_QT_POSSESSIVE) || in_noun_place(c, i))
        return 0;
    if (behind_name)
        return DTL_QW(VERB);
    if (past)
        return DTL_QW(VERB) | DTL_QW(PAST);
    return c->open ? 0 : DTL_QW(VERB) | DTL_QW(ING);
}

/* The same for one that is in the table. */
static uint64_t known_verb(const cutter *c, size_t i)
{
    const dtl_quote_token *t = &c->tokens[i];
    uint64_t k = t->classes;

    if (!(k & ANY_VERB) || t->flags & DTL_QT_POSSESSIVE ||
        (t->flags & DTL_QT_CAPITAL && !(t->flags & DTL_QT_FIRST)))
        return 0;
    if (in_noun_place(c, i)) /* "by saying" is a verb's, "the saying" not */
        return IS(k, ING) && !c->open && last_is(c, DTL_QP_PREP) ? k : 0;
    return IS(k, CUE) || !(k & (DTL_QW(PERSON) | DTL_QW(ORG))) || c->open ||
                   c->verb
               ? k
               : 0;
}

/* "he's", "Trump's saying": a verb hangs on. */
static void split_contraction(cutter *c, size_t i)
{
    const dtl_quote_token *next =
        i + 1 < c->count ? &c->tokens[i + 1] : &c->tokens[i];
    dtl_quote_phrase *p = &c->out->at[c->out->count - 1];
    uint64_t k = next->classes;

    if (p->noun == DTL_QN_NAME &&
        (next->kind != DTL_QT_WORD || next->flags & DTL_QT_CAPITAL ||
         !(IS(k, ING) || IS(k, DET) || IS(k, PREP) || IS(k, ADVERB) ||
           IS(k, AUX))))
        return;
    if (p->noun != DTL_QN_NAME && p->to - p->from != 1)
        return;
    if (p->noun == DTL_QN_NAME || IS(p->classes, SUBJECT)) {
        p->flags &= (uint8_t)~DTL_QPF_POSSESSOR;
        c->verb = emit(c, DTL_QP_VERB, i + 1, i + 1);
        c->verb->classes = DTL_QW(AUX) | DTL_QW(BE);
    }
}

static void take_unknown(cutter *c, size_t i)
{
    const dtl_quote_token *t = &c->tokens[i];
    uint64_t verb = unknown_verb(c, i);

    if (verb)
        take_verb(c, i, verb);
    else if (c->open || !ends_in(t, c->text, "ly", 2))
        take_noun(c, i);
}

/* A determiner, or a possessive pronoun: what follows grows from it. */
static void take_determiner(cutter *c, size_t i)
{
    uint64_t k = c->tokens[i].classes;
    dtl_quote_phrase *p = emit(c, DTL_QP_NOUN, i, i + 1);

    p->classes = k;
    p->noun = IS(k, POSS) ? DTL_QN_HE : DTL_QN_THING;
    if (IS(k, POSS))
        p->flags |= DTL_QPF_POSSESSOR;
    p->flags |= DTL_QPF_DETERMINED;
    if (IS(k, POSS)) {
        /* The possessor is a phrase of its own; what it has follows. */
        p = emit(c, DTL_QP_NOUN, i + 1, i + 1);
        p->flags |= DTL_QPF_DETERMINED;
        p->noun = DTL_QN_THING;
    }
    c->open = p;
}

/* "who said" and "the man that said", not "said that". */
static void take_relative(cutter *c, size_t i)
{
    dtl_quote_phrase *p = emit(c, DTL_QP_RELATIVE, i, i + 1);

    p->classes = c->tokens[i].classes;
    p->noun = DTL_QN_WHO;
}

static void take_adverb(cutter *c, size_t i)
{
    if (c->verb)
        c->verb->to = (uint32_t)i + 1;
    if (!c->open || !(c->open->flags & DTL_QPF_DETERMINED))
        c->open = NULL;
}

static void take_verb_or_noun(cutter *c, size_t i)
{
    uint64_t verb = known_verb(c, i);

    if (verb)
        take_verb(c, i, verb);
    else
        take_noun(c, i);
}

/* Takes a word whose classes alone do not say what it does. */
static void take_in_context(cutter *c, size_t i, bool proper)
{
    uint64_t k = c->tokens[i].classes;

    if (IS(k, PARTICLE) && joins_names(c, i)) {
        uint32_t name = c->open->name;

        take_noun(c, i);
        if (c->open)
            c->open->name = name;
    } else if (k & (DTL_QW(SUBJECT) | DTL_QW(OBJECT))) {
        take_pronoun(c, i);
    } else if (IS(k, RELATIVE) &&
               (!IS(k, SUB) || last_is(c, DTL_QP_COMMA) || c->open)) {
        take_relative(c, i);
    } else if (k & (DTL_QW(POSS) | DTL_QW(DET))) {
        take_determiner(c, i);
    } else if (IS(k, SUB) && !(IS(k, PREP) && in_noun_place(c, i))) {
        emit(c, DTL_QP_SUB, i, i + 1)->classes = k;
    } else if (IS(k, PREP)) {
        emit(c, DTL_QP_PREP, i, i + 1)->classes = k;
    } else if (IS(k, CONJ)) {
        emit(c, DTL_QP_CONJ, i, i + 1)->classes = k;
    } else if (IS(k, AUX) && !proper) { /* nor is "in May" one */
        take_verb(c, i, k);
    } else if (IS(k, ADVERB)) {
        take_adverb(c, i);
    } else if (IS(k, ACCORDING)) {
        emit(c, DTL_QP_PREP, i, i + 1)->classes = k;
    } else {
        take_verb_or_noun(c, i);
    }
}

static inline void take_word(cutter *c, size_t i)
{
    static const uint8_t types[DTL_QA_COUNT] = {
        [DTL_QA_SUB] = DTL_QP_SUB,
        [DTL_QA_PREP] = DTL_QP_PREP,
        [DTL_QA_CONJ] = DTL_QP_CONJ,
        [DTL_QA_ACCORDING] = DTL_QP_PREP,
    };
    const dtl_quote_token *t = &c->tokens[i];
    uint64_t k = t->classes;
    bool proper =
        (t->flags & (DTL_QT_CAPITAL | DTL_QT_FIRST)) == DTL_QT_CAPITAL;

    if (proper) {
        if (is_name_word(t))
            take_noun(c, i);
        else
            take_in_context(c, i, true);
    } else if (!k) {
        take_unknown(c, i);
    } else {
        unsigned action = DTL_QUOTE_ACTION(k);

        /* One jump, since nobody foretells which word comes. */
        switch (action) {
        case DTL_QA_PRONOUN:
            take_pronoun(c, i);
            break;
        case DTL_QA_RELATIVE:
            take_relative(c, i);
            break;
        case DTL_QA_DET:
        case DTL_QA_POSS:
            take_determiner(c, i);
            break;
        case DTL_QA_SUB:
        case DTL_QA_PREP:
        case DTL_QA_CONJ:
        case DTL_QA_ACCORDING:
            emit(c, types[action], i, i + 1)->classes = k;
            break;
        case DTL_QA_AUX:
            take_verb(c, i, k);
            break;
        case DTL_QA_ADVERB:
            take_adverb(c, i);
            break;
        case DTL_QA_VERB:
            take_verb_or_noun(c, i);
            break;
        case DTL_QA_NOUN:
            take_noun(c, i);
            break;
        default:
            take_in_context(c, i, false);
            break;
        }
    }
    if (t->flags & DTL_QT_POSSESSIVE && last_is(c, DTL_QP_NOUN))
        split_contraction(c, i);
}

/* Whether words behind a quotation that ended its own sentence name who said
 * it: "said Burton.", "Burton said.", "she asked". */
static bool tag_follows(const cutter *c, size_t i, bool full_stop)
{
    size_t n;
    bool cue = false;

    for (n = 0; n < 6 && i < c->count; n++, i++) {
        const dtl_quote_token *t = &c->tokens[i];

        if (t->kind == DTL_QT_STOP || t->kind == DTL_QT_BREAK)
            return cue;
        if (t->kind == DTL_QT_MARK || t->kind == DTL_QT_COLON)
            return false;
        if (t->kind == DTL_QT_COMMA)
            return cue;
        if (t->kind != DTL_QT_WORD)
            return false;
        if (IS(t->classes, CUE) && !IS(t->classes, ING))
            cue = true;
        else if (cue && full_stop)
            return n <= 2 && t->flags & DTL_QT_CAPITAL;
    }
    return cue && !full_stop;
}

static void take_quote(cutter *c, const dtl_quote_stretch *s, uint32_t number)
{
    dtl_quote_phrase *p;
    const dtl_quote_token *inner = &c->tokens[s->close - 1];
    const dtl_quote_token *next =
        s->close < c->count ? &c->tokens[s->close] : NULL;

    /* What the possessor of "her “longest streak”" has is quoted. */
    if (last_is(c, DTL_QP_NOUN) && last(c)->from == last(c)->to)
        c->out->count--;
    p = emit(c, DTL_QP_QUOTE, s->open, s->close);
    p->stretch = number;
    if (!(s->flags & DTL_QS_UNCLOSED) && s->close - s->open > 1)
        inner--;
    if (inner->kind != DTL_QT_STOP || !next)
        return;
    if (next->kind != DTL_QT_WORD && next->kind != DTL_QT_NUMBER &&
        next->kind != DTL_QT_MARK)
        return;
    if (next->kind == DTL_QT_WORD && !(next->flags & DTL_QT_CAPITAL))
        return;
    if (next->kind == DTL_QT_WORD &&
        tag_follows(c, s->close, inner->glyph == '.'))
        return;
    c->sentence++;
}

static inline void take_token(cutter *c, size_t i)
{
    static const uint8_t types[] = {
        [DTL_QT_COMMA] = DTL_QP_COMMA, [DTL_QT_STOP] = DTL_QP_STOP,
        [DTL_QT_COLON] = DTL_QP_COLON, [DTL_QT_DASH] = DTL_QP_DASH,
        [DTL_QT_OPEN] = DTL_QP_OPEN,   [DTL_QT_CLOSE] = DTL_QP_CLOSE,
        [DTL_QT_MARK] = DTL_QP_OTHER,  [DTL_QT_BREAK] = DTL_QP_BREAK,
        [DTL_QT_OTHER] = DTL_QP_OTHER,
    };
    const dtl_quote_token *t = &c->tokens[i];

    if (t->kind == DTL_QT_WORD) {
        take_word(c, i);
        return;
    }
    if (t->kind == DTL_QT_NUMBER) {
        take_noun(c, i);
        return;
    }
    emit(c, types[t->kind], i, i + 1);
    if (t->kind == DTL_QT_STOP || t->kind == DTL_QT_BREAK)
        c->sentence++;
    if (t->kind == DTL_QT_BREAK && t->flags & DTL_QT_GAP)
        c->sentence += (t->end - t->start) / SENTENCE;
    c->bracketed = (c->bracketed || t->kind == DTL_QT_OPEN) &&
                   t->kind != DTL_QT_CLOSE && t->kind != DTL_QT_BREAK;
}

dtl_status dtl_quote_phrases_find(const dtl_quote_tokens *tokens, size_t from,
                                  dtl_str text,
                                  const dtl_quote_language *language,
                                  const dtl_quote_stretches *stretches,
                                  dtl_quote_phrases *out, uint32_t *of_stretch)
{
    cutter c = {.text = text,
                .tokens = tokens->at,
                .count = tokens->count,
                .out = out,
                .language = language};
    size_t i, next = 0, count = stretches ? stretches->count : 0;
    /* At most two phrases a token. */
    dtl_status st = dtl_grow((void **)&out->at, &out->cap,
                             2 * tokens->count + 2, sizeof *out->at);

    if (st != DTL_OK)
        return st;
    if (!from)
        out->count = 0;
    else if (out->count)
        c.sentence = out->at[out->count - 1].sentence;
    for (i = from; i < tokens->count;) {
        if (next < count && stretches->at[next].open == i) {
            take_quote(&c, &stretches->at[next], (uint32_t)next);
            of_stretch[next] = (uint32_t)out->count - 1;
            i = stretches->at[next++].close;
            continue;
        }
        take_token(&c, i);
        i++;
    }
    drop_empty(&c);
    return DTL_OK;
}
