/* What the bytes of a text are, for each instruction set. */
#include "base/lanes.h"
#include "text/byte_kinds.h"

void DTL_LANES_NAME(dtl_byte_kinds_fill)(dtl_byte_kinds *k, dtl_str text,
                                         size_t from)
{
    const char *p = text.ptr + from, *end = text.ptr + text.len;
    const size_t most = 64 * DTL_BYTE_KINDS_BLOCKS;
    size_t i = 0;

    if ((size_t)(end - p) > most)
        end = p + most;
    k->from = from;
    k->to = from + (size_t)(end - p);
    for (; p < end; i++) {
        uint64_t letters = 0, marks = 0, odd = 0;

        for (unsigned shift = 0; shift < 64 && p < end; shift += DTL_LANES) {
            dtl_lanes b = dtl_lanes_at(p, end, ' ');
            dtl_mask l =
                dtl_lanes_within(b, 'a', 'z') | dtl_lanes_within(b, 'A', 'Z');
            dtl_mask ascii = dtl_lanes_below(b, 0x80);
            dtl_mask o = ~ascii | dtl_lanes_within(b, '0', '9') |
                         dtl_lanes_eq(b, '\n') |
                         (dtl_lanes_within(b, '@', '_') & ~l);
            dtl_mask m = ~(l | o | dtl_lanes_below(b, ' ' + 1));

            letters |= dtl_mask_bits(l & DTL_MASK_ALL) << shift;
            marks |= dtl_mask_bits(m & DTL_MASK_ALL) << shift;
            odd |= dtl_mask_bits(o & DTL_MASK_ALL) << shift;
            p += DTL_LANES;
        }
        k->letters[i] = letters;
        k->marks[i] = marks;
        k->odd[i] = odd;
    }
    k->letters[i] = k->odd[i] = k->marks[i] = 0;
}
