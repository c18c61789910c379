/* The tree construction stage (HTML standard, section 13.2.6): the state
 * that the rules of the insertion modes work on, and the steps they share.
 *
 * Rules cannot fail: before each token there is room for all the nodes and
 * open elements that one token can make (DTL_ROOM_...), and the few steps
 * without such a bound (reconstructing formatting elements, the adoption
 * agency, growing lists) note trouble in status and do nothing; the parse then
 * ends.
 *
 * Every question to the stack of open elements takes constant time.
 * Open elements have labels that grow from bottom to top; open[name] is
 * the label of the topmost element of that name, and each open element knows,
 * for each class of elements (rules.h), the label of the class's topmost
 * member up to itself. So "x is in scope" is: open[x] is not below the current
 * node's word for the scope's class; and what is popped leaves no trace.
 * Labels stay as they are when elements are taken out of the middle
 * of the stack; a formatting element that the adoption agency puts above
 * another gets the same label, which no question can tell apart, since
 * formatting elements belong to no class.
 *
 * The list of active formatting elements is linked, so that its elements
 * come and go in constant time; each name has its own chain in it, and a
 * hash table finds equal elements when the list is long. */
#ifndef DTL_HTML_TREE_H
#define DTL_HTML_TREE_H

#include "html/encoding.h"
#include "html/rules.h"
#include "html/tokenizer.h"
#include "base/lanes.h"

typedef enum {
    DTL_MODE_INITIAL,
    DTL_MODE_BEFORE_HTML,
    DTL_MODE_BEFORE_HEAD,
    DTL_MODE_IN_HEAD,
    DTL_MODE_IN_HEAD_NOSCRIPT,
    DTL_MODE_AFTER_HEAD,
    DTL_MODE_IN_BODY,
    DTL_MODE_TEXT,
    DTL_MODE_IN_TABLE,
    DTL_MODE_IN_TABLE_TEXT,
    DTL_MODE_IN_CAPTION,
    DTL_MODE_IN_COLUMN_GROUP,
    DTL_MODE_IN_TABLE_BODY,
    DTL_MODE_IN_ROW,
    DTL_MODE_IN_CELL,
    DTL_MODE_IN_TEMPLATE,
    DTL_MODE_AFTER_BODY,
    DTL_MODE_IN_FRAMESET,
    DTL_MODE_AFTER_FRAMESET,
    DTL_MODE_AFTER_AFTER_BODY,
    DTL_MODE_AFTER_AFTER_FRAMESET,
    DTL_MODE_COUNT
} dtl_mode;

/* A label for each class, which is also two vectors of the compiler's own
 * kind. */
typedef uint32_t dtl_four_labels __attribute__((vector_size(16), aligned(4)));
typedef union {
    uint32_t of[DTL_CLASS_COUNT];
    dtl_four_labels four[DTL_CLASS_COUNT / 4];
} dtl_class_labels;

/* An open element. Entry 0 of the stack is a sentinel. */
typedef struct {
    dtl_html_ref node;
    dtl_name name;  /* lower case, in foreign content too */
    uint32_t bits;  /* as in dtl_rule */
    uint32_t label; /* not below the label of the element below */
    uint32_t below; /* label of the next element of this name below, or 0 */
    uint32_t entry; /* its entry in the list of formatting elements, perhaps
                       used for another by now; 0 when it never had one */
    dtl_class_labels topmost; /* of each class its topmost member's, from this
                                 element down; or 0 */
} dtl_open;

/* An entry of the list of active formatting elements; node 0 is a marker.
 * Entry 0 is never used. */
typedef struct {
    dtl_html_ref node;
    uint32_t label;      /* of its open element; of a marker, entries since the
                            marker before */
    uint32_t prev, next; /* in the list */
    uint32_t name_prev, name_next; /* among entries of its name */
    uint32_t bucket_prev, bucket_next;
    uint32_t hash;
    uint8_t format; /* dtl_rule.format */
    bool open;      /* its element is on the stack */
    bool hashed;    /* is in a bucket */
    uint32_t depth; /* markers before it in the list */
} dtl_formatting;

/* Attributes of a second html or body tag, to be merged at the end. */
typedef struct {
    dtl_html_ref node;
    uint32_t first, count;
} dtl_late_attrs;

typedef struct {
    uint32_t start, end;
    uint8_t text_flags;
} dtl_run;

/* Of a node while creation order is not tree order; 0 where there is none. */
typedef struct {
    dtl_html_ref first_child, last_child, prev, next;
} dtl_links;

/* Whether creation order is tree order, so that a node's place in the array
 * tells its place in the tree. */
enum {
    DTL_IN_ORDER,
    DTL_BEHIND, /* so far it is; but comments stand behind the body or behind
                   html, from the node "behind" on, and come later in the tree
                   than all that still goes into these */
    DTL_LINKED  /* it is not; links tell */
};

/* Kept behind dtl_html_doc.builder from page to page. */
typedef struct dtl_html_builder {
    dtl_html_doc *doc;
    dtl_html_tokenizer tokenizer;
    dtl_status status;

    uint8_t mode, original_mode; /* dtl_mode */
    bool scripting;
    bool frameset_ok;
    bool foster;          /* "foster parenting" is enabled */
    bool reconstruct;     /* the formatting list may end in closed elements */
    uint8_t order;        /* DTL_IN_ORDER or another */
    bool inexact;         /* some subtree_end is not what it will be */
    bool table_space;     /* the pending table text is white space so far */
    bool selectedcontent; /* the page has such an element */
    uint32_t pos;         /* start of the token, where implied things happen */
    uint32_t no_lf_at;    /* a line feed there, right after <pre>, is dropped */
    dtl_html_ref head, form;
    dtl_html_ref behind; /* the first comment that is, see DTL_BEHIND */
    dtl_links *links;    /* by node, when order is DTL_LINKED */
    size_t links_cap;

    /* Fragment case: what the adjusted current node is while only the root
     * is open. bits has DTL_IS_FOREIGN for SVG and MathML contexts. */
    bool fragment;
    dtl_open context;

    dtl_open *stack;
    size_t stack_cap;
    uint32_t top; /* index of the current node; 0 when nothing is open */
    /* By name: label of the topmost open HTML element, and of the topmost SVG
     * or MathML element; 0 when there is none. */
    uint32_t *open, *open_foreign;
    size_t open_cap, open_foreign_cap;

    dtl_formatting *list;
    size_t list_cap;
    uint32_t list_count; /* entries ever used */
    uint32_t list_free;  /* chain of free entries, by next */
    uint32_t list_last;  /* last of the list */
    uint32_t list_depth; /* markers in the list */
    uint32_t list_run;   /* entries after the last marker */
    uint32_t list_last_of[DTL_FORMAT_COUNT];
    uint32_t *buckets;
    size_t buckets_cap;
    uint32_t bucket_count; /* a power of two, or 0 while not in use */
    uint32_t hashed_count;
    uint32_t *attr_index; /* by name, scratch for comparing attributes */
    size_t attr_index_cap;

    uint8_t *templates; /* the stack of template insertion modes */
    size_t templates_cap;
    uint32_t template_count;

    dtl_run *table_text; /* pending table character tokens */
    size_t table_text_cap;
    uint32_t table_text_count;

    dtl_late_attrs *late;
    size_t late_cap;
    uint32_t late_count;

    uint32_t max_nodes;
    uint32_t node_limit;  /* nodes at which room for a token is to be made */
    uint32_t stack_limit; /* the same of open elements */
    dtl_buf scratch;

    dtl_encoding encoding; /* in use, and after again: to be used */
    bool encoding_certain; /* false: a meta may still change it */
    bool again;            /* the page has to be read in another encoding */
    dtl_str bytes;         /* of the page, without byte order mark */
} dtl_html_builder;

/* A token makes at most this many nodes and open elements beside those of
 * reconstructed formatting elements and of the adoption agency: html, head,
 * body and colgroup or tbody and tr around its own, say. */
enum {
    DTL_ROOM_NODES = 8,
    DTL_ROOM_OPEN = 4
};

/* The builder's status where the page has to be read in another encoding. */
#define DTL_STOPPED ((dtl_status)UINT8_MAX)

/* What a rule says of its token. */
typedef enum {
    DTL_DONE,
    DTL_REPROCESS /* "reprocess the token" */
} dtl_then;

typedef dtl_then dtl_mode_rules(dtl_html_builder *b, dtl_html_token *t);

dtl_mode_rules dtl_mode_initial, dtl_mode_before_html, dtl_mode_before_head,
    dtl_mode_in_head, dtl_mode_in_head_noscript, dtl_mode_after_head,
    dtl_mode_in_body, dtl_mode_text, dtl_mode_in_table, dtl_mode_in_table_text,
    dtl_mode_in_caption, dtl_mode_in_column_group, dtl_mode_in_table_body,
    dtl_mode_in_row, dtl_mode_in_cell, dtl_mode_in_template,
    dtl_mode_after_body, dtl_mode_in_frameset, dtl_mode_after_frameset,
    dtl_mode_after_after_body, dtl_mode_after_after_frameset,
    dtl_foreign_content;

extern dtl_mode_rules *const dtl_modes[DTL_MODE_COUNT];

/* All tokens of a page to their rules, by the instruction set of that name.
 * Ends early where the page has to be read in another encoding. */
dtl_status dtl_html_loop_plain(dtl_html_builder *b);
dtl_status dtl_html_loop_sse41(dtl_html_builder *b);
dtl_status dtl_html_loop_avx2(dtl_html_builder *b);
dtl_status dtl_html_loop_avx512bw(dtl_html_builder *b);

/* "In body" by the kind of token, and its last rule for end tags; end is
 * where an element that this closes ends. */
dtl_mode_rules dtl_mode_in_body_text, dtl_mode_in_body_start,
    dtl_mode_in_body_end;
void dtl_tree_any_other_end_tag(dtl_html_builder *b, const dtl_html_token *t,
                                uint32_t end);

/* "Insert a foreign element" for the token, its names adjusted; pops it when
 * the tag is self-closing. */
void dtl_foreign_insert(dtl_html_builder *b, dtl_html_token *t, dtl_html_ns ns);
/* Whether the token goes to the rules for foreign content; asked only when
 * the adjusted current node is foreign. */
bool dtl_foreign_takes(const dtl_html_builder *b, const dtl_html_token *t);

/* A template's start and end tag, as "in head" has them. */
void dtl_tree_open_template(dtl_html_builder *b, const dtl_html_token *t);
void dtl_tree_close_template(dtl_html_builder *b, uint32_t end);
void dtl_tree_push_template_mode(dtl_html_builder *b);

/* The range of body or html ends with its end tag, though it stays on the
 * stack and takes in what comes after. */
void dtl_tree_end_range(dtl_html_builder *b, dtl_html_ref node, uint32_t end);

/* What a meta element says of the encoding; may ask for another. */
void dtl_tree_meta(dtl_html_builder *b, const dtl_html_token *t);

/* ---- Life ------------------------------------------------------------ */

/* Makes b ready for doc, whose text is set; DTL_NOMEM. */
dtl_status dtl_tree_init(dtl_html_builder *b, dtl_html_doc *doc);
/* Makes room for so many nodes and open elements, and one token's. */
dtl_status dtl_tree_make_room(dtl_html_builder *b, uint32_t count);
/* The same as the latter, trouble noted in status; false then. */
bool dtl_tree_allow(dtl_html_builder *b, uint32_t count);
/* Whether there is room for the nodes and open elements of a token. */
static inline bool dtl_tree_has_room(const dtl_html_builder *b)
{
    return DTL_LIKELY(b->doc->node_count < b->node_limit &&
                      b->top < b->stack_limit);
}
/* Makes room for all that a token can make. */
dtl_status dtl_tree_reserve(dtl_html_builder *b, const dtl_html_token *t);
/* Makes *names, indexed by name, hold one more name; new places are 0. */
dtl_status dtl_tree_cover(uint32_t **names, size_t *cap, dtl_name name);
/* Closes what is open, merges late attributes, renumbers if need be. */
dtl_status dtl_tree_finish(dtl_html_builder *b);
void dtl_tree_clear(dtl_html_builder *b);
/* From here on links tell the tree, for something is about to be put
 * elsewhere than at its end, or taken out. False, with the trouble noted in
 * status, when out of memory; then nothing may be. */
bool dtl_tree_leave_order(dtl_html_builder *b);
/* Makes the node, which has no links yet, its parent's last child. */
void dtl_tree_link(dtl_html_builder *b, dtl_html_ref node);
/* Brings nodes into tree order and leaves detached ones out; what
 * subtree_end is, is not told by that. */
void dtl_tree_renumber(dtl_html_builder *b);
/* Tells each node's subtree_end by the parents. */
void dtl_tree_count_subtrees(dtl_html_doc *d);
/* Fills each select's selectedcontent from its selected option. */
dtl_status dtl_tree_fill_selectedcontent(dtl_html_builder *b);

/* ---- The stack of open elements -------------------------------------- */

static inline const dtl_open *dtl_tree_current(const dtl_html_builder *b)
{
    return &b->stack[b->top];
}

/* The adjusted current node. */
static inline const dtl_open *dtl_tree_adjusted(const dtl_html_builder *b)
{
    return b->top == 1 && b->fragment ? &b->context : &b->stack[b->top];
}

/* Whether the adjusted current node is an SVG or MathML element. */
static inline bool dtl_tree_in_foreign(const dtl_html_builder *b)
{
    uint32_t bits = b->stack[b->top].bits;

    if (DTL_UNLIKELY(b->fragment))
        bits = dtl_tree_adjusted(b)->bits;
    return (bits & DTL_IS_FOREIGN) != 0;
}

/* Whether the current node is an HTML element of that name. */
static inline bool dtl_tree_current_is(const dtl_html_builder *b, dtl_name name)
{
    const dtl_open *e = dtl_tree_current(b);

    return e->name == name && !(e->bits & DTL_IS_FOREIGN);
}

static inline uint32_t dtl_tree_class_top(const dtl_html_builder *b, int class)
{
    return b->stack[b->top].topmost.of[class];
}

/* Label of the topmost HTML element of that name, 0 when none is open. */
static inline uint32_t dtl_tree_open(const dtl_html_builder *b, dtl_name name)
{
    return name < b->open_cap ? b->open[name] : 0;
}

/* Where the label of the topmost element named like e stands. */
static inline uint32_t *dtl_tree_topmost(const dtl_html_builder *b,
                                         const dtl_open *e)
{
    uint32_t *open = e->bits & DTL_IS_FOREIGN ? b->open_foreign : b->open;

    return &open[e->name];
}

/* "Has an element in [table, button, list item] scope"; class is the scope's
 * class. */
static inline bool dtl_tree_in_scope(const dtl_html_builder *b, dtl_name name,
                                     int class)
{
    uint32_t label = dtl_tree_open(b, name);

    return label != 0 && label >= dtl_tree_class_top(b, class);
}

/* What below says, but label for the classes that bits has. */
static inline void dtl_tree_join_classes(dtl_class_labels *to,
                                         const dtl_class_labels *below,
                                         uint32_t bits, uint32_t label)
{
    static const dtl_class_labels class_bits = {{1, 2, 4, 8, 16, 32, 64, 128}};

    for (unsigned i = 0; i < DTL_CLASS_COUNT / 4; i++) {
        dtl_four_labels joins =
            (dtl_four_labels)((class_bits.four[i] & bits) != 0);

        to->four[i] = (joins & label) | (~joins & below->four[i]);
    }
}

/* Makes node the current node. */
static inline void dtl_tree_push(dtl_html_builder *b, dtl_html_ref node,
                                 dtl_name name, uint32_t bits)
{
    dtl_open *e = &b->stack[++b->top];
    uint32_t label = e[-1].label + 1, *topmost;

    if (DTL_UNLIKELY(bits & DTL_IS_FOREIGN & ~e[-1].bits))
        bits |= DTL_CLASS_BIT(DTL_CLASS_OUTERMOST);
    e->node = node;
    e->name = name;
    e->bits = bits;
    e->label = label;
    e->entry = 0;
    topmost = dtl_tree_topmost(b, e);
    e->below = *topmost;
    *topmost = label;
    dtl_tree_join_classes(&e->topmost, &e[-1].topmost, bits, label);
}
/* Pops the current node; end is where its source range ends. */
void dtl_tree_pop_at(dtl_html_builder *b, uint32_t end);
/* Pops the current node, closed by what the token implies. */
static inline void dtl_tree_pop(dtl_html_builder *b)
{
    dtl_tree_pop_at(b, b->pos);
}
/* Pops until an HTML element of that name has been popped; that one ends at
 * end, the others where the token starts. */
void dtl_tree_pop_through(dtl_html_builder *b, dtl_name name, uint32_t end);
/* Pops until the current node has one of these bits (or is the root). */
void dtl_tree_pop_to_bits(dtl_html_builder *b, uint32_t bits);
/* Index of the lowest open element with that label; of the one that is node,
 * when node is not 0. */
uint32_t dtl_tree_index(const dtl_html_builder *b, uint32_t label,
                        dtl_html_ref node);
/* Takes an element out of the stack, wherever it stands. */
void dtl_tree_remove(dtl_html_builder *b, uint32_t index, uint32_t end);
/* The node that children of an open element go into: its contents, for a
 * template. */
static inline dtl_html_ref dtl_tree_inside(const dtl_open *e)
{
    return e->node + ((e->bits & DTL_IS_TEMPLATE) != 0);
}

/* "Generate implied end tags", except for one name (or DTL_N_NONE). */
void dtl_tree_implied_end_tags(dtl_html_builder *b, dtl_name except);
void dtl_tree_implied_end_tags_thoroughly(dtl_html_builder *b);
/* "Close a p element". */
void dtl_tree_close_open_p(dtl_html_builder *b, uint32_t end);
/* The same if one is in button scope. */
static inline void dtl_tree_close_p(dtl_html_builder *b, uint32_t end)
{
    if (dtl_tree_in_scope(b, DTL_N_P, DTL_CLASS_BUTTON_SCOPE))
        dtl_tree_close_open_p(b, end);
}
/* "Reset the insertion mode appropriately". */
void dtl_tree_reset_mode(dtl_html_builder *b);

/* ---- Insertion ------------------------------------------------------- */

/* "Insert an HTML element for the token"; it becomes the current node. */
dtl_html_ref dtl_tree_insert(dtl_html_builder *b, const dtl_html_token *t);
/* The same for a void element: inserted and popped at once. */
void dtl_tree_insert_void(dtl_html_builder *b, const dtl_html_token *t);
/* An element that no tag stands for. */
dtl_html_ref dtl_tree_insert_implied(dtl_html_builder *b, dtl_name name);
/* A foreign element, ns and name adjusted, with its bits. Pushes. */
dtl_html_ref dtl_tree_insert_foreign(dtl_html_builder *b,
                                     const dtl_html_token *t, dtl_html_ns ns,
                                     dtl_name adjusted, uint32_t bits);
/* The document's html element or a fragment's root. */
dtl_html_ref dtl_tree_insert_root(dtl_html_builder *b, const dtl_html_token *t);
/* "Insert a character", for a run of them. */
void dtl_tree_insert_text(dtl_html_builder *b, uint32_t start, uint32_t end,
                          uint8_t text_flags);
/* "Insert a comment" or a processing instruction at the appropriate place,
 * or as the last child of parent. */
void dtl_tree_insert_comment(dtl_html_builder *b, const dtl_html_token *t);
void dtl_tree_append_comment(dtl_html_builder *b, const dtl_html_token *t,
                             dtl_html_ref parent);
void dtl_tree_append_doctype(dtl_html_builder *b, const dtl_html_token *t);

/* A copy of an element without its children, not in the tree yet; and one
 * inserted like an element for a token. */
dtl_html_ref dtl_tree_insert_clone(dtl_html_builder *b, dtl_html_ref of);
dtl_html_ref dtl_tree_clone(dtl_html_builder *b, dtl_html_ref of);
/* Where links tell the tree: a node that is nowhere becomes the parent's last
 * child, or one is taken out. */
void dtl_tree_append(dtl_html_builder *b, dtl_html_ref parent,
                     dtl_html_ref node);
void dtl_tree_detach(dtl_html_builder *b, dtl_html_ref node);
/* "The appropriate place for inserting a node" with target as override:
 * inserts node there. */
void dtl_tree_place(dtl_html_builder *b, const dtl_open *target,
                    dtl_html_ref node);

/* The token's attributes have found an element; those of a tag that makes
 * none are written over by the next. */
static inline void dtl_tree_keep_attrs(dtl_html_builder *b,
                                       const dtl_html_token *t)
{
    b->doc->attr_count = t->attr_first + t->attr_count;
}
/* Attributes of a later html or body tag. */
void dtl_tree_late_attrs(dtl_html_builder *b, const dtl_html_token *t,
                         dtl_html_ref node);
/* Whether the token has an attribute whose value is text, ASCII case
 * ignored. */
bool dtl_tree_attr_is(dtl_html_builder *b, const dtl_html_token *t,
                      dtl_name name, dtl_str text);
/* The token's attribute of that name, or NULL. */
const dtl_html_attr *dtl_tree_attr(const dtl_html_builder *b,
                                   const dtl_html_token *t, dtl_name name);

/* The characters of an attribute's value: a slice of the text, or decoded
 * behind what the scratch buffer holds. */
dtl_str dtl_tree_value(dtl_html_builder *b, const dtl_html_attr *a);

/* "Follow the generic raw text (RCDATA, ...) element parsing algorithm". */
void dtl_tree_raw_text(dtl_html_builder *b, const dtl_html_token *t,
                       dtl_token_state state);

/* ---- Characters ------------------------------------------------------ */

/* Bytes of the run that are white space characters, references decoded, up
 * to the first other character. */
uint32_t dtl_tree_space_prefix(const dtl_html_builder *b, uint32_t start,
                               uint32_t end, uint8_t text_flags);
/* Bytes up to the next white space character. */
uint32_t dtl_tree_nonspace_prefix(const dtl_html_builder *b, uint32_t start,
                                  uint32_t end, uint8_t text_flags);
/* Bytes up to the first that is not NUL. */
uint32_t dtl_tree_nul_prefix(const dtl_html_builder *b, uint32_t start,
                             uint32_t end);
/* Bytes of the line feed character that a text token starts with, or 0. */
uint32_t dtl_tree_line_feed(const dtl_html_builder *b, const dtl_html_token *t);
/* Whether all characters are white space or NUL. */
bool dtl_tree_all_space(const dtl_html_builder *b, uint32_t start, uint32_t end,
                        uint8_t text_flags);
/* Takes the white space off the front of a text token: inserts it, or drops
 * it when insert is false. True when nothing is left. */
bool dtl_tree_take_space(dtl_html_builder *b, dtl_html_token *t, bool insert);

/* ---- The list of active formatting elements -------------------------- */

/* Pushes an element just inserted (the current node). */
void dtl_formatting_push(dtl_html_builder *b, unsigned format);
void dtl_formatting_push_marker(dtl_html_builder *b);
void dtl_formatting_clear_to_marker(dtl_html_builder *b);
void dtl_formatting_remove(dtl_html_builder *b, uint32_t entry);
/* Puts node in the place of the entry's own. */
void dtl_formatting_replace(dtl_html_builder *b, uint32_t entry,
                            dtl_html_ref node, uint32_t label);
/* Moves an entry behind another. */
void dtl_formatting_move_after(dtl_html_builder *b, uint32_t entry,
                               uint32_t after);
void dtl_formatting_reset(dtl_html_builder *b);

/* Last entry of that name after the last marker, or 0. */
static inline uint32_t dtl_formatting_find(const dtl_html_builder *b,
                                           unsigned format)
{
    uint32_t e = b->list_last_of[format];

    return e && b->list[e].depth == b->list_depth ? e : 0;
}

/* The entry of an open element, 0 when it is not in the list. */
static inline uint32_t dtl_formatting_entry(const dtl_html_builder *b,
                                            const dtl_open *e)
{
    return e->entry && b->list[e->entry].node == e->node ? e->entry : 0;
}

/* Does the work of dtl_formatting_reconstruct. */
void dtl_formatting_reopen(dtl_html_builder *b);

/* "Reconstruct the active formatting elements, if any." */
static inline void dtl_formatting_reconstruct(dtl_html_builder *b)
{
    if (b->reconstruct)
        dtl_formatting_reopen(b);
}

/* "Run the adoption agency algorithm"; false when the token is to be taken
 * as "any other end tag". */
bool dtl_tree_adoption_agency(dtl_html_builder *b, const dtl_html_token *t);

#endif
