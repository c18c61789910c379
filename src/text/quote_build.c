/* Makes quotations of stretches: joins those that an attribution splits or
 * that go on over paragraphs, tells whole sentences from quoted words, and
 * reads who, by which verb and where from the phrases around. */
#include "text/quote_finder.h"

#include "base/str.h"

#include <stdlib.h>

#define IS(classes, name) (((classes)&DTL_QW(name)) != 0)

enum {
    /* Phrases that an attribution between two parts may have. */
    MOST_BETWEEN = 24,
    /* Phrases around the verb that may name the medium. */
    REACH_MEDIUM = 8,
    /* A stretch of so many words is a sentence, whatever its end. */
    SENTENCE_WORDS = 6
};

static bool is_speech(const dtl_quote_finder *f, size_t stretch)
{
    return f->decisions[stretch].phrase != DTL_SPEAKER_NONE;
}

static bool ends_like_sentence(const dtl_quote_finder *f,
                               const dtl_quote_stretch *s)
{
    const dtl_quote_token *t = f->tokens.at;
    uint32_t last = s->close - 1, words = 0, i;

    if (s->flags & DTL_QS_UNCLOSED)
        return true;
    if (last > s->open && t[last].kind == DTL_QT_MARK)
        last--;
    /* British and German marks close before the comma. */
    if (t[last].kind == DTL_QT_COMMA || t[last].kind == DTL_QT_STOP ||
        t[last].kind == DTL_QT_DASH)
        return true;
    if (s->close < f->tokens.count &&
        (t[s->close].kind == DTL_QT_COMMA || t[s->close].kind == DTL_QT_STOP))
        return true;
    for (i = s->open; i < s->close && words < SENTENCE_WORDS; i++)
        words += t[i].kind == DTL_QT_WORD;
    return words >= SENTENCE_WORDS;
}

static bool ends_paragraph(const dtl_quote_finder *f,
                           const dtl_quote_stretch *s)
{
    return s->close >= f->tokens.count ||
           f->tokens.at[s->close].kind == DTL_QT_BREAK;
}

/* Whether a stretch stands where a sentence can: not amid another's words. */
static bool is_direct(const dtl_quote_finder *f, size_t stretch)
{
    const dtl_quote_stretch *s = &f->stretches.at[stretch];
    uint32_t at = f->of_stretch[stretch];
    const dtl_quote_phrase *before = at > 0 ? &f->phrases.at[at - 1] : NULL;
    const dtl_quote_token *first = &f->tokens.at[s->open + 1];

    if (s->flags & (DTL_QS_CONTINUES | DTL_QS_UNCLOSED | DTL_QS_DASH))
        return true;
    if (s->open + 1 >= s->close)
        return false;
    if (before && before->type == DTL_QP_COLON && ends_paragraph(f, s))
        return true; /* a heading's: Who: “What” */
    if (!ends_like_sentence(f, s))
        return false;
    if (!before || before->type == DTL_QP_BREAK)
        return true;
    if (first->kind == DTL_QT_WORD && !(first->flags & DTL_QT_CAPITAL) &&
        first->classes)
        return false;
    switch (before->type) {
    case DTL_QP_COLON:
    case DTL_QP_STOP:
    case DTL_QP_COMMA:
    case DTL_QP_DASH:
    case DTL_QP_QUOTE:
    case DTL_QP_CLOSE:
        return true;
    case DTL_QP_VERB:
        return IS(before->classes, CUE);
    default:
        return false;
    }
}

/* Whether only an attribution stands between a stretch and the one before. */
static bool split_by_attribution(const dtl_quote_finder *f, size_t stretch)
{
    uint32_t from = f->of_stretch[stretch - 1], to = f->of_stretch[stretch];
    const dtl_quote_phrase *p = f->phrases.at;
    bool named = false, cue = false;
    uint32_t i;

    if (to - from > MOST_BETWEEN || to - from < 3)
        return false;
    for (i = from + 1; i < to; i++) {
        if (p[i].type == DTL_QP_BREAK || p[i].type == DTL_QP_COLON ||
            (p[i].type == DTL_QP_STOP && i + 1 != to))
            return false;
        named = named || i == f->decisions[stretch - 1].phrase;
        cue = cue || (p[i].type == DTL_QP_VERB && IS(p[i].classes, CUE)) ||
              IS(p[i].classes, ACCORDING);
    }
    return named && cue;
}

static bool joins(const dtl_quote_finder *f, size_t stretch, bool direct)
{
    const dtl_quote_stretch *s = &f->stretches.at[stretch];
    const dtl_quote_decision *d = &f->decisions[stretch];

    if (!is_speech(f, stretch - 1))
        return false;
    if (s->flags & (DTL_QS_CONTINUES | DTL_QS_SPLIT))
        return true;
    /* What has an attribution of its own is someone else's. */
    if (d->phrase != f->decisions[stretch - 1].phrase &&
        d->phrase > f->of_stretch[stretch] && d->verb != DTL_SPEAKER_NONE &&
        IS(f->phrases.at[d->verb].classes, CUE))
        return false;
    return direct && ends_like_sentence(f, s) &&
           split_by_attribution(f, stretch);
}

static dtl_span phrase_range(const dtl_quote_finder *f, uint32_t phrase)
{
    const dtl_quote_phrase *p = &f->phrases.at[phrase];
    const dtl_quote_token *t = f->tokens.at;

    if (p->from == p->to)
        return (dtl_span){0, 0};
    return (dtl_span){t[p->from].start, t[p->to - 1].end};
}

static dtl_str range_text(const dtl_quote_finder *f, uint32_t from, uint32_t to)
{
    const dtl_quote_token *t = f->tokens.at;

    return from < to ? dtl_str_sub(f->text, t[from].start, t[to - 1].end)
                     : (dtl_str){0};
}

/* The verb without its auxiliaries and adverbs, or "according to". */
static dtl_str cue_of(const dtl_quote_finder *f, const dtl_quote_decision *d)
{
    const dtl_quote_phrase *p = f->phrases.at;
    const dtl_quote_token *t = f->tokens.at;
    uint32_t i;

    if (d->phrase > 0 && p[d->phrase - 1].type == DTL_QP_PREP) {
        uint32_t prep = d->phrase - 1;

        if (IS(p[prep].classes, ACCORDING))
            return range_text(f, p[prep].from, p[prep].to);
        if (prep > 0 && IS(p[prep - 1].classes, ACCORDING))
            return range_text(f, p[prep - 1].from, p[prep].to);
    }
    if (d->verb == DTL_SPEAKER_NONE)
        return (dtl_str){0};
    for (i = p[d->verb].to; i > p[d->verb].from; i--) {
        uint64_t k = t[i - 1].classes;

        if (!(k & (DTL_QW(ADVERB) | DTL_QW(AUX))))
            return range_text(f, i - 1, i);
    }
    return (dtl_str){0};
}

/* A noun phrase without its determiner. */
static dtl_str bare_noun(const dtl_quote_finder *f, const dtl_quote_phrase *p)
{
    uint32_t from = p->from;

    while (from + 1 < p->to &&
           f->tokens.at[from].classes & (DTL_QW(DET) | DTL_QW(POSS)) &&
           !(f->tokens.at[from].flags & DTL_QT_CAPITAL))
        from++;
    return range_text(f, from, p->to);
}

static bool is_medium(const dtl_quote_phrase *p)
{
    return p->type == DTL_QP_NOUN && p->from < p->to &&
           p->classes & (DTL_QW(SPEECHNOUN) | DTL_QW(MEDIUM));
}

/* Where it was said: "in an Instagram post", "told CNN". */
static dtl_str medium_of(const dtl_quote_finder *f, const dtl_quote_decision *d)
{
    const dtl_quote_phrase *p = f->phrases.at;
    uint32_t at, steps;

    if (d->verb == DTL_SPEAKER_NONE || !IS(p[d->verb].classes, CUE))
        return (dtl_str){0};
    for (at = d->verb + 1, steps = 0;
         at < f->phrases.count && steps++ < REACH_MEDIUM; at++) {
        bool told = at == d->verb + 1 && IS(p[d->verb].classes, TELL);

        if (p[at].type == DTL_QP_QUOTE || p[at].type == DTL_QP_STOP ||
            p[at].type == DTL_QP_BREAK || p[at].type == DTL_QP_SUB)
            break;
        if (at != d->phrase && is_medium(&p[at]) &&
            (told || p[at - 1].type == DTL_QP_PREP))
            return bare_noun(f, &p[at]);
        if (told && p[at].noun == DTL_QN_NAME && f->names.of_phrase[at] &&
            f->names.at[f->names.of_phrase[at] - 1].organisation)
            return bare_noun(f, &p[at]);
    }
    for (at = d->phrase, steps = 0; at > 1 && steps++ < REACH_MEDIUM; at--) {
        if (p[at - 1].sentence != p[d->phrase].sentence)
            break;
        if (is_medium(&p[at - 1]) && p[at - 2].type == DTL_QP_PREP)
            return bare_noun(f, &p[at - 1]);
    }
    return (dtl_str){0};
}

/* The parts' texts, joined by spaces. */
static dtl_str joined_text(dtl_quote_finder *f, size_t from, size_t to)
{
    const dtl_quote_stretch *s = f->stretches.at;
    size_t len = 0, i;
    char *text;

    if (to - from == 1)
        return dtl_str_trim(
            dtl_str_sub(f->text, s[from].inner_start, s[from].inner_end));
    for (i = from; i < to; i++)
        len += s[i].inner_end - s[i].inner_start + 1;
    text = dtl_arena_alloc(&f->arena, len);
    if (!text)
        return (dtl_str){0};
    for (len = 0, i = from; i < to; i++) {
        dtl_str part = dtl_str_trim(
            dtl_str_sub(f->text, s[i].inner_start, s[i].inner_end));

        if (len)
            text[len++] = ' ';
        memcpy(text + len, part.ptr, part.len);
        len += part.len;
    }
    return (dtl_str){text, len};
}

void dtl_quotes_add_source(const dtl_quote_finder *f,
                           const dtl_quote_decision *d, uint32_t preferred,
                           dtl_quote *q)
{
    q->mention = phrase_range(f, d->phrase);
    q->speaker = dtl_text_names_resolve(&f->names, d->phrase, preferred);
    q->cue = cue_of(f, d);
    q->medium = medium_of(f, d);
}

static dtl_status add(dtl_quote_finder *f, size_t from, size_t to, bool direct)
{
    const dtl_quote_stretch *s = f->stretches.at;
    const dtl_quote_decision *d = &f->decisions[from];
    dtl_span *spans = dtl_arena_calloc(&f->arena, to - from, sizeof *spans);
    dtl_quote q = {.start = s[from].start, .end = s[to - 1].end};
    dtl_status st =
        dtl_grow((void **)&f->out, &f->cap, f->count + 1, sizeof *f->out);
    size_t i;

    if (st != DTL_OK || !spans)
        return DTL_NOMEM;
    for (i = from; i < to; i++)
        spans[i - from] = (dtl_span){s[i].start, s[i].end};
    q.kind = direct ? DTL_QUOTE_DIRECT : DTL_QUOTE_MIXED;
    q.spans = spans;
    q.span_count = to - from;
    q.text = joined_text(f, from, to);
    q.confidence = (double)d->confidence;
    if (f->language && d->phrase != f->of_stretch[from])
        dtl_quotes_add_source(
            f, d, from > 0 ? f->speakers[from - 1] : UINT32_MAX, &q);
    f->out[f->count++] = q;
    return f->arena.status;
}

dtl_status dtl_quotes_build(dtl_quote_finder *f)
{
    size_t from, to;
    dtl_status st = DTL_OK;

    for (from = 0; from < f->stretches.count && st == DTL_OK; from = to) {
        bool direct;

        to = from + 1;
        if (!is_speech(f, from))
            continue;
        direct = !f->language || is_direct(f, from);
        while (to < f->stretches.count && is_speech(f, to) &&
               joins(f, to, direct))
            to++;
        st = add(f, from, to, direct);
    }
    return st;
}

/* What a turn's label names: someone known, else the label as it stands. */
static dtl_str label_speaker(const dtl_quote_finder *f, const dtl_quote_turn *t)
{
    const dtl_quote_turn *first = &f->turns.at[t->label];
    dtl_str label = dtl_str_sub(f->text, first->start, first->label_end), name;
    const dtl_quote_phrase *p;

    if (!f->language || first->phrase >= f->phrases.count)
        return label;
    p = &f->phrases.at[first->phrase];
    if (p->type != DTL_QP_NOUN || p->noun != DTL_QN_NAME ||
        IS(f->tokens.at[p->from].classes, DET))
        return label;
    name = dtl_text_names_resolve(&f->names, first->phrase, UINT32_MAX);
    return name.len > label.len ? name : label;
}

/* The words of a turn of one line, without the marks around the whole. */
static dtl_str turn_line(const dtl_quote_finder *f, const dtl_quote_turn *t,
                         size_t start, size_t stop)
{
    const dtl_quote_stretch *s = f->stretches.at;
    size_t low = 0, high = f->stretches.count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (s[middle].start < start)
            low = middle + 1;
        else
            high = middle;
    }
    if (t->lines == 1 && low < f->stretches.count && s[low].start == start &&
        s[low].end == stop)
        return dtl_str_sub(f->text, s[low].inner_start, s[low].inner_end);
    return dtl_str_sub(f->text, start, stop);
}

static dtl_status add_turn(dtl_quote_finder *f, const dtl_quote_turn *t)
{
    dtl_span *spans = dtl_arena_calloc(&f->arena, t->lines, sizeof *spans);
    dtl_quote q = {.kind = DTL_QUOTE_DIRECT,
                   .start = t->body,
                   .end = t->end,
                   .mention = {t->start, t->label_end},
                   .spans = spans,
                   .confidence = 0.8};
    dtl_status st =
        dtl_grow((void **)&f->out, &f->cap, f->count + 1, sizeof *f->out);
    size_t at = t->body, start, stop, len = 0;
    char *text = dtl_arena_alloc(&f->arena, t->end - t->body + 1);

    if (st != DTL_OK || !spans || !text)
        return DTL_NOMEM;
    while ((at = dtl_quote_next_line(f->text, at, t->end, &start, &stop)) !=
               SIZE_MAX &&
           q.span_count < t->lines) {
        dtl_str line = dtl_str_trim(turn_line(f, t, start, stop));

        spans[q.span_count++] = (dtl_span){start, stop};
        if (len)
            text[len++] = ' ';
        memcpy(text + len, line.ptr, line.len);
        len += line.len;
    }
    q.text = (dtl_str){text, len};
    q.speaker = label_speaker(f, t);
    f->out[f->count++] = q;
    return DTL_OK;
}

static int by_start(const void *a, const void *b)
{
    const dtl_quote *x = a, *y = b;

    return x->start < y->start ? -1 : x->start > y->start;
}

dtl_status dtl_quotes_add_turns(dtl_quote_finder *f)
{
    dtl_status st = DTL_OK;
    size_t i;

    for (i = 0; i < f->turns.count && st == DTL_OK; i++)
        st = add_turn(f, &f->turns.at[i]);
    if (f->count)
        qsort(f->out, f->count, sizeof *f->out, by_start);
    return st;
}
