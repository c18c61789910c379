/* The "in cell" insertion mode (HTML standard, section 13.2.6.4.15). */
#include "html/tree.h"

static void leave_cell(dtl_html_builder *b, dtl_name name, uint32_t end)
{
    dtl_tree_pop_through(b, name, end);
    dtl_formatting_clear_to_marker(b);
    b->mode = DTL_MODE_IN_ROW;
}

/* "Close the cell"; false when there is none in table scope. */
static bool close_cell(dtl_html_builder *b)
{
    static const dtl_name names[] = {DTL_N_TD, DTL_N_TH};

    for (int i = 0; i < 2; i++) {
        if (dtl_tree_in_scope(b, names[i], DTL_CLASS_TABLE_SCOPE)) {
            dtl_tree_implied_end_tags(b, DTL_N_NONE);
            leave_cell(b, names[i], b->pos);
            return true;
        }
    }
    return false;
}

static dtl_then end_tag(dtl_html_builder *b, dtl_html_token *t)
{
    switch (t->name) {
    case DTL_N_TD:
    case DTL_N_TH:
        if (!dtl_tree_in_scope(b, t->name, DTL_CLASS_TABLE_SCOPE))
            return DTL_DONE;
        dtl_tree_implied_end_tags(b, DTL_N_NONE);
        leave_cell(b, t->name, t->end);
        return DTL_DONE;
    case DTL_N_BODY:
    case DTL_N_CAPTION:
    case DTL_N_COL:
    case DTL_N_COLGROUP:
    case DTL_N_HTML:
        return DTL_DONE;
    case DTL_N_TABLE:
    case DTL_N_TBODY:
    case DTL_N_TFOOT:
    case DTL_N_THEAD:
    case DTL_N_TR:
        if (!dtl_tree_in_scope(b, t->name, DTL_CLASS_TABLE_SCOPE))
            return DTL_DONE;
        return close_cell(b) ? DTL_REPROCESS : DTL_DONE;
    default:
        return dtl_mode_in_body(b, t);
    }
}

dtl_then dtl_mode_in_cell(dtl_html_builder *b, dtl_html_token *t)
{
    if (t->type == DTL_TOKEN_END_TAG)
        return end_tag(b, t);
    if (t->type == DTL_TOKEN_START_TAG) {
        switch (t->name) {
        case DTL_N_CAPTION:
        case DTL_N_COL:
        case DTL_N_COLGROUP:
        case DTL_N_TBODY:
        case DTL_N_TD:
        case DTL_N_TFOOT:
        case DTL_N_TH:
        case DTL_N_THEAD:
        case DTL_N_TR:
            return close_cell(b) ? DTL_REPROCESS : DTL_DONE;
        default:
            break;
        }
    }
    return dtl_mode_in_body(b, t);
}
