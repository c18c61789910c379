/* One page's way: bytes in, article out.
 *
 * The steps know nothing of each other but the fields they fill; their order
 * is here. A page past a limit is an article with the status refused. */
#include "article/embeds.h"
#include "article/explain.h"
#include "article/finish.h"
#include "article/kinds.h"
#include "article/page_status.h"
#include "article/posted.h"
#include "article/read.h"
#include "article/timeline.h"
#include "base/str.h"
#include "base/url.h"
#include "base/utf8.h"
#include "html/encoding.h"
#include "html/parse.h"
#include "html/sniff.h"

#include <stdio.h>

dtl_reader *dtl_reader_new(void)
{
    dtl_reader *r = dtl_malloc(sizeof *r);

    if (r)
        memset(r, 0, sizeof *r);
    return r;
}

void dtl_reader_free(dtl_reader *r)
{
    if (!r)
        return;
    dtl_html_clear(&r->doc);
    dtl_survey_clear(&r->survey);
    dtl_blocks_clear(&r->blocks);
    dtl_arena_clear(&r->arena);
    dtl_buf_clear(&r->decoded);
    dtl_buf_clear(&r->account);
    dtl_script_body_clear(&r->script);
    dtl_times_clear(&r->times);
    dtl_html_clear(&r->script_doc);
    dtl_blocks_clear(&r->script_blocks);
    dtl_quote_finder_free(r->finder);
    dtl_free(r);
}

static dtl_status copy(dtl_arena *arena, dtl_str s, dtl_str *out)
{
    *out = (dtl_str){NULL, 0};
    if (!s.len)
        return DTL_OK;
    *out = dtl_arena_copy(arena, s);
    return out->ptr ? DTL_OK : DTL_NOMEM;
}

/* Empties the article and takes over what the caller knows of the page. */
static dtl_status begin(dtl_reader *r, const dtl_read_options *opts)
{
    dtl_article *a = &r->article;
    dtl_status st = DTL_OK;

    dtl_arena_reset(&r->arena);
    *a = (dtl_article){.arena = &r->arena};
    if (!opts)
        return DTL_OK;
    if (opts->url.len)
        st = dtl_url_resolve((dtl_str){NULL, 0}, opts->url, a->arena, &a->url);
    if (st == DTL_OK && a->url.ptr)
        st = copy(a->arena, a->url, &a->url);
    if (st == DTL_OK)
        st = copy(a->arena, opts->fetched, &a->fetched);
    if (st == DTL_OK)
        st = copy(a->arena, opts->file, &a->file);
    if (st == DTL_OK)
        st = copy(a->arena, opts->record_id, &a->record_id);
    a->offset = opts->offset;
    a->has_offset = opts->record_id.len != 0 || opts->offset != 0;
    return st;
}

static dtl_status base_url(dtl_reader *r, dtl_str *out)
{
    dtl_html_doc *d = &r->doc;
    dtl_html_ref base = r->survey.base;
    dtl_str href = {NULL, 0};
    dtl_status st;

    *out = r->article.url;
    if (base)
        href = dtl_html_attr_value(d, base, DTL_N_HREF);
    if (!href.len)
        return DTL_OK;
    st = dtl_url_resolve(r->article.url, href, &r->arena, out);
    if (st == DTL_OK && (!out->ptr || !dtl_url_is_web(*out)))
        *out = r->article.url;
    return st;
}

/* What the page says of itself, what is foreign in it, and its title. */
static dtl_status look_around(dtl_reader *r, bool explain, dtl_str as_of)
{
    dtl_article *a = &r->article;
    dtl_html_ref title = 0;
    dtl_status st;

    dtl_buf_reset(&r->account);
    r->meta = (dtl_meta){.doc = &r->doc, .facts = &r->facts, .article = a};
    r->meta.account = explain ? &r->account : NULL;
    r->meta.as_of = as_of;
    st = dtl_facts_collect(&r->doc, &r->survey, a->url, &r->arena, &r->facts);
    if (st == DTL_OK)
        st = base_url(r, &r->base_url);
    r->meta.base_url = r->base_url;
    if (st == DTL_OK)
        st = dtl_meta_site(&r->meta);
    /* A page read from a file often says itself where it stood. */
    if (st == DTL_OK && !r->base_url.len)
        r->meta.base_url = r->base_url = a->canonical_url;
    if (st == DTL_OK)
        st = dtl_meta_title(&r->meta, &title);
    if (st == DTL_OK)
        st = dtl_embeds_find(&r->doc, &r->survey, &r->arena, &r->sites,
                             &r->site_count);
    r->meta.sites = r->sites;
    r->meta.site_count = r->site_count;
    r->region = (dtl_region){
        .b = &r->blocks,
        .doc = &r->doc,
        .facts = &r->facts,
        .title = a->title,
        .title_node = title,
        .arena = &r->arena,
    };
    return st;
}

dtl_status dtl_reader_look(dtl_reader *r, dtl_str page,
                           const dtl_read_options *opts, dtl_error *err)
{
    dtl_html_options how = {0};
    dtl_status st = begin(r, opts);
    const char *name;

    if (opts) {
        how.transport_charset = opts->charset;
        how.override_charset = opts->encoding;
        how.max_nodes = opts->max_nodes > UINT32_MAX
                            ? UINT32_MAX
                            : (uint32_t)opts->max_nodes;
    }
    if (!how.override_charset.len && dtl_html_reads_as_utf8(page, &how.is_utf8))
        how.override_charset = DTL_STR("utf-8");
    if (st == DTL_OK)
        st = dtl_html_parse(&r->doc, page, &how, err);
    if (st == DTL_OK)
        st = dtl_survey_page(&r->survey, &r->doc);
    if (st != DTL_OK)
        return st;
    name = dtl_encoding_name((dtl_encoding)r->doc.encoding);
    if (name)
        st = copy(&r->arena, dtl_str_of(name), &r->article.encoding);
    if (st == DTL_OK)
        st = look_around(r, opts && opts->explain,
                         opts ? opts->as_of : (dtl_str){NULL, 0});
    if (st == DTL_OK)
        st = dtl_blocks_scan(&r->doc, &r->survey, r->sites, r->site_count,
                             &r->blocks);
    if (st == DTL_OK)
        st = dtl_region_find(&r->region);
    if (st == DTL_OK)
        st = dtl_features_fill(&r->region);
    return st;
}

/* Tells the steps behind the choice where the body's texts stand. */
static dtl_status place_body(dtl_reader *r, const dtl_verdict *v)
{
    const dtl_blocks *b = &r->blocks;
    dtl_meta *m = &r->meta;
    dtl_html_ref *texts, last = 0;
    size_t i;

    texts = dtl_arena_calloc(&r->arena, b->block_count, sizeof *texts);
    if (!texts)
        return DTL_NOMEM;
    m->texts = texts;
    for (i = 0; i < b->block_count; i++) {
        dtl_html_ref n = b->blocks[i].node;

        if (!v[i].keep || b->blocks[i].type != DTL_BLOCK_IS_TEXT || n < last)
            continue;
        texts[m->text_count++] = last = n;
        if (!m->prose && v[i].kind != DTL_BLOCK_SUMMARY)
            m->prose = n;
    }
    if (m->text_count)
        m->body = (dtl_body_range){texts[0], last + 1};
    return DTL_OK;
}

static void set_empty(dtl_article *a)
{
    if (a->status == DTL_STATUS_ARTICLE && !a->text.len && !a->embed_count &&
        !a->image_count) {
        a->status = DTL_STATUS_EMPTY;
        a->reason = DTL_STR("nothing to read was found");
    }
}

/* An error page is none of the site's articles, whatever it says. */
static bool is_error(const dtl_read_options *opts)
{
    return opts && opts->http_status >= 400;
}

static dtl_status judge(dtl_reader *r, const dtl_verdict *v,
                        const dtl_read_options *opts)
{
    dtl_article *a = &r->article;
    dtl_judgement j;
    char reason[48];

    if (is_error(opts)) {
        snprintf(reason, sizeof reason, "the server answered with status %d",
                 opts->http_status);
        a->status = DTL_STATUS_BLOCKED;
        return copy(a->arena, dtl_str_of(reason), &a->reason);
    }
    j = dtl_page_judge(&r->region, v);
    a->status = j.status;
    a->reason = j.reason;
    return DTL_OK;
}

/* A page that is no article has no text. */
static void drop_all(dtl_reader *r, dtl_verdict *v)
{
    if (r->article.status == DTL_STATUS_ARTICLE)
        return;
    for (size_t i = 0; i < r->blocks.block_count; i++) {
        v[i].keep = false;
        v[i].why = DTL_WHY_PAGE;
    }
}

dtl_status dtl_reader_decide(dtl_reader *r, const dtl_read_options *opts)
{
    dtl_verdict *verdicts = NULL;
    bool in_script = false;
    dtl_finish finish = {
        .region = &r->region,
        .sites = r->sites,
        .site_count = r->site_count,
        .base_url = r->base_url,
        .article = &r->article,
    };
    dtl_status st = dtl_choose(&r->region, &verdicts);
    dtl_kinds kinds = {
        .region = &r->region,
        .verdicts = verdicts,
        .article = &r->article,
        .sites = r->sites,
        .site_count = r->site_count,
    };

    if (st == DTL_OK)
        st = dtl_kinds_set(&kinds);
    if (st == DTL_OK && r->meta.account)
        dtl_explain_blocks(&r->region, verdicts, r->meta.account);
    finish.verdicts = verdicts;
    if (st == DTL_OK && !is_error(opts))
        st = dtl_reader_read_script(r, verdicts, &in_script);
    if (st == DTL_OK && !in_script)
        st = judge(r, verdicts, opts);
    if (st == DTL_OK)
        drop_all(r, verdicts);
    if (st == DTL_OK)
        st = place_body(r, verdicts);
    if (st == DTL_OK)
        st = dtl_meta_images(&r->meta);
    finish.image_nodes = r->meta.image_nodes;
    if (st == DTL_OK)
        dtl_kinds_gallery(&kinds);
    if (st == DTL_OK && !in_script)
        st = dtl_finish_page(&finish);
    if (st == DTL_OK)
        st = dtl_meta_published(&r->meta);
    if (st == DTL_OK)
        st = dtl_meta_authors(&r->meta);
    if (st == DTL_OK && in_script)
        st = dtl_reader_take_script(r);
    if (st == DTL_OK)
        set_empty(&r->article);
    if (st == DTL_OK)
        st = dtl_meta_access(&r->meta);
    if (st == DTL_OK)
        st = r->account.status;
    if (st == DTL_OK && r->meta.account)
        st =
            copy(&r->arena, dtl_buf_view(&r->account), &r->article.explanation);
    return st;
}

static dtl_status find_quotes(dtl_reader *r)
{
    dtl_article *a = &r->article;
    dtl_quote_options options = {.language = a->language};
    dtl_status st;

    if (!a->text.len)
        return DTL_OK;
    if (!r->finder && !(r->finder = dtl_quote_finder_new()))
        return DTL_NOMEM;
    st = dtl_quotes_find(r->finder, a->text, &options, &a->quotes,
                         &a->quote_count);
    return st ? st : dtl_article_join_posts(a);
}

/* What the text says of times, and who says what. */
static dtl_status annotate(dtl_reader *r, const dtl_read_options *opts)
{
    dtl_str as_of = opts ? opts->as_of : (dtl_str){NULL, 0};
    dtl_status st = dtl_article_check_language(&r->article);

    if (st == DTL_OK)
        st = dtl_article_find_times(&r->article, &r->times, as_of);
    return st ? st : find_quotes(r);
}

static dtl_status refuse(dtl_reader *r, dtl_str reason)
{
    dtl_article *a = &r->article;

    a->status = DTL_STATUS_REFUSED;
    return copy(a->arena, reason, &a->reason);
}

dtl_status dtl_reader_refuse(dtl_reader *r, dtl_str reason,
                             const dtl_read_options *opts,
                             const dtl_article **out)
{
    dtl_status st = begin(r, opts);

    if (st == DTL_OK)
        st = refuse(r, reason);
    *out = st == DTL_OK ? &r->article : NULL;
    return st;
}

dtl_status dtl_reader_read(dtl_reader *r, dtl_str page,
                           const dtl_read_options *opts,
                           const dtl_article **out, dtl_error *err)
{
    dtl_error why = {0};
    dtl_status st;

    *out = NULL;
    if (opts && opts->encoding.len && !dtl_encoding_for_label(opts->encoding))
        return dtl_fail(err, DTL_USAGE, 0, "no encoding of that name");
    st = dtl_reader_look(r, page, opts, &why);
    if (st == DTL_LIMIT)
        st = refuse(r, dtl_str_of(why.message));
    else if (st == DTL_OK)
        st = dtl_reader_decide(r, opts);
    if (st == DTL_OK)
        st = annotate(r, opts);
    /* A string that was not to be had looks like one that is absent. */
    if (st == DTL_OK)
        st = r->doc.arena.status;
    if (st == DTL_OK)
        st = r->arena.status;
    if (st == DTL_NOMEM)
        return dtl_fail(err, st, 0, "out of memory");
    if (st != DTL_OK)
        return dtl_fail(err, st, why.offset, "%s", why.message);
    *out = &r->article;
    return DTL_OK;
}

dtl_status dtl_reader_read_record(dtl_reader *r, dtl_str bytes,
                                  const dtl_read_options *opts,
                                  const dtl_article **out, dtl_error *err)
{
    dtl_encoding encoding = DTL_ENCODING_UTF_8;
    dtl_status st = begin(r, opts);
    dtl_str text = bytes;

    *out = NULL;
    if (opts && opts->encoding.len)
        encoding = dtl_encoding_for_label(opts->encoding);
    else if (dtl_utf8_valid_prefix(bytes) != bytes.len)
        encoding = DTL_ENCODING_WINDOWS_1252;
    if (st == DTL_OK)
        st = dtl_encoding_text(encoding, bytes, &r->decoded, &text);
    if (st == DTL_OK)
        st = copy(&r->arena, dtl_str_of(dtl_encoding_name(encoding)),
                  &r->article.encoding);
    if (st == DTL_OK)
        st = dtl_record_read(text, &r->article);
    if (st == DTL_OK)
        st = annotate(r, opts);
    if (st == DTL_OK)
        st = r->arena.status;
    if (st != DTL_OK)
        return dtl_fail(err, st, 0, "%s",
                        st == DTL_USAGE ? "no encoding of that name"
                                        : "out of memory");
    *out = &r->article;
    return DTL_OK;
}
