/* What must hold of every article, whatever the page was. */
#ifndef DTL_TESTS_RECORD_H
#define DTL_TESTS_RECORD_H

#include <dateline.h>

/* Looks at an article through the public interface: that the blocks' texts
 * make up the text, in order and with empty lines between; that every offset
 * lies in its text, or in the page, and between characters; that all strings
 * are UTF-8 and no present one is empty; and that each format can be written.
 * page_len is the page's length in decoded bytes, or 0 when it is not known.
 * Gives false and says in message what is wrong first. */
bool record_holds(const dtl_article *a, size_t page_len, char message[200]);

#endif
