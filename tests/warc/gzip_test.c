/* Inflating gzip data: members, what follows them, and what is wrong. */
#include "base/alloc.h"
#include "base/str.h"
#include "unit/memory.h"
#include "unit/test.h"

#include <stdlib.h>
#include <zlib.h>

/* A gzip member of text, in memory of malloc. */
static dtl_str pack(const char *text, size_t len)
{
    z_stream z = {0};
    size_t cap = len + 64;
    char *out = malloc(cap);

    CHECK(out && deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8,
                              Z_DEFAULT_STRATEGY) == Z_OK);
    z.next_in = (z_const Bytef *)(uintptr_t)text;
    z.avail_in = (unsigned)len;
    z.next_out = (Bytef *)out;
    z.avail_out = (unsigned)cap;
    CHECK_INT(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return (dtl_str){out, cap - z.avail_out};
}

static void drop(dtl_str s)
{
    free((void *)(uintptr_t)s.ptr);
}

static dtl_str join(dtl_str a, dtl_str b)
{
    char *out = malloc(a.len + b.len + 1);

    CHECK(out != NULL);
    memcpy(out, a.ptr, a.len);
    memcpy(out + a.len, b.ptr, b.len);
    return (dtl_str){out, a.len + b.len};
}

static void check_gives(dtl_str packed, const char *text)
{
    dtl_error err = {0};
    char *out;
    size_t len;

    if (CHECK_OK(dtl_gunzip(packed, 0, &out, &len, &err)))
        CHECK_STR(((dtl_str){out, len}), text);
    dtl_release(out);
}

static void check_fails(dtl_str packed, size_t max, dtl_status code,
                        const char *message)
{
    dtl_error err = {0};
    char *out = NULL;
    size_t len;

    CHECK_INT(dtl_gunzip(packed, max, &out, &len, &err), code);
    CHECK(out == NULL);
    if (!strstr(err.message, message))
        CHECK_STR(dtl_str_of(err.message), message);
}

static void test_members(void)
{
    dtl_str one = pack("one, ", 5), two = pack("two", 3);
    dtl_str both = join(one, two), padded = join(both, DTL_STR("\0\0\0\0"));

    CHECK(dtl_is_gzip(one) && !dtl_is_gzip(DTL_STR("<html>")) &&
          !dtl_is_gzip(DTL_STR("\x1f")));
    check_gives(one, "one, ");
    check_gives(both, "one, two");
    check_gives(padded, "one, two");
    drop(one);
    drop(two);
    drop(both);
    drop(padded);
}

static void test_every_cut(void)
{
    dtl_str one = pack("a page that was cut", 19);
    size_t len;

    for (len = 3; len < one.len; len++)
        check_fails(dtl_str_sub(one, 0, len), 0, DTL_SYNTAX, "cut short");
    drop(one);
}

static void test_damage(void)
{
    dtl_str one = pack("a page with a wrong sum", 23);
    dtl_str trailed = join(one, DTL_STR("trailing words"));
    char *bytes = (char *)(uintptr_t)one.ptr;

    check_fails(trailed, 0, DTL_SYNTAX, "damaged");
    bytes[one.len - 6] ^= 1;
    check_fails(one, 0, DTL_SYNTAX, "damaged");
    drop(one);
    drop(trailed);
}

static void test_limit(void)
{
    char *zeros = calloc(1, 1000000);
    dtl_str bomb = pack(zeros, 1000000);

    check_fails(bomb, 65536, DTL_LIMIT, "more than 65536 bytes");
    free(zeros);
    drop(bomb);
}

static const test_case cases[] = {TEST(test_members), TEST(test_every_cut),
                                  TEST(test_damage), TEST(test_limit)};
TEST_MAIN(cases)
