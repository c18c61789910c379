/* A file on a server, read as a stream.
 *
 * When the connection breaks in the middle, the transfer goes on at the byte
 * where it broke, provided that the server still has the same file; so one
 * reads hours of archive over a line that drops. The rules of dtl_fetch about
 * addresses hold. */
#ifndef DTL_FETCH_REMOTE_H
#define DTL_FETCH_REMOTE_H

#include <dateline.h>

typedef struct dtl_remote dtl_remote;

/* Begins to get an http or https URL; returns when the answer's head is there.
 * opts->max_bytes does not apply, and opts->timeout_ms to each wait for more.
 * DTL_IO: the network failed, or the server answered with an error; DTL_LIMIT:
 * a refused address; DTL_USAGE: no http URL. On success *out needs
 * dtl_remote_close, otherwise it is NULL. */
dtl_status dtl_remote_open(const char *url, const dtl_fetch_options *opts,
                           dtl_remote **out, dtl_error *err);
void dtl_remote_close(dtl_remote *r);

/* Gives the next bytes; *got is 0 only at the end. */
dtl_status dtl_remote_read(dtl_remote *r, char *buf, size_t cap, size_t *got,
                           dtl_error *err);

/* Of the answer, until close: the address after redirects, and the charset of
 * its Content-Type; ptr NULL where there is none. */
dtl_str dtl_remote_url(const dtl_remote *r);
dtl_str dtl_remote_charset(const dtl_remote *r);
/* The file's bytes; 0 where the server does not say. */
uint64_t dtl_remote_size(const dtl_remote *r);

#endif
