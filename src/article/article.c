/* Questions that callers ask a finished article, and the words of its
 * enumerations. */
#include "article/article.h"

dtl_page_status dtl_article_status(const dtl_article *a)
{
    return a->status;
}

dtl_str dtl_article_reason(const dtl_article *a)
{
    return a->reason;
}

dtl_str dtl_article_url(const dtl_article *a)
{
    return a->url;
}

dtl_str dtl_article_canonical_url(const dtl_article *a)
{
    return a->canonical_url;
}

dtl_str dtl_article_next_page(const dtl_article *a)
{
    return a->next_page;
}

dtl_str dtl_article_site_name(const dtl_article *a)
{
    return a->site_name;
}

dtl_str dtl_article_site_domain(const dtl_article *a)
{
    return a->site_domain;
}

dtl_article_kind dtl_article_kind_of(const dtl_article *a)
{
    return a->kind;
}

dtl_str dtl_article_title(const dtl_article *a)
{
    return a->title;
}

dtl_str dtl_article_subtitle(const dtl_article *a)
{
    return a->subtitle;
}

dtl_str dtl_article_section(const dtl_article *a)
{
    return a->section;
}

dtl_str dtl_article_description(const dtl_article *a)
{
    return a->description;
}

dtl_str dtl_article_language(const dtl_article *a)
{
    return a->language;
}

const dtl_str *dtl_article_tags(const dtl_article *a, size_t *count)
{
    *count = a->tag_count;
    return a->tags;
}

const dtl_author *dtl_article_authors(const dtl_article *a, size_t *count)
{
    *count = a->author_count;
    return a->authors;
}

const dtl_date *dtl_article_published(const dtl_article *a)
{
    return &a->published;
}

const dtl_date *dtl_article_modified(const dtl_article *a)
{
    return &a->modified;
}

dtl_str dtl_article_fetched(const dtl_article *a)
{
    return a->fetched;
}

const dtl_image *dtl_article_images(const dtl_article *a, size_t *count)
{
    *count = a->image_count;
    return a->images;
}

dtl_str dtl_article_text(const dtl_article *a)
{
    return a->text;
}

const dtl_block *dtl_article_blocks(const dtl_article *a, size_t *count)
{
    *count = a->block_count;
    return a->blocks;
}

const dtl_embed *dtl_article_embeds(const dtl_article *a, size_t *count)
{
    *count = a->embed_count;
    return a->embeds;
}

const dtl_quote *dtl_article_quotes(const dtl_article *a, size_t *count)
{
    *count = a->quote_count;
    return a->quotes;
}

const dtl_time *dtl_article_times(const dtl_article *a, size_t *count)
{
    *count = a->time_count;
    return a->times;
}

const dtl_note *dtl_article_notes(const dtl_article *a, size_t *count)
{
    *count = a->note_count;
    return a->notes;
}

dtl_access_declared dtl_article_access_declared(const dtl_article *a)
{
    return a->declared;
}

dtl_access_observed dtl_article_access_observed(const dtl_article *a)
{
    return a->observed;
}

size_t dtl_article_words(const dtl_article *a)
{
    return a->words;
}

dtl_str dtl_article_hash(const dtl_article *a)
{
    return a->hash;
}

/* ---- Words of the enumerations ----------------------------------------------
 */

#define WORD(names, value)                                                     \
    ((size_t)(value) < sizeof(names) / sizeof *(names) ? (names)[value] : "")

const char *dtl_page_status_name(dtl_page_status s)
{
    static const char *const names[] = {"article", "listing", "stub",
                                        "blocked", "empty",   "refused"};

    return WORD(names, s);
}

const char *dtl_article_kind_name(dtl_article_kind k)
{
    static const char *const names[] = {
        "news",      "live",    "gallery", "video",  "audio",
        "interview", "opinion", "review",  "recipe", "other"};

    return WORD(names, k);
}

const char *dtl_block_kind_name(dtl_block_kind k)
{
    static const char *const names[] = {
        "summary", "paragraph", "heading",  "list_item", "blockquote",
        "table",   "code",      "question", "answer",    "live_entry",
        "image",   "embed",     "caption"};

    return WORD(names, k);
}

const char *dtl_author_type_name(dtl_author_type t)
{
    static const char *const names[] = {"person", "organization"};

    return WORD(names, t);
}

const char *dtl_precision_name(dtl_precision p)
{
    static const char *const names[] = {"second", "minute", "day", "month",
                                        "year"};

    return WORD(names, p);
}

const char *dtl_time_type_name(dtl_time_type t)
{
    static const char *const names[] = {"DATE", "TIME", "DURATION", "SET"};

    return WORD(names, t);
}

const char *dtl_quote_kind_name(dtl_quote_kind k)
{
    static const char *const names[] = {"direct", "mixed", "indirect"};

    return WORD(names, k);
}

const char *dtl_embed_kind_name(dtl_embed_kind k)
{
    static const char *const names[] = {"post", "video",    "audio", "chart",
                                        "map",  "document", "other"};

    return WORD(names, k);
}

const char *dtl_note_kind_name(dtl_note_kind k)
{
    static const char *const names[] = {
        "tip_line",     "correction", "update",    "agency",
        "contributors", "affiliate",  "copyright", "other"};

    return WORD(names, k);
}

const char *dtl_access_declared_name(dtl_access_declared a)
{
    static const char *const names[] = {"unknown", "free", "metered", "paid"};

    return WORD(names, a);
}

const char *dtl_access_observed_name(dtl_access_observed a)
{
    static const char *const names[] = {"unknown",   "full",    "stub",
                                        "truncated", "blocked", "consent_wall"};

    return WORD(names, a);
}
