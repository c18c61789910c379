/* The article as the JSON record that docs/record.schema.json describes.
 * Members stand in the schema's order; what is missing is absent. */
#include "article/annotate.h"
#include "article/write.h"
#include "base/str.h"

static void put_offset(dtl_json_writer *w, const char *key, size_t value)
{
    dtl_json_member_int(w, key, (int64_t)value);
}

static void put_date(dtl_json_writer *w, const char *key, const dtl_date *d)
{
    if (!d->value.ptr)
        return;
    dtl_json_put_key(w, key);
    dtl_json_open_object(w);
    dtl_json_member_str(w, "value", d->value);
    dtl_json_member_opt(w, "precision",
                        dtl_str_of(dtl_precision_name(d->precision)));
    dtl_json_member_opt(w, "evidence", d->evidence);
    dtl_json_put_key(w, "confidence");
    dtl_json_put_rounded(w, d->confidence, 2);
    if (d->also_count) {
        dtl_json_put_key(w, "also");
        dtl_json_open_array(w);
        for (size_t i = 0; i < d->also_count; i++) {
            dtl_json_open_object(w);
            dtl_json_member_str(w, "value", d->also[i].value);
            dtl_json_member_opt(w, "evidence", d->also[i].evidence);
            dtl_json_close(w);
        }
        dtl_json_close(w);
    }
    dtl_json_close(w);
}

void dtl_write_site(dtl_json_writer *w, const dtl_article *a)
{
    dtl_json_open_object(w);
    dtl_json_member_opt(w, "name", a->site_name);
    dtl_json_member_opt(w, "domain", a->site_domain);
    dtl_json_close(w);
}

static void put_tags(dtl_json_writer *w, const dtl_article *a)
{
    if (!a->tag_count)
        return;
    dtl_json_put_key(w, "tags");
    dtl_json_open_array(w);
    for (size_t i = 0; i < a->tag_count; i++)
        dtl_json_put_str(w, a->tags[i]);
    dtl_json_close(w);
}

static void put_authors(dtl_json_writer *w, const dtl_article *a)
{
    if (!a->author_count)
        return;
    dtl_json_put_key(w, "authors");
    dtl_json_open_array(w);
    for (size_t i = 0; i < a->author_count; i++) {
        const dtl_author *p = &a->authors[i];

        dtl_json_open_object(w);
        dtl_json_member_str(w, "name", p->name);
        dtl_json_member_str(w, "type",
                            dtl_str_of(dtl_author_type_name(p->type)));
        dtl_json_member_opt(w, "url", p->url);
        dtl_json_close(w);
    }
    dtl_json_close(w);
}

void dtl_write_image(dtl_json_writer *w, const dtl_image *m)
{
    dtl_json_open_object(w);
    dtl_json_member_str(w, "url", m->url);
    dtl_json_member_opt(w, "caption", m->caption);
    dtl_json_member_opt(w, "credit", m->credit);
    dtl_json_member_opt(w, "alt", m->alt);
    if (m->lead)
        dtl_json_member_bool(w, "lead", true);
    dtl_json_close(w);
}

static void put_images(dtl_json_writer *w, const dtl_article *a)
{
    if (!a->image_count)
        return;
    dtl_json_put_key(w, "images");
    dtl_json_open_array(w);
    for (size_t i = 0; i < a->image_count; i++)
        dtl_write_image(w, &a->images[i]);
    dtl_json_close(w);
}

static void put_links(dtl_json_writer *w, const dtl_block *b)
{
    if (!b->link_count)
        return;
    dtl_json_put_key(w, "links");
    dtl_json_open_array(w);
    for (size_t i = 0; i < b->link_count; i++) {
        dtl_json_open_object(w);
        put_offset(w, "start", b->links[i].start);
        put_offset(w, "end", b->links[i].end);
        dtl_json_member_str(w, "url", b->links[i].url);
        dtl_json_close(w);
    }
    dtl_json_close(w);
}

void dtl_write_block(dtl_json_writer *w, const dtl_block *b)
{
    dtl_json_open_object(w);
    dtl_json_member_str(w, "kind", dtl_str_of(dtl_block_kind_name(b->kind)));
    if (b->level)
        dtl_json_member_int(w, "level", b->level);
    dtl_json_member_opt(w, "text", b->text);
    put_offset(w, "start", b->start);
    put_offset(w, "end", b->end);
    if (b->source_end) {
        dtl_json_put_key(w, "source");
        dtl_json_open_array(w);
        dtl_json_put_uint(w, b->source_start);
        dtl_json_put_uint(w, b->source_end);
        dtl_json_close(w);
    }
    dtl_json_member_str(w, "origin",
                        b->origin == DTL_ORIGIN_SCRIPT ? dtl_str_of("script")
                                                       : dtl_str_of("page"));
    put_links(w, b);
    dtl_json_member_opt(w, "published", b->published);
    if (b->kind == DTL_BLOCK_IMAGE || b->kind == DTL_BLOCK_EMBED)
        put_offset(w, "item", b->item);
    dtl_json_close(w);
}

static void put_blocks(dtl_json_writer *w, const dtl_article *a)
{
    dtl_json_put_key(w, "blocks");
    dtl_json_open_array(w);
    for (size_t i = 0; i < a->block_count; i++)
        dtl_write_block(w, &a->blocks[i]);
    dtl_json_close(w);
}

void dtl_write_embed(dtl_json_writer *w, const dtl_embed *e)
{
    dtl_json_open_object(w);
    dtl_json_member_str(w, "platform", e->platform);
    dtl_json_member_str(w, "kind", dtl_str_of(dtl_embed_kind_name(e->kind)));
    dtl_json_member_opt(w, "id", e->id);
    dtl_json_member_opt(w, "url", e->url);
    if (e->author_name.ptr || e->author_handle.ptr) {
        dtl_json_put_key(w, "author");
        dtl_json_open_object(w);
        dtl_json_member_opt(w, "name", e->author_name);
        dtl_json_member_opt(w, "handle", e->author_handle);
        dtl_json_close(w);
    }
    dtl_json_member_opt(w, "text", e->text);
    dtl_json_member_opt(w, "published", e->published);
    put_offset(w, "at", e->at);
    dtl_json_close(w);
}

static void put_embeds(dtl_json_writer *w, const dtl_article *a)
{
    if (!a->embed_count)
        return;
    dtl_json_put_key(w, "embeds");
    dtl_json_open_array(w);
    for (size_t i = 0; i < a->embed_count; i++)
        dtl_write_embed(w, &a->embeds[i]);
    dtl_json_close(w);
}

static void put_quotes(dtl_json_writer *w, const dtl_article *a)
{
    if (!a->quote_count)
        return;
    dtl_json_put_key(w, "quotes");
    dtl_json_open_array(w);
    for (size_t i = 0; i < a->quote_count; i++)
        dtl_write_quote(w, &a->quotes[i], a->text);
    dtl_json_close(w);
}

void dtl_write_note(dtl_json_writer *w, const dtl_note *n)
{
    dtl_json_open_object(w);
    dtl_json_member_str(w, "kind", dtl_str_of(dtl_note_kind_name(n->kind)));
    dtl_json_member_str(w, "text", n->text);
    dtl_json_member_opt(w, "email", n->email);
    dtl_json_member_opt(w, "published", n->published);
    dtl_json_close(w);
}

static void put_times(dtl_json_writer *w, const dtl_article *a)
{
    if (!a->time_count)
        return;
    dtl_json_put_key(w, "times");
    dtl_json_open_array(w);
    for (size_t i = 0; i < a->time_count; i++)
        dtl_write_time(w, &a->times[i]);
    dtl_json_close(w);
}

static void put_notes(dtl_json_writer *w, const dtl_article *a)
{
    if (!a->note_count)
        return;
    dtl_json_put_key(w, "notes");
    dtl_json_open_array(w);
    for (size_t i = 0; i < a->note_count; i++)
        dtl_write_note(w, &a->notes[i]);
    dtl_json_close(w);
}

bool dtl_has_access(const dtl_article *a)
{
    return a->declared != DTL_ACCESS_UNKNOWN ||
           a->observed != DTL_OBSERVED_UNKNOWN;
}

void dtl_write_access(dtl_json_writer *w, const dtl_article *a)
{
    dtl_json_open_object(w);
    if (a->declared != DTL_ACCESS_UNKNOWN)
        dtl_json_member_str(w, "declared",
                            dtl_str_of(dtl_access_declared_name(a->declared)));
    if (a->observed != DTL_OBSERVED_UNKNOWN)
        dtl_json_member_str(w, "observed",
                            dtl_str_of(dtl_access_observed_name(a->observed)));
    dtl_json_close(w);
}

void dtl_write_source(dtl_json_writer *w, const dtl_article *a)
{
    dtl_json_open_object(w);
    dtl_json_member_opt(w, "file", a->file);
    if (a->has_offset)
        put_offset(w, "offset", a->offset);
    dtl_json_member_opt(w, "record_id", a->record_id);
    dtl_json_member_opt(w, "encoding", a->encoding);
    dtl_json_close(w);
}

/* About what a record takes, so that it is written where it stays: its texts
 * are in it twice, whole and by blocks. */
static size_t room_for(const dtl_article *a)
{
    return 1024 + 2 * a->text.len + 128 * a->block_count +
           256 * (a->image_count + a->embed_count + a->quote_count +
                  a->time_count);
}

void dtl_write_json(const dtl_article *a, bool pretty, dtl_buf *out)
{
    dtl_json_writer w;

    if (!dtl_buf_reserve(out, room_for(a)))
        return;
    dtl_json_write_init(&w, out, pretty);
    dtl_json_open_object(&w);
    dtl_json_member_int(&w, "schema", 1);
    dtl_json_member_str(&w, "status",
                        dtl_str_of(dtl_page_status_name(a->status)));
    dtl_json_member_opt(&w, "reason", a->reason);
    dtl_json_member_opt(&w, "url", a->url);
    dtl_json_member_opt(&w, "canonical_url", a->canonical_url);
    dtl_json_member_opt(&w, "next_page", a->next_page);
    if (a->site_name.ptr || a->site_domain.ptr) {
        dtl_json_put_key(&w, "site");
        dtl_write_site(&w, a);
    }
    dtl_json_member_str(&w, "kind", dtl_str_of(dtl_article_kind_name(a->kind)));
    dtl_json_member_opt(&w, "title", a->title);
    dtl_json_member_opt(&w, "subtitle", a->subtitle);
    dtl_json_member_opt(&w, "section", a->section);
    dtl_json_member_opt(&w, "description", a->description);
    dtl_json_member_opt(&w, "language", a->language);
    put_tags(&w, a);
    put_authors(&w, a);
    put_date(&w, "published", &a->published);
    put_date(&w, "modified", &a->modified);
    dtl_json_member_opt(&w, "fetched", a->fetched);
    put_images(&w, a);
    dtl_json_member_str(&w, "text", a->text.ptr ? a->text : dtl_str_of(""));
    put_blocks(&w, a);
    put_embeds(&w, a);
    put_quotes(&w, a);
    put_times(&w, a);
    put_notes(&w, a);
    if (dtl_has_access(a)) {
        dtl_json_put_key(&w, "access");
        dtl_write_access(&w, a);
    }
    put_offset(&w, "words", a->words);
    dtl_json_member_opt(&w, "hash", a->hash);
    if (a->file.ptr || a->has_offset || a->record_id.ptr || a->encoding.ptr) {
        dtl_json_put_key(&w, "source");
        dtl_write_source(&w, a);
    }
    dtl_json_close(&w);
    if (dtl_json_write_end(&w) != DTL_OK)
        out->status = DTL_NOMEM;
}
