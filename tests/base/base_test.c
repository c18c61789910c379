/* Tests of src/base: memory, slices, UTF-8; and of the tests' allocator. */
#include "unit/memory.h"
#include "unit/test.h"
#include "base/alloc.h"
#include "base/lanes.h"
#include "base/str.h"
#include "base/utf8.h"

static void test_arena_keeps_its_chunks(void)
{
    test_memory *m = test_memory_start();
    dtl_arena arena = {0};
    size_t i, asked = 0, pass;

    for (pass = 0; pass < 2; pass++) {
        for (i = 0; i < 3000; i++)
            CHECK(dtl_arena_alloc(&arena, 100 + i % 7));
        CHECK_STR(dtl_arena_copy(&arena, DTL_STR("copied")), "copied");
        if (pass == 0)
            asked = m->asked;
        dtl_arena_reset(&arena);
    }
    CHECK(asked > 1);
    CHECK_INT(m->asked, asked);
    dtl_arena_clear(&arena);
    CHECK(test_memory_stop());
}

static void test_arena_sizes(void)
{
    dtl_arena arena = {0};
    char *p = dtl_arena_alloc(&arena, 3);
    char *q = dtl_arena_calloc(&arena, 5, 3);

    CHECK((uintptr_t)p % 16 == 0 && (uintptr_t)q % 16 == 0);
    CHECK(q[0] == 0 && q[14] == 0);
    CHECK(!dtl_arena_calloc(&arena, SIZE_MAX / 2, 4));
    CHECK(!dtl_arena_alloc(&arena, SIZE_MAX - 4));
    CHECK(dtl_arena_alloc(&arena, 0));
    dtl_arena_clear(&arena);
}

static void test_arena_resize(void)
{
    dtl_arena arena = {0};
    char *a = dtl_arena_resize(&arena, NULL, 0, 10), *b, *moved;

    CHECK_OR_RETURN(a);
    memcpy(a, "123456789", 10);
    CHECK(dtl_arena_resize(&arena, a, 10, 400) == a);
    CHECK(dtl_arena_resize(&arena, a, 400, 16) == a);
    b = dtl_arena_alloc(&arena, 1);
    CHECK(b == a + 16);
    CHECK(dtl_arena_resize(&arena, a, 16, 8) == a);
    moved = dtl_arena_resize(&arena, a, 10, 200 * 1000);
    CHECK(moved && moved != a && memcmp(moved, "123456789", 10) == 0);
    CHECK(!dtl_arena_resize(&arena, moved, 200 * 1000, SIZE_MAX - 4));
    dtl_arena_clear(&arena);
}

static void test_lanes_below(void)
{
    static const unsigned char limits[] = {1, 0x20, 0x7F, 0x80};
    char bytes[DTL_LANES];
    dtl_mask one = dtl_mask_rest(DTL_MASK_ALL) ^ DTL_MASK_ALL;
    size_t i;
    int c;

    for (i = 0; i < sizeof limits; i++) {
        for (c = 0; c < 256; c++) {
            memset(bytes, 0xFF, sizeof bytes);
            bytes[0] = (char)c;
            CHECK(dtl_lanes_below(dtl_lanes_load(bytes), limits[i]) ==
                  (c < limits[i] ? one : 0));
        }
    }
}

static void test_grow_refuses_overflow(void)
{
    void *ptr = NULL;
    size_t cap = 0;

    CHECK_INT(dtl_grow(&ptr, &cap, SIZE_MAX / 4, 8), DTL_NOMEM);
    CHECK(!ptr && !cap);
    CHECK_OK(dtl_grow(&ptr, &cap, 1, 8));
    CHECK(cap >= 1);
    dtl_free(ptr);
}

static void test_grow_stops_at_wish(void)
{
    void *ptr = NULL;
    size_t cap = 0;

    CHECK_INT(dtl_grow_to(&ptr, &cap, SIZE_MAX / 4, SIZE_MAX, 8), DTL_NOMEM);
    CHECK_OK(dtl_grow_to(&ptr, &cap, 100, 0, 8));
    CHECK_INT(cap, 100);
    CHECK_OK(dtl_grow_to(&ptr, &cap, 101, 120, 8)); /* as wished */
    CHECK_INT(cap, 120);
    CHECK_OK(dtl_grow_to(&ptr, &cap, 121, 122, 8)); /* an eighth */
    CHECK_INT(cap, 135);
    CHECK_OK(dtl_grow_to(&ptr, &cap, 136, SIZE_MAX, 8)); /* by half */
    CHECK_INT(cap, 202);
    dtl_free(ptr);
}

static dtl_status fill_buffer(void *ctx)
{
    dtl_buf b = {0};
    dtl_status status;
    int i;

    (void)ctx;
    for (i = 0; i < 100; i++)
        dtl_buf_printf(&b, "%d,", i);
    status = b.status;
    dtl_buf_clear(&b);
    return status;
}

static void test_buffer_without_memory(void)
{
    CHECK(test_each_failure(fill_buffer, NULL));
}

static void test_buffer(void)
{
    dtl_buf b = {0};

    dtl_buf_puts(&b, "a");
    dtl_buf_putc(&b, 'b');
    dtl_buf_put_utf8(&b, 0x20AC);
    dtl_buf_put_utf8(&b, 0xD800);
    dtl_buf_printf(&b, "%d", 7);
    CHECK_STR(dtl_buf_view(&b), "ab\xE2\x82\xAC\xEF\xBF\xBD"
                                "7");
    dtl_buf_reset(&b);
    CHECK_INT(b.len, 0);
    dtl_buf_clear(&b);
}

static void test_slices(void)
{
    dtl_str rest = DTL_STR("a,,b"), part;

    CHECK(dtl_str_split(&rest, ',', &part));
    CHECK_STR(part, "a");
    CHECK(dtl_str_split(&rest, ',', &part));
    CHECK_STR(part, "");
    CHECK(dtl_str_split(&rest, ',', &part));
    CHECK_STR(part, "b");
    CHECK(!dtl_str_split(&rest, ',', &part));
    CHECK_STR(dtl_str_trim(DTL_STR(" \t x y\n")), "x y");
    CHECK_STR(dtl_str_sub(DTL_STR("abc"), 1, 9), "bc");
    CHECK_INT(dtl_str_find(DTL_STR("abcabd"), DTL_STR("abd")), 3);
    CHECK(dtl_str_find(DTL_STR("abc"), DTL_STR("abd")) == SIZE_MAX);
    CHECK_INT(dtl_str_find_nocase(DTL_STR("xAbC"), DTL_STR("aBc")), 1);
    CHECK(dtl_str_eq((dtl_str){NULL, 0}, DTL_STR("")));
}

static void test_utf8_malformed(void)
{
    static const struct {
        const char *bytes;
        size_t len, valid;
    } cases[] = {
        {"\xC0\xAF", 1, 0},
        {"\xE2\x82", 2, 0},
        {"\xED\xA0\x80", 1, 0},
        {"\xF4\x90\x80\x80", 1, 0},
        {"\xF0\x9F\x98\x80", 4, 4},
        {"\xEF\xBF\xBD", 3, 3},
        {"\x80", 1, 0},
    };
    size_t i, len;

    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        dtl_str s = dtl_str_of(cases[i].bytes);

        dtl_utf8_decode(s, 0, &len);
        CHECK_INT(len, cases[i].len);
        CHECK_INT(dtl_utf8_valid_prefix(s), cases[i].valid);
    }
}

static const test_case cases[] = {
    TEST(test_arena_keeps_its_chunks),
    TEST(test_arena_sizes),
    TEST(test_arena_resize),
    TEST(test_lanes_below),
    TEST(test_grow_refuses_overflow),
    TEST(test_grow_stops_at_wish),
    TEST(test_buffer_without_memory),
    TEST(test_buffer),
    TEST(test_slices),
    TEST(test_utf8_malformed),
};
TEST_MAIN(cases)
