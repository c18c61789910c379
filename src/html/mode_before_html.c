/* The "before html" and "before head" insertion modes (HTML standard,
 * sections 13.2.6.4.2 and 13.2.6.4.3). */
#include "html/tree.h"

/* End tags that act as if anything else had come; the others are dropped. */
static bool implies_start(dtl_name name)
{
    return name == DTL_N_HEAD || name == DTL_N_BODY || name == DTL_N_HTML ||
           name == DTL_N_BR;
}

dtl_then dtl_mode_before_html(dtl_html_builder *b, dtl_html_token *t)
{
    switch (t->type) {
    case DTL_TOKEN_DOCTYPE:
        return DTL_DONE;
    case DTL_TOKEN_COMMENT:
    case DTL_TOKEN_PI:
        dtl_tree_append_comment(b, t, 0);
        return DTL_DONE;
    case DTL_TOKEN_TEXT:
        if (dtl_tree_take_space(b, t, false))
            return DTL_DONE;
        break;
    case DTL_TOKEN_START_TAG:
        if (t->name != DTL_N_HTML)
            break;
        dtl_tree_insert_root(b, t);
        b->mode = DTL_MODE_BEFORE_HEAD;
        return DTL_DONE;
    case DTL_TOKEN_END_TAG:
        if (!implies_start(t->name))
            return DTL_DONE;
        break;
    default:
        break;
    }
    dtl_tree_insert_root(b, NULL);
    b->mode = DTL_MODE_BEFORE_HEAD;
    return DTL_REPROCESS;
}

dtl_then dtl_mode_before_head(dtl_html_builder *b, dtl_html_token *t)
{
    switch (t->type) {
    case DTL_TOKEN_DOCTYPE:
        return DTL_DONE;
    case DTL_TOKEN_COMMENT:
    case DTL_TOKEN_PI:
        dtl_tree_insert_comment(b, t);
        return DTL_DONE;
    case DTL_TOKEN_TEXT:
        if (dtl_tree_take_space(b, t, false))
            return DTL_DONE;
        break;
    case DTL_TOKEN_START_TAG:
        if (t->name == DTL_N_HTML)
            return dtl_mode_in_body(b, t);
        if (t->name != DTL_N_HEAD)
            break;
        b->head = dtl_tree_insert(b, t);
        b->mode = DTL_MODE_IN_HEAD;
        return DTL_DONE;
    case DTL_TOKEN_END_TAG:
        if (!implies_start(t->name))
            return DTL_DONE;
        break;
    default:
        break;
    }
    b->head = dtl_tree_insert_implied(b, DTL_N_HEAD);
    b->mode = DTL_MODE_IN_HEAD;
    return DTL_REPROCESS;
}
