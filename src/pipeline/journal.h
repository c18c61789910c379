/* How far a run has come, kept beside its output so that it can go on after
 * it broke off, however that was.
 *
 * A place is noted after each chunk that was written, which outlasts the
 * process; now and then, after the output was synced, it is noted so that it
 * outlasts the machine. Whoever reads them takes the latest that is sure. */
#ifndef DTL_PIPELINE_JOURNAL_H
#define DTL_PIPELINE_JOURNAL_H

#include <dateline.h>

typedef struct {
    uint64_t task;     /* the one to go on with */
    uint64_t units;    /* of it that are done */
    uint64_t begin;    /* where it begins, if it is a part of a file */
    uint64_t inputs;   /* a hash of the entries that were begun with */
    uint64_t out;      /* bytes of output */
    uint64_t failures; /* so far, and the bytes of the list of them */
    uint64_t failed_out;
    dtl_ingest_counts counts;
} dtl_place;

typedef struct {
    int fd; /* -1: there is none */
    const char *name;
    uint64_t serial;
    uint64_t run; /* which run it belongs to */
    char boot[40];
} dtl_journal;

/* Begins a journal, or with resume looks for the last place in the one that is
 * there: *found says whether there was one. run is a hash of all that decides
 * what the output is; name is borrowed. DTL_USAGE: the journal is of a run with
 * other inputs or options; DTL_IO. */
dtl_status dtl_journal_open(dtl_journal *j, const char *name, uint64_t run,
                            bool resume, dtl_place *place, bool *found,
                            dtl_error *err);
/* Notes a place. False, with errno, when it cannot be written. sure: the output
 * was synced, and the journal is now. */
bool dtl_journal_note(dtl_journal *j, const dtl_place *place, bool sure);
void dtl_journal_close(dtl_journal *j, bool remove);

#endif
