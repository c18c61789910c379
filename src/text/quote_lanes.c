/* Where words are, a bit a byte, for each instruction set. */
#include "text/quote_tokens.h"

#include "base/lanes.h"

/* One bit a byte, whatever the mask's own distance between them. */
DTL_INLINE uint64_t bits_of(dtl_mask m)
{
#if DTL_MASK_STRIDE == 1
    return m;
#elif DTL_MASK_STRIDE == 8
    return (m >> 7) * UINT64_C(0x0102040810204080) >> 56;
#else
    uint64_t bits = 0;

    for (; m; m = dtl_mask_rest(m))
        bits |= UINT64_C(1) << dtl_mask_first(m);
    return bits;
#endif
}

DTL_INLINE dtl_mask between(dtl_lanes b, char first, char last)
{
    return dtl_lanes_below(b, (unsigned char)(last + 1)) &
           ~dtl_lanes_below(b, (unsigned char)first);
}

DTL_INLINE uint64_t letters_of(dtl_lanes b)
{
    static const dtl_byte_set leads = {{0xC2, 0xE2, 0xE3, 0xE3}};
    dtl_mask letters = between(b, 'a', 'z') | between(b, 'A', 'Z') |
                       between(b, '0', '9') | ~dtl_lanes_below(b, 0x80);

    return bits_of(letters & ~dtl_lanes_in(b, leads) & DTL_MASK_ALL);
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
