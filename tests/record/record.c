/* Checks an article for what record.h promises. Each check says at once what
 * is wrong, and the first word stays. */
#include "record.h"

#include "base/str.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

typedef struct {
    const dtl_article *a;
    dtl_str text;
    size_t page_len;
    char *message; /* empty while all is well */
} inspection;

static void wrong(inspection *in, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void wrong(inspection *in, const char *format, ...)
{
    va_list args;

    if (in->message[0])
        return;
    va_start(args, format);
    vsnprintf(in->message, 200, format, args);
    va_end(args);
}

static void check_string(inspection *in, const char *name, dtl_str s)
{
    if (!s.ptr && s.len)
        wrong(in, "%s is absent and has %zu bytes", name, s.len);
    else if (s.ptr && !s.len)
        wrong(in, "%s is there and empty", name);
    else if (s.len && dtl_utf8_valid_prefix(s) != s.len)
        wrong(in, "%s is no UTF-8 at byte %zu", name, dtl_utf8_valid_prefix(s));
}

/* Whether at lies in the text and not inside a character. */
static bool is_place(const inspection *in, size_t at)
{
    return at <= in->text.len &&
           (at == in->text.len || (in->text.ptr[at] & 0xC0) != 0x80);
}

static void check_range(inspection *in, const char *name, size_t start,
                        size_t end)
{
    if (start > end || !is_place(in, start) || !is_place(in, end))
        wrong(in, "%s has the range %zu to %zu of %zu", name, start, end,
              in->text.len);
}

static void check_links(inspection *in, const dtl_block *b)
{
    size_t at = b->start;

    for (size_t i = 0; i < b->link_count; i++) {
        const dtl_link *link = &b->links[i];

        check_range(in, "a link", link->start, link->end);
        check_string(in, "a link's url", link->url);
        if (link->start < at || link->end > b->end)
            wrong(in, "a link at %zu is out of its block or its order",
                  link->start);
        at = link->end;
    }
}

static bool has_room(dtl_block_kind kind)
{
    return kind != DTL_BLOCK_IMAGE && kind != DTL_BLOCK_EMBED &&
           kind != DTL_BLOCK_CAPTION;
}

static void check_block(inspection *in, size_t number, const dtl_block *b,
                        size_t *end)
{
    size_t gap = *end ? 2 : 0;

    check_range(in, "a block", b->start, b->end);
    check_string(in, "a block's text", b->text);
    check_string(in, "a block's published", b->published);
    if (b->source_start > b->source_end ||
        (in->page_len && b->source_end > in->page_len))
        wrong(in, "block %zu has the source %zu to %zu of %zu", number,
              b->source_start, b->source_end, in->page_len);
    if (in->message[0])
        return;
    check_links(in, b);
    if (!has_room(b->kind)) {
        if (b->start != b->end)
            wrong(in, "block %zu is aside and takes room", number);
        return;
    }
    if (b->start != *end + gap)
        wrong(in, "block %zu begins at %zu, not %zu", number, b->start,
              *end + gap);
    else if (gap && memcmp(in->text.ptr + *end, "\n\n", 2) != 0)
        wrong(in, "no empty line before block %zu", number);
    else if (!dtl_str_eq(dtl_str_sub(in->text, b->start, b->end), b->text))
        wrong(in, "block %zu is not the text at its range", number);
    *end = b->end;
}

static void check_blocks(inspection *in)
{
    size_t count, images, embeds, end = 0;
    const dtl_block *blocks = dtl_article_blocks(in->a, &count);

    dtl_article_images(in->a, &images);
    dtl_article_embeds(in->a, &embeds);
    for (size_t i = 0; i < count && !in->message[0]; i++) {
        check_block(in, i, &blocks[i], &end);
        if ((blocks[i].kind == DTL_BLOCK_IMAGE && blocks[i].item >= images) ||
            (blocks[i].kind == DTL_BLOCK_EMBED && blocks[i].item >= embeds))
            wrong(in, "block %zu has no item %zu", i, blocks[i].item);
    }
    if (end != in->text.len)
        wrong(in, "the blocks end at %zu, the text at %zu", end, in->text.len);
}

static void check_date(inspection *in, const char *name, const dtl_date *d)
{
    if (!d)
        return;
    check_string(in, name, d->value);
    if (d->value.ptr && !(d->confidence >= 0 && d->confidence <= 1))
        wrong(in, "%s has the confidence %g", name, d->confidence);
    for (size_t i = 0; i < d->also_count; i++)
        check_string(in, name, d->also[i].value);
}

static void check_lists(inspection *in)
{
    size_t count;
    const dtl_str *tags = dtl_article_tags(in->a, &count);
    const dtl_author *authors;
    const dtl_embed *embeds;
    const dtl_image *images;
    const dtl_note *notes;

    for (size_t i = 0; i < count; i++)
        check_string(in, "a tag", tags[i]);
    authors = dtl_article_authors(in->a, &count);
    for (size_t i = 0; i < count; i++)
        check_string(in, "an author's name", authors[i].name);
    images = dtl_article_images(in->a, &count);
    for (size_t i = 0; i < count; i++) {
        check_string(in, "an image's url", images[i].url);
        check_string(in, "an image's caption", images[i].caption);
        check_string(in, "an image's credit", images[i].credit);
    }
    embeds = dtl_article_embeds(in->a, &count);
    for (size_t i = 0; i < count; i++) {
        check_range(in, "an embed", embeds[i].at, embeds[i].at);
        check_string(in, "an embed's platform", embeds[i].platform);
        check_string(in, "an embed's id", embeds[i].id);
        check_string(in, "an embed's url", embeds[i].url);
        check_string(in, "an embed's text", embeds[i].text);
    }
    notes = dtl_article_notes(in->a, &count);
    for (size_t i = 0; i < count; i++)
        check_string(in, "a note's text", notes[i].text);
}

static void check_fields(inspection *in)
{
    const dtl_article *a = in->a;

    if (in->text.len) /* a page without text has an empty one */
        check_string(in, "text", in->text);
    check_string(in, "reason", dtl_article_reason(a));
    check_string(in, "url", dtl_article_url(a));
    check_string(in, "canonical_url", dtl_article_canonical_url(a));
    check_string(in, "next_page", dtl_article_next_page(a));
    check_string(in, "site.name", dtl_article_site_name(a));
    check_string(in, "site.domain", dtl_article_site_domain(a));
    check_string(in, "title", dtl_article_title(a));
    check_string(in, "subtitle", dtl_article_subtitle(a));
    check_string(in, "section", dtl_article_section(a));
    check_string(in, "description", dtl_article_description(a));
    check_string(in, "language", dtl_article_language(a));
    check_string(in, "hash", dtl_article_hash(a));
    check_date(in, "published", dtl_article_published(a));
    check_date(in, "modified", dtl_article_modified(a));
}

typedef struct {
    size_t lines;
    bool stop;
} sink;

static bool count_lines(void *ctx, const char *bytes, size_t len)
{
    sink *s = ctx;

    for (size_t i = 0; i < len; i++)
        s->lines += bytes[i] == '\n';
    return !s->stop;
}

static void check_formats(inspection *in)
{
    static const dtl_format formats[] = {
        DTL_FORMAT_TEXT,        DTL_FORMAT_MARKDOWN, DTL_FORMAT_JSON,
        DTL_FORMAT_JSON_PRETTY, DTL_FORMAT_HTML,     DTL_FORMAT_EXPLAIN};
    dtl_write_options links = {.links = true};
    sink to = {0, false};

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        to = (sink){0, false};
        if (dtl_article_write(in->a, formats[i], i % 2 ? &links : NULL,
                              count_lines, &to) != DTL_OK)
            wrong(in, "format %d cannot be written", (int)formats[i]);
        if (formats[i] == DTL_FORMAT_JSON && to.lines)
            wrong(in, "JSON has %zu lines", to.lines);
    }
    to.stop = true;
    if (dtl_article_write(in->a, DTL_FORMAT_JSON, NULL, count_lines, &to) !=
        DTL_IO)
        wrong(in, "a writer that says false does not stop the writing");
}

bool record_holds(const dtl_article *a, size_t page_len, char message[200])
{
    inspection in = {a, dtl_article_text(a), page_len, message};

    message[0] = '\0';
    check_fields(&in);
    if (!message[0])
        check_blocks(&in);
    check_lists(&in);
    if (!message[0])
        check_formats(&in);
    return !message[0];
}
