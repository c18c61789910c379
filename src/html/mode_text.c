/* The "text" insertion mode (HTML standard, section 13.2.6.4.8): inside
 * script, style, title, textarea and their like. Scripts are not run. */
#include "html/tree.h"

dtl_then dtl_mode_text(dtl_html_builder *b, dtl_html_token *t)
{
    switch (t->type) {
    case DTL_TOKEN_TEXT:
        dtl_tree_insert_text(b, t->start, t->end, t->text_flags);
        return DTL_DONE;
    case DTL_TOKEN_END_TAG:
        dtl_tree_pop_at(b, t->end);
        b->mode = b->original_mode;
        return DTL_DONE;
    default:
        dtl_tree_pop(b);
        b->mode = b->original_mode;
        return DTL_REPROCESS;
    }
}
