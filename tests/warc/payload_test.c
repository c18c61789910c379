/* What records hold: bodies with their codings undone, notes on what is
 * missing, kinds of content; digests; large records in pieces. */
#include "unit/memory.h"
#include "unit/test.h"
#include "base/alloc.h"
#include "base/str.h"
#include "warc/digest.h"
#include "warc/helpers.h"
#include "warc/media.h"

#include <stdio.h>

/* ---- Payloads -------------------------------------------------------------
 */

/* A response with more fields of the record and of the message. */
static void add_response(dtl_buf *out, const char *fields, dtl_str message)
{
    dtl_buf_printf(out,
                   "WARC/1.0\r\nWARC-Type: response\r\n%s"
                   "Content-Length: %zu\r\n\r\n",
                   fields, message.len);
    dtl_buf_str(out, message);
    dtl_buf_puts(out, TAIL);
}

typedef struct {
    dtl_buf bytes;
    source source;
    dtl_warc *w;
    const dtl_payload *payload;
} opened;

static dtl_status open_response(opened *o, const char *fields, dtl_str message)
{
    const dtl_warc_record *r;
    dtl_input in;

    *o = (opened){.w = NULL};
    add_response(&o->bytes, fields, message);
    o->source.bytes = dtl_buf_view(&o->bytes);
    in = source_input(&o->source);
    o->w = dtl_warc_new(&in, NULL);
    CHECK_OK(dtl_warc_next(o->w, &r, NULL));
    return dtl_warc_payload(o->w, &o->payload, NULL);
}

static void close_response(opened *o)
{
    dtl_warc_free(o->w);
    dtl_buf_clear(&o->bytes);
}

static void check_note(const char *fields, dtl_str message, const char *body,
                       const char *note)
{
    opened o;

    if (CHECK_OK(open_response(&o, fields, message))) {
        CHECK_STR(o.payload->body, body);
        CHECK_STR(dtl_str_of(o.payload->note), note);
    }
    close_response(&o);
}

static void test_fields(void)
{
    opened o;

    CHECK_OK(open_response(
        &o, "",
        DTL_STR("HTTP/1.1 404 Not Found\r\nX: y\r\n"
                "Content-Type: Text/HTML; Charset=\"latin1\"\r\n\r\n<p>")));
    CHECK(o.payload->is_http);
    CHECK_INT(o.payload->http_status, 404);
    CHECK_STR(o.payload->declared, "Text/HTML");
    CHECK_STR(o.payload->charset, "latin1");
    CHECK_STR(dtl_payload_field(o.payload, DTL_STR("x")), "y");
    CHECK_STR(o.payload->sent, "<p>");
    CHECK(dtl_payload_is_html(o.payload));
    close_response(&o);
    CHECK_OK(open_response(&o, "Content-Type: text/plain\r\n",
                           DTL_STR("no message")));
    CHECK(!o.payload->is_http);
    CHECK_STR(o.payload->declared, "text/plain");
    CHECK_STR(o.payload->body, "no message");
    close_response(&o);
}

static void test_notes(void)
{
#define OK_WITH(fields) "HTTP/1.1 200 OK\r\n" fields "\r\n\r\n"
    check_note("", DTL_STR(OK_WITH("Content-Length: 3") "one"), "one", NULL);
    check_note("", DTL_STR(OK_WITH("Content-Length: 9") "one"), "one",
               "the body is shorter than its Content-Length");
    check_note("WARC-Truncated: length\r\n", DTL_STR(OK_WITH("A: b") "one"),
               "one", "the archive kept a part of it only");
    check_note("",
               DTL_STR(OK_WITH("Transfer-Encoding: chunked") "3\r\none\r\n"
                                                             "5\r\ntw"),
               "onetw", "the body ends before its last chunk");
    check_note("",
               DTL_STR(OK_WITH("Transfer-Encoding: chunked") "3\r\none\r\n"
                                                             "0\r\n\r\n"),
               "one", NULL);
}

static void test_coded(void)
{
    dtl_buf m = {0};

    dtl_buf_puts(&m, OK_WITH("Content-Encoding: gzip"));
    add_gzip(&m, "one, ");
    add_gzip(&m, "two");
    check_note("", dtl_buf_view(&m), "one, two", NULL);
    m.len -= 9;
    check_note("", dtl_buf_view(&m), "one, two",
               "the body's packed data are cut short or damaged");
    dtl_buf_clear(&m);
}

/* A body packed twice, in chunks. */
static void test_coded_twice(void)
{
    dtl_buf inner = {0}, outer = {0}, m = {0};

    add_gzip(&inner, "deep");
    add_zstd(&outer, "");
    outer.len = 0;
    add_gzip_bytes(&outer, dtl_buf_view(&inner));
    dtl_buf_puts(&m, OK_WITH("Content-Encoding: gzip, x-gzip\r\n"
                             "Transfer-Encoding: chunked"));
    dtl_buf_printf(&m, "5\r\n");
    dtl_buf_append(&m, outer.ptr, 5);
    dtl_buf_printf(&m, "\r\n%zx\r\n", outer.len - 5);
    dtl_buf_append(&m, outer.ptr + 5, outer.len - 5);
    dtl_buf_puts(&m, "\r\n0\r\n\r\n");
    check_note("", dtl_buf_view(&m), "deep", NULL);
    dtl_buf_clear(&inner);
    dtl_buf_clear(&outer);
    dtl_buf_clear(&m);
}

/* The calls on a record that take memory. */
static dtl_status use_payload(dtl_warc *w)
{
    const dtl_payload *p;

    return dtl_warc_payload(w, &p, NULL);
}

static dtl_status use_digests(dtl_warc *w)
{
    dtl_digest_result block, payload;

    return dtl_warc_check_digests(w, &block, &payload, NULL);
}

static bool swallow(void *ctx, const char *bytes, size_t len)
{
    (void)ctx;
    (void)bytes;
    (void)len;
    return true;
}

static dtl_status use_cdxj(dtl_warc *w)
{
    return dtl_warc_write_cdxj(w, DTL_STR("a.warc"), swallow, NULL, NULL);
}

static dtl_status use_fields(dtl_warc *w)
{
    const dtl_str names[] = {DTL_STR("surt"), DTL_STR("digest"),
                             DTL_STR("http:status")};

    return dtl_warc_write_fields(w, names, 3, DTL_STR("a.warc"), swallow, NULL,
                                 NULL);
}

static dtl_status use_seek(dtl_warc *w)
{
    uint64_t begin;

    return dtl_warc_seek(w, 1, &begin, NULL);
}

static dtl_status (*const uses[])(dtl_warc *w) = {
    use_payload, use_digests, use_cdxj, use_fields, use_seek,
};

typedef struct {
    dtl_str bytes;
    size_t use;
} attempt_of;

static dtl_status attempt(void *ctx)
{
    const attempt_of *a = ctx;
    source s = {a->bytes, 0, 0};
    const dtl_input in = source_input(&s);
    dtl_warc *w = dtl_warc_new(&in, NULL);
    const dtl_warc_record *r = NULL;
    dtl_status st = w ? dtl_warc_next(w, &r, NULL) : DTL_NOMEM;

    if (st == DTL_OK && r)
        st = uses[a->use](w);
    dtl_warc_free(w);
    return st;
}

static dtl_status attempt_surt(void *ctx)
{
    char *out;
    size_t len;
    dtl_status st = dtl_surt(*(dtl_str *)ctx, &out, &len);

    dtl_release(out);
    return st;
}

static void test_out_of_memory(void)
{
    dtl_str url = DTL_STR("http://www.h\u00e4fen.example/a/../b c?b=%31&a#c");
    dtl_buf m = {0}, b = {0};
    attempt_of a = {{NULL, 0}, 0};

    dtl_buf_puts(&m, OK_WITH("Content-Encoding: gzip"));
    add_gzip(&m, "packed");
    add_response(&b,
                 "WARC-Target-URI: http://a.example/b?c\r\n"
                 "WARC-Block-Digest: md5:900150983cd24fb0d6963f7d28e17f72\r\n",
                 dtl_buf_view(&m));
    a.bytes = dtl_buf_view(&b);
    for (; a.use < sizeof uses / sizeof *uses; a.use++)
        if (!CHECK(test_each_failure(attempt, &a)))
            printf("    use %zu\n", a.use);
    CHECK(test_each_failure(attempt_surt, &url));
    dtl_buf_clear(&m);
    dtl_buf_clear(&b);
}

/* ---- Kinds of content -----------------------------------------------------
 */

static void test_media_types(void)
{
    static const struct {
        const char *bytes, *type;
    } known[] = {
        {"<!DOCTYPE html><p>", "text/html"},
        {" \n<HTML lang=en>", "text/html"},
        {"<!-- a word --><html>", "text/html"},
        {"<!doctype HTML PUBLIC \"-//W3C//DTD\">", "text/html"},
        {"\xef\xbb\xbf<html>", "text/html"},
        {"<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"x\"><html>",
         "application/xhtml+xml"},
        {"<?xml version=\"1.0\"?><rss version=\"2.0\">", "application/rss+xml"},
        {"<feed xmlns=\"http://www.w3.org/2005/Atom\">",
         "application/atom+xml"},
        {"<?xml version=\"1.0\"?><urlset>", "application/xml"},
        {"<!DOCTYPE svg><svg xmlns=\"x\">", "image/svg+xml"},
        {"{\"a\": 1}", "application/json"},
        {"[{\"a\": 1}]", "application/json"},
        {"[advertisement] and words", "text/plain"},
        {"{braces}", "text/plain"},
        {"%PDF-1.7", "application/pdf"},
        {"GIF89a", "image/gif"},
        {"\xff\xd8\xff\xe0", "image/jpeg"},
        {"RIFF\x10\x10\x10\x10WEBPVP8 ", "image/webp"},
        {"\x1f\x8b\x08", "application/gzip"},
        {"PK\x03\x04", "application/zip"},
        {"words and words", "text/plain"},
        {"words \x01 and others", "application/octet-stream"},
        {"<article of faith", "text/html"},
        {"<artichoke>", "text/plain"},
    };
    size_t i;

    for (i = 0; i < sizeof known / sizeof *known; i++)
        CHECK_STR(dtl_str_of(dtl_media_type(dtl_str_of(known[i].bytes))),
                  known[i].type);
    CHECK(dtl_media_type((dtl_str){"", 0}) == NULL);
}

/* ---- Digests --------------------------------------------------------------
 */

static void test_digests(void)
{
    static const struct {
        const char *said;
        dtl_digest_result result;
    } known[] = {
        {"sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", DTL_DIGEST_RIGHT},
        {"sha1:vgmt4nsha2awvor6evyxqugcnsonbwe5", DTL_DIGEST_RIGHT},
        {"SHA-1:a9993e364706816aba3e25717850c26c9cd0d89d", DTL_DIGEST_RIGHT},
        {"sha1:a9993e364706816aba3e25717850c26c9cd0d89e", DTL_DIGEST_WRONG},
        {"md5:900150983cd24fb0d6963f7d28e17f72", DTL_DIGEST_RIGHT},
        {"md5:SAAVBGB42JH3BVUWH56SRYL7OI======", DTL_DIGEST_RIGHT},
        {"sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f200"
         "15ad",
         DTL_DIGEST_RIGHT},
        {"sha256:XJ4BNP4PAHH6UQKBIDPF3LRCEOYAGYNDSYLXVHFUCD7WD4QACWWQ",
         DTL_DIGEST_RIGHT},
        {"sha1:a9993e364706816aba3e25717850c26c9cd0d8", DTL_DIGEST_UNKNOWN},
        {"sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE1", DTL_DIGEST_UNKNOWN},
        {"crc32:352441c2", DTL_DIGEST_UNKNOWN},
        {"a9993e364706816aba3e25717850c26c9cd0d89d", DTL_DIGEST_UNKNOWN},
        {"", DTL_DIGEST_UNKNOWN},
    };
    dtl_buf made = {0};
    size_t i;

    for (i = 0; i < sizeof known / sizeof *known; i++)
        CHECK_INT(dtl_digest_check(dtl_str_of(known[i].said), DTL_STR("abc")),
                  known[i].result);
    CHECK_INT(dtl_digest_check((dtl_str){NULL, 0}, DTL_STR("abc")),
              DTL_DIGEST_NONE);
    dtl_digest_put(DTL_STR("abc"), &made);
    CHECK_STR(dtl_buf_view(&made), known[0].said);
    dtl_buf_clear(&made);
}

/* A payload's digest may be of the body as sent, or decoded. */
static void test_payload_digests(void)
{
    static const char *const fields[] = {
        "WARC-Payload-Digest: sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5\r\n",
        "WARC-Payload-Digest: sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWEA\r\n",
    };
    dtl_digest_result block, payload;
    dtl_buf m = {0};
    opened o;
    size_t i;

    dtl_buf_puts(&m, OK_WITH("Content-Encoding: gzip"));
    add_gzip(&m, "abc");
    for (i = 0; i < 2; i++) {
        open_response(&o, fields[i], dtl_buf_view(&m));
        CHECK_OK(dtl_warc_check_digests(o.w, &block, &payload, NULL));
        CHECK_INT(block, DTL_DIGEST_NONE);
        CHECK_INT(payload, i ? DTL_DIGEST_WRONG : DTL_DIGEST_RIGHT);
        close_response(&o);
    }
    dtl_buf_clear(&m);
}

/* ---- Large records --------------------------------------------------------
 */

/* A record in pieces is what it is whole, its digest too. */
static void test_pieces(void)
{
    const dtl_warc_options opts = {.max_block = 100};
    dtl_buf message = {0}, b = {0}, all = {0};
    dtl_digest_result block, payload;
    const dtl_warc_record *r;
    dtl_str piece = {NULL, 0};
    source s = {{NULL, 0}, 0, 0};
    const dtl_input in = source_input(&s);
    dtl_warc *w;
    int i;

    dtl_buf_puts(&message, OK_WITH("A: b"));
    for (i = 0; i < 100000; i++)
        dtl_buf_puts(&message, "abc\n");
    add_response(&b,
                 "WARC-Payload-Digest: "
                 "sha1:HY7X25WUDOXGXGJPDKRSYQWPKPLLZNCB\r\n",
                 dtl_buf_view(&message));
    dtl_buf_puts(&b, ONE);
    add_gzip_bytes(&all, dtl_buf_view(&b));
    s.bytes = dtl_buf_view(&all);
    w = dtl_warc_new(&in, &opts);
    CHECK_OK(dtl_warc_next(w, &r, NULL));
    CHECK_OK(dtl_warc_peek(w, 8, &piece, NULL));
    CHECK_STR(piece, "HTTP/1.1");
    CHECK_INT(dtl_warc_block(w, &piece, NULL), DTL_LIMIT);
    b.len = 0;
    do {
        CHECK_OK(dtl_warc_read(w, &piece, NULL));
        dtl_buf_str(&b, piece);
    } while (piece.len);
    CHECK_SLICE(dtl_buf_view(&b), dtl_buf_view(&message));
    CHECK_OK(dtl_warc_next(w, &r, NULL));
    CHECK_OK(dtl_warc_block(w, &piece, NULL));
    CHECK_STR(piece, "one");
    dtl_warc_free(w);
    s.at = 0;
    w = dtl_warc_new(&in, &opts);
    CHECK_OK(dtl_warc_next(w, &r, NULL));
    CHECK_OK(dtl_warc_check_digests(w, &block, &payload, NULL));
    CHECK_INT(payload, DTL_DIGEST_RIGHT);
    CHECK_OK(dtl_warc_next(w, &r, NULL));
    CHECK_INT(r->content_length, 3);
    dtl_warc_free(w);
    dtl_buf_clear(&message);
    dtl_buf_clear(&b);
    dtl_buf_clear(&all);
}

static const test_case cases[] = {
    TEST(test_fields),      TEST(test_notes),           TEST(test_coded),
    TEST(test_coded_twice), TEST(test_out_of_memory),   TEST(test_media_types),
    TEST(test_digests),     TEST(test_payload_digests), TEST(test_pieces),
};
TEST_MAIN(cases)
