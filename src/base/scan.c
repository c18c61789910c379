/* Chooses among the loops of scan_lanes.c. */
#include "base/scan.h"

const char *dtl_scan_set(const char *p, const char *end, dtl_byte_set set)
{
#if DTL_CPU_X86
    dtl_cpu level = dtl_cpu_level();

    if (level >= DTL_CPU_AVX512BW)
        return dtl_scan_set_avx512bw(p, end, set);
    if (level >= DTL_CPU_AVX2)
        return dtl_scan_set_avx2(p, end, set);
    if (level >= DTL_CPU_SSE41)
        return dtl_scan_set_sse41(p, end, set);
#endif
    return dtl_scan_set_plain(p, end, set);
}

const char *dtl_scan_pair(const char *p, const char *end, char a, char b,
                          size_t distance)
{
#if DTL_CPU_X86
    dtl_cpu level = dtl_cpu_level();

    if (level >= DTL_CPU_AVX512BW)
        return dtl_scan_pair_avx512bw(p, end, a, b, distance);
    if (level >= DTL_CPU_AVX2)
        return dtl_scan_pair_avx2(p, end, a, b, distance);
    if (level >= DTL_CPU_SSE41)
        return dtl_scan_pair_sse41(p, end, a, b, distance);
#endif
    return dtl_scan_pair_plain(p, end, a, b, distance);
}

const char *dtl_scan_find(const char *p, const char *end, const char *bytes,
                          size_t len, bool nocase)
{
#if DTL_CPU_X86
    dtl_cpu level = dtl_cpu_level();

    if (level >= DTL_CPU_AVX512BW)
        return dtl_scan_find_avx512bw(p, end, bytes, len, nocase);
    if (level >= DTL_CPU_AVX2)
        return dtl_scan_find_avx2(p, end, bytes, len, nocase);
    if (level >= DTL_CPU_SSE41)
        return dtl_scan_find_sse41(p, end, bytes, len, nocase);
#endif
    return dtl_scan_find_plain(p, end, bytes, len, nocase);
}
