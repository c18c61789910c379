/* The names in a byline. */
#ifndef DTL_ARTICLE_AUTHOR_NAMES_H
#define DTL_ARTICLE_AUTHOR_NAMES_H

#include "article/names.h"

enum {
    DTL_AUTHORS_MAX = 24
};

typedef struct {
    dtl_str name; /* a slice of the text, or in arena */
    bool organization;
} dtl_author_name;

typedef struct {
    dtl_author_name at[DTL_AUTHORS_MAX];
    size_t count;
    bool said_by; /* a word like "by" or "Author:" stood before them */
    size_t spent; /* bytes of the text that are names, labels, separators */
} dtl_author_names;

/* Takes text apart into names: "By Ann Lee and Bob Ray, senior reporters |
 * May 3" is Ann Lee and Bob Ray. Words for "by", roles, dates, addresses and
 * what follows a bar are dropped; one string may hold several names. text is
 * clean (dtl_value_clean). sites tells organisations that are the site. */
void dtl_author_names_read(dtl_str text, const dtl_site_names *sites,
                           dtl_arena *arena, dtl_author_names *out,
                           dtl_status *status);

/* Bytes of a word for "by" in any of many languages, with its colon and
 * space, that text begins with; 0 when it begins with none. */
size_t dtl_author_label(dtl_str text);

/* Whether a text of two bytes or more may begin with such a word, by these;
 * true of most that begin with no ASCII letter. */
bool dtl_author_may_label(const char *text);

/* Whether a text is such a word and nothing else. */
bool dtl_author_is_label(dtl_str text);

/* Whether a name is an organisation's, by its words: "dpa", "News Desk". */
bool dtl_author_is_organization(dtl_str name, const dtl_site_names *sites,
                                dtl_arena *arena, dtl_status *status);

#endif
