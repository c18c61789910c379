/* Finds quotations: marks, then phrases, then a speaker for each stretch,
 * then stretches joined to quotations. */
#include "text/quote.h"

#include "base/str.h"
#include "text/quote_finder.h"

dtl_quote_finder *dtl_quote_finder_new(void)
{
    dtl_quote_finder *f = dtl_malloc(sizeof *f);

    if (f)
        *f = (dtl_quote_finder){0};
    return f;
}

void dtl_quote_finder_free(dtl_quote_finder *f)
{
    if (!f)
        return;
    dtl_quote_tokens_clear(&f->tokens);
    dtl_free(f->stretches.at);
    dtl_free(f->phrases.at);
    dtl_free(f->of_stretch);
    dtl_free(f->speakers);
    dtl_free(f->out);
    dtl_arena_clear(&f->arena);
    dtl_free(f);
}

/* Everything up to the phrases. */
dtl_status dtl_quotes_prepare(dtl_quote_finder *f, dtl_str text,
                              const dtl_quote_options *opts)
{
    const dtl_quote_language *language =
        dtl_quote_language_of(opts ? opts->language : (dtl_str){0});
    dtl_status st;
    size_t n;

    if (text.len >= UINT32_MAX)
        return DTL_LIMIT;
    f->text = text;
    f->language = language;
    dtl_arena_reset(&f->arena);
    st = dtl_quote_tokens_read(&f->tokens, text, language);
    if (st == DTL_OK)
        st = dtl_quote_stretches_find(&f->tokens, &f->stretches);
    n = f->stretches.count + 1;
    if (st == DTL_OK)
        st = dtl_grow((void **)&f->of_stretch, &f->of_stretch_cap, n,
                      sizeof *f->of_stretch);
    if (st == DTL_OK)
        st = dtl_grow((void **)&f->speakers, &f->speakers_cap, n,
                      sizeof *f->speakers);
    if (st == DTL_OK)
        st = dtl_quote_phrases_find(&f->tokens, text, &f->stretches,
                                    &f->phrases, f->of_stretch);
    f->view = (dtl_speaker_view){text,        &f->tokens,    &f->stretches,
                                 &f->phrases, f->of_stretch, f->speakers};
    return st;
}

static const dtl_speaker_candidate *best_of(const dtl_speaker_choice *choice)
{
    const dtl_speaker_candidate *best = &choice->at[0];
    size_t i;

    for (i = 1; i < choice->count; i++) {
        if (choice->at[i].score > best->score)
            best = &choice->at[i];
    }
    return best;
}

static dtl_text_range phrase_range(const dtl_quote_finder *f, uint32_t phrase)
{
    const dtl_quote_phrase *p = &f->phrases.at[phrase];
    const dtl_quote_token *t = f->tokens.at;

    if (p->from == p->to)
        return (dtl_text_range){0, 0};
    return (dtl_text_range){t[p->from].start, t[p->to - 1].end};
}

static dtl_status add(dtl_quote_finder *f, size_t stretch,
                      const dtl_speaker_candidate *c)
{
    const dtl_quote_stretch *s = &f->stretches.at[stretch];
    dtl_text_range *span = dtl_arena_alloc(&f->arena, sizeof *span);
    dtl_quotation q = {.start = s->start, .end = s->end};
    dtl_status st =
        dtl_grow((void **)&f->out, &f->cap, f->count + 1, sizeof *f->out);

    if (st != DTL_OK || !span)
        return DTL_NOMEM;
    *span = (dtl_text_range){s->start, s->end};
    q.spans = span;
    q.span_count = 1;
    q.text = dtl_str_sub(f->text, s->inner_start, s->inner_end);
    q.mention = phrase_range(f, c->phrase);
    q.speaker = dtl_str_sub(f->text, q.mention.start, q.mention.end);
    f->out[f->count++] = q;
    return DTL_OK;
}

dtl_status dtl_quotes_find(dtl_quote_finder *f, dtl_str text,
                           const dtl_quote_options *opts,
                           const dtl_quotation **out, size_t *count)
{
    dtl_status st = dtl_quotes_prepare(f, text, opts);
    uint32_t previous = DTL_SPEAKER_NONE;
    size_t i;

    f->count = 0;
    *out = NULL;
    *count = 0;
    for (i = 0; st == DTL_OK && i < f->stretches.count; i++) {
        dtl_speaker_choice choice;
        const dtl_speaker_candidate *best;

        dtl_speaker_candidates(&f->view, i, &choice);
        best = best_of(&choice);
        if (best->phrase != DTL_SPEAKER_NONE) {
            previous = best->phrase;
            st = add(f, i, best);
        }
        f->speakers[i] = previous;
    }
    if (st == DTL_OK) {
        *out = f->out;
        *count = f->count;
    }
    return st;
}

const char *dtl_speech_kind_name(dtl_speech_kind k)
{
    static const char *const names[] = {"direct", "mixed", "indirect"};

    return names[k];
}
