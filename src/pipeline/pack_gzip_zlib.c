/* gzip members by zlib. */
#include "pipeline/pack_gzip.h"

#include <string.h>
#include <zlib.h>

enum {
    GZIP_WINDOW = 15 + 16, /* as zlib asks for gzip's wrapper */
    MEMORY = 8
};

struct dtl_gzipper {
    z_stream stream;
};

dtl_gzipper *dtl_gzipper_new(void)
{
    dtl_gzipper *g = dtl_malloc(sizeof *g);

    if (!g)
        return NULL;
    memset(g, 0, sizeof *g);
    if (deflateInit2(&g->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP_WINDOW,
                     MEMORY, Z_DEFAULT_STRATEGY) == Z_OK)
        return g;
    dtl_free(g);
    return NULL;
}

void dtl_gzipper_free(dtl_gzipper *g)
{
    if (g)
        deflateEnd(&g->stream);
    dtl_free(g);
}

dtl_status dtl_gzip_pack(dtl_gzipper *g, dtl_str plain, dtl_buf *out)
{
    z_stream *z = &g->stream;
    size_t room;
    char *to;

    if (plain.len > UINT32_MAX / 2)
        return DTL_LIMIT;
    deflateReset(z);
    room = deflateBound(z, (uLong)plain.len);
    to = dtl_buf_reserve(out, room);
    if (!to)
        return DTL_NOMEM;
    z->next_in = (Bytef *)(uintptr_t)plain.ptr;
    z->avail_in = (uInt)plain.len;
    z->next_out = (Bytef *)to;
    z->avail_out = (uInt)room;
    if (deflate(z, Z_FINISH) != Z_STREAM_END)
        return DTL_NOMEM;
    out->len += z->total_out;
    return DTL_OK;
}
