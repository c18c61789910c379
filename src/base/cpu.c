/* Asks the processor once and remembers the answer in an atomic, so that
 * threads which meet here at the same time at worst ask twice. The question
 * is the compiler's built-in one, which also looks whether the operating
 * system saves the wide registers. */
#include "base/cpu.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define UNKNOWN (-1)

static atomic_int in_force = UNKNOWN;

static const char *const names[] = {"plain", "sse2", "sse41", "avx2",
                                    "avx512bw"};

/* GCC before 13.3 lays 64-byte vectors askew on the stack that its address
 * sanitizer makes (its bug 110027), and the first store of one crashes. */
#if defined(__SANITIZE_ADDRESS__) && !defined(__clang__)
#define CPU_MOST DTL_CPU_AVX2
#else
#define CPU_MOST DTL_CPU_AVX512BW
#endif

static dtl_cpu machine_level(void)
{
#if DTL_CPU_X86
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("ssse3") || !__builtin_cpu_supports("sse4.1") ||
        !__builtin_cpu_supports("popcnt"))
        return DTL_CPU_SSE2;
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi") ||
        !__builtin_cpu_supports("bmi2"))
        return DTL_CPU_SSE41;
    if (!__builtin_cpu_supports("avx512f") ||
        !__builtin_cpu_supports("avx512bw") ||
        !__builtin_cpu_supports("avx512vl"))
        return DTL_CPU_AVX2;
    return CPU_MOST;
#else
    return DTL_CPU_PLAIN;
#endif
}

static dtl_cpu at_most(dtl_cpu a, dtl_cpu b)
{
    return a < b ? a : b;
}

/* What the environment allows; a word it does not know allows all. */
static dtl_cpu allowed_level(void)
{
    const char *word = getenv("DATELINE_CPU");
    int i;

    for (i = 0; word && i < DTL_CPU_AVX512BW; i++)
        if (strcmp(word, names[i]) == 0)
            return (dtl_cpu)i;
    return DTL_CPU_AVX512BW;
}

dtl_cpu dtl_cpu_level(void)
{
    int level = atomic_load_explicit(&in_force, memory_order_relaxed);

    if (level == UNKNOWN)
        return dtl_cpu_force(allowed_level());
    return (dtl_cpu)level;
}

dtl_cpu dtl_cpu_force(dtl_cpu level)
{
    level = at_most(level, machine_level());
    atomic_store_explicit(&in_force, (int)level, memory_order_relaxed);
    return level;
}

const char *dtl_cpu_name(dtl_cpu level)
{
    return names[level];
}
