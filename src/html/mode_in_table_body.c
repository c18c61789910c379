/* The "in table body" insertion mode (HTML standard, section
 * 13.2.6.4.13). */
#include "html/tree.h"

/* "Clear the stack back to a table body context." */
static void clear_to_body(dtl_html_builder *b)
{
    while (!dtl_tree_current_is(b, DTL_N_TBODY) &&
           !dtl_tree_current_is(b, DTL_N_TFOOT) &&
           !dtl_tree_current_is(b, DTL_N_THEAD) &&
           !dtl_tree_current_is(b, DTL_N_TEMPLATE) && b->top > 1)
        dtl_tree_pop(b);
}

/* The table body ends before a tag that belongs to the table. */
static dtl_then leave_body(dtl_html_builder *b)
{
    if (!dtl_tree_in_scope(b, DTL_N_TBODY, DTL_CLASS_TABLE_SCOPE) &&
        !dtl_tree_in_scope(b, DTL_N_THEAD, DTL_CLASS_TABLE_SCOPE) &&
        !dtl_tree_in_scope(b, DTL_N_TFOOT, DTL_CLASS_TABLE_SCOPE))
        return DTL_DONE;
    clear_to_body(b);
    dtl_tree_pop(b);
    b->mode = DTL_MODE_IN_TABLE;
    return DTL_REPROCESS;
}

static dtl_then start_tag(dtl_html_builder *b, dtl_html_token *t)
{
    switch (t->name) {
    case DTL_N_TR:
        clear_to_body(b);
        dtl_tree_insert(b, t);
        b->mode = DTL_MODE_IN_ROW;
        return DTL_DONE;
    case DTL_N_TH:
    case DTL_N_TD:
        clear_to_body(b);
        dtl_tree_insert_implied(b, DTL_N_TR);
        b->mode = DTL_MODE_IN_ROW;
        return DTL_REPROCESS;
    case DTL_N_CAPTION:
    case DTL_N_COL:
    case DTL_N_COLGROUP:
    case DTL_N_TBODY:
    case DTL_N_TFOOT:
    case DTL_N_THEAD:
        return leave_body(b);
    default:
        return dtl_mode_in_table(b, t);
    }
}

static dtl_then end_tag(dtl_html_builder *b, dtl_html_token *t)
{
    switch (t->name) {
    case DTL_N_TBODY:
    case DTL_N_TFOOT:
    case DTL_N_THEAD:
        if (!dtl_tree_in_scope(b, t->name, DTL_CLASS_TABLE_SCOPE))
            return DTL_DONE;
        clear_to_body(b);
        dtl_tree_pop_at(b, t->end);
        b->mode = DTL_MODE_IN_TABLE;
        return DTL_DONE;
    case DTL_N_TABLE:
        return leave_body(b);
    case DTL_N_BODY:
    case DTL_N_CAPTION:
    case DTL_N_COL:
    case DTL_N_COLGROUP:
    case DTL_N_HTML:
    case DTL_N_TD:
    case DTL_N_TH:
    case DTL_N_TR:
        return DTL_DONE;
    default:
        return dtl_mode_in_table(b, t);
    }
}

dtl_then dtl_mode_in_table_body(dtl_html_builder *b, dtl_html_token *t)
{
    if (t->type == DTL_TOKEN_START_TAG)
        return start_tag(b, t);
    if (t->type == DTL_TOKEN_END_TAG)
        return end_tag(b, t);
    return dtl_mode_in_table(b, t);
}
