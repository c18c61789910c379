/* Stretches of text between quote marks. */
#ifndef DTL_TEXT_QUOTE_MARKS_H
#define DTL_TEXT_QUOTE_MARKS_H

#include "text/quote_tokens.h"

enum {
    DTL_QS_UNCLOSED = 1,  /* runs to the end of its paragraph */
    DTL_QS_CONTINUES = 2, /* opens a paragraph, after an unclosed one */
    DTL_QS_SINGLE = 4,    /* between single marks */
    DTL_QS_DASH = 8,      /* behind the dash of a paragraph's start */
    DTL_QS_ALONE = 16,    /* of such, with nobody named in the paragraph */
    DTL_QS_SPLIT = 32     /* goes on with the one before, who speaks between */
};

/* Between an opening mark and the one that closes it, marks within aside, all
 * in one paragraph. Tokens [open, close), bytes [start, end), both with the
 * marks; [inner_start, inner_end) without. */
typedef struct {
    uint32_t open, close;
    uint32_t start, end;
    uint32_t inner_start, inner_end;
    uint8_t flags; /* DTL_QS_ */
} dtl_quote_stretch;

typedef struct {
    dtl_quote_stretch *at;
    size_t count, cap;
} dtl_quote_stretches;

/* Finds the stretches of tokens, in order, with dashes those behind one. The
 * memory is reused, and freed by the caller with dtl_free(out->at). DTL_NOMEM
 * is the only error. */
dtl_status dtl_quote_stretches_find(const dtl_quote_tokens *tokens, bool dashes,
                                    dtl_quote_stretches *out);

/* Splits stretches where words within say who speaks, and leaves those behind
 * dashes out that nobody says. language is NULL for one without a table. out is
 * another list. */
dtl_status dtl_quote_insets_split(const dtl_quote_tokens *tokens,
                                  const dtl_quote_language *language,
                                  const dtl_quote_stretches *in,
                                  dtl_quote_stretches *out);

#endif
