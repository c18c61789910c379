/* Inflates gzip data that lie whole in memory.
 *
 * Members follow each other until the data end; zero bytes after the last
 * one, as tapes and some downloads have, are let be. */
#include "warc/gzip.h"
#include "base/alloc.h"
#include "base/str.h"

#include <limits.h>
#include <zlib.h>

static void *resize(void *ctx, unsigned count, unsigned size)
{
    size_t bytes;

    (void)ctx;
    if (__builtin_mul_overflow((size_t)count, (size_t)size, &bytes))
        return NULL;
    return dtl_malloc(bytes);
}

static void release(void *ctx, void *ptr)
{
    (void)ctx;
    dtl_free(ptr);
}

bool dtl_is_gzip(dtl_str bytes)
{
    return dtl_str_starts(bytes, DTL_STR("\x1f\x8b\x08"));
}

static bool only_zeros(const unsigned char *p, size_t len)
{
    while (len && *p == 0) {
        p++;
        len--;
    }
    return len == 0;
}

static dtl_status member_error(int code, const z_stream *z, size_t offset,
                               dtl_error *err)
{
    if (code == Z_MEM_ERROR)
        return dtl_fail(err, DTL_NOMEM, offset, "out of memory");
    if (code == Z_BUF_ERROR)
        return dtl_fail(err, DTL_SYNTAX, offset,
                        "gzip data are cut short at byte %zu", offset);
    return dtl_fail(err, DTL_SYNTAX, offset,
                    "gzip data are damaged at byte %zu (%s)", offset,
                    z->msg ? z->msg : "unknown");
}

/* Inflates until one member ends. in is what is left of the data. */
static dtl_status inflate_member(z_stream *z, dtl_str whole, size_t *at,
                                 size_t max, dtl_buf *out, dtl_error *err)
{
    int code = Z_OK;
    size_t step;
    char *room;

    while (code != Z_STREAM_END) {
        step = whole.len - *at;
        z->avail_in = step < UINT_MAX ? (unsigned)step : UINT_MAX;
        z->next_in = (z_const Bytef *)(uintptr_t)(whole.ptr + *at);
        step = z->avail_in;
        room = dtl_buf_reserve(out, 64 * 1024);
        if (!room)
            return dtl_fail(err, DTL_NOMEM, *at, "out of memory");
        z->next_out = (Bytef *)room;
        z->avail_out = 64 * 1024;
        code = inflate(z, Z_NO_FLUSH);
        out->len += 64 * 1024 - z->avail_out;
        *at += step - z->avail_in;
        if (out->len > max)
            return dtl_fail(err, DTL_LIMIT, *at,
                            "gzip data hold more than %zu bytes", max);
        if (code != Z_OK && code != Z_STREAM_END)
            return member_error(code, z, *at, err);
        if (code == Z_OK && *at == whole.len && z->avail_out)
            return member_error(Z_BUF_ERROR, z, *at, err);
    }
    return DTL_OK;
}

dtl_status dtl_gunzip(dtl_str bytes, size_t max_bytes, char **out, size_t *len,
                      dtl_error *err)
{
    size_t max = max_bytes ? max_bytes : DTL_GUNZIP_MAX, at = 0;
    z_stream z = {.zalloc = resize, .zfree = release};
    dtl_buf buf = {0};
    dtl_status st = DTL_OK;

    *out = NULL;
    *len = 0;
    if (inflateInit2(&z, 15 + 16) != Z_OK)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    do {
        st = inflate_member(&z, bytes, &at, max, &buf, err);
        inflateReset(&z);
    } while (
        st == DTL_OK && at < bytes.len &&
        !only_zeros((const unsigned char *)bytes.ptr + at, bytes.len - at));
    inflateEnd(&z);
    if (st != DTL_OK) {
        dtl_buf_clear(&buf);
        return st;
    }
    *out = buf.ptr;
    *len = buf.len;
    return DTL_OK;
}

void dtl_release(char *bytes)
{
    dtl_free(bytes);
}
