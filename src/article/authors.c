/* Who wrote the article.
 *
 * Each kind of witness (JSON-LD, microdata, metas, links to authors, bylines
 * that markup or words show) gives a list of names, in the order of how often
 * such lists are right. The first list with a person wins; an organisation
 * wins only where nobody is named, or where the page's own data name it
 * beside people. */
#include "article/author_names.h"
#include "article/meta.h"
#include "article/value.h"
#include "base/str.h"
#include "base/url.h"

enum {
    BEFORE_TITLE = 120, /* nodes before the title that a byline may be in */
    AFTER_TITLE = 400,  /* and behind it, where no body was found */
    LINE_MAX = 160      /* bytes of a line that may be a byline */
};

typedef struct {
    dtl_author_name at[DTL_AUTHORS_MAX];
    dtl_str url[DTL_AUTHORS_MAX];
    size_t count;
    size_t people;
} list;

typedef struct {
    dtl_meta *m;
    dtl_site_names sites;
    list best;    /* the first list with a person */
    list orphans; /* the first list without one */
    dtl_status status;
} contest;

/* ---- Lists -------------------------------------------------------------- */

static dtl_str bare(contest *c, dtl_str s)
{
    return dtl_value_bare(s, c->m->article->arena, &c->status);
}

static void add(contest *c, list *l, dtl_author_name name, dtl_str url)
{
    dtl_str key = bare(c, name.name);
    size_t i;

    if (!key.len || l->count == DTL_AUTHORS_MAX)
        return;
    for (i = 0; i < l->count; i++)
        if (dtl_str_eq(bare(c, l->at[i].name), key)) {
            if (!l->url[i].len)
                l->url[i] = url;
            return;
        }
    l->at[l->count] = name;
    l->url[l->count++] = url;
    l->people += !name.organization;
}

/* The names of one fact. What data call an organisation is not taken
 * apart. */
static void add_fact(contest *c, list *l, const dtl_fact *f)
{
    dtl_author_names names;
    size_t i;

    if (dtl_str_starts_nocase(f->value, DTL_STR("http")) ||
        dtl_str_starts_nocase(f->value, DTL_STR("www.")))
        return;
    if (dtl_str_ends(f->schema_type, DTL_STR("Organization")) &&
        f->value.len < LINE_MAX) {
        add(c, l, (dtl_author_name){f->value, true}, f->url);
        return;
    }
    dtl_author_names_read(f->value, &c->sites, c->m->article->arena, &names,
                          &c->status);
    for (i = 0; i < names.count; i++)
        add(c, l, names.at[i], names.count == 1 ? f->url : (dtl_str){NULL, 0});
}

/* Offers a list to the contest. */
static void offer(contest *c, const list *l)
{
    if (l->people && !c->best.count)
        c->best = *l;
    else if (l->count && !l->people && !c->orphans.count)
        c->orphans = *l;
}

/* ---- Witnesses ----------------------------------------------------------- */

static bool is_elsewhere(const dtl_fact *f)
{
    return f->place & (DTL_PLACE_ASIDE | DTL_PLACE_NAV | DTL_PLACE_COMMENTS |
                       DTL_PLACE_FOOTER | DTL_PLACE_QUOTE);
}

/* Whether a node stands where a byline does: around the title, before the
 * body's end. */
static bool is_near_title(const contest *c, dtl_html_ref node)
{
    dtl_html_ref title = c->m->title_node, end = title + AFTER_TITLE;

    if (!title)
        return !c->m->body.end || node < c->m->body.end;
    if (c->m->body.first > title && c->m->body.first + 40 < end)
        end = c->m->body.first + 40;
    return node + BEFORE_TITLE > title && node < end;
}

static void offer_facts(contest *c, dtl_fact_source source,
                        const char *evidence, bool elsewhere)
{
    const dtl_fact_list *facts = &c->m->facts->field[DTL_FACT_AUTHOR];
    list l = {0};
    size_t i;

    for (i = 0; i < facts->count; i++) {
        const dtl_fact *f = &facts->at[i];

        if (f->source != source || (!elsewhere && is_elsewhere(f)))
            continue;
        if (evidence && !dtl_str_eq(f->evidence, dtl_str_of(evidence)))
            continue;
        add_fact(c, &l, f);
    }
    offer(c, &l);
}

/* A byline that markup names: the first near the title that has a name, with
 * those that stand beside its name in the same byline. */
static void offer_bylines(contest *c, bool near)
{
    const dtl_fact_list *facts = &c->m->facts->field[DTL_FACT_AUTHOR];
    dtl_html_ref end = 0;
    list whole = {0}, parts = {0};
    size_t i;

    for (i = 0; i < facts->count; i++) {
        const dtl_fact *f = &facts->at[i];
        dtl_author_names names;
        size_t k;

        if (f->source != DTL_SOURCE_MARKUP || is_elsewhere(f) ||
            is_near_title(c, f->node) != near || f->value.len > LINE_MAX)
            continue;
        if (end && f->node >= end)
            break;
        dtl_author_names_read(f->value, &c->sites, c->m->article->arena, &names,
                              &c->status);
        if (!names.count)
            continue;
        if (!end) {
            end = dtl_html_subtree_end(c->m->doc, f->node);
            for (k = 0; k < names.count; k++)
                add(c, &whole, names.at[k], (dtl_str){NULL, 0});
        }
        /* An element that is all names is better than the line around it. */
        if (names.spent + 2 >= f->value.len)
            for (k = 0; k < names.count; k++)
                add(c, &parts, names.at[k], (dtl_str){NULL, 0});
    }
    offer(c, parts.people ? &parts : &whole);
}

/* A line of the page's words that begins with "by". */
static void offer_lines(contest *c)
{
    const dtl_meta *m = c->m;
    const dtl_html_doc *doc = m->doc;
    dtl_html_ref n, end = doc->node_count, next = 0;
    list l = {0};

    n = m->title_node > BEFORE_TITLE ? m->title_node - BEFORE_TITLE : 1;
    for (; n < end && !l.count; n++) {
        const dtl_html_node *node = &doc->nodes[n];
        dtl_author_names names;
        dtl_str line;
        size_t k;

        if (node->type != DTL_HTML_TEXT || n < next || !node->parent)
            continue;
        if (!is_near_title(c, n)) {
            if (n > m->title_node)
                break;
            continue;
        }
        line = dtl_str_trim(dtl_str_sub(doc->text, node->start, node->end));
        if (line.len < 2 || line.len > LINE_MAX ||
            !(dtl_author_label(line) || line.len < 12))
            continue;
        next = dtl_html_subtree_end(doc, node->parent);
        line = dtl_value_text(doc, node->parent, LINE_MAX + 1,
                              m->article->arena, &c->status);
        if (line.len > LINE_MAX)
            continue;
        dtl_author_names_read(line, &c->sites, m->article->arena, &names,
                              &c->status);
        if (!names.said_by || names.count > 4 || names.spent + 40 < line.len)
            continue;
        for (k = 0; k < names.count; k++)
            if (dtl_str_find_char(names.at[k].name, ' ') != SIZE_MAX)
                add(c, &l, names.at[k], (dtl_str){NULL, 0});
    }
    offer(c, &l);
}

/* ---- Out ------------------------------------------------------------------
 */

static dtl_status set_authors(contest *c, const list *l)
{
    dtl_article *a = c->m->article;
    size_t i;

    if (!l->count)
        return DTL_OK;
    a->authors = dtl_arena_calloc(a->arena, l->count, sizeof *a->authors);
    if (!a->authors)
        return DTL_NOMEM;
    for (i = 0; i < l->count; i++) {
        dtl_author *to = &a->authors[i];
        dtl_status st = DTL_OK;

        to->name = l->at[i].name;
        to->type =
            l->at[i].organization ? DTL_AUTHOR_ORGANIZATION : DTL_AUTHOR_PERSON;
        if (l->url[i].len)
            st = dtl_url_resolve(a->url, l->url[i], a->arena, &to->url);
        if (st != DTL_OK)
            return st;
        if (to->url.ptr && !dtl_url_is_web(to->url))
            to->url = (dtl_str){NULL, 0};
    }
    a->author_count = l->count;
    return DTL_OK;
}

dtl_status dtl_meta_authors(dtl_meta *m)
{
    static const char *const metas[] = {
        "meta twitter:data1",
        "meta parsely-author",
        "meta sailthru.author",
        "meta byl",
        "meta author",
        "meta article:author",
        NULL,
    };
    dtl_article *a = m->article;
    contest *c = dtl_arena_calloc(a->arena, 1, sizeof *c);
    size_t i;

    if (!c)
        return DTL_NOMEM;
    c->m = m;
    c->status = dtl_site_names_collect(m->facts, a->url, a->arena, &c->sites);
    offer_facts(c, DTL_SOURCE_JSON_LD, NULL, true);
    offer_facts(c, DTL_SOURCE_MICRODATA, NULL, false);
    offer_bylines(c, true);
    offer_facts(c, DTL_SOURCE_LINK, NULL, false);
    offer_facts(c, DTL_SOURCE_JSON_LD_OTHER, NULL, true);
    for (i = 0; i < sizeof metas / sizeof *metas; i++)
        offer_facts(c, DTL_SOURCE_META, metas[i], true);
    offer_lines(c);
    offer_bylines(c, false);
    if (c->status != DTL_OK)
        return c->status;
    return set_authors(c, c->best.count ? &c->best : &c->orphans);
}
