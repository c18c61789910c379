/* The article as plain text: headline, then the blocks with an empty line
 * between, list items close together. What is no text (images, posts) is a
 * line in brackets, so that a reader knows something stood there. */
#include "article/write.h"

/* A line in brackets for an embed: what it is, whose, and where. */
static void put_embed(const dtl_embed *e, dtl_buf *out)
{
    dtl_buf_putc(out, '[');
    dtl_buf_str(out, e->platform);
    dtl_buf_putc(out, ' ');
    dtl_buf_puts(out, dtl_embed_kind_name(e->kind));
    if (e->author_handle.len) {
        dtl_buf_puts(out, " by @");
        dtl_buf_str(out, e->author_handle);
    }
    if (e->url.len) {
        dtl_buf_putc(out, ' ');
        dtl_buf_str(out, e->url);
    }
    dtl_buf_putc(out, ']');
}

static void put_links(const dtl_block *b, dtl_buf *out)
{
    for (size_t i = 0; i < b->link_count; i++) {
        dtl_buf_puts(out, "\n<");
        dtl_buf_str(out, b->links[i].url);
        dtl_buf_putc(out, '>');
    }
}

static void put_block(const dtl_article *a, const dtl_block *b, bool links,
                      dtl_buf *out)
{
    if (b->kind == DTL_BLOCK_EMBED) {
        put_embed(&a->embeds[b->item], out);
        return;
    }
    if (b->kind == DTL_BLOCK_LIST_ITEM) {
        for (int i = 1; i < b->level && i < 8; i++)
            dtl_buf_puts(out, "  ");
        dtl_buf_puts(out, "- ");
    }
    dtl_buf_str(out, b->text);
    if (links)
        put_links(b, out);
}

void dtl_write_text(const dtl_article *a, bool links, dtl_buf *out)
{
    const dtl_block *last = NULL;

    if (a->title.len) {
        dtl_buf_str(out, a->title);
        dtl_buf_putc(out, '\n');
    }
    for (size_t i = 0; i < a->block_count; i++) {
        const dtl_block *b = &a->blocks[i];

        if (b->kind == DTL_BLOCK_IMAGE || b->kind == DTL_BLOCK_CAPTION)
            continue;
        if ((last || a->title.len) &&
            !(last && last->kind == DTL_BLOCK_LIST_ITEM &&
              b->kind == DTL_BLOCK_LIST_ITEM))
            dtl_buf_putc(out, '\n');
        put_block(a, b, links, out);
        dtl_buf_putc(out, '\n');
        last = b;
    }
}
