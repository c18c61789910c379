/* From residue to notes. */
#include "article/notes.h"
#include "base/needles.h"
#include "base/str.h"

static bool is_address_char(char c)
{
    return dtl_is_alpha(c) || dtl_is_digit(c) || c == '.' || c == '_' ||
           c == '-' || c == '+';
}

/* The end of an address that stands at the beginning of text: its last part
 * has two letters and more, and no dot behind it. 0 when it is none. */
static size_t domain_end(dtl_str text)
{
    size_t end = 0, i, dot = 0;

    while (end < text.len && is_address_char(text.ptr[end]))
        end++;
    while (end && !dtl_is_alpha(text.ptr[end - 1]))
        end--;
    for (i = 1; i < end; i++)
        if (text.ptr[i] == '.')
            dot = i;
    return dot && end > dot + 2 ? end : 0;
}

dtl_str dtl_note_email(dtl_str text)
{
    size_t at;

    while ((at = dtl_str_find_char(text, '@')) != SIZE_MAX) {
        dtl_str after = dtl_str_sub(text, at + 1, text.len);
        size_t start = at, end = domain_end(after);

        while (start && is_address_char(text.ptr[start - 1]))
            start--;
        if (start < at && end)
            return dtl_str_sub(text, start, at + 1 + end);
        text = after;
    }
    return (dtl_str){NULL, 0};
}

dtl_str dtl_note_linked(const dtl_blocks *b, dtl_html_doc *doc, uint32_t block)
{
    const dtl_block_entry *e = &b->blocks[block];

    for (uint32_t i = 0; i < e->link_count; i++) {
        dtl_html_ref n = b->links[e->first_link + i].node;
        dtl_str href = dtl_html_attr_value(doc, n, DTL_N_HREF);

        if (dtl_str_starts_nocase(dtl_str_trim(href), DTL_STR("mailto:")))
            return dtl_note_email(href);
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

/* Words by which an editors' note says that something was wrong. */
static const char *const corrected[] = {
    "correct",
    "earlier version",
    "previous version",
    "amended",
    "korrigiert",
    "berichtigt",
    "früheren version",
    "vorherigen version",
    "corrigé",
    "version précédente",
    "corregid",
    "versión anterior",
    "corrigid",
    "versão anterior",
    "corrett",
    "versione precedente",
    "gecorrigeerd",
    "eerdere versie",
    "исправлен",
    "訂正",
    "更正",
    "정정",
};

static dtl_note_kind editors_note(dtl_str text)
{
    static dtl_needles corrections = DTL_NEEDLES(corrected);

    return dtl_needles_any(&corrections, text) ? DTL_NOTE_CORRECTION
                                               : DTL_NOTE_OTHER;
}

/* Names are what a line about contributors is made of; prose that has its
 * words ("the yard contributed to this report of a loss") has few. */
static bool is_credit(dtl_str text, dtl_residue r)
{
    dtl_measure m = dtl_measure_text(text);

    return r.reach != DTL_RESIDUE_ANY_LINE || m.initials * 3 >= m.words ||
           m.wide * 2 > m.letters;
}

bool dtl_note_of(dtl_str text, dtl_residue r, dtl_str linked, dtl_note *out)
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
        {DTL_RESIDUE_EDITOR, DTL_NOTE_OTHER},
    };
    size_t i = 0, n = sizeof kinds / sizeof kinds[0];

    while (i < n && kinds[i].residue != r.kind)
        i++;
    if (i == n)
        return false;
    *out = (dtl_note){
        .kind = kinds[i].note, .text = text, .email = dtl_note_email(text)};
    if (!out->email.ptr)
        out->email = linked;
    switch (kinds[i].note) {
    case DTL_NOTE_OTHER:
        out->kind = editors_note(text);
        return is_label(text);
    case DTL_NOTE_CONTRIBUTORS:
        return is_credit(text, r);
    case DTL_NOTE_TIP_LINE:
        return out->email.ptr || dtl_str_find_char(text, '?') != SIZE_MAX;
    case DTL_NOTE_CORRECTION:
    case DTL_NOTE_UPDATE:
        return is_label(text) || r.phrase > 2;
    default:
        return true;
    }
}
