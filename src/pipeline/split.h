/* A run's inputs cut into tasks, each of which one thread does.
 *
 * A task is a run of small files, or a part of a large one. How inputs are cut
 * depends on their names and sizes alone, never on the number of threads, so
 * that what a run writes depends on nothing else either. */
#ifndef DTL_PIPELINE_SPLIT_H
#define DTL_PIPELINE_SPLIT_H

#include "pipeline/walk.h"

enum {
    /* Of a large file, in one task: some thirty packed pages. The smaller, the
     * shorter one thread works alone at the end. */
    DTL_PART_BYTES = 1024 * 1024,
    DTL_TASK_ENTRIES = 64
};

typedef struct {
    uint64_t number; /* from 0 on, in the order of the output */
    dtl_entry *entries;
    size_t entry_count, entry_cap;
    dtl_arena arena; /* of the names */
    /* A part of a large file: its records that begin in [begin, end). */
    bool is_part, is_first, is_last; /* of the file's parts */
    uint64_t begin, end;
    /* A hash of the names, sizes and times of all entries up to here, those of
     * the tasks before included. */
    uint64_t seen;
} dtl_task;

typedef struct dtl_split dtl_split;

/* NULL when out of memory. walk is borrowed. */
dtl_split *dtl_split_new(dtl_walk *walk);
void dtl_split_free(dtl_split *s);

/* Fills t, whose memory is used again, with the next task; *more is false
 * after the last. DTL_NOMEM is the only error. */
dtl_status dtl_split_next(dtl_split *s, dtl_task *t, bool *more);
void dtl_task_clear(dtl_task *t);

#endif
