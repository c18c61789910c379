/* Hands the chosen blocks to the layout, with links and notes. Cells of a
 * data table come as one block, those of a table made for layout as the
 * blocks they are. */
#include "article/finish.h"
#include "article/caption.h"
#include "article/class_words.h"
#include "article/layout.h"
#include "article/notes.h"
#include "base/str.h"
#include "base/url.h"

#include <stdlib.h>

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

/* Which image an element shows. */
typedef struct {
    dtl_html_ref node;
    uint32_t image;
} shown;

typedef struct {
    const dtl_finish *f;
    const dtl_blocks *b;
    dtl_arena *arena;
    dtl_layout out;
    table_sum *tables;
    shown *images; /* sorted by node */
    size_t image_count;
} finish;

/* ---- Tables ------------------------------------------------------------ */

/* Text in a table but in no row is its caption. */
static bool is_cell(const dtl_block_entry *e)
{
    return e->type == DTL_BLOCK_IS_TEXT && e->table && e->row;
}

static void sum_tables(finish *l)
{
    for (uint32_t i = 0; i < l->b->block_count; i++) {
        const dtl_block_entry *e = &l->b->blocks[i];
        table_sum *t;

        if (!is_cell(e))
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

/* ---- Blocks -------------------------------------------------------------- */

static void add_links(finish *l, const dtl_block_entry *e, size_t shift,
                      dtl_link *links, size_t *count)
{
    for (uint32_t i = 0; i < e->link_count; i++) {
        const dtl_block_link *from = &l->b->links[e->first_link + i];
        dtl_str href =
            dtl_html_attr_value(l->f->region->doc, from->node, DTL_N_HREF);
        dtl_str url;

        if (!href.len)
            continue;
        if (dtl_url_resolve(l->f->base_url, href, l->arena, &url) != DTL_OK) {
            l->out.status = DTL_NOMEM;
            return;
        }
        if (url.ptr && dtl_url_is_web(url))
            links[(*count)++] =
                (dtl_link){shift + from->start, shift + from->end, url};
    }
}

static dtl_link *new_links(finish *l, size_t count)
{
    dtl_link *links = dtl_arena_calloc(l->arena, count, sizeof *links);

    if (!links)
        l->out.status = DTL_NOMEM;
    return links;
}

static void add_text(finish *l, uint32_t i)
{
    const dtl_block_entry *e = &l->b->blocks[i];
    const dtl_verdict *v = &l->f->verdicts[i];
    dtl_block b = {.kind = v->kind,
                   .level = v->level,
                   .published = v->published,
                   .source_start = e->source_start,
                   .source_end = e->source_end};
    dtl_link *links = new_links(l, e->link_count);

    dtl_layout_add(&l->out, &b, e->text, e->m.words);
    if (l->out.status != DTL_OK)
        return;
    add_links(l, e, dtl_layout_last(&l->out)->start, links, &b.link_count);
    dtl_layout_last(&l->out)->links = links;
    dtl_layout_last(&l->out)->link_count = b.link_count;
}

/* A cell's text; a line break in it would end its row. */
static void put_cell(dtl_buf *out, dtl_str text)
{
    size_t at = out->len;

    dtl_buf_str(out, text);
    for (size_t k = at; k < out->len; k++)
        if (out->ptr[k] == '\n')
            out->ptr[k] = ' ';
}

/* One past the last block of table t, which begins at block i, and the links
 * in it. Blocks of a table are not always neighbours: tables nest. */
static uint32_t table_end(const finish *l, uint32_t i, uint32_t t,
                          size_t *links)
{
    uint32_t left = l->tables[t].blocks;

    *links = 0;
    for (; left; i++) {
        const dtl_block_entry *e = &l->b->blocks[i];

        if (e->table != t || !is_cell(e))
            continue;
        *links += e->link_count;
        left--;
    }
    return i;
}

static void add_table(finish *l, uint32_t i, uint32_t t)
{
    dtl_block b = {.kind = DTL_BLOCK_TABLE,
                   .source_start = l->b->blocks[i].source_start};
    uint32_t row = 0, cell = 0, end;
    dtl_buf *text = &l->out.text;
    bool first = true; /* a table's caption stands in row 0 */
    size_t link_count;
    dtl_link *links;

    end = table_end(l, i, t, &link_count);
    links = new_links(l, link_count);
    dtl_layout_open(&l->out, &b);
    for (; i < end && l->out.status == DTL_OK; i++) {
        const dtl_block_entry *e = &l->b->blocks[i];

        if (e->table != t || !is_cell(e))
            continue;
        if (!first && e->row == row && e->cell == cell)
            dtl_buf_putc(text, ' ');
        if (!first && e->row != row)
            dtl_buf_putc(text, '\n');
        first = false;
        /* Cells without text keep their column. */
        for (uint32_t k = e->row == row ? cell : 1; k < e->cell && k < 64; k++)
            dtl_buf_putc(text, '\t');
        add_links(l, e, text->len, links, &b.link_count);
        put_cell(text, e->text);
        l->out.words += e->m.words;
        row = e->row;
        cell = e->cell;
        if (e->source_end > b.source_end)
            b.source_end = e->source_end;
    }
    dtl_layout_close(&l->out);
    if (l->out.status != DTL_OK)
        return;
    dtl_layout_last(&l->out)->links = links;
    dtl_layout_last(&l->out)->link_count = b.link_count;
    dtl_layout_last(&l->out)->source_end = b.source_end;
}

/* A copy of s; empty stays empty. */
static dtl_str kept(finish *l, dtl_str s)
{
    dtl_str copy = s;

    if (s.len)
        copy = dtl_arena_copy(l->arena, s);
    if (s.len && !copy.ptr)
        l->out.status = DTL_NOMEM;
    return copy;
}

/* One that only screen readers say goes. */
static void add_table_caption(finish *l, uint32_t i)
{
    const dtl_block_entry *e = &l->b->blocks[i];
    dtl_block b = {.kind = DTL_BLOCK_CAPTION,
                   .source_start = e->source_start,
                   .source_end = e->source_end};

    if (l->b->boxes[e->box].bits & DTL_CW_SPOKEN)
        return;
    b.text = kept(l, e->text);
    dtl_layout_aside(&l->out, &b);
}

/* ---- Images -------------------------------------------------------------- */

static int by_node(const void *a, const void *b)
{
    const shown *x = a, *y = b;

    return x->node < y->node ? -1 : x->node > y->node;
}

static dtl_status list_images(finish *l)
{
    const dtl_article *a = l->f->article;

    l->images = dtl_arena_calloc(l->arena, a->image_count, sizeof *l->images);
    if (!l->images)
        return DTL_NOMEM;
    for (size_t i = 0; l->f->image_nodes && i < a->image_count; i++)
        if (l->f->image_nodes[i])
            l->images[l->image_count++] =
                (shown){l->f->image_nodes[i], (uint32_t)i};
    qsort(l->images, l->image_count, sizeof *l->images, by_node);
    return DTL_OK;
}

static const shown *image_at(const finish *l, uint32_t i)
{
    shown key = {.node = l->b->blocks[i].node};

    if (l->b->blocks[i].type != DTL_BLOCK_IS_IMAGE)
        return NULL;
    return bsearch(&key, l->images, l->image_count, sizeof *l->images, by_node);
}

/* Whether a text's caption may begin as it does: by the same word, or behind
 * the count of a gallery. */
static bool begin_alike(dtl_str text, dtl_str caption)
{
    size_t a = 0, b = 0;
    uint64_t x, y;

    text = dtl_str_trim(text);
    return (text.len && dtl_is_digit(*text.ptr)) ||
           (dtl_next_word(text, &a, &x) && dtl_next_word(caption, &b, &y) &&
            x == y);
}

/* Whether the words of a text, or of what is left of it without its credit,
 * have that key. */
static bool says_caption(dtl_str text, uint64_t key, bool split)
{
    dtl_caption parts = {0};

    if (dtl_text_key(text) == key)
        return true;
    if (split)
        dtl_caption_settle(text, (dtl_str){NULL, 0}, &parts);
    return dtl_text_key(parts.caption) == key;
}

/* Whether a block is an image's caption, with or without its credit. */
static bool is_caption(dtl_str text, dtl_str caption)
{
    enum {
        SURE = 24, /* bytes that are hardly the same by chance */
        LONGEST = 600,
        BEGINNING = 4 /* bytes of the caption, somewhere in the block */
    };

    if (!caption.len)
        return false;
    if (dtl_str_find_nocase(text, dtl_str_sub(caption, 0, BEGINNING)) ==
        SIZE_MAX)
        return text.len > SURE && dtl_str_find(caption, text) != SIZE_MAX;
    if (begin_alike(text, caption) &&
        says_caption(text, dtl_text_key(caption), text.len <= LONGEST))
        return true;
    if (caption.len > SURE && caption.len * 5 > text.len * 3 &&
        dtl_str_find(text, caption) != SIZE_MAX)
        return true;
    return text.len > SURE && dtl_str_find(caption, text) != SIZE_MAX;
}

/* Captions that no element sets off stand in the text right beside their
 * image. Of nine such blocks on the stored news pages eight were none of the
 * article's words. */
static void drop_captions(finish *l)
{
    enum {
        REACH = 4
    };

    for (uint32_t i = 0; i < l->b->block_count; i++) {
        const shown *s = image_at(l, i);
        uint32_t from = i < REACH ? 0 : i - REACH, to = i + REACH;

        for (uint32_t k = from; s && k <= to && k < l->b->block_count; k++) {
            dtl_verdict *v = &l->f->verdicts[k];

            if (!v->keep || l->b->blocks[k].type != DTL_BLOCK_IS_TEXT ||
                v->kind == DTL_BLOCK_HEADING ||
                !is_caption(l->b->blocks[k].text,
                            l->f->article->images[s->image].caption))
                continue;
            v->keep = false;
            v->why = DTL_WHY_CAPTION;
        }
    }
}

/* An image of the article's, with its caption as a block of its own. */
static void add_image(finish *l, uint32_t i)
{
    const dtl_block_entry *e = &l->b->blocks[i];
    shown key = {.node = e->node};
    const shown *found =
        bsearch(&key, l->images, l->image_count, sizeof *l->images, by_node);
    dtl_block b = {.kind = DTL_BLOCK_IMAGE,
                   .source_start = e->source_start,
                   .source_end = e->source_end};

    if (!found)
        return;
    b.item = found->image;
    dtl_layout_aside(&l->out, &b);
    b.kind = DTL_BLOCK_CAPTION;
    b.text = l->f->article->images[b.item].caption;
    b.item = 0;
    if (b.text.len)
        dtl_layout_aside(&l->out, &b);
}

/* ---- Notes --------------------------------------------------------------- */

static void add_note(finish *l, uint32_t i)
{
    const dtl_region *r = l->f->region;
    dtl_note note;

    if (!dtl_note_of(l->b->blocks[i].text, dtl_residue_at(r, i),
                     dtl_note_linked(l->b, r->doc, i), &note))
        return;
    note.text = kept(l, note.text);
    note.email = kept(l, note.email);
    if (l->out.status == DTL_OK)
        dtl_layout_note(&l->out, &note);
}

static void add_block(finish *l, uint32_t i)
{
    const dtl_block_entry *e = &l->b->blocks[i];
    const dtl_verdict *v = &l->f->verdicts[i];
    table_sum *t = &l->tables[e->table];

    if (e->type == DTL_BLOCK_IS_IMAGE) {
        add_image(l, i);
    } else if (v->why == DTL_WHY_NOTE) {
        add_note(l, i);
    } else if (e->type == DTL_BLOCK_IS_TEXT && e->table && t->data) {
        if (!is_cell(e)) {
            if (table_stays(t))
                add_table_caption(l, i);
            return;
        }
        if (!t->done && table_stays(t))
            add_table(l, i, e->table);
        t->done = true;
    } else if (v->keep && e->type == DTL_BLOCK_IS_TEXT) {
        add_text(l, i);
    } else if (v->keep && e->type == DTL_BLOCK_IS_EMBED) {
        dtl_layout_embed(&l->out, &l->f->sites[e->item].embed, e->source_start,
                         e->source_end, DTL_ORIGIN_PAGE);
    }
}

dtl_status dtl_finish_page(const dtl_finish *f)
{
    finish l = {.f = f, .b = f->region->b, .arena = f->article->arena};

    l.tables =
        dtl_arena_calloc(l.arena, l.b->table_count + 1, sizeof *l.tables);
    if (!l.tables || list_images(&l) != DTL_OK)
        return DTL_NOMEM;
    drop_captions(&l);
    sum_tables(&l);
    dtl_layout_init(&l.out, f->article);
    for (uint32_t i = 0; i < l.b->block_count && l.out.status == DTL_OK; i++)
        add_block(&l, i);
    return dtl_layout_end(&l.out);
}
