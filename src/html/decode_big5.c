/* The Big5 decoder (Encoding standard, section 11.1.1). */
#include "html/decode.h"

/* Four pointers stand for a letter and a combining mark, which no index can
 * hold. */
static uint32_t combining_mark(unsigned pointer, uint32_t *letter)
{
    switch (pointer) {
    case 1133:
        *letter = 0xCA;
        return 0x304;
    case 1135:
        *letter = 0xCA;
        return 0x30C;
    case 1164:
        *letter = 0xEA;
        return 0x304;
    case 1166:
        *letter = 0xEA;
        return 0x30C;
    default:
        return 0;
    }
}

/* 0 for none. */
static uint32_t code_point(unsigned pointer)
{
    unsigned i = pointer - DTL_BIG5_FIRST;
    uint32_t plane2;

    if (pointer < DTL_BIG5_FIRST || i >= DTL_BIG5_COUNT)
        return 0;
    plane2 = dtl_encoding_big5_plane2[i / 32] >> i % 32 & 1;
    return dtl_encoding_big5[i] | plane2 << 17;
}

static inline size_t sequence(const unsigned char *p, size_t left, char **out)
{
    unsigned trail, pointer;
    uint32_t cp, letter;

    if (p[0] == 0x80 || p[0] == 0xFF || left < 2)
        return dtl_decode_error(1, out);
    trail = p[1];
    if (trail < 0x40 || (trail > 0x7E && trail < 0xA1) || trail == 0xFF)
        return dtl_decode_bad_trail(p[1], out);
    trail -= trail < 0x7F ? 0x40 : 0x62;
    pointer = (p[0] - 0x81u) * 157 + trail;
    cp = code_point(pointer);
    if (!cp) {
        cp = combining_mark(pointer, &letter);
        if (!cp)
            return dtl_decode_bad_trail(p[1], out);
        dtl_decode_put(out, letter);
    }
    dtl_decode_put(out, cp);
    return 2;
}

void dtl_decode_big5(dtl_decoding *d)
{
    dtl_decode_run(d, sequence);
}
