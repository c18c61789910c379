/* WARC and ARC files as records: their heads, their blocks, and the places
 * where a file can be taken apart. */
#include "warc/warc.h"
#include "base/str.h"
#include "warc/reader.h"
#include "warc/record.h"

enum {
    LINE = 4096,       /* a head's first bytes, which most have no more than */
    DEFLATE_MAX = 1032 /* bytes that one packed byte gives at most */
};

#define UNKNOWN_MAX ((uint64_t)1 << 40)

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

/* Goes to where the next record should begin; *more is false at the end. */
static dtl_status go_to_record(dtl_warc *w, bool *more, dtl_error *err)
{
    dtl_status st = DTL_OK;

    *more = true;
    while (st == DTL_OK && *more) {
        st = dtl_warc_need(w, 1, err);
        dtl_warc_skip_newlines(w);
        if (st != DTL_OK || dtl_warc_unused(w).len)
            break;
        dtl_warc_forget(w);
        if (w->member_ended)
            st = dtl_warc_open_member(w, more, err);
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

/* A head that cannot be read, for a reason that err has the end of; the next
 * record is looked for from its second line on. */
static dtl_status bad_head(dtl_warc *w, dtl_status st, dtl_error *err)
{
    dtl_error reason = err ? *err : (dtl_error){DTL_OK, 0, ""};
    dtl_status why;

    if (st == DTL_NOMEM)
        return st;
    /* Damaged data are told of as such, not by what they were made into. */
    why = dtl_warc_need(w, LINE, err);
    if (why != DTL_OK)
        return why;
    w->lost = DTL_LOST_LINE;
    return dtl_fail(err, st, w->record.offset, "the record at byte %llu %.100s",
                    (unsigned long long)w->record.offset, reason.message);
}

/* Finds the head, over as many members as it needs; *text is a slice of the
 * window. The window doubles, so that looking again from the start each time
 * stays linear. */
static dtl_status find_head(dtl_warc *w, dtl_str *text, dtl_error *err)
{
    size_t want = LINE, len;
    dtl_warc_member what;
    dtl_status st;

    for (;; want *= 2) {
        st = dtl_warc_need_some(w, want, err);
        if (st != DTL_OK)
            return st;
        w->is_arc = !dtl_str_starts(dtl_warc_unused(w), DTL_STR("WARC/"));
        len = head_length(dtl_str_sub(dtl_warc_unused(w), 0, want), w->is_arc);
        if (!len)
            st = dtl_warc_need(w, want, err);
        if (st != DTL_OK)
            return st;
        if (!len && w->member_ended && dtl_warc_unused(w).len <= want) {
            st = dtl_warc_join_member(w, &what, err);
            if (st != DTL_OK)
                return st;
            if (what == DTL_MEMBER_NONE)
                len = dtl_warc_unused(w).len;
            if (what == DTL_MEMBER_RECORD)
                return dtl_fail(err, DTL_SYNTAX, w->record.offset,
                                "the record's head at byte %llu is cut short",
                                (unsigned long long)w->record.offset);
        }
        if (len) {
            *text = dtl_str_sub(dtl_warc_unused(w), 0, len);
            return DTL_OK;
        }
        if (want > DTL_WARC_HEAD_MAX)
            return bad_head(w,
                            dtl_fail(err, DTL_LIMIT, 0,
                                     "has a head of more than %d bytes",
                                     DTL_WARC_HEAD_MAX),
                            err);
    }
}

static void tell_record(dtl_warc *w, const dtl_warc_head *head, dtl_str text)
{
    const dtl_fields *f = &head->fields;
    dtl_warc_record *r = &w->record;

    r->type = head->type;
    r->version = head->version;
    r->head = text;
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
    w->block_at = w->unpacked + w->at;
    w->left = head.content_length;
    w->given = 0;
    tell_record(w, &head, copy);
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

/* Whether behind end, an offset from at, there are two empty lines, or some
 * newlines and then a record or the member's end. */
static dtl_status check_behind(dtl_warc *w, size_t end, dtl_error *err)
{
    dtl_status st = dtl_warc_need(w, end + 64, err);
    dtl_str rest = dtl_str_sub(dtl_warc_unused(w), end, SIZE_MAX);
    size_t n = 0;

    if (st != DTL_OK)
        return st;
    /* What ends in two empty lines ends well, whatever follows. */
    if (!w->is_arc && dtl_str_starts(rest, DTL_STR("\r\n\r\n"))) {
        w->checked = true;
        return DTL_OK;
    }
    while (n < rest.len && (rest.ptr[n] == '\n' || rest.ptr[n] == '\r'))
        n++;
    if (n < rest.len && w->is_arc && n > 0)
        st = dtl_warc_need(w, end + DTL_WARC_HEAD_MAX / 16, err);
    rest = dtl_str_sub(dtl_warc_unused(w), end + n, SIZE_MAX);
    rest = dtl_str_sub(rest, 0, dtl_str_find_char(rest, '\n'));
    if (st == DTL_OK && rest.len && (n == 0 || !dtl_warc_opens(w, rest))) {
        /* The next one may begin inside what was said to be the block. */
        w->lost = DTL_LOST_INSIDE;
        return wrong_length(w, "no record begins behind them", err);
    }
    w->checked = st == DTL_OK;
    return st;
}

/* Unpacks until so much of the block is unused, over as many members as it
 * needs. */
static dtl_status need_block(dtl_warc *w, size_t length, dtl_error *err)
{
    dtl_status st = dtl_warc_need(w, length, err);
    dtl_warc_member what;

    while (st == DTL_OK && dtl_warc_unused(w).len < length) {
        st = dtl_warc_join_member(w, &what, err);
        if (st == DTL_OK && what != DTL_MEMBER_JOINED) {
            /* What was said to be the block may hold the next record. */
            if (what == DTL_MEMBER_NONE)
                w->lost = DTL_LOST_INSIDE;
            return wrong_length(w, "ends before", err);
        }
        if (st == DTL_OK)
            st = dtl_warc_need(w, length, err);
    }
    return st;
}

static dtl_status too_large(dtl_warc *w, const char *what, dtl_error *err)
{
    w->told = true;
    return dtl_fail(err, DTL_LIMIT, w->record.offset,
                    "the record at byte %llu has %llu bytes, %s",
                    (unsigned long long)w->record.offset,
                    (unsigned long long)w->record.content_length, what);
}

dtl_status dtl_warc_block(dtl_warc *w, dtl_str *out, dtl_error *err)
{
    uint64_t length = w->record.content_length;
    dtl_status st = DTL_OK;

    *out = (dtl_str){"", 0};
    if (!w->in_record || w->left != length)
        return dtl_fail(err, DTL_USAGE, 0, "there is no record to read");
    if (length > w->opts.max_block)
        return too_large(w, "more than may be held", err);
    if (!w->checked) {
        st = need_block(w, (size_t)length, err);
        if (st == DTL_OK)
            st = check_behind(w, (size_t)length, err);
    }
    if (st == DTL_OK)
        *out = dtl_str_sub(dtl_warc_unused(w), 0, (size_t)length);
    else
        w->in_record = false;
    return st;
}

dtl_status dtl_warc_peek(dtl_warc *w, size_t want, dtl_str *out, dtl_error *err)
{
    uint64_t length = w->record.content_length;
    dtl_status st;

    if (want > length)
        want = (size_t)length;
    *out = (dtl_str){"", 0};
    if (!w->in_record || w->left != length)
        return dtl_fail(err, DTL_USAGE, 0, "there is no record to read");
    st = need_block(w, want, err);
    if (st == DTL_OK)
        *out = dtl_str_sub(dtl_warc_unused(w), 0, want);
    else
        w->in_record = false;
    return st;
}

/* Whether the file could hold what is left of the record: it is plain, or what
 * is packed gives that much. Where the size is not known, a terabyte is
 * the most. */
static bool could_hold(const dtl_warc *w)
{
    uint64_t at = dtl_warc_place(w), rest;

    if (w->left <= w->opts.max_block)
        return true;
    if (!w->opts.size)
        return w->left < UNKNOWN_MAX;
    rest = w->opts.size > at ? w->opts.size - at : 0;
    return dtl_warc_is_packed(w) ? w->left / DEFLATE_MAX <= rest
                                 : w->left <= rest;
}

dtl_status dtl_warc_read(dtl_warc *w, dtl_str *piece, dtl_error *err)
{
    dtl_status st = DTL_OK;

    *piece = (dtl_str){"", 0};
    if (!w->in_record)
        return DTL_OK;
    w->at += w->given;
    w->left -= w->given;
    w->given = 0;
    if (!could_hold(w)) {
        w->lost = DTL_LOST_INSIDE;
        st = too_large(w, "more than the file can hold", err);
    } else if (w->left) {
        dtl_warc_forget(w);
        st = need_block(w, 1, err);
    } else if (!w->checked) {
        st = check_behind(w, 0, err);
    }
    if (st == DTL_OK && w->left) {
        *piece = dtl_warc_unused(w);
        if (piece->len > w->left)
            piece->len = (size_t)w->left;
        w->given = piece->len;
    }
    if (st != DTL_OK)
        w->in_record = false;
    return st;
}

/* Goes through what is left of a block without holding it. Of a record that was
 * said to be too large, no more is said. */
static dtl_status pass(dtl_warc *w, dtl_error *err)
{
    bool told = w->told;
    dtl_error why;
    dtl_status st;
    dtl_str piece;

    do {
        st = dtl_warc_read(w, &piece, &why);
    } while (st == DTL_OK && piece.len);
    if (told && !w->failed)
        return DTL_OK;
    if (st != DTL_OK && err)
        *err = why;
    return st;
}

/* Leaves the record for what is behind it. */
static dtl_status finish(dtl_warc *w, dtl_error *err)
{
    dtl_status st;
    dtl_str block = {NULL, 0};

    if (w->left == w->record.content_length && w->left <= w->opts.max_block &&
        !w->given)
        st = dtl_warc_block(w, &block, err);
    else
        st = pass(w, err);
    w->in_record = false;
    if (st != DTL_OK || w->lost != DTL_LOST_NOT)
        return st;
    w->at += block.len;
    dtl_warc_skip_newlines(w);
    return st;
}

/* ---- Records ---------------------------------------------------------------
 */

/* Ends where another reader begins: at a record at or behind the end that can
 * be read by itself. */
static dtl_status stop_at_end(dtl_warc *w, bool *more, dtl_error *err)
{
    dtl_status st;
    bool begins;

    if (!w->opts.end || dtl_warc_place(w) < w->opts.end ||
        (dtl_warc_is_packed(w) && !w->fresh))
        return DTL_OK;
    st = dtl_warc_begins_record(w, &begins, err);
    *more = st == DTL_OK && !begins;
    return st;
}

static dtl_status next(dtl_warc *w, bool *more, dtl_error *err)
{
    dtl_status st = DTL_OK;

    *more = false;
    st = dtl_warc_know_flavour(w, err);
    if (st == DTL_OK && w->in_record)
        st = finish(w, err);
    if (st == DTL_OK && w->lost == DTL_LOST_OUTSIDE)
        st = dtl_warc_look_outside(w, err);
    else if (st == DTL_OK && w->lost != DTL_LOST_NOT)
        st = dtl_warc_look_inside(w, w->lost == DTL_LOST_LINE, err);
    if (st == DTL_OK)
        st = go_to_record(w, more, err);
    if (st == DTL_OK && *more)
        st = stop_at_end(w, more, err);
    if (st != DTL_OK || !*more)
        return st;
    dtl_warc_forget(w);
    dtl_arena_reset(&w->arena);
    w->record = (dtl_warc_record){.offset = dtl_warc_place(w)};
    if (dtl_warc_is_packed(w) && !w->fresh)
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

    *out = w->has_payload ? &w->payload.payload : NULL;
    if (*out)
        return DTL_OK;
    st = dtl_warc_block(w, &block, err);
    if (st == DTL_OK)
        st = dtl_payload_read(&w->payload, &w->arena, &w->record, block,
                              (size_t)w->opts.max_payload, err);
    w->has_payload = st == DTL_OK;
    if (st == DTL_OK)
        *out = &w->payload.payload;
    else if (st == DTL_NOMEM)
        w->failed = true;
    return st;
}

const dtl_warc_record *dtl_warc_current(const dtl_warc *w)
{
    return &w->record;
}

dtl_status dtl_warc_end(dtl_warc *w, uint64_t *end, dtl_error *err)
{
    dtl_status st = w->in_record ? finish(w, err) : DTL_OK;

    *end = 0;
    if (st != DTL_OK || w->lost != DTL_LOST_NOT)
        return st;
    if (!dtl_warc_is_packed(w))
        *end = w->block_at + w->record.content_length;
    else if (!w->record.inner && w->member_ended && !dtl_warc_unused(w).len)
        *end = dtl_stream_at(w->stream);
    return DTL_OK;
}

/* ---- Places ----------------------------------------------------------------
 */

uint64_t dtl_warc_at(const dtl_warc *w)
{
    if (dtl_warc_is_packed(w) && w->member_ended && !dtl_warc_unused(w).len)
        return dtl_stream_at(w->stream);
    return dtl_warc_place(w);
}

/* Goes to the line behind byte at - 1, and on to one that opens a record. */
static dtl_status seek_line(dtl_warc *w, uint64_t at, dtl_error *err)
{
    dtl_status st = dtl_stream_seek(w->stream, at ? at - 1 : 0, err);
    bool more;

    if (st == DTL_OK)
        st = dtl_warc_open_member(w, &more, err);
    if (st != DTL_OK)
        return st;
    w->unpacked = at ? at - 1 : 0;
    return dtl_warc_look_inside(w, at > 0, err);
}

static dtl_status seek_member(dtl_warc *w, uint64_t at, dtl_error *err)
{
    dtl_status st = dtl_stream_seek(w->stream, at, err);
    bool more;

    if (st == DTL_OK)
        st = dtl_stream_find(w->stream, &more, err);
    return st == DTL_OK ? dtl_warc_look_for_member(w, more, err) : st;
}

dtl_status dtl_warc_seek(dtl_warc *w, uint64_t at, uint64_t *begin,
                         dtl_error *err)
{
    dtl_status st = dtl_warc_know_flavour(w, err);

    *begin = 0;
    w->in_record = false;
    w->lost = DTL_LOST_NOT;
    if (st != DTL_OK && st != DTL_SYNTAX) /* a damaged first member tells
                                             nothing, and is no matter here */
        return st;
    st =
        dtl_warc_is_packed(w) ? seek_member(w, at, err) : seek_line(w, at, err);
    w->lost = DTL_LOST_NOT;
    *begin = dtl_warc_at(w);
    if (st == DTL_NOMEM || st == DTL_IO)
        w->failed = true;
    return st;
}
