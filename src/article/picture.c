/* Which address a picture element has, among many attributes that may hold
 * one, and what an address is once everything that resizes is taken off. */
#include "article/picture.h"
#include "base/needles.h"
#include "base/str.h"
#include "base/url.h"
#include "base/word_set.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

/* Attributes of lazy loading: those that hold an address, which mean nothing
 * else first, and behind them those that hold a srcset. */
static const char *const lazy_names[] = {
    "data-lazy-src",      "data-src",          "data-original",
    "data-original-src",  "data-lazy",         "data-lazyload",
    "data-lazy-original", "data-image-src",    "data-img-src",
    "data-litespeed-src", "data-cmp-src",      "data-cookieblock-src",
    "data-echo",          "data-hi-res-src",   "data-src-large",
    "data-full-src",      "data-large-file",   "data-orig-file",
    "data-url",           "data-image",        "data-srcset",
    "data-lazy-srcset",   "data-original-set", "data-src-set"};
static dtl_word_set lazy_set = DTL_WORD_SET(lazy_names);

enum {
    LAZY_COUNT = sizeof lazy_names / sizeof *lazy_names,
    LAZY_SETS = 4, /* of them, at the end */
    LAZY_ADDRESSES = LAZY_COUNT - LAZY_SETS
};

/* Those that an element has, by a bit each, and where. */
typedef struct {
    uint32_t met;
    const dtl_html_attr *at[LAZY_COUNT];
} lazy_attributes;

/* ---- The element's address ----------------------------------------------- */

/* A file that stands for a picture until that is loaded. */
static bool is_placeholder(dtl_str address)
{
    static const char *const words[] = {
        "placeholder", "spacer",   "transparent", "blank.",    "1x1.",
        "1px.",        "pixel.",   "loading.",    "loader.",   "lazyload",
        "lazy.",       "grey.gif", "gray.gif",    "trans.gif", "empty.",
        "clear.gif",   "dummy.",   "spinner"};
    static dtl_needles placeholders = DTL_NEEDLES(words);
    return dtl_needles_any(&placeholders, dtl_url_file(address));
}

/* Whether "{" or "<%" is in s. */
static bool is_template(dtl_str s)
{
    const char *p = memchr(s.ptr, '<', s.len), *end = s.ptr + s.len;

    for (; p; p = memchr(p + 1, '<', (size_t)(end - p - 1)))
        if (p + 1 < end && p[1] == '%')
            return true;
    return memchr(s.ptr, '{', s.len) != NULL;
}

bool dtl_picture_address_is_real(dtl_str address)
{
    dtl_str s = dtl_str_trim(address);
    size_t colon, slash;

    if (s.len < 3 || s.ptr[0] == '#' || s.ptr[0] == '{' || s.ptr[0] == '[' ||
        s.ptr[0] == '<')
        return false;
    if (is_template(s))
        return false;
    colon = dtl_str_find_char(s, ':');
    slash = dtl_str_find_char(s, '/');
    if (colon != SIZE_MAX && colon < 12 && (slash == SIZE_MAX || colon < slash))
        return dtl_str_starts_nocase(s, DTL_STR("http:")) ||
               dtl_str_starts_nocase(s, DTL_STR("https:"));
    /* "true", "lazy": values of attributes that hold no address. */
    return slash != SIZE_MAX || dtl_str_find_char(s, '.') != SIZE_MAX;
}

static bool is_shown(dtl_str address)
{
    return dtl_picture_address_is_real(address) && !is_placeholder(address);
}

/* The number that a descriptor of a srcset begins with. */
static double descriptor_value(dtl_str s)
{
    double value = 0, unit = 1;
    size_t i = 0;

    for (; i < s.len && dtl_is_digit(s.ptr[i]); i++)
        value = value * 10 + (s.ptr[i] - '0');
    if (i < s.len && s.ptr[i] == '.')
        for (i++; i < s.len && dtl_is_digit(s.ptr[i]); i++)
            value += (s.ptr[i] - '0') * (unit /= 10);
    return i ? value : 1;
}

/* The candidate of a srcset with the largest descriptor, and its value. */
static dtl_str largest_of_set(dtl_str set, double *best)
{
    dtl_str out = {NULL, 0};
    size_t i = 0;

    while (i < set.len) {
        size_t start, end;
        double value = 1;

        while (i < set.len && (dtl_is_space(set.ptr[i]) || set.ptr[i] == ','))
            i++;
        start = i;
        while (i < set.len && !dtl_is_space(set.ptr[i]))
            i++;
        end = i;
        while (end > start && set.ptr[end - 1] == ',')
            end--;
        if (end == i) {
            size_t from = i;

            while (i < set.len && set.ptr[i] != ',')
                i++;
            value = descriptor_value(dtl_str_trim(dtl_str_sub(set, from, i)));
        }
        if (end > start && value > *best &&
            is_shown(dtl_str_sub(set, start, end))) {
            *best = value;
            out = dtl_str_sub(set, start, end);
        }
    }
    return out;
}

static lazy_attributes lazy_of(const dtl_html_doc *d, dtl_html_ref n)
{
    const dtl_html_node *node = &d->nodes[n];
    lazy_attributes l;

    l.met = 0;
    for (uint32_t i = 0; i < node->count; i++) {
        const dtl_html_attr *a = &d->attrs[node->data + i];
        dtl_str name = dtl_html_name(d, a->name);
        size_t k;

        if (name.len < 8 || memcmp(name.ptr, "data-", 5) != 0)
            continue;
        k = dtl_word_set_find(&lazy_set, name);
        if (k == SIZE_MAX)
            continue;
        l.met |= UINT32_C(1) << k;
        l.at[k] = a;
    }
    return l;
}

static dtl_str largest_of_sets(dtl_html_doc *d, dtl_html_ref n,
                               const lazy_attributes *lazy, double *best)
{
    dtl_str out = largest_of_set(dtl_html_attr_value(d, n, DTL_N_SRCSET), best);

    for (size_t k = LAZY_ADDRESSES; lazy->met >> k; k++) {
        dtl_str s;

        if (!(lazy->met >> k & 1))
            continue;
        s = largest_of_set(dtl_html_attr_text(d, lazy->at[k]), best);
        if (s.ptr)
            out = s;
    }
    return out;
}

/* What the sources of the picture around n offer. */
static dtl_str largest_source(dtl_html_doc *d, dtl_html_ref n)
{
    dtl_html_ref picture = d->nodes[n].parent, s;
    dtl_str out = {NULL, 0};
    double best = 0;

    if (!dtl_html_is(d, picture, DTL_N_PICTURE))
        return out;
    for (s = dtl_html_first_child(d, picture); s; s = dtl_html_next(d, s)) {
        lazy_attributes lazy;
        dtl_str found;

        if (!dtl_html_is(d, s, DTL_N_SOURCE))
            continue;
        lazy = lazy_of(d, s);
        found = largest_of_sets(d, s, &lazy, &best);
        if (found.ptr)
            out = found;
    }
    return out;
}

/* "?w=40": what is shown until the picture is loaded. */
static bool names_small_width(dtl_str address)
{
    static const char *const keys[] = {"w=", "width=", "imwidth="};
    size_t at = dtl_str_find_char(address, '?'), i;
    dtl_str query, part;

    if (at == SIZE_MAX)
        return false;
    query = dtl_str_sub(address, at + 1, address.len);
    while (dtl_str_split(&query, '&', &part))
        for (i = 0; i < sizeof keys / sizeof *keys; i++) {
            dtl_str key = dtl_str_of(keys[i]);

            if (dtl_str_starts(part, key))
                return descriptor_value(dtl_str_sub(part, key.len, part.len)) <
                       200;
        }
    return false;
}

dtl_str dtl_picture_address(dtl_html_doc *d, dtl_html_ref n)
{
    lazy_attributes lazy = lazy_of(d, n);
    dtl_str s, set;
    double best = 0;

    for (size_t k = 0; k < LAZY_ADDRESSES && lazy.met >> k; k++) {
        if (!(lazy.met >> k & 1))
            continue;
        s = dtl_html_attr_text(d, lazy.at[k]);
        if (s.len && is_shown(s))
            return dtl_str_trim(s);
    }
    s = dtl_str_trim(dtl_html_attr_value(d, n, DTL_N_SRC));
    if (is_shown(s) && !names_small_width(s))
        return s;
    set = largest_of_sets(d, n, &lazy, &best);
    if (!set.ptr)
        set = largest_source(d, n);
    return set.ptr || !is_shown(s) ? set : s;
}

/* ---- Keys ------------------------------------------------------------------
 */

enum {
    ADDRESS_MAX = 1024 /* of an address that is decoded for its key */
};

/* Bytes of the ending by which s is a picture's file, with its dot; 0: it is
 * none. */
static size_t ending_length(dtl_str s)
{
    static const char *const words[] = {"jpg",  "jpeg", "png",
                                        "webp", "avif", "gif"};
    static dtl_word_set endings = DTL_WORD_SET(words);
    size_t dot;

    for (dot = 4; dot <= 5; dot++)
        if (s.len > dot && s.ptr[s.len - dot] == '.' &&
            dtl_word_set_has(&endings, dtl_str_sub(s, s.len - dot + 1, s.len)))
            return dot;
    return 0;
}

bool dtl_picture_is_file(dtl_str s)
{
    return ending_length(s) != 0;
}

/* Decodes percent signs until nothing changes, at most twice, into out where
 * there are any. */
static dtl_str decode(dtl_str s, char out[ADDRESS_MAX])
{
    size_t len = s.len < ADDRESS_MAX ? s.len : ADDRESS_MAX;
    int round;

    if (dtl_str_find_char(dtl_str_sub(s, 0, len), '%') == SIZE_MAX)
        return dtl_str_sub(s, 0, len);
    memcpy(out, s.ptr, len);
    for (round = 0; round < 2; round++)
        len = dtl_url_percent_decode((dtl_str){out, len}, out);
    return (dtl_str){out, len};
}

/* Where "://" stands in s; SIZE_MAX: nowhere. */
static size_t find_scheme_end(dtl_str s)
{
    size_t from = 0, at;

    while ((at = dtl_str_find_char(dtl_str_sub(s, from, s.len), ':')) !=
           SIZE_MAX) {
        from += at;
        if (s.len - from > 2 && s.ptr[from + 1] == '/' &&
            s.ptr[from + 2] == '/')
            return from;
        from++;
    }
    return SIZE_MAX;
}

/* Without scheme, and without services in front of another address. */
static dtl_str innermost(dtl_str s)
{
    static const char *const keys[] = {
        "url=", "src=", "image=", "img=", "file="};
    size_t at, i, query;

    while ((at = find_scheme_end(s)) != SIZE_MAX) {
        bool in_query =
            dtl_str_find_char(dtl_str_sub(s, 0, at), '?') != SIZE_MAX;

        s = dtl_str_sub(s, at + 3, s.len);
        if (in_query)
            s = dtl_str_sub(s, 0, dtl_str_find_char(s, '&'));
    }
    query = dtl_str_find_char(s, '?');
    for (i = 0; query != SIZE_MAX && i < sizeof keys / sizeof *keys; i++) {
        dtl_str rest = dtl_str_sub(s, query + 1, s.len);
        dtl_str key = dtl_str_of(keys[i]);

        at = dtl_str_find(rest, key);
        if (at == SIZE_MAX || (at && rest.ptr[at - 1] != '&'))
            continue;
        rest = dtl_str_sub(rest, at + key.len, rest.len);
        rest = dtl_str_sub(rest, 0, dtl_str_find_char(rest, '&'));
        if (dtl_str_find_char(rest, '/') != SIZE_MAX)
            return rest;
    }
    return s;
}

/* In small letters, in out, which may be where s is. */
static dtl_str lower(dtl_str s, char out[ADDRESS_MAX])
{
    for (size_t i = 0; i < s.len; i++)
        out[i] = dtl_lower(s.ptr[i]);
    return (dtl_str){out, s.len};
}

/* Names of what a service does to a picture. */
static const char *const operation_names[] = {
    "ar",     "auth",    "auto",   "bg",      "c",        "cb",
    "crop",   "dpr",     "dw",     "e",       "f",        "fallback",
    "fit",    "fl",      "fm",     "focal",   "format",   "g",
    "h",      "hash",    "height", "im",      "imheight", "imwidth",
    "itok",   "maxh",    "maxw",   "mode",    "op",       "output",
    "preset", "profile", "q",      "quality", "rect",     "resize",
    "s",      "scale",   "sig",    "size",    "smart",    "ssl",
    "strip",  "t",       "token",  "ts",      "upscale",  "usecropoffset",
    "usm",    "v",       "ver",    "w",       "width",    "x",
    "y"};
static dtl_word_set operations = DTL_WORD_SET(operation_names);

/* "w_1280", "c_limit", "width=600", "1200x675", "16:9", "q80". */
static bool is_operation(dtl_str s)
{
    size_t i = 0;
    bool number = false;
    char c;

    while (i < s.len && dtl_is_alpha(s.ptr[i]))
        i++;
    if (i == s.len)
        return false;
    c = s.ptr[i];
    if (i)
        return (c == '_' || c == '=' || c == ':' || dtl_is_digit(c)) &&
               dtl_word_set_has(&operations, dtl_str_sub(s, 0, i));
    if (!dtl_is_digit(c))
        return false;
    /* Two numbers and more, that none of them is taken for a name. */
    for (; i < s.len; i++) {
        c = s.ptr[i];
        if (dtl_is_digit(c))
            continue;
        if (c != 'x' && c != 'X' && c != ':' && c != '_')
            return false;
        number = true;
    }
    return number;
}

/* A part of a path that only says how the picture is cut. */
static bool is_resizing(dtl_str s)
{
    static const char *const words[] = {
        "alternates", "avif",      "cdn-cgi", "crop",   "fetch",  "fit-in",
        "format",     "free_1200", "full",    "image",  "jpeg",   "jpg",
        "landscape",  "large",     "master",  "max",    "medium", "original",
        "png",        "portrait",  "preview", "public", "resize", "resizer",
        "scale",      "small",     "smart",   "square", "teaser", "thumb",
        "thumbnail",  "unsafe",    "upload",  "webp",   "wide"};
    static dtl_word_set resizing = DTL_WORD_SET(words);
    dtl_str rest = s, part;

    if (!s.len || dtl_word_set_has(&resizing, s))
        return true;
    while (dtl_str_split(&rest, ',', &part))
        if (!is_operation(part))
            return false;
    return true;
}

/* A number that may be a width. */
static bool is_width(dtl_str s)
{
    return s.len >= 2 && s.len <= 4 && dtl_str_is_digits(s) &&
           (s.len > 2 || s.ptr[0] >= '5');
}

/* Where the part behind the last '-' or '_' begins; s.len when none does. */
static size_t last_part(dtl_str s)
{
    size_t i = s.len;

    while (i && s.ptr[i - 1] != '-' && s.ptr[i - 1] != '_')
        i--;
    return i ? i : s.len;
}

/* A file's name without the sizes at its end. */
static dtl_str stem_of(dtl_str name, bool loose)
{
    static const char *const always[] = {"rotated", "scaled"};
    static const char *const words[] = {
        "crop",   "default",   "fb",       "full",     "hd",        "hero",
        "l",      "landscape", "large",    "m",        "master",    "medium",
        "og",     "orig",      "original", "portrait", "s",         "small",
        "social", "square",    "teaser",   "thumb",    "thumbnail", "wide",
        "xl",     "xxl"};
    static dtl_word_set made = DTL_WORD_SET(always);
    static dtl_word_set sizes = DTL_WORD_SET(words);

    for (;;) {
        dtl_str part;
        size_t at;

        if (name.len > 2 && name.ptr[name.len - 3] == '@' &&
            (dtl_str_ends(name, DTL_STR("@2x")) ||
             dtl_str_ends(name, DTL_STR("@3x")))) {
            name = dtl_str_sub(name, 0, name.len - 3);
            continue;
        }
        at = last_part(name);
        part = dtl_str_sub(name, at, name.len);
        if (at < 3 || at == name.len ||
            !(is_operation(part) || dtl_word_set_has(&made, part) ||
              (loose && (is_width(part) || dtl_word_set_has(&sizes, part)))))
            return name;
        name = dtl_str_sub(name, 0, at - 1);
    }
}

static uint64_t hash(dtl_str s)
{
    return XXH3_64bits(s.ptr, s.len);
}

/* The hash of a row of parts, with one more. */
static uint64_t join(uint64_t row, uint64_t part)
{
    row = (row ^ part) * UINT64_C(0x9E3779B97F4A7C15);
    return row ^ row >> 32;
}

static void add_part(dtl_picture_key *key, dtl_str part, bool in_loose)
{
    uint64_t of = hash(part);

    key->strict = join(key->strict, of);
    if (in_loose)
        key->loose = join(key->loose, of);
}

static void add_query(dtl_picture_key *key, dtl_str query)
{
    dtl_str part;

    while (dtl_str_split(&query, '&', &part)) {
        dtl_str name = dtl_str_sub(part, 0, dtl_str_find_char(part, '='));

        if (part.len && !dtl_word_set_has(&operations, name))
            add_part(key, part, true);
    }
}

/* Adds what a path's last part, the file, is called. */
static void add_name(dtl_picture_key *key, dtl_str name)
{
    size_t ending = ending_length(name);
    dtl_str strict = stem_of(dtl_str_sub(name, 0, name.len - ending), false);
    dtl_str loose = stem_of(strict, true);
    uint64_t of = hash(strict);

    key->strict = join(key->strict, of);
    if (loose.len != strict.len)
        of = hash(loose);
    if (!is_width(loose))
        key->loose = join(key->loose, of);
    if (loose.len >= 9 && ending)
        key->stem = of;
}

/* "styles/hero/public/x.jpg": the name of a style says how it is cut. */
static bool names_style(dtl_str part)
{
    return dtl_str_eq(part, DTL_STR("styles"));
}

static bool is_host(dtl_str part)
{
    return dtl_str_find_char(part, '.') != SIZE_MAX &&
           !dtl_picture_is_file(part);
}

dtl_picture_key dtl_picture_key_of(dtl_str address)
{
    char buffer[ADDRESS_MAX];
    dtl_picture_key key = {0, 0, 0};
    dtl_str s = lower(innermost(decode(address, buffer)), buffer);
    dtl_str query = {NULL, 0}, part;
    size_t at;
    bool style = false;

    s = dtl_str_sub(s, 0, dtl_str_find_char(s, '#'));
    at = dtl_str_find_char(s, '?');
    if (at != SIZE_MAX)
        query = dtl_str_sub(s, at + 1, s.len);
    s = dtl_str_sub(s, 0, at);
    while ((at = dtl_str_find_char(s, '/')) != SIZE_MAX) {
        part = dtl_str_sub(s, 0, at);
        s = dtl_str_sub(s, at + 1, s.len);
        if (style)
            style = false;
        else if (names_style(part))
            style = true;
        else if (!is_host(part) && !is_resizing(part))
            add_part(&key, part, !is_width(part));
    }
    add_name(&key, s);
    if (query.len && !dtl_picture_is_file(s))
        add_query(&key, query);
    return key;
}

bool dtl_picture_keys_agree(const dtl_picture_key *a, const dtl_picture_key *b)
{
    return a->strict == b->strict || (a->loose && a->loose == b->loose) ||
           (a->stem && a->stem == b->stem);
}

/* ---- Ornaments ----------------------------------------------------------- */

bool dtl_picture_is_ornament(dtl_str address)
{
    static const char *const words[] = {
        "adserver", "arrow",    "authors",     "avatar",      "avatars",
        "badge",    "badges",   "blank",       "btn",         "button",
        "buttons",  "counter",  "doubleclick", "emoji",       "emojis",
        "favicon",  "gravatar", "icon",        "icons",       "loading",
        "logo",     "logos",    "pixel",       "placeholder", "profiles",
        "qrcode",   "smiley",   "smilies",     "spacer",      "spinner",
        "sprite",   "sprites",  "tracking",    "userpics"};
    static dtl_word_set ornaments = DTL_WORD_SET(words);
    dtl_str s = dtl_str_sub(address, 0, dtl_str_find_char(address, '?'));
    size_t i = 0;

    while (i < s.len) {
        size_t start = i;

        while (i < s.len && dtl_is_alpha(s.ptr[i]))
            i++;
        if (dtl_word_set_has(&ornaments, dtl_str_sub(s, start, i)))
            return true;
        if (i == start)
            i++;
    }
    return false;
}
