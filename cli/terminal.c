/* An article drawn for a person at a terminal, or wrapped to a width.
 *
 * Words are wrapped by their width in columns, wide characters counting two;
 * text without spaces (Japanese, Chinese, Thai) breaks between characters
 * when a line is full. Control characters of the page never reach the
 * terminal. */
#include "cli.h"

#include <string.h>
#include <utf8proc.h>

typedef struct {
    const cli_terminal *t;
    cli_output *o;
    const char *indent; /* at the beginning of each line but the first */
    int column;
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
    p->column = 0;
}

/* Width and bytes of the character at s; control characters have width -1. */
static int char_width(dtl_str s, size_t *len)
{
    utf8proc_int32_t cp;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.ptr,
                                          (utf8proc_ssize_t)s.len, &cp);

    *len = n > 0 ? (size_t)n : 1;
    if (n <= 0 || utf8proc_category(cp) == UTF8PROC_CATEGORY_CC)
        return -1;
    return utf8proc_charwidth(cp);
}

static dtl_str rest_of(dtl_str s, size_t at)
{
    return (dtl_str){s.ptr + at, s.len - at};
}

static int word_width(dtl_str word)
{
    size_t at = 0, len;
    int width = 0, w;

    for (; at < word.len; at += len) {
        w = char_width(rest_of(word, at), &len);
        width += w > 0 ? w : 0;
    }
    return width;
}

static void break_line(pen *p)
{
    new_line(p);
    put_plain(p, p->indent);
}

/* Puts a word, in pieces where it is longer than what a line holds. */
static void put_word(pen *p, dtl_str word)
{
    size_t at = 0, len;
    int w;

    for (; at < word.len; at += len) {
        w = char_width(rest_of(word, at), &len);
        if (w < 0)
            continue;
        if (p->column + w > p->t->width)
            break_line(p);
        put(p, word.ptr + at, len);
        p->column += w;
    }
}

/* Mostly wide characters: a script that breaks between any two. */
static bool breaks_anywhere(dtl_str word)
{
    size_t at = 0, len, wide = 0, chars = 0;

    for (; at < word.len; at += len, chars++)
        wide += char_width(rest_of(word, at), &len) == 2;
    return wide * 2 > chars;
}

/* Puts text wrapped; a newline in it is one on paper too. */
static void put_wrapped(pen *p, dtl_str text)
{
    size_t at = 0, end;
    bool space = false;
    dtl_str word;
    int width;

    while (at < text.len && p->ok) {
        if (text.ptr[at] == ' ' || text.ptr[at] == '\t') {
            space = true;
            at++;
            continue;
        }
        if (text.ptr[at] == '\n') {
            break_line(p);
            space = false;
            at++;
            continue;
        }
        for (end = at; end < text.len && !strchr(" \t\n", text.ptr[end]); end++)
            ;
        word = (dtl_str){text.ptr + at, end - at};
        width = word_width(word);
        if (space && p->column + 1 + width > p->t->width &&
            !(breaks_anywhere(word) && p->column + 4 < p->t->width))
            break_line(p);
        else if (space)
            put_plain(p, " ");
        put_word(p, word);
        space = false;
        at = end;
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
        put_plain(p, i ? ", " : any ? " · " : "");
        put_wrapped(p, authors[i].name);
        any = true;
    }
    if (published->value.len) {
        put_plain(p, any ? " · " : "");
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
    put_plain(p, " ");
    put_plain(p, dtl_embed_kind_name(e->kind));
    if (e->author_handle.len) {
        put_plain(p, " by @");
        put_wrapped(p, e->author_handle);
    }
    if (e->url.len) {
        put_plain(p, " ");
        put_wrapped(p, e->url);
    }
    put_plain(p, "]");
    style(p, plain);
}

/* Code and tables keep their lines and spaces. */
static void put_lines(pen *p, dtl_str text)
{
    size_t at = 0, len;

    put_plain(p, p->indent);
    for (; at < text.len; at += len) {
        if (char_width(rest_of(text, at), &len) >= 0 || text.ptr[at] == '\t')
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
        p->column = 2 * (int)depth;
        p->indent = deep + sizeof deep - 1 - 2 * depth;
        put_wrapped(p, b->text);
        break;
    case DTL_BLOCK_BLOCKQUOTE:
        p->indent = "│ ";
        put_plain(p, p->indent);
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
