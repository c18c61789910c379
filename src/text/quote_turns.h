/* Turns of a talk: lines that begin with who speaks, "Ann Lee: Why now?". */
#ifndef DTL_TEXT_QUOTE_TURNS_H
#define DTL_TEXT_QUOTE_TURNS_H

#include "base/alloc.h"

/* What one says, with the lines below it up to the next turn. */
typedef struct {
    uint32_t start, label_end; /* bytes: the label, without its colon */
    uint32_t body, end;        /* what is said, to the end of its last line */
    uint32_t lines;            /* of it */
    uint32_t label;            /* number of the first turn with that label */
    uint32_t phrase;           /* the label's, of such a first turn */
} dtl_quote_turn;

typedef struct {
    dtl_quote_turn *at;
    size_t count, cap;
} dtl_quote_turns;

enum {
    DTL_QUOTE_LEAST_TURNS = 4 /* of a talk */
};

/* Bytes of the label that the line [at, end) of text begins with, and in
 * *body where what is said begins; 0: it has none. */
size_t dtl_quote_label(dtl_str text, size_t at, size_t end, size_t *body);

/* The next line of [at, end) that is not blank, without white space around,
 * as [*start, *stop); returns where the line behind it begins, SIZE_MAX when
 * there is none. */
size_t dtl_quote_next_line(dtl_str text, size_t at, size_t end, size_t *start,
                           size_t *stop);

/* Finds the turns of text, which is under 4 GiB; none unless two at least
 * speak twice, and one asks. The memory is reused, and freed by the caller
 * with dtl_free(out->at). DTL_NOMEM is the only error. */
dtl_status dtl_quote_turns_find(dtl_str text, dtl_quote_turns *out);

#endif
