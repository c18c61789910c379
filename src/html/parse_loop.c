/* The loop over a page's tokens, for each instruction set: the tokenizer in
 * line, the rules by call. */
#include "html/tokenizer_lanes.h"
#include "html/tree.h"

/* "In body", where most tokens go, and the kinds that are most of them. */
DTL_INLINE dtl_then in_body(dtl_html_builder *b, dtl_html_token *t)
{
    if (t->type == DTL_TOKEN_TEXT)
        return dtl_mode_in_body_text(b, t);
    if (t->type == DTL_TOKEN_START_TAG)
        return dtl_mode_in_body_start(b, t);
    if (t->type == DTL_TOKEN_END_TAG)
        return dtl_mode_in_body_end(b, t);
    return dtl_mode_in_body(b, t);
}

/* The tree construction dispatcher, until the token is spent; foreign says
 * whether the adjusted current node is so. */
static void dispatch(dtl_html_builder *b, dtl_html_token *t, bool foreign)
{
    dtl_then then;

    for (;;) {
        if (foreign && dtl_foreign_takes(b, t))
            then = dtl_foreign_content(b, t);
        else if (b->mode == DTL_MODE_IN_BODY)
            then = in_body(b, t);
        else
            then = dtl_modes[b->mode](b, t);
        if (then != DTL_REPROCESS || b->status != DTL_OK)
            return;
        foreign = dtl_tree_in_foreign(b);
    }
}

/* True when the token, a line feed right after <pre>, is spent by that. */
static bool skip_line_feed(dtl_html_builder *b, dtl_html_token *t)
{
    b->skip_lf = false;
    if (t->type != DTL_TOKEN_TEXT)
        return false;
    t->start += dtl_tree_line_feed(b, t);
    return t->start == t->end;
}

dtl_status DTL_LANES_NAME(dtl_html_loop)(dtl_html_builder *b)
{
    dtl_html_token t = {0};
    dtl_status st;

    do {
        bool foreign = dtl_tree_in_foreign(b);

        b->tokenizer.cdata_allowed = foreign;
        st = next_token(&b->tokenizer, &t);
        if (st == DTL_OK)
            st = dtl_tree_reserve(b, &t);
        if (st != DTL_OK)
            return st;
        if (b->skip_lf && skip_line_feed(b, &t))
            continue;
        b->pos = t.start;
        b->attrs_kept = false;
        dispatch(b, &t, foreign);
        if (t.type == DTL_TOKEN_START_TAG && !b->attrs_kept)
            b->doc->attr_count = t.attr_first;
    } while (t.type != DTL_TOKEN_EOF && b->status == DTL_OK && !b->again);
    return b->status;
}
