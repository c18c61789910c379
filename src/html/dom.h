/* The document tree of one page: flat records in tree order.
 *
 * Node 0 is the document; 0 as another node's child or sibling means "none".
 * Nodes, attributes and text pieces live in three growing arrays that a parser
 * keeps from page to page.
 *
 * Text and attribute values are ranges of doc->text, the page's decoded
 * UTF-8 without byte order mark, before newline and NUL clean-up. What is
 * left to do when someone asks for the characters is in the flags.
 *
 * What always holds after a parse:
 *  1. Nodes stand in tree order (preorder): a node's subtree is the run
 *     [node, subtree_end), its children are in it, each where the subtree of
 *     the one before ends. Detached nodes are gone.
 *  2. start <= end <= doc->text.len. Implied elements have an empty range
 *     where they were implied; clones made by the adoption agency have
 *     their original's start; moved nodes keep theirs. So in broken markup
 *     a child's range may lie outside its parent's.
 *  3. No two text nodes are neighbours.
 *  4. A template element's only child is its contents, a node of type
 *     DTL_HTML_FRAGMENT. */
#ifndef DTL_HTML_DOM_H
#define DTL_HTML_DOM_H

#include "base/alloc.h"
#include "html/names.h"

typedef uint32_t dtl_html_ref; /* index of a node; 0 is the document, and, as
                                  a child or sibling, none */

typedef enum {
    DTL_HTML_DOCUMENT,
    DTL_HTML_FRAGMENT, /* template contents, or a parsed fragment's root */
    DTL_HTML_ELEMENT,
    DTL_HTML_TEXT,
    DTL_HTML_COMMENT,
    DTL_HTML_DOCTYPE,
    DTL_HTML_PI /* processing instruction, <?target data> */
} dtl_html_type;

typedef enum {
    DTL_NS_HTML,
    DTL_NS_SVG,
    DTL_NS_MATHML,
    /* attributes only */
    DTL_NS_NONE = 0,
    DTL_NS_XLINK = 3,
    DTL_NS_XML,
    DTL_NS_XMLNS
} dtl_html_ns;

/* What has to happen to a range before it is text. */
enum {
    DTL_TEXT_REFS = 1,     /* may hold character references */
    DTL_TEXT_CR = 2,       /* has CR or CRLF, which become LF */
    DTL_TEXT_NUL = 4,      /* has NUL, replaced by U+FFFD ... */
    DTL_TEXT_DROP_NUL = 8, /* ... or left out */
    DTL_TEXT_BLANK = 16    /* of a token alone: nothing, it is DTL_NODE_BLANK */
};

typedef struct {
    uint8_t type;       /* dtl_html_type */
    uint8_t ns;         /* dtl_html_ns, of an element */
    uint8_t text_flags; /* of a text node of one piece, or a comment */
    uint8_t flags;      /* DTL_NODE_... */
    dtl_name name;      /* of an element */
    dtl_html_ref parent;
    dtl_html_ref subtree_end; /* one past the last node of its subtree */
    /* Source range. An element's goes from its start tag's '<' to behind its
     * end tag's '>', or to where it was closed. */
    uint32_t start, end;
    /* element: first attribute and their number.
     * text: 0, or first and last piece of a chain of two and more.
     * comment: begin and end of its data in doc->text.
     * doctype, PI: index into doc->doctypes or doc->pis, 0. */
    uint32_t data, count;
} dtl_html_node;

enum {
    DTL_NODE_IMPLIED = 1,      /* element no tag of the page stands for */
    DTL_NODE_CLONE = 2,        /* made by the adoption agency or by
                                  reconstructing the formatting elements */
    DTL_NODE_SELF_CLOSING = 4, /* start tag ended in "/>" */
    /* Text whose every byte is white space or a control character, as it stands
     * in the page. Not all that is so has this. */
    DTL_NODE_BLANK = 16,
    DTL_NODE_ENDED = 8 /* closed by an end tag of its own, or one that stands
                          for it, as </h2> does for h1 */
};

typedef struct {
    dtl_name name; /* with its prefix, as in "xlink:href" */
    uint32_t start, end;
    uint8_t text_flags;
    uint8_t ns; /* dtl_html_ns after foreign attribute adjustment */
} dtl_html_attr;

/* What a reader of the tree has found out about an attribute's value. */
typedef struct {
    uint32_t bits;      /* of the reader's own meaning */
    uint32_t container; /* that the value names, by its number; 0: none */
    uint32_t hash;      /* of the value */
} dtl_attr_note;

/* Part of a text node that more than one run of characters made. */
typedef struct {
    uint32_t start, end;
    uint32_t next; /* piece, 0 at the end; piece 0 is never used */
    uint8_t text_flags;
} dtl_html_piece;

typedef struct {
    dtl_str name, public_id, system_id; /* ptr NULL when missing */
} dtl_html_doctype;

typedef struct {
    dtl_str target, data;
} dtl_html_pi;

typedef enum {
    DTL_NO_QUIRKS,
    DTL_LIMITED_QUIRKS,
    DTL_QUIRKS
} dtl_html_quirks;

typedef struct {
    dtl_str text; /* decoded UTF-8 of the page; borrowed or owned, below */
    dtl_html_node *nodes;
    dtl_html_attr *attrs;
    dtl_html_piece *pieces;
    dtl_html_doctype *doctypes;
    dtl_html_pi *pis;
    uint32_t node_count, attr_count, piece_count, doctype_count, pi_count;
    size_t node_cap, attr_cap, piece_cap, doctype_cap, pi_cap;
    dtl_names names; /* the page's own names beside the known ones */
    dtl_arena arena; /* reset with the document */
    dtl_buf decoded; /* what text points to when the page was no UTF-8 */
    uint8_t quirks;  /* dtl_html_quirks */
    int encoding;    /* dtl_encoding the text was decoded with */
    bool scripting;
    struct dtl_html_builder *builder; /* the parser's own memory */
    /* One an attribute, for those who read the tree to fill; parsing empties
     * it, and it is freed with the document. */
    dtl_attr_note *notes;
    size_t note_count, note_cap;
} dtl_html_doc;

/* ---- Walking -------------------------------------------------------- */

static inline const dtl_html_node *dtl_html_node_at(const dtl_html_doc *d,
                                                    dtl_html_ref n)
{
    return &d->nodes[n];
}

/* One past the last node of n's subtree, in tree order. */
static inline dtl_html_ref dtl_html_subtree_end(const dtl_html_doc *d,
                                                dtl_html_ref n)
{
    return d->nodes[n].subtree_end;
}

/* A node's first child, and the sibling behind it; 0 where there is none. */
static inline dtl_html_ref dtl_html_first_child(const dtl_html_doc *d,
                                                dtl_html_ref n)
{
    return d->nodes[n].subtree_end > n + 1 ? n + 1 : 0;
}

static inline dtl_html_ref dtl_html_next(const dtl_html_doc *d, dtl_html_ref n)
{
    const dtl_html_node *node = &d->nodes[n];

    return node->subtree_end < d->nodes[node->parent].subtree_end
               ? node->subtree_end
               : 0;
}

/* Whether a sibling stands before n; and whether an element does. */
static inline bool dtl_html_has_prev(const dtl_html_doc *d, dtl_html_ref n)
{
    return n && d->nodes[n].parent != n - 1;
}

static inline bool dtl_html_follows_element(const dtl_html_doc *d,
                                            dtl_html_ref n)
{
    /* What has children is an element. */
    return dtl_html_has_prev(d, n) &&
           (d->nodes[n - 1].type == DTL_HTML_ELEMENT ||
            d->nodes[n - 1].parent != d->nodes[n].parent);
}

/* The sibling before n, or 0. Climbs up to it from the node before; asked of
 * all nodes, this meets each once. */
dtl_html_ref dtl_html_prev(const dtl_html_doc *d, dtl_html_ref n);

/* Whether a is n or one of its ancestors. */
static inline bool dtl_html_contains(const dtl_html_doc *d, dtl_html_ref a,
                                     dtl_html_ref n)
{
    return a <= n && n < d->nodes[a].subtree_end;
}

static inline bool dtl_html_is(const dtl_html_doc *d, dtl_html_ref n,
                               dtl_name name)
{
    const dtl_html_node *node = &d->nodes[n];

    return node->type == DTL_HTML_ELEMENT && node->ns == DTL_NS_HTML &&
           node->name == name;
}

/* First element named name after `after` and before `end`, in tree order;
 * 0 when there is none. dtl_html_find(d, 0, d->node_count, DTL_N_BODY). */
dtl_html_ref dtl_html_find(const dtl_html_doc *d, dtl_html_ref after,
                           dtl_html_ref end, dtl_name name);

/* ---- Text and attributes -------------------------------------------- */

/* Appends the characters of a text node or comment, references decoded,
 * newlines and NULs cleaned. */
void dtl_html_append_data(const dtl_html_doc *d, dtl_html_ref n, dtl_buf *out);

/* Appends the text of all text nodes in n's subtree, template contents left
 * out ("descendant text content"). */
void dtl_html_append_text(const dtl_html_doc *d, dtl_html_ref n, dtl_buf *out);

/* Appends the characters of a range with its flags. in_attr chooses the rule
 * for references without semicolon in attributes. */
void dtl_html_append_range(const dtl_html_doc *d, uint32_t start, uint32_t end,
                           uint8_t text_flags, bool in_attr, dtl_buf *out);

/* Attribute record of element n, or NULL. */
const dtl_html_attr *dtl_html_attr_find(const dtl_html_doc *d, dtl_html_ref n,
                                        dtl_name name);

/* An attribute's value: a slice of doc->text where that is enough, else
 * decoded into arena (the document's own when NULL). Missing attribute, or
 * out of memory: ptr NULL. Empty attribute: ptr set, len 0. */
dtl_str dtl_html_attr_value(dtl_html_doc *d, dtl_html_ref n, dtl_name name);
dtl_str dtl_html_attr_text(dtl_html_doc *d, const dtl_html_attr *a);

/* Whether class attribute of n has word, exactly. */
bool dtl_html_has_class(dtl_html_doc *d, dtl_html_ref n, dtl_str word);

/* The element or attribute name as written in serializations ("div",
 * "foreignObject", "xlink:href"). */
dtl_str dtl_html_name(const dtl_html_doc *d, dtl_name name);

#endif
