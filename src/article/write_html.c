/* The article as a clean HTML document.
 *
 * Nothing of the page's own markup comes through: elements are written anew
 * from the blocks, all text is escaped, links and images lead to http and
 * https only, and there is no script, style or event handler. */
#include "article/write.h"
#include "base/str.h"
#include "base/url.h"

static void put_escaped(dtl_str s, dtl_buf *out)
{
    size_t from = 0;

    for (size_t i = 0; i < s.len; i++) {
        const char *to = s.ptr[i] == '&'    ? "&amp;"
                         : s.ptr[i] == '<'  ? "&lt;"
                         : s.ptr[i] == '>'  ? "&gt;"
                         : s.ptr[i] == '"'  ? "&quot;"
                         : s.ptr[i] == '\'' ? "&#39;"
                                            : NULL;

        if (!to)
            continue;
        dtl_buf_append(out, s.ptr + from, i - from);
        dtl_buf_puts(out, to);
        from = i + 1;
    }
    if (from < s.len)
        dtl_buf_append(out, s.ptr + from, s.len - from);
}

/* Text in which newlines are line breaks. */
static void put_lines(dtl_str s, dtl_buf *out)
{
    dtl_str rest = s, line;
    bool first = true;

    while (dtl_str_split(&rest, '\n', &line)) {
        if (!first)
            dtl_buf_puts(out, "<br>\n");
        put_escaped(line, out);
        first = false;
    }
}

static void put_attribute(const char *name, dtl_str value, dtl_buf *out)
{
    if (!value.len)
        return;
    dtl_buf_putc(out, ' ');
    dtl_buf_puts(out, name);
    dtl_buf_puts(out, "=\"");
    put_escaped(value, out);
    dtl_buf_putc(out, '"');
}

static void put_inline(const dtl_block *b, dtl_buf *out)
{
    size_t at = b->start;

    for (size_t i = 0; i < b->link_count; i++) {
        const dtl_link *l = &b->links[i];

        if (l->start < at || l->end > b->end || !dtl_url_is_web(l->url))
            continue;
        put_lines(dtl_str_sub(b->text, at - b->start, l->start - b->start),
                  out);
        dtl_buf_puts(out, "<a");
        put_attribute("href", l->url, out);
        dtl_buf_putc(out, '>');
        put_lines(dtl_str_sub(b->text, l->start - b->start, l->end - b->start),
                  out);
        dtl_buf_puts(out, "</a>");
        at = l->end;
    }
    put_lines(dtl_str_sub(b->text, at - b->start, b->text.len), out);
}

static void put_time(dtl_str value, const char *behind, dtl_buf *out)
{
    dtl_buf_puts(out, "<time");
    put_attribute("datetime", value, out);
    dtl_buf_putc(out, '>');
    put_escaped(value, out);
    dtl_buf_puts(out, "</time>");
    dtl_buf_puts(out, behind);
}

static void put_table(dtl_str text, dtl_buf *out)
{
    dtl_str rest = text, row, cell;

    dtl_buf_puts(out, "<table>\n");
    while (dtl_str_split(&rest, '\n', &row)) {
        dtl_str left = row;

        dtl_buf_puts(out, "<tr>");
        while (dtl_str_split(&left, '\t', &cell)) {
            dtl_buf_puts(out, "<td>");
            put_escaped(cell, out);
            dtl_buf_puts(out, "</td>");
        }
        dtl_buf_puts(out, "</tr>\n");
    }
    dtl_buf_puts(out, "</table>\n");
}

static void put_embed(const dtl_embed *e, dtl_buf *out)
{
    dtl_str name = e->author_name.len ? e->author_name : e->author_handle;
    bool web = dtl_url_is_web(e->url);

    dtl_buf_puts(out, "<figure class=\"embed\">");
    if (e->text.len) {
        dtl_buf_puts(out, "<blockquote>");
        put_lines(e->text, out);
        dtl_buf_puts(out, "</blockquote>");
    }
    dtl_buf_puts(out, "<figcaption>");
    if (web) {
        dtl_buf_puts(out, "<a");
        put_attribute("href", e->url, out);
        dtl_buf_putc(out, '>');
    }
    put_escaped(e->platform, out);
    dtl_buf_putc(out, ' ');
    dtl_buf_puts(out, dtl_embed_kind_name(e->kind));
    if (name.len) {
        dtl_buf_puts(out, " by ");
        put_escaped(name, out);
    }
    dtl_buf_puts(out, web ? "</a></figcaption></figure>\n"
                          : "</figcaption></figure>\n");
}

/* An image, with the caption that follows it, if one does. */
static void put_figure(const dtl_image *m, const dtl_block *caption,
                       dtl_buf *out)
{
    bool web = dtl_url_is_web(m->url);

    if (!web && !caption)
        return;
    dtl_buf_puts(out, "<figure>");
    if (web) {
        dtl_buf_puts(out, "<img");
        put_attribute("src", m->url, out);
        dtl_buf_puts(out, " alt=\"");
        put_escaped(m->alt, out);
        dtl_buf_puts(out, "\">");
    }
    if (caption) {
        dtl_buf_puts(out, "<figcaption>");
        put_inline(caption, out);
        dtl_buf_puts(out, "</figcaption>");
    }
    dtl_buf_puts(out, "</figure>\n");
}

/* The element of a block of plain kind. */
static const char *element_of(const dtl_block *b)
{
    static const char *const headings[] = {"h2", "h2", "h2", "h3",
                                           "h4", "h5", "h6"};

    switch (b->kind) {
    case DTL_BLOCK_HEADING:
        return headings[b->level >= 0 && b->level <= 6 ? b->level : 0];
    case DTL_BLOCK_LIVE_ENTRY:
        return "h2";
    case DTL_BLOCK_QUESTION:
        return "h3";
    case DTL_BLOCK_BLOCKQUOTE:
        return "blockquote";
    case DTL_BLOCK_LIST_ITEM:
        return "li";
    default:
        return "p";
    }
}

static const char *class_of(dtl_block_kind kind)
{
    return kind == DTL_BLOCK_SUMMARY      ? " class=\"summary\""
           : kind == DTL_BLOCK_CAPTION    ? " class=\"caption\""
           : kind == DTL_BLOCK_QUESTION   ? " class=\"question\""
           : kind == DTL_BLOCK_ANSWER     ? " class=\"answer\""
           : kind == DTL_BLOCK_LIVE_ENTRY ? " class=\"live-entry\""
                                          : "";
}

static void put_block(const dtl_article *a, const dtl_block *b, dtl_buf *out)
{
    switch (b->kind) {
    case DTL_BLOCK_EMBED:
        put_embed(&a->embeds[b->item], out);
        return;
    case DTL_BLOCK_TABLE:
        put_table(b->text, out);
        return;
    case DTL_BLOCK_CODE:
        dtl_buf_puts(out, "<pre><code>");
        put_escaped(b->text, out);
        dtl_buf_puts(out, "</code></pre>\n");
        return;
    default:
        break;
    }
    dtl_buf_printf(out, "<%s%s>", element_of(b), class_of(b->kind));
    if (b->kind == DTL_BLOCK_LIVE_ENTRY && b->published.len)
        put_time(b->published, " ", out);
    put_inline(b, out);
    /* An item's end tag may be left out, and a list within it may follow. */
    if (b->kind == DTL_BLOCK_LIST_ITEM)
        dtl_buf_putc(out, '\n');
    else
        dtl_buf_printf(out, "</%s>\n", element_of(b));
}

/* Opens and closes lists so that their depth is that of the next block. */
static int set_depth(int depth, int wanted, dtl_buf *out)
{
    for (; depth < wanted; depth++)
        dtl_buf_puts(out, depth + 1 < wanted ? "<ul>\n<li>" : "<ul>\n");
    for (; depth > wanted; depth--)
        dtl_buf_puts(out, "</ul>\n");
    return depth;
}

static void put_head(const dtl_article *a, dtl_buf *out)
{
    dtl_str url = a->canonical_url.len ? a->canonical_url : a->url;

    dtl_buf_puts(out, "<!DOCTYPE html>\n<html");
    put_attribute("lang", a->language, out);
    dtl_buf_puts(out, ">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    put_escaped(a->title, out);
    dtl_buf_puts(out, "</title>\n");
    if (dtl_url_is_web(url)) {
        dtl_buf_puts(out, "<link rel=\"canonical\"");
        put_attribute("href", url, out);
        dtl_buf_puts(out, ">\n");
    }
    for (size_t i = 0; i < a->author_count; i++) {
        dtl_buf_puts(out, "<meta name=\"author\"");
        put_attribute("content", a->authors[i].name, out);
        dtl_buf_puts(out, ">\n");
    }
    if (a->published.value.len) {
        dtl_buf_puts(out, "<meta name=\"date\"");
        put_attribute("content", a->published.value, out);
        dtl_buf_puts(out, ">\n");
    }
    dtl_buf_puts(out, "</head>\n<body>\n<article>\n");
}

/* The headline, and who wrote when. */
static void put_header(const dtl_article *a, dtl_buf *out)
{
    if (a->title.len) {
        dtl_buf_puts(out, "<h1>");
        put_escaped(a->title, out);
        dtl_buf_puts(out, "</h1>\n");
    }
    if (!a->author_count && !a->published.value.len)
        return;
    dtl_buf_puts(out, "<p class=\"byline\">");
    for (size_t i = 0; i < a->author_count; i++) {
        dtl_buf_puts(out, i ? ", " : "");
        put_escaped(a->authors[i].name, out);
    }
    if (a->published.value.len) {
        dtl_buf_puts(out, a->author_count ? " \xC2\xB7 " : "");
        put_time(a->published.value, "", out);
    }
    dtl_buf_puts(out, "</p>\n");
}

void dtl_write_html(const dtl_article *a, dtl_buf *out)
{
    int depth = 0;

    put_head(a, out);
    put_header(a, out);
    for (size_t i = 0; i < a->block_count; i++) {
        const dtl_block *b = &a->blocks[i];
        const dtl_block *next = i + 1 < a->block_count ? b + 1 : NULL;
        bool item = b->kind == DTL_BLOCK_LIST_ITEM;
        int level = b->level < 1 ? 1 : b->level > 16 ? 16 : b->level;

        depth = set_depth(depth, item ? level : 0, out);
        if (b->kind == DTL_BLOCK_IMAGE) {
            if (next && next->kind != DTL_BLOCK_CAPTION)
                next = NULL;
            put_figure(&a->images[b->item], next, out);
            i += next != NULL; /* the caption is written */
            continue;
        }
        put_block(a, b, out);
    }
    set_depth(depth, 0, out);
    dtl_buf_puts(out, "</article>\n</body>\n</html>\n");
}
