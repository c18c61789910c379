/* Reads the records of an archive, or of a part of one.
 *
 * What can be decided by a record's head or by that of the HTTP answer in it
 * is decided there; bodies are decoded, and pages read, only where they may
 * be written. */
#include "base/str.h"
#include "pipeline/worker.h"
#include "warc/http.h"

#include <string.h>

enum {
    HTTP_HEAD = 16 * 1024, /* of an answer, looked at before the whole of it */
    /* Past the end of a part, what the search for its beginning may read: as
     * much as it takes to know a record when one begins just before. */
    SEARCH_PAST_END = 64 * 1024
};

/* ---- Records --------------------------------------------------------------
 */

/* Counts a record that holds no answer; false for one that may. */
static bool pass_over(dtl_ingest_counts *c, dtl_warc_type type)
{
    switch (type) {
    case DTL_WARC_RESPONSE:
    case DTL_WARC_RESOURCE:
    case DTL_WARC_CONVERSION:
        return false;
    case DTL_WARC_REQUEST:
        c->requests++;
        return true;
    case DTL_WARC_METADATA:
        c->metadata++;
        return true;
    case DTL_WARC_REVISIT:
        c->revisits++;
        return true;
    case DTL_WARC_WARCINFO:
        c->warcinfo++;
        return true;
    case DTL_WARC_CONTINUATION:
        c->continuations++;
        return true;
    default:
        c->other_records++;
        return true;
    }
}

/* Whether a declared type is one that no page is sent as. What a server does
 * not know, it calls text or a stream of bytes. */
static bool is_no_page_type(dtl_str type)
{
    static const char *const open_types[] = {
        "text/html",       "application/xhtml+xml",    "application/xml",
        "text/xml",        "application/octet-stream", "unk",
        "text/plain",      "application/unknown",      "no-type",
        "application/http"};

    return type.len &&
           !dtl_str_is_any_nocase(type, open_types,
                                  sizeof open_types / sizeof *open_types);
}

static dtl_str without_parameters(dtl_str type)
{
    return dtl_str_trim(dtl_str_sub(type, 0, dtl_str_find_char(type, ';')));
}

/* Looks at the head of the HTTP answer that a block begins with, the body of
 * which may be large and is not unpacked yet. False, and counted, when the
 * record is not to be read. */
static bool is_wanted_answer(dtl_worker *w, const dtl_warc_record *r,
                             dtl_str begin)
{
    dtl_ingest_counts *c = &w->chunk->counts;
    dtl_str type = r->content_type;
    dtl_http http = {0};

    dtl_arena_reset(&w->arena);
    if (r->type == DTL_WARC_RESPONSE &&
        dtl_http_read(begin, &w->arena, &http, NULL) == DTL_OK)
        type = dtl_fields_get(&http.fields, DTL_STR("Content-Type"));
    type = without_parameters(type);
    if (!dtl_filter_answer(&w->job->filter, http.status, type)) {
        c->filtered++;
        return false;
    }
    if (http.status >= 300 && http.status < 400) {
        c->redirects++;
        return false;
    }
    if (is_no_page_type(type)) {
        c->not_pages++;
        return false;
    }
    return true;
}

/* Whether a record holds the text of a page, as WET files do. */
static bool is_text(const dtl_warc_record *r, const dtl_payload *p)
{
    return r->type == DTL_WARC_CONVERSION &&
           dtl_str_eq(dtl_str_of(p->type), DTL_STR("text/plain")) &&
           dtl_str_eq_nocase(p->declared, DTL_STR("text/plain"));
}

static void read_page(dtl_worker *w, const dtl_warc_record *r,
                      const dtl_payload *p, dtl_read_options *ro)
{
    bool text = is_text(r, p);

    if (!p->body.len || (!text && !dtl_payload_is_html(p))) {
        w->chunk->counts.not_pages++;
        return;
    }
    ro->charset = p->charset;
    ro->http_status = p->http_status;
    dtl_worker_read(w, p->body, text, ro);
}

/* What is the matter with a record that its head alone could be read of. */
static void note_bad_record(dtl_worker *w, const dtl_read_options *ro,
                            const dtl_error *err)
{
    if (err->code == DTL_LIMIT)
        dtl_worker_refuse(w, ro, err);
    else
        dtl_worker_failed(w,
                          err->code == DTL_NOMEM ? DTL_FAILED_MEMORY
                          : err->code == DTL_IO  ? DTL_FAILED_INPUT
                                                 : DTL_FAILED_DAMAGED,
                          ro, err->message);
    w->open_ended = !w->gone;
}

static void do_record(dtl_worker *w, dtl_warc *a, const dtl_warc_record *r)
{
    dtl_ingest_counts *c = &w->chunk->counts;
    const dtl_ingest_options *o = w->job->opts;
    dtl_read_options ro = {.url = r->target_uri,
                           .as_of = dtl_str_of(o->as_of),
                           .fetched = r->date,
                           .offset = (size_t)r->offset,
                           .record_id = r->id,
                           .max_nodes = w->job->max_nodes};
    const dtl_payload *p;
    dtl_error err = {0};
    dtl_str begin;
    dtl_status st;

    if (w->entry->type != DTL_ENTRY_STDIN)
        ro.file = dtl_str_of(w->entry->name);
    c->records++;
    if (pass_over(c, r->type))
        return;
    if (!dtl_filter_date(&w->job->filter, r->date)) {
        c->filtered++;
        return;
    }
    st = dtl_warc_peek(a, HTTP_HEAD, &begin, &err);
    if (st == DTL_OK) {
        if (!is_wanted_answer(w, r, begin))
            return;
        st = dtl_warc_payload(a, &p, &err);
    }
    if (st == DTL_OK)
        read_page(w, r, p, &ro);
    else
        note_bad_record(w, &ro, &err);
}

/* ---- Damage ---------------------------------------------------------------
 */

/* The last failure goes as far as where something else begins. */
static void close_failure(dtl_worker *w, uint64_t at)
{
    dtl_failure *f;

    if (w->open_ended && w->chunk->failure_count) {
        f = &w->chunk->failures[w->chunk->failure_count - 1];
        if (at > f->offset)
            f->length = at - f->offset;
    }
    w->open_ended = false;
}

/* Whether the last failure is the same damage, told first by what was left of
 * the record and now by what broke it; the latter is the better reason. */
static bool is_told(dtl_worker *w, const dtl_error *err)
{
    const dtl_chunk *c = w->chunk;

    return w->open_ended && c->failure_count && err->code == DTL_SYNTAX &&
           c->failures[c->failure_count - 1].kind == DTL_FAILED_DAMAGED &&
           c->failures[c->failure_count - 1].offset == err->offset;
}

/* A place where no record could be read. */
static void note_damage(dtl_worker *w, const dtl_error *err)
{
    dtl_read_options where = {.offset = err->offset};
    dtl_failure_kind kind = err->code == DTL_LIMIT   ? DTL_FAILED_LIMIT
                            : err->code == DTL_NOMEM ? DTL_FAILED_MEMORY
                            : err->code == DTL_IO    ? DTL_FAILED_INPUT
                                                     : DTL_FAILED_DAMAGED;

    if (is_told(w, err)) {
        w->chunk->failure_count--;
        w->chunk->counts.failed_damaged--;
    } else {
        close_failure(w, err->offset);
    }
    dtl_worker_failed(w, kind, err->code == DTL_IO ? NULL : &where,
                      err->message);
    w->open_ended = !w->gone;
}

/* ---- Parts ----------------------------------------------------------------
 */

/* Finds where a part begins that nobody knows of yet; UINT64_MAX where nothing
 * does. */
static uint64_t search_begin(dtl_worker *w, dtl_warc *a)
{
    const dtl_task *t = &w->slot->task;
    uint64_t begin = UINT64_MAX;
    dtl_error err;

    if (!t->is_last)
        w->source.limit = t->end + SEARCH_PAST_END;
    if (dtl_warc_seek(a, t->begin, &begin, &err) != DTL_OK || begin >= t->end ||
        begin >= w->source.size)
        begin = UINT64_MAX;
    w->source.limit = 0;
    return begin;
}

/* Goes through records until there are no more, or the task is to be left. */
static void do_records(dtl_worker *w, dtl_warc *a)
{
    const dtl_warc_record *r;
    dtl_error err = {0};
    dtl_status st;

    for (;;) {
        st = dtl_warc_next(a, &r, &err);
        if (st == DTL_OK && !r)
            return;
        dtl_worker_meter(w, dtl_warc_at(a));
        if (!dtl_worker_skips(w)) {
            if (st == DTL_OK) {
                close_failure(w, r->offset);
                do_record(w, a, r);
            } else {
                note_damage(w, &err);
            }
            if (!dtl_worker_unit(w))
                return;
        }
        if (!dtl_warc_goes_on(a))
            return;
    }
}

void dtl_worker_archive(dtl_worker *w)
{
    const dtl_slot *s = w->slot;
    bool is_part = s->task.is_part;
    uint64_t begin = is_part ? s->begin : 0, found, from;
    dtl_warc_options wo = {.max_block = w->job->max_page,
                           .max_payload = w->job->max_page,
                           .size = w->source.size,
                           .end =
                               is_part && !s->task.is_last ? s->task.end : 0};
    dtl_input in = dtl_source_input(&w->source);
    dtl_error err = {0};
    dtl_warc *a;

    a = dtl_warc_new(&in, &wo);
    if (!a) {
        dtl_worker_fail(w);
        return;
    }
    if (is_part && !s->certain) {
        begin = search_begin(w, a);
        dtl_order_begins(w->job->order, w->slot, begin);
        if (begin == UINT64_MAX) {
            dtl_warc_free(a);
            return;
        }
    }
    from = begin;
    if (begin && dtl_warc_seek(a, begin, &found, &err) == DTL_OK)
        from = found;
    w->metered = from;
    do_records(w, a);
    w->ended = dtl_warc_at(a);
    dtl_worker_meter(w, w->ended);
    if (!w->gone)
        close_failure(w, w->ended);
    dtl_warc_free(a);
    if (w->gone || dtl_worker_skips(w))
        return;
    w->chunk->counts.inputs += !is_part || s->task.is_first;
    w->chunk->counts.bytes +=
        is_part && w->ended > from ? w->ended - from : w->source.at;
    dtl_worker_unit(w);
}
