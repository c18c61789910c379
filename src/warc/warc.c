/* WARC and ARC files as records.
 *
 * Unpacked bytes stand in a window from which a record's head and block are
 * slices. Nothing is copied but what already stands behind a record when the
 * next begins.
 *
 * Invariants: window[at..len) is unpacked and not yet used. Between records,
 * at is where one should begin; in a record, at is where its block begins.
 * After damage, lost says how the next record is looked for: in the member,
 * or past it. */
#include "warc/warc.h"
#include "base/str.h"
#include "warc/file.h"
#include "warc/payload.h"
#include "warc/record.h"
#include "warc/stream.h"

/* A record too large to hold is passed over by unpacking it, unless it grows
 * more than this many times: then it is a bomb. */
enum {
    GROWTH_MAX = 200,
    LINE = 4096 /* read of a member to see whether it opens a record */
};

typedef enum {
    FLAVOUR_UNKNOWN, /* the file begins neither way */
    FLAVOUR_WARC,
    FLAVOUR_ARC
} flavour;

typedef enum {
    LOST_NOT,
    LOST_INSIDE, /* the member is sound, its next record unknown */
    LOST_LINE,   /* the same, and the line that begins here is none */
    LOST_OUTSIDE /* the member is damaged, or too large to go through */
} lost;

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
    flavour flavour;
    bool is_arc; /* the record */
    lost lost;
    bool in_record;
    bool checked; /* what follows the block is as it should be */
    bool told;    /* that the record is too large was said already */
    bool has_payload;
    dtl_arena arena; /* of the record */
    dtl_warc_record record;
    dtl_payload_room payload;
};

dtl_warc *dtl_warc_new(const dtl_input *in, const dtl_warc_options *opts)
{
    dtl_warc *w = dtl_malloc(sizeof *w);

    if (!w)
        return NULL;
    *w = (dtl_warc){
        .stream = dtl_stream_new(in), .file = {-1}, .member_ended = true};
    if (opts)
        w->opts = *opts;
    if (!w->opts.max_block)
        w->opts.max_block = DTL_WARC_BLOCK_MAX;
    if (!w->opts.max_payload)
        w->opts.max_payload = DTL_WARC_PAYLOAD_MAX;
    if (!w->stream) {
        dtl_free(w);
        return NULL;
    }
    return w;
}

dtl_status dtl_warc_open(const char *name, const dtl_warc_options *opts,
                         dtl_warc **out, dtl_error *err)
{
    const dtl_input nothing = {0};
    uint64_t size;
    dtl_status st;

    *out = dtl_warc_new(&nothing, opts);
    if (!*out)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    st = dtl_file_open(&(*out)->file, name, &size, err);
    if (st != DTL_OK) {
        dtl_warc_free(*out);
        *out = NULL;
        return st;
    }
    (*out)->opts.size = size;
    dtl_stream_set_input((*out)->stream, dtl_file_input(&(*out)->file));
    return DTL_OK;
}

void dtl_warc_free(dtl_warc *w)
{
    if (!w)
        return;
    dtl_stream_free(w->stream);
    dtl_file_close(&w->file);
    dtl_buf_clear(&w->window);
    dtl_arena_clear(&w->arena);
    dtl_payload_room_clear(&w->payload);
    dtl_free(w);
}

bool dtl_warc_goes_on(const dtl_warc *w)
{
    return !w->failed;
}

static bool is_packed(const dtl_warc *w)
{
    return dtl_stream_packing(w->stream) != DTL_PACKING_NONE;
}

/* Where in the file the next unused byte stands; of packed files, where its
 * member begins. */
static uint64_t place(const dtl_warc *w)
{
    return is_packed(w) ? dtl_stream_begin(w->stream) : w->unpacked + w->at;
}

/* ---- The window -----------------------------------------------------------
 */

static dtl_str unused(const dtl_warc *w)
{
    return dtl_str_sub(dtl_buf_view(&w->window), w->at, w->window.len);
}

/* Drops what was used. */
static void forget(dtl_warc *w)
{
    dtl_str rest = unused(w);

    if (rest.len)
        memmove(w->window.ptr, rest.ptr, rest.len);
    w->unpacked += w->at;
    w->window.len = rest.len;
    w->at = 0;
}

/* Notes what an error of the stream means for what comes next. */
static dtl_status note(dtl_warc *w, dtl_status st)
{
    if (st == DTL_NOMEM || st == DTL_IO)
        w->failed = true;
    else if (st != DTL_OK)
        w->lost = LOST_OUTSIDE;
    return st;
}

/* Unpacks until want bytes are unused or the member has ended. */
static dtl_status need(dtl_warc *w, size_t want, dtl_error *err)
{
    dtl_status st = DTL_OK;

    while (st == DTL_OK && !w->member_ended && unused(w).len < want)
        st = dtl_stream_read(w->stream, &w->window, &w->member_ended, err);
    return note(w, st);
}

/* Opens the stream's next member; *more is false at the end of the file. */
static dtl_status open_member(dtl_warc *w, bool *more, dtl_error *err)
{
    dtl_status st;

    w->window.len = w->at = 0;
    w->unpacked = w->joined = 0;
    w->fresh = true;
    st = note(w, dtl_stream_member(w->stream, more, err));
    w->member_ended = st != DTL_OK || !*more;
    return st;
}

/* ---- Finding the way back -------------------------------------------------
 */

static bool opens_record(const dtl_warc *w, dtl_str line)
{
    if (w->flavour == FLAVOUR_WARC && !dtl_str_starts(line, DTL_STR("WARC/")))
        return false;
    return dtl_warc_opens_record(line);
}

/* Whether a record begins at the next unused byte, as far as a line tells. */
static dtl_status begins_record(dtl_warc *w, bool *yes, dtl_error *err)
{
    dtl_status st = need(w, LINE, err);
    size_t end;

    *yes = false;
    if (st != DTL_OK)
        return st;
    end = dtl_str_find_char(unused(w), '\n');
    *yes = end != SIZE_MAX && opens_record(w, dtl_str_sub(unused(w), 0, end));
    return DTL_OK;
}

static void skip_newlines(dtl_warc *w)
{
    while (w->at < w->window.len &&
           (w->window.ptr[w->at] == '\n' || w->window.ptr[w->at] == '\r'))
        w->at++;
}

/* Looks for a line that could open a record, in a member that is sound; at its
 * end when there is none. The first unused byte is in mid-line, or begins one.
 */
static dtl_status look_inside(dtl_warc *w, bool mid_line, dtl_error *err)
{
    dtl_status st = DTL_OK;
    size_t end;

    w->lost = LOST_NOT;
    for (;;) {
        end = dtl_str_find_char(unused(w), '\n');
        if (end != SIZE_MAX && !mid_line &&
            opens_record(w, dtl_str_sub(unused(w), 0, end)))
            return DTL_OK;
        if (end != SIZE_MAX) {
            w->at += end + 1;
            mid_line = false;
            continue;
        }
        /* A line without end opens no record. */
        if (w->member_ended || unused(w).len > DTL_WARC_HEAD_MAX) {
            w->at = w->window.len;
            mid_line = true;
        }
        if (w->member_ended)
            return DTL_OK;
        forget(w);
        st = need(w, w->window.len + 1, err);
        if (st != DTL_OK)
            return st;
    }
}

/* Looks for a member that begins as a record does, from the place on that the
 * stream has found, where there is more. What only looks like a member, within
 * a damaged one, is passed over without a word. */
static dtl_status look_for_member(dtl_warc *w, bool more, dtl_error *err)
{
    bool found = false;
    dtl_status st;

    w->window.len = w->at = 0;
    w->member_ended = true;
    while (more) {
        st = open_member(w, &more, err);
        if (st == DTL_OK && more)
            st = need(w, 1, err);
        skip_newlines(w);
        if (st == DTL_OK && more)
            st = begins_record(w, &found, err);
        w->lost = LOST_NOT;
        if (w->failed || found)
            return st;
        st = note(w, dtl_stream_recover(w->stream, &more, err));
        w->lost = LOST_NOT;
        if (st != DTL_OK)
            return st;
    }
    w->window.len = w->at = 0;
    w->member_ended = true;
    return DTL_OK;
}

static dtl_status look_outside(dtl_warc *w, dtl_error *err)
{
    bool more;
    dtl_status st = note(w, dtl_stream_recover(w->stream, &more, err));

    w->lost = LOST_NOT;
    return st == DTL_OK ? look_for_member(w, more, err) : st;
}

typedef enum {
    NEXT_NONE,   /* no member follows */
    NEXT_JOINED, /* its beginning goes on with the window */
    NEXT_RECORD  /* it begins a record, and is all that the window holds */
} next_member;

/* Most files have a member a record, but a record may go on in the next
 * member, as where a file was packed again by blocks. */
static dtl_status join_member(dtl_warc *w, next_member *what, dtl_error *err)
{
    size_t was = w->window.len;
    dtl_status st;
    dtl_str line;
    bool more;

    *what = NEXT_NONE;
    if (!is_packed(w))
        return DTL_OK;
    st = note(w, dtl_stream_member(w->stream, &more, err));
    if (st != DTL_OK || !more)
        return st;
    w->member_ended = w->fresh = false;
    w->joined = w->unpacked + was;
    st = need(w, unused(w).len + 64, err);
    if (st != DTL_OK)
        return st;
    line = dtl_str_sub(dtl_buf_view(&w->window), was, SIZE_MAX);
    line = dtl_str_sub(line, 0, dtl_str_find_char(line, '\n'));
    *what = dtl_warc_opens_record(line) ? NEXT_RECORD : NEXT_JOINED;
    if (*what == NEXT_RECORD) {
        w->at = was;
        forget(w);
        w->unpacked = w->joined = 0;
        w->fresh = true;
    }
    return DTL_OK;
}

/* ---- A record's head -------------------------------------------------------
 */

/* Goes to where the next record should begin; *more is false at the end. */
static dtl_status go_to_record(dtl_warc *w, bool *more, dtl_error *err)
{
    dtl_status st = DTL_OK;

    *more = true;
    while (st == DTL_OK && *more) {
        st = need(w, 1, err);
        skip_newlines(w);
        if (st != DTL_OK || unused(w).len)
            break;
        if (w->member_ended)
            st = open_member(w, more, err);
    }
    return st;
}

/* The length of a WARC record's head, to its empty line; 0 when the text does
 * not hold it whole. */
static size_t warc_head_length(dtl_str text)
{
    size_t at = 0, end;

    for (;;) {
        end = dtl_str_find_char(dtl_str_sub(text, at, text.len), '\n');
        if (end == SIZE_MAX)
            return 0;
        at += end + 1;
        if (at < text.len && text.ptr[at] == '\n')
            return at + 1;
        if (at + 1 < text.len && text.ptr[at] == '\r' &&
            text.ptr[at + 1] == '\n')
            return at + 2;
    }
}

static size_t head_length(dtl_str text, bool arc)
{
    size_t end;

    if (!arc)
        return warc_head_length(text);
    end = dtl_str_find_char(text, '\n');
    return end == SIZE_MAX ? 0 : end + 1;
}

/* A head that cannot be read; the next record is looked for from its second
 * line on. */
static dtl_status bad_head(dtl_warc *w, dtl_status st, dtl_error *err)
{
    if (st == DTL_NOMEM)
        return st;
    w->lost = LOST_LINE;
    if (err)
        err->offset = w->record.offset;
    return st;
}

/* Finds the head, over as many members as it needs; *text is a slice of the
 * window. The window doubles, so that looking again from the start each time
 * stays linear. */
static dtl_status find_head(dtl_warc *w, dtl_str *text, dtl_error *err)
{
    size_t want = 4096, len;
    next_member what;
    dtl_status st;

    for (;; want *= 2) {
        st = need(w, want, err);
        if (st != DTL_OK)
            return st;
        w->is_arc = !dtl_str_starts(unused(w), DTL_STR("WARC/"));
        len = head_length(unused(w), w->is_arc);
        if (!len && w->member_ended) {
            st = join_member(w, &what, err);
            if (st != DTL_OK)
                return st;
            if (what == NEXT_NONE)
                len = unused(w).len;
            if (what == NEXT_RECORD)
                return dtl_fail(err, DTL_SYNTAX, w->record.offset,
                                "the record's head at byte %llu is cut short",
                                (unsigned long long)w->record.offset);
        }
        if (len) {
            *text = dtl_str_sub(unused(w), 0, len);
            return DTL_OK;
        }
        if (want > DTL_WARC_HEAD_MAX)
            return bad_head(w,
                            dtl_fail(err, DTL_LIMIT, 0,
                                     "the record's head at byte %llu is "
                                     "longer than %d bytes",
                                     (unsigned long long)w->record.offset,
                                     DTL_WARC_HEAD_MAX),
                            err);
    }
}

static void tell_record(dtl_warc *w, const dtl_warc_head *head)
{
    const dtl_fields *f = &head->fields;
    dtl_warc_record *r = &w->record;

    r->type = head->type;
    r->version = head->version;
    r->fields = f->at;
    r->field_count = f->count;
    r->content_length = head->content_length;
    r->is_arc = head->is_arc;
    r->id = dtl_fields_get(f, DTL_STR("WARC-Record-ID"));
    r->target_uri = dtl_fields_get(f, DTL_STR("WARC-Target-URI"));
    r->date = dtl_fields_get(f, DTL_STR("WARC-Date"));
    r->content_type = dtl_fields_get(f, DTL_STR("Content-Type"));
}

static dtl_status read_head(dtl_warc *w, dtl_error *err)
{
    dtl_warc_head head;
    dtl_status st;
    dtl_str text, copy;

    w->fresh = false;
    st = find_head(w, &text, err);
    if (st != DTL_OK)
        return st;
    /* The window may move while the block is read. */
    copy = dtl_arena_copy(&w->arena, text);
    if (!copy.ptr)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    st = w->is_arc ? dtl_arc_head_read(copy, &w->arena, &head, err)
                   : dtl_warc_head_read(copy, &w->arena, &head, err);
    if (st != DTL_OK)
        return bad_head(w, st, err);
    w->at += text.len;
    tell_record(w, &head);
    return DTL_OK;
}

/* ---- A record's block ------------------------------------------------------
 */

static dtl_status wrong_length(dtl_warc *w, const char *what, dtl_error *err)
{
    return dtl_fail(err, DTL_SYNTAX, w->record.offset,
                    "the record at byte %llu says it has %llu bytes, but %s",
                    (unsigned long long)w->record.offset,
                    (unsigned long long)w->record.content_length, what);
}

/* Whether behind end, an offset from at, there are only newlines, and then a
 * record or the member's end. */
static dtl_status check_behind(dtl_warc *w, size_t end, dtl_error *err)
{
    dtl_status st = need(w, end + 64, err);
    dtl_str rest = dtl_str_sub(unused(w), end, SIZE_MAX);
    size_t n = 0;

    if (st != DTL_OK)
        return st;
    while (n < rest.len && (rest.ptr[n] == '\n' || rest.ptr[n] == '\r'))
        n++;
    if (n < rest.len && w->is_arc && n > 0)
        st = need(w, end + DTL_WARC_HEAD_MAX / 16, err);
    rest = dtl_str_sub(unused(w), end + n, SIZE_MAX);
    rest = dtl_str_sub(rest, 0, dtl_str_find_char(rest, '\n'));
    if (st == DTL_OK && rest.len && (n == 0 || !opens_record(w, rest))) {
        /* The next one may begin inside what was said to be the block. */
        w->lost = LOST_INSIDE;
        return wrong_length(w, "no record begins behind them", err);
    }
    w->checked = st == DTL_OK;
    return st;
}

/* Unpacks the whole block, over as many members as it needs. */
static dtl_status need_block(dtl_warc *w, size_t length, dtl_error *err)
{
    dtl_status st = need(w, length, err);
    next_member what;

    while (st == DTL_OK && unused(w).len < length) {
        st = join_member(w, &what, err);
        if (st == DTL_OK && what != NEXT_JOINED) {
            /* What was said to be the block may hold the next record. */
            if (what == NEXT_NONE)
                w->lost = LOST_INSIDE;
            return wrong_length(w, "ends before", err);
        }
        if (st == DTL_OK)
            st = need(w, length, err);
    }
    return st;
}

dtl_status dtl_warc_block(dtl_warc *w, dtl_str *out, dtl_error *err)
{
    uint64_t length = w->record.content_length;
    dtl_status st = DTL_OK;

    *out = (dtl_str){"", 0};
    if (!w->in_record)
        return dtl_fail(err, DTL_USAGE, 0, "there is no record to read");
    if (length > w->opts.max_block) {
        w->told = true;
        return dtl_fail(err, DTL_LIMIT, w->record.offset,
                        "the record at byte %llu has %llu bytes, more than "
                        "%llu",
                        (unsigned long long)w->record.offset,
                        (unsigned long long)length,
                        (unsigned long long)w->opts.max_block);
    }
    if (!w->checked) {
        st = need_block(w, (size_t)length, err);
        if (st == DTL_OK)
            st = check_behind(w, (size_t)length, err);
    }
    if (st == DTL_OK)
        *out = dtl_str_sub(unused(w), 0, (size_t)length);
    else
        w->in_record = false;
    return st;
}

/* Whether a record that is larger than what may be held can be gone through. */
static bool can_pass(const dtl_warc *w)
{
    uint64_t length = w->record.content_length;

    if (is_packed(w))
        return length / GROWTH_MAX <= dtl_stream_at(w->stream);
    return w->opts.size && w->unpacked + w->at < w->opts.size &&
           length <= w->opts.size - w->unpacked - w->at;
}

/* Goes through a block without holding it. */
static dtl_status pass_large(dtl_warc *w, dtl_error *err)
{
    uint64_t left = w->record.content_length;
    dtl_status st = DTL_OK;
    size_t step;

    if (!can_pass(w)) {
        w->lost = is_packed(w) ? LOST_OUTSIDE : LOST_INSIDE;
        if (w->told)
            return DTL_OK;
        return dtl_fail(err, DTL_LIMIT, w->record.offset,
                        "the record at byte %llu says it has %llu bytes; it "
                        "is passed over",
                        (unsigned long long)w->record.offset,
                        (unsigned long long)left);
    }
    while (st == DTL_OK && left) {
        st = need(w, 1, err);
        step = unused(w).len;
        if (st == DTL_OK && !step)
            return wrong_length(w, "ends before", err);
        if (step > left)
            step = (size_t)left;
        w->at += step;
        left -= step;
        forget(w);
    }
    return st == DTL_OK ? check_behind(w, 0, err) : st;
}

/* Leaves the record for what is behind it. */
static dtl_status finish(dtl_warc *w, dtl_error *err)
{
    uint64_t length = w->record.content_length;
    dtl_status st;
    dtl_str block;

    if (length > w->opts.max_block) {
        st = pass_large(w, err);
        length = 0;
    } else {
        st = dtl_warc_block(w, &block, err);
    }
    w->in_record = false;
    if (st != DTL_OK || w->lost != LOST_NOT)
        return st;
    w->at += (size_t)length;
    skip_newlines(w);
    return st;
}

/* ---- Records ---------------------------------------------------------------
 */

/* Sees by the file's first bytes what its records look like. */
static dtl_status know_flavour(dtl_warc *w, dtl_error *err)
{
    dtl_status st = DTL_OK;
    bool more = true;

    if (w->flavour_known)
        return DTL_OK;
    w->flavour_known = true;
    if (w->member_ended)
        st = open_member(w, &more, err);
    if (st == DTL_OK && more)
        st = need(w, LINE, err);
    if (st != DTL_OK)
        return st;
    if (dtl_str_starts(unused(w), DTL_STR("WARC/")))
        w->flavour = FLAVOUR_WARC;
    else if (dtl_str_starts(unused(w), DTL_STR("filedesc:")))
        w->flavour = FLAVOUR_ARC;
    return DTL_OK;
}

/* Ends where another reader begins: at a record at or behind the end that can
 * be read by itself. */
static dtl_status stop_at_end(dtl_warc *w, bool *more, dtl_error *err)
{
    dtl_status st;
    bool begins;

    if (!w->opts.end || place(w) < w->opts.end || (is_packed(w) && !w->fresh))
        return DTL_OK;
    st = begins_record(w, &begins, err);
    *more = st == DTL_OK && !begins;
    return st;
}

static dtl_status next(dtl_warc *w, bool *more, dtl_error *err)
{
    dtl_status st = DTL_OK;

    *more = false;
    st = know_flavour(w, err);
    if (st == DTL_OK && w->in_record)
        st = finish(w, err);
    if (st == DTL_OK && w->lost == LOST_OUTSIDE)
        st = look_outside(w, err);
    else if (st == DTL_OK && w->lost != LOST_NOT)
        st = look_inside(w, w->lost == LOST_LINE, err);
    if (st == DTL_OK)
        st = go_to_record(w, more, err);
    if (st == DTL_OK && *more)
        st = stop_at_end(w, more, err);
    if (st != DTL_OK || !*more)
        return st;
    forget(w);
    dtl_arena_reset(&w->arena);
    w->record = (dtl_warc_record){.offset = place(w)};
    if (is_packed(w) && !w->fresh)
        w->record.inner = w->unpacked + w->at - w->joined;
    w->checked = w->told = w->has_payload = false;
    st = read_head(w, err);
    w->in_record = st == DTL_OK;
    return st;
}

dtl_status dtl_warc_next(dtl_warc *w, const dtl_warc_record **out,
                         dtl_error *err)
{
    dtl_status st;
    bool more;

    *out = NULL;
    st = next(w, &more, err);
    if (st == DTL_OK && more)
        *out = &w->record;
    if (st == DTL_NOMEM || st == DTL_IO)
        w->failed = true;
    return st;
}

dtl_status dtl_warc_payload(dtl_warc *w, const dtl_payload **out,
                            dtl_error *err)
{
    dtl_status st;
    dtl_str block;

    *out = NULL;
    st = dtl_warc_block(w, &block, err);
    if (st == DTL_OK && !w->has_payload)
        st = dtl_payload_read(&w->payload, &w->arena, &w->record, block,
                              (size_t)w->opts.max_payload, err);
    w->has_payload = st == DTL_OK;
    if (st == DTL_OK)
        *out = &w->payload.payload;
    else if (st == DTL_NOMEM)
        w->failed = true;
    return st;
}

dtl_status dtl_warc_end(dtl_warc *w, uint64_t *end, dtl_error *err)
{
    dtl_status st = w->in_record ? finish(w, err) : DTL_OK;

    *end = 0;
    if (st != DTL_OK || w->lost != LOST_NOT)
        return st;
    if (!is_packed(w))
        *end = w->unpacked + w->at;
    else if (!w->record.inner && w->member_ended && !unused(w).len)
        *end = dtl_stream_at(w->stream);
    return DTL_OK;
}

/* ---- Places ----------------------------------------------------------------
 */

uint64_t dtl_warc_at(const dtl_warc *w)
{
    if (is_packed(w) && w->member_ended && !unused(w).len)
        return dtl_stream_at(w->stream);
    return place(w);
}

/* Goes to the line behind byte at - 1, and on to one that opens a record. */
static dtl_status seek_line(dtl_warc *w, uint64_t at, dtl_error *err)
{
    dtl_status st = dtl_stream_seek(w->stream, at ? at - 1 : 0, err);
    bool more;

    if (st == DTL_OK)
        st = open_member(w, &more, err);
    if (st != DTL_OK)
        return st;
    w->unpacked = at ? at - 1 : 0;
    return look_inside(w, at > 0, err);
}

static dtl_status seek_member(dtl_warc *w, uint64_t at, dtl_error *err)
{
    dtl_status st = dtl_stream_seek(w->stream, at, err);
    bool more;

    if (st == DTL_OK)
        st = dtl_stream_find(w->stream, &more, err);
    return st == DTL_OK ? look_for_member(w, more, err) : st;
}

dtl_status dtl_warc_seek(dtl_warc *w, uint64_t at, uint64_t *begin,
                         dtl_error *err)
{
    dtl_status st = know_flavour(w, err);

    *begin = 0;
    w->in_record = false;
    w->lost = LOST_NOT;
    if (st != DTL_OK && st != DTL_SYNTAX) /* a damaged first member tells
                                             nothing, and is no matter here */
        return st;
    st = is_packed(w) ? seek_member(w, at, err) : seek_line(w, at, err);
    w->lost = LOST_NOT;
    *begin = dtl_warc_at(w);
    if (st == DTL_NOMEM || st == DTL_IO)
        w->failed = true;
    return st;
}
