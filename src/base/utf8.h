/* UTF-8 as the Encoding standard and Unicode have it: no surrogates, no
 * overlong forms, nothing past U+10FFFF. */
#ifndef DTL_BASE_UTF8_H
#define DTL_BASE_UTF8_H

#include <dateline.h>

/* Writes cp and returns its 1 to 4 bytes; U+FFFD for what is no scalar. */
static inline size_t dtl_utf8_encode(uint32_t cp, char out[4])
{
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        cp = 0xFFFD;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

/* Decodes the code point at s.ptr + at (at < s.len) and sets *len to its
 * bytes. A malformed sequence gives U+FFFD and the length of its maximal
 * subpart (Unicode 3.9, "U+FFFD Substitution of Maximal Subparts"). */
uint32_t dtl_utf8_decode(dtl_str s, size_t at, size_t *len);

/* The same for text that is walked through: takes the code point at *at off
 * and moves *at behind it. What is common is decoded inline. */
static inline uint32_t dtl_utf8_next(dtl_str s, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s.ptr + *at;
    size_t left = s.len - *at, len;
    uint32_t cp;

    if (p[0] < 0x80) {
        *at += 1;
        return p[0];
    }
    if (p[0] >= 0xC2 && p[0] < 0xE0 && left > 1 && (p[1] & 0xC0) == 0x80) {
        *at += 2;
        return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3F);
    }
    /* E0 and ED restrict what may follow. */
    if (p[0] > 0xE0 && p[0] < 0xF0 && p[0] != 0xED && left > 2 &&
        (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) {
        *at += 3;
        return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3F);
    }
    cp = dtl_utf8_decode(s, *at, &len);
    *at += len;
    return cp;
}

/* Bytes before the first malformed sequence; s.len when all is valid. */
size_t dtl_utf8_valid_prefix(dtl_str s);

/* Code points in valid UTF-8. */
size_t dtl_utf8_count(dtl_str s);

#endif
