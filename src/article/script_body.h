/* The body of an article out of a page's script data.
 *
 * Pages that are put together in the browser hold their text as JSON: in
 * JSON-LD's articleBody, in __NEXT_DATA__ and its like, in an object that a
 * script assigns, in the pieces of self.__next_f. Nothing is run: literals
 * are read, and the one with the most prose is taken for the body. */
#ifndef DTL_ARTICLE_SCRIPT_BODY_H
#define DTL_ARTICLE_SCRIPT_BODY_H

#include "article/layout.h"
#include "article/choose.h"
#include "json/read.h"

/* Where a run of the body's HTML stands in the page's text. */
typedef struct {
    size_t html;                     /* offset in the body's HTML */
    size_t source_start, source_end; /* the literal */
} dtl_script_span;

/* What is said beside the body in the same data; in the arena. */
typedef struct {
    dtl_str section;
    dtl_str *tags, *authors;
    size_t tag_count, author_count;
} dtl_script_meta;

typedef struct {
    dtl_buf html; /* the body, marked up anew */
    dtl_script_span *spans;
    size_t span_count, span_cap;
    float prose;  /* letters of prose in it; 0: no body was found */
    bool summary; /* it begins with the standfirst */
    dtl_script_meta meta;
} dtl_script_body;

/* Finds the body in the page's scripts; title helps to tell the page's own
 * article from others. out is zeroed or holds an earlier page's, whose memory
 * is used again. DTL_NOMEM is the only error. */
dtl_status dtl_script_body_find(const dtl_facts *facts, dtl_str page,
                                dtl_str title, dtl_arena *arena,
                                dtl_script_body *out);
/* Whether a script is a piece of the text that self.__next_f is pushed. */
bool dtl_script_is_flight(const dtl_script *script);
void dtl_script_body_clear(dtl_script_body *b);

/* Reads what the object that holds the body, or one around it, says of the
 * article. *out is empty where that is nothing. DTL_NOMEM is the only error. */
dtl_status dtl_script_meta_read(dtl_json_doc *json, dtl_json_ref body,
                                dtl_arena *arena, dtl_script_meta *out);

/* Marks a JSON value up as HTML, appended to b; range gives each literal's
 * place in the page. */
typedef void dtl_script_range_fn(void *ctx, dtl_json_doc *json, dtl_json_ref v,
                                 size_t *start, size_t *end);
void dtl_script_render_string(dtl_json_doc *json, dtl_json_ref v,
                              dtl_script_range_fn *range, void *ctx,
                              dtl_script_body *b);
void dtl_script_render(dtl_json_doc *json, dtl_json_ref v,
                       dtl_script_range_fn *range, void *ctx,
                       dtl_script_body *b);

/* Whether strings under this key are text of articles, or anything but. */
bool dtl_script_key_is_text(dtl_str key);
bool dtl_script_key_is_aside(dtl_str key);

#endif
