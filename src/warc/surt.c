/* Sort-friendly addresses: "http://www.Example.com/B/?z=1&a=2" becomes
 * "com,example)/b?a=2&z=1", so that the captures of one page stand together in
 * a sorted index, and those of one site beside them.
 *
 * The rules are those that the indexes of the web's archives are made by, the
 * Wayback Machine's: escapes are undone as often as they were done and written
 * once; scheme, user, "www." and the scheme's own port go; path and query
 * become lower case, the query's arguments are sorted, and session ids known
 * by their form go. Addresses that cannot be taken apart stay as they are. */
#include "warc/surt.h"
#include "base/str.h"
#include "base/url.h"

#include <stdlib.h>

typedef struct {
    dtl_str scheme, host, port, path, query;
} parts;

/* ---- Escapes --------------------------------------------------------------
 */

/* Undoes escapes until there is none. What an escape gives may be part of
 * another, which then ends where this one did; so one pass is enough. */
static dtl_str unescape(dtl_str s, dtl_arena *a)
{
    char *out = dtl_arena_alloc(a, s.len + 1);
    size_t len = 0, i;

    if (!out)
        return (dtl_str){NULL, 0};
    for (i = 0; i < s.len; i++) {
        out[len++] = s.ptr[i];
        while (len >= 3 && out[len - 3] == '%' &&
               dtl_hex_digit(out[len - 2]) >= 0 &&
               dtl_hex_digit(out[len - 1]) >= 0) {
            out[len - 3] = (char)(dtl_hex_digit(out[len - 2]) * 16 +
                                  dtl_hex_digit(out[len - 1]));
            len -= 2;
        }
    }
    return (dtl_str){out, len};
}

static dtl_str escape(dtl_str s, dtl_arena *a)
{
    static const char digits[] = "0123456789ABCDEF";
    dtl_buf out = {.arena = a};
    unsigned char c;
    size_t i;

    dtl_buf_reserve(&out, s.len + 1);
    for (i = 0; i < s.len; i++) {
        c = (unsigned char)s.ptr[i];
        if (c > 0x20 && c < 0x7f && c != '#' && c != '%') {
            dtl_buf_putc(&out, (char)c);
            continue;
        }
        dtl_buf_putc(&out, '%');
        dtl_buf_putc(&out, digits[c >> 4]);
        dtl_buf_putc(&out, digits[c & 15]);
    }
    return dtl_buf_view(&out);
}

/* In place: s must be the arena's own. */
static dtl_str lower(dtl_str s)
{
    char *p = (char *)(uintptr_t)s.ptr;
    size_t i;

    for (i = 0; i < s.len; i++)
        p[i] = dtl_lower(p[i]);
    return s;
}

/* ---- Taking apart ---------------------------------------------------------
 */

/* The address without white space at its ends and newlines and tabs in it, and
 * with a scheme. */
static dtl_str tidy(dtl_str url, dtl_arena *a)
{
    dtl_buf out = {.arena = a};
    size_t i, colon;

    url = dtl_str_trim(url);
    colon = dtl_str_find_char(url, ':');
    for (i = 0; i < url.len && i < colon; i++)
        if (!dtl_is_alpha(url.ptr[i]) &&
            (!i || (!dtl_is_digit(url.ptr[i]) && !strchr("+.-", url.ptr[i]))))
            break;
    if (colon == SIZE_MAX || !colon || i < colon)
        dtl_buf_puts(&out, "http://");
    for (i = 0; i < url.len; i++)
        if (!strchr("\t\r\n", url.ptr[i]) || !url.ptr[i])
            dtl_buf_putc(&out, url.ptr[i]);
    return dtl_buf_view(&out);
}

/* "http://https://a.example/": the last scheme counts. */
static dtl_str last_scheme(dtl_str url)
{
    static const char *const schemes[] = {"http://", "https://"};
    size_t i, n, from = 0, to = 0;

    do {
        n = 0;
        for (i = 0; i < 2; i++)
            if (dtl_str_starts(dtl_str_sub(url, to, url.len),
                               dtl_str_of(schemes[i])))
                n = strlen(schemes[i]);
        if (n) {
            from = to;
            to += n;
        }
    } while (n);
    return dtl_str_sub(url, from, url.len);
}

/* The offset of the first of some characters, or s.len. */
static size_t find_any(dtl_str s, const char *chars)
{
    size_t i;

    for (i = 0; i < s.len && (!s.ptr[i] || !strchr(chars, s.ptr[i])); i++)
        ;
    return i;
}

/* "user:word@host:port" as host and port; false for a port that is none. */
static bool split_authority(dtl_str s, parts *p)
{
    size_t i;

    for (i = s.len; i && s.ptr[i - 1] != '@'; i--)
        ;
    s = dtl_str_sub(s, i, s.len);
    while (s.len && s.ptr[s.len - 1] == ':')
        s.len--;
    p->host = s;
    if (s.len && s.ptr[0] == '[') { /* IPv6 */
        i = dtl_str_find_char(s, ']');
        p->host = dtl_str_sub(s, 1, i);
        i = i == SIZE_MAX ? s.len : i + 1;
    } else {
        i = find_any(s, ":");
        p->host = dtl_str_sub(s, 0, i);
    }
    p->port = dtl_str_sub(s, i + 1, s.len);
    while (p->port.len > 1 && p->port.ptr[0] == '0')
        p->port = dtl_str_sub(p->port, 1, p->port.len);
    return !p->port.len || dtl_str_is_digits(p->port);
}

static bool split(dtl_str url, parts *p)
{
    size_t colon = find_any(url, ":"), i;
    dtl_str authority = {NULL, 0};

    *p = (parts){.scheme = dtl_str_sub(url, 0, colon)};
    url = dtl_str_sub(url, colon + 1, url.len);
    url = dtl_str_sub(url, 0, find_any(url, "#"));
    i = find_any(url, "?");
    p->query = dtl_str_sub(url, i + 1, url.len);
    url = dtl_str_sub(url, 0, i);
    if (dtl_str_starts(url, DTL_STR("//"))) {
        url = dtl_str_sub(url, 2, url.len);
        i = find_any(url, "/");
        authority = dtl_str_sub(url, 0, i);
        url = dtl_str_sub(url, i, url.len);
    }
    p->path = url;
    if (!split_authority(authority, p))
        return false;
    if (dtl_str_starts(p->scheme, DTL_STR("http")) && !p->host.len) {
        /* "http:////a.example/" */
        while (url.len && url.ptr[0] == '/')
            url = dtl_str_sub(url, 1, url.len);
        i = find_any(url, "/");
        p->host = dtl_str_sub(url, 0, i);
        p->path = dtl_str_sub(url, i, url.len);
    }
    return true;
}

/* ---- Hosts ----------------------------------------------------------------
 */

/* A number as inet_aton reads it: octal behind a 0. */
static bool read_number(dtl_str s, uint64_t *out)
{
    unsigned base = s.len > 1 && s.ptr[0] == '0' ? 8 : 10, digit;
    size_t i;

    *out = 0;
    for (i = 0; i < s.len; i++) {
        digit = (unsigned)(s.ptr[i] - '0');
        if (!dtl_is_digit(s.ptr[i]) || digit >= base || *out > UINT32_MAX)
            return false;
        *out = *out * base + digit;
    }
    return s.len > 0;
}

/* Addresses in numbers, however they are written, become the usual four. A
 * single number is taken by its last 32 bits. */
static dtl_str plain_address(dtl_str host, dtl_arena *a)
{
    dtl_buf out = {.arena = a};
    uint64_t value = 0, part;
    dtl_str rest = host, word;
    size_t n = 0, i;

    if (dtl_str_is_digits(host)) {
        for (i = 0; i < host.len; i++)
            value = (value * 10 + (unsigned)(host.ptr[i] - '0')) & UINT32_MAX;
    } else {
        while (dtl_str_split(&rest, '.', &word)) {
            if (n++ == 4 || !read_number(word, &part))
                return host;
            if (rest.ptr && part > 255)
                return host;
            if (!rest.ptr && part >> (8 * (5 - n)))
                return host;
            value =
                rest.ptr ? value << 8 | part : value << (8 * (5 - n)) | part;
        }
    }
    dtl_buf_printf(&out, "%u.%u.%u.%u", (unsigned)(value >> 24 & 255),
                   (unsigned)(value >> 16 & 255), (unsigned)(value >> 8 & 255),
                   (unsigned)(value & 255));
    return out.ptr ? dtl_buf_view(&out) : host;
}

/* International names as DNS has them. */
static dtl_str ascii_host(dtl_str host, dtl_arena *a)
{
    dtl_buf url = {.arena = a};
    dtl_str resolved;
    dtl_url split_url;
    size_t i;

    for (i = 0; i < host.len && (unsigned char)host.ptr[i] < 0x80; i++)
        ;
    if (i == host.len)
        return host;
    dtl_buf_puts(&url, "http://");
    dtl_buf_str(&url, host);
    if (dtl_url_resolve((dtl_str){NULL, 0}, dtl_buf_view(&url), a, &resolved) !=
            DTL_OK ||
        !resolved.ptr || !dtl_url_split(resolved, &split_url))
        return host;
    return split_url.host;
}

/* Without dots at the ends, and of two in a row without the second. */
static dtl_str few_dots(dtl_str host, dtl_arena *a)
{
    dtl_buf out = {.arena = a};
    size_t i;

    while (host.len && host.ptr[0] == '.')
        host = dtl_str_sub(host, 1, host.len);
    while (host.len && host.ptr[host.len - 1] == '.')
        host.len--;
    if (dtl_str_find(host, DTL_STR("..")) == SIZE_MAX)
        return host;
    for (i = 0; i < host.len; i++) {
        dtl_buf_putc(&out, host.ptr[i]);
        if (host.ptr[i] == '.' && i + 1 < host.len && host.ptr[i + 1] == '.')
            i++;
    }
    return dtl_buf_view(&out);
}

/* Without "www.", "www2." and the like. */
static dtl_str without_www(dtl_str host)
{
    size_t i = 3;

    if (!dtl_str_starts(host, DTL_STR("www")))
        return host;
    while (i < host.len && dtl_is_digit(host.ptr[i]))
        i++;
    return i < host.len && host.ptr[i] == '.'
               ? dtl_str_sub(host, i + 1, host.len)
               : host;
}

static dtl_str plain_host(const parts *p, dtl_arena *a)
{
    dtl_str host = unescape(p->host, a);

    host = few_dots(ascii_host(host, a), a);
    host = lower(escape(plain_address(host, a), a));
    if (!dtl_str_eq(p->scheme, DTL_STR("dns")))
        host = without_www(host);
    return host;
}

/* ---- Paths ----------------------------------------------------------------
 */

/* Takes "." and ".." and empty parts out, in this order. */
static dtl_str plain_path(dtl_str path, dtl_arena *a)
{
    dtl_buf out = {.arena = a};
    dtl_str rest = path, part;
    size_t i, len = 0;

    dtl_buf_putc(&out, '/');
    dtl_str_split(&rest, '/', &part); /* what is before the first "/" goes */
    while (dtl_str_split(&rest, '/', &part)) {
        if (dtl_str_eq(part, DTL_STR(".")))
            continue;
        if (dtl_str_eq(part, DTL_STR("..")) && out.len > 1) {
            for (out.len--; out.len > 1 && out.ptr[out.len - 1] != '/';)
                out.len--;
            continue;
        }
        dtl_buf_str(&out, part);
        if (rest.ptr)
            dtl_buf_putc(&out, '/');
    }
    for (i = 0; i < out.len; i++)
        if (!len || out.ptr[i] != '/' || out.ptr[len - 1] != '/')
            out.ptr[len++] = out.ptr[i];
    out.len = len;
    return dtl_buf_view(&out);
}

/* Whether so many letters and digits stand in s at from. */
static bool has_id(dtl_str s, size_t from, size_t count, bool digits)
{
    size_t i;

    if (from > s.len || s.len - from < count)
        return false;
    for (i = 0; i < count; i++)
        if (!dtl_is_alpha(s.ptr[from + i]) &&
            !(digits && dtl_is_digit(s.ptr[from + i])))
            return false;
    return true;
}

enum {
    ASP_ID = 24
};

/* The length of "(ID)/" or "(S(ID)F(ID))/" at the beginning of s; 0: none. */
static size_t asp_session(dtl_str s)
{
    size_t at = 1;

    if (!s.len || s.ptr[0] != '(')
        return 0;
    if (has_id(s, 1, ASP_ID, true))
        at += ASP_ID;
    else
        while (has_id(s, at, 1, false) && at + 1 < s.len &&
               s.ptr[at + 1] == '(' && has_id(s, at + 2, ASP_ID, true) &&
               at + 2 + ASP_ID < s.len && s.ptr[at + 2 + ASP_ID] == ')')
            at += ASP_ID + 3;
    if (at == 1 || !dtl_str_starts(dtl_str_sub(s, at, s.len), DTL_STR(")/")))
        return 0;
    return at + 2;
}

/* Takes the session id out that ASP.NET writes into paths of its pages. */
static dtl_str without_session(dtl_str path, dtl_arena *a)
{
    dtl_buf out = {.arena = a};
    dtl_str rest;
    size_t i, len, page;

    for (i = path.len; i; i--) {
        if (path.ptr[i - 1] != '/')
            continue;
        rest = dtl_str_sub(path, i, path.len);
        len = asp_session(rest);
        if (!len)
            continue;
        rest = dtl_str_sub(rest, len, rest.len);
        page = dtl_str_find(rest, DTL_STR(".aspx"));
        if (page == SIZE_MAX || !page || find_any(rest, "?") < page)
            continue;
        dtl_buf_str(&out, dtl_str_sub(path, 0, i));
        dtl_buf_str(&out, rest);
        return dtl_buf_view(&out);
    }
    return path;
}

/* ---- Queries --------------------------------------------------------------
 */

/* Arguments that are session ids: a name, which some follow by letters of
 * their own, and an id of known length. */
static const struct {
    const char *name;
    size_t letters, id;
    bool digits;
} session_ids[] = {
    {"jsessionid", 0, 32, true},
    {"phpsessid", 0, 32, true},
    {"sid", 0, 32, true},
    {"aspsessionid", 8, 24, false},
};

/* The length of such an argument at the beginning of s; 0: none. */
static size_t session_id(dtl_str s, size_t which)
{
    size_t at = strlen(session_ids[which].name);

    if (!dtl_str_starts_nocase(s, dtl_str_of(session_ids[which].name)) ||
        !has_id(s, at, session_ids[which].letters, false))
        return 0;
    at += session_ids[which].letters;
    if (at >= s.len || s.ptr[at] != '=' ||
        !has_id(s, at + 1, session_ids[which].id, session_ids[which].digits))
        return 0;
    at += 1 + session_ids[which].id;
    return at == s.len || s.ptr[at] == '&' ? at : 0;
}

/* ColdFusion's pair, "cfid=1&cftoken=2". */
static size_t coldfusion_id(dtl_str s)
{
    static const char *const names[] = {"cfid=", "&cftoken="};
    size_t at = 0, i, len;

    for (i = 0; i < 2; i++) {
        if (!dtl_str_starts_nocase(dtl_str_sub(s, at, s.len),
                                   dtl_str_of(names[i])))
            return 0;
        at += strlen(names[i]);
        len = find_any(dtl_str_sub(s, at, s.len), "&");
        if (!len)
            return 0;
        at += len;
    }
    return at;
}

/* Takes the last session id of each kind out. */
static dtl_str without_ids(dtl_str query, dtl_arena *a)
{
    enum {
        KINDS = sizeof session_ids / sizeof *session_ids
    };
    size_t kind, i, len;
    dtl_str rest;

    for (kind = 0; kind <= KINDS; kind++)
        for (i = query.len; i-- > 0;) {
            rest = dtl_str_sub(query, i, query.len);
            len = kind < KINDS ? session_id(rest, kind) : coldfusion_id(rest);
            if (!len)
                continue;
            {
                dtl_buf out = {.arena = a};

                dtl_buf_str(&out, dtl_str_sub(query, 0, i));
                dtl_buf_str(&out, dtl_str_sub(rest, len + 1, rest.len));
                query = dtl_buf_view(&out);
            }
            break;
        }
    return query;
}

/* By name; of one name those without value first, the others by value. */
static int compare_arguments(const void *a, const void *b)
{
    dtl_str x = *(const dtl_str *)a, y = *(const dtl_str *)b, x_name, y_name;
    int order;

    dtl_str_split(&x, '=', &x_name);
    dtl_str_split(&y, '=', &y_name);
    order = dtl_str_compare(x_name, y_name);
    if (order || !x.ptr || !y.ptr)
        return order ? order : (x.ptr != NULL) - (y.ptr != NULL);
    return dtl_str_compare(x, y);
}

static dtl_str sorted(dtl_str query, dtl_arena *a)
{
    dtl_str rest = query, *at;
    dtl_buf out = {.arena = a};
    size_t count = 1, i;

    for (i = 0; i < query.len; i++)
        count += query.ptr[i] == '&';
    at = dtl_arena_calloc(a, count, sizeof *at);
    if (!at)
        return query;
    for (i = 0; i < count && dtl_str_split(&rest, '&', &at[i]); i++)
        ;
    qsort(at, count, sizeof *at, compare_arguments);
    for (i = 0; i < count; i++) {
        if (i)
            dtl_buf_putc(&out, '&');
        dtl_buf_str(&out, at[i]);
    }
    return dtl_buf_view(&out);
}

/* ---- The whole ------------------------------------------------------------
 */

static bool is_own_port(const parts *p)
{
    return dtl_str_eq(p->port, dtl_str_eq_nocase(p->scheme, DTL_STR("https"))
                                   ? DTL_STR("443")
                                   : DTL_STR("80")) &&
           dtl_str_starts_nocase(p->scheme, DTL_STR("http"));
}

static void put_host(const parts *p, dtl_str host, dtl_buf *out)
{
    size_t end = host.len, i;

    for (i = host.len; i-- > 0;) {
        if (host.ptr[i] != '.')
            continue;
        dtl_buf_str(out, dtl_str_sub(host, i + 1, end));
        dtl_buf_putc(out, ',');
        end = i;
    }
    dtl_buf_str(out, dtl_str_sub(host, 0, end));
    if (p->port.len && !is_own_port(p)) {
        dtl_buf_putc(out, ':');
        dtl_buf_str(out, p->port);
    }
    dtl_buf_putc(out, ')');
}

static dtl_str path_of(const parts *p, bool has_host, dtl_arena *a)
{
    dtl_str path = unescape(p->path, a);

    if (has_host)
        path = plain_path(path, a);
    path = without_session(lower(escape(path, a)), a);
    if (path.len > 1 && path.ptr[path.len - 1] == '/')
        path.len--;
    return path;
}

static dtl_str query_of(const parts *p, dtl_arena *a)
{
    if (!p->query.len)
        return p->query;
    return sorted(lower(without_ids(escape(unescape(p->query, a), a), a)), a);
}

dtl_status dtl_surt_put(dtl_str url, dtl_arena *a, dtl_buf *out)
{
    dtl_str host, path, query;
    parts p;

    if (!url.len || dtl_str_starts(url, DTL_STR("filedesc"))) {
        dtl_buf_str(out, url.len ? url : DTL_STR("-"));
        return out->status;
    }
    if (!split(last_scheme(tidy(url, a)), &p)) {
        dtl_buf_str(out, url);
        return out->status;
    }
    host = p.host.len ? plain_host(&p, a) : p.host;
    path = path_of(&p, host.len > 0, a);
    query = query_of(&p, a);
    if (a->status != DTL_OK)
        return a->status;
    if (host.len) {
        put_host(&p, host, out);
    } else {
        dtl_buf_str(out, p.scheme);
        dtl_buf_putc(out, ':');
    }
    dtl_buf_str(out, !path.len && query.len ? DTL_STR("/") : path);
    if (query.len) {
        dtl_buf_putc(out, '?');
        dtl_buf_str(out, query);
    }
    return out->status;
}

dtl_status dtl_surt(dtl_str url, char **out, size_t *len)
{
    dtl_arena a = {0};
    dtl_buf buf = {0};
    dtl_status st = dtl_surt_put(url, &a, &buf);

    dtl_arena_clear(&a);
    *out = NULL;
    *len = 0;
    if (st != DTL_OK) {
        dtl_buf_clear(&buf);
        return st;
    }
    *out = buf.ptr;
    *len = buf.len;
    return DTL_OK;
}
