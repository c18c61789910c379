/* Records of WARC and ARC files: sound and damaged ones, packed and plain, at
 * every split of the input. */
#include "unit/memory.h"
#include "unit/test.h"
#include "base/alloc.h"
#include "base/str.h"
#include "warc/helpers.h"
#include "warc/http.h"

#include <stdio.h>
#include <zstd.h>

static dtl_status read_all(dtl_str bytes, size_t step,
                           const dtl_warc_options *opts, dtl_buf *out)
{
    source s = {bytes, 0, step};
    const dtl_input in = source_input(&s);
    dtl_warc *w = dtl_warc_new(&in, opts);
    dtl_status st = describe(w, out);

    dtl_warc_free(w);
    return st;
}

static void check_records(dtl_str bytes, const char *want)
{
    static const size_t steps[] = {0, 1, 2, 3, 7, 64};
    size_t i;

    for (i = 0; i < sizeof steps / sizeof *steps; i++) {
        dtl_buf out = {0};

        read_all(bytes, steps[i], NULL, &out);
        CHECK_STR(dtl_buf_view(&out), want);
        dtl_buf_clear(&out);
    }
}

static void test_plain(void)
{
    check_records(DTL_STR(""), "");
    check_records(DTL_STR("\n\n"), "");
    check_records(DTL_STR(ONE TWO THREE), "[one][two][three]");
    /* The last record's empty lines are often missing. */
    check_records(DTL_STR(ONE HEAD("3") "two"), "[one][two]");
    check_records(DTL_STR(HEAD("0") TAIL ONE), "[][one]");
}

static void test_lone_newlines(void)
{
    check_records(DTL_STR("WARC/1.0\nContent-Length: 3\n\none\n\n"
                          "WARC/0.17\ncontent-length:3\n\ntwo\n\n"),
                  "[one][two]");
}

static void test_folded_field(void)
{
    dtl_arena a = {0};
    dtl_warc_head head;

    CHECK_OK(dtl_warc_head_read(
        DTL_STR("WARC/1.1\r\nWARC-Target-URI: <http://a.example/>\r\n"
                "X: one\r\n  two\r\nContent-Length: 0\r\n\r\n"),
        &a, &head, NULL));
    CHECK_STR(dtl_fields_get(&head.fields, DTL_STR("x")), "one two");
    CHECK_STR(dtl_fields_get(&head.fields, DTL_STR("WARC-Target-URI")),
              "http://a.example/");
    dtl_arena_clear(&a);
}

static void test_wrong_lengths(void)
{
    check_records(DTL_STR(ONE HEAD("2") "two" TAIL THREE), "[one]!59[three]");
    check_records(DTL_STR(ONE HEAD("9") "two" TAIL THREE), "[one]!59[three]");
    check_records(DTL_STR(ONE HEAD("-3") "two" TAIL THREE), "[one]!59[three]");
    check_records(DTL_STR(ONE HEAD("x") "two" TAIL THREE), "[one]!59[three]");
    check_records(DTL_STR(ONE HEAD("9223372036854775807") "two" TAIL THREE),
                  "[one]!59[three]");
    check_records(DTL_STR(ONE HEAD("9223372036854775808") "two" TAIL THREE),
                  "[one]!59[three]");
    check_records(DTL_STR(ONE HEAD("99") "two"), "[one]!59");
}

static void test_between_records(void)
{
    check_records(DTL_STR(ONE "garbage\nmore\n" TWO), "[one]!59[two]");
    check_records(DTL_STR("garbage\n" TWO), "!0[two]");
    check_records(DTL_STR("<html>"), "!0");
}

static void test_gzip(void)
{
    dtl_buf b = {0};
    size_t second;

    add_gzip(&b, ONE);
    second = b.len;
    add_gzip(&b, TWO);
    add_gzip(&b, "");
    add_gzip(&b, THREE);
    check_records(dtl_buf_view(&b), "[one][two][three]");
    b.ptr[second + 24] ^= 0x55;
    {
        char want[64];

        snprintf(want, sizeof want, "[one]!%zu[three]", second);
        check_records(dtl_buf_view(&b), want);
    }
    dtl_buf_clear(&b);
}

static void test_gzip_members_and_records(void)
{
    dtl_buf b = {0};

    add_gzip(&b, ONE TWO);
    add_gzip(&b, "WARC/1.0\r\nContent-Len");
    add_gzip(&b, "gth: 5\r\n\r\nth");
    add_gzip(&b, "ree" TAIL);
    check_records(dtl_buf_view(&b), "[one][two][three]");
    b.len = 0;
    add_gzip(&b, HEAD("9") "one");
    add_gzip(&b, TWO);
    check_records(dtl_buf_view(&b), "!0[two]");
    dtl_buf_clear(&b);
}

static void test_gzip_cut(void)
{
    dtl_buf b = {0};
    size_t second;
    char want[64];

    add_gzip(&b, ONE);
    second = b.len;
    add_gzip(&b, TWO);
    b.len -= 12;
    snprintf(want, sizeof want, "[one]!%zu", second);
    check_records(dtl_buf_view(&b), want);
    dtl_buf_clear(&b);
}

static void test_zstd(void)
{
    dtl_buf b = {0};

    add_zstd(&b, ONE);
    add_zstd(&b, TWO);
    add_zstd(&b, THREE);
    check_records(dtl_buf_view(&b), "[one][two][three]");
    dtl_buf_clear(&b);
}

/* The dictionary stands in a skippable frame before the first record. */
static void test_zstd_dictionary(void)
{
    static const char dictionary[] = "WARC/1.0\r\nWARC-Type: resource\r\n";
    dtl_buf b = {0};
    ZSTD_CCtx *z = ZSTD_createCCtx();
    size_t room = 1024;

    dtl_buf_append(&b, "\x5D\x2A\x4D\x18", 4);
    dtl_buf_putc(&b, (char)(sizeof dictionary - 1));
    dtl_buf_append(&b, "\0\0\0", 3);
    dtl_buf_append(&b, dictionary, sizeof dictionary - 1);
    dtl_buf_reserve(&b, room);
    ZSTD_CCtx_loadDictionary(z, dictionary, sizeof dictionary - 1);
    b.len += ZSTD_compress2(z, b.ptr + b.len, room, ONE, sizeof ONE - 1);
    check_records(dtl_buf_view(&b), "[one]");
    ZSTD_freeCCtx(z);
    dtl_buf_clear(&b);
}

static void test_arc(void)
{
    check_records(
        DTL_STR("filedesc://a.arc 0.0.0.0 20240102030405 text/plain 14\n"
                "1 0 Somebody\n\n\n"
                "http://a.example/with space 1.2.3.4 20240102030405 text/html "
                "3\none\n"
                "http://b.example/ 1.2.3.4 20240102030405 text/html 200 - - "
                "99 a.arc 3\ntwo\n"),
        "[1 0 Somebody\n\n][one][two]");
}

static void test_large(void)
{
    static const char text[] =
        ONE HEAD("40") "0123456789012345678901234567890123456789" TAIL TWO;
    const dtl_warc_options known = {.max_block = 10, .size = sizeof text - 1},
                           unknown = {.max_block = 10};
    const dtl_str all = {text, sizeof text - 1};
    dtl_buf out = {0};

    read_all(all, 0, &known, &out);
    CHECK_STR(dtl_buf_view(&out), "[one]!59[two]");
    out.len = 0;
    read_all(all, 0, &unknown, &out);
    CHECK_STR(dtl_buf_view(&out), "[one]!59[two]");
    dtl_buf_clear(&out);
}

static dtl_status attempt(void *ctx)
{
    dtl_buf out = {0};
    dtl_status st = read_all(*(dtl_str *)ctx, 0, NULL, &out);

    dtl_buf_clear(&out);
    return st;
}

static void test_out_of_memory(void)
{
    dtl_str text = DTL_STR(ONE TWO "garbage\n" THREE);
    dtl_buf b = {0};

    CHECK(test_each_failure(attempt, &text));
    add_gzip(&b, ONE);
    add_gzip(&b, TWO);
    text = dtl_buf_view(&b);
    CHECK(test_each_failure(attempt, &text));
    dtl_buf_clear(&b);
}

/* ---- HTTP ------------------------------------------------------------------
 */

static void check_body(dtl_str message, const char *want)
{
    dtl_arena a = {0};
    dtl_http_room room = {0};
    const char *note;
    dtl_http http;
    dtl_str body = {NULL, 0};

    CHECK_OK(dtl_http_read(message, &a, &http, NULL));
    CHECK_OK(dtl_http_body(&http, 1000, &room, &body, &note, NULL));
    CHECK_STR(body, want);
    dtl_http_room_clear(&room);
    dtl_arena_clear(&a);
}

static void test_http(void)
{
    dtl_arena a = {0};
    dtl_http http;

    CHECK_OK(dtl_http_read(DTL_STR("HTTP/1.1 404 Not\r\nA: b\r\n\r\nx"), &a,
                           &http, NULL));
    CHECK_INT(http.status, 404);
    CHECK_STR(dtl_fields_get(&http.fields, DTL_STR("a")), "b");
    CHECK_OK(
        dtl_http_read(DTL_STR("GET /a HTTP/1.1\r\n\r\n"), &a, &http, NULL));
    CHECK(http.is_request);
    CHECK_STR(http.target, "/a");
    CHECK_INT(dtl_http_read(DTL_STR("<html>"), &a, &http, NULL), DTL_SYNTAX);
    dtl_arena_clear(&a);
}

static void test_chunks(void)
{
#define CHUNKED "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    check_body(DTL_STR(CHUNKED "3\r\none\r\n2;x=y\r\n, \r\n0\r\n\r\n"),
               "one, ");
    check_body(DTL_STR(CHUNKED "5\none\n"), "one\n");
    /* Many archives hold bodies that were joined already. */
    check_body(DTL_STR(CHUNKED "<p>one</p>"), "<p>one</p>");
    check_body(DTL_STR(CHUNKED), "");
}

static void test_codings(void)
{
    dtl_buf b = {0};

    dtl_buf_puts(&b, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
    add_gzip(&b, "packed");
    check_body(dtl_buf_view(&b), "packed");
    b.len = 0;
    dtl_buf_puts(&b, "HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\n");
    add_zstd(&b, "packed");
    check_body(dtl_buf_view(&b), "packed");
    dtl_buf_clear(&b);
    check_body(DTL_STR("HTTP/1.1 200 OK\nContent-Encoding: br\n\n"
                       "\x8b\x02\x80packed\x03"),
               "packed");
    check_body(DTL_STR("HTTP/1.1 200 OK\nContent-Encoding: gzip\n\nplain"),
               "plain");
}

static void test_body_limit(void)
{
    dtl_http_room room = {0};
    dtl_buf b = {0};
    dtl_arena a = {0};
    const char *note;
    dtl_http http;
    char zeros[4001];
    dtl_str body;

    memset(zeros, '0', 4000);
    zeros[4000] = 0;
    dtl_buf_puts(&b, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
    add_gzip(&b, zeros);
    CHECK_OK(dtl_http_read(dtl_buf_view(&b), &a, &http, NULL));
    CHECK_INT(dtl_http_body(&http, 1000, &room, &body, &note, NULL), DTL_LIMIT);
    dtl_buf_clear(&b);
    dtl_http_room_clear(&room);
    dtl_arena_clear(&a);
}

static const test_case cases[] = {
    TEST(test_plain),
    TEST(test_lone_newlines),
    TEST(test_folded_field),
    TEST(test_wrong_lengths),
    TEST(test_between_records),
    TEST(test_gzip),
    TEST(test_gzip_members_and_records),
    TEST(test_gzip_cut),
    TEST(test_zstd),
    TEST(test_zstd_dictionary),
    TEST(test_arc),
    TEST(test_large),
    TEST(test_out_of_memory),
    TEST(test_http),
    TEST(test_chunks),
    TEST(test_codings),
    TEST(test_body_limit),
};
TEST_MAIN(cases)
