/* The "in frameset", "after frameset" and "after after frameset" insertion
 * modes (HTML standard, sections 13.2.6.4.20, .21 and .23). */
#include "html/tree.h"

/* Keeps the white space of a run, drops all else. */
static void keep_space(dtl_html_builder *b, const dtl_html_token *t)
{
    uint32_t at = t->start;

    while (at < t->end) {
        uint32_t len;

        at += dtl_tree_nonspace_prefix(b, at, t->end, t->text_flags);
        len = dtl_tree_space_prefix(b, at, t->end, t->text_flags);
        if (len && dtl_tree_reserve(b, t) == DTL_OK)
            dtl_tree_insert_text(b, at, at + len, t->text_flags);
        at += len;
    }
}

static void end_frameset(dtl_html_builder *b, const dtl_html_token *t)
{
    if (b->top <= 1)
        return;
    dtl_tree_pop_at(b, t->end);
    if (!b->fragment && !dtl_tree_current_is(b, DTL_N_FRAMESET))
        b->mode = DTL_MODE_AFTER_FRAMESET;
}

dtl_then dtl_mode_in_frameset(dtl_html_builder *b, dtl_html_token *t)
{
    switch ((dtl_token_type)t->type) {
    case DTL_TOKEN_TEXT:
        keep_space(b, t);
        break;
    case DTL_TOKEN_COMMENT:
    case DTL_TOKEN_PI:
        dtl_tree_insert_comment(b, t);
        break;
    case DTL_TOKEN_START_TAG:
        if (t->name == DTL_N_HTML)
            return dtl_mode_in_body(b, t);
        if (t->name == DTL_N_NOFRAMES)
            return dtl_mode_in_head(b, t);
        if (t->name == DTL_N_FRAMESET)
            dtl_tree_insert(b, t);
        else if (t->name == DTL_N_FRAME)
            dtl_tree_insert_void(b, t);
        break;
    case DTL_TOKEN_END_TAG:
        if (t->name == DTL_N_FRAMESET)
            end_frameset(b, t);
        break;
    case DTL_TOKEN_DOCTYPE:
    case DTL_TOKEN_EOF:
        break;
    }
    return DTL_DONE;
}

dtl_then dtl_mode_after_frameset(dtl_html_builder *b, dtl_html_token *t)
{
    switch ((dtl_token_type)t->type) {
    case DTL_TOKEN_TEXT:
        keep_space(b, t);
        break;
    case DTL_TOKEN_COMMENT:
    case DTL_TOKEN_PI:
        dtl_tree_insert_comment(b, t);
        break;
    case DTL_TOKEN_START_TAG:
        if (t->name == DTL_N_HTML)
            return dtl_mode_in_body(b, t);
        if (t->name == DTL_N_NOFRAMES)
            return dtl_mode_in_head(b, t);
        break;
    case DTL_TOKEN_END_TAG:
        if (t->name == DTL_N_HTML)
            b->mode = DTL_MODE_AFTER_AFTER_FRAMESET;
        break;
    case DTL_TOKEN_DOCTYPE:
    case DTL_TOKEN_EOF:
        break;
    }
    return DTL_DONE;
}

dtl_then dtl_mode_after_after_frameset(dtl_html_builder *b, dtl_html_token *t)
{
    switch ((dtl_token_type)t->type) {
    case DTL_TOKEN_TEXT:
        keep_space(b, t);
        break;
    case DTL_TOKEN_COMMENT:
    case DTL_TOKEN_PI:
        dtl_tree_append_comment(b, t, 0);
        break;
    case DTL_TOKEN_START_TAG:
        if (t->name == DTL_N_HTML)
            return dtl_mode_in_body(b, t);
        if (t->name == DTL_N_NOFRAMES)
            return dtl_mode_in_head(b, t);
        break;
    case DTL_TOKEN_END_TAG:
    case DTL_TOKEN_DOCTYPE:
    case DTL_TOKEN_EOF:
        break;
    }
    return DTL_DONE;
}
