/* Facts of <meta> elements.
 *
 * Names are looked up without case and with every delimiter as a full stop,
 * so that "article:published_time", "article.published-time" and the rest of
 * the family are one entry. name, property, itemprop and http-equiv count
 * alike, since pages mix them up. */
#include "article/facts_collect.h"
#include "article/value.h"
#include "base/str.h"

#include <stdlib.h>

typedef struct {
    const char *name;
    uint8_t field; /* dtl_fact_field */
} entry;

/* Sorted by name. */
static const entry entries[] = {
    {"abstract", DTL_FACT_DESCRIPTION},
    {"al.android.app.name", DTL_FACT_SITE},
    {"al.ios.app.name", DTL_FACT_SITE},
    {"apple.mobile.web.app.title", DTL_FACT_SITE},
    {"application.name", DTL_FACT_SITE},
    {"article.access", DTL_FACT_ACCESS},
    {"article.author", DTL_FACT_AUTHOR},
    {"article.author.name", DTL_FACT_AUTHOR},
    {"article.authors", DTL_FACT_AUTHOR},
    {"article.content.tier", DTL_FACT_ACCESS},
    {"article.expiration.time", DTL_FACT_EXPIRES},
    {"article.modified", DTL_FACT_MODIFIED},
    {"article.modified.date", DTL_FACT_MODIFIED},
    {"article.modified.time", DTL_FACT_MODIFIED},
    {"article.published", DTL_FACT_PUBLISHED},
    {"article.published.date", DTL_FACT_PUBLISHED},
    {"article.published.time", DTL_FACT_PUBLISHED},
    {"article.section", DTL_FACT_SECTION},
    {"article.tag", DTL_FACT_TAG},
    {"articlesection", DTL_FACT_SECTION},
    {"author", DTL_FACT_AUTHOR},
    {"byl", DTL_FACT_AUTHOR},
    {"byline", DTL_FACT_AUTHOR},
    {"category", DTL_FACT_SECTION},
    {"citation.author", DTL_FACT_AUTHOR},
    {"citation.date", DTL_FACT_PUBLISHED},
    {"citation.journal.title", DTL_FACT_SITE},
    {"citation.keywords", DTL_FACT_TAG},
    {"citation.language", DTL_FACT_LANGUAGE},
    {"citation.online.date", DTL_FACT_PUBLISHED},
    {"citation.publication.date", DTL_FACT_PUBLISHED},
    {"citation.title", DTL_FACT_TITLE},
    {"content.language", DTL_FACT_LANGUAGE},
    {"creator", DTL_FACT_AUTHOR},
    {"cxenseparse.author", DTL_FACT_AUTHOR},
    {"cxenseparse.publishtime", DTL_FACT_PUBLISHED},
    {"cxenseparse.recs.publishtime", DTL_FACT_PUBLISHED},
    {"cxenseparse.title", DTL_FACT_TITLE},
    {"date", DTL_FACT_DATE},
    {"datecreated", DTL_FACT_CREATED},
    {"datemodified", DTL_FACT_MODIFIED},
    {"datepublished", DTL_FACT_PUBLISHED},
    {"dateupdated", DTL_FACT_MODIFIED},
    {"dc.created", DTL_FACT_CREATED},
    {"dc.creator", DTL_FACT_AUTHOR},
    {"dc.date", DTL_FACT_DATE},
    {"dc.date.created", DTL_FACT_CREATED},
    {"dc.date.issued", DTL_FACT_PUBLISHED},
    {"dc.date.modified", DTL_FACT_MODIFIED},
    {"dc.date.published", DTL_FACT_PUBLISHED},
    {"dc.description", DTL_FACT_DESCRIPTION},
    {"dc.issued", DTL_FACT_PUBLISHED},
    {"dc.language", DTL_FACT_LANGUAGE},
    {"dc.modified", DTL_FACT_MODIFIED},
    {"dc.publisher", DTL_FACT_SITE},
    {"dc.subject", DTL_FACT_TAG},
    {"dc.title", DTL_FACT_TITLE},
    {"dc.type", DTL_FACT_TYPE},
    {"dcterms.abstract", DTL_FACT_DESCRIPTION},
    {"dcterms.created", DTL_FACT_CREATED},
    {"dcterms.creator", DTL_FACT_AUTHOR},
    {"dcterms.date", DTL_FACT_DATE},
    {"dcterms.description", DTL_FACT_DESCRIPTION},
    {"dcterms.issued", DTL_FACT_PUBLISHED},
    {"dcterms.language", DTL_FACT_LANGUAGE},
    {"dcterms.modified", DTL_FACT_MODIFIED},
    {"dcterms.publisher", DTL_FACT_SITE},
    {"dcterms.title", DTL_FACT_TITLE},
    {"description", DTL_FACT_DESCRIPTION},
    {"displaydate", DTL_FACT_PUBLISHED},
    {"eprints.title", DTL_FACT_TITLE},
    {"expires", DTL_FACT_EXPIRES},
    {"fulltitle", DTL_FACT_TITLE},
    {"hdl", DTL_FACT_TITLE},
    {"headline", DTL_FACT_TITLE},
    {"image", DTL_FACT_IMAGE},
    {"inlanguage", DTL_FACT_LANGUAGE},
    {"isaccessibleforfree", DTL_FACT_ACCESS},
    {"keywords", DTL_FACT_TAG},
    {"language", DTL_FACT_LANGUAGE},
    {"last.modified", DTL_FACT_MODIFIED},
    {"lastmod", DTL_FACT_MODIFIED},
    {"news.keywords", DTL_FACT_TAG},
    {"og.article.author", DTL_FACT_AUTHOR},
    {"og.article.modified.time", DTL_FACT_MODIFIED},
    {"og.article.published.time", DTL_FACT_PUBLISHED},
    {"og.article.section", DTL_FACT_SECTION},
    {"og.article.tag", DTL_FACT_TAG},
    {"og.author", DTL_FACT_AUTHOR},
    {"og.description", DTL_FACT_DESCRIPTION},
    {"og.image", DTL_FACT_IMAGE},
    {"og.image.secure.url", DTL_FACT_IMAGE},
    {"og.image.url", DTL_FACT_IMAGE},
    {"og.locale", DTL_FACT_LANGUAGE},
    {"og.modified.time", DTL_FACT_MODIFIED},
    {"og.pubdate", DTL_FACT_PUBLISHED},
    {"og.published.time", DTL_FACT_PUBLISHED},
    {"og.publishedtime", DTL_FACT_PUBLISHED},
    {"og.section", DTL_FACT_SECTION},
    {"og.site.name", DTL_FACT_SITE},
    {"og.title", DTL_FACT_TITLE},
    {"og.type", DTL_FACT_TYPE},
    {"og.updated.time", DTL_FACT_MODIFIED},
    {"og.url", DTL_FACT_URL},
    {"parsely.author", DTL_FACT_AUTHOR},
    {"parsely.image.url", DTL_FACT_IMAGE},
    {"parsely.link", DTL_FACT_URL},
    {"parsely.pub.date", DTL_FACT_PUBLISHED},
    {"parsely.section", DTL_FACT_SECTION},
    {"parsely.tags", DTL_FACT_TAG},
    {"parsely.title", DTL_FACT_TITLE},
    {"parsely.type", DTL_FACT_TYPE},
    {"pubdate", DTL_FACT_PUBLISHED},
    {"publicationdate", DTL_FACT_PUBLISHED},
    {"publish.date", DTL_FACT_PUBLISHED},
    {"publishdate", DTL_FACT_PUBLISHED},
    {"published.at", DTL_FACT_PUBLISHED},
    {"published.time", DTL_FACT_PUBLISHED},
    {"publisher", DTL_FACT_SITE},
    {"rnews.datepublished", DTL_FACT_PUBLISHED},
    {"sailthru.author", DTL_FACT_AUTHOR},
    {"sailthru.date", DTL_FACT_PUBLISHED},
    {"sailthru.description", DTL_FACT_DESCRIPTION},
    {"sailthru.expire.date", DTL_FACT_EXPIRES},
    {"sailthru.image.full", DTL_FACT_IMAGE},
    {"sailthru.tags", DTL_FACT_TAG},
    {"sailthru.title", DTL_FACT_TITLE},
    {"section", DTL_FACT_SECTION},
    {"thumbnail", DTL_FACT_IMAGE},
    {"title", DTL_FACT_TITLE},
    {"twitter.description", DTL_FACT_DESCRIPTION},
    {"twitter.image", DTL_FACT_IMAGE},
    {"twitter.image.src", DTL_FACT_IMAGE},
    {"twitter.text.title", DTL_FACT_TITLE},
    {"twitter.title", DTL_FACT_TITLE},
    {"twitter.url", DTL_FACT_URL},
    {"unavailable.after", DTL_FACT_EXPIRES},
};

enum {
    NAME_MAX = 40 /* longer than any entry */
};

static int compare_names(const void *key, const void *e)
{
    return strcmp(key, ((const entry *)e)->name);
}

static dtl_fact_field look_up(dtl_str name)
{
    char key[NAME_MAX];
    const entry *found;
    size_t i;

    if (!name.len || name.len >= sizeof key)
        return DTL_FACT_FIELDS;
    for (i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        key[i] = dtl_is_alpha(c) || dtl_is_digit(c) ? dtl_lower(c) : '.';
    }
    key[i] = '\0';
    found = bsearch(key, entries, sizeof entries / sizeof *entries,
                    sizeof *entries, compare_names);
    return found ? (dtl_fact_field)found->field : DTL_FACT_FIELDS;
}

/* Cards name what they show by pairs: twitter:label1 is "Written by" in the
 * page's language, twitter:data1 the name. A label about reading time goes
 * with a number. */
static void add_card_author(dtl_collector *c, dtl_str content)
{
    size_t i;

    for (i = 0; i < content.len; i++)
        if (dtl_is_digit(content.ptr[i]))
            return;
    dtl_facts_add(c, DTL_FACT_AUTHOR, DTL_SOURCE_META, content,
                  DTL_STR("meta twitter:data1"));
}

/* The name that a meta element goes by, from any of the attributes that give
 * one and mean something to us. */
static dtl_str name_of(dtl_collector *c, dtl_fact_field *field)
{
    static const dtl_name attributes[] = {DTL_N_PROPERTY, DTL_N_NAME,
                                          DTL_N_ITEMPROP, DTL_N_HTTP_EQUIV};
    dtl_str name = {NULL, 0};
    size_t i;

    *field = DTL_FACT_FIELDS;
    for (i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        dtl_str value =
            dtl_str_trim(dtl_html_attr_value(c->doc, c->node, attributes[i]));

        if (!value.len)
            continue;
        /* Microdata's metas belong to an item: see facts_microdata.c. */
        if (attributes[i] == DTL_N_ITEMPROP && c->item)
            continue;
        name = value;
        *field = look_up(value);
        if (*field != DTL_FACT_FIELDS)
            break;
    }
    return name;
}

void dtl_facts_meta(dtl_collector *c)
{
    dtl_fact_field field;
    dtl_str name = name_of(c, &field), content;
    bool card = dtl_str_eq_nocase(name, DTL_STR("twitter:data1"));
    dtl_fact *f;

    if (field == DTL_FACT_FIELDS && !card &&
        !dtl_str_eq_nocase(name, DTL_STR("og:image:alt")))
        return;
    content = dtl_html_attr_value(c->doc, c->node, DTL_N_CONTENT);
    if (!content.len)
        return;
    /* Many pages escape what is escaped already. */
    content = dtl_value_clean(content, DTL_VALUE_REFS | DTL_VALUE_TAGS,
                              c->arena, &c->status);
    if (card) {
        add_card_author(c, content);
        return;
    }
    if (field == DTL_FACT_FIELDS) {
        dtl_fact_list *images = &c->facts->field[DTL_FACT_IMAGE];

        f = images->count ? &images->at[images->count - 1] : NULL;
        if (f && f->source == DTL_SOURCE_META && !f->caption.ptr)
            f->caption = content;
        return;
    }
    dtl_facts_add(c, field, DTL_SOURCE_META, content,
                  dtl_facts_evidence(c, "meta", name));
}
