/* Questions to a document that was read. Ref 0, and any ref of an empty
 * document, leads to one value that is nothing. */
#include "json/parse.h"
#include "json/escape.h"
#include "base/number.h"
#include "base/str.h"

static const dtl_json_value *look(const dtl_json_doc *doc, dtl_json_ref v)
{
    static const dtl_json_value none = {.type = DTL_JSON_NONE, .next = 1};

    return v < doc->count ? &doc->values[v] : &none;
}

dtl_json_type dtl_json_type_of(const dtl_json_doc *doc, dtl_json_ref v)
{
    return (dtl_json_type)look(doc, v)->type;
}

/* ---- Scalars --------------------------------------------------------- */

dtl_str dtl_json_written(const dtl_json_doc *doc, dtl_json_ref v)
{
    const dtl_json_value *value = look(doc, v);

    if (value->type == DTL_JSON_NONE)
        return (dtl_str){NULL, 0};
    return dtl_str_sub(doc->text, value->start, value->end);
}

dtl_str dtl_json_text(dtl_json_doc *doc, dtl_json_ref v)
{
    const dtl_json_value *value = look(doc, v);
    dtl_str text;
    size_t index;

    if (value->type != DTL_JSON_STRING)
        return (dtl_str){NULL, 0};
    if (value->decoded)
        return doc->decoded[value->decoded - 1];
    text = dtl_json_written(doc, v);
    if (!(value->flags & DTL_JSON_ESCAPED))
        return text;
    text = dtl_json_unescape(doc->arena, text);
    index = text.ptr ? dtl_json_keep(doc, text) : SIZE_MAX;
    if (index == SIZE_MAX) {
        doc->status = DTL_NOMEM;
        return (dtl_str){NULL, 0};
    }
    doc->values[v].decoded = (uint32_t)index + 1;
    return text;
}

/* 0x1F; DTL_JSON_NUMBER has made sure of the digits. */
static bool parse_hex(dtl_str s, double *out)
{
    double value = 0;
    bool negative = s.ptr[0] == '-';
    size_t i = negative || s.ptr[0] == '+';

    if (s.len < i + 3 || dtl_lower(s.ptr[i + 1]) != 'x')
        return false;
    for (i += 2; i < s.len; i++) {
        char c = dtl_lower(s.ptr[i]);

        value = value * 16 + (dtl_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    *out = negative ? -value : value;
    return true;
}

bool dtl_json_double(const dtl_json_doc *doc, dtl_json_ref v, double *out)
{
    dtl_str written = dtl_json_written(doc, v);

    return dtl_json_is_number(doc, v) &&
           (dtl_double_parse(written, out) || parse_hex(written, out));
}

bool dtl_json_int64(const dtl_json_doc *doc, dtl_json_ref v, int64_t *out)
{
    double number;

    if (!dtl_json_is_number(doc, v))
        return false;
    if (dtl_int64_parse(dtl_json_written(doc, v), out))
        return true;
    /* 1e3 and 5.0 are whole too. Digits only that do not fit round to 2^63
     * or more. */
    if (!dtl_json_double(doc, v, &number) || !(number > -0x1p63) ||
        !(number < 0x1p63) || (double)(int64_t)number != number)
        return false;
    *out = (int64_t)number;
    return true;
}

/* ---- Places ---------------------------------------------------------- */

/* An offset in the text as one in the source: by the last shift at or before
 * it. */
static size_t to_source(const dtl_json_doc *doc, size_t offset)
{
    size_t low = 0, high = doc->shift_count, middle;

    while (low < high) {
        middle = low + (high - low) / 2;
        if (doc->shifts[middle].text <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    if (!low)
        return offset;
    return doc->shifts[low - 1].source + (offset - doc->shifts[low - 1].text);
}

void dtl_json_range(const dtl_json_doc *doc, dtl_json_ref v, size_t *start,
                    size_t *end)
{
    const dtl_json_value *value = look(doc, v);

    *start = to_source(doc, (size_t)value->start - value->open);
    *end = to_source(doc, (size_t)value->end + value->close);
}

/* ---- From value to value --------------------------------------------- */

dtl_json_ref dtl_json_first(const dtl_json_doc *doc, dtl_json_ref v)
{
    return look(doc, v)->next > v + 1 ? v + 1 : 0;
}

dtl_json_ref dtl_json_next(const dtl_json_doc *doc, dtl_json_ref v)
{
    const dtl_json_value *value = look(doc, v);

    return value->next < look(doc, value->parent)->next ? value->next : 0;
}

dtl_json_ref dtl_json_top(const dtl_json_doc *doc)
{
    return dtl_json_first(doc, DTL_JSON_ROOT);
}

dtl_json_ref dtl_json_parent(const dtl_json_doc *doc, dtl_json_ref v)
{
    return look(doc, v)->parent;
}

size_t dtl_json_count(const dtl_json_doc *doc, dtl_json_ref v)
{
    size_t count = 0;

    DTL_JSON_EACH(doc, child, v)
    count++;
    return count;
}

static dtl_str key_of(const dtl_json_doc *doc, const dtl_json_value *value)
{
    if (!(value->flags & DTL_JSON_KEYED))
        return (dtl_str){NULL, 0};
    if (value->flags & DTL_JSON_KEY_DECODED)
        return doc->decoded[value->key];
    return (dtl_str){doc->text.ptr + value->key, value->key_len};
}

dtl_str dtl_json_key(const dtl_json_doc *doc, dtl_json_ref v)
{
    return key_of(doc, look(doc, v));
}

static bool has_key(const dtl_json_doc *doc, dtl_json_ref v, dtl_str key)
{
    dtl_str own = key_of(doc, &doc->values[v]);

    return own.ptr && dtl_str_eq(own, key);
}

dtl_json_ref dtl_json_get_str(const dtl_json_doc *doc, dtl_json_ref v,
                              dtl_str key)
{
    dtl_json_ref found = 0;

    if (!dtl_json_is_object(doc, v))
        return 0;
    DTL_JSON_EACH(doc, child, v)
    if (has_key(doc, child, key))
        found = child;
    return found;
}

dtl_json_ref dtl_json_get(const dtl_json_doc *doc, dtl_json_ref v,
                          const char *key)
{
    return dtl_json_get_str(doc, v, dtl_str_of(key));
}

static dtl_json_ref get_step(const dtl_json_doc *doc, dtl_json_ref v,
                             dtl_str step)
{
    int64_t index;

    if (!dtl_json_is_array(doc, v))
        return dtl_json_get_str(doc, v, step);
    if (!dtl_int64_parse(step, &index) || index < 0)
        return 0;
    v = dtl_json_first(doc, v);
    while (v && index--)
        v = dtl_json_next(doc, v);
    return v;
}

dtl_json_ref dtl_json_path(const dtl_json_doc *doc, dtl_json_ref v,
                           const char *path)
{
    dtl_str rest = dtl_str_of(path), step;

    while (v && dtl_str_split(&rest, '.', &step))
        v = get_step(doc, v, step);
    return v;
}

dtl_json_ref dtl_json_find(const dtl_json_doc *doc, dtl_json_ref v,
                           const char *key, dtl_json_ref after)
{
    dtl_str name = dtl_str_of(key);
    dtl_json_ref i = after ? after + 1 : v + 1, end = look(doc, v)->next;

    for (; i < end; i++)
        if (has_key(doc, i, name))
            return i;
    return 0;
}
