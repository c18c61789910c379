/* Digests as archives write them, "sha1:" and letters. */
#ifndef DTL_WARC_DIGEST_H
#define DTL_WARC_DIGEST_H

#include "base/alloc.h"

typedef struct evp_md_ctx_st dtl_digest_state;

/* A digest that is compared piece after piece. */
typedef struct {
    dtl_digest_state *state; /* NULL: nothing to compare with */
    unsigned char want[64];
    dtl_digest_result result; /* until the end: NONE or UNKNOWN */
} dtl_digest;

/* Gets ready for the digest that the record says; ptr NULL where it says none.
 * Needs dtl_digest_end. */
void dtl_digest_begin(dtl_digest *d, dtl_str said);
void dtl_digest_add(dtl_digest *d, dtl_str piece);
dtl_digest_result dtl_digest_end(dtl_digest *d);

/* The same of bytes that are there whole. */
dtl_digest_result dtl_digest_check(dtl_str said, dtl_str bytes);

/* Appends "sha1:" and the digest of bytes in base32 to out. */
void dtl_digest_put(dtl_str bytes, dtl_buf *out);

#endif
