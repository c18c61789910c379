/* What a run could not read, kept: DIR/JOB.failed.jsonl has a line for each
 * failure, with its reason, and where the bytes can be had, DIR has them in a
 * file that the line names. JOB is what the run's output is called, so that a
 * folder does for several runs. */
#ifndef DTL_PIPELINE_QUARANTINE_H
#define DTL_PIPELINE_QUARANTINE_H

#include "pipeline/order.h"

typedef struct {
    int fd; /* of the list; -1: nothing is kept */
    char *folder, *job;
    uint64_t at;    /* bytes of the list */
    uint64_t count; /* failures in it */
    dtl_buf line, path;
    int error; /* errno of the first write that failed */
} dtl_quarantine;

/* Makes the folder if need be; NULL: nothing is kept. resume goes on with a
 * list that is there, and force replaces one, with the files that it names.
 * DTL_IO says why not. */
dtl_status dtl_quarantine_open(dtl_quarantine *q, const char *folder,
                               const char *output, bool force, bool resume,
                               dtl_error *err);
/* Cuts the list to where an earlier run had come. */
bool dtl_quarantine_cut(dtl_quarantine *q, uint64_t at, uint64_t count);
/* False, with error set, when it cannot be written. */
bool dtl_quarantine_add(dtl_quarantine *q, const dtl_failure *f);
void dtl_quarantine_close(dtl_quarantine *q);

/* "damaged" and the like. */
const char *dtl_failure_name(dtl_failure_kind kind);

#endif
