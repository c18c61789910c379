/* Plain UTF-8 coding. The decoder's ranges are those of table 3-7 of the
 * Unicode standard: what the second byte may be depends on the first. */
#include "base/utf8.h"

#include "base/ascii.h"
#include "base/str.h"
#include "base/utf8_simd.h"

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

/* dtl_utf8_valid_prefix from a place between two characters on, without
 * vectors. */
static size_t valid_from(dtl_str s, size_t at)
{
    size_t len;

    while (at < s.len) {
        if (!(s.ptr[at] & 0x80)) {
            at += dtl_ascii_prefix(dtl_str_sub(s, at, s.len));
            continue;
        }
        if (dtl_utf8_decode(s, at, &len) == 0xFFFD &&
            !(len == 3 && memcmp(s.ptr + at, "\xEF\xBF\xBD", 3) == 0))
            return at;
        at += len;
    }
    return at;
}

size_t dtl_utf8_valid_prefix(dtl_str s)
{
    return valid_from(s, dtl_utf8_valid_blocks(s));
}

size_t dtl_utf8_count(dtl_str s)
{
    size_t n = 0, i;

    for (i = 0; i < s.len; i++)
        n += !is_tail((unsigned char)s.ptr[i]);
    return n;
}
