/* Archives read in parts, cut at every byte: the parts give together what the
 * whole gives, and each ends where the next begins. */
#include "unit/test.h"
#include "base/alloc.h"
#include "base/str.h"
#include "warc/helpers.h"

/* Reads [begin, end), end 0 for the rest. *at is where it began, *until where
 * it came to. */
static void read_part(dtl_str bytes, uint64_t begin, uint64_t end, uint64_t *at,
                      uint64_t *until, dtl_buf *out)
{
    source s = {bytes, 0, 7};
    const dtl_input in = source_input(&s);
    const dtl_warc_options opts = {.size = bytes.len, .end = end};
    dtl_warc *w = dtl_warc_new(&in, &opts);

    *at = 0;
    if (begin)
        CHECK_OK(dtl_warc_seek(w, begin, at, NULL));
    CHECK_OK(describe(w, out));
    *until = dtl_warc_at(w);
    dtl_warc_free(w);
}

static void check_cut(dtl_str bytes, uint64_t cut, dtl_str want)
{
    uint64_t first, met, second, end;
    dtl_buf out = {0};

    read_part(bytes, 0, cut, &first, &met, &out);
    read_part(bytes, cut, 0, &second, &end, &out);
    CHECK_SLICE(dtl_buf_view(&out), want);
    CHECK_INT(met, second);
    CHECK_INT(end, bytes.len);
    dtl_buf_clear(&out);
}

static void check_cuts(dtl_str bytes)
{
    uint64_t at, end, cut;
    dtl_buf whole = {0};

    read_part(bytes, 0, 0, &at, &end, &whole);
    for (cut = 1; cut <= bytes.len; cut++)
        check_cut(bytes, cut, dtl_buf_view(&whole));
    dtl_buf_clear(&whole);
}

static void test_plain(void)
{
    check_cuts(DTL_STR(ONE TWO THREE));
    check_cuts(DTL_STR(ONE "garbage\nmore\n" TWO));
    check_cuts(DTL_STR(ONE HEAD("9") "two" TAIL THREE));
    check_cuts(DTL_STR("garbage\n"));
}

static void test_arc(void)
{
    check_cuts(
        DTL_STR("filedesc://a.arc 0.0.0.0 20240102030405 text/plain 14\n"
                "1 0 Somebody\n\n\n"
                "http://a.example/ 1.2.3.4 20240102030405 text/html 3\none\n"
                "http://b.example/ 1.2.3.4 20240102030405 text/html 3\ntwo\n"));
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
    check_cuts(dtl_buf_view(&b));
    b.ptr[second + 24] ^= 0x55; /* damaged */
    check_cuts(dtl_buf_view(&b));
    b.len = second;
    dtl_buf_puts(&b, "garbage between");
    add_gzip(&b, TWO);
    check_cuts(dtl_buf_view(&b));
    dtl_buf_clear(&b);
}

/* Several records in a member, and one in several. */
static void test_members(void)
{
    dtl_buf b = {0};

    add_gzip(&b, ONE TWO);
    add_gzip(&b, "WARC/1.0\r\nContent-Len");
    add_gzip(&b, "gth: 5\r\n\r\nth");
    add_gzip(&b, "ree" TAIL);
    add_gzip(&b, TWO ONE);
    check_cuts(dtl_buf_view(&b));
    dtl_buf_clear(&b);
}

static void test_zstd(void)
{
    dtl_buf b = {0};

    add_zstd(&b, ONE);
    add_zstd(&b, TWO);
    add_zstd(&b, THREE);
    check_cuts(dtl_buf_view(&b));
    dtl_buf_clear(&b);
}

/* An archive in an archive: where the inner one is not packed again, its
 * members look like those of the file, and the first part's end tells. */
static void test_archive_within(void)
{
    dtl_buf inner = {0}, record = {0}, b = {0}, out = {0};
    uint64_t first, met, second, end;

    add_gzip(&inner, ONE);
    add_gzip(&inner, TWO);
    dtl_buf_printf(&record, HEAD("%zu"), inner.len);
    dtl_buf_str(&record, dtl_buf_view(&inner));
    dtl_buf_puts(&record, TAIL);
    add_gzip_bytes(&b, dtl_buf_view(&record));
    add_gzip(&b, THREE);
    read_part(dtl_buf_view(&b), 0, 40, &first, &met, &out);
    read_part(dtl_buf_view(&b), 40, 0, &second, &end, &out);
    CHECK(met >= second);
    out.len = 0;
    read_part(dtl_buf_view(&b), met, 0, &second, &end, &out);
    CHECK_INT(second, met);
    CHECK_STR(dtl_buf_view(&out), "[three]");
    dtl_buf_clear(&inner);
    dtl_buf_clear(&record);
    dtl_buf_clear(&b);
    dtl_buf_clear(&out);
}

/* Every record is found by the place that it told. */
static void test_places(void)
{
    dtl_buf b = {0};
    source s = {{NULL, 0}, 0, 0};
    const dtl_input in = source_input(&s);
    const dtl_warc_record *r;
    uint64_t begin = 0, end;
    dtl_str block;
    dtl_warc *w;

    add_gzip(&b, ONE);
    add_gzip(&b, TWO);
    add_gzip(&b, THREE);
    s.bytes = dtl_buf_view(&b);
    w = dtl_warc_new(&in, NULL);
    CHECK_OK(dtl_warc_next(w, &r, NULL));
    CHECK_OK(dtl_warc_end(w, &end, NULL));
    CHECK_OK(dtl_warc_next(w, &r, NULL));
    CHECK_INT(r->offset, end);
    CHECK_OK(dtl_warc_end(w, &end, NULL));
    CHECK_INT(dtl_warc_at(w), end);
    CHECK_OK(dtl_warc_seek(w, end, &begin, NULL));
    CHECK_INT(begin, end);
    CHECK_OK(dtl_warc_next(w, &r, NULL));
    CHECK_OK(dtl_warc_block(w, &block, NULL));
    CHECK_STR(block, "three");
    CHECK_OK(dtl_warc_seek(w, 0, &begin, NULL));
    CHECK_INT(begin, 0);
    CHECK_OK(dtl_warc_next(w, &r, NULL));
    CHECK_OK(dtl_warc_block(w, &block, NULL));
    CHECK_STR(block, "one");
    dtl_warc_free(w);
    dtl_buf_clear(&b);
}

static const test_case cases[] = {
    TEST(test_plain),   TEST(test_arc),  TEST(test_gzip),
    TEST(test_members), TEST(test_zstd), TEST(test_archive_within),
    TEST(test_places),
};
TEST_MAIN(cases)
