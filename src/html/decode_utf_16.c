/* The shared UTF-16 decoder (Encoding standard, section 14.2.1), of both byte
 * orders. */
#include "html/decode.h"

static uint32_t unit_at(const dtl_decoding *d, size_t at)
{
    unsigned first = (unsigned char)d->in.ptr[at];
    unsigned second = (unsigned char)d->in.ptr[at + 1];

    return d->big_endian ? first << 8 | second : second << 8 | first;
}

/* Copies four units that are all ASCII. */
static bool four_ascii(dtl_decoding *d)
{
    size_t high = d->big_endian ? 0 : 1;
    const char *p = d->in.ptr + d->at;
    int i;

    for (i = 0; i < 8; i += 2)
        if (p[i + (int)high] || p[i + 1 - (int)high] & 0x80)
            return false;
    for (i = 0; i < 4; i++)
        d->out[i] = p[2 * i + 1 - (int)high];
    d->at += 8;
    d->out += 4;
    return true;
}

/* A half of a surrogate pair without the other is an error of its own; at the
 * end of the input, one together with the odd byte that may follow. */
static void one_character(dtl_decoding *d)
{
    size_t left = d->in.len - d->at;
    uint32_t lead, trail;

    lead = left < 2 ? DTL_REPLACEMENT : unit_at(d, d->at);
    if (lead < 0xD800 || lead > 0xDBFF) {
        d->at += left < 2 ? left : 2;
        dtl_decode_put(&d->out, lead);
        return;
    }
    if (left < 4) {
        d->at += dtl_decode_error(left, &d->out);
        return;
    }
    trail = unit_at(d, d->at + 2);
    if (trail < 0xDC00 || trail > 0xDFFF) {
        d->at += dtl_decode_error(2, &d->out);
        return;
    }
    d->at += 4;
    dtl_decode_put(&d->out,
                   0x10000 + ((lead - 0xD800) << 10) + (trail - 0xDC00));
}

void dtl_decode_utf_16(dtl_decoding *d)
{
    while (d->at < d->stop) {
        if (d->stop - d->at < 8 || !four_ascii(d))
            one_character(d);
    }
}
