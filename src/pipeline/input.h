/* An input opened for reading: a file, standard input or an address. */
#ifndef DTL_PIPELINE_INPUT_H
#define DTL_PIPELINE_INPUT_H

#include "pipeline/walk.h"

enum {
    DTL_INPUT_HEAD = 64 * 1024
};

typedef struct dtl_remote dtl_remote; /* fetch/remote.h */

/* One at a time; its memory is used again. A zeroed struct is closed. */
typedef struct {
    int fd;
    bool is_open;
    dtl_remote *remote;
    uint64_t at;   /* the file's next byte, or how many a stream has given */
    uint64_t size; /* 0 when it is not known */
    /* Not 0: the file ends here, for the moment. */
    uint64_t limit;
    /* The first bytes, read to see what the input is, and given again. */
    dtl_buf head;
    size_t head_at;
    const volatile int *cancel;
} dtl_source;

/* Opens an entry. DTL_IO with the reason; DTL_LIMIT: a refused address. */
dtl_status dtl_source_open(dtl_source *s, const dtl_entry *e,
                           const dtl_fetch_options *fetch, dtl_error *err);
void dtl_source_close(dtl_source *s);
/* Frees what it kept for the next one. */
void dtl_source_clear(dtl_source *s);

/* The first bytes, DTL_INPUT_HEAD of them where there are as many; they are
 * read again afterwards. Before any reading. */
dtl_status dtl_source_head(dtl_source *s, dtl_str *out, dtl_error *err);
/* The rest, appended to out. DTL_LIMIT when it has more than max bytes. */
dtl_status dtl_source_all(dtl_source *s, size_t max, dtl_buf *out,
                          dtl_error *err);
/* Of what came over HTTP; ptr NULL otherwise. */
dtl_str dtl_source_url(const dtl_source *s);
dtl_str dtl_source_charset(const dtl_source *s);
/* The same as the archive reader wants it; s is borrowed. */
dtl_input dtl_source_input(dtl_source *s);

#endif
