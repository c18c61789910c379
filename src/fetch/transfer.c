/* What all transfers have in common.
 *
 * libcurl does them. The address is looked at when a socket is about to be
 * opened, so that neither a redirect nor a name that changes its address
 * between two look-ups leads inside. */
#include "fetch/transfer.h"
#include "base/str.h"
#include "fetch/address.h"

#include <pthread.h>
#include <sys/socket.h>

enum {
    MAX_REDIRECTS = 10
};

static curl_socket_t on_open(void *ctx, curlsocktype purpose,
                             struct curl_sockaddr *to)
{
    dtl_transfer *t = ctx;

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
    dtl_transfer *t = ctx;

    (void)total, (void)now, (void)up_total, (void)up_now;
    return t->opts->cancel && *t->opts->cancel;
}

static void set_options(CURL *c, const char *url, dtl_transfer *t)
{
    const dtl_fetch_options *o = t->opts;

    curl_easy_setopt(c, CURLOPT_URL, url);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, t->message);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION,
                     o->max_redirects >= 0 ? 1L : 0L);
    curl_easy_setopt(c, CURLOPT_MAXREDIRS,
                     o->max_redirects ? (long)o->max_redirects
                                      : (long)MAX_REDIRECTS);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS,
                     o->connect_timeout_ms
                         ? (long)o->connect_timeout_ms
                         : (long)DTL_FETCH_CONNECT_TIMEOUT_MS);
    curl_easy_setopt(c, CURLOPT_USERAGENT,
                     o->user_agent ? o->user_agent : "dateline/" DTL_VERSION);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
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

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void start_curl(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

CURL *dtl_transfer_new(dtl_transfer *t, const char *url)
{
    CURL *c;

    pthread_once(&once, start_curl);
    c = curl_easy_init();
    if (c)
        set_options(c, url, t);
    return c;
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

static dtl_status explain_timeout(CURL *c, const dtl_transfer *t,
                                  dtl_error *err)
{
    const dtl_fetch_options *o = t->opts;
    curl_off_t connected = 0;
    int ms = o->connect_timeout_ms ? o->connect_timeout_ms
                                   : DTL_FETCH_CONNECT_TIMEOUT_MS;
    int whole_ms = o->timeout_ms ? o->timeout_ms : DTL_FETCH_TIMEOUT_MS;

    curl_easy_getinfo(c, CURLINFO_CONNECT_TIME_T, &connected);
    if (!connected && ms < whole_ms)
        return dtl_fail(err, DTL_IO, 0, "no connection within %g s", ms / 1e3);
    return dtl_fail(err, DTL_IO, 0, "no whole answer within %g s",
                    whole_ms / 1e3);
}

dtl_status dtl_transfer_explain(CURL *c, CURLcode code, const dtl_transfer *t,
                                dtl_error *err)
{
    size_t i;

    if (t->refused)
        return dtl_fail(err, DTL_LIMIT, 0, "refused: %s is a private address",
                        t->address);
    if (code == CURLE_OUT_OF_MEMORY)
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
                    t->message[0] ? t->message : curl_easy_strerror(code));
}

dtl_str dtl_transfer_charset(dtl_str type)
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
