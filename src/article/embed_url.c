/* Addresses of known platforms, as one table of patterns.
 *
 * A pattern is a path and perhaps a query. In the path, {id}, {handle} and
 * {type} take one segment each, {num} is an {id} of digits, and * passes
 * over a segment; the rest stands for itself, whatever its case. A pattern
 * may end before the path does, at a segment's end. In the query, "name={id}"
 * must be among the parameters, and "name={url}" goes on with the address
 * that the parameter holds. Rows are tried in order. */
#include "article/embeds.h"
#include "base/str.h"
#include "base/url.h"

typedef struct {
    const char *hosts; /* separated by spaces; subdomains count; "*" any */
    const char *pattern;
    const char *platform;
    dtl_embed_kind kind;
    const char *url; /* the address for people; NULL keeps the one given */
    const char *id;  /* NULL: {id} */
} url_rule;

#define POST     DTL_EMBED_POST
#define VIDEO    DTL_EMBED_VIDEO
#define AUDIO    DTL_EMBED_AUDIO
#define CHART    DTL_EMBED_CHART
#define MAP      DTL_EMBED_MAP
#define DOCUMENT DTL_EMBED_DOCUMENT
#define OTHER    DTL_EMBED_OTHER

/* clang-format off */
static const url_rule rules[] = {
    {"platform.twitter.com", "/embed/tweet.html?id={id}", "twitter", POST,
     "https://twitter.com/i/status/{id}", NULL},
    {"platform.twitter.com", "/embed/index.html?id={id}", "twitter", POST,
     "https://twitter.com/i/status/{id}", NULL},
    {"platform.twitter.com", "/widgets/tweet_button.html?url={url}", NULL,
     OTHER, NULL, NULL},
    {"twitter.com", "/i/web/status/{num}", "twitter", POST,
     "https://twitter.com/i/status/{id}", NULL},
    {"twitter.com", "/i/status/{num}", "twitter", POST,
     "https://twitter.com/i/status/{id}", NULL},
    {"twitter.com", "/{handle}/status/{num}", "twitter", POST,
     "https://twitter.com/{handle}/status/{id}", NULL},
    {"twitter.com", "/{handle}/statuses/{num}", "twitter", POST,
     "https://twitter.com/{handle}/status/{id}", NULL},
    {"x.com", "/i/web/status/{num}", "twitter", POST,
     "https://x.com/i/status/{id}", NULL},
    {"x.com", "/i/status/{num}", "twitter", POST,
     "https://x.com/i/status/{id}", NULL},
    {"x.com", "/{handle}/status/{num}", "twitter", POST,
     "https://x.com/{handle}/status/{id}", NULL},

    {"instagram.com", "/p/{id}", "instagram", POST,
     "https://www.instagram.com/p/{id}/", NULL},
    {"instagram.com", "/reel/{id}", "instagram", VIDEO,
     "https://www.instagram.com/reel/{id}/", NULL},
    {"instagram.com", "/reels/{id}", "instagram", VIDEO,
     "https://www.instagram.com/reel/{id}/", NULL},
    {"instagram.com", "/tv/{id}", "instagram", VIDEO,
     "https://www.instagram.com/tv/{id}/", NULL},
    {"instagram.com", "/{handle}/p/{id}", "instagram", POST,
     "https://www.instagram.com/p/{id}/", NULL},
    {"instagram.com", "/{handle}/reel/{id}", "instagram", VIDEO,
     "https://www.instagram.com/reel/{id}/", NULL},

    {"facebook.com", "/plugins/post.php?href={url}", NULL, POST, NULL, NULL},
    {"facebook.com", "/plugins/video.php?href={url}", NULL, VIDEO, NULL, NULL},
    {"facebook.com", "/plugins/comment_embed.php?href={url}", NULL, POST,
     NULL, NULL},
    {"facebook.com", "/photo.php?fbid={id}", "facebook", POST, NULL, NULL},
    {"facebook.com", "/photo?fbid={id}", "facebook", POST, NULL, NULL},
    {"facebook.com", "/permalink.php?story_fbid={id}", "facebook", POST,
     NULL, NULL},
    {"facebook.com", "/story.php?story_fbid={id}", "facebook", POST, NULL,
     NULL},
    {"facebook.com", "/video.php?v={id}", "facebook", VIDEO, NULL, NULL},
    {"facebook.com", "/watch?v={id}", "facebook", VIDEO, NULL, NULL},
    {"facebook.com", "/reel/{id}", "facebook", VIDEO, NULL, NULL},
    {"facebook.com", "/share/p/{id}", "facebook", POST, NULL, NULL},
    {"facebook.com", "/share/v/{id}", "facebook", VIDEO, NULL, NULL},
    {"facebook.com", "/groups/*/posts/{id}", "facebook", POST, NULL, NULL},
    {"facebook.com", "/groups/*/permalink/{id}", "facebook", POST, NULL, NULL},
    {"facebook.com", "/{handle}/posts/*/{num}", "facebook", POST, NULL, NULL},
    {"facebook.com", "/{handle}/posts/{id}", "facebook", POST, NULL, NULL},
    {"facebook.com", "/{handle}/videos/*/{num}", "facebook", VIDEO, NULL,
     NULL},
    {"facebook.com", "/{handle}/videos/{id}", "facebook", VIDEO, NULL, NULL},
    {"facebook.com", "/{handle}/photos/*/{num}", "facebook", POST, NULL, NULL},
    {"facebook.com", "/{handle}/photos/{id}", "facebook", POST, NULL, NULL},

    {"tiktok.com", "/@{handle}/video/{num}", "tiktok", VIDEO,
     "https://www.tiktok.com/@{handle}/video/{id}", NULL},
    {"tiktok.com", "/@{handle}/photo/{num}", "tiktok", POST,
     "https://www.tiktok.com/@{handle}/photo/{id}", NULL},
    {"tiktok.com", "/embed/v2/{num}", "tiktok", VIDEO, NULL, NULL},
    {"tiktok.com", "/embed/v3/{num}", "tiktok", VIDEO, NULL, NULL},
    {"tiktok.com", "/embed/{num}", "tiktok", VIDEO, NULL, NULL},
    {"tiktok.com", "/player/v1/{num}", "tiktok", VIDEO, NULL, NULL},

    {"youtube.com youtube-nocookie.com", "/embed/videoseries?list={id}",
     "youtube", VIDEO, "https://www.youtube.com/playlist?list={id}", NULL},
    {"youtube.com youtube-nocookie.com", "/embed/live_stream?channel={id}",
     "youtube", VIDEO, NULL, NULL},
    {"youtube.com youtube-nocookie.com", "/live_stream?channel={id}",
     "youtube", VIDEO, "https://www.youtube.com/channel/{id}/live", NULL},
    {"youtube.com youtube-nocookie.com", "/embed/{id}", "youtube", VIDEO,
     "https://www.youtube.com/watch?v={id}", NULL},
    {"youtube.com youtube-nocookie.com", "/embed?list={id}", "youtube", VIDEO,
     "https://www.youtube.com/playlist?list={id}", NULL},
    {"youtube.com youtube-nocookie.com", "/v/{id}", "youtube", VIDEO,
     "https://www.youtube.com/watch?v={id}", NULL},
    {"youtube.com", "/watch?v={id}", "youtube", VIDEO,
     "https://www.youtube.com/watch?v={id}", NULL},
    {"youtube.com", "/shorts/{id}", "youtube", VIDEO,
     "https://www.youtube.com/shorts/{id}", NULL},
    {"youtube.com", "/live/{id}", "youtube", VIDEO,
     "https://www.youtube.com/watch?v={id}", NULL},
    {"youtube.com", "/playlist?list={id}", "youtube", VIDEO,
     "https://www.youtube.com/playlist?list={id}", NULL},
    {"youtu.be", "/{id}", "youtube", VIDEO,
     "https://www.youtube.com/watch?v={id}", NULL},

    {"player.vimeo.com", "/video/{num}", "vimeo", VIDEO,
     "https://vimeo.com/{id}", NULL},
    {"vimeo.com", "/event/{num}", "vimeo", VIDEO, NULL, NULL},
    {"vimeo.com", "/{num}", "vimeo", VIDEO, "https://vimeo.com/{id}", NULL},
    {"vimeo.com", "/channels/*/{num}", "vimeo", VIDEO,
     "https://vimeo.com/{id}", NULL},
    {"dailymotion.com", "/embed/video/{id}", "dailymotion", VIDEO,
     "https://www.dailymotion.com/video/{id}", NULL},
    {"geo.dailymotion.com", "/*?video={id}", "dailymotion", VIDEO,
     "https://www.dailymotion.com/video/{id}", NULL},
    {"geo.dailymotion.com", "/player/*?video={id}", "dailymotion", VIDEO,
     "https://www.dailymotion.com/video/{id}", NULL},
    {"dailymotion.com", "/video/{id}", "dailymotion", VIDEO,
     "https://www.dailymotion.com/video/{id}", NULL},
    {"dailymotion.com", "/swf/video/{id}", "dailymotion", VIDEO,
     "https://www.dailymotion.com/video/{id}", NULL},
    {"dailymotion.com", "/swf/{id}", "dailymotion", VIDEO,
     "https://www.dailymotion.com/video/{id}", NULL},
    {"dai.ly", "/{id}", "dailymotion", VIDEO,
     "https://www.dailymotion.com/video/{id}", NULL},
    {"player.twitch.tv", "/?video={id}", "twitch", VIDEO,
     "https://www.twitch.tv/videos/{id}", NULL},
    {"player.twitch.tv", "/?channel={id}", "twitch", VIDEO,
     "https://www.twitch.tv/{id}", NULL},
    {"clips.twitch.tv", "/embed?clip={id}", "twitch", VIDEO,
     "https://clips.twitch.tv/{id}", NULL},
    {"streamable.com", "/e/{id}", "streamable", VIDEO,
     "https://streamable.com/{id}", NULL},
    {"streamable.com", "/{id}", "streamable", VIDEO,
     "https://streamable.com/{id}", NULL},
    {"rumble.com", "/embed/{id}", "rumble", VIDEO, NULL, NULL},
    {"odysee.com", "/$/embed/{id}", "odysee", VIDEO, NULL, NULL},
    {"ok.ru", "/videoembed/{id}", "ok", VIDEO, "https://ok.ru/video/{id}",
     NULL},
    {"rutube.ru", "/play/embed/{id}", "rutube", VIDEO,
     "https://rutube.ru/video/{id}/", NULL},
    {"player.bilibili.com", "/player.html?bvid={id}", "bilibili", VIDEO,
     "https://www.bilibili.com/video/{id}", NULL},
    {"embed.nicovideo.jp", "/watch/{id}", "niconico", VIDEO,
     "https://www.nicovideo.jp/watch/{id}", NULL},
    {"embed.ted.com", "/talks/{id}", "ted", VIDEO,
     "https://www.ted.com/talks/{id}", NULL},
    {"players.brightcove.net", "/*/*/index.html?videoid={id}", "brightcove",
     VIDEO, NULL, NULL},
    {"cdn.jwplayer.com", "/players/{id}", "jwplayer", VIDEO, NULL, NULL},
    {"fast.wistia.net fast.wistia.com", "/embed/iframe/{id}", "wistia", VIDEO,
     NULL, NULL},
    {"loom.com", "/embed/{id}", "loom", VIDEO,
     "https://www.loom.com/share/{id}", NULL},

    {"threads.net threads.com", "/@{handle}/post/{id}", "threads", POST,
     "https://www.threads.com/@{handle}/post/{id}", NULL},
    {"threads.net threads.com", "/t/{id}", "threads", POST, NULL, NULL},
    {"embed.bsky.app", "/embed/{type}/app.bsky.feed.post/{id}", "bluesky",
     POST, "https://bsky.app/profile/{type}/post/{id}", NULL},
    {"bsky.app", "/profile/{type}/post/{id}", "bluesky", POST,
     "https://bsky.app/profile/{type}/post/{id}", NULL},
    {"truthsocial.com", "/@{handle}/posts/{num}", "truthsocial", POST,
     "https://truthsocial.com/@{handle}/{id}", NULL},
    {"truthsocial.com", "/@{handle}/{num}", "truthsocial", POST,
     "https://truthsocial.com/@{handle}/{id}", NULL},
    {"reddit.com redditmedia.com", "/r/*/comments/{id}", "reddit", POST, NULL,
     NULL},
    {"reddit.com redditmedia.com", "/user/*/comments/{id}", "reddit", POST,
     NULL, NULL},
    {"t.me telegram.me", "/s/{handle}/{num}", "telegram", POST,
     "https://t.me/{handle}/{id}", "{handle}/{id}"},
    {"t.me telegram.me", "/{handle}/{num}", "telegram", POST,
     "https://t.me/{handle}/{id}", "{handle}/{id}"},
    {"linkedin.com", "/embed/feed/update/{id}", "linkedin", POST,
     "https://www.linkedin.com/feed/update/{id}", NULL},
    {"vk.com vkvideo.ru", "/video_ext.php?id={id}", "vk", VIDEO, NULL, NULL},
    {"pinterest.com assets.pinterest.com", "/pin/{id}", "pinterest", POST,
     "https://www.pinterest.com/pin/{id}/", NULL},
    {"assets.pinterest.com", "/ext/embed.html?id={id}", "pinterest", POST,
     "https://www.pinterest.com/pin/{id}/", NULL},
    {"embed.tumblr.com", "/embed/post/*/{id}", "tumblr", POST, NULL, NULL},
    {"tumblr.com", "/post/{num}", "tumblr", POST, NULL, NULL},
    {"imgur.com", "/a/{id}", "imgur", POST, "https://imgur.com/a/{id}", NULL},
    {"imgur.com", "/gallery/{id}", "imgur", POST,
     "https://imgur.com/gallery/{id}", NULL},
    {"imgur.com", "/{id}", "imgur", POST, "https://imgur.com/{id}", NULL},
    {"giphy.com", "/embed/{id}", "giphy", VIDEO,
     "https://giphy.com/gifs/{id}", NULL},
    {"tenor.com", "/embed/{id}", "tenor", VIDEO,
     "https://tenor.com/view/{id}", NULL},

    {"w.soundcloud.com", "/player?url={url}", NULL, AUDIO, NULL, NULL},
    {"api.soundcloud.com", "/tracks/{id}", "soundcloud", AUDIO, NULL, NULL},
    {"api.soundcloud.com", "/playlists/{id}", "soundcloud", AUDIO, NULL, NULL},
    {"soundcloud.com", "/{handle}/{id}", "soundcloud", AUDIO, NULL, NULL},
    {"open.spotify.com", "/embed/user/*/playlist/{id}", "spotify", AUDIO,
     "https://open.spotify.com/playlist/{id}", NULL},
    {"open.spotify.com", "/embed/{type}/{id}", "spotify", AUDIO,
     "https://open.spotify.com/{type}/{id}", NULL},
    {"open.spotify.com", "/embed-podcast/{type}/{id}", "spotify", AUDIO,
     "https://open.spotify.com/{type}/{id}", NULL},
    {"embed.spotify.com", "/?uri={id}", "spotify", AUDIO, NULL, NULL},
    {"embed.podcasts.apple.com", "/*/podcast/*/{id}", "applepodcasts", AUDIO,
     NULL, NULL},
    {"embed.music.apple.com", "/*/{type}/*/{id}", "applemusic", AUDIO, NULL,
     NULL},
    {"bandcamp.com", "/embeddedplayer/{id}", "bandcamp", AUDIO, NULL, NULL},
    {"mixcloud.com", "/widget/iframe?feed={id}", "mixcloud", AUDIO, NULL,
     NULL},
    {"embed.acast.com", "/{id}", "acast", AUDIO, NULL, NULL},
    {"player.megaphone.fm playlist.megaphone.fm", "/{id}", "megaphone", AUDIO,
     NULL, NULL},
    {"omny.fm", "/shows/*/{id}", "omny", AUDIO, NULL, NULL},
    {"podigee.io", "/{id}", "podigee", AUDIO, NULL, NULL},
    {"widget.spreaker.com", "/player?episode_id={id}", "spreaker", AUDIO,
     NULL, NULL},

    {"datawrapper.dwcdn.net", "/{id}", "datawrapper", CHART,
     "https://datawrapper.dwcdn.net/{id}/", NULL},
    {"infogram.com", "/{id}", "infogram", CHART, NULL, NULL},
    {"flo.uri.sh public.flourish.studio", "/visualisation/{id}", "flourish",
     CHART, "https://public.flourish.studio/visualisation/{id}/", NULL},
    {"flo.uri.sh public.flourish.studio", "/story/{id}", "flourish", CHART,
     "https://public.flourish.studio/story/{id}/", NULL},
    {"public.tableau.com", "/views/{type}/{id}", "tableau", CHART, NULL,
     "{type}/{id}"},
    {"ourworldindata.org", "/grapher/{id}", "ourworldindata", CHART, NULL,
     NULL},
    {"e.infogr.am", "/{id}", "infogram", CHART, NULL, NULL},
    {"google.com", "/maps/embed?pb={id}", "googlemaps", MAP, NULL, NULL},
    {"google.com", "/maps/d/embed?mid={id}", "googlemaps", MAP, NULL, NULL},
    {"google.com", "/maps/embed/v1/*?q={id}", "googlemaps", MAP, NULL, NULL},
    {"openstreetmap.org", "/export/embed.html?bbox={id}", "openstreetmap",
     MAP, NULL, NULL},
    {"arcgis.com", "/apps/*/index.html?appid={id}", "arcgis", MAP, NULL, NULL},
    {"documentcloud.org", "/documents/{id}", "documentcloud", DOCUMENT, NULL,
     NULL},
    {"issuu.com", "/embed.html?d={id}", "issuu", DOCUMENT, NULL, NULL},
    {"scribd.com", "/embeds/{id}", "scribd", DOCUMENT,
     "https://www.scribd.com/document/{id}", NULL},
    {"docs.google.com", "/*/d/e/{id}", "googledocs", DOCUMENT, NULL, NULL},
    {"docs.google.com", "/*/d/{id}", "googledocs", DOCUMENT, NULL, NULL},
    {"docs.google.com", "/*/e/{id}", "googledocs", DOCUMENT, NULL, NULL},
    {"slideshare.net", "/slideshow/embed_code/key/{id}", "slideshare",
     DOCUMENT, NULL, NULL},
    {"gist.github.com", "/{handle}/{id}", "gist", DOCUMENT, NULL, NULL},
    {"codepen.io", "/{handle}/embed/{id}", "codepen", OTHER, NULL, NULL},
    {"codepen.io", "/{handle}/embed/preview/{id}", "codepen", OTHER, NULL,
     NULL},

    /* Any host may be a Mastodon server: its embed address ends in /embed. */
    {"*", "/@{handle}/{num}/embed", "mastodon", POST,
     "https://{host}/@{handle}/{id}", NULL},
    {"*", "/users/{handle}/statuses/{num}/embed", "mastodon", POST,
     "https://{host}/@{handle}/{id}", NULL},
};

/* Addresses that show a button, a box or a profile, not an object. */
static const struct {
    const char *hosts, *prefix;
} widgets[] = {
    {"platform.twitter.com", "/widgets/"},
    {"facebook.com", "/plugins/like"},
    {"facebook.com", "/plugins/page"},
    {"facebook.com", "/plugins/share"},
    {"facebook.com", "/plugins/comments"},
    {"facebook.com", "/plugins/likebox"},
    {"facebook.com", "/plugins/follow"},
    {"facebook.com", "/plugins/fan"},
    {"facebook.com", "/plugins/activity"},
    {"facebook.com", "/plugins/subscribe"},
    {"disqus.com", "/embed/comments"},
    {"youtube.com", "/subscribe_embed"},
};
/* clang-format on */

typedef struct {
    dtl_str host, path, query;
} parts;

typedef struct {
    dtl_str id, handle, type, url;
} captures;

/* Splits an http(s) or scheme-relative address; false for any other. */
static bool split(dtl_str url, parts *p)
{
    dtl_str rest = dtl_str_trim(url);
    size_t at;

    if (dtl_str_starts_nocase(rest, DTL_STR("https:")))
        rest = dtl_str_sub(rest, 6, rest.len);
    else if (dtl_str_starts_nocase(rest, DTL_STR("http:")))
        rest = dtl_str_sub(rest, 5, rest.len);
    if (!dtl_str_starts(rest, DTL_STR("//")))
        return false;
    rest = dtl_str_sub(rest, 2, rest.len);
    rest = dtl_str_sub(rest, 0, dtl_str_find_char(rest, '#'));
    at = dtl_str_find_char(rest, '?');
    p->query = at == SIZE_MAX ? (dtl_str){NULL, 0}
                              : dtl_str_sub(rest, at + 1, rest.len);
    rest = dtl_str_sub(rest, 0, at);
    at = dtl_str_find_char(rest, '/');
    p->host = dtl_str_sub(rest, 0, at);
    p->path = at == SIZE_MAX ? DTL_STR("/") : dtl_str_sub(rest, at, rest.len);
    /* Players of old take their parameters in the path: /v/ID&hl=de. */
    at = dtl_str_find_char(p->path, '&');
    if (at != SIZE_MAX) {
        if (!p->query.len)
            p->query = dtl_str_sub(p->path, at + 1, p->path.len);
        p->path = dtl_str_sub(p->path, 0, at);
    }
    return p->host.len != 0;
}

static bool host_is(dtl_str host, const char *hosts)
{
    size_t len;

    for (; *hosts; hosts += len + (hosts[len] == ' ')) {
        for (len = 0; hosts[len] && hosts[len] != ' '; len++)
            ;
        if (len == 1 && *hosts == '*')
            return true;
        if (host.len >= len &&
            (host.len == len || host.ptr[host.len - len - 1] == '.') &&
            dtl_str_eq_nocase(dtl_str_sub(host, host.len - len, host.len),
                              (dtl_str){hosts, len}))
            return true;
    }
    return false;
}

/* s up to the first character that no address has as it is. Markup that was
 * broken goes on there. See cases/cli/hostile-markup-html. */
static dtl_str sound_part(dtl_str s)
{
    size_t i = 0;

    while (i < s.len && (unsigned char)s.ptr[i] > ' ' && s.ptr[i] != 0x7f &&
           !strchr("\"<>\\^`{|}", s.ptr[i]))
        i++;
    return dtl_str_sub(s, 0, i);
}

static bool capture(dtl_str name, dtl_str value, captures *c)
{
    value = sound_part(value);
    if (!value.len)
        return false;
    if (dtl_str_eq(name, DTL_STR("num")) && !dtl_str_is_digits(value))
        return false;
    if (dtl_str_eq(name, DTL_STR("handle")))
        c->handle = value;
    else if (dtl_str_eq(name, DTL_STR("type")))
        c->type = value;
    else if (dtl_str_eq(name, DTL_STR("url")))
        c->url = value;
    else
        c->id = value;
    return true;
}

/* Takes "{name}" off the pattern. */
static dtl_str take_name(dtl_str *pattern)
{
    size_t close = dtl_str_find_char(*pattern, '}');
    dtl_str name = dtl_str_sub(*pattern, 1, close);

    *pattern = dtl_str_sub(*pattern, close + 1, pattern->len);
    return name;
}

static dtl_str take_segment(dtl_str *path)
{
    dtl_str segment = dtl_str_sub(*path, 0, dtl_str_find_char(*path, '/'));

    *path = dtl_str_sub(*path, segment.len, path->len);
    return segment;
}

static bool match_path(dtl_str pattern, dtl_str path, captures *c)
{
    while (pattern.len) {
        if (pattern.ptr[0] == '{') {
            dtl_str name = take_name(&pattern);

            if (!capture(name, take_segment(&path), c))
                return false;
        } else if (pattern.ptr[0] == '*') {
            pattern = dtl_str_sub(pattern, 1, pattern.len);
            if (!take_segment(&path).len)
                return false;
        } else if (path.len &&
                   dtl_lower(path.ptr[0]) == dtl_lower(pattern.ptr[0])) {
            pattern = dtl_str_sub(pattern, 1, pattern.len);
            path = dtl_str_sub(path, 1, path.len);
        } else {
            return false;
        }
    }
    return !path.len || path.ptr[0] == '/';
}

static bool match_query(dtl_str pattern, dtl_str query, captures *c)
{
    size_t equals = dtl_str_find_char(pattern, '=');
    dtl_str name = dtl_str_sub(pattern, 0, equals), one, value;
    dtl_str hole = dtl_str_sub(pattern, equals + 1, pattern.len);

    hole = take_name(&hole);
    while (dtl_str_split(&query, '&', &one)) {
        /* "&amp;" that was escaped twice. */
        if (dtl_str_starts(one, DTL_STR("amp;")))
            one = dtl_str_sub(one, 4, one.len);
        equals = dtl_str_find_char(one, '=');
        value = equals == SIZE_MAX ? (dtl_str){NULL, 0}
                                   : dtl_str_sub(one, equals + 1, one.len);
        if (dtl_str_eq_nocase(dtl_str_sub(one, 0, equals), name) &&
            capture(hole, value, c))
            return true;
    }
    return false;
}

/* Whether the rest of an address of the rule's hosts is as the rule says. */
static bool match(const url_rule *r, const parts *p, captures *c)
{
    dtl_str pattern = dtl_str_of(r->pattern), path = p->path;
    size_t query = dtl_str_find_char(pattern, '?');

    *c = (captures){0};
    /* "/player/?url=" and "/player?url=" are the same. */
    if (query != SIZE_MAX && query > 1 && path.len > 1 &&
        path.ptr[path.len - 1] == '/')
        path.len--;
    if (!match_path(dtl_str_sub(pattern, 0, query), path, c))
        return false;
    return query == SIZE_MAX ||
           match_query(dtl_str_sub(pattern, query + 1, pattern.len), p->query,
                       c);
}

/* Fills a template's holes from what was captured. */
static dtl_str expand(const char *template, const captures *c, dtl_str host,
                      dtl_arena *arena)
{
    dtl_str rest = dtl_str_of(template), name, value;
    dtl_buf b = {.arena = arena};

    while (rest.len) {
        if (rest.ptr[0] != '{') {
            dtl_buf_putc(&b, rest.ptr[0]);
            rest = dtl_str_sub(rest, 1, rest.len);
            continue;
        }
        name = take_name(&rest);
        value = dtl_str_eq(name, DTL_STR("handle")) ? c->handle
                : dtl_str_eq(name, DTL_STR("type")) ? c->type
                : dtl_str_eq(name, DTL_STR("host")) ? host
                                                    : c->id;
        dtl_buf_str(&b, value);
    }
    return dtl_buf_view(&b);
}

static dtl_str percent_decode(dtl_str s, dtl_arena *arena)
{
    char *out = dtl_arena_alloc(arena, s.len + 1);

    if (!out)
        return (dtl_str){NULL, 0};
    return (dtl_str){out, dtl_url_percent_decode(s, out)};
}

/* The address as the URL standard writes it; ptr NULL where it is none. */
static dtl_str resolved(dtl_str url, dtl_arena *arena)
{
    /* For the scheme that "//host/path" lacks. */
    const dtl_str base = DTL_STR("https://host/");
    dtl_str out;

    if (dtl_url_resolve(base, url, arena, &out) != DTL_OK || !out.ptr)
        return (dtl_str){NULL, 0};
    return dtl_arena_copy(arena, out);
}

static void fill(const url_rule *r, const captures *c, const parts *p,
                 dtl_str url, dtl_arena *arena, dtl_embed *out)
{
    out->platform = dtl_str_of(r->platform);
    out->kind = r->kind;
    out->id =
        r->id ? expand(r->id, c, p->host, arena) : dtl_arena_copy(arena, c->id);
    out->url =
        r->url ? expand(r->url, c, p->host, arena) : resolved(url, arena);
    if (c->handle.len)
        out->author_handle = dtl_arena_copy(arena, c->handle);
}

/* Behind an address inside the path, as web archives have it:
 * https://archive.example/20130217/http://… */
static dtl_str unwrapped(dtl_str url)
{
    size_t at;

    while ((at = dtl_str_find(url, DTL_STR("/http"))) != SIZE_MAX &&
           dtl_str_find(dtl_str_sub(url, at, at + 9), DTL_STR("://")) !=
               SIZE_MAX)
        url = dtl_str_sub(url, at + 1, url.len);
    return url;
}

/* The address that a frame's own address carries in a parameter, as a site's
 * own page around a player does: /embed?url=https%3A%2F%2F… */
static dtl_str carried(dtl_str url, dtl_arena *arena)
{
    size_t at = dtl_str_find_char(url, '?');
    captures c = {0};

    if (at == SIZE_MAX)
        return (dtl_str){NULL, 0};
    url = dtl_str_sub(url, at + 1, url.len);
    if (!match_query(DTL_STR("url={url}"), url, &c) &&
        !match_query(DTL_STR("src={url}"), url, &c))
        return (dtl_str){NULL, 0};
    return percent_decode(c.url, arena);
}

bool dtl_embed_from_frame(dtl_str url, dtl_arena *arena, dtl_embed *out)
{
    dtl_str inner;

    if (dtl_embed_from_url(url, arena, out))
        return true;
    inner = carried(url, arena);
    return inner.len && dtl_embed_from_url(inner, arena, out);
}

/* The first rule that holds; NULL: none does. Rules of the same hosts stand
 * together, and are asked about them once. */
static const url_rule *rule_for(const parts *p, captures *c)
{
    const char *hosts = NULL;
    bool there = false;

    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (rules[i].hosts != hosts) {
            hosts = rules[i].hosts;
            there = host_is(p->host, hosts);
        }
        if (there && match(&rules[i], p, c))
            return &rules[i];
    }
    return NULL;
}

bool dtl_embed_from_url(dtl_str url, dtl_arena *arena, dtl_embed *out)
{
    const url_rule *r;
    size_t depth;
    captures c;
    parts p;

    *out = (dtl_embed){0};
    url = unwrapped(url);
    /* An address inside an address inside an address is no player's. */
    for (depth = 0; depth < 3; depth++) {
        if (!split(url, &p))
            return false;
        r = rule_for(&p, &c);
        if (!r)
            return false;
        if (r->platform) {
            fill(r, &c, &p, url, arena, out);
            return true;
        }
        url = percent_decode(c.url, arena);
    }
    return false;
}

bool dtl_embed_is_widget(dtl_str url)
{
    size_t i;
    parts p;

    if (!split(url, &p))
        return false;
    for (i = 0; i < sizeof widgets / sizeof *widgets; i++)
        if (host_is(p.host, widgets[i].hosts) &&
            dtl_str_starts_nocase(p.path, dtl_str_of(widgets[i].prefix)))
            return true;
    return false;
}
