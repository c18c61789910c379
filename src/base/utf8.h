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

/* Bytes before the first malformed sequence; s.len when all is valid. */
size_t dtl_utf8_valid_prefix(dtl_str s);

/* Code points in valid UTF-8. */
size_t dtl_utf8_count(dtl_str s);

#endif
