/* Chooses the format; writes single properties. */
#include "article/write.h"
#include "base/str.h"

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
    dtl_buf out = {0};

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
    return hand_over(&out, write, ctx);
}

/* ---- Properties
 * ---------------------------------------------------------------- */

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

/* A property that is one string: where it lies in the article. */
static const struct {
    const char *name;
    size_t offset;
} strings[] = {
    {"reason", offsetof(dtl_article, reason)},
    {"url", offsetof(dtl_article, url)},
    {"canonical_url", offsetof(dtl_article, canonical_url)},
    {"next_page", offsetof(dtl_article, next_page)},
    {"title", offsetof(dtl_article, title)},
    {"subtitle", offsetof(dtl_article, subtitle)},
    {"section", offsetof(dtl_article, section)},
    {"description", offsetof(dtl_article, description)},
    {"language", offsetof(dtl_article, language)},
    {"published", offsetof(dtl_article, published.value)},
    {"modified", offsetof(dtl_article, modified.value)},
    {"fetched", offsetof(dtl_article, fetched)},
    {"text", offsetof(dtl_article, text)},
    {"hash", offsetof(dtl_article, hash)},
};

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

static void put_notes(const dtl_article *a, dtl_buf *out)
{
    json_line l;

    for (size_t i = 0; i < a->note_count; i++) {
        dtl_write_note(open_line(&l, out), &a->notes[i]);
        close_line(&l);
    }
}

static const struct {
    const char *name;
    put_fn *put;
} others[] = {
    {"schema", put_schema}, {"status", put_status}, {"kind", put_kind},
    {"words", put_words},   {"tags", put_tags},     {"authors", put_authors},
    {"site", put_site},     {"access", put_access}, {"source", put_source},
    {"images", put_images}, {"blocks", put_blocks}, {"embeds", put_embeds},
    {"notes", put_notes},
};

static bool put_property(const dtl_article *a, dtl_str name, dtl_buf *out)
{
    for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++) {
        if (dtl_str_eq(name, dtl_str_of(strings[i].name))) {
            dtl_str s;

            memcpy(&s, (const char *)a + strings[i].offset, sizeof s);
            put_line(out, s);
            return true;
        }
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (dtl_str_eq(name, dtl_str_of(others[i].name))) {
            others[i].put(a, out);
            return true;
        }
    }
    return false;
}

dtl_status dtl_article_write_property(const dtl_article *a, dtl_str name,
                                      dtl_write_fn *write, void *ctx,
                                      dtl_error *err)
{
    dtl_buf out = {0};
    dtl_status st;

    if (!put_property(a, name, &out))
        return dtl_fail(err, DTL_USAGE, 0, "an article has no \"%.*s\"",
                        (int)(name.len < 60 ? name.len : 60), name.ptr);
    st = hand_over(&out, write, ctx);
    return st == DTL_OK
               ? st
               : dtl_fail(err, st, 0, "%s",
                          st == DTL_IO ? "writing failed" : "out of memory");
}
