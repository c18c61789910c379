/* Places in a text that may be of times. Used by time_*.c only. */
#ifndef DTL_TEXT_TIME_ANCHOR_H
#define DTL_TEXT_TIME_ANCHOR_H

#include "text/time_grammar.h"

enum {
    DTL_TIME_ANCHORS = 1024 /* bytes that are looked at in one go */
};

/* Puts into out where numbers begin, and words that pass the language's
 * filter or have letters past ASCII within their first eight, of the bytes of
 * text from `from` on, DTL_TIME_ANCHORS of them; gives the number of places.
 * They are in order; text is below 4 GiB. */
size_t dtl_time_find_anchors(const uint64_t *filter, dtl_str text, size_t from,
                             uint32_t out[DTL_TIME_ANCHORS]);

/* The same, by the instruction set of that name. */
size_t dtl_time_find_anchors_plain(const uint64_t *filter, dtl_str text,
                                   size_t from, uint32_t out[DTL_TIME_ANCHORS]);
size_t dtl_time_find_anchors_sse41(const uint64_t *filter, dtl_str text,
                                   size_t from, uint32_t out[DTL_TIME_ANCHORS]);
size_t dtl_time_find_anchors_avx2(const uint64_t *filter, dtl_str text,
                                  size_t from, uint32_t out[DTL_TIME_ANCHORS]);

#endif
