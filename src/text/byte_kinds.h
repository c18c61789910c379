/* What the bytes of a text are, a bit each, some kilobytes at a time: where
 * runs of letters and digits begin and end is then a matter of counting
 * bits. */
#ifndef DTL_TEXT_BYTE_KINDS_H
#define DTL_TEXT_BYTE_KINDS_H

#include "base/cpu.h"

#include <dateline.h>
#include <stdint.h>
#include <string.h>

enum {
    DTL_BYTE_KINDS_BLOCKS = 32 /* of 64 bytes */
};

/* Of the bytes from `from` up to `to`: bit n of word k is byte from + 64 k + n.
 * Bits of bytes past `to` are 0. A byte that is of no kind is a space: one up
 * to U+0020 that is no newline. */
typedef struct {
    size_t from, to;
    uint64_t letters[DTL_BYTE_KINDS_BLOCKS + 1]; /* a-z, A-Z */
    uint64_t odd[DTL_BYTE_KINDS_BLOCKS + 1];     /* digits, newlines, non-ASCII,
                                                    and the marks from @ to _ */
    uint64_t marks[DTL_BYTE_KINDS_BLOCKS + 1];   /* any other of ASCII */
} dtl_byte_kinds;

/* Says of the bytes of text from `from` on, as many as it holds. */
void dtl_byte_kinds_fill(dtl_byte_kinds *k, dtl_str text, size_t from);

enum {
    DTL_BIT_WINDOW = 57 /* bits that dtl_bits_from gives */
};

/* The bits from `at` on, DTL_BIT_WINDOW of them, the first lowest; what is
 * above does not matter. Behind the word with that bit there is another. */
static inline uint64_t dtl_bits_from(const uint64_t *bits, size_t at)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t window;

    memcpy(&window, (const char *)bits + at / 8, 8);
    return window >> at % 8;
#else
    return bits[at / 64] >> at % 64 | bits[at / 64 + 1] << 1 << (63 - at % 64);
#endif
}

/* How many bits are set in a row from bit `at` on: exact below
 * DTL_BIT_WINDOW, more is told as that. */
static inline unsigned dtl_bit_run(const uint64_t *bits, size_t at)
{
    return (unsigned)__builtin_ctzll(~dtl_bits_from(bits, at) |
                                     UINT64_C(1) << DTL_BIT_WINDOW);
}

/* The end of the run of set bits that byte at, within k, is in or begins; at
 * most k->to. */
static inline size_t dtl_byte_run_end(const dtl_byte_kinds *k,
                                      const uint64_t *bits, size_t at)
{
    size_t i = at - k->from, last = (k->to - k->from - 1) / 64, block = i / 64;
    uint64_t rest = ~bits[block] >> i % 64;

    if (rest)
        return at + (size_t)__builtin_ctzll(rest);
    while (block++ < last) {
        if (~bits[block])
            return k->from + 64 * block + (size_t)__builtin_ctzll(~bits[block]);
    }
    return k->to;
}

/* The same as dtl_byte_kinds_fill, by the instruction set of that name. */
void dtl_byte_kinds_fill_plain(dtl_byte_kinds *k, dtl_str text, size_t from);
void dtl_byte_kinds_fill_sse41(dtl_byte_kinds *k, dtl_str text, size_t from);
void dtl_byte_kinds_fill_avx2(dtl_byte_kinds *k, dtl_str text, size_t from);

#endif
