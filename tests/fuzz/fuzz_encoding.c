/* Fuzzes encodings. The first byte chooses the decoder; whatever it gives is
 * valid UTF-8 and no longer than three times the input. The rest is sniffed as
 * a page, too, and validated as UTF-8 on every instruction set. */
#include "fuzz.h"

#include "base/cpu.h"
#include "base/str.h"
#include "base/utf8.h"
#include "html/sniff.h"

static void check_decoder(dtl_encoding e, dtl_str in)
{
    dtl_buf out = {0}, scratch = {0};
    dtl_str text;

    FUZZ_CHECK(dtl_encoding_decode(e, in, &out) == DTL_OK);
    FUZZ_CHECK(dtl_utf8_valid_prefix(dtl_buf_view(&out)) == out.len);
    FUZZ_CHECK(out.len / 3 <= in.len);
    FUZZ_CHECK(dtl_encoding_text(e, in, &scratch, &text) == DTL_OK);
    FUZZ_CHECK(dtl_str_eq(text, dtl_buf_view(&out)));
    dtl_buf_clear(&out);
    dtl_buf_clear(&scratch);
}

static void check_sniffing(dtl_str page)
{
    dtl_html_sniffed s = dtl_html_sniff(page, DTL_STR(""), DTL_STR(""));
    bool again;

    FUZZ_CHECK(dtl_encoding_name(s.encoding) && s.bom <= page.len);
    dtl_html_charset_from_content(page);
    FUZZ_CHECK(dtl_encoding_name(dtl_html_change_encoding(
        s.encoding, DTL_ENCODING_UTF_16BE, page, &again)));
}

static void check_validation(dtl_str s)
{
    size_t plain;
    int level;

    dtl_cpu_force(DTL_CPU_PLAIN);
    plain = dtl_utf8_valid_prefix(s);
    for (level = DTL_CPU_SSE2; level <= DTL_CPU_AVX512BW; level++) {
        dtl_cpu_force((dtl_cpu)level);
        FUZZ_CHECK(dtl_utf8_valid_prefix(s) == plain);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    dtl_str in = {(const char *)bytes, len};
    int e;

    if (!len)
        return 0;
    e = DTL_ENCODING_NONE + 1 + bytes[0] % (DTL_ENCODING_COUNT - 1);
    in = dtl_str_sub(in, 1, len);
    check_decoder((dtl_encoding)e, in);
    check_sniffing(in);
    check_validation(in);
    return 0;
}
