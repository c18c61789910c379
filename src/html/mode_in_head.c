/* The "in head", "in head noscript" and "after head" insertion modes (HTML
 * standard, sections 13.2.6.4.4 to 13.2.6.4.6). */
#include "html/tree.h"
#include "base/str.h"

/* A start tag for the head; false when it is none. */
static bool head_start_tag(dtl_html_builder *b, dtl_html_token *t)
{
    switch (t->name) {
    case DTL_N_BASE:
    case DTL_N_BASEFONT:
    case DTL_N_BGSOUND:
    case DTL_N_LINK:
        dtl_tree_insert_void(b, t);
        return true;
    case DTL_N_META:
        dtl_tree_insert_void(b, t);
        dtl_tree_meta(b, t);
        return true;
    case DTL_N_TITLE:
        dtl_tree_raw_text(b, t, DTL_STATE_RCDATA);
        return true;
    case DTL_N_NOFRAMES:
    case DTL_N_STYLE:
        dtl_tree_raw_text(b, t, DTL_STATE_RAWTEXT);
        return true;
    case DTL_N_NOSCRIPT:
        if (b->scripting) {
            dtl_tree_raw_text(b, t, DTL_STATE_RAWTEXT);
            return true;
        }
        dtl_tree_insert(b, t);
        b->mode = DTL_MODE_IN_HEAD_NOSCRIPT;
        return true;
    case DTL_N_SCRIPT:
        dtl_tree_raw_text(b, t, DTL_STATE_SCRIPT_DATA);
        return true;
    case DTL_N_TEMPLATE:
        dtl_tree_open_template(b, t);
        return true;
    default:
        return false;
    }
}

dtl_then dtl_mode_in_head(dtl_html_builder *b, dtl_html_token *t)
{
    switch (t->type) {
    case DTL_TOKEN_DOCTYPE:
        return DTL_DONE;
    case DTL_TOKEN_COMMENT:
    case DTL_TOKEN_PI:
        dtl_tree_insert_comment(b, t);
        return DTL_DONE;
    case DTL_TOKEN_TEXT:
        if (dtl_tree_take_space(b, t, true))
            return DTL_DONE;
        break;
    case DTL_TOKEN_START_TAG:
        if (t->name == DTL_N_HTML)
            return dtl_mode_in_body(b, t);
        if (t->name == DTL_N_HEAD || head_start_tag(b, t))
            return DTL_DONE;
        break;
    case DTL_TOKEN_END_TAG:
        if (t->name == DTL_N_HEAD) {
            dtl_tree_pop_at(b, t->end);
            b->mode = DTL_MODE_AFTER_HEAD;
            return DTL_DONE;
        }
        if (t->name == DTL_N_TEMPLATE) {
            dtl_tree_close_template(b, t->end);
            return DTL_DONE;
        }
        if (t->name != DTL_N_BODY && t->name != DTL_N_HTML &&
            t->name != DTL_N_BR)
            return DTL_DONE;
        break;
    default:
        break;
    }
    dtl_tree_pop(b);
    b->mode = DTL_MODE_AFTER_HEAD;
    return DTL_REPROCESS;
}

dtl_then dtl_mode_in_head_noscript(dtl_html_builder *b, dtl_html_token *t)
{
    switch (t->type) {
    case DTL_TOKEN_DOCTYPE:
        return DTL_DONE;
    case DTL_TOKEN_COMMENT:
    case DTL_TOKEN_PI:
        return dtl_mode_in_head(b, t);
    case DTL_TOKEN_TEXT:
        if (dtl_tree_take_space(b, t, true))
            return DTL_DONE;
        break;
    case DTL_TOKEN_START_TAG:
        switch (t->name) {
        case DTL_N_HTML:
            return dtl_mode_in_body(b, t);
        case DTL_N_BASEFONT:
        case DTL_N_BGSOUND:
        case DTL_N_LINK:
        case DTL_N_META:
        case DTL_N_NOFRAMES:
        case DTL_N_STYLE:
            return dtl_mode_in_head(b, t);
        case DTL_N_HEAD:
        case DTL_N_NOSCRIPT:
            return DTL_DONE;
        default:
            break;
        }
        break;
    case DTL_TOKEN_END_TAG:
        if (t->name == DTL_N_NOSCRIPT) {
            dtl_tree_pop_at(b, t->end);
            b->mode = DTL_MODE_IN_HEAD;
            return DTL_DONE;
        }
        if (t->name != DTL_N_BR)
            return DTL_DONE;
        break;
    default:
        break;
    }
    dtl_tree_pop(b);
    b->mode = DTL_MODE_IN_HEAD;
    return DTL_REPROCESS;
}

/* The head is opened again for an element that belongs there; what already
 * stands behind it comes later in the tree. */
static void back_in_head(dtl_html_builder *b, dtl_html_token *t)
{
    dtl_html_node *head = &b->doc->nodes[b->head];
    uint32_t end = head->end, index;

    if (head->subtree_end < b->doc->node_count && !dtl_tree_leave_order(b))
        return;
    dtl_tree_push(b, b->head, DTL_N_HEAD, dtl_rule_of(DTL_N_HEAD)->bits);
    index = b->top;
    dtl_mode_in_head(b, t);
    dtl_tree_remove(b, index, end);
}

static bool belongs_in_head(dtl_name name)
{
    switch (name) {
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
        return true;
    default:
        return false;
    }
}

/* True when the start tag is dealt with. */
static bool after_head_start_tag(dtl_html_builder *b, dtl_html_token *t)
{
    switch (t->name) {
    case DTL_N_BODY:
        dtl_tree_insert(b, t);
        b->frameset_ok = false;
        b->mode = DTL_MODE_IN_BODY;
        return true;
    case DTL_N_FRAMESET:
        dtl_tree_insert(b, t);
        b->mode = DTL_MODE_IN_FRAMESET;
        return true;
    case DTL_N_HEAD:
        return true;
    default:
        if (!belongs_in_head(t->name))
            return false;
        back_in_head(b, t);
        return true;
    }
}

dtl_then dtl_mode_after_head(dtl_html_builder *b, dtl_html_token *t)
{
    switch (t->type) {
    case DTL_TOKEN_DOCTYPE:
        return DTL_DONE;
    case DTL_TOKEN_COMMENT:
    case DTL_TOKEN_PI:
        dtl_tree_insert_comment(b, t);
        return DTL_DONE;
    case DTL_TOKEN_TEXT:
        if (dtl_tree_take_space(b, t, true))
            return DTL_DONE;
        break;
    case DTL_TOKEN_START_TAG:
        if (t->name == DTL_N_HTML)
            return dtl_mode_in_body(b, t);
        if (after_head_start_tag(b, t))
            return DTL_DONE;
        break;
    case DTL_TOKEN_END_TAG:
        if (t->name == DTL_N_TEMPLATE)
            return dtl_mode_in_head(b, t);
        if (t->name != DTL_N_BODY && t->name != DTL_N_HTML &&
            t->name != DTL_N_BR)
            return DTL_DONE;
        break;
    default:
        break;
    }
    dtl_tree_insert_implied(b, DTL_N_BODY);
    b->mode = DTL_MODE_IN_BODY;
    return DTL_REPROCESS;
}
