/* What the bytes of a text are, a bit each, some kilobytes at a time: where
 * runs of letters and digits begin and end is then a matter of counting
 * bits. */
#ifndef DTL_TEXT_BYTE_KINDS_H
#define DTL_TEXT_BYTE_KINDS_H

#include "base/cpu.h"

#include <dateline.h>
#include <stdint.h>

enum {
    DTL_BYTE_KINDS_BLOCKS = 32 /* of 64 bytes */
};

/* Of the bytes from `from` up to `to`: bit n of word k is byte from + 64 k + n.
 * Bits of bytes past `to` are 0. A byte that is of no kind is a space: one up
 * to U+0020, but a newline is another. */
typedef struct {
    size_t from, to;
    uint64_t letters[DTL_BYTE_KINDS_BLOCKS]; /* a-z, A-Z */
    uint64_t digits[DTL_BYTE_KINDS_BLOCKS];  /* 0-9 */
    uint64_t others[DTL_BYTE_KINDS_BLOCKS];  /* marks, newlines, non-ASCII */
} dtl_byte_kinds;

/* Says of the bytes of text from `from` on, as many as it holds. */
void dtl_byte_kinds_fill(dtl_byte_kinds *k, dtl_str text, size_t from);

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
