/* Fuzzes a whole reading: any bytes give an article whose record holds
 * together. The reader is kept from input to input, as between pages. */
#include "fuzz.h"

#include "record/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static dtl_reader *reader;
    dtl_str page = {(const char *)bytes, len};
    dtl_read_options opts = {.url = {"https://paper.example/a/b", 25},
                             .explain = true};
    const dtl_article *a;
    char message[200];

    if (!reader)
        reader = dtl_reader_new();
    FUZZ_CHECK(reader);
    FUZZ_CHECK(dtl_reader_read(reader, page, &opts, &a, NULL) == DTL_OK);
    FUZZ_CHECK(record_holds(a, 0, message));
    if (!dtl_is_record(page))
        return 0;
    FUZZ_CHECK(dtl_reader_read_record(reader, page, &opts, &a, NULL) == DTL_OK);
    FUZZ_CHECK(record_holds(a, 0, message));
    return 0;
}
