/* Short strings that pages give, made fit to compare and to show. */
#ifndef DTL_ARTICLE_VALUE_H
#define DTL_ARTICLE_VALUE_H

#include "html/dom.h"

/* What dtl_value_clean does beside collapsing white space (also that which
 * is not ASCII) to single spaces, trimming, and dropping what is invisible:
 * soft hyphens, zero-width and direction marks. */
enum {
    DTL_VALUE_REFS = 1, /* decode character references */
    DTL_VALUE_TAGS = 2, /* drop markup; what breaks lines becomes a space */
    DTL_VALUE_LINES = 4 /* keep newlines, at most two in a row */
};

/* Text being put together, already clean. Appending past cap cuts at a
 * character's end; a zeroed sink with ptr and cap set is ready to use. */
typedef struct {
    char *ptr;
    size_t len, cap;
    uint8_t space; /* owed before the next character: 1 space, 2 newlines */
    bool full;     /* something was cut */
} dtl_value_sink;

void dtl_value_append(dtl_value_sink *s, dtl_str raw, unsigned how);
/* The characters of a text node, references decoded. */
void dtl_value_append_node(dtl_value_sink *s, const dtl_html_doc *doc,
                           dtl_html_ref n);
/* A word break, where something stands before and comes behind. */
void dtl_value_break(dtl_value_sink *s);

/* Whether an element stands in running text: its edges break no words. */
bool dtl_value_is_running(const dtl_html_node *node);

/* raw made clean: a slice of it where nothing is to do, else in arena. ptr
 * NULL when nothing is left, or with *status DTL_NOMEM. */
dtl_str dtl_value_clean(dtl_str raw, unsigned how, dtl_arena *arena,
                        dtl_status *status);

/* Letters and digits alone, without case and marks of any kind: equal for
 * strings that people would call the same. ptr NULL as above. */
dtl_str dtl_value_bare(dtl_str s, dtl_arena *arena, dtl_status *status);

/* Whether dtl_value_text leaves out all that is in n: scripts, buttons. */
bool dtl_value_is_unseen(const dtl_html_doc *doc, dtl_html_ref n);

/* The visible text of a subtree, clean, scripts and styles left out: at most
 * max bytes, the rest cut. Neighbouring elements are set off by a space. ptr
 * NULL when there is none, or with *status DTL_NOMEM. */
dtl_str dtl_value_text(const dtl_html_doc *doc, dtl_html_ref node, size_t max,
                       dtl_arena *arena, dtl_status *status);

#endif
