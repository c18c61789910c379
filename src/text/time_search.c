/* Stretches of a text that may hold times.
 *
 * Each sequence of the first two levels has an anchor: a number, or one of a
 * few hundred words, most of them rare ("Monday", "weeks", "now"). Vector code
 * finds what may be one (time_anchor.h). From there a stretch reaches back and
 * on as long as each token may follow upon the one before it in some sequence,
 * which is rarely far; the rest of the text is never cut into tokens. */
#include "text/time_search.h"
#include "base/cpu.h"

enum {
    STRETCH_MAX = 6000 /* tokens: items are counted in 16 bits */
};

typedef dtl_time_search search;

void dtl_time_search_init(search *s, const dtl_time_lang *lang, dtl_str text)
{
    s->lang = lang;
    s->text = text;
    s->at = s->searched = s->next = s->count = 0;
    s->found = false;
}

static size_t find_anchors(search *s)
{
#if DTL_CPU_X86
    dtl_cpu level = dtl_cpu_level();

    if (level >= DTL_CPU_AVX2)
        return dtl_time_find_anchors_avx2(s->lang->filter, s->text, s->searched,
                                          s->anchors);
    if (level >= DTL_CPU_SSE41)
        return dtl_time_find_anchors_sse41(s->lang->filter, s->text,
                                           s->searched, s->anchors);
#endif
    return dtl_time_find_anchors_plain(s->lang->filter, s->text, s->searched,
                                       s->anchors);
}

/* The next place from s->at on that may be an anchor; false: none is left. */
static bool next_place(search *s, size_t *at)
{
    for (;;) {
        while (s->next < s->count && s->anchors[s->next] < s->at)
            s->next++;
        if (s->next < s->count)
            break;
        if (s->searched < s->at)
            s->searched = s->at - s->at % DTL_TIME_ANCHORS;
        if (s->searched >= s->text.len)
            return false;
        s->count = find_anchors(s);
        s->next = 0;
        s->searched += DTL_TIME_ANCHORS;
    }
    *at = s->anchors[s->next++];
    return true;
}

static bool is_linked(const dtl_time_lang *lang, const dtl_time_token *a,
                      const dtl_time_token *b)
{
    return lang->hot[a->word].follow & lang->hot[b->word].mask;
}

/* Whether a word that no token before it leads to may be of a time. */
static bool may_begin(const search *s, const dtl_time_token *t)
{
    dtl_time_token next;

    return s->lang->hot[t->word].next == UINT64_MAX ||
           (dtl_time_tokens_behind(s->lang, s->text, t->end, &next, 1) &&
            is_linked(s->lang, t, &next));
}

/* Goes back from an anchor to where its stretch begins, at most to s->at.
 * False where it cannot be of a time. */
static bool go_back(search *s, dtl_time_token t)
{
    const dtl_time_token anchor = t;
    dtl_time_token before;
    size_t begin;

    s->begin = t.start;
    s->has_before = false;
    while (s->begin > s->at) {
        s->has_before =
            dtl_time_token_before(s->lang, s->text, s->begin, &before);
        if (!s->has_before)
            break;
        if (before.start < s->at) {
            s->begin = s->at;
            break;
        }
        s->before = before;
        if (!is_linked(s->lang, &before, &t))
            break;
        t = before;
        s->begin = t.start;
        s->has_before = false;
    }
    if (s->begin == anchor.start && anchor.kind == DTL_TT_WORD &&
        !may_begin(s, &anchor))
        return false;
    /* What touches numbers tells whether they are codes. */
    for (begin = s->begin;
         begin > s->at && (unsigned char)s->text.ptr[begin - 1] > ' ';)
        begin--;
    if (begin < s->begin)
        s->has_before = false;
    s->begin = begin;
    return true;
}

/* Finds the next anchor from s->at on, and where its stretch begins. */
static void find_next(search *s)
{
    dtl_time_token t;
    size_t at;

    s->found = false;
    while (!s->found && next_place(s, &at)) {
        if (!dtl_time_anchor_at(s->lang, s->text, at, &t) || !go_back(s, t))
            continue;
        s->anchor = t.start;
        s->found = true;
    }
}

static dtl_status make_room(dtl_time_tokens *o, dtl_time_scanner *x)
{
    if (o->cap > x->count)
        return DTL_OK;
    if (dtl_grow((void **)&o->tokens, &o->cap, x->count + 1,
                 sizeof *o->tokens) ||
        dtl_grow((void **)&o->starts, &o->start_cap, o->cap, sizeof *o->starts))
        return DTL_NOMEM;
    x->tokens = o->tokens;
    return DTL_OK;
}

/* Whether a stretch goes on behind its last token, of which the anchor is at
 * least one. */
static bool goes_on(const dtl_time_scanner *x)
{
    const dtl_time_token *last = x->tokens + x->count - 1;

    return x->count < 2 || x->lang->anchors[last->word] ||
           is_linked(x->lang, last - 1, last) ||
           (unsigned char)x->text.ptr[x->at] > ' ';
}

/* Takes tokens up to where the stretch with the anchor ends. *over: with it,
 * the paragraph does. */
static dtl_status take_chain(search *s, dtl_time_tokens *o, dtl_time_scanner *x,
                             bool *over)
{
    while (!*over && x->at < s->text.len) {
        size_t count = x->count;

        if (make_room(o, x))
            return DTL_NOMEM;
        *over = dtl_time_scan_token(x) || x->count >= STRETCH_MAX;
        if (x->count != count && x->at > s->anchor && x->at < s->text.len &&
            !goes_on(x))
            break;
    }
    return DTL_OK;
}

/* Notes which tokens may begin a sequence, seen by what is behind them. */
static void note_starts(const dtl_time_lang *lang, dtl_time_tokens *o)
{
    const dtl_time_hot *hot = lang->hot;

    o->start_count = 0;
    for (size_t i = 0; i < o->count; i++) {
        uint64_t next = hot[o->tokens[i].word].next;
        uint64_t mask =
            i + 1 < o->count ? hot[o->tokens[i + 1].word].mask : hot[0].mask;

        o->starts[o->start_count] = (uint16_t)i;
        o->start_count += (next & mask) != 0;
    }
}

dtl_status dtl_time_search_next(search *s, dtl_time_tokens *o)
{
    dtl_time_scanner x;
    bool over = false;

    o->count = o->start_count = 0;
    if (!s->found)
        find_next(s);
    if (!s->found)
        return DTL_OK;
    x = dtl_time_scan_from(s->lang, s->text, s->begin, o->tokens);
    if (make_room(o, &x))
        return DTL_NOMEM;
    if (s->has_before) {
        x.tokens[x.count++] = s->before;
        x.last = s->before.end;
    }
    do {
        if (take_chain(s, o, &x, &over))
            return DTL_NOMEM;
        s->at = x.at;
        find_next(s);
    } while (s->found && !over && s->begin <= x.at);
    o->count = x.count;
    note_starts(s->lang, o);
    return DTL_OK;
}
