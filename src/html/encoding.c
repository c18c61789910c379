/* Labels and names of encodings, and what all decoders have in common.
 *
 * Input is decoded a part at a time, so that the room reserved ahead stays
 * small while no decoder has to look whether its next character fits. */
#include "html/encoding.h"

#include "html/decode.h"

#include <string.h>

/* Bytes of input for which room is reserved at once. */
#define PART 2048

static const char *const names[DTL_ENCODING_COUNT] = {
    NULL,
#define ENCODING(id, name) name,
#include "html/encodings.def"
#undef ENCODING
};

const char *dtl_encoding_name(dtl_encoding e)
{
    return e > DTL_ENCODING_NONE && e < DTL_ENCODING_COUNT ? names[e] : NULL;
}

/* ---- Labels ---------------------------------------------------------- */

/* The label without white space around it, in lower case; false for what
 * cannot be one. */
static bool normalize(dtl_str label, char out[DTL_ENCODING_LABEL_MAX + 1])
{
    size_t i;

    label = dtl_str_trim(label);
    if (!label.len || label.len > DTL_ENCODING_LABEL_MAX)
        return false;
    for (i = 0; i < label.len; i++) {
        if (label.ptr[i] <= ' ' || label.ptr[i] & 0x80)
            return false;
        out[i] = dtl_lower(label.ptr[i]);
    }
    out[i] = '\0';
    return true;
}

dtl_encoding dtl_encoding_for_label(dtl_str label)
{
    char wanted[DTL_ENCODING_LABEL_MAX + 1];
    size_t low = 0, high = DTL_ENCODING_LABELS;

    if (!normalize(label, wanted))
        return DTL_ENCODING_NONE;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(wanted, dtl_encoding_labels[middle].label);

        if (order == 0)
            return dtl_encoding_labels[middle].encoding;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return DTL_ENCODING_NONE;
}

/* ---- Kinds of encodings ---------------------------------------------- */

bool dtl_encoding_is_ascii_based(dtl_encoding e)
{
    return e > DTL_ENCODING_NONE && e < DTL_ENCODING_COUNT &&
           e != DTL_ENCODING_UTF_16BE && e != DTL_ENCODING_UTF_16LE &&
           e != DTL_ENCODING_ISO_2022_JP && e != DTL_ENCODING_REPLACEMENT;
}

/* One encoding for all that share its decoder. */
static dtl_encoding decoder_of(dtl_encoding e)
{
    if (e == DTL_ENCODING_GBK)
        return DTL_ENCODING_GB18030;
    if (e == DTL_ENCODING_ISO_8859_8_I)
        return DTL_ENCODING_ISO_8859_8;
    return e;
}

bool dtl_encoding_same_decoder(dtl_encoding a, dtl_encoding b)
{
    return decoder_of(a) == decoder_of(b);
}

/* ---- Decoding -------------------------------------------------------- */

typedef void decoder(dtl_decoding *d);

/* The decoder of an encoding, with d made ready for it; NULL for those which
 * need none of the machinery below. */
static decoder *decoder_for(dtl_encoding e, dtl_decoding *d)
{
    switch (e) {
    case DTL_ENCODING_GBK:
    case DTL_ENCODING_GB18030:
        return dtl_decode_gb18030;
    case DTL_ENCODING_BIG5:
        return dtl_decode_big5;
    case DTL_ENCODING_EUC_JP:
        return dtl_decode_euc_jp;
    case DTL_ENCODING_ISO_2022_JP:
        return dtl_decode_iso_2022_jp;
    case DTL_ENCODING_SHIFT_JIS:
        return dtl_decode_shift_jis;
    case DTL_ENCODING_EUC_KR:
        return dtl_decode_euc_kr;
    case DTL_ENCODING_UTF_16BE:
    case DTL_ENCODING_UTF_16LE:
        d->big_endian = e == DTL_ENCODING_UTF_16BE;
        return dtl_decode_utf_16;
    case DTL_ENCODING_NONE:
    case DTL_ENCODING_COUNT:
    case DTL_ENCODING_UTF_8:
    case DTL_ENCODING_REPLACEMENT:
        return NULL;
    default:
        dtl_decode_single_byte_init(d, e);
        return dtl_decode_single_byte;
    }
}

static dtl_status decode_parts(dtl_decoding *d, decoder *decode, dtl_buf *out)
{
    char *room;

    /* Most pages become little longer; what does not fit is room for a part
     * more. */
    if (!dtl_buf_reserve(out, d->in.len + d->in.len / 8))
        return out->status;
    while (d->at < d->in.len) {
        d->stop = d->in.len - d->at > PART ? d->at + PART : d->in.len;
        room = dtl_buf_reserve(out, 3 * (d->stop - d->at) + DTL_DECODE_SLACK);
        if (!room)
            return out->status;
        d->out = room;
        decode(d);
        out->len += (size_t)(d->out - room);
    }
    return out->status;
}

static dtl_status decode_utf_8(dtl_str bytes, dtl_buf *out)
{
    size_t at = 0, valid, len;

    while (at < bytes.len && out->status == DTL_OK) {
        valid = dtl_utf8_valid_prefix(dtl_str_sub(bytes, at, bytes.len));
        dtl_buf_append(out, bytes.ptr + at, valid);
        at += valid;
        if (at == bytes.len)
            break;
        dtl_utf8_decode(bytes, at, &len);
        dtl_buf_put_utf8(out, DTL_REPLACEMENT);
        at += len;
    }
    return out->status;
}

dtl_status dtl_encoding_decode(dtl_encoding e, dtl_str bytes, dtl_buf *out)
{
    dtl_decoding d = {.in = bytes};
    decoder *decode;

    if (!dtl_encoding_name(e))
        return DTL_USAGE;
    if (e == DTL_ENCODING_UTF_8)
        return decode_utf_8(bytes, out);
    decode = decoder_for(e, &d);
    if (decode)
        return decode_parts(&d, decode, out);
    /* The replacement decoder: anything at all is one error. */
    if (bytes.len)
        dtl_buf_put_utf8(out, DTL_REPLACEMENT);
    return out->status;
}

dtl_status dtl_encoding_text(dtl_encoding e, dtl_str bytes, dtl_buf *scratch,
                             dtl_str *text)
{
    dtl_status st;

    *text = bytes;
    if (e == DTL_ENCODING_UTF_8 ? dtl_utf8_valid_prefix(bytes) == bytes.len
                                : dtl_encoding_is_ascii_based(e) &&
                                      dtl_ascii_prefix(bytes) == bytes.len)
        return DTL_OK;
    dtl_buf_reset(scratch);
    st = dtl_encoding_decode(e, bytes, scratch);
    *text = dtl_buf_view(scratch);
    return st;
}
