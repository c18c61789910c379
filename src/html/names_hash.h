/* How a name is looked up among the known ones: for names.c and for the
 * tokenizer, which does it in line for each tag and attribute.
 *
 * A name of up to 16 bytes is one padded pair of words, so that comparing it
 * is comparing two integers. Padding is a space, which no name of a page
 * has. A longer name has its last 16 bytes as a second pair; known names have
 * at most 32 bytes, so the two pairs and the length are the whole name. */
#ifndef DTL_HTML_NAMES_HASH_H
#define DTL_HTML_NAMES_HASH_H

#include "html/names.h"
#include "html/names_table.h"

#include <string.h>

#define DTL_NAME_BLANK UINT64_C(0x2020202020202020)

typedef struct {
    uint64_t low, high;
} dtl_name_words;

extern const uint16_t dtl_names_slots[1 << KNOWN_SLOT_BITS];
extern const dtl_name_words dtl_names_heads[DTL_N_KNOWN];
extern const dtl_name_words dtl_names_tails[DTL_N_KNOWN];

/* ASCII capitals among eight bytes become small letters. */
static inline uint64_t dtl_lower8(uint64_t word)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t seven_bits = word & 0x7f * ones;
    uint64_t from_a = seven_bits + (0x80 - 'A') * ones;
    uint64_t past_z = seven_bits + (0x7f - 'Z') * ones;

    return word | ((from_a & ~past_z & ~word & 0x80 * ones) >> 2);
}

static inline uint32_t dtl_names_slot(dtl_name_words head)
{
    return (
        uint32_t)((head.low * KNOWN_FACTOR_0 ^ head.high * KNOWN_FACTOR_1) >>
                  (64 - KNOWN_SLOT_BITS));
}

static inline uint32_t dtl_names_long_slot(dtl_name_words head,
                                           dtl_name_words tail)
{
    return (uint32_t)((head.low * KNOWN_FACTOR_0 ^ head.high * KNOWN_FACTOR_1 ^
                       tail.low * KNOWN_FACTOR_2 ^
                       tail.high * KNOWN_FACTOR_3) >>
                      (64 - KNOWN_SLOT_BITS));
}

/* The known name of up to 16 bytes, already lower case, or DTL_N_NONE. */
static inline dtl_name dtl_names_known(dtl_name_words head)
{
    uint32_t at = dtl_names_slot(head);
    dtl_name name;

    while ((name = dtl_names_slots[at]) != DTL_N_NONE) {
        if (dtl_names_heads[name].low == head.low &&
            dtl_names_heads[name].high == head.high)
            break;
        at = (at + 1) & ((1 << KNOWN_SLOT_BITS) - 1);
    }
    return name;
}

#endif
