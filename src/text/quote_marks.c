/* Pairs quote marks.
 *
 * The mark that opens decides which may close, so that „…“, “…”, «…» and »…«
 * need no language; what stands inside is left alone until then. Straight
 * marks take turns. Single marks are also apostrophes: one opens only where a
 * word follows at once, something else than a letter stands before, and a
 * mark that can close it comes later in the paragraph. Time is linear: the
 * search for a closing single mark never looks at a token twice. */
#include "text/quote_marks.h"

typedef struct {
    const dtl_quote_token *tokens;
    size_t count;
    dtl_quote_stretches *out;
    size_t single_close; /* a token from here on that closes, or a break */
    bool single_found;   /* single_close closes */
    bool unclosed;       /* the paragraph before ended inside a stretch */
    bool dashes;
} pairing;

static bool has(const dtl_quote_token *t, int flag)
{
    return t->flags & flag;
}

static bool is_single(int glyph)
{
    return glyph == DTL_QG_APOSTROPHE || glyph == DTL_QG_SINGLE ||
           glyph == DTL_QG_SINGLE_LOW;
}

/* Whether a token can close a single quotation. */
static bool closes_single(const dtl_quote_token *t)
{
    return t->kind == DTL_QT_MARK && !has(t, DTL_QT_SPACE) &&
           (t->glyph == DTL_QG_SINGLE_2 || t->glyph == DTL_QG_APOSTROPHE ||
            t->glyph == DTL_QG_SINGLE);
}

static bool single_can_close(pairing *p, size_t at)
{
    if (p->single_close <= at) {
        size_t i = at + 1;

        while (i < p->count && p->tokens[i].kind != DTL_QT_BREAK &&
               !closes_single(&p->tokens[i]))
            i++;
        p->single_close = i;
        p->single_found = i < p->count && p->tokens[i].kind == DTL_QT_MARK;
    }
    return p->single_found;
}

static bool after_letter(const pairing *p, size_t at)
{
    const dtl_quote_token *t = &p->tokens[at];
    int before;

    if (has(t, DTL_QT_SPACE) || at == 0)
        return false;
    before = p->tokens[at - 1].kind;
    return before == DTL_QT_WORD || before == DTL_QT_NUMBER ||
           before == DTL_QT_STOP || before == DTL_QT_COMMA;
}

static bool opens(pairing *p, size_t at)
{
    const dtl_quote_token *t = &p->tokens[at];

    switch (t->glyph) {
    case DTL_QG_LEFT:
    case DTL_QG_LOW:
    case DTL_QG_CORNER:
    case DTL_QG_BACKTICKS:
    case DTL_QG_GUILLEMET:
        return true;
    case DTL_QG_ANGLE:
        return true;
    case DTL_QG_STRAIGHT:
        /* 6" is a length. */
        return !(after_letter(p, at) && has(t, DTL_QT_SPACE_AFTER));
    case DTL_QG_RIGHT:
        if (at == 0 || p->tokens[at - 1].kind == DTL_QT_BREAK)
            return true; /* the wrong mark, but nothing else to it */
        return !after_letter(p, at) && !has(t, DTL_QT_SPACE_AFTER);
    case DTL_QG_GUILLEMET_2:
    case DTL_QG_ANGLE_2:
        return !after_letter(p, at) && !has(t, DTL_QT_SPACE_AFTER);
    case DTL_QG_SINGLE:
    case DTL_QG_SINGLE_LOW:
    case DTL_QG_APOSTROPHE:
        return !after_letter(p, at) && !has(t, DTL_QT_SPACE_AFTER) &&
               single_can_close(p, at);
    default:
        return false;
    }
}

static bool closes(int open, const dtl_quote_token *t)
{
    switch (open) {
    case DTL_QG_LEFT:
        return t->glyph == DTL_QG_RIGHT;
    case DTL_QG_RIGHT:
        return t->glyph == DTL_QG_RIGHT;
    case DTL_QG_LOW:
        return t->glyph == DTL_QG_LEFT || t->glyph == DTL_QG_RIGHT ||
               (t->glyph == DTL_QG_STRAIGHT && !has(t, DTL_QT_SPACE));
    case DTL_QG_CORNER:
        return t->glyph == DTL_QG_CORNER_2;
    case DTL_QG_BACKTICKS:
        return t->glyph == DTL_QG_APOSTROPHES || t->glyph == DTL_QG_STRAIGHT;
    case DTL_QG_GUILLEMET:
        return t->glyph == DTL_QG_GUILLEMET_2;
    case DTL_QG_GUILLEMET_2:
        return t->glyph == DTL_QG_GUILLEMET || t->glyph == DTL_QG_GUILLEMET_2;
    case DTL_QG_ANGLE:
        return t->glyph == DTL_QG_ANGLE_2;
    case DTL_QG_ANGLE_2:
        return t->glyph == DTL_QG_ANGLE;
    case DTL_QG_STRAIGHT:
        return t->glyph == DTL_QG_STRAIGHT;
    default:
        return closes_single(t);
    }
}

static dtl_status add(pairing *p, size_t open, size_t close, bool closed)
{
    dtl_quote_stretches *out = p->out;
    const dtl_quote_token *t = p->tokens;
    dtl_quote_stretch s = {
        (uint32_t)open, (uint32_t)close, t[open].start, 0, t[open].end, 0, 0};
    dtl_status st =
        dtl_grow((void **)&out->at, &out->cap, out->count + 1, sizeof s);

    if (st != DTL_OK)
        return st;
    s.end = t[close - 1].end + t[close - 1].after;
    s.inner_end = closed ? t[close - 1].start : s.end;
    if (!closed)
        s.flags |= DTL_QS_UNCLOSED;
    if (is_single(t[open].glyph) || t[open].glyph == DTL_QG_ANGLE ||
        t[open].glyph == DTL_QG_ANGLE_2)
        s.flags |= DTL_QS_SINGLE;
    if (p->unclosed && (open == 0 || t[open - 1].kind == DTL_QT_BREAK))
        s.flags |= DTL_QS_CONTINUES;
    out->at[out->count++] = s;
    return DTL_OK;
}

/* Whether a mark that could close a single quotation is rather the apostrophe
 * of "the workers' turn": a word in s before, a small one behind, and a mark
 * that closes farther on, before another opens. */
static bool is_plural_possessive(const pairing *p, size_t at)
{
    const dtl_quote_token *t = p->tokens;
    size_t i;

    if (at == 0 || at + 1 >= p->count || t[at - 1].kind != DTL_QT_WORD ||
        !has(&t[at - 1], DTL_QT_ENDS_S) || t[at + 1].kind != DTL_QT_WORD ||
        has(&t[at + 1], DTL_QT_CAPITAL) || !has(&t[at + 1], DTL_QT_SPACE))
        return false;
    for (i = at + 1; i < p->count && i < at + 60; i++) {
        if (t[i].kind == DTL_QT_BREAK ||
            (is_single(t[i].glyph) && has(&t[i], DTL_QT_SPACE)))
            return false;
        if (closes_single(&t[i]))
            return true;
    }
    return false;
}

/* The paragraph [from, to) begins with a dash and has no marks. */
static dtl_status add_dashed(pairing *p, size_t from, size_t to)
{
    dtl_status st = add(p, from, to, false);
    dtl_quote_stretch *s = &p->out->at[p->out->count - 1];

    if (st == DTL_OK) {
        s->start = s->inner_start = p->tokens[from + 1].start;
        s->flags = DTL_QS_DASH | DTL_QS_UNCLOSED;
    }
    return st;
}

/* Pairs the marks of the paragraph from at on; returns where it ends. */
static size_t pair_paragraph(pairing *p, size_t at, dtl_status *st)
{
    size_t open = SIZE_MAX, from = at, count = p->out->count;

    for (; at < p->count && p->tokens[at].kind != DTL_QT_BREAK; at++) {
        if (p->tokens[at].kind != DTL_QT_MARK)
            continue;
        if (open == SIZE_MAX) {
            if (opens(p, at))
                open = at;
        } else if (closes(p->tokens[open].glyph, &p->tokens[at]) &&
                   !(is_single(p->tokens[open].glyph) &&
                     is_plural_possessive(p, at))) {
            *st = add(p, open, at + 1, true);
            open = SIZE_MAX;
        }
        if (*st != DTL_OK)
            return at;
    }
    if (open != SIZE_MAX && open + 1 < at)
        *st = add(p, open, at, false);
    p->unclosed = open != SIZE_MAX;
    if (p->dashes && from + 1 < at && p->out->count == count && *st == DTL_OK &&
        p->tokens[from].kind == DTL_QT_DASH &&
        p->tokens[from].glyph == DTL_QG_LONG_DASH)
        *st = add_dashed(p, from, at);
    return at;
}

dtl_status dtl_quote_stretches_find(const dtl_quote_tokens *tokens, bool dashes,
                                    dtl_quote_stretches *out)
{
    pairing p = {.tokens = tokens->at,
                 .count = tokens->count,
                 .out = out,
                 .dashes = dashes};
    dtl_status st = DTL_OK;
    size_t at;

    out->count = 0;
    for (at = 0; at < tokens->count && st == DTL_OK; at++) {
        at = pair_paragraph(&p, at, &st);
        if (at < tokens->count && has(&tokens->at[at], DTL_QT_GAP))
            p.unclosed = false;
    }
    return st;
}
