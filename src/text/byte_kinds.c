/* Which instruction set says what the bytes of a text are. */
#include "text/byte_kinds.h"

void dtl_byte_kinds_fill(dtl_byte_kinds *k, dtl_str text, size_t from)
{
#if DTL_CPU_X86
    dtl_cpu level = dtl_cpu_level();

    if (level >= DTL_CPU_AVX2)
        dtl_byte_kinds_fill_avx2(k, text, from);
    else if (level >= DTL_CPU_SSE41)
        dtl_byte_kinds_fill_sse41(k, text, from);
    else
#endif
        dtl_byte_kinds_fill_plain(k, text, from);
}
