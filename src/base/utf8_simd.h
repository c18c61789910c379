/* The vector part of UTF-8 validation, for utf8.c alone. */
#ifndef DTL_BASE_UTF8_SIMD_H
#define DTL_BASE_UTF8_SIMD_H

#include <dateline.h>

/* A place between two characters up to which s is valid: where a malformed
 * sequence comes soon after, or near the end of s, or 0 where the machine
 * has no vectors. What follows it is the plain validator's. */
size_t dtl_utf8_valid_blocks(dtl_str s);

#endif
