/* What a verb reports without quote marks: a choice among stretches of the
 * sentence, as speaker.h has it for speakers.
 *
 * An anchor is a verb phrase, "according to", a noun with something behind it
 * or the colon of "Poll: ...". Each stretch of phrases that it may report is
 * described by facts of where it begins and ends, what the anchor is and what
 * stands around; the largest sum of weights wins, and that the anchor reports
 * nothing is a choice too. A fact is a hash, the number of its weight: facts
 * may share one, which learning makes the best of. */
#ifndef DTL_TEXT_QUOTE_REPORT_H
#define DTL_TEXT_QUOTE_REPORT_H

#include "text/quote_finder.h"

enum {
    DTL_REPORT_CANDIDATES = 160,
    DTL_REPORT_FEATURES = 100,
    DTL_REPORT_SHARED = 32,
    DTL_REPORT_WEIGHTS = 65536
};

/* Phrases [from, to); from == to: nothing is reported. */
typedef struct {
    uint32_t from, to;
    uint16_t features[DTL_REPORT_FEATURES]; /* numbers of weights */
    uint8_t feature_count;
    int sum; /* of the weights */
} dtl_report_candidate;

typedef struct {
    dtl_report_candidate at[DTL_REPORT_CANDIDATES];
    size_t count;
    uint16_t shared[DTL_REPORT_SHARED]; /* features of all but the first */
    uint8_t shared_count;
    int shared_sum;
    uint32_t source; /* phrase of who reports, or DTL_SPEAKER_NONE */
    uint32_t verb;   /* the anchor where it is a verb, or DTL_SPEAKER_NONE */
} dtl_report_choice;

/* Describes what the phrase at anchor may report; the first candidate is that
 * it reports nothing. False when it is no anchor, or, unless all is set, when
 * it reports nothing as far as can be told from it alone. words says that the
 * weights of single words are meant for the language of the text. */
bool dtl_report_candidates(const dtl_quote_finder *f, uint32_t anchor,
                           bool words, bool all, dtl_report_choice *out);

/* The generated weights. */
extern const int8_t dtl_report_weights[DTL_REPORT_WEIGHTS];
extern const float dtl_report_weight_unit;
/* An anchor whose own facts, against that it reports nothing, weigh less. */
extern const int dtl_report_least_shared;
/* A report that is less probable is left out. */
extern const float dtl_report_least_share;

#endif
