/* Inflating by zlib, where there is no ISA-L. */
#include "warc/inflate.h"
#include "base/alloc.h"

#include <limits.h>
#include <zlib.h>

struct dtl_inflate {
    z_stream stream;
    bool broken; /* zlib could not get ready */
};

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

dtl_inflate *dtl_inflate_new(void)
{
    dtl_inflate *z = dtl_malloc(sizeof *z);

    if (!z)
        return NULL;
    *z = (dtl_inflate){.stream = {.zalloc = resize, .zfree = release}};
    if (inflateInit2(&z->stream, MAX_WBITS) != Z_OK) {
        dtl_free(z);
        return NULL;
    }
    return z;
}

void dtl_inflate_free(dtl_inflate *z)
{
    if (z)
        inflateEnd(&z->stream);
    dtl_free(z);
}

void dtl_inflate_begin(dtl_inflate *z, dtl_wrap wrap)
{
    static const int bits[] = {
        [DTL_WRAP_GZIP] = MAX_WBITS + 16,
        [DTL_WRAP_ZLIB] = MAX_WBITS,
        [DTL_WRAP_NONE] = -MAX_WBITS,
    };

    z->broken = inflateReset2(&z->stream, bits[wrap]) != Z_OK;
}

static unsigned at_most_32_bits(size_t size)
{
    return size < UINT_MAX ? (unsigned)size : UINT_MAX;
}

dtl_inflate_status dtl_inflate_step(dtl_inflate *z, dtl_str *in, char *out,
                                    size_t room, size_t *written)
{
    z_stream *s = &z->stream;
    unsigned given = at_most_32_bits(in->len), free_bytes;
    int code;

    if (z->broken)
        return DTL_INFLATE_BAD;
    s->next_in = (z_const Bytef *)(uintptr_t)in->ptr;
    s->avail_in = given;
    s->next_out = (Bytef *)out;
    s->avail_out = free_bytes = at_most_32_bits(room);
    code = inflate(s, Z_NO_FLUSH);
    in->ptr += given - s->avail_in;
    in->len -= given - s->avail_in;
    *written += free_bytes - s->avail_out;
    if (code == Z_STREAM_END)
        return DTL_INFLATE_END;
    return code == Z_OK || code == Z_BUF_ERROR ? DTL_INFLATE_MORE
                                               : DTL_INFLATE_BAD;
}
