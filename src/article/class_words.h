/* What the words in class, id and role attributes say of an element.
 *
 * Authors of pages name their parts: "article-body", "relatedPosts",
 * "comment__text". The words are looked up in a table of groups; an element
 * gets one bit a group. Bits are evidence, no verdict: pages name things
 * wrongly, so choose.c weighs them with everything else. */
#ifndef DTL_ARTICLE_CLASS_WORDS_H
#define DTL_ARTICLE_CLASS_WORDS_H

#include "html/dom.h"

/* The groups, as bits. */
enum {
    DTL_CW_NAV = 1u << 0,
    DTL_CW_HEADER = 1u << 1,
    DTL_CW_FOOTER = 1u << 2,
    DTL_CW_SIDE = 1u << 3,
    DTL_CW_RELATED = 1u << 4, /* other articles, by topic or popularity */
    DTL_CW_TEASER = 1u << 5,  /* one other article: card, tile, excerpt */
    DTL_CW_COMMENT = 1u << 6, /* readers' words */
    DTL_CW_SHARE = 1u << 7,
    DTL_CW_AD = 1u << 8,
    DTL_CW_PROMO = 1u << 9, /* newsletters, offers, calls to action */
    DTL_CW_PAYWALL = 1u << 10,
    DTL_CW_AUTHOR = 1u << 11,
    DTL_CW_META = 1u << 12, /* date, reading time, counts */
    DTL_CW_TAGS = 1u << 13,
    DTL_CW_KICKER = 1u << 14, /* the line over a headline */
    DTL_CW_CAPTION = 1u << 15,
    DTL_CW_MEDIA = 1u << 16, /* pictures, galleries */
    DTL_CW_HIDDEN = 1u << 17,
    DTL_CW_SPOKEN = 1u << 18,  /* for screen readers only */
    DTL_CW_BODY = 1u << 19,    /* names the body outright */
    DTL_CW_CONTENT = 1u << 20, /* may hold it: content, post, text */
    DTL_CW_TITLE = 1u << 21,
    DTL_CW_SUMMARY = 1u << 22,
    DTL_CW_CONSENT = 1u << 23,
    DTL_CW_MODAL = 1u << 24,
    DTL_CW_FORM = 1u << 25,
    DTL_CW_LIVE = 1u << 26,
    DTL_CW_BOX = 1u << 27, /* fact boxes, asides within the text */
    DTL_CW_QUOTE = 1u << 28,
    DTL_CW_EMBED = 1u << 29,
    DTL_CW_PLAYER = 1u << 30,
    DTL_CW_LEGAL = INT32_MIN /* copyright, disclaimer; bit 31, as an int */
};

/* The groups that the words of an attribute value belong to. */
uint32_t dtl_class_bits(dtl_str value);

/* Attribute values that have been looked up, kept from page to page: pages
 * repeat few values many times, and the pages of a site share them. A zeroed
 * memo is to be made ready, for which DTL_NOMEM is the only error. */
typedef struct {
    struct dtl_class_value *values; /* in memory, at the start of a line */
    void *memory;
} dtl_class_memo;

dtl_status dtl_class_memo_init(dtl_class_memo *m);
void dtl_class_memo_clear(dtl_class_memo *m);

/* The note of a value that is not empty and behind which memory can be read up
 * to limit. m may be NULL. */
dtl_attr_note dtl_class_look(dtl_class_memo *m, dtl_str value,
                             const char *limit);

/* The note of an attribute whose words say what an element is: class, id,
 * role, data-testid, data-component, itemprop; also of a document without
 * notes. */
dtl_attr_note dtl_class_note_anew(dtl_html_doc *doc, const dtl_html_attr *a);
static inline dtl_attr_note dtl_class_note(dtl_html_doc *doc,
                                           const dtl_html_attr *a)
{
    size_t i = (size_t)(a - doc->attrs);

    return i < doc->note_count ? doc->notes[i] : dtl_class_note_anew(doc, a);
}

/* Bits of one, by element and name; 0 where the element has no such. */
uint32_t dtl_class_bits_of(dtl_html_doc *doc, dtl_html_ref n, dtl_name name);

/* The same of class and id. */
uint32_t dtl_class_bits_of_names(dtl_html_doc *doc, dtl_html_ref n);

/* Whether a style attribute takes its element out of sight. */
bool dtl_style_hides(dtl_str style);

/* The name of a group's bit, for people. */
const char *dtl_class_group_name(unsigned bit);

#endif
