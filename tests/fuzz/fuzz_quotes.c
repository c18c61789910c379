/* Any bytes as the text of quotations. The first byte chooses the language.
 * What is found must lie in the text, in order. */
#include "base/str.h"
#include "fuzz.h"
#include "text/quote.h"

static void check(dtl_str text, const dtl_quote *q, size_t after)
{
    size_t i, at = q->start;

    FUZZ_CHECK(q->start >= after && q->start < q->end && q->end <= text.len);
    FUZZ_CHECK(q->mention.start <= q->mention.end);
    FUZZ_CHECK(q->span_count && q->mention.end <= text.len);
    for (i = 0; i < q->span_count; i++) {
        FUZZ_CHECK(q->spans[i].start >= at);
        FUZZ_CHECK(q->spans[i].end > q->spans[i].start);
        at = q->spans[i].end;
    }
    FUZZ_CHECK(at <= q->end);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const tags[] = {"en", "de", "fr", "es", "pt"};
    dtl_quote_finder *f = dtl_quote_finder_new();
    dtl_quote_options options = {0};
    const dtl_quote *quotes;
    size_t count, i, after = 0;
    dtl_str text;

    if (!f)
        return 0;
    options.language = dtl_str_of(tags[size ? data[0] % 5 : 0]);
    options.indirect = size && data[0] & 128;
    text = (dtl_str){(const char *)data + (size > 0), size - (size > 0)};
    if (dtl_quotes_find(f, text, &options, &quotes, &count) == DTL_OK) {
        for (i = 0; i < count; i++) {
            bool marked = quotes[i].kind != DTL_QUOTE_INDIRECT;

            check(text, &quotes[i], marked ? after : 0);
            FUZZ_CHECK(i == 0 || quotes[i].start >= quotes[i - 1].start);
            if (marked)
                after = quotes[i].end;
        }
    }
    dtl_quote_finder_free(f);
    return 0;
}
