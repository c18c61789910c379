/* Inflates gzip data that lie whole in memory.
 *
 * Members follow each other until the data end; zero bytes after the last
 * one, as tapes and some downloads have, are let be. */
#include "warc/gzip.h"
#include "base/alloc.h"
#include "base/str.h"
#include "warc/inflate.h"

enum {
    STEP = 64 * 1024
};

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

/* Inflates until one member ends. at is how much of the data is used. */
static dtl_status inflate_member(dtl_inflate *z, dtl_str whole, size_t *at,
                                 size_t max, dtl_buf *out, dtl_error *err)
{
    dtl_str in = dtl_str_sub(whole, *at, whole.len);
    dtl_inflate_status code = DTL_INFLATE_MORE;
    size_t written, left, begin = *at;
    char *room;

    dtl_inflate_begin(z, DTL_WRAP_GZIP);
    while (code == DTL_INFLATE_MORE) {
        room = dtl_buf_reserve(out, STEP);
        if (!room)
            return dtl_fail(err, DTL_NOMEM, *at, "out of memory");
        written = 0;
        left = in.len;
        code = dtl_inflate_step(z, &in, room, STEP, &written);
        out->len += written;
        *at = whole.len - in.len;
        if (out->len > max)
            return dtl_fail(err, DTL_LIMIT, *at,
                            "gzip data hold more than %zu bytes", max);
        if (code == DTL_INFLATE_BAD)
            return dtl_fail(err, DTL_SYNTAX, begin,
                            "gzip data are damaged behind byte %zu", begin);
        if (code == DTL_INFLATE_MORE && !written && left == in.len)
            return dtl_fail(err, DTL_SYNTAX, *at,
                            "gzip data are cut short at byte %zu", *at);
    }
    return DTL_OK;
}

dtl_status dtl_gunzip(dtl_str bytes, size_t max_bytes, char **out, size_t *len,
                      dtl_error *err)
{
    size_t max = max_bytes ? max_bytes : DTL_GUNZIP_MAX, at = 0;
    dtl_inflate *z = dtl_inflate_new();
    dtl_buf buf = {0};
    dtl_status st = DTL_OK;

    *out = NULL;
    *len = 0;
    if (!z)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    do {
        st = inflate_member(z, bytes, &at, max, &buf, err);
    } while (
        st == DTL_OK && at < bytes.len &&
        !only_zeros((const unsigned char *)bytes.ptr + at, bytes.len - at));
    dtl_inflate_free(z);
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
