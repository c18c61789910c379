/* Collecting facts: the pass over the elements that the survey lists.
 *
 * They are met in tree order. For each bit of place the pass remembers the
 * node at which it ends, so where an element stands is known without looking
 * up. JSON-LD is read behind the pass, when it is known what it must agree
 * with. */
#include "article/facts.h"
#include "article/facts_collect.h"
#include "article/value.h"
#include "base/needles.h"
#include "base/str.h"

enum {
    PLACES = 12,          /* bits of DTL_PLACE_ */
    HEADING_MAX = 600,    /* bytes of an h1 */
    MARKED_MAX = 300,     /* bytes of a byline or a date line */
    MARKED_SOURCE = 4096, /* bytes of markup that such an element may span */
    HEADINGS = 8,         /* h2s and h3s that may be the title */
    SAMPLES = 64          /* marked elements, times of each kind that count */
};

typedef struct {
    dtl_collector c;
    dtl_html_ref until[PLACES];
    dtl_html_ref next_until; /* the first of them that is to come */
    uint32_t open;           /* places that the node is in, but for links */
    dtl_html_ref date_until; /* marked elements nest */
    uint32_t said;           /* DTL_SAYS_ of the element */
    unsigned times, dates, bylines, headings;
} pass;

dtl_fact *dtl_facts_add(dtl_collector *c, dtl_fact_field field,
                        dtl_fact_source source, dtl_str value, dtl_str evidence)
{
    dtl_fact_list *list = &c->facts->field[field];
    dtl_fact *f;

    if (!value.len || !evidence.len)
        return NULL;
    if (!dtl_arena_grow(c->arena, (void **)&list->at, list->count, &list->cap,
                        sizeof *f)) {
        c->status = DTL_NOMEM;
        return NULL;
    }
    f = &list->at[list->count++];
    *f = (dtl_fact){.value = value,
                    .evidence = evidence,
                    .source = source,
                    .place = c->place,
                    .node = c->node};
    return f;
}

dtl_str dtl_facts_evidence(dtl_collector *c, const char *source, dtl_str name)
{
    bool fold = strcmp(source, "meta") == 0;
    size_t n = strlen(source), i;
    char *out = dtl_arena_alloc(c->arena, n + 1 + name.len);

    if (!out) {
        c->status = DTL_NOMEM;
        return (dtl_str){NULL, 0};
    }
    memcpy(out, source, n);
    out[n++] = ' ';
    for (i = 0; i < name.len; i++)
        out[n++] = fold ? dtl_lower(name.ptr[i]) : name.ptr[i];
    return (dtl_str){out, n};
}

dtl_str dtl_facts_first(const dtl_facts *f, dtl_fact_field field,
                        dtl_fact_source source)
{
    const dtl_fact_list *list = &f->field[field];
    size_t i;

    for (i = 0; i < list->count; i++)
        if (list->at[i].source == source)
            return list->at[i].value;
    return (dtl_str){NULL, 0};
}

/* ---- Place ----------------------------------------------------------- */

static const uint16_t place_of_names[DTL_N_KNOWN] = {
    [DTL_N_HEAD] = DTL_PLACE_HEAD,
    [DTL_N_HEADER] = DTL_PLACE_HEADER,
    [DTL_N_FOOTER] = DTL_PLACE_FOOTER,
    [DTL_N_NAV] = DTL_PLACE_NAV,
    [DTL_N_ASIDE] = DTL_PLACE_ASIDE,
    [DTL_N_ARTICLE] = DTL_PLACE_ARTICLE,
    [DTL_N_MAIN] = DTL_PLACE_MAIN,
    [DTL_N_A] = DTL_PLACE_LINK, /* but see the survey */
    [DTL_N_FIGURE] = DTL_PLACE_FIGURE,
    [DTL_N_BLOCKQUOTE] = DTL_PLACE_QUOTE,
};

static uint32_t place_of_name(dtl_name name)
{
    return name < DTL_N_KNOWN ? place_of_names[name] : 0;
}

/* Class words name whole pages, too ("has-sidebar", "single-comments"):
 * those of an element that holds half the page place nothing. */
static bool is_wrapper(const dtl_html_doc *doc, dtl_html_ref n)
{
    const dtl_html_node *node = &doc->nodes[n];

    return node->name == DTL_N_HTML || node->name == DTL_N_BODY ||
           node->name == DTL_N_MAIN || node->name == DTL_N_ARTICLE ||
           (node->end - node->start) / 2 > doc->text.len / 4;
}

static uint32_t place_of_class(uint32_t words)
{
    uint32_t place = 0;

    if (words & DTL_CW_COMMENT)
        place |= DTL_PLACE_COMMENTS;
    if (words & (DTL_CW_RELATED | DTL_CW_TEASER | DTL_CW_SIDE))
        place |= DTL_PLACE_ASIDE;
    if (words & DTL_CW_NAV)
        place |= DTL_PLACE_NAV;
    if (words & DTL_CW_FOOTER)
        place |= DTL_PLACE_FOOTER;
    if (words & DTL_CW_HEADER)
        place |= DTL_PLACE_HEADER;
    if (words & DTL_CW_HIDDEN)
        place |= DTL_PLACE_HIDDEN;
    return place;
}

/* Forgets the places that end before the node. */
static void leave(pass *p)
{
    int i;

    p->open = 0;
    p->next_until = p->c.doc->node_count;
    for (i = 0; i < PLACES; i++) {
        if (p->until[i] <= p->c.node)
            continue;
        p->open |= 1u << i;
        if (p->until[i] < p->next_until)
            p->next_until = p->until[i];
    }
}

/* Notes what the node opens for those inside it. */
static void open_places(pass *p, uint32_t opens)
{
    dtl_html_ref end = dtl_html_subtree_end(p->c.doc, p->c.node);
    int i;

    for (i = 0; i < PLACES; i++)
        if (opens & 1u << i)
            p->until[i] = end;
    p->open |= opens;
    if (end < p->next_until)
        p->next_until = end;
}

/* Sets c.place for the node, and what it opens for those inside it. */
static void enter(pass *p, uint32_t words)
{
    dtl_collector *c = &p->c;
    uint32_t opens =
        place_of_name(c->doc->nodes[c->node].name) & ~(uint32_t)DTL_PLACE_LINK;

    if (c->node >= p->next_until)
        leave(p);
    if (p->said & DTL_SAYS_HIDDEN)
        opens |= DTL_PLACE_HIDDEN;
    if (words & DTL_FACT_PLACE_WORDS && !is_wrapper(c->doc, c->node))
        opens |= place_of_class(words);
    opens &= ~p->open;
    if (opens)
        open_places(p, opens);
    c->place = p->open | (p->said & DTL_SAYS_IN_LINK ? DTL_PLACE_LINK : 0u);
}

uint32_t dtl_facts_place_of(const dtl_html_doc *doc, dtl_html_ref n)
{
    uint32_t place = 0, i;

    for (; n; n = doc->nodes[n].parent) {
        const dtl_html_node *node = &doc->nodes[n];

        if (node->type != DTL_HTML_ELEMENT)
            continue;
        place |= place_of_name(node->name);
        if (is_wrapper(doc, n))
            continue;
        for (i = node->data; i < node->data + node->count; i++) {
            const dtl_html_attr *a = &doc->attrs[i];

            if (a->name != DTL_N_CLASS && a->name != DTL_N_ID)
                continue;
            place |= place_of_class(
                i < doc->note_count
                    ? doc->notes[i].bits
                    : dtl_class_bits(dtl_str_sub(doc->text, a->start, a->end)));
        }
    }
    return place;
}

/* ---- Elements -------------------------------------------------------- */

static dtl_str attr(dtl_collector *c, dtl_name name)
{
    return dtl_value_clean(dtl_html_attr_value(c->doc, c->node, name), 0,
                           c->arena, &c->status);
}

static dtl_str text(dtl_collector *c, size_t max)
{
    return dtl_value_text(c->doc, c->node, max, c->arena, &c->status);
}

static bool is_small(const dtl_collector *c)
{
    const dtl_html_node *node = &c->doc->nodes[c->node];

    return node->end - node->start <= MARKED_SOURCE;
}

/* Words of rel, as bits in the table's order. */
enum {
    REL_CANONICAL = 1,
    REL_NEXT = 2,
    REL_AMPHTML = 4,
    REL_IMAGE_SRC = 8,
    REL_ALTERNATE = 16,
    REL_NOFOLLOW = 32,
    REL_TAG = 64,
    REL_CATEGORY = 128,
    REL_AUTHOR = 256
};

static unsigned rel_of(dtl_str rel)
{
    static const dtl_str words[] = {
        {"canonical", 9}, {"next", 4},      {"amphtml", 7},
        {"image_src", 9}, {"alternate", 9}, {"nofollow", 8},
        {"tag", 3},       {"category", 8},  {"author", 6},
    };
    unsigned found = 0;
    dtl_str w;
    size_t i;

    while (dtl_str_word(&rel, &w))
        for (i = 0; i < sizeof words / sizeof *words; i++)
            if (w.len == words[i].len &&
                dtl_lower(w.ptr[0]) == words[i].ptr[0] &&
                dtl_str_eq_nocase(w, words[i]))
                found |= 1u << i;
    return found;
}

static void read_link(dtl_collector *c)
{
    unsigned rel = rel_of(attr(c, DTL_N_REL));
    dtl_str href;

    if (!(rel & (REL_CANONICAL | REL_NEXT | REL_AMPHTML | REL_IMAGE_SRC |
                 REL_ALTERNATE)))
        return;
    href = attr(c, DTL_N_HREF);
    if (rel & REL_CANONICAL)
        dtl_facts_add(c, DTL_FACT_URL, DTL_SOURCE_LINK, href,
                      DTL_STR("link canonical"));
    if (rel & REL_NEXT)
        dtl_facts_add(c, DTL_FACT_NEXT, DTL_SOURCE_LINK, href,
                      DTL_STR("link next"));
    if (rel & REL_AMPHTML)
        dtl_facts_add(c, DTL_FACT_AMP, DTL_SOURCE_LINK, href,
                      DTL_STR("link amphtml"));
    if (rel & REL_IMAGE_SRC)
        dtl_facts_add(c, DTL_FACT_IMAGE, DTL_SOURCE_LINK, href,
                      DTL_STR("link image_src"));
    /* The page in its own language, where it lists its translations. */
    if (rel & REL_ALTERNATE && c->url.len && dtl_str_eq(href, c->url))
        dtl_facts_add(c, DTL_FACT_LANGUAGE, DTL_SOURCE_LINK,
                      attr(c, DTL_N_HREFLANG), DTL_STR("link hreflang"));
}

static void read_anchor(dtl_collector *c)
{
    unsigned rel = rel_of(attr(c, DTL_N_REL));
    dtl_fact *f;

    if (rel & REL_NEXT && !(rel & REL_NOFOLLOW))
        dtl_facts_add(c, DTL_FACT_NEXT, DTL_SOURCE_LINK, attr(c, DTL_N_HREF),
                      DTL_STR("a next"));
    /* WordPress calls its categories tags too. */
    if (rel & REL_TAG && !(rel & REL_CATEGORY))
        dtl_facts_add(c, DTL_FACT_TAG, DTL_SOURCE_LINK, text(c, MARKED_MAX),
                      DTL_STR("a tag"));
    if (rel & REL_AUTHOR) {
        f = dtl_facts_add(c, DTL_FACT_AUTHOR, DTL_SOURCE_LINK,
                          text(c, MARKED_MAX), DTL_STR("a author"));
        if (f)
            f->url = attr(c, DTL_N_HREF);
    }
}

/* What class and id say of a date: that it is the publication's, a change's,
 * or only that it is one. */
static dtl_fact_field date_field(dtl_collector *c, bool *is_date)
{
    static const struct {
        const char *word;
        uint8_t field;
    } words[] = {
        /* First match wins: "date-updated" is a change, but where nothing
         * changed "published updated" are one date. */
        {"published updated", DTL_FACT_PUBLISHED},
        {"updat", DTL_FACT_MODIFIED},
        {"modif", DTL_FACT_MODIFIED},
        {"aktualisiert", DTL_FACT_MODIFIED},
        {"edited", DTL_FACT_MODIFIED},
        {"publi", DTL_FACT_PUBLISHED},
        {"pubdate", DTL_FACT_PUBLISHED},
        {"posted", DTL_FACT_PUBLISHED},
        {"creat", DTL_FACT_PUBLISHED},
        {"issued", DTL_FACT_PUBLISHED},
        {"release", DTL_FACT_PUBLISHED},
        {"date", DTL_FACT_DATE},
        {"datum", DTL_FACT_DATE},
        {"datetime", DTL_FACT_DATE},
        {"timestamp", DTL_FACT_DATE},
        {"fecha", DTL_FACT_DATE},
        {"time", DTL_FACT_DATE},
        {"datestamp", DTL_FACT_DATE},
        {"dateline", DTL_FACT_DATE},
        {"byline", DTL_FACT_DATE},
        {"meta", DTL_FACT_DATE},
    };
    static dtl_needles names = DTL_NEEDLES_OF(words, word);
    size_t first = dtl_needles_first(
        &names, dtl_html_attr_value(c->doc, c->node, DTL_N_CLASS));
    size_t i = dtl_needles_first(
        &names, dtl_html_attr_value(c->doc, c->node, DTL_N_ID));

    if (i < first)
        first = i;
    *is_date = first != SIZE_MAX;
    return *is_date ? (dtl_fact_field)words[first].field : DTL_FACT_DATE;
}

static void read_time(pass *p)
{
    dtl_collector *c = &p->c;
    dtl_str datetime = attr(c, DTL_N_DATETIME);
    bool marked;
    dtl_fact_field field = date_field(c, &marked);

    if (p->times++ >= SAMPLES)
        return;
    if (dtl_html_attr_find(c->doc, c->node, DTL_N_PUBDATE))
        field = DTL_FACT_PUBLISHED;
    if (datetime.len)
        dtl_facts_add(c, field, DTL_SOURCE_TIME, datetime,
                      DTL_STR("time[datetime]"));
    else
        dtl_facts_add(c, field, DTL_SOURCE_TIME, text(c, MARKED_MAX),
                      DTL_STR("time"));
}

/* Elements that class or id marks as byline or date line. Inside a marked
 * one there is nothing new. */
static void read_marked(pass *p, uint32_t words)
{
    dtl_collector *c = &p->c;
    bool is_date;
    dtl_fact_field field;
    dtl_html_ref end;

    if (!is_small(c))
        return;
    if ((words & DTL_CW_AUTHOR) && p->bylines < SAMPLES) {
        dtl_fact *f = dtl_facts_add(c, DTL_FACT_AUTHOR, DTL_SOURCE_MARKUP,
                                    text(c, MARKED_MAX), DTL_STR("byline"));

        p->bylines += f != NULL;
    }
    if ((words & DTL_CW_SUMMARY) &&
        !(c->place & (DTL_PLACE_ASIDE | DTL_PLACE_NAV | DTL_PLACE_FOOTER)))
        dtl_facts_add(c, DTL_FACT_SUBTITLE, DTL_SOURCE_MARKUP,
                      text(c, HEADING_MAX), DTL_STR("standfirst"));
    if (!(words & (DTL_CW_META | DTL_CW_AUTHOR)) || c->node < p->date_until ||
        p->dates >= SAMPLES)
        return;
    field = date_field(c, &is_date);
    if (!is_date)
        return;
    end = dtl_html_subtree_end(c->doc, c->node);
    p->date_until = end;
    p->dates++;
    dtl_facts_add(c, field, DTL_SOURCE_MARKUP, text(c, MARKED_MAX),
                  DTL_STR("date line"));
}

/* Attributes of the page's own making that hold dates: data-published and
 * the like. */
static const struct {
    const char *part;
    uint8_t field;
} data_fields[] = {
    {"updated", DTL_FACT_MODIFIED},   {"modif", DTL_FACT_MODIFIED},
    {"publish", DTL_FACT_PUBLISHED},  {"pubdate", DTL_FACT_PUBLISHED},
    {"pub-date", DTL_FACT_PUBLISHED}, {"timestamp", DTL_FACT_DATE},
    {"datetime", DTL_FACT_DATE},      {"data-date", DTL_FACT_DATE},
    {"data-time", DTL_FACT_DATE},
};

static dtl_needles data_parts = DTL_NEEDLES_OF(data_fields, part);

bool dtl_facts_is_date_name(dtl_str name)
{
    return dtl_needles_any(&data_parts, name);
}

static void read_data_attributes(pass *p)
{
    dtl_collector *c = &p->c;
    const dtl_html_node *node = &c->doc->nodes[c->node];
    uint32_t i;

    for (i = 0; i < node->count; i++) {
        const dtl_html_attr *a = &c->doc->attrs[node->data + i];
        dtl_str name, value;
        size_t field;

        if (a->name < DTL_N_KNOWN || p->dates >= SAMPLES)
            continue;
        name = dtl_html_name(c->doc, a->name);
        field = dtl_needles_first(&data_parts, name);
        if (field == SIZE_MAX)
            continue;
        value = dtl_html_attr_text(c->doc, a);
        if (value.len < 8 || value.len > 40)
            continue;
        p->dates++;
        dtl_facts_add(c, (dtl_fact_field)data_fields[field].field,
                      DTL_SOURCE_MARKUP,
                      dtl_value_clean(value, 0, c->arena, &c->status),
                      dtl_facts_evidence(c, "attribute", name));
    }
}

static dtl_script_kind script_kind(dtl_str type)
{
    if (dtl_str_starts_nocase(type, DTL_STR("application/ld+json")) ||
        dtl_str_starts_nocase(type, DTL_STR("application/json+ld")))
        return DTL_SCRIPT_JSON_LD;
    if (dtl_str_find_nocase(type, DTL_STR("json")) != SIZE_MAX)
        return DTL_SCRIPT_JSON;
    return DTL_SCRIPT_CODE;
}

static void read_script(dtl_collector *c)
{
    dtl_html_ref child = dtl_html_first_child(c->doc, c->node);
    dtl_facts *facts = c->facts;
    const dtl_html_node *node;
    dtl_script *s;

    if (!child || c->doc->nodes[child].type != DTL_HTML_TEXT)
        return;
    if (!dtl_arena_grow(c->arena, (void **)&facts->scripts, facts->script_count,
                        &facts->script_cap, sizeof *s)) {
        c->status = DTL_NOMEM;
        return;
    }
    node = &c->doc->nodes[child];
    s = &facts->scripts[facts->script_count++];
    s->node = c->node;
    s->kind = script_kind(attr(c, DTL_N_TYPE));
    s->id = attr(c, DTL_N_ID);
    s->text = dtl_str_sub(c->doc->text, node->start, node->end);
}

/* A headline often has a kicker over it in the same h1, set off by markup
 * alone: what stands in the h1's last element may be the whole headline. */
static void read_h1(dtl_collector *c)
{
    dtl_html_ref n = c->node, end = dtl_html_subtree_end(c->doc, n), last = 0;
    dtl_str whole = text(c, HEADING_MAX), part;

    dtl_facts_add(c, DTL_FACT_TITLE, DTL_SOURCE_H1, whole, DTL_STR("h1"));
    if (!(c->doc->nodes[n].flags & DTL_NODE_ENDED))
        return;
    for (n = dtl_html_first_child(c->doc, n); n; n = dtl_html_next(c->doc, n)) {
        const dtl_html_node *node = &c->doc->nodes[n];

        if (node->type == DTL_HTML_TEXT || node->type == DTL_HTML_ELEMENT)
            last = n;
        /* One element may wrap all. */
        if (node->type == DTL_HTML_ELEMENT && node->subtree_end > n + 1 &&
            !dtl_html_next(c->doc, n) && !dtl_html_has_prev(c->doc, n))
            n++;
    }
    if (!last || last >= end || !dtl_html_has_prev(c->doc, last))
        return;
    part = dtl_value_text(c->doc, last, HEADING_MAX, c->arena, &c->status);
    if (part.len < whole.len)
        dtl_facts_add(c, DTL_FACT_TITLE, DTL_SOURCE_H1, part,
                      DTL_STR("h1 part"));
}

/* Lower headings are titles where the site's name took the h1; only the
 * first ones outside of lists of other articles are worth a look. */
static void read_heading(pass *p)
{
    dtl_collector *c = &p->c;

    if (p->headings >= HEADINGS || !is_small(c) ||
        (c->place & (DTL_PLACE_ASIDE | DTL_PLACE_NAV | DTL_PLACE_FOOTER |
                     DTL_PLACE_COMMENTS)))
        return;
    p->headings++;
    dtl_facts_add(c, DTL_FACT_TITLE, DTL_SOURCE_MARKUP, text(c, MARKED_MAX),
                  c->doc->nodes[c->node].name == DTL_N_H2 ? DTL_STR("h2")
                                                          : DTL_STR("h3"));
}

static void read_html(dtl_collector *c)
{
    dtl_str lang = attr(c, DTL_N_LANG);

    if (!lang.len)
        lang = attr(c, DTL_N_XML_LANG);
    dtl_facts_add(c, DTL_FACT_LANGUAGE, DTL_SOURCE_HTML, lang,
                  DTL_STR("html lang"));
}

static void read_element(pass *p, uint32_t words)
{
    dtl_collector *c = &p->c;

    switch (c->doc->nodes[c->node].name) {
    case DTL_N_META:
        dtl_facts_meta(c);
        break;
    case DTL_N_LINK:
        if (p->said & DTL_SAYS_REL)
            read_link(c);
        break;
    case DTL_N_A:
        if (p->said & DTL_SAYS_REL)
            read_anchor(c);
        break;
    case DTL_N_SCRIPT:
        read_script(c);
        return;
    case DTL_N_TITLE:
        /* Later ones are names of drawings and frames. */
        if (!dtl_facts_first(c->facts, DTL_FACT_TITLE, DTL_SOURCE_TITLE).ptr)
            dtl_facts_add(c, DTL_FACT_TITLE, DTL_SOURCE_TITLE,
                          text(c, HEADING_MAX), DTL_STR("title"));
        return;
    case DTL_N_H1:
        read_h1(c);
        break;
    case DTL_N_H2:
    case DTL_N_H3:
        read_heading(p);
        break;
    case DTL_N_TIME:
        read_time(p);
        break;
    case DTL_N_HTML:
        read_html(c);
        break;
    default:
        break;
    }
    if (words & (DTL_CW_AUTHOR | DTL_CW_SUMMARY | DTL_CW_META))
        read_marked(p, words);
    if (p->said & DTL_SAYS_DATE)
        read_data_attributes(p);
    if (p->said & DTL_SAYS_ITEM)
        dtl_facts_microdata(c);
}

dtl_status dtl_facts_collect(dtl_html_doc *doc, const dtl_survey *survey,
                             dtl_str url, dtl_arena *arena, dtl_facts *out)
{
    pass p = {.c = {.doc = doc, .arena = arena, .facts = out, .url = url}};
    dtl_collector *c = &p.c;

    *out = (dtl_facts){0};
    for (size_t i = 0; i < survey->fact_count; i++) {
        const dtl_element_look *look = &survey->looks[survey->facts[i]];

        c->node = look->node;
        p.said = look->says;
        while (c->item && c->items[c->item - 1].end <= c->node)
            c->item = c->items[c->item - 1].parent;
        enter(&p, look->named);
        read_element(&p, look->named);
    }
    dtl_facts_microdata_end(c);
    dtl_facts_json_ld(c);
    return c->status;
}
