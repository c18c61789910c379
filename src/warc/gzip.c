/* Inflates gzip data that lie whole in memory.
 *
 * Members follow each other until the data end; zero bytes after the last
 * one, as tapes and some downloads have, are let be. */
#include "warc/gzip.h"
#include "base/alloc.h"
#include "base/str.h"
#include "warc/coding.h"

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

/* Inflates until one member ends. *at is how much of the data is used. */
static dtl_status inflate_member(dtl_decoders *d, dtl_str whole, size_t *at,
                                 size_t max, dtl_buf *out, dtl_error *err)
{
    dtl_str in = dtl_str_sub(whole, *at, whole.len);
    dtl_inflate_status how = DTL_INFLATE_MORE;
    dtl_status st;
    size_t begin = *at;

    st = dtl_inflate_all(d, DTL_WRAP_GZIP, &in, max - out->len, out, &how, err);
    *at = whole.len - in.len;
    if (st == DTL_LIMIT)
        return dtl_fail(err, DTL_LIMIT, *at,
                        "gzip data hold more than %zu bytes", max);
    if (st == DTL_OK && how == DTL_INFLATE_BAD)
        return dtl_fail(err, DTL_SYNTAX, begin,
                        "gzip data are damaged behind byte %zu", begin);
    if (st == DTL_OK && how == DTL_INFLATE_MORE)
        return dtl_fail(err, DTL_SYNTAX, *at,
                        "gzip data are cut short at byte %zu", *at);
    return st;
}

dtl_status dtl_gunzip(dtl_str bytes, size_t max_bytes, char **out, size_t *len,
                      dtl_error *err)
{
    size_t max = max_bytes ? max_bytes : DTL_GUNZIP_MAX, at = 0;
    dtl_decoders d = {NULL, NULL};
    dtl_buf buf = {0};
    dtl_status st = DTL_OK;

    *out = NULL;
    *len = 0;
    do {
        st = inflate_member(&d, bytes, &at, max, &buf, err);
    } while (
        st == DTL_OK && at < bytes.len &&
        !only_zeros((const unsigned char *)bytes.ptr + at, bytes.len - at));
    dtl_decoders_clear(&d);
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
