/* Reading a known name where it stands in the text: its end and its number, in
 * one look at 16 bytes. Names with capitals, which today's pages hardly have,
 * are left to names.c. For the tokenizer's hot loops, which are compiled for
 * each instruction set; base/lanes.h. */
#ifndef DTL_HTML_NAMES_LANES_H
#define DTL_HTML_NAMES_LANES_H

#include "base/lanes.h"
#include "html/names_hash.h"
#include "html/tokenizer_states.h"

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

/* Rows of 16 bytes, row n with n in its last. */
#define DTL_NAME_ROW(n) [(n)*16 + 15] = (n)
static const char name_lengths[256] = {
    DTL_NAME_ROW(1),  DTL_NAME_ROW(2),  DTL_NAME_ROW(3),  DTL_NAME_ROW(4),
    DTL_NAME_ROW(5),  DTL_NAME_ROW(6),  DTL_NAME_ROW(7),  DTL_NAME_ROW(8),
    DTL_NAME_ROW(9),  DTL_NAME_ROW(10), DTL_NAME_ROW(11), DTL_NAME_ROW(12),
    DTL_NAME_ROW(13), DTL_NAME_ROW(14), DTL_NAME_ROW(15),
};
#undef DTL_NAME_ROW

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

/* The key of the name that is the first len bytes of v, up to 15; see
 * names_hash.h. */
DTL_INLINE __m128i name_key(__m128i v, unsigned len)
{
    __m128i keep =
        _mm_loadu_si128((const __m128i *)(const void *)(name_keep + 16 - len));
    __m128i last = _mm_loadu_si128(
        (const __m128i *)(const void *)(name_lengths + len * 16));

    return _mm_or_si128(_mm_and_si128(v, keep), last);
}

DTL_INLINE bool is_key_of(dtl_name name, __m128i key)
{
    const void *head = &dtl_names_heads[name];
    __m128i differ = _mm_xor_si128(_mm_loadu_si128(head), key);

    return _mm_testz_si128(differ, differ);
}

/* The known name, without capitals, that a key stands for, or DTL_N_NONE.
 * Most names are met at the first step. */
DTL_INLINE dtl_name name_of_key(__m128i key)
{
    dtl_name_words words = {(uint64_t)_mm_cvtsi128_si64(key),
                            (uint64_t)_mm_extract_epi64(key, 1)};
    uint32_t at =
        dtl_names_slot(words, (dtl_name_words){0, 0}, KNOWN_SLOT_BITS);
    dtl_name name = dtl_names_slots[at];

    while (DTL_UNLIKELY(!is_key_of(name, key)) && name != DTL_N_NONE) {
        at = (at + 1) & ((1 << KNOWN_SLOT_BITS) - 1);
        name = dtl_names_slots[at];
    }
    return name;
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
    look.name = name_of_key(name_key(v, look.len));
    return look;
}

/* The end of a name, by looks as far as they go, then byte by byte. */
DTL_INLINE const char *name_end(const char *p, const char *end, bool attr,
                                unsigned kind)
{
    for (p++; end - p >= 16; p += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        unsigned stops = name_stops(v, attr);

        if (stops)
            return p + __builtin_ctz(stops);
    }
    while (p < end && !is_kind(*p, kind))
        p++;
    return p;
}

#else

enum {
    DTL_NAME_LOOK = 0
};

DTL_INLINE const char *name_end(const char *p, const char *end, bool attr,
                                unsigned kind)
{
    (void)attr;
    for (p++; p < end && !is_kind(*p, kind);)
        p++;
    return p;
}

DTL_INLINE quick_name look_at_name(const char *p, bool attr)
{
    (void)p, (void)attr;
    return (quick_name){DTL_N_NONE, 0};
}

#endif

#endif
