/* Splits stretches at what is no speech in them.
 *
 * In French a comma alone divides speech from who says it, between the marks
 * too: « Nous partons, dit-il, demain. » Behind a dash at a paragraph's start
 * another dash does, in several languages: —No lo sé —respondió él—. A verb of
 * speech with what may be its subject behind it tells such an inset from the
 * words around. A paragraph behind a dash without one is speech only beside
 * paragraphs that have one; otherwise it is an item of a list. */
#include "text/quote_marks.h"

#define IS(token, name) (((token)->classes & DTL_QW(name)) != 0)

enum {
    /* Tokens that an inset between commas may have. */
    MOST_INSET = 14
};

typedef struct {
    const dtl_quote_token *tokens;
    const dtl_quote_language *language; /* NULL: without a table */
    dtl_quote_stretches *out;
} splitter;

/* An inset: speech ends before token end, which is the mark that divides, and
 * goes on at token next; at that is the stretch's end when it does not. */
typedef struct {
    size_t end, next;
} inset;

static bool is_small_word(const dtl_quote_token *t)
{
    return t->kind == DTL_QT_WORD && !(t->flags & DTL_QT_CAPITAL);
}

static bool is_cue(const dtl_quote_token *t)
{
    return is_small_word(t) && IS(t, CUE) && !IS(t, ING);
}

static bool may_be_subject(const dtl_quote_token *t)
{
    return t->kind == DTL_QT_WORD &&
           (t->flags & DTL_QT_CAPITAL ||
            t->classes & (DTL_QW(SUBJECT) | DTL_QW(DET) | DTL_QW(POSS) |
                          DTL_QW(TITLE) | DTL_QW(PERSON) | DTL_QW(ORG)));
}

/* Past the t of "a-t-il". */
static size_t past_t(const splitter *s, size_t at, size_t to)
{
    const dtl_quote_token *t = &s->tokens[at];

    return at < to && t->kind == DTL_QT_WORD && t->end - t->start == 1 &&
                   IS(t, ADVERB) && !(t->flags & DTL_QT_SPACE)
               ? at + 1
               : at;
}

/* Whether tokens [at, to) begin with a verb of speech and its subject. */
static bool says_who(const splitter *s, size_t at, size_t to)
{
    const dtl_quote_token *t = s->tokens;
    size_t next;

    if (at + 1 >= to)
        return false;
    if (is_cue(&t[at])) {
        next = past_t(s, at + 1, to);
        return next < to && may_be_subject(&t[next]);
    }
    if (!is_small_word(&t[at]) || !IS(&t[at], AUX))
        return false;
    next = past_t(s, at + 1, to);
    if (next < to && IS(&t[next], SUBJECT)) /* "a-t-il déclaré" */
        return next + 1 < to && is_cue(&t[next + 1]);
    return next + 1 < to && is_cue(&t[next]) && may_be_subject(&t[next + 1]);
}

/* An inset between commas or the like that begins behind token at. */
static bool inset_behind(const splitter *s, size_t at, size_t to, inset *out)
{
    const dtl_quote_token *t = s->tokens;
    size_t i;

    if (!s->language || !s->language->insets || !says_who(s, at + 1, to))
        return false;
    for (i = at + 1; i < to && i < at + MOST_INSET; i++) {
        if (t[i].kind == DTL_QT_COMMA || t[i].kind == DTL_QT_STOP ||
            t[i].kind == DTL_QT_DASH) {
            *out = (inset){at, i + 1};
            return true;
        }
    }
    *out = (inset){at, to};
    return i == to;
}

/* One between dashes: the first at token at. */
static bool inset_between_dashes(const splitter *s, size_t at, size_t to,
                                 inset *out)
{
    const dtl_quote_token *t = s->tokens;
    size_t i;

    if (at + 1 >= to || !is_small_word(&t[at + 1]) ||
        (s->language && !is_cue(&t[at + 1]) && !IS(&t[at + 1], AUX)))
        return false;
    for (i = at + 1; i < to && t[i].kind != DTL_QT_DASH;)
        i++;
    if (i < to)
        i++;
    while (i < to && (t[i].kind == DTL_QT_STOP || t[i].kind == DTL_QT_COMMA))
        i++;
    *out = (inset){at, i};
    return true;
}

/* The first inset of [from, to). */
static bool find_inset(const splitter *s, size_t from, size_t to, bool dashed,
                       inset *out)
{
    const dtl_quote_token *t = s->tokens;
    size_t i;

    for (i = from; i < to; i++) {
        bool divides = t[i].kind == DTL_QT_COMMA ||
                       (t[i].kind == DTL_QT_STOP && t[i].glyph != '.');

        if (divides && i > from && inset_behind(s, i, to, out))
            return true;
        if (dashed && t[i].kind == DTL_QT_DASH && i > from &&
            inset_between_dashes(s, i, to, out))
            return true;
    }
    return false;
}

static dtl_status add(splitter *s, dtl_quote_stretch stretch)
{
    dtl_status st = dtl_grow((void **)&s->out->at, &s->out->cap,
                             s->out->count + 1, sizeof *s->out->at);

    if (st == DTL_OK)
        s->out->at[s->out->count++] = stretch;
    return st;
}

/* The part of a stretch before an inset. */
static dtl_quote_stretch part_before(const splitter *s,
                                     const dtl_quote_stretch *whole, size_t end)
{
    const dtl_quote_token *mark = &s->tokens[end];
    dtl_quote_stretch part = *whole;

    part.close = (uint32_t)end + 1;
    part.inner_end =
        mark->kind == DTL_QT_STOP ? mark->end : mark[-1].end + mark[-1].after;
    part.end = part.inner_end;
    /* A dash closes; a comma belongs to the words. */
    part.flags |= DTL_QS_UNCLOSED;
    if (mark->kind == DTL_QT_DASH)
        part.flags &= (uint8_t)~DTL_QS_UNCLOSED;
    return part;
}

/* Splits a stretch at its insets. */
static dtl_status split(splitter *s, const dtl_quote_stretch *whole)
{
    bool dashed = whole->flags & DTL_QS_DASH;
    size_t to = whole->close - !(whole->flags & DTL_QS_UNCLOSED);
    dtl_quote_stretch rest = *whole;
    dtl_status st = DTL_OK;
    inset in;

    while (st == DTL_OK && find_inset(s, rest.open + 1, to, dashed, &in)) {
        st = add(s, part_before(s, &rest, in.end));
        if (in.next >= to)
            return st;
        rest.open = (uint32_t)in.next;
        rest.start = rest.inner_start = s->tokens[in.next].start;
        rest.flags &= (uint8_t)~DTL_QS_CONTINUES;
        rest.flags |= DTL_QS_SPLIT;
    }
    if (dashed && !(rest.flags & DTL_QS_SPLIT))
        rest.flags |= DTL_QS_ALONE;
    return st == DTL_OK ? add(s, rest) : st;
}

/* Whether only breaks are between two stretches. */
static bool are_neighbours(const splitter *s, const dtl_quote_stretch *a,
                           const dtl_quote_stretch *b)
{
    return a->flags & DTL_QS_DASH && b->flags & DTL_QS_DASH &&
           a->close + 1 == b->open &&
           s->tokens[a->close].kind == DTL_QT_BREAK &&
           !(s->tokens[a->close].flags & DTL_QT_GAP);
}

/* Splits [from, to) of in, paragraphs behind dashes one after the other; they
 * are taken back when nobody is named in any. */
static dtl_status split_run(splitter *s, const dtl_quote_stretches *in,
                            size_t from, size_t to)
{
    size_t before = s->out->count, i;
    bool named = !(in->at[from].flags & DTL_QS_DASH), asked = s->language;
    dtl_status st = DTL_OK;

    for (i = from; i < to && st == DTL_OK; i++)
        st = split(s, &in->at[i]);
    for (i = before; i < s->out->count; i++) {
        const dtl_quote_stretch *part = &s->out->at[i];
        const dtl_quote_token *last =
            &s->tokens[part->close - (part->close > part->open + 1 ? 2 : 1)];

        named = named || !(part->flags & DTL_QS_ALONE);
        asked = asked || last->glyph == '?';
    }
    if (!named || (!asked && in->at[from].flags & DTL_QS_DASH))
        s->out->count = before;
    return st;
}

dtl_status dtl_quote_insets_split(const dtl_quote_tokens *tokens,
                                  const dtl_quote_language *language,
                                  const dtl_quote_stretches *in,
                                  dtl_quote_stretches *out)
{
    splitter s = {tokens->at, language, out};
    dtl_status st = DTL_OK;
    size_t from, to;

    out->count = 0;
    for (from = 0; from < in->count && st == DTL_OK; from = to) {
        to = from + 1;
        while (to < in->count &&
               are_neighbours(&s, &in->at[to - 1], &in->at[to]))
            to++;
        st = split_run(&s, in, from, to);
    }
    return st;
}
