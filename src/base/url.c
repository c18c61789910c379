/* Resolving and normalising URLs, after the WHATWG URL standard's parser.
 *
 * The standard's state machine is unrolled: cut off fragment, query and
 * scheme, then authority, then path, each written straight into one piece of
 * arena that is large enough for every byte percent-encoded. Most links on
 * pages are absolute and normal already and are given back as they are.
 *
 * Left out: IPv6 addresses are checked for their characters only and are not
 * rewritten; the drive letters of file: URLs have no rules of their own. */
#include "base/url.h"
#include "base/lanes.h"
#include "base/str.h"
#include "base/utf8.h"

#include <utf8proc.h>

/* Hosts longer than this (DNS allows 253 bytes) are no hosts. */
enum {
    HOST_MAX = 1024
};

/* The standard's percent-encode sets, as bits of a byte's class. */
enum {
    ENC_FRAGMENT = 1,
    ENC_QUERY = 2,
    ENC_PATH = 4,
    ENC_USER = 8,
    ENC_CONTROL = 16
};

static uint8_t byte_class(unsigned char c)
{
    switch (c) {
    case '"':
    case '<':
    case '>':
        return ENC_FRAGMENT | ENC_QUERY | ENC_PATH | ENC_USER;
    case '`':
        return ENC_FRAGMENT | ENC_PATH | ENC_USER;
    case '#':
        return ENC_QUERY | ENC_PATH | ENC_USER;
    case '\'':
        return ENC_QUERY;
    case '?':
    case '{':
    case '}':
        return ENC_PATH | ENC_USER;
    case '/':
    case ':':
    case ';':
    case '=':
    case '@':
    case '[':
    case '\\':
    case ']':
    case '^':
    case '|':
        return ENC_USER;
    case ' ':
        return ENC_FRAGMENT | ENC_QUERY | ENC_PATH | ENC_USER;
    default:
        return c < ' ' || c > '~' ? 31 : 0;
    }
}

/* ---- Runs of bytes that stay as they are ---------------------------------
 */

/* The bytes of a block that may have to be encoded, or end a path. Those that
 * only ENC_USER has are not among them. */
DTL_INLINE dtl_mask stops_in(dtl_lanes b)
{
    const dtl_byte_set quotes = {{'"', '<', '>', '`'}};
    const dtl_byte_set marks = {{'#', '?', '\'', '\\'}};
    const dtl_byte_set braces = {{'{', '}', '{', '}'}};

    return dtl_lanes_below(b, '!') | dtl_lanes_in(b, quotes) |
           dtl_lanes_in(b, marks) | dtl_lanes_in(b, braces) |
           (dtl_lanes_below(b, 0x7f) ^ DTL_MASK_ALL);
}

/* What a segment's first byte is where it may be a dot. */
DTL_INLINE dtl_mask dots_in(dtl_lanes b, char before)
{
    dtl_mask slashes = dtl_lanes_eq(b, '/') << DTL_MASK_STRIDE;
    dtl_mask dots = dtl_lanes_eq(b, '.') | dtl_lanes_eq(b, '%');
    const dtl_mask first = DTL_MASK_ALL & ~(DTL_MASK_ALL << DTL_MASK_STRIDE);

    return dots & (before == '/' ? slashes | first : slashes);
}

static bool is_stop(unsigned char c)
{
    return c <= ' ' || c >= 0x7f || memchr("\"<>`#?'\\{}", c, 10);
}

/* The first place of s from `at` on where one of those stands; s.len: none
 * does. With dots, `at` is behind s's first byte. */
DTL_INLINE size_t next_stop(dtl_str s, size_t at, bool dots)
{
    dtl_lanes b;
    dtl_mask m;

    while (s.len - at >= DTL_LANES) {
        b = dtl_lanes_load(s.ptr + at);
        m = stops_in(b) | (dots ? dots_in(b, s.ptr[at - 1]) : 0);
        if (m)
            return at + dtl_mask_first(m);
        at += DTL_LANES;
    }
    for (; at < s.len; at++)
        if (is_stop((unsigned char)s.ptr[at]) ||
            (dots && s.ptr[at - 1] == '/' &&
             (s.ptr[at] == '.' || s.ptr[at] == '%')))
            break;
    return at;
}

typedef struct {
    char *ptr;
    size_t len;
} writer;

static void put(writer *w, dtl_str s)
{
    if (s.len)
        memcpy(w->ptr + w->len, s.ptr, s.len);
    w->len += s.len;
}

static void put_char(writer *w, char c)
{
    w->ptr[w->len++] = c;
}

static void put_encoded(writer *w, dtl_str s, uint8_t set)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t i, run;

    for (i = 0; i < s.len; i++) {
        unsigned char c;

        run = set == ENC_USER ? i : next_stop(s, i, false);
        put(w, dtl_str_sub(s, i, run));
        if (run == s.len)
            return;
        i = run;
        c = (unsigned char)s.ptr[i];
        if (byte_class(c) & set) {
            put_char(w, '%');
            put_char(w, hex[c >> 4]);
            put_char(w, hex[c & 15]);
        } else {
            put_char(w, (char)c);
        }
    }
}

/* ---- Scheme --------------------------------------------------------- */

/* Bytes of the scheme at the head of s, without ':'; 0 when it has none. */
static size_t scheme_length(dtl_str s)
{
    size_t i;

    if (!s.len || !dtl_is_alpha(s.ptr[0]))
        return 0;
    for (i = 1; i < s.len; i++) {
        char c = s.ptr[i];

        if (c == ':')
            return i;
        if (!dtl_is_alpha(c) && !dtl_is_digit(c) && c != '+' && c != '-' &&
            c != '.')
            return 0;
    }
    return 0;
}

static const struct {
    dtl_str name;
    unsigned port;
} special[] = {
    {{"http", 4}, 80}, {{"https", 5}, 443}, {{"ws", 2}, 80},
    {{"wss", 3}, 443}, {{"ftp", 3}, 21},    {{"file", 4}, 0},
};
enum {
    SPECIAL_COUNT = sizeof special / sizeof *special,
    NOT_SPECIAL = -1
};

static int special_of(dtl_str scheme)
{
    int i;

    for (i = 0; i < SPECIAL_COUNT; i++)
        if (scheme.len == special[i].name.len &&
            dtl_str_eq_nocase(scheme, special[i].name))
            return i;
    return NOT_SPECIAL;
}

bool dtl_url_is_web(dtl_str url)
{
    return dtl_str_starts_nocase(url, DTL_STR("http:")) ||
           dtl_str_starts_nocase(url, DTL_STR("https:"));
}

dtl_str dtl_url_file(dtl_str address)
{
    size_t at = address.len;

    while (at && address.ptr[at - 1] != '/')
        at--;
    return dtl_str_sub(address, at, address.len);
}

bool dtl_url_split(dtl_str url, dtl_url *out)
{
    size_t at = scheme_length(url);
    dtl_str rest, authority;

    *out = (dtl_url){0};
    if (!at)
        return false;
    out->scheme = dtl_str_sub(url, 0, at);
    rest = dtl_str_sub(url, at + 1, url.len);
    at = dtl_str_find_char(rest, '#');
    if (at != SIZE_MAX) {
        out->fragment = dtl_str_sub(rest, at + 1, rest.len);
        rest.len = at;
    }
    at = dtl_str_find_char(rest, '?');
    if (at != SIZE_MAX) {
        out->query = dtl_str_sub(rest, at + 1, rest.len);
        rest.len = at;
    }
    out->path = rest;
    if (!dtl_str_starts(rest, DTL_STR("//")))
        return true;
    rest = dtl_str_sub(rest, 2, rest.len);
    at = dtl_str_find_char(rest, '/');
    authority = dtl_str_sub(rest, 0, at);
    out->path = dtl_str_sub(rest, at, rest.len);
    at = authority.len;
    while (at && authority.ptr[at - 1] != '@')
        at--;
    if (at) {
        out->userinfo = dtl_str_sub(authority, 0, at - 1);
        authority = dtl_str_sub(authority, at, authority.len);
    }
    at = authority.len;
    while (at && dtl_is_digit(authority.ptr[at - 1]))
        at--;
    if (at && authority.ptr[at - 1] == ':') {
        out->port = dtl_str_sub(authority, at, authority.len);
        authority.len = at - 1;
    }
    out->host = authority;
    return true;
}

/* ---- Host ----------------------------------------------------------- */

size_t dtl_url_percent_decode(dtl_str s, char *out)
{
    size_t i, n = 0;

    for (i = 0; i < s.len; i++) {
        int high = -1, low = -1;

        if (s.ptr[i] == '%' && i + 2 < s.len) {
            high = dtl_hex_digit(s.ptr[i + 1]);
            low = dtl_hex_digit(s.ptr[i + 2]);
        }
        if (high >= 0 && low >= 0) {
            out[n++] = (char)(high * 16 + low);
            i += 2;
        } else {
            out[n++] = s.ptr[i];
        }
    }
    return n;
}

static bool is_forbidden_in_domain(char c)
{
    return (unsigned char)c <= ' ' || c == 0x7F || c == '%' ||
           memchr("#/:<>?@[\\]^|", c, 12);
}

/* One digit of Punycode (RFC 3492, section 5). */
static char punycode_digit(uint32_t d)
{
    return (char)(d < 26 ? 'a' + d : '0' + d - 26);
}

static uint32_t punycode_adapt(uint32_t delta, uint32_t count, bool first)
{
    uint32_t k = 0;

    delta = first ? delta / 700 : delta / 2;
    delta += delta / count;
    for (; delta > 455; k += 36)
        delta /= 35;
    return k + 36 * delta / (delta + 38);
}

/* Writes delta as a variable-length integer. */
static size_t punycode_number(uint32_t delta, uint32_t bias, char *out)
{
    uint32_t k, t;
    size_t n = 0;

    for (k = 36;; k += 36) {
        t = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
        if (delta < t)
            break;
        out[n++] = punycode_digit(t + (delta - t) % (36 - t));
        delta = (delta - t) / (36 - t);
    }
    out[n++] = punycode_digit(delta);
    return n;
}

/* Writes one label of code points as "xn--..." (RFC 3492, section 6.3).
 * Labels have at most HOST_MAX characters, so nothing overflows. */
static size_t punycode_label(const int32_t *cp, size_t count, char *out)
{
    uint32_t n = 128, delta = 0, bias = 72, done = 0, basic;
    size_t len = 0, i;

    memcpy(out, "xn--", 4);
    len = 4;
    for (i = 0; i < count; i++)
        if (cp[i] < 128)
            out[len++] = (char)cp[i];
    basic = done = (uint32_t)len - 4;
    if (basic)
        out[len++] = '-';
    while (done < count) {
        uint32_t next = UINT32_MAX;

        for (i = 0; i < count; i++)
            if ((uint32_t)cp[i] >= n && (uint32_t)cp[i] < next)
                next = (uint32_t)cp[i];
        delta += (next - n) * (done + 1);
        n = next;
        for (i = 0; i < count; i++) {
            if ((uint32_t)cp[i] < n)
                delta++;
            if ((uint32_t)cp[i] != n)
                continue;
            len += punycode_number(delta, bias, out + len);
            bias = punycode_adapt(delta, done + 1, done == basic);
            delta = 0;
            done++;
        }
        delta++;
        n++;
    }
    return len;
}

/* Whether no host may have the character. */
static bool is_no_host_character(int32_t cp)
{
    return cp == 0xFFFD || utf8proc_category(cp) == UTF8PROC_CATEGORY_CN;
}

/* International host to ASCII: lower case, composed in its compatible form
 * (which is nearly what UTS 46 maps by), then Punycode by label. */
static bool host_to_ascii(dtl_str host, writer *w)
{
    int32_t cp[HOST_MAX];
    const int options =
        UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_IGNORE;
    utf8proc_ssize_t count =
        utf8proc_decompose((const utf8proc_uint8_t *)host.ptr,
                           (utf8proc_ssize_t)host.len, cp, HOST_MAX, options);
    size_t from = 0, i;

    if (count <= 0 || count > HOST_MAX)
        return false;
    for (i = 0; i < (size_t)count; i++) {
        if (is_no_host_character(cp[i]))
            return false;
        cp[i] = utf8proc_tolower(cp[i]);
    }
    count = utf8proc_normalize_utf32(cp, count, options);
    for (i = 0; i <= (size_t)count; i++) {
        bool ascii = true;
        size_t k;

        /* Ideographic full stops are dots too. */
        if (i < (size_t)count && cp[i] != '.' && cp[i] != 0x3002)
            continue;
        for (k = from; k < i; k++)
            ascii = ascii && cp[k] < 128;
        if (!ascii && i - from > 63)
            return false;
        if (ascii)
            for (k = from; k < i; k++)
                put_char(w, (char)cp[k]);
        else
            w->len += punycode_label(cp + from, i - from, w->ptr + w->len);
        if (i < (size_t)count)
            put_char(w, '.');
        from = i + 1;
    }
    return true;
}

/* One part of an IPv4 address: decimal, 0x hexadecimal or 0 octal. False
 * when it is no number. Numbers past 2^32 stay past it. */
static bool ipv4_number(dtl_str s, uint64_t *out)
{
    int base = 10;

    if (!s.len)
        return false;
    if (s.len > 1 && s.ptr[0] == '0') {
        base = (s.ptr[1] | 0x20) == 'x' ? 16 : 8;
        s = dtl_str_sub(s, base == 16 ? 2 : 1, s.len);
    }
    for (*out = 0; s.len; s = dtl_str_sub(s, 1, s.len)) {
        int d = dtl_hex_digit(s.ptr[0]);

        if (d < 0 || d >= base)
            return false;
        if (*out <= UINT32_MAX)
            *out = *out * (unsigned)base + (unsigned)d;
    }
    return true;
}

static dtl_str last_label(dtl_str host)
{
    size_t at;

    if (host.len && host.ptr[host.len - 1] == '.')
        host.len--;
    at = host.len;
    while (at && host.ptr[at - 1] != '.')
        at--;
    return dtl_str_sub(host, at, host.len);
}

/* A host whose last label is a number must be an IPv4 address. */
static bool ends_in_number(dtl_str host)
{
    dtl_str last = last_label(host);
    uint64_t n;
    size_t i;

    for (i = 0; i < last.len && dtl_is_digit(last.ptr[i]); i++)
        ;
    return last.len && (i == last.len || ipv4_number(last, &n));
}

static bool put_ipv4(writer *w, dtl_str host)
{
    uint64_t part[4], address = 0;
    size_t count = 0, i;
    dtl_str rest = host, label;

    if (host.len && host.ptr[host.len - 1] == '.')
        rest.len--;
    while (dtl_str_split(&rest, '.', &label)) {
        if (count == 4 || !ipv4_number(label, &part[count]))
            return false;
        count++;
    }
    for (i = 0; i + 1 < count; i++) {
        if (part[i] > 255)
            return false;
        address |= part[i] << (24 - 8 * i);
    }
    if (part[i] >= (uint64_t)1 << (8 * (4 - i)))
        return false;
    address |= part[i];
    for (i = 0; i < 4; i++) {
        unsigned byte = (unsigned)(address >> (24 - 8 * i)) & 255;

        if (i)
            put_char(w, '.');
        if (byte >= 100)
            put_char(w, (char)('0' + byte / 100));
        if (byte >= 10)
            put_char(w, (char)('0' + byte / 10 % 10));
        put_char(w, (char)('0' + byte % 10));
    }
    return true;
}

static bool put_ipv6(writer *w, dtl_str host)
{
    size_t i, colons = 0;

    if (host.len < 4 || host.ptr[host.len - 1] != ']')
        return false;
    for (i = 0; i < host.len; i++) {
        char c = dtl_lower(host.ptr[i]);
        bool edge = i == 0 || i == host.len - 1;

        if (!edge && dtl_hex_digit(c) < 0 && c != ':' && c != '.')
            return false;
        colons += c == ':';
        put_char(w, c);
    }
    return colons >= 2;
}

/* Writes a host; false when it is none. */
static bool put_host(writer *w, dtl_str host, bool is_special)
{
    char decoded[HOST_MAX];
    size_t start = w->len, i;
    bool ascii = true;

    if (host.len > HOST_MAX)
        return false;
    if (host.len && host.ptr[0] == '[')
        return put_ipv6(w, host);
    if (!is_special) {
        put_encoded(w, host, ENC_CONTROL);
        return true;
    }
    host = (dtl_str){decoded, dtl_url_percent_decode(host, decoded)};
    for (i = 0; i < host.len; i++)
        ascii = ascii && (unsigned char)host.ptr[i] < 128;
    if (!ascii && dtl_utf8_valid_prefix(host) != host.len)
        return false;
    if (!ascii && !host_to_ascii(host, w))
        return false;
    for (i = 0; ascii && i < host.len; i++)
        put_char(w, dtl_lower(host.ptr[i]));
    for (i = start; i < w->len; i++)
        if (is_forbidden_in_domain(w->ptr[i]))
            return false;
    host = (dtl_str){w->ptr + start, w->len - start};
    if (!host.len)
        return false;
    if (ends_in_number(host)) {
        memcpy(decoded, host.ptr, host.len);
        host.ptr = decoded;
        w->len = start;
        return put_ipv4(w, host);
    }
    return true;
}

/* ---- Authority ------------------------------------------------------ */

static bool put_port(writer *w, dtl_str port, int kind)
{
    uint32_t n = 0;
    size_t i, from;
    char digits[5];

    for (i = 0; i < port.len; i++) {
        if (!dtl_is_digit(port.ptr[i]))
            return false;
        n = n * 10 + (uint32_t)(port.ptr[i] - '0');
        if (n > 65535)
            return false;
    }
    if (!port.len || (kind >= 0 && n == special[kind].port))
        return true;
    from = sizeof digits;
    do {
        digits[--from] = (char)('0' + n % 10);
        n /= 10;
    } while (n);
    put_char(w, ':');
    put(w, (dtl_str){digits + from, sizeof digits - from});
    return true;
}

static void put_userinfo(writer *w, dtl_str user)
{
    size_t colon = dtl_str_find_char(user, ':');
    dtl_str name = dtl_str_sub(user, 0, colon);
    dtl_str password = {NULL, 0};

    if (colon != SIZE_MAX)
        password = dtl_str_sub(user, colon + 1, user.len);
    if (!name.len && !password.len)
        return;
    put_encoded(w, name, ENC_USER);
    if (password.len) {
        put_char(w, ':');
        put_encoded(w, password, ENC_USER);
    }
    put_char(w, '@');
}

/* Writes "//user@host:port". */
static bool put_authority(writer *w, dtl_str authority, int kind)
{
    size_t at = authority.len;
    dtl_str host, port = {NULL, 0};

    put(w, DTL_STR("//"));
    while (at && authority.ptr[at - 1] != '@')
        at--;
    if (at)
        put_userinfo(w, dtl_str_sub(authority, 0, at - 1));
    host = dtl_str_sub(authority, at, authority.len);
    if (at && !host.len)
        return false;
    at = host.len;
    while (at && host.ptr[at - 1] != ':' && host.ptr[at - 1] != ']')
        at--;
    if (at && host.ptr[at - 1] == ':') {
        port = dtl_str_sub(host, at, host.len);
        host.len = at - 1;
        if (!host.len)
            return false;
    }
    if (kind >= 0 && !special[kind].port)
        return !host.len || put_host(w, host, true);
    if (!put_host(w, host, kind >= 0))
        return false;
    return put_port(w, port, kind);
}

/* ---- Path ----------------------------------------------------------- */

static bool is_slash(char c, int kind)
{
    return c == '/' || (c == '\\' && kind >= 0);
}

/* 1 for ".", 2 for "..", with %2e for dots; else 0. */
static int dots(dtl_str segment)
{
    int n = 0;

    if (!segment.len || (segment.ptr[0] != '.' && segment.ptr[0] != '%'))
        return 0;
    while (segment.len) {
        if (segment.ptr[0] == '.')
            segment = dtl_str_sub(segment, 1, segment.len);
        else if (dtl_str_starts_nocase(segment, DTL_STR("%2e")))
            segment = dtl_str_sub(segment, 3, segment.len);
        else
            return 0;
        if (++n > 2)
            return 0;
    }
    return n;
}

/* Back to behind the slash before the last one, but not before root. */
static void drop_segment(writer *w, size_t root)
{
    if (w->len > root)
        w->len--;
    while (w->len > root && w->ptr[w->len - 1] != '/')
        w->len--;
}

/* Writes the segments of path behind what stands in w, which ends in a slash
 * at or after root. */
static void put_segments(writer *w, dtl_str path, size_t root, int kind)
{
    size_t from = 0, to;

    for (;;) {
        dtl_str segment;
        bool last;
        int n;

        to = from;
        while (to < path.len && !is_slash(path.ptr[to], kind))
            to++;
        last = to == path.len;
        segment = dtl_str_sub(path, from, to);
        n = dots(segment);
        if (n == 2) {
            drop_segment(w, root);
        } else if (n == 0) {
            put_encoded(w, segment, ENC_PATH);
            if (!last)
                put_char(w, '/');
        }
        if (last)
            return;
        from = to + 1;
    }
}

/* ---- The whole ------------------------------------------------------ */

/* Without controls and spaces at its ends. */
static dtl_str trim(dtl_str s)
{
    while (s.len && (unsigned char)s.ptr[0] <= ' ')
        s = dtl_str_sub(s, 1, s.len);
    while (s.len && (unsigned char)s.ptr[s.len - 1] <= ' ')
        s.len--;
    return s;
}

/* Takes tabs and newlines out of ref, by a copy where there are any; false
 * when out of memory. */
static bool drop_breaks(dtl_str *ref, dtl_arena *arena)
{
    size_t i, n = 0;
    char *copy;

    for (i = 0; i < ref->len; i++)
        if (ref->ptr[i] == '\t' || ref->ptr[i] == '\n' || ref->ptr[i] == '\r')
            break;
    if (i == ref->len)
        return true;
    copy = dtl_arena_alloc(arena, ref->len);
    if (!copy)
        return false;
    for (i = 0; i < ref->len; i++) {
        char c = ref->ptr[i];

        if (c != '\t' && c != '\n' && c != '\r')
            copy[n++] = c;
    }
    *ref = (dtl_str){copy, n};
    return true;
}

/* Whether s is what the long way would make of it: a lower-case http or
 * https URL with an ordinary host, a path, and no byte to encode. */
static bool is_normal(dtl_str s)
{
    uint8_t set = ENC_PATH;
    size_t i, host;

    if (s.len < 8 || memcmp(s.ptr, "http", 4) != 0)
        return false;
    host = i = memcmp(s.ptr + 4, "s://", 4) == 0  ? 8
               : memcmp(s.ptr + 4, "://", 3) == 0 ? 7
                                                  : s.len;
    while (i < s.len &&
           ((s.ptr[i] >= 'a' && s.ptr[i] <= 'z') || dtl_is_digit(s.ptr[i]) ||
            s.ptr[i] == '-' || s.ptr[i] == '.'))
        i++;
    if (i == s.len || i == host || s.ptr[i] != '/' ||
        !dtl_is_alpha(s.ptr[i - 1]))
        return false;
    for (i++; (i = next_stop(s, i, true)) < s.len; i++) {
        char c = s.ptr[i];

        if (c == '?' && set == ENC_PATH)
            set = ENC_QUERY;
        else if (c == '#' && set != ENC_FRAGMENT)
            set = ENC_FRAGMENT;
        else if (byte_class((unsigned char)c) & set)
            return false;
        else if (set == ENC_PATH && (c == '\\' || c == '.' || c == '%'))
            return false;
    }
    return true;
}

/* Writes "//authority/path" from ref, which begins behind the slashes. */
static bool put_absolute(writer *w, dtl_str ref, int kind)
{
    size_t end = 0;

    while (end < ref.len && !is_slash(ref.ptr[end], kind))
        end++;
    if (!put_authority(w, dtl_str_sub(ref, 0, end), kind))
        return false;
    if (end < ref.len || kind >= 0) {
        put_char(w, '/');
        put_segments(w, dtl_str_sub(ref, end + 1, ref.len), w->len, kind);
    }
    return true;
}

/* Writes base's authority, as it stands. */
static void put_base(writer *w, const dtl_url *base)
{
    if (!base->host.ptr)
        return;
    put(w, DTL_STR("//"));
    if (base->userinfo.ptr) {
        put(w, base->userinfo);
        put_char(w, '@');
    }
    put(w, base->host);
    if (base->port.ptr) {
        put_char(w, ':');
        put(w, base->port);
    }
}

/* Writes authority and path of ref, which has neither scheme nor authority
 * of its own. */
static bool put_relative(writer *w, dtl_str ref, const dtl_url *base, int kind)
{
    size_t root;

    if (!base->host.ptr && !dtl_str_starts(base->path, DTL_STR("/")))
        return false;
    put_base(w, base);
    if (!ref.len) {
        put(w, base->path);
        return true;
    }
    root = w->len + 1;
    if (is_slash(ref.ptr[0], kind)) {
        put_char(w, '/');
        ref = dtl_str_sub(ref, 1, ref.len);
    } else {
        put(w, base->path.len ? base->path : DTL_STR("/"));
        while (w->len > root && w->ptr[w->len - 1] != '/')
            w->len--;
    }
    put_segments(w, ref, root, kind);
    return true;
}

/* Writes ref, which has no query and no fragment, with what it lacks taken
 * from base. False when there is no such URL. */
static bool put_url(writer *w, dtl_str ref, const dtl_url *base)
{
    size_t n = scheme_length(ref), slashes = 0, i;
    dtl_str scheme = n ? dtl_str_sub(ref, 0, n) : base->scheme;
    int kind = special_of(scheme);
    bool web = kind >= 0 && special[kind].port;

    if (!scheme.len)
        return false;
    for (i = 0; i < scheme.len; i++)
        put_char(w, dtl_lower(scheme.ptr[i]));
    put_char(w, ':');
    if (n)
        ref = dtl_str_sub(ref, n + 1, ref.len);
    while (slashes < ref.len && is_slash(ref.ptr[slashes], kind))
        slashes++;
    /* "https:host" is an absolute URL in a page that is not https. */
    if (web && n && slashes < 2 && !dtl_str_eq_nocase(scheme, base->scheme))
        return put_absolute(w, dtl_str_sub(ref, slashes, ref.len), kind);
    if (slashes >= 2)
        return put_absolute(w, dtl_str_sub(ref, web ? slashes : 2, ref.len),
                            kind);
    if (kind < 0 && n) {
        if (slashes) {
            put_char(w, '/');
            put_segments(w, dtl_str_sub(ref, 1, ref.len), w->len, kind);
        } else {
            /* An opaque path: mailto:, data:, javascript:. */
            put_encoded(w, ref, ENC_CONTROL);
        }
        return true;
    }
    return put_relative(w, ref, base, kind);
}

/* Room that writing ref behind base may take. */
static size_t room_for(dtl_str base, dtl_str ref)
{
    size_t i;

    for (i = 0; i < ref.len; i++)
        if ((unsigned char)ref.ptr[i] >= 128 || ref.ptr[i] == '%')
            break;
    /* A host of other characters than ASCII may grow when they decompose;
     * a number may become an IPv4 address. */
    return base.len + 3 * ref.len + (i < ref.len ? 6 * HOST_MAX : 64);
}

/* Resolves against a base that is normal already. */
static dtl_status resolve(dtl_str base, dtl_str ref, dtl_arena *arena,
                          dtl_str *out)
{
    dtl_url parts;
    dtl_str fragment = {NULL, 0}, query = {NULL, 0}, path;
    bool opaque, special_scheme;
    writer w = {0};
    size_t at, n = scheme_length(ref);

    *out = (dtl_str){NULL, 0};
    dtl_url_split(base, &parts);
    path = ref;
    at = dtl_str_find_char(path, '#');
    if (at != SIZE_MAX) {
        fragment = dtl_str_sub(path, at + 1, path.len);
        path.len = at;
    }
    at = dtl_str_find_char(path, '?');
    if (at != SIZE_MAX) {
        query = dtl_str_sub(path, at + 1, path.len);
        path.len = at;
    }
    if (base.len > SIZE_MAX / 8 || ref.len > SIZE_MAX / 8)
        return DTL_NOMEM;
    w.ptr = dtl_arena_alloc(arena, room_for(base, ref));
    if (!w.ptr)
        return DTL_NOMEM;
    if (!put_url(&w, path, &parts))
        return DTL_OK;
    opaque = n && special_of(dtl_str_sub(ref, 0, n)) < 0;
    special_scheme = special_of(n ? dtl_str_sub(ref, 0, n) : parts.scheme) >= 0;
    if (!query.ptr && !path.len && !n)
        query = parts.query;
    if (query.ptr) {
        put_char(&w, '?');
        put_encoded(&w, query,
                    opaque || !special_scheme ? ENC_CONTROL : ENC_QUERY);
    }
    if (fragment.ptr) {
        put_char(&w, '#');
        put_encoded(&w, fragment, ENC_FRAGMENT);
    }
    *out = (dtl_str){w.ptr, w.len};
    return DTL_OK;
}

dtl_status dtl_url_resolve(dtl_str base, dtl_str ref, dtl_arena *arena,
                           dtl_str *out)
{
    dtl_str normal = trim(base);

    ref = trim(ref);
    if (is_normal(ref)) {
        *out = ref;
        return DTL_OK;
    }
    if (!drop_breaks(&ref, arena))
        return DTL_NOMEM;
    if (normal.len && !is_normal(normal)) {
        dtl_str copy = normal;

        if (!drop_breaks(&copy, arena) ||
            resolve((dtl_str){NULL, 0}, copy, arena, &normal) != DTL_OK)
            return DTL_NOMEM;
    }
    return resolve(normal, ref, arena, out);
}
