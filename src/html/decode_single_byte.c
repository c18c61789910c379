/* The single-byte decoder (Encoding standard, section 9.1), and
 * x-user-defined (14.5), which is one with a table so regular that it needs
 * none: bytes from 0x80 on are U+F780 and what follows.
 *
 * The UTF-8 of the upper half is put together once for each input, so that
 * the loop copies four bytes and steps by the length. */
#include "html/decode.h"

static uint32_t code_point(dtl_encoding e, unsigned high)
{
    uint16_t found;

    if (e == DTL_ENCODING_X_USER_DEFINED)
        return 0xF780 + high;
    found = dtl_encoding_single[e - DTL_ENCODING_IBM866][high];
    return found ? found : DTL_REPLACEMENT;
}

void dtl_decode_single_byte_init(dtl_decoding *d, dtl_encoding e)
{
    unsigned high;
    char utf8[4];

    for (high = 0; high < 128; high++) {
        size_t len = dtl_utf8_encode(code_point(e, high), utf8);

        memcpy(d->high[high].utf8, utf8, sizeof d->high[high].utf8);
        d->high[high].len = (uint8_t)len;
    }
}

void dtl_decode_single_byte(dtl_decoding *d)
{
    const dtl_str in = d->in;
    const size_t stop = d->stop;
    size_t at = d->at;
    char *out = d->out;

    while (at < stop) {
        size_t n = dtl_ascii_copy(out, dtl_str_sub(in, at, stop));

        out += n;
        for (at += n; at < stop && in.ptr[at] & 0x80; at++) {
            const dtl_decode_byte *b = &d->high[in.ptr[at] & 0x7F];

            /* The length goes along into the slack: one move of four bytes is
             * cheaper than one of two or three. */
            memcpy(out, b, sizeof *b);
            out += b->len;
        }
    }
    d->at = at;
    d->out = out;
}
