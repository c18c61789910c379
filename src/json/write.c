/* The strict writer. Strings are copied in runs that need no escape, whose
 * ends are looked for in blocks. */
#include "json/write.h"
#include "base/lanes.h"
#include "base/number.h"
#include "base/str.h"
#include "base/utf8.h"

#include <assert.h>
#include <math.h>

/* Nothing more is written once anything was lost, so that the levels need
 * not agree with the calls from then on. */
static bool is_sound(const dtl_json_writer *w)
{
    return w->out->status == DTL_OK && w->inner.status == DTL_OK;
}

static bool in_object(const dtl_json_writer *w)
{
    size_t in = w->depth - 1;

    if (!w->depth)
        return false;
    return (in < DTL_JSON_OUTER_LEVELS
                ? w->outer[in]
                : w->inner.ptr[in - DTL_JSON_OUTER_LEVELS]) == '{';
}

void dtl_json_write_init(dtl_json_writer *w, dtl_buf *out, bool pretty)
{
    *w = (dtl_json_writer){.out = out, .pretty = pretty};
}

dtl_status dtl_json_write_end(dtl_json_writer *w)
{
    dtl_status status = w->out->status;

    if (w->inner.status != DTL_OK)
        status = w->inner.status;
    assert(status != DTL_OK || (!w->depth && !w->keyed && w->filled));
    dtl_buf_clear(&w->inner);
    return status;
}

static void indent(dtl_json_writer *w)
{
    size_t width = 2 * w->depth;
    char *to;

    if (!w->pretty)
        return;
    to = dtl_buf_reserve(w->out, width + 1);
    if (!to)
        return;
    to[0] = '\n';
    memset(to + 1, ' ', width);
    w->out->len += width + 1;
}

static void separate(dtl_json_writer *w)
{
    if (w->filled)
        dtl_buf_putc(w->out, ',');
    if (w->depth)
        indent(w);
    w->filled = true;
}

/* What stands before any value; false when nothing is to be written. */
static bool begin_value(dtl_json_writer *w)
{
    if (!is_sound(w))
        return false;
    if (in_object(w)) {
        assert(w->keyed && "a member needs a key");
        w->keyed = false;
    } else {
        assert((w->depth || !w->filled) && "a text is one value");
        separate(w);
    }
    return true;
}

static void open_level(dtl_json_writer *w, char bracket)
{
    if (!begin_value(w))
        return;
    dtl_buf_putc(w->out, bracket);
    if (w->depth < DTL_JSON_OUTER_LEVELS)
        w->outer[w->depth] = bracket;
    else
        dtl_buf_putc(&w->inner, bracket);
    w->depth++;
    w->filled = false;
}

void dtl_json_open_object(dtl_json_writer *w)
{
    open_level(w, '{');
}

void dtl_json_open_array(dtl_json_writer *w)
{
    open_level(w, '[');
}

void dtl_json_close(dtl_json_writer *w)
{
    char bracket;

    if (!is_sound(w))
        return;
    assert(w->depth && "nothing is open");
    assert(!w->keyed && "a key needs a value");
    bracket = in_object(w) ? '{' : '[';
    if (--w->depth >= DTL_JSON_OUTER_LEVELS)
        w->inner.len--;
    if (w->filled)
        indent(w);
    /* Both closing brackets stand two behind the opening one. */
    dtl_buf_putc(w->out, (char)(bracket + 2));
    w->filled = true;
}

/* ---- Strings --------------------------------------------------------- */

/* Control characters past ASCII's: U+0080 to U+009F begin with this. */
enum {
    LEAD_OF_C1 = 0xc2
};

/* The first byte of [p, end) that needs an escape, or may, or end. */
static const char *find_escape(const char *p, const char *end)
{
    const dtl_byte_set set = {{'"', '\\', 0x7f, LEAD_OF_C1}};
    dtl_mask found;
    dtl_lanes block;

    for (; end - p >= DTL_LANES; p += DTL_LANES) {
        block = dtl_lanes_load(p);
        found = dtl_lanes_below(block, 0x20) | dtl_lanes_in(block, set);
        if (found)
            return p + dtl_mask_first(found);
    }
    while (p < end && (unsigned char)*p >= 0x20 && *p != '"' && *p != '\\' &&
           *p != 0x7f && (unsigned char)*p != LEAD_OF_C1)
        p++;
    return p;
}

static void put_escape(dtl_buf *out, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char letters[0x20] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r',
    };
    char text[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};

    if (c == '"' || c == '\\' || (c < 0x20 && letters[c])) {
        text[1] = c < 0x20 ? letters[c] : (char)c;
        dtl_buf_append(out, text, 2);
        return;
    }
    dtl_buf_append(out, text, 6);
}

/* Writes s, which is well-formed. JSON asks for escapes of quotes, backslashes
 * and what is below U+0020; DEL and U+0080 to U+009F get one too, so that a
 * record shown on a terminal cannot command it. */
static void put_escaped(dtl_buf *out, dtl_str s)
{
    const char *p = s.ptr, *end = p + s.len, *at;

    for (;;) {
        at = find_escape(p, end);
        dtl_buf_append(out, p, (size_t)(at - p));
        if (at == end)
            return;
        p = at + 1;
        if ((unsigned char)*at != LEAD_OF_C1)
            put_escape(out, (unsigned char)*at);
        else if ((unsigned char)*p < 0xa0)
            put_escape(out, (unsigned char)*p++);
        else
            dtl_buf_append(out, p++ - 1, 2);
    }
}

/* Of len bytes at p, with a block of spaces behind, those at the beginning
 * that are written as they are, whatever follows: of ASCII, and no escapes. */
static size_t plain_length(const char *p, size_t len)
{
    const dtl_byte_set set = {{'"', '\\', 0x7f, 0x7f}};
    size_t i;

    for (i = 0; i < len; i += DTL_LANES) {
        dtl_lanes block = dtl_lanes_load(p + i);
        dtl_mask special = (dtl_lanes_below(block, 0x80) ^ DTL_MASK_ALL) |
                           dtl_lanes_below(block, 0x20) |
                           dtl_lanes_in(block, set);

        if (special)
            return i + dtl_mask_first(special);
    }
    return len;
}

/* The rest of a string, of which anything is to be expected. */
static void put_checked(dtl_buf *out, dtl_str s)
{
    size_t good, bad;

    for (;;) {
        good = dtl_utf8_valid_prefix(s);
        put_escaped(out, dtl_str_sub(s, 0, good));
        if (good == s.len)
            break;
        dtl_utf8_decode(s, good, &bad);
        dtl_buf_put_utf8(out, 0xFFFD);
        s = dtl_str_sub(s, good + bad, s.len);
    }
}

/* Most strings are keys and short words, and have nothing to escape: so a
 * string is copied, and what need be is then written again. */
static void put_quoted(dtl_buf *out, dtl_str s)
{
    size_t plain;
    char *to;

    if (s.len > SIZE_MAX - 2 - DTL_LANES)
        return;
    to = dtl_buf_reserve(out, s.len + 2 + DTL_LANES);
    if (!to)
        return;
    *to++ = '"';
    if (s.len)
        memcpy(to, s.ptr, s.len);
    memset(to + s.len, ' ', DTL_LANES);
    plain = plain_length(to, s.len);
    out->len += plain + 1;
    if (plain < s.len)
        put_checked(out, dtl_str_sub(s, plain, s.len));
    dtl_buf_putc(out, '"');
}

void dtl_json_put_key_str(dtl_json_writer *w, dtl_str key)
{
    if (!is_sound(w))
        return;
    assert(in_object(w) && "only members have keys");
    assert(!w->keyed && "the key before needs a value");
    separate(w);
    put_quoted(w->out, key);
    dtl_buf_putc(w->out, ':');
    if (w->pretty)
        dtl_buf_putc(w->out, ' ');
    w->keyed = true;
}

void dtl_json_put_key(dtl_json_writer *w, const char *key)
{
    dtl_json_put_key_str(w, dtl_str_of(key));
}

void dtl_json_put_str(dtl_json_writer *w, dtl_str s)
{
    if (!s.ptr)
        dtl_json_put_null(w);
    else if (begin_value(w))
        put_quoted(w->out, s);
}

/* ---- Other scalars --------------------------------------------------- */

void dtl_json_put_raw(dtl_json_writer *w, dtl_str text)
{
    if (begin_value(w))
        dtl_buf_str(w->out, text);
}

static void put_digits(dtl_json_writer *w, uint64_t value, bool negative)
{
    char text[21];
    size_t at = sizeof text;

    do {
        text[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    if (negative)
        text[--at] = '-';
    dtl_json_put_raw(w, (dtl_str){text + at, sizeof text - at});
}

void dtl_json_put_uint(dtl_json_writer *w, uint64_t value)
{
    put_digits(w, value, false);
}

void dtl_json_put_int(dtl_json_writer *w, int64_t value)
{
    put_digits(w, value < 0 ? -(uint64_t)value : (uint64_t)value, value < 0);
}

void dtl_json_put_double(dtl_json_writer *w, double value)
{
    char text[DTL_DOUBLE_CHARS];

    if (!isfinite(value))
        dtl_json_put_null(w);
    else
        dtl_json_put_raw(w, (dtl_str){text, dtl_double_format(value, text)});
}

void dtl_json_put_rounded(dtl_json_writer *w, double value, int decimals)
{
    double scale = 1, scaled;
    int i;

    assert(decimals >= 0 && decimals <= 9);
    for (i = 0; i < decimals; i++)
        scale *= 10;
    scaled = value * scale;
    /* Past 2^53 every double is whole, and has no decimals to round. */
    if (fabs(scaled) < 0x1p53)
        value = (double)(int64_t)(scaled + (scaled < 0 ? -0.5 : 0.5)) / scale;
    dtl_json_put_double(w, value == 0 ? 0 : value);
}

void dtl_json_put_bool(dtl_json_writer *w, bool value)
{
    dtl_json_put_raw(w, value ? DTL_STR("true") : DTL_STR("false"));
}

void dtl_json_put_null(dtl_json_writer *w)
{
    dtl_json_put_raw(w, DTL_STR("null"));
}

/* ---- Members --------------------------------------------------------- */

void dtl_json_member_str(dtl_json_writer *w, const char *key, dtl_str s)
{
    dtl_json_put_key(w, key);
    dtl_json_put_str(w, s);
}

void dtl_json_member_opt(dtl_json_writer *w, const char *key, dtl_str s)
{
    if (s.ptr)
        dtl_json_member_str(w, key, s);
}

void dtl_json_member_int(dtl_json_writer *w, const char *key, int64_t value)
{
    dtl_json_put_key(w, key);
    dtl_json_put_int(w, value);
}

void dtl_json_member_bool(dtl_json_writer *w, const char *key, bool value)
{
    dtl_json_put_key(w, key);
    dtl_json_put_bool(w, value);
}
