/* Whether a sentence speaks of what was or of what will be.
 *
 * The nearest word that tells counts, first those before the time, within
 * its sentence. Languages list such words; a verb's ending tells too, where
 * the language has one. */
#include "text/time_solve.h"
#include "base/str.h"

enum {
    REACH = 40 /* words; sentences are rarely longer */
};

/* Whether a token ends its sentence, by the two beside it; NULL where there is
 * none. */
static bool ends_sentence(const dtl_time_token *before, const dtl_time_token *t,
                          const dtl_time_token *next)
{
    if (t->kind != DTL_TT_MARK ||
        (t->value != '.' && t->value != '!' && t->value != '?'))
        return false;
    return !next ||
           (!(next->flags & DTL_TT_GLUED) && next->flags & DTL_TT_CAP &&
            !(before && before->end - before->start <= 3 && t->value == '.'));
}

static int token_tense(const dtl_time_context *c, const dtl_time_token *t)
{
    const char *ending = c->lang->past_ending;
    size_t len = ending ? strlen(ending) : 0;

    if (t->kind != DTL_TT_WORD)
        return 0;
    if (t->word)
        return c->lang->words[t->word].tense;
    return len && !(t->flags & DTL_TT_CAP) && t->end - t->start > len + 2 &&
                   memcmp(c->text.ptr + t->end - len, ending, len) == 0
               ? -1
               : 0;
}

/* The tense that a token tells with those before it, of which there are n. A
 * past participle may belong to a verb of the future some words before it:
 * "will be held". */
static int tense_at(const dtl_time_context *c, const dtl_time_token *t,
                    const dtl_time_token *before, size_t n)
{
    dtl_time_token other;
    int tense = token_tense(c, t);

    for (size_t k = 0; tense < 0 && k < 4; k++) {
        if (k < n)
            other = before[n - 1 - k];
        else if (!dtl_time_token_before(c->lang, c->text,
                                        k ? other.start : t->start, &other))
            break;
        if (other.kind == DTL_TT_MARK)
            break;
        if (token_tense(c, &other) > 0)
            return 1;
    }
    return tense;
}

/* The tense that the tokens before one tell, the nearest first. */
static int tense_before(const dtl_time_context *c, const dtl_time_token *first)
{
    dtl_time_token next = *first, t, before;
    bool more = dtl_time_token_before(c->lang, c->text, first->start, &t);

    for (size_t n = 0; more && n < REACH; n++) {
        int tense;

        more = dtl_time_token_before(c->lang, c->text, t.start, &before);
        if (ends_sentence(more ? &before : NULL, &t, &next))
            break;
        tense = tense_at(c, &t, &before, more);
        if (tense || t.flags & DTL_TT_LINE)
            return tense;
        next = t;
        t = before;
    }
    return 0;
}

/* The tense that the tokens behind one tell, as many as most, the nearest
 * first. *over: no other would tell more. */
static int tense_behind(const dtl_time_context *c, const dtl_time_token *last,
                        size_t most, bool *over)
{
    dtl_time_token t[REACH + 3];
    size_t count = 1 + dtl_time_tokens_behind(c->lang, c->text, last->end,
                                              t + 1, most + 1);

    t[0] = *last;
    *over = true;
    for (size_t i = 1; i < count && i <= most; i++) {
        int tense;

        if (t[i].flags & DTL_TT_LINE ||
            ends_sentence(&t[i - 1], &t[i], i + 1 < count ? &t[i + 1] : NULL))
            return 0;
        tense = tense_at(c, &t[i], t, i);
        if (tense)
            return tense;
    }
    *over = count <= most;
    return 0;
}

int dtl_time_tense(const dtl_time_context *c, uint32_t from, uint32_t to)
{
    const dtl_time_token *tokens = c->tokens->tokens;
    int tense = tense_before(c, &tokens[from]);
    bool over = false;

    /* What tells is near, if anything does. */
    if (!tense)
        tense = tense_behind(c, &tokens[to - 1], REACH / 4, &over);
    if (!tense && !over)
        tense = tense_behind(c, &tokens[to - 1], REACH, &over);
    return tense;
}

bool dtl_time_has_more(const dtl_time_context *c, const dtl_time_item *i,
                       int others)
{
    const dtl_time_tokens *o = c->tokens;
    size_t found = o->count - (i->to - i->from);
    size_t most = others < 0 ? 0 : (size_t)others, at = o->tokens[0].start;
    dtl_time_token t[16];

    if (others < 0)
        return true;
    for (; found <= most && dtl_time_token_before(c->lang, c->text, at, t);
         at = t[0].start)
        found++;
    if (found <= most)
        found += dtl_time_tokens_behind(c->lang, c->text,
                                        o->tokens[o->count - 1].end, t,
                                        most < 15 ? most + 1 : 16);
    return found > most;
}
