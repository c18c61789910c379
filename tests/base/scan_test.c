/* Tests of lanes.h and scan.h: each instruction set finds what a loop over
 * the bytes finds, wherever the block and the end of the memory lie. */
#include "unit/memory.h"
#include "unit/test.h"
#include "base/alloc.h"
#include "base/scan.h"

#include <stdlib.h>
#include <strings.h>

typedef const char *scanner(const char *p, const char *end, dtl_byte_set set);

static const struct {
    const char *name;
    dtl_cpu level;
    scanner *scan;
} scanners[] = {
    {"plain", DTL_CPU_PLAIN, dtl_scan_set_plain},
#if DTL_CPU_X86
    {"sse41", DTL_CPU_SSE41, dtl_scan_set_sse41},
    {"avx2", DTL_CPU_AVX2, dtl_scan_set_avx2},
    {"avx512bw", DTL_CPU_AVX512BW, dtl_scan_set_avx512bw},
#endif
};

enum {
    SCANNERS = sizeof(scanners) / sizeof(*scanners),
    LONGEST = 200
};

static const char *by_loop(const char *p, const char *end, dtl_byte_set set)
{
    while (p < end && !memchr(set.byte, (unsigned char)*p, sizeof(set.byte)))
        p++;
    return p;
}

/* All scanners over a copy that ends where its memory does. */
static void check_all(const char *bytes, size_t len, dtl_byte_set set)
{
    char *copy = malloc(len ? len : 1);
    const char *want, *got;
    size_t i;

    memcpy(copy, bytes, len);
    want = by_loop(copy, copy + len, set);
    for (i = 0; i < SCANNERS; i++) {
        if (dtl_cpu_force(DTL_CPU_AVX512BW) < scanners[i].level)
            continue;
        got = scanners[i].scan(copy, copy + len, set);
        if (got != want)
            FAIL("%s: %zu of %zu bytes, not %zu", scanners[i].name,
                 (size_t)(got - copy), len, (size_t)(want - copy));
    }
    free(copy);
}

static void test_each_place_and_length(void)
{
    static const dtl_byte_set set = {{'<', '&', '\r', 0}};
    char bytes[LONGEST];
    size_t len, at;

    memset(bytes, 'a', sizeof(bytes));
    for (len = 0; len < LONGEST; len += 1 + len / 30) {
        check_all(bytes, len, set);
        for (at = 0; at < len; at++) {
            bytes[at] = (char)set.byte[at % 4];
            check_all(bytes, len, set);
            bytes[at] = 'a';
        }
    }
}

typedef const char *finder(const char *p, const char *end, const char *bytes,
                           size_t len, bool nocase);

static const struct {
    const char *name;
    dtl_cpu level;
    finder *find;
} finders[] = {
    {"plain", DTL_CPU_PLAIN, dtl_scan_find_plain},
#if DTL_CPU_X86
    {"sse41", DTL_CPU_SSE41, dtl_scan_find_sse41},
    {"avx2", DTL_CPU_AVX2, dtl_scan_find_avx2},
    {"avx512bw", DTL_CPU_AVX512BW, dtl_scan_find_avx512bw},
#endif
};

static const char *find_by_loop(const char *p, const char *end,
                                const char *bytes, size_t len, bool nocase)
{
    for (; (size_t)(end - p) >= len; p++)
        if (nocase ? strncasecmp(p, bytes, len) == 0
                   : memcmp(p, bytes, len) == 0)
            return p;
    return NULL;
}

/* Needles of few letters in texts of the same, so that much is nearly one. */
static void test_find(void)
{
    static const char letters[] = "aAbB.Z";
    char text[LONGEST], needle[8];

    srand(3);
    for (int round = 0; round < 20000; round++) {
        size_t len = (size_t)rand() % LONGEST, n = 1 + (size_t)rand() % 7, i;
        char *copy = malloc(len ? len : 1);
        bool nocase = round % 2;
        const char *want;

        for (i = 0; i < len; i++)
            text[i] = letters[rand() % 6];
        for (i = 0; i < n; i++)
            needle[i] = letters[rand() % 6];
        memcpy(copy, text, len);
        want = find_by_loop(copy, copy + len, needle, n, nocase);
        for (i = 0; i < sizeof finders / sizeof *finders; i++)
            if (dtl_cpu_force(DTL_CPU_AVX512BW) >= finders[i].level &&
                finders[i].find(copy, copy + len, needle, n, nocase) != want)
                FAIL("%s: %.*s in %.*s", finders[i].name, (int)n, needle,
                     (int)len, text);
        free(copy);
    }
}

/* Bytes that differ from one in the set by a bit, by one, or in the sign. */
static void test_neighbours(void)
{
    static const dtl_byte_set sets[] = {{{'<', '&', '\r', 0}},
                                        {{'"', '&', '\r', 0}},
                                        {{'-', '-', '-', '-'}},
                                        {{0, 0x80, 0xff, 0x7f}}};
    char bytes[64];
    size_t i;
    int c;

    for (i = 0; i < sizeof(sets) / sizeof(*sets); i++)
        for (c = 0; c < 256; c++) {
            memset(bytes, c, sizeof(bytes));
            check_all(bytes, sizeof(bytes), sets[i]);
        }
}

typedef const char *pair_scanner(const char *p, const char *end, char a, char b,
                                 size_t distance);

static const struct {
    const char *name;
    dtl_cpu level;
    pair_scanner *scan;
} pair_scanners[] = {
    {"plain", DTL_CPU_PLAIN, dtl_scan_pair_plain},
#if DTL_CPU_X86
    {"sse41", DTL_CPU_SSE41, dtl_scan_pair_sse41},
    {"avx2", DTL_CPU_AVX2, dtl_scan_pair_avx2},
    {"avx512bw", DTL_CPU_AVX512BW, dtl_scan_pair_avx512bw},
#endif
};

/* The pair at place at of len bytes is found by all, and only whole. */
static void check_pair(size_t len, size_t at, size_t distance)
{
    char *bytes = malloc(len ? len : 1);
    bool whole = at + distance < len;
    size_t i;

    memset(bytes, 'a', len);
    bytes[at] = 'x';
    if (whole)
        bytes[at + distance] = 'y';
    for (i = 0; i < SCANNERS; i++) {
        const char *got;

        if (dtl_cpu_force(DTL_CPU_AVX512BW) < pair_scanners[i].level)
            continue;
        got = pair_scanners[i].scan(bytes, bytes + len, 'x', 'y', distance);
        if (got != bytes + (whole ? at : len))
            FAIL("%s: %zu of %zu bytes, not %zu + %zu", pair_scanners[i].name,
                 (size_t)(got - bytes), len, at, distance);
    }
    free(bytes);
}

static void test_pairs(void)
{
    size_t len, at, distance;

    for (len = 1; len < LONGEST; len += 1 + len / 30) {
        for (at = 0; at < len; at++) {
            for (distance = 1; distance < 40; distance += 1 + distance / 3)
                check_pair(len, at, distance);
        }
    }
}

static void test_choice(void)
{
    static const dtl_byte_set set = {{'x', 'x', 'x', 'x'}};
    const char *text = "abcdefghijklmnopqrstuvwxyz";
    int level;

    for (level = DTL_CPU_PLAIN; level <= DTL_CPU_AVX512BW; level++) {
        dtl_cpu_force((dtl_cpu)level);
        CHECK(dtl_scan_set(text, text + 26, set) == text + 23);
        CHECK(dtl_scan_set(text, text + 23, set) == text + 23);
        CHECK(dtl_scan_set(text, text, set) == text);
    }
    dtl_cpu_force(DTL_CPU_AVX512BW);
}

static const test_case cases[] = {
    TEST(test_each_place_and_length),
    TEST(test_find),
    TEST(test_neighbours),
    TEST(test_pairs),
    TEST(test_choice),
};
TEST_MAIN(cases)
