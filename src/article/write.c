/* Chooses the format; writes single properties. */
#include "article/annotate.h"
#include "article/write.h"
#include "base/str.h"

/* Takes control characters out, but for newlines and tabs: what an article
 * is written in may go to a terminal, which would obey them. JSON has escapes
 * of its own. See cases/cli/hostile-controls. */
static void drop_controls(dtl_buf *out)
{
    size_t to = 0, len;

    for (size_t i = 0; i < out->len; i += len) {
        unsigned char c = (unsigned char)out->ptr[i];

        len = 1;
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f)
            continue;
        if (c == 0xc2 && i + 1 < out->len &&
            (unsigned char)out->ptr[i + 1] < 0xa0) {
            len = 2;
            continue;
        }
        out->ptr[to++] = out->ptr[i];
    }
    out->len = to;
}

static dtl_status hand_over(dtl_buf *buf, dtl_write_fn *write, void *ctx)
{
    dtl_status st = buf->status;

    if (st == DTL_OK && buf->len && !write(ctx, buf->ptr, buf->len))
        st = DTL_IO;
    dtl_buf_clear(buf);
    return st;
}

dtl_status dtl_article_write(const dtl_article *a, dtl_format format,
                             const dtl_write_options *opts, dtl_write_fn *write,
                             void *ctx)
{
    bool links = opts && opts->links;
    dtl_buf out = {.arena = a->arena};

    switch (format) {
    case DTL_FORMAT_TEXT:
        dtl_write_text(a, links, &out);
        break;
    case DTL_FORMAT_MARKDOWN:
        dtl_write_markdown(a, links, &out);
        break;
    case DTL_FORMAT_JSON:
    case DTL_FORMAT_JSON_PRETTY:
        dtl_write_json(a, format == DTL_FORMAT_JSON_PRETTY, &out);
        break;
    case DTL_FORMAT_HTML:
        dtl_write_html(a, &out);
        break;
    case DTL_FORMAT_EXPLAIN:
        dtl_buf_str(&out, a->explanation);
        break;
    }
    if (format != DTL_FORMAT_JSON && format != DTL_FORMAT_JSON_PRETTY)
        drop_controls(&out);
    return hand_over(&out, write, ctx);
}

/* ---- Properties -------------------------------------------------------- */

static void put_line(dtl_buf *out, dtl_str s)
{
    if (!s.ptr)
        return;
    dtl_buf_str(out, s);
    dtl_buf_putc(out, '\n');
}

static void put_number(dtl_buf *out, size_t n)
{
    dtl_buf_printf(out, "%zu\n", n);
}

typedef void put_fn(const dtl_article *a, dtl_buf *out);

static void put_schema(const dtl_article *a, dtl_buf *out)
{
    (void)a;
    put_number(out, 1);
}

static void put_status(const dtl_article *a, dtl_buf *out)
{
    put_line(out, dtl_str_of(dtl_page_status_name(a->status)));
}

static void put_kind(const dtl_article *a, dtl_buf *out)
{
    put_line(out, dtl_str_of(dtl_article_kind_name(a->kind)));
}

static void put_words(const dtl_article *a, dtl_buf *out)
{
    put_number(out, a->words);
}

static void put_tags(const dtl_article *a, dtl_buf *out)
{
    for (size_t i = 0; i < a->tag_count; i++)
        put_line(out, a->tags[i]);
}

static void put_authors(const dtl_article *a, dtl_buf *out)
{
    for (size_t i = 0; i < a->author_count; i++)
        put_line(out, a->authors[i].name);
}

/* One JSON value on a line of its own. */
typedef struct {
    dtl_json_writer w;
    dtl_buf *out;
} json_line;

static dtl_json_writer *open_line(json_line *l, dtl_buf *out)
{
    l->out = out;
    dtl_json_write_init(&l->w, out, false);
    return &l->w;
}

static void close_line(json_line *l)
{
    if (dtl_json_write_end(&l->w) != DTL_OK)
        l->out->status = DTL_NOMEM;
    dtl_buf_putc(l->out, '\n');
}

static void put_site(const dtl_article *a, dtl_buf *out)
{
    json_line l;

    if (!a->site_name.ptr && !a->site_domain.ptr)
        return;
    dtl_write_site(open_line(&l, out), a);
    close_line(&l);
}

static void put_access(const dtl_article *a, dtl_buf *out)
{
    json_line l;

    if (!dtl_has_access(a))
        return;
    dtl_write_access(open_line(&l, out), a);
    close_line(&l);
}

static void put_source(const dtl_article *a, dtl_buf *out)
{
    json_line l;

    if (!a->file.ptr && !a->has_offset && !a->record_id.ptr && !a->encoding.ptr)
        return;
    dtl_write_source(open_line(&l, out), a);
    close_line(&l);
}

static void put_images(const dtl_article *a, dtl_buf *out)
{
    json_line l;

    for (size_t i = 0; i < a->image_count; i++) {
        dtl_write_image(open_line(&l, out), &a->images[i]);
        close_line(&l);
    }
}

static void put_blocks(const dtl_article *a, dtl_buf *out)
{
    json_line l;

    for (size_t i = 0; i < a->block_count; i++) {
        dtl_write_block(open_line(&l, out), &a->blocks[i]);
        close_line(&l);
    }
}

static void put_embeds(const dtl_article *a, dtl_buf *out)
{
    json_line l;

    for (size_t i = 0; i < a->embed_count; i++) {
        dtl_write_embed(open_line(&l, out), &a->embeds[i]);
        close_line(&l);
    }
}

static void put_quotes(const dtl_article *a, dtl_buf *out)
{
    json_line l;

    for (size_t i = 0; i < a->quote_count; i++) {
        dtl_write_quote(open_line(&l, out), &a->quotes[i], a->text);
        close_line(&l);
    }
}

static void put_times(const dtl_article *a, dtl_buf *out)
{
    json_line l;

    for (size_t i = 0; i < a->time_count; i++) {
        dtl_write_time(open_line(&l, out), &a->times[i]);
        close_line(&l);
    }
}

/* A line an entry: the date, or the first and the last day; a tab; the
 * sentence on one line. */
static void put_timeline(const dtl_article *a, dtl_buf *out)
{
    size_t count;
    const dtl_timeline_entry *entries = dtl_article_timeline(a, &count);

    if (a->timeline && !entries)
        out->status = DTL_NOMEM;
    for (size_t i = 0; i < count; i++) {
        const dtl_timeline_entry *e = &entries[i];
        dtl_str rest = e->sentence, word;

        dtl_buf_str(out, e->value);
        if (e->end_value.len) {
            dtl_buf_putc(out, '/');
            dtl_buf_str(out, e->end_value);
        }
        dtl_buf_putc(out, '\t');
        if (e->article)
            dtl_buf_puts(out, "(this article)");
        for (bool space = e->article; dtl_str_word(&rest, &word);
             space = true) {
            if (space)
                dtl_buf_putc(out, ' ');
            dtl_buf_str(out, word);
        }
        dtl_buf_putc(out, '\n');
    }
}

static void put_notes(const dtl_article *a, dtl_buf *out)
{
    json_line l;

    for (size_t i = 0; i < a->note_count; i++) {
        dtl_write_note(open_line(&l, out), &a->notes[i]);
        close_line(&l);
    }
}

/* Every property in the record's order. One that is a string has only the
 * place where it lies in the article. */
static const struct {
    const char *name;
    put_fn *put;
    size_t offset;
} properties[] = {
    {"schema", put_schema, 0},
    {"status", put_status, 0},
    {"reason", NULL, offsetof(dtl_article, reason)},
    {"url", NULL, offsetof(dtl_article, url)},
    {"canonical_url", NULL, offsetof(dtl_article, canonical_url)},
    {"next_page", NULL, offsetof(dtl_article, next_page)},
    {"site", put_site, 0},
    {"kind", put_kind, 0},
    {"title", NULL, offsetof(dtl_article, title)},
    {"subtitle", NULL, offsetof(dtl_article, subtitle)},
    {"section", NULL, offsetof(dtl_article, section)},
    {"description", NULL, offsetof(dtl_article, description)},
    {"language", NULL, offsetof(dtl_article, language)},
    {"tags", put_tags, 0},
    {"authors", put_authors, 0},
    {"published", NULL, offsetof(dtl_article, published.value)},
    {"modified", NULL, offsetof(dtl_article, modified.value)},
    {"fetched", NULL, offsetof(dtl_article, fetched)},
    {"images", put_images, 0},
    {"text", NULL, offsetof(dtl_article, text)},
    {"blocks", put_blocks, 0},
    {"embeds", put_embeds, 0},
    {"quotes", put_quotes, 0},
    {"times", put_times, 0},
    {"notes", put_notes, 0},
    {"access", put_access, 0},
    {"words", put_words, 0},
    {"hash", NULL, offsetof(dtl_article, hash)},
    {"source", put_source, 0},
    {"timeline", put_timeline, 0},
};

const char *dtl_property_name(size_t i)
{
    return i < sizeof properties / sizeof properties[0] ? properties[i].name
                                                        : NULL;
}

static bool put_property(const dtl_article *a, dtl_str name, dtl_buf *out)
{
    for (size_t i = 0; i < sizeof properties / sizeof properties[0]; i++) {
        if (!dtl_str_eq(name, dtl_str_of(properties[i].name)))
            continue;
        if (properties[i].put) {
            properties[i].put(a, out);
        } else {
            dtl_str s;

            memcpy(&s, (const char *)a + properties[i].offset, sizeof s);
            if (s.len)
                put_line(out, s);
        }
        return true;
    }
    return false;
}

dtl_status dtl_article_write_property(const dtl_article *a, dtl_str name,
                                      dtl_write_fn *write, void *ctx,
                                      dtl_error *err)
{
    dtl_buf out = {.arena = a->arena};
    dtl_status st;

    if (!put_property(a, name, &out))
        return dtl_fail(err, DTL_USAGE, 0, "an article has no \"%.*s\"",
                        (int)(name.len < 60 ? name.len : 60), name.ptr);
    drop_controls(&out);
    st = hand_over(&out, write, ctx);
    return st == DTL_OK
               ? st
               : dtl_fail(err, st, 0, "%s",
                          st == DTL_IO ? "writing failed" : "out of memory");
}
