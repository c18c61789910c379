/* The head of a WARC or ARC record.
 *
 * WARC: ISO 28500 and WARC 1.1, section 4; read as leniently as archives in
 * the wild ask for (LF alone, spaces around values, brackets around the target
 * address, as wget wrote them). ARC: the format of version 1 and 2; a
 * record's line is "URL IP date type length", in version 2 with more between.
 */
#include "warc/record.h"
#include "base/number.h"
#include "base/str.h"

static const char *const type_names[] = {
    [DTL_WARC_WARCINFO] = "warcinfo",
    [DTL_WARC_RESPONSE] = "response",
    [DTL_WARC_RESOURCE] = "resource",
    [DTL_WARC_REQUEST] = "request",
    [DTL_WARC_METADATA] = "metadata",
    [DTL_WARC_REVISIT] = "revisit",
    [DTL_WARC_CONVERSION] = "conversion",
    [DTL_WARC_CONTINUATION] = "continuation",
    [DTL_WARC_OTHER] = "other",
};

const char *dtl_warc_type_name(dtl_warc_type type)
{
    return type_names[type];
}

static dtl_warc_type type_of(dtl_str name)
{
    size_t i;

    for (i = 0; i < DTL_WARC_OTHER; i++)
        if (dtl_str_eq_nocase(name, dtl_str_of(type_names[i])))
            return (dtl_warc_type)i;
    return DTL_WARC_OTHER;
}

/* ---- Fields ---------------------------------------------------------------
 */

dtl_str dtl_fields_get(const dtl_fields *fields, dtl_str name)
{
    size_t i;

    for (i = 0; i < fields->count; i++)
        if (dtl_str_eq_nocase(fields->at[i].name, name))
            return fields->at[i].value;
    return (dtl_str){NULL, 0};
}

static dtl_status add_field(dtl_fields *f, dtl_str name, dtl_str value,
                            dtl_arena *a)
{
    if (f->count == f->cap &&
        !dtl_arena_grow(a, (void **)&f->at, f->count, &f->cap, sizeof *f->at))
        return DTL_NOMEM;
    f->at[f->count++] = (dtl_field){name, value};
    return DTL_OK;
}

/* Takes a line off text, without its end. */
static dtl_str take_line(dtl_str *text)
{
    size_t end = dtl_str_find_char(*text, '\n');
    dtl_str line = dtl_str_sub(*text, 0, end);

    *text =
        dtl_str_sub(*text, end == SIZE_MAX ? text->len : end + 1, text->len);
    if (line.len && line.ptr[line.len - 1] == '\r')
        line.len--;
    return line;
}

/* A line that begins with white space goes on with the value before it. */
static dtl_status unfold(dtl_field *last, dtl_str line, dtl_arena *a)
{
    size_t len = last->value.len + 1 + line.len;
    char *joined = dtl_arena_alloc(a, len);

    if (!joined)
        return DTL_NOMEM;
    memcpy(joined, last->value.ptr, last->value.len);
    joined[last->value.len] = ' ';
    memcpy(joined + last->value.len + 1, line.ptr, line.len);
    last->value = (dtl_str){joined, len};
    return DTL_OK;
}

dtl_status dtl_fields_read(dtl_str *text, dtl_fields *out, dtl_arena *a,
                           dtl_error *err)
{
    dtl_status st = DTL_OK;
    dtl_str line;
    size_t colon;

    while (st == DTL_OK && text->len) {
        line = take_line(text);
        if (!line.len)
            break;
        colon = dtl_str_find_char(line, ':');
        if ((line.ptr[0] == ' ' || line.ptr[0] == '\t') && out->count)
            st = unfold(&out->at[out->count - 1], dtl_str_trim(line), a);
        else if (colon == SIZE_MAX || out->count == DTL_WARC_FIELDS_MAX)
            continue;
        else
            st = add_field(out, dtl_str_trim(dtl_str_sub(line, 0, colon)),
                           dtl_str_trim(dtl_str_sub(line, colon + 1, line.len)),
                           a);
    }
    if (st != DTL_OK)
        return dtl_fail(err, st, 0, "out of memory");
    return DTL_OK;
}

/* ---- WARC ------------------------------------------------------------------
 */

static dtl_status read_length(dtl_str value, uint64_t *out, dtl_error *err)
{
    int64_t length;

    if (!value.ptr)
        return dtl_fail(err, DTL_SYNTAX, 0, "has no Content-Length");
    if (!dtl_int64_parse(value, &length) || length < 0)
        return dtl_fail(err, DTL_SYNTAX, 0,
                        "says its Content-Length is \"%.*s\"",
                        (int)(value.len < 40 ? value.len : 40), value.ptr);
    *out = (uint64_t)length;
    return DTL_OK;
}

/* wget wrote addresses in the brackets of the standard's grammar. */
static void bare_addresses(dtl_fields *f)
{
    dtl_str *v;
    size_t i;

    for (i = 0; i < f->count; i++) {
        v = &f->at[i].value;
        if (dtl_str_eq_nocase(f->at[i].name, DTL_STR("WARC-Target-URI")) &&
            v->len > 2 && v->ptr[0] == '<' && v->ptr[v->len - 1] == '>')
            *v = dtl_str_sub(*v, 1, v->len - 1);
    }
}

dtl_status dtl_warc_head_read(dtl_str text, dtl_arena *a, dtl_warc_head *out,
                              dtl_error *err)
{
    dtl_status st;

    *out = (dtl_warc_head){.version = dtl_str_trim(take_line(&text))};
    if (!dtl_str_starts_nocase(out->version, DTL_STR("WARC/")))
        return dtl_fail(err, DTL_SYNTAX, 0, "does not begin as records do");
    st = dtl_fields_read(&text, &out->fields, a, err);
    if (st != DTL_OK)
        return st;
    bare_addresses(&out->fields);
    out->type = type_of(dtl_fields_get(&out->fields, DTL_STR("WARC-Type")));
    return read_length(dtl_fields_get(&out->fields, DTL_STR("Content-Length")),
                       &out->content_length, err);
}

/* ---- ARC -------------------------------------------------------------------
 */

enum {
    ARC_PARTS = 5
};

/* The words of an ARC line: address, IP address, date, type, length. Addresses
 * may hold spaces, so the line is taken apart from its end. Version 2 has
 * result code, checksum, location, offset and file name between. */
static bool arc_parts(dtl_str line, dtl_str parts[ARC_PARTS])
{
    dtl_str words[10];
    size_t space, n = 0, i;

    while (n < 10) {
        for (space = line.len; space && line.ptr[space - 1] != ' '; space--)
            ;
        words[n] = dtl_str_sub(line, space, line.len);
        if (!words[n].len || !space)
            break;
        n++;
        line.len = space - 1;
        /* Behind the date stand the IP address and the address. */
        if (dtl_str_is_digits(words[n - 1]) && words[n - 1].len == 14 && n >= 3)
            break;
    }
    if (n < 3 || !dtl_str_is_digits(words[0]) || words[n - 1].len != 14 ||
        !dtl_str_is_digits(words[n - 1]))
        return false;
    for (space = line.len; space && line.ptr[space - 1] != ' '; space--)
        ;
    if (space < 2)
        return false;
    i = dtl_str_find(line, DTL_STR(":"));
    if (i == SIZE_MAX || i > space)
        return false;
    parts[0] = dtl_str_sub(line, 0, space - 1);
    parts[1] = dtl_str_sub(line, space, line.len);
    parts[2] = words[n - 1];
    parts[3] = words[n - 2];
    parts[4] = words[0];
    return true;
}

bool dtl_warc_opens_record(dtl_str line)
{
    dtl_str parts[ARC_PARTS];

    if (dtl_str_starts(line, DTL_STR("WARC/")))
        return line.len >= 8 && dtl_is_digit(line.ptr[5]);
    return line.len && !dtl_is_space(line.ptr[0]) &&
           arc_parts(dtl_str_trim(line), parts);
}

/* "20080430204825" as WARC writes dates, "2008-04-30T20:48:25Z". */
static dtl_str warc_date(dtl_str digits, dtl_arena *a)
{
    static const char pattern[] = "dddd-dd-ddTdd:dd:ddZ";
    char *out = dtl_arena_alloc(a, sizeof pattern - 1);
    size_t i, from = 0;

    if (!out)
        return (dtl_str){NULL, 0};
    for (i = 0; i < sizeof pattern - 1; i++)
        out[i] = pattern[i] == 'd' ? digits.ptr[from++] : pattern[i];
    return (dtl_str){out, sizeof pattern - 1};
}

dtl_status dtl_arc_head_read(dtl_str line, dtl_arena *a, dtl_warc_head *out,
                             dtl_error *err)
{
    dtl_str parts[ARC_PARTS], values[6];
    static const char *const names[] = {"WARC-Type",    "WARC-Target-URI",
                                        "WARC-Date",    "WARC-IP-Address",
                                        "Content-Type", "Content-Length"};
    dtl_status st = DTL_OK;
    size_t i;

    *out = (dtl_warc_head){.is_arc = true, .version = DTL_STR("ARC/1.0")};
    if (!arc_parts(dtl_str_trim(line), parts))
        return dtl_fail(err, DTL_SYNTAX, 0, "does not begin as records do");
    out->type =
        dtl_str_starts(parts[0], DTL_STR("filedesc:"))     ? DTL_WARC_WARCINFO
        : dtl_str_starts_nocase(parts[0], DTL_STR("http")) ? DTL_WARC_RESPONSE
                                                           : DTL_WARC_RESOURCE;
    values[0] = dtl_str_of(type_names[out->type]);
    values[1] = parts[0];
    values[2] = warc_date(parts[2], a);
    values[3] = parts[1];
    values[4] = parts[3];
    values[5] = parts[4];
    for (i = 0; st == DTL_OK && i < sizeof names / sizeof *names; i++)
        st = add_field(&out->fields, dtl_str_of(names[i]), values[i], a);
    if (st != DTL_OK || !values[2].ptr)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    return read_length(parts[4], &out->content_length, err);
}
