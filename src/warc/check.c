/* Whether a record's digests agree with its bytes.
 *
 * A record that may be held is compared whole, since a payload's digest may be
 * of any of three forms of it; a larger one is gone through, and its payload
 * compared as it was sent. */
#include "base/str.h"
#include "warc/digest.h"
#include "warc/http.h"
#include "warc/reader.h"

/* Of a revisit it is the digest of another record's payload. */
static dtl_str payload_digest(const dtl_warc_record *r)
{
    if (r->type == DTL_WARC_REVISIT)
        return (dtl_str){NULL, 0};
    return dtl_warc_field(r, DTL_STR("WARC-Payload-Digest"));
}

/* The HTTP message that bytes are, or are the beginning of; without a head
 * where they are none. */
static dtl_status read_message(dtl_warc *w, dtl_str bytes, dtl_http *out,
                               dtl_error *err)
{
    dtl_status st = DTL_SYNTAX;

    if (dtl_payload_may_be_http(dtl_warc_current(w)->type))
        st = dtl_http_read(bytes, &w->arena, out, NULL);
    if (st == DTL_SYNTAX)
        *out = (dtl_http){.body = bytes};
    return st == DTL_NOMEM ? dtl_fail(err, st, 0, "out of memory") : DTL_OK;
}

/* The digest of a body in its three forms, the likeliest first. */
static dtl_status check_body(dtl_warc *w, const dtl_http *m, dtl_str said,
                             dtl_digest_result *result, dtl_error *err)
{
    dtl_http_room *room = &w->payload.http;
    const char *note;
    dtl_status st;
    dtl_str body;

    *result = dtl_digest_check(said, m->body);
    if (*result != DTL_DIGEST_WRONG)
        return DTL_OK;
    st = dtl_http_unchunk(m, room, &body, err);
    if (st == DTL_OK && body.ptr != m->body.ptr)
        *result = dtl_digest_check(said, body);
    if (st != DTL_OK || *result != DTL_DIGEST_WRONG)
        return st;
    st =
        dtl_http_body(m, (size_t)w->opts.max_payload, room, &body, &note, NULL);
    if (st == DTL_OK)
        *result = dtl_digest_check(said, body);
    return st == DTL_NOMEM ? dtl_fail(err, st, 0, "out of memory") : DTL_OK;
}

static dtl_status check_whole(dtl_warc *w, dtl_digest_result *block,
                              dtl_digest_result *payload, dtl_error *err)
{
    const dtl_warc_record *r = dtl_warc_current(w);
    dtl_http m = {0};
    dtl_str bytes;
    dtl_status st = dtl_warc_block(w, &bytes, err);

    if (st != DTL_OK)
        return st;
    *block = dtl_digest_check(dtl_warc_field(r, DTL_STR("WARC-Block-Digest")),
                              bytes);
    st = read_message(w, bytes, &m, err);
    if (st != DTL_OK)
        return st;
    return check_body(w, &m, payload_digest(r), payload, err);
}

static dtl_status check_pieces(dtl_warc *w, dtl_digest_result *block,
                               dtl_digest_result *payload, dtl_error *err)
{
    const dtl_warc_record *r = dtl_warc_current(w);
    dtl_digest of_block, of_payload;
    dtl_http m = {0};
    size_t head;
    bool coded;
    dtl_str piece;
    dtl_status st = dtl_warc_peek(w, DTL_HTTP_HEAD, &piece, err);

    if (st != DTL_OK)
        return st;
    st = read_message(w, piece, &m, err);
    if (st != DTL_OK)
        return st;
    head = m.head.len;
    coded = dtl_fields_get(&m.fields, DTL_STR("Transfer-Encoding")).ptr ||
            dtl_fields_get(&m.fields, DTL_STR("Content-Encoding")).ptr;
    dtl_digest_begin(&of_block,
                     dtl_warc_field(r, DTL_STR("WARC-Block-Digest")));
    dtl_digest_begin(&of_payload, payload_digest(r));
    for (;;) {
        st = dtl_warc_read(w, &piece, err);
        if (st != DTL_OK || !piece.len)
            break;
        dtl_digest_add(&of_block, piece);
        dtl_digest_add(&of_payload, dtl_str_sub(piece, head, piece.len));
        head -= head < piece.len ? head : piece.len;
    }
    *block = dtl_digest_end(&of_block);
    *payload = dtl_digest_end(&of_payload);
    /* It may be of another form, which would have to be held. */
    if (*payload == DTL_DIGEST_WRONG && coded)
        *payload = DTL_DIGEST_UNKNOWN;
    return st;
}

dtl_status dtl_warc_check_digests(dtl_warc *w, dtl_digest_result *block,
                                  dtl_digest_result *payload, dtl_error *err)
{
    bool whole = dtl_warc_current(w)->content_length <= w->opts.max_block;
    dtl_status st;

    *block = *payload = DTL_DIGEST_NONE;
    st = whole ? check_whole(w, block, payload, err)
               : check_pieces(w, block, payload, err);
    if (st == DTL_NOMEM)
        w->failed = true;
    return st;
}
