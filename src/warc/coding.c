/* Content codings of HTTP, each undone a step at a time into one buffer, so
 * that a bomb is seen when it has grown to the limit and not later. */
#include "warc/coding.h"
#include "base/str.h"

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

/* Runs a decoder until its data end. *how is DTL_INFLATE_MORE when they are cut
 * short. */
static dtl_status run(decoder step, void *state, dtl_str *in, size_t max,
                      dtl_buf *out, dtl_inflate_status *how, dtl_error *err)
{
    size_t written, start = out->len, left;
    char *room;

    do {
        room = dtl_buf_reserve(out, STEP);
        if (!room)
            return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
        written = 0;
        left = in->len;
        *how = step(state, in, room, &written);
        out->len += written;
        if (out->len - start > max)
            return dtl_fail(err, DTL_LIMIT, 0,
                            "packed data hold more than %zu bytes", max);
    } while (*how == DTL_INFLATE_MORE && (written || in->len < left));
    return DTL_OK;
}

dtl_status dtl_inflate_all(dtl_decoders *d, dtl_wrap wrap, dtl_str *in,
                           size_t max, dtl_buf *out, dtl_inflate_status *how,
                           dtl_error *err)
{
    if (!d->inflate)
        d->inflate = dtl_inflate_new();
    if (!d->inflate)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    dtl_inflate_begin(d->inflate, wrap);
    return run(step_inflate, d->inflate, in, max, out, how, err);
}

/* All members of gzip data. */
static dtl_status undo_gzip(dtl_decoders *d, dtl_str in, size_t max,
                            dtl_buf *out, dtl_inflate_status *how,
                            dtl_error *err)
{
    size_t start = out->len;
    dtl_status st;

    do {
        st = dtl_inflate_all(d, DTL_WRAP_GZIP, &in, max - (out->len - start),
                             out, how, err);
    } while (st == DTL_OK && *how == DTL_INFLATE_END && dtl_is_gzip(in));
    return st;
}

/* RFC 9110 means zlib data by "deflate"; many servers send bare ones. */
static dtl_status undo_deflate(dtl_decoders *d, dtl_str in, size_t max,
                               dtl_buf *out, dtl_inflate_status *how,
                               dtl_error *err)
{
    dtl_str rest = in;
    size_t start = out->len;
    dtl_status st =
        dtl_inflate_all(d, DTL_WRAP_ZLIB, &rest, max, out, how, err);

    if (st != DTL_OK || *how == DTL_INFLATE_END || out->len > start)
        return st;
    return dtl_inflate_all(d, DTL_WRAP_NONE, &in, max, out, how, err);
}

static dtl_status undo_brotli(dtl_str in, size_t max, dtl_buf *out,
                              dtl_inflate_status *how, dtl_error *err)
{
    /* Brotli has no way to use a decoder again. */
    BrotliDecoderState *d = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    dtl_status st;

    if (!d)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    st = run(step_brotli, d, &in, max, out, how, err);
    BrotliDecoderDestroyInstance(d);
    return st;
}

static dtl_status undo_zstd(dtl_decoders *d, dtl_str in, size_t max,
                            dtl_buf *out, dtl_inflate_status *how,
                            dtl_error *err)
{
    if (!d->zstd)
        d->zstd = ZSTD_createDCtx();
    if (!d->zstd)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    ZSTD_DCtx_reset(d->zstd, ZSTD_reset_session_only);
    return run(step_zstd, d->zstd, &in, max, out, how, err);
}

void dtl_decoders_clear(dtl_decoders *d)
{
    dtl_inflate_free(d->inflate);
    ZSTD_freeDCtx(d->zstd);
    *d = (dtl_decoders){NULL, NULL};
}

dtl_status dtl_coding_undo(dtl_decoders *d, dtl_coding coding, dtl_str bytes,
                           size_t max, dtl_buf *out, bool *sound,
                           dtl_error *err)
{
    dtl_inflate_status how = DTL_INFLATE_END;
    dtl_status st = DTL_OK;

    switch (coding) {
    case DTL_CODING_GZIP:
        st = undo_gzip(d, bytes, max, out, &how, err);
        break;
    case DTL_CODING_DEFLATE:
        st = undo_deflate(d, bytes, max, out, &how, err);
        break;
    case DTL_CODING_BROTLI:
        st = undo_brotli(bytes, max, out, &how, err);
        break;
    case DTL_CODING_ZSTD:
        st = undo_zstd(d, bytes, max, out, &how, err);
        break;
    case DTL_CODING_NONE:
        dtl_buf_str(out, bytes);
        if (out->status != DTL_OK)
            st = dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    }
    *sound = how == DTL_INFLATE_END;
    return st;
}
