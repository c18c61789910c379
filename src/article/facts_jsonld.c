/* Facts of JSON-LD.
 *
 * Pages hold several scripts, each an item, an array or a @graph, and inside
 * them the article beside teasers of others, the site, its publisher, people
 * and breadcrumbs. The article is the item that agrees with the rest of the
 * page in headline or address, not the first one; what it says are facts of
 * DTL_SOURCE_JSON_LD, and some things that others say are facts of
 * DTL_SOURCE_JSON_LD_OTHER.
 *
 * A member may be a string, an object, a reference {"@id": ...} to an object
 * elsewhere, or an array of these; all are looked at alike. */
#include "article/facts_collect.h"
#include "article/value.h"
#include "base/str.h"
#include "json/read.h"

enum {
    ID_MAX = 512,   /* objects with an @id that references can name */
    ITEM_MAX = 256, /* items weighed for the main one, others of a script */
    ITEMS_MAX = 1 << 16, /* items that are listed */
    AUTHOR_MAX = 64,     /* people of one article */
    UPDATE_MAX = 4096    /* entries of a live blog */
};

typedef struct {
    dtl_json_doc *doc;
    dtl_json_ref ref;
} value;

typedef struct {
    value object;
    dtl_html_ref node;
    int score;
} candidate;

/* An object that says what it is. */
typedef struct {
    value object, types; /* types: a string or several */
    dtl_str type;        /* the first of them, or the first of articles */
    dtl_str id;
    dtl_html_ref node;
    bool article;
} typed;

typedef struct {
    dtl_collector *c;
    dtl_json_doc *docs;
    size_t doc_count;
    typed *items; /* in page order */
    size_t item_count, item_cap;
    candidate best;
    size_t articles;
    /* What agrees with the page: its titles, letters and digits alone. */
    dtl_str titles[8];
    size_t title_count;
} reader;

static const value NOTHING = {NULL, 0};

static value member(value v, const char *key)
{
    dtl_json_ref ref = v.doc ? dtl_json_get(v.doc, v.ref, key) : 0;

    return ref ? (value){v.doc, ref} : NOTHING;
}

static dtl_str text_of(value v)
{
    return v.doc ? dtl_json_text(v.doc, v.ref) : (dtl_str){NULL, 0};
}

static bool is_object(value v)
{
    return v.doc && dtl_json_is_object(v.doc, v.ref);
}

/* The i-th thing that v is: itself, or an array's i-th. */
static value each(value v, size_t i)
{
    if (!v.doc)
        return NOTHING;
    if (!dtl_json_is_array(v.doc, v.ref))
        return i ? NOTHING : v;
    v.ref = dtl_json_first(v.doc, v.ref);
    return v.ref ? v : NOTHING;
}

static value next_of(value list, value v)
{
    if (!list.doc || !dtl_json_is_array(list.doc, list.ref))
        return NOTHING;
    v.ref = dtl_json_next(v.doc, v.ref);
    return v.ref ? v : NOTHING;
}

/* for (each thing that a member is) */
#define EACH(v, list) for (value v = each(list, 0); v.doc; v = next_of(list, v))

/* ---- Types ---------------------------------------------------------- */

/* The name at the end of "http://schema.org/NewsArticle". */
static dtl_str type_name(dtl_str type)
{
    size_t at = type.len;

    while (at && type.ptr[at - 1] != '/' && type.ptr[at - 1] != '#' &&
           type.ptr[at - 1] != ':')
        at--;
    return dtl_str_sub(type, at, type.len);
}

/* Whether a name is in a list, by its exact case or, with nocase, by any. */
static bool is_in(dtl_str name, const dtl_str *list, size_t count, bool nocase)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (name.len == list[i].len &&
            (nocase ? dtl_str_eq_nocase(name, list[i])
                    : dtl_str_eq(name, list[i])))
            return true;
    return false;
}

bool dtl_facts_is_article(dtl_str type)
{
    static const dtl_str types[] = {
        {"Article", 7},         {"NewsArticle", 11},
        {"BlogPosting", 11},    {"LiveBlogPosting", 15},
        {"Report", 6},          {"SocialMediaPosting", 18},
        {"TechArticle", 11},    {"ScholarlyArticle", 16},
        {"APIReference", 12},   {"DiscussionForumPosting", 22},
        {"MedicalWebPage", 14}, {"MedicalScholarlyArticle", 23},
        {"CreativeWork", 12},   {"Review", 6},
        {"Recipe", 6},          {"HowTo", 5},
        {"QAPage", 6},          {"Interview", 9},
    };

    type = type_name(type);
    /* ReportageNewsArticle, OpinionNewsArticle and their kin. */
    return is_in(type, types, sizeof types / sizeof *types, true) ||
           dtl_str_ends(type, DTL_STR("NewsArticle"));
}

static void read_types(typed *it)
{
    EACH(v, it->types)
    {
        dtl_str type = type_name(text_of(v));

        it->article = dtl_facts_is_article(type);
        if (it->article || !it->type.ptr)
            it->type = type;
        if (it->article)
            return;
    }
}

static dtl_str type_of(value object)
{
    typed it = {.types = member(object, "@type")};

    read_types(&it);
    return it.type;
}

static bool is_type(const typed *it, const char *name)
{
    EACH(v, it->types)
    if (dtl_str_eq(type_name(text_of(v)), dtl_str_of(name)))
        return true;
    return false;
}

/* ---- Items ----------------------------------------------------------- */

static void add_item(reader *r, value object, dtl_json_ref types,
                     dtl_html_ref node)
{
    typed *it;

    if (r->item_count == ITEMS_MAX)
        return;
    if (!dtl_arena_grow(r->c->arena, (void **)&r->items, r->item_count,
                        &r->item_cap, sizeof *r->items)) {
        r->c->status = DTL_NOMEM;
        return;
    }
    it = &r->items[r->item_count++];
    *it = (typed){.object = object,
                  .types = {object.doc, types},
                  .id = text_of(member(object, "@id")),
                  .node = node};
    read_types(it);
}

/* Lists the objects that have a type. It may stand behind other members and
 * their objects, so it is noted by object first. */
static void list_items(reader *r, dtl_json_doc *doc, dtl_html_ref node)
{
    dtl_json_ref *types, ref;

    if (!doc->count)
        return;
    types = dtl_arena_calloc(r->c->arena, doc->count, sizeof *types);
    if (!types) {
        r->c->status = DTL_NOMEM;
        return;
    }
    for (ref = DTL_JSON_ROOT; ref < doc->count; ref++)
        if (dtl_str_eq(dtl_json_key(doc, ref), DTL_STR("@type")))
            types[dtl_json_parent(doc, ref)] = ref;
    for (ref = DTL_JSON_ROOT; ref < doc->count; ref++)
        if (types[ref])
            add_item(r, (value){doc, ref}, types[ref], node);
}

/* ---- References ------------------------------------------------------ */

/* The object that v refers to, where it is nothing but a reference. */
static value resolve(const reader *r, value v)
{
    dtl_str id;
    size_t i, ids = 0;

    if (!is_object(v) || dtl_json_get(v.doc, v.ref, "name") ||
        dtl_json_get(v.doc, v.ref, "@type"))
        return v;
    id = text_of(member(v, "@id"));
    if (!id.len)
        return v;
    for (i = 0; i < r->item_count && ids < ID_MAX; i++) {
        if (dtl_str_eq(r->items[i].id, id))
            return r->items[i].object;
        ids += r->items[i].id.len != 0;
    }
    return v;
}

/* ---- The page's own item --------------------------------------------- */

/* Members that hold other things than the page's article. */
static bool is_foreign_key(dtl_str key)
{
    static const dtl_str keys[] = {
        {"itemListElement", 15},
        {"hasPart", 7},
        {"liveBlogUpdate", 14},
        {"comment", 7},
        {"mentions", 8},
        {"citation", 8},
        {"isBasedOn", 9},
        {"relatedLink", 11},
        {"blogPost", 8},
        {"blogPosts", 9},
        {"isPartOf", 8},
        {"publisher", 9},
        {"author", 6},
        {"creator", 7},
        {"itemReviewed", 12},
        {"video", 5},
        {"image", 5},
        {"associatedMedia", 15},
        {"significantLink", 15},
        {"about", 5},
        {"review", 6},
        {"recordedAt", 10},
        {"workExample", 11},
        {"step", 4},
    };

    return is_in(key, keys, sizeof keys / sizeof *keys, false);
}

/* Whether a member above v says that v is no item of the page's own. Depth
 * counts as a limit, too: an article stands near the top. */
static bool is_foreign(value v)
{
    int depth = 0;

    for (; v.ref && v.ref != DTL_JSON_ROOT;
         v.ref = dtl_json_parent(v.doc, v.ref))
        if (++depth > 12 || is_foreign_key(dtl_json_key(v.doc, v.ref)))
            return true;
    return false;
}

/* Whether two addresses are the same page: scheme, "www.", query and a
 * slash at the end do not matter. */
static bool same_page(dtl_str a, dtl_str b)
{
    dtl_str *both[] = {&a, &b};
    size_t i, at;

    for (i = 0; i < 2; i++) {
        dtl_str *s = both[i];

        at = dtl_str_find(*s, DTL_STR("://"));
        if (at != SIZE_MAX)
            *s = dtl_str_sub(*s, at + 3, s->len);
        if (dtl_str_starts_nocase(*s, DTL_STR("www.")))
            *s = dtl_str_sub(*s, 4, s->len);
        for (at = 0; at < s->len && s->ptr[at] != '?' && s->ptr[at] != '#';)
            at++;
        s->len = at;
        if (s->len && s->ptr[s->len - 1] == '/')
            s->len--;
    }
    return a.len && dtl_str_eq(a, b);
}

static bool is_this_page(const reader *r, dtl_str url)
{
    const dtl_fact_list *urls = &r->c->facts->field[DTL_FACT_URL];
    size_t i;

    if (!url.len)
        return false;
    if (same_page(url, r->c->url))
        return true;
    for (i = 0; i < urls->count; i++)
        if (same_page(url, urls->at[i].value))
            return true;
    return false;
}

static bool is_page_url(const reader *r, value item)
{
    static const char *const keys[] = {"url", "mainEntityOfPage", "@id"};
    size_t i;

    for (i = 0; i < sizeof keys / sizeof *keys; i++)
        EACH(v, member(item, keys[i]))
        {
            dtl_str url = text_of(v);

            if (!url.len)
                url = text_of(member(v, "@id"));
            if (!url.len)
                url = text_of(member(v, "url"));
            if (is_this_page(r, url))
                return true;
        }
    return false;
}

/* Whether one of the page's titles is or holds the headline, or the headline
 * holds it. */
static bool is_page_title(reader *r, dtl_str headline)
{
    dtl_collector *c = r->c;
    dtl_str bare;
    size_t i;

    if (!headline.len || headline.len > 1000)
        return false;
    headline = dtl_value_clean(headline, DTL_VALUE_REFS | DTL_VALUE_TAGS,
                               c->arena, &c->status);
    bare = dtl_value_bare(headline, c->arena, &c->status);
    if (bare.len < 6)
        return false;
    for (i = 0; i < r->title_count; i++)
        if (dtl_str_find(r->titles[i], bare) != SIZE_MAX ||
            dtl_str_find(bare, r->titles[i]) != SIZE_MAX)
            return true;
    return false;
}

static void gather_titles(reader *r)
{
    const dtl_fact_list *titles = &r->c->facts->field[DTL_FACT_TITLE];
    size_t i;

    for (i = 0; i < titles->count && r->title_count < 8; i++) {
        const dtl_fact *f = &titles->at[i];
        dtl_str bare = dtl_value_bare(f->value, r->c->arena, &r->c->status);

        if (bare.len >= 6)
            r->titles[r->title_count++] = bare;
    }
}

/* How well an item fits as the page's article. Weights only order: agreement
 * beats kind, kind beats place. */
static int weigh(reader *r, const typed *it)
{
    value v = it->object;
    int score = dtl_str_ends(it->type, DTL_STR("Article")) ||
                        dtl_str_ends(it->type, DTL_STR("Posting"))
                    ? 3
                    : 1;

    if (is_page_title(r, text_of(member(v, "headline"))) ||
        is_page_title(r, text_of(member(v, "name"))))
        score += 20;
    if (is_page_url(r, v))
        score += 10;
    if (member(v, "datePublished").doc)
        score += 2;
    if (member(v, "author").doc)
        score += 1;
    return score;
}

static void weigh_items(reader *r)
{
    size_t i;

    for (i = 0; i < r->item_count && r->articles < ITEM_MAX; i++) {
        const typed *it = &r->items[i];
        int score;

        if (!it->article || is_foreign(it->object))
            continue;
        r->articles++;
        score = weigh(r, it);
        if (score > r->best.score)
            r->best = (candidate){it->object, it->node, score};
    }
}

/* ---- What it says ---------------------------------------------------- */

static dtl_str clean(reader *r, dtl_str s)
{
    return dtl_value_clean(s, DTL_VALUE_REFS | DTL_VALUE_TAGS, r->c->arena,
                           &r->c->status);
}

static dtl_fact *add(reader *r, dtl_fact_field field, dtl_fact_source source,
                     dtl_str raw, const char *key)
{
    dtl_str text = clean(r, raw);

    if (!text.len)
        return NULL;
    return dtl_facts_add(r->c, field, source, text,
                         dtl_facts_evidence(r->c, "json-ld", dtl_str_of(key)));
}

/* The words that a value shows: a string, an object's name, "true". */
static dtl_str shown(reader *r, value v)
{
    dtl_str text;

    v = resolve(r, v);
    text = text_of(v);
    if (text.len || !v.doc)
        return text;
    if (dtl_json_is_true(v.doc, v.ref))
        return DTL_STR("true");
    if (dtl_json_is_false(v.doc, v.ref))
        return DTL_STR("false");
    if (dtl_json_is_number(v.doc, v.ref))
        return dtl_json_written(v.doc, v.ref);
    text = text_of(each(member(v, "name"), 0));
    if (!text.len)
        text = text_of(member(v, "@value"));
    if (!text.len)
        text = text_of(member(v, "headline"));
    return text;
}

static void add_author(reader *r, value v, const char *key,
                       dtl_fact_source source)
{
    dtl_fact *f;

    v = resolve(r, v);
    f = add(r, DTL_FACT_AUTHOR, source, shown(r, v), key);
    if (!f || !is_object(v))
        return;
    f->schema_type = type_of(v);
    f->url = clean(r, text_of(each(member(v, "url"), 0)));
    if (!f->url.len)
        f->url = clean(r, text_of(each(member(v, "sameAs"), 0)));
}

static void add_authors(reader *r, value item, dtl_fact_source source)
{
    static const char *const keys[] = {"author", "creator", "byline"};
    size_t i, count = 0;

    for (i = 0; i < sizeof keys / sizeof *keys && !count; i++)
        EACH(v, member(item, keys[i]))
    if (count++ < AUTHOR_MAX)
        add_author(r, v, keys[i], source);
}

static void add_image(reader *r, value v, const char *key)
{
    dtl_str url;
    dtl_fact *f;

    v = resolve(r, v);
    url = text_of(v);
    if (!url.len)
        url = text_of(each(member(v, "url"), 0));
    if (!url.len)
        url = text_of(each(member(v, "contentUrl"), 0));
    f = add(r, DTL_FACT_IMAGE, DTL_SOURCE_JSON_LD, url, key);
    if (!f || !is_object(v))
        return;
    f->caption = clean(r, text_of(member(v, "caption")));
    if (!f->caption.len)
        f->caption = clean(r, text_of(member(v, "description")));
    f->credit = clean(r, text_of(member(v, "creditText")));
    if (!f->credit.len)
        f->credit = clean(r, shown(r, each(member(v, "author"), 0)));
    if (!f->credit.len)
        f->credit = clean(r, text_of(member(v, "copyrightNotice")));
}

/* Members that are said as they stand. */
static const struct {
    const char *key;
    uint8_t field;
} plain[] = {
    {"headline", DTL_FACT_TITLE},
    {"name", DTL_FACT_TITLE},
    {"alternativeHeadline", DTL_FACT_SUBTITLE},
    {"alternateName", DTL_FACT_SUBTITLE},
    {"description", DTL_FACT_DESCRIPTION},
    {"abstract", DTL_FACT_DESCRIPTION},
    {"datePublished", DTL_FACT_PUBLISHED},
    {"dateModified", DTL_FACT_MODIFIED},
    {"dateCreated", DTL_FACT_CREATED},
    {"uploadDate", DTL_FACT_CREATED},
    {"expires", DTL_FACT_EXPIRES},
    {"articleSection", DTL_FACT_SECTION},
    {"keywords", DTL_FACT_TAG},
    {"inLanguage", DTL_FACT_LANGUAGE},
    {"isAccessibleForFree", DTL_FACT_ACCESS},
    {"publisher", DTL_FACT_SITE},
};

static void add_plain(reader *r, value item, dtl_fact_source source)
{
    size_t i;

    for (i = 0; i < sizeof plain / sizeof *plain; i++)
        EACH(v, member(item, plain[i].key))
    add(r, (dtl_fact_field)plain[i].field, source, shown(r, v), plain[i].key);
}

static void add_body(reader *r, value item)
{
    dtl_collector *c = r->c;
    dtl_str body = text_of(member(item, "articleBody"));

    if (!body.len)
        return;
    body =
        dtl_value_clean(body, DTL_VALUE_REFS | DTL_VALUE_TAGS | DTL_VALUE_LINES,
                        c->arena, &c->status);
    dtl_facts_add(c, DTL_FACT_BODY, DTL_SOURCE_JSON_LD, body,
                  DTL_STR("json-ld articleBody"));
}

static void add_updates(reader *r, value item)
{
    dtl_facts *facts = r->c->facts;
    value list = member(item, "liveBlogUpdate");

    EACH(v, list)
    {
        dtl_live_update *u;

        v = resolve(r, v);
        if (!is_object(v) || facts->update_count == UPDATE_MAX)
            continue;
        if (!dtl_arena_grow(r->c->arena, (void **)&facts->updates,
                            facts->update_count, &facts->update_cap,
                            sizeof *u)) {
            r->c->status = DTL_NOMEM;
            return;
        }
        u = &facts->updates[facts->update_count++];
        u->headline = clean(r, text_of(member(v, "headline")));
        u->body = text_of(member(v, "articleBody"));
        u->published = clean(r, text_of(member(v, "datePublished")));
        u->modified = clean(r, text_of(member(v, "dateModified")));
        u->url = clean(r, text_of(each(member(v, "url"), 0)));
    }
}

static void add_urls(reader *r, value item)
{
    EACH(v, member(item, "mainEntityOfPage"))
    {
        dtl_str url = text_of(v);

        add(r, DTL_FACT_URL, DTL_SOURCE_JSON_LD,
            url.len ? url : text_of(member(v, "@id")), "mainEntityOfPage");
    }
    add(r, DTL_FACT_URL, DTL_SOURCE_JSON_LD, text_of(member(item, "url")),
        "url");
}

static void add_main(reader *r)
{
    static const char *const images[] = {"image", "thumbnailUrl"};
    value item = r->best.object;
    size_t i;

    r->c->node = r->best.node;
    r->c->facts->main_type = type_of(item);
    add(r, DTL_FACT_TYPE, DTL_SOURCE_JSON_LD, type_of(item), "@type");
    add_plain(r, item, DTL_SOURCE_JSON_LD);
    add_authors(r, item, DTL_SOURCE_JSON_LD);
    for (i = 0; i < sizeof images / sizeof *images; i++)
        EACH(v, member(item, images[i]))
    add_image(r, v, images[i]);
    add_urls(r, item);
    add_body(r, item);
    add_updates(r, item);
    EACH(v, member(item, "hasPart"))
    add(r, DTL_FACT_ACCESS, DTL_SOURCE_JSON_LD,
        shown(r, member(v, "isAccessibleForFree")),
        "hasPart isAccessibleForFree");
}

/* ---- What others say ------------------------------------------------- */

/* The section that a list of breadcrumbs ends in, before the page itself. */
static void add_breadcrumbs(reader *r, value list)
{
    value items = member(list, "itemListElement");

    EACH(v, items)
    {
        dtl_str name = text_of(member(v, "name"));

        if (!name.len)
            name = text_of(member(member(v, "item"), "name"));
        add(r, DTL_FACT_SECTION, DTL_SOURCE_JSON_LD_OTHER, name,
            "BreadcrumbList");
    }
}

static bool is_recording(const typed *it)
{
    return is_type(it, "VideoObject") || is_type(it, "AudioObject") ||
           is_type(it, "PodcastEpisode");
}

static void add_web_page(reader *r, const typed *it)
{
    value v = it->object;

    if (!is_page_url(r, v) && !is_page_title(r, text_of(member(v, "name"))) &&
        !is_page_title(r, text_of(member(v, "headline"))))
        return;
    if (is_recording(it))
        add(r, DTL_FACT_TYPE, DTL_SOURCE_JSON_LD_OTHER, it->type, "@type");
    add_plain(r, v, DTL_SOURCE_JSON_LD_OTHER);
    add_authors(r, v, DTL_SOURCE_JSON_LD_OTHER);
}

static void add_other(reader *r, const typed *it)
{
    dtl_str name;

    if (!it->type.len)
        return;
    if (dtl_str_eq(it->type, DTL_STR("BreadcrumbList"))) {
        add_breadcrumbs(r, it->object);
        return;
    }
    if (is_foreign(it->object))
        return;
    if (dtl_str_ends(it->type, DTL_STR("WebPage")) || is_recording(it) ||
        is_type(it, "ItemPage")) {
        add_web_page(r, it);
        return;
    }
    name = text_of(member(it->object, "name"));
    if (is_type(it, "WebSite"))
        add(r, DTL_FACT_SITE, DTL_SOURCE_JSON_LD_OTHER, name, "WebSite name");
    else if (dtl_str_ends(it->type, DTL_STR("Organization")))
        add(r, DTL_FACT_SITE, DTL_SOURCE_JSON_LD_OTHER, name,
            "Organization name");
    else if (is_type(it, "Person"))
        add_author(r, it->object, "Person", DTL_SOURCE_JSON_LD_OTHER);
}

static bool is_best(const reader *r, const typed *it)
{
    return it->object.doc == r->best.object.doc &&
           it->object.ref == r->best.object.ref;
}

static void add_others(reader *r)
{
    const dtl_json_doc *doc = NULL;
    size_t i, count = 0;

    for (i = 0; i < r->item_count; i++) {
        const typed *it = &r->items[i];

        if (it->object.doc != doc)
            count = 0;
        doc = it->object.doc;
        if (is_best(r, it) || count++ >= ITEM_MAX)
            continue;
        r->c->node = it->node;
        add_other(r, it);
    }
}

void dtl_facts_json_ld(dtl_collector *c)
{
    dtl_facts *facts = c->facts;
    reader r = {.c = c};
    size_t i, k;

    c->place = 0;
    c->item = 0;
    for (i = 0; i < facts->script_count; i++)
        r.doc_count += facts->scripts[i].kind == DTL_SCRIPT_JSON_LD;
    if (!r.doc_count)
        return;
    r.docs = dtl_arena_calloc(c->arena, r.doc_count, sizeof *r.docs);
    if (!r.docs) {
        c->status = DTL_NOMEM;
        return;
    }
    gather_titles(&r);
    for (i = k = 0; i < facts->script_count; i++) {
        if (facts->scripts[i].kind != DTL_SCRIPT_JSON_LD)
            continue;
        /* Past the limit of length there is nothing to read. */
        if (dtl_json_read(&r.docs[k], c->arena, facts->scripts[i].text) ==
            DTL_NOMEM)
            c->status = DTL_NOMEM;
        list_items(&r, &r.docs[k++], facts->scripts[i].node);
    }
    weigh_items(&r);
    /* Of many articles none of which is this page's, none is it. */
    if (r.best.score && (r.best.score >= 10 || r.articles <= 2))
        add_main(&r);
    add_others(&r);
    for (k = 0; k < r.doc_count; k++)
        if (r.docs[k].status == DTL_NOMEM)
            c->status = DTL_NOMEM;
}
