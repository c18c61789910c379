/* The "in row" insertion mode (HTML standard, section 13.2.6.4.14). */
#include "html/tree.h"

/* "Clear the stack back to a table row context." */
static void clear_to_row(dtl_html_builder *b)
{
    while (!dtl_tree_current_is(b, DTL_N_TR) &&
           !dtl_tree_current_is(b, DTL_N_TEMPLATE) && b->top > 1)
        dtl_tree_pop(b);
}

/* False when no row is in table scope. */
static bool close_row(dtl_html_builder *b, uint32_t end)
{
    if (!dtl_tree_in_scope(b, DTL_N_TR, DTL_CLASS_TABLE_SCOPE))
        return false;
    clear_to_row(b);
    dtl_tree_pop_at(b, end);
    b->mode = DTL_MODE_IN_TABLE_BODY;
    return true;
}

static dtl_then leave_row(dtl_html_builder *b)
{
    return close_row(b, b->pos) ? DTL_REPROCESS : DTL_DONE;
}

static dtl_then start_tag(dtl_html_builder *b, dtl_html_token *t)
{
    switch (t->name) {
    case DTL_N_TH:
    case DTL_N_TD:
        clear_to_row(b);
        dtl_tree_insert(b, t);
        b->mode = DTL_MODE_IN_CELL;
        dtl_formatting_push_marker(b);
        return DTL_DONE;
    case DTL_N_CAPTION:
    case DTL_N_COL:
    case DTL_N_COLGROUP:
    case DTL_N_TBODY:
    case DTL_N_TFOOT:
    case DTL_N_THEAD:
    case DTL_N_TR:
        return leave_row(b);
    default:
        return dtl_mode_in_table(b, t);
    }
}

static dtl_then end_tag(dtl_html_builder *b, dtl_html_token *t)
{
    switch (t->name) {
    case DTL_N_TR:
        close_row(b, t->end);
        return DTL_DONE;
    case DTL_N_TABLE:
        return leave_row(b);
    case DTL_N_TBODY:
    case DTL_N_TFOOT:
    case DTL_N_THEAD:
        if (!dtl_tree_in_scope(b, t->name, DTL_CLASS_TABLE_SCOPE))
            return DTL_DONE;
        return leave_row(b);
    case DTL_N_BODY:
    case DTL_N_CAPTION:
    case DTL_N_COL:
    case DTL_N_COLGROUP:
    case DTL_N_HTML:
    case DTL_N_TD:
    case DTL_N_TH:
        return DTL_DONE;
    default:
        return dtl_mode_in_table(b, t);
    }
}

dtl_then dtl_mode_in_row(dtl_html_builder *b, dtl_html_token *t)
{
    if (t->type == DTL_TOKEN_START_TAG)
        return start_tag(b, t);
    if (t->type == DTL_TOKEN_END_TAG)
        return end_tag(b, t);
    return dtl_mode_in_table(b, t);
}
