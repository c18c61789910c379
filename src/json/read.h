/* Reads JSON as pages really hold it: JSON-LD, and literals in script data.
 *
 * What strict JSON allows is read exactly. Everything else is read as its
 * writer meant it, as far as can be told, and reading never fails for what
 * the bytes say:
 * - commas may miss or trail; keys may lack quotes; single, typographic and
 *   (in scripts) backtick quotes count too;
 * - strings may hold newlines, control characters, unknown escapes and, in
 *   JSON, quotes that nobody escaped;
 * - comments, CDATA and HTML comment marks, a byte order mark, "var x =" in
 *   front, ";" behind, several values one after the other are passed over;
 * - brackets that were forgotten close at the end, those too many are
 *   ignored, and members behind the last "}" join the object before it;
 * - a text without any quotes is a string; undefined, NaN and the
 *   expressions of scripts are words, which is a type of their own;
 * - cut input keeps what was there;
 * - text in which the quotes themselves are HTML references (&quot;) is
 *   decoded first, when reading it as it stands finds no member.
 *
 * A document is a flat array of values in document order: a value's children
 * follow it at once, and next leads past them. A ref is a value's index; 0 is
 * no value, of which all questions have an empty answer, so that
 *
 *     dtl_json_text(doc, dtl_json_get(doc, item, "headline"))
 *
 * needs no checks in between. Value 1, the root, is an array of the values at
 * the top level.
 *
 * A string without escapes is a slice of the source; one with escapes is
 * decoded into the arena when its text is first asked for, and remembered.
 * Malformed UTF-8 in the source goes through as it is. Time is linear in the
 * bytes, nothing recurses, and depth has no limit. */
#ifndef DTL_JSON_READ_H
#define DTL_JSON_READ_H

#include "base/alloc.h"

typedef uint32_t dtl_json_ref;

enum {
    DTL_JSON_ROOT = 1,
    /* Values past these many are left out, and the document is cut. */
    DTL_JSON_MAX_VALUES = 1 << 22
};

/* Longer sources are refused. */
#define DTL_JSON_MAX_BYTES ((size_t)UINT32_MAX - 16)

typedef enum {
    DTL_JSON_NONE, /* what ref 0 is */
    DTL_JSON_NULL,
    DTL_JSON_FALSE, /* also !1 of minified scripts */
    DTL_JSON_TRUE,  /* also !0 */
    DTL_JSON_NUMBER,
    DTL_JSON_STRING,
    DTL_JSON_ARRAY,
    DTL_JSON_OBJECT,
    DTL_JSON_WORD /* undefined, NaN; in scripts, an expression */
} dtl_json_type;

/* Offsets count bytes of the document's text. */
typedef struct {
    uint8_t type;  /* dtl_json_type */
    uint8_t flags; /* internal */
    uint8_t open;  /* bytes of a string's opening quote; 0 without one */
    uint8_t close; /* bytes of the closing quote */
    uint32_t key, key_len; /* internal: see dtl_json_key */
    uint32_t start, end;   /* of a string: without its quotes */
    dtl_json_ref next;     /* the value after this one and all inside it */
    dtl_json_ref parent;   /* 0 for the root */
    uint32_t decoded;      /* internal: 1 + index into decoded, or 0 */
} dtl_json_value;

/* Where text and source part ways in text whose references were decoded. */
typedef struct {
    uint32_t text, source;
} dtl_json_shift;

/* Lives as long as the arena and the source. Needs no clearing; a zeroed
 * document is one without values. */
typedef struct {
    dtl_str source; /* as given */
    dtl_str text;   /* the same, or with its references decoded */
    dtl_json_value *values;
    uint32_t count;
    size_t end; /* in source: where reading ended */
    bool cut;   /* the source ended, or a limit was met, inside a value */
    dtl_status status; /* DTL_NOMEM once a text could not be decoded */
    dtl_arena *arena;
    dtl_str *decoded; /* texts that needed decoding */
    size_t decoded_count, decoded_cap;
    dtl_json_shift *shifts;
    size_t shift_count;
} dtl_json_doc;

/* Reads source, which must be JSON or meant to be. Always gives a document,
 * maybe one without values. DTL_NOMEM and DTL_LIMIT (a source too long) are
 * the only errors, and leave a zeroed document. */
dtl_status dtl_json_read(dtl_json_doc *doc, dtl_arena *arena, dtl_str source);

/* Reads the first literal of script source at or after byte from, and ends
 * behind it, at doc->end: an object or array in the place of an expression,
 * behind "=", "(", "return" and the like, or the string in JSON.parse("...").
 * The document has no values, and end is the source's length, when there is
 * none. Quotes end strings as in JavaScript, and what follows a value up to
 * the next comma is passed over. Errors as in dtl_json_read. */
dtl_status dtl_json_read_script(dtl_json_doc *doc, dtl_arena *arena,
                                dtl_str source, size_t from);

/* ---- Values ---------------------------------------------------------- */

dtl_json_type dtl_json_type_of(const dtl_json_doc *doc, dtl_json_ref v);

static inline bool dtl_json_is_string(const dtl_json_doc *doc, dtl_json_ref v)
{
    return dtl_json_type_of(doc, v) == DTL_JSON_STRING;
}

static inline bool dtl_json_is_number(const dtl_json_doc *doc, dtl_json_ref v)
{
    return dtl_json_type_of(doc, v) == DTL_JSON_NUMBER;
}

static inline bool dtl_json_is_object(const dtl_json_doc *doc, dtl_json_ref v)
{
    return dtl_json_type_of(doc, v) == DTL_JSON_OBJECT;
}

static inline bool dtl_json_is_array(const dtl_json_doc *doc, dtl_json_ref v)
{
    return dtl_json_type_of(doc, v) == DTL_JSON_ARRAY;
}

static inline bool dtl_json_is_true(const dtl_json_doc *doc, dtl_json_ref v)
{
    return dtl_json_type_of(doc, v) == DTL_JSON_TRUE;
}

static inline bool dtl_json_is_false(const dtl_json_doc *doc, dtl_json_ref v)
{
    return dtl_json_type_of(doc, v) == DTL_JSON_FALSE;
}

/* A string's text, decoded: UTF-8, a lone surrogate as U+FFFD. Absent for all
 * that is no string, and when out of memory, which doc->status remembers. */
dtl_str dtl_json_text(dtl_json_doc *doc, dtl_json_ref v);

/* A value as it stands in the document's text; a string without its quotes
 * and undecoded. Absent for ref 0. */
dtl_str dtl_json_written(const dtl_json_doc *doc, dtl_json_ref v);

/* A number's value; false, with *out as it was, for all that is no number,
 * or for int64 no whole one that fits. */
bool dtl_json_double(const dtl_json_doc *doc, dtl_json_ref v, double *out);
bool dtl_json_int64(const dtl_json_doc *doc, dtl_json_ref v, int64_t *out);

/* The bytes of source that a value was read from, a string's quotes among
 * them: source[*start, *end). 0, 0 for ref 0. */
void dtl_json_range(const dtl_json_doc *doc, dtl_json_ref v, size_t *start,
                    size_t *end);

/* ---- From value to value --------------------------------------------- */

/* The first value at the top level, or 0. */
dtl_json_ref dtl_json_top(const dtl_json_doc *doc);

/* An array's or object's first child, and the one after a child; or 0. */
dtl_json_ref dtl_json_first(const dtl_json_doc *doc, dtl_json_ref v);
dtl_json_ref dtl_json_next(const dtl_json_doc *doc, dtl_json_ref v);

/* What holds v: an object, an array, or the root; 0 for that. */
dtl_json_ref dtl_json_parent(const dtl_json_doc *doc, dtl_json_ref v);

/* for (each child of parent) */
#define DTL_JSON_EACH(doc, child, parent)                                      \
    for (dtl_json_ref child = dtl_json_first(doc, parent); child;              \
         child = dtl_json_next(doc, child))

/* How many children v has; looks at each. */
size_t dtl_json_count(const dtl_json_doc *doc, dtl_json_ref v);

/* The key of an object's member, decoded; absent for other values, and for a
 * value that stands in an object without one. */
dtl_str dtl_json_key(const dtl_json_doc *doc, dtl_json_ref v);

/* The member of that key, by exact case; the last where there are several, as
 * in JavaScript. 0 when there is none or v is no object. */
dtl_json_ref dtl_json_get(const dtl_json_doc *doc, dtl_json_ref v,
                          const char *key);
dtl_json_ref dtl_json_get_str(const dtl_json_doc *doc, dtl_json_ref v,
                              dtl_str key);

/* The value at the end of a path: "props.pageProps.posts.0.title", where a
 * number counts an array's children. 0 when a step is missing. */
dtl_json_ref dtl_json_path(const dtl_json_doc *doc, dtl_json_ref v,
                           const char *path);

/* The next member named key, in document order, inside v at any depth: after
 * is 0 or the one found before. Members inside a found one are found too.
 *
 *     for (f = 0; (f = dtl_json_find(doc, top, "articleBody", f));) */
dtl_json_ref dtl_json_find(const dtl_json_doc *doc, dtl_json_ref v,
                           const char *key, dtl_json_ref after);

#endif
