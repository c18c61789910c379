/* What the tests of warc share. */
#include "warc/helpers.h"
#include "base/str.h"

#include <zlib.h>
#include <zstd.h>

static dtl_status read_source(void *ctx, char *buf, size_t cap, size_t *got,
                              dtl_error *err)
{
    source *s = ctx;

    (void)err;
    *got = s->bytes.len - s->at;
    if (*got > cap)
        *got = cap;
    if (s->step && *got > s->step)
        *got = s->step;
    memcpy(buf, s->bytes.ptr + s->at, *got);
    s->at += *got;
    return DTL_OK;
}

static dtl_status seek_source(void *ctx, uint64_t at, dtl_error *err)
{
    source *s = ctx;

    (void)err;
    s->at = at < s->bytes.len ? (size_t)at : s->bytes.len;
    return DTL_OK;
}

dtl_input source_input(source *s)
{
    return (dtl_input){read_source, s, seek_source};
}

void add_gzip_bytes(dtl_buf *out, dtl_str bytes)
{
    z_stream z = {0};
    size_t room = 128 + 2 * bytes.len;

    deflateInit2(&z, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
    z.next_in = (z_const Bytef *)(uintptr_t)bytes.ptr;
    z.avail_in = (uInt)bytes.len;
    z.next_out = (Bytef *)dtl_buf_reserve(out, room);
    z.avail_out = (uInt)room;
    deflate(&z, Z_FINISH);
    out->len += z.total_out;
    deflateEnd(&z);
}

void add_gzip(dtl_buf *out, const char *text)
{
    add_gzip_bytes(out, dtl_str_of(text));
}

void add_zstd(dtl_buf *out, const char *text)
{
    size_t room = ZSTD_compressBound(strlen(text));

    dtl_buf_reserve(out, room);
    out->len += ZSTD_compress(out->ptr + out->len, room, text, strlen(text), 3);
}

dtl_status describe(dtl_warc *w, dtl_buf *out)
{
    const dtl_warc_record *r = NULL;
    dtl_error err = {0};
    dtl_status st = w ? DTL_OK : DTL_NOMEM;
    dtl_str block;

    dtl_buf_reserve(out, 1); /* nothing is "", not absent */
    while (w && dtl_warc_goes_on(w)) {
        st = dtl_warc_next(w, &r, &err);
        if (st == DTL_OK && !r)
            break;
        if (st == DTL_OK)
            st = dtl_warc_block(w, &block, &err);
        if (st == DTL_OK)
            dtl_buf_printf(out, "[%.*s]", (int)block.len, block.ptr);
        else
            dtl_buf_printf(out, "!%zu", err.offset);
    }
    return w && dtl_warc_goes_on(w) ? out->status : DTL_NOMEM;
}
