/* The article as Markdown (CommonMark, with tables of GitHub's).
 *
 * Text is escaped so that it comes out as it is: what Markdown would take for
 * markup gets a backslash. Line breaks inside a block are hard ones. */
#include "article/write.h"
#include "base/str.h"
#include "base/url.h"

/* Marks that are markup anywhere in a line. */
static bool is_special(char c)
{
    return c == '\\' || c == '`' || c == '*' || c == '_' || c == '[' ||
           c == ']' || c == '<' || c == '>' || c == '|';
}

/* What would open a heading, list, quote or rule at the beginning of a line:
 * the byte to escape, or SIZE_MAX. */
static size_t opener(dtl_str line)
{
    size_t i = 0;

    if (!line.len)
        return SIZE_MAX;
    if (line.ptr[0] == '#' || line.ptr[0] == '+' || line.ptr[0] == '-' ||
        line.ptr[0] == '=' || line.ptr[0] == '~')
        return 0;
    while (i < line.len && i < 10 && dtl_is_digit(line.ptr[i]))
        i++;
    if (i && i < line.len && (line.ptr[i] == '.' || line.ptr[i] == ')'))
        return i;
    return SIZE_MAX;
}

/* Whether s, which begins with an ampersand, could begin with a character
 * reference. */
static bool is_reference(dtl_str s)
{
    size_t end = dtl_str_find_char(dtl_str_sub(s, 0, 40), ';');

    return end != SIZE_MAX &&
           dtl_str_find_char(dtl_str_sub(s, 0, end), ' ') == SIZE_MAX;
}

static void put_escaped(dtl_str s, bool line_start, dtl_buf *out)
{
    size_t special = line_start ? opener(s) : SIZE_MAX;

    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        if (c == '\n') {
            dtl_buf_puts(out, "\\\n");
            special = opener(dtl_str_sub(s, i + 1, s.len));
            if (special != SIZE_MAX)
                special += i + 1;
            continue;
        }
        if (is_special(c) || i == special ||
            (c == '&' && is_reference(dtl_str_sub(s, i, s.len))))
            dtl_buf_putc(out, '\\');
        dtl_buf_putc(out, c);
    }
}

/* A link's target between < and >. */
static void put_target(dtl_str url, dtl_buf *out)
{
    for (size_t i = 0; i < url.len; i++) {
        char c = url.ptr[i];

        if (c == '<' || c == '>' || c == '\\' || c == '\n')
            dtl_buf_printf(out, "%%%02X", (unsigned char)c);
        else
            dtl_buf_putc(out, c);
    }
}

static void put_inline(const dtl_block *b, bool links, dtl_buf *out)
{
    size_t at = b->start;

    for (size_t i = 0; links && i < b->link_count; i++) {
        const dtl_link *l = &b->links[i];

        if (l->start < at || l->end > b->end)
            continue;
        put_escaped(dtl_str_sub(b->text, at - b->start, l->start - b->start),
                    at == b->start, out);
        dtl_buf_putc(out, '[');
        put_escaped(
            dtl_str_sub(b->text, l->start - b->start, l->end - b->start), false,
            out);
        dtl_buf_puts(out, "](<");
        put_target(l->url, out);
        dtl_buf_puts(out, ">)");
        at = l->end;
    }
    put_escaped(dtl_str_sub(b->text, at - b->start, b->text.len),
                at == b->start, out);
}

static void put_table(dtl_str text, dtl_buf *out)
{
    dtl_str rest = text, row, cell;
    bool first = true;
    size_t cells;

    while (dtl_str_split(&rest, '\n', &row)) {
        dtl_str cells_left = row;

        cells = 0;
        while (dtl_str_split(&cells_left, '\t', &cell)) {
            dtl_buf_puts(out, "| ");
            put_escaped(cell, false, out);
            dtl_buf_putc(out, ' ');
            cells++;
        }
        dtl_buf_puts(out, "|\n");
        for (size_t i = 0; first && i < cells; i++)
            dtl_buf_puts(out, "|---");
        if (first)
            dtl_buf_puts(out, "|\n");
        first = false;
    }
    if (out->status == DTL_OK)
        out->len--;
}

/* A fence longer than any run of backticks in the code. */
static void put_code(dtl_str text, dtl_buf *out)
{
    size_t run = 0, longest = 2;

    for (size_t i = 0; i < text.len; i++) {
        run = text.ptr[i] == '`' ? run + 1 : 0;
        if (run > longest)
            longest = run;
    }
    for (size_t i = 0; i <= longest; i++)
        dtl_buf_putc(out, '`');
    dtl_buf_putc(out, '\n');
    dtl_buf_str(out, text);
    dtl_buf_putc(out, '\n');
    for (size_t i = 0; i <= longest; i++)
        dtl_buf_putc(out, '`');
}

static void put_embed(const dtl_embed *e, dtl_buf *out)
{
    dtl_str name = e->author_name.len ? e->author_name : e->author_handle;

    dtl_buf_puts(out, e->url.len ? "[" : "*");
    put_escaped(e->platform, false, out);
    dtl_buf_putc(out, ' ');
    dtl_buf_puts(out, dtl_embed_kind_name(e->kind));
    if (name.len) {
        dtl_buf_puts(out, " by ");
        put_escaped(name, false, out);
    }
    if (!e->url.len) {
        dtl_buf_putc(out, '*');
        return;
    }
    dtl_buf_puts(out, "](<");
    put_target(e->url, out);
    dtl_buf_puts(out, ">)");
}

static void put_image(const dtl_image *m, dtl_buf *out)
{
    dtl_buf_puts(out, "![");
    put_escaped(m->alt, false, out);
    dtl_buf_puts(out, "](<");
    put_target(m->url, out);
    dtl_buf_puts(out, ">)");
}

static void put_block(const dtl_article *a, const dtl_block *b, bool links,
                      dtl_buf *out)
{
    static const char hashes[] = "######";

    switch (b->kind) {
    case DTL_BLOCK_EMBED:
        put_embed(&a->embeds[b->item], out);
        return;
    case DTL_BLOCK_IMAGE:
        put_image(&a->images[b->item], out);
        return;
    case DTL_BLOCK_TABLE:
        put_table(b->text, out);
        return;
    case DTL_BLOCK_CODE:
        put_code(b->text, out);
        return;
    case DTL_BLOCK_HEADING:
        dtl_buf_append(out, hashes,
                       b->level > 1 && b->level < 7 ? (size_t)b->level : 2);
        dtl_buf_putc(out, ' ');
        break;
    case DTL_BLOCK_LIVE_ENTRY:
        dtl_buf_puts(out, "## ");
        break;
    case DTL_BLOCK_LIST_ITEM:
        for (int i = 1; i < b->level && i < 8; i++)
            dtl_buf_puts(out, "  ");
        dtl_buf_puts(out, "- ");
        break;
    case DTL_BLOCK_BLOCKQUOTE:
        dtl_buf_puts(out, "> ");
        break;
    case DTL_BLOCK_QUESTION:
        dtl_buf_puts(out, "**");
        put_inline(b, links, out);
        dtl_buf_puts(out, "**");
        return;
    case DTL_BLOCK_CAPTION:
    case DTL_BLOCK_SUMMARY:
        dtl_buf_putc(out, '*');
        put_inline(b, links, out);
        dtl_buf_putc(out, '*');
        return;
    default:
        break;
    }
    put_inline(b, links, out);
}

static bool are_close(const dtl_block *a, const dtl_block *b)
{
    return a->kind == DTL_BLOCK_LIST_ITEM && b->kind == DTL_BLOCK_LIST_ITEM;
}

void dtl_write_markdown(const dtl_article *a, bool links, dtl_buf *out)
{
    const dtl_block *last = NULL;

    if (a->title.len) {
        dtl_buf_puts(out, "# ");
        put_escaped(a->title, false, out);
        dtl_buf_putc(out, '\n');
    }
    for (size_t i = 0; i < a->block_count; i++) {
        const dtl_block *b = &a->blocks[i];

        if ((last || a->title.len) && !(last && are_close(last, b))) {
            /* Two quotations with an empty line between are one, set off. */
            bool quotes = last && last->kind == DTL_BLOCK_BLOCKQUOTE &&
                          b->kind == DTL_BLOCK_BLOCKQUOTE;

            dtl_buf_puts(out, quotes ? ">\n" : "\n");
        }
        put_block(a, b, links, out);
        dtl_buf_putc(out, '\n');
        last = b;
    }
}
