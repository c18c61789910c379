/* The words that stand around names in bylines. */
#ifndef DTL_ARTICLE_AUTHOR_WORDS_H
#define DTL_ARTICLE_AUTHOR_WORDS_H

#include <dateline.h>

typedef enum {
    DTL_AUTHOR_WORD_NONE,
    DTL_AUTHOR_WORD_ROLE,      /* reporter, Redakteurin */
    DTL_AUTHOR_WORD_QUALIFIER, /* senior, political: part of a role */
    DTL_AUTHOR_WORD_PARTICLE,  /* van, de: small words inside names */
    DTL_AUTHOR_WORD_AND,
    DTL_AUTHOR_WORD_ORGANIZATION, /* agency, Redaktion */
    DTL_AUTHOR_WORD_NOBODY        /* "name", "login": no author's name */
} dtl_author_word;

/* What a word is; case does not matter for ASCII letters. */
dtl_author_word dtl_author_word_of(dtl_str word);

#endif
