/* The loops of scan.h, for each instruction set. */
#include "base/scan.h"

const char *DTL_LANES_NAME(dtl_scan_set)(const char *p, const char *end,
                                         dtl_byte_set set)
{
    /* Two blocks at a time until there is something in them. */
    while (end - p >= 2 * DTL_LANES &&
           !(dtl_lanes_in(dtl_lanes_load(p), set) |
             dtl_lanes_in(dtl_lanes_load(p + DTL_LANES), set)))
        p += 2 * DTL_LANES;
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

const char *DTL_LANES_NAME(dtl_scan_pair)(const char *p, const char *end,
                                          char a, char b, size_t distance)
{
    const char *stop;

    if ((size_t)(end - p) <= distance)
        return end;
    stop = end - distance; /* no first byte stands from here on */
    for (; stop - p >= DTL_LANES; p += DTL_LANES) {
        dtl_mask m = dtl_lanes_eq(dtl_lanes_load(p), a) &
                     dtl_lanes_eq(dtl_lanes_load(p + distance), b);

        if (m)
            return p + dtl_mask_first(m);
    }
    for (; p < stop; p++) {
        if (*p == a && p[distance] == b)
            return p;
    }
    return end;
}
