/* Fuzzes dtl_url_resolve with "base LF reference". A web address that comes
 * out must be one by itself, and reading it once more must change nothing. */
#include "fuzz.h"

#include "base/str.h"
#include "base/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    dtl_str ref = {(const char *)bytes, len}, base, out, again;
    dtl_arena arena = {0};
    dtl_url parts;

    dtl_str_split(&ref, '\n', &base);
    FUZZ_CHECK(dtl_url_resolve(base, ref, &arena, &out) == DTL_OK);
    if (out.ptr && dtl_url_is_web(out)) {
        FUZZ_CHECK(dtl_url_split(out, &parts));
        FUZZ_CHECK(dtl_url_resolve(DTL_STR(""), out, &arena, &again) == DTL_OK);
        FUZZ_CHECK(dtl_str_eq(out, again));
    }
    dtl_arena_clear(&arena);
    return 0;
}
