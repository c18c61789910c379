/* The tokenization stage (HTML standard, section 13.2.5), over a page that
 * lies whole in memory.
 *
 * A token is a range of doc->text plus what it means. Attributes of a start
 * tag are written behind those that doc->attr_count counts, duplicates left
 * out; the tree builder adds them to the count, or, where the tag makes no
 * element, lets the next tag write over them. Character tokens are runs, as
 * long as they can be: references, CR and NUL inside are noted in text_flags
 * and left for those who ask for the text. A run never spans a markup
 * construct, but a '<' that begins none is part of it. */
#ifndef DTL_HTML_TOKENIZER_H
#define DTL_HTML_TOKENIZER_H

#include "html/dom.h"

typedef enum {
    DTL_TOKEN_EOF,
    DTL_TOKEN_TEXT,
    DTL_TOKEN_START_TAG,
    DTL_TOKEN_END_TAG,
    DTL_TOKEN_COMMENT,
    DTL_TOKEN_DOCTYPE,
    DTL_TOKEN_PI
} dtl_token_type;

/* The states that a tree builder (or a fragment parse) may ask for. */
typedef enum {
    DTL_STATE_DATA,
    DTL_STATE_RCDATA,
    DTL_STATE_RAWTEXT,
    DTL_STATE_SCRIPT_DATA,
    DTL_STATE_PLAINTEXT,
    DTL_STATE_CDATA_SECTION
} dtl_token_state;

typedef struct {
    uint8_t type;       /* dtl_token_type */
    uint8_t text_flags; /* of text, comment */
    bool self_closing;
    bool force_quirks; /* doctype */
    dtl_name name;     /* of a tag, already lower case */
    uint32_t start, end;
    uint32_t attr_first, attr_count;
    uint32_t data_start, data_end; /* text: = start, end; comment: its data */
    dtl_html_doctype doctype;      /* slices of text or of doc->arena */
    dtl_html_pi pi;
} dtl_html_token;

typedef struct dtl_html_tokenizer dtl_html_tokenizer;
struct dtl_html_tokenizer {
    dtl_html_doc *doc; /* text is read from it; attrs, names, arena written */
    uint32_t at;       /* next byte */
    uint8_t state;     /* dtl_token_state; set by the tree builder */
    dtl_name last_start_tag; /* for "appropriate end tag token" */
    /* Set by the tree builder while the adjusted current node is an element
     * outside the HTML namespace: "<![CDATA[" then opens a section. */
    bool cdata_allowed;
    uint32_t max_attrs;
    uint32_t attr_room; /* doc->attrs below this is there to be written */
    uint32_t own_count; /* attributes of the tag that is being read, and a */
    uint64_t own_names; /* bit for each one's name, which others may share */
    uint8_t failed;     /* dtl_status of what went wrong */
    /* By the instructions of this machine: reads the next token, and finds
     * what may end raw text (tokenizer_states.h). */
    dtl_status (*next)(dtl_html_tokenizer *t, dtl_html_token *out);
    const char *(*raw_stop)(const char *p, const char *end, bool refs,
                            uint8_t *flags);
};

/* How many more things there is to be room for: half of what the rest of the
 * page will have, if it has them as often as the first at bytes, which have
 * count. With each half, what is guessed wrong gets less. */
static inline size_t dtl_html_rest(const dtl_html_doc *doc, size_t count,
                                   size_t at)
{
    uint64_t rest = doc->text.len - at;

    return (size_t)(rest * count / (at + 1) / 2) + 2;
}

void dtl_html_tokenizer_init(dtl_html_tokenizer *t, dtl_html_doc *doc);

/* Reads the next token. DTL_NOMEM or DTL_LIMIT end the parse. */
static inline dtl_status dtl_html_tokenizer_next(dtl_html_tokenizer *t,
                                                 dtl_html_token *out)
{
    return t->next(t, out);
}

#endif
