/* How a name is looked up among the known ones: for names.c and for the
 * tokenizer, which does it in line for each tag and attribute.
 *
 * A name's key is two pairs of words, little-endian. A short name, of up to
 * 15 bytes, is the first pair: its bytes, zeros, and its length in the last
 * byte; so comparing it is comparing two integers. A longer one has its first
 * 16 bytes there and its last 16 in the second pair; known names have at most
 * 32 bytes, so the pairs and the length are the whole name. */
#ifndef DTL_HTML_NAMES_HASH_H
#define DTL_HTML_NAMES_HASH_H

#include "html/names.h"
#include "html/names_table.h"

#define DTL_HIDDEN __attribute__((visibility("hidden")))

typedef struct {
    uint64_t low, high;
} dtl_name_words;

/* Numbers of the known names without capitals; 0 where a slot is free. */
extern DTL_HIDDEN const uint16_t dtl_names_slots[1 << KNOWN_SLOT_BITS];
extern DTL_HIDDEN const dtl_name_words dtl_names_heads[DTL_N_KNOWN];

/* The place of a key in a table of 2^bits slots; a short name's tail is
 * zero. */
static inline uint32_t dtl_names_slot(dtl_name_words head, dtl_name_words tail,
                                      unsigned bits)
{
    return (uint32_t)((head.low * KNOWN_FACTOR_0 ^ head.high * KNOWN_FACTOR_1 ^
                       tail.low * KNOWN_FACTOR_2 ^
                       tail.high * KNOWN_FACTOR_3) >>
                      (64 - bits));
}

#endif
