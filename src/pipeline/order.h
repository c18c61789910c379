/* Tasks handed out to threads, and what they make taken back in order.
 *
 * A thread takes a task and puts chunk after chunk of it; the writer gets the
 * chunks of the first task, then of the second, and so on. What waits for its
 * turn is bounded, by the number of tasks and by bytes: a thread that is far
 * ahead waits in dtl_order_put.
 *
 * Where the part of a file truly begins is known for certain only when the
 * part before has come to its end. Threads guess it (dtl_order_begins); where
 * the guess turns out wrong, which takes a file made to deceive or a damaged
 * one, the part is done again, before anything of it was given out. So what
 * comes out is what reading the file in one go gives. */
#ifndef DTL_PIPELINE_ORDER_H
#define DTL_PIPELINE_ORDER_H

#include "pipeline/split.h"

#include <stdatomic.h>

/* Why something could not be read. */
typedef enum {
    DTL_FAILED_INPUT,   /* cannot be opened, read or told what it is */
    DTL_FAILED_DAMAGED, /* a record is not what it claims to be */
    DTL_FAILED_LIMIT,   /* a record or page passes a limit */
    DTL_FAILED_MEMORY
} dtl_failure_kind;

typedef struct {
    dtl_failure_kind kind;
    dtl_str file, url, record_id, reason; /* in the chunk's arena */
    uint64_t offset, length; /* in the file; length 0 where it is not known */
    bool whole_file;         /* offset and length say nothing */
} dtl_failure;

typedef struct dtl_chunk {
    struct dtl_chunk *next;
    dtl_buf out; /* whole records, packed as the output is */
    dtl_ingest_counts counts;
    dtl_failure *failures;
    size_t failure_count, failure_cap;
    dtl_arena arena;
    uint64_t units; /* of the task, up to here: records and files */
    bool cut;       /* by an interrupt, where no chunk would have ended */
    bool last;      /* of its task */
    uint64_t ended; /* of a part, in its last chunk: where the next begins */
} dtl_chunk;

typedef struct {
    dtl_task task;        /* first, so that one is the other */
    bool certain;         /* begin is where the part truly begins */
    uint64_t begin;       /* of a part */
    uint64_t skip;        /* units to pass over, when a run is resumed */
    atomic_bool unwanted; /* stop: what is being made is not needed */
} dtl_slot;

typedef struct {
    dtl_split *split;
    size_t tasks; /* that may be under way or waiting */
    size_t bytes; /* of chunks that may wait for their turn */
} dtl_order_options;

typedef struct dtl_order dtl_order;

/* NULL when out of memory. */
dtl_order *dtl_order_new(const dtl_order_options *o);
/* All threads must have ended. */
void dtl_order_free(dtl_order *o);

/* ---- For the threads ---- */

/* The next task to do; NULL when there is none, now or later. */
dtl_slot *dtl_order_take(dtl_order *o);
/* An empty chunk; NULL when out of memory. */
dtl_chunk *dtl_order_chunk(dtl_order *o);
/* Takes back one that is not put. */
void dtl_order_drop(dtl_order *o, dtl_chunk *c);
/* Tells where a part was found to begin, once, before its first chunk.
 * UINT64_MAX where nothing begins in it. */
void dtl_order_begins(dtl_order *o, dtl_slot *s, uint64_t begin);
/* Hands over a chunk, waiting for room. False: nothing more of this task is
 * needed from this thread; take another. It is always so after the last. */
bool dtl_order_put(dtl_order *o, dtl_slot *s, dtl_chunk *c);
/* Gives a task up for want of memory: the run ends. */
void dtl_order_fail(dtl_order *o);
/* Whether the threads are asked to end at the next record. */
bool dtl_order_stopped(const dtl_order *o);

/* ---- For the writer ---- */

/* Before the threads start: passes over the tasks before the given one, and
 * over units of it; begin is where it begins if it is a part. *seen is that of
 * the last task of which anything is passed over. DTL_NOMEM. */
dtl_status dtl_order_skip(dtl_order *o, uint64_t number, uint64_t units,
                          uint64_t begin, uint64_t *seen);

typedef enum {
    DTL_ORDER_CHUNK,
    DTL_ORDER_WAIT, /* none came within the time */
    DTL_ORDER_END,  /* none will come */
    DTL_ORDER_NOMEM
} dtl_order_news;

/* The next chunk in order, for the caller to give back, and its task, until
 * then. */
dtl_order_news dtl_order_get(dtl_order *o, int wait_ms, dtl_chunk **c,
                             const dtl_task **task);
/* Where a task that chunks came of begins, if it is a part of a file. */
uint64_t dtl_order_begin(const dtl_task *task);
void dtl_order_give_back(dtl_order *o, dtl_chunk *c);
/* Asks the threads to end at the next record; what they have made till then
 * still comes, as far as it is in order. */
void dtl_order_stop(dtl_order *o);

#endif
