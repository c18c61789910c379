/* Packs chunks of output: by zstd, and gzip by ISA-L or zlib. */
#include "pipeline/pack.h"
#include "base/str.h"
#include "pipeline/pack_gzip.h"

#include <zstd.h>

enum {
    ZSTD_LEVEL = 3
};

struct dtl_packer {
    dtl_packing_kind kind;
    dtl_gzipper *gzip;
    ZSTD_CCtx *zstd;
};

bool dtl_pack_kind_of(dtl_str name, dtl_packing_kind *out)
{
    static const struct {
        const char *end;
        dtl_packing_kind kind;
    } ends[] = {{".jsonl", DTL_PACK_NONE},
                {".jsonl.gz", DTL_PACK_GZIP},
                {".jsonl.zst", DTL_PACK_ZSTD}};
    size_t i;

    for (i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (dtl_str_ends(name, dtl_str_of(ends[i].end))) {
            *out = ends[i].kind;
            return true;
        }
    }
    return false;
}

dtl_packer *dtl_packer_new(dtl_packing_kind kind)
{
    dtl_packer *p = dtl_malloc(sizeof *p);

    if (!p)
        return NULL;
    *p = (dtl_packer){.kind = kind};
    if (kind == DTL_PACK_GZIP)
        p->gzip = dtl_gzipper_new();
    if (kind == DTL_PACK_ZSTD) {
        p->zstd = ZSTD_createCCtx();
        if (p->zstd) {
            ZSTD_CCtx_setParameter(p->zstd, ZSTD_c_compressionLevel,
                                   ZSTD_LEVEL);
            ZSTD_CCtx_setParameter(p->zstd, ZSTD_c_checksumFlag, 1);
        }
    }
    if ((kind == DTL_PACK_GZIP && !p->gzip) ||
        (kind == DTL_PACK_ZSTD && !p->zstd)) {
        dtl_packer_free(p);
        return NULL;
    }
    return p;
}

void dtl_packer_free(dtl_packer *p)
{
    if (!p)
        return;
    dtl_gzipper_free(p->gzip);
    ZSTD_freeCCtx(p->zstd);
    dtl_free(p);
}

static dtl_status pack_zstd(dtl_packer *p, const dtl_buf *plain, dtl_buf *out)
{
    size_t room = ZSTD_compressBound(plain->len), got;
    char *to = dtl_buf_reserve(out, room);

    if (!to)
        return DTL_NOMEM;
    got = ZSTD_compress2(p->zstd, to, room, plain->ptr, plain->len);
    if (ZSTD_isError(got))
        return DTL_NOMEM; /* the only thing that can go wrong */
    out->len += got;
    return DTL_OK;
}

dtl_status dtl_pack(dtl_packer *p, dtl_buf *plain, dtl_buf *out)
{
    dtl_status st = plain->status;
    dtl_buf swap;

    if (st != DTL_OK)
        return st;
    if (p->kind == DTL_PACK_NONE && plain->len <= plain->cap / 2) {
        /* Little would hold on to much. */
        dtl_buf_append(out, plain->ptr, plain->len);
        st = out->status;
    } else if (p->kind == DTL_PACK_NONE) {
        swap = *out;
        *out = *plain;
        *plain = swap;
    } else if (p->kind == DTL_PACK_GZIP) {
        st = dtl_gzip_pack(p->gzip, dtl_buf_view(plain), out);
    } else {
        st = pack_zstd(p, plain, out);
    }
    dtl_buf_reset(plain);
    return st;
}
