/* The account of the choices. */
#include "article/explain.h"
#include "article/class_words.h"
#include "base/str.h"
#include "base/utf8.h"

enum {
    SHOWN = 60 /* bytes of a block's text */
};

/* The beginning of a text on one line, cut between characters. */
static void put_start(dtl_buf *out, dtl_str text)
{
    size_t len = text.len < SHOWN ? text.len : SHOWN;

    while (len && len < text.len &&
           ((unsigned char)text.ptr[len] & 0xc0) == 0x80)
        len--;
    for (size_t i = 0; i < len; i++)
        dtl_buf_putc(out, text.ptr[i] == '\n' ? ' ' : text.ptr[i]);
    if (len < text.len)
        dtl_buf_puts(out, "...");
}

static void put_words(dtl_buf *out, uint32_t bits)
{
    const char *between = " [";

    if (!bits)
        return;
    for (; bits; bits &= bits - 1) {
        dtl_buf_puts(out, between);
        dtl_buf_puts(out, dtl_class_group_name((unsigned)__builtin_ctz(bits)));
        between = " ";
    }
    dtl_buf_putc(out, ']');
}

static void put_block(const dtl_region *r, const dtl_verdict *v, uint32_t i,
                      dtl_buf *out)
{
    const dtl_block_entry *e = &r->b->blocks[i];
    dtl_residue_kind kind = dtl_residue_at(r, i).kind;

    dtl_buf_printf(out, "%c %6.2f %s", v[i].keep ? '+' : '-',
                   (double)v[i].score, dtl_why_name(v[i].why));
    if (v[i].keep)
        dtl_buf_printf(out, ", %s", dtl_block_kind_name(v[i].kind));
    if (kind)
        dtl_buf_printf(out, ", %s line", dtl_residue_name(kind));
    put_words(out, r->notes[e->box].bits);
    dtl_buf_puts(out, ": ");
    put_start(out, e->text);
    dtl_buf_putc(out, '\n');
}

void dtl_explain_blocks(const dtl_region *r, const dtl_verdict *v, dtl_buf *out)
{
    for (uint32_t i = 0; i < r->b->block_count; i++)
        if (r->b->blocks[i].type == DTL_BLOCK_IS_TEXT)
            put_block(r, v, i, out);
}

void dtl_explain_candidate(dtl_buf *out, const dtl_account_line *line)
{
    dtl_buf_printf(out, "%c %6.2f %s, ", line->won ? '+' : '-', line->score,
                   line->field);
    dtl_buf_str(out, line->sources);
    if (line->reason)
        dtl_buf_printf(out, " (%s)", line->reason);
    dtl_buf_puts(out, ": ");
    put_start(out, line->value);
    dtl_buf_putc(out, '\n');
}
