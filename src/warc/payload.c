/* What a record holds, and what kind of thing that is.
 *
 * Responses, requests and revisits hold HTTP messages where their Content-Type
 * or their first bytes say so; what is none, and all other records, is its
 * block. */
#include "warc/payload.h"
#include "base/str.h"
#include "warc/media.h"

void dtl_payload_room_clear(dtl_payload_room *room)
{
    dtl_http_room_clear(&room->http);
}

bool dtl_payload_may_be_http(dtl_warc_type type)
{
    return type == DTL_WARC_RESPONSE || type == DTL_WARC_REQUEST ||
           type == DTL_WARC_REVISIT;
}

/* "text/html; charset=utf-8" as type and charset. */
static void read_content_type(dtl_str value, dtl_payload *p)
{
    dtl_str part, name;

    p->declared = (dtl_str){NULL, 0};
    if (!dtl_str_split(&value, ';', &part))
        return;
    part = dtl_str_trim(part);
    if (part.len)
        p->declared = part;
    while (dtl_str_split(&value, ';', &part)) {
        if (!dtl_str_split(&part, '=', &name) ||
            !dtl_str_eq_nocase(dtl_str_trim(name), DTL_STR("charset")))
            continue;
        part = dtl_str_trim(part);
        if (part.len > 1 && part.ptr[0] == '"' && part.ptr[part.len - 1] == '"')
            part = dtl_str_sub(part, 1, part.len - 1);
        if (part.len)
            p->charset = part;
        return;
    }
}

static dtl_status read_message(dtl_payload_room *room, const dtl_http *m,
                               size_t max, dtl_error *err)
{
    dtl_payload *p = &room->payload;

    p->is_http = true;
    p->http_status = m->status;
    p->method = m->method;
    p->target = m->target;
    p->head = m->head;
    p->fields = m->fields.at;
    p->field_count = m->fields.count;
    p->sent = m->body;
    read_content_type(dtl_fields_get(&m->fields, DTL_STR("Content-Type")), p);
    return dtl_http_body(m, max, &room->http, &p->body, &p->note, err);
}

dtl_status dtl_payload_read(dtl_payload_room *room, dtl_arena *a,
                            const dtl_warc_record *r, dtl_str block, size_t max,
                            dtl_error *err)
{
    dtl_payload *p = &room->payload;
    dtl_status st = DTL_SYNTAX;
    dtl_http message;

    *p = (dtl_payload){.sent = block, .body = block};
    if (dtl_payload_may_be_http(r->type))
        st = dtl_http_read(block, a, &message, NULL);
    if (st == DTL_NOMEM)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    if (st == DTL_OK)
        st = read_message(room, &message, max, err);
    else
        read_content_type(r->content_type, p);
    if (st != DTL_OK && st != DTL_SYNTAX)
        return st;
    if (r->type == DTL_WARC_REVISIT)
        p->note = NULL; /* its body is another record's */
    else if (!p->note && dtl_warc_field(r, DTL_STR("WARC-Truncated")).len)
        p->note = "the archive kept a part of it only";
    p->type = dtl_media_type(p->body);
    return DTL_OK;
}

static dtl_str get(const dtl_field *fields, size_t count, dtl_str name)
{
    const dtl_fields all = {(dtl_field *)(uintptr_t)fields, count, count};

    return dtl_fields_get(&all, name);
}

dtl_str dtl_warc_field(const dtl_warc_record *r, dtl_str name)
{
    return get(r->fields, r->field_count, name);
}

dtl_str dtl_payload_field(const dtl_payload *p, dtl_str name)
{
    return get(p->fields, p->field_count, name);
}

bool dtl_payload_is_html(const dtl_payload *p)
{
    static const char *const pages[] = {"text/html", "application/xhtml+xml"};
    dtl_str type = dtl_str_of(p->type);

    if (dtl_str_is_any_nocase(type, pages, 2))
        return true;
    /* Text may be anything; XML may be a page whose root stands far down. */
    return (dtl_str_eq(type, DTL_STR("text/plain")) ||
            dtl_str_eq(type, DTL_STR("application/xml"))) &&
           dtl_str_is_any_nocase(p->declared, pages, 2);
}
