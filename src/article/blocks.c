/* One scan over the node array, in tree order.
 *
 * A stack of frames holds the open elements. What encloses a node is a set of
 * bits that a frame takes over from its parent, so that nothing is looked up
 * twice; a box, the record of an element that has blocks in it, is made when
 * its first block is. Text goes through one collapsing append into a buffer
 * that all blocks share. A block ends where a block-level element begins or
 * ends, and at two line breaks in a row outside <p>: pages that set their
 * paragraphs apart by <br><br> have no other.
 *
 * What no reader sees is not read: scripts, styles, form fields, the fallback
 * content of media, inline elements that are hidden or for screen readers.
 * Hidden block-level elements are read and marked: bodies are found there. */
#include "article/blocks.h"
#include "article/block_hints.h"
#include "article/block_rules.h"
#include "article/class_words.h"
#include "base/lanes.h"
#include "base/str.h"

enum {
    LETTERS_OF_LINK,
    LETTERS_OF_BOLD,
    LETTERS_OF_ITALIC,
    LETTERS_OF_TIME,
    LETTERS_KINDS
};

#define NO_BOX UINT32_MAX

typedef struct {
    dtl_html_ref node;
    uint32_t box; /* NO_BOX until a block needs one */
    uint32_t in;
    uint32_t bits;
    uint32_t signature;
    uint32_t table, row, cell;
    uint32_t table_level; /* of the innermost table's frame */
    uint32_t level;       /* of the innermost block-level frame */
    uint32_t controls;    /* in it, outside what has been closed in it */
    uint8_t heading, list_depth;
    bool block_level;
} frame;

typedef struct {
    dtl_html_doc *doc;
    dtl_blocks *b;
    frame *stack;
    size_t depth;
    dtl_html_ref top; /* the innermost frame's node */
    dtl_status status;
    const dtl_element_look *look; /* the next one that was not passed by */
    /* The block being gathered. */
    bool open;
    uint32_t text_start;
    dtl_block_entry cur;
    bool space;      /* white space is due before the next character */
    unsigned breaks; /* <br>s since the last character */
    unsigned lead;   /* <br>s before the block's first character */
    uint32_t letters[LETTERS_KINDS]; /* bytes of text inside each */
    /* The open link. */
    dtl_html_ref link;
    uint32_t link_start; /* in the block's text; NO_BOX: no text yet */
    uint32_t table_serial;
    dtl_html_ref next_p; /* see next_paragraph */
} scan;

/* ---- Attributes --------------------------------------------------------- */

/* Attributes whose values tell whether they say anything. */
static uint32_t read_values(scan *s, const dtl_html_node *node)
{
    uint32_t in = 0;

    for (uint32_t i = 0; i < node->count; i++) {
        const dtl_html_attr *a = &s->doc->attrs[node->data + i];

        switch (a->name) {
        case DTL_N_ITEMPROP:
            if (dtl_str_find_nocase(dtl_html_attr_text(s->doc, a),
                                    DTL_STR("articlebody")) != SIZE_MAX)
                in |= DTL_IN_BODY_PROP;
            break;
        case DTL_N_ARIA_HIDDEN:
            if (dtl_str_eq_nocase(dtl_html_attr_text(s->doc, a),
                                  DTL_STR("true")))
                in |= DTL_IN_HIDDEN;
            break;
        case DTL_N_STYLE:
            if (dtl_style_hides(dtl_html_attr_text(s->doc, a)))
                in |= DTL_IN_HIDDEN;
            break;
        default:
            break;
        }
    }
    return in;
}

/* What the survey noted of an element with attributes. The scan goes on in
 * tree order, as its list does. */
static const dtl_element_look *look_of(scan *s, dtl_html_ref n)
{
    while (s->look->node < n)
        s->look++;
    return s->look;
}

static void read_attributes(scan *s, frame *f)
{
    const dtl_html_node *node = &s->doc->nodes[f->node];
    const dtl_element_look *look;

    if (node->type != DTL_HTML_ELEMENT || !node->count)
        return;
    look = look_of(s, f->node);
    f->bits = look->words;
    if (look->says & DTL_SAYS_CLASS)
        f->signature = f->signature * 31 + look->class_hash;
    if (look->says & DTL_SAYS_HIDDEN)
        f->in |= DTL_IN_HIDDEN;
    if (look->says & DTL_SAYS_UNSURE)
        f->in |= read_values(s, node);
}

/* ---- Boxes --------------------------------------------------------------- */

static uint32_t box_of(scan *s, size_t level)
{
    dtl_blocks *b = s->b;
    size_t from = level;

    while (from > 0 && s->stack[from].box == NO_BOX)
        from--;
    for (size_t i = from + 1; i <= level && s->status == DTL_OK; i++) {
        frame *f = &s->stack[i];

        s->status = dtl_grow((void **)&b->boxes, &b->box_cap, b->box_count + 1,
                             sizeof *b->boxes);
        if (s->status != DTL_OK)
            return 0;
        f->box = (uint32_t)b->box_count++;
        b->boxes[f->box] = (dtl_box){
            .node = f->node,
            .parent = s->stack[i - 1].box,
            .first = (uint32_t)b->block_count,
            .end = (uint32_t)b->block_count,
            .bits = f->bits,
            .in = f->in,
            .name = s->doc->nodes[f->node].name,
            .depth = (uint32_t)i,
            .signature = f->signature,
        };
    }
    return s->stack[level].box;
}

/* ---- Gathering a block ------------------------------------------------- */

static uint32_t cur_len(const scan *s)
{
    return (uint32_t)s->b->text.len - s->text_start;
}

static void end_link(scan *s)
{
    dtl_blocks *b = s->b;

    if (!s->open || s->link_start == NO_BOX || s->link_start >= cur_len(s) ||
        s->status != DTL_OK)
        return;
    s->status = dtl_grow((void **)&b->links, &b->link_cap, b->link_count + 1,
                         sizeof *b->links);
    if (s->status != DTL_OK)
        return;
    b->links[b->link_count++] =
        (dtl_block_link){s->link_start, cur_len(s), s->link};
    s->cur.link_count++;
    s->link_start = NO_BOX;
}

static void open_block(scan *s, dtl_html_ref node)
{
    const frame *top = &s->stack[s->depth - 1];

    s->open = true;
    s->text_start = (uint32_t)s->b->text.len;
    s->cur = (dtl_block_entry){
        .type = DTL_BLOCK_IS_TEXT,
        .node = node,
        .in = top->in,
        .heading = top->heading,
        .list_depth = top->list_depth,
        .table = top->table,
        .row = top->row,
        .cell = top->cell,
        .first_link = (uint32_t)s->b->link_count,
        .breaks = (uint8_t)(s->lead > 2 ? 2 : s->lead),
        .box = box_of(s, top->level),
    };
    memset(s->letters, 0, sizeof s->letters);
    s->space = false;
    s->breaks = 0;
    s->lead = 0;
    s->link_start = NO_BOX;
}

static dtl_status push_block(dtl_blocks *b, const dtl_block_entry *e)
{
    dtl_status st = dtl_grow((void **)&b->blocks, &b->block_cap,
                             b->block_count + 1, sizeof *b->blocks);

    if (st == DTL_OK)
        b->blocks[b->block_count++] = *e;
    return st;
}

/* Ends the block, if one is open. A byte share becomes a letter share: links
 * and bold runs have the same mix of bytes as the text around them. */
static void flush(scan *s)
{
    dtl_blocks *b = s->b;
    dtl_block_entry *e = &s->cur;
    float scale;

    if (!s->open) {
        s->lead = 0;
        return;
    }
    end_link(s);
    s->open = false;
    s->breaks = 0;
    while (e->in & DTL_IN_PRE && b->text.len > s->text_start &&
           dtl_is_space(b->text.ptr[b->text.len - 1]))
        b->text.len--;
    /* The buffer still moves, so the slice's pointer is set at the end. */
    e->text = (dtl_str){b->text.ptr + s->text_start, cur_len(s)};
    e->text_at = s->text_start;
    e->m = dtl_measure_in(e->text, b->text.cap - s->text_start);
    scale = (float)e->m.letters / (float)e->text.len;
    e->link_letters = (uint32_t)((float)s->letters[LETTERS_OF_LINK] * scale);
    e->bold_letters = (uint32_t)((float)s->letters[LETTERS_OF_BOLD] * scale);
    e->italic_letters =
        (uint32_t)((float)s->letters[LETTERS_OF_ITALIC] * scale);
    e->time_letters = (uint32_t)((float)s->letters[LETTERS_OF_TIME] * scale);
    if (s->status == DTL_OK)
        s->status = push_block(b, e);
}

/* Appends a run of bytes that holds no white space but single spaces, and
 * what was due before it. */
static void append_run(scan *s, dtl_html_ref node, uint32_t in, const char *ptr,
                       size_t len)
{
    static const uint32_t kinds[LETTERS_KINDS] = {DTL_IN_LINK, DTL_IN_BOLD,
                                                  DTL_IN_ITALIC, DTL_IN_TIME};
    dtl_buf *text = &s->b->text;

    if (!s->open)
        open_block(s, node);
    if (s->breaks)
        dtl_buf_putc(text, '\n');
    else if (s->space &&
             !(cur_len(s) == 1 && dtl_is_drop_cap(s->doc, s->cur.node, *ptr)))
        dtl_buf_putc(text, ' ');
    s->space = false;
    s->breaks = 0;
    if (in & DTL_IN_LINK && s->link_start == NO_BOX)
        s->link_start = cur_len(s);
    dtl_buf_append(text, ptr, len);
    if (!(in & (DTL_IN_LINK | DTL_IN_BOLD | DTL_IN_ITALIC | DTL_IN_TIME)))
        return;
    for (int k = 0; k < LETTERS_KINDS; k++)
        s->letters[k] += in & kinds[k] ? (uint32_t)len + 1 : 0;
}

/* The length of white space, or of what is invisible, at s[i]; 0 for other
 * characters. *space is whether it sets words apart. U+00AD, U+200B, U+2060
 * and U+FEFF do not; joiners (U+200C, U+200D) carry meaning and stay. */
static size_t gap_len(const char *p, size_t left, bool *space)
{
    unsigned char a = (unsigned char)p[0], b, c;

    *space = true;
    if (a < 0x80)
        return dtl_is_space(p[0]) || a < 0x20 || a == 0x7f;
    if (left < 2)
        return 0;
    b = (unsigned char)p[1];
    if (a == 0xc2) {
        *space = b != 0xad;
        return b == 0xa0 || b == 0xad || (b >= 0x80 && b < 0xa0) ? 2 : 0;
    }
    if (left < 3 || (a != 0xe2 && a != 0xe3 && a != 0xef))
        return 0;
    c = (unsigned char)p[2];
    if (a == 0xe2 && b == 0x80) {
        *space = c != 0x8b && c != 0x8e && c != 0x8f;
        return (c >= 0x80 && c <= 0x8b) || c == 0x8e || c == 0x8f ||
                       c == 0xa8 || c == 0xa9 || c == 0xaf
                   ? 3
                   : 0;
    }
    if (a == 0xe2 && b == 0x81) {
        *space = c == 0x9f;
        return c == 0x9f || c == 0xa0 ? 3 : 0;
    }
    if (a == 0xe3)
        return b == 0x80 && c == 0x80 ? 3 : 0;
    *space = false;
    return b == 0xbb && c == 0xbf ? 3 : 0;
}

/* Bytes that white space and what is invisible begin with. */
static bool may_be_gap(char c)
{
    unsigned char u = (unsigned char)c;

    return u <= 0x20 || u == 0x7f || u == 0xc2 || u == 0xe2 || u == 0xe3 ||
           u == 0xef;
}

/* The characters of a text node, and how far memory can be read behind them.
 */
typedef struct {
    dtl_str s;
    const char *limit;
} chars;

/* A space between two other characters stays as it is. */
static bool is_lone_space(dtl_str text, size_t from, size_t at)
{
    return text.ptr[at] == ' ' && at > from && at + 1 < text.len &&
           !may_be_gap(text.ptr[at + 1]);
}

/* The first place from `at` on that may be a gap and is no lone space;
 * `from` is where the run began. */
static size_t find_gap(chars text, size_t from, size_t at)
{
    static const dtl_byte_set wide = {{0xc2, 0xe2, 0xe3, 0xef}};

    while (at < text.s.len) {
        size_t left = text.s.len - at;
        dtl_lanes b = dtl_lanes_at(text.s.ptr + at, text.limit, ' ');
        dtl_mask gap = dtl_lanes_below(b, 0x21) | dtl_lanes_in(b, wide) |
                       dtl_lanes_eq(b, 0x7f);
        /* Those in the midst of the block and of the text, at least. */
        dtl_mask lone = dtl_lanes_eq(b, ' ') & ~(gap << DTL_MASK_STRIDE) &
                        ~(gap >> DTL_MASK_STRIDE) & ~dtl_mask_bit(0) &
                        dtl_mask_to((left < DTL_LANES ? left : DTL_LANES) - 1);

        gap &= ~lone & dtl_mask_to(left);
        if (!gap) {
            at += DTL_LANES;
            continue;
        }
        at += dtl_mask_first(gap);
        if (!is_lone_space(text.s, from, at))
            return at;
        at++;
    }
    return text.s.len;
}

/* Behind the ASCII white space and control characters at `at`. */
static size_t skip_blanks(chars text, size_t at)
{
    while (at < text.s.len) {
        dtl_lanes b = dtl_lanes_at(text.s.ptr + at, text.limit, ' ');
        dtl_mask other = ~dtl_lanes_below(b, 0x21) & DTL_MASK_ALL;

        if (other) {
            at += dtl_mask_first(other);
            return at < text.s.len ? at : text.s.len;
        }
        at += DTL_LANES;
    }
    return text.s.len;
}

static void append_collapsed(scan *s, dtl_html_ref node, uint32_t in,
                             chars text)
{
    dtl_str t = text.s;
    size_t i = 0, from;

    if (t.len && (unsigned char)*t.ptr <= 0x20) {
        i = skip_blanks(text, 0);
        s->space = true;
    }
    from = i;
    while ((i = find_gap(text, from, i)) < t.len) {
        bool space;
        size_t gap = gap_len(t.ptr + i, t.len - i, &space);

        if (!gap) {
            i += (unsigned char)t.ptr[i] < 0x80 ? 1 : 2;
            continue;
        }
        if (i > from)
            append_run(s, node, in, t.ptr + from, i - from);
        s->space |= space;
        i += gap;
        if (i < t.len && (unsigned char)t.ptr[i] <= 0x20) {
            s->space = true;
            i = skip_blanks(text, i);
        }
        from = i;
    }
    if (t.len > from)
        append_run(s, node, in, t.ptr + from, t.len - from);
}

/* <pre>: lines and indentation stay. */
static void append_lines(scan *s, dtl_html_ref node, uint32_t in, dtl_str text)
{
    if (!s->open) {
        while (text.len && (*text.ptr == '\n' || *text.ptr == '\r')) {
            text.ptr++;
            text.len--;
        }
        if (!dtl_str_trim(text).len)
            return;
    }
    if (text.len)
        append_run(s, node, in, text.ptr, text.len);
}

/* The characters of a text node: a slice of the page where that is enough. */
static chars node_text(scan *s, dtl_html_ref n)
{
    const dtl_html_node *node = &s->doc->nodes[n];
    dtl_str page = s->doc->text, text;

    if (!node->data && !node->text_flags)
        return (chars){{page.ptr + node->start, node->end - node->start},
                       page.ptr + page.len};
    dtl_buf_reset(&s->b->scratch);
    dtl_html_append_data(s->doc, n, &s->b->scratch);
    if (s->b->scratch.status != DTL_OK)
        s->status = s->b->scratch.status;
    text = dtl_buf_view(&s->b->scratch);
    return (chars){text, text.ptr + text.len};
}

/* The part of a text node's source that is no white space. */
static void trim_source(const scan *s, dtl_html_ref n, uint32_t *start,
                        uint32_t *end)
{
    const dtl_html_node *node = &s->doc->nodes[n];

    *start = node->start;
    *end = node->end;
    while (*start < *end && dtl_is_space(s->doc->text.ptr[*start]))
        (*start)++;
    while (*end > *start && dtl_is_space(s->doc->text.ptr[*end - 1]))
        (*end)--;
}

/* Whether all of a text is white space of ASCII, for most that are: two texts
 * of three only set tags apart. */
static bool is_blank(const scan *s, const dtl_html_node *node)
{
    dtl_str page = s->doc->text;
    size_t len = node->end - node->start;
    dtl_lanes b;

    if (!len || len > DTL_LANES || node->data || node->text_flags)
        return false;
    b = dtl_lanes_at(page.ptr + node->start, page.ptr + page.len, ' ');
    return !(~dtl_lanes_below(b, 0x21) & dtl_mask_to(len));
}

static void add_text(scan *s, dtl_html_ref n)
{
    uint32_t in = s->stack[s->depth - 1].in, start, end;
    size_t before = s->b->text.len;
    chars text;

    if (in & DTL_IN_SILENT)
        return;
    if (!(in & DTL_IN_PRE) && is_blank(s, &s->doc->nodes[n])) {
        s->space = true;
        return;
    }
    text = node_text(s, n);
    if (in & DTL_IN_PRE)
        append_lines(s, n, in, text.s);
    else
        append_collapsed(s, n, in, text);
    if (s->b->text.len == before)
        return;
    trim_source(s, n, &start, &end);
    if (!s->cur.source_end || start < s->cur.source_start)
        s->cur.source_start = start;
    if (end > s->cur.source_end)
        s->cur.source_end = end;
}

/* Whether the block so far is a question all in bold: interviews set the
 * answer behind a line break. See cases/article/interview-line-breaks. */
static bool is_bold_question(const scan *s)
{
    uint32_t len = cur_len(s);
    dtl_str text = {s->b->text.ptr + s->text_start, len};

    return len && s->letters[LETTERS_OF_BOLD] >= len &&
           (text.ptr[len - 1] == '?' || dtl_str_ends(text, DTL_STR("\uff1f")));
}

/* Whether the line before a break is a paragraph: long, and whole sentences.
 * Lines of verse, addresses and tables are shorter, or end in no full stop.
 * See cases/article/paragraphs-of-single-breaks. */
static bool is_paragraph_line(const scan *s)
{
    enum {
        LONG_LINE = 100 /* bytes */
    };
    dtl_str text = {s->b->text.ptr + s->text_start, cur_len(s)};
    const char *newline = memrchr(text.ptr, '\n', text.len);

    if (newline)
        text = dtl_str_sub(text, (size_t)(newline + 1 - text.ptr), text.len);
    return text.len >= LONG_LINE && dtl_measure_text(text).end == DTL_END_STOP;
}

static void add_break(scan *s)
{
    const frame *top = &s->stack[s->depth - 1];
    const frame *level = &s->stack[top->level];

    if (top->in & DTL_IN_PRE) {
        if (s->open)
            dtl_buf_putc(&s->b->text, '\n');
        return;
    }
    if (!s->open) {
        s->lead++;
        return;
    }
    s->breaks++;
    if (s->breaks == 1 && !level->heading &&
        (is_bold_question(s) || is_paragraph_line(s))) {
        flush(s);
        s->lead = 1;
        return;
    }
    /* In a paragraph or heading, lines belong together. */
    if (s->breaks >= 2 && !level->heading) {
        flush(s);
        s->lead = 2;
    }
}

/* <span class="br"></span>, which style sheets make a line break of. */
static bool is_styled_break(const scan *s, dtl_html_ref n)
{
    const dtl_html_attr *a;
    dtl_str text;

    if (dtl_html_first_child(s->doc, n))
        return false;
    a = dtl_html_attr_find(s->doc, n, DTL_N_CLASS);
    if (!a)
        return false;
    text = dtl_html_attr_text(s->doc, a);
    return dtl_str_eq(text, DTL_STR("br")) ||
           dtl_str_ends(text, DTL_STR(" br"));
}

/* Images, embeds and rules are blocks beside the text. */
static void add_thing(scan *s, dtl_html_ref n, dtl_block_type type,
                      uint32_t item)
{
    const dtl_html_node *node = &s->doc->nodes[n];
    const frame *top = &s->stack[s->depth - 1];
    dtl_block_entry e = {
        .type = (uint8_t)type,
        .node = n,
        .in = top->in,
        .source_start = node->start,
        .source_end = node->end,
        .table = top->table,
        .row = top->row,
        .cell = top->cell,
        .item = item,
        .box = box_of(s, top->level),
        .first_link = (uint32_t)s->b->link_count,
    };

    if (s->status == DTL_OK)
        s->status = push_block(s->b, &e);
}

/* ---- Opening and closing ------------------------------------------------- */

static void place_in_table(scan *s, frame *f, dtl_name name)
{
    if (name == DTL_N_TABLE) {
        f->table = ++s->table_serial;
        f->table_level = (uint32_t)s->depth;
        f->row = f->cell = 0;
    } else if (name == DTL_N_TR) {
        /* The table's frame counts rows, a row's frame its cells. */
        f->row = ++s->stack[f->table_level].row;
        f->cell = 0;
    } else if (name == DTL_N_TD || name == DTL_N_TH) {
        f->cell = ++s->stack[s->depth - 1].cell;
    }
}

/* Puts a frame for n on the stack, as its parent's; NULL when there is no
 * memory for it. */
static frame *new_frame(scan *s, dtl_html_ref n)
{
    frame *f;

    if (s->depth >= s->b->frame_cap) {
        s->status = dtl_grow(&s->b->frames, &s->b->frame_cap, s->depth + 1,
                             sizeof(frame));
        if (s->status != DTL_OK)
            return NULL;
        s->stack = s->b->frames;
    }
    f = &s->stack[s->depth];
    *f = f[-1];
    f->node = n;
    f->box = NO_BOX;
    f->bits = 0;
    f->controls = 0;
    return f;
}

/* The next <p> behind node n, or the end of the page. Asked of nodes in their
 * order, so that the page is gone through once. */
static dtl_html_ref next_paragraph(scan *s, dtl_html_ref n)
{
    const dtl_html_node *nodes = s->doc->nodes;

    if (s->next_p <= n)
        s->next_p = n + 1;
    while (s->next_p < s->doc->node_count &&
           (nodes[s->next_p].type != DTL_HTML_ELEMENT ||
            nodes[s->next_p].name != DTL_N_P))
        s->next_p++;
    return s->next_p;
}

/* Whether an element is not closed by an end tag, and so has what follows it in
 * the page: paragraphs too. */
static bool is_left_open(scan *s, dtl_html_ref n)
{
    return !(s->doc->nodes[n].flags & DTL_NODE_ENDED) &&
           next_paragraph(s, n) < dtl_html_subtree_end(s->doc, n);
}

/* Elements whose own content is not read, or is that of a link, but what they
 * swallow where they are left open. See cases/article/button-left-open. */
static bool may_swallow(dtl_name name)
{
    return name == DTL_N_BUTTON || name == DTL_N_RT || name == DTL_N_RP ||
           name == DTL_N_RTC || name == DTL_N_SVG || name == DTL_N_A;
}

/* A link that was never closed goes on in every paragraph behind the element
 * that it stands in, by a copy. See cases/article/link-left-open. */
static bool is_copy_left_open(const dtl_html_node *node)
{
    return node->name == DTL_N_A &&
           (node->flags & (DTL_NODE_CLONE | DTL_NODE_ENDED)) == DTL_NODE_CLONE;
}

static void push_frame(scan *s, dtl_html_ref n, dtl_block_rule rule)
{
    dtl_name name = s->doc->nodes[n].name;
    frame *f = new_frame(s, n);

    if (!f)
        return;
    f->signature = name + 1;
    f->block_level = rule.way == DTL_WAY_BLOCK;
    f->in &= ~(uint32_t)DTL_IN_HIDDEN;
    f->in |= rule.in;
    read_attributes(s, f);
    if (f->block_level) {
        f->level = (uint32_t)s->depth;
        if (f->bits & DTL_CW_SPOKEN)
            f->in |= DTL_IN_HIDDEN;
        f->in &= ~(uint32_t)DTL_IN_SILENT;
        if (name >= DTL_N_H1 && name <= DTL_N_H6 && !is_left_open(s, n))
            f->heading = (uint8_t)(name - DTL_N_H1 + 1);
        if (rule.in & DTL_IN_LIST && f->list_depth < UINT8_MAX)
            f->list_depth++;
    } else if (f->in & DTL_IN_HIDDEN || f->bits & DTL_CW_SPOKEN) {
        f->in |= DTL_IN_SILENT;
    }
    f->in |= f[-1].in & DTL_IN_HIDDEN;
    if (f->in & DTL_IN_TABLE)
        place_in_table(s, f, name);
    s->depth++;
    s->top = n;
}

static void close_box(scan *s, const frame *f)
{
    dtl_box *box = &s->b->boxes[f->box];

    box->end = (uint32_t)s->b->block_count;
    box->controls = f->controls;
}

static void pop_frame(scan *s)
{
    const frame *f = &s->stack[s->depth - 1];
    dtl_name name = s->doc->nodes[f->node].name;

    if (f->block_level)
        flush(s);
    if (name == DTL_N_A && s->link == f->node) {
        end_link(s);
        s->link = 0;
    }
    if (f->box != NO_BOX)
        close_box(s, f);
    s->stack[s->depth - 2].controls += f->controls;
    s->depth--;
    s->top = f[-1].node;
}

/* Enters an element. Returns the next node to look at. */
static dtl_html_ref enter(scan *s, dtl_html_ref n)
{
    const dtl_html_node *node = &s->doc->nodes[n];
    dtl_block_rule rule = dtl_block_rule_of(node);

    if (rule.way == DTL_WAY_SKIP && node->name == DTL_N_TEMPLATE &&
        dtl_html_attr_find(s->doc, n, DTL_N_SHADOWROOTMODE))
        rule = (dtl_block_rule){DTL_WAY_BLOCK, DTL_IN_TEMPLATE};
    if ((may_swallow(node->name) && is_left_open(s, n)) ||
        is_copy_left_open(node))
        rule = (dtl_block_rule){DTL_WAY_INLINE, 0};
    switch (rule.way) {
    case DTL_WAY_CONTROL:
        s->stack[s->depth - 1].controls++;
        return dtl_html_subtree_end(s->doc, n);
    case DTL_WAY_SKIP:
        return dtl_html_subtree_end(s->doc, n);
    case DTL_WAY_BREAK:
        add_break(s);
        return n + 1;
    case DTL_WAY_RULE:
        flush(s);
        add_thing(s, n, DTL_BLOCK_IS_RULE, 0);
        return n + 1;
    case DTL_WAY_IMAGE:
        add_thing(s, n, DTL_BLOCK_IS_IMAGE, 0);
        return dtl_html_subtree_end(s->doc, n);
    case DTL_WAY_BLOCK:
        flush(s);
        break;
    default:
        break;
    }
    if (node->name == DTL_N_SPAN && is_styled_break(s, n)) {
        add_break(s);
        return n + 1;
    }
    if (s->link && rule.way == DTL_WAY_INLINE && dtl_is_window_hint(s->doc, n))
        return dtl_html_subtree_end(s->doc, n);
    push_frame(s, n, rule);
    if (rule.in & DTL_IN_LINK && s->status == DTL_OK) {
        end_link(s);
        s->link = n;
        s->link_start = NO_BOX;
    }
    return n + 1;
}

/* ---- The scan --------------------------------------------------------------
 */

static void walk(scan *s, const dtl_embed_site *sites, size_t site_count)
{
    const dtl_html_node *nodes = s->doc->nodes;
    dtl_html_ref n = 1, count = s->doc->node_count;
    dtl_html_ref next = site_count ? sites->first : count;
    size_t site = 0;

    while (n < count && s->status == DTL_OK) {
        const dtl_html_node *node = &nodes[n];

        while (s->top != node->parent && s->depth > 1)
            pop_frame(s);
        if (n >= next) {
            while (site < site_count && sites[site].end <= n)
                site++;
            next = site < site_count ? sites[site].first : count;
        }
        if (n >= next) {
            flush(s);
            /* Residue that stands for no object only goes. */
            if (sites[site].embed.platform.ptr)
                add_thing(s, n, DTL_BLOCK_IS_EMBED, (uint32_t)site);
            n = sites[site].end;
            continue;
        }
        if (node->type == DTL_HTML_TEXT)
            add_text(s, n++);
        else if (node->type == DTL_HTML_ELEMENT)
            n = enter(s, n);
        else if (node->type == DTL_HTML_FRAGMENT)
            push_frame(s, n++, (dtl_block_rule){DTL_WAY_BLOCK, 0});
        else
            n++;
    }
    while (s->depth > 1)
        pop_frame(s);
    flush(s);
}

static float prose_of(const dtl_block_entry *e)
{
    float links = dtl_link_share(e);
    float w = (float)e->m.weight;

    if (e->type != DTL_BLOCK_IS_TEXT || links > 0.5f || e->heading)
        return 0;
    if (e->m.weight < 25 || (!e->m.stops && !e->m.commas && w < 120))
        return 0;
    if (e->m.end != DTL_END_STOP)
        w *= 0.5f;
    return w * (1 - links);
}

/* Turns offsets into slices and sums boxes, children before parents. */
static void settle(scan *s)
{
    dtl_blocks *b = s->b;

    for (size_t i = 0; i < b->block_count; i++) {
        dtl_block_entry *e = &b->blocks[i];
        dtl_box *box = &b->boxes[e->box];

        box->images += e->type == DTL_BLOCK_IS_IMAGE;
        if (e->type != DTL_BLOCK_IS_TEXT)
            continue;
        e->text.ptr = b->text.ptr + e->text_at;
        box->texts++;
        box->direct_texts++;
        box->weight += e->m.weight;
        box->link_weight += (uint32_t)((float)e->m.weight * dtl_link_share(e));
        box->links += e->link_count;
        e->prose = prose_of(e);
        box->prose += e->prose;
    }
    for (size_t i = b->box_count; i-- > 1;) {
        const dtl_box *box = &b->boxes[i];
        dtl_box *up = &b->boxes[box->parent];

        up->texts += box->texts;
        up->weight += box->weight;
        up->link_weight += box->link_weight;
        up->links += box->links;
        up->images += box->images;
        up->prose += box->prose;
    }
}

dtl_status dtl_blocks_scan(dtl_html_doc *doc, const dtl_survey *survey,
                           const dtl_embed_site *sites, size_t site_count,
                           dtl_blocks *b)
{
    scan state = {.doc = doc,
                  .b = b,
                  .look = survey->looks,
                  .link_start = NO_BOX},
         *s = &state;

    b->block_count = b->box_count = b->link_count = 0;
    dtl_buf_reset(&b->text);
    dtl_buf_reset(&b->scratch);
    s->status = dtl_grow(&b->frames, &b->frame_cap, 1, sizeof(frame));
    if (s->status == DTL_OK)
        s->status =
            dtl_grow((void **)&b->boxes, &b->box_cap, 1, sizeof *b->boxes);
    if (s->status != DTL_OK)
        return s->status;
    s->stack = b->frames;
    s->stack[0] = (frame){.block_level = true};
    s->depth = 1;
    b->boxes[0] = (dtl_box){0};
    b->box_count = 1;
    walk(s, sites, site_count);
    if (s->status == DTL_OK)
        s->status = b->text.status;
    if (s->status == DTL_OK) {
        b->boxes[0].end = (uint32_t)b->block_count;
        b->table_count = s->table_serial;
        settle(s);
    }
    return s->status;
}

dtl_status dtl_blocks_room(dtl_blocks *b, size_t len)
{
    return dtl_grow((void **)&b->words, &b->word_cap, len / 2 + 1,
                    sizeof *b->words);
}

const dtl_word *dtl_blocks_words(dtl_blocks *b, dtl_str text, size_t *count)
{
    size_t most = text.len / 2 + 1, readable = text.len;
    size_t at = (uintptr_t)text.ptr - (uintptr_t)b->text.ptr;
    uint64_t key;

    if (at < b->text.len)
        readable = b->text.cap - at;
    if (dtl_blocks_room(b, text.len) != DTL_OK)
        return NULL;
    *count = dtl_words_of(text, readable, b->words, most, &key);
    return b->words;
}

void dtl_blocks_clear(dtl_blocks *b)
{
    dtl_free(b->blocks);
    dtl_free(b->boxes);
    dtl_free(b->links);
    dtl_free(b->words);
    dtl_free(b->frames);
    dtl_buf_clear(&b->text);
    dtl_buf_clear(&b->scratch);
    *b = (dtl_blocks){0};
}
