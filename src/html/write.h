/* HTML out of a stream of events, short or readable: optional tags left out,
 * quotes only where needed, white space collapsed, a charset declared. What
 * a parser reads back is the same document, but for what the options say. */
#ifndef DTL_HTML_WRITE_H
#define DTL_HTML_WRITE_H

#include "base/alloc.h"
#include "html/dom.h"

/* A zeroed struct writes every tag, quotes every value and changes nothing. */
typedef struct {
    bool omit_optional_tags; /* tags that a parser implies */
    bool unquoted;           /* no quotes where a value needs none */
    bool minimize_boolean;   /* "disabled", not "disabled=disabled" */
    char quote;              /* '"' or '\''; 0: the one the value has not */
    bool trailing_solidus;   /* "<br />" */
    bool escape_raw_text;    /* in script, style, ... too */
    bool strip_space;        /* runs become a space, outside pre and such */
    bool sort_attrs;         /* by name */
    bool inject_charset;     /* the head's meta says encoding, if that is set */
    dtl_str encoding;
} dtl_html_write_options;

typedef enum {
    DTL_HTML_EVENT_START,
    DTL_HTML_EVENT_END,
    DTL_HTML_EVENT_TEXT,
    DTL_HTML_EVENT_COMMENT,
    DTL_HTML_EVENT_DOCTYPE
} dtl_html_event_type;

typedef struct {
    dtl_str name, value;
} dtl_html_event_attr;

typedef struct {
    dtl_html_event_type type;
    dtl_str name;                 /* of a tag or doctype */
    dtl_str text;                 /* of text or comment */
    dtl_str public_id, system_id; /* of a doctype; empty when missing */
    dtl_html_event_attr *attrs;   /* may be put in order, and changed where
                                     they declare the encoding */
    size_t attr_count;
} dtl_html_event;

/* Zero it, set options and out. */
typedef struct {
    dtl_html_write_options options;
    dtl_buf *out; /* its status says whether memory sufficed */
    /* inside */
    dtl_html_event pending;
    bool has_pending;
    dtl_name closed;        /* of the end tag before the pending event */
    size_t raw, preserving; /* open elements of these kinds */
    bool in_head, declared; /* inside head; it declares the encoding */
    size_t head_at;         /* in out, behind <head> */
    dtl_buf content_type;
} dtl_html_writer;

/* What e points to must live until the next call but one, or the end. */
void dtl_html_write(dtl_html_writer *w, const dtl_html_event *e);
void dtl_html_write_end(dtl_html_writer *w);

/* Gives all of n, its own tags included, as events, and the end. */
void dtl_html_write_tree(dtl_html_writer *w, dtl_html_doc *d, dtl_html_ref n);

#endif
