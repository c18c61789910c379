/* Addresses of pictures: which one an element really shows, and whether two
 * of them are the same picture in other sizes. */
#ifndef DTL_ARTICLE_PICTURE_H
#define DTL_ARTICLE_PICTURE_H

#include "html/dom.h"

/* Whether an element shows a picture: img, amp-img and their kin. */
static inline bool dtl_picture_is(const dtl_html_doc *d, dtl_html_ref n)
{
    const dtl_html_node *node = &d->nodes[n];

    return (node->name == DTL_N_IMG || node->name == DTL_N_AMP_IMG) &&
           node->type == DTL_HTML_ELEMENT && node->ns == DTL_NS_HTML;
}

/* The address of the picture that element n shows, as written: lazy loading's
 * attributes before src, the largest of a srcset, the sources of a picture
 * around it. ptr NULL when there is none but placeholders. */
dtl_str dtl_picture_address(dtl_html_doc *d, dtl_html_ref n);

/* Whether an address can be a picture's: no data, no script, no template. */
bool dtl_picture_address_is_real(dtl_str address);

/* Whether an address's path ends as a picture's file does. */
bool dtl_picture_is_file(dtl_str path);

/* What is left of an address when sizes, crops, formats, hosts and services
 * that resize are taken off. Addresses with the same `strict` show the same
 * picture; with the same `loose`, or `stem` where that is not 0, most likely.
 * The stem is the file's name where that is long enough to be its own. */
typedef struct {
    uint64_t strict, loose, stem;
} dtl_picture_key;

dtl_picture_key dtl_picture_key_of(dtl_str address);

/* Whether they show the same picture, most likely. */
bool dtl_picture_keys_agree(const dtl_picture_key *a, const dtl_picture_key *b);

/* Whether the address, by the words in it, is that of an ornament: logo,
 * icon, spacer, avatar. */
bool dtl_picture_is_ornament(dtl_str address);

#endif
