/* UTF-8 validation by table look-up (J. Keiser, D. Lemire: Validating UTF-8
 * In Less Than One Instruction Per Byte, 2020).
 *
 * Whether two neighbouring bytes can follow each other in UTF-8 depends only
 * on the first one's two halves and the second one's upper half. Each half
 * is looked up in a table of sixteen sets of reasons why not, one bit each;
 * a bit in all three sets is an error. Left over is the length of sequences
 * of three and four bytes: a continuation after a continuation (which is the
 * eighth bit) has to be exactly where a byte two or three before asks for
 * it.
 *
 * Blocks of 64 bytes are looked at one after the other; one of ASCII needs
 * only that the block before it ended with a whole character. The first
 * block with an error ends the scan: the plain validator finds the place. */
#include "base/utf8_simd.h"

#include "base/cpu.h"

#if DTL_CPU_X86

#include <immintrin.h>

#define BLOCK 64
#define AHEAD 2048 /* bytes to fetch before they are looked at */

/* Reasons, by the two bytes' bits. */
#define TOO_SHORT      0x01 /* 11______ 0_______, 11______ 11______ */
#define TOO_LONG       0x02 /* 0_______ 10______ */
#define OVERLONG_3     0x04 /* 11100000 100_____ */
#define TOO_LARGE      0x08 /* 11110100 and more, 1001____ or 101_____ */
#define SURROGATE      0x10 /* 11101101 101_____ */
#define OVERLONG_2     0x20 /* 1100000_ 10______ */
#define TOO_LARGE_1000 0x40 /* 11110101 and more, 1000____ */
#define OVERLONG_4     0x40 /* 11110000 1000____ */
#define TWO_TAILS      0x80 /* 10______ 10______ */
/* Those which do not ask for the first byte's lower half. */
#define ANY_LOW (TOO_SHORT | TOO_LONG | TWO_TAILS)

#define FIRST_HIGH                                                             \
    TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,      \
        TOO_LONG, TWO_TAILS, TWO_TAILS, TWO_TAILS, TWO_TAILS,                  \
        TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE, \
        TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4

#define LARGE (ANY_LOW | TOO_LARGE | TOO_LARGE_1000)
#define FIRST_LOW                                                              \
    ANY_LOW | OVERLONG_3 | OVERLONG_2 | OVERLONG_4, ANY_LOW | OVERLONG_2,      \
        ANY_LOW, ANY_LOW, ANY_LOW | TOO_LARGE, LARGE, LARGE, LARGE, LARGE,     \
        LARGE, LARGE, LARGE, LARGE, LARGE | SURROGATE, LARGE, LARGE

#define TAIL (TOO_LONG | OVERLONG_2 | TWO_TAILS)
#define SECOND_HIGH                                                            \
    TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,          \
        TOO_SHORT, TOO_SHORT, TAIL | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4, \
        TAIL | OVERLONG_3 | TOO_LARGE, TAIL | SURROGATE | TOO_LARGE,           \
        TAIL | SURROGATE | TOO_LARGE, TOO_SHORT, TOO_SHORT, TOO_SHORT,         \
        TOO_SHORT

static const uint8_t first_high[16] = {FIRST_HIGH};
static const uint8_t first_low[16] = {FIRST_LOW};
static const uint8_t second_high[16] = {SECOND_HIGH};

/* The highest bytes that a block may end with, and its next begin a
 * character: no start of four bytes as the last but two, and so on. */
static const uint8_t last_whole[32] = {
    0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
    0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
    0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xEF, 0xDF, 0xBF};

typedef struct {
    __m256i first_high, first_low, second_high, last_whole;
} tables256;

typedef struct {
    __m128i first_high, first_low, second_high, last_whole;
} tables128;

/* Not zero where in does not go on from before as UTF-8 does. */
DTL_TARGET_AVX2 static inline __m256i errors256(__m256i in, __m256i before,
                                                const tables256 *t)
{
    const __m256i half = _mm256_set1_epi8(0x0F);
    __m256i joined = _mm256_permute2x128_si256(before, in, 0x21);
    __m256i back1 = _mm256_alignr_epi8(in, joined, 15);
    __m256i back2 = _mm256_alignr_epi8(in, joined, 14);
    __m256i back3 = _mm256_alignr_epi8(in, joined, 13);
    __m256i high = _mm256_and_si256(_mm256_srli_epi16(back1, 4), half);
    __m256i low = _mm256_and_si256(back1, half);
    __m256i next = _mm256_and_si256(_mm256_srli_epi16(in, 4), half);
    __m256i pairs = _mm256_and_si256(
        _mm256_and_si256(_mm256_shuffle_epi8(t->first_high, high),
                         _mm256_shuffle_epi8(t->first_low, low)),
        _mm256_shuffle_epi8(t->second_high, next));
    /* The top bit is left only of starts of three and of four bytes. */
    __m256i third = _mm256_subs_epu8(back2, _mm256_set1_epi8(0xE0 - 0x80));
    __m256i fourth = _mm256_subs_epu8(back3, _mm256_set1_epi8(0xF0 - 0x80));
    __m256i asked = _mm256_and_si256(_mm256_or_si256(third, fourth),
                                     _mm256_set1_epi8((char)TWO_TAILS));

    return _mm256_xor_si256(asked, pairs);
}

/* Past ASCII, in steps of two blocks. Pages are read from memory here, for
 * the first time; the processor's own look-ahead ends with each 4 KiB. */
DTL_TARGET_AVX2 static inline size_t skip_ascii256(const char *p, size_t len,
                                                   size_t at)
{
    for (; len - at >= 2 * BLOCK; at += 2 * BLOCK) {
        const __m256i *in = (const __m256i *)(p + at);
        __m256i a =
            _mm256_or_si256(_mm256_loadu_si256(in), _mm256_loadu_si256(in + 1));
        __m256i b = _mm256_or_si256(_mm256_loadu_si256(in + 2),
                                    _mm256_loadu_si256(in + 3));

        __builtin_prefetch(p + at + AHEAD);
        __builtin_prefetch(p + at + AHEAD + BLOCK);
        if (_mm256_movemask_epi8(_mm256_or_si256(a, b)))
            break;
    }
    return at;
}

DTL_TARGET_AVX2 static size_t scan_avx2(const char *p, size_t len)
{
    const tables256 t = {_mm256_broadcastsi128_si256(
                             _mm_loadu_si128((const __m128i *)first_high)),
                         _mm256_broadcastsi128_si256(
                             _mm_loadu_si128((const __m128i *)first_low)),
                         _mm256_broadcastsi128_si256(
                             _mm_loadu_si128((const __m128i *)second_high)),
                         _mm256_loadu_si256((const __m256i *)last_whole)};
    __m256i before = _mm256_setzero_si256(), open = before, wrong;
    size_t at;

    for (at = skip_ascii256(p, len, 0); len - at >= BLOCK; at += BLOCK) {
        __m256i a = _mm256_loadu_si256((const __m256i *)(p + at));
        __m256i b = _mm256_loadu_si256((const __m256i *)(p + at + 32));

        if (!_mm256_movemask_epi8(_mm256_or_si256(a, b))) {
            if (!_mm256_testz_si256(open, open))
                return at;
            before = open = _mm256_setzero_si256();
            at = skip_ascii256(p, len, at + BLOCK) - BLOCK;
            continue;
        }
        wrong = _mm256_or_si256(errors256(a, before, &t), errors256(b, a, &t));
        if (!_mm256_testz_si256(wrong, wrong))
            return at;
        before = b;
        open = _mm256_subs_epu8(b, t.last_whole);
    }
    return at;
}

DTL_TARGET_SSE41 static inline __m128i errors128(__m128i in, __m128i before,
                                                 const tables128 *t)
{
    const __m128i half = _mm_set1_epi8(0x0F);
    __m128i back1 = _mm_alignr_epi8(in, before, 15);
    __m128i back2 = _mm_alignr_epi8(in, before, 14);
    __m128i back3 = _mm_alignr_epi8(in, before, 13);
    __m128i high = _mm_and_si128(_mm_srli_epi16(back1, 4), half);
    __m128i low = _mm_and_si128(back1, half);
    __m128i next = _mm_and_si128(_mm_srli_epi16(in, 4), half);
    __m128i pairs =
        _mm_and_si128(_mm_and_si128(_mm_shuffle_epi8(t->first_high, high),
                                    _mm_shuffle_epi8(t->first_low, low)),
                      _mm_shuffle_epi8(t->second_high, next));
    __m128i third = _mm_subs_epu8(back2, _mm_set1_epi8(0xE0 - 0x80));
    __m128i fourth = _mm_subs_epu8(back3, _mm_set1_epi8(0xF0 - 0x80));
    __m128i asked = _mm_and_si128(_mm_or_si128(third, fourth),
                                  _mm_set1_epi8((char)TWO_TAILS));

    return _mm_xor_si128(asked, pairs);
}

DTL_TARGET_SSE41 static size_t scan_sse41(const char *p, size_t len)
{
    const tables128 t = {_mm_loadu_si128((const __m128i *)first_high),
                         _mm_loadu_si128((const __m128i *)first_low),
                         _mm_loadu_si128((const __m128i *)second_high),
                         _mm_loadu_si128((const __m128i *)(last_whole + 16))};
    __m128i before = _mm_setzero_si128(), open = before, wrong;
    size_t at;
    int i;

    for (at = 0; len - at >= BLOCK; at += BLOCK) {
        const __m128i *block = (const __m128i *)(p + at);
        __m128i in[4], all = _mm_setzero_si128();

        for (i = 0; i < 4; i++) {
            in[i] = _mm_loadu_si128(block + i);
            all = _mm_or_si128(all, in[i]);
        }
        if (!_mm_movemask_epi8(all)) {
            if (!_mm_testz_si128(open, open))
                return at;
            before = open = _mm_setzero_si128();
            continue;
        }
        wrong = errors128(in[0], before, &t);
        for (i = 1; i < 4; i++)
            wrong = _mm_or_si128(wrong, errors128(in[i], in[i - 1], &t));
        if (!_mm_testz_si128(wrong, wrong))
            return at;
        before = in[3];
        open = _mm_subs_epu8(before, t.last_whole);
    }
    return at;
}

/* Before at all is well, except that a character may be unfinished: back to
 * its start. */
static size_t boundary(const char *p, size_t at)
{
    size_t back;

    for (back = 1; back <= 3 && back <= at; back++) {
        unsigned char c = (unsigned char)p[at - back];

        if (c >= 0xC0)
            return at - back;
        if (c < 0x80)
            break;
    }
    return at;
}

size_t dtl_utf8_valid_blocks(dtl_str s)
{
    dtl_cpu level = dtl_cpu_level();

    if (s.len < BLOCK || level < DTL_CPU_SSE41)
        return 0;
    if (level < DTL_CPU_AVX2)
        return boundary(s.ptr, scan_sse41(s.ptr, s.len));
    return boundary(s.ptr, scan_avx2(s.ptr, s.len));
}

#else

size_t dtl_utf8_valid_blocks(dtl_str s)
{
    (void)s;
    return 0;
}

#endif
