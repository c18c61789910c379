/* Marks the body's JSON up as HTML again.
 *
 * Content systems describe a text as a list of parts, each with a type and
 * its text, some with texts in texts. The parts become elements by their
 * types' names; parts that are no text (images, advertisements, related
 * articles) go. Strings may be HTML themselves and go through as they are;
 * what is written here is only ever parsed, never shown. */
#include "article/script_body.h"
#include "base/str.h"

enum {
    PART_NONE, /* no element of its own */
    PART_SKIP,
    PART_PARAGRAPH,
    PART_HEADING,
    PART_LIST,
    PART_ITEM,
    PART_QUOTE,
    PART_CODE
};

static const struct {
    const char *type;
    uint8_t part;
} parts[] = {
    {"paragraph", PART_PARAGRAPH},
    {"p", PART_PARAGRAPH},
    {"text", PART_NONE},
    {"block", PART_PARAGRAPH},
    {"normal", PART_PARAGRAPH},
    {"header", PART_HEADING},
    {"heading", PART_HEADING},
    {"h1", PART_HEADING},
    {"h2", PART_HEADING},
    {"h3", PART_HEADING},
    {"h4", PART_HEADING},
    {"h5", PART_HEADING},
    {"h6", PART_HEADING},
    {"heading-1", PART_HEADING},
    {"heading-2", PART_HEADING},
    {"heading-3", PART_HEADING},
    {"heading-4", PART_HEADING},
    {"subheading", PART_HEADING},
    {"subhead", PART_HEADING},
    {"crosshead", PART_HEADING},
    {"list", PART_LIST},
    {"ul", PART_LIST},
    {"ol", PART_LIST},
    {"unordered-list", PART_LIST},
    {"ordered-list", PART_LIST},
    {"bullet_list", PART_LIST},
    {"bulletlist", PART_LIST},
    {"list-item", PART_ITEM},
    {"list_item", PART_ITEM},
    {"listitem", PART_ITEM},
    {"li", PART_ITEM},
    {"quote", PART_QUOTE},
    {"blockquote", PART_QUOTE},
    {"pre", PART_CODE},
    {"code", PART_CODE},
    {"ad", PART_SKIP},
    {"ads", PART_SKIP},
    {"advert", PART_SKIP},
    {"advertisement", PART_SKIP},
    {"audio", PART_SKIP},
    {"author", PART_SKIP},
    {"button", PART_SKIP},
    {"caption", PART_SKIP},
    {"embed", PART_SKIP},
    {"figure", PART_SKIP},
    {"footer", PART_SKIP},
    {"form", PART_SKIP},
    {"gallery", PART_SKIP},
    {"iframe", PART_SKIP},
    {"image", PART_SKIP},
    {"img", PART_SKIP},
    {"interstitial_link", PART_SKIP},
    {"link_list", PART_SKIP},
    {"nav", PART_SKIP},
    {"newsletter", PART_SKIP},
    {"oembed_response", PART_SKIP},
    {"promo", PART_SKIP},
    {"pullquote", PART_SKIP},
    {"raw_html", PART_SKIP},
    {"reference", PART_SKIP},
    {"related", PART_SKIP},
    {"relatedarticles", PART_SKIP},
    {"script", PART_SKIP},
    {"social_embed", PART_SKIP},
    {"style", PART_SKIP},
    {"svg", PART_SKIP},
    {"tweet", PART_SKIP},
    {"video", PART_SKIP},
};

/* Members that name what a part is, the most telling first: Portable Text's
 * blocks have a style besides. */
static const char *const type_keys[] = {"style",   "type", "_type", "nodeType",
                                        "tagName", "tag",  "kind",  "name"};

typedef struct {
    dtl_json_ref end; /* the element closes before this value */
    uint8_t part, level;
} open_part;

typedef struct {
    dtl_json_doc *json;
    dtl_script_body *out;
    dtl_script_range_fn *range;
    void *ctx;
    open_part *open;
    size_t depth, cap;
} renderer;

static int part_named(dtl_str type)
{
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (dtl_str_eq_nocase(type, dtl_str_of(parts[i].type)))
            return parts[i].part;
    return -1;
}

/* Digits in the type's name ("h2", "heading-3"), else the member "level". */
static uint8_t level_of(renderer *r, dtl_json_ref v, dtl_str type)
{
    int64_t level = 2;

    dtl_json_int64(r->json, dtl_json_get(r->json, v, "level"), &level);
    for (size_t i = 0; i < type.len; i++)
        if (dtl_is_digit(type.ptr[i]))
            level = type.ptr[i] - '0';
    return (uint8_t)(level < 2 ? 2 : level > 6 ? 6 : level);
}

/* What an object says it is; a React element, ["$", "p", key, props], too. */
static int part_of(renderer *r, dtl_json_ref v, uint8_t *level)
{
    dtl_json_ref first = dtl_json_first(r->json, v);

    *level = 2;
    if (dtl_json_is_array(r->json, v)) {
        dtl_json_ref tag = dtl_json_next(r->json, first);

        if (!dtl_str_eq(dtl_json_text(r->json, first), DTL_STR("$")) ||
            !dtl_json_is_string(r->json, tag))
            return PART_NONE;
        *level = level_of(r, v, dtl_json_text(r->json, tag));
        return part_named(dtl_json_text(r->json, tag));
    }
    if (!dtl_json_is_object(r->json, v))
        return PART_NONE;
    for (size_t i = 0; i < sizeof type_keys / sizeof type_keys[0]; i++) {
        dtl_json_ref t = dtl_json_get(r->json, v, type_keys[i]);
        dtl_str type = dtl_json_text(r->json, t);
        int part = type.ptr ? part_named(type) : -1;

        if (part >= 0) {
            *level = level_of(r, v, type);
            return part;
        }
    }
    return PART_NONE;
}

static void put_tag(renderer *r, const open_part *p, bool close)
{
    static const char *const names[] = {"",   "",   "p",          "h",
                                        "ul", "li", "blockquote", "pre"};
    dtl_buf *out = &r->out->html;

    if (p->part == PART_NONE)
        return;
    dtl_buf_puts(out, close ? "</" : "<");
    dtl_buf_puts(out, names[p->part]);
    if (p->part == PART_HEADING)
        dtl_buf_putc(out, (char)('0' + p->level));
    dtl_buf_putc(out, '>');
}

static void close_parts(renderer *r, dtl_json_ref v)
{
    while (r->depth && r->open[r->depth - 1].end <= v)
        put_tag(r, &r->open[--r->depth], true);
}

static bool in_text_part(const renderer *r)
{
    for (size_t i = r->depth; i-- > 0;) {
        uint8_t part = r->open[i].part;

        if (part == PART_PARAGRAPH || part == PART_HEADING ||
            part == PART_ITEM || part == PART_CODE)
            return true;
        if (part != PART_NONE)
            return false;
    }
    return false;
}

static bool in_list(const renderer *r)
{
    for (size_t i = r->depth; i-- > 0;)
        if (r->open[i].part != PART_NONE)
            return r->open[i].part == PART_LIST;
    return false;
}

/* Whether a string is marked up already. */
static bool has_markup(dtl_str text)
{
    size_t at = dtl_str_find_char(text, '<');

    return at != SIZE_MAX && at + 1 < text.len &&
           (dtl_is_alpha(text.ptr[at + 1]) || text.ptr[at + 1] == '/');
}

static bool has_blocks(dtl_str text)
{
    return dtl_str_find_nocase(text, DTL_STR("<p")) != SIZE_MAX ||
           dtl_str_find_nocase(text, DTL_STR("<h")) != SIZE_MAX ||
           dtl_str_find_nocase(text, DTL_STR("<li")) != SIZE_MAX ||
           dtl_str_find_nocase(text, DTL_STR("<div")) != SIZE_MAX;
}

/* Text without markup: newlines set paragraphs apart. */
static void put_plain(dtl_buf *out, dtl_str text, bool inside)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (c == '<')
            dtl_buf_puts(out, "&lt;");
        else if (c == '\n')
            dtl_buf_puts(out, inside ? "<br>" : "</p><p>");
        else
            dtl_buf_putc(out, c);
    }
}

static void put_string(renderer *r, dtl_json_ref v)
{
    dtl_script_body *b = r->out;
    dtl_str text = dtl_json_text(r->json, v);
    bool inside = in_text_part(r), item = !inside && in_list(r);
    dtl_script_span span = {.html = b->html.len};

    r->range(r->ctx, r->json, v, &span.source_start, &span.source_end);
    if (b->html.status == DTL_OK)
        b->html.status = dtl_grow((void **)&b->spans, &b->span_cap,
                                  b->span_count + 1, sizeof *b->spans);
    if (b->html.status != DTL_OK)
        return;
    b->spans[b->span_count++] = span;
    if (has_markup(text)) {
        bool wrap = !inside && !has_blocks(text);

        dtl_buf_puts(&b->html, item ? "<li>" : wrap ? "<p>" : "");
        dtl_buf_str(&b->html, text);
        dtl_buf_puts(&b->html, item ? "</li>" : wrap ? "</p>" : "");
        return;
    }
    dtl_buf_puts(&b->html, item ? "<li>" : inside ? "" : "<p>");
    put_plain(&b->html, text, inside || item);
    dtl_buf_puts(&b->html, item ? "</li>" : inside ? "" : "</p>");
}

/* Whether a string is text: by its key, or, in an array, by the array's. */
static bool is_text(renderer *r, dtl_json_ref v, dtl_json_ref top)
{
    dtl_json_ref up = v;

    for (int level = 0; up && level < 4; level++) {
        dtl_str key = dtl_json_key(r->json, up);

        if (up == top)
            return true;
        if (key.ptr)
            return dtl_script_key_is_text(key);
        up = dtl_json_parent(r->json, up);
    }
    return false;
}

/* The tag and "$" of a React element are no text. */
static bool is_react_word(renderer *r, dtl_json_ref v)
{
    dtl_json_ref up = dtl_json_parent(r->json, v);
    dtl_json_ref first = dtl_json_first(r->json, up);

    return dtl_json_is_array(r->json, up) &&
           dtl_str_eq(dtl_json_text(r->json, first), DTL_STR("$"));
}

static void open_at(renderer *r, dtl_json_ref v, int part, uint8_t level)
{
    open_part p = {r->json->values[v].next, (uint8_t)part, level};

    if (!dtl_arena_grow(r->json->arena, (void **)&r->open, r->depth, &r->cap,
                        sizeof *r->open))
        r->out->html.status = DTL_NOMEM;
    if (r->out->html.status != DTL_OK)
        return;
    put_tag(r, &p, false);
    r->open[r->depth++] = p;
}

void dtl_script_render_string(dtl_json_doc *json, dtl_json_ref v,
                              dtl_script_range_fn *range, void *ctx,
                              dtl_script_body *b)
{
    renderer r = {.json = json, .out = b, .range = range, .ctx = ctx};

    put_string(&r, v);
}

void dtl_script_render(dtl_json_doc *json, dtl_json_ref top,
                       dtl_script_range_fn *range, void *ctx,
                       dtl_script_body *b)
{
    renderer r = {.json = json, .out = b, .range = range, .ctx = ctx};
    dtl_json_ref v = top, end = json->values[top].next;

    while (v < end && b->html.status == DTL_OK) {
        dtl_str key = v == top ? (dtl_str){NULL, 0} : dtl_json_key(json, v);
        uint8_t level;
        int part;

        close_parts(&r, v);
        if (key.ptr && dtl_script_key_is_aside(key)) {
            v = json->values[v].next;
            continue;
        }
        if (dtl_json_is_string(json, v)) {
            if (is_text(&r, v, top) && !is_react_word(&r, v))
                put_string(&r, v);
            v++;
            continue;
        }
        part = part_of(&r, v, &level);
        if (part == PART_SKIP) {
            v = json->values[v].next;
            continue;
        }
        if (dtl_json_is_object(json, v) || dtl_json_is_array(json, v))
            open_at(&r, v, part > 0 ? part : PART_NONE, level);
        v++;
    }
    close_parts(&r, end);
}
