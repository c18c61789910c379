/* The decoders of Japanese (Encoding standard, section 12): EUC-JP,
 * ISO-2022-JP and Shift_JIS, three ways to write JIS X 0208. */
#include "html/decode.h"

/* Both 0 for none. */
static uint32_t jis0208(unsigned pointer)
{
    return pointer < DTL_JIS0208_COUNT ? dtl_encoding_jis0208[pointer] : 0;
}

static uint32_t jis0212(unsigned pointer)
{
    return pointer < DTL_JIS0212_COUNT ? dtl_encoding_jis0212[pointer] : 0;
}

/* ---- EUC-JP ---------------------------------------------------------- */

static bool is_euc(unsigned char c)
{
    return c >= 0xA1 && c <= 0xFE;
}

static unsigned euc_pointer(const unsigned char *p)
{
    return (p[0] - 0xA1u) * 94 + (p[1] - 0xA1u);
}

/* 0x8F and two bytes of JIS X 0212; the first of them has been looked at. */
static size_t euc_three_bytes(const unsigned char *p, size_t left, char **out)
{
    uint32_t cp = 0;

    if (left < 3)
        return dtl_decode_error(2, out);
    if (is_euc(p[2]))
        cp = jis0212(euc_pointer(p + 1));
    if (!cp)
        return 1 + dtl_decode_bad_trail(p[2], out);
    dtl_decode_put(out, cp);
    return 3;
}

static inline size_t euc_sequence(const unsigned char *p, size_t left,
                                  char **out)
{
    uint32_t cp = 0;

    if ((!is_euc(p[0]) && p[0] != 0x8E && p[0] != 0x8F) || left < 2)
        return dtl_decode_error(1, out);
    if (p[0] == 0x8F && is_euc(p[1]))
        return euc_three_bytes(p, left, out);
    if (p[0] == 0x8E && p[1] >= 0xA1 && p[1] <= 0xDF)
        cp = 0xFF61u + (p[1] - 0xA1u);
    else if (is_euc(p[0]) && is_euc(p[1]))
        cp = jis0208(euc_pointer(p));
    if (!cp)
        return dtl_decode_bad_trail(p[1], out);
    dtl_decode_put(out, cp);
    return 2;
}

void dtl_decode_euc_jp(dtl_decoding *d)
{
    dtl_decode_run(d, euc_sequence);
}

/* ---- Shift_JIS ------------------------------------------------------- */

static inline size_t sjis_sequence(const unsigned char *p, size_t left,
                                   char **out)
{
    unsigned trail, pointer;
    uint32_t cp;

    if (p[0] == 0x80 || (p[0] >= 0xA1 && p[0] <= 0xDF)) {
        dtl_decode_put(out, p[0] == 0x80 ? 0x80 : 0xFF61u + (p[0] - 0xA1u));
        return 1;
    }
    if (p[0] == 0xA0 || p[0] > 0xFC || left < 2)
        return dtl_decode_error(1, out);
    trail = p[1];
    if (trail < 0x40 || trail == 0x7F || trail > 0xFC)
        return dtl_decode_bad_trail(p[1], out);
    trail -= trail < 0x7F ? 0x40 : 0x41;
    pointer = (p[0] - (p[0] < 0xA0 ? 0x81u : 0xC1u)) * 188 + trail;
    /* Windows' end-user-defined characters, which are for private use. */
    cp = pointer >= 8836 && pointer <= 10715 ? 0xE000 + (pointer - 8836)
                                             : jis0208(pointer);
    if (!cp)
        return dtl_decode_bad_trail(p[1], out);
    dtl_decode_put(out, cp);
    return 2;
}

void dtl_decode_shift_jis(dtl_decoding *d)
{
    dtl_decode_run(d, sjis_sequence);
}

/* ---- ISO-2022-JP ----------------------------------------------------- */

#define ESC 0x1B

/* The states between characters; the standard's others are looked ahead. */
enum {
    ASCII,
    ROMAN,
    KATAKANA,
    JIS0208
};

/* The state that the two bytes after an ESC ask for, or -1. */
static int escape_state(unsigned char first, unsigned char second)
{
    if (first == '(' && second == 'B')
        return ASCII;
    if (first == '(' && second == 'J')
        return ROMAN;
    if (first == '(' && second == 'I')
        return KATAKANA;
    if (first == '$' && (second == '@' || second == 'B'))
        return JIS0208;
    return -1;
}

/* Two escapes without a character between them are an error (the second one
 * counts all the same): concatenation could hide markup in them. What is no
 * escape is an error and read again behind the ESC. */
static size_t iso_escape(dtl_decoding *d, const unsigned char *p, size_t left)
{
    int state = left < 3 ? -1 : escape_state(p[1], p[2]);
    bool twice = d->just_escaped;

    d->just_escaped = state >= 0;
    if (state < 0)
        return dtl_decode_error(1, &d->out);
    d->escaped = (uint8_t)state;
    if (twice)
        dtl_decode_put(&d->out, DTL_REPLACEMENT);
    return 3;
}

static size_t iso_two_bytes(dtl_decoding *d, const unsigned char *p,
                            size_t left)
{
    uint32_t cp = 0;

    if (p[0] < 0x21 || p[0] > 0x7E || left < 2 || p[1] == ESC)
        return dtl_decode_error(1, &d->out);
    if (p[1] >= 0x21 && p[1] <= 0x7E)
        cp = jis0208((p[0] - 0x21u) * 94 + (p[1] - 0x21u));
    dtl_decode_put(&d->out, cp ? cp : DTL_REPLACEMENT);
    return 2;
}

/* In the states of one byte a character. */
static uint32_t iso_one_byte(const dtl_decoding *d, unsigned char c)
{
    if (d->escaped == KATAKANA)
        return c >= 0x21 && c <= 0x5F ? 0xFF61u + (c - 0x21u) : DTL_REPLACEMENT;
    if (c >= 0x80 || c == 0x0E || c == 0x0F)
        return DTL_REPLACEMENT;
    if (d->escaped == ROMAN && c == 0x5C)
        return 0xA5;
    if (d->escaped == ROMAN && c == 0x7E)
        return 0x203E;
    return c;
}

void dtl_decode_iso_2022_jp(dtl_decoding *d)
{
    while (d->at < d->stop) {
        const unsigned char *p = (const unsigned char *)d->in.ptr + d->at;
        size_t left = d->in.len - d->at;

        if (*p == ESC) {
            d->at += iso_escape(d, p, left);
            continue;
        }
        d->just_escaped = false;
        if (d->escaped == JIS0208) {
            d->at += iso_two_bytes(d, p, left);
            continue;
        }
        dtl_decode_put(&d->out, iso_one_byte(d, *p));
        d->at++;
    }
}
