/* The loops of needles.h, for each instruction set.
 *
 * The halves of a byte choose from two tables the groups of words that may
 * have it at a place; what both halves, at three places in a row, leave of
 * the groups is not nothing where a word may begin. Vector code asks for a
 * block of places at once. */
#include "base/needles.h"

#include "base/lanes.h"

#if defined(__SSSE3__) && !defined(DTL_LANES_PLAIN)

#if defined(__AVX2__)

DTL_INLINE dtl_lanes table_of(const uint8_t *bytes)
{
    return _mm256_broadcastsi128_si256(
        _mm_loadu_si128((const __m128i *)(const void *)bytes));
}

DTL_INLINE dtl_lanes groups_of(dtl_lanes b, dtl_lanes low, dtl_lanes high)
{
    const dtl_lanes half = _mm256_set1_epi8(15);

    return _mm256_and_si256(
        _mm256_shuffle_epi8(low, _mm256_and_si256(b, half)),
        _mm256_shuffle_epi8(high,
                            _mm256_and_si256(_mm256_srli_epi16(b, 4), half)));
}

DTL_INLINE dtl_mask where_all(dtl_lanes a, dtl_lanes b, dtl_lanes c)
{
    dtl_lanes all = _mm256_and_si256(_mm256_and_si256(a, b), c);

    return ~(dtl_mask)_mm256_movemask_epi8(
        _mm256_cmpeq_epi8(all, _mm256_setzero_si256()));
}

#else

DTL_INLINE dtl_lanes table_of(const uint8_t *bytes)
{
    return _mm_loadu_si128((const __m128i *)(const void *)bytes);
}

DTL_INLINE dtl_lanes groups_of(dtl_lanes b, dtl_lanes low, dtl_lanes high)
{
    const dtl_lanes half = _mm_set1_epi8(15);

    return _mm_and_si128(
        _mm_shuffle_epi8(low, _mm_and_si128(b, half)),
        _mm_shuffle_epi8(high, _mm_and_si128(_mm_srli_epi16(b, 4), half)));
}

DTL_INLINE dtl_mask where_all(dtl_lanes a, dtl_lanes b, dtl_lanes c)
{
    dtl_lanes all = _mm_and_si128(_mm_and_si128(a, b), c);

    return ~(dtl_mask)_mm_movemask_epi8(
               _mm_cmpeq_epi8(all, _mm_setzero_si128())) &
           DTL_MASK_ALL;
}

#endif

dtl_needles_block DTL_LANES_NAME(dtl_needles_near)(const dtl_needles *x,
                                                   const char *p,
                                                   const char *end)
{
    const dtl_lanes low0 = table_of(x->low[0]), high0 = table_of(x->high[0]);
    const dtl_lanes low1 = table_of(x->low[1]), high1 = table_of(x->high[1]);
    const dtl_lanes low2 = table_of(x->low[2]), high2 = table_of(x->high[2]);
    char rest[DTL_LANES + 2] = {0};

    while (p < end) {
        bool whole = end - p >= DTL_LANES + 2;
        size_t left = (size_t)(end - p);
        const char *at = p;
        uint64_t m;

        if (!whole) {
            memcpy(rest, p, left);
            left = left < DTL_LANES ? left : DTL_LANES;
            at = rest;
        }
        m = where_all(groups_of(dtl_lanes_load(at), low0, high0),
                      groups_of(dtl_lanes_load(at + 1), low1, high1),
                      groups_of(dtl_lanes_load(at + 2), low2, high2));
        if (!whole) /* Behind the end no word begins. */
            m &= (UINT64_C(1) << left) - 1;
        if (m)
            return (dtl_needles_block){p, p + (whole ? DTL_LANES : left), m};
        p += whole ? DTL_LANES : left;
    }
    return (dtl_needles_block){end, end, 0};
}

#else

/* Groups of words that may begin at p, of whose text so many bytes are left. */
DTL_INLINE unsigned groups_at(const dtl_needles *x, const char *p, size_t left)
{
    unsigned groups = 0xFF;
    size_t k;

    for (k = 0; k < 3 && k < left; k++) {
        unsigned char c = (unsigned char)p[k];

        groups &= x->low[k][c & 15] & x->high[k][c >> 4];
    }
    return groups;
}

dtl_needles_block DTL_LANES_NAME(dtl_needles_near)(const dtl_needles *x,
                                                   const char *p,
                                                   const char *end)
{
    for (; p < end; p++)
        if (groups_at(x, p, (size_t)(end - p)))
            return (dtl_needles_block){p, p + 1, 1};
    return (dtl_needles_block){end, end, 0};
}

#endif
