/* The loops of scan.h, for each instruction set. */
#include "base/scan.h"

const char *DTL_LANES_NAME(dtl_scan_set)(const char *p, const char *end,
                                         dtl_byte_set set)
{
    while (p < end) {
        dtl_lanes b = dtl_lanes_at(p, end, (char)set.byte[0]);
        dtl_mask m = dtl_lanes_in(b, set);

        if (m) {
            p += dtl_mask_first(m);
            return p < end ? p : end;
        }
        /* Not the last block, for that would have met its filler. */
        p += DTL_LANES;
    }
    return end;
}
