/* The inside of a quotation finder, for its own files and for training. */
#ifndef DTL_TEXT_QUOTE_FINDER_H
#define DTL_TEXT_QUOTE_FINDER_H

#include "text/quote.h"
#include "text/names.h"
#include "text/quote_places.h"
#include "text/quote_turns.h"
#include "text/speaker.h"

/* What was decided of a stretch. */
typedef struct {
    uint32_t phrase; /* the source's, or NONE: no speech */
    uint32_t verb;   /* phrase of the verb that says so, or NONE */
    float confidence;
} dtl_quote_decision;

struct dtl_quote_finder {
    dtl_str text;
    const dtl_quote_language *language; /* NULL: one without a table */
    const dtl_quote_language *words;    /* the same, or another's then */
    dtl_arena arena;                    /* what results are made of */
    dtl_quote_places places, farther;   /* that are read */
    dtl_quote_tokens tokens;
    dtl_quote_stretches stretches, whole; /* whole: before they are split */
    dtl_quote_phrases phrases;
    dtl_speaker_map map; /* of those that are near */
    dtl_quote_turns turns;
    uint32_t *of_stretch, *speakers;
    dtl_quote_decision *decisions;
    size_t of_stretch_cap, speakers_cap, decisions_cap;
    dtl_text_names names;
    dtl_speaker_view view;
    dtl_quote *out;
    size_t count, cap;
};

/* Everything up to the phrases. */
dtl_status dtl_quotes_prepare(dtl_quote_finder *f, dtl_str text,
                              const dtl_quote_options *opts);

/* Makes the quotations of the decided stretches. DTL_NOMEM is the only
 * error. */
dtl_status dtl_quotes_build(dtl_quote_finder *f);

/* Adds the turns of a talk to the quotations of the rest; all is in the order
 * of its starts then. DTL_NOMEM is the only error. */
dtl_status dtl_quotes_add_turns(dtl_quote_finder *f);

/* Adds speech without quote marks; all is in the order of its starts then.
 * DTL_NOMEM is the only error. */
dtl_status dtl_quotes_add_indirect(dtl_quote_finder *f);

/* The bytes of phrases [from, to) without what is empty at their ends; 0 to 0
 * when there is nothing else. */
dtl_span dtl_quotes_report_span(const dtl_quote_finder *f, uint32_t from,
                                uint32_t to);

/* Fills in who said q, by which words and where. preferred is the phrase of
 * who spoke before, or UINT32_MAX. */
void dtl_quotes_add_source(const dtl_quote_finder *f,
                           const dtl_quote_decision *d, uint32_t preferred,
                           dtl_quote *q);

#endif
