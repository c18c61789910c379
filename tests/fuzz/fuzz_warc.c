/* Fuzzes the reading of archives: any bytes give records and errors, come to
 * their end, and give the same whatever is read at a time. What a record says
 * of itself, in pieces and whole, agrees; parts begin where they say. */
#include "fuzz.h"

#include "base/alloc.h"
#include "base/str.h"

enum {
    MAX_BLOCK = 1 << 16,
    MAX_BODY = 1 << 18,
    MAX_TURNS = 100000
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

static dtl_status seek_source(void *ctx, uint64_t at, dtl_error *err)
{
    source *s = ctx;

    (void)err;
    s->at = at < s->bytes.len ? (size_t)at : s->bytes.len;
    return DTL_OK;
}

static dtl_warc *open_source(source *s, dtl_str bytes, size_t step)
{
    const dtl_input in = {read_source, s, seek_source};
    const dtl_warc_options opts = {
        .max_block = MAX_BLOCK, .max_payload = MAX_BODY, .size = bytes.len};

    *s = (source){bytes, 0, step};
    return dtl_warc_new(&in, &opts);
}

static uint64_t mix(uint64_t sum, uint64_t value)
{
    return (sum ^ value) * 0x100000001b3u;
}

static bool add_to_sum(void *ctx, const char *bytes, size_t len)
{
    uint64_t *sum = ctx;
    size_t i;

    for (i = 0; i < len; i++)
        *sum = mix(*sum, (unsigned char)bytes[i]);
    return true;
}

/* What a record gives, each time by other calls. */
static dtl_status use_record(dtl_warc *w, unsigned turn, uint64_t *sum,
                             dtl_error *err)
{
    static const dtl_str names[] = {{"surt", 4}, {"mime", 4}, {"length", 6}};
    dtl_digest_result block, payload;
    const dtl_payload *p = NULL;
    dtl_str piece = {NULL, 0};
    uint64_t end;
    dtl_status st;

    switch (turn % 5) {
    case 0:
        st = dtl_warc_payload(w, &p, err);
        if (st == DTL_OK)
            *sum = mix(*sum, p->body.len + (p->note != NULL) +
                                 dtl_payload_is_html(p));
        return st;
    case 1:
        st = dtl_warc_check_digests(w, &block, &payload, err);
        *sum = mix(*sum, (uint64_t)block * 4 + (uint64_t)payload);
        return st;
    case 2:
        return dtl_warc_write_cdxj(w, names[0], add_to_sum, sum, err);
    case 3:
        return dtl_warc_write_fields(w, names, 3, names[0], add_to_sum, sum,
                                     err);
    default:
        do {
            st = dtl_warc_read(w, &piece, err);
            add_to_sum(sum, piece.ptr, piece.len);
        } while (st == DTL_OK && piece.len);
        if (st == DTL_OK)
            st = dtl_warc_end(w, &end, err);
        return st;
    }
}

/* A sum over all that the records say. */
static uint64_t read_all(dtl_str bytes, size_t step)
{
    const dtl_warc_record *r;
    uint64_t sum = 0;
    unsigned turns = 0;
    dtl_error err;
    dtl_status st;
    source s;
    dtl_warc *w = open_source(&s, bytes, step);

    for (;;) {
        err = (dtl_error){DTL_OK, 0, ""};
        st = dtl_warc_next(w, &r, &err);
        if (st == DTL_OK && !r)
            break;
        if (st == DTL_OK)
            st = use_record(w, turns, &sum, &err);
        FUZZ_CHECK((st == DTL_OK) == (err.code == DTL_OK));
        FUZZ_CHECK(dtl_warc_goes_on(w));
        FUZZ_CHECK(++turns < MAX_TURNS);
        sum = mix(sum, st == DTL_OK ? r->content_length : err.offset + 1);
    }
    dtl_warc_free(w);
    return sum;
}

/* A place that was found is found again, and is where a record begins. */
static void seek_all(dtl_str bytes)
{
    const dtl_warc_record *r;
    uint64_t at = 0, begin, again;
    source s;
    dtl_warc *w = open_source(&s, bytes, SIZE_MAX / 2);

    for (; at < bytes.len; at = begin + 1) {
        if (dtl_warc_seek(w, at, &begin, NULL) != DTL_OK)
            break;
        FUZZ_CHECK(begin >= at && begin <= bytes.len);
        if (begin == bytes.len)
            break;
        if (dtl_warc_next(w, &r, NULL) == DTL_OK)
            FUZZ_CHECK(r && r->offset == begin && !r->inner);
        FUZZ_CHECK(dtl_warc_seek(w, begin, &again, NULL) == DTL_OK);
        FUZZ_CHECK(again == begin);
    }
    dtl_warc_free(w);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    dtl_str in = {(const char *)bytes, len};
    char *surt;
    size_t surt_len;

    FUZZ_CHECK(read_all(in, SIZE_MAX / 2) == read_all(in, 13));
    seek_all(in);
    if (dtl_surt(in, &surt, &surt_len) == DTL_OK)
        dtl_release(surt);
    return 0;
}
