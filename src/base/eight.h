/* Text as integers: up to eight bytes, the first of them lowest on every
 * machine, so that tables of such words can be made at build time. */
#ifndef DTL_BASE_EIGHT_H
#define DTL_BASE_EIGHT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The len bytes at p (0 to 8), and zeros above them. */
static inline uint64_t dtl_eight(const void *p, size_t len)
{
    uint64_t word = 0;

    memcpy(&word, p, len);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

#endif
