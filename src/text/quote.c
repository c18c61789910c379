/* Finds quotations: marks, then phrases, then a speaker for each stretch,
 * then stretches joined to quotations. */
#include "text/quote.h"

#include "base/str.h"
#include "text/quote_finder.h"

#include <math.h>

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
    dtl_free(f->places.at);
    dtl_free(f->farther.at);
    dtl_quote_tokens_clear(&f->tokens);
    dtl_free(f->stretches.at);
    dtl_free(f->whole.at);
    dtl_free(f->turns.at);
    dtl_free(f->phrases.at);
    dtl_speaker_map_clear(&f->map);
    dtl_free(f->of_stretch);
    dtl_free(f->speakers);
    dtl_free(f->decisions);
    dtl_text_names_clear(&f->names);
    dtl_free(f->out);
    dtl_arena_clear(&f->arena);
    dtl_free(f);
}

/* The words and marks of the places. */
static dtl_status read_places(dtl_quote_finder *f,
                              const dtl_quote_places *places)
{
    dtl_status st = DTL_OK;
    size_t i;

    for (i = 0; i < places->count && st == DTL_OK; i++)
        st = dtl_quote_tokens_read(&f->tokens, f->text, places->at[i].start,
                                   places->at[i].end, f->words);
    return st;
}

static dtl_status find_stretches(dtl_quote_finder *f, bool dashes)
{
    dtl_status st;

    if (!dashes && !f->words->insets)
        return dtl_quote_stretches_find(&f->tokens, false, &f->stretches);
    st = dtl_quote_stretches_find(&f->tokens, dashes, &f->whole);
    if (st != DTL_OK)
        return st;
    return dtl_quote_insets_split(&f->tokens, f->language, &f->whole,
                                  &f->stretches);
}

static dtl_status make_room(dtl_quote_finder *f, size_t stretches)
{
    dtl_status st = dtl_grow((void **)&f->of_stretch, &f->of_stretch_cap,
                             stretches, sizeof *f->of_stretch);

    if (st == DTL_OK)
        st = dtl_grow((void **)&f->speakers, &f->speakers_cap, stretches,
                      sizeof *f->speakers);
    if (st == DTL_OK)
        st = dtl_grow((void **)&f->decisions, &f->decisions_cap, stretches,
                      sizeof *f->decisions);
    return st;
}

/* Everything up to the phrases. */
dtl_status dtl_quotes_prepare(dtl_quote_finder *f, dtl_str text,
                              const dtl_quote_options *opts)
{
    bool dashes;
    dtl_status st;
    size_t i;

    if (text.len >= UINT32_MAX)
        return DTL_LIMIT;
    f->text = text;
    f->language = dtl_quote_language_of(opts ? opts->language : (dtl_str){0});
    /* Marks are found without words too. */
    f->words = f->language ? f->language : &dtl_quote_languages[0];
    dashes = !f->language || f->language->dashes;
    dtl_arena_reset(&f->arena);
    f->tokens.count = 0;
    st = dtl_quote_places_find(text, dashes, &f->places);
    if (st == DTL_OK && opts && opts->indirect)
        st = dtl_quote_tokens_read(&f->tokens, text, 0, text.len, f->words);
    else if (st == DTL_OK)
        st = read_places(f, &f->places);
    f->turns.count = 0;
    if (st == DTL_OK && f->places.labels >= DTL_QUOTE_LEAST_TURNS)
        st = dtl_quote_turns_find(text, &f->turns);
    if (st == DTL_OK)
        st = find_stretches(f, dashes);
    if (st == DTL_OK)
        st = make_room(f, f->stretches.count + 1);
    if (st == DTL_OK)
        st = dtl_quote_phrases_find(&f->tokens, 0, text, f->words,
                                    &f->stretches, &f->phrases, f->of_stretch);
    if (st == DTL_OK)
        st = dtl_speaker_map_make(&f->map, &f->phrases);
    f->view = (dtl_speaker_view){.text = text,
                                 .map = &f->map,
                                 .tokens = &f->tokens,
                                 .stretches = &f->stretches,
                                 .phrases = &f->phrases,
                                 .of_stretch = f->of_stretch,
                                 .speakers = f->speakers,
                                 .british = true};
    for (i = 0; i < f->stretches.count && f->view.british; i++)
        f->view.british = f->stretches.at[i].flags & DTL_QS_SINGLE;
    return st;
}

/* The candidate with the largest score, and by how much. */
static dtl_quote_decision best_of(const dtl_speaker_choice *choice)
{
    size_t best = 0, i;
    float second = -1e9F;

    for (i = 1; i < choice->count; i++) {
        if (choice->at[i].score > choice->at[best].score)
            best = i;
    }
    for (i = 0; i < choice->count; i++) {
        if (i != best && choice->at[i].score > second)
            second = choice->at[i].score;
    }
    return (dtl_quote_decision){
        choice->at[best].phrase, choice->at[best].verb,
        1 / (1 + expf(second - choice->at[best].score))};
}

/* Speech of someone who is not named. */
static dtl_quote_decision unknown_speaker(const dtl_quote_finder *f, size_t i)
{
    return (dtl_quote_decision){f->of_stretch[i], DTL_SPEAKER_NONE, 0.5F};
}

/* Without the words of its language a stretch is speech when it is long or
 * closed like a sentence; nobody is named for it. */
static dtl_quote_decision decide_blindly(const dtl_quote_finder *f, size_t i)
{
    const dtl_quote_stretch *s = &f->stretches.at[i];
    const dtl_quote_token *t = f->tokens.at;
    bool speech =
        s->inner_end - s->inner_start >= 20 ||
        (s->close - s->open > 3 && t[s->close - 2].kind <= DTL_QT_STOP &&
         t[s->close - 2].kind >= DTL_QT_COMMA);

    return speech
               ? unknown_speaker(f, i)
               : (dtl_quote_decision){DTL_SPEAKER_NONE, DTL_SPEAKER_NONE, 0.5F};
}

static bool has_words(const dtl_quote_finder *f, const dtl_quote_stretch *s)
{
    uint32_t i;

    for (i = s->open; i < s->close; i++) {
        if (f->tokens.at[i].kind <= DTL_QT_NUMBER)
            return true;
    }
    return false;
}

static void decide(dtl_quote_finder *f)
{
    uint32_t previous = DTL_SPEAKER_NONE;
    size_t i;

    for (i = 0; i < f->stretches.count; i++) {
        dtl_speaker_choice choice;

        uint8_t flags = f->stretches.at[i].flags;
        dtl_quote_decision *d = &f->decisions[i];

        if (!has_words(f, &f->stretches.at[i])) {
            *d = (dtl_quote_decision){DTL_SPEAKER_NONE, DTL_SPEAKER_NONE, 0};
        } else if (i > 0 && flags & (DTL_QS_CONTINUES | DTL_QS_SPLIT) &&
                   d[-1].phrase != DTL_SPEAKER_NONE) {
            *d = d[-1];
        } else if (!f->language || flags & DTL_QS_ALONE) {
            *d = decide_blindly(f, i);
        } else {
            dtl_speaker_candidates(&f->view, i, &choice);
            *d = best_of(&choice);
        }
        if (d->phrase == DTL_SPEAKER_NONE && flags & DTL_QS_DASH)
            *d = unknown_speaker(f, i);
        if (d->phrase != DTL_SPEAKER_NONE && d->phrase != f->of_stretch[i])
            previous = d->phrase;
        f->speakers[i] = previous;
    }
}

/* Reads the labels of turns behind all else, and notes their phrases. */
static dtl_status read_labels(dtl_quote_finder *f)
{
    dtl_status st = DTL_OK;
    size_t i;

    for (i = 0; i < f->turns.count && st == DTL_OK; i++) {
        dtl_quote_turn *t = &f->turns.at[i];
        size_t from = f->tokens.count;

        if (t->label != i)
            continue;
        st = dtl_quote_tokens_read(&f->tokens, f->text, t->start, t->label_end,
                                   f->words);
        if (st == DTL_OK)
            st = dtl_quote_phrases_find(&f->tokens, from, f->text, f->words,
                                        NULL, &f->phrases, NULL);
        t->phrase = (uint32_t)f->phrases.count - 1;
    }
    return st;
}

/* A name in capitals as it stands elsewhere. */
static dtl_str with_small_letters(dtl_quote_finder *f, dtl_str word)
{
    char *small;
    size_t i;

    for (i = 0; i < word.len; i++) {
        if (word.ptr[i] < 'A' || word.ptr[i] > 'Z')
            return word;
    }
    small = word.len > 1 ? dtl_arena_alloc(&f->arena, word.len) : NULL;
    if (!small)
        return word;
    small[0] = word.ptr[0];
    for (i = 1; i < word.len; i++)
        small[i] = dtl_lower(word.ptr[i]);
    return (dtl_str){small, word.len};
}

/* The words of which more may stand farther off. */
static size_t wanted_words(dtl_quote_finder *f, dtl_str *words)
{
    const size_t most = DTL_QUOTE_WORDS_NAMED;
    size_t count = 0, i;

    for (i = 0; i < f->stretches.count; i++) {
        uint32_t phrase = f->decisions[i].phrase;

        if (phrase != DTL_SPEAKER_NONE && phrase != f->of_stretch[i])
            dtl_text_names_wanting(&f->names, phrase, words, most, &count);
    }
    for (i = 0; i < f->turns.count; i++) {
        if (f->turns.at[i].label == i)
            dtl_text_names_wanting(&f->names, f->turns.at[i].phrase, words,
                                   most, &count);
    }
    for (i = 0; i < count; i++)
        words[i] = with_small_letters(f, words[i]);
    return count;
}

/* Collects the names, of the lines farther off too that may tell more of who
 * speaks. */
static dtl_status collect_names(dtl_quote_finder *f, bool all)
{
    size_t near = f->phrases.count, known, tokens, count = 0;
    dtl_str words[DTL_QUOTE_WORDS_NAMED];
    dtl_status st = read_labels(f);

    if (st == DTL_OK)
        st = dtl_text_names_collect(&f->names, f->text, &f->tokens, &f->phrases,
                                    near, 0, f->words);
    if (st == DTL_OK && !all)
        count = wanted_words(f, words);
    if (st != DTL_OK || !count)
        return st;
    st =
        dtl_quote_places_naming(f->text, &f->places, words, count, &f->farther);
    if (st != DTL_OK || !f->farther.count)
        return st;
    tokens = f->tokens.count;
    known = f->phrases.count;
    st = read_places(f, &f->farther);
    if (st == DTL_OK)
        st = dtl_quote_phrases_find(&f->tokens, tokens, f->text, f->words, NULL,
                                    &f->phrases, NULL);
    if (st == DTL_OK)
        st = dtl_text_names_collect(&f->names, f->text, &f->tokens, &f->phrases,
                                    near, known, f->words);
    return st;
}

/* What stands in a turn of talk is said by who has it. */
static void leave_out_turns(dtl_quote_finder *f)
{
    size_t turn = 0, i;

    for (i = 0; i < f->stretches.count; i++) {
        uint32_t start = f->stretches.at[i].start;

        while (turn < f->turns.count && f->turns.at[turn].end <= start)
            turn++;
        if (turn < f->turns.count && f->turns.at[turn].start <= start)
            f->decisions[i].phrase = DTL_SPEAKER_NONE;
    }
}

dtl_status dtl_quotes_find(dtl_quote_finder *f, dtl_str text,
                           const dtl_quote_options *opts, const dtl_quote **out,
                           size_t *count)
{
    dtl_status st = dtl_quotes_prepare(f, text, opts);
    bool indirect = opts && opts->indirect && f->language;

    *out = NULL;
    *count = 0;
    f->count = 0;
    if (st == DTL_OK && (f->stretches.count || f->turns.count || indirect)) {
        decide(f);
        leave_out_turns(f);
        if (f->language)
            st = collect_names(f, indirect);
        if (st == DTL_OK)
            st = dtl_quotes_build(f);
        if (st == DTL_OK && f->turns.count)
            st = dtl_quotes_add_turns(f);
        if (st == DTL_OK && indirect)
            st = dtl_quotes_add_indirect(f);
    }
    if (st == DTL_OK) {
        *out = f->out;
        *count = f->count;
    }
    return st;
}
