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
    int tense = 0;

    if (t->kind != DTL_TT_WORD)
        return 0;
    if (dtl_time_token_is(c->lang, t, DTL_CLASS_TENSE, &tense))
        return tense;
    return len && !(t->flags & DTL_TT_CAP) && !t->word &&
                   t->end - t->start > len + 2 &&
                   memcmp(c->text.ptr + t->end - len, ending, len) == 0
               ? -1
               : 0;
}

int dtl_time_tense(const dtl_time_context *c, uint32_t from, uint32_t to)
{
    const dtl_time_tokens *tokens = c->tokens;
    int tense;

    for (uint32_t i = from, n = 0; i-- > 0 && n < REACH; n++) {
        const dtl_time_token *t = &tokens->tokens[i];

        if (ends_sentence(tokens, i))
            break;
        tense = token_tense(c, t);
        if (tense)
            return tense;
        if (t->flags & DTL_TT_LINE)
            break;
    }
    for (uint32_t i = to, n = 0; i < tokens->count && n < REACH; i++, n++) {
        const dtl_time_token *t = &tokens->tokens[i];

        if (t->flags & DTL_TT_LINE || ends_sentence(tokens, i))
            break;
        tense = token_tense(c, t);
        if (tense)
            return tense;
    }
    return 0;
}
