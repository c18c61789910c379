/* Reads a page, or a plain-text record, that is a file of its own. */
#include "base/str.h"
#include "pipeline/kind.h"
#include "pipeline/worker.h"

#include <stdio.h>

enum {
    MAX_LAYERS = 3 /* of gzip in gzip: servers and archives pack again */
};

/* Undoes gzip, which leaves the page in *page. */
static dtl_status unpack(dtl_worker *w, dtl_str *page, dtl_error *err)
{
    dtl_status st = DTL_OK;
    size_t len;
    char *out;
    int layers;

    for (layers = 0; dtl_is_gzip(*page) && layers < MAX_LAYERS; layers++) {
        st = dtl_gunzip(*page, w->job->max_page, &out, &len, err);
        if (st != DTL_OK)
            return st;
        dtl_buf_reset(&w->plain);
        dtl_buf_append(&w->plain, out, len);
        dtl_release(out);
        if (w->plain.status != DTL_OK)
            return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
        *page = dtl_buf_view(&w->plain);
    }
    return DTL_OK;
}

static void fail(dtl_worker *w, dtl_failure_kind kind, const char *reason)
{
    dtl_worker_failed(w, kind, NULL, reason);
}

/* Whether a page's bytes are one. A file that the user named has to be; in
 * folders much else may stand. */
static bool check(dtl_worker *w, dtl_str page)
{
    const dtl_entry *e = w->entry;
    const char *what = page.len ? dtl_not_a_page(page) : "empty";
    char reason[120];

    if (!e->named && (what || !dtl_is_page_file(page, e->name))) {
        w->chunk->counts.not_pages++;
        return false;
    }
    if (!what && dtl_is_binary(page))
        what = "binary data, not a page";
    if (!what)
        return true;
    snprintf(reason, sizeof reason, "is %s", what);
    fail(w, DTL_FAILED_INPUT, reason);
    return false;
}

static dtl_read_options options_of(const dtl_worker *w)
{
    const dtl_entry *e = w->entry;
    dtl_read_options ro = {.as_of = dtl_str_of(w->job->opts->as_of),
                           .max_nodes = w->job->max_nodes};

    if (e->type == DTL_ENTRY_URL) {
        ro.url = dtl_source_url(&w->source);
        ro.charset = dtl_source_charset(&w->source);
    } else if (e->type == DTL_ENTRY_FILE) {
        ro.file = dtl_str_of(e->name);
    }
    return ro;
}

/* Whether a file that stands in a folder is no page, which its first bytes
 * show: it may be as large as it likes then. */
static bool is_other_file(dtl_worker *w)
{
    char plain[4096];
    dtl_error err;
    dtl_str head;

    if (w->entry->named || dtl_source_head(&w->source, &head, &err) != DTL_OK)
        return false;
    if (dtl_is_gzip(head))
        head = dtl_gunzip_head(head, plain, sizeof plain);
    return !head.len || !dtl_is_page_file(head, w->entry->name);
}

static void read_all(dtl_worker *w)
{
    dtl_read_options ro = options_of(w);
    dtl_error err = {0};
    dtl_str page;
    dtl_status st;

    dtl_buf_reset(&w->bytes);
    st = dtl_source_all(&w->source, w->job->max_page, &w->bytes, &err);
    page = dtl_buf_view(&w->bytes);
    if (st == DTL_OK)
        st = unpack(w, &page, &err);
    if (st == DTL_OK && check(w, page))
        dtl_worker_read(w, page, dtl_is_record(page), &ro);
    else if (st == DTL_LIMIT)
        dtl_worker_refuse(w, &ro, &err);
    else if (st != DTL_OK)
        fail(w, st == DTL_NOMEM ? DTL_FAILED_MEMORY : DTL_FAILED_INPUT,
             err.message);
}

void dtl_worker_page(dtl_worker *w)
{
    dtl_ingest_counts *c = &w->chunk->counts;
    uint64_t size;

    c->records++;
    if (is_other_file(w))
        c->not_pages++;
    else
        read_all(w);
    size = w->source.size ? w->source.size : w->source.at;
    dtl_worker_meter(w, size);
    c->bytes += size;
}
