/* The loop over a page's tokens, for each instruction set: the tokenizer in
 * line, the rules by call.
 *
 * Most tokens are text and tags. As long as they are, the loop is a short one:
 * where the next token begins stays in a register, and each kind of token has
 * a way of its own. All else goes the long way. */
#include "html/tokenizer_lanes.h"
#include "html/tree.h"

/* The tree construction dispatcher, until the token is spent; foreign says
 * whether the adjusted current node is so. */
static void dispatch(dtl_html_builder *b, dtl_html_token *t, bool foreign)
{
    dtl_then then;

    for (;;) {
        if (foreign && dtl_foreign_takes(b, t))
            then = dtl_foreign_content(b, t);
        else
            then = dtl_modes[b->mode](b, t);
        if (then != DTL_REPROCESS || b->status != DTL_OK)
            return;
        foreign = dtl_tree_in_foreign(b);
    }
}

/* True when the token, a line feed right after <pre>, is spent by that. */
static bool skip_line_feed(const dtl_html_builder *b, dtl_html_token *t)
{
    if (t->type != DTL_TOKEN_TEXT || t->start != b->no_lf_at)
        return false;
    t->start += dtl_tree_line_feed(b, t);
    return t->start == t->end;
}

/* Any token, the long way. */
static __attribute__((noinline)) dtl_status any_token(dtl_html_builder *b,
                                                      dtl_html_token *t)
{
    bool foreign = dtl_tree_in_foreign(b);
    dtl_status st;

    b->tokenizer.cdata_allowed = foreign;
    st = next_token(&b->tokenizer, t);
    if (st == DTL_OK)
        st = dtl_tree_reserve(b, t);
    if (st != DTL_OK)
        return st;
    if (skip_line_feed(b, t))
        return DTL_OK;
    b->pos = t->start;
    dispatch(b, t, foreign);
    return b->status;
}

/* Whether the next token can go the short way, if it is text or a tag. */
DTL_INLINE bool is_plain(const dtl_html_builder *b)
{
    return b->tokenizer.state == DTL_STATE_DATA && b->status == DTL_OK &&
           dtl_tree_has_room(b);
}

/* The token to its rules: in_body, where the mode is so. */
DTL_INLINE void to_rules(dtl_html_builder *b, dtl_html_token *t,
                         dtl_mode_rules *in_body)
{
    bool foreign = dtl_tree_in_foreign(b);

    b->pos = t->start;
    if (b->mode != DTL_MODE_IN_BODY || foreign)
        dispatch(b, t, foreign);
    else if (DTL_UNLIKELY(in_body(b, t) == DTL_REPROCESS) &&
             b->status == DTL_OK)
        dispatch(b, t, dtl_tree_in_foreign(b));
}

/* Whether a tag that next follows is neither broken off nor the text's last,
 * and of a name that there is room for. */
DTL_INLINE bool is_inside(dtl_html_builder *b, const dtl_html_token *t,
                          const char *next, extent x)
{
    if (DTL_UNLIKELY(!next))
        b->status = (dtl_status)b->tokenizer.failed;
    return next && next != x.end && t->name < b->open_cap;
}

/* Text and tags, up to what is none of it, or near the text's end. */
static void plain_tokens(dtl_html_builder *b, dtl_html_token *t)
{
    const extent x = extent_of(b->doc);
    const char *p = x.base + b->tokenizer.at, *next;

    while (is_plain(b) && x.end - p > 2) {
        if (*p != '<') {
            next = text(t, x, p);
            if (DTL_LIKELY(t->start != b->no_lf_at) || !skip_line_feed(b, t))
                to_rules(b, t, dtl_mode_in_body_text);
        } else if (is_kind(p[1], KIND_ALPHA)) {
            next = start_tag(&b->tokenizer, t, x, p);
            if (DTL_UNLIKELY(!is_inside(b, t, next, x)))
                break;
            to_rules(b, t, dtl_mode_in_body_start);
        } else if (p[1] == '/' && is_kind(p[2], KIND_ALPHA)) {
            next = end_tag(&b->tokenizer, t, x, p);
            if (DTL_UNLIKELY(!is_inside(b, t, next, x)))
                break;
            to_rules(b, t, dtl_mode_in_body_end);
        } else {
            break;
        }
        p = next;
        b->tokenizer.at = offset_in(x, p);
    }
}

dtl_status DTL_LANES_NAME(dtl_html_loop)(dtl_html_builder *b)
{
    dtl_html_token t = {0};
    dtl_status st;

    do {
        plain_tokens(b, &t);
        st = b->status;
        if (st == DTL_OK)
            st = any_token(b, &t);
    } while (st == DTL_OK && t.type != DTL_TOKEN_EOF);
    return st;
}
