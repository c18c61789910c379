/* From bytes to tree: decoding, the loop over the tokens, the fragment case,
 * and the second parse that a late meta may ask for. */
#include "html/parse.h"
#include "html/sniff.h"
#include "html/tree.h"
#include "base/str.h"

enum {
    DEFAULT_MAX = 16 * 1000 * 1000
}; /* nodes, and attributes */

dtl_mode_rules *const dtl_modes[DTL_MODE_COUNT] = {
    [DTL_MODE_INITIAL] = dtl_mode_initial,
    [DTL_MODE_BEFORE_HTML] = dtl_mode_before_html,
    [DTL_MODE_BEFORE_HEAD] = dtl_mode_before_head,
    [DTL_MODE_IN_HEAD] = dtl_mode_in_head,
    [DTL_MODE_IN_HEAD_NOSCRIPT] = dtl_mode_in_head_noscript,
    [DTL_MODE_AFTER_HEAD] = dtl_mode_after_head,
    [DTL_MODE_IN_BODY] = dtl_mode_in_body,
    [DTL_MODE_TEXT] = dtl_mode_text,
    [DTL_MODE_IN_TABLE] = dtl_mode_in_table,
    [DTL_MODE_IN_TABLE_TEXT] = dtl_mode_in_table_text,
    [DTL_MODE_IN_CAPTION] = dtl_mode_in_caption,
    [DTL_MODE_IN_COLUMN_GROUP] = dtl_mode_in_column_group,
    [DTL_MODE_IN_TABLE_BODY] = dtl_mode_in_table_body,
    [DTL_MODE_IN_ROW] = dtl_mode_in_row,
    [DTL_MODE_IN_CELL] = dtl_mode_in_cell,
    [DTL_MODE_IN_TEMPLATE] = dtl_mode_in_template,
    [DTL_MODE_AFTER_BODY] = dtl_mode_after_body,
    [DTL_MODE_IN_FRAMESET] = dtl_mode_in_frameset,
    [DTL_MODE_AFTER_FRAMESET] = dtl_mode_after_frameset,
    [DTL_MODE_AFTER_AFTER_BODY] = dtl_mode_after_after_body,
    [DTL_MODE_AFTER_AFTER_FRAMESET] = dtl_mode_after_after_frameset,
};

static dtl_status run_loop(dtl_html_builder *b)
{
#if DTL_CPU_X86
    if (dtl_cpu_level() >= DTL_CPU_AVX512BW)
        return dtl_html_loop_avx512bw(b);
    if (dtl_cpu_level() >= DTL_CPU_AVX2)
        return dtl_html_loop_avx2(b);
    if (dtl_cpu_level() >= DTL_CPU_SSE41)
        return dtl_html_loop_sse41(b);
#endif
    return dtl_html_loop_plain(b);
}

/* ---- The fragment case ----------------------------------------------- */

/* The tokenizer's state for the contents of the context element. */
static dtl_token_state state_for(const dtl_html_builder *b, dtl_name name)
{
    switch (name) {
    case DTL_N_TITLE:
    case DTL_N_TEXTAREA:
        return DTL_STATE_RCDATA;
    case DTL_N_STYLE:
    case DTL_N_XMP:
    case DTL_N_IFRAME:
    case DTL_N_NOEMBED:
    case DTL_N_NOFRAMES:
        return DTL_STATE_RAWTEXT;
    case DTL_N_SCRIPT:
        return DTL_STATE_SCRIPT_DATA;
    case DTL_N_NOSCRIPT:
        return b->scripting ? DTL_STATE_RAWTEXT : DTL_STATE_DATA;
    case DTL_N_PLAINTEXT:
        return DTL_STATE_PLAINTEXT;
    default:
        return DTL_STATE_DATA;
    }
}

static uint32_t context_bits(dtl_html_ns ns, dtl_name name)
{
    if (ns == DTL_NS_SVG)
        return dtl_rule_svg_bits(name);
    if (ns == DTL_NS_MATHML)
        return dtl_rule_math_bits(name);
    return dtl_rule_of(name)->bits;
}

/* "The HTML fragment parsing algorithm" up to the first token. */
static dtl_status start_fragment(dtl_html_builder *b, dtl_str context)
{
    dtl_html_doc *d = b->doc;
    dtl_html_ns ns = DTL_NS_HTML;
    dtl_name name;
    dtl_status st;

    if (dtl_str_starts(context, DTL_STR("svg ")))
        ns = DTL_NS_SVG;
    else if (dtl_str_starts(context, DTL_STR("math ")))
        ns = DTL_NS_MATHML;
    if (ns != DTL_NS_HTML)
        context = dtl_str_sub(context, ns == DTL_NS_SVG ? 4 : 5, context.len);
    st = dtl_names_intern(&d->names, &d->arena, context, &name);
    if (st != DTL_OK)
        return st;
    b->fragment = true;
    b->context = (dtl_open){.name = name, .bits = context_bits(ns, name)};
    if (ns == DTL_NS_HTML)
        b->tokenizer.state = (uint8_t)state_for(b, name);
    dtl_tree_insert_root(b, NULL);
    if (name == DTL_N_TEMPLATE && ns == DTL_NS_HTML)
        dtl_tree_push_template_mode(b);
    /* A form around the context keeps others from opening; the root stands
     * for it. */
    if (name == DTL_N_FORM && ns == DTL_NS_HTML)
        b->form = b->stack[1].node;
    dtl_tree_reset_mode(b);
    return b->status;
}

/* One parse of doc->text; b->again asks for another. */
static dtl_status parse_text(dtl_html_builder *b, dtl_html_doc *doc,
                             const dtl_html_options *o)
{
    dtl_status st;

    doc->attr_count = doc->piece_count = 0;
    doc->note_count = 0;
    doc->doctype_count = doc->pi_count = 0;
    doc->quirks = DTL_NO_QUIRKS;
    doc->scripting = o->scripting;
    dtl_names_reset(&doc->names);
    dtl_arena_reset(&doc->arena);
    b->scripting = o->scripting;
    b->fragment = b->again = false;
    b->max_nodes = o->max_nodes ? o->max_nodes : DEFAULT_MAX;
    st = dtl_tree_init(b, doc);
    if (st != DTL_OK)
        return st;
    dtl_html_tokenizer_init(&b->tokenizer, doc);
    b->tokenizer.max_attrs = o->max_attrs ? o->max_attrs : DEFAULT_MAX;
    if (o->fragment_context.len)
        st = start_fragment(b, o->fragment_context);
    if (st == DTL_OK)
        st = run_loop(b);
    if (b->again)
        return DTL_OK;
    return st == DTL_OK ? dtl_tree_finish(b) : st;
}

/* ---- Encodings ------------------------------------------------------- */

static dtl_str value_of(dtl_html_builder *b, const dtl_html_token *t,
                        dtl_name name)
{
    const dtl_html_attr *a = dtl_tree_attr(b, t, name);
    dtl_str value = {NULL, 0};

    if (a) {
        value = dtl_html_attr_text(b->doc, a);
        if (!value.ptr)
            b->status = DTL_NOMEM;
    }
    return value;
}

void dtl_tree_meta(dtl_html_builder *b, const dtl_html_token *t)
{
    dtl_encoding declared;

    if (b->encoding_certain)
        return;
    declared = dtl_html_meta_encoding(value_of(b, t, DTL_N_CHARSET),
                                      value_of(b, t, DTL_N_HTTP_EQUIV),
                                      value_of(b, t, DTL_N_CONTENT));
    if (declared == DTL_ENCODING_NONE)
        return;
    b->encoding =
        dtl_html_change_encoding(b->encoding, declared, b->bytes, &b->again);
    b->encoding_certain = true;
    if (b->again)
        b->status = DTL_STOPPED;
}

/* ---- The whole ------------------------------------------------------- */

static dtl_html_builder *builder_of(dtl_html_doc *doc)
{
    if (!doc->builder) {
        doc->builder = dtl_malloc(sizeof *doc->builder);
        if (doc->builder)
            memset(doc->builder, 0, sizeof *doc->builder);
    }
    return doc->builder;
}

/* One parse, of the page's text in the encoding that b->encoding says. */
static dtl_status decode_and_parse(dtl_html_builder *b, dtl_html_doc *doc,
                                   dtl_str bytes, const dtl_html_options *o)
{
    dtl_status st = DTL_OK;

    if (o->is_utf8 && b->encoding == DTL_ENCODING_UTF_8)
        doc->text = bytes;
    else
        st = dtl_encoding_text(b->encoding, bytes, &doc->decoded, &doc->text);
    if (st == DTL_OK && doc->text.len >= UINT32_MAX)
        st = DTL_LIMIT;
    return st == DTL_OK ? parse_text(b, doc, o) : st;
}

dtl_status dtl_html_parse(dtl_html_doc *doc, dtl_str page,
                          const dtl_html_options *opts, dtl_error *err)
{
    static const dtl_html_options defaults = {0};
    const dtl_html_options *o = opts ? opts : &defaults;
    dtl_html_builder *b = builder_of(doc);
    dtl_html_sniffed sniffed;
    dtl_status st;

    if (!b)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    if (page.len >= UINT32_MAX)
        return dtl_fail(err, DTL_LIMIT, 0, "the page is larger than 4 GiB");
    if (!page.ptr)
        page = DTL_STR("");
    sniffed = dtl_html_sniff(page, o->override_charset, o->transport_charset);
    page = dtl_str_sub(page, sniffed.bom, page.len);
    b->encoding = sniffed.encoding;
    b->encoding_certain = sniffed.certain || o->fragment_context.len;
    b->bytes = page;
    st = decode_and_parse(b, doc, page, o);
    if (st == DTL_OK && b->again)
        st = decode_and_parse(b, doc, page, o);
    doc->encoding = b->encoding;
    if (st == DTL_LIMIT)
        return dtl_fail(err, st, b->pos,
                        "the page has too many nodes or attributes");
    if (st != DTL_OK)
        return dtl_fail(err, st, b->pos, "out of memory");
    return DTL_OK;
}

void dtl_html_clear(dtl_html_doc *doc)
{
    if (doc->builder)
        dtl_tree_clear(doc->builder);
    dtl_free(doc->builder);
    dtl_free(doc->nodes);
    dtl_free(doc->attrs);
    dtl_free(doc->pieces);
    dtl_free(doc->doctypes);
    dtl_free(doc->pis);
    dtl_free(doc->notes);
    dtl_names_clear(&doc->names);
    dtl_arena_clear(&doc->arena);
    dtl_buf_clear(&doc->decoded);
    *doc = (dtl_html_doc){0};
}
