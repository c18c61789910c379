/* The head of a WARC or ARC record: its version and fields. */
#ifndef DTL_WARC_RECORD_H
#define DTL_WARC_RECORD_H

#include <dateline.h>
#include "base/alloc.h"

enum {
    DTL_WARC_FIELDS_MAX = 1024 /* a record or a message may have */
};

typedef struct {
    dtl_field *at;
    size_t count, cap;
} dtl_fields;

typedef struct {
    dtl_warc_type type;
    /* "WARC/1.0" and the like; "ARC/1.0" and "ARC/2.0" for ARC files. */
    dtl_str version;
    /* As in the file; of an ARC record, the WARC fields that its line tells:
     * WARC-Type, WARC-Target-URI, WARC-Date, WARC-IP-Address, Content-Type,
     * Content-Length. */
    dtl_fields fields;
    uint64_t content_length;
    bool is_arc;
} dtl_warc_head;

/* The value of a field, whatever its case; ptr NULL when it is not there. Of
 * several the first. */
dtl_str dtl_fields_get(const dtl_fields *fields, dtl_str name);

/* Takes "Name: value" lines, ended by CR LF or LF, off text, up to and with an
 * empty line or the end. Lines that are no fields are passed over. DTL_LIMIT
 * past DTL_WARC_FIELDS_MAX; DTL_NOMEM. Strings borrow from text, or from a
 * where a line was folded. */
dtl_status dtl_fields_read(dtl_str *text, dtl_fields *out, dtl_arena *a,
                           dtl_error *err);

/* Whether a line could open a record: "WARC/1.0", or an ARC record's line. */
bool dtl_warc_opens_record(dtl_str line);

/* Reads the head of a WARC record, from its version line to its empty line.
 * DTL_SYNTAX says what is wrong, in words that go on after "the record". */
dtl_status dtl_warc_head_read(dtl_str text, dtl_arena *a, dtl_warc_head *out,
                              dtl_error *err);
/* Reads the one line that is an ARC record's head. */
dtl_status dtl_arc_head_read(dtl_str line, dtl_arena *a, dtl_warc_head *out,
                             dtl_error *err);

#endif
