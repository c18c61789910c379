/* Fuzzes the reading of archives: any bytes give records and errors, come to
 * their end, and give the same whatever is read at a time. */
#include "fuzz.h"

#include "base/alloc.h"
#include "base/str.h"
#include "warc/http.h"
#include "warc/warc.h"

enum {
    MAX_BLOCK = 1 << 16,
    MAX_BODY = 1 << 18
};

typedef struct {
    dtl_str bytes;
    size_t at, step;
} source;

static dtl_status read_source(void *ctx, char *buf, size_t cap, size_t *got,
                              dtl_error *err)
{
    source *s = ctx;
    dtl_str part = dtl_str_sub(s->bytes, s->at, s->at + s->step);

    (void)err;
    *got = part.len < cap ? part.len : cap;
    if (*got)
        memcpy(buf, part.ptr, *got);
    s->at += *got;
    return DTL_OK;
}

static uint64_t mix(uint64_t sum, uint64_t value)
{
    return (sum ^ value) * 0x100000001b3u;
}

static uint64_t read_body(dtl_warc *w)
{
    const dtl_payload *p;

    return dtl_warc_payload(w, &p, NULL) == DTL_OK ? p->body.len : 0;
}

/* A sum over all that the records say. */
static uint64_t read_all(dtl_str bytes, size_t step)
{
    source s = {bytes, 0, step};
    const dtl_input in = {read_source, &s, NULL};
    const dtl_warc_options opts = {
        .max_block = MAX_BLOCK, .max_payload = MAX_BODY, .size = bytes.len};
    dtl_warc *w = dtl_warc_new(&in, &opts);
    const dtl_warc_record *r;
    uint64_t sum = 0;
    size_t turns = 0;
    dtl_error err;
    dtl_str block;
    dtl_status st;

    for (;;) {
        err = (dtl_error){DTL_OK, 0, ""};
        st = dtl_warc_next(w, &r, &err);
        if (st == DTL_OK && !r)
            break;
        if (st == DTL_OK)
            st = dtl_warc_block(w, &block, &err);
        FUZZ_CHECK((st == DTL_OK) == (err.code == DTL_OK));
        FUZZ_CHECK(dtl_warc_goes_on(w));
        FUZZ_CHECK(++turns < 100000);
        sum = mix(sum, st == DTL_OK ? block.len : err.offset + 1);
        if (st == DTL_OK)
            sum = mix(sum, read_body(w));
    }
    dtl_warc_free(w);
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    dtl_str in = {(const char *)bytes, len};

    FUZZ_CHECK(read_all(in, SIZE_MAX / 2) == read_all(in, 13));
    return 0;
}
