/* Finds embeds by their containers, among the elements that the survey lists.
 *
 * A container gives its platform by its class or name, and its address by
 * one of its attributes or the links inside; a frame gives both by its
 * address. Then the site is widened to the wrappers that hold nothing else,
 * and a second copy of the same object right behind it (the noscript twin of
 * a lazy frame) joins the first. */
#include "article/embeds.h"
#include "article/class_words.h"
#include "article/value.h"
#include "base/needles.h"
#include "base/str.h"

/* Longest text in bytes that a wrapper known as one by its class may hold
 * besides the embed: a consent notice with its buttons. See
 * cases/article/embed-consent-placeholder. */
enum {
    MAX_NOTICE = 900,
    MAX_WIDEN = 6 /* levels */
};

typedef struct {
    dtl_html_doc *doc;
    dtl_arena *arena;
    dtl_embed_site *sites;
    size_t count, cap;
    dtl_buf scratch; /* emptied by len = 0: its status must stay */
    dtl_status status;
} finder;

/* ---- What containers look like ---------------------------------------------
 */

typedef struct {
    const char *class_word;
    const char *platform; /* NULL: residue */
    dtl_embed_kind kind;
    const char *id_attr; /* holds an id or an address; may be NULL */
    const char *address; /* made of an id, which is appended to it */
} container_rule;

static const container_rule containers[] = {
    {"twitter-tweet", "twitter", DTL_EMBED_POST, "data-tweet-id",
     "https://twitter.com/i/status/"},
    {"twitter-video", "twitter", DTL_EMBED_VIDEO, "data-tweet-id",
     "https://twitter.com/i/status/"},
    {"js-tweet", "twitter", DTL_EMBED_POST, "data-tweetid",
     "https://twitter.com/i/status/"},
    {"instagram-media", "instagram", DTL_EMBED_POST, NULL, NULL},
    {"fb-post", "facebook", DTL_EMBED_POST, NULL, NULL},
    {"fb-video", "facebook", DTL_EMBED_VIDEO, NULL, NULL},
    {"fb-comment-embed", "facebook", DTL_EMBED_POST, NULL, NULL},
    {"tiktok-embed", "tiktok", DTL_EMBED_VIDEO, "data-video-id",
     "https://www.tiktok.com/embed/"},
    {"text-post-media", "threads", DTL_EMBED_POST, NULL, NULL},
    {"bluesky-embed", "bluesky", DTL_EMBED_POST, NULL, NULL},
    {"mastodon-embed", "mastodon", DTL_EMBED_POST, NULL, NULL},
    {"truthsocial-embed", "truthsocial", DTL_EMBED_POST, NULL, NULL},
    {"reddit-embed-bq", "reddit", DTL_EMBED_POST, NULL, NULL},
    {"reddit-card", "reddit", DTL_EMBED_POST, NULL, NULL},
    {"reddit-embed", "reddit", DTL_EMBED_POST, NULL, NULL},
    {"imgur-embed-pub", "imgur", DTL_EMBED_POST, "data-id",
     "https://imgur.com/"},
    {"tumblr-post", "tumblr", DTL_EMBED_POST, NULL, NULL},
    {"rll-youtube-player", "youtube", DTL_EMBED_VIDEO, "data-id",
     "https://www.youtube.com/embed/"},
    {"infogram-embed", "infogram", DTL_EMBED_CHART, "data-id",
     "https://e.infogram.com/"},
    {"flourish-embed", "flourish", DTL_EMBED_CHART, "data-src",
     "https://flo.uri.sh/"},
    {"wp-embedded-content", NULL, DTL_EMBED_OTHER, NULL, NULL},
    {"fb-page", NULL, DTL_EMBED_OTHER, NULL, NULL},
    {"fb-like", NULL, DTL_EMBED_OTHER, NULL, NULL},
    {"fb-comments", NULL, DTL_EMBED_OTHER, NULL, NULL},
    {"twitter-timeline", NULL, DTL_EMBED_OTHER, NULL, NULL},
    {"twitter-follow-button", NULL, DTL_EMBED_OTHER, NULL, NULL},
};

/* What the names of containers begin with. */
static const char container_letters[] = "bfijmrtw";

/* Elements whose name says the platform. */
static const struct {
    dtl_name name;
    container_rule rule;
} elements[] = {
    {DTL_N_AMP_YOUTUBE,
     {NULL, "youtube", DTL_EMBED_VIDEO, "data-videoid",
      "https://www.youtube.com/embed/"}},
    {DTL_N_LITE_YOUTUBE,
     {NULL, "youtube", DTL_EMBED_VIDEO, "videoid",
      "https://www.youtube.com/embed/"}},
    {DTL_N_AMP_TWITTER,
     {NULL, "twitter", DTL_EMBED_POST, "data-tweetid",
      "https://twitter.com/i/status/"}},
    {DTL_N_AMP_INSTAGRAM,
     {NULL, "instagram", DTL_EMBED_POST, "data-shortcode",
      "https://www.instagram.com/p/"}},
    {DTL_N_AMP_FACEBOOK, {NULL, "facebook", DTL_EMBED_POST, NULL, NULL}},
    {DTL_N_AMP_TIKTOK,
     {NULL, "tiktok", DTL_EMBED_VIDEO, "data-src",
      "https://www.tiktok.com/embed/"}},
    {DTL_N_AMP_REDDIT, {NULL, "reddit", DTL_EMBED_POST, NULL, NULL}},
    {DTL_N_AMP_PINTEREST, {NULL, "pinterest", DTL_EMBED_POST, NULL, NULL}},
    {DTL_N_AMP_IMGUR,
     {NULL, "imgur", DTL_EMBED_POST, "data-imgur-id", "https://imgur.com/"}},
    {DTL_N_AMP_VIMEO,
     {NULL, "vimeo", DTL_EMBED_VIDEO, "data-videoid",
      "https://player.vimeo.com/video/"}},
    {DTL_N_AMP_DAILYMOTION,
     {NULL, "dailymotion", DTL_EMBED_VIDEO, "data-videoid",
      "https://www.dailymotion.com/embed/video/"}},
    {DTL_N_AMP_SOUNDCLOUD,
     {NULL, "soundcloud", DTL_EMBED_AUDIO, "data-trackid",
      "https://api.soundcloud.com/tracks/"}},
    {DTL_N_AMP_BRIGHTCOVE,
     {NULL, "brightcove", DTL_EMBED_VIDEO, "data-video-id",
      "https://players.brightcove.net/-/-/index.html?videoId="}},
};

/* Attributes that hold an embed's whole address, the surest first. */
static const dtl_name address_attrs[] = {
    DTL_N_DATA_INSTGRM_PERMALINK,
    DTL_N_DATA_TEXT_POST_PERMALINK,
    DTL_N_DATA_BLUESKY_URI,
    DTL_N_DATA_EMBED_URL,
    DTL_N_DATA_HREF,
    DTL_N_CITE,
    DTL_N_DATA_URL,
    DTL_N_DATA_SRC,
};

/* Where lazy loaders and consent tools put a frame's address. */
static const dtl_name frame_attrs[] = {
    DTL_N_SRC,           DTL_N_DATA_SRC,
    DTL_N_DATA_LAZY_SRC, DTL_N_DATA_LITESPEED_SRC,
    DTL_N_DATA_CMP_SRC,  DTL_N_DATA_COOKIEBLOCK_SRC,
    DTL_N_DATA_ORIGINAL, DTL_N_DATA,
};

/* Parts of the class names of wrappers made for an embed. */
static const char *const wrapper_words[] = {
    "embed",   "consent", "oembed", "video-container", "placeholder",
    "privacy", "blocker", "opt-in", "optin",           "external",
    "2click",  "social",  "player", "responsive",
};

static dtl_needles wrapper_names = DTL_NEEDLES(wrapper_words);

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* ---- Addresses -------------------------------------------------------------
 */

static dtl_str attr_by_text(finder *f, dtl_html_ref n, const char *text)
{
    dtl_name name = dtl_names_find(&f->doc->names, dtl_str_of(text));

    return name ? dtl_html_attr_value(f->doc, n, name) : (dtl_str){NULL, 0};
}

/* at://did:plc:…/app.bsky.feed.post/ID is an address of a Bluesky post. */
static dtl_str web_address(finder *f, dtl_str url)
{
    if (!dtl_str_starts(url, DTL_STR("at://")))
        return url;
    f->scratch.len = 0;
    dtl_buf_puts(&f->scratch, "https://embed.bsky.app/embed/");
    dtl_buf_str(&f->scratch, dtl_str_sub(url, 5, url.len));
    return dtl_arena_copy(f->arena, dtl_buf_view(&f->scratch));
}

/* Takes an address for e when it is one of platform (any when NULL). */
static bool take_address(finder *f, dtl_str url, const char *platform,
                         dtl_embed *e)
{
    dtl_embed found;

    if (!url.len || !dtl_embed_from_url(web_address(f, url), f->arena, &found))
        return false;
    if (platform && !dtl_str_eq(found.platform, dtl_str_of(platform)))
        return false;
    *e = found;
    return true;
}

static bool take_id(finder *f, dtl_str id, const container_rule *r,
                    dtl_embed *e)
{
    dtl_str url;

    id = dtl_str_trim(id);
    if (!id.len)
        return false;
    if (take_address(f, id, r->platform, e))
        return true;
    f->scratch.len = 0;
    dtl_buf_puts(&f->scratch, r->address);
    dtl_buf_str(&f->scratch, id);
    url = dtl_arena_copy(f->arena, dtl_buf_view(&f->scratch));
    if (!take_address(f, url, r->platform, e))
        return false;
    return true;
}

/* The address among a container's own attributes. */
static bool address_of_element(finder *f, dtl_html_ref n, const char *platform,
                               dtl_embed *e)
{
    size_t i;

    for (i = 0; i < COUNT(address_attrs); i++)
        if (take_address(f, dtl_html_attr_value(f->doc, n, address_attrs[i]),
                         platform, e))
            return true;
    return false;
}

/* Among the links and frames inside: the last link for Twitter, where a post
 * may quote another before its own date line; the first for others. */
static bool address_of_content(finder *f, dtl_html_ref n, dtl_html_ref end,
                               const char *platform, dtl_embed *e)
{
    bool last = strcmp(platform, "twitter") == 0, found = false;
    dtl_html_ref i;
    dtl_str url;

    for (i = n + 1; i < end; i++) {
        if (dtl_html_is(f->doc, i, DTL_N_A))
            url = dtl_html_attr_value(f->doc, i, DTL_N_HREF);
        else if (dtl_html_is(f->doc, i, DTL_N_IFRAME))
            url = dtl_html_attr_value(f->doc, i, DTL_N_SRC);
        else if (dtl_html_is(f->doc, i, DTL_N_BLOCKQUOTE))
            url = dtl_html_attr_value(f->doc, i, DTL_N_CITE);
        else
            continue;
        found = take_address(f, url, platform, e) || found;
        if (found && !last)
            break;
    }
    return found;
}

/* ---- Words -----------------------------------------------------------------
 */

static dtl_str text_of(finder *f, dtl_html_ref n)
{
    dtl_str text;

    f->scratch.len = 0;
    dtl_html_append_text(f->doc, n, &f->scratch);
    text = dtl_value_clean(dtl_buf_view(&f->scratch), 0, f->arena, &f->status);
    return text.ptr ? dtl_arena_copy(f->arena, text) : text;
}

/* The post's own words: the first paragraph that is no credit. */
static void fill_text(finder *f, dtl_html_ref n, dtl_html_ref end, dtl_embed *e)
{
    dtl_html_ref p = n;
    dtl_str text;

    while ((p = dtl_html_find(f->doc, p, end, DTL_N_P)) != 0) {
        text = text_of(f, p);
        if (text.len && dtl_str_find(text, DTL_STR("(@")) == SIZE_MAX) {
            e->text = dtl_embed_post_text(text);
            return;
        }
    }
}

static void fill_time(finder *f, dtl_html_ref n, dtl_html_ref end, dtl_embed *e)
{
    dtl_html_ref t = dtl_html_find(f->doc, n, end, DTL_N_TIME);
    dtl_str value;

    if (!t)
        return;
    value = dtl_html_attr_value(f->doc, t, DTL_N_DATETIME);
    if (value.len)
        e->published = dtl_arena_copy(f->arena, dtl_str_trim(value));
}

static void fill_words(finder *f, dtl_html_ref n, dtl_html_ref end,
                       dtl_embed *e)
{
    fill_time(f, n, end, e);
    if (end == dtl_html_subtree_end(f->doc, n))
        dtl_embed_from_words(e, text_of(f, n), f->arena);
    fill_text(f, n, end, e);
}

/* ---- Recognition -----------------------------------------------------------
 */

/* The end of a container's own content. One that is never closed holds the
 * rest of the page too: its own is what leads to the platform. See
 * cases/article/embed-unclosed. */
static dtl_html_ref content_end(finder *f, dtl_html_ref n, const char *platform)
{
    dtl_html_ref end = dtl_html_subtree_end(f->doc, n), child, next;
    dtl_embed e;

    if (!platform || f->doc->nodes[n].flags & DTL_NODE_ENDED)
        return end;
    for (child = dtl_html_first_child(f->doc, n); child; child = next) {
        next = dtl_html_next(f->doc, child);
        if (f->doc->nodes[child].type == DTL_HTML_ELEMENT &&
            !address_of_content(f, child - 1,
                                dtl_html_subtree_end(f->doc, child), platform,
                                &e))
            return child;
    }
    return end;
}

static bool fill_container(finder *f, dtl_html_ref n, const container_rule *r,
                           dtl_embed_site *site)
{
    dtl_html_ref end = content_end(f, n, r->platform);
    dtl_embed *e = &site->embed;
    bool found;

    *site = (dtl_embed_site){.first = n, .end = end};
    if (!r->platform)
        return true;
    /* A link inside may lead to anything of the platform's; an id, where
     * the markup has an attribute for it, is the object's own. */
    found = address_of_element(f, n, r->platform, e) ||
            (!r->class_word && r->id_attr &&
             take_id(f, attr_by_text(f, n, r->id_attr), r, e)) ||
            address_of_content(f, n, end, r->platform, e) ||
            (r->class_word && r->id_attr &&
             take_id(f, attr_by_text(f, n, r->id_attr), r, e));
    if (!found) {
        e->platform = dtl_str_of(r->platform);
        e->kind = r->kind;
    }
    fill_words(f, n, end, e);
    return found || e->author_handle.len || e->text.len;
}

uint32_t dtl_embed_container(dtl_str classes)
{
    size_t at, from, to, i;

    /* Each name of a container is of two words with a hyphen. */
    for (at = 0; at < classes.len; at = to) {
        for (; at < classes.len && classes.ptr[at] != '-'; at++)
            ;
        if (at == classes.len)
            break;
        for (from = at; from && !dtl_is_space(classes.ptr[from - 1]);)
            from--;
        for (to = at; to < classes.len && !dtl_is_space(classes.ptr[to]);)
            to++;
        if (!strchr(container_letters, classes.ptr[from]))
            continue;
        for (i = 0; i < COUNT(containers); i++)
            if (classes.ptr[from] == containers[i].class_word[0] &&
                dtl_str_eq(dtl_str_sub(classes, from, to),
                           dtl_str_of(containers[i].class_word)))
                return (uint32_t)i + 1;
    }
    return 0;
}

static bool see_class(finder *f, dtl_html_ref n, dtl_embed_site *site)
{
    const dtl_html_node *node = &f->doc->nodes[n];
    const dtl_html_attr *a = &f->doc->attrs[node->data], *end = a + node->count;
    container_rule lazy;
    bool has_id = false;

    for (; a < end; a++) {
        uint32_t number =
            a->name == DTL_N_CLASS ? dtl_class_note(f->doc, a).container : 0;

        if (number)
            return fill_container(f, n, &containers[number - 1], site);
        has_id |= a->name == DTL_N_DATA_YOUTUBE_ID && a->end > a->start;
    }
    if (!has_id)
        return false;
    lazy = elements[0].rule;
    lazy.id_attr = "data-youtube-id";
    return fill_container(f, n, &lazy, site);
}

/* An object's address is its own, its embed's or its "movie" parameter's. */
static dtl_str object_address(finder *f, dtl_html_ref n)
{
    dtl_html_ref end = dtl_html_subtree_end(f->doc, n), i;
    dtl_str name, url = dtl_html_attr_value(f->doc, n, DTL_N_DATA);

    for (i = n + 1; i < end && !url.len; i++) {
        if (dtl_html_is(f->doc, i, DTL_N_EMBED))
            url = dtl_html_attr_value(f->doc, i, DTL_N_SRC);
        if (!dtl_html_is(f->doc, i, DTL_N_PARAM))
            continue;
        name = dtl_html_attr_value(f->doc, i, DTL_N_NAME);
        if (dtl_str_eq_nocase(name, DTL_STR("movie")))
            url = dtl_html_attr_value(f->doc, i, DTL_N_VALUE);
    }
    return url;
}

/* A known player in an attribute whose name but ends in "src": each loader
 * has a name of its own for it, and markup that a script was to write keeps
 * its quotes and backslashes in the name. See cases/article/embed-odd-src. */
static bool take_odd_source(finder *f, dtl_html_ref n, dtl_embed *e)
{
    const dtl_html_node *node = &f->doc->nodes[n];
    uint32_t i;

    for (i = node->data; i < node->data + node->count; i++) {
        const dtl_html_attr *a = &f->doc->attrs[i];

        if (dtl_str_ends(dtl_names_text(&f->doc->names, a->name),
                         DTL_STR("src")) &&
            take_address(f, dtl_html_attr_text(f->doc, a), NULL, e))
            return true;
    }
    return false;
}

static bool see_frame(finder *f, dtl_html_ref n, dtl_embed_site *site)
{
    dtl_str url;
    size_t i;

    *site =
        (dtl_embed_site){.first = n, .end = dtl_html_subtree_end(f->doc, n)};
    for (i = 0; i < COUNT(frame_attrs); i++) {
        url = dtl_html_attr_value(f->doc, n, frame_attrs[i]);
        if (!url.len)
            continue;
        if (dtl_embed_is_widget(url))
            return true;
        if (dtl_embed_from_frame(url, f->arena, &site->embed))
            return true;
    }
    if (take_odd_source(f, n, &site->embed))
        return true;
    if (dtl_html_is(f->doc, n, DTL_N_OBJECT))
        return take_address(f, object_address(f, n), NULL, &site->embed);
    return see_class(f, n, site);
}

/* Scripts that stand for the object themselves: Telegram's widget and the
 * scripts that draw a chart or a gist where they stand. */
static bool see_script(finder *f, dtl_html_ref n, dtl_embed_site *site)
{
    dtl_str post = dtl_html_attr_value(f->doc, n, DTL_N_DATA_TELEGRAM_POST);
    dtl_str src = dtl_html_attr_value(f->doc, n, DTL_N_SRC);

    *site =
        (dtl_embed_site){.first = n, .end = dtl_html_subtree_end(f->doc, n)};
    if (post.len) {
        f->scratch.len = 0;
        dtl_buf_puts(&f->scratch, "https://t.me/");
        dtl_buf_str(&f->scratch, post);
        return take_address(f,
                            dtl_arena_copy(f->arena, dtl_buf_view(&f->scratch)),
                            "telegram", &site->embed);
    }
    /* Most scripts are none of these, as a part of their hosts tells. */
    if (dtl_str_find_nocase(src, DTL_STR("datawrapper.")) == SIZE_MAX &&
        dtl_str_find_nocase(src, DTL_STR("gist.")) == SIZE_MAX)
        return false;
    return take_address(f, src, "datawrapper", &site->embed) ||
           take_address(f, src, "gist", &site->embed);
}

static bool see_link(finder *f, dtl_html_ref n, dtl_embed_site *site)
{
    if (!dtl_html_attr_value(f->doc, n, DTL_N_DATA_PIN_DO).len)
        return false;
    *site =
        (dtl_embed_site){.first = n, .end = dtl_html_subtree_end(f->doc, n)};
    take_address(f, dtl_html_attr_value(f->doc, n, DTL_N_HREF), "pinterest",
                 &site->embed);
    return true;
}

static bool see_named(finder *f, dtl_html_ref n, dtl_embed_site *site)
{
    dtl_name name = f->doc->nodes[n].name;
    size_t i;

    for (i = 0; i < COUNT(elements); i++)
        if (elements[i].name == name)
            return fill_container(f, n, &elements[i].rule, site);
    return false;
}

/* What an element may be, by its name. */
typedef enum {
    LOOK_NOT,
    LOOK_FRAME,
    LOOK_SCRIPT,
    LOOK_LINK,
    LOOK_CLASS,
    LOOK_NAME
} look;

static const uint8_t looks[DTL_N_KNOWN] = {
    [DTL_N_IFRAME] = LOOK_FRAME,        [DTL_N_AMP_IFRAME] = LOOK_FRAME,
    [DTL_N_EMBED] = LOOK_FRAME,         [DTL_N_OBJECT] = LOOK_FRAME,
    [DTL_N_SCRIPT] = LOOK_SCRIPT,       [DTL_N_A] = LOOK_LINK,
    [DTL_N_BLOCKQUOTE] = LOOK_CLASS,    [DTL_N_DIV] = LOOK_CLASS,
    [DTL_N_FIGURE] = LOOK_CLASS,        [DTL_N_SECTION] = LOOK_CLASS,
    [DTL_N_SPAN] = LOOK_CLASS,          [DTL_N_AMP_YOUTUBE] = LOOK_NAME,
    [DTL_N_LITE_YOUTUBE] = LOOK_NAME,   [DTL_N_AMP_TWITTER] = LOOK_NAME,
    [DTL_N_AMP_INSTAGRAM] = LOOK_NAME,  [DTL_N_AMP_FACEBOOK] = LOOK_NAME,
    [DTL_N_AMP_TIKTOK] = LOOK_NAME,     [DTL_N_AMP_REDDIT] = LOOK_NAME,
    [DTL_N_AMP_PINTEREST] = LOOK_NAME,  [DTL_N_AMP_IMGUR] = LOOK_NAME,
    [DTL_N_AMP_VIMEO] = LOOK_NAME,      [DTL_N_AMP_DAILYMOTION] = LOOK_NAME,
    [DTL_N_AMP_SOUNDCLOUD] = LOOK_NAME, [DTL_N_AMP_BRIGHTCOVE] = LOOK_NAME,
};

static bool see_as(finder *f, dtl_html_ref n, look how, dtl_embed_site *site)
{
    switch (how) {
    case LOOK_FRAME:
        return see_frame(f, n, site);
    case LOOK_SCRIPT:
        return see_script(f, n, site);
    case LOOK_LINK:
        return see_link(f, n, site);
    case LOOK_CLASS:
        return see_class(f, n, site);
    case LOOK_NAME:
        return see_named(f, n, site);
    default:
        return false;
    }
}

/* Whether an embed begins at node n. Most nodes have a name or no attribute
 * that says at once that none does. */
static inline bool see(finder *f, dtl_html_ref n, dtl_embed_site *site)
{
    const dtl_html_node *node = &f->doc->nodes[n];
    look how;

    if (node->type != DTL_HTML_ELEMENT || node->ns != DTL_NS_HTML ||
        node->name >= DTL_N_KNOWN)
        return false;
    how = (look)looks[node->name];
    if (how == LOOK_NOT ||
        (!node->count && how != LOOK_FRAME && how != LOOK_NAME))
        return false;
    return see_as(f, n, how, site);
}

/* ---- Sites -----------------------------------------------------------------
 */

/* Bytes of text in [from, to) that a reader would see, counted up to max. */
static size_t visible_text(finder *f, dtl_html_ref from, dtl_html_ref to,
                           size_t max)
{
    size_t seen = 0;
    dtl_html_ref i;

    for (i = from; i < to && seen <= max; i++) {
        const dtl_html_node *n = &f->doc->nodes[i];

        if (n->type == DTL_HTML_ELEMENT &&
            (n->name == DTL_N_SCRIPT || n->name == DTL_N_STYLE ||
             n->name == DTL_N_NOSCRIPT || n->name == DTL_N_TEMPLATE)) {
            i = dtl_html_subtree_end(f->doc, i) - 1;
        } else if (n->type == DTL_HTML_TEXT) {
            f->scratch.len = 0;
            dtl_html_append_data(f->doc, i, &f->scratch);
            seen += dtl_str_trim(dtl_buf_view(&f->scratch)).len;
        } else if (n->type == DTL_HTML_ELEMENT && n->name == DTL_N_IMG) {
            seen += max + 1; /* a picture of its own */
        }
    }
    return seen;
}

static bool is_wrapper(finder *f, dtl_html_ref n)
{
    dtl_str classes = dtl_html_attr_value(f->doc, n, DTL_N_CLASS);

    return dtl_needles_any(&wrapper_names, classes);
}

static bool same_object(const dtl_embed *a, const dtl_embed *b)
{
    return a->platform.ptr && b->platform.ptr && a->id.len &&
           dtl_str_eq(a->platform, b->platform) && dtl_str_eq(a->id, b->id);
}

/* Whether [from, to) holds another object than e. */
static bool holds_other(finder *f, dtl_html_ref from, dtl_html_ref to,
                        const dtl_embed *e)
{
    dtl_embed_site other;
    dtl_html_ref i;

    for (i = from; i < to; i++)
        if (see(f, i, &other) && other.embed.platform.ptr &&
            !same_object(&other.embed, e))
            return true;
    return false;
}

static bool may_widen(finder *f, dtl_html_ref n)
{
    switch (f->doc->nodes[n].name) {
    case DTL_N_DIV:
    case DTL_N_FIGURE:
    case DTL_N_P:
    case DTL_N_SPAN:
    case DTL_N_SECTION:
    case DTL_N_ASIDE:
    case DTL_N_CENTER:
    case DTL_N_NOSCRIPT:
        return f->doc->nodes[n].type == DTL_HTML_ELEMENT;
    default:
        return false;
    }
}

/* Widens a site to the ancestors that hold nothing else, or, where their
 * class says that they are made for it, only a notice. */
static void widen(finder *f, dtl_embed_site *s)
{
    dtl_html_ref up, end;
    size_t level, left, max;

    if (s->end < dtl_html_subtree_end(f->doc, s->first))
        return;
    for (level = 0; level < MAX_WIDEN; level++) {
        up = f->doc->nodes[s->first].parent;
        if (!may_widen(f, up))
            return;
        end = dtl_html_subtree_end(f->doc, up);
        max = is_wrapper(f, up) && s->embed.platform.ptr ? MAX_NOTICE : 0;
        /* Nodes enough to be more than a notice end the look. */
        if (end - up > (s->end - s->first) + 200)
            return;
        left = visible_text(f, up, s->first, max);
        if (left > max || left + visible_text(f, s->end, end, max) > max)
            return;
        if (holds_other(f, up + 1, s->first, &s->embed) ||
            holds_other(f, s->end, end, &s->embed))
            return;
        s->first = up;
        s->end = end;
    }
}

static dtl_status push(finder *f, const dtl_embed_site *s)
{
    dtl_embed_site *last = f->count ? &f->sites[f->count - 1] : NULL, *moved;
    size_t cap;

    /* Widened over the one before: the wrapper holds both, keep them apart
     * by giving the second what is left. */
    if (last && s->first < last->end) {
        if (same_object(&last->embed, &s->embed) || !s->embed.platform.ptr) {
            if (s->end > last->end)
                last->end = s->end;
            return DTL_OK;
        }
    } else if (last && same_object(&last->embed, &s->embed) &&
               visible_text(f, last->end, s->first, 0) == 0) {
        last->end = s->end;
        return DTL_OK;
    }
    if (f->count == f->cap) {
        cap = f->cap ? f->cap * 2 : 16;
        moved = dtl_arena_calloc(f->arena, cap, sizeof *moved);
        if (!moved)
            return DTL_NOMEM;
        if (f->count)
            memcpy(moved, f->sites, f->count * sizeof *moved);
        f->sites = moved;
        f->cap = cap;
    }
    f->sites[f->count] = *s;
    if (last && s->first < last->end)
        f->sites[f->count].first = last->end;
    f->count++;
    return DTL_OK;
}

dtl_status dtl_embeds_find(dtl_html_doc *doc, const dtl_survey *survey,
                           dtl_arena *arena, dtl_embed_site **sites,
                           size_t *count)
{
    finder f = {.doc = doc, .arena = arena, .scratch = {.arena = arena}};
    dtl_status st = DTL_OK;
    dtl_embed_site site;
    dtl_html_ref end = 0; /* of the last site's own nodes */

    for (size_t i = 0; i < survey->embed_count && st == DTL_OK; i++) {
        dtl_html_ref n = survey->embeds[i];

        if (n < end || !see(&f, n, &site))
            continue;
        end = site.end;
        widen(&f, &site);
        st = push(&f, &site);
    }
    if (st == DTL_OK)
        st = f.scratch.status != DTL_OK ? f.scratch.status : f.status;
    *sites = f.sites;
    *count = f.count;
    return st;
}
