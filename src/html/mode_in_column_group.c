/* The "in column group" insertion mode (HTML standard, section
 * 13.2.6.4.12). */
#include "html/tree.h"

/* Without a column group, as in a template, what is no white space is dropped
 * character by character; true when nothing is left. */
static bool take_text(dtl_html_builder *b, dtl_html_token *t)
{
    while (!dtl_tree_take_space(b, t, true)) {
        if (dtl_tree_current_is(b, DTL_N_COLGROUP))
            return false;
        t->start +=
            dtl_tree_nonspace_prefix(b, t->start, t->end, t->text_flags);
        b->status = dtl_tree_reserve(b, t);
        if (b->status != DTL_OK)
            return true;
    }
    return true;
}

dtl_then dtl_mode_in_column_group(dtl_html_builder *b, dtl_html_token *t)
{
    switch (t->type) {
    case DTL_TOKEN_TEXT:
        if (take_text(b, t))
            return DTL_DONE;
        break;
    case DTL_TOKEN_COMMENT:
    case DTL_TOKEN_PI:
        dtl_tree_insert_comment(b, t);
        return DTL_DONE;
    case DTL_TOKEN_DOCTYPE:
        return DTL_DONE;
    case DTL_TOKEN_START_TAG:
        if (t->name == DTL_N_HTML)
            return dtl_mode_in_body(b, t);
        if (t->name == DTL_N_TEMPLATE)
            return dtl_mode_in_head(b, t);
        if (t->name != DTL_N_COL)
            break;
        dtl_tree_insert_void(b, t);
        return DTL_DONE;
    case DTL_TOKEN_END_TAG:
        if (t->name == DTL_N_TEMPLATE)
            return dtl_mode_in_head(b, t);
        if (t->name == DTL_N_COL)
            return DTL_DONE;
        if (t->name != DTL_N_COLGROUP)
            break;
        if (dtl_tree_current_is(b, DTL_N_COLGROUP)) {
            dtl_tree_pop_at(b, t->end);
            b->mode = DTL_MODE_IN_TABLE;
        }
        return DTL_DONE;
    default:
        return dtl_mode_in_body(b, t);
    }
    if (!dtl_tree_current_is(b, DTL_N_COLGROUP))
        return DTL_DONE;
    dtl_tree_pop(b);
    b->mode = DTL_MODE_IN_TABLE;
    return DTL_REPROCESS;
}
