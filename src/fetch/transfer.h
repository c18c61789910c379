/* What all transfers have in common: who may be asked, and what is said of
 * failures. */
#ifndef DTL_FETCH_TRANSFER_H
#define DTL_FETCH_TRANSFER_H

#include <dateline.h>

#include <curl/curl.h>

enum {
    DTL_FETCH_TIMEOUT_MS = 30 * 1000,
    DTL_FETCH_CONNECT_TIMEOUT_MS = 10 * 1000
};

typedef struct {
    const dtl_fetch_options *opts;
    bool refused; /* the last address was private */
    char address[64];
    char message[CURL_ERROR_SIZE]; /* libcurl's, of a failure */
} dtl_transfer;

/* A handle with the bounds set that hold for every transfer: http and https
 * alone, also after a redirect, no private address unless it is allowed,
 * redirects, time to connect, the caller's wish to stop. t->opts is set
 * before; t and url are borrowed. NULL when out of memory. */
CURL *dtl_transfer_new(dtl_transfer *t, const char *url);

/* Why one failed: DTL_IO, DTL_LIMIT, DTL_USAGE or DTL_NOMEM. */
dtl_status dtl_transfer_explain(CURL *c, CURLcode code, const dtl_transfer *t,
                                dtl_error *err);

/* The charset parameter of a Content-Type; ptr NULL when it has none. */
dtl_str dtl_transfer_charset(dtl_str type);

#endif
