/* Blocks of bytes that are looked at together: the common ground of vector
 * code that is written once and compiled for several instruction sets.
 *
 * A block is DTL_LANES bytes in a register. Questions about it give a mask
 * with one bit, or one group of DTL_MASK_STRIDE bits, a byte, in order from
 * the lowest; DTL_MASK_ALL is true for every byte. What the compiler may use
 * decides what a block is: AVX-512, AVX2, SSE2, NEON, or else a 64-bit word;
 * DTL_LANES_PLAIN asks for the word.
 *
 * src/meson.build lists the files that are compiled for each set. Their
 * functions are named by DTL_LANES_NAME, and called through a table or a
 * function that asks dtl_cpu_level(); whatever the set, the results are the
 * same. */
#ifndef DTL_BASE_LANES_H
#define DTL_BASE_LANES_H

#include "base/cpu.h"
#include "base/eight.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define DTL_LIKELY(x)   __builtin_expect(!!(x), 1)
#define DTL_UNLIKELY(x) __builtin_expect(!!(x), 0)
#define DTL_INLINE      static inline __attribute__((always_inline))

/* Up to four bytes to look for at once; unused places repeat another. */
typedef struct {
    unsigned char byte[4];
} dtl_byte_set;

/* 32 bytes of ones, and as many zeros. */
static const uint8_t dtl_lanes_ones[64] __attribute__((unused)) = {
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
};

#if defined(__AVX512BW__) && !defined(DTL_LANES_PLAIN)

#include <immintrin.h>

#define DTL_LANES            64
#define DTL_MASK_STRIDE      1
#define DTL_MASK_ALL         UINT64_C(0xFFFFFFFFFFFFFFFF)
#define DTL_LANES_NAME(name) name##_avx512bw
typedef __m512i dtl_lanes;
typedef uint64_t dtl_mask;

DTL_INLINE dtl_lanes dtl_lanes_load(const char *p)
{
    return _mm512_loadu_si512((const void *)p);
}

DTL_INLINE dtl_mask dtl_lanes_eq(dtl_lanes b, char c)
{
    return _mm512_cmpeq_epi8_mask(b, _mm512_set1_epi8(c));
}

DTL_INLINE dtl_mask dtl_lanes_in(dtl_lanes b, dtl_byte_set set)
{
    dtl_mask hit = dtl_lanes_eq(b, (char)set.byte[0]);
    int i;

#pragma GCC unroll 4
    for (i = 1; i < 4; i++)
        hit |= dtl_lanes_eq(b, (char)set.byte[i]);
    return hit;
}

/* Bytes below limit, which is 1 to 0x80. */
DTL_INLINE dtl_mask dtl_lanes_below(dtl_lanes b, unsigned char limit)
{
    return _mm512_cmplt_epu8_mask(b, _mm512_set1_epi8((char)limit));
}

DTL_INLINE dtl_mask dtl_lanes_bit(dtl_lanes b, int bit)
{
    return _mm512_test_epi8_mask(b, _mm512_set1_epi8((char)(1 << bit)));
}

DTL_INLINE dtl_lanes dtl_lanes_keep(dtl_lanes b, size_t n)
{
    return n < 64 ? _mm512_maskz_mov_epi8((UINT64_C(1) << n) - 1, b) : b;
}

DTL_INLINE dtl_lanes dtl_lanes_classes(dtl_lanes b, const uint8_t *low,
                                       const uint8_t *high)
{
    __m512i half = _mm512_set1_epi8(15);
    __m512i l = _mm512_broadcast_i32x4(_mm_loadu_si128((const void *)low));
    __m512i h = _mm512_broadcast_i32x4(_mm_loadu_si128((const void *)high));

    return _mm512_and_si512(
        _mm512_shuffle_epi8(l, b),
        _mm512_shuffle_epi8(h,
                            _mm512_and_si512(_mm512_srli_epi16(b, 4), half)));
}

DTL_INLINE dtl_mask dtl_lanes_at_table(dtl_lanes b, __m128i table)
{
    __m512i all = _mm512_broadcast_i32x4(table);

    return _mm512_cmpeq_epi8_mask(_mm512_shuffle_epi8(all, b), b);
}

#elif defined(__AVX2__) && !defined(DTL_LANES_PLAIN)

#include <immintrin.h>

#define DTL_LANES            32
#define DTL_MASK_STRIDE      1
#define DTL_MASK_ALL         UINT32_C(0xFFFFFFFF)
#define DTL_LANES_NAME(name) name##_avx2
typedef __m256i dtl_lanes;
typedef uint32_t dtl_mask;

DTL_INLINE dtl_lanes dtl_lanes_load(const char *p)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

DTL_INLINE dtl_mask dtl_lanes_eq(dtl_lanes b, char c)
{
    return (uint32_t)_mm256_movemask_epi8(
        _mm256_cmpeq_epi8(b, _mm256_set1_epi8(c)));
}

DTL_INLINE dtl_mask dtl_lanes_in(dtl_lanes b, dtl_byte_set set)
{
    __m256i hit = _mm256_cmpeq_epi8(b, _mm256_set1_epi8((char)set.byte[0]));
    int i;

#pragma GCC unroll 4
    for (i = 1; i < 4; i++)
        hit = _mm256_or_si256(
            hit, _mm256_cmpeq_epi8(b, _mm256_set1_epi8((char)set.byte[i])));
    return (uint32_t)_mm256_movemask_epi8(hit);
}

/* Bytes below limit, which is 1 to 0x80. */
DTL_INLINE dtl_mask dtl_lanes_below(dtl_lanes b, unsigned char limit)
{
    __m256i top = _mm256_set1_epi8((char)(limit - 1));

    return (uint32_t)_mm256_movemask_epi8(
        _mm256_cmpeq_epi8(_mm256_min_epu8(b, top), b));
}

DTL_INLINE dtl_mask dtl_lanes_bit(dtl_lanes b, int bit)
{
    return (uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(b, 7 - bit));
}

DTL_INLINE dtl_lanes dtl_lanes_keep(dtl_lanes b, size_t n)
{
    const uint8_t *to = dtl_lanes_ones + (n < 32 ? 32 - n : 0);

    return _mm256_and_si256(b, _mm256_loadu_si256((const void *)to));
}

DTL_INLINE dtl_lanes dtl_lanes_classes(dtl_lanes b, const uint8_t *low,
                                       const uint8_t *high)
{
    __m256i half = _mm256_set1_epi8(15);
    __m256i l = _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)low));
    __m256i h =
        _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)high));

    return _mm256_and_si256(
        _mm256_shuffle_epi8(l, b),
        _mm256_shuffle_epi8(h,
                            _mm256_and_si256(_mm256_srli_epi16(b, 4), half)));
}

DTL_INLINE dtl_mask dtl_lanes_at_table(dtl_lanes b, __m128i table)
{
    __m256i all = _mm256_broadcastsi128_si256(table);

    return (uint32_t)_mm256_movemask_epi8(
        _mm256_cmpeq_epi8(_mm256_shuffle_epi8(all, b), b));
}

#elif defined(__SSE2__) && !defined(DTL_LANES_PLAIN)

#include <emmintrin.h>
#ifdef __SSSE3__
#include <tmmintrin.h>
#endif

#define DTL_LANES       16
#define DTL_MASK_STRIDE 1
#define DTL_MASK_ALL    UINT32_C(0xFFFF)
#ifdef __SSE4_1__
#define DTL_LANES_NAME(name) name##_sse41
#else
#define DTL_LANES_NAME(name) name##_sse2
#endif
typedef __m128i dtl_lanes;
typedef uint32_t dtl_mask;

DTL_INLINE dtl_lanes dtl_lanes_load(const char *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

DTL_INLINE dtl_mask dtl_lanes_eq(dtl_lanes b, char c)
{
    return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(b, _mm_set1_epi8(c)));
}

DTL_INLINE dtl_mask dtl_lanes_in(dtl_lanes b, dtl_byte_set set)
{
    __m128i hit = _mm_cmpeq_epi8(b, _mm_set1_epi8((char)set.byte[0]));
    int i;

#pragma GCC unroll 4
    for (i = 1; i < 4; i++)
        hit = _mm_or_si128(hit,
                           _mm_cmpeq_epi8(b, _mm_set1_epi8((char)set.byte[i])));
    return (uint32_t)_mm_movemask_epi8(hit);
}

DTL_INLINE dtl_mask dtl_lanes_below(dtl_lanes b, unsigned char limit)
{
    __m128i top = _mm_set1_epi8((char)(limit - 1));

    return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(b, top), b));
}

DTL_INLINE dtl_mask dtl_lanes_bit(dtl_lanes b, int bit)
{
    return (uint32_t)_mm_movemask_epi8(_mm_slli_epi16(b, 7 - bit));
}

DTL_INLINE dtl_lanes dtl_lanes_keep(dtl_lanes b, size_t n)
{
    const uint8_t *to = dtl_lanes_ones + (n < 16 ? 32 - n : 0);

    return _mm_and_si128(b, _mm_loadu_si128((const void *)to));
}

#ifdef __SSSE3__
DTL_INLINE dtl_lanes dtl_lanes_classes(dtl_lanes b, const uint8_t *low,
                                       const uint8_t *high)
{
    __m128i half = _mm_set1_epi8(15);
    __m128i l = _mm_loadu_si128((const void *)low);
    __m128i h = _mm_loadu_si128((const void *)high);

    return _mm_and_si128(
        _mm_shuffle_epi8(l, b),
        _mm_shuffle_epi8(h, _mm_and_si128(_mm_srli_epi16(b, 4), half)));
}

DTL_INLINE dtl_mask dtl_lanes_at_table(dtl_lanes b, __m128i table)
{
    return (uint32_t)_mm_movemask_epi8(
        _mm_cmpeq_epi8(_mm_shuffle_epi8(table, b), b));
}
#endif

#elif defined(__ARM_NEON) && defined(__aarch64__) && !defined(DTL_LANES_PLAIN)

#include <arm_neon.h>

#define DTL_LANES            16
#define DTL_MASK_STRIDE      4
#define DTL_MASK_ALL         UINT64_C(0x8888888888888888)
#define DTL_LANES_NAME(name) name##_plain /* the only one of its machine */
typedef uint8x16_t dtl_lanes;
typedef uint64_t dtl_mask;

DTL_INLINE dtl_lanes dtl_lanes_load(const char *p)
{
    return vld1q_u8((const uint8_t *)p);
}

/* One bit for each byte of hit, which are all ones or zero. */
DTL_INLINE dtl_mask dtl_lanes_mask(uint8x16_t hit)
{
    uint8x8_t halves = vshrn_n_u16(vreinterpretq_u16_u8(hit), 4);

    return vget_lane_u64(vreinterpret_u64_u8(halves), 0) & DTL_MASK_ALL;
}

DTL_INLINE dtl_mask dtl_lanes_eq(dtl_lanes b, char c)
{
    return dtl_lanes_mask(vceqq_u8(b, vdupq_n_u8((uint8_t)c)));
}

DTL_INLINE dtl_mask dtl_lanes_in(dtl_lanes b, dtl_byte_set set)
{
    uint8x16_t hit = vceqq_u8(b, vdupq_n_u8(set.byte[0]));
    int i;

#pragma GCC unroll 4
    for (i = 1; i < 4; i++)
        hit = vorrq_u8(hit, vceqq_u8(b, vdupq_n_u8(set.byte[i])));
    return dtl_lanes_mask(hit);
}

DTL_INLINE dtl_mask dtl_lanes_below(dtl_lanes b, unsigned char limit)
{
    return dtl_lanes_mask(vcltq_u8(b, vdupq_n_u8(limit)));
}

DTL_INLINE dtl_mask dtl_lanes_bit(dtl_lanes b, int bit)
{
    return dtl_lanes_mask(vtstq_u8(b, vdupq_n_u8((uint8_t)(1 << bit))));
}

DTL_INLINE dtl_lanes dtl_lanes_keep(dtl_lanes b, size_t n)
{
    return vandq_u8(b, vld1q_u8(dtl_lanes_ones + (n < 16 ? 32 - n : 0)));
}

DTL_INLINE dtl_lanes dtl_lanes_classes(dtl_lanes b, const uint8_t *low,
                                       const uint8_t *high)
{
    uint8x16_t ascii = vcltq_u8(b, vdupq_n_u8(0x80));
    uint8x16_t l = vqtbl1q_u8(vld1q_u8(low), vandq_u8(b, vdupq_n_u8(15)));

    return vandq_u8(vandq_u8(l, ascii),
                    vqtbl1q_u8(vld1q_u8(high), vshrq_n_u8(b, 4)));
}

#else

#define DTL_LANES            8
#define DTL_MASK_STRIDE      8
#define DTL_MASK_ALL         UINT64_C(0x8080808080808080)
#define DTL_LANES_NAME(name) name##_plain
typedef uint64_t dtl_lanes;
typedef uint64_t dtl_mask;

DTL_INLINE dtl_lanes dtl_lanes_load(const char *p)
{
    return dtl_eight(p, 8);
}

DTL_INLINE dtl_mask dtl_lanes_eq(dtl_lanes b, char c)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t x = b ^ (unsigned char)c * ones;

    /* 0x80 where x has a zero byte, exactly. */
    return ~(((x & 0x7f * ones) + 0x7f * ones) | x | 0x7f * ones);
}

DTL_INLINE dtl_mask dtl_lanes_in(dtl_lanes b, dtl_byte_set set)
{
    return dtl_lanes_eq(b, (char)set.byte[0]) |
           dtl_lanes_eq(b, (char)set.byte[1]) |
           dtl_lanes_eq(b, (char)set.byte[2]) |
           dtl_lanes_eq(b, (char)set.byte[3]);
}

DTL_INLINE dtl_mask dtl_lanes_below(dtl_lanes b, unsigned char limit)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);

    /* The sum's top bit is set where the lower seven reach limit. */
    return ~(((b & 0x7f * ones) + (0x80u - limit) * ones) | b) & 0x80 * ones;
}

DTL_INLINE dtl_mask dtl_lanes_bit(dtl_lanes b, int bit)
{
    return b << (7 - bit) & DTL_MASK_ALL;
}

DTL_INLINE dtl_lanes dtl_lanes_keep(dtl_lanes b, size_t n)
{
    return n < 8 ? b & ((UINT64_C(1) << 8 * n) - 1) : b;
}

DTL_INLINE dtl_lanes dtl_lanes_classes(dtl_lanes b, const uint8_t *low,
                                       const uint8_t *high)
{
    dtl_lanes out = 0;

    for (int i = 0; i < 64; i += 8) {
        unsigned c = b >> i & 0xff;

        if (c < 0x80)
            out |= (uint64_t)(low[c & 15] & high[c >> 4]) << i;
    }
    return out;
}

#endif

/* What each set has besides:
 *
 * dtl_lanes_bit      bytes that have this bit, 0 the lowest
 * dtl_lanes_keep     the first n bytes, and zeros
 * dtl_lanes_classes  for each byte of ASCII what both tables of 16 have, one
 *                    at its lower half and one at its upper; zeros for others
 *                    (SSE2 alone has none) */

/* Bytes from first to last, which are below 0x7F. */
DTL_INLINE dtl_mask dtl_lanes_within(dtl_lanes b, char first, char last)
{
    return dtl_lanes_below(b, (unsigned char)(last + 1)) &
           ~dtl_lanes_below(b, (unsigned char)first);
}

/* The same as dtl_lanes_in, for a set that is written where it is used and
 * whose bytes differ in their lower four bits: then a byte is in the set if
 * the table of 16 has it at these bits. */
DTL_INLINE dtl_mask dtl_lanes_in_fixed(dtl_lanes b, dtl_byte_set set)
{
#if defined(__SSSE3__) && !defined(DTL_LANES_PLAIN)
    char table[16];
    int i;

    /* What fills the other places does not belong there. */
    for (i = 0; i < 16; i++)
        table[i] = i ? 0 : 1;
    for (i = 0; i < 4; i++)
        table[set.byte[i] & 15] = (char)set.byte[i];
    return dtl_lanes_at_table(b, _mm_loadu_si128((const void *)table));
#else
    return dtl_lanes_in(b, set);
#endif
}

/* The bytes from p to end, fewer than a block, with filler behind them. */
static inline __attribute__((unused)) dtl_lanes dtl_lanes_load_tail(
    const char *p, const char *end, char filler)
{
    char bytes[DTL_LANES];

    memset(bytes, filler, DTL_LANES);
    memcpy(bytes, p, (size_t)(end - p));
    return dtl_lanes_load(bytes);
}

/* A block from p on; filler stands for what lies past end. */
DTL_INLINE dtl_lanes dtl_lanes_at(const char *p, const char *end, char filler)
{
    if (DTL_LIKELY(end - p >= DTL_LANES))
        return dtl_lanes_load(p);
    return dtl_lanes_load_tail(p, end, filler);
}

/* The place of the first byte of a mask that is not empty. */
DTL_INLINE unsigned dtl_mask_first(dtl_mask m)
{
    if (sizeof(m) == 8)
        return (unsigned)__builtin_ctzll(m) / DTL_MASK_STRIDE;
    return (unsigned)__builtin_ctz((unsigned)m);
}

/* One bit a byte, whatever the mask's own distance between them. */
DTL_INLINE uint64_t dtl_mask_bits(dtl_mask m)
{
#if DTL_MASK_STRIDE == 1
    return m;
#elif DTL_MASK_STRIDE == 8
    return (m >> 7) * UINT64_C(0x0102040810204080) >> 56;
#else
    uint64_t bits = m >> 3;

    bits = (bits | bits >> 3) & UINT64_C(0x0303030303030303);
    bits = (bits | bits >> 6) & UINT64_C(0x000f000f000f000f);
    bits = (bits | bits >> 12) & UINT64_C(0x000000ff000000ff);
    return (bits | bits >> 24) & 0xffff;
#endif
}

/* One byte's, which is at `at`. */
DTL_INLINE dtl_mask dtl_mask_bit(size_t at)
{
    return (DTL_MASK_ALL & -DTL_MASK_ALL) << at * DTL_MASK_STRIDE;
}

/* That of the first n bytes. */
DTL_INLINE dtl_mask dtl_mask_to(size_t n)
{
    return n < DTL_LANES ? (dtl_mask_bit(n) - 1) & DTL_MASK_ALL : DTL_MASK_ALL;
}

/* Bytes from `from` to `to`, both of ASCII and no zeros. */
DTL_INLINE dtl_mask dtl_lanes_between(dtl_lanes b, unsigned char from,
                                      unsigned char to)
{
    return dtl_lanes_below(b, to + 1) & ~dtl_lanes_below(b, from);
}

/* Of m, what comes before the first byte of limit, which is not empty. */
DTL_INLINE dtl_mask dtl_mask_before(dtl_mask m, dtl_mask limit)
{
    return m & (limit ^ (limit - 1));
}

/* Without its first byte. */
DTL_INLINE dtl_mask dtl_mask_rest(dtl_mask m)
{
    return m & (m - 1);
}

#endif
