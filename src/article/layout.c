/* Gathers blocks in arrays and a text that grow in the article's arena. */
#include "article/layout.h"
#include "base/str.h"

#include <stdio.h>
#include <xxhash.h>

void dtl_layout_init(dtl_layout *l, dtl_article *a)
{
    *l = (dtl_layout){.article = a, .text = {.arena = a->arena}};
}

static bool takes_room(dtl_block_kind k)
{
    return k != DTL_BLOCK_IMAGE && k != DTL_BLOCK_EMBED &&
           k != DTL_BLOCK_CAPTION;
}

static void make_room(dtl_layout *l, void **list, size_t count, size_t *cap,
                      size_t elem)
{
    if (l->status == DTL_OK &&
        !dtl_arena_grow(l->article->arena, list, count, cap, elem))
        l->status = DTL_NOMEM;
}

static dtl_block *push(dtl_layout *l, const dtl_block *b)
{
    make_room(l, (void **)&l->blocks, l->block_count, &l->block_cap,
              sizeof *l->blocks);
    if (l->status != DTL_OK)
        return NULL;
    l->blocks[l->block_count] = *b;
    return &l->blocks[l->block_count++];
}

dtl_block *dtl_layout_last(dtl_layout *l)
{
    return &l->blocks[l->block_count - 1];
}

void dtl_layout_open(dtl_layout *l, const dtl_block *b)
{
    dtl_block *out = push(l, b);

    if (!out)
        return;
    if (l->text.len)
        dtl_buf_puts(&l->text, "\n\n");
    out->start = l->text.len;
}

void dtl_layout_close(dtl_layout *l)
{
    if (l->status == DTL_OK)
        dtl_layout_last(l)->end = l->text.len;
}

void dtl_layout_add(dtl_layout *l, const dtl_block *b, dtl_str text,
                    size_t words)
{
    dtl_layout_open(l, b);
    l->words += words;
    dtl_buf_str(&l->text, text);
    dtl_layout_close(l);
}

void dtl_layout_aside(dtl_layout *l, const dtl_block *b)
{
    dtl_block *out = push(l, b);

    if (out)
        out->start = out->end = l->text.len;
}

void dtl_layout_embed(dtl_layout *l, const dtl_embed *e, size_t source_start,
                      size_t source_end, dtl_origin origin)
{
    dtl_block b = {.kind = DTL_BLOCK_EMBED,
                   .source_start = source_start,
                   .source_end = source_end,
                   .origin = origin,
                   .item = l->embed_count};

    make_room(l, (void **)&l->embeds, l->embed_count, &l->embed_cap,
              sizeof *l->embeds);
    if (l->status != DTL_OK)
        return;
    l->embeds[l->embed_count] = *e;
    l->embeds[l->embed_count++].at = l->text.len;
    dtl_layout_aside(l, &b);
}

void dtl_layout_note(dtl_layout *l, const dtl_note *n)
{
    make_room(l, (void **)&l->notes, l->note_count, &l->note_cap,
              sizeof *l->notes);
    if (l->status == DTL_OK)
        l->notes[l->note_count++] = *n;
}

static void finish_text(dtl_article *a, dtl_layout *l)
{
    char hex[17];

    a->text = dtl_arena_copy(a->arena, dtl_buf_view(&l->text));
    if (!a->text.ptr) {
        l->status = DTL_NOMEM;
        return;
    }
    for (size_t i = 0; i < a->block_count; i++) {
        dtl_block *b = &a->blocks[i];

        if (takes_room(b->kind))
            b->text = dtl_str_sub(a->text, b->start, b->end);
    }
    if (!a->text.len)
        return;
    a->words = l->words;
    snprintf(hex, sizeof hex, "%016llx",
             (unsigned long long)XXH3_64bits(a->text.ptr, a->text.len));
    a->hash = dtl_arena_copy(a->arena, (dtl_str){hex, 16});
    if (!a->hash.ptr)
        l->status = DTL_NOMEM;
}

dtl_status dtl_layout_end(dtl_layout *l)
{
    dtl_article *a = l->article;

    if (l->status == DTL_OK)
        l->status = l->text.status;
    if (l->status != DTL_OK)
        return l->status;
    a->blocks = l->blocks;
    a->embeds = l->embeds;
    a->notes = l->notes;
    a->block_count = l->block_count;
    a->embed_count = l->embed_count;
    a->note_count = l->note_count;
    finish_text(a, l);
    return l->status;
}
