/* Media types by content, after the WHATWG MIME Sniffing standard (section 7,
 * with the signatures of section 6), and the kinds of XML and JSON that
 * archives of the web hold. Only the beginning is looked at. */
#include "warc/media.h"
#include "base/str.h"

enum {
    LOOKED_AT = 1445 /* bytes; the standard's resource header */
};

typedef struct {
    const char *bytes;
    size_t len, at;
    const char *type;
} signature;

#define SIGN(at, bytes, type)                                                  \
    {                                                                          \
        bytes, sizeof(bytes) - 1, at, type                                     \
    }

/* Read from the top; "RIFF" and "ftyp" stand before or behind a length. */
static const signature signatures[] = {
    SIGN(0, "%PDF-", "application/pdf"),
    SIGN(0, "%!PS-Adobe-", "application/postscript"),
    SIGN(0, "GIF87a", "image/gif"),
    SIGN(0, "GIF89a", "image/gif"),
    SIGN(0, "\x89PNG\r\n\x1a\n", "image/png"),
    SIGN(0, "\xff\xd8\xff", "image/jpeg"),
    SIGN(8, "WEBPVP", "image/webp"),
    SIGN(8, "WAVE", "audio/wave"),
    SIGN(8, "AVI ", "video/avi"),
    SIGN(0, "\0\0\1\0", "image/x-icon"),
    SIGN(0, "\0\0\2\0", "image/x-icon"),
    SIGN(4, "ftypavif", "image/avif"),
    SIGN(4, "ftyp", "video/mp4"),
    SIGN(0, "\x1a\x45\xdf\xa3", "video/webm"),
    SIGN(0, "OggS\0", "application/ogg"),
    SIGN(0, "ID3", "audio/mpeg"),
    SIGN(0, "\x1f\x8b\x08", "application/gzip"),
    SIGN(0, "PK\3\4", "application/zip"),
    SIGN(0, "Rar!\x1a\7", "application/x-rar-compressed"),
    SIGN(0, "\x28\xb5\x2f\xfd", "application/zstd"),
    SIGN(0, "wOF2", "font/woff2"),
    SIGN(0, "wOFF", "font/woff"),
    SIGN(0, "OTTO", "font/otf"),
    SIGN(0, "\0\1\0\0", "font/ttf"),
    SIGN(0, "\0asm", "application/wasm"),
    SIGN(0, "MThd\0\0\0\6", "audio/midi"),
};

static const char *by_signature(dtl_str s)
{
    const signature *g = signatures;
    size_t i;

    for (i = 0; i < sizeof signatures / sizeof *signatures; i++, g++)
        if (dtl_str_eq(dtl_str_sub(s, g->at, g->at + g->len),
                       (dtl_str){g->bytes, g->len}))
            return g->type;
    return NULL;
}

/* Whether s begins with a tag of that name, or a declaration that goes on. */
static bool opens_tag(dtl_str s, dtl_str tag)
{
    char after;

    if (!dtl_str_starts_nocase(s, tag))
        return false;
    if (s.len == tag.len)
        return true;
    after = s.ptr[tag.len];
    return dtl_is_space(after) || after == '>' || after == '/' || after == ':';
}

static bool opens_html(dtl_str s)
{
    static const char *const tags[] = {
        "<!doctype html", "<html",   "<head",   "<body",
        "<script",        "<iframe", "<h1",     "<div",
        "<font",          "<table",  "<a",      "<style",
        "<title",         "<b",      "<br",     "<p",
        "<meta",          "<link",   "<center", "<main",
        "<span",          "<ul",     "<article"};
    size_t i;

    for (i = 0; i < sizeof tags / sizeof *tags; i++)
        if (opens_tag(s, dtl_str_of(tags[i])))
            return true;
    return false;
}

/* Takes white space, comments, processing instructions and, of XML, document
 * types that are not HTML's off s, as far as they end in it. */
static dtl_str to_first_tag(dtl_str s)
{
    size_t end;

    for (;;) {
        s = dtl_str_trim(s);
        if (dtl_str_starts(s, DTL_STR("<!--")))
            end = dtl_str_find(s, DTL_STR("-->"));
        else if (dtl_str_starts(s, DTL_STR("<?")) ||
                 (dtl_str_starts_nocase(s, DTL_STR("<!doctype")) &&
                  !opens_html(s)))
            end = dtl_str_find(s, DTL_STR(">"));
        else
            return s;
        if (end == SIZE_MAX)
            return s;
        s = dtl_str_sub(s, end + (s.ptr[2] == '-' ? 3 : 1), s.len);
    }
}

/* What begins with an XML declaration: its root tells. */
static const char *xml_type(dtl_str s)
{
    static const struct {
        const char *root, *type;
    } roots[] = {
        {"<rss", "application/rss+xml"},
        {"<rdf", "application/rss+xml"},
        {"<feed", "application/atom+xml"},
        {"<svg", "image/svg+xml"},
        {"<html", "application/xhtml+xml"},
        {"<!doctype html", "application/xhtml+xml"},
    };
    size_t i;

    for (i = 0; i < sizeof roots / sizeof *roots; i++)
        if (opens_tag(s, dtl_str_of(roots[i].root)))
            return roots[i].type;
    return NULL;
}

/* "{" and "[" begin much; JSON has a string, an end or a value behind. */
static bool opens_json(dtl_str s)
{
    dtl_str rest;

    if (!s.len || (s.ptr[0] != '{' && s.ptr[0] != '['))
        return false;
    rest = dtl_str_trim(dtl_str_sub(s, 1, s.len));
    if (!rest.len)
        return s.len > 1;
    if (rest.ptr[0] == '"' || rest.ptr[0] == (s.ptr[0] == '{' ? '}' : ']'))
        return true;
    return s.ptr[0] == '[' && (rest.ptr[0] == '{' || rest.ptr[0] == '[');
}

/* Control characters that text has not (section 7.1, binary data bytes). */
static bool is_binary(dtl_str s)
{
    size_t i;
    unsigned char c;

    for (i = 0; i < s.len; i++) {
        c = (unsigned char)s.ptr[i];
        if (c < 0x20 &&
            (c <= 0x08 || c == 0x0b || (c >= 0x0e && c <= 0x1a) || c >= 0x1c))
            return true;
    }
    return false;
}

const char *dtl_media_type(dtl_str bytes)
{
    dtl_str s = dtl_str_sub(bytes, 0, LOOKED_AT), first;
    const char *type;
    bool xml;

    if (!s.len)
        return NULL;
    if (dtl_str_starts(s, DTL_STR("\xfe\xff")) ||
        dtl_str_starts(s, DTL_STR("\xff\xfe")))
        return "text/plain"; /* UTF-16 */
    if (dtl_str_starts(s, DTL_STR("\xef\xbb\xbf")))
        s = dtl_str_sub(s, 3, s.len);
    type = by_signature(s);
    if (type)
        return type;
    xml = dtl_str_starts(dtl_str_trim(s), DTL_STR("<?xml"));
    first = to_first_tag(s);
    type = xml_type(first);
    if (type && (xml || !opens_html(first)))
        return type;
    if (xml)
        return opens_html(first) ? "application/xhtml+xml" : "application/xml";
    if (opens_html(first))
        return "text/html";
    if (opens_json(first))
        return "application/json";
    return is_binary(s) ? "application/octet-stream" : "text/plain";
}
