/* One pass over a page's elements that notes what later steps ask of each.
 *
 * Most elements say nothing to most readers of the tree. The survey looks at
 * each element's name and attributes once, by tables, and lists those that
 * facts.c and embeds.c have work with; the scan for blocks takes from it what
 * an element's attributes come to. */
#ifndef DTL_ARTICLE_SURVEY_H
#define DTL_ARTICLE_SURVEY_H

#include "article/class_words.h"

/* What an element's attributes and name say. */
enum {
    DTL_SAYS_NAMED = 1 << 0, /* has class, id or role */
    DTL_SAYS_WORDS = 1 << 1, /* has data-testid, data-component, itemprop */
    DTL_SAYS_CLASS = 1 << 2,
    DTL_SAYS_HIDDEN = 1 << 3,
    DTL_SAYS_UNSURE = 1 << 4, /* has an attribute whose value says more to
                                 blocks.c: style, aria-hidden, itemprop */
    DTL_SAYS_ITEM = 1 << 5,   /* is of microdata or RDFa */
    DTL_SAYS_REL = 1 << 6,
    DTL_SAYS_DATE = 1 << 7,     /* an attribute of the page's own making */
    DTL_SAYS_EMBED = 1 << 8,    /* an attribute that only embeds have */
    DTL_SAYS_FACT = 1 << 9,     /* its name alone says something */
    DTL_SAYS_FOREIGN = 1 << 10, /* its name may be an embed's */
    DTL_SAYS_SCRIPT = 1 << 11,
    DTL_SAYS_BOX = 1 << 12, /* its class may name an embed's container */
    DTL_SAYS_IN_LINK = 1 << 13
};

typedef struct {
    dtl_html_ref node;
    uint32_t says;
    uint32_t named; /* groups of the words of class, id, role */
    uint32_t words; /* and of all other values with words */
    uint32_t class_hash;
} dtl_element_look;

/* All lists are in tree order. */
typedef struct {
    /* Every element that has attributes, is a fact or may be an embed. */
    dtl_element_look *looks;
    size_t count, cap;
    size_t room;     /* that all three lists have */
    uint32_t *facts; /* indices of looks: elements that tell of facts */
    size_t fact_count, fact_cap;
    dtl_html_ref *embeds; /* elements that may be embeds */
    size_t embed_count, embed_cap;
    dtl_html_ref base; /* the first <base>; 0: there is none */
    /* By attribute name, the page's own behind the known ones. */
    uint16_t *says;
    size_t says_cap;
    dtl_class_memo memo;
} dtl_survey;

/* Surveys a parsed page, and fills doc->notes for dtl_class_note. s is zeroed
 * or of an earlier page, whose memory is used again. DTL_NOMEM is the only
 * error. */
dtl_status dtl_survey_page(dtl_survey *s, dtl_html_doc *doc);
void dtl_survey_clear(dtl_survey *s);

#endif
