/* Unpacked bytes, a window of them, from which a record's head and block are
 * slices. Nothing is copied but what already stands behind a record when the
 * next begins. */
#include "warc/reader.h"
#include "base/str.h"
#include "warc/record.h"
#include "warc/warc.h"

enum {
    LINE = 4096 /* read of a member to see whether it opens a record */
};

bool dtl_warc_is_packed(const dtl_warc *w)
{
    return dtl_stream_packing(w->stream) != DTL_PACKING_NONE;
}

uint64_t dtl_warc_place(const dtl_warc *w)
{
    return dtl_warc_is_packed(w)
               ? dtl_stream_begin(w->stream)
               : dtl_stream_at(w->stream) - dtl_warc_unused(w).len;
}

/* ---- The window -----------------------------------------------------------
 */

dtl_str dtl_warc_unused(const dtl_warc *w)
{
    return dtl_str_sub(dtl_buf_view(&w->window), w->at, w->window.len);
}

void dtl_warc_forget(dtl_warc *w)
{
    dtl_str rest = dtl_warc_unused(w);

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
        w->lost = DTL_LOST_OUTSIDE;
    return st;
}

dtl_status dtl_warc_need(dtl_warc *w, size_t want, dtl_error *err)
{
    dtl_status st = DTL_OK;

    while (st == DTL_OK && !w->member_ended && dtl_warc_unused(w).len < want)
        st = dtl_stream_read(w->stream, &w->window, &w->member_ended, err);
    return note(w, st);
}

dtl_status dtl_warc_need_some(dtl_warc *w, size_t want, dtl_error *err)
{
    dtl_error why;
    dtl_status st = dtl_warc_need(w, want, &why);

    if ((st == DTL_SYNTAX || st == DTL_LIMIT) && dtl_warc_unused(w).len) {
        w->lost = DTL_LOST_NOT;
        return DTL_OK;
    }
    if (st != DTL_OK && err)
        *err = why;
    return st;
}

dtl_status dtl_warc_open_member(dtl_warc *w, bool *more, dtl_error *err)
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

bool dtl_warc_opens(const dtl_warc *w, dtl_str line)
{
    if (w->flavour == DTL_FLAVOUR_WARC &&
        !dtl_str_starts(line, DTL_STR("WARC/")))
        return false;
    return dtl_warc_opens_record(line);
}

dtl_status dtl_warc_begins_record(dtl_warc *w, bool *yes, dtl_error *err)
{
    dtl_status st = dtl_warc_need_some(w, LINE, err);
    dtl_str text = dtl_str_sub(dtl_warc_unused(w), 0, LINE);
    size_t end = dtl_str_find_char(text, '\n');

    *yes = st == DTL_OK && end != SIZE_MAX &&
           dtl_warc_opens(w, dtl_str_sub(text, 0, end));
    return st;
}

void dtl_warc_skip_newlines(dtl_warc *w)
{
    while (w->at < w->window.len &&
           (w->window.ptr[w->at] == '\n' || w->window.ptr[w->at] == '\r'))
        w->at++;
}

dtl_status dtl_warc_look_inside(dtl_warc *w, bool mid_line, dtl_error *err)
{
    dtl_status st = DTL_OK;
    dtl_error why;
    size_t end;

    w->lost = DTL_LOST_NOT;
    for (;;) {
        end = dtl_str_find_char(dtl_warc_unused(w), '\n');
        if (end != SIZE_MAX && !mid_line &&
            dtl_warc_opens(w, dtl_str_sub(dtl_warc_unused(w), 0, end)))
            return DTL_OK;
        if (end != SIZE_MAX) {
            w->at += end + 1;
            mid_line = false;
            continue;
        }
        /* A line without end opens no record. */
        if (w->member_ended || dtl_warc_unused(w).len > DTL_WARC_HEAD_MAX) {
            w->at = w->window.len;
            mid_line = true;
        }
        if (w->member_ended)
            return DTL_OK;
        dtl_warc_forget(w);
        st = dtl_warc_need(w, w->window.len + 1, &why);
        if (st == DTL_LIMIT)
            return dtl_warc_look_outside(w, err);
        if (st != DTL_OK && err)
            *err = why;
        if (st != DTL_OK)
            return st;
    }
}

dtl_status dtl_warc_look_for_member(dtl_warc *w, bool more, dtl_error *err)
{
    bool found = false;
    dtl_error quiet;
    dtl_status st;

    w->window.len = w->at = 0;
    w->member_ended = true;
    while (more) {
        st = dtl_warc_open_member(w, &more, &quiet);
        if (st == DTL_OK && more)
            st = dtl_warc_need(w, 1, &quiet);
        dtl_warc_skip_newlines(w);
        if (st == DTL_OK && more)
            st = dtl_warc_begins_record(w, &found, &quiet);
        w->lost = DTL_LOST_NOT;
        if (w->failed && err)
            *err = quiet;
        if (w->failed || found)
            return st;
        st = note(w, dtl_stream_recover(w->stream, &more, err));
        w->lost = DTL_LOST_NOT;
        if (st != DTL_OK)
            return st;
    }
    w->window.len = w->at = 0;
    w->member_ended = true;
    return DTL_OK;
}

dtl_status dtl_warc_look_outside(dtl_warc *w, dtl_error *err)
{
    bool more;
    dtl_status st = note(w, dtl_stream_recover(w->stream, &more, err));

    w->lost = DTL_LOST_NOT;
    return st == DTL_OK ? dtl_warc_look_for_member(w, more, err) : st;
}

dtl_status dtl_warc_join_member(dtl_warc *w, dtl_warc_member *what,
                                dtl_error *err)
{
    size_t was = w->window.len;
    dtl_status st;
    dtl_str line;
    bool more;

    *what = DTL_MEMBER_NONE;
    if (!dtl_warc_is_packed(w))
        return DTL_OK;
    st = note(w, dtl_stream_member(w->stream, &more, err));
    if (st != DTL_OK || !more)
        return st;
    w->member_ended = w->fresh = false;
    w->joined = w->unpacked + was;
    st = dtl_warc_need(w, dtl_warc_unused(w).len + LINE, err);
    if (st != DTL_OK)
        return st;
    line = dtl_str_sub(dtl_buf_view(&w->window), was, SIZE_MAX);
    line = dtl_str_sub(line, 0, dtl_str_find_char(line, '\n'));
    *what = dtl_warc_opens_record(line) ? DTL_MEMBER_RECORD : DTL_MEMBER_JOINED;
    if (*what == DTL_MEMBER_RECORD) {
        w->at = was;
        dtl_warc_forget(w);
        w->unpacked = w->joined = 0;
        w->fresh = true;
    }
    return DTL_OK;
}

dtl_status dtl_warc_know_flavour(dtl_warc *w, dtl_error *err)
{
    dtl_status st = DTL_OK;
    bool more = true;

    if (w->flavour_known)
        return DTL_OK;
    w->flavour_known = true;
    if (w->member_ended)
        st = dtl_warc_open_member(w, &more, err);
    if (st == DTL_OK && more)
        st = dtl_warc_need_some(w, LINE, err);
    if (st != DTL_OK)
        return st;
    if (dtl_str_starts(dtl_warc_unused(w), DTL_STR("WARC/")))
        w->flavour = DTL_FLAVOUR_WARC;
    else if (dtl_str_starts(dtl_warc_unused(w), DTL_STR("filedesc:")))
        w->flavour = DTL_FLAVOUR_ARC;
    return DTL_OK;
}
