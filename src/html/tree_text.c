/* Where the characters of a run are white space.
 *
 * The standard decides on characters, after references have been decoded:
 * "&#32;" is a space, "&#160;" is not. Few references can be white space, so
 * they are recognized here, without the table of names. */
#include "html/tree.h"
#include "base/str.h"

static bool is_space_code(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static int digit_of(char c, uint32_t base)
{
    if (dtl_is_digit(c))
        return c - '0';
    if (base == 16 && dtl_lower(c) >= 'a' && dtl_lower(c) <= 'f')
        return dtl_lower(c) - 'a' + 10;
    return -1;
}

/* Bytes of the numeric reference that s starts with, 0 when it starts with
 * none; *code is its number, cut at what is surely no white space. */
static uint32_t numeric_reference(dtl_str s, uint32_t *code)
{
    bool hex = s.len > 2 && dtl_lower(s.ptr[2]) == 'x';
    uint32_t base = hex ? 16 : 10, first = hex ? 3 : 2, at = first;

    *code = 0;
    for (; at < s.len && digit_of(s.ptr[at], base) >= 0; at++)
        if (*code < 0x110000)
            *code = *code * base + (uint32_t)digit_of(s.ptr[at], base);
    if (at == first)
        return 0;
    return at < s.len && s.ptr[at] == ';' ? at + 1 : at;
}

/* Bytes of the white space reference that s starts with, or 0; sets *lf when
 * it is a line feed. */
static uint32_t space_reference(dtl_str s, bool *lf)
{
    uint32_t code, len;

    *lf = false;
    if (s.len < 3 || s.ptr[0] != '&')
        return 0;
    if (s.ptr[1] == '#') {
        len = numeric_reference(s, &code);
        *lf = code == '\n';
        return is_space_code(code) ? len : 0;
    }
    if (dtl_str_starts(s, DTL_STR("&Tab;")))
        return 5;
    *lf = dtl_str_starts(s, DTL_STR("&NewLine;"));
    return *lf ? 9 : 0;
}

/* Bytes of the white space character that the run has at at, or 0. */
static uint32_t space_at(const dtl_html_builder *b, uint32_t at, uint32_t end,
                         uint8_t text_flags)
{
    const char *p = b->doc->text.ptr + at;
    bool lf;

    if (dtl_is_space(*p))
        return 1;
    if (*p != '&' || !(text_flags & DTL_TEXT_REFS))
        return 0;
    return space_reference((dtl_str){p, end - at}, &lf);
}

uint32_t dtl_tree_space_prefix(const dtl_html_builder *b, uint32_t start,
                               uint32_t end, uint8_t text_flags)
{
    uint32_t at = start, len;

    while (at < end && (len = space_at(b, at, end, text_flags)) != 0)
        at += len;
    return at - start;
}

uint32_t dtl_tree_nonspace_prefix(const dtl_html_builder *b, uint32_t start,
                                  uint32_t end, uint8_t text_flags)
{
    uint32_t at = start;

    while (at < end && !space_at(b, at, end, text_flags))
        at++;
    return at - start;
}

uint32_t dtl_tree_nul_prefix(const dtl_html_builder *b, uint32_t start,
                             uint32_t end)
{
    uint32_t at = start;

    while (at < end && b->doc->text.ptr[at] == '\0')
        at++;
    return at - start;
}

bool dtl_tree_all_space(const dtl_html_builder *b, uint32_t start, uint32_t end,
                        uint8_t text_flags)
{
    uint32_t at = start;

    while (at < end) {
        uint32_t len = dtl_tree_space_prefix(b, at, end, text_flags);

        len += dtl_tree_nul_prefix(b, at + len, end);
        if (!len)
            return false;
        at += len;
    }
    return true;
}

uint32_t dtl_tree_line_feed(const dtl_html_builder *b, const dtl_html_token *t)
{
    dtl_str s = {b->doc->text.ptr + t->start, t->end - t->start};
    uint32_t len;
    bool lf;

    if (!s.len)
        return 0;
    if (s.ptr[0] == '\n')
        return 1;
    if (s.ptr[0] == '\r')
        return s.len > 1 && s.ptr[1] == '\n' ? 2 : 1;
    if (!(t->text_flags & DTL_TEXT_REFS))
        return 0;
    len = space_reference(s, &lf);
    return lf ? len : 0;
}

bool dtl_tree_take_space(dtl_html_builder *b, dtl_html_token *t, bool insert)
{
    uint32_t len = dtl_tree_space_prefix(b, t->start, t->end, t->text_flags);
    uint8_t flags = t->text_flags;

    /* References are not white space as they stand. */
    if (!(flags & DTL_TEXT_REFS))
        flags |= DTL_TEXT_BLANK;
    if (len && insert)
        dtl_tree_insert_text(b, t->start, t->start + len, flags);
    t->start += len;
    return t->start == t->end;
}
