/* An article drawn for a person at a terminal, or wrapped to a width.
 *
 * Words are wrapped by their width in columns, wide characters counting two;
 * Japanese and Chinese break between any two wide characters but before
 * closing marks and behind opening ones; what is longer than a line breaks
 * where the line is full. Control characters of the page never reach the
 * terminal. */
#include "cli.h"

#include <string.h>
#include <utf8proc.h>

typedef struct {
    const cli_terminal *t;
    cli_output *o;
    const char *indent; /* at the beginning of each line but the first */
    int column, margin; /* margin: where the line began, behind the indent */
    bool space;         /* due before the next word */
    bool ok;
} pen;

static const char bold[] = "\033[1m", dim[] = "\033[2m", italic[] = "\033[3m",
                  plain[] = "\033[0m";

static void put(pen *p, const char *bytes, size_t len)
{
    p->ok = p->ok && cli_output_write(p->o, bytes, len);
}

static void style(pen *p, const char *code)
{
    if (p->t->colour)
        put(p, code, strlen(code));
}

/* Puts text that takes columns as it stands. */
static void put_plain(pen *p, const char *text)
{
    const char *c;

    put(p, text, strlen(text));
    for (c = text; *c; c++)
        p->column += ((unsigned char)*c & 0xC0) != 0x80;
}

static void new_line(pen *p)
{
    put(p, "\n", 1);
    p->column = p->margin = 0;
    p->space = false;
}

/* Width of the character at s, and itself; control characters have width -1.
 */
static int char_width(dtl_str s, size_t *len, utf8proc_int32_t *cp)
{
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.ptr,
                                          (utf8proc_ssize_t)s.len, cp);

    *len = n > 0 ? (size_t)n : 1;
    if (n <= 0 || utf8proc_category(*cp) == UTF8PROC_CATEGORY_CC)
        return -1;
    return utf8proc_charwidth(*cp);
}

static dtl_str rest_of(dtl_str s, size_t at)
{
    return (dtl_str){s.ptr + at, s.len - at};
}

static void break_line(pen *p)
{
    new_line(p);
    put_plain(p, p->indent);
    p->margin = p->column;
}

/* Characters that no line begins with, and that none ends with, as Japanese
 * and Chinese are set (JIS X 4051, the marks among them). */
static const utf8proc_int32_t closers[] = {
    0x2019, 0x201D, 0x2025, 0x2026, 0x3001, 0x3002, 0x3005, 0x3009,
    0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0x3017, 0x3019, 0x301F,
    0x309D, 0x309E, 0x30FB, 0x30FC, 0x30FD, 0x30FE, 0xFF01, 0xFF09,
    0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF3D, 0xFF5D,
};
static const utf8proc_int32_t openers[] = {
    0x2018, 0x201C, 0x3008, 0x300A, 0x300C, 0x300E, 0x3010,
    0x3014, 0x3016, 0x3018, 0x301D, 0xFF08, 0xFF3B, 0xFF5B,
};

static bool is_among(utf8proc_int32_t cp, const utf8proc_int32_t *set,
                     size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (set[i] == cp)
            return true;
    return false;
}

#define IS_AMONG(cp, set) is_among(cp, set, sizeof(set) / sizeof *(set))

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/* Bytes of what no line break comes into: a run of narrow characters or one
 * wide one, with the marks that belong before and behind. s is not empty and
 * begins with no blank. */
static size_t unit_len(dtl_str s, int *width)
{
    bool based = false, wide = false;
    utf8proc_int32_t cp, before = 0, state = 0;
    size_t at, len;
    int w;

    *width = 0;
    for (at = 0; at < s.len && !is_blank(s.ptr[at]); at += len) {
        w = char_width(rest_of(s, at), &len, &cp);
        /* A character that combines with the one before stays with it. */
        if (!at || utf8proc_grapheme_break_stateful(before, cp, &state)) {
            if (based && (wide || w == 2) && !IS_AMONG(cp, closers))
                break;
            if (!based && !IS_AMONG(cp, openers))
                based = true, wide = w == 2;
        }
        *width += w > 0 ? w : 0;
        before = cp;
    }
    return at;
}

/* Puts a unit, in pieces where it is longer than what a line holds. */
static void put_unit(pen *p, dtl_str unit)
{
    utf8proc_int32_t cp;
    size_t at, len;
    int w;

    for (at = 0; at < unit.len; at += len) {
        w = char_width(rest_of(unit, at), &len, &cp);
        if (w < 0)
            continue;
        if (p->column + w > p->t->width && p->column > p->margin)
            break_line(p);
        put(p, unit.ptr + at, len);
        p->column += w;
    }
}

/* Puts text wrapped; a newline in it is one on paper too. A blank at its end
 * is put when more comes on the same line. */
static void put_wrapped(pen *p, dtl_str text)
{
    size_t at = 0, len;
    bool first = true;
    int width;

    for (; at < text.len && p->ok; at += len) {
        if (is_blank(text.ptr[at])) {
            len = 1;
            p->space = text.ptr[at] != '\n';
            if (!p->space)
                break_line(p);
            continue;
        }
        len = unit_len(rest_of(text, at), &width);
        if (p->column + p->space + width > p->t->width &&
            p->column > p->margin && (p->space || !first))
            break_line(p);
        else if (p->space)
            put_plain(p, " ");
        p->space = first = false;
        put_unit(p, (dtl_str){text.ptr + at, len});
    }
}

static void put_styled(pen *p, const char *code, dtl_str text)
{
    if (!text.len)
        return;
    style(p, code);
    put_wrapped(p, text);
    style(p, plain);
}

static dtl_str of(const char *text)
{
    return (dtl_str){text, strlen(text)};
}

/* "Site · Names · date", what there is of it. */
static void put_byline(pen *p, const dtl_article *a)
{
    size_t count, i;
    const dtl_author *authors = dtl_article_authors(a, &count);
    const dtl_date *published = dtl_article_published(a);
    dtl_str site = dtl_article_site_name(a);
    bool any = false;

    if (!site.len)
        site = dtl_article_site_domain(a);
    if (!site.len && !count && !published->value.len)
        return;
    style(p, dim);
    if (site.len) {
        put_wrapped(p, site);
        any = true;
    }
    for (i = 0; i < count; i++) {
        put_wrapped(p, of(i ? ", " : any ? " · " : ""));
        put_wrapped(p, authors[i].name);
        any = true;
    }
    if (published->value.len) {
        put_wrapped(p, of(any ? " · " : ""));
        put_wrapped(p, published->value);
    }
    style(p, plain);
    new_line(p);
}

static void put_embed(pen *p, const dtl_embed *e)
{
    style(p, dim);
    put_plain(p, "[");
    put_wrapped(p, e->platform);
    put_wrapped(p, of(" "));
    put_wrapped(p, of(dtl_embed_kind_name(e->kind)));
    if (e->author_handle.len) {
        put_wrapped(p, of(" by @"));
        put_wrapped(p, e->author_handle);
    }
    if (e->url.len) {
        put_wrapped(p, of(" "));
        put_wrapped(p, e->url);
    }
    put_plain(p, "]");
    style(p, plain);
}

/* Code and tables keep their lines and spaces. */
static void put_lines(pen *p, dtl_str text)
{
    utf8proc_int32_t cp;
    size_t at = 0, len;

    put_plain(p, p->indent);
    for (; at < text.len; at += len) {
        if (char_width(rest_of(text, at), &len, &cp) >= 0 ||
            text.ptr[at] == '\t')
            put(p, text.ptr + at, len);
        else if (text.ptr[at] == '\n')
            break_line(p);
    }
}

static void put_links(pen *p, const dtl_block *b)
{
    size_t i;

    for (i = 0; p->t->links && i < b->link_count; i++) {
        break_line(p);
        put_styled(p, dim, b->links[i].url);
    }
}

static void put_block(pen *p, const dtl_block *b, const dtl_article *a)
{
    static const char deep[] = "                    ";
    size_t count, depth = b->level > 8 ? 8 : (size_t)(b->level ? b->level : 1);

    p->indent = "";
    switch (b->kind) {
    case DTL_BLOCK_EMBED:
        put_embed(p, &dtl_article_embeds(a, &count)[b->item]);
        break;
    case DTL_BLOCK_SUMMARY:
        put_styled(p, italic, b->text);
        break;
    case DTL_BLOCK_HEADING:
    case DTL_BLOCK_QUESTION:
    case DTL_BLOCK_LIVE_ENTRY:
        put_styled(p, bold, b->text);
        break;
    case DTL_BLOCK_LIST_ITEM:
        put(p, deep, 2 * (depth - 1));
        put_plain(p, "• ");
        p->column = p->margin = 2 * (int)depth;
        p->indent = deep + sizeof deep - 1 - 2 * depth;
        put_wrapped(p, b->text);
        break;
    case DTL_BLOCK_BLOCKQUOTE:
        p->indent = "│ ";
        put_plain(p, p->indent);
        p->margin = p->column;
        put_wrapped(p, b->text);
        break;
    case DTL_BLOCK_CODE:
        p->indent = "    ";
        put_lines(p, b->text);
        break;
    case DTL_BLOCK_TABLE:
        put_lines(p, b->text);
        break;
    default:
        put_wrapped(p, b->text);
    }
    put_links(p, b);
    new_line(p);
}

static bool is_drawn(const dtl_block *b)
{
    return b->kind != DTL_BLOCK_IMAGE && b->kind != DTL_BLOCK_CAPTION;
}

/* List items stand close, other blocks apart. */
static void put_body(pen *p, const dtl_article *a)
{
    size_t count, i;
    const dtl_block *b = dtl_article_blocks(a, &count), *last = NULL;

    for (i = 0; i < count && p->ok; i++) {
        if (!is_drawn(&b[i]))
            continue;
        if (!last || last->kind != DTL_BLOCK_LIST_ITEM ||
            b[i].kind != DTL_BLOCK_LIST_ITEM)
            new_line(p);
        put_block(p, &b[i], a);
        last = &b[i];
    }
}

static void put_notes(pen *p, const dtl_article *a)
{
    size_t count, i;
    const dtl_note *n = dtl_article_notes(a, &count);

    for (i = 0; i < count && p->ok; i++) {
        new_line(p);
        p->indent = "";
        put_styled(p, dim, n[i].text);
        new_line(p);
    }
}

bool cli_terminal_write(const cli_terminal *t, const dtl_article *a,
                        cli_output *o)
{
    pen p = {.t = t, .o = o, .indent = "", .ok = true};
    dtl_page_status status = dtl_article_status(a);

    if (dtl_article_title(a).len) {
        put_styled(&p, bold, dtl_article_title(a));
        new_line(&p);
    }
    if (dtl_article_subtitle(a).len) {
        put_styled(&p, italic, dtl_article_subtitle(a));
        new_line(&p);
    }
    put_byline(&p, a);
    if (status != DTL_STATUS_ARTICLE) {
        put_styled(&p, dim, of(dtl_page_status_name(status)));
        if (dtl_article_reason(a).len) {
            put_plain(&p, ": ");
            put_styled(&p, dim, dtl_article_reason(a));
        }
        new_line(&p);
    }
    put_body(&p, a);
    put_notes(&p, a);
    return p.ok;
}
