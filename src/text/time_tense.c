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

static bool ends_sentence(const dtl_time_tokens *tokens, uint32_t at)
{
    const dtl_time_token *t = &tokens->tokens[at];

    if (t->kind != DTL_TT_MARK ||
        (t->value != '.' && t->value != '!' && t->value != '?'))
        return false;
    return at + 1 >= tokens->count ||
           (!(t[1].flags & DTL_TT_GLUED) && t[1].flags & DTL_TT_CAP &&
            !(at && t[-1].end - t[-1].start <= 3 && t->value == '.'));
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

/* A past participle may belong to a verb of the future some words before it:
 * "will be held". */
static bool told_future(const dtl_time_context *c, uint32_t at)
{
    const dtl_time_tokens *tokens = c->tokens;

    for (uint32_t i = at, n = 0; i-- > 0 && n < 4; n++) {
        if (tokens->tokens[i].kind == DTL_TT_MARK)
            return false;
        if (token_tense(c, &tokens->tokens[i]) > 0)
            return true;
    }
    return false;
}

/* The tense that a token tells with those before it. */
static int tense_at(const dtl_time_context *c, uint32_t at)
{
    int tense = token_tense(c, &c->tokens->tokens[at]);

    return tense < 0 && told_future(c, at) ? 1 : tense;
}

int dtl_time_tense(const dtl_time_context *c, uint32_t from, uint32_t to)
{
    const dtl_time_tokens *tokens = c->tokens;
    int tense = 0;

    for (uint32_t i = from, n = 0; !tense && i-- > 0 && n < REACH; n++) {
        if (ends_sentence(tokens, i))
            break;
        tense = tense_at(c, i);
        if (tokens->tokens[i].flags & DTL_TT_LINE)
            break;
    }
    for (uint32_t i = to, n = 0; !tense && i < tokens->count && n < REACH;
         i++, n++) {
        if (tokens->tokens[i].flags & DTL_TT_LINE || ends_sentence(tokens, i))
            break;
        tense = tense_at(c, i);
    }
    return tense;
}
