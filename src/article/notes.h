/* Lines that are about an article and not of it: tip lines, corrections,
 * agencies, copyright. They leave the text and are kept as notes. */
#ifndef DTL_ARTICLE_NOTES_H
#define DTL_ARTICLE_NOTES_H

#include "article/blocks.h"
#include "article/residue.h"

/* Whether a block whose residue is r is such a line, and what note it is;
 * text is not copied. linked is an address that its links lead to, or empty.
 * Says yes only where the words leave no doubt, whatever else is known of the
 * block. */
bool dtl_note_of(dtl_str text, dtl_residue r, dtl_str linked, dtl_note *out);

/* The first e-mail address in text; ptr NULL when there is none. */
dtl_str dtl_note_email(dtl_str text);

/* The first address that a link of the block mails to; ptr NULL when there is
 * none. It lives as long as doc. */
dtl_str dtl_note_linked(const dtl_blocks *b, dtl_html_doc *doc, uint32_t block);

#endif
