/* What the page's site is called. */
#ifndef DTL_ARTICLE_NAMES_H
#define DTL_ARTICLE_NAMES_H

#include "article/facts.h"

enum {
    DTL_SITE_NAMES = 16
};

/* The names, letters and digits alone: those that the page gives its site,
 * its host, its domain and the domain's first label. */
typedef struct {
    dtl_str name[DTL_SITE_NAMES];
    size_t count;
} dtl_site_names;

/* Names are in arena. DTL_NOMEM is the only error. */
dtl_status dtl_site_names_collect(const dtl_facts *facts, dtl_str url,
                                  dtl_arena *arena, dtl_site_names *out);

/* Whether bare letters (dtl_value_bare) are one of the names; loosely: or
 * such a name with a little more or less ("Example News" for "example"). */
bool dtl_site_names_match(const dtl_site_names *names, dtl_str bare,
                          bool loosely);

/* The registrable part of a host ("example.co.uk" of "www.example.co.uk"),
 * or the host where it has none; a slice of host. */
dtl_str dtl_registrable_domain(dtl_str host);

/* Whether a label is one that hosts end in: "com", "de". */
bool dtl_is_top_domain(dtl_str label);

#endif
