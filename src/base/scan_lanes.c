/* The loops of scan.h, for each instruction set. */
#include "base/scan.h"

#include "base/str.h"

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

static bool stands_at(const char *p, const char *bytes, size_t len, bool nocase)
{
    size_t i;

    if (!nocase)
        return memcmp(p, bytes, len) == 0;
    for (i = 0; i < len; i++)
        if (dtl_lower(p[i]) != dtl_lower(bytes[i]))
            return false;
    return true;
}

static char upper_of(char c)
{
    return dtl_is_alpha(c) ? (char)(c & ~0x20) : c;
}

/* Places are tried where the first and the last byte are right. */
const char *DTL_LANES_NAME(dtl_scan_find)(const char *p, const char *end,
                                          const char *bytes, size_t len,
                                          bool nocase)
{
    char first = bytes[0], last = bytes[len - 1];
    char other_first = first, other_last = last;
    size_t places = (size_t)(end - p) < len ? 0 : (size_t)(end - p) - len + 1;

    if (nocase) {
        first = dtl_lower(first);
        last = dtl_lower(last);
        other_first = upper_of(first);
        other_last = upper_of(last);
    }
    while (places) {
        dtl_lanes a, b;
        dtl_mask m;

        while (places > 2 * DTL_LANES &&
               !((dtl_lanes_eq(dtl_lanes_load(p), first) |
                  dtl_lanes_eq(dtl_lanes_load(p), other_first)) &
                 (dtl_lanes_eq(dtl_lanes_load(p + len - 1), last) |
                  dtl_lanes_eq(dtl_lanes_load(p + len - 1), other_last)))) {
            places -= DTL_LANES;
            p += DTL_LANES;
        }
        a = dtl_lanes_at(p, end, 0);
        b = dtl_lanes_at(p + len - 1, end, 0);
        m = (dtl_lanes_eq(a, first) | dtl_lanes_eq(a, other_first)) &
            (dtl_lanes_eq(b, last) | dtl_lanes_eq(b, other_last));

        for (; m && dtl_mask_first(m) < places; m = dtl_mask_rest(m))
            if (stands_at(p + dtl_mask_first(m), bytes, len, nocase))
                return p + dtl_mask_first(m);
        if (places <= DTL_LANES)
            break;
        places -= DTL_LANES;
        p += DTL_LANES;
    }
    return NULL;
}
