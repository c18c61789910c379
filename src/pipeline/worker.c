/* The threads of a run. */
#include "pipeline/worker.h"
#include "article/read.h"
#include "base/str.h"
#include "pipeline/kind.h"

#include <string.h>

enum {
    CHUNK_BYTES = 1024 * 1024, /* of records, at which a chunk ends */
    CHUNK_FAILURES = 1000,
    /* A reader keeps the memory that its largest pages took, and what many
     * pages of many sizes took bit by bit. A new one takes some 2 ms. */
    RENEW_PAGE = 1024 * 1024,
    RENEW_PAGES = 4096
};

/* ---- Chunks ---------------------------------------------------------------
 */

void dtl_worker_fail(dtl_worker *w)
{
    w->gone = true;
    dtl_order_fail(w->job->order);
}

/* Empties the buffer of records. Room for a chunk is made at once, and room
 * that one large record took is not kept. */
static void begin_records(dtl_worker *w)
{
    if (w->json.cap > 2 * CHUNK_BYTES)
        dtl_buf_clear(&w->json);
    dtl_buf_reset(&w->json);
    dtl_buf_reserve(&w->json, CHUNK_BYTES + CHUNK_BYTES / 4);
}

/* Packs what has come together and hands it over. */
static void put_chunk(dtl_worker *w, bool cut, bool last, uint64_t ended)
{
    dtl_chunk *c = w->chunk;

    if (w->json.len && dtl_pack(w->packer, &w->json, &c->out) != DTL_OK) {
        dtl_worker_fail(w);
        return;
    }
    begin_records(w);
    c->units = w->units;
    c->cut = cut;
    c->last = last;
    c->ended = ended;
    w->open_ended = false;
    w->gone = !dtl_order_put(w->job->order, w->slot, c);
    w->chunk = w->gone ? NULL : dtl_order_chunk(w->job->order);
    if (!w->chunk && !w->gone)
        dtl_worker_fail(w);
}

static bool is_full(const dtl_worker *w)
{
    return w->json.len >= CHUNK_BYTES ||
           w->chunk->failure_count >= CHUNK_FAILURES;
}

bool dtl_worker_skips(dtl_worker *w)
{
    if (w->units >= w->slot->skip)
        return false;
    w->units++;
    return true;
}

void dtl_worker_meter(dtl_worker *w, uint64_t at)
{
    if (at > w->metered)
        atomic_fetch_add_explicit(&w->job->meter, at - w->metered,
                                  memory_order_relaxed);
    w->metered = at;
}

bool dtl_worker_unit(dtl_worker *w)
{
    bool stopped = dtl_order_stopped(w->job->order);

    if (w->gone)
        return false;
    w->units++;
    if (w->json.status != DTL_OK)
        dtl_worker_fail(w);
    else if (atomic_load_explicit(&w->slot->unwanted, memory_order_relaxed))
        put_chunk(w, true, false, 0);
    else if (is_full(w) && !w->open_ended)
        put_chunk(w, false, false, 0);
    if (stopped && !w->gone)
        put_chunk(w, true, false, 0);
    return !w->gone;
}

/* ---- Failures -------------------------------------------------------------
 */

static dtl_str keep(dtl_worker *w, dtl_str s)
{
    return s.ptr ? dtl_arena_copy(&w->chunk->arena, s) : s;
}

static uint64_t *counter_of(dtl_ingest_counts *c, dtl_failure_kind kind)
{
    switch (kind) {
    case DTL_FAILED_INPUT:
        return &c->failed_inputs;
    case DTL_FAILED_DAMAGED:
        return &c->failed_damaged;
    case DTL_FAILED_LIMIT:
        return &c->failed_limit;
    case DTL_FAILED_MEMORY:
        break;
    }
    return &c->failed_memory;
}

void dtl_worker_failed(dtl_worker *w, dtl_failure_kind kind,
                       const dtl_read_options *where, const char *reason)
{
    dtl_chunk *c = w->chunk;
    dtl_failure *f;
    size_t size;

    /* Its reading was interrupted, and that is no failure of its own. */
    if (kind == DTL_FAILED_INPUT && dtl_order_stopped(w->job->order))
        return;
    ++*counter_of(&c->counts, kind);
    if (c->failure_count == c->failure_cap &&
        !dtl_arena_grow(&c->arena, (void **)&c->failures, c->failure_count,
                        &c->failure_cap, sizeof *c->failures)) {
        dtl_worker_fail(w);
        return;
    }
    f = &c->failures[c->failure_count++];
    *f = (dtl_failure){.kind = kind, .whole_file = !where};
    f->file = keep(w, dtl_str_of(w->entry->name));
    f->reason = keep(w, dtl_str_of(reason));
    if (where) {
        f->url = keep(w, where->url);
        f->record_id = keep(w, where->record_id);
        f->offset = where->offset;
    }
    for (size = 0; size < f->reason.len; size++)
        if (f->reason.ptr[size] == '\n')
            f->reason.len = size;
    if (c->arena.status != DTL_OK)
        dtl_worker_fail(w);
}

/* ---- Reading --------------------------------------------------------------
 */

static bool append(void *ctx, const char *bytes, size_t len)
{
    dtl_buf *b = ctx;

    dtl_buf_append(b, bytes, len);
    return b->status == DTL_OK;
}

static void write_article(dtl_worker *w, const dtl_article *a)
{
    dtl_ingest_counts *c = &w->chunk->counts;
    size_t before = w->json.len;

    if (!dtl_filter_article(&w->job->filter, a)) {
        c->filtered++;
        return;
    }
    if (dtl_article_write(a, DTL_FORMAT_JSON, NULL, append, &w->json) !=
        DTL_OK) {
        w->json.len = before;
        dtl_worker_fail(w);
        return;
    }
    dtl_buf_putc(&w->json, '\n');
    c->written++;
    c->status[dtl_article_status(a)]++;
}

/* Replaces the reader, with all its memory, which would stay otherwise. */
static void renew_reader(dtl_worker *w)
{
    dtl_reader_free(w->reader);
    w->reader = dtl_reader_new();
    w->pages_read = 0;
    if (!w->reader)
        dtl_worker_fail(w);
}

/* Reads a page; what came of it is counted, told and written. */
static dtl_status read_one(dtl_worker *w, dtl_str bytes, bool is_text,
                           const dtl_read_options *ro)
{
    const dtl_read_options *where = w->in_archive ? ro : NULL;
    const dtl_article *a;
    dtl_error err = {0};
    dtl_status st;

    st = is_text ? dtl_reader_read_record(w->reader, bytes, ro, &a, &err)
                 : dtl_reader_read(w->reader, bytes, ro, &a, &err);
    if (st != DTL_OK) {
        dtl_worker_failed(
            w, st == DTL_NOMEM ? DTL_FAILED_MEMORY : DTL_FAILED_LIMIT, where,
            err.message);
        return st;
    }
    if (dtl_article_status(a) == DTL_STATUS_REFUSED)
        dtl_worker_failed(w, DTL_FAILED_LIMIT, where,
                          dtl_article_reason(a).ptr);
    if (!w->gone)
        write_article(w, a);
    return st;
}

void dtl_worker_read(dtl_worker *w, dtl_str bytes, bool is_text,
                     const dtl_read_options *ro)
{
    dtl_ingest_counts *c = &w->chunk->counts;
    bool large = bytes.len >= w->job->large_page;
    dtl_status st;

    c->pages++;
    c->page_bytes += bytes.len;
    if (large)
        pthread_mutex_lock(w->job->large);
    st = read_one(w, bytes, is_text, ro);
    if (st != DTL_OK || bytes.len >= RENEW_PAGE ||
        ++w->pages_read == RENEW_PAGES)
        renew_reader(w);
    if (large)
        pthread_mutex_unlock(w->job->large);
}

void dtl_worker_refuse(dtl_worker *w, const dtl_read_options *ro,
                       const dtl_error *why)
{
    const dtl_article *a;

    dtl_worker_failed(
        w, why->code == DTL_NOMEM ? DTL_FAILED_MEMORY : DTL_FAILED_LIMIT,
        w->in_archive ? ro : NULL, why->message);
    if (w->gone || why->code == DTL_NOMEM)
        return;
    if (dtl_reader_refuse(w->reader, dtl_str_of(why->message), ro, &a) ==
        DTL_OK)
        write_article(w, a);
}

/* ---- Tasks ----------------------------------------------------------------
 */

/* Reads a file that is no archive; of the parts of a large one, the first. */
static void do_page_entry(dtl_worker *w, dtl_status st, const dtl_error *err)
{
    if (w->slot->task.is_part && !w->slot->task.is_first) {
        if (!w->slot->certain)
            dtl_order_begins(w->job->order, w->slot, UINT64_MAX);
        return;
    }
    if (dtl_worker_skips(w))
        return;
    w->chunk->counts.inputs++;
    if (st == DTL_OK)
        dtl_worker_page(w);
    else
        dtl_worker_failed(
            w, st == DTL_NOMEM ? DTL_FAILED_MEMORY : DTL_FAILED_INPUT, NULL,
            err->message);
    dtl_worker_unit(w);
}

static void do_entry(dtl_worker *w, const dtl_entry *e)
{
    dtl_error err = {0};
    dtl_str head;
    dtl_status st;

    w->entry = e;
    w->metered = 0;
    st = dtl_source_open(&w->source, e, w->job->fetch, &err);
    if (st == DTL_OK)
        st = dtl_source_head(&w->source, &head, &err);
    w->in_archive = st == DTL_OK && dtl_begins_archive(head);
    if (w->in_archive)
        dtl_worker_archive(w);
    else
        do_page_entry(w, st, &err);
    dtl_source_close(&w->source);
}

/* Whether a record of the part before goes through the whole part. */
static bool is_empty_part(const dtl_slot *s)
{
    return s->task.is_part && s->certain && s->begin >= s->task.end;
}

static void do_task(dtl_worker *w)
{
    const dtl_task *t = &w->slot->task;
    size_t i;

    w->units = 0;
    w->gone = w->open_ended = false;
    w->ended = is_empty_part(w->slot) ? w->slot->begin : UINT64_MAX;
    begin_records(w);
    w->chunk = dtl_order_chunk(w->job->order);
    if (!w->chunk) {
        dtl_worker_fail(w);
        return;
    }
    for (i = 0; i < t->entry_count && !w->gone && !is_empty_part(w->slot); i++)
        do_entry(w, &t->entries[i]);
    if (!w->gone)
        put_chunk(w, false, true, w->ended);
    if (w->chunk)
        dtl_order_drop(w->job->order, w->chunk);
}

static bool set_up(dtl_worker *w)
{
    w->reader = dtl_reader_new();
    w->packer = dtl_packer_new(w->job->packing);
    return w->reader && w->packer;
}

void *dtl_worker_main(void *ctx)
{
    dtl_worker w = {.job = ctx};

    if (!set_up(&w))
        dtl_order_fail(w.job->order);
    else
        while ((w.slot = dtl_order_take(w.job->order)))
            do_task(&w);
    dtl_reader_free(w.reader);
    dtl_packer_free(w.packer);
    dtl_source_clear(&w.source);
    dtl_buf_clear(&w.json);
    dtl_buf_clear(&w.bytes);
    dtl_buf_clear(&w.plain);
    dtl_arena_clear(&w.arena);
    return NULL;
}
