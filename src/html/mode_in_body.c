/* The "in body" insertion mode (HTML standard, section 13.2.6.4.7): text,
 * comments, start tags, end of file. End tags are in mode_in_body_end.c.
 *
 * Each start tag has a rule in the table of rules.c, named after its place in
 * the standard's list. */
#include "html/tree.h"
#include "base/str.h"

/* A run with NUL characters: they are dropped here, unless the tokenizer's
 * state has replaced them already, as it does in plain text. True where
 * nothing else is in it. */
static bool drop_nul(const dtl_html_builder *b, dtl_html_token *t)
{
    if (b->tokenizer.state == DTL_STATE_PLAINTEXT)
        return false;
    t->text_flags =
        (uint8_t)((t->text_flags & ~DTL_TEXT_NUL) | DTL_TEXT_DROP_NUL);
    return dtl_tree_nul_prefix(b, t->start, t->end) == t->end - t->start;
}

dtl_then dtl_mode_in_body_text(dtl_html_builder *b, dtl_html_token *t)
{
    if (DTL_UNLIKELY(t->text_flags & DTL_TEXT_NUL) && drop_nul(b, t))
        return DTL_DONE;
    if (DTL_UNLIKELY(b->frameset_ok) &&
        !dtl_tree_all_space(b, t->start, t->end, t->text_flags))
        b->frameset_ok = false;
    dtl_formatting_reconstruct(b);
    dtl_tree_insert_text(b, t->start, t->end, t->text_flags);
    return DTL_DONE;
}

/* ---- html, body, frameset -------------------------------------------- */

static bool second_is_body(const dtl_html_builder *b)
{
    return b->top > 1 && b->stack[2].name == DTL_N_BODY;
}

static dtl_then start_html(dtl_html_builder *b, dtl_html_token *t)
{
    if (!dtl_tree_open(b, DTL_N_TEMPLATE))
        dtl_tree_late_attrs(b, t, b->stack[1].node);
    return DTL_DONE;
}

static dtl_then start_body(dtl_html_builder *b, dtl_html_token *t)
{
    if (!second_is_body(b) || dtl_tree_open(b, DTL_N_TEMPLATE))
        return DTL_DONE;
    b->frameset_ok = false;
    dtl_tree_late_attrs(b, t, b->stack[2].node);
    return DTL_DONE;
}

static dtl_then start_frameset(dtl_html_builder *b, dtl_html_token *t)
{
    if (!second_is_body(b) || !b->frameset_ok)
        return DTL_DONE;
    if (!dtl_tree_leave_order(b))
        return DTL_DONE;
    dtl_tree_detach(b, b->stack[2].node);
    while (b->top > 1)
        dtl_tree_pop(b);
    dtl_tree_insert(b, t);
    b->mode = DTL_MODE_IN_FRAMESET;
    return DTL_DONE;
}

/* ---- Blocks ---------------------------------------------------------- */

static dtl_then start_block(dtl_html_builder *b, dtl_html_token *t)
{
    dtl_tree_close_p(b, b->pos);
    dtl_tree_insert(b, t);
    return DTL_DONE;
}

static dtl_then start_heading(dtl_html_builder *b, dtl_html_token *t)
{
    const dtl_open *e;

    dtl_tree_close_p(b, b->pos);
    e = dtl_tree_current(b);
    if (!(e->bits & DTL_IS_FOREIGN) &&
        dtl_rule_of(e->name)->start == DTL_START_HEADING)
        dtl_tree_pop(b);
    dtl_tree_insert(b, t);
    return DTL_DONE;
}

static dtl_then start_pre(dtl_html_builder *b, dtl_html_token *t)
{
    start_block(b, t);
    b->no_lf_at = t->end;
    b->frameset_ok = false;
    return DTL_DONE;
}

static dtl_then start_form(dtl_html_builder *b, dtl_html_token *t)
{
    bool in_template = dtl_tree_open(b, DTL_N_TEMPLATE);
    dtl_html_ref form;

    if (b->form && !in_template)
        return DTL_DONE;
    dtl_tree_close_p(b, b->pos);
    form = dtl_tree_insert(b, t);
    if (!in_template)
        b->form = form;
    return DTL_DONE;
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

static dtl_then start_li(dtl_html_builder *b, dtl_html_token *t)
{
    b->frameset_ok = false;
    close_item(b, DTL_N_LI);
    return start_block(b, t);
}

static dtl_then start_dd(dtl_html_builder *b, dtl_html_token *t)
{
    b->frameset_ok = false;
    /* Of dd and dt the inner one is met first and ends the search, since
     * both are special. */
    if (dtl_tree_in_scope(b, DTL_N_DD, DTL_CLASS_BLOCK))
        close_item(b, DTL_N_DD);
    else
        close_item(b, DTL_N_DT);
    return start_block(b, t);
}

static dtl_then start_plaintext(dtl_html_builder *b, dtl_html_token *t)
{
    start_block(b, t);
    b->tokenizer.state = DTL_STATE_PLAINTEXT;
    return DTL_DONE;
}

static dtl_then start_table(dtl_html_builder *b, dtl_html_token *t)
{
    if (b->doc->quirks != DTL_QUIRKS)
        dtl_tree_close_p(b, b->pos);
    dtl_tree_insert(b, t);
    b->frameset_ok = false;
    b->mode = DTL_MODE_IN_TABLE;
    return DTL_DONE;
}

static dtl_then start_hr(dtl_html_builder *b, dtl_html_token *t)
{
    dtl_tree_close_p(b, b->pos);
    if (dtl_tree_in_scope(b, DTL_N_SELECT, DTL_CLASS_SCOPE))
        dtl_tree_implied_end_tags(b, DTL_N_NONE);
    dtl_tree_insert_void(b, t);
    b->frameset_ok = false;
    return DTL_DONE;
}

static dtl_then start_xmp(dtl_html_builder *b, dtl_html_token *t)
{
    dtl_tree_close_p(b, b->pos);
    dtl_formatting_reconstruct(b);
    b->frameset_ok = false;
    dtl_tree_raw_text(b, t, DTL_STATE_RAWTEXT);
    return DTL_DONE;
}

static dtl_then start_iframe(dtl_html_builder *b, dtl_html_token *t)
{
    b->frameset_ok = false;
    dtl_tree_raw_text(b, t, DTL_STATE_RAWTEXT);
    return DTL_DONE;
}

static dtl_then start_noembed(dtl_html_builder *b, dtl_html_token *t)
{
    dtl_tree_raw_text(b, t, DTL_STATE_RAWTEXT);
    return DTL_DONE;
}

/* ---- Phrasing -------------------------------------------------------- */

static dtl_then start_other(dtl_html_builder *b, dtl_html_token *t)
{
    dtl_formatting_reconstruct(b);
    dtl_tree_insert(b, t);
    return DTL_DONE;
}

static dtl_then start_noscript(dtl_html_builder *b, dtl_html_token *t)
{
    return b->scripting ? start_noembed(b, t) : start_other(b, t);
}

static dtl_then start_format(dtl_html_builder *b, dtl_html_token *t)
{
    start_other(b, t);
    dtl_formatting_push(b, dtl_rule_of(t->name)->format);
    return DTL_DONE;
}

static dtl_then start_a(dtl_html_builder *b, dtl_html_token *t)
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
    return start_format(b, t);
}

static dtl_then start_nobr(dtl_html_builder *b, dtl_html_token *t)
{
    dtl_formatting_reconstruct(b);
    if (dtl_tree_in_scope(b, DTL_N_NOBR, DTL_CLASS_SCOPE)) {
        if (!dtl_tree_adoption_agency(b, t))
            dtl_tree_any_other_end_tag(b, t, b->pos);
        dtl_formatting_reconstruct(b);
    }
    return start_format(b, t);
}

static dtl_then start_button(dtl_html_builder *b, dtl_html_token *t)
{
    if (dtl_tree_in_scope(b, DTL_N_BUTTON, DTL_CLASS_SCOPE)) {
        dtl_tree_implied_end_tags(b, DTL_N_NONE);
        dtl_tree_pop_through(b, DTL_N_BUTTON, b->pos);
    }
    start_other(b, t);
    b->frameset_ok = false;
    return DTL_DONE;
}

static dtl_then start_applet(dtl_html_builder *b, dtl_html_token *t)
{
    start_other(b, t);
    dtl_formatting_push_marker(b);
    b->frameset_ok = false;
    return DTL_DONE;
}

static dtl_then start_void(dtl_html_builder *b, dtl_html_token *t)
{
    dtl_formatting_reconstruct(b);
    dtl_tree_insert_void(b, t);
    b->frameset_ok = false;
    return DTL_DONE;
}

static dtl_then start_param(dtl_html_builder *b, dtl_html_token *t)
{
    dtl_tree_insert_void(b, t);
    return DTL_DONE;
}

static dtl_then start_image(dtl_html_builder *b, dtl_html_token *t)
{
    (void)b;
    t->name = DTL_N_IMG;
    return DTL_REPROCESS;
}

static dtl_then start_textarea(dtl_html_builder *b, dtl_html_token *t)
{
    dtl_tree_raw_text(b, t, DTL_STATE_RCDATA);
    b->no_lf_at = t->end;
    b->frameset_ok = false;
    return DTL_DONE;
}

static dtl_then start_ruby_text(dtl_html_builder *b, dtl_html_token *t,
                                dtl_name except)
{
    if (dtl_tree_in_scope(b, DTL_N_RUBY, DTL_CLASS_SCOPE))
        dtl_tree_implied_end_tags(b, except);
    dtl_tree_insert(b, t);
    return DTL_DONE;
}

static dtl_then start_rb(dtl_html_builder *b, dtl_html_token *t)
{
    return start_ruby_text(b, t, DTL_N_NONE);
}

static dtl_then start_rt(dtl_html_builder *b, dtl_html_token *t)
{
    return start_ruby_text(b, t, DTL_N_RTC);
}

static dtl_then start_ignored(dtl_html_builder *b, dtl_html_token *t)
{
    (void)b, (void)t;
    return DTL_DONE;
}

/* ---- Form controls --------------------------------------------------- */

static bool in_select_fragment(const dtl_html_builder *b)
{
    return b->fragment && b->context.name == DTL_N_SELECT &&
           !(b->context.bits & DTL_IS_FOREIGN);
}

static dtl_then start_input(dtl_html_builder *b, dtl_html_token *t)
{
    if (in_select_fragment(b))
        return DTL_DONE;
    if (dtl_tree_in_scope(b, DTL_N_SELECT, DTL_CLASS_SCOPE))
        dtl_tree_pop_through(b, DTL_N_SELECT, b->pos);
    dtl_formatting_reconstruct(b);
    dtl_tree_insert_void(b, t);
    if (!dtl_tree_attr_is(b, t, DTL_N_TYPE, DTL_STR("hidden")))
        b->frameset_ok = false;
    return DTL_DONE;
}

static dtl_then start_select(dtl_html_builder *b, dtl_html_token *t)
{
    if (in_select_fragment(b))
        return DTL_DONE;
    if (dtl_tree_in_scope(b, DTL_N_SELECT, DTL_CLASS_SCOPE)) {
        dtl_tree_pop_through(b, DTL_N_SELECT, b->pos);
        return DTL_DONE;
    }
    start_other(b, t);
    b->frameset_ok = false;
    return DTL_DONE;
}

/* option and optgroup; except is what an open select keeps open. */
static dtl_then start_choice(dtl_html_builder *b, dtl_html_token *t,
                             dtl_name except)
{
    if (dtl_tree_in_scope(b, DTL_N_SELECT, DTL_CLASS_SCOPE))
        dtl_tree_implied_end_tags(b, except);
    else if (dtl_tree_current_is(b, DTL_N_OPTION))
        dtl_tree_pop(b);
    return start_other(b, t);
}

static dtl_then start_option(dtl_html_builder *b, dtl_html_token *t)
{
    return start_choice(b, t, DTL_N_OPTGROUP);
}

static dtl_then start_optgroup(dtl_html_builder *b, dtl_html_token *t)
{
    return start_choice(b, t, DTL_N_NONE);
}

static dtl_then start_selectedcontent(dtl_html_builder *b, dtl_html_token *t)
{
    b->selectedcontent = true;
    return start_other(b, t);
}

/* ---- Foreign elements ------------------------------------------------ */

static dtl_then start_foreign(dtl_html_builder *b, dtl_html_token *t,
                              dtl_html_ns ns)
{
    dtl_formatting_reconstruct(b);
    dtl_foreign_insert(b, t, ns);
    return DTL_DONE;
}

static dtl_then start_math(dtl_html_builder *b, dtl_html_token *t)
{
    return start_foreign(b, t, DTL_NS_MATHML);
}

static dtl_then start_svg(dtl_html_builder *b, dtl_html_token *t)
{
    return start_foreign(b, t, DTL_NS_SVG);
}

/* ---- The list of start tags ------------------------------------------ */

static dtl_mode_rules *const start_rules[DTL_START_COUNT] = {
    [DTL_START_OTHER] = start_other,
    [DTL_START_HTML] = start_html,
    [DTL_START_HEAD_RULES] = dtl_mode_in_head,
    [DTL_START_BODY] = start_body,
    [DTL_START_FRAMESET] = start_frameset,
    [DTL_START_BLOCK] = start_block,
    [DTL_START_HEADING] = start_heading,
    [DTL_START_PRE] = start_pre,
    [DTL_START_FORM] = start_form,
    [DTL_START_LI] = start_li,
    [DTL_START_DD] = start_dd,
    [DTL_START_PLAINTEXT] = start_plaintext,
    [DTL_START_BUTTON] = start_button,
    [DTL_START_A] = start_a,
    [DTL_START_FORMAT] = start_format,
    [DTL_START_NOBR] = start_nobr,
    [DTL_START_APPLET] = start_applet,
    [DTL_START_TABLE] = start_table,
    [DTL_START_VOID] = start_void,
    [DTL_START_INPUT] = start_input,
    [DTL_START_PARAM] = start_param,
    [DTL_START_HR] = start_hr,
    [DTL_START_IMAGE] = start_image,
    [DTL_START_TEXTAREA] = start_textarea,
    [DTL_START_XMP] = start_xmp,
    [DTL_START_IFRAME] = start_iframe,
    [DTL_START_NOEMBED] = start_noembed,
    [DTL_START_NOSCRIPT] = start_noscript,
    [DTL_START_SELECT] = start_select,
    [DTL_START_OPTION] = start_option,
    [DTL_START_OPTGROUP] = start_optgroup,
    [DTL_START_SELECTEDCONTENT] = start_selectedcontent,
    [DTL_START_RB] = start_rb,
    [DTL_START_RT] = start_rt,
    [DTL_START_MATH] = start_math,
    [DTL_START_SVG] = start_svg,
    [DTL_START_IGNORED] = start_ignored,
};

dtl_then dtl_mode_in_body_start(dtl_html_builder *b, dtl_html_token *t)
{
    return start_rules[dtl_rule_of(t->name)->start](b, t);
}

dtl_then dtl_mode_in_body(dtl_html_builder *b, dtl_html_token *t)
{
    switch ((dtl_token_type)t->type) {
    case DTL_TOKEN_TEXT:
        return dtl_mode_in_body_text(b, t);
    case DTL_TOKEN_START_TAG:
        return dtl_mode_in_body_start(b, t);
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
