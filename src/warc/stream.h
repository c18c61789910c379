/* Packed files as runs of members.
 *
 * A member is what can be unpacked by itself: a gzip member, a zstd frame. A
 * plain file is one member. How a file is packed is seen from its first
 * bytes. zstd dictionaries are found as the WARC zstd proposal has them: in a
 * skippable frame at the file's beginning, themselves packed or not. */
#ifndef DTL_WARC_STREAM_H
#define DTL_WARC_STREAM_H

#include <dateline.h>
#include "base/alloc.h"

typedef enum {
    DTL_PACKING_NONE,
    DTL_PACKING_GZIP,
    DTL_PACKING_ZSTD
} dtl_packing;

typedef struct dtl_stream dtl_stream;

/* NULL when out of memory. The ctx of in is borrowed until free, and read from
 * first by dtl_stream_member. */
dtl_stream *dtl_stream_new(const dtl_input *in);
/* Another input, before anything was read. */
void dtl_stream_set_input(dtl_stream *s, dtl_input in);
void dtl_stream_free(dtl_stream *s);

/* Goes to the next member, whose unpacked bytes dtl_stream_read gives; the
 * one before must have ended. *more is false at the file's end. DTL_SYNTAX
 * when something else follows than a member, DTL_IO, DTL_NOMEM. */
dtl_status dtl_stream_member(dtl_stream *s, bool *more, dtl_error *err);

/* Appends the next bytes of the member to out; none, and *ended, when it has
 * ended. DTL_SYNTAX when it is damaged or cut, DTL_LIMIT when it is a bomb;
 * then only dtl_stream_recover leads on. err->offset is that of the packed
 * byte. */
dtl_status dtl_stream_read(dtl_stream *s, dtl_buf *out, bool *ended,
                           dtl_error *err);

/* Leaves the member, damaged or not, for the next place that looks like the
 * beginning of one, without unpacking what is between; there
 * dtl_stream_member goes next. *more is false when there is none. What is
 * found may be no member after all: its first bytes tell. */
dtl_status dtl_stream_recover(dtl_stream *s, bool *more, dtl_error *err);

/* Goes to byte at of the file, a member's beginning or not; DTL_USAGE when the
 * input has no seek. Behind it dtl_stream_find or dtl_stream_member goes on. */
dtl_status dtl_stream_seek(dtl_stream *s, uint64_t at, dtl_error *err);
/* From where reading is, goes to the next place that looks like the beginning
 * of a member; as dtl_stream_recover. */
dtl_status dtl_stream_find(dtl_stream *s, bool *more, dtl_error *err);

dtl_packing dtl_stream_packing(const dtl_stream *s);
/* Where the member begins in the file, and where reading has come to: at its
 * end once it has ended. */
uint64_t dtl_stream_begin(const dtl_stream *s);
uint64_t dtl_stream_at(const dtl_stream *s);

#endif
