/* Any bytes as a text that names times. The first byte chooses the language
 * and whether it tells of history. What is found must lie in the text, in
 * order and apart; sentences must cover what is no white space. */
#include "base/str.h"
#include "fuzz.h"
#include "text/language.h"
#include "text/sentence.h"
#include "text/time.h"

static void check_sentences(dtl_str text, dtl_str language)
{
    size_t at = 0, before = 0;
    dtl_str sentence;

    while (dtl_sentence_next(text, &at, language, &sentence)) {
        FUZZ_CHECK(sentence.ptr >= text.ptr + before);
        FUZZ_CHECK(at > before && at <= text.len);
        before = at;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const tags[] = {"en", "de", "fr", "es",
                                       "it", "pt", "nl", "xx"};
    dtl_times times = {0};
    unsigned char first = size ? data[0] : 0;
    dtl_times_options o = {.language = dtl_str_of(tags[first % 8]),
                           .date = DTL_STR("2021-09-29T11:42:07"),
                           .narrative = first & 8};
    dtl_str text = {(const char *)data + (size > 0), size - (size > 0)};
    size_t before = 0;

    if (first & 16)
        o.date = (dtl_str){NULL, 0};
    if (dtl_times_find(&times, text, &o) == DTL_OK) {
        for (size_t i = 0; i < times.count; i++) {
            FUZZ_CHECK(times.list[i].start >= before);
            FUZZ_CHECK(times.list[i].end > times.list[i].start);
            before = times.list[i].end;
        }
        FUZZ_CHECK(before <= text.len);
    }
    check_sentences(text, o.language);
    FUZZ_CHECK(dtl_language_guess(text) != NULL);
    dtl_times_clear(&times);
    return 0;
}
