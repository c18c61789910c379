/* HTTP messages as archives hold them (RFC 9112, read leniently). */
#include "warc/http.h"
#include "base/number.h"
#include "base/str.h"

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

    *out = (dtl_http){.head = bytes};
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
    out->head.len -= bytes.len;
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

/* Takes the next chunk off *rest; false at their end, which *cut says to be
 * none where no chunk of length 0 stands there. */
static bool take_chunk(dtl_str *rest, dtl_str *chunk, bool *cut)
{
    uint64_t length;

    *cut = true;
    if (!take_chunk_line(rest, &length))
        return false;
    if (!length) {
        *cut = false;
        return false;
    }
    *chunk = dtl_str_sub(*rest, 0, length < rest->len ? length : rest->len);
    *rest = dtl_str_sub(*rest, chunk->len, rest->len);
    if (rest->len && rest->ptr[0] == '\r')
        *rest = dtl_str_sub(*rest, 1, rest->len);
    if (rest->len && rest->ptr[0] == '\n')
        *rest = dtl_str_sub(*rest, 1, rest->len);
    return true;
}

/* Joins the chunks in buf; a single one is left where it is. False when the
 * body does not begin as chunks do. What ends early gives what came before,
 * and *cut is set. */
static bool join_chunks(dtl_str *body, dtl_buf *buf, bool *cut)
{
    dtl_str rest = *body, chunk = {"", 0}, first = {"", 0};
    size_t count = 0;

    while (take_chunk(&rest, &chunk, cut)) {
        if (++count == 1) {
            first = chunk;
            continue;
        }
        if (count == 2)
            dtl_buf_str(buf, first);
        dtl_buf_str(buf, chunk);
    }
    if (!count && *cut) {
        *cut = body->len > 0;
        return !body->len;
    }
    *body = count < 2 ? first : dtl_buf_view(buf);
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

/* Undoes all codings of a list. */
static dtl_status undo_codings(dtl_str list, size_t max, dtl_http_room *room,
                               dtl_str *body, bool *sound, dtl_error *err)
{
    dtl_status st = DTL_OK;
    dtl_coding coding;
    dtl_buf *to;
    bool whole;

    while (st == DTL_OK && list.len && body->len) {
        coding = last_coding(&list);
        if (coding == DTL_CODING_NONE)
            continue;
        to = &room->buf[body->ptr == room->buf[0].ptr];
        to->len = 0;
        st = dtl_coding_undo(&room->decoders, coding, *body, max, to, &whole,
                             err);
        if (st != DTL_OK)
            return st;
        if (!to->len && !whole)
            return DTL_OK; /* not so coded: as it is */
        *sound = *sound && whole;
        *body = dtl_buf_view(to);
    }
    return st;
}

static const char *note_of(const dtl_http *m, bool sound, bool cut,
                           bool chunked)
{
    dtl_str length = dtl_fields_get(&m->fields, DTL_STR("Content-Length"));
    int64_t said;

    if (!sound)
        return "the body's packed data are cut short or damaged";
    if (cut)
        return "the body ends before its last chunk";
    if (!chunked && !m->is_request && dtl_int64_parse(length, &said) &&
        said > 0 && (uint64_t)said > m->body.len)
        return "the body is shorter than its Content-Length";
    return NULL;
}

/* *chunked is whether it came in chunks, *cut whether they end early. */
static dtl_status unchunk(const dtl_http *m, dtl_http_room *room, dtl_str *out,
                          bool *chunked, bool *cut, dtl_error *err)
{
    dtl_str transfer = dtl_fields_get(&m->fields, DTL_STR("Transfer-Encoding"));

    *out = m->body;
    *chunked = *cut = false;
    dtl_buf_reset(&room->buf[0]);
    dtl_buf_reset(&room->buf[1]);
    if (dtl_str_find_nocase(transfer, DTL_STR("chunked")) != SIZE_MAX)
        *chunked = join_chunks(out, &room->buf[0], cut);
    if (room->buf[0].status != DTL_OK)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    return DTL_OK;
}

dtl_status dtl_http_unchunk(const dtl_http *m, dtl_http_room *room,
                            dtl_str *out, dtl_error *err)
{
    bool chunked, cut;

    return unchunk(m, room, out, &chunked, &cut, err);
}

dtl_status dtl_http_body(const dtl_http *m, size_t max, dtl_http_room *room,
                         dtl_str *out, const char **note, dtl_error *err)
{
    dtl_str transfer = dtl_fields_get(&m->fields, DTL_STR("Transfer-Encoding"));
    dtl_str content = dtl_fields_get(&m->fields, DTL_STR("Content-Encoding"));
    bool sound = true, sent_whole = true, chunked, cut;
    dtl_status st = unchunk(m, room, out, &chunked, &cut, err);

    if (st == DTL_OK)
        st = undo_codings(transfer, max, room, out, &sent_whole, err);
    if (st == DTL_OK)
        st = undo_codings(content, max, room, out, &sound, err);
    if (st == DTL_OK && out->len > max)
        st = dtl_fail(err, DTL_LIMIT, 0, "a body has %zu bytes, more than %zu",
                      out->len, max);
    if (!out->ptr)
        *out = (dtl_str){"", 0};
    *note = note_of(m, sound && sent_whole, cut && chunked, chunked);
    return st;
}

void dtl_http_room_clear(dtl_http_room *room)
{
    dtl_decoders_clear(&room->decoders);
    dtl_buf_clear(&room->buf[0]);
    dtl_buf_clear(&room->buf[1]);
}
