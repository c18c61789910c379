/* Section, tags and authors out of the data that holds the body.
 *
 * Content systems keep them as members beside the text: a string, an object
 * with a name, or a list of these. The object nearest to the body that has a
 * member counts; one farther out is about the page. */
#include "article/script_body.h"
#include "article/value.h"
#include "base/str.h"

enum {
    LEVELS = 3, /* objects around the body that are looked into */
    MOST = 24,  /* tags or authors */
    NAME_MAX_BYTES = 120
};

static const char *const section_keys[] = {
    "section",         "articleSection", "primarySection",
    "primary_section", "category",       "primaryCategory",
    "rubric",          "ressort",        "channel",
};
static const char *const tag_keys[] = {
    "tags",
    "keywords",
    "topics",
};
static const char *const author_keys[] = {
    "authors", "author", "byline", "bylines", "creators", "contributors",
};
static const char *const name_keys[] = {
    "name", "title", "label", "displayName", "fullName", "text",
};

/* What a member says: itself, or the name in it. */
static dtl_str name_of(dtl_json_doc *json, dtl_json_ref v, dtl_arena *arena,
                       dtl_status *st)
{
    dtl_str s = {NULL, 0};

    for (size_t i = 0; dtl_json_is_object(json, v) &&
                       i < sizeof name_keys / sizeof *name_keys;
         i++) {
        dtl_json_ref name = dtl_json_get(json, v, name_keys[i]);

        if (dtl_json_is_string(json, name)) {
            v = name;
            break;
        }
    }
    if (!dtl_json_is_string(json, v))
        return s;
    s = dtl_value_clean(dtl_json_text(json, v), DTL_VALUE_REFS, arena, st);
    if (!s.len || s.len > NAME_MAX_BYTES || *st != DTL_OK)
        return (dtl_str){NULL, 0};
    s = dtl_arena_copy(arena, s);
    if (!s.ptr)
        *st = DTL_NOMEM;
    return s;
}

static void add(dtl_str *list, size_t *count, dtl_str name)
{
    if (name.len && *count < MOST)
        list[(*count)++] = name;
}

typedef struct {
    dtl_json_doc *json;
    dtl_arena *arena;
    dtl_status status;
} reader;

/* The first of keys that an object has. */
static dtl_json_ref member(reader *r, dtl_json_ref object,
                           const char *const *keys, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        dtl_json_ref v = dtl_json_get(r->json, object, keys[i]);

        if (v)
            return v;
    }
    return 0;
}

#define MEMBER(r, object, keys)                                                \
    member(r, object, keys, sizeof(keys) / sizeof *(keys))

static void read_names(reader *r, dtl_json_ref v, dtl_str **list, size_t *count)
{
    if (!v || *count)
        return;
    *list = dtl_arena_calloc(r->arena, MOST, sizeof **list);
    if (!*list) {
        r->status = DTL_NOMEM;
        return;
    }
    if (!dtl_json_is_array(r->json, v)) {
        add(*list, count, name_of(r->json, v, r->arena, &r->status));
        return;
    }
    DTL_JSON_EACH(r->json, child, v)
    {
        add(*list, count, name_of(r->json, child, r->arena, &r->status));
    }
}

dtl_status dtl_script_meta_read(dtl_json_doc *json, dtl_json_ref body,
                                dtl_arena *arena, dtl_script_meta *out)
{
    reader r = {json, arena, DTL_OK};
    dtl_json_ref v = body;

    *out = (dtl_script_meta){0};
    for (int level = 0; level < LEVELS && r.status == DTL_OK;) {
        v = dtl_json_parent(json, v);
        if (!v)
            break;
        if (!dtl_json_is_object(json, v))
            continue;
        level++;
        if (!out->section.len)
            out->section =
                name_of(json, MEMBER(&r, v, section_keys), arena, &r.status);
        read_names(&r, MEMBER(&r, v, tag_keys), &out->tags, &out->tag_count);
        read_names(&r, MEMBER(&r, v, author_keys), &out->authors,
                   &out->author_count);
    }
    return r.status;
}
