/* HTTP messages as archives hold them: a start line, fields, and a body that
 * may be chunked and coded. */
#ifndef DTL_WARC_HTTP_H
#define DTL_WARC_HTTP_H

#include "warc/coding.h"
#include "warc/record.h"

enum {
    DTL_HTTP_HEAD = 64 * 1024 /* bytes that hold the head of most messages */
};

typedef struct {
    bool is_request;
    int status;             /* of a response; 0 when it cannot be read */
    dtl_str method, target; /* of a request */
    dtl_fields fields;
    dtl_str head; /* the start line and the fields, raw */
    dtl_str body; /* as sent */
} dtl_http;

/* Takes a message apart. DTL_SYNTAX when bytes do not begin as one. Strings
 * borrow from bytes, or from a where a field was folded. */
dtl_status dtl_http_read(dtl_str bytes, dtl_arena *a, dtl_http *out,
                         dtl_error *err);

/* Where bodies are decoded, kept from one to the next. A zeroed one is ready.
 */
typedef struct {
    dtl_decoders decoders;
    dtl_buf buf[2]; /* codings on one another take turns */
} dtl_http_room;

void dtl_http_room_clear(dtl_http_room *room);

/* The body with its chunks joined and nothing else done. *out borrows from the
 * message, or from room. DTL_NOMEM. */
dtl_status dtl_http_unchunk(const dtl_http *m, dtl_http_room *room,
                            dtl_str *out, dtl_error *err);

/* The body with transfer and content codings undone: chunked, gzip, deflate,
 * br and zstd, any number on another. Bodies that are not coded as their
 * fields say are given as they are, since archives hold many. A body that is
 * cut gives what could be had, and *note says why it is not all; else it is
 * NULL. *out borrows from the message, or from room where it was coded.
 * DTL_LIMIT past max bytes, DTL_NOMEM. */
dtl_status dtl_http_body(const dtl_http *m, size_t max, dtl_http_room *room,
                         dtl_str *out, const char **note, dtl_error *err);

#endif
