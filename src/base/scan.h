/* Finding the next byte that matters in long runs, by the best instructions
 * the machine has. For short runs, use lanes.h in place. */
#ifndef DTL_BASE_SCAN_H
#define DTL_BASE_SCAN_H

#include "base/lanes.h"

/* The first byte of [p, end) that is in set; end when none is. */
const char *dtl_scan_set(const char *p, const char *end, dtl_byte_set set);

/* The first byte of [p, end) that is a and has b distance bytes behind it,
 * before end; end when none is. */
const char *dtl_scan_pair(const char *p, const char *end, char a, char b,
                          size_t distance);

/* The first place of [p, end) where len bytes, at least one, stand, ASCII
 * case ignored where nocase says so; NULL when there is none. */
const char *dtl_scan_find(const char *p, const char *end, const char *bytes,
                          size_t len, bool nocase);

/* The same, by the instruction set of that name. */
#define DTL_SCANS(set)                                                         \
    const char *dtl_scan_set_##set(const char *p, const char *end,             \
                                   dtl_byte_set bytes);                        \
    const char *dtl_scan_pair_##set(const char *p, const char *end, char a,    \
                                    char b, size_t distance);                  \
    const char *dtl_scan_find_##set(const char *p, const char *end,            \
                                    const char *bytes, size_t len,             \
                                    bool nocase);
DTL_SCANS(plain)
DTL_SCANS(sse41)
DTL_SCANS(avx2)
DTL_SCANS(avx512bw)
#undef DTL_SCANS

#endif
