/* Where words are, a bit a byte, for each instruction set. */
#include "text/quote_tokens.h"

#include "base/lanes.h"

DTL_INLINE uint64_t letters_of(dtl_lanes b)
{
    static const dtl_byte_set leads = {{0xC2, 0xE2, 0xE3, 0xE3}};
    dtl_mask letters =
        dtl_lanes_within(b, 'a', 'z') | dtl_lanes_within(b, 'A', 'Z') |
        dtl_lanes_within(b, '0', '9') | ~dtl_lanes_below(b, 0x80);

    return dtl_mask_bits(letters & ~dtl_lanes_in(b, leads) & DTL_MASK_ALL);
}

void DTL_LANES_NAME(dtl_quote_letters)(const char *p, size_t len,
                                       uint64_t *bits)
{
    const char *end = p + len;
    size_t i = 0, shift;

    for (; p < end; i++) {
        uint64_t word = 0;

        for (shift = 0; shift < 64 && p < end; shift += DTL_LANES) {
            word |= letters_of(dtl_lanes_at(p, end, ' ')) << shift;
            p += DTL_LANES;
        }
        bits[i] = word;
    }
}
