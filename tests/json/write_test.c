/* Tests of the JSON writer. */
#include "unit/memory.h"
#include "unit/test.h"
#include "json/rewrite.h"
#include "base/str.h"

static dtl_buf out;
static dtl_json_writer w;

static void begin(bool pretty)
{
    dtl_buf_reset(&out);
    dtl_json_write_init(&w, &out, pretty);
}

static void check_written(const char *want)
{
    CHECK_OK(dtl_json_write_end(&w));
    CHECK_STR(dtl_buf_view(&out), want);
}

static void write_some(void)
{
    dtl_json_open_object(&w);
    dtl_json_member_str(&w, "title", DTL_STR("A \"b\""));
    dtl_json_member_opt(&w, "absent", (dtl_str){NULL, 0});
    dtl_json_member_str(&w, "null", (dtl_str){NULL, 0});
    dtl_json_member_opt(&w, "empty", DTL_STR(""));
    dtl_json_put_key(&w, "list");
    dtl_json_open_array(&w);
    dtl_json_put_int(&w, -1);
    dtl_json_open_array(&w);
    dtl_json_close(&w);
    dtl_json_open_object(&w);
    dtl_json_close(&w);
    dtl_json_put_null(&w);
    dtl_json_close(&w);
    dtl_json_member_bool(&w, "yes", true);
    dtl_json_member_int(&w, "n", 5);
    dtl_json_put_key(&w, "raw");
    dtl_json_put_raw(&w, DTL_STR("[1]"));
    dtl_json_close(&w);
}

static void test_compact(void)
{
    begin(false);
    write_some();
    check_written("{\"title\":\"A \\\"b\\\"\",\"null\":null,\"empty\":\"\","
                  "\"list\":[-1,[],{},null],\"yes\":true,\"n\":5,\"raw\":[1]}");
}

static void test_pretty(void)
{
    begin(true);
    write_some();
    check_written("{\n"
                  "  \"title\": \"A \\\"b\\\"\",\n"
                  "  \"null\": null,\n"
                  "  \"empty\": \"\",\n"
                  "  \"list\": [\n"
                  "    -1,\n"
                  "    [],\n"
                  "    {},\n"
                  "    null\n"
                  "  ],\n"
                  "  \"yes\": true,\n"
                  "  \"n\": 5,\n"
                  "  \"raw\": [1]\n"
                  "}");
}

static void check_string(dtl_str s, const char *want)
{
    begin(false);
    dtl_json_put_str(&w, s);
    check_written(want);
}

static void test_strings(void)
{
    char text[64];
    size_t len, at;

    check_string(DTL_STR("\b\t\n\f\r\x01\x1F\x7F\0/<>&'"),
                 "\"\\b\\t\\n\\f\\r\\u0001\\u001f\\u007f\\u0000/<>&'\"");
    check_string(DTL_STR("\xC2\x80 \xC2\x9F\xC2\xA0\xC2"),
                 "\"\\u0080 \\u009f\xC2\xA0\xEF\xBF\xBD\"");
    check_string(DTL_STR("\xE2\x80\xA8\xF0\x9F\x98\x80\xC3\xA9"),
                 "\"\xE2\x80\xA8\xF0\x9F\x98\x80\xC3\xA9\"");
    check_string(DTL_STR("a\xFF"
                         "b\xE2\x82"),
                 "\"a\xEF\xBF\xBD"
                 "b\xEF\xBF\xBD\"");
    check_string(DTL_STR("\xED\xA0\x80"),
                 "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
    /* One escape at each place of strings of each length. */
    for (len = 1; len < sizeof text - 2; len++) {
        for (at = 0; at < len; at++) {
            memset(text, 'x', len);
            text[at] = '"';
            begin(false);
            dtl_json_put_str(&w, (dtl_str){text, len});
            CHECK_OK(dtl_json_write_end(&w));
            CHECK_INT(out.len, len + 3);
            CHECK_INT(out.ptr[at + 1], '\\');
            CHECK_INT(out.ptr[at + 2], '"');
        }
    }
}

static void test_numbers(void)
{
    begin(false);
    dtl_json_open_array(&w);
    dtl_json_put_int(&w, INT64_MIN);
    dtl_json_put_int(&w, INT64_MAX);
    dtl_json_put_uint(&w, UINT64_MAX);
    dtl_json_put_int(&w, 0);
    dtl_json_put_double(&w, 0.1);
    dtl_json_put_double(&w, 1e300);
    dtl_json_put_double(&w, -0.0);
    dtl_json_put_double(&w, 100);
    dtl_json_put_double(&w, __builtin_nan(""));
    dtl_json_put_double(&w, -__builtin_inf());
    dtl_json_close(&w);
    check_written("[-9223372036854775808,9223372036854775807,"
                  "18446744073709551615,0,0.1,1e+300,-0,100,null,null]");
}

static void test_rounded(void)
{
    begin(false);
    dtl_json_open_array(&w);
    dtl_json_put_rounded(&w, 0.987654, 2);
    dtl_json_put_rounded(&w, 0.5, 2);
    dtl_json_put_rounded(&w, 1.0 / 3, 3);
    dtl_json_put_rounded(&w, 0.999, 2);
    dtl_json_put_rounded(&w, -0.001, 2);
    dtl_json_put_rounded(&w, -2.5, 0);
    dtl_json_put_rounded(&w, 1e20, 2);
    dtl_json_put_rounded(&w, __builtin_inf(), 2);
    dtl_json_close(&w);
    check_written("[0.99,0.5,0.333,1,0,-3,1e+20,null]");
}

static void test_text_behind_text(void)
{
    begin(false);
    dtl_json_put_bool(&w, true);
    CHECK_OK(dtl_json_write_end(&w));
    dtl_buf_putc(&out, '\n');
    dtl_json_write_init(&w, &out, true);
    dtl_json_put_bool(&w, false);
    check_written("true\nfalse");
}

static void test_deep(void)
{
    enum {
        DEPTH = 100000
    };
    int i;

    begin(false);
    for (i = 0; i < DEPTH; i++)
        dtl_json_open_array(&w);
    for (i = 0; i < DEPTH; i++)
        dtl_json_close(&w);
    CHECK_OK(dtl_json_write_end(&w));
    CHECK_INT(out.len, 2 * DEPTH);
}

static void test_rewrite_one_value(void)
{
    dtl_arena arena = {0};
    dtl_json_doc doc;

    CHECK_OK(
        dtl_json_read(&doc, &arena, DTL_STR("{a: [1, {b: {}}], c: 'd'} [2]")));
    begin(true);
    dtl_json_open_object(&w);
    dtl_json_put_key(&w, "copy");
    CHECK_OK(dtl_json_rewrite(&w, &doc, dtl_json_path(&doc, 2, "a")));
    dtl_json_put_key(&w, "none");
    CHECK_OK(dtl_json_rewrite(&w, &doc, 0));
    dtl_json_close(&w);
    check_written("{\n"
                  "  \"copy\": [\n"
                  "    1,\n"
                  "    {\n"
                  "      \"b\": {}\n"
                  "    }\n"
                  "  ],\n"
                  "  \"none\": null\n"
                  "}");
    begin(false);
    CHECK_OK(dtl_json_rewrite(&w, &doc, DTL_JSON_ROOT));
    check_written("[{\"a\":[1,{\"b\":{}}],\"c\":\"d\"},[2]]");
    dtl_arena_clear(&arena);
}

static dtl_status attempt(void *ctx)
{
    dtl_buf own = {0};
    dtl_status status;
    int i;

    (void)ctx;
    dtl_json_write_init(&w, &own, true);
    for (i = 0; i < 40; i++)
        dtl_json_open_array(&w);
    write_some();
    for (i = 0; i < 40; i++)
        dtl_json_close(&w);
    status = dtl_json_write_end(&w);
    dtl_buf_clear(&own);
    return status;
}

static void test_without_memory(void)
{
    CHECK(test_each_failure(attempt, NULL));
}

static const test_case cases[] = {
    TEST(test_compact),        TEST(test_pretty),
    TEST(test_strings),        TEST(test_numbers),
    TEST(test_rounded),        TEST(test_text_behind_text),
    TEST(test_deep),           TEST(test_rewrite_one_value),
    TEST(test_without_memory),
};

int main(int argc, char **argv)
{
    int code = test_run(cases, sizeof cases / sizeof *cases, argc, argv);

    dtl_buf_clear(&out);
    return code;
}
