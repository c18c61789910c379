/* WARC and ARC files as records, one after another.
 *
 *     dtl_warc *w = dtl_warc_new(&input, NULL);
 *     const dtl_warc_record *r;
 *     for (;;) {
 *         dtl_status st = dtl_warc_next(w, &r, &err);
 *         if (st == DTL_OK && !r)
 *             break;
 *         if (st == DTL_OK)
 *             st = dtl_warc_block(w, &block, &err);
 *         if (st != DTL_OK && !dtl_warc_goes_on(w))
 *             break;
 *     }
 *
 * A damaged record is an error that names its place; the next call goes on
 * behind it. Memory is bounded by the largest record that is read. */
#ifndef DTL_WARC_WARC_H
#define DTL_WARC_WARC_H

#include "warc/record.h"
#include "warc/stream.h"

/* A zeroed struct asks for the defaults. */
typedef struct {
    uint64_t max_block; /* bytes of a record; 0 means DTL_WARC_BLOCK_MAX */
    uint64_t size;      /* of the file in bytes; 0 when it is not known */
} dtl_warc_options;

enum {
    DTL_WARC_HEAD_MAX = 1024 * 1024,
    DTL_WARC_BLOCK_MAX = 64 * 1024 * 1024
};

typedef struct {
    dtl_warc_head head;
    /* The often asked of the head's fields; ptr NULL where it has none. */
    dtl_str id, target_uri, date, content_type;
    /* Where the record, or the packed member that holds it, begins. */
    uint64_t offset;
} dtl_warc_record;

typedef struct dtl_warc dtl_warc;

/* NULL when out of memory. in is borrowed until free. opts may be NULL. */
dtl_warc *dtl_warc_new(const dtl_input *in, const dtl_warc_options *opts);
void dtl_warc_free(dtl_warc *w);

/* Goes to the next record; *out is NULL at the end, and lasts until the next
 * call. What is left of the record before is passed over. err->offset is where
 * the record begins that is damaged (DTL_SYNTAX) or too large (DTL_LIMIT). */
dtl_status dtl_warc_next(dtl_warc *w, const dtl_warc_record **out,
                         dtl_error *err);

/* The record's whole block, until the next call of dtl_warc_next. */
dtl_status dtl_warc_block(dtl_warc *w, dtl_str *out, dtl_error *err);

/* Whether dtl_warc_next can go on after an error: not when memory or the
 * input failed. */
bool dtl_warc_goes_on(const dtl_warc *w);

#endif
