/* The words before a date that say what happened on it. */
#ifndef DTL_ARTICLE_DATE_LABELS_H
#define DTL_ARTICLE_DATE_LABELS_H

#include <dateline.h>

typedef enum {
    DTL_LABEL_NONE,
    DTL_LABEL_PUBLISHED,
    DTL_LABEL_MODIFIED,
    DTL_LABEL_OTHER /* a copyright, the clock, an expiry, a membership */
} dtl_date_label;

/* What the words of text, which stand before a date, say of it. In some
 * thirty languages; the last label counts. */
dtl_date_label dtl_date_label_of(dtl_str text);

#endif
