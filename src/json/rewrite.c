/* Writes values as they stand in the array, which is document order; the
 * parent links say which containers end before a value. */
#include "json/rewrite.h"
#include "base/str.h"

/* Whether JSON allows a number as it is written. The reader has seen that it
 * is one, so what is left is JavaScript's: +1, 01, .5, 5., 0x1F. */
static bool is_strict(dtl_str s)
{
    size_t at = s.ptr[0] == '-', dot = dtl_str_find_char(s, '.');
    bool zero = s.ptr[at] == '0';

    if (!dtl_is_digit(s.ptr[at]))
        return false;
    if (zero && s.len > at + 1 &&
        (dtl_is_digit(s.ptr[at + 1]) || dtl_lower(s.ptr[at + 1]) == 'x'))
        return false;
    return dot == SIZE_MAX || (dot + 1 < s.len && dtl_is_digit(s.ptr[dot + 1]));
}

static void put_number(dtl_json_writer *w, const dtl_json_doc *doc,
                       dtl_json_ref v)
{
    dtl_str written = dtl_json_written(doc, v);
    int64_t whole;
    double number = 0;

    if (is_strict(written)) {
        dtl_json_put_raw(w, written);
    } else if (dtl_json_int64(doc, v, &whole)) {
        dtl_json_put_int(w, whole);
    } else {
        dtl_json_double(doc, v, &number);
        dtl_json_put_double(w, number);
    }
}

static void put_value(dtl_json_writer *w, dtl_json_doc *doc, dtl_json_ref v)
{
    switch (dtl_json_type_of(doc, v)) {
    case DTL_JSON_FALSE:
        dtl_json_put_bool(w, false);
        break;
    case DTL_JSON_TRUE:
        dtl_json_put_bool(w, true);
        break;
    case DTL_JSON_NUMBER:
        put_number(w, doc, v);
        break;
    case DTL_JSON_STRING:
        dtl_json_put_str(w, dtl_json_text(doc, v));
        break;
    case DTL_JSON_ARRAY:
        dtl_json_open_array(w);
        break;
    case DTL_JSON_OBJECT:
        dtl_json_open_object(w);
        break;
    default:
        dtl_json_put_null(w);
    }
}

static bool is_container(const dtl_json_doc *doc, dtl_json_ref v)
{
    return dtl_json_is_array(doc, v) || dtl_json_is_object(doc, v);
}

dtl_status dtl_json_rewrite(dtl_json_writer *w, dtl_json_doc *doc,
                            dtl_json_ref v)
{
    dtl_json_ref end = v < doc->count ? doc->values[v].next : 1, i, open = 0;
    dtl_str key;

    for (i = v; i < end; i++) {
        for (; i != v && open != dtl_json_parent(doc, i);
             open = dtl_json_parent(doc, open))
            dtl_json_close(w);
        if (i != v && dtl_json_is_object(doc, open)) {
            key = dtl_json_key(doc, i);
            dtl_json_put_key_str(w, key.ptr ? key : DTL_STR(""));
        }
        put_value(w, doc, i);
        if (is_container(doc, i))
            open = i;
    }
    for (; open; open = open == v ? 0 : dtl_json_parent(doc, open))
        dtl_json_close(w);
    return doc->status;
}
