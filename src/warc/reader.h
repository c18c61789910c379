/* The inside of an archive reader: unpacked bytes in a window, the members they
 * come from, and the way back to a record where one is lost.
 *
 * Invariants: window[at..len) is unpacked and not yet used. Between records,
 * at is where one should begin; in a record, at is where what is left of its
 * block begins. After damage, lost says how the next record is looked for. */
#ifndef DTL_WARC_READER_H
#define DTL_WARC_READER_H

#include "warc/file.h"
#include "warc/payload.h"
#include "warc/stream.h"

typedef enum {
    DTL_FLAVOUR_UNKNOWN, /* the file begins neither way */
    DTL_FLAVOUR_WARC,
    DTL_FLAVOUR_ARC
} dtl_flavour;

typedef enum {
    DTL_LOST_NOT,
    DTL_LOST_INSIDE, /* the member is sound, its next record unknown */
    DTL_LOST_LINE,   /* the same, and the line that begins here is none */
    DTL_LOST_OUTSIDE /* the member is damaged, or too large to go through */
} dtl_lost;

struct dtl_warc {
    dtl_stream *stream;
    dtl_file file; /* of dtl_warc_open */
    dtl_warc_options opts;
    dtl_buf window;
    size_t at;
    uint64_t unpacked; /* place of window[0] in the unpacked member */
    bool member_ended; /* the window has all that is left of the member */
    bool failed;       /* memory or the input did */
    bool fresh;        /* nothing of the member was used but newlines */
    /* Where in the count of unpacked the member begins: not 0 where it goes
     * on with a record of the one before. */
    uint64_t joined;
    bool flavour_known;
    dtl_flavour flavour;
    dtl_lost lost;
    /* The record: whether it is an ARC one, whether it is not done with,
     * whether what follows its block is as it should be, whether it was said
     * already that it is too large, whether payload holds it. */
    bool is_arc, in_record, checked, told, has_payload;
    uint64_t block_at; /* place of the block in the unpacked member */
    uint64_t left;     /* bytes of the block from at on */
    size_t given;      /* of these, by the last dtl_warc_read */
    dtl_arena arena;   /* of the record */
    dtl_warc_record record;
    dtl_payload_room payload;
};

bool dtl_warc_is_packed(const dtl_warc *w);
/* Where in the file the next unused byte stands; of packed files, where its
 * member begins. */
uint64_t dtl_warc_place(const dtl_warc *w);

dtl_str dtl_warc_unused(const dtl_warc *w);
/* Drops what was used. */
void dtl_warc_forget(dtl_warc *w);
void dtl_warc_skip_newlines(dtl_warc *w);
/* Unpacks until want bytes are unused or the member has ended. */
dtl_status dtl_warc_need(dtl_warc *w, size_t want, dtl_error *err);
/* The same, but content with what comes before damage, which asking again
 * tells of. */
dtl_status dtl_warc_need_some(dtl_warc *w, size_t want, dtl_error *err);

/* Opens the stream's next member; *more is false at the end of the file. */
dtl_status dtl_warc_open_member(dtl_warc *w, bool *more, dtl_error *err);

typedef enum {
    DTL_MEMBER_NONE,   /* no member follows */
    DTL_MEMBER_JOINED, /* its beginning goes on with the window */
    DTL_MEMBER_RECORD /* it begins a record, and is all that the window holds */
} dtl_warc_member;

/* Opens the next member behind what is left of this one in the window. Most
 * files have a member a record, but a record may go on in the next member, as
 * where a file was packed again by blocks. */
dtl_status dtl_warc_join_member(dtl_warc *w, dtl_warc_member *what,
                                dtl_error *err);

/* Whether a line opens a record of this file. */
bool dtl_warc_opens(const dtl_warc *w, dtl_str line);
/* Whether a record begins at the next unused byte, as far as a line tells. */
dtl_status dtl_warc_begins_record(dtl_warc *w, bool *yes, dtl_error *err);

/* Sees by the file's first bytes what its records look like. */
dtl_status dtl_warc_know_flavour(dtl_warc *w, dtl_error *err);

/* Looks for a line that could open a record, in a member that is sound; at its
 * end when there is none. The first unused byte is in mid-line, or begins one.
 */
dtl_status dtl_warc_look_inside(dtl_warc *w, bool mid_line, dtl_error *err);
/* Leaves a damaged member for the next that begins as a record does. */
dtl_status dtl_warc_look_outside(dtl_warc *w, dtl_error *err);
/* Looks for a member that begins as a record does, from the place on that the
 * stream has found, where there is more. What only looks like a member, within
 * a damaged one, is passed over without a word. */
dtl_status dtl_warc_look_for_member(dtl_warc *w, bool more, dtl_error *err);

/* The record that dtl_warc_next gave last. */
const dtl_warc_record *dtl_warc_current(const dtl_warc *w);

#endif
