/* Numbers from text and back, whatever the locale. */
#ifndef DTL_BASE_NUMBER_H
#define DTL_BASE_NUMBER_H

#include <dateline.h>

/* Reads the whole of s as a decimal: sign, digits, point, exponent; ".5",
 * "5." and "+5" too. Rounded correctly; too large gives an infinity, too
 * small 0. False, with *out as it was, when s is anything else. */
bool dtl_double_parse(dtl_str s, double *out);

/* Reads the whole of s as decimal digits with or without a sign. False, with
 * *out as it was, when it is anything else or does not fit. */
bool dtl_int64_parse(dtl_str s, int64_t *out);

/* Enough for any double as dtl_double_format writes it. */
enum {
    DTL_DOUBLE_CHARS = 32
};

/* Writes the shortest decimal that reads back as value, which must be finite,
 * and returns its length. "0.1", "1e+300", "-0". */
size_t dtl_double_format(double value, char out[DTL_DOUBLE_CHARS]);

#endif
