/* URLs as browsers read them (the WHATWG URL standard), for http, https and
 * the other schemes that pages link with. */
#ifndef DTL_BASE_URL_H
#define DTL_BASE_URL_H

#include "base/alloc.h"

/* The parts of an absolute URL, slices of it; without the delimiters around
 * them. A part that is not there has ptr NULL. */
typedef struct {
    dtl_str scheme, userinfo, host, port, path, query, fragment;
} dtl_url;

/* Splits a URL that dtl_url_resolve gave. False when it has no scheme. */
bool dtl_url_split(dtl_str url, dtl_url *out);

/* Reads ref as a link in a page at base (which may be empty, or not
 * normalised) and sets *out to the absolute, normalised URL, in arena or a
 * slice of ref. Surrounding white space, tabs and newlines go; schemes and
 * hosts become lower case, international hosts ASCII; "." and ".." are
 * resolved; what may not stand in a URL is percent-encoded. Links without
 * host (mailto:, data:, javascript:) are given back with their scheme in
 * lower case. Sets out->ptr to NULL when ref is no URL, and when it is
 * relative and base gives nothing to resolve it by. DTL_NOMEM is the only
 * error. */
dtl_status dtl_url_resolve(dtl_str base, dtl_str ref, dtl_arena *arena,
                           dtl_str *out);

/* Percent-decodes s into out, which has room for s.len bytes and may be where
 * s is; returns the bytes written. A '%' without two digits stays. */
size_t dtl_url_percent_decode(dtl_str s, char *out);

/* What stands behind the last slash of an address; all of it where none is. */
dtl_str dtl_url_file(dtl_str address);

/* Whether url is absolute and its scheme is http or https, in any case. */
bool dtl_url_is_web(dtl_str url);

#endif
