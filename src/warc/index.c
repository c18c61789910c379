/* What indexes say of a record.
 *
 * Names and values are those of the programs that most archives' indexes were
 * made by: CDXJ lines, and fields that can be asked for by name. A record is
 * not held for it: its HTTP head is looked at, and its block gone through, but
 * for one whose digest has to be made. */
#include "base/alloc.h"
#include "base/number.h"
#include "base/str.h"
#include "json/write.h"
#include "warc/digest.h"
#include "warc/http.h"
#include "warc/reader.h"
#include "warc/surt.h"
#include "warc/warc.h"

/* What may be told of a record. */
typedef struct {
    dtl_warc *reader;
    const dtl_warc_record *record;
    dtl_http http; /* without its body */
    dtl_str filename;
    uint64_t end;   /* 0: not known */
    dtl_str digest; /* made, where the record tells none */
    dtl_arena arena;
    dtl_buf out;
} entry;

/* Reads the HTTP head, into memory that stays. */
static dtl_status read_http(entry *e, dtl_error *err)
{
    size_t want = DTL_HTTP_HEAD;
    dtl_status st;
    dtl_str text;

    if (!dtl_payload_may_be_http(e->record->type))
        return DTL_OK;
    for (;; want = DTL_WARC_HEAD_MAX) {
        st = dtl_warc_peek(e->reader, want, &text, err);
        if (st != DTL_OK)
            return st;
        st = dtl_http_read(text, &e->arena, &e->http, NULL);
        if (st == DTL_SYNTAX)
            return DTL_OK;
        if (st != DTL_OK || e->http.body.len || text.len < want ||
            want == DTL_WARC_HEAD_MAX)
            break;
    }
    text = dtl_arena_copy(&e->arena, e->http.head);
    if (st == DTL_OK && text.ptr)
        st = dtl_http_read(text, &e->arena, &e->http, NULL);
    return text.ptr && st == DTL_OK
               ? DTL_OK
               : dtl_fail(err, DTL_NOMEM, 0, "out of memory");
}

/* ---- Values ---------------------------------------------------------------
 */

static dtl_str number(entry *e, uint64_t value)
{
    dtl_buf b = {.arena = &e->arena};

    dtl_buf_printf(&b, "%llu", (unsigned long long)value);
    return dtl_buf_view(&b);
}

static dtl_str offset_of(entry *e)
{
    return number(e, e->record->offset);
}

static dtl_str length_of(entry *e)
{
    if (!e->end)
        return (dtl_str){NULL, 0};
    return number(e, e->end - e->record->offset);
}

static dtl_str filename_of(entry *e)
{
    return e->filename;
}

static dtl_str status_of(entry *e)
{
    if (!e->http.status)
        return (dtl_str){NULL, 0};
    return number(e, (uint64_t)e->http.status);
}

static dtl_str mime_of(entry *e)
{
    dtl_str value = e->record->content_type;
    size_t i;

    if (e->record->type == DTL_WARC_REVISIT)
        return DTL_STR("warc/revisit");
    if (dtl_payload_may_be_http(e->record->type) && e->http.head.len)
        value = dtl_fields_get(&e->http.fields, DTL_STR("Content-Type"));
    for (i = 0; i < value.len && value.ptr[i] != ';'; i++)
        if (dtl_is_space(value.ptr[i]))
            break;
    return dtl_str_sub(value, 0, i);
}

static dtl_str surt_of(entry *e)
{
    dtl_buf b = {.arena = &e->arena};

    if (!e->record->target_uri.len)
        return (dtl_str){NULL, 0};
    dtl_surt_put(e->record->target_uri, &e->arena, &b);
    return dtl_buf_view(&b);
}

/* "2008-04-30T20:48:25Z" as "20080430204825"; fractions go. */
static dtl_str timestamp_of(entry *e)
{
    dtl_str date = e->record->date;
    dtl_buf b = {.arena = &e->arena};
    size_t i;

    for (i = 0; i < date.len && b.len < 14 && date.ptr[i] != '.'; i++)
        if (dtl_is_digit(date.ptr[i]))
            dtl_buf_putc(&b, date.ptr[i]);
    return dtl_buf_view(&b);
}

static dtl_str digest_of(entry *e)
{
    dtl_str said = dtl_warc_field(e->record, DTL_STR("WARC-Payload-Digest"));

    return said.len ? said : e->digest;
}

static dtl_str url_of(entry *e)
{
    return e->record->target_uri;
}

typedef struct {
    const char *name;
    dtl_str (*value)(entry *e);
} field;

/* What is no field of the record by its own name. */
static const field fields[] = {
    {"offset", offset_of},       {"length", length_of},
    {"filename", filename_of},   {"mime", mime_of},
    {"surt", surt_of},           {"urlkey", surt_of},
    {"timestamp", timestamp_of}, {"url", url_of},
    {"digest", digest_of},       {"status", status_of},
    {"http:status", status_of},
};

static dtl_str value_of(entry *e, dtl_str name)
{
    size_t i;

    for (i = 0; i < sizeof fields / sizeof *fields; i++)
        if (dtl_str_eq_nocase(name, dtl_str_of(fields[i].name)))
            return fields[i].value(e);
    if (dtl_str_starts_nocase(name, DTL_STR("http:")))
        return dtl_fields_get(&e->http.fields, dtl_str_sub(name, 5, name.len));
    return dtl_warc_field(e->record, name);
}

/* ---- Lines ----------------------------------------------------------------
 */

/* Makes the digest that the record has not: of its payload as it was sent. */
static dtl_status make_digest(entry *e, dtl_error *err)
{
    dtl_buf b = {.arena = &e->arena};
    dtl_status st;
    dtl_str block;

    if (digest_of(e).len || e->record->type == DTL_WARC_REVISIT ||
        e->record->content_length > e->reader->opts.max_block)
        return DTL_OK;
    st = dtl_warc_block(e->reader, &block, err);
    if (st == DTL_OK)
        dtl_digest_put(dtl_str_sub(block, e->http.head.len, block.len), &b);
    e->digest = dtl_buf_view(&b);
    return st;
}

/* Writes the object of the fields, and a newline. */
static void put_object(entry *e, const dtl_str *names, size_t count)
{
    dtl_json_writer j;
    dtl_str value;
    size_t i;

    dtl_json_write_init(&j, &e->out, false);
    dtl_json_open_object(&j);
    for (i = 0; i < count; i++) {
        value = value_of(e, names[i]);
        if (!value.len)
            continue;
        dtl_json_put_key_str(&j, names[i]);
        dtl_json_put_str(&j, value);
    }
    dtl_json_close(&j);
    if (dtl_json_write_end(&j) != DTL_OK)
        e->out.status = DTL_NOMEM;
    dtl_buf_putc(&e->out, '\n');
}

static bool is_asked_for(const dtl_str *names, size_t count, dtl_str name)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (dtl_str_eq_nocase(names[i], name))
            return true;
    return false;
}

/* Writes the fields, behind the key of an index where keyed is set. */
static dtl_status write_line(dtl_warc *w, bool keyed, const dtl_str *names,
                             size_t count, dtl_str filename,
                             dtl_write_fn *write, void *ctx, dtl_error *err)
{
    entry e = {
        .reader = w, .record = dtl_warc_current(w), .filename = filename};
    dtl_status st = read_http(&e, err);

    if (st == DTL_OK && is_asked_for(names, count, DTL_STR("digest")))
        st = make_digest(&e, err);
    if (st == DTL_OK)
        st = dtl_warc_end(w, &e.end, err);
    if (st == DTL_OK && keyed) {
        dtl_buf_str(&e.out, surt_of(&e));
        dtl_buf_putc(&e.out, ' ');
        dtl_buf_str(&e.out, timestamp_of(&e));
        dtl_buf_putc(&e.out, ' ');
    }
    if (st == DTL_OK)
        put_object(&e, names, count);
    if (st == DTL_OK && (e.out.status != DTL_OK || e.arena.status != DTL_OK))
        st = dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    if (st == DTL_OK && !write(ctx, e.out.ptr, e.out.len))
        st = dtl_fail(err, DTL_IO, 0, "the output cannot be written");
    if (st == DTL_NOMEM)
        w->failed = true;
    dtl_arena_clear(&e.arena);
    dtl_buf_clear(&e.out);
    return st;
}

dtl_status dtl_warc_write_fields(dtl_warc *w, const dtl_str *names,
                                 size_t count, dtl_str filename,
                                 dtl_write_fn *write, void *ctx, dtl_error *err)
{
    return write_line(w, false, names, count, filename, write, ctx, err);
}

static bool is_listed(const dtl_warc_record *r)
{
    switch (r->type) {
    case DTL_WARC_RESPONSE:
    case DTL_WARC_REVISIT:
        return r->target_uri.len > 0;
    case DTL_WARC_RESOURCE:
    case DTL_WARC_METADATA:
        return r->target_uri.len > 0 &&
               !dtl_str_starts_nocase(r->content_type,
                                      DTL_STR("application/warc-fields"));
    default:
        return false;
    }
}

dtl_status dtl_warc_write_cdxj(dtl_warc *w, dtl_str filename,
                               dtl_write_fn *write, void *ctx, dtl_error *err)
{
    const dtl_str names[] = {
        DTL_STR("url"),      DTL_STR("mime"),   DTL_STR("status"),
        DTL_STR("digest"),   DTL_STR("length"), DTL_STR("offset"),
        DTL_STR("filename"),
    };

    if (!is_listed(dtl_warc_current(w)))
        return DTL_OK;
    return write_line(w, true, names, sizeof names / sizeof *names, filename,
                      write, ctx, err);
}
