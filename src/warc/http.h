/* HTTP messages as archives hold them: a start line, fields, and a body that
 * may be chunked and coded. */
#ifndef DTL_WARC_HTTP_H
#define DTL_WARC_HTTP_H

#include "warc/record.h"

typedef struct {
    bool is_request;
    int status;             /* of a response; 0 when it cannot be read */
    dtl_str method, target; /* of a request */
    dtl_fields fields;
    dtl_str body; /* as sent */
} dtl_http;

/* Takes a message apart. DTL_SYNTAX when bytes do not begin as one. Strings
 * borrow from bytes, or from a where a field was folded. */
dtl_status dtl_http_read(dtl_str bytes, dtl_arena *a, dtl_http *out,
                         dtl_error *err);

/* The body with transfer and content codings undone: chunked, gzip, deflate,
 * br and zstd, any number on another. Bodies that are not coded as their
 * fields say are given as they are, since archives hold many. A body that is
 * cut gives what could be had. buf holds it where it was coded; otherwise it
 * borrows from the message. DTL_LIMIT past max bytes, DTL_NOMEM. */
dtl_status dtl_http_body(const dtl_http *m, size_t max, dtl_buf *buf,
                         dtl_str *out, dtl_error *err);

#endif
