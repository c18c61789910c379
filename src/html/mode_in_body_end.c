/* End tags "in body" (HTML standard, section 13.2.6.4.7). */
#include "html/tree.h"

/* "Any other end tag": closes the element of that name, unless a special
 * element stands above it. */
void dtl_tree_any_other_end_tag(dtl_html_builder *b, const dtl_html_token *t,
                                uint32_t end)
{
    if (dtl_tree_current_is(b, t->name)) {
        dtl_tree_pop_at(b, end);
        return;
    }
    if (!dtl_tree_in_scope(b, t->name, DTL_CLASS_SPECIAL))
        return;
    dtl_tree_implied_end_tags(b, t->name);
    dtl_tree_pop_through(b, t->name, end);
}

static dtl_then end_block(dtl_html_builder *b, dtl_html_token *t)
{
    if (!dtl_tree_in_scope(b, t->name, DTL_CLASS_SCOPE))
        return DTL_DONE;
    dtl_tree_implied_end_tags(b, DTL_N_NONE);
    dtl_tree_pop_through(b, t->name, t->end);
    return DTL_DONE;
}

void dtl_tree_end_range(dtl_html_builder *b, dtl_html_ref node, uint32_t end)
{
    dtl_html_node *n = &b->doc->nodes[node];

    n->flags |= DTL_NODE_ENDED;
    /* The first end tag counts; until then it is the end of the page. */
    if (!(n->flags & DTL_NODE_IMPLIED) && n->end == b->doc->text.len)
        n->end = end;
}

static dtl_then end_body(dtl_html_builder *b, dtl_html_token *t)
{
    if (!dtl_tree_in_scope(b, DTL_N_BODY, DTL_CLASS_SCOPE))
        return DTL_DONE;
    b->mode = DTL_MODE_AFTER_BODY;
    if (t->name == DTL_N_HTML)
        return DTL_REPROCESS;
    dtl_tree_end_range(b, b->stack[2].node, t->end);
    return DTL_DONE;
}

static dtl_then end_form(dtl_html_builder *b, dtl_html_token *t)
{
    dtl_html_ref form = b->form;
    uint32_t index;

    if (dtl_tree_open(b, DTL_N_TEMPLATE)) {
        end_block(b, t);
        return DTL_DONE;
    }
    b->form = 0;
    if (!form || !dtl_tree_in_scope(b, DTL_N_FORM, DTL_CLASS_SCOPE))
        return DTL_DONE;
    index = dtl_tree_index(b, dtl_tree_open(b, DTL_N_FORM), 0);
    if (b->stack[index].node != form)
        return DTL_DONE;
    dtl_tree_implied_end_tags(b, DTL_N_NONE);
    dtl_tree_remove(b, index, t->end);
    return DTL_DONE;
}

static dtl_then end_p(dtl_html_builder *b, dtl_html_token *t)
{
    if (!dtl_tree_in_scope(b, DTL_N_P, DTL_CLASS_BUTTON_SCOPE))
        dtl_tree_insert_implied(b, DTL_N_P);
    dtl_tree_close_p(b, t->end);
    return DTL_DONE;
}

static dtl_then end_item(dtl_html_builder *b, dtl_html_token *t, int scope)
{
    if (!dtl_tree_in_scope(b, t->name, scope))
        return DTL_DONE;
    dtl_tree_implied_end_tags(b, t->name);
    dtl_tree_pop_through(b, t->name, t->end);
    return DTL_DONE;
}

static dtl_then end_heading(dtl_html_builder *b, dtl_html_token *t)
{
    static const dtl_name headings[] = {DTL_N_H1, DTL_N_H2, DTL_N_H3,
                                        DTL_N_H4, DTL_N_H5, DTL_N_H6};
    bool open = false;
    const dtl_open *e;

    for (int i = 0; i < 6; i++)
        open |= dtl_tree_in_scope(b, headings[i], DTL_CLASS_SCOPE);
    if (!open)
        return DTL_DONE;
    dtl_tree_implied_end_tags(b, DTL_N_NONE);
    for (;;) {
        e = dtl_tree_current(b);
        if (!(e->bits & DTL_IS_FOREIGN) &&
            dtl_rule_of(e->name)->end == DTL_END_HEADING)
            break;
        dtl_tree_pop(b);
    }
    dtl_tree_pop_at(b, t->end);
    return DTL_DONE;
}

static dtl_then end_applet(dtl_html_builder *b, dtl_html_token *t)
{
    if (!dtl_tree_in_scope(b, t->name, DTL_CLASS_SCOPE))
        return DTL_DONE;
    end_block(b, t);
    dtl_formatting_clear_to_marker(b);
    return DTL_DONE;
}

/* Acts as a start tag without attributes. */
static dtl_then end_br(dtl_html_builder *b, dtl_html_token *t)
{
    (void)t;
    dtl_formatting_reconstruct(b);
    dtl_tree_insert_implied(b, DTL_N_BR);
    dtl_tree_pop(b);
    b->frameset_ok = false;
    return DTL_DONE;
}

static dtl_then end_other(dtl_html_builder *b, dtl_html_token *t)
{
    dtl_tree_any_other_end_tag(b, t, t->end);
    return DTL_DONE;
}

static dtl_then end_template(dtl_html_builder *b, dtl_html_token *t)
{
    dtl_tree_close_template(b, t->end);
    return DTL_DONE;
}

static dtl_then end_li(dtl_html_builder *b, dtl_html_token *t)
{
    return end_item(b, t, DTL_CLASS_LIST_SCOPE);
}

static dtl_then end_dd(dtl_html_builder *b, dtl_html_token *t)
{
    return end_item(b, t, DTL_CLASS_SCOPE);
}

static dtl_then end_format(dtl_html_builder *b, dtl_html_token *t)
{
    if (!dtl_tree_adoption_agency(b, t))
        dtl_tree_any_other_end_tag(b, t, t->end);
    return DTL_DONE;
}

/* ---- The list of end tags -------------------------------------------- */

static dtl_mode_rules *const end_rules[DTL_END_COUNT] = {
    [DTL_END_OTHER] = end_other,   [DTL_END_TEMPLATE] = end_template,
    [DTL_END_BODY] = end_body,     [DTL_END_HTML] = end_body,
    [DTL_END_BLOCK] = end_block,   [DTL_END_FORM] = end_form,
    [DTL_END_P] = end_p,           [DTL_END_LI] = end_li,
    [DTL_END_DD] = end_dd,         [DTL_END_HEADING] = end_heading,
    [DTL_END_FORMAT] = end_format, [DTL_END_APPLET] = end_applet,
    [DTL_END_BR] = end_br,
};

dtl_then dtl_mode_in_body_end(dtl_html_builder *b, dtl_html_token *t)
{
    return end_rules[dtl_rule_of(t->name)->end](b, t);
}
