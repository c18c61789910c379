/* Packed files as runs of members: one window of packed bytes, and a decoder
 * that takes from it.
 *
 * Invariants: window[at..len) is read and not yet used, and base + at is its
 * place in the file; begin is the place of the member's first byte; a member
 * is open from dtl_stream_member to its end, its damage or recover. */
#include "warc/stream.h"
#include "base/str.h"
#include "warc/inflate.h"

#include <zstd.h>

enum {
    WINDOW = 256 * 1024,
    /* Of what was read of a member, for when it turns out to be damaged. The
     * more, the longer files made to deceive take. */
    KEPT = 64 * 1024,
    STEP = 64 * 1024, /* room for unpacked bytes that one read makes */
    DICTIONARY_MAX = 64 * 1024 * 1024,
    /* A member that gives more than so many bytes, and so many times what it
     * takes, is a bomb: pages grow ten times, lists of the same line fifty. */
    GROWTH_FREE = 256 * 1024 * 1024,
    GROWTH_MAX = 200
};

#define DICTIONARY_MAGIC "\x5D\x2A\x4D\x18"
#define ZSTD_MAGIC       "\x28\xB5\x2F\xFD"
#define GZIP_MAGIC       "\x1f\x8b\x08"

struct dtl_stream {
    dtl_input in;
    char *window;
    size_t at, len;
    uint64_t base, begin;
    uint64_t given;    /* bytes that the member gave */
    bool ended;        /* the input has no more bytes */
    dtl_error failure; /* of the input, for when its bytes are used */
    bool open;
    bool damaged; /* what was unpacked is the last that could be */
    bool started;
    dtl_packing packing;
    dtl_inflate *inflate;
    ZSTD_DCtx *zstd;
};

dtl_stream *dtl_stream_new(const dtl_input *in)
{
    dtl_stream *s = dtl_malloc(sizeof *s);

    if (!s)
        return NULL;
    *s = (dtl_stream){.in = *in, .window = dtl_malloc(WINDOW)};
    if (!s->window) {
        dtl_free(s);
        return NULL;
    }
    return s;
}

void dtl_stream_set_input(dtl_stream *s, dtl_input in)
{
    s->in = in;
}

void dtl_stream_free(dtl_stream *s)
{
    if (!s)
        return;
    dtl_inflate_free(s->inflate);
    ZSTD_freeDCtx(s->zstd);
    dtl_free(s->window);
    dtl_free(s);
}

dtl_packing dtl_stream_packing(const dtl_stream *s)
{
    return s->packing;
}

uint64_t dtl_stream_begin(const dtl_stream *s)
{
    return s->begin;
}

uint64_t dtl_stream_at(const dtl_stream *s)
{
    return s->base + s->at;
}

static dtl_str rest_of(const dtl_stream *s)
{
    return (dtl_str){s->window + s->at, s->len - s->at};
}

/* From where on used bytes of the open member are kept. */
static size_t kept_from(const dtl_stream *s)
{
    size_t from = s->at < KEPT ? 0 : s->at - KEPT;

    if (!s->open)
        return s->at;
    if (s->begin >= s->base + from)
        from = (size_t)(s->begin - s->base);
    return from;
}

/* Drops what is not needed any more and fills the window. It is always filled,
 * so that the decoders, which give more or less of what comes before damage,
 * see the same whatever the input gives at a time. */
static void fill(dtl_stream *s)
{
    size_t got, drop = kept_from(s);

    memmove(s->window, s->window + drop, s->len - drop);
    s->base += drop;
    s->len -= drop;
    s->at -= drop;
    while (!s->ended && s->len < WINDOW) {
        s->failure.code = s->in.read(s->in.ctx, s->window + s->len,
                                     WINDOW - s->len, &got, &s->failure);
        if (s->failure.code != DTL_OK)
            return;
        s->ended = got == 0;
        s->len += got;
    }
}

/* Sees that the window holds want unused bytes, or the input has ended. */
static dtl_status need(dtl_stream *s, size_t want, dtl_error *err)
{
    if (s->len - s->at >= want || s->ended)
        return DTL_OK;
    if (s->failure.code == DTL_OK)
        fill(s);
    if (s->failure.code == DTL_OK || s->len - s->at >= want)
        return DTL_OK;
    if (err)
        *err = s->failure;
    return s->failure.code;
}

/* ---- How a file is packed ------------------------------------------------ */

static uint32_t little_endian(const char *p)
{
    const unsigned char *b = (const unsigned char *)p;

    return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
           (uint32_t)b[3] << 24;
}

/* Takes len bytes off the input, which may be more than the window holds. */
static dtl_status take(dtl_stream *s, size_t len, dtl_buf *out, dtl_error *err)
{
    dtl_status st = DTL_OK;
    dtl_str rest;

    while (st == DTL_OK && out->len < len) {
        st = need(s, 1, err);
        rest = dtl_str_sub(rest_of(s), 0, len - out->len);
        if (st == DTL_OK && !rest.len)
            return dtl_fail(err, DTL_SYNTAX, dtl_stream_at(s),
                            "the zstd dictionary is cut short");
        dtl_buf_str(out, rest);
        s->at += rest.len;
        if (out->status != DTL_OK)
            return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    }
    return st;
}

/* A dictionary may itself be a zstd frame. */
static dtl_status unpack_dictionary(dtl_stream *s, dtl_buf *d, dtl_error *err)
{
    unsigned long long size = ZSTD_getFrameContentSize(d->ptr, d->len);
    dtl_buf plain = {0};
    size_t got;

    if (size > DICTIONARY_MAX) /* the two error values are large as well */
        return dtl_fail(err, DTL_SYNTAX, s->begin,
                        "the zstd dictionary does not say its size");
    if (!dtl_buf_reserve(&plain, size ? (size_t)size : 1))
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    got = ZSTD_decompress(plain.ptr, (size_t)size, d->ptr, d->len);
    if (ZSTD_isError(got)) {
        dtl_buf_clear(&plain);
        return dtl_fail(err, DTL_SYNTAX, s->begin,
                        "the zstd dictionary is damaged");
    }
    plain.len = got;
    dtl_buf_clear(d);
    *d = plain;
    return DTL_OK;
}

static dtl_status load_dictionary(dtl_stream *s, dtl_error *err)
{
    uint32_t size = little_endian(s->window + s->at + 4);
    dtl_buf d = {0};
    dtl_status st;

    if (size > DICTIONARY_MAX)
        return dtl_fail(err, DTL_LIMIT, s->begin,
                        "the zstd dictionary has %lu bytes, more than %d",
                        (unsigned long)size, DICTIONARY_MAX);
    s->at += 8;
    st = take(s, size, &d, err);
    if (st == DTL_OK && dtl_str_starts(dtl_buf_view(&d), DTL_STR(ZSTD_MAGIC)))
        st = unpack_dictionary(s, &d, err);
    if (st == DTL_OK &&
        ZSTD_isError(ZSTD_DCtx_loadDictionary(s->zstd, d.ptr, d.len)))
        st = dtl_fail(err, DTL_SYNTAX, s->begin,
                      "the zstd dictionary cannot be used");
    dtl_buf_clear(&d);
    return st;
}

/* Sees how the file is packed, and gets the decoder. */
static dtl_status start(dtl_stream *s, dtl_error *err)
{
    dtl_status st = need(s, 8, err);
    dtl_str head = rest_of(s);

    if (st != DTL_OK)
        return st;
    s->started = true;
    if (dtl_str_starts(head, DTL_STR(GZIP_MAGIC))) {
        s->packing = DTL_PACKING_GZIP;
        s->inflate = dtl_inflate_new();
        return s->inflate ? DTL_OK
                          : dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    }
    if (!dtl_str_starts(head, DTL_STR(ZSTD_MAGIC)) &&
        !dtl_str_starts(head, DTL_STR(DICTIONARY_MAGIC)))
        return DTL_OK;
    s->packing = DTL_PACKING_ZSTD;
    s->zstd = ZSTD_createDCtx();
    if (!s->zstd)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    if (head.len >= 8 && dtl_str_starts(head, DTL_STR(DICTIONARY_MAGIC)))
        return load_dictionary(s, err);
    return DTL_OK;
}

/* ---- Members ------------------------------------------------------------- */

static bool is_skippable(dtl_str head)
{
    return head.len >= 4 &&
           (little_endian(head.ptr) & 0xfffffff0u) == 0x184D2A50u;
}

/* Whether bytes begin as a member of the file's packing does. */
static bool is_member(const dtl_stream *s, dtl_str head)
{
    switch (s->packing) {
    case DTL_PACKING_GZIP: /* the three highest flags are reserved, and 0 */
        return head.len >= 4 && dtl_str_starts(head, DTL_STR(GZIP_MAGIC)) &&
               !(head.ptr[3] & 0xE0);
    case DTL_PACKING_ZSTD:
        return dtl_str_starts(head, DTL_STR(ZSTD_MAGIC)) || is_skippable(head);
    case DTL_PACKING_NONE:
        break;
    }
    return true;
}

dtl_status dtl_stream_member(dtl_stream *s, bool *more, dtl_error *err)
{
    dtl_status st = s->started ? DTL_OK : start(s, err);

    *more = false;
    s->open = false;
    if (st == DTL_OK)
        st = need(s, 4, err);
    if (st != DTL_OK)
        return st;
    s->begin = dtl_stream_at(s);
    if (s->at == s->len)
        return DTL_OK;
    if (!is_member(s, rest_of(s)))
        return dtl_fail(err, DTL_SYNTAX, s->begin,
                        "no %s data at byte %llu, where more must follow",
                        s->packing == DTL_PACKING_GZIP ? "gzip" : "zstd",
                        (unsigned long long)s->begin);
    if (s->packing == DTL_PACKING_GZIP)
        dtl_inflate_begin(s->inflate, DTL_WRAP_GZIP);
    else if (s->packing == DTL_PACKING_ZSTD)
        ZSTD_DCtx_reset(s->zstd, ZSTD_reset_session_only);
    *more = s->open = true;
    s->damaged = false;
    s->given = 0;
    return DTL_OK;
}

/* One step of gzip; *done when the member's last byte is out. */
static bool step_gzip(dtl_stream *s, char *room, size_t *got, bool *done)
{
    dtl_str in = rest_of(s);
    dtl_inflate_status code =
        dtl_inflate_step(s->inflate, &in, room, STEP, got);

    s->at = s->len - in.len;
    *done = code == DTL_INFLATE_END;
    return code != DTL_INFLATE_BAD;
}

static bool step_zstd(dtl_stream *s, char *room, size_t *got, bool *done)
{
    ZSTD_inBuffer in = {s->window, s->len, s->at};
    ZSTD_outBuffer out = {room, STEP, 0};
    size_t code = ZSTD_decompressStream(s->zstd, &out, &in);

    s->at = in.pos;
    *got = out.pos;
    *done = code == 0;
    return !ZSTD_isError(code);
}

static bool step_plain(dtl_stream *s, char *room, size_t *got)
{
    dtl_str in = dtl_str_sub(rest_of(s), 0, STEP);

    memcpy(room, in.ptr, in.len);
    s->at += in.len;
    *got = in.len;
    return true;
}

static bool step(dtl_stream *s, char *room, size_t *got, bool *done)
{
    switch (s->packing) {
    case DTL_PACKING_GZIP:
        return step_gzip(s, room, got, done);
    case DTL_PACKING_ZSTD:
        return step_zstd(s, room, got, done);
    case DTL_PACKING_NONE:
        break;
    }
    return step_plain(s, room, got);
}

static dtl_status damaged(const dtl_stream *s, const char *what, dtl_error *err)
{
    return dtl_fail(err, DTL_SYNTAX, s->begin,
                    "the packed data that begin at byte %llu are %s at byte "
                    "%llu",
                    (unsigned long long)s->begin, what,
                    (unsigned long long)dtl_stream_at(s));
}

static bool is_bomb(const dtl_stream *s)
{
    return s->packing != DTL_PACKING_NONE && s->given > GROWTH_FREE &&
           s->given / GROWTH_MAX > dtl_stream_at(s) - s->begin;
}

dtl_status dtl_stream_read(dtl_stream *s, dtl_buf *out, bool *ended,
                           dtl_error *err)
{
    size_t got = 0, was;
    bool done = false;
    dtl_status st;
    char *room;

    *ended = !s->open;
    while (s->open && !got) {
        st = need(s, 1, err);
        if (st != DTL_OK)
            return st;
        room = dtl_buf_reserve(out, STEP);
        if (!room)
            return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
        was = s->at;
        /* What comes before the damage is given first, whatever was read at a
         * time. */
        if (!s->damaged)
            s->damaged = !step(s, room, &got, &done);
        if (s->damaged && !got)
            return damaged(s, "damaged", err);
        /* The last bytes may come out without any going in. */
        if (!done && !got && s->at == was && s->ended) {
            if (s->packing != DTL_PACKING_NONE)
                return damaged(s, "cut short", err);
            done = true;
        }
        out->len += got;
        s->given += got;
        if (is_bomb(s))
            return dtl_fail(err, DTL_LIMIT, s->begin,
                            "the packed data that begin at byte %llu grow more "
                            "than %d times",
                            (unsigned long long)s->begin, GROWTH_MAX);
        if (done)
            s->open = false;
        *ended = !s->open && !got;
    }
    return DTL_OK;
}

dtl_status dtl_stream_find(dtl_stream *s, bool *more, dtl_error *err)
{
    const char *found;
    dtl_status st;

    *more = false;
    for (;;) {
        st = need(s, 4, err);
        if (st != DTL_OK)
            return st;
        if (s->len - s->at < 4)
            break;
        found = memchr(s->window + s->at,
                       s->packing == DTL_PACKING_GZIP ? GZIP_MAGIC[0]
                                                      : ZSTD_MAGIC[0],
                       s->len - s->at - 3);
        if (!found) {
            s->at = s->len - 3;
            continue;
        }
        s->at = (size_t)(found - s->window);
        if (is_member(s, rest_of(s)) && !is_skippable(rest_of(s))) {
            *more = true;
            return DTL_OK;
        }
        s->at++;
    }
    s->at = s->len; /* nothing follows */
    return DTL_OK;
}

dtl_status dtl_stream_recover(dtl_stream *s, bool *more, dtl_error *err)
{
    size_t from = kept_from(s);

    *more = false;
    /* A member that was cut is found to be damaged where the next one has
     * begun, so that is looked for from the bytes that were kept on. */
    if (s->open && s->packing != DTL_PACKING_NONE) {
        s->at = from;
        if (dtl_stream_at(s) == s->begin)
            s->at++;
    }
    s->open = false;
    if (s->packing == DTL_PACKING_NONE)
        return DTL_OK;
    return dtl_stream_find(s, more, err);
}

dtl_status dtl_stream_seek(dtl_stream *s, uint64_t at, dtl_error *err)
{
    dtl_status st = s->started ? DTL_OK : start(s, err);

    if (st == DTL_OK && !s->in.seek)
        return dtl_fail(err, DTL_USAGE, 0,
                        "the input cannot be read from "
                        "anywhere but its beginning");
    if (st == DTL_OK)
        st = s->in.seek(s->in.ctx, at, err);
    if (st != DTL_OK)
        return st;
    s->base = at;
    s->at = s->len = 0;
    s->open = s->ended = false;
    s->failure.code = DTL_OK;
    return DTL_OK;
}
