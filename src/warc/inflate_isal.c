/* Inflating by ISA-L, the fastest there is. */
#include "warc/inflate.h"
#include "base/alloc.h"

#include <isa-l/igzip_lib.h>
#include <limits.h>

enum {
    LONGEST_COPY = 258 /* RFC 1951 */
};

struct dtl_inflate {
    struct inflate_state state;
};

dtl_inflate *dtl_inflate_new(void)
{
    dtl_inflate *z = dtl_malloc(sizeof *z);

    if (z)
        isal_inflate_init(&z->state);
    return z;
}

void dtl_inflate_free(dtl_inflate *z)
{
    dtl_free(z);
}

void dtl_inflate_begin(dtl_inflate *z, dtl_wrap wrap)
{
    static const uint32_t flags[] = {
        [DTL_WRAP_GZIP] = ISAL_GZIP,
        [DTL_WRAP_ZLIB] = ISAL_ZLIB,
        [DTL_WRAP_NONE] = ISAL_DEFLATE,
    };

    isal_inflate_reset(&z->state);
    z->state.crc_flag = flags[wrap];
}

static uint32_t at_most_32_bits(size_t size)
{
    return size < UINT32_MAX ? (uint32_t)size : UINT32_MAX;
}

dtl_inflate_status dtl_inflate_step(dtl_inflate *z, dtl_str *in, char *out,
                                    size_t room, size_t *written)
{
    struct inflate_state *s = &z->state;
    uint32_t given = at_most_32_bits(in->len), free_bytes, made;
    int code;

    s->next_in = (uint8_t *)(uintptr_t)in->ptr;
    s->avail_in = given;
    s->next_out = (uint8_t *)out;
    s->avail_out = free_bytes = at_most_32_bits(room);
    code = isal_inflate(s);
    in->ptr += given - s->avail_in;
    in->len -= given - s->avail_in;
    made = free_bytes - s->avail_out;
    if (code < 0 || code == ISAL_NEED_DICT) {
        /* A copy from before the data's beginning is counted as written,
         * though it was not made. */
        if (code == ISAL_INVALID_LOOKBACK)
            made -= made < LONGEST_COPY ? made : LONGEST_COPY;
        *written += made;
        return DTL_INFLATE_BAD;
    }
    *written += made;
    return s->block_state == ISAL_BLOCK_FINISH ? DTL_INFLATE_END
                                               : DTL_INFLATE_MORE;
}
