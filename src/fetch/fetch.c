/* Gets one page over HTTP, whole, and its size after decompression within
 * bounds. */
#include "base/alloc.h"
#include "base/str.h"
#include "fetch/transfer.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    MAX_BYTES = 64 * 1024 * 1024
};

typedef struct {
    dtl_transfer common;
    size_t max_bytes;
    dtl_buf body;
    bool too_large;
} transfer;

static size_t on_body(char *bytes, size_t size, size_t count, void *ctx)
{
    transfer *t = ctx;

    if (size * count > t->max_bytes - t->body.len) {
        t->too_large = true;
        return 0;
    }
    dtl_buf_append(&t->body, bytes, size * count);
    return t->body.status == DTL_OK ? size * count : 0;
}

typedef struct {
    dtl_response response;
    dtl_arena arena;
} owned_response;

static dtl_str keep(owned_response *r, const char *text)
{
    return text ? dtl_arena_copy(&r->arena, dtl_str_of(text))
                : (dtl_str){NULL, 0};
}

/* Moves what was got into a response of its own. */
static dtl_status finish(CURL *c, transfer *t, dtl_response **out,
                         dtl_error *err)
{
    owned_response *r = dtl_malloc(sizeof *r);
    struct curl_header *modified;
    char *url = NULL, *type = NULL;
    long status = 0;

    if (!r)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    memset(r, 0, sizeof *r);
    curl_easy_getinfo(c, CURLINFO_EFFECTIVE_URL, &url);
    curl_easy_getinfo(c, CURLINFO_CONTENT_TYPE, &type);
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
    r->response.http_status = (int)status;
    r->response.url = keep(r, url);
    r->response.content_type = keep(r, type);
    r->response.charset = dtl_transfer_charset(r->response.content_type);
    if (curl_easy_header(c, "Last-Modified", 0, CURLH_HEADER, -1, &modified) ==
        CURLHE_OK)
        r->response.last_modified = keep(r, modified->value);
    r->response.body = dtl_buf_view(&t->body);
    t->body = (dtl_buf){0};
    *out = &r->response;
    return DTL_OK;
}

static dtl_status explain(CURL *c, CURLcode code, const transfer *t,
                          dtl_error *err)
{
    if (t->too_large)
        return dtl_fail(err, DTL_LIMIT, 0, "the page is larger than %zu bytes",
                        t->max_bytes);
    if (t->body.status != DTL_OK)
        code = CURLE_OUT_OF_MEMORY;
    return dtl_transfer_explain(c, code, &t->common, err);
}

dtl_status dtl_fetch(const char *url, const dtl_fetch_options *opts,
                     dtl_response **out, dtl_error *err)
{
    static const dtl_fetch_options defaults;
    transfer t = {.common.opts = opts ? opts : &defaults};
    const dtl_fetch_options *o = t.common.opts;
    dtl_status st;
    CURLcode code;
    CURL *c;

    *out = NULL;
    t.max_bytes = o->max_bytes ? o->max_bytes : MAX_BYTES;
    c = dtl_transfer_new(&t.common, url);
    if (!c)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS,
                     o->timeout_ms ? (long)o->timeout_ms
                                   : (long)DTL_FETCH_TIMEOUT_MS);
    curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, &t);
    code = curl_easy_perform(c);
    st = code == CURLE_OK ? finish(c, &t, out, err) : explain(c, code, &t, err);
    dtl_buf_clear(&t.body);
    curl_easy_cleanup(c);
    return st;
}

void dtl_response_free(dtl_response *r)
{
    owned_response *o = (owned_response *)r;

    if (!r)
        return;
    dtl_free((void *)(uintptr_t)r->body.ptr);
    dtl_arena_clear(&o->arena);
    dtl_free(o);
}
