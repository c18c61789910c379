/* What the tests of warc share: archives in memory, and what reading them
 * gives, as text. */
#ifndef DTL_TESTS_WARC_HELPERS_H
#define DTL_TESTS_WARC_HELPERS_H

#include "base/alloc.h"

#define HEAD(length)                                                           \
    "WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: " length "\r\n\r\n"
#define TAIL  "\r\n\r\n"
#define ONE   HEAD("3") "one" TAIL
#define TWO   HEAD("3") "two" TAIL
#define THREE HEAD("5") "three" TAIL

/* Bytes that are read so many at a time; step 0 is as many as are wanted. */
typedef struct {
    dtl_str bytes;
    size_t at, step;
} source;

dtl_input source_input(source *s);

/* Appends text as a gzip member, a zstd frame. */
void add_gzip(dtl_buf *out, const char *text);
void add_zstd(dtl_buf *out, const char *text);
/* The same of any bytes. */
void add_gzip_bytes(dtl_buf *out, dtl_str bytes);

/* Appends the records' blocks to out, each in brackets; an error is "!" and
 * its place. DTL_NOMEM when memory failed. */
dtl_status describe(dtl_warc *w, dtl_buf *out);

#endif
