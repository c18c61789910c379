/* A file on a server, read as a stream, over as many connections as it takes.
 *
 * libcurl's multi interface lets the reader pull: while it has enough, the
 * transfer is paused, and with it the server. After a break the file is asked
 * for from the next byte on, on condition that it is the same one (If-Range
 * with its ETag, else its Last-Modified). A server that then sends the whole
 * file gets it passed over up to there. Bytes are those of the file: no
 * coding is asked for. */
#include "fetch/remote.h"
#include "base/alloc.h"
#include "base/str.h"
#include "fetch/transfer.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
    BUFFER = 1024 * 1024, /* held unread; then the transfer pauses */
    TRIES = 5,            /* one after another that bring nothing */
    FIRST_WAIT_MS = 500,  /* before the second try; doubled for each */
    POLL_MS = 100
};

struct dtl_remote {
    dtl_transfer transfer;
    dtl_fetch_options opts;
    CURLM *multi;
    CURL *easy; /* NULL between connections */
    struct curl_slist *headers;
    char *url;
    dtl_buf buffer; /* from at on: not read yet */
    size_t at;
    uint64_t got;  /* bytes of the file that came, over all connections */
    uint64_t pass; /* bytes that come again, and are dropped */
    uint64_t size;
    bool paused, answered, whole; /* whole: to the end */
    bool asked_part;              /* this connection asked for the rest */
    bool looked; /* and it was seen whether the rest is what comes */
    long status;
    dtl_str final_url, type;
    dtl_str tag; /* what tells this file from a later one of its name */
    dtl_arena arena;
    int64_t heard_ms; /* when the last bytes came */
    int tries;
};

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- What comes -----------------------------------------------------------
 */

static const char *header(const dtl_remote *r, const char *name)
{
    struct curl_header *h;

    return curl_easy_header(r->easy, name, 0, CURLH_HEADER, -1, &h) == CURLHE_OK
               ? h->value
               : NULL;
}

/* Keeps of the first answer what names the file. */
static void note_answer(dtl_remote *r)
{
    char *url = NULL, *type = NULL;
    curl_off_t length = -1;
    const char *tag = header(r, "ETag");

    r->answered = true;
    curl_easy_getinfo(r->easy, CURLINFO_RESPONSE_CODE, &r->status);
    if (r->got || r->final_url.ptr)
        return;
    curl_easy_getinfo(r->easy, CURLINFO_EFFECTIVE_URL, &url);
    curl_easy_getinfo(r->easy, CURLINFO_CONTENT_TYPE, &type);
    curl_easy_getinfo(r->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    /* A weak tag does not promise the same bytes. */
    if (!tag || strncmp(tag, "W/", 2) == 0)
        tag = header(r, "Last-Modified");
    r->final_url = dtl_arena_copy(&r->arena, dtl_str_of(url ? url : r->url));
    if (type)
        r->type = dtl_arena_copy(&r->arena, dtl_str_of(type));
    if (tag)
        r->tag = dtl_arena_copy(&r->arena, dtl_str_of(tag));
    r->size = length > 0 ? (uint64_t)length : 0;
}

static size_t on_bytes(char *bytes, size_t size, size_t count, void *ctx)
{
    dtl_remote *r = ctx;
    size_t len = size * count, skip;

    if (!r->answered)
        note_answer(r);
    if (r->buffer.len - r->at >= BUFFER) {
        r->paused = true;
        return CURL_WRITEFUNC_PAUSE;
    }
    /* An error's page is not the file. */
    if (r->status >= 300)
        return len;
    if (r->asked_part && !r->looked)
        r->pass = r->status == 206 ? 0 : r->got;
    r->looked = true;
    skip = r->pass < len ? (size_t)r->pass : len;
    r->pass -= skip;
    r->got += len - skip;
    r->heard_ms = now_ms();
    if (len > skip)
        r->tries = 0;
    dtl_buf_append(&r->buffer, bytes + skip, len - skip);
    return r->buffer.status == DTL_OK ? len : 0;
}

/* ---- Connections ----------------------------------------------------------
 */

static void disconnect(dtl_remote *r)
{
    if (r->easy) {
        curl_multi_remove_handle(r->multi, r->easy);
        curl_easy_cleanup(r->easy);
    }
    curl_slist_free_all(r->headers);
    r->headers = NULL;
    r->easy = NULL;
    r->paused = r->answered = r->looked = false;
    r->status = 0;
    r->pass = 0;
}

/* Asks for the file, from the byte on that comes next. */
static dtl_status connect_again(dtl_remote *r, dtl_error *err)
{
    char range[48], condition[512];

    disconnect(r);
    r->easy = dtl_transfer_new(&r->transfer, r->url);
    if (!r->easy)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    curl_easy_setopt(r->easy, CURLOPT_WRITEFUNCTION, on_bytes);
    curl_easy_setopt(r->easy, CURLOPT_WRITEDATA, r);
    r->asked_part = r->got > 0;
    if (r->got) {
        snprintf(range, sizeof range, "%llu-", (unsigned long long)r->got);
        curl_easy_setopt(r->easy, CURLOPT_RANGE, range);
    }
    if (r->got && r->tag.ptr) {
        snprintf(condition, sizeof condition, "If-Range: %.400s", r->tag.ptr);
        r->headers = curl_slist_append(NULL, condition);
        curl_easy_setopt(r->easy, CURLOPT_HTTPHEADER, r->headers);
    }
    r->heard_ms = now_ms();
    if (curl_multi_add_handle(r->multi, r->easy) != CURLM_OK)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    return DTL_OK;
}

static bool is_cancelled(const dtl_remote *r)
{
    return r->opts.cancel && *r->opts.cancel;
}

static void wait_before_try(const dtl_remote *r)
{
    int64_t until = now_ms() + ((int64_t)FIRST_WAIT_MS << (r->tries - 1));
    struct timespec step = {.tv_nsec = POLL_MS * 1000000L};

    while (now_ms() < until && !is_cancelled(r))
        nanosleep(&step, NULL);
}

/* Whether another try may do better. */
static bool is_passing(CURLcode code, long status)
{
    switch (code) {
    case CURLE_OK:
        return status == 408 || status == 429 || status >= 500;
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return true;
    default:
        return false;
    }
}

static dtl_status explain(dtl_remote *r, CURLcode code, dtl_error *err)
{
    if (r->buffer.status != DTL_OK)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    if (code == CURLE_OK)
        return dtl_fail(err, DTL_IO, 0, "the server answered with status %ld",
                        r->status);
    if (!r->got)
        return dtl_transfer_explain(r->easy, code, &r->transfer, err);
    return dtl_fail(err, DTL_IO, 0,
                    "the connection broke after %llu bytes, and again after "
                    "that",
                    (unsigned long long)r->got);
}

/* A connection ended: the file may be whole, or it is tried again. A first
 * connection that fails is not: the address is likely to be wrong. */
static dtl_status on_end(dtl_remote *r, CURLcode code, dtl_error *err)
{
    if (!r->answered)
        note_answer(r);
    if (code == CURLE_OK && r->status >= 200 && r->status < 300) {
        r->whole = true;
        return DTL_OK;
    }
    /* All of it has come, but nobody said that this was the end. */
    if (r->status == 416 && r->got) {
        r->whole = true;
        return DTL_OK;
    }
    if (!r->got || !is_passing(code, r->status) || r->tries >= TRIES ||
        is_cancelled(r))
        return explain(r, code, err);
    r->tries++;
    wait_before_try(r);
    return connect_again(r, err);
}

/* The server says nothing any more: as if the connection broke. */
static bool is_silent(const dtl_remote *r)
{
    int limit = r->opts.timeout_ms ? r->opts.timeout_ms : DTL_FETCH_TIMEOUT_MS;

    return !r->paused && now_ms() - r->heard_ms > limit;
}

/* Lets bytes come for a moment. */
static dtl_status pump(dtl_remote *r, dtl_error *err)
{
    int running, left;
    CURLMsg *m;

    if (is_cancelled(r))
        return dtl_fail(err, DTL_IO, 0, "interrupted");
    if (r->paused) {
        r->paused = false;
        curl_easy_pause(r->easy, CURLPAUSE_CONT);
    }
    if (curl_multi_perform(r->multi, &running) != CURLM_OK)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    while ((m = curl_multi_info_read(r->multi, &left)))
        if (m->msg == CURLMSG_DONE)
            return on_end(r, m->data.result, err);
    if (is_silent(r))
        return on_end(r, CURLE_OPERATION_TIMEDOUT, err);
    if (r->buffer.len == r->at)
        curl_multi_poll(r->multi, NULL, 0, POLL_MS, NULL);
    return DTL_OK;
}

/* ---- Reading --------------------------------------------------------------
 */

/* Until there are bytes, or no more come. */
static dtl_status fill(dtl_remote *r, dtl_error *err)
{
    dtl_status st = DTL_OK;

    if (r->at == r->buffer.len)
        r->at = r->buffer.len = 0;
    while (st == DTL_OK && r->at == r->buffer.len && !r->whole)
        st = pump(r, err);
    return st;
}

dtl_status dtl_remote_open(const char *url, const dtl_fetch_options *opts,
                           dtl_remote **out, dtl_error *err)
{
    dtl_remote *r = dtl_malloc(sizeof *r);
    dtl_status st;

    *out = NULL;
    if (!r)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    *r = (dtl_remote){.opts = *opts};
    r->transfer.opts = &r->opts;
    r->url = dtl_malloc(strlen(url) + 1);
    if (r->url)
        strcpy(r->url, url);
    st = r->url ? DTL_OK : dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    /* A handle first: it sees to it that libcurl is set up. */
    if (st == DTL_OK) {
        r->easy = dtl_transfer_new(&r->transfer, url);
        r->multi = r->easy ? curl_multi_init() : NULL;
        curl_easy_cleanup(r->easy);
        r->easy = NULL;
        if (!r->multi)
            st = dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    }
    if (st == DTL_OK)
        st = connect_again(r, err);
    if (st == DTL_OK)
        st = fill(r, err);
    if (st == DTL_OK)
        *out = r;
    else
        dtl_remote_close(r);
    return st;
}

void dtl_remote_close(dtl_remote *r)
{
    if (!r)
        return;
    disconnect(r);
    curl_multi_cleanup(r->multi);
    dtl_buf_clear(&r->buffer);
    dtl_arena_clear(&r->arena);
    dtl_free(r->url);
    dtl_free(r);
}

dtl_status dtl_remote_read(dtl_remote *r, char *buf, size_t cap, size_t *got,
                           dtl_error *err)
{
    dtl_status st = fill(r, err);
    dtl_str rest = dtl_str_sub(dtl_buf_view(&r->buffer), r->at, SIZE_MAX);

    *got = 0;
    if (st != DTL_OK || !rest.len)
        return st;
    *got = rest.len < cap ? rest.len : cap;
    memcpy(buf, rest.ptr, *got);
    r->at += *got;
    return DTL_OK;
}

dtl_str dtl_remote_url(const dtl_remote *r)
{
    return r->final_url;
}

dtl_str dtl_remote_charset(const dtl_remote *r)
{
    return dtl_transfer_charset(r->type);
}

uint64_t dtl_remote_size(const dtl_remote *r)
{
    return r->size;
}
