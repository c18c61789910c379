/* From residue to notes. */
#include "article/notes.h"
#include "base/str.h"

static bool is_address_char(char c)
{
    return dtl_is_alpha(c) || dtl_is_digit(c) || c == '.' || c == '_' ||
           c == '-' || c == '+';
}

dtl_str dtl_note_email(dtl_str text)
{
    size_t at;

    while ((at = dtl_str_find_char(text, '@')) != SIZE_MAX) {
        size_t start = at, end = at + 1, dot = 0;

        while (start && is_address_char(text.ptr[start - 1]))
            start--;
        for (; end < text.len && is_address_char(text.ptr[end]); end++)
            if (text.ptr[end] == '.')
                dot = end;
        while (end > at + 1 && !dtl_is_alpha(text.ptr[end - 1]))
            end--;
        if (start < at && dot > at + 1 && end > dot + 2)
            return dtl_str_sub(text, start, end);
        text = dtl_str_sub(text, at + 1, text.len);
    }
    return (dtl_str){NULL, 0};
}

/* Whether what names the note is set off: "Correction:", "Update (May 3)". */
static bool is_label(dtl_str text)
{
    dtl_str head = dtl_str_sub(text, 0, 48);

    return dtl_str_find_char(head, ':') != SIZE_MAX ||
           dtl_str_find(head, DTL_STR("\uff1a")) != SIZE_MAX ||
           dtl_str_find_char(head, '(') != SIZE_MAX;
}

bool dtl_note_of(dtl_str text, dtl_residue r, dtl_note *out)
{
    static const struct {
        uint8_t residue, note;
    } kinds[] = {
        {DTL_RESIDUE_TIP, DTL_NOTE_TIP_LINE},
        {DTL_RESIDUE_CONTRIBUTORS, DTL_NOTE_CONTRIBUTORS},
        {DTL_RESIDUE_AGENCY, DTL_NOTE_AGENCY},
        {DTL_RESIDUE_COPYRIGHT, DTL_NOTE_COPYRIGHT},
        {DTL_RESIDUE_CORRECTION, DTL_NOTE_CORRECTION},
        {DTL_RESIDUE_UPDATE, DTL_NOTE_UPDATE},
        {DTL_RESIDUE_AFFILIATE, DTL_NOTE_AFFILIATE},
    };
    size_t i = 0, n = sizeof kinds / sizeof kinds[0];

    while (i < n && kinds[i].residue != r.kind)
        i++;
    if (i == n)
        return false;
    *out = (dtl_note){
        .kind = kinds[i].note, .text = text, .email = dtl_note_email(text)};
    switch (kinds[i].note) {
    case DTL_NOTE_TIP_LINE:
        return out->email.ptr || dtl_str_find_char(text, '?') != SIZE_MAX;
    case DTL_NOTE_CORRECTION:
    case DTL_NOTE_UPDATE:
        return is_label(text) || r.phrase > 2;
    default:
        return true;
    }
}
