/* A site's names, from what its pages call it and from its address. */
#include "article/names.h"
#include "article/value.h"
#include "base/str.h"
#include "base/url.h"

#include <libpsl.h>

/* Shorter names match by chance as parts of words. */
enum {
    LOOSE_BYTES = 4,
    HEADLINE_BYTES = 40
};

/* An address in place of a name: "[::1]", or a last part of digits alone,
 * which no name has. */
static bool is_address(dtl_str host)
{
    size_t at = host.len;

    while (at && dtl_is_digit(host.ptr[at - 1]))
        at--;
    return host.len && (host.ptr[0] == '[' ||
                        (at < host.len && (!at || host.ptr[at - 1] == '.')));
}

dtl_str dtl_registrable_domain(dtl_str host)
{
    char name[256];
    const psl_ctx_t *psl = psl_builtin();
    const char *found;

    if (!psl || !host.len || host.len >= sizeof name || is_address(host))
        return host;
    memcpy(name, host.ptr, host.len);
    name[host.len] = '\0';
    found = psl_registrable_domain(psl, name);
    return found ? dtl_str_sub(host, (size_t)(found - name), host.len) : host;
}

bool dtl_is_top_domain(dtl_str label)
{
    char name[64];
    const psl_ctx_t *psl = psl_builtin();
    size_t i;

    if (!psl || !label.len || label.len >= sizeof name)
        return false;
    for (i = 0; i < label.len; i++)
        name[i] = dtl_lower(label.ptr[i]);
    name[i] = '\0';
    return psl_is_public_suffix2(psl, name,
                                 PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE);
}

static void add(dtl_site_names *names, dtl_str bare)
{
    size_t i;

    if (bare.len < 2 || names->count == DTL_SITE_NAMES)
        return;
    for (i = 0; i < names->count; i++)
        if (dtl_str_eq(names->name[i], bare))
            return;
    names->name[names->count++] = bare;
}

/* Whether a field for the site's name was filled with the page's own: the
 * whole of its <title>, too long for a site. */
static bool is_headline(const dtl_facts *facts, dtl_str name)
{
    return name.len > HEADLINE_BYTES &&
           dtl_str_eq(name,
                      dtl_facts_first(facts, DTL_FACT_TITLE, DTL_SOURCE_TITLE));
}

dtl_status dtl_site_names_collect(const dtl_facts *facts, dtl_str url,
                                  dtl_arena *arena, dtl_site_names *out)
{
    const dtl_fact_list *sites = &facts->field[DTL_FACT_SITE];
    dtl_status st = DTL_OK;
    dtl_url parts;
    dtl_str domain;
    size_t i;

    out->count = 0;
    if (dtl_url_split(url, &parts) && parts.host.len) {
        dtl_str host = parts.host;

        if (dtl_str_starts_nocase(host, DTL_STR("www.")))
            host = dtl_str_sub(host, 4, host.len);
        domain = dtl_registrable_domain(host);
        add(out, dtl_value_bare(host, arena, &st));
        add(out, dtl_value_bare(domain, arena, &st));
        domain.len = dtl_str_find_char(domain, '.') < domain.len
                         ? dtl_str_find_char(domain, '.')
                         : domain.len;
        add(out, dtl_value_bare(domain, arena, &st));
    }
    for (i = 0; i < sites->count; i++)
        if (!is_headline(facts, sites->at[i].value))
            add(out, dtl_value_bare(sites->at[i].value, arena, &st));
    return st;
}

/* Whether one of two is the other with a little more around it. */
static bool is_nearly(dtl_str bare, dtl_str name)
{
    if (name.len >= LOOSE_BYTES && 5 * bare.len <= 11 * name.len &&
        (dtl_str_starts(bare, name) || dtl_str_ends(bare, name)))
        return true;
    return bare.len >= LOOSE_BYTES && 2 * bare.len >= name.len &&
           dtl_str_find(name, bare) != SIZE_MAX;
}

bool dtl_site_names_match(const dtl_site_names *names, dtl_str bare,
                          bool loosely)
{
    size_t i;

    if (!bare.len)
        return false;
    for (i = 0; i < names->count; i++)
        if (dtl_str_eq(names->name[i], bare) ||
            (loosely && is_nearly(bare, names->name[i])))
            return true;
    return false;
}
