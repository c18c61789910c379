/* Character references.
 *
 * Names are letters and digits, and most end in ';'. So the longest name that
 * matches is either all letters and digits that follow with the ';' behind
 * them, or one of the few legacy names that need none, which are short: a
 * handful of look-ups in a hash table decide, however long the text goes
 * on. */
#include "html/entities.h"
#include "base/str.h"
#include "base/utf8.h"

typedef struct {
    uint16_t name; /* where it begins in entity_names */
    uint8_t len, text_len;
    char text[DTL_REFERENCE_MAX]; /* UTF-8 */
} entity;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverlength-strings"
#include "html/entities_table.h"
#pragma GCC diagnostic pop

static const entity *find(const char *name, size_t len)
{
    uint32_t hash = (uint32_t)len;
    uint32_t at;
    size_t i;

    for (i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)name[i]) * HASH_FACTOR;
    at = hash >> (32 - SLOT_BITS);
    while (entity_slots[at]) {
        const entity *e = &entities[entity_slots[at] - 1];

        if (e->len == len && memcmp(entity_names + e->name, name, len) == 0)
            return e;
        at = (at + 1) & ((1 << SLOT_BITS) - 1);
    }
    return NULL;
}

static bool is_alnum(char c)
{
    return dtl_is_alpha(c) || dtl_is_digit(c);
}

/* Named character reference state (13.2.5.78), s behind the '&': the longest
 * name that s begins with. */
static const entity *longest_name(dtl_str s)
{
    const entity *e = NULL;
    size_t len = 0;

    while (len < s.len && len < LONGEST_NAME && is_alnum(s.ptr[len]))
        len++;
    if (len < s.len && s.ptr[len] == ';')
        e = find(s.ptr, len + 1);
    if (len > LONGEST_LEGACY)
        len = LONGEST_LEGACY;
    for (; !e && len >= SHORTEST_LEGACY; len--)
        e = find(s.ptr, len);
    return e;
}

static size_t named(dtl_str s, bool in_attr, char *out, size_t *out_len)
{
    const entity *e = longest_name(dtl_str_sub(s, 1, s.len));
    size_t taken;

    if (!e)
        return 0;
    taken = (size_t)e->len + 1;
    if (in_attr && s.ptr[taken - 1] != ';' && taken < s.len &&
        (s.ptr[taken] == '=' || is_alnum(s.ptr[taken])))
        return 0;
    memcpy(out, e->text, e->text_len);
    *out_len = e->text_len;
    return taken;
}

/* What the table of 13.2.5.84 makes of C1 controls: the characters that
 * windows-1252 has there. */
static const uint16_t c1_replacements[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
    0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

/* Value of a digit, or 255. */
static unsigned digit_value(char c, unsigned base)
{
    unsigned value = 255;

    if (dtl_is_digit(c))
        value = (unsigned)(c - '0');
    else if (base == 16 && (c | 0x20) >= 'a' && (c | 0x20) <= 'f')
        value = (unsigned)((c | 0x20) - 'a' + 10);
    return value;
}

/* Numeric character reference states (13.2.5.80-.84), s at "&#". */
static size_t numeric(dtl_str s, char *out, size_t *out_len)
{
    unsigned base = s.len > 2 && (s.ptr[2] | 0x20) == 'x' ? 16 : 10;
    size_t first = base == 16 ? 3 : 2, at;
    uint32_t code = 0;

    for (at = first; at < s.len; at++) {
        unsigned digit = digit_value(s.ptr[at], base);

        if (digit == 255)
            break;
        if (code < 0x110000)
            code = code * base + digit;
    }
    if (at == first)
        return 0;
    if (at < s.len && s.ptr[at] == ';')
        at++;
    if (code == 0)
        code = 0xFFFD;
    else if (code >= 0x80 && code <= 0x9F)
        code = c1_replacements[code - 0x80];
    /* Surrogates and what is past U+10FFFF become U+FFFD in here. */
    *out_len = dtl_utf8_encode(code, out);
    return at;
}

size_t dtl_html_reference(dtl_str s, bool in_attr, char out[DTL_REFERENCE_MAX],
                          size_t *out_len)
{
    if (s.len < 3)
        return 0;
    if (s.ptr[1] == '#')
        return numeric(s, out, out_len);
    return named(s, in_attr, out, out_len);
}
