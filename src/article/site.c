/* Where an article belongs: site, address, language, section, description
 * and tags. Each is the first good word in a fixed order of witnesses. */
#include "article/meta.h"
#include "article/names.h"
#include "base/str.h"
#include "base/url.h"

enum {
    MAX_TAGS = 40,
    MAX_TAG = 100 /* bytes; longer is prose */
};

static const dtl_fact *first_from(const dtl_facts *facts, dtl_fact_field field,
                                  dtl_fact_source source)
{
    const dtl_fact_list *list = &facts->field[field];
    size_t i;

    for (i = 0; i < list->count; i++)
        if (list->at[i].source == source)
            return &list->at[i];
    return NULL;
}

/* The value of the first witness in order that speaks, sources ended by
 * DTL_SOURCE_JSON_LD_OTHER, which is not heard. */
static dtl_str first_of(const dtl_facts *facts, dtl_fact_field field,
                        const dtl_fact_source *order)
{
    const dtl_fact *f;

    for (; *order != DTL_SOURCE_JSON_LD_OTHER; order++) {
        f = first_from(facts, field, *order);
        if (f)
            return f->value;
    }
    return (dtl_str){NULL, 0};
}

static const dtl_fact_source data_order[] = {
    DTL_SOURCE_JSON_LD, DTL_SOURCE_META,   DTL_SOURCE_MICRODATA,
    DTL_SOURCE_LINK,    DTL_SOURCE_MARKUP, DTL_SOURCE_JSON_LD_OTHER};
static const dtl_fact_source link_order[] = {DTL_SOURCE_LINK, DTL_SOURCE_META,
                                             DTL_SOURCE_JSON_LD,
                                             DTL_SOURCE_JSON_LD_OTHER};
static const dtl_fact_source language_order[] = {
    DTL_SOURCE_HTML, DTL_SOURCE_JSON_LD, DTL_SOURCE_META, DTL_SOURCE_MICRODATA,
    DTL_SOURCE_JSON_LD_OTHER};

/* ---- Addresses --------------------------------------------------------------
 */

static dtl_status resolve(const dtl_meta *m, dtl_str ref, dtl_str *out)
{
    dtl_status st = DTL_OK;

    *out = (dtl_str){NULL, 0};
    if (ref.len)
        st = dtl_url_resolve(m->base_url, ref, m->article->arena, out);
    if (out->ptr && !dtl_url_is_web(*out))
        *out = (dtl_str){NULL, 0};
    return st;
}

static dtl_str host_of(dtl_str url)
{
    dtl_url parts;

    return url.len && dtl_url_split(url, &parts) ? parts.host
                                                 : (dtl_str){NULL, 0};
}

/* The number in s at or behind byte at, with those of its digits that stand
 * before; -1 where there is none, or more digits than a page's number has. */
static int number_at(dtl_str s, size_t at)
{
    enum {
        DIGITS = 3
    };
    int number = 0;
    size_t end;

    while (at && at < s.len && dtl_is_digit(s.ptr[at]) &&
           dtl_is_digit(s.ptr[at - 1]))
        at--;
    while (at < s.len && !dtl_is_digit(s.ptr[at]))
        at++;
    for (end = at; end < s.len && dtl_is_digit(s.ptr[end]); end++)
        if (end - at < DIGITS)
            number = number * 10 + (s.ptr[end] - '0');
    return end > at && end - at <= DIGITS ? number : -1;
}

/* Whether s is a number, marks and a file's ending at most. */
static bool has_no_words(dtl_str s)
{
    size_t i;

    for (i = 0; i < s.len && s.ptr[i] != '.'; i++)
        if (dtl_is_alpha(s.ptr[i]) || (unsigned char)s.ptr[i] >= 0x80)
            return false;
    return true;
}

/* Whether two addresses differ by a page's number and what stands around it:
 * "/story" and "/story?page=2", "/story-2.html" and "/story-3.html". */
static bool is_numbered_beside(dtl_str own, dtl_str next)
{
    enum {
        NEXT_MAX = 24 /* bytes that differ */
    };
    size_t same = 0;
    int from, to;

    while (same < own.len && same < next.len && own.ptr[same] == next.ptr[same])
        same++;
    from = number_at(own, same);
    to = number_at(next, same);
    return to >= 0 && (from < 0 || to == from + 1) &&
           next.len - same <= NEXT_MAX &&
           has_no_words(dtl_str_sub(own, same, own.len));
}

/* rel=next leads to this article's next page where it is on the same host,
 * not the page itself, and no other article: blogs say it of the next post,
 * too. See cases/article/next-post-is-no-page. */
static bool is_next_page(const dtl_article *a, dtl_str next)
{
    dtl_str own = a->url.len ? a->url : a->canonical_url;

    if (!next.len || dtl_str_eq(next, a->url) ||
        dtl_str_eq(next, a->canonical_url))
        return false;
    if (!own.len)
        return true;
    return dtl_str_eq(host_of(own), host_of(next)) &&
           (is_numbered_beside(own, next) ||
            is_numbered_beside(a->canonical_url, next));
}

static dtl_status set_addresses(dtl_meta *m)
{
    dtl_article *a = m->article;
    dtl_str next = {NULL, 0}, host;
    dtl_status st = resolve(m, first_of(m->facts, DTL_FACT_URL, link_order),
                            &a->canonical_url);

    if (st == DTL_OK)
        st = resolve(m, first_of(m->facts, DTL_FACT_NEXT, link_order), &next);
    if (is_next_page(a, next))
        a->next_page = next;
    host = host_of(a->url.len ? a->url : a->canonical_url);
    if (host.len)
        a->site_domain = dtl_registrable_domain(host);
    return st;
}

/* ---- Words ------------------------------------------------------------------
 */

/* og:site_name is made to be shown; a publisher may be the company behind. */
static dtl_str site_name_of(const dtl_facts *facts)
{
    const dtl_fact_list *list = &facts->field[DTL_FACT_SITE];
    size_t i;

    for (i = 0; i < list->count; i++)
        if (dtl_str_ends(list->at[i].evidence, DTL_STR("og:site_name")))
            return list->at[i].value;
    return first_of(facts, DTL_FACT_SITE, data_order);
}

/* The primary subtag of a language tag in lower case ("en" of "en-US"); ptr
 * NULL for what is no tag. */
static dtl_str primary_subtag(dtl_str tag, dtl_arena *arena)
{
    char *out;
    size_t n = 0;

    while (n < tag.len && dtl_is_alpha(tag.ptr[n]))
        n++;
    if (n < 2 || n > 3 ||
        (n < tag.len && tag.ptr[n] != '-' && tag.ptr[n] != '_'))
        return (dtl_str){NULL, 0};
    tag = dtl_arena_copy(arena, dtl_str_sub(tag, 0, n));
    out = (char *)(uintptr_t)tag.ptr;
    while (out && n-- > 0)
        out[n] = dtl_lower(out[n]);
    return tag;
}

static void set_language(dtl_meta *m)
{
    const dtl_fact_source *order = language_order;
    const dtl_fact *f;

    for (; *order != DTL_SOURCE_JSON_LD_OTHER && !m->article->language.ptr;
         order++) {
        f = first_from(m->facts, DTL_FACT_LANGUAGE, *order);
        if (f)
            m->article->language = primary_subtag(f->value, m->article->arena);
    }
}

static bool is_cut(dtl_str s)
{
    return dtl_str_ends(s, DTL_STR("…")) || dtl_str_ends(s, DTL_STR("..."));
}

/* The first description that is not cut off; else the first. Those in <meta>
 * are made for readers of the page alone and come before JSON-LD's. */
static dtl_str description_of(const dtl_facts *facts)
{
    const dtl_fact_list *list = &facts->field[DTL_FACT_DESCRIPTION];
    dtl_str best = {NULL, 0};
    size_t i;

    for (i = 0; i < list->count; i++) {
        if (list->at[i].source > DTL_SOURCE_META)
            continue;
        if (!best.ptr || (is_cut(best) && !is_cut(list->at[i].value)))
            best = list->at[i].value;
    }
    return best;
}

/* ---- Tags -------------------------------------------------------------------
 */

/* What gives tags, the best first: lists made for the article before lists
 * made for search engines. Compared with the end of the evidence. */
static const char *const tag_order[] = {"article:tag", "json-ld keywords",
                                        "news_keywords", "tag", "keywords"};

static bool is_known(const dtl_article *a, dtl_str tag)
{
    size_t i;

    for (i = 0; i < a->tag_count; i++)
        if (dtl_str_eq_nocase(a->tags[i], tag))
            return true;
    return false;
}

static void add_tags(dtl_article *a, dtl_str list)
{
    char sep = dtl_str_find_char(list, ';') != SIZE_MAX ? ';' : ',';
    dtl_str one;

    while (dtl_str_split(&list, sep, &one)) {
        one = dtl_str_trim(one);
        if (one.len && one.len <= MAX_TAG && a->tag_count < MAX_TAGS &&
            !is_known(a, one))
            a->tags[a->tag_count++] = one;
    }
}

static dtl_status set_tags(dtl_meta *m)
{
    const dtl_fact_list *list = &m->facts->field[DTL_FACT_TAG];
    dtl_article *a = m->article;
    size_t rank, i;

    if (!list->count)
        return DTL_OK;
    a->tags = dtl_arena_calloc(a->arena, MAX_TAGS, sizeof *a->tags);
    if (!a->tags)
        return DTL_NOMEM;
    for (rank = 0; rank < sizeof tag_order / sizeof *tag_order && !a->tag_count;
         rank++)
        for (i = 0; i < list->count; i++)
            if (list->at[i].source != DTL_SOURCE_JSON_LD_OTHER &&
                dtl_str_ends(list->at[i].evidence, dtl_str_of(tag_order[rank])))
                add_tags(a, list->at[i].value);
    return DTL_OK;
}

dtl_status dtl_meta_site(dtl_meta *m)
{
    dtl_status st = set_addresses(m);

    m->article->site_name = site_name_of(m->facts);
    m->article->section = first_of(m->facts, DTL_FACT_SECTION, data_order);
    m->article->description = description_of(m->facts);
    set_language(m);
    if (st == DTL_OK)
        st = set_tags(m);
    return st;
}
