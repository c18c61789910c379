/* Token ends. Strings and indentation are scanned in blocks: nearly all bytes
 * of JSON-LD and script data are in one or the other. */
#include "json/scan.h"
#include "base/str.h"

#define B DTL_JSON_BLANK
#define Q DTL_JSON_QUOTE
#define O DTL_JSON_OPEN
#define C DTL_JSON_CLOSE
#define M DTL_JSON_COMMA
#define K DTL_JSON_COLON
#define S DTL_JSON_SLASH
#define W DTL_JSON_LETTER
#define L DTL_JSON_LEAD

/* clang-format off */
const unsigned char dtl_json_kinds[256] = {
    B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B,
    B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B,
    /*   !  "  #  $  %  &  '  (  )  *  +  ,  -  .  / */
    B, W, Q, W, W, W, W, Q, 0, 0, 0, W, M, W, W, S,
    /* 0-9                        :  ;  <  =  >  ? */
    W, W, W, W, W, W, W, W, W, W, K, M, S, 0, 0, 0,
    /* @ A-O */
    W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W,
    /* P-Z                           [  \  ]  ^  _ */
    W, W, W, W, W, W, W, W, W, W, W, O, 0, C, 0, W,
    /* ` a-o */
    Q, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W,
    /* p-z                           {  |  }  ~ DEL */
    W, W, W, W, W, W, W, W, W, W, W, O, 0, C, 0, B,
    W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W,
    W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W,
    W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W,
    W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W,
    W, W, L, W, W, W, W, W, W, W, W, W, W, W, W, W,
    W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W,
    W, W, L, W, W, W, W, W, W, W, W, W, W, W, W, L,
    W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W,
};
/* clang-format on */

/* To the first byte of a set, or end. Most strings of a page's JSON are
 * shorter than two blocks, so the loop is put in place. */
DTL_INLINE const char *find_in(const char *p, const char *end, dtl_byte_set set)
{
    dtl_mask found;

    for (; end - p >= DTL_LANES; p += DTL_LANES) {
        found = dtl_lanes_in(dtl_lanes_load(p), set);
        if (found)
            return p + dtl_mask_first(found);
    }
    if (p == end)
        return p;
    found = dtl_lanes_in(dtl_lanes_load_tail(p, end, set.byte[0]), set);
    p += dtl_mask_first(found);
    return p < end ? p : end;
}

static bool starts(const char *p, const char *end, dtl_str prefix)
{
    return (size_t)(end - p) >= prefix.len &&
           memcmp(p, prefix.ptr, prefix.len) == 0;
}

size_t dtl_json_quote_len(const char *p, const char *end)
{
    if (p == end)
        return 0;
    if (dtl_json_kind_of(*p) == DTL_JSON_QUOTE)
        return 1;
    if (end - p < 3 || p[0] != '\xE2' || p[1] != '\x80')
        return 0;
    /* U+201C to U+201E, and U+2033, which typographers make of a quote that
     * follows a digit. */
    return p[2] == '\x9C' || p[2] == '\x9D' || p[2] == '\x9E' || p[2] == '\xB3'
               ? 3
               : 0;
}

/* Bytes of the Unicode blank that begins with a lead byte at p, or 0. */
static size_t blank_len(const char *p, const char *end)
{
    if (starts(p, end, DTL_STR("\xC2\xA0")))
        return 2;
    if (starts(p, end, DTL_STR("\xEF\xBB\xBF")) ||
        starts(p, end, DTL_STR("\xE2\x80\xA8")) ||
        starts(p, end, DTL_STR("\xE2\x80\xA9")))
        return 3;
    return 0;
}

/* Past the spaces at p, of which printed JSON has many in a row. */
static const char *skip_indent(const char *p, const char *end)
{
    dtl_mask other;

    for (; end - p >= DTL_LANES; p += DTL_LANES) {
        other = dtl_lanes_eq(dtl_lanes_load(p), ' ') ^ DTL_MASK_ALL;
        if (other)
            return p + dtl_mask_first(other);
    }
    while (p < end && *p == ' ')
        p++;
    return p;
}

const char *dtl_json_skip_space(const char *p, const char *end)
{
    size_t len;

    while (p < end) {
        p = skip_indent(p, end);
        if (p == end)
            break;
        if (dtl_json_kind_of(*p) == DTL_JSON_BLANK)
            len = 1;
        else if (dtl_json_kind_of(*p) == DTL_JSON_LEAD)
            len = blank_len(p, end);
        else
            break;
        if (!len)
            break;
        p += len;
    }
    return p;
}

static const char *find(const char *p, const char *end, dtl_str what)
{
    size_t at = dtl_str_find((dtl_str){p, (size_t)(end - p)}, what);

    return at == SIZE_MAX ? end : p + at;
}

static const char *line_end(const char *p, const char *end)
{
    return find_in(p, end, (dtl_byte_set){"\n\r\r\r"});
}

const char *dtl_json_skip_comment(const char *p, const char *end)
{
    const char *at;

    if (starts(p, end, DTL_STR("<!--")))
        return p + 4;
    if (starts(p, end, DTL_STR("<![CDATA[")))
        return p + 9;
    if (starts(p, end, DTL_STR("/*"))) {
        at = find(p + 2, end, DTL_STR("*/"));
        return at == end ? end : at + 2;
    }
    if (!starts(p, end, DTL_STR("//")))
        return p;
    /* The line may hold the value too: //<![CDATA[ {"a": 1} //]]> */
    for (at = p + 2; at < end && (*at == ' ' || *at == '\t');)
        at++;
    return starts(at, end, DTL_STR("<![CDATA[")) ? at + 9 : line_end(at, end);
}

/* An apostrophe in a word, as in "don't", opens no string. */
static bool is_apostrophe(const char *p, const char *start, const char *end)
{
    return *p == '\'' && p > start && dtl_is_alpha(p[-1]) && p + 1 < end &&
           dtl_is_alpha(p[1]);
}

const char *dtl_json_word_end(const char *p, const char *end)
{
    const char *start = p;

    for (; p < end; p++) {
        switch (dtl_json_kind_of(*p)) {
        case DTL_JSON_LETTER:
            continue;
        case DTL_JSON_LEAD:
            if (blank_len(p, end) || dtl_json_quote_len(p, end))
                return p;
            continue;
        case DTL_JSON_QUOTE:
            if (!is_apostrophe(p, start, end))
                return p;
            continue;
        default:
            return p;
        }
    }
    return p;
}

const char *dtl_json_skip_text(const char *p, const char *end)
{
    while (p < end && *p != ',' && *p != '}' && *p != ']' && *p != '"' &&
           *p != '\n' && *p != '\r')
        p++;
    return p;
}

/* Past the string at p, when it is closed on its line; else past its quote,
 * and no quote on the line is tried again. */
static const char *step_string(dtl_json_walk *walk, const char *p,
                               const char *end)
{
    unsigned char line_end = *p == '`' ? '`' : '\n';
    const dtl_byte_set set = {{(unsigned char)*p, line_end, '\\', '\\'}};
    const char *at = p + 1;
    char quote = *p;

    if (walk->no_string && p < walk->no_string)
        return at;
    while ((at = find_in(at, end, set)) < end && *at == '\\')
        at += end - at > 1 ? 2 : 1;
    if (at < end && *at == quote)
        return at + 1;
    walk->no_string = at;
    return p + 1;
}

/* The same for the regular expression whose slash is at p. In brackets a
 * slash is an ordinary character. */
static const char *step_pattern(dtl_json_walk *walk, const char *p,
                                const char *end)
{
    const char *at = p + 1;
    bool brackets = false;

    if (walk->no_pattern && p < walk->no_pattern)
        return at;
    for (; at < end && *at != '\n' && (brackets || *at != '/'); at++) {
        if (*at == '\\' && end - at > 1)
            at++;
        else if (*at == '[')
            brackets = true;
        else if (*at == ']')
            brackets = false;
    }
    if (at < end && *at == '/')
        return at + 1;
    walk->no_pattern = at;
    return p + 1;
}

/* Whether a slash behind such a byte divides. */
static bool ends_operand(char before)
{
    return dtl_is_alpha(before) || dtl_is_digit(before) ||
           (unsigned char)before >= 0x80 ||
           (before && strchr("_$)]}.\"'`", before));
}

static const char *step_word(const char *p, const char *end)
{
    while (p < end && dtl_json_kind_of(*p) == DTL_JSON_LETTER)
        p++;
    return p;
}

const char *dtl_json_step(dtl_json_walk *walk, const char *p, const char *end)
{
    const char *after = p + 1;

    switch (dtl_json_kind_of(*p)) {
    case DTL_JSON_BLANK:
    case DTL_JSON_LEAD:
        after = dtl_json_skip_space(p, end);
        if (after != p)
            return after;
        after++;
        break;
    case DTL_JSON_QUOTE:
        after = step_string(walk, p, end);
        break;
    case DTL_JSON_SLASH:
        after = dtl_json_skip_comment(p, end);
        if (after != p)
            return after;
        after++;
        if (*p == '/' && !ends_operand(walk->before))
            after = step_pattern(walk, p, end);
        break;
    case DTL_JSON_LETTER:
        after = step_word(p, end);
        break;
    default:
        break;
    }
    walk->before = after[-1];
    return after;
}

const char *dtl_json_skip_expression(const char *p, const char *end)
{
    dtl_json_walk walk = {0};
    size_t depth = 0;

    for (; p < end; p = dtl_json_step(&walk, p, end)) {
        switch (*p) {
        case '(':
        case '[':
        case '{':
            depth++;
            break;
        case ')':
        case ']':
        case '}':
            if (!depth)
                return p;
            depth--;
            break;
        case ',':
        case ';':
            if (!depth)
                return p;
            break;
        default:
            break;
        }
    }
    return p;
}

static const char *skip_digits(const char *p, const char *end)
{
    while (p < end && dtl_is_digit(*p))
        p++;
    return p;
}

static bool is_hex(const char *p, const char *end)
{
    if (end - p < 3 || p[0] != '0' || dtl_lower(p[1]) != 'x')
        return false;
    for (p += 2; p < end; p++)
        if (!dtl_is_digit(*p) && (dtl_lower(*p) < 'a' || dtl_lower(*p) > 'f'))
            return false;
    return true;
}

bool dtl_json_is_numeral(const char *p, const char *end)
{
    const char *whole, *part;
    size_t digits;

    if (p < end && (*p == '-' || *p == '+'))
        p++;
    whole = p;
    p = skip_digits(p, end);
    digits = (size_t)(p - whole);
    if (p < end && *p == '.') {
        part = ++p;
        p = skip_digits(p, end);
        digits += (size_t)(p - part);
    }
    if (!digits)
        return false;
    if (p < end && (*p | 0x20) == 'e') {
        if (++p < end && (*p == '-' || *p == '+'))
            p++;
        part = p;
        p = skip_digits(p, end);
        if (p == part)
            return false;
    }
    return p == end || is_hex(whole, end);
}

/* A string that opened typographically closes with any double quote. */
static const char *find_typographic(const char *p, const char *end)
{
    while (p < end && *p != '\\' && *p != '"' &&
           !(*p == '\xE2' && dtl_json_quote_len(p, end)))
        p++;
    return p;
}

const char *dtl_json_string_end(const char *p, const char *end, char open,
                                bool *escaped)
{
    const dtl_byte_set set = {{(unsigned char)open, '\\', '\\', '\\'}};

    for (;;) {
        p = open == '\xE2' ? find_typographic(p, end) : find_in(p, end, set);
        if (p == end || *p != '\\')
            return p;
        *escaped = true;
        if (end - p < 2)
            return end;
        p += 2;
    }
}
