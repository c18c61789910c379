/* Tokens to results by the rules of a language. Used by the time_*.c files
 * only. */
#ifndef DTL_TEXT_TIME_MATCH_H
#define DTL_TEXT_TIME_MATCH_H

#include "text/time_scan.h"

/* What a rule made of some tokens, nothing reckoned yet. */
typedef struct {
    uint32_t from, to; /* tokens */
    uint64_t has;      /* slots that are set */
    uint64_t mask;     /* bits of the classes that it has as a cell */
    uint32_t classes;  /* bit n: it has DTL_CLASS_I_DATE + n */
    uint8_t op;        /* dtl_time_op */
    int16_t v[DTL_SLOT_COUNT];
} dtl_time_item;

/* The results of a chunk. Tokens that no result has are cells of their own,
 * and what lies in a result is one cell. */
typedef struct {
    dtl_time_item *items;
    size_t count, cap;
    uint16_t *at; /* token: 1 + the item that begins there, 0: none; only that
                     of a cell's first token matters */
    size_t at_cap;
    uint16_t *live, *next; /* items that are cells, in their order */
    size_t live_count, live_cap, next_cap;
} dtl_time_match;

static inline bool dtl_time_has(const dtl_time_item *i, dtl_time_slot s)
{
    return i->has >> s & 1;
}

static inline int dtl_time_get(const dtl_time_item *i, dtl_time_slot s,
                               int otherwise)
{
    return dtl_time_has(i, s) ? i->v[s] : otherwise;
}

static inline void dtl_time_set(dtl_time_item *i, dtl_time_slot s, int value)
{
    i->has |= (uint64_t)1 << s;
    i->v[s] = (int16_t)value;
}

/* Fills m->live with the tokens' results, level after level; m's memory is
 * used again. */
dtl_status dtl_time_match_tokens(const dtl_time_lang *lang,
                                 const dtl_time_tokens *tokens,
                                 dtl_time_match *m);
void dtl_time_match_clear(dtl_time_match *m);

#endif
