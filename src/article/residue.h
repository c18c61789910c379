/* Lines that come with articles and are none of their words.
 *
 * "Read more", photo credits, newsletter offers, tip lines: told by the whole
 * of a short block, in many languages, never by words inside prose. A kind is
 * evidence for choose.c, and says which lines are kept as notes. */
#ifndef DTL_ARTICLE_RESIDUE_H
#define DTL_ARTICLE_RESIDUE_H

#include "article/measure.h"

typedef enum {
    DTL_RESIDUE_NONE,
    DTL_RESIDUE_RELATED, /* read more, most read */
    DTL_RESIDUE_CREDIT,  /* of a photograph */
    DTL_RESIDUE_AD,
    DTL_RESIDUE_NAV,
    DTL_RESIDUE_CLOCK, /* "5 min read", "7 hours ago" */
    DTL_RESIDUE_DATE,
    DTL_RESIDUE_NEWSLETTER,
    DTL_RESIDUE_PLAYER,
    DTL_RESIDUE_CONTRIBUTORS,
    DTL_RESIDUE_AGENCY,
    DTL_RESIDUE_COPYRIGHT,
    DTL_RESIDUE_CORRECTION,
    DTL_RESIDUE_UPDATE,
    DTL_RESIDUE_PAYWALL,
    DTL_RESIDUE_AFFILIATE,
    DTL_RESIDUE_TIP,
    DTL_RESIDUE_CHANNEL, /* follow us, join our channel */
    DTL_RESIDUE_COMMENTS,
    DTL_RESIDUE_SHARE,
    DTL_RESIDUE_TAGS,
    DTL_RESIDUE_AUTHOR,
    DTL_RESIDUE_CONSENT,
    DTL_RESIDUE_SCRIPT, /* program text that leaked */
    DTL_RESIDUE_EDITOR, /* a note of the editors' */
    DTL_RESIDUE_KINDS
} dtl_residue_kind;

/* How much of a block a rule speaks of. */
typedef enum {
    DTL_RESIDUE_WHOLE_LINE,
    DTL_RESIDUE_START_LINE,
    DTL_RESIDUE_ANY_LINE
} dtl_residue_reach;

typedef struct {
    uint8_t kind;   /* dtl_residue_kind of the first rule that holds; the whole
                       block beats its beginning, that any place in it */
    uint8_t reach;  /* dtl_residue_reach */
    uint8_t hits;   /* rules that hold, up to 255 */
    uint8_t phrase; /* words of the rule's line */
    bool label;     /* a colon follows the rule's line: "Read more: ..." */
} dtl_residue;

/* Blocks of more words are prose and have none. */
enum {
    DTL_RESIDUE_WORDS = 120
};

/* Looks at the words of a block. */
dtl_residue dtl_residue_of(const dtl_measure *m, const dtl_word *words);
/* Of its first words alone: rules of whole lines, and of beginnings. */
dtl_residue dtl_residue_of_start(const dtl_measure *m, const dtl_word *words,
                                 size_t count);
/* The same by the block's text. */
dtl_residue dtl_residue_of_text(dtl_str text);

/* Topics whose words hint at what is no article, also in longer blocks. */
enum {
    DTL_CUE_ACCOUNT, /* accounts, subscriptions, offers */
    DTL_CUE_CONSENT, /* cookies, tracking, third parties */
    DTL_CUE_PICTURE, /* pictures, and who took them */
    DTL_CUES
};

/* Counts the words of each topic. */
void dtl_cue_words(const dtl_word *words, size_t count,
                   unsigned counts[DTL_CUES]);

/* "read_more" and the like, for people. */
const char *dtl_residue_name(dtl_residue_kind kind);

#endif
