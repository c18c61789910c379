/* The gb18030 decoder (Encoding standard, section 10.2.1), which is GBK's
 * too. */
#include "html/decode.h"

/* "Index gb18030 ranges code point"; 0 for none. */
static uint32_t ranges_code_point(uint32_t pointer)
{
    unsigned low = 0, high = DTL_GB18030_RANGES;

    if (pointer >= 189000)
        return pointer <= 1237575 ? 0x10000 + (pointer - 189000) : 0;
    if (pointer > 39419)
        return 0;
    /* The revision of 2005 moved this one. */
    if (pointer == 7457)
        return 0xE7C7;
    while (high - low > 1) {
        unsigned middle = (low + high) / 2;

        if (dtl_encoding_gb18030_ranges[middle][0] <= pointer)
            low = middle;
        else
            high = middle;
    }
    return dtl_encoding_gb18030_ranges[low][1] +
           (pointer - dtl_encoding_gb18030_ranges[low][0]);
}

/* A lead byte and a digit have been seen. When no four bytes follow, all but
 * the first are read again. */
static size_t four_bytes(const unsigned char *p, size_t left, char **out)
{
    uint32_t cp;

    if (left < 3)
        return dtl_decode_error(left, out);
    if (p[2] < 0x81 || p[2] > 0xFE)
        return dtl_decode_error(1, out);
    if (left < 4)
        return dtl_decode_error(left, out);
    if (p[3] < 0x30 || p[3] > 0x39)
        return dtl_decode_error(1, out);
    cp = ranges_code_point((p[0] - 0x81u) * 12600 + (p[1] - 0x30u) * 1260 +
                           (p[2] - 0x81u) * 10 + (p[3] - 0x30u));
    dtl_decode_put(out, cp ? cp : DTL_REPLACEMENT);
    return 4;
}

static inline size_t sequence(const unsigned char *p, size_t left, char **out)
{
    unsigned trail;

    if (p[0] == 0x80) {
        dtl_decode_put(out, 0x20AC);
        return 1;
    }
    if (p[0] == 0xFF || left < 2)
        return dtl_decode_error(1, out);
    trail = p[1];
    if (trail >= 0x30 && trail <= 0x39)
        return four_bytes(p, left, out);
    /* Every pointer has a code point. */
    if (trail < 0x40 || trail == 0x7F || trail == 0xFF)
        return dtl_decode_bad_trail(p[1], out);
    trail -= trail < 0x7F ? 0x40 : 0x41;
    dtl_decode_put(out, dtl_encoding_gb18030[(p[0] - 0x81u) * 190 + trail]);
    return 2;
}

void dtl_decode_gb18030(dtl_decoding *d)
{
    dtl_decode_run(d, sequence);
}
