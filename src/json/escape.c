/* Decodes escapes. No escape is shorter than what it stands for, so the
 * output has room in as many bytes as the input. */
#include "json/escape.h"
#include "base/str.h"
#include "base/utf8.h"

/* 1 + what \c stands for, for the escapes of one letter; 0: the letter. */
static const unsigned char letters[128] = {
    ['b'] = '\b' + 1, ['f'] = '\f' + 1, ['n'] = '\n' + 1, ['r'] = '\r' + 1,
    ['t'] = '\t' + 1, ['v'] = '\v' + 1, ['0'] = '\0' + 1,
};

/* Reads exactly count hexadecimal digits at p; -1 when they are not there. */
static int32_t read_hex(const char *p, const char *end, int count)
{
    int32_t value = 0;
    int i, digit;

    if (end - p < count)
        return -1;
    for (i = 0; i < count; i++) {
        digit = dtl_hex_digit(p[i]);
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* Reads "{1F600}" at p, and sets *len to its bytes; -1 when malformed. */
static int32_t read_braced(const char *p, const char *end, size_t *len)
{
    const char *at = p + 1;
    int32_t value = 0;
    int digit;

    while (at < end && (digit = dtl_hex_digit(*at)) >= 0 && value <= 0x10FFFF) {
        value = value * 16 + digit;
        at++;
    }
    if (at == p + 1 || at == end || *at != '}' || value > 0x10FFFF)
        return -1;
    *len = (size_t)(at + 1 - p);
    return value;
}

/* Decodes a \u at p, which is behind the u: one escape, or the two of a
 * surrogate pair. Sets *len to the bytes read; -1 when malformed. */
static int32_t read_unicode(const char *p, const char *end, size_t *len)
{
    int32_t high, low;

    if (p < end && *p == '{')
        return read_braced(p, end, len);
    high = read_hex(p, end, 4);
    *len = 4;
    if (high < 0xD800 || high > 0xDBFF || end - p < 10 || p[4] != '\\' ||
        p[5] != 'u')
        return high;
    low = read_hex(p + 6, end, 4);
    if (low < 0xDC00 || low > 0xDFFF)
        return high;
    *len = 10;
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

/* Bytes of the line end at p that a backslash takes away, or 0. */
static size_t line_end(const char *p, const char *end)
{
    if (*p == '\n')
        return 1;
    if (*p == '\r')
        return end - p > 1 && p[1] == '\n' ? 2 : 1;
    if (end - p >= 3 && p[0] == '\xE2' && p[1] == '\x80' &&
        (p[2] == '\xA8' || p[2] == '\xA9'))
        return 3;
    return 0;
}

/* Decodes the escape whose backslash is at p[-1]; moves *to past what it
 * wrote and returns what follows the escape. */
static const char *decode(const char *p, const char *end, char **to)
{
    unsigned char c = (unsigned char)*p;
    int32_t cp;
    size_t len = 0;

    if (c < 128 && letters[c]) {
        *(*to)++ = (char)(letters[c] - 1);
        return p + 1;
    }
    if (c == 'u' || c == 'x') {
        if (c == 'u') {
            cp = read_unicode(p + 1, end, &len);
        } else {
            cp = read_hex(p + 1, end, 2);
            len = 2;
        }
        if (cp < 0) {
            *(*to)++ = '\\';
            return p;
        }
        *to += dtl_utf8_encode((uint32_t)cp, *to);
        return p + 1 + len;
    }
    len = line_end(p, end);
    if (!len)
        *(*to)++ = *p++;
    return p + len;
}

dtl_str dtl_json_unescape(dtl_arena *arena, dtl_str literal)
{
    const char *p = literal.ptr, *end = p + literal.len, *slash;
    char *out = dtl_arena_alloc(arena, literal.len), *to = out;
    size_t run;

    if (!out)
        return (dtl_str){NULL, 0};
    while (p < end) {
        slash = memchr(p, '\\', (size_t)(end - p));
        run = (size_t)((slash ? slash : end) - p);
        memcpy(to, p, run);
        to += run;
        p += run;
        if (!slash)
            break;
        /* A backslash at the very end is what is left of a cut escape. */
        if (++p < end)
            p = decode(p, end, &to);
    }
    dtl_arena_resize(arena, out, literal.len, (size_t)(to - out));
    return (dtl_str){out, (size_t)(to - out)};
}
