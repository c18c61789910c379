/* A thread of a run: takes tasks, reads what is in them and puts chunks of
 * records.
 *
 * Everything a task goes through is a row of units: a record of an archive, a
 * damaged place in one, a page in a file of its own. A chunk ends behind a
 * unit, where enough has come together; that depends on the units alone. */
#ifndef DTL_PIPELINE_WORKER_H
#define DTL_PIPELINE_WORKER_H

#include "pipeline/filter.h"
#include "pipeline/input.h"
#include "pipeline/order.h"
#include "pipeline/pack.h"

#include <pthread.h>

/* What the threads share; none changes it but for meter. */
typedef struct {
    const dtl_ingest_options *opts;
    dtl_filter filter;
    dtl_packing_kind packing;
    size_t max_page;  /* bytes */
    size_t max_nodes; /* 0: the reader's own limit */
    /* Pages of so many bytes and more are read by one thread at a time: any
     * may take a few hundred times its size. */
    size_t large_page;
    pthread_mutex_t *large;
    dtl_order *order;
    const dtl_fetch_options *fetch;
    atomic_uint_least64_t meter; /* bytes of inputs that are done with */
} dtl_job;

typedef struct {
    dtl_job *job;
    dtl_reader *reader;
    unsigned pages_read; /* by this reader */
    dtl_packer *packer;
    dtl_source source;
    dtl_slot *slot;
    dtl_chunk *chunk;
    dtl_buf json;           /* records that go into the chunk */
    uint64_t units;         /* of the task, so far */
    uint64_t ended;         /* of a part: where the next begins */
    const dtl_entry *entry; /* that is being read */
    uint64_t metered;       /* up to where it is counted as done with */
    bool in_archive;        /* what is read is a record of one */
    bool gone;              /* the task was given up, or the run ends */
    bool open_ended;        /* the last failure's length is not known yet */
    dtl_buf bytes, plain;   /* of a page */
    dtl_arena arena;        /* of a record's HTTP head */
} dtl_worker;

/* A thread's life; ctx is the dtl_job. */
void *dtl_worker_main(void *ctx);

/* ---- For those who read what is in a task ---- */

/* Whether the next unit was done in an earlier run; it is passed over then. */
bool dtl_worker_skips(dtl_worker *w);
/* Memory failed that nothing goes on without: the run ends. */
void dtl_worker_fail(dtl_worker *w);
/* Counts the entry as done with up to a byte, for whoever looks. */
void dtl_worker_meter(dtl_worker *w, uint64_t at);
/* Ends a unit. False when the task is to be left. */
bool dtl_worker_unit(dtl_worker *w);

/* Reads a page, or a plain-text record, and writes its record if the filters
 * let it through. */
void dtl_worker_read(dtl_worker *w, dtl_str bytes, bool is_text,
                     const dtl_read_options *ro);
/* Writes a record that only says why a page was not read, and notes the
 * failure. */
void dtl_worker_refuse(dtl_worker *w, const dtl_read_options *ro,
                       const dtl_error *why);
/* Notes what could not be read; where says which record, or NULL: the file as
 * a whole. */
void dtl_worker_failed(dtl_worker *w, dtl_failure_kind kind,
                       const dtl_read_options *where, const char *reason);

/* archive.c: all records of the entry, an archive, or of a part of it. */
void dtl_worker_archive(dtl_worker *w);
/* page.c: the entry, a page or record in a file of its own. */
void dtl_worker_page(dtl_worker *w);

#endif
