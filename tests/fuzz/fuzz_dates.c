/* Fuzzes dates: what is found lies in the text, is a day of the calendar,
 * and reads the same after it was written. */
#include "fuzz.h"

#include "base/date_parse.h"

static void check_again(const dtl_date_time *d)
{
    dtl_arena arena = {0};
    dtl_str written = dtl_date_format(d, &arena);
    dtl_date_time again;

    FUZZ_CHECK(written.ptr);
    FUZZ_CHECK(dtl_date_parse(written, NULL, &again));
    FUZZ_CHECK(again.precision == d->precision);
    FUZZ_CHECK(dtl_date_minutes(&again) == dtl_date_minutes(d));
    dtl_arena_clear(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    dtl_str text = {(const char *)bytes, len};
    dtl_date_hints hints = {.month_first = len & 1};
    size_t from = 0, start, end;
    dtl_date_time d;

    while (dtl_date_find(text, from, &hints, &d, &start, &end)) {
        FUZZ_CHECK(from <= start && start < end && end <= len);
        FUZZ_CHECK(dtl_calendar_is_day(d.date));
        check_again(&d);
        from = end;
    }
    if (dtl_date_parse(text, &hints, &d))
        check_again(&d);
    return 0;
}
