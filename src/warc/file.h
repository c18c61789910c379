/* Files as inputs. */
#ifndef DTL_WARC_FILE_H
#define DTL_WARC_FILE_H

#include <dateline.h>

typedef struct {
    int fd; /* -1: not open */
} dtl_file;

/* Opens a file for reading; *size is its bytes, 0 of what is no plain file.
 * DTL_IO says why not. */
dtl_status dtl_file_open(dtl_file *f, const char *name, uint64_t *size,
                         dtl_error *err);
void dtl_file_close(dtl_file *f);

/* f is borrowed. A signal that the process caught ends a read with DTL_IO. */
dtl_input dtl_file_input(dtl_file *f);

#endif
