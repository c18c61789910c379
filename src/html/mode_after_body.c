/* The "after body" and "after after body" insertion modes (HTML standard,
 * sections 13.2.6.4.19 and 13.2.6.4.22). */
#include "html/tree.h"

/* White space goes into the body; anything else opens it again. */
static dtl_then text(dtl_html_builder *b, dtl_html_token *t)
{
    dtl_html_token space = *t;

    t->start += dtl_tree_space_prefix(b, t->start, t->end, t->text_flags);
    space.end = t->start;
    if (space.start < space.end)
        dtl_mode_in_body(b, &space);
    if (t->start == t->end)
        return DTL_DONE;
    b->mode = DTL_MODE_IN_BODY;
    return DTL_REPROCESS;
}

static dtl_then open_again(dtl_html_builder *b)
{
    b->mode = DTL_MODE_IN_BODY;
    return DTL_REPROCESS;
}

static void end_html(dtl_html_builder *b, const dtl_html_token *t)
{
    if (b->fragment)
        return;
    dtl_tree_end_range(b, b->stack[1].node, t->end);
    b->mode = DTL_MODE_AFTER_AFTER_BODY;
}

dtl_then dtl_mode_after_body(dtl_html_builder *b, dtl_html_token *t)
{
    switch ((dtl_token_type)t->type) {
    case DTL_TOKEN_TEXT:
        return text(b, t);
    case DTL_TOKEN_COMMENT:
    case DTL_TOKEN_PI:
        dtl_tree_append_comment(b, t, b->stack[1].node);
        return DTL_DONE;
    case DTL_TOKEN_DOCTYPE:
    case DTL_TOKEN_EOF:
        return DTL_DONE;
    case DTL_TOKEN_START_TAG:
        if (t->name == DTL_N_HTML)
            return dtl_mode_in_body(b, t);
        break;
    case DTL_TOKEN_END_TAG:
        if (t->name != DTL_N_HTML)
            break;
        end_html(b, t);
        return DTL_DONE;
    }
    return open_again(b);
}

dtl_then dtl_mode_after_after_body(dtl_html_builder *b, dtl_html_token *t)
{
    switch ((dtl_token_type)t->type) {
    case DTL_TOKEN_TEXT:
        return text(b, t);
    case DTL_TOKEN_COMMENT:
    case DTL_TOKEN_PI:
        dtl_tree_append_comment(b, t, 0);
        return DTL_DONE;
    case DTL_TOKEN_DOCTYPE:
    case DTL_TOKEN_EOF:
        return DTL_DONE;
    case DTL_TOKEN_START_TAG:
        if (t->name == DTL_N_HTML)
            return dtl_mode_in_body(b, t);
        break;
    case DTL_TOKEN_END_TAG:
        break;
    }
    return open_again(b);
}
