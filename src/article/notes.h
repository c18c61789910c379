/* Lines that are about an article and not of it: tip lines, corrections,
 * agencies, copyright. They leave the text and are kept as notes. */
#ifndef DTL_ARTICLE_NOTES_H
#define DTL_ARTICLE_NOTES_H

#include "article/article.h"
#include "article/residue.h"

/* Whether a block whose residue is r is such a line, and what note it is;
 * text is not copied. Says yes only where the words leave no doubt, whatever
 * else is known of the block. */
bool dtl_note_of(dtl_str text, dtl_residue r, dtl_note *out);

/* The first e-mail address in text; ptr NULL when there is none. */
dtl_str dtl_note_email(dtl_str text);

#endif
