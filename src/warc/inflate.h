/* Deflate data in its three wrappers, a step at a time: by ISA-L, or by zlib
 * where the build had none. */
#ifndef DTL_WARC_INFLATE_H
#define DTL_WARC_INFLATE_H

#include <dateline.h>

typedef enum {
    DTL_WRAP_GZIP,
    DTL_WRAP_ZLIB,
    DTL_WRAP_NONE /* bare deflate data */
} dtl_wrap;

typedef enum {
    DTL_INFLATE_MORE, /* input is spent, or the room for output is */
    DTL_INFLATE_END,  /* the data ended and their checksum agrees */
    DTL_INFLATE_BAD   /* the data are no such data, or damaged */
} dtl_inflate_status;

typedef struct dtl_inflate dtl_inflate;

/* NULL when out of memory. Begin before the first step. */
dtl_inflate *dtl_inflate_new(void);
void dtl_inflate_free(dtl_inflate *z);
/* Gets ready for data in the given wrapper, whatever came before. */
void dtl_inflate_begin(dtl_inflate *z, dtl_wrap wrap);
/* Unpacks as much of *in as there is, or as room bytes at out hold. Takes
 * what it used off *in, and adds to *written what it wrote. */
dtl_inflate_status dtl_inflate_step(dtl_inflate *z, dtl_str *in, char *out,
                                    size_t room, size_t *written);

#endif
