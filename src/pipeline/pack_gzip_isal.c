/* gzip members by ISA-L, at a level that costs little beside the reading.
 *
 * Its matches differ by kinds of processors: of 40 MB of records one member's
 * bytes are others without AVX2, and all are where there is no x86 code. What
 * unpacks is the same. zlib's fastest level, the same everywhere, makes reading
 * and packing a sixth slower; zstd is the same everywhere and costs less. */
#include "pipeline/pack_gzip.h"

#include <isa-l/igzip_lib.h>
#include <string.h>

enum {
    LEVEL = 2,
    OVERHEAD = 1024 /* of a member that does not get smaller, and its ends */
};

struct dtl_gzipper {
    struct isal_zstream stream;
    uint8_t level_buf[ISAL_DEF_LVL2_DEFAULT];
};

dtl_gzipper *dtl_gzipper_new(void)
{
    return dtl_malloc(sizeof(dtl_gzipper));
}

void dtl_gzipper_free(dtl_gzipper *g)
{
    dtl_free(g);
}

dtl_status dtl_gzip_pack(dtl_gzipper *g, dtl_str plain, dtl_buf *out)
{
    size_t room = plain.len + plain.len / 8 + OVERHEAD;
    struct isal_zstream *z = &g->stream;
    char *to;

    if (room > UINT32_MAX)
        return DTL_LIMIT;
    to = dtl_buf_reserve(out, room);
    if (!to)
        return DTL_NOMEM;
    isal_deflate_init(z);
    z->level = LEVEL;
    z->level_buf = g->level_buf;
    z->level_buf_size = sizeof g->level_buf;
    z->gzip_flag = IGZIP_GZIP;
    z->end_of_stream = 1;
    z->flush = NO_FLUSH;
    z->next_in = (uint8_t *)(uintptr_t)plain.ptr;
    z->avail_in = (uint32_t)plain.len;
    z->next_out = (uint8_t *)to;
    z->avail_out = (uint32_t)room;
    if (isal_deflate(z) != COMP_OK || z->avail_in ||
        z->internal_state.state != ZSTATE_END)
        return DTL_NOMEM;
    out->len += z->total_out;
    return DTL_OK;
}
