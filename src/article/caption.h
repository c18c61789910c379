/* The words that stand by a picture. */
#ifndef DTL_ARTICLE_CAPTION_H
#define DTL_ARTICLE_CAPTION_H

#include "html/dom.h"

/* White space is collapsed; ptr NULL where there is none. */
typedef struct {
    dtl_str caption, credit;
} dtl_caption;

/* What class attributes say, by their values, kept for all pictures of a page.
 * A zeroed memo is ready to use. */
enum {
    DTL_CAPTION_CLASSES = 64 /* that are remembered */
};
typedef struct {
    struct {
        const char *value;
        uint32_t len, words;
    } known[DTL_CAPTION_CLASSES];
} dtl_caption_memo;

/* Finds caption and credit of the picture at n, in arena. before and behind
 * are the nodes of the other pictures next to it, in tree order, or 0: what
 * holds one of them is not this picture's own. DTL_NOMEM is the only error. */
dtl_status dtl_caption_find(dtl_html_doc *d, dtl_html_ref n,
                            dtl_html_ref before, dtl_html_ref behind,
                            dtl_caption_memo *memo, dtl_arena *arena,
                            dtl_caption *out);

/* Caption and credit as two texts that something said of a picture. */
void dtl_caption_settle(dtl_str caption, dtl_str credit, dtl_caption *out);

#endif
