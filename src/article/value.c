/* Cleaning values: one pass over the characters, spaces owed until the next
 * character comes. Runs of characters that stay as they are, nearly all of
 * every value, are found by blocks and copied whole. */
#include "article/value.h"
#include "base/lanes.h"
#include "base/str.h"
#include "base/utf8.h"
#include "html/entities.h"

#include <utf8proc.h>

typedef enum {
    CLASS_PLAIN,
    CLASS_SPACE,
    CLASS_NEWLINE,
    CLASS_INVISIBLE
} char_class;

static char_class class_of(uint32_t cp)
{
    if (cp < 0x80)
        return cp == '\n'               ? CLASS_NEWLINE
               : cp <= ' ' || cp == 127 ? CLASS_SPACE
                                        : CLASS_PLAIN;
    if (cp == 0xA0 || cp == 0x3000 || (cp >= 0x2000 && cp <= 0x200A) ||
        cp == 0x202F || cp == 0x205F || cp == 0x85 || cp == 0x1680)
        return CLASS_SPACE;
    if (cp == 0x2028 || cp == 0x2029)
        return CLASS_NEWLINE;
    /* Zero-width joiners shape letters and emoji, so they stay. */
    if (cp == 0xAD || cp == 0x200B || cp == 0x200E || cp == 0x200F ||
        cp == 0x2060 || cp == 0xFEFF || (cp >= 0x202A && cp <= 0x202E) ||
        (cp >= 0x2066 && cp <= 0x2069) || (cp >= 0x80 && cp < 0xA0))
        return CLASS_INVISIBLE;
    return CLASS_PLAIN;
}

/* ---- Runs that stay as they are ---------------------------------------- */

/* Whether a byte may need a look: controls, what `how` decodes or drops, and
 * the leads of UTF-8 under which spaces and invisible characters stand. */
static bool is_special(unsigned char c, unsigned how)
{
    switch (c) {
    case '&':
        return how & DTL_VALUE_REFS;
    case '<':
        return how & DTL_VALUE_TAGS;
    case 127:
    case 0xC2:
    case 0xE1:
    case 0xE2:
    case 0xE3:
    case 0xEF:
        return true;
    default:
        return c < ' ';
    }
}

/* The same of a block, and spaces behind a space. */
DTL_INLINE dtl_mask special_in(dtl_lanes b, unsigned how)
{
    const dtl_byte_set marks = {{how & DTL_VALUE_REFS ? '&' : 127,
                                 how & DTL_VALUE_TAGS ? '<' : 127, 127, 0xC2}};
    const dtl_byte_set leads = {{0xE1, 0xE2, 0xE3, 0xEF}};
    dtl_mask spaces = dtl_lanes_eq(b, ' ');

    return dtl_lanes_below(b, ' ') | dtl_lanes_in(b, marks) |
           dtl_lanes_in(b, leads) | (spaces & (spaces << DTL_MASK_STRIDE));
}

/* Bytes from `at` on, where no space stands, that cleaning leaves alone. One
 * space may end them. */
static size_t plain_run(dtl_str s, size_t at, unsigned how)
{
    const char *start = s.ptr + at, *p = start, *end = s.ptr + s.len;

    for (; end - p >= DTL_LANES; p += DTL_LANES) {
        dtl_mask m = special_in(dtl_lanes_load(p), how);

        if (m)
            return (size_t)(p - start) + dtl_mask_first(m);
        /* A pair of spaces may lie across the blocks' seam. */
        if (p[DTL_LANES - 1] == ' ')
            p--;
    }
    if (p < end && s.len >= DTL_LANES) {
        /* The last block lies over what has been seen. */
        const char *last = end - DTL_LANES;
        dtl_mask m = special_in(dtl_lanes_load(last), how) >>
                     (size_t)(p - last) * DTL_MASK_STRIDE;

        return (size_t)(p - start) +
               (m ? dtl_mask_first(m) : (size_t)(end - p));
    }
    for (; p < end && !is_special((unsigned char)*p, how); p++)
        if (*p == ' ' && p > start && p[-1] == ' ')
            break;
    return (size_t)(p - start);
}

static void put(dtl_value_sink *s, const char *bytes, size_t len)
{
    size_t spaces = s->len ? s->space : 0;

    if (s->full || s->len + spaces + len > s->cap) {
        s->full = true;
        return;
    }
    if (spaces == 1)
        s->ptr[s->len++] = ' ';
    else if (spaces == 2) {
        s->ptr[s->len++] = '\n';
        s->ptr[s->len++] = '\n';
    }
    s->space = 0;
    memcpy(s->ptr + s->len, bytes, len);
    s->len += len;
}

void dtl_value_break(dtl_value_sink *s)
{
    if (!s->space)
        s->space = 1;
}

/* Puts as much of the run of plain bytes at s.ptr + at as has room; returns
 * how much. */
static size_t put_run(dtl_value_sink *out, dtl_str s, size_t at, unsigned how)
{
    size_t room = out->cap - out->len, owed = out->len ? out->space : 0, len;
    bool space;

    if (room <= owed)
        return 0;
    room -= owed;
    len = plain_run(dtl_str_sub(s, 0, s.len - at > room ? at + room : s.len),
                    at, how);
    while (len && at + len < s.len &&
           ((unsigned char)s.ptr[at + len] >> 6) == 2)
        len--;
    if (!len)
        return 0;
    space = s.ptr[at + len - 1] == ' ';
    put(out, s.ptr + at, len - space);
    if (space)
        dtl_value_break(out);
    return len;
}

static void put_character(dtl_value_sink *s, dtl_str raw, size_t at, size_t len,
                          uint32_t cp, unsigned how)
{
    switch (class_of(cp)) {
    case CLASS_NEWLINE:
        if (how & DTL_VALUE_LINES) {
            s->space = 2;
            break;
        }
        /* fallthrough */
    case CLASS_SPACE:
        dtl_value_break(s);
        break;
    case CLASS_INVISIBLE:
        break;
    case CLASS_PLAIN:
        put(s, raw.ptr + at, len);
    }
}

/* Bytes of the tag or comment that s begins with; 0 when its '<' is text. */
static size_t tag_length(dtl_str s)
{
    size_t end;

    if (s.len < 3 || !(dtl_is_alpha(s.ptr[1]) || s.ptr[1] == '!' ||
                       (s.ptr[1] == '/' && dtl_is_alpha(s.ptr[2]))))
        return 0;
    end = dtl_str_find_char(s, '>');
    return end == SIZE_MAX ? 0 : end + 1;
}

/* Whether a tag breaks the line: all do but those of running text. */
static bool breaks_line(dtl_str tag)
{
    static const char *const running[] = {
        "a",    "abbr",   "b",   "bdi",  "bdo", "cite", "code",
        "em",   "font",   "i",   "mark", "q",   "s",    "small",
        "span", "strong", "sub", "sup",  "u",   "wbr"};
    size_t from = tag.ptr[1] == '/' ? 2 : 1, to = from, i;
    dtl_str name;

    while (to < tag.len &&
           (dtl_is_alpha(tag.ptr[to]) || dtl_is_digit(tag.ptr[to])))
        to++;
    name = dtl_str_sub(tag, from, to);
    for (i = 0; i < sizeof running / sizeof *running; i++)
        if (dtl_str_eq_nocase(name, dtl_str_of(running[i])))
            return false;
    return true;
}

/* Past the ASCII white space and controls at byte i, of which indented markup
 * has many in a row. */
static size_t skip_blanks(dtl_value_sink *s, dtl_str raw, size_t i,
                          unsigned how)
{
    bool newline = false;
    dtl_mask m;

    while (!(how & DTL_VALUE_LINES) && raw.len - i >= DTL_LANES) {
        m = dtl_lanes_below(dtl_lanes_load(raw.ptr + i), '!') ^ DTL_MASK_ALL;
        if (m) {
            dtl_value_break(s);
            return i + dtl_mask_first(m);
        }
        i += DTL_LANES;
    }
    for (; i < raw.len && (unsigned char)raw.ptr[i] <= ' '; i++)
        newline |= raw.ptr[i] == '\n';
    if (newline && (how & DTL_VALUE_LINES))
        s->space = 2;
    else
        dtl_value_break(s);
    return i;
}

void dtl_value_append(dtl_value_sink *s, dtl_str raw, unsigned how)
{
    size_t i = 0, len;
    bool no_more_tags = false;

    while (i < raw.len && !s->full) {
        char c = raw.ptr[i];

        if ((unsigned char)c <= ' ') {
            i = skip_blanks(s, raw, i, how);
            continue;
        }
        if (!is_special((unsigned char)c, how) &&
            (len = put_run(s, raw, i, how)) > 0) {
            i += len;
            continue;
        }
        if (c == '&' && (how & DTL_VALUE_REFS)) {
            char out[DTL_REFERENCE_MAX];
            size_t n, taken = dtl_html_reference(dtl_str_sub(raw, i, raw.len),
                                                 false, out, &n);

            if (taken) {
                dtl_value_append(s, (dtl_str){out, n}, how & DTL_VALUE_LINES);
                i += taken;
                continue;
            }
        }
        if (c == '<' && (how & DTL_VALUE_TAGS) && !no_more_tags) {
            len = tag_length(dtl_str_sub(raw, i, raw.len));
            if (len) {
                if (breaks_line(dtl_str_sub(raw, i, i + len)))
                    put_character(s, raw, i, 1, '\n', how);
                i += len;
                continue;
            }
            /* Looking for the '>' again and again would be quadratic. */
            no_more_tags = dtl_str_find_char(dtl_str_sub(raw, i, raw.len),
                                             '>') == SIZE_MAX;
        }
        if ((unsigned char)c < 0x80) {
            put_character(s, raw, i, 1, (unsigned char)c, how);
            i++;
        } else {
            uint32_t cp = dtl_utf8_decode(raw, i, &len);

            put_character(s, raw, i, len, cp, how);
            i += len;
        }
    }
}

/* Whether cleaning would change nothing. */
static bool is_clean(dtl_str s, unsigned how)
{
    return !s.len || (s.ptr[0] != ' ' && s.ptr[s.len - 1] != ' ' &&
                      plain_run(s, 0, how) == s.len);
}

dtl_str dtl_value_clean(dtl_str raw, unsigned how, dtl_arena *arena,
                        dtl_status *status)
{
    dtl_value_sink s = {0};
    dtl_str nothing = {NULL, 0};

    if (is_clean(raw, how))
        return raw.len ? raw : nothing;
    /* A few references stand for more bytes than they take, and a newline
     * may become two; neither doubles the length. */
    if (raw.len > SIZE_MAX / 2)
        return nothing;
    s.cap = 2 * raw.len;
    s.ptr = dtl_arena_alloc(arena, s.cap);
    if (!s.ptr) {
        *status = DTL_NOMEM;
        return nothing;
    }
    dtl_value_append(&s, raw, how);
    return s.len ? (dtl_str){s.ptr, s.len} : nothing;
}

dtl_str dtl_value_bare(dtl_str s, dtl_arena *arena, dtl_status *status)
{
    /* Lower case takes at most three bytes for two. */
    char *out;
    size_t len = 0, i, n;

    if (!s.len || s.len > SIZE_MAX / 2)
        return (dtl_str){NULL, 0};
    out = dtl_arena_alloc(arena, 2 * s.len);
    if (!out) {
        *status = DTL_NOMEM;
        return (dtl_str){NULL, 0};
    }
    for (i = 0; i < s.len; i += n) {
        uint32_t cp = (unsigned char)s.ptr[i];

        n = 1;
        if (cp < 0x80) {
            if (dtl_is_alpha((char)cp) || dtl_is_digit((char)cp))
                out[len++] = dtl_lower((char)cp);
            continue;
        }
        cp = dtl_utf8_decode(s, i, &n);
        switch (utf8proc_category((int32_t)cp)) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LT:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_ND:
            cp = (uint32_t)utf8proc_tolower((int32_t)cp);
            if (len + 4 <= 2 * s.len)
                len += dtl_utf8_encode(cp, out + len);
            break;
        default:
            break;
        }
    }
    return len ? (dtl_str){out, len} : (dtl_str){NULL, 0};
}

/* ---- Text of the tree ------------------------------------------------ */

bool dtl_value_is_unseen(const dtl_html_doc *doc, dtl_html_ref n)
{
    const dtl_html_node *node = &doc->nodes[n];

    if (node->type == DTL_HTML_FRAGMENT)
        return true;
    if (node->type != DTL_HTML_ELEMENT)
        return false;
    switch (node->name) {
    case DTL_N_SCRIPT:
    case DTL_N_STYLE:
    case DTL_N_NOSCRIPT:
    case DTL_N_TEMPLATE:
    case DTL_N_SVG:
    case DTL_N_IFRAME:
    case DTL_N_SELECT:
    case DTL_N_BUTTON:
        return true;
    default:
        return false;
    }
}

void dtl_value_append_node(dtl_value_sink *s, const dtl_html_doc *doc,
                           dtl_html_ref n)
{
    const dtl_html_node *node = &doc->nodes[n];
    uint32_t p;

    if (!node->data) {
        dtl_value_append(s, dtl_str_sub(doc->text, node->start, node->end),
                         node->text_flags & DTL_TEXT_REFS ? DTL_VALUE_REFS : 0);
        return;
    }
    for (p = node->data; p; p = doc->pieces[p].next)
        dtl_value_append(
            s, dtl_str_sub(doc->text, doc->pieces[p].start, doc->pieces[p].end),
            doc->pieces[p].text_flags & DTL_TEXT_REFS ? DTL_VALUE_REFS : 0);
}

bool dtl_value_is_running(const dtl_html_node *node)
{
    switch (node->name) {
    case DTL_N_A:
    case DTL_N_ABBR:
    case DTL_N_B:
    case DTL_N_CITE:
    case DTL_N_CODE:
    case DTL_N_EM:
    case DTL_N_FONT:
    case DTL_N_I:
    case DTL_N_MARK:
    case DTL_N_Q:
    case DTL_N_S:
    case DTL_N_SMALL:
    case DTL_N_SPAN:
    case DTL_N_STRONG:
    case DTL_N_SUB:
    case DTL_N_SUP:
    case DTL_N_U:
    case DTL_N_WBR:
        return true;
    default:
        return false;
    }
}

/* What stands in no heading: a paragraph, or one of a list's or table's. */
static bool is_paragraph(const dtl_html_node *node)
{
    if (node->type != DTL_HTML_ELEMENT)
        return false;
    switch (node->name) {
    case DTL_N_P:
    case DTL_N_LI:
    case DTL_N_DD:
    case DTL_N_DT:
    case DTL_N_TD:
        return true;
    default:
        return false;
    }
}

/* Whether words end before node n: at the edges of blocks, and between two
 * elements side by side, which mostly are set apart by style. */
static bool starts_apart(const dtl_html_doc *doc, dtl_html_ref n)
{
    const dtl_html_node *node = &doc->nodes[n];
    bool after_element = dtl_html_follows_element(doc, n);

    if (node->type == DTL_HTML_TEXT)
        return after_element &&
               !dtl_value_is_running(&doc->nodes[dtl_html_prev(doc, n)]);
    return node->type == DTL_HTML_ELEMENT &&
           (after_element || !dtl_value_is_running(node));
}

/* Where what is an element's own ends, at most at end: a heading that is left
 * open holds all that follows in the page, but what is the text of a heading
 * stands before the first paragraph. See cases/article/heading-left-open. */
static dtl_html_ref own_end(const dtl_html_doc *doc, dtl_html_ref node,
                            dtl_html_ref end)
{
    const dtl_html_node *nodes = doc->nodes;
    dtl_html_ref n = node + 1;

    if (nodes[node].type != DTL_HTML_ELEMENT || nodes[node].name < DTL_N_H1 ||
        nodes[node].name > DTL_N_H6 || nodes[node].flags & DTL_NODE_ENDED)
        return end;
    while (n < end && !is_paragraph(&nodes[n]))
        n++;
    return n;
}

#define MOST_NODES(max) (128 + (uint32_t)(max))

dtl_str dtl_value_text(const dtl_html_doc *doc, dtl_html_ref node, size_t max,
                       dtl_arena *arena, dtl_status *status)
{
    char buffer[1024];
    dtl_value_sink s = {buffer, 0, sizeof buffer, 0, false};
    dtl_html_ref n, end = dtl_html_subtree_end(doc, node);
    dtl_str copy;

    if (max < s.cap)
        s.cap = max;
    /* A value is told by what it begins with; and elements within each other
     * without end must not all be gone through for each of them. */
    if (end - node > MOST_NODES(max))
        end = node + MOST_NODES(max);
    end = own_end(doc, node, end);
    for (n = node; n < end && !s.full; n++) {
        if (n == node && doc->nodes[n].type != DTL_HTML_TEXT)
            continue;
        if (dtl_value_is_unseen(doc, n)) {
            n = dtl_html_subtree_end(doc, n) - 1;
            continue;
        }
        if (n != node && starts_apart(doc, n))
            dtl_value_break(&s);
        if (doc->nodes[n].type == DTL_HTML_TEXT)
            dtl_value_append_node(&s, doc, n);
    }
    if (!s.len)
        return (dtl_str){NULL, 0};
    copy = dtl_arena_copy(arena, (dtl_str){s.ptr, s.len});
    if (!copy.ptr)
        *status = DTL_NOMEM;
    return copy;
}
