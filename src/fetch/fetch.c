/* Gets one page over HTTP.
 *
 * libcurl does the transfer. What is ours are the bounds: only http and
 * https, also after a redirect; the body's size after decompression; and
 * the address, which is looked at when a socket is about to be opened, so
 * that neither a redirect nor a name that changes its address between two
 * look-ups leads inside. */
#include "base/alloc.h"
#include "base/str.h"
#include "fetch/address.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    MAX_BYTES = 64 * 1024 * 1024,
    TIMEOUT_MS = 30 * 1000,
    CONNECT_TIMEOUT_MS = 10 * 1000,
    MAX_REDIRECTS = 10
};

typedef struct {
    const dtl_fetch_options *opts;
    size_t max_bytes;
    dtl_buf body;
    bool too_large;
    bool refused; /* the last address was private */
    char address[64];
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

static curl_socket_t on_open(void *ctx, curlsocktype purpose,
                             struct curl_sockaddr *to)
{
    transfer *t = ctx;

    (void)purpose;
    if (!t->opts->allow_private && dtl_address_is_private(&to->addr)) {
        t->refused = true;
        dtl_address_text(&to->addr, t->address, sizeof t->address);
        return CURL_SOCKET_BAD;
    }
    t->refused = false;
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static int on_progress(void *ctx, curl_off_t total, curl_off_t now,
                       curl_off_t up_total, curl_off_t up_now)
{
    transfer *t = ctx;

    (void)total, (void)now, (void)up_total, (void)up_now;
    return t->opts->cancel && *t->opts->cancel;
}

static void set_options(CURL *c, const char *url, transfer *t, char *message)
{
    const dtl_fetch_options *o = t->opts;

    curl_easy_setopt(c, CURLOPT_URL, url);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, message);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION,
                     o->max_redirects >= 0 ? 1L : 0L);
    curl_easy_setopt(c, CURLOPT_MAXREDIRS,
                     o->max_redirects ? (long)o->max_redirects
                                      : (long)MAX_REDIRECTS);
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS,
                     o->timeout_ms ? (long)o->timeout_ms : (long)TIMEOUT_MS);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS,
                     o->connect_timeout_ms ? (long)o->connect_timeout_ms
                                           : (long)CONNECT_TIMEOUT_MS);
    curl_easy_setopt(c, CURLOPT_USERAGENT,
                     o->user_agent ? o->user_agent : "dateline/" DTL_VERSION);
    curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, on_open);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, t);
    curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(c, CURLOPT_XFERINFODATA, t);
    /* A proxy would open the connection in our place, past the check of the
     * address; the caller who allows private addresses may have one. */
    if (!o->allow_private)
        curl_easy_setopt(c, CURLOPT_PROXY, "");
}

/* Failures that are common and whose message of libcurl's is for its caller;
 * for the others that message is the best there is. */
static const struct {
    CURLcode code;
    const char *message;
} failures[] = {
    {CURLE_COULDNT_RESOLVE_HOST, "no host of that name is known"},
    {CURLE_COULDNT_RESOLVE_PROXY, "the proxy's name is not known"},
    {CURLE_COULDNT_CONNECT, "the host takes no connection"},
    {CURLE_GOT_NOTHING, "the host closed the connection without an answer"},
    {CURLE_RECV_ERROR, "the connection broke"},
    {CURLE_PARTIAL_FILE, "the answer is cut short"},
    {CURLE_BAD_CONTENT_ENCODING, "the answer's compression is damaged"},
};

static dtl_status explain_timeout(CURL *c, const transfer *t, dtl_error *err)
{
    const dtl_fetch_options *o = t->opts;
    curl_off_t connected = 0;
    int ms = o->connect_timeout_ms ? o->connect_timeout_ms : CONNECT_TIMEOUT_MS;
    int whole_ms = o->timeout_ms ? o->timeout_ms : TIMEOUT_MS;

    curl_easy_getinfo(c, CURLINFO_CONNECT_TIME_T, &connected);
    if (!connected && ms < whole_ms)
        return dtl_fail(err, DTL_IO, 0, "no connection within %g s", ms / 1e3);
    return dtl_fail(err, DTL_IO, 0, "no whole answer within %g s",
                    whole_ms / 1e3);
}

static dtl_status explain_failure(CURL *c, CURLcode code, const transfer *t,
                                  const char *message, dtl_error *err)
{
    size_t i;

    if (t->too_large)
        return dtl_fail(err, DTL_LIMIT, 0, "the page is larger than %zu bytes",
                        t->max_bytes);
    if (t->refused)
        return dtl_fail(err, DTL_LIMIT, 0, "refused: %s is a private address",
                        t->address);
    if (code == CURLE_OUT_OF_MEMORY || t->body.status != DTL_OK)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    if (code == CURLE_ABORTED_BY_CALLBACK)
        return dtl_fail(err, DTL_IO, 0, "interrupted");
    if (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT)
        return dtl_fail(err, DTL_USAGE, 0, "not an http or https URL");
    if (code == CURLE_TOO_MANY_REDIRECTS)
        return dtl_fail(err, DTL_LIMIT, 0, "more than %d redirects",
                        t->opts->max_redirects ? t->opts->max_redirects
                                               : MAX_REDIRECTS);
    if (code == CURLE_OPERATION_TIMEDOUT)
        return explain_timeout(c, t, err);
    for (i = 0; i < sizeof failures / sizeof *failures; i++)
        if (code == failures[i].code)
            return dtl_fail(err, DTL_IO, 0, "%s", failures[i].message);
    return dtl_fail(err, DTL_IO, 0, "%.150s",
                    message[0] ? message : curl_easy_strerror(code));
}

typedef struct {
    dtl_response response;
    dtl_arena arena;
} owned_response;

static dtl_str charset_of(dtl_str type)
{
    size_t at = dtl_str_find_nocase(type, DTL_STR("charset="));
    dtl_str v = {NULL, 0};

    if (at == SIZE_MAX)
        return v;
    v = dtl_str_trim(dtl_str_sub(type, at + 8, type.len));
    v = dtl_str_trim(dtl_str_sub(v, 0, dtl_str_find_char(v, ';')));
    if (v.len >= 2 && (v.ptr[0] == '"' || v.ptr[0] == '\''))
        v = dtl_str_sub(v, 1, v.len - 1);
    return v.len ? v : (dtl_str){NULL, 0};
}

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
    r->response.charset = charset_of(r->response.content_type);
    if (curl_easy_header(c, "Last-Modified", 0, CURLH_HEADER, -1, &modified) ==
        CURLHE_OK)
        r->response.last_modified = keep(r, modified->value);
    r->response.body = dtl_buf_view(&t->body);
    t->body = (dtl_buf){0};
    *out = &r->response;
    return DTL_OK;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void start_curl(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

dtl_status dtl_fetch(const char *url, const dtl_fetch_options *opts,
                     dtl_response **out, dtl_error *err)
{
    static const dtl_fetch_options defaults;
    transfer t = {.opts = opts ? opts : &defaults};
    char message[CURL_ERROR_SIZE] = "";
    dtl_status st;
    CURLcode code;
    CURL *c;

    *out = NULL;
    pthread_once(&once, start_curl);
    t.max_bytes = t.opts->max_bytes ? t.opts->max_bytes : MAX_BYTES;
    c = curl_easy_init();
    if (!c)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    set_options(c, url, &t, message);
    code = curl_easy_perform(c);
    st = code == CURLE_OK ? finish(c, &t, out, err)
                          : explain_failure(c, code, &t, message, err);
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
