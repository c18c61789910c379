/* Facts of microdata and RDFa.
 *
 * An element with itemscope (or typeof) opens an item that lasts as long as
 * the element; properties inside it are the innermost open item's. Teasers
 * of other articles are items as well, so each fact keeps the number of its
 * article, and at the end only one article's stay in the running. */
#include "article/facts_collect.h"
#include "article/value.h"
#include "base/str.h"

enum {
    TEXT_MAX = 600 /* bytes of text that one property gives */
};

static const struct {
    const char *name;
    uint8_t field;
} properties[] = {
    {"alternativeHeadline", DTL_FACT_SUBTITLE},
    {"articleSection", DTL_FACT_SECTION},
    {"author", DTL_FACT_AUTHOR},
    {"creator", DTL_FACT_AUTHOR},
    {"dateCreated", DTL_FACT_CREATED},
    {"dateModified", DTL_FACT_MODIFIED},
    {"datePublished", DTL_FACT_PUBLISHED},
    {"date", DTL_FACT_DATE},
    {"description", DTL_FACT_DESCRIPTION},
    {"headline", DTL_FACT_TITLE},
    {"image", DTL_FACT_IMAGE},
    {"inLanguage", DTL_FACT_LANGUAGE},
    {"isAccessibleForFree", DTL_FACT_ACCESS},
    {"issued", DTL_FACT_PUBLISHED},
    {"created", DTL_FACT_CREATED},
    {"modified", DTL_FACT_MODIFIED},
    {"keywords", DTL_FACT_TAG},
    {"mainEntityOfPage", DTL_FACT_URL},
    {"name", DTL_FACT_TITLE},
    {"publisher", DTL_FACT_SITE},
    {"title", DTL_FACT_TITLE},
    {"uploadDate", DTL_FACT_CREATED},
};

dtl_fact_field dtl_facts_property(dtl_str name)
{
    size_t i, at = name.len;

    /* "schema:datePublished", "dc:date", "http://schema.org/author" */
    while (at && name.ptr[at - 1] != ':' && name.ptr[at - 1] != '/')
        at--;
    name = dtl_str_sub(name, at, name.len);
    for (i = 0; i < sizeof properties / sizeof *properties; i++)
        if (dtl_str_eq_nocase(name, dtl_str_of(properties[i].name)))
            return (dtl_fact_field)properties[i].field;
    return DTL_FACT_FIELDS;
}

static bool has(dtl_collector *c, dtl_name name)
{
    return dtl_html_attr_find(c->doc, c->node, name) != NULL;
}

static dtl_str attr(dtl_collector *c, dtl_name name)
{
    return dtl_str_trim(dtl_html_attr_value(c->doc, c->node, name));
}

/* What the element says as a property: an attribute by its kind, else its
 * text. */
static dtl_str value_of(dtl_collector *c, bool is_date)
{
    dtl_name name = c->doc->nodes[c->node].name;
    dtl_str s = attr(c, DTL_N_CONTENT);

    if (!s.len && name == DTL_N_TIME)
        s = attr(c, DTL_N_DATETIME);
    if (!s.len && is_date)
        s = attr(c, DTL_N_DATETIME);
    if (!s.len && (name == DTL_N_IMG || name == DTL_N_VIDEO))
        s = attr(c, DTL_N_SRC);
    if (!s.len && name == DTL_N_LINK)
        s = attr(c, DTL_N_HREF);
    if (!s.len && name == DTL_N_DATA)
        s = attr(c, DTL_N_VALUE);
    if (s.len)
        return dtl_value_clean(s, DTL_VALUE_REFS, c->arena, &c->status);
    return dtl_value_text(c->doc, c->node, TEXT_MAX, c->arena, &c->status);
}

/* The article that an item is or stands in, by number. */
static uint32_t article_of(const dtl_collector *c, uint32_t item)
{
    return item ? c->items[item - 1].inner_article : 0;
}

static void open_item(dtl_collector *c, dtl_str type, uint8_t field)
{
    dtl_item *it;

    if (!dtl_arena_grow(c->arena, (void **)&c->items, c->item_count,
                        &c->item_cap, sizeof *it)) {
        c->status = DTL_NOMEM;
        return;
    }
    it = &c->items[c->item_count++];
    it->node = c->node;
    it->end = dtl_html_subtree_end(c->doc, c->node);
    it->article = dtl_facts_is_article(type);
    it->person = dtl_str_ends(type, DTL_STR("Person"));
    it->organization = dtl_str_ends(type, DTL_STR("Organization"));
    it->field = field;
    it->parent = c->item;
    it->inner_article =
        it->article ? (uint32_t)c->item_count : article_of(c, c->item);
    it->outer_article = c->item && c->items[c->item - 1].outer_article
                            ? c->items[c->item - 1].outer_article
                            : it->inner_article;
    c->item = (uint32_t)c->item_count;
}

/* A name inside an item that is itself a property's value: an author's, a
 * publisher's. */
static void add_name(dtl_collector *c, const dtl_item *it)
{
    dtl_fact_field field = (dtl_fact_field)it->field;
    dtl_fact *f;

    if (field != DTL_FACT_AUTHOR && field != DTL_FACT_SITE)
        return;
    f = dtl_facts_add(c, field, DTL_SOURCE_MICRODATA, value_of(c, false),
                      field == DTL_FACT_AUTHOR
                          ? DTL_STR("microdata author name")
                          : DTL_STR("microdata publisher name"));
    if (!f)
        return;
    f->item = article_of(c, c->item);
    f->schema_type = it->person         ? DTL_STR("Person")
                     : it->organization ? DTL_STR("Organization")
                                        : (dtl_str){NULL, 0};
    if (c->doc->nodes[c->node].name == DTL_N_A)
        f->url = attr(c, DTL_N_HREF);
}

/* Keywords in links of their own, one fact each. False when the element has
 * fewer than two. */
static bool add_linked(dtl_collector *c, dtl_str name, dtl_fact_field field)
{
    dtl_html_ref end = dtl_html_subtree_end(c->doc, c->node), n;
    dtl_html_ref first = dtl_html_find(c->doc, c->node, end, DTL_N_A);

    if (!first || !dtl_html_find(c->doc, first + 1, end, DTL_N_A))
        return false;
    for (n = first; n; n = dtl_html_find(c->doc, n + 1, end, DTL_N_A)) {
        dtl_str text =
            dtl_value_text(c->doc, n, TEXT_MAX, c->arena, &c->status);
        dtl_fact *f;

        f = dtl_facts_add(c, field, DTL_SOURCE_MICRODATA, text,
                          dtl_facts_evidence(c, "microdata", name));
        if (f)
            f->item = article_of(c, c->item);
    }
    return true;
}

static void add_property(dtl_collector *c, dtl_str name, dtl_fact_field field)
{
    bool is_date = field == DTL_FACT_PUBLISHED || field == DTL_FACT_MODIFIED ||
                   field == DTL_FACT_CREATED || field == DTL_FACT_DATE;
    dtl_fact *f;

    if (field == DTL_FACT_TAG && add_linked(c, name, field))
        return;
    f = dtl_facts_add(c, field, DTL_SOURCE_MICRODATA, value_of(c, is_date),
                      dtl_facts_evidence(c, "microdata", name));
    if (!f)
        return;
    f->item = article_of(c, c->item);
    if (field == DTL_FACT_AUTHOR && c->doc->nodes[c->node].name == DTL_N_A)
        f->url = attr(c, DTL_N_HREF);
}

/* One property of the element's, in the innermost open item. */
static void read_property(dtl_collector *c, dtl_str name, bool opens,
                          uint8_t *value_field)
{
    dtl_fact_field field = dtl_facts_property(name);
    const dtl_item *it = c->item ? &c->items[c->item - 1] : NULL;

    if (field == DTL_FACT_FIELDS)
        return;
    *value_field = (uint8_t)field;
    if (opens)
        return;
    if (dtl_str_eq_nocase(name, DTL_STR("name")) && it && !it->article) {
        add_name(c, it);
        return;
    }
    /* What a person, a picture or a publisher is called or when a video was
     * put up is not about the article. */
    if (it && !it->article && (it->parent || it->person || it->organization))
        return;
    /* "name" and "title" of things without a type are anyone's. */
    if (!it && field == DTL_FACT_TITLE &&
        !dtl_str_eq_nocase(name, DTL_STR("headline")))
        return;
    add_property(c, name, field);
}

void dtl_facts_microdata(dtl_collector *c)
{
    bool opens = has(c, DTL_N_ITEMSCOPE) || has(c, DTL_N_TYPEOF);
    dtl_str type = {NULL, 0}, words, word;
    uint8_t field = DTL_FACT_FIELDS;

    words = attr(c, DTL_N_ITEMPROP);
    if (!words.len && c->doc->nodes[c->node].name != DTL_N_META)
        words = attr(c, DTL_N_PROPERTY);
    while (dtl_str_word(&words, &word))
        read_property(c, word, opens, &field);
    if (!opens)
        return;
    type = attr(c, DTL_N_ITEMTYPE);
    if (!type.len)
        type = attr(c, DTL_N_TYPEOF);
    open_item(c, type, field);
}

/* ---- The page's own article ------------------------------------------ */

/* Number of the item that is the page's article: the one that holds the
 * first h1; else the first. 0: none. */
static uint32_t main_item(const dtl_collector *c)
{
    const dtl_fact_list *titles = &c->facts->field[DTL_FACT_TITLE];
    uint32_t articles = 0, first = 0;
    size_t i, k;

    for (i = 0; i < c->item_count; i++) {
        if (c->items[i].outer_article != i + 1)
            continue;
        articles++;
        if (!first)
            first = (uint32_t)i + 1;
    }
    if (articles <= 1)
        return first;
    for (k = 0; k < titles->count; k++) {
        dtl_html_ref node = titles->at[k].node;

        if (titles->at[k].source != DTL_SOURCE_H1)
            continue;
        for (i = c->item_count; i-- > 0;)
            if (c->items[i].article && c->items[i].node <= node &&
                node < c->items[i].end)
                return c->items[i].outer_article;
    }
    return first;
}

void dtl_facts_microdata_end(dtl_collector *c)
{
    uint32_t main = main_item(c);
    int field;
    size_t i;

    if (!main)
        return;
    for (field = 0; field < DTL_FACT_FIELDS; field++) {
        dtl_fact_list *list = &c->facts->field[field];

        for (i = 0; i < list->count; i++) {
            uint32_t item = list->at[i].item;

            /* An article in the article is a teaser, too. */
            if (item && item != main)
                list->at[i].place |= DTL_PLACE_OTHER_ITEM;
        }
    }
}
