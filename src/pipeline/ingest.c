/* A run: threads read, the caller's thread writes what they made, in order.
 *
 * After each chunk the journal notes how far the output has come, so at any
 * moment the output up to the last place noted is what an uninterrupted run
 * would have begun with. */
#include "base/str.h"
#include "pipeline/journal.h"
#include "pipeline/output.h"
#include "pipeline/quarantine.h"
#include "pipeline/worker.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <xxhash.h>

enum {
    PAGE_MAX = 16 * 1024 * 1024,
    NODES_MAX = 2 * 1000 * 1000,
    THREADS_MAX = 512,
    LARGE_PAGE = 8 * 1024 * 1024,
    /* Measured on pages made for it: a page takes up to 64 times its bytes and
     * 600 bytes a node besides; a thread without its page, some 16 MB. */
    MEMORY_MIN = 64 * 1024 * 1024,
    THREAD_BYTES = 32 * 1024 * 1024,
    PAGE_PART = 128,      /* of the memory: bytes of a page */
    NODE_PART = 4 * 640,  /* and its nodes */
    LARGE_PART = 256 * 4, /* bytes of a page that several may read at once */
    WAITING_BYTES = 4 * 1024 * 1024, /* of a thread's chunks */
    TASKS_AHEAD = 8,                 /* of a thread, if these let it */
    TOLD_MAX = 20,                   /* failures that are told one by one */
    WAIT_MS = 100,
    SYNC_MS = 5000
};

typedef struct {
    const dtl_ingest_options *opts;
    dtl_job job;
    dtl_fetch_options fetch;
    volatile int stop; /* what the inputs look at */
    dtl_walk *walk;
    dtl_split *split;
    dtl_order *order;
    pthread_t *threads;
    pthread_mutex_t large; /* for dtl_job */
    size_t thread_count, started;
    dtl_output out;
    dtl_journal journal;
    dtl_quarantine quarantine;
    dtl_place place; /* noted last */
    dtl_ingest_counts counts;
    uint64_t total; /* bytes of the inputs; 0: not known */
    uint64_t told;  /* failures */
    bool any_out;
    int64_t synced_ms, shown_ms;
} run;

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void tell(const run *r, const char *name, const char *text)
{
    if (r->opts->message)
        r->opts->message(r->opts->ctx, name, text);
}

/* ---- Setting up -----------------------------------------------------------
 */

static size_t processors(void)
{
    cpu_set_t set;

    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    return (size_t)CPU_COUNT(&set);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many threads, and how large a page may be; the latter depends on what
 * was asked for alone, since it shows in the output. */
static void set_bounds(run *r)
{
    const dtl_ingest_options *o = r->opts;
    size_t memory = o->max_memory, n = o->threads ? o->threads : processors();

    r->job.max_page = o->max_record ? o->max_record : PAGE_MAX;
    r->job.max_nodes = o->max_nodes ? o->max_nodes : NODES_MAX;
    r->job.large_page = LARGE_PAGE;
    n = smaller(n, THREADS_MAX);
    if (memory) {
        n = smaller(n, memory / THREAD_BYTES);
        r->job.max_page = smaller(r->job.max_page, memory / PAGE_PART);
        r->job.max_nodes = smaller(r->job.max_nodes, memory / NODE_PART);
        r->job.large_page = smaller(LARGE_PAGE, memory / n / LARGE_PART);
    }
    r->thread_count = n;
    r->job.large = &r->large;
}

static bool set_packing(run *r)
{
    const char *name = r->opts->output;
    struct stat st;

    r->job.packing = DTL_PACK_NONE;
    if (!name || !*name) {
        tell(r, NULL, "no output is named");
        return false;
    }
    if (strcmp(name, "-") == 0 ||
        dtl_pack_kind_of(dtl_str_of(name), &r->job.packing))
        return true;
    /* A pipe or a device may have any name. */
    if (stat(name, &st) == 0 && !S_ISREG(st.st_mode))
        return true;
    tell(r, name,
         "what to write is told by the name's end: .jsonl, .jsonl.gz or "
         ".jsonl.zst");
    return false;
}

static bool check_options(run *r)
{
    dtl_error err = {0};

    if (dtl_filter_init(&r->job.filter, &r->opts->filter, &err) != DTL_OK) {
        tell(r, NULL, err.message);
        return false;
    }
    if (r->opts->max_memory && r->opts->max_memory < MEMORY_MIN) {
        tell(r, NULL, "max-memory: must be 64M or more");
        return false;
    }
    if (!r->opts->input_count && !r->opts->list_count) {
        tell(r, NULL, "no input is named");
        return false;
    }
    return set_packing(r);
}

static void add_text(XXH3_state_t *h, const char *text)
{
    XXH3_64bits_update(h, text ? text : "", text ? strlen(text) + 1 : 0);
    XXH3_64bits_update(h, text ? "+" : "-", 1);
}

/* A name, and of a file its size and when it was written last: another archive
 * under the same name is another input. A folder's time is that of what was
 * made in it, the output perhaps, and says nothing. */
static void add_input(XXH3_state_t *h, const char *name)
{
    struct stat st;
    int64_t mark[3];

    add_text(h, name);
    if (stat(name, &st) != 0 || !S_ISREG(st.st_mode))
        return;
    mark[0] = st.st_size;
    mark[1] = st.st_mtim.tv_sec;
    mark[2] = st.st_mtim.tv_nsec;
    XXH3_64bits_update(h, mark, sizeof mark);
}

/* A hash of all that decides what comes out, but for what is in folders and
 * lists, of which the journal's places tell, and behind addresses. */
static uint64_t hash_options(const run *r)
{
    const dtl_ingest_options *o = r->opts;
    const uint64_t numbers[] = {r->job.packing,   r->job.max_page,
                                r->job.max_nodes, o->filter.min_words,
                                o->input_count,   o->list_count};
    XXH3_state_t *h = XXH3_createState();
    uint64_t hash;
    size_t i;

    if (!h)
        return 0;
    XXH3_64bits_reset(h);
    add_text(h, dtl_version());
    XXH3_64bits_update(h, numbers, sizeof numbers);
    for (i = 0; i < o->input_count; i++)
        add_input(h, o->inputs[i]);
    for (i = 0; i < o->list_count; i++)
        add_input(h, o->lists[i]);
    add_text(h, o->filter.status);
    add_text(h, o->filter.mime);
    add_text(h, o->filter.language);
    add_text(h, o->filter.kind);
    add_text(h, o->filter.since);
    add_text(h, o->as_of);
    add_text(h, o->quarantine);
    hash = XXH3_64bits_digest(h);
    XXH3_freeState(h);
    return hash;
}

static dtl_walk_options walk_options(const run *r)
{
    return (dtl_walk_options){.lists = r->opts->lists,
                              .list_count = r->opts->list_count,
                              .names = r->opts->inputs,
                              .name_count = r->opts->input_count};
}

/* The run's own files are no inputs. */
static void set_apart(const run *r, dtl_walk_options *w)
{
    const int own[] = {r->out.part ? r->out.fd : -1, r->journal.fd,
                       r->quarantine.fd};
    struct stat st;
    size_t i;

    for (i = 0; i < sizeof own / sizeof *own; i++)
        if (own[i] >= 0 && fstat(own[i], &st) == 0)
            w->apart[w->apart_count++] =
                (dtl_file_id){(uint64_t)st.st_dev, (uint64_t)st.st_ino};
    if (r->out.part && stat(r->out.name, &st) == 0)
        w->apart[w->apart_count++] =
            (dtl_file_id){(uint64_t)st.st_dev, (uint64_t)st.st_ino};
}

/* The sizes of all inputs together; 0 where one is not known. */
static uint64_t sum_sizes(const dtl_walk_options *o)
{
    dtl_walk *w = dtl_walk_new(o);
    uint64_t total = 0;
    dtl_entry e;
    bool more;

    while (w && dtl_walk_next(w, &e, &more) == DTL_OK && more) {
        if (e.type == DTL_ENTRY_STDIN || e.type == DTL_ENTRY_URL) {
            total = 0;
            break;
        }
        total += e.size;
    }
    dtl_walk_free(w);
    return total;
}

/* A list on standard input can be read once. */
static bool can_sum(const dtl_ingest_options *o)
{
    size_t i;

    for (i = 0; i < o->list_count; i++)
        if (strcmp(o->lists[i], "-") == 0)
            return false;
    return o->progress != NULL;
}

static bool make_parts(run *r)
{
    dtl_walk_options w = walk_options(r);
    dtl_order_options oo = {.tasks = TASKS_AHEAD * (r->thread_count + 1),
                            .bytes = r->thread_count * WAITING_BYTES};

    set_apart(r, &w);
    if (can_sum(r->opts))
        r->total = sum_sizes(&w);
    r->walk = dtl_walk_new(&w);
    r->split = r->walk ? dtl_split_new(r->walk) : NULL;
    oo.split = r->split;
    r->order = r->split ? dtl_order_new(&oo) : NULL;
    r->threads = dtl_malloc(r->thread_count * sizeof *r->threads);
    r->job.order = r->order;
    return r->order && r->threads;
}

/* ---- Going on after a run that broke off ----------------------------------
 */

/* Goes to the place where the other run had come. */
static dtl_ingest_end go_to_place(run *r)
{
    uint64_t seen;

    if (dtl_order_skip(r->order, r->place.task, r->place.units, r->place.begin,
                       &seen) != DTL_OK)
        return DTL_INGEST_NOMEM;
    if (seen != r->place.inputs) {
        tell(r, r->out.name,
             "a file that the run that broke off had read has changed since");
        return DTL_INGEST_USAGE;
    }
    if (!dtl_output_cut(&r->out, r->place.out) ||
        !dtl_quarantine_cut(&r->quarantine, r->place.failed_out,
                            r->place.failures)) {
        tell(r, r->out.part, "is not what the journal tells of");
        return DTL_INGEST_OUTPUT;
    }
    r->counts = r->place.counts;
    r->counts.resumed_records = r->counts.records;
    r->counts.resumed_bytes = r->counts.bytes;
    r->any_out = r->place.out > 0;
    return DTL_INGEST_DONE;
}

static dtl_ingest_end open_output(run *r, bool *resumed)
{
    dtl_error err = {0};
    dtl_output_begin begun;
    dtl_status st;

    *resumed = false;
    begun = dtl_output_open(&r->out, r->opts->output, r->opts->force,
                            r->opts->resume, &err);
    if (begun == DTL_OUTPUT_REFUSED) {
        tell(r, r->opts->output, err.message);
        return DTL_INGEST_OUTPUT;
    }
    if (begun == DTL_OUTPUT_WHOLE) {
        tell(r, r->opts->output, "is whole; nothing is left to do");
        return DTL_INGEST_WHOLE;
    }
    if (r->out.journal) {
        st = dtl_journal_open(&r->journal, r->out.journal, hash_options(r),
                              begun == DTL_OUTPUT_RESUMED, &r->place, resumed,
                              &err);
        if (st != DTL_OK) {
            tell(r, st == DTL_USAGE ? r->out.name : r->out.journal,
                 err.message);
            return st == DTL_USAGE ? DTL_INGEST_USAGE : DTL_INGEST_OUTPUT;
        }
    }
    if (r->out.part && !*resumed && !dtl_output_cut(&r->out, 0)) {
        tell(r, r->out.part, strerror(r->out.error));
        return DTL_INGEST_OUTPUT;
    }
    if (dtl_quarantine_open(&r->quarantine, r->opts->quarantine,
                            r->opts->output, r->opts->force, *resumed,
                            &err) != DTL_OK) {
        tell(r, r->opts->quarantine, err.message);
        if (!*resumed) {
            dtl_journal_close(&r->journal, true);
            dtl_output_close(&r->out, true);
        }
        return DTL_INGEST_OUTPUT;
    }
    return DTL_INGEST_DONE;
}

/* ---- Writing --------------------------------------------------------------
 */

static void add_counts(dtl_ingest_counts *to, const dtl_ingest_counts *more)
{
    uint64_t a[sizeof *to / sizeof(uint64_t)], b[sizeof a / sizeof *a];
    size_t i;

    memcpy(a, to, sizeof a);
    memcpy(b, more, sizeof b);
    for (i = 0; i < sizeof a / sizeof *a; i++)
        a[i] += b[i];
    memcpy(to, a, sizeof a);
}

static void tell_failure(run *r, const dtl_failure *f)
{
    const char *name =
        strcmp(f->file.ptr, "-") == 0 ? "standard input" : f->file.ptr;
    char text[512];

    if (r->told++ >= TOLD_MAX)
        return;
    if (f->whole_file || strstr(f->reason.ptr, " at byte "))
        snprintf(text, sizeof text, "%s", f->reason.ptr);
    else
        snprintf(text, sizeof text, "the record at byte %llu: %s",
                 (unsigned long long)f->offset, f->reason.ptr);
    tell(r, name, text);
}

/* What was not told one by one. */
static void tell_rest(const run *r)
{
    char text[64];

    if (r->told <= TOLD_MAX)
        return;
    snprintf(text, sizeof text, "%llu more could not be read",
             (unsigned long long)(r->told - TOLD_MAX));
    tell(r, NULL, text);
}

static dtl_ingest_end output_failed(run *r, const char *name, int error)
{
    char text[128];

    if (error == EPIPE && !r->out.part)
        return DTL_INGEST_CLOSED;
    snprintf(text, sizeof text, "cannot be written: %s", strerror(error));
    tell(r, name, text);
    return DTL_INGEST_OUTPUT;
}

static dtl_ingest_end note_place(run *r)
{
    int64_t now = now_ms();
    bool sure = now - r->synced_ms >= SYNC_MS;

    if (r->journal.fd < 0)
        return DTL_INGEST_DONE;
    if (sure) {
        r->synced_ms = now;
        if (!dtl_output_sync(&r->out))
            return output_failed(r, r->out.part, r->out.error);
    }
    if (!dtl_journal_note(&r->journal, &r->place, sure))
        return output_failed(r, r->out.journal, errno);
    return DTL_INGEST_DONE;
}

/* Where a run that goes on behind this chunk begins. */
static void set_place(run *r, const dtl_chunk *c, const dtl_task *task)
{
    r->place.task = task->number + c->last;
    r->place.units = c->last ? 0 : c->units;
    if (c->last)
        r->place.begin = c->ended;
    else
        r->place.begin = dtl_order_begin(task);
    r->place.inputs = task->seen;
    r->place.out = r->out.at;
    r->place.failures = r->quarantine.count;
    r->place.failed_out = r->quarantine.at;
    r->place.counts = r->counts;
}

static dtl_ingest_end write_chunk(run *r, const dtl_chunk *c,
                                  const dtl_task *task)
{
    size_t i;

    for (i = 0; i < c->failure_count; i++) {
        tell_failure(r, &c->failures[i]);
        if (!dtl_quarantine_add(&r->quarantine, &c->failures[i]))
            return output_failed(r, r->opts->quarantine, r->quarantine.error);
    }
    if (!dtl_output_write(&r->out, dtl_buf_view(&c->out)))
        return output_failed(r, r->out.part ? r->out.part : r->out.name,
                             r->out.error);
    r->any_out |= c->out.len != 0;
    add_counts(&r->counts, &c->counts);
    if (c->cut)
        return DTL_INGEST_DONE;
    set_place(r, c, task);
    return note_place(r);
}

static void show_progress(run *r, bool last)
{
    dtl_ingest_counts shown = r->counts;
    int64_t now = now_ms();

    if (!r->opts->progress || (!last && now - r->shown_ms < WAIT_MS))
        return;
    r->shown_ms = now;
    shown.bytes = r->counts.resumed_bytes + atomic_load(&r->job.meter);
    if (r->total && shown.bytes > r->total)
        shown.bytes = r->total; /* what was read a second time */
    r->opts->progress(r->opts->ctx, &shown, r->total);
}

static bool is_cancelled(const run *r)
{
    return r->opts->cancel && *r->opts->cancel;
}

static void stop(run *r)
{
    r->stop = 1;
    dtl_order_stop(r->order);
}

/* Writes chunk after chunk until there are no more. */
static dtl_ingest_end write_all(run *r)
{
    dtl_ingest_end end = DTL_INGEST_DONE;
    const dtl_task *task;
    dtl_chunk *c;

    for (;;) {
        if (is_cancelled(r) && !r->stop)
            stop(r);
        switch (dtl_order_get(r->order, WAIT_MS, &c, &task)) {
        case DTL_ORDER_CHUNK:
            end = write_chunk(r, c, task);
            dtl_order_give_back(r->order, c);
            break;
        case DTL_ORDER_WAIT:
            break;
        case DTL_ORDER_END:
            return is_cancelled(r) ? DTL_INGEST_INTERRUPTED : DTL_INGEST_DONE;
        case DTL_ORDER_NOMEM:
            tell(r, NULL, "out of memory");
            return DTL_INGEST_NOMEM;
        }
        if (end != DTL_INGEST_DONE)
            return end;
        show_progress(r, false);
    }
}

/* ---- A run ----------------------------------------------------------------
 */

static dtl_ingest_end read_all(run *r)
{
    dtl_ingest_end end;
    size_t i;

    r->synced_ms = now_ms();
    for (i = 0; i < r->thread_count; i++)
        if (pthread_create(&r->threads[r->started], NULL, dtl_worker_main,
                           &r->job) == 0)
            r->started++;
    if (!r->started) {
        tell(r, NULL, "no thread can be started");
        return DTL_INGEST_NOMEM;
    }
    end = write_all(r);
    stop(r);
    for (i = 0; i < r->started; i++)
        pthread_join(r->threads[i], NULL);
    return end;
}

/* Nothing is no gzip or zstd data: their tools want one member at least. */
static bool write_empty(run *r)
{
    dtl_packer *p = dtl_packer_new(r->job.packing);
    dtl_buf nothing = {0}, out = {0};
    bool ok = p && dtl_pack(p, &nothing, &out) == DTL_OK &&
              dtl_output_write(&r->out, dtl_buf_view(&out));

    dtl_packer_free(p);
    dtl_buf_clear(&nothing);
    dtl_buf_clear(&out);
    return ok;
}

/* Whether no input could be read at all. */
static bool is_nothing_read(const run *r)
{
    return r->counts.failed_inputs && !r->counts.written &&
           r->counts.failed_inputs >= r->counts.inputs;
}

/* Gives the output its name. After an interrupt the journal stays, and the
 * output goes on from there if it is asked to. */
static dtl_ingest_end finish(run *r, dtl_ingest_end end)
{
    if (end != DTL_INGEST_DONE && end != DTL_INGEST_INTERRUPTED)
        return end;
    if (end == DTL_INGEST_DONE && is_nothing_read(r)) {
        dtl_journal_close(&r->journal, true);
        dtl_output_close(&r->out, true);
        return end;
    }
    if (!r->any_out && r->job.packing != DTL_PACK_NONE && !write_empty(r))
        return output_failed(r, r->out.part, r->out.error);
    if (!dtl_output_finish(&r->out, end == DTL_INGEST_DONE))
        return output_failed(r, r->out.name, r->out.error);
    dtl_journal_close(&r->journal, end == DTL_INGEST_DONE);
    return end;
}

static dtl_ingest_end do_run(run *r)
{
    dtl_ingest_end end;
    bool resumed;

    if (!check_options(r))
        return DTL_INGEST_USAGE;
    set_bounds(r);
    end = open_output(r, &resumed);
    if (end != DTL_INGEST_DONE)
        return end;
    if (!make_parts(r)) {
        tell(r, NULL, "out of memory");
        return DTL_INGEST_NOMEM;
    }
    if (resumed)
        end = go_to_place(r);
    if (end == DTL_INGEST_DONE)
        end = read_all(r);
    tell_rest(r);
    show_progress(r, true);
    return finish(r, end);
}

dtl_ingest_end dtl_ingest(const dtl_ingest_options *opts,
                          dtl_ingest_counts *counts)
{
    run r = {.opts = opts,
             .fetch = opts->fetch,
             .large = PTHREAD_MUTEX_INITIALIZER,
             .out.fd = -1,
             .journal.fd = -1,
             .quarantine.fd = -1};
    dtl_ingest_end end;

    r.fetch.cancel = &r.stop;
    r.job.opts = opts;
    r.job.fetch = &r.fetch;
    end = do_run(&r);
    if (counts)
        *counts = r.counts;
    dtl_order_free(r.order);
    dtl_split_free(r.split);
    dtl_walk_free(r.walk);
    dtl_free(r.threads);
    pthread_mutex_destroy(&r.large);
    dtl_quarantine_close(&r.quarantine);
    dtl_journal_close(&r.journal, false);
    dtl_output_close(&r.out, false);
    return end;
}
