/* Reading a known name where it stands in the text: its end and its number, in
 * one look at 16 bytes. Names with capitals, which today's pages hardly have,
 * are left to names.c. For the tokenizer's hot loops, which are compiled for
 * each instruction set; base/lanes.h. */
#ifndef DTL_HTML_NAMES_LANES_H
#define DTL_HTML_NAMES_LANES_H

#include "base/lanes.h"
#include "html/names_hash.h"

typedef struct {
    dtl_name name; /* DTL_N_NONE where it takes more than a look to say */
    unsigned len;
} quick_name;

#if defined(__SSE4_1__) && !defined(DTL_LANES_PLAIN)

#include <smmintrin.h>

enum {
    DTL_NAME_LOOK = 16 /* bytes that a look needs */
};

#define DTL_NAME_ALL -1, -1, -1, -1, -1, -1, -1, -1
static const char name_keep[32] = {DTL_NAME_ALL, DTL_NAME_ALL};
#undef DTL_NAME_ALL

/* Bytes that end a name: space, tab, LF, FF, CR, '/', '>' and, of attributes,
 * '='. A byte is one of them when the table has it at its lower four bits;
 * CR and '=' share these, so CR is looked for by itself. */
DTL_INLINE unsigned name_stops(__m128i v, bool attr)
{
    const __m128i tag_table = _mm_setr_epi8(' ', 0, 0, 0, 0, 0, 0, 0, 0, '\t',
                                            '\n', 0, '\f', '\r', '>', '/');
    const __m128i attr_table = _mm_setr_epi8(' ', 0, 0, 0, 0, 0, 0, 0, 0, '\t',
                                             '\n', 0, '\f', '=', '>', '/');
    __m128i hit =
        _mm_cmpeq_epi8(_mm_shuffle_epi8(attr ? attr_table : tag_table, v), v);

    if (attr)
        hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('\r')));
    return (unsigned)_mm_movemask_epi8(hit);
}

/* The key of the name that is the first len bytes of v, up to 15. */
DTL_INLINE dtl_name_words name_key(__m128i v, unsigned len)
{
    __m128i keep =
        _mm_loadu_si128((const __m128i *)(const void *)(name_keep + 16 - len));

    v = _mm_and_si128(v, keep);
    return (dtl_name_words){(uint64_t)_mm_cvtsi128_si64(v),
                            (uint64_t)_mm_extract_epi64(v, 1) | (uint64_t)len
                                                                    << 56};
}

/* The known name that begins at p, where DTL_NAME_LOOK bytes can be read. The
 * first byte is part of the name whatever it is. */
DTL_INLINE quick_name look_at_name(const char *p, bool attr)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    unsigned stops = name_stops(v, attr) & ~1u;
    quick_name look = {DTL_N_NONE, 0};

    if (DTL_UNLIKELY(!stops))
        return look;
    look.len = (unsigned)__builtin_ctz(stops);
    look.name = dtl_names_short(name_key(v, look.len));
    return look;
}

#else

enum {
    DTL_NAME_LOOK = 0
};

DTL_INLINE quick_name look_at_name(const char *p, bool attr)
{
    (void)p, (void)attr;
    return (quick_name){DTL_N_NONE, 0};
}

#endif

#endif
