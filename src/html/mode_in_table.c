/* The "in table" and "in table text" insertion modes (HTML standard, sections
 * 13.2.6.4.9 and 13.2.6.4.10). */
#include "html/tree.h"
#include "base/str.h"

/* "Anything else": the rules of "in body", with foster parenting. */
static dtl_then anything_else(dtl_html_builder *b, dtl_html_token *t)
{
    dtl_then then;

    b->foster = true;
    then = dtl_mode_in_body(b, t);
    b->foster = false;
    return then;
}

/* "Clear the stack back to a table context." */
static void clear_to_table(dtl_html_builder *b)
{
    dtl_tree_pop_to_bits(b, DTL_CLASS_BIT(DTL_CLASS_TABLE_SCOPE));
}

static dtl_then imply(dtl_html_builder *b, dtl_name name, dtl_mode mode)
{
    clear_to_table(b);
    dtl_tree_insert_implied(b, name);
    b->mode = (uint8_t)mode;
    return DTL_REPROCESS;
}

static dtl_then insert(dtl_html_builder *b, const dtl_html_token *t,
                       dtl_mode mode)
{
    clear_to_table(b);
    dtl_tree_insert(b, t);
    b->mode = (uint8_t)mode;
    return DTL_DONE;
}

/* Closes the table; false when none is in table scope. */
static bool close_table(dtl_html_builder *b, uint32_t end)
{
    if (!dtl_tree_in_scope(b, DTL_N_TABLE, DTL_CLASS_TABLE_SCOPE))
        return false;
    dtl_tree_pop_through(b, DTL_N_TABLE, end);
    dtl_tree_reset_mode(b);
    return true;
}

static void form(dtl_html_builder *b, const dtl_html_token *t)
{
    if (b->form || dtl_tree_open(b, DTL_N_TEMPLATE))
        return;
    b->form = dtl_tree_insert(b, t);
    dtl_tree_pop_at(b, t->end);
}

static dtl_then start_tag(dtl_html_builder *b, dtl_html_token *t)
{
    switch (t->name) {
    case DTL_N_CAPTION:
        clear_to_table(b);
        dtl_formatting_push_marker(b);
        return insert(b, t, DTL_MODE_IN_CAPTION);
    case DTL_N_COLGROUP:
        return insert(b, t, DTL_MODE_IN_COLUMN_GROUP);
    case DTL_N_COL:
        return imply(b, DTL_N_COLGROUP, DTL_MODE_IN_COLUMN_GROUP);
    case DTL_N_TBODY:
    case DTL_N_TFOOT:
    case DTL_N_THEAD:
        return insert(b, t, DTL_MODE_IN_TABLE_BODY);
    case DTL_N_TD:
    case DTL_N_TH:
    case DTL_N_TR:
        return imply(b, DTL_N_TBODY, DTL_MODE_IN_TABLE_BODY);
    case DTL_N_TABLE:
        return close_table(b, b->pos) ? DTL_REPROCESS : DTL_DONE;
    case DTL_N_STYLE:
    case DTL_N_SCRIPT:
    case DTL_N_TEMPLATE:
        return dtl_mode_in_head(b, t);
    case DTL_N_INPUT:
        if (!dtl_tree_attr_is(b, t, DTL_N_TYPE, DTL_STR("hidden")))
            break;
        dtl_tree_insert_void(b, t);
        return DTL_DONE;
    case DTL_N_FORM:
        form(b, t);
        return DTL_DONE;
    default:
        break;
    }
    return anything_else(b, t);
}

static dtl_then end_tag(dtl_html_builder *b, dtl_html_token *t)
{
    switch (t->name) {
    case DTL_N_TABLE:
        close_table(b, t->end);
        return DTL_DONE;
    case DTL_N_BODY:
    case DTL_N_CAPTION:
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
    case DTL_N_TEMPLATE:
        dtl_tree_close_template(b, t->end);
        return DTL_DONE;
    default:
        return anything_else(b, t);
    }
}

dtl_then dtl_mode_in_table(dtl_html_builder *b, dtl_html_token *t)
{
    switch (t->type) {
    case DTL_TOKEN_TEXT:
        if (!(dtl_tree_current(b)->bits & (DTL_IS_FOSTERING | DTL_IS_TEMPLATE)))
            return anything_else(b, t);
        b->table_text_count = 0;
        b->table_space = true;
        b->original_mode = b->mode;
        b->mode = DTL_MODE_IN_TABLE_TEXT;
        return DTL_REPROCESS;
    case DTL_TOKEN_COMMENT:
    case DTL_TOKEN_PI:
        dtl_tree_insert_comment(b, t);
        return DTL_DONE;
    case DTL_TOKEN_DOCTYPE:
        return DTL_DONE;
    case DTL_TOKEN_START_TAG:
        return start_tag(b, t);
    case DTL_TOKEN_END_TAG:
        return end_tag(b, t);
    default:
        return dtl_mode_in_body(b, t);
    }
}

/* Keeps a run of the text; whether any of it is no white space decides over
 * all. */
static void add_text(dtl_html_builder *b, const dtl_html_token *t)
{
    dtl_status st =
        dtl_grow((void **)&b->table_text, &b->table_text_cap,
                 (size_t)b->table_text_count + 1, sizeof *b->table_text);
    dtl_run *run;

    if (st != DTL_OK) {
        b->status = st;
        return;
    }
    run = &b->table_text[b->table_text_count++];
    *run = (dtl_run){t->start, t->end, t->text_flags};
    b->table_space &= dtl_tree_all_space(b, t->start, t->end, t->text_flags);
}

/* White space stays in the table, NUL characters left out. */
static void insert_space(dtl_html_builder *b, const dtl_html_token *t)
{
    uint8_t flags = t->text_flags;

    if (flags & DTL_TEXT_NUL) {
        if (dtl_tree_nul_prefix(b, t->start, t->end) == t->end - t->start)
            return;
        flags = (uint8_t)((flags & ~DTL_TEXT_NUL) | DTL_TEXT_DROP_NUL);
    }
    dtl_tree_insert_text(b, t->start, t->end, flags);
}

/* With anything else than white space in it, the text goes before the table,
 * by the rules of "in body". */
static void flush_text(dtl_html_builder *b)
{
    dtl_html_token t = {.type = DTL_TOKEN_TEXT};

    for (uint32_t i = 0; i < b->table_text_count; i++) {
        dtl_status st = dtl_tree_reserve(b, &t);

        if (st != DTL_OK) {
            b->status = st;
            return;
        }
        t.start = b->table_text[i].start;
        t.end = b->table_text[i].end;
        t.text_flags = b->table_text[i].text_flags;
        if (b->table_space)
            insert_space(b, &t);
        else
            anything_else(b, &t);
    }
}

dtl_then dtl_mode_in_table_text(dtl_html_builder *b, dtl_html_token *t)
{
    if (t->type == DTL_TOKEN_TEXT) {
        add_text(b, t);
        return DTL_DONE;
    }
    flush_text(b);
    b->mode = b->original_mode;
    return DTL_REPROCESS;
}
