/* The pictures of an article.
 *
 * One pass over the tree lists every picture from the page's beginning to
 * behind the body, passing over menus, lists of other articles, authors'
 * boxes, advertisements and foreign posts. The lead image is the listed
 * picture that the page's metadata names; else the one between headline and
 * body; else, without a picture on the page, the named address by itself.
 * Then come the pictures of the body in their order, each once. */
#include "article/caption.h"
#include "article/class_words.h"
#include "article/meta.h"
#include "article/picture.h"
#include "article/value.h"
#include "base/needles.h"
#include "base/str.h"
#include "base/url.h"
#include "json/read.h"

enum {
    PICTURES_MAX = 1000, /* that are looked at on a page */
    FACTS_MAX = 24,      /* addresses that metadata name */
    UP_MAX = 8,          /* elements around a picture that are asked */
    LARGE = 40,          /* nodes of an element that it pays to pass over */
    WIDE = 300           /* CSS pixels of a picture that is content by itself */
};

/* Where a picture stands. */
typedef enum {
    PLACE_BEFORE, /* the headline */
    PLACE_ABOVE,  /* the body, below the headline */
    PLACE_INSIDE,
    PLACE_BEHIND /* the body, in the same element */
} place;

typedef struct {
    dtl_html_ref node;
    dtl_str address; /* as written; ptr NULL: not known yet */
    dtl_str url;     /* made of it when asked for, as is the key */
    dtl_str alt;
    dtl_picture_key key;
    uint8_t place;
    bool has_url, has_key;
    bool sure;     /* in a figure, or what calls itself one */
    bool fit;      /* may be listed without being named by the metadata */
    bool doubtful; /* only with a caption */
    bool used;
} picture;

typedef struct {
    dtl_meta *m;
    dtl_html_doc *doc;
    dtl_arena *arena;
    dtl_str base;
    bool web; /* the base is empty, or an http or https address */
    dtl_html_ref start, end; /* of the part that may hold the images */
    picture *list;
    size_t count, cap;
    dtl_html_ref clear; /* an element that nothing foreign is around */
    dtl_caption_memo captions;
    dtl_status status;
    dtl_image *images;
    size_t image_count;
} finder;

/* ---- The part of the page -------------------------------------------------
 */

static bool is_grouping(const dtl_html_doc *d, dtl_html_ref n)
{
    switch (d->nodes[n].name) {
    case DTL_N_DIV:
    case DTL_N_ARTICLE:
    case DTL_N_SECTION:
    case DTL_N_MAIN:
    case DTL_N_TD:
    case DTL_N_CENTER:
        return d->nodes[n].type == DTL_HTML_ELEMENT;
    default:
        return false;
    }
}

/* The innermost element for grouping that holds all of the body; 0 when that
 * is the page's body. */
static dtl_html_ref body_holder(const finder *f)
{
    const dtl_html_doc *d = f->doc;
    dtl_html_ref n = f->m->body.first;

    while (n &&
           !(is_grouping(d, n) && dtl_html_subtree_end(d, n) >= f->m->body.end))
        n = d->nodes[n].parent;
    return n;
}

static void find_part(finder *f)
{
    dtl_body_range body = f->m->body;
    dtl_html_ref holder, title = f->m->title_node;

    if (!body.end) {
        f->start = f->end = f->doc->node_count;
        return;
    }
    holder = body_holder(f);
    f->start = title && title < body.first ? title
               : holder                    ? holder
                                           : body.first;
    f->end = holder ? dtl_html_subtree_end(f->doc, holder) : body.end;
}

static place place_of(const finder *f, dtl_html_ref n)
{
    if (n < f->start)
        return PLACE_BEFORE;
    if (n < f->m->body.first || n < f->m->prose)
        return PLACE_ABOVE;
    return n < f->m->body.end ? PLACE_INSIDE : PLACE_BEHIND;
}

/* ---- What is passed over ------------------------------------------------- */

/* Whether a text of the body stands in [n, end). */
static bool holds_body(const dtl_meta *m, dtl_html_ref n, dtl_html_ref end)
{
    size_t low = 0, high = m->text_count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (m->texts[mid] < n)
            low = mid + 1;
        else
            high = mid;
    }
    return low < m->text_count && m->texts[low] < end;
}

/* Whether it holds the headline or some of the body, and so is not to be
 * passed over, whatever it is called. */
static bool is_around(const finder *f, dtl_html_ref n)
{
    dtl_html_ref end = dtl_html_subtree_end(f->doc, n);
    dtl_html_ref title = f->m->title_node;

    return (title && n <= title && title < end) || holds_body(f->m, n, end);
}

static bool is_foreign_name(const dtl_html_doc *d, dtl_html_ref n)
{
    switch (d->nodes[n].name) {
    case DTL_N_HEAD:
    case DTL_N_NAV:
    case DTL_N_FOOTER:
    case DTL_N_DIALOG:
    case DTL_N_MENU:
    case DTL_N_BUTTON:
    case DTL_N_AMP_AD:
    case DTL_N_AMP_SOCIAL_SHARE:
        return true;
    default:
        return false;
    }
}

static bool is_foreign(finder *f, dtl_html_ref n)
{
    static const uint32_t never = DTL_CW_AD | DTL_CW_RELATED | DTL_CW_AUTHOR |
                                  DTL_CW_COMMENT | DTL_CW_CONSENT;
    static const uint32_t boxes = DTL_CW_NAV | DTL_CW_FOOTER | DTL_CW_SHARE |
                                  DTL_CW_PROMO | DTL_CW_PAYWALL | DTL_CW_TAGS |
                                  DTL_CW_MODAL;
    dtl_html_doc *d = f->doc;
    uint32_t bits;

    if (d->nodes[n].ns != DTL_NS_HTML || is_foreign_name(d, n))
        return true;
    bits = dtl_class_bits_of_names(d, n);
    if (dtl_html_is(d, n, DTL_N_ASIDE) && !(bits & DTL_CW_MEDIA))
        return true;
    if (dtl_html_is(d, n, DTL_N_FIGURE) || dtl_picture_is(d, n) ||
        dtl_html_is(d, n, DTL_N_PICTURE))
        return bits & never && !(bits & DTL_CW_MEDIA);
    return bits & (never | boxes) ||
           (bits & DTL_CW_SIDE && !(bits & DTL_CW_MEDIA));
}

/* Behind the outermost part around n, or n itself, that is to be passed over;
 * 0 where there is none. */
static dtl_html_ref passed_over(finder *f, dtl_html_ref n)
{
    dtl_html_doc *d = f->doc;
    dtl_html_ref a, end = 0;

    for (a = n; a && !dtl_html_contains(d, a, f->clear);
         a = d->nodes[a].parent) {
        const dtl_html_node *node = &d->nodes[a];

        if (node->type == DTL_HTML_FRAGMENT ||
            (node->type == DTL_HTML_ELEMENT && is_foreign(f, a) &&
             !is_around(f, a)))
            end = dtl_html_subtree_end(d, a);
    }
    if (!end)
        f->clear = n;
    return end;
}

/* ---- Addresses -----------------------------------------------------------
 */

/* Makes an address absolute; what cannot be stays as it is written. */
static dtl_str absolute(finder *f, dtl_str address)
{
    dtl_str url;

    if (dtl_url_resolve(f->base, address, f->arena, &url) != DTL_OK) {
        f->status = DTL_NOMEM;
        return (dtl_str){NULL, 0};
    }
    if (!url.ptr)
        return address;
    return dtl_url_is_web(url) ? url : (dtl_str){NULL, 0};
}

static dtl_str url_of(finder *f, picture *p)
{
    if (!p->has_url) {
        p->has_url = true;
        p->url = absolute(f, p->address);
    }
    return p->url;
}

static const dtl_picture_key *key_of(finder *f, picture *p)
{
    if (!p->has_key) {
        p->has_key = true;
        p->key = dtl_picture_key_of(url_of(f, p));
    }
    return &p->key;
}

/* Takes over an address, which is real; true where it is one of the web. What
 * may have another scheme is looked into at once. */
static bool set_address(finder *f, picture *p, dtl_str address)
{
    size_t colon = dtl_str_find_char(address, ':');
    bool schemeless = colon > 11 && dtl_str_find_char(address, '/') > colon &&
                      colon != SIZE_MAX;

    p->address = address;
    p->has_url = p->has_key = false;
    if ((schemeless || !f->web) && !url_of(f, p).ptr)
        p->address = (dtl_str){NULL, 0};
    return p->address.ptr != NULL;
}

/* ---- One picture --------------------------------------------------------- */

/* The number of CSS pixels that an attribute gives; 0: it gives none. */
static unsigned pixels(finder *f, dtl_html_ref n, dtl_name name)
{
    dtl_str s = dtl_str_trim(dtl_html_attr_value(f->doc, n, name));
    unsigned value = 0;
    size_t i;

    for (i = 0; i < s.len && i < 6 && dtl_is_digit(s.ptr[i]); i++)
        value = value * 10 + (unsigned)(s.ptr[i] - '0');
    if (i < s.len && s.ptr[i] == '%')
        return 0;
    return i ? (value ? value : 1) : 0;
}

static bool is_small(unsigned width, unsigned height)
{
    if ((width && width < 50) || (height && height < 50))
        return true;
    return width && height && width <= 120 && height <= 120;
}

static bool has_ornament_class(finder *f, dtl_html_ref n)
{
    static const char *const words[] = {
        "avatar", "icon",  "logo",    "emoji",    "smiley",
        "sprite", "badge", "userpic", "gravatar", "tracking"};
    static dtl_needles ornaments = DTL_NEEDLES(words);

    return dtl_needles_any(&ornaments,
                           dtl_html_attr_value(f->doc, n, DTL_N_CLASS));
}

/* What is around a picture. */
typedef struct {
    dtl_html_ref link;
    bool figure; /* the element, not a class word */
    bool media;
    bool teaser;
} surroundings;

static surroundings around(finder *f, dtl_html_ref n)
{
    dtl_html_doc *d = f->doc;
    surroundings s = {0, false, false, false};
    uint32_t bits;
    int level;

    for (level = 0; level < UP_MAX; level++) {
        n = d->nodes[n].parent;
        if (!n || (f->m->body.end && n <= f->m->body.first &&
                   dtl_html_subtree_end(d, n) >= f->m->body.end))
            break;
        if (!s.link && dtl_html_is(d, n, DTL_N_A))
            s.link = n;
        bits = dtl_class_bits_of(d, n, DTL_N_CLASS);
        s.figure |= dtl_html_is(d, n, DTL_N_FIGURE);
        s.media |= (bits & DTL_CW_MEDIA) != 0;
        s.teaser |= (bits & DTL_CW_TEASER) != 0;
    }
    return s;
}

static bool is_same_host(finder *f, dtl_str href)
{
    dtl_str url;
    dtl_url a, b;

    if (dtl_url_resolve(f->base, href, f->arena, &url) != DTL_OK || !url.ptr)
        return true;
    if (!dtl_url_split(url, &a) || !dtl_url_split(f->base, &b))
        return true;
    return dtl_str_eq(a.host, b.host);
}

/* Whether a link around a picture leads to something else: another article,
 * an offer. */
static bool leads_away(finder *f, dtl_html_ref link, picture *p, unsigned width)
{
    dtl_str href = dtl_str_trim(dtl_html_attr_value(f->doc, link, DTL_N_HREF));
    dtl_str path = dtl_str_sub(href, 0, dtl_str_find_char(href, '?'));
    dtl_picture_key key;

    if (!href.len)
        return false;
    if (href.ptr[0] == '#' ||
        dtl_str_starts_nocase(href, DTL_STR("javascript:")))
        return !p->alt.len && width < WIDE;
    if (dtl_picture_is_file(path))
        return false;
    key = dtl_picture_key_of(href);
    if (dtl_picture_keys_agree(&key, key_of(f, p)))
        return false;
    return width < WIDE || !is_same_host(f, href);
}

/* Whether what is said of a picture is little but an author's name. */
static bool is_portrait(finder *f, dtl_str alt)
{
    const dtl_fact_list *authors = &f->m->facts->field[DTL_FACT_AUTHOR];

    for (size_t i = 0; alt.len && i < authors->count; i++) {
        dtl_str name = authors->at[i].value;

        if (name.len > 6 && alt.len <= name.len + 16 &&
            dtl_str_find_nocase(alt, name) != SIZE_MAX)
            return true;
    }
    return false;
}

/* Drawings are signs more often than charts. */
static bool is_drawing(dtl_str url)
{
    return dtl_str_ends(dtl_str_sub(url, 0, dtl_str_find_char(url, '?')),
                        DTL_STR(".svg"));
}

/* Whether a picture may be listed without being named by the metadata: what is
 * soon told is asked first. */
static bool is_fit(finder *f, picture *p, const surroundings *s)
{
    unsigned width, height;

    if (p->place == PLACE_BEFORE)
        return false;
    width = pixels(f, p->node, DTL_N_WIDTH);
    if (p->place == PLACE_ABOVE && !p->sure && width < WIDE &&
        (!p->alt.len || s->link))
        return false;
    if (p->place == PLACE_BEHIND && (s->link || (!p->sure && width < WIDE)))
        return false;
    height = pixels(f, p->node, DTL_N_HEIGHT);
    if (is_small(width, height) || has_ornament_class(f, p->node) ||
        (!p->sure && dtl_picture_is_ornament(url_of(f, p))) ||
        is_portrait(f, p->alt))
        return false;
    return !s->link || (!s->teaser && s->figure) ||
           !leads_away(f, s->link, p, s->teaser ? 0 : width);
}

static void judge(finder *f, picture *p)
{
    surroundings s = around(f, p->node);

    p->sure = s.figure || s.media;
    p->fit = is_fit(f, p, &s);
    p->doubtful = p->fit && (is_drawing(url_of(f, p)) ||
                             (s.link && leads_away(f, s.link, p, WIDE)));
}

/* A noscript's picture is the twin of the one before it, which waits for its
 * address or has the same. True when it was. */
static bool is_twin(finder *f, dtl_html_ref noscript, dtl_html_ref n,
                    dtl_str address)
{
    dtl_html_doc *d = f->doc;
    picture *last;
    dtl_html_ref a;
    dtl_picture_key key;
    int level;

    if (!f->count)
        return false;
    last = &f->list[f->count - 1];
    for (a = last->node, level = 0; a && level < 4; level++)
        if (dtl_html_contains(d, a = d->nodes[a].parent, noscript))
            break;
    if (!a || level == 4)
        return false;
    if (last->address.ptr) {
        key = dtl_picture_key_of(address);
        return dtl_picture_keys_agree(&key, key_of(f, last));
    }
    set_address(f, last, address);
    if (!last->alt.ptr)
        last->alt = dtl_value_clean(dtl_html_attr_value(d, n, DTL_N_ALT), 0,
                                    f->arena, &f->status);
    return true;
}

static void add_picture(finder *f, dtl_html_ref n, dtl_html_ref noscript)
{
    dtl_str address = dtl_picture_address(f->doc, n);
    picture *p;

    if (noscript && (!address.len || is_twin(f, noscript, n, address)))
        return;
    if (f->count == f->cap) {
        size_t cap = f->cap ? 2 * f->cap : 16;

        p = dtl_arena_resize(f->arena, f->list, f->cap * sizeof *p,
                             cap * sizeof *p);
        if (!p) {
            f->status = DTL_NOMEM;
            return;
        }
        f->list = p;
        f->cap = cap;
    }
    p = &f->list[f->count++];
    *p = (picture){.node = n, .place = (uint8_t)place_of(f, n)};
    p->alt = dtl_value_clean(dtl_html_attr_value(f->doc, n, DTL_N_ALT), 0,
                             f->arena, &f->status);
    if (address.len)
        set_address(f, p, address);
}

/* Headings behind the body open something else. */
static bool ends_images(const finder *f, dtl_html_ref n)
{
    const dtl_html_node *node = &f->doc->nodes[n];

    return f->m->body.end && n >= f->m->body.end &&
           (node->name == DTL_N_H1 || node->name == DTL_N_H2 ||
            node->name == DTL_N_H3 || node->name == DTL_N_H4);
}

/* The innermost noscript around n; 0: none. */
static dtl_html_ref noscript_around(const dtl_html_doc *d, dtl_html_ref n)
{
    while (n && !dtl_html_is(d, n, DTL_N_NOSCRIPT))
        n = d->nodes[n].parent;
    return n;
}

/* Behind what begins at n and is passed over with all in it; 0: nothing is.
 * Only of pictures, of what ends them and of large elements it is asked. */
static dtl_html_ref passed_over_at(finder *f, dtl_html_ref n, size_t *site)
{
    while (*site < f->m->site_count && f->m->sites[*site].end <= n)
        ++*site;
    if (*site < f->m->site_count && f->m->sites[*site].first <= n)
        return f->m->sites[*site].end;
    return passed_over(f, n);
}

static void list_pictures(finder *f)
{
    dtl_html_doc *d = f->doc;
    dtl_html_ref n, end;
    size_t site = 0;

    for (n = 1; n < f->end && f->count < PICTURES_MAX && f->status == DTL_OK;
         n++) {
        bool shows, last;

        if (d->nodes[n].type != DTL_HTML_ELEMENT)
            continue;
        shows = dtl_picture_is(d, n);
        last = ends_images(f, n);
        if (!shows && !last && dtl_html_subtree_end(d, n) - n < LARGE)
            continue;
        end = passed_over_at(f, n, &site);
        if (end)
            n = end - 1;
        else if (last)
            break;
        else if (shows)
            add_picture(f, n, noscript_around(d, n));
    }
}

/* Drops what never got an address, and looks at the rest. */
static void settle_pictures(finder *f)
{
    size_t i, count = 0;

    for (i = 0; i < f->count; i++)
        if (f->list[i].address.ptr)
            f->list[count++] = f->list[i];
    f->count = count;
    for (i = 0; i < count; i++)
        judge(f, &f->list[i]);
}

/* ---- From pictures to images --------------------------------------------- */

static bool is_same(finder *f, picture *a, picture *b)
{
    return key_of(f, a)->strict == key_of(f, b)->strict;
}

static dtl_html_ref neighbour(finder *f, size_t i, bool forward)
{
    size_t k = i;

    while (forward ? ++k < f->count : k-- > 0)
        if ((f->list[k].fit || f->list[k].sure) &&
            !is_same(f, &f->list[k], &f->list[i]))
            return f->list[k].node;
    return 0;
}

/* Fills what an image lacks. */
static void complete(dtl_image *m, dtl_str caption, dtl_str credit, dtl_str alt)
{
    if (!m->caption.ptr)
        m->caption = caption;
    if (!m->credit.ptr)
        m->credit = credit;
    if (!m->alt.ptr)
        m->alt = alt;
}

static void add_image(finder *f, size_t i, bool lead)
{
    picture *p = &f->list[i];
    dtl_image *m = &f->images[f->image_count];
    size_t k;

    f->m->image_nodes[f->image_count++] = p->node;
    *m = (dtl_image){.url = url_of(f, p), .lead = lead};
    for (k = i; k < f->count && f->status == DTL_OK; k++) {
        dtl_caption c;

        if (f->list[k].used ||
            (k != i && (!f->list[k].fit || !is_same(f, &f->list[k], p))))
            continue;
        f->list[k].used = true;
        f->status =
            dtl_caption_find(f->doc, f->list[k].node, neighbour(f, k, false),
                             neighbour(f, k, true), &f->captions, f->arena, &c);
        complete(m, c.caption, c.credit, f->list[k].alt);
    }
}

/* ---- The lead image ------------------------------------------------------ */

/* An address that metadata name, fit to be compared. */
typedef struct {
    const dtl_fact *fact;
    dtl_str url;
    dtl_picture_key key;
} named;

/* Sites name their emblem where a page has no picture. */
static bool is_emblem(dtl_str url)
{
    static const char *const words[] = {
        "default",      "fallback", "placeholder", "share-image",
        "social-share", "no-image", "noimage",     "og-logo",
        "opengraph",    "facebook", "blank"};
    static dtl_needles emblems = DTL_NEEDLES(words);
    size_t from = url.len;
    dtl_str file;

    while (from && url.ptr[from - 1] != '/')
        from--;
    file = dtl_str_sub(url, from, url.len);
    return dtl_picture_is_ornament(file) || dtl_needles_any(&emblems, file);
}

/* What a fact names; pages name the same picture several times. */
static named name_picture(finder *f, const named *list, size_t count,
                          const dtl_fact *fact)
{
    named n = {.fact = fact};

    for (size_t i = 0; i < count; i++)
        if (dtl_str_eq(list[i].fact->value, fact->value)) {
            n.url = list[i].url;
            n.key = list[i].key;
            return n;
        }
    n.url = absolute(f, fact->value);
    n.key = dtl_picture_key_of(n.url);
    return n;
}

static size_t list_named(finder *f, named list[FACTS_MAX])
{
    static const dtl_fact_source order[] = {DTL_SOURCE_META, DTL_SOURCE_JSON_LD,
                                            DTL_SOURCE_MICRODATA};
    const dtl_fact_list *facts = &f->m->facts->field[DTL_FACT_IMAGE];
    size_t count = 0, i, o;

    for (o = 0; o < sizeof order / sizeof *order; o++)
        for (i = 0; i < facts->count && count < FACTS_MAX; i++) {
            named *at = &list[count];

            if (facts->at[i].source != order[o] ||
                !dtl_picture_address_is_real(facts->at[i].value))
                continue;
            *at = name_picture(f, list, count, &facts->at[i]);
            count += at->url.len != 0;
        }
    return count;
}

static bool agrees(const dtl_picture_key *key, const named *n, bool strictly)
{
    return strictly ? key->strict == n->key.strict
                    : dtl_picture_keys_agree(key, &n->key);
}

/* The picture that one of the named addresses shows; count: none. Those of
 * the article go before those above the headline. */
static size_t find_named(finder *f, const named *list, size_t named_count)
{
    int round;
    size_t i, k;

    for (round = 0; round < 4; round++)
        for (k = 0; k < named_count; k++)
            for (i = 0; i < f->count; i++) {
                picture *p = &f->list[i];
                bool early = p->place == PLACE_BEFORE;

                if (early == (round >= 2) && (p->fit || p->sure || early) &&
                    agrees(key_of(f, p), &list[k], round % 2 == 0))
                    return i;
            }
    return f->count;
}

/* Caption and credit that the metadata give for the same picture. */
static void complete_from_named(dtl_image *m, const dtl_picture_key *key,
                                const named *list, size_t count)
{
    dtl_caption c;

    for (size_t i = 0; i < count; i++) {
        const dtl_fact *fact = list[i].fact;

        if (!dtl_picture_keys_agree(key, &list[i].key))
            continue;
        if (fact->source == DTL_SOURCE_META) {
            complete(m, (dtl_str){NULL, 0}, (dtl_str){NULL, 0}, fact->caption);
        } else {
            dtl_caption_settle(fact->caption, fact->credit, &c);
            complete(m, c.caption, c.credit, (dtl_str){NULL, 0});
        }
    }
}

static dtl_str clean_member(finder *f, dtl_json_doc *json, dtl_json_ref item,
                            const char *const *keys)
{
    for (; *keys; keys++) {
        dtl_str s = dtl_json_text(json, dtl_json_get(json, item, *keys));

        if (s.len)
            return dtl_value_clean(s, DTL_VALUE_REFS | DTL_VALUE_TAGS, f->arena,
                                   &f->status);
    }
    return (dtl_str){NULL, 0};
}

static bool is_text_key(dtl_str key)
{
    static const char *const keys[] = {
        "url", "src", "href", "contentUrl", "uri", "originalUrl", "image_url"};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (dtl_str_eq(key, dtl_str_of(keys[i])))
            return true;
    return false;
}

/* Page data in a script that speak of the same picture. */
static void complete_from_data(finder *f, dtl_image *m, dtl_str script)
{
    static const char *const captions[] = {"caption", "legend", "description",
                                           NULL};
    static const char *const credits[] = {
        "credit", "creditText", "copyright", "photographer", "source", NULL};
    static const char *const alts[] = {"alt", "altText", "alt_text", NULL};
    dtl_picture_key key = dtl_picture_key_of(m->url);
    dtl_json_doc json;
    dtl_json_ref v;

    f->status = dtl_json_read(&json, f->arena, script);
    if (f->status == DTL_LIMIT)
        f->status = DTL_OK;
    for (v = 1; v < json.count && f->status == DTL_OK; v++) {
        dtl_json_ref item = dtl_json_parent(&json, v);
        dtl_picture_key other;
        dtl_caption c;

        if (!dtl_json_is_string(&json, v) ||
            !is_text_key(dtl_json_key(&json, v)))
            continue;
        other = dtl_picture_key_of(dtl_json_text(&json, v));
        if (other.strict != key.strict)
            continue;
        dtl_caption_settle(clean_member(f, &json, item, captions),
                           clean_member(f, &json, item, credits), &c);
        complete(m, c.caption, c.credit, clean_member(f, &json, item, alts));
    }
    if (json.status != DTL_OK)
        f->status = json.status;
}

static void complete_from_scripts(finder *f, dtl_image *m)
{
    const dtl_facts *facts = f->m->facts;
    dtl_str file = m->url;
    size_t i, from;

    file = dtl_str_sub(file, 0, dtl_str_find_char(file, '?'));
    for (from = file.len; from && file.ptr[from - 1] != '/'; from--)
        ;
    file = dtl_str_sub(file, from, file.len);
    for (i = 0; i < facts->script_count && f->status == DTL_OK; i++)
        if (file.len > 4 && facts->scripts[i].kind == DTL_SCRIPT_JSON &&
            dtl_str_find(facts->scripts[i].text, file) != SIZE_MAX)
            complete_from_data(f, m, facts->scripts[i].text);
}

/* The named address alone, where the page shows no such picture. */
static void add_named(finder *f, const named *list, size_t count)
{
    dtl_image *m = &f->images[f->image_count];
    size_t i = 0;

    while (i < count && is_emblem(list[i].url))
        i++;
    if (i == count)
        return;
    *m = (dtl_image){.url = list[i].url, .lead = true};
    f->m->image_nodes[f->image_count++] = 0;
    complete_from_named(m, &list[i].key, list, count);
    complete_from_scripts(f, m);
}

static void add_lead(finder *f)
{
    named list[FACTS_MAX];
    size_t count = list_named(f, list), i;

    i = find_named(f, list, count);
    if (i == f->count)
        for (i = 0; i < f->count; i++)
            if (f->list[i].place == PLACE_ABOVE && f->list[i].fit &&
                !f->list[i].doubtful)
                break;
    if (i < f->count) {
        add_image(f, i, true);
        complete_from_named(&f->images[0], key_of(f, &f->list[i]), list, count);
    } else {
        add_named(f, list, count);
    }
}

static bool has_article(const dtl_article *a)
{
    return a->status == DTL_STATUS_ARTICLE || a->status == DTL_STATUS_STUB ||
           a->status == DTL_STATUS_LISTING;
}

dtl_status dtl_meta_images(dtl_meta *m)
{
    finder f = {.m = m,
                .doc = m->doc,
                .arena = m->article->arena,
                .base = m->base_url.len ? m->base_url : m->article->url,
                .status = DTL_OK};
    const dtl_image *last;
    size_t i;

    m->article->images = NULL;
    m->article->image_count = 0;
    m->image_nodes = NULL;
    if (!has_article(m->article))
        return DTL_OK;
    f.web = !f.base.len || dtl_url_is_web(f.base);
    find_part(&f);
    list_pictures(&f);
    if (f.status != DTL_OK)
        return f.status;
    settle_pictures(&f);
    f.images = dtl_arena_calloc(f.arena, f.count + 1, sizeof *f.images);
    m->image_nodes =
        dtl_arena_calloc(f.arena, f.count + 1, sizeof *m->image_nodes);
    if (!f.images || !m->image_nodes)
        return DTL_NOMEM;
    add_lead(&f);
    for (i = 0; i < f.count && f.status == DTL_OK; i++) {
        if (!f.list[i].fit || f.list[i].used)
            continue;
        add_image(&f, i, false);
        last = &f.images[f.image_count - 1];
        if ((f.list[i].doubtful && !last->caption.ptr) ||
            is_portrait(&f, last->caption))
            f.image_count--;
    }
    m->article->images = f.images;
    m->article->image_count = f.image_count;
    return f.status;
}
