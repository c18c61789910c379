/* The EUC-KR decoder (Encoding standard, section 13.1.1): code page 949, with
 * every Hangul syllable. */
#include "html/decode.h"

static inline size_t sequence(const unsigned char *p, size_t left, char **out)
{
    unsigned pointer;
    uint32_t cp = 0;

    if (p[0] == 0x80 || p[0] == 0xFF || left < 2)
        return dtl_decode_error(1, out);
    if (p[1] >= 0x41 && p[1] <= 0xFE) {
        pointer = (p[0] - 0x81u) * 190 + (p[1] - 0x41u);
        if (pointer < DTL_EUC_KR_COUNT)
            cp = dtl_encoding_euc_kr[pointer];
    }
    if (!cp)
        return dtl_decode_bad_trail(p[1], out);
    dtl_decode_put(out, cp);
    return 2;
}

void dtl_decode_euc_kr(dtl_decoding *d)
{
    dtl_decode_run(d, sequence);
}
