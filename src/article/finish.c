/* Lays the chosen blocks out.
 *
 * The text is the blocks' texts with an empty line between them; every offset
 * counts its bytes. Cells of a data table come as one block, those of a table
 * made for layout as the blocks they are. */
#include "article/finish.h"
#include "base/str.h"
#include "base/url.h"

#include <stdio.h>
#include <xxhash.h>

/* What decides whether a table holds data: as many short cells in rows of two
 * and more as anything else would be odd. */
typedef struct {
    uint32_t blocks, rows, kept;
    uint32_t weight, kept_weight, longest;
    uint32_t widest; /* cells in a row */
    uint32_t last_row, last_cell;
    bool shared; /* a cell with several blocks */
    bool data, done;
} table_sum;

typedef struct {
    const dtl_finish *f;
    const dtl_blocks *b;
    dtl_article *a;
    dtl_buf text;
    table_sum *tables;
    size_t link_cap; /* of the block in work */
} layout;

/* ---- Tables
 * -------------------------------------------------------------------- */

static void sum_tables(layout *l)
{
    for (uint32_t i = 0; i < l->b->block_count; i++) {
        const dtl_block_entry *e = &l->b->blocks[i];
        table_sum *t;

        if (!e->table || e->type != DTL_BLOCK_IS_TEXT)
            continue;
        t = &l->tables[e->table];
        t->shared |= e->row == t->last_row && e->cell == t->last_cell &&
                     t->blocks && e->heading;
        t->rows += e->row != t->last_row;
        t->last_row = e->row;
        t->last_cell = e->cell;
        if (e->cell > t->widest)
            t->widest = e->cell;
        t->blocks++;
        t->weight += e->m.weight;
        if (e->m.weight > t->longest)
            t->longest = e->m.weight;
        if (l->f->verdicts[i].keep) {
            t->kept++;
            t->kept_weight += e->m.weight;
        }
    }
    for (size_t i = 1; i <= l->b->table_count; i++) {
        table_sum *t = &l->tables[i];

        t->data = t->rows >= 2 && t->widest >= 2 && !t->shared &&
                  t->longest < 400 && t->weight < 80 * t->blocks;
    }
}

static bool table_stays(const table_sum *t)
{
    return 2 * t->kept_weight > t->weight;
}

/* ---- Blocks
 * -------------------------------------------------------------------- */

static dtl_block *next_block(layout *l)
{
    return &l->a->blocks[l->a->block_count++];
}

static void open_text(layout *l, dtl_block *out)
{
    if (l->text.len)
        dtl_buf_puts(&l->text, "\n\n");
    out->start = l->text.len;
}

static void close_text(layout *l, dtl_block *out)
{
    out->end = l->text.len;
}

static dtl_status add_links(layout *l, const dtl_block_entry *e, size_t shift,
                            dtl_link *links, size_t *count)
{
    for (uint32_t i = 0; i < e->link_count; i++) {
        const dtl_block_link *from = &l->b->links[e->first_link + i];
        dtl_str href =
            dtl_html_attr_value(l->f->region->doc, from->node, DTL_N_HREF);
        dtl_str url;

        if (!href.len)
            continue;
        if (dtl_url_resolve(l->f->base_url, href, l->a->arena, &url) != DTL_OK)
            return DTL_NOMEM;
        if (!url.ptr || !dtl_url_is_web(url))
            continue;
        links[(*count)++] =
            (dtl_link){shift + from->start, shift + from->end, url};
    }
    return DTL_OK;
}

static dtl_link *new_links(layout *l, size_t count)
{
    return dtl_arena_calloc(l->a->arena, count, sizeof(dtl_link));
}

static dtl_status add_text(layout *l, uint32_t i)
{
    const dtl_block_entry *e = &l->b->blocks[i];
    const dtl_verdict *v = &l->f->verdicts[i];
    dtl_block *out = next_block(l);
    dtl_link *links = new_links(l, e->link_count);
    dtl_status st;

    if (!links)
        return DTL_NOMEM;
    *out = (dtl_block){
        .kind = v->kind,
        .level = v->level,
        .source_start = e->source_start,
        .source_end = e->source_end,
    };
    open_text(l, out);
    dtl_buf_str(&l->text, e->text);
    close_text(l, out);
    st = add_links(l, e, out->start, links, &out->link_count);
    out->links = links;
    return st;
}

/* All cells of table number t, which begins at block i; sets *last to its
 * last block. Blocks of a table are not always neighbours: tables nest. */
static dtl_status add_table(layout *l, uint32_t i, uint32_t t)
{
    dtl_block *out = next_block(l);
    uint32_t row = 0, cell = 0, end = i, left = l->tables[t].blocks;
    size_t link_count = 0;
    dtl_link *links;
    dtl_status st = DTL_OK;

    for (; left; end++) {
        const dtl_block_entry *e = &l->b->blocks[end];

        if (e->table != t || e->type != DTL_BLOCK_IS_TEXT)
            continue;
        link_count += e->link_count;
        left--;
    }
    links = new_links(l, link_count);
    if (!links)
        return DTL_NOMEM;
    *out = (dtl_block){.kind = DTL_BLOCK_TABLE,
                       .links = links,
                       .source_start = l->b->blocks[i].source_start};
    open_text(l, out);
    for (; i < end && st == DTL_OK; i++) {
        const dtl_block_entry *e = &l->b->blocks[i];
        size_t at = l->text.len;

        if (e->table != t || e->type != DTL_BLOCK_IS_TEXT)
            continue;
        if (row && e->row != row)
            dtl_buf_putc(&l->text, '\n');
        else if (row)
            dtl_buf_putc(&l->text, e->cell == cell ? ' ' : '\t');
        /* Cells without text keep their column. */
        for (uint32_t k = e->row == row ? cell + 1 : 1; k < e->cell && k < 64;
             k++)
            dtl_buf_putc(&l->text, '\t');
        at = l->text.len;
        dtl_buf_str(&l->text, e->text);
        /* A line break in a cell would end its row. */
        for (size_t k = at; k < l->text.len; k++)
            if (l->text.ptr[k] == '\n')
                l->text.ptr[k] = ' ';
        st = add_links(l, e, at, links, &out->link_count);
        row = e->row;
        cell = e->cell;
        if (e->source_end > out->source_end)
            out->source_end = e->source_end;
    }
    close_text(l, out);
    return st;
}

static dtl_status add_embed(layout *l, uint32_t i)
{
    const dtl_block_entry *e = &l->b->blocks[i];
    dtl_block *out = next_block(l);
    dtl_embed *embed = &l->a->embeds[l->a->embed_count];

    *embed = l->f->sites[e->item].embed;
    embed->at = l->text.len;
    *out = (dtl_block){
        .kind = DTL_BLOCK_EMBED,
        .start = l->text.len,
        .end = l->text.len,
        .source_start = e->source_start,
        .source_end = e->source_end,
        .item = l->a->embed_count++,
    };
    return DTL_OK;
}

static dtl_status add_block(layout *l, uint32_t i)
{
    const dtl_block_entry *e = &l->b->blocks[i];
    table_sum *t = &l->tables[e->table];

    if (e->type == DTL_BLOCK_IS_TEXT && e->table && t->data) {
        if (t->done || !table_stays(t))
            return DTL_OK;
        t->done = true;
        return add_table(l, i, e->table);
    }
    if (!l->f->verdicts[i].keep)
        return DTL_OK;
    if (e->type == DTL_BLOCK_IS_TEXT)
        return add_text(l, i);
    if (e->type == DTL_BLOCK_IS_EMBED)
        return add_embed(l, i);
    return DTL_OK;
}

/* ---- The whole
 * -------------------------------------------------------------------- */

static bool is_body(dtl_block_kind k)
{
    return k != DTL_BLOCK_IMAGE && k != DTL_BLOCK_EMBED &&
           k != DTL_BLOCK_CAPTION;
}

dtl_status dtl_finish_text(dtl_article *a)
{
    char hex[17];

    if (!a->text.len)
        return DTL_OK;
    a->words = dtl_measure_text(a->text).words;
    snprintf(hex, sizeof hex, "%016llx",
             (unsigned long long)XXH3_64bits(a->text.ptr, a->text.len));
    a->hash = dtl_arena_copy(a->arena, (dtl_str){hex, 16});
    return a->hash.ptr ? DTL_OK : DTL_NOMEM;
}

dtl_status dtl_finish_page(const dtl_finish *f)
{
    dtl_article *a = f->article;
    layout l = {.f = f, .b = f->region->b, .a = a};
    dtl_status st = DTL_OK;

    a->blocks = dtl_arena_calloc(a->arena, l.b->block_count, sizeof *a->blocks);
    a->embeds = dtl_arena_calloc(a->arena, f->site_count, sizeof *a->embeds);
    l.tables =
        dtl_arena_calloc(a->arena, l.b->table_count + 1, sizeof *l.tables);
    if (!a->blocks || !a->embeds || !l.tables)
        return DTL_NOMEM;
    sum_tables(&l);
    for (uint32_t i = 0; i < l.b->block_count && st == DTL_OK; i++)
        st = add_block(&l, i);
    if (st == DTL_OK)
        st = l.text.status;
    if (st == DTL_OK) {
        a->text = dtl_arena_copy(a->arena, dtl_buf_view(&l.text));
        st = a->text.ptr ? DTL_OK : DTL_NOMEM;
    }
    dtl_buf_clear(&l.text);
    if (st != DTL_OK)
        return st;
    for (size_t i = 0; i < a->block_count; i++)
        if (is_body(a->blocks[i].kind))
            a->blocks[i].text =
                dtl_str_sub(a->text, a->blocks[i].start, a->blocks[i].end);
    return dtl_finish_text(a);
}
