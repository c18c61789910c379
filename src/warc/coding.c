/* Content codings of HTTP, each undone a step at a time into one buffer, so
 * that a bomb is seen when it has grown to the limit and not later. */
#include "warc/coding.h"
#include "base/str.h"
#include "warc/inflate.h"

#include <brotli/decode.h>
#include <zstd.h>

enum {
    STEP = 64 * 1024
};

dtl_coding dtl_coding_of(dtl_str name)
{
    static const struct {
        const char *name;
        dtl_coding coding;
    } codings[] = {
        {"gzip", DTL_CODING_GZIP},       {"x-gzip", DTL_CODING_GZIP},
        {"deflate", DTL_CODING_DEFLATE}, {"br", DTL_CODING_BROTLI},
        {"zstd", DTL_CODING_ZSTD},
    };
    size_t i;

    for (i = 0; i < sizeof codings / sizeof *codings; i++)
        if (dtl_str_eq_nocase(name, dtl_str_of(codings[i].name)))
            return codings[i].coding;
    return DTL_CODING_NONE;
}

/* A decoder takes input off *in and writes to room; it says MORE, END, BAD. */
typedef dtl_inflate_status (*decoder)(void *state, dtl_str *in, char *room,
                                      size_t *written);

static dtl_inflate_status step_inflate(void *state, dtl_str *in, char *room,
                                       size_t *written)
{
    return dtl_inflate_step(state, in, room, STEP, written);
}

static dtl_inflate_status step_brotli(void *state, dtl_str *in, char *room,
                                      size_t *written)
{
    const uint8_t *from = (const uint8_t *)in->ptr;
    uint8_t *to = (uint8_t *)room;
    size_t left = STEP, len = in->len;
    BrotliDecoderResult code =
        BrotliDecoderDecompressStream(state, &len, &from, &left, &to, NULL);

    *in = dtl_str_sub(*in, in->len - len, in->len);
    *written += STEP - left;
    if (code == BROTLI_DECODER_RESULT_SUCCESS)
        return DTL_INFLATE_END;
    return code == BROTLI_DECODER_RESULT_ERROR ? DTL_INFLATE_BAD
                                               : DTL_INFLATE_MORE;
}

static dtl_inflate_status step_zstd(void *state, dtl_str *in, char *room,
                                    size_t *written)
{
    ZSTD_inBuffer from = {in->ptr, in->len, 0};
    ZSTD_outBuffer to = {room, STEP, 0};
    size_t code = ZSTD_decompressStream(state, &to, &from);

    *in = dtl_str_sub(*in, from.pos, in->len);
    *written += to.pos;
    if (ZSTD_isError(code))
        return DTL_INFLATE_BAD;
    return code == 0 ? DTL_INFLATE_END : DTL_INFLATE_MORE;
}

static dtl_status run(decoder step, void *state, dtl_str in, size_t max,
                      dtl_buf *out, bool *sound, dtl_error *err)
{
    dtl_inflate_status code = DTL_INFLATE_MORE;
    size_t written, start = out->len, left;
    char *room;

    do {
        room = dtl_buf_reserve(out, STEP);
        if (!room)
            return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
        written = 0;
        left = in.len;
        code = step(state, &in, room, &written);
        out->len += written;
        if (out->len - start > max)
            return dtl_fail(err, DTL_LIMIT, 0,
                            "a body holds more than %zu bytes", max);
    } while (code == DTL_INFLATE_MORE && (written || in.len < left));
    *sound = code == DTL_INFLATE_END;
    return DTL_OK;
}

static dtl_status undo_inflate(dtl_wrap wrap, dtl_str in, size_t max,
                               dtl_buf *out, bool *sound, dtl_error *err)
{
    dtl_inflate *z = dtl_inflate_new();
    dtl_status st;

    if (!z)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    dtl_inflate_begin(z, wrap);
    st = run(step_inflate, z, in, max, out, sound, err);
    dtl_inflate_free(z);
    return st;
}

/* RFC 9110 means zlib data by "deflate"; many servers send bare ones. */
static dtl_status undo_deflate(dtl_str in, size_t max, dtl_buf *out,
                               bool *sound, dtl_error *err)
{
    size_t start = out->len;
    dtl_status st = undo_inflate(DTL_WRAP_ZLIB, in, max, out, sound, err);

    if (st != DTL_OK || *sound || out->len > start)
        return st;
    return undo_inflate(DTL_WRAP_NONE, in, max, out, sound, err);
}

static dtl_status undo_brotli(dtl_str in, size_t max, dtl_buf *out, bool *sound,
                              dtl_error *err)
{
    BrotliDecoderState *d = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    dtl_status st;

    if (!d)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    st = run(step_brotli, d, in, max, out, sound, err);
    BrotliDecoderDestroyInstance(d);
    return st;
}

static dtl_status undo_zstd(dtl_str in, size_t max, dtl_buf *out, bool *sound,
                            dtl_error *err)
{
    ZSTD_DCtx *d = ZSTD_createDCtx();
    dtl_status st;

    if (!d)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    st = run(step_zstd, d, in, max, out, sound, err);
    ZSTD_freeDCtx(d);
    return st;
}

dtl_status dtl_coding_undo(dtl_coding coding, dtl_str bytes, size_t max,
                           dtl_buf *out, bool *sound, dtl_error *err)
{
    *sound = true;
    switch (coding) {
    case DTL_CODING_GZIP:
        return undo_inflate(DTL_WRAP_GZIP, bytes, max, out, sound, err);
    case DTL_CODING_DEFLATE:
        return undo_deflate(bytes, max, out, sound, err);
    case DTL_CODING_BROTLI:
        return undo_brotli(bytes, max, out, sound, err);
    case DTL_CODING_ZSTD:
        return undo_zstd(bytes, max, out, sound, err);
    case DTL_CODING_NONE:
        break;
    }
    dtl_buf_str(out, bytes);
    return out->status == DTL_OK ? DTL_OK
                                 : dtl_fail(err, DTL_NOMEM, 0, "out of memory");
}
