/* What a record holds: dtl_payload of dateline.h. */
#ifndef DTL_WARC_PAYLOAD_H
#define DTL_WARC_PAYLOAD_H

#include "warc/http.h"

/* A payload and where it is decoded. A zeroed one is ready. */
typedef struct {
    dtl_http_room http;
    dtl_payload payload;
} dtl_payload_room;

/* Whether records of a type hold HTTP messages; their bytes tell in the end. */
bool dtl_payload_may_be_http(dtl_warc_type type);

void dtl_payload_room_clear(dtl_payload_room *room);

/* Fills room->payload by the record's block. Strings borrow from block, a and
 * room. DTL_LIMIT: the body has more than max bytes; DTL_NOMEM. */
dtl_status dtl_payload_read(dtl_payload_room *room, dtl_arena *a,
                            const dtl_warc_record *r, dtl_str block, size_t max,
                            dtl_error *err);

#endif
