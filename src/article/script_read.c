/* Takes the body from script data.
 *
 * The body's HTML is parsed and scanned as a page of its own, all of whose
 * text is the article's but for the lines that never are; then each block's
 * source is moved from that HTML to the literal in the page. */
#include "article/author_names.h"
#include "article/finish.h"
#include "article/kinds.h"
#include "article/embeds.h"
#include "article/read.h"
#include "base/str.h"
#include "html/parse.h"

enum {
    FEW = 600,   /* letters of text: a page that shows no more is searched */
    SOME = 2000, /* the same, when the page's text begins the script's */
    SCRIPT_MIN = 150, /* in script data; less is a label or a hint */
    CONTINUED = 60    /* bytes of a paragraph that are looked for there */
};

static float kept_weight(const dtl_region *r, const dtl_verdict *v)
{
    float sum = 0;

    for (uint32_t i = 0; i < r->b->block_count; i++)
        if (v[i].keep && r->b->blocks[i].type == DTL_BLOCK_IS_TEXT)
            sum += (float)r->b->blocks[i].m.weight;
    return sum;
}

/* Whether a block is one of those that are looked for in the script's data. */
static bool is_sample(const dtl_block_entry *e, const dtl_verdict *v)
{
    return v->keep && e->type == DTL_BLOCK_IS_TEXT && e->m.weight > 80;
}

/* Whether some kept paragraph of the page stands in the script's body too. */
static bool is_continued(const dtl_reader *r, const dtl_verdict *v)
{
    dtl_str html = dtl_buf_view(&r->script.html);

    for (uint32_t i = 0; i < r->blocks.block_count; i++) {
        const dtl_block_entry *e = &r->blocks.blocks[i];

        if (is_sample(e, &v[i]) &&
            dtl_str_find(html, dtl_str_sub(e->text, 0, CONTINUED)) != SIZE_MAX)
            return true;
    }
    return false;
}

/* Letters of prose that a page needs in its script data, to be read from
 * there, beside what it shows. */
static float least_prose(float kept)
{
    if (kept >= FEW)
        return 3 * kept;
    return 2 * kept > SCRIPT_MIN ? 2 * kept : SCRIPT_MIN;
}

static bool is_wanted(const dtl_reader *r, const dtl_verdict *v, float kept)
{
    return r->script.prose >= least_prose(kept) &&
           (kept < FEW || is_continued(r, v));
}

/* Whether JSON and HTML write a byte as it is. */
static bool is_plain(char c)
{
    return dtl_is_alpha(c) || dtl_is_digit(c) || (c && strchr(" ,.;:-", c));
}

/* The longest run of such bytes at a text's beginning. */
static dtl_str plain_run(dtl_str text)
{
    dtl_str best = {NULL, 0};
    size_t start, i;

    text = dtl_str_sub(text, 0, CONTINUED);
    for (i = 0; i < text.len; i++) {
        for (start = i; i < text.len && is_plain(text.ptr[i]);)
            i++;
        if (i - start > best.len)
            best = dtl_str_trim(dtl_str_sub(text, start, i));
    }
    return best;
}

/* Whether a text has a kept paragraph's beginning. */
static bool has_sample(const dtl_reader *r, const dtl_verdict *v, dtl_str text)
{
    for (uint32_t i = 0; i < r->blocks.block_count; i++) {
        const dtl_block_entry *e = &r->blocks.blocks[i];

        if (is_sample(e, &v[i]) &&
            dtl_str_find(text, plain_run(e->text)) != SIZE_MAX)
            return true;
    }
    return false;
}

/* Whether is_wanted may come to say yes, by a look at the scripts' bytes: no
 * literal has more letters than bytes, and what goes on there has what the
 * page shows. The pieces of a flight count together. */
static bool may_be_wanted(const dtl_reader *r, const dtl_verdict *v, float kept)
{
    float least = least_prose(kept);
    size_t flight = 0;

    for (size_t i = 0; i < r->facts.script_count; i++)
        if (dtl_script_is_flight(&r->facts.scripts[i]))
            flight += r->facts.scripts[i].text.len;
    for (size_t i = 0; i < r->facts.script_count; i++) {
        const dtl_script *s = &r->facts.scripts[i];
        size_t bytes = dtl_script_is_flight(s) ? flight : s->text.len;

        if ((float)bytes >= least && (kept < FEW || has_sample(r, v, s->text)))
            return true;
    }
    return false;
}

/* The literal that byte at of the body's HTML came from. */
static const dtl_script_span *span_at(const dtl_script_body *b, size_t at)
{
    size_t low = 0, high = b->span_count;

    while (low + 1 < high) {
        size_t mid = low + (high - low) / 2;

        if (b->spans[mid].html <= at)
            low = mid;
        else
            high = mid;
    }
    return &b->spans[low];
}

static void move_sources(dtl_reader *r)
{
    for (size_t i = 0; i < r->article.block_count; i++) {
        dtl_block *b = &r->article.blocks[i];
        const dtl_script_span *from, *to;

        from = span_at(&r->script, b->source_start);
        to = span_at(&r->script,
                     b->source_end ? b->source_end - 1 : b->source_end);
        b->origin = DTL_ORIGIN_SCRIPT;
        b->source_start = from->source_start;
        b->source_end = to->source_end;
    }
}

/* All that a scan of the body's HTML found is kept; choose takes out lines
 * that are none of it. */
static dtl_status choose_all(dtl_region *g, dtl_verdict **v)
{
    float *scores =
        dtl_arena_calloc(g->arena, g->b->block_count, sizeof *scores);

    if (!scores)
        return DTL_NOMEM;
    for (size_t i = 0; i < g->b->block_count; i++)
        scores[i] = 1;
    g->scores = scores;
    return dtl_choose(g, v);
}

static dtl_status lay_out(dtl_reader *r)
{
    dtl_region g = {.b = &r->script_blocks,
                    .doc = &r->script_doc,
                    .facts = &r->facts,
                    .arena = &r->arena};
    dtl_finish finish = {
        .region = &g, .base_url = r->base_url, .article = &r->article};
    dtl_kinds kinds = {.region = &g, .article = &r->article};
    dtl_embed_site *sites;
    dtl_status st;

    st = dtl_survey_page(&r->survey, &r->script_doc);
    if (st == DTL_OK)
        st = dtl_embeds_find(&r->script_doc, &r->survey, &r->arena, &sites,
                             &finish.site_count);
    if (st == DTL_OK)
        st = dtl_blocks_scan(&r->script_doc, &r->survey, sites,
                             finish.site_count, g.b);
    if (st == DTL_OK)
        st = dtl_region_find(&g);
    if (st == DTL_OK)
        st = dtl_features_fill(&g);
    if (st == DTL_OK)
        st = choose_all(&g, &finish.verdicts);
    kinds.verdicts = finish.verdicts;
    if (st == DTL_OK)
        st = dtl_kinds_set(&kinds);
    for (uint32_t i = 0;
         st == DTL_OK && r->script.summary && i < g.b->block_count; i++) {
        if (!finish.verdicts[i].keep)
            continue;
        finish.verdicts[i].kind = DTL_BLOCK_SUMMARY;
        break;
    }
    finish.sites = sites;
    if (st == DTL_OK)
        st = dtl_finish_page(&finish);
    if (st == DTL_OK)
        move_sources(r);
    return st;
}

static void take_names(dtl_reader *r, const dtl_author_names *names)
{
    dtl_article *a = &r->article;

    for (size_t i = 0; i < names->count && a->author_count < DTL_AUTHORS_MAX;
         i++)
        a->authors[a->author_count++] = (dtl_author){
            .name = names->at[i].name,
            .type = names->at[i].organization ? DTL_AUTHOR_ORGANIZATION
                                              : DTL_AUTHOR_PERSON};
}

dtl_status dtl_reader_take_script(dtl_reader *r)
{
    const dtl_script_meta *m = &r->script.meta;
    dtl_article *a = &r->article;
    dtl_site_names sites = {0};
    dtl_author_names names;
    dtl_status st = DTL_OK;

    if (!a->section.len)
        a->section = m->section;
    if (!a->tag_count) {
        a->tags = m->tags;
        a->tag_count = m->tag_count;
    }
    if (a->author_count || !m->author_count)
        return DTL_OK;
    a->authors =
        dtl_arena_calloc(a->arena, DTL_AUTHORS_MAX, sizeof *a->authors);
    if (!a->authors)
        return DTL_NOMEM;
    st = dtl_site_names_collect(&r->facts, a->url, a->arena, &sites);
    for (size_t i = 0; i < m->author_count && st == DTL_OK; i++) {
        dtl_author_names_read(m->authors[i], &sites, a->arena, &names, &st);
        take_names(r, &names);
    }
    return st;
}

dtl_status dtl_reader_read_script(dtl_reader *r, const dtl_verdict *v,
                                  bool *found)
{
    dtl_html_options how = {.override_charset = DTL_STR("utf-8")};
    float kept = kept_weight(&r->region, v);
    dtl_status st;

    *found = false;
    if (kept > SOME || !may_be_wanted(r, v, kept))
        return DTL_OK;
    st = dtl_script_body_find(&r->facts, r->doc.text, r->article.title,
                              &r->arena, &r->script);
    if (st != DTL_OK || !is_wanted(r, v, kept))
        return st;
    st = dtl_html_parse(&r->script_doc, dtl_buf_view(&r->script.html), &how,
                        NULL);
    if (st == DTL_LIMIT)
        return DTL_OK;
    *found = true;
    return st == DTL_OK ? lay_out(r) : st;
}
