/* The "in body" insertion mode (HTML standard, section 13.2.6.4.7): text,
 * comments, start tags, end of file. End tags are in mode_in_body_end.c.
 *
 * Each start tag has a rule in the table of rules.c, named after its place in
 * the standard's list. */
#include "html/tree.h"
#include "base/str.h"

static void text(dtl_html_builder *b, const dtl_html_token *t)
{
    uint8_t flags = t->text_flags;

    /* NUL characters are dropped here, unless the tokenizer's state has
     * replaced them already, as it does in plain text. */
    if ((flags & DTL_TEXT_NUL) && b->tokenizer.state != DTL_STATE_PLAINTEXT) {
        if (dtl_tree_nul_prefix(b, t->start, t->end) == t->end - t->start)
            return;
        flags = (uint8_t)((flags & ~DTL_TEXT_NUL) | DTL_TEXT_DROP_NUL);
    }
    dtl_formatting_reconstruct(b);
    dtl_tree_insert_text(b, t->start, t->end, flags);
    if (b->frameset_ok && !dtl_tree_all_space(b, t->start, t->end, flags))
        b->frameset_ok = false;
}

/* ---- html, body, frameset -------------------------------------------- */

static bool second_is_body(const dtl_html_builder *b)
{
    return b->top > 1 && b->stack[2].name == DTL_N_BODY;
}

static void start_html(dtl_html_builder *b, const dtl_html_token *t)
{
    if (!dtl_tree_open(b, DTL_N_TEMPLATE))
        dtl_tree_late_attrs(b, t, b->stack[1].node);
}

static void start_body(dtl_html_builder *b, const dtl_html_token *t)
{
    if (!second_is_body(b) || dtl_tree_open(b, DTL_N_TEMPLATE))
        return;
    b->frameset_ok = false;
    dtl_tree_late_attrs(b, t, b->stack[2].node);
}

static void start_frameset(dtl_html_builder *b, const dtl_html_token *t)
{
    if (!second_is_body(b) || !b->frameset_ok)
        return;
    dtl_tree_detach(b, b->stack[2].node);
    while (b->top > 1)
        dtl_tree_pop(b);
    dtl_tree_insert(b, t);
    b->mode = DTL_MODE_IN_FRAMESET;
}

/* ---- Blocks ---------------------------------------------------------- */

static void start_block(dtl_html_builder *b, const dtl_html_token *t)
{
    dtl_tree_close_p(b, b->pos);
    dtl_tree_insert(b, t);
}

static void start_heading(dtl_html_builder *b, const dtl_html_token *t)
{
    const dtl_open *e;

    dtl_tree_close_p(b, b->pos);
    e = dtl_tree_current(b);
    if (!(e->bits & DTL_IS_FOREIGN) &&
        dtl_rule_of(e->name)->start == DTL_START_HEADING)
        dtl_tree_pop(b);
    dtl_tree_insert(b, t);
}

static void start_pre(dtl_html_builder *b, const dtl_html_token *t)
{
    start_block(b, t);
    b->skip_lf = true;
    b->frameset_ok = false;
}

static void start_form(dtl_html_builder *b, const dtl_html_token *t)
{
    bool in_template = dtl_tree_open(b, DTL_N_TEMPLATE);
    dtl_html_ref form;

    if (b->form && !in_template)
        return;
    dtl_tree_close_p(b, b->pos);
    form = dtl_tree_insert(b, t);
    if (!in_template)
        b->form = form;
}

/* Closes an open list item of that name, unless a special element other than
 * address, div and p stands above it. */
static void close_item(dtl_html_builder *b, dtl_name name)
{
    if (!dtl_tree_in_scope(b, name, DTL_CLASS_BLOCK))
        return;
    dtl_tree_implied_end_tags(b, name);
    dtl_tree_pop_through(b, name, b->pos);
}

static void start_li(dtl_html_builder *b, const dtl_html_token *t)
{
    b->frameset_ok = false;
    close_item(b, DTL_N_LI);
    start_block(b, t);
}

static void start_dd(dtl_html_builder *b, const dtl_html_token *t)
{
    b->frameset_ok = false;
    /* Of dd and dt the inner one is met first and ends the search, since
     * both are special. */
    if (dtl_tree_in_scope(b, DTL_N_DD, DTL_CLASS_BLOCK))
        close_item(b, DTL_N_DD);
    else
        close_item(b, DTL_N_DT);
    start_block(b, t);
}

static void start_plaintext(dtl_html_builder *b, const dtl_html_token *t)
{
    start_block(b, t);
    b->tokenizer.state = DTL_STATE_PLAINTEXT;
}

static void start_table(dtl_html_builder *b, const dtl_html_token *t)
{
    if (b->doc->quirks != DTL_QUIRKS)
        dtl_tree_close_p(b, b->pos);
    dtl_tree_insert(b, t);
    b->frameset_ok = false;
    b->mode = DTL_MODE_IN_TABLE;
}

static void start_hr(dtl_html_builder *b, const dtl_html_token *t)
{
    dtl_tree_close_p(b, b->pos);
    if (dtl_tree_in_scope(b, DTL_N_SELECT, DTL_CLASS_SCOPE))
        dtl_tree_implied_end_tags(b, DTL_N_NONE);
    dtl_tree_insert_void(b, t);
    b->frameset_ok = false;
}

static void start_xmp(dtl_html_builder *b, const dtl_html_token *t)
{
    dtl_tree_close_p(b, b->pos);
    dtl_formatting_reconstruct(b);
    b->frameset_ok = false;
    dtl_tree_raw_text(b, t, DTL_STATE_RAWTEXT);
}

/* ---- Phrasing -------------------------------------------------------- */

static void start_other(dtl_html_builder *b, const dtl_html_token *t)
{
    dtl_formatting_reconstruct(b);
    dtl_tree_insert(b, t);
}

static void start_format(dtl_html_builder *b, const dtl_html_token *t)
{
    start_other(b, t);
    dtl_formatting_push(b, dtl_rule_of(t->name)->format);
}

static void start_a(dtl_html_builder *b, const dtl_html_token *t)
{
    unsigned format = dtl_rule_of(DTL_N_A)->format;
    uint32_t entry = dtl_formatting_find(b, format);

    if (entry) {
        dtl_html_ref node = b->list[entry].node;
        uint32_t label = b->list[entry].label;

        dtl_tree_adoption_agency(b, t);
        /* It stays when it is not in scope: then out with it. */
        if (b->list[entry].node == node) {
            if (b->list[entry].open)
                dtl_tree_remove(b, dtl_tree_index(b, label, node), b->pos);
            dtl_formatting_remove(b, entry);
        }
    }
    start_format(b, t);
}

static void start_nobr(dtl_html_builder *b, const dtl_html_token *t)
{
    dtl_formatting_reconstruct(b);
    if (dtl_tree_in_scope(b, DTL_N_NOBR, DTL_CLASS_SCOPE)) {
        if (!dtl_tree_adoption_agency(b, t))
            dtl_tree_any_other_end_tag(b, t, b->pos);
        dtl_formatting_reconstruct(b);
    }
    start_format(b, t);
}

static void start_button(dtl_html_builder *b, const dtl_html_token *t)
{
    if (dtl_tree_in_scope(b, DTL_N_BUTTON, DTL_CLASS_SCOPE)) {
        dtl_tree_implied_end_tags(b, DTL_N_NONE);
        dtl_tree_pop_through(b, DTL_N_BUTTON, b->pos);
    }
    start_other(b, t);
    b->frameset_ok = false;
}

static void start_applet(dtl_html_builder *b, const dtl_html_token *t)
{
    start_other(b, t);
    dtl_formatting_push_marker(b);
    b->frameset_ok = false;
}

static void start_void(dtl_html_builder *b, const dtl_html_token *t)
{
    dtl_formatting_reconstruct(b);
    dtl_tree_insert_void(b, t);
    b->frameset_ok = false;
}

static dtl_then start_image(dtl_html_token *t)
{
    t->name = DTL_N_IMG;
    return DTL_REPROCESS;
}

static void start_textarea(dtl_html_builder *b, const dtl_html_token *t)
{
    dtl_tree_raw_text(b, t, DTL_STATE_RCDATA);
    b->skip_lf = true;
    b->frameset_ok = false;
}

static void start_rb(dtl_html_builder *b, const dtl_html_token *t,
                     dtl_name except)
{
    if (dtl_tree_in_scope(b, DTL_N_RUBY, DTL_CLASS_SCOPE))
        dtl_tree_implied_end_tags(b, except);
    dtl_tree_insert(b, t);
}

/* ---- Form controls --------------------------------------------------- */

static bool in_select_fragment(const dtl_html_builder *b)
{
    return b->fragment && b->context.name == DTL_N_SELECT &&
           !(b->context.bits & DTL_IS_FOREIGN);
}

static void start_input(dtl_html_builder *b, const dtl_html_token *t)
{
    if (in_select_fragment(b))
        return;
    if (dtl_tree_in_scope(b, DTL_N_SELECT, DTL_CLASS_SCOPE))
        dtl_tree_pop_through(b, DTL_N_SELECT, b->pos);
    dtl_formatting_reconstruct(b);
    dtl_tree_insert_void(b, t);
    if (!dtl_tree_attr_is(b, t, DTL_N_TYPE, DTL_STR("hidden")))
        b->frameset_ok = false;
}

static void start_select(dtl_html_builder *b, const dtl_html_token *t)
{
    if (in_select_fragment(b))
        return;
    if (dtl_tree_in_scope(b, DTL_N_SELECT, DTL_CLASS_SCOPE)) {
        dtl_tree_pop_through(b, DTL_N_SELECT, b->pos);
        return;
    }
    start_other(b, t);
    b->frameset_ok = false;
}

/* option and optgroup; except is what an open select keeps open. */
static void start_option(dtl_html_builder *b, const dtl_html_token *t,
                         dtl_name except)
{
    if (dtl_tree_in_scope(b, DTL_N_SELECT, DTL_CLASS_SCOPE))
        dtl_tree_implied_end_tags(b, except);
    else if (dtl_tree_current_is(b, DTL_N_OPTION))
        dtl_tree_pop(b);
    start_other(b, t);
}

/* ---- Foreign elements ------------------------------------------------ */

static void start_foreign(dtl_html_builder *b, dtl_html_token *t,
                          dtl_html_ns ns)
{
    dtl_formatting_reconstruct(b);
    dtl_foreign_insert(b, t, ns);
}

/* ---- The list of start tags ------------------------------------------ */

static dtl_then start_tag(dtl_html_builder *b, dtl_html_token *t)
{
    switch ((dtl_start_rule)dtl_rule_of(t->name)->start) {
    case DTL_START_OTHER:
        start_other(b, t);
        break;
    case DTL_START_HTML:
        start_html(b, t);
        break;
    case DTL_START_HEAD_RULES:
        return dtl_mode_in_head(b, t);
    case DTL_START_BODY:
        start_body(b, t);
        break;
    case DTL_START_FRAMESET:
        start_frameset(b, t);
        break;
    case DTL_START_BLOCK:
        start_block(b, t);
        break;
    case DTL_START_HEADING:
        start_heading(b, t);
        break;
    case DTL_START_PRE:
        start_pre(b, t);
        break;
    case DTL_START_FORM:
        start_form(b, t);
        break;
    case DTL_START_LI:
        start_li(b, t);
        break;
    case DTL_START_DD:
        start_dd(b, t);
        break;
    case DTL_START_PLAINTEXT:
        start_plaintext(b, t);
        break;
    case DTL_START_BUTTON:
        start_button(b, t);
        break;
    case DTL_START_A:
        start_a(b, t);
        break;
    case DTL_START_FORMAT:
        start_format(b, t);
        break;
    case DTL_START_NOBR:
        start_nobr(b, t);
        break;
    case DTL_START_APPLET:
        start_applet(b, t);
        break;
    case DTL_START_TABLE:
        start_table(b, t);
        break;
    case DTL_START_VOID:
        start_void(b, t);
        break;
    case DTL_START_INPUT:
        start_input(b, t);
        break;
    case DTL_START_PARAM:
        dtl_tree_insert_void(b, t);
        break;
    case DTL_START_HR:
        start_hr(b, t);
        break;
    case DTL_START_IMAGE:
        return start_image(t);
    case DTL_START_TEXTAREA:
        start_textarea(b, t);
        break;
    case DTL_START_XMP:
        start_xmp(b, t);
        break;
    case DTL_START_IFRAME:
        b->frameset_ok = false;
        dtl_tree_raw_text(b, t, DTL_STATE_RAWTEXT);
        break;
    case DTL_START_NOEMBED:
        dtl_tree_raw_text(b, t, DTL_STATE_RAWTEXT);
        break;
    case DTL_START_NOSCRIPT:
        if (b->scripting)
            dtl_tree_raw_text(b, t, DTL_STATE_RAWTEXT);
        else
            start_other(b, t);
        break;
    case DTL_START_SELECT:
        start_select(b, t);
        break;
    case DTL_START_OPTION:
        start_option(b, t, DTL_N_OPTGROUP);
        break;
    case DTL_START_OPTGROUP:
        start_option(b, t, DTL_N_NONE);
        break;
    case DTL_START_SELECTEDCONTENT:
        b->selectedcontent = true;
        start_other(b, t);
        break;
    case DTL_START_RB:
        start_rb(b, t, DTL_N_NONE);
        break;
    case DTL_START_RT:
        start_rb(b, t, DTL_N_RTC);
        break;
    case DTL_START_MATH:
        start_foreign(b, t, DTL_NS_MATHML);
        break;
    case DTL_START_SVG:
        start_foreign(b, t, DTL_NS_SVG);
        break;
    case DTL_START_IGNORED:
        break;
    }
    return DTL_DONE;
}

dtl_then dtl_mode_in_body(dtl_html_builder *b, dtl_html_token *t)
{
    switch ((dtl_token_type)t->type) {
    case DTL_TOKEN_TEXT:
        text(b, t);
        return DTL_DONE;
    case DTL_TOKEN_START_TAG:
        return start_tag(b, t);
    case DTL_TOKEN_END_TAG:
        return dtl_mode_in_body_end(b, t);
    case DTL_TOKEN_COMMENT:
    case DTL_TOKEN_PI:
        dtl_tree_insert_comment(b, t);
        return DTL_DONE;
    case DTL_TOKEN_DOCTYPE:
        return DTL_DONE;
    case DTL_TOKEN_EOF:
        break;
    }
    return b->template_count ? dtl_mode_in_template(b, t) : DTL_DONE;
}
