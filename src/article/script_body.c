/* Finds the literal that holds the body.
 *
 * A document of JSON is weighed as a page is: every string that can be prose
 * counts, values that hold others sum them up, and from the top the way goes
 * to the heaviest member until the text parts into many. Keys that name other
 * things (captions, authors, related articles) and their members weigh
 * nothing. A value whose object also holds the page's headline weighs more. */
#include "article/script_body.h"
#include "article/measure.h"
#include "base/str.h"
#include "base/word_set.h"

enum {
    STRING_MIN = 40, /* bytes; shorter ones are no prose */
    KEY_MAX = 16,    /* bytes; no listed key is longer */
    LEVELS = 4,      /* up which the headline is looked for */
    FLIGHT_PART = 1  /* first item of a push that carries text */
};

/* ---- Keys ---------------------------------------------------------------- */

/* Names under which content systems keep text: seen in the data of several
 * (Next.js sites, Arc, Contentful, WordPress, ProseMirror, Portable Text). */
static const char *const text_keys[] = {
    "articlebody",  "body",        "bodyhtml",  "body_html",
    "bodytext",     "children",    "content",   "contenthtml",
    "content_html", "contents",    "data",      "fulltext",
    "html",         "maincontent", "maintext",  "markdown",
    "markup",       "p",           "paragraph", "paragraphs",
    "plaintext",    "raw",         "rendered",  "richtext",
    "story",        "text",        "texte",     "texthtml",
    "texto",        "value",       "items",     "content_elements",
    "elements",     "blocks",      "model",     "articletext",
    "storybody",    "bodycontent", "copy",
};

static const char *const aside_keys[] = {
    "ad",
    "ads",
    "alt",
    "author",
    "authors",
    "bio",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "caption",
    "captions",
    "comments",
    "config",
    "consent",
    "contributors",
    "copyright",
    "credit",
    "credits",
    "css",
    "description",
    "disclaimer",
    "excerpt",
    "footer",
    "gallery",
    "image",
    "images",
    "labels",
    "legal",
    "links",
    "messages",
    "meta",
    "metadata",
    "nav",
    "navigation",
    "newsletter",
    "newsletters",
    "mostread",
    "popular",
    "promo",
    "promo_items",
    "query",
    "recommended",
    "recommendations",
    "related",
    "relatedarticles",
    "related_content",
    "relatedcontent",
    "relatedposts",
    "script",
    "scripts",
    "seo",
    "settings",
    "sidebar",
    "sponsor",
    "strings",
    "style",
    "styles",
    "subheadlines",
    "summary",
    "tags",
    "teaser",
    "teasers",
    "title",
    "translations",
    "trending",
    "url",
    "video",
    "videos",
};

bool dtl_script_key_is_text(dtl_str key)
{
    static dtl_word_set keys = DTL_WORD_SET(text_keys);

    return key.len <= KEY_MAX && dtl_word_set_has(&keys, key);
}

bool dtl_script_key_is_aside(dtl_str key)
{
    static dtl_word_set keys = DTL_WORD_SET(aside_keys);

    return key.len <= KEY_MAX && dtl_word_set_has(&keys, key);
}

/* ---- Weighing ------------------------------------------------------------ */

/* Prose in a string: sentences, and words rather than code or addresses. */
static float prose_of(dtl_str text)
{
    dtl_measure m;

    if (text.len < STRING_MIN || dtl_str_find_char(text, ' ') == SIZE_MAX)
        return 0;
    m = dtl_measure_text(text);
    if (!m.stops || m.marks * 8 > m.letters || m.words < 6)
        return 0;
    return (float)m.weight;
}

typedef struct {
    dtl_json_doc json;
    float *prose; /* one a value: sums */
} weighed;

/* Strings count under a text key, or in an array that stands under one. */
static bool counts(const dtl_json_doc *json, dtl_json_ref v)
{
    for (int level = 0; v && level < LEVELS; level++) {
        dtl_str key = dtl_json_key(json, v);

        if (key.ptr)
            return dtl_script_key_is_text(key);
        v = dtl_json_parent(json, v);
    }
    return false;
}

/* Values stand in document order, so a parent is before its children: one
 * pass forward to leave out what is beside the text, one back to sum. */
static dtl_status weigh(weighed *w, dtl_arena *arena)
{
    dtl_json_doc *json = &w->json;
    dtl_json_ref v = DTL_JSON_ROOT;

    w->prose = dtl_arena_calloc(arena, json->count + 1, sizeof *w->prose);
    if (!w->prose)
        return DTL_NOMEM;
    while (v < json->count) {
        dtl_str key = dtl_json_key(json, v);

        if (key.ptr && dtl_script_key_is_aside(key)) {
            v = json->values[v].next;
            continue;
        }
        if (dtl_json_is_string(json, v) && counts(json, v))
            w->prose[v] = prose_of(dtl_json_text(json, v));
        v++;
    }
    for (v = json->count; v-- > DTL_JSON_ROOT + 1;) {
        dtl_json_ref up = dtl_json_parent(json, v);

        if (up)
            w->prose[up] += w->prose[v];
    }
    return json->status;
}

static dtl_json_ref heaviest(const weighed *w, dtl_json_ref v)
{
    dtl_json_ref best = 0;

    DTL_JSON_EACH(&w->json, child, v)
    {
        if (w->prose[child] > 0 && (!best || w->prose[child] > w->prose[best]))
            best = child;
    }
    return best;
}

/* Down to where the text parts: an array whose members share it, or one
 * string. */
static dtl_json_ref find_body(const weighed *w)
{
    dtl_json_ref v = DTL_JSON_ROOT, next;

    while ((next = heaviest(w, v))) {
        if (dtl_json_is_array(&w->json, v) && v != DTL_JSON_ROOT &&
            (w->prose[next] < 0.6f * w->prose[v] ||
             dtl_json_is_string(&w->json, next)))
            break;
        v = next;
    }
    return v;
}

/* Whether an object near v says the page's headline. */
static bool is_headed(weighed *w, dtl_json_ref v, dtl_str title)
{
    uint64_t key = dtl_text_key(title);

    if (!title.len)
        return false;
    for (int level = 0; v && level < LEVELS; level++) {
        v = dtl_json_parent(&w->json, v);
        DTL_JSON_EACH(&w->json, child, v)
        {
            if (dtl_json_is_string(&w->json, child) &&
                dtl_text_key(dtl_json_text(&w->json, child)) == key)
                return true;
        }
    }
    return false;
}

/* ---- Sources ---------------------------------------------------------------
 */

/* A piece of the text that self.__next_f is pushed: where it begins there,
 * and the literal it came from. */
typedef struct {
    size_t at, source_start, source_end;
} piece;

typedef struct {
    const dtl_facts *facts;
    dtl_str page, title;
    dtl_arena *arena;
    dtl_script_body *out;
    dtl_status status;
    /* The best so far. */
    weighed best;
    dtl_json_ref body;
    float weight;
    size_t best_offset; /* of its source in the page, or in the flight */
    bool best_in_flight;
    dtl_str raw; /* text of a flight's raw row, instead of JSON */
    size_t raw_at;
    /* The flight. */
    dtl_buf flight;
    piece *pieces;
    size_t piece_count, piece_cap;
} search;

static void consider(search *s, dtl_json_doc *json, size_t offset, bool flight)
{
    weighed w = {.json = *json};
    dtl_json_ref body;
    float weight;

    if (json->count <= DTL_JSON_ROOT + 1)
        return;
    s->status = weigh(&w, s->arena);
    if (s->status != DTL_OK)
        return;
    body = find_body(&w);
    if (body == DTL_JSON_ROOT)
        return;
    weight = w.prose[body];
    /* One literal without markup has lost its paragraphs. */
    if (dtl_json_is_string(&w.json, body))
        weight *= 0.8f;
    if (is_headed(&w, body, s->title))
        weight *= 2;
    if (weight <= s->weight)
        return;
    s->best = w;
    s->body = body;
    s->weight = weight;
    s->best_offset = offset;
    s->best_in_flight = flight;
    s->raw.ptr = NULL;
}

static void consider_raw(search *s, dtl_str text, size_t at)
{
    float weight = prose_of(text) * 0.8f;

    if (weight <= s->weight)
        return;
    s->weight = weight;
    s->raw = text;
    s->raw_at = at;
    s->best_in_flight = true;
}

static void read_json(search *s, dtl_str text, size_t offset, bool flight)
{
    dtl_json_doc json;

    s->status = dtl_json_read(&json, s->arena, text);
    if (s->status == DTL_LIMIT)
        s->status = DTL_OK;
    else if (s->status == DTL_OK)
        consider(s, &json, offset, flight);
}

/* Every object and array that a script's code has in the place of a value. */
static void read_code(search *s, const dtl_script *script)
{
    size_t from = 0, offset = (size_t)(script->text.ptr - s->page.ptr);
    dtl_json_doc json;

    while (from < script->text.len && s->status == DTL_OK) {
        s->status = dtl_json_read_script(&json, s->arena, script->text, from);
        if (s->status == DTL_LIMIT) {
            s->status = DTL_OK;
            return;
        }
        if (s->status != DTL_OK || json.end <= from)
            return;
        from = json.end;
        if (json.count > 3)
            consider(s, &json, offset, false);
    }
}

static const char flight_push[] = "self.__next_f.push(";

bool dtl_script_is_flight(const dtl_script *script)
{
    return script->kind == DTL_SCRIPT_CODE &&
           dtl_str_starts(dtl_str_trim(script->text), dtl_str_of(flight_push));
}

static void read_push(search *s, const dtl_script *script)
{
    dtl_json_doc json;
    dtl_json_ref list, text;
    size_t start, end, offset = (size_t)(script->text.ptr - s->page.ptr);

    s->status = dtl_json_read_script(&json, s->arena, script->text, 0);
    if (s->status != DTL_OK)
        return;
    list = dtl_json_top(&json);
    text = dtl_json_next(&json, dtl_json_first(&json, list));
    if (!dtl_json_is_string(&json, text))
        return;
    if (!dtl_arena_grow(s->arena, (void **)&s->pieces, s->piece_count,
                        &s->piece_cap, sizeof *s->pieces)) {
        s->status = DTL_NOMEM;
        return;
    }
    dtl_json_range(&json, text, &start, &end);
    s->pieces[s->piece_count++] =
        (piece){s->flight.len, offset + start, offset + end};
    dtl_buf_str(&s->flight, dtl_json_text(&json, text));
}

static bool is_hex(char c)
{
    return dtl_is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* "1a:T4c3," begins a raw text of 0x4c3 bytes. Returns its first byte's
 * offset, or 0. */
static size_t raw_row(dtl_str flight, size_t at, size_t *len)
{
    size_t n = 0, digits = 0;

    if (at >= flight.len || flight.ptr[at] != 'T')
        return 0;
    for (at++; at < flight.len && is_hex(flight.ptr[at]) && digits < 8; at++) {
        char c = flight.ptr[at];

        n = n * 16 +
            (size_t)(dtl_is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
        digits++;
    }
    if (!digits || at >= flight.len || flight.ptr[at] != ',')
        return 0;
    *len = n < flight.len - at - 1 ? n : flight.len - at - 1;
    return at + 1;
}

/* Rows of the flight: "ID:JSON" up to a newline, or raw texts. */
static void read_flight(search *s)
{
    dtl_str flight = dtl_buf_view(&s->flight);
    size_t at = 0;

    while (at < flight.len && s->status == DTL_OK) {
        size_t row = at, end, raw, len = 0;

        while (row < flight.len && is_hex(flight.ptr[row]))
            row++;
        if (row < flight.len && flight.ptr[row] == ':')
            row++;
        raw = raw_row(flight, row, &len);
        if (raw) {
            consider_raw(s, dtl_str_sub(flight, raw, raw + len), raw);
            at = raw + len;
            continue;
        }
        end = dtl_str_find_char(dtl_str_sub(flight, row, flight.len), '\n');
        end = end == SIZE_MAX ? flight.len : row + end;
        if (row < end && (flight.ptr[row] == '{' || flight.ptr[row] == '['))
            read_json(s, dtl_str_sub(flight, row, end), row, true);
        at = end + 1;
    }
}

/* ---- The place of literals ----------------------------------------------- */

/* The piece that holds byte at of the flight. */
static const piece *piece_at(const search *s, size_t at)
{
    size_t low = 0, high = s->piece_count;

    while (low + 1 < high) {
        size_t mid = low + (high - low) / 2;

        if (s->pieces[mid].at <= at)
            low = mid;
        else
            high = mid;
    }
    return &s->pieces[low];
}

static void flight_range(const search *s, size_t from, size_t to, size_t *start,
                         size_t *end)
{
    *start = piece_at(s, from)->source_start;
    *end = piece_at(s, to > from ? to - 1 : from)->source_end;
}

static void range_of(void *ctx, dtl_json_doc *json, dtl_json_ref v,
                     size_t *start, size_t *end)
{
    const search *s = ctx;

    dtl_json_range(json, v, start, end);
    *start += s->best_offset;
    *end += s->best_offset;
    if (s->best_in_flight)
        flight_range(s, *start, *end, start, end);
}

/* Names of the standfirst. */
static const char *const summary_keys[] = {
    "dek",      "standfirst", "subtitle", "subheadline", "subheadlines",
    "summary",  "lead",       "intro",    "excerpt",     "description",
    "abstract", "chapo",      "bajada",   "teaser",
};

/* The standfirst beside the body: a string, or one in an object ("basic"). */
static dtl_json_ref find_summary(search *s)
{
    dtl_json_doc *json = &s->best.json;
    dtl_json_ref v = s->body;

    for (int level = 0; v && level < 2; level++) {
        v = dtl_json_parent(json, v);
        for (size_t i = 0; i < sizeof summary_keys / sizeof summary_keys[0];
             i++) {
            dtl_json_ref found = dtl_json_get(json, v, summary_keys[i]);

            if (dtl_json_is_object(json, found))
                found = dtl_json_first(json, found);
            if (dtl_json_is_string(json, found) && found != s->body &&
                dtl_json_text(json, found).len >= STRING_MIN)
                return found;
        }
    }
    return 0;
}

static void render(search *s)
{
    dtl_script_body *out = s->out;
    dtl_json_ref summary;

    if (s->weight <= 0)
        return;
    if (!s->raw.ptr) {
        summary = find_summary(s);
        if (summary)
            dtl_script_render_string(&s->best.json, summary, range_of, s, out);
        out->summary = summary != 0;
        dtl_script_render(&s->best.json, s->body, range_of, s, out);
        out->prose = s->best.prose[s->body];
        s->status =
            dtl_script_meta_read(&s->best.json, s->body, s->arena, &out->meta);
        return;
    }
    s->status =
        dtl_grow((void **)&out->spans, &out->span_cap, 1, sizeof *out->spans);
    if (s->status != DTL_OK)
        return;
    out->span_count = 1;
    out->spans[0].html = 0;
    flight_range(s, s->raw_at, s->raw_at + s->raw.len,
                 &out->spans[0].source_start, &out->spans[0].source_end);
    dtl_buf_str(&out->html, s->raw);
    out->prose = prose_of(s->raw);
}

dtl_status dtl_script_body_find(const dtl_facts *facts, dtl_str page,
                                dtl_str title, dtl_arena *arena,
                                dtl_script_body *out)
{
    search s = {.page = page,
                .title = title,
                .arena = arena,
                .out = out,
                .flight = {.arena = arena}};

    dtl_buf_reset(&out->html);
    out->span_count = 0;
    out->prose = 0;
    out->summary = false;
    out->meta = (dtl_script_meta){0};
    for (size_t i = 0; i < facts->script_count && s.status == DTL_OK; i++) {
        const dtl_script *script = &facts->scripts[i];

        if (script->kind != DTL_SCRIPT_CODE)
            read_json(&s, script->text, (size_t)(script->text.ptr - page.ptr),
                      false);
        else if (dtl_script_is_flight(script))
            read_push(&s, script);
        else if (script->text.len > STRING_MIN)
            read_code(&s, script);
    }
    if (s.status == DTL_OK)
        read_flight(&s);
    if (s.status == DTL_OK)
        s.status = s.flight.status;
    if (s.status == DTL_OK)
        render(&s);
    if (s.status == DTL_OK)
        s.status = out->html.status;
    return s.status;
}

void dtl_script_body_clear(dtl_script_body *b)
{
    dtl_buf_clear(&b->html);
    dtl_free(b->spans);
    *b = (dtl_script_body){0};
}
