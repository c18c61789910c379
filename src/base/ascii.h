/* Runs of ASCII bytes, sixteen at a time where the machine has it. */
#ifndef DTL_BASE_ASCII_H
#define DTL_BASE_ASCII_H

#include <dateline.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* Copies the ASCII bytes that src begins with and returns their number. to
 * has room for all of src, and may be written up to there. */
static inline size_t dtl_ascii_copy(char *to, dtl_str src)
{
    size_t n = 0;

#if defined(__SSE2__)
    while (src.len - n >= 16) {
        __m128i block = _mm_loadu_si128((const __m128i *)(src.ptr + n));
        int high = _mm_movemask_epi8(block);

        _mm_storeu_si128((__m128i *)(to + n), block);
        if (high)
            return n + (size_t)__builtin_ctz((unsigned)high);
        n += 16;
    }
#else
    while (src.len - n >= 8) {
        uint64_t word;

        memcpy(&word, src.ptr + n, 8);
        if (word & 0x8080808080808080u)
            break;
        memcpy(to + n, &word, 8);
        n += 8;
    }
#endif
    for (; n < src.len && !(src.ptr[n] & 0x80); n++)
        to[n] = src.ptr[n];
    return n;
}

/* The number of ASCII bytes that s begins with. */
static inline size_t dtl_ascii_prefix(dtl_str s)
{
    size_t n = 0;

#if defined(__SSE2__)
    while (s.len - n >= 32) {
        const __m128i *p = (const __m128i *)(s.ptr + n);
        __m128i both = _mm_or_si128(_mm_loadu_si128(p), _mm_loadu_si128(p + 1));

        if (_mm_movemask_epi8(both))
            break;
        n += 32;
    }
#else
    while (s.len - n >= 8) {
        uint64_t word;

        memcpy(&word, s.ptr + n, 8);
        if (word & 0x8080808080808080u)
            break;
        n += 8;
    }
#endif
    while (n < s.len && !(s.ptr[n] & 0x80))
        n++;
    return n;
}

#endif
