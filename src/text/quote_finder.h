/* The inside of a quotation finder, for its own files and for training. */
#ifndef DTL_TEXT_QUOTE_FINDER_H
#define DTL_TEXT_QUOTE_FINDER_H

#include "text/quote.h"
#include "text/speaker.h"

struct dtl_quote_finder {
    dtl_str text;
    const dtl_quote_language *language;
    dtl_arena arena; /* what results are made of */
    dtl_quote_tokens tokens;
    dtl_quote_stretches stretches;
    dtl_quote_phrases phrases;
    uint32_t *of_stretch, *speakers;
    size_t of_stretch_cap, speakers_cap;
    dtl_speaker_view view;
    dtl_quotation *out;
    size_t count, cap;
};

/* Everything up to the phrases. */
dtl_status dtl_quotes_prepare(dtl_quote_finder *f, dtl_str text,
                              const dtl_quote_options *opts);

#endif
