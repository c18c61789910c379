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

/* ---- Room ----------------------------------------------------------------
 *
 * What is written asks for all its room at once, and then writes at a bare
 * pointer; end() says how far it came. */

/* Room that a newline and its indentation take. */
static size_t indent_room(const dtl_json_writer *w)
{
    return w->pretty ? 2 * w->depth + 1 : 0;
}

static char *indent(const dtl_json_writer *w, char *to)
{
    if (!w->pretty)
        return to;
    *to++ = '\n';
    memset(to, ' ', 2 * w->depth);
    return to + 2 * w->depth;
}

/* Writes what stands between the elements of a level. */
static char *separate(dtl_json_writer *w, char *to)
{
    if (w->filled)
        *to++ = ',';
    w->filled = true;
    return w->depth ? indent(w, to) : to;
}

static void end(dtl_json_writer *w, const char *to)
{
    w->out->len = (size_t)(to - w->out->ptr);
}

/* Where a value of up to room bytes is to be written, behind what stands
 * before any; NULL when nothing is to be written. */
static char *begin_value(dtl_json_writer *w, size_t room)
{
    char *to;

    if (!is_sound(w))
        return NULL;
    if (in_object(w)) {
        assert(w->keyed && "a member needs a key");
        w->keyed = false;
        return dtl_buf_reserve(w->out, room);
    }
    assert((w->depth || !w->filled) && "a text is one value");
    to = dtl_buf_reserve(w->out, room + 1 + indent_room(w));
    return to ? separate(w, to) : NULL;
}

/* The same of a member, behind its key, which needs no escape. */
static char *begin_member(dtl_json_writer *w, dtl_str key, size_t room)
{
    char *to;

    if (!is_sound(w))
        return NULL;
    assert(in_object(w) && "only members have keys");
    assert(!w->keyed && "the key before needs a value");
    to = dtl_buf_reserve(w->out, room + key.len + 5 + indent_room(w));
    if (!to)
        return NULL;
    to = separate(w, to);
    *to++ = '"';
    memcpy(to, key.ptr, key.len);
    to += key.len;
    *to++ = '"';
    *to++ = ':';
    if (w->pretty)
        *to++ = ' ';
    return to;
}

static void open_level(dtl_json_writer *w, char bracket)
{
    char *to = begin_value(w, 1);

    if (!to)
        return;
    *to++ = bracket;
    end(w, to);
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
    char bracket, *to;

    if (!is_sound(w))
        return;
    assert(w->depth && "nothing is open");
    assert(!w->keyed && "a key needs a value");
    bracket = in_object(w) ? '{' : '[';
    if (--w->depth >= DTL_JSON_OUTER_LEVELS)
        w->inner.len--;
    to = dtl_buf_reserve(w->out, 1 + indent_room(w));
    if (!to)
        return;
    if (w->filled)
        to = indent(w, to);
    /* Both closing brackets stand two behind the opening one. */
    *to++ = (char)(bracket + 2);
    end(w, to);
    w->filled = true;
}

/* ---- Strings --------------------------------------------------------- */

enum {
    /* Control characters past ASCII's, U+0080 to U+009F, begin with this. */
    LEAD_OF_C1 = 0xc2,
    ESCAPE_MAX = 6
};

/* The bytes of a block that are more than to be copied. Where UTF-8 is known
 * to be sound, those are what escapes stand for, or may; else all past ASCII
 * too. */
DTL_INLINE dtl_mask special_in(dtl_lanes block, bool sound)
{
    const dtl_byte_set set = {
        {'"', '\\', 0x7f, sound ? (unsigned char)LEAD_OF_C1 : 0x7f}};
    dtl_mask m = dtl_lanes_below(block, 0x20) | dtl_lanes_in(block, set);

    return sound ? m : m | (dtl_lanes_below(block, 0x80) ^ DTL_MASK_ALL);
}

/* Copies s to `to`, which has room for a block more, and returns how many
 * bytes at its beginning are as they are to be. */
DTL_INLINE size_t copy_plain(char *to, dtl_str s, bool sound)
{
    dtl_mask special;
    size_t i = 0;

    if (s.len < DTL_LANES) {
        memset(to, ' ', DTL_LANES);
        if (s.len)
            memcpy(to, s.ptr, s.len);
        special = special_in(dtl_lanes_load(to), sound);
        return special ? dtl_mask_first(special) : s.len;
    }
    for (;;) {
        memcpy(to + i, s.ptr + i, DTL_LANES);
        special = special_in(dtl_lanes_load(s.ptr + i), sound);
        if (special)
            return i + dtl_mask_first(special);
        i += DTL_LANES;
        if (i == s.len)
            return i;
        /* The last block may lie over the one before. */
        if (i > s.len - DTL_LANES)
            i = s.len - DTL_LANES;
    }
}

static char *put_escape(char *to, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char letters[0x20] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r',
    };
    const char text[ESCAPE_MAX] = {'\\', 'u',         '0',
                                   '0',  hex[c >> 4], hex[c & 15]};

    if (c == '"' || c == '\\' || (c < 0x20 && letters[c])) {
        *to++ = '\\';
        *to++ = c < 0x20 ? letters[c] : (char)c;
        return to;
    }
    memcpy(to, text, sizeof text);
    return to + sizeof text;
}

/* Room for a string without escapes, which most are, or with one. */
static size_t string_room(dtl_str s)
{
    return s.len > SIZE_MAX / 4 ? SIZE_MAX / 4
                                : s.len + 2 + DTL_LANES + ESCAPE_MAX;
}

/* Writes s at `to`, where string_room is. JSON asks for escapes of quotes,
 * backslashes and what is below U+0020; DEL and U+0080 to U+009F get one too,
 * so that a record shown on a terminal cannot command it. */
static void put_quoted(dtl_json_writer *w, char *to, dtl_str s)
{
    size_t sound = 0; /* bytes that s begins with, whose UTF-8 was checked */
    size_t n;

    *to++ = '"';
    while (s.len) {
        unsigned char c;

        n = sound ? copy_plain(to, dtl_str_sub(s, 0, sound), true)
                  : copy_plain(to, s, false);
        to += n;
        s = dtl_str_sub(s, n, s.len);
        sound = sound ? sound - n : 0;
        if (!s.len)
            break;
        c = (unsigned char)s.ptr[0];
        n = 1;
        if (!sound && c >= 0x80) {
            sound = dtl_utf8_valid_prefix(s);
            if (sound)
                continue;
            dtl_utf8_decode(s, 0, &n);
            to += dtl_utf8_encode(0xFFFD, to);
        } else if (c != LEAD_OF_C1) {
            to = put_escape(to, c);
        } else {
            n = 2;
            if ((unsigned char)s.ptr[1] < 0xa0)
                to = put_escape(to, (unsigned char)s.ptr[1]);
            else
                to = (char *)memcpy(to, s.ptr, 2) + 2;
        }
        s = dtl_str_sub(s, n, s.len);
        sound = sound ? sound - n : 0;
        end(w, to);
        to = dtl_buf_reserve(w->out, string_room(s));
        if (!to)
            return;
    }
    *to++ = '"';
    end(w, to);
}

void dtl_json_put_key_str(dtl_json_writer *w, dtl_str key)
{
    char *to;

    if (!is_sound(w))
        return;
    assert(in_object(w) && "only members have keys");
    assert(!w->keyed && "the key before needs a value");
    to = dtl_buf_reserve(w->out, 1 + indent_room(w) + string_room(key));
    if (!to)
        return;
    put_quoted(w, separate(w, to), key);
    dtl_buf_putc(w->out, ':');
    if (w->pretty)
        dtl_buf_putc(w->out, ' ');
    w->keyed = true;
}

void dtl_json_put_name(dtl_json_writer *w, dtl_str key)
{
    char *to = begin_member(w, key, 0);

    if (!to)
        return;
    end(w, to);
    w->keyed = true;
}

void dtl_json_put_str(dtl_json_writer *w, dtl_str s)
{
    char *to;

    if (!s.ptr) {
        dtl_json_put_null(w);
        return;
    }
    to = begin_value(w, string_room(s));
    if (to)
        put_quoted(w, to, s);
}

/* ---- Other scalars --------------------------------------------------- */

void dtl_json_put_raw(dtl_json_writer *w, dtl_str text)
{
    char *to = begin_value(w, text.len);

    if (!to)
        return;
    memcpy(to, text.ptr, text.len);
    end(w, to + text.len);
}

enum {
    DIGITS_MAX = 20 /* of 64 bits, and of them with a sign */
};

static char *put_digits(char *to, uint64_t value)
{
    static const char pairs[] = "00010203040506070809101112131415161718192021"
                                "22232425262728293031323334353637383940414243"
                                "44454647484950515253545556575859606162636465"
                                "66676869707172737475767778798081828384858687"
                                "888990919293949596979899";
    char text[DIGITS_MAX];
    size_t at = sizeof text;

    for (; value >= 10; value /= 100)
        memcpy(text + (at -= 2), pairs + 2 * (value % 100), 2);
    if (value || at == sizeof text)
        text[--at] = (char)('0' + value);
    memcpy(to, text + at, sizeof text - at);
    return to + (sizeof text - at);
}

static char *put_signed(char *to, int64_t value)
{
    if (value < 0)
        *to++ = '-';
    return put_digits(to, value < 0 ? -(uint64_t)value : (uint64_t)value);
}

void dtl_json_put_uint(dtl_json_writer *w, uint64_t value)
{
    char *to = begin_value(w, DIGITS_MAX);

    if (to)
        end(w, put_digits(to, value));
}

void dtl_json_put_int(dtl_json_writer *w, int64_t value)
{
    char *to = begin_value(w, DIGITS_MAX);

    if (to)
        end(w, put_signed(to, value));
}

void dtl_json_put_double(dtl_json_writer *w, double value)
{
    char text[DTL_DOUBLE_CHARS];

    if (!isfinite(value))
        dtl_json_put_null(w);
    else
        dtl_json_put_raw(w, (dtl_str){text, dtl_double_format(value, text)});
}

/* Writes whole / 10^decimals, which has at most 15 digits and so is its own
 * shortest decimal. */
static char *put_decimals(char *to, int64_t whole, int decimals)
{
    uint64_t left = whole < 0 ? -(uint64_t)whole : (uint64_t)whole, scale = 1;

    for (; decimals && left % 10 == 0; decimals--)
        left /= 10;
    for (int i = 0; i < decimals; i++)
        scale *= 10;
    if (whole < 0)
        *to++ = '-';
    to = put_digits(to, left / scale);
    if (!decimals)
        return to;
    *to++ = '.';
    left %= scale;
    while (scale /= 10) {
        *to++ = (char)('0' + left / scale);
        left %= scale;
    }
    return to;
}

void dtl_json_put_rounded(dtl_json_writer *w, double value, int decimals)
{
    double scale = 1, scaled;
    int64_t whole;
    char *to;
    int i;

    assert(decimals >= 0 && decimals <= 9);
    for (i = 0; i < decimals; i++)
        scale *= 10;
    scaled = value * scale;
    /* Past 2^53 every double is whole, and has no decimals to round. */
    if (!(fabs(scaled) < 0x1p53)) {
        dtl_json_put_double(w, value);
        return;
    }
    whole = (int64_t)(scaled + (scaled < 0 ? -0.5 : 0.5));
    value = whole ? (double)whole / scale : 0;
    /* What is smaller or larger is written with an exponent. */
    if (value && (fabs(value) < 1e-4 || fabs(scaled) >= 1e14)) {
        dtl_json_put_double(w, value);
        return;
    }
    to = begin_value(w, DTL_DOUBLE_CHARS);
    if (to)
        end(w, put_decimals(to, whole, decimals));
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

void dtl_json_name_str(dtl_json_writer *w, dtl_str key, dtl_str s)
{
    char *to = begin_member(w, key, s.ptr ? string_room(s) : 4);

    if (!to)
        return;
    if (s.ptr) {
        put_quoted(w, to, s);
        return;
    }
    memcpy(to, "null", 4);
    end(w, to + 4);
}

void dtl_json_name_int(dtl_json_writer *w, dtl_str key, int64_t value)
{
    char *to = begin_member(w, key, DIGITS_MAX);

    if (to)
        end(w, put_signed(to, value));
}

void dtl_json_member_bool(dtl_json_writer *w, const char *key, bool value)
{
    dtl_json_put_key(w, key);
    dtl_json_put_bool(w, value);
}
