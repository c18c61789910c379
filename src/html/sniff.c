/* Encoding sniffing, step for step as the HTML standard has it.
 *
 * The prescan knows nothing of scripts or of quoting outside of tags: it has
 * to find what browsers find, not what is right. Running out of bytes ends
 * it at once, in the middle of an attribute too, so every step here that
 * needs a byte looks first; a cursor at the end is out of bytes. It allocates
 * nothing: attribute names and values are slices, and all comparisons ignore
 * ASCII case where the standard would have lowered it. */
#include "html/sniff.h"

#include "base/ascii.h"
#include "base/str.h"
#include "base/utf8.h"

#define PRESCAN_BYTES 1024

/* ---- Labels in meta elements ------------------------------------------ */

static dtl_str skip_space(dtl_str s)
{
    while (s.len && dtl_is_space(s.ptr[0]))
        s = dtl_str_sub(s, 1, s.len);
    return s;
}

/* The label behind "charset=" and white space. */
static dtl_encoding label_of(dtl_str s)
{
    size_t end = 0;

    if (s.len && (s.ptr[0] == '"' || s.ptr[0] == '\'')) {
        end = dtl_str_find_char(dtl_str_sub(s, 1, s.len), s.ptr[0]);
        if (end == SIZE_MAX)
            return DTL_ENCODING_NONE;
        return dtl_encoding_for_label(dtl_str_sub(s, 1, 1 + end));
    }
    while (end < s.len && !dtl_is_space(s.ptr[end]) && s.ptr[end] != ';')
        end++;
    return dtl_encoding_for_label(dtl_str_sub(s, 0, end));
}

dtl_encoding dtl_html_charset_from_content(dtl_str content)
{
    const dtl_str word = DTL_STR("charset");
    size_t at;

    while ((at = dtl_str_find_nocase(content, word)) != SIZE_MAX) {
        content = dtl_str_sub(content, at + word.len, content.len);
        content = skip_space(content);
        if (content.len && content.ptr[0] == '=')
            return label_of(skip_space(dtl_str_sub(content, 1, content.len)));
    }
    return DTL_ENCODING_NONE;
}

dtl_encoding dtl_html_meta_encoding(dtl_str charset, dtl_str http_equiv,
                                    dtl_str content)
{
    dtl_encoding e = dtl_encoding_for_label(charset);

    if (e == DTL_ENCODING_NONE &&
        dtl_str_eq_nocase(http_equiv, DTL_STR("content-type")))
        e = dtl_html_charset_from_content(content);
    return e;
}

/* What a declaration inside a page can mean: a page in which it can be read
 * is not in UTF-16, whatever it says. */
static dtl_encoding believable(dtl_encoding e)
{
    if (e == DTL_ENCODING_UTF_16BE || e == DTL_ENCODING_UTF_16LE)
        return DTL_ENCODING_UTF_8;
    if (e == DTL_ENCODING_X_USER_DEFINED)
        return DTL_ENCODING_WINDOWS_1252;
    return e;
}

dtl_encoding dtl_html_change_encoding(dtl_encoding in_use,
                                      dtl_encoding declared, dtl_str bytes,
                                      bool *again)
{
    *again = false;
    if (in_use == DTL_ENCODING_UTF_16BE || in_use == DTL_ENCODING_UTF_16LE)
        return in_use;
    declared = believable(declared);
    if (dtl_encoding_same_decoder(in_use, declared))
        return declared;
    *again = !dtl_encoding_is_ascii_based(in_use) ||
             !dtl_encoding_is_ascii_based(declared) ||
             dtl_ascii_prefix(bytes) < bytes.len;
    return declared;
}

/* ---- The prescan ------------------------------------------------------ */

typedef struct {
    dtl_str in;
    size_t at;
} cursor;

static bool ended(const cursor *c)
{
    return c->at >= c->in.len;
}

static char byte(const cursor *c)
{
    return c->in.ptr[c->at];
}

static void skip_spaces(cursor *c)
{
    while (!ended(c) && dtl_is_space(byte(c)))
        c->at++;
}

static dtl_str rest(const cursor *c)
{
    return dtl_str_sub(c->in, c->at, c->in.len);
}

/* Forward to the next wanted byte, or out of bytes. */
static void skip_to(cursor *c, char wanted)
{
    size_t far = dtl_str_find_char(rest(c), wanted);

    c->at = far == SIZE_MAX ? c->in.len : c->at + far;
}

/* The part of "get an attribute" from the label "value" on. */
static dtl_str get_value(cursor *c)
{
    size_t start;

    skip_spaces(c);
    start = c->at;
    if (!ended(c) && (byte(c) == '"' || byte(c) == '\'')) {
        char quote = byte(c);

        c->at = ++start;
        skip_to(c, quote);
        c->at += !ended(c);
        return dtl_str_sub(c->in, start, c->at - 1);
    }
    while (!ended(c) && !dtl_is_space(byte(c)) && byte(c) != '>')
        c->at++;
    return dtl_str_sub(c->in, start, c->at);
}

/* "Get an attribute"; false when there is none, or no byte left. */
static bool get_attribute(cursor *c, dtl_str *name, dtl_str *value)
{
    size_t start;

    while (!ended(c) && (dtl_is_space(byte(c)) || byte(c) == '/'))
        c->at++;
    if (ended(c) || byte(c) == '>')
        return false;
    /* A '=' that comes first is part of the name. */
    start = c->at++;
    while (!ended(c) && !dtl_is_space(byte(c)) && byte(c) != '=' &&
           byte(c) != '/' && byte(c) != '>')
        c->at++;
    *name = dtl_str_sub(c->in, start, c->at);
    *value = DTL_STR("");
    skip_spaces(c);
    if (!ended(c) && byte(c) == '=') {
        c->at++;
        *value = get_value(c);
    }
    return !ended(c);
}

/* What the attributes of a <meta> have said so far. */
typedef struct {
    bool has_http_equiv, has_content, has_charset;
    bool got_pragma;
    /* from content, from charset */
    dtl_encoding by_content, by_charset;
} declaration;

/* Of several attributes of one name the first counts. */
static void note_attribute(declaration *d, dtl_str name, dtl_str value)
{
    if (dtl_str_eq_nocase(name, DTL_STR("http-equiv"))) {
        if (!d->has_http_equiv)
            d->got_pragma = dtl_str_eq_nocase(value, DTL_STR("content-type"));
        d->has_http_equiv = true;
    } else if (dtl_str_eq_nocase(name, DTL_STR("content"))) {
        if (!d->has_content)
            d->by_content = dtl_html_charset_from_content(value);
        d->has_content = true;
    } else if (dtl_str_eq_nocase(name, DTL_STR("charset"))) {
        if (!d->has_charset)
            d->by_charset = dtl_encoding_for_label(value);
        d->has_charset = true;
    }
}

/* The <meta> whose attributes begin at c. */
static dtl_encoding scan_meta(cursor *c)
{
    declaration d = {0};
    dtl_str name, value;

    while (get_attribute(c, &name, &value))
        note_attribute(&d, name, value);
    if (ended(c))
        return DTL_ENCODING_NONE;
    /* A charset attribute counts even when it names nothing known. */
    if (d.has_charset)
        return believable(d.by_charset);
    return d.got_pragma ? believable(d.by_content) : DTL_ENCODING_NONE;
}

static void skip_tag(cursor *c)
{
    dtl_str name, value;

    while (!ended(c) && !dtl_is_space(byte(c)) && byte(c) != '>')
        c->at++;
    while (get_attribute(c, &name, &value))
        ;
}

static bool is_meta(dtl_str s)
{
    return dtl_str_starts_nocase(s, DTL_STR("<meta")) && s.len > 5 &&
           (dtl_is_space(s.ptr[5]) || s.ptr[5] == '/');
}

static bool is_tag(dtl_str s)
{
    size_t at = s.len > 1 && s.ptr[1] == '/' ? 2 : 1;

    return s.len > at && dtl_is_alpha(s.ptr[at]);
}

/* What begins with the '<' at c; leaves c at its last byte. */
static dtl_encoding scan_markup(cursor *c)
{
    dtl_str s = rest(c);
    size_t end;

    if (dtl_str_starts(s, DTL_STR("<!--"))) {
        /* "<!-->" is a comment, whole. */
        end = dtl_str_find(dtl_str_sub(s, 2, s.len), DTL_STR("-->"));
        c->at = end == SIZE_MAX ? c->in.len : c->at + 2 + end + 2;
    } else if (is_meta(s)) {
        c->at += 5;
        return scan_meta(c);
    } else if (is_tag(s)) {
        skip_tag(c);
    } else if (s.len > 1 &&
               (s.ptr[1] == '!' || s.ptr[1] == '/' || s.ptr[1] == '?')) {
        skip_to(c, '>');
    }
    return DTL_ENCODING_NONE;
}

/* "Get an XML encoding". */
static dtl_encoding xml_encoding(dtl_str in)
{
    const dtl_str word = DTL_STR("encoding");
    size_t end, at;
    char quote;

    if (!dtl_str_starts(in, DTL_STR("<?xml")))
        return DTL_ENCODING_NONE;
    end = dtl_str_find_char(in, '>');
    if (end == SIZE_MAX)
        return DTL_ENCODING_NONE;
    at = dtl_str_find(dtl_str_sub(in, 0, end), word);
    if (at == SIZE_MAX)
        return DTL_ENCODING_NONE;
    at += word.len;
    while (at < in.len && (unsigned char)in.ptr[at] <= ' ')
        at++;
    if (at >= in.len || in.ptr[at++] != '=')
        return DTL_ENCODING_NONE;
    while (at < in.len && (unsigned char)in.ptr[at] <= ' ')
        at++;
    if (at >= in.len || (in.ptr[at] != '"' && in.ptr[at] != '\''))
        return DTL_ENCODING_NONE;
    quote = in.ptr[at++];
    in = dtl_str_sub(in, at, in.len);
    end = dtl_str_find_char(in, quote);
    if (end == SIZE_MAX)
        return DTL_ENCODING_NONE;
    in = dtl_str_sub(in, 0, end);
    /* White space makes it no label here, unlike in a <meta>. */
    if (in.len && ((unsigned char)in.ptr[0] <= ' ' ||
                   (unsigned char)in.ptr[in.len - 1] <= ' '))
        return DTL_ENCODING_NONE;
    return dtl_encoding_for_label(in);
}

dtl_encoding dtl_html_prescan(dtl_str bytes)
{
    cursor c = {dtl_str_sub(bytes, 0, PRESCAN_BYTES), 0};
    dtl_encoding e;

    if (dtl_str_starts(c.in, DTL_STR("<\0?\0x\0")))
        return DTL_ENCODING_UTF_16LE;
    if (dtl_str_starts(c.in, DTL_STR("\0<\0?\0x")))
        return DTL_ENCODING_UTF_16BE;
    for (skip_to(&c, '<'); !ended(&c); skip_to(&c, '<')) {
        e = scan_markup(&c);
        if (e != DTL_ENCODING_NONE)
            return e;
        c.at++;
    }
    e = xml_encoding(c.in);
    /* Unlike a <meta>, an XML declaration may say x-user-defined. */
    return e == DTL_ENCODING_X_USER_DEFINED ? e : believable(e);
}

/* ---- The whole algorithm ---------------------------------------------- */

/* UTF-8, but for a last character that the end cuts off: pages are stored cut
 * at a size. Only after another character of more than a byte, since a
 * windows-1252 page may end with its only "é". */
static bool is_utf8(dtl_str page, bool *whole)
{
    size_t valid = dtl_utf8_valid_prefix(page), len;
    unsigned char first;

    *whole = valid == page.len;
    if (*whole)
        return true;
    first = (unsigned char)page.ptr[valid];
    dtl_utf8_decode(page, valid, &len);
    return valid + len == page.len && first >= 0xC2 && first <= 0xF4 &&
           dtl_ascii_prefix(page) < valid;
}

/* In GBK, whose pairs are valid UTF-8 more often than those of other
 * encodings, one in seven is: eight in a row by chance are one in millions. */
#define CONVINCING 8

bool dtl_html_reads_as_utf8(dtl_str page, bool *valid)
{
    size_t at, characters = 0;
    bool whole, good = is_utf8(page, &whole);

    if (valid)
        *valid = whole;
    if (!good)
        return false;
    for (at = 0; characters < CONVINCING; at++) {
        at += dtl_ascii_prefix(dtl_str_sub(page, at, page.len));
        if (at == page.len)
            break;
        characters += (unsigned char)page.ptr[at] >= 0xC0;
    }
    return characters >= CONVINCING;
}

static dtl_encoding byte_order_mark(dtl_str page, size_t *len)
{
    static const struct {
        dtl_str mark;
        dtl_encoding encoding;
    } marks[] = {
        {{"\xEF\xBB\xBF", 3}, DTL_ENCODING_UTF_8},
        {{"\xFE\xFF", 2}, DTL_ENCODING_UTF_16BE},
        {{"\xFF\xFE", 2}, DTL_ENCODING_UTF_16LE},
    };
    size_t i;

    for (i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (dtl_str_starts(page, marks[i].mark)) {
            *len = marks[i].mark.len;
            return marks[i].encoding;
        }
    }
    *len = 0;
    return DTL_ENCODING_NONE;
}

dtl_html_sniffed dtl_html_sniff(dtl_str page, dtl_str users_label,
                                dtl_str transport_label)
{
    dtl_encoding users = dtl_encoding_for_label(users_label), e;
    size_t bom;
    bool whole;

    e = byte_order_mark(page, &bom);
    if (users != DTL_ENCODING_NONE && users != e)
        return (dtl_html_sniffed){users, 0, true};
    if (e != DTL_ENCODING_NONE)
        return (dtl_html_sniffed){e, bom, true};
    e = dtl_encoding_for_label(transport_label);
    if (e != DTL_ENCODING_NONE)
        return (dtl_html_sniffed){e, 0, true};
    e = dtl_html_prescan(page);
    if (e == DTL_ENCODING_NONE)
        e = is_utf8(page, &whole) ? DTL_ENCODING_UTF_8
                                  : DTL_ENCODING_WINDOWS_1252;
    return (dtl_html_sniffed){e, 0, false};
}
