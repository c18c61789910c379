/* Plain UTF-8 coding. The decoder's ranges are those of table 3-7 of the
 * Unicode standard: what the second byte may be depends on the first. */
#include "base/utf8.h"

#include <string.h>

size_t dtl_utf8_encode(uint32_t cp, char out[4])
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

static bool is_tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

uint32_t dtl_utf8_decode(dtl_str s, size_t at, size_t *len)
{
    const unsigned char *p = (const unsigned char *)s.ptr + at;
    size_t left = s.len - at, need, i;
    unsigned char low = 0x80, high = 0xBF;
    uint32_t cp;

    *len = 1;
    if (p[0] < 0x80)
        return p[0];
    if (p[0] < 0xC2 || p[0] > 0xF4)
        return 0xFFFD;
    need = p[0] < 0xE0 ? 1 : p[0] < 0xF0 ? 2 : 3;
    cp = p[0] & (0x3Fu >> need);
    if (p[0] == 0xE0)
        low = 0xA0;
    else if (p[0] == 0xED)
        high = 0x9F;
    else if (p[0] == 0xF0)
        low = 0x90;
    else if (p[0] == 0xF4)
        high = 0x8F;
    if (left < 2 || p[1] < low || p[1] > high)
        return 0xFFFD;
    cp = cp << 6 | (p[1] & 0x3F);
    for (i = 2; i <= need; i++) {
        *len = i;
        if (i >= left || !is_tail(p[i]))
            return 0xFFFD;
        cp = cp << 6 | (p[i] & 0x3F);
    }
    *len = need + 1;
    return cp;
}

size_t dtl_utf8_valid_prefix(dtl_str s)
{
    size_t at = 0, len;
    uint64_t word;

    while (at < s.len) {
        if (s.len - at >= 8) {
            memcpy(&word, s.ptr + at, 8);
            if (!(word & 0x8080808080808080u)) {
                at += 8;
                continue;
            }
        }
        if (dtl_utf8_decode(s, at, &len) == 0xFFFD &&
            !(len == 3 && memcmp(s.ptr + at, "\xEF\xBF\xBD", 3) == 0))
            return at;
        at += len;
    }
    return at;
}

size_t dtl_utf8_count(dtl_str s)
{
    size_t n = 0, i;

    for (i = 0; i < s.len; i++)
        n += !is_tail((unsigned char)s.ptr[i]);
    return n;
}
