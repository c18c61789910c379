/* From a page's bytes to its tree, as the HTML standard has it. */
#ifndef DTL_HTML_PARSE_H
#define DTL_HTML_PARSE_H

#include "html/dom.h"

/* A zeroed struct asks for the defaults. */
typedef struct {
    dtl_str transport_charset; /* of the Content-Type header; may be empty */
    dtl_str override_charset;  /* the user's word; beats everything */
    bool scripting;            /* parse <noscript> as a browser that scripts */
    bool is_utf8; /* all bytes were found to be valid UTF-8: read as that, they
                     are not looked at again */
    /* Fragment case: the context element, "td", "svg path", "math mi";
     * empty for documents. */
    dtl_str fragment_context;
    uint32_t max_nodes; /* 0: 16 million; past it DTL_LIMIT */
    uint32_t max_attrs; /* 0: 16 million */
} dtl_html_options;

/* Parses page into *doc, which is zeroed or holds an earlier page, whose
 * memory is used again. The text of valid UTF-8 pages is borrowed: page must
 * live as long as doc is read. Markup is never an error; DTL_NOMEM and
 * DTL_LIMIT are, and leave *doc fit for the next parse or clear only. A page
 * past 4 GiB is DTL_LIMIT. opts and err may be NULL. */
dtl_status dtl_html_parse(dtl_html_doc *doc, dtl_str page,
                          const dtl_html_options *opts, dtl_error *err);

/* Frees all that doc holds and zeroes it. */
void dtl_html_clear(dtl_html_doc *doc);

#endif
