/* Places in a text that may be of times, for each instruction set.
 *
 * Vectors say which bytes are of words and numbers, 64 at a time; then each
 * word is a look into a table of bits, and its place is written whether or not
 * it is kept, so that nothing branches on what words there are. */
#include "base/lanes.h"
#include "text/time_anchor.h"

#ifdef __BMI2__
#include <immintrin.h>
#endif

enum {
    BLOCKS = DTL_TIME_ANCHORS / 64
};

/* What the bytes are, a bit each, and of the block behind them too. */
typedef struct {
    uint64_t word[BLOCKS + 2];    /* letters of words */
    uint64_t strange[BLOCKS + 2]; /* of them, those past ASCII; and digits */
    uint64_t begins[BLOCKS + 1];  /* of words and numbers */
} kinds;

/* What goes over from block to block: of the marks that begin with E2 and C2,
 * which bytes belong to the next; whether the last byte is of a word, of a
 * number. */
typedef struct {
    uint64_t mark3, mark2, word, digit;
} carry;

DTL_INLINE void put_kinds(kinds *k, size_t block, const char *p, carry *c)
{
    uint64_t letters = 0, digits = 0, high = 0, e2 = 0, c2 = 0, word;

    for (unsigned shift = 0; shift < 64; shift += DTL_LANES, p += DTL_LANES) {
        dtl_lanes b = dtl_lanes_load(p);
        dtl_mask other = ~dtl_lanes_below(b, 0x80) & DTL_MASK_ALL;
        dtl_mask l =
            dtl_lanes_within(b, 'a', 'z') | dtl_lanes_within(b, 'A', 'Z');

        letters |= dtl_mask_bits(l & DTL_MASK_ALL) << shift;
        digits |= dtl_mask_bits(dtl_lanes_within(b, '0', '9') & DTL_MASK_ALL)
                  << shift;
        if (!other)
            continue;
        high |= dtl_mask_bits(other) << shift;
        e2 |= dtl_mask_bits(dtl_lanes_eq(b, '\xE2') & DTL_MASK_ALL) << shift;
        c2 |= dtl_mask_bits(dtl_lanes_eq(b, '\xC2') & DTL_MASK_ALL) << shift;
    }
    high &= ~(e2 | e2 << 1 | e2 << 2 | c2 | c2 << 1 | c->mark3 | c->mark2);
    word = letters | high;
    k->word[block] = word;
    k->strange[block] = high | digits;
    k->begins[block] =
        (word & ~(word << 1 | c->word)) | (digits & ~(digits << 1 | c->digit));
    *c = (carry){e2 >> 63 | e2 >> 62, c2 >> 63, word >> 63, digits >> 63};
}

/* The bits of a block from number n on; n is below 57 or no more than eight
 * bits are asked for. */
DTL_INLINE uint64_t bits_from(const uint64_t *bits, size_t n)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t window;

    memcpy(&window, (const char *)bits + n / 8, 8);
    return window >> n % 8;
#else
    return bits[n / 64] >> n % 64 | bits[n / 64 + 1] << 1 << (63 - n % 64);
#endif
}

/* The first len bytes of eight, all if there are no more. */
DTL_INLINE uint64_t first_of(uint64_t eight, unsigned len)
{
#ifdef __BMI2__
    return _bzhi_u64(eight, 8 * len);
#else
    return len < 8 ? eight & ((UINT64_C(1) << 8 * len) - 1) : eight;
#endif
}

/* Puts the places of a block at p, which is text from at on. */
DTL_INLINE size_t find_in_block(const uint64_t *filter, const kinds *k,
                                size_t block, const char *p, size_t at,
                                uint32_t *out, size_t n)
{
    const uint64_t small = UINT64_C(0x2020202020202020);

    for (uint64_t begins = k->begins[block]; begins; begins &= begins - 1) {
        size_t i = (size_t)__builtin_ctzll(begins);
        uint64_t run = bits_from(k->word, 64 * block + i);
        unsigned len = (unsigned)__builtin_ctzll(~run | 1 << 8);
        uint64_t key = first_of(dtl_eight(p + i, 8) | small, len);
        uint64_t hash = dtl_time_hash_key(key, 64 - DTL_TIME_FILTER_BITS);
        uint64_t strange =
            bits_from(k->strange, 64 * block + i) & ((UINT64_C(2) << len) - 1);

        out[n] = (uint32_t)(at + i);
        n += (filter[hash >> 6] >> (hash & 63) & 1) | (strange != 0);
    }
    return n;
}

/* What goes over from the bytes before one. */
static carry carry_from(dtl_str text, size_t at)
{
    unsigned char b[3] = {0};
    carry c = {0};
    bool mark;

    for (size_t i = 0; i < 3 && i < at; i++)
        b[i] = (unsigned char)text.ptr[at - 1 - i];
    c.mark3 = b[0] == 0xE2 ? 3 : b[1] == 0xE2;
    c.mark2 = b[0] == 0xC2;
    mark = b[0] == 0xE2 || b[1] == 0xE2 || b[2] == 0xE2 || b[0] == 0xC2 ||
           b[1] == 0xC2;
    c.word = b[0] < 0x80 ? (unsigned)((b[0] | 0x20) - 'a') < 26 : !mark;
    c.digit = (unsigned)(b[0] - '0') < 10;
    return c;
}

enum {
    BEHIND = 8, /* bytes behind a place that are read with it */
    TAIL = DTL_TIME_ANCHORS + 64 + BEHIND /* fewer are copied */
};

size_t DTL_LANES_NAME(dtl_time_find_anchors)(const uint64_t *filter,
                                             dtl_str text, size_t from,
                                             uint32_t out[DTL_TIME_ANCHORS])
{
    size_t left = text.len - from, n = 0, blocks = BLOCKS;
    const char *p = text.ptr + from;
    carry c = carry_from(text, from);
    char tail[TAIL];
    kinds k;

    if (left < TAIL) {
        memcpy(tail, p, left);
        memset(tail + left, ' ', TAIL - left);
        p = tail;
        blocks = left < DTL_TIME_ANCHORS ? (left + 63) / 64 : blocks;
    }
    for (size_t i = 0; i <= blocks; i++)
        put_kinds(&k, i, p + 64 * i, &c);
    k.word[blocks + 1] = k.strange[blocks + 1] = 0;
    for (size_t i = 0; i < blocks; i++)
        n = find_in_block(filter, &k, i, p + 64 * i, from + 64 * i, out, n);
    return n;
}
