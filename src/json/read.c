/* Where reading begins: at the text's start, at a literal in a script, or
 * over again with the text's HTML references decoded. */
#include "json/parse.h"
#include "json/scan.h"
#include "base/str.h"
#include "base/utf8.h"

static dtl_status start(dtl_json_doc *doc, dtl_arena *arena, dtl_str source)
{
    *doc = (dtl_json_doc){0};
    if (source.len > DTL_JSON_MAX_BYTES)
        return DTL_LIMIT;
    doc->arena = arena;
    doc->source = doc->text = source.ptr ? source : DTL_STR("");
    return DTL_OK;
}

static dtl_status finish(dtl_json_doc *doc, dtl_status status)
{
    if (status != DTL_OK)
        *doc = (dtl_json_doc){0};
    return status;
}

/* ---- Text with references ------------------------------------------- */

static const char *skip_spaces(const char *p, const char *end)
{
    while (p < end && *p == ' ')
        p++;
    return p;
}

/* Reads "#34;" or "#x22;" at p; 0 when it is none. */
static uint32_t numeric_reference(const char *p, const char *end,
                                  const char **after)
{
    uint32_t cp = 0, base = 10, digit;

    p = skip_spaces(p + 1, end);
    if (p < end && (*p | 0x20) == 'x') {
        base = 16;
        p++;
    }
    for (; p < end && cp <= 0x10FFFF; p++) {
        if (dtl_is_digit(*p))
            digit = (uint32_t)(*p - '0');
        else if (base == 16 && dtl_is_alpha(*p) && (*p | 0x20) <= 'f')
            digit = (uint32_t)((*p | 0x20) - 'a' + 10);
        else
            break;
        cp = cp * base + digit;
    }
    if (p == end || *p != ';')
        return 0;
    *after = p + 1;
    return cp;
}

/* Reads the reference whose & is at p: those that an escaper of HTML writes,
 * also where a broken one put spaces into them ("& #34;"). Sets *after behind
 * it; 0 when it is none. */
static uint32_t reference(const char *p, const char *end, const char **after)
{
    static const struct {
        dtl_str name;
        uint32_t cp;
    } names[] = {
        {{"quot;", 5}, '"'}, {{"amp;", 4}, '&'},   {{"lt;", 3}, '<'},
        {{"gt;", 3}, '>'},   {{"apos;", 5}, '\''}, {{"nbsp;", 5}, 0xA0},
    };
    dtl_str rest;
    size_t i;

    p = skip_spaces(p + 1, end);
    if (p < end && *p == '#')
        return numeric_reference(p, end, after);
    rest = (dtl_str){p, (size_t)(end - p)};
    for (i = 0; i < sizeof names / sizeof *names; i++) {
        if (dtl_str_starts(rest, names[i].name)) {
            *after = p + names[i].name.len;
            return names[i].cp;
        }
    }
    return 0;
}

/* How many & the text has, and whether one is a quote's reference. */
static size_t count_references(dtl_str text, bool *quotes)
{
    const char *p = text.ptr, *end = p + text.len, *after;
    size_t count = 0;

    while ((p = memchr(p, '&', (size_t)(end - p)))) {
        count++;
        *quotes |= reference(p, end, &after) == '"';
        p++;
    }
    return count;
}

/* Puts the decoded source in doc->text. */
static dtl_status decode_references(dtl_json_doc *doc, size_t count)
{
    const char *base = doc->source.ptr, *p = base;
    const char *end = p + doc->source.len, *at, *after;
    char *out = dtl_arena_alloc(doc->arena, doc->source.len), *to = out;
    uint32_t cp;
    size_t run;

    doc->shifts = dtl_arena_calloc(doc->arena, count, sizeof *doc->shifts);
    if (!out || !doc->shifts)
        return DTL_NOMEM;
    while (p < end) {
        at = memchr(p, '&', (size_t)(end - p));
        run = (size_t)((at ? at : end) - p);
        memcpy(to, p, run);
        to += run;
        if (!at)
            break;
        cp = reference(at, end, &after);
        if (!cp) {
            *to++ = '&';
            p = at + 1;
            continue;
        }
        to += dtl_utf8_encode(cp, to);
        p = after;
        doc->shifts[doc->shift_count++] =
            (dtl_json_shift){(uint32_t)(to - out), (uint32_t)(p - base)};
    }
    doc->text = (dtl_str){out, (size_t)(to - out)};
    return DTL_OK;
}

/* Whether a key stands in quotes. */
static bool has_member(const dtl_json_doc *doc)
{
    const dtl_json_value *v = doc->values + DTL_JSON_ROOT;
    const dtl_json_value *end = doc->values + doc->count;

    for (; v < end; v++)
        if (v->flags & DTL_JSON_KEY_QUOTED)
            return true;
    return false;
}

/* The document had no member: so it may be one with its quotes escaped, all
 * of them. */
static dtl_status read_decoded(dtl_json_doc *doc)
{
    dtl_json_doc plain = *doc;
    bool quotes = false;
    size_t count = count_references(doc->text, &quotes);
    dtl_status status;

    if (!quotes || dtl_str_find_char(doc->text, '"') != SIZE_MAX)
        return DTL_OK;
    status = start(doc, plain.arena, plain.source);
    if (status == DTL_OK)
        status = decode_references(doc, count);
    if (status == DTL_OK)
        status = dtl_json_parse(doc, 0, DTL_JSON_AS_JSON);
    if (status != DTL_OK)
        return status;
    doc->end = plain.source.len;
    if (!has_member(doc))
        *doc = plain;
    return DTL_OK;
}

dtl_status dtl_json_read(dtl_json_doc *doc, dtl_arena *arena, dtl_str source)
{
    dtl_status status = start(doc, arena, source);

    if (status == DTL_OK)
        status = dtl_json_parse(doc, 0, DTL_JSON_AS_JSON);
    if (status == DTL_OK && !has_member(doc))
        status = read_decoded(doc);
    return finish(doc, status);
}

/* ---- Literals in scripts --------------------------------------------- */

static bool ends_with(const char *start, const char *p, dtl_str what)
{
    while (p > start && dtl_is_space(p[-1]))
        p--;
    return (size_t)(p - start) >= what.len &&
           memcmp(p - what.len, what.ptr, what.len) == 0;
}

/* Whether a value can stand at p, behind a byte before (0 at the start) that
 * is no blank: so that no block of code and no index is taken for one. */
static bool is_expression_place(const char *start, const char *p, char before)
{
    switch (before) {
    case '\0':
    case '=':
    case '(':
    case ',':
    case ':':
    case '?':
    case '|':
    case '&':
        return true;
    case 'n':
        return ends_with(start, p, DTL_STR("return"));
    default:
        return false;
    }
}

static bool is_json_parse(const char *start, const char *quote)
{
    const char *p = quote;

    while (p > start && dtl_is_space(p[-1]))
        p--;
    return p > start && p[-1] == '(' &&
           ends_with(start, p - 1, DTL_STR("JSON.parse"));
}

/* The first place from p on where a literal begins, or end. */
static const char *find_literal(const char *p, const char *end)
{
    dtl_json_walk walk = {0};
    const char *start = p;

    for (; p < end; p = dtl_json_step(&walk, p, end)) {
        if (dtl_json_kind_of(*p) == DTL_JSON_OPEN &&
            is_expression_place(start, p, walk.before))
            return p;
        if (dtl_json_kind_of(*p) == DTL_JSON_QUOTE && walk.before == '(' &&
            is_json_parse(start, p))
            return p;
    }
    return end;
}

dtl_status dtl_json_read_script(dtl_json_doc *doc, dtl_arena *arena,
                                dtl_str source, size_t from)
{
    dtl_status status = start(doc, arena, source);
    const char *base = doc->text.ptr, *at;

    if (status == DTL_OK) {
        if (from > source.len)
            from = source.len;
        at = find_literal(base + from, base + doc->text.len);
        status = dtl_json_parse(doc, (size_t)(at - base), DTL_JSON_AS_SCRIPT);
    }
    return finish(doc, status);
}
