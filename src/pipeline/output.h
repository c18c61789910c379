/* Where a run writes: standard output or another pipe, in place; or a file
 * that is written beside, as NAME.part, and gets its name when it is whole, so
 * that nobody takes half of it for all. */
#ifndef DTL_PIPELINE_OUTPUT_H
#define DTL_PIPELINE_OUTPUT_H

#include "base/alloc.h"

typedef struct {
    int fd;                      /* -1: not open */
    char *name, *part, *journal; /* part and journal NULL: written in place */
    bool force;
    uint64_t at;             /* bytes written */
    int error;               /* errno of the first write that failed */
    const char *failed_name; /* what could not be written, if not name */
} dtl_output;

typedef enum {
    DTL_OUTPUT_NEW,     /* begun anew */
    DTL_OUTPUT_RESUMED, /* a part that is there was opened; it has to be cut
                          to the journal's length */
    DTL_OUTPUT_WHOLE,   /* it is there, and no run that broke off */
    DTL_OUTPUT_REFUSED  /* err says why */
} dtl_output_begin;

/* Opens name, or standard output for "-". resume goes on with a part that is
 * there. */
dtl_output_begin dtl_output_open(dtl_output *o, const char *name, bool force,
                                 bool resume, dtl_error *err);
/* Cuts the part to its first at bytes and goes on there; false, with error,
 * when it has not so many or cannot be cut. */
bool dtl_output_cut(dtl_output *o, uint64_t at);
/* False, with error set, when it cannot be written. */
bool dtl_output_write(dtl_output *o, dtl_str bytes);
/* Waits until what was written would outlast a failure of power. */
bool dtl_output_sync(dtl_output *o);
/* Gives the file its name, and where it is not whole, a mark that says so, as
 * far as its file system has room for one. */
bool dtl_output_finish(dtl_output *o, bool whole);
/* Closes it; remove takes an unfinished part away. */
void dtl_output_close(dtl_output *o, bool remove);

#endif
