/* UTF-8 validation on every instruction set that the machine has, held
 * against a validator that works another way: it encodes each code point
 * again and compares. */
#include "unit/test.h"
#include "base/alloc.h"
#include "base/ascii.h"
#include "base/cpu.h"
#include "base/str.h"
#include "base/utf8.h"

#include <string.h>

#define ROOM 400

/* A small generator of its own, so that every machine tests the same. */
static uint32_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

/* Length of the well-formed sequence at p, or 0. */
static size_t well_formed(const char *p, size_t left)
{
    unsigned char c = (unsigned char)p[0];
    size_t len = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4, i;
    uint32_t cp = len == 1 ? c : c & (0xFFu >> (len + 1));
    char again[4];

    if (len > left || (c >= 0x80 && c < 0xC0) || c >= 0xF8)
        return 0;
    for (i = 1; i < len; i++)
        cp = cp << 6 | ((unsigned char)p[i] & 0x3F);
    return dtl_utf8_encode(cp, again) == len && memcmp(p, again, len) == 0 ? len
                                                                           : 0;
}

static size_t expected_prefix(dtl_str s)
{
    size_t at = 0, len;

    while (at < s.len && (len = well_formed(s.ptr + at, s.len - at)) != 0)
        at += len;
    return at;
}

static void check_levels(dtl_str s)
{
    size_t want = expected_prefix(s);
    int level;

    for (level = DTL_CPU_PLAIN; level <= DTL_CPU_AVX512BW; level++) {
        size_t got;

        if ((int)dtl_cpu_force((dtl_cpu)level) != level)
            break;
        got = dtl_utf8_valid_prefix(s);
        if (got != want) {
            FAIL("%s: %zu of %zu bytes, not %zu", dtl_cpu_name((dtl_cpu)level),
                 got, s.len, want);
            break;
        }
    }
    dtl_cpu_force(DTL_CPU_AVX512BW);
}

/* Valid text with characters of one to max bytes. */
static size_t fill(char *text, size_t room, size_t max, uint64_t *state)
{
    static const uint32_t first[] = {0, 0x80, 0x800, 0x10000};
    static const uint32_t count[] = {0x80, 0x780, 0xF800, 0x100000};
    size_t len = 0;

    while (len + 4 <= room) {
        uint32_t kind = next_random(state) % (uint32_t)max;
        uint32_t cp = first[kind] + next_random(state) % count[kind];

        len += dtl_utf8_encode(cp, text + len);
    }
    return len;
}

static void test_valid_text(void)
{
    uint64_t state = 1;
    char text[ROOM];
    size_t max, round, len, cut;

    for (max = 1; max <= 4; max++) {
        for (round = 0; round < 100; round++) {
            len = fill(text, sizeof text, max, &state);
            for (cut = 0; cut < 5; cut++)
                check_levels((dtl_str){text, len - cut});
        }
    }
}

static void test_one_byte_changed(void)
{
    uint64_t state = 2;
    char text[ROOM];
    size_t max, at, len;

    for (max = 1; max <= 4; max++) {
        len = fill(text, sizeof text, max, &state);
        for (at = 0; at < len; at++) {
            char was = text[at];
            int byte;

            for (byte = 0; byte < 256; byte += 1 + (int)(at % 3)) {
                text[at] = (char)byte;
                check_levels((dtl_str){text, len});
            }
            text[at] = was;
        }
    }
}

/* Every pair of bytes, and the triples and quadruples that matter, across
 * the seam of two blocks. */
static void test_every_sequence(void)
{
    static const unsigned char edges[] = {0x00, 0x7F, 0x80, 0x8F, 0x90,
                                          0x9F, 0xA0, 0xBF, 0xC0, 0xC2,
                                          0xE0, 0xED, 0xF0, 0xF4, 0xFF};
    char text[200];
    size_t at, i, j;
    int a, b;

    for (at = 125; at <= 128; at++) {
        memset(text, 'a', sizeof text);
        for (a = 0x80; a < 256; a++) {
            for (b = 0; b < 256; b++) {
                text[at] = (char)a;
                text[at + 1] = (char)b;
                text[at + 2] = text[at + 3] = 'a';
                check_levels((dtl_str){text, sizeof text});
                text[at + 2] = (char)0x80;
                check_levels((dtl_str){text, sizeof text});
                text[at + 3] = (char)0xBF;
                check_levels((dtl_str){text, sizeof text});
            }
        }
    }
    for (i = 0; i < sizeof edges; i++) {
        for (j = 0; j < sizeof edges; j++) {
            memcpy(text + 126, "\xF1\x80", 2);
            text[128] = (char)edges[i];
            text[129] = (char)edges[j];
            check_levels((dtl_str){text, sizeof text});
        }
    }
}

static void test_random_bytes(void)
{
    uint64_t state = 3;
    char text[130];
    size_t round, i;

    for (round = 0; round < 20000; round++) {
        size_t len = next_random(&state) % sizeof text;
        uint32_t high = next_random(&state) % 4;

        for (i = 0; i < len; i++)
            text[i] = (char)(next_random(&state) & (high ? 0xFF : 0x7F));
        check_levels((dtl_str){text, len});
    }
}

static void test_ascii(void)
{
    char text[80], copy[80];
    size_t at, len;

    for (len = 0; len <= 70; len++) {
        for (at = 0; at <= len; at++) {
            memset(text, 'x', sizeof text);
            memset(copy, 'y', sizeof copy);
            if (at < len)
                text[at] = (char)0x80;
            CHECK_INT(dtl_ascii_prefix((dtl_str){text, len}), at);
            CHECK_INT(dtl_ascii_copy(copy, (dtl_str){text, len}), at);
            CHECK(memcmp(copy, text, at) == 0);
            CHECK_INT(copy[len], 'y');
        }
    }
}

static const test_case cases[] = {
    TEST(test_valid_text),     TEST(test_one_byte_changed),
    TEST(test_every_sequence), TEST(test_random_bytes),
    TEST(test_ascii),
};
TEST_MAIN(cases)
