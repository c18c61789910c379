/* One loop over blocks. */
#include "base/scan.h"

const char *dtl_scan_set(const char *p, const char *end, dtl_byte_set set)
{
    while (p < end) {
        dtl_mask m = dtl_lanes_in(dtl_lanes_at(p, end, set.byte[0]), set);

        if (m) {
            p += dtl_mask_first(m);
            return p < end ? p : end;
        }
        if (end - p <= DTL_LANES)
            break;
        p += DTL_LANES;
    }
    return end;
}
