/* HTTP messages as archives hold them (RFC 9112, read leniently). */
#include "warc/http.h"
#include "base/number.h"
#include "base/str.h"
#include "warc/coding.h"

/* ---- Head ------------------------------------------------------------------
 */

static void read_request_line(dtl_str line, dtl_http *out)
{
    dtl_str word;

    out->is_request = true;
    if (dtl_str_word(&line, &out->method) && dtl_str_word(&line, &word))
        out->target = word;
}

static void read_status_line(dtl_str line, dtl_http *out)
{
    int64_t code;
    dtl_str word;

    if (dtl_str_word(&line, &word) && dtl_str_word(&line, &word) &&
        dtl_int64_parse(word, &code) && code >= 100 && code <= 999)
        out->status = (int)code;
}

/* "GET / HTTP/1.1": a request ends in the protocol. */
static bool is_request_line(dtl_str line)
{
    size_t at = dtl_str_find(line, DTL_STR(" HTTP/"));

    return at != SIZE_MAX && at > 0 && dtl_is_alpha(line.ptr[0]);
}

dtl_status dtl_http_read(dtl_str bytes, dtl_arena *a, dtl_http *out,
                         dtl_error *err)
{
    size_t end = dtl_str_find_char(bytes, '\n');
    dtl_str line = dtl_str_trim(dtl_str_sub(bytes, 0, end));
    dtl_status st;

    *out = (dtl_http){0};
    if (dtl_str_starts(line, DTL_STR("HTTP/")) ||
        dtl_str_starts(line, DTL_STR("ICY ")))
        read_status_line(line, out);
    else if (is_request_line(line))
        read_request_line(line, out);
    else
        return dtl_fail(err, DTL_SYNTAX, 0, "no HTTP message begins here");
    bytes =
        dtl_str_sub(bytes, end == SIZE_MAX ? bytes.len : end + 1, bytes.len);
    st = dtl_fields_read(&bytes, &out->fields, a, err);
    out->body = bytes;
    return st;
}

/* ---- Body ------------------------------------------------------------------
 */

/* Takes a chunk's line off *rest and gives the chunk's length; false when it is
 * no such line. */
static bool take_chunk_line(dtl_str *rest, uint64_t *length)
{
    size_t i = 0;

    *length = 0;
    for (; i < rest->len && i < 16 && dtl_hex_digit(rest->ptr[i]) >= 0; i++)
        *length = *length * 16 + (uint64_t)dtl_hex_digit(rest->ptr[i]);
    if (!i)
        return false;
    /* Extensions and spaces are passed over. */
    while (i < rest->len && rest->ptr[i] != '\n')
        i++;
    *rest = dtl_str_sub(*rest, i + 1, rest->len);
    return true;
}

/* Joins the chunks; false, with out emptied, when the body does not begin as
 * chunks do. What ends early gives what came before. */
static bool join_chunks(dtl_str body, dtl_buf *out)
{
    dtl_str rest = body, chunk;
    uint64_t length;

    while (rest.len) {
        if (!take_chunk_line(&rest, &length)) {
            if (!out->len)
                return false;
            break;
        }
        if (!length)
            return true;
        chunk = dtl_str_sub(rest, 0, length < rest.len ? length : rest.len);
        dtl_buf_str(out, chunk);
        rest = dtl_str_sub(rest, chunk.len, rest.len);
        if (rest.len && rest.ptr[0] == '\r')
            rest = dtl_str_sub(rest, 1, rest.len);
        if (rest.len && rest.ptr[0] == '\n')
            rest = dtl_str_sub(rest, 1, rest.len);
    }
    return true;
}

/* Takes the last coding off a field's list. */
static dtl_coding last_coding(dtl_str *list)
{
    size_t comma = list->len;
    dtl_str name;

    while (comma && list->ptr[comma - 1] != ',')
        comma--;
    name = dtl_str_trim(dtl_str_sub(*list, comma, list->len));
    *list = dtl_str_sub(*list, 0, comma ? comma - 1 : 0);
    return dtl_coding_of(name);
}

/* Undoes all codings of a list. Two buffers take turns; the result borrows
 * from one of them, or from body where nothing was coded. */
static dtl_status undo_codings(dtl_str list, size_t max, dtl_buf buf[2],
                               dtl_str *body, dtl_error *err)
{
    dtl_buf *to = body->ptr == buf[0].ptr && buf[0].len ? &buf[1] : &buf[0];
    dtl_status st = DTL_OK;
    dtl_coding coding;
    bool sound;

    while (st == DTL_OK && list.len) {
        coding = last_coding(&list);
        if (coding == DTL_CODING_NONE)
            continue;
        to->len = 0;
        st = dtl_coding_undo(coding, *body, max, to, &sound, err);
        if (st != DTL_OK || !to->len)
            return st; /* not so coded: as it is */
        *body = dtl_buf_view(to);
        to = to == &buf[0] ? &buf[1] : &buf[0];
    }
    return st;
}

dtl_status dtl_http_body(const dtl_http *m, size_t max, dtl_buf *buf,
                         dtl_str *out, dtl_error *err)
{
    dtl_str transfer = dtl_fields_get(&m->fields, DTL_STR("Transfer-Encoding"));
    dtl_str content = dtl_fields_get(&m->fields, DTL_STR("Content-Encoding"));
    dtl_buf both[2] = {*buf, {0}};
    dtl_status st = DTL_OK;

    *out = m->body;
    both[0].len = 0;
    if (dtl_str_find_nocase(transfer, DTL_STR("chunked")) != SIZE_MAX &&
        join_chunks(m->body, &both[0]))
        *out = dtl_buf_view(&both[0]);
    if (both[0].status != DTL_OK)
        st = dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    if (st == DTL_OK)
        st = undo_codings(transfer, max, both, out, err);
    if (st == DTL_OK)
        st = undo_codings(content, max, both, out, err);
    if (st == DTL_OK && out->len > max)
        st = dtl_fail(err, DTL_LIMIT, 0, "a body has %zu bytes, more than %zu",
                      out->len, max);
    if (!out->ptr)
        *out = (dtl_str){"", 0};
    /* The caller keeps the one that the body stands in. */
    if (both[1].ptr && out->ptr == both[1].ptr) {
        *buf = both[1];
        dtl_buf_clear(&both[0]);
    } else {
        *buf = both[0];
        dtl_buf_clear(&both[1]);
    }
    return st;
}
