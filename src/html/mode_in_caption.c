/* The "in caption" insertion mode (HTML standard, section 13.2.6.4.11). */
#include "html/tree.h"

/* False when no caption is in table scope. */
static bool close_caption(dtl_html_builder *b, uint32_t end)
{
    if (!dtl_tree_in_scope(b, DTL_N_CAPTION, DTL_CLASS_TABLE_SCOPE))
        return false;
    dtl_tree_implied_end_tags(b, DTL_N_NONE);
    dtl_tree_pop_through(b, DTL_N_CAPTION, end);
    dtl_formatting_clear_to_marker(b);
    b->mode = DTL_MODE_IN_TABLE;
    return true;
}

dtl_then dtl_mode_in_caption(dtl_html_builder *b, dtl_html_token *t)
{
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
            return close_caption(b, b->pos) ? DTL_REPROCESS : DTL_DONE;
        default:
            break;
        }
    } else if (t->type == DTL_TOKEN_END_TAG) {
        switch (t->name) {
        case DTL_N_CAPTION:
            close_caption(b, t->end);
            return DTL_DONE;
        case DTL_N_TABLE:
            return close_caption(b, b->pos) ? DTL_REPROCESS : DTL_DONE;
        case DTL_N_BODY:
        case DTL_N_COL:
        case DTL_N_COLGROUP:
        case DTL_N_HTML:
        case DTL_N_TBODY:
        case DTL_N_TD:
        case DTL_N_TFOOT:
        case DTL_N_TH:
        case DTL_N_THEAD:
        case DTL_N_TR:
            return DTL_DONE;
        default:
            break;
        }
    }
    return dtl_mode_in_body(b, t);
}
