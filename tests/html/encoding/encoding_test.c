/* Tests of encodings beyond what cases/encoding shows: labels, borrowing,
 * inputs longer than a part, memory, and who wins when witnesses differ. */
#include "unit/memory.h"
#include "unit/test.h"
#include "base/str.h"
#include "base/utf8.h"
#include "html/encoding.h"
#include "html/sniff.h"

#include <string.h>

/* ---- Labels ----------------------------------------------------------- */

static void test_labels(void)
{
    static const struct {
        const char *label;
        dtl_encoding encoding;
    } labels[] = {
        {"utf-8", DTL_ENCODING_UTF_8},
        {" \t\n\f\rUTF8\r\f\n\t ", DTL_ENCODING_UTF_8},
        {"866", DTL_ENCODING_IBM866},
        {"latin1", DTL_ENCODING_WINDOWS_1252},
        {"x-x-big5", DTL_ENCODING_BIG5},
        {"cseucpkdfmtjapanese", DTL_ENCODING_EUC_JP},
        {"iso-10646-ucs-2", DTL_ENCODING_UTF_16LE},
        {"unicodefffe", DTL_ENCODING_UTF_16BE},
        {"hz-gb-2312", DTL_ENCODING_REPLACEMENT},
        {"", DTL_ENCODING_NONE},
        {" ", DTL_ENCODING_NONE},
        {"utf-7", DTL_ENCODING_NONE},
        {"utf 8", DTL_ENCODING_NONE},
        {"\vutf-8", DTL_ENCODING_NONE},
        {"utf-8\xA0", DTL_ENCODING_NONE},
        {"cseucpkdfmtjapanese2", DTL_ENCODING_NONE},
        {"zzz", DTL_ENCODING_NONE},
    };
    size_t i;

    for (i = 0; i < sizeof labels / sizeof *labels; i++)
        CHECK_INT(dtl_encoding_for_label(dtl_str_of(labels[i].label)),
                  labels[i].encoding);
    CHECK_INT(dtl_encoding_for_label(DTL_STR("utf-8\0")), DTL_ENCODING_NONE);
    CHECK_INT(dtl_encoding_for_label((dtl_str){NULL, 0}), DTL_ENCODING_NONE);
}

static void test_names_are_labels(void)
{
    int e;

    for (e = DTL_ENCODING_NONE + 1; e < DTL_ENCODING_COUNT; e++)
        CHECK_INT(dtl_encoding_for_label(
                      dtl_str_of(dtl_encoding_name((dtl_encoding)e))),
                  e);
    CHECK(!dtl_encoding_name(DTL_ENCODING_NONE));
    CHECK(!dtl_encoding_name(DTL_ENCODING_COUNT));
}

static void test_kinds(void)
{
    CHECK(dtl_encoding_is_ascii_based(DTL_ENCODING_UTF_8));
    CHECK(dtl_encoding_is_ascii_based(DTL_ENCODING_SHIFT_JIS));
    CHECK(dtl_encoding_is_ascii_based(DTL_ENCODING_X_USER_DEFINED));
    CHECK(!dtl_encoding_is_ascii_based(DTL_ENCODING_UTF_16LE));
    CHECK(!dtl_encoding_is_ascii_based(DTL_ENCODING_ISO_2022_JP));
    CHECK(!dtl_encoding_is_ascii_based(DTL_ENCODING_REPLACEMENT));
    CHECK(!dtl_encoding_is_ascii_based(DTL_ENCODING_NONE));
    CHECK(dtl_encoding_same_decoder(DTL_ENCODING_GBK, DTL_ENCODING_GB18030));
    CHECK(dtl_encoding_same_decoder(DTL_ENCODING_ISO_8859_8_I,
                                    DTL_ENCODING_ISO_8859_8));
    CHECK(!dtl_encoding_same_decoder(DTL_ENCODING_UTF_16BE,
                                     DTL_ENCODING_UTF_16LE));
}

/* ---- Decoding --------------------------------------------------------- */

static dtl_str decode(dtl_encoding e, dtl_str bytes, dtl_buf *out)
{
    dtl_buf_reset(out);
    CHECK_OK(dtl_encoding_decode(e, bytes, out));
    return dtl_buf_view(out);
}

static void repeat(dtl_buf *b, dtl_str s, size_t times)
{
    dtl_buf_reset(b);
    while (times--)
        dtl_buf_str(b, s);
}

/* Sequences of every length lie across the ends of parts. */
static void test_long_input(void)
{
    static const struct {
        dtl_encoding encoding;
        dtl_str bytes;
        const char *text;
    } cases[] = {
        {DTL_ENCODING_WINDOWS_1251,
         {"\xED\xEE\xE2\xEE\xF1\xF2\xE8 ", 8},
         "новости "},
        {DTL_ENCODING_GB18030, {"\xD6\xD0\x90\x30\x81\x30.", 7}, "中𐀀."},
        {DTL_ENCODING_BIG5, {"\xA4\xA4\x88\x62.", 5}, "中Ê̄."},
        {DTL_ENCODING_EUC_KR, {"\xC7\xD1.", 3}, "한."},
        {DTL_ENCODING_EUC_JP, {"\xC6\xFC\x8F\xB0\xA1", 5}, "日丂"},
        {DTL_ENCODING_SHIFT_JIS, {"\x93\xFA\x81<", 4}, "日\uFFFD<"},
        {DTL_ENCODING_ISO_2022_JP, {"\033$BF|\033(B.", 9}, "日."},
        {DTL_ENCODING_UTF_16LE, {"\x3D\xD8\x00\xDE.\0", 6}, "😀."},
        {DTL_ENCODING_UTF_16BE, {"\xD8\x3D\xDE\x00\0.", 6}, "😀."},
        {DTL_ENCODING_UTF_8, {"\xF0\x9F\x98\x80\xE2\x82", 6}, "😀\uFFFD"},
    };
    const size_t times = 20000;
    dtl_buf in = {0}, out = {0}, want = {0};
    size_t i;

    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        repeat(&in, cases[i].bytes, times);
        repeat(&want, dtl_str_of(cases[i].text), times);
        decode(cases[i].encoding, dtl_buf_view(&in), &out);
        if (!CHECK(dtl_str_eq(dtl_buf_view(&out), dtl_buf_view(&want))))
            FAIL("%s", dtl_encoding_name(cases[i].encoding));
    }
    dtl_buf_clear(&in);
    dtl_buf_clear(&out);
    dtl_buf_clear(&want);
}

/* Each encoding, of each byte after each other: valid UTF-8, appended. */
static void test_every_pair(void)
{
    dtl_buf in = {0}, out = {0};
    int a, b, e;

    for (a = 0; a < 256; a++) {
        for (b = 0; b < 256; b++) {
            dtl_buf_putc(&in, (char)a);
            dtl_buf_putc(&in, (char)b);
        }
    }
    for (e = DTL_ENCODING_NONE + 1; e < DTL_ENCODING_COUNT; e++) {
        dtl_buf_reset(&out);
        dtl_buf_puts(&out, "before");
        CHECK_OK(dtl_encoding_decode((dtl_encoding)e, dtl_buf_view(&in), &out));
        CHECK(dtl_str_starts(dtl_buf_view(&out), DTL_STR("before")));
        CHECK_INT(dtl_utf8_valid_prefix(dtl_buf_view(&out)), out.len);
    }
    dtl_buf_clear(&in);
    dtl_buf_clear(&out);
}

static void test_empty_input(void)
{
    dtl_buf out = {0};
    int e;

    for (e = DTL_ENCODING_NONE + 1; e < DTL_ENCODING_COUNT; e++)
        CHECK_INT(decode((dtl_encoding)e, (dtl_str){NULL, 0}, &out).len, 0);
    CHECK_INT(dtl_encoding_decode(DTL_ENCODING_NONE, DTL_STR("a"), &out),
              DTL_USAGE);
    dtl_buf_clear(&out);
}

static void test_text_is_borrowed(void)
{
    dtl_str utf8 = DTL_STR("caf\xC3\xA9"), ascii = DTL_STR("cafe"), text;
    dtl_buf scratch = {0};

    CHECK_OK(dtl_encoding_text(DTL_ENCODING_UTF_8, utf8, &scratch, &text));
    CHECK(text.ptr == utf8.ptr && text.len == utf8.len);
    CHECK_OK(dtl_encoding_text(DTL_ENCODING_GBK, ascii, &scratch, &text));
    CHECK(text.ptr == ascii.ptr && text.len == ascii.len);
    CHECK(!scratch.ptr);
    CHECK_OK(
        dtl_encoding_text(DTL_ENCODING_WINDOWS_1252, utf8, &scratch, &text));
    CHECK_STR(text, "cafÃ©");
    CHECK_OK(
        dtl_encoding_text(DTL_ENCODING_ISO_2022_JP, ascii, &scratch, &text));
    CHECK(text.ptr == scratch.ptr);
    CHECK_STR(text, "cafe");
    CHECK_OK(dtl_encoding_text(DTL_ENCODING_UTF_8, DTL_STR("\xC3"), &scratch,
                               &text));
    CHECK_STR(text, "\uFFFD");
    dtl_buf_clear(&scratch);
}

static dtl_status decode_everything(void *ctx)
{
    dtl_str text;
    dtl_buf scratch = {0};
    dtl_status st = DTL_OK;
    int e;

    for (e = DTL_ENCODING_NONE + 1; e < DTL_ENCODING_COUNT && !st; e++)
        st = dtl_encoding_text((dtl_encoding)e, *(dtl_str *)ctx, &scratch,
                               &text);
    dtl_buf_clear(&scratch);
    return st;
}

static void test_without_memory(void)
{
    dtl_buf in = {0};
    dtl_str bytes;

    repeat(&in, DTL_STR("text\xFF"), 4000);
    bytes = dtl_buf_view(&in);
    CHECK(test_each_failure(decode_everything, &bytes));
    dtl_buf_clear(&in);
}

/* ---- Sniffing --------------------------------------------------------- */

#define KOI8 "<meta charset=koi8-r>"

static void check_sniff(dtl_str page, const char *users, const char *transport,
                        dtl_html_sniffed want)
{
    dtl_html_sniffed got =
        dtl_html_sniff(page, dtl_str_of(users), dtl_str_of(transport));

    CHECK_INT(got.encoding, want.encoding);
    CHECK_INT(got.bom, want.bom);
    CHECK_INT(got.certain, want.certain);
}

static void test_witnesses(void)
{
    dtl_str marked = DTL_STR("\xEF\xBB\xBF" KOI8);

    check_sniff(marked, "gbk", "big5",
                (dtl_html_sniffed){DTL_ENCODING_GBK, 0, true});
    check_sniff(marked, "utf-8", "big5",
                (dtl_html_sniffed){DTL_ENCODING_UTF_8, 3, true});
    check_sniff(marked, "what", "big5",
                (dtl_html_sniffed){DTL_ENCODING_UTF_8, 3, true});
    check_sniff(DTL_STR("\xFE\xFF\0<"), "", "",
                (dtl_html_sniffed){DTL_ENCODING_UTF_16BE, 2, true});
    check_sniff(DTL_STR("\xFF\xFE<\0"), "", "",
                (dtl_html_sniffed){DTL_ENCODING_UTF_16LE, 2, true});
    check_sniff(DTL_STR(KOI8), "", "big5",
                (dtl_html_sniffed){DTL_ENCODING_BIG5, 0, true});
    check_sniff(DTL_STR(KOI8), "", "x-user-defined",
                (dtl_html_sniffed){DTL_ENCODING_X_USER_DEFINED, 0, true});
    check_sniff(DTL_STR(KOI8), "", "what",
                (dtl_html_sniffed){DTL_ENCODING_KOI8_R, 0, false});
    check_sniff((dtl_str){NULL, 0}, "", "",
                (dtl_html_sniffed){DTL_ENCODING_UTF_8, 0, false});
}

static void check_default(dtl_str page, dtl_encoding want)
{
    check_sniff(page, "", "", (dtl_html_sniffed){want, 0, false});
}

static void test_without_declaration(void)
{
    check_default(DTL_STR("plain"), DTL_ENCODING_UTF_8);
    check_default(DTL_STR("caf\xC3\xA9"), DTL_ENCODING_UTF_8);
    check_default(DTL_STR("caf\xE9 noir"), DTL_ENCODING_WINDOWS_1252);
    check_default(DTL_STR("caf\xC3\xA9 caf\xE9 "), DTL_ENCODING_WINDOWS_1252);
    /* Cut inside of a character. */
    check_default(DTL_STR("caf\xC3\xA9 \xE2\x82"), DTL_ENCODING_UTF_8);
    check_default(DTL_STR("caf\xC3\xA9 \xF0\x9F\x98"), DTL_ENCODING_UTF_8);
    check_default(DTL_STR("caf\xC3\xA9 \xFC"), DTL_ENCODING_WINDOWS_1252);
    check_default(DTL_STR("caf\xE9"), DTL_ENCODING_WINDOWS_1252);
}

static void test_reads_as_utf8(void)
{
    CHECK(dtl_html_reads_as_utf8(
        DTL_STR("<meta charset=gbk>\u65B0\u95FB\u62A5\u9053\u7684\u6B63"
                "\u6587\u3002"),
        NULL));
    CHECK(dtl_html_reads_as_utf8(DTL_STR("\u00E9\u00E8\u00EA\u00EB\u00E9\u00E8"
                                         "\u00EA\u00EB\xE2\x82"),
                                 NULL));
    CHECK(!dtl_html_reads_as_utf8(DTL_STR("caf\u00E9, d\u00E9j\u00E0"), NULL));
    CHECK(!dtl_html_reads_as_utf8(
        DTL_STR("\xD0\xC2\xCE\xC5\xB1\xA8\xB5\xC0\xD6\xD0\xB9\xFA\xC8\xCB"
                "\xC3\xF1\xC8\xD5"),
        NULL));
    CHECK(!dtl_html_reads_as_utf8(DTL_STR("plain"), NULL));
}

static void test_prescan_ends(void)
{
    dtl_buf page = {0};

    repeat(&page, DTL_STR("x"), 1024 - strlen(KOI8));
    dtl_buf_puts(&page, KOI8);
    CHECK_INT(dtl_html_prescan(dtl_buf_view(&page)), DTL_ENCODING_KOI8_R);
    repeat(&page, DTL_STR("x"), 1025 - strlen(KOI8));
    dtl_buf_puts(&page, KOI8);
    CHECK_INT(dtl_html_prescan(dtl_buf_view(&page)), DTL_ENCODING_NONE);
    dtl_buf_clear(&page);
}

static void test_utf_16_xml(void)
{
    CHECK_INT(dtl_html_prescan(DTL_STR("<\0?\0x\0m\0")), DTL_ENCODING_UTF_16LE);
    CHECK_INT(dtl_html_prescan(DTL_STR("\0<\0?\0x\0m")), DTL_ENCODING_UTF_16BE);
    CHECK_INT(dtl_html_prescan(DTL_STR("<\0?\0X\0m\0")), DTL_ENCODING_NONE);
    CHECK_INT(dtl_html_prescan(DTL_STR("<\0?\0x")), DTL_ENCODING_NONE);
}

static dtl_encoding meta(const char *charset, const char *http_equiv,
                         const char *content)
{
    return dtl_html_meta_encoding(dtl_str_of(charset), dtl_str_of(http_equiv),
                                  dtl_str_of(content));
}

static void test_meta_in_the_tree(void)
{
    CHECK_INT(meta("koi8-r", NULL, NULL), DTL_ENCODING_KOI8_R);
    CHECK_INT(meta(NULL, "Content-Type", "charset=koi8-r"),
              DTL_ENCODING_KOI8_R);
    /* Not as in the prescan: an unknown label leaves it to content. */
    CHECK_INT(meta("what", "content-type", "charset=koi8-r"),
              DTL_ENCODING_KOI8_R);
    CHECK_INT(meta(NULL, "content-type ", "charset=koi8-r"), DTL_ENCODING_NONE);
    CHECK_INT(meta(NULL, NULL, "charset=koi8-r"), DTL_ENCODING_NONE);
    CHECK_INT(meta(NULL, "content-type", NULL), DTL_ENCODING_NONE);
    CHECK_INT(meta("utf-16", NULL, NULL), DTL_ENCODING_UTF_16LE);
}

static void check_change(dtl_encoding in_use, dtl_encoding declared,
                         const char *bytes, dtl_encoding want, bool want_again)
{
    bool again = !want_again;

    CHECK_INT(
        dtl_html_change_encoding(in_use, declared, dtl_str_of(bytes), &again),
        want);
    CHECK_INT(again, want_again);
}

static void test_change(void)
{
    const char *text = "caf\xE9", *ascii = "cafe";

    check_change(DTL_ENCODING_UTF_8, DTL_ENCODING_KOI8_R, text,
                 DTL_ENCODING_KOI8_R, true);
    check_change(DTL_ENCODING_UTF_8, DTL_ENCODING_KOI8_R, ascii,
                 DTL_ENCODING_KOI8_R, false);
    check_change(DTL_ENCODING_UTF_8, DTL_ENCODING_ISO_2022_JP, ascii,
                 DTL_ENCODING_ISO_2022_JP, true);
    check_change(DTL_ENCODING_KOI8_R, DTL_ENCODING_KOI8_R, text,
                 DTL_ENCODING_KOI8_R, false);
    check_change(DTL_ENCODING_GBK, DTL_ENCODING_GB18030, text,
                 DTL_ENCODING_GB18030, false);
    check_change(DTL_ENCODING_UTF_16LE, DTL_ENCODING_KOI8_R, text,
                 DTL_ENCODING_UTF_16LE, false);
    check_change(DTL_ENCODING_UTF_8, DTL_ENCODING_UTF_16BE, text,
                 DTL_ENCODING_UTF_8, false);
    check_change(DTL_ENCODING_UTF_8, DTL_ENCODING_X_USER_DEFINED, text,
                 DTL_ENCODING_WINDOWS_1252, true);
}

static const test_case cases[] = {
    TEST(test_labels),
    TEST(test_names_are_labels),
    TEST(test_kinds),
    TEST(test_long_input),
    TEST(test_every_pair),
    TEST(test_empty_input),
    TEST(test_text_is_borrowed),
    TEST(test_without_memory),
    TEST(test_witnesses),
    TEST(test_without_declaration),
    TEST(test_reads_as_utf8),
    TEST(test_prescan_ends),
    TEST(test_utf_16_xml),
    TEST(test_meta_in_the_tree),
    TEST(test_change),
};
TEST_MAIN(cases)
