/* What the bytes of a text are, for each instruction set. */
#include "base/lanes.h"
#include "text/byte_kinds.h"

void DTL_LANES_NAME(dtl_byte_kinds_fill)(dtl_byte_kinds *k, dtl_str text,
                                         size_t from)
{
    const char *p = text.ptr + from, *end = text.ptr + text.len;
    const size_t most = 64 * DTL_BYTE_KINDS_BLOCKS;

    if ((size_t)(end - p) > most)
        end = p + most;
    k->from = from;
    k->to = from + (size_t)(end - p);
    for (size_t i = 0; p < end; i++) {
        uint64_t letters = 0, digits = 0, others = 0;

        for (unsigned shift = 0; shift < 64 && p < end; shift += DTL_LANES) {
            dtl_lanes b = dtl_lanes_at(p, end, ' ');
            dtl_mask l =
                dtl_lanes_within(b, 'a', 'z') | dtl_lanes_within(b, 'A', 'Z');
            dtl_mask d = dtl_lanes_within(b, '0', '9');
            dtl_mask o =
                ~(l | d | dtl_lanes_below(b, ' ' + 1)) | dtl_lanes_eq(b, '\n');

            letters |= dtl_mask_bits(l & DTL_MASK_ALL) << shift;
            digits |= dtl_mask_bits(d & DTL_MASK_ALL) << shift;
            others |= dtl_mask_bits(o & DTL_MASK_ALL) << shift;
            p += DTL_LANES;
        }
        k->letters[i] = letters;
        k->digits[i] = digits;
        k->others[i] = others;
    }
}
