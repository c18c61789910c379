/* The inputs of a run, one after another: files and addresses as they were
 * named, the lines of lists, and the files of folders, sorted, however deep. */
#ifndef DTL_PIPELINE_WALK_H
#define DTL_PIPELINE_WALK_H

#include "base/alloc.h"

typedef enum {
    DTL_ENTRY_FILE,
    DTL_ENTRY_STDIN,
    DTL_ENTRY_URL,
    DTL_ENTRY_TROUBLE /* it cannot be read; trouble says why */
} dtl_entry_type;

typedef struct {
    const char *name;
    dtl_entry_type type;
    uint64_t size;   /* of a regular file; 0 when it is not known */
    int64_t written; /* when it was last, nanoseconds of the system's clock */
    bool named;      /* by the user, not found in a folder */
    char trouble[120];
} dtl_entry;

/* Files that are no inputs though they stand in a folder that is one: the
 * run's own output. */
typedef struct {
    uint64_t device, inode;
} dtl_file_id;

enum {
    DTL_WALK_APART_MAX = 4
};

typedef struct {
    /* Files with an input a line, heard first. Empty lines are none, nor are
     * those that begin with "#". */
    const char *const *lists;
    size_t list_count;
    const char *const *names;
    size_t name_count;
    dtl_file_id apart[DTL_WALK_APART_MAX];
    size_t apart_count;
} dtl_walk_options;

typedef struct dtl_walk dtl_walk;

/* NULL when out of memory. What o points to is borrowed until free. */
dtl_walk *dtl_walk_new(const dtl_walk_options *o);
void dtl_walk_free(dtl_walk *w);

/* The next entry; *more is false after the last. Its name lasts until the next
 * call. DTL_NOMEM is the only error: what cannot be read is an entry too. */
dtl_status dtl_walk_next(dtl_walk *w, dtl_entry *out, bool *more);

#endif
