/* Fuzzes dtl_gunzip: any bytes give either output within the bound or an
 * error that says something, and never both. */
#include "fuzz.h"

enum {
    MAX_BYTES = 1 << 20
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    dtl_str in = {(const char *)bytes, len};
    dtl_error err = {DTL_OK, 0, ""};
    dtl_status st;
    size_t out_len;
    char *out;

    st = dtl_gunzip(in, MAX_BYTES, &out, &out_len, &err);
    FUZZ_CHECK((st == DTL_OK) == (err.code == DTL_OK));
    FUZZ_CHECK(st == DTL_OK ? out_len <= MAX_BYTES : !out && err.message[0]);
    FUZZ_CHECK(err.offset <= len);
    dtl_release(out);
    return 0;
}
