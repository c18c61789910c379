/* The "in template" insertion mode (HTML standard, section 13.2.6.4.18), and
 * the start and end of templates ("in head", 13.2.6.4.4). */
#include "html/tree.h"

static void push_mode(dtl_html_builder *b, dtl_mode mode)
{
    dtl_status st =
        dtl_grow((void **)&b->templates, &b->templates_cap,
                 (size_t)b->template_count + 1, sizeof *b->templates);

    if (st != DTL_OK) {
        b->status = st;
        return;
    }
    b->templates[b->template_count++] = (uint8_t)mode;
}

void dtl_tree_push_template_mode(dtl_html_builder *b)
{
    push_mode(b, DTL_MODE_IN_TEMPLATE);
}

void dtl_tree_open_template(dtl_html_builder *b, const dtl_html_token *t)
{
    dtl_formatting_push_marker(b);
    b->frameset_ok = false;
    b->mode = DTL_MODE_IN_TEMPLATE;
    dtl_tree_push_template_mode(b);
    dtl_tree_insert(b, t);
}

/* Pops the template and what it brought with it; end as for
 * dtl_tree_pop_through. */
static void leave_template(dtl_html_builder *b, uint32_t end)
{
    dtl_tree_pop_through(b, DTL_N_TEMPLATE, end);
    dtl_formatting_clear_to_marker(b);
    if (b->template_count)
        b->template_count--;
    dtl_tree_reset_mode(b);
}

void dtl_tree_close_template(dtl_html_builder *b, uint32_t end)
{
    if (!dtl_tree_open(b, DTL_N_TEMPLATE))
        return;
    dtl_tree_implied_end_tags_thoroughly(b);
    leave_template(b, end);
}

static dtl_then switch_mode(dtl_html_builder *b, dtl_mode mode)
{
    if (b->template_count)
        b->template_count--;
    push_mode(b, mode);
    b->mode = (uint8_t)mode;
    return DTL_REPROCESS;
}

static dtl_then start_tag(dtl_html_builder *b, dtl_html_token *t)
{
    switch (t->name) {
    case DTL_N_BASE:
    case DTL_N_BASEFONT:
    case DTL_N_BGSOUND:
    case DTL_N_LINK:
    case DTL_N_META:
    case DTL_N_NOFRAMES:
    case DTL_N_SCRIPT:
    case DTL_N_STYLE:
    case DTL_N_TEMPLATE:
    case DTL_N_TITLE:
        return dtl_mode_in_head(b, t);
    case DTL_N_CAPTION:
    case DTL_N_COLGROUP:
    case DTL_N_TBODY:
    case DTL_N_TFOOT:
    case DTL_N_THEAD:
        return switch_mode(b, DTL_MODE_IN_TABLE);
    case DTL_N_COL:
        return switch_mode(b, DTL_MODE_IN_COLUMN_GROUP);
    case DTL_N_TR:
        return switch_mode(b, DTL_MODE_IN_TABLE_BODY);
    case DTL_N_TD:
    case DTL_N_TH:
        return switch_mode(b, DTL_MODE_IN_ROW);
    default:
        return switch_mode(b, DTL_MODE_IN_BODY);
    }
}

dtl_then dtl_mode_in_template(dtl_html_builder *b, dtl_html_token *t)
{
    switch (t->type) {
    case DTL_TOKEN_START_TAG:
        return start_tag(b, t);
    case DTL_TOKEN_END_TAG:
        if (t->name == DTL_N_TEMPLATE)
            dtl_tree_close_template(b, t->end);
        return DTL_DONE;
    case DTL_TOKEN_EOF:
        if (!dtl_tree_open(b, DTL_N_TEMPLATE))
            return DTL_DONE;
        leave_template(b, b->pos);
        return DTL_REPROCESS;
    default:
        return dtl_mode_in_body(b, t);
    }
}
