/* Whose picture it is: the credit in a caption's words. */
#ifndef DTL_ARTICLE_CREDIT_H
#define DTL_ARTICLE_CREDIT_H

#include <dateline.h>

/* Splits a caption that has its white space collapsed into what it says of
 * the picture and who made that: "Photo: X", "(Foto: X)", "© X", "X/Agency"
 * at the end, in many languages. Both are slices of text; ptr NULL where
 * there is none. */
void dtl_credit_split(dtl_str text, dtl_str *caption, dtl_str *credit);

/* The names in a text that is known to be a credit: without "Photo by", marks
 * and brackets around. ptr NULL when nothing is left. */
dtl_str dtl_credit_name(dtl_str text);

/* Without the marks at its edges that set caption and credit apart. */
dtl_str dtl_credit_trim(dtl_str text);

/* Whether a whole line is nothing but a credit. */
bool dtl_credit_is(dtl_str text);

#endif
