/* Which vector instructions this machine has, and how to ask for less.
 *
 * Code with vector paths asks dtl_cpu_level() once a call and takes the best
 * path at or below it; the plain path is always there and gives the same
 * result. A path's functions are compiled for their level by one of the
 * DTL_TARGET_ macros, whatever the compiler's own target is:
 *
 *     #if DTL_CPU_X86
 *     DTL_TARGET_AVX2 static size_t scan_avx2(const char *p, size_t n)
 *     ...
 *     #endif
 *
 *     #if DTL_CPU_X86
 *         if (dtl_cpu_level() >= DTL_CPU_AVX2)
 *             return scan_avx2(p, n);
 *     #endif
 *         return scan_plain(p, n); */
#ifndef DTL_BASE_CPU_H
#define DTL_BASE_CPU_H

/* Each level has all of those before it. */
typedef enum {
    DTL_CPU_PLAIN,   /* no vectors */
    DTL_CPU_SSE2,    /* every x86-64 */
    DTL_CPU_SSE41,   /* SSSE3, SSE4.1, POPCNT too */
    DTL_CPU_AVX2,    /* AVX2, BMI1, BMI2 */
    DTL_CPU_AVX512BW /* AVX-512 F, BW, VL */
} dtl_cpu;

#if defined(__x86_64__) && defined(__GNUC__)
#define DTL_CPU_X86      1
#define DTL_TARGET_SSE41 __attribute__((target("ssse3,sse4.1,popcnt")))
#define DTL_TARGET_AVX2  __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define DTL_TARGET_AVX512BW                                                    \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx2,bmi,bmi2,popcnt")))
#else
#define DTL_CPU_X86 0
#endif

/* The level in force: the machine's, or less where the environment's
 * DATELINE_CPU says plain, sse2, sse41, avx2 or avx512bw. Found out at the
 * first call; cheap after it, and safe from every thread. */
dtl_cpu dtl_cpu_level(void);

/* For tests: puts level in force, or the machine's where that is less, and
 * returns what is in force now. DTL_CPU_AVX512BW restores the machine's. */
dtl_cpu dtl_cpu_force(dtl_cpu level);

/* "avx2" and the like, as DATELINE_CPU spells it. */
const char *dtl_cpu_name(dtl_cpu level);

#endif
