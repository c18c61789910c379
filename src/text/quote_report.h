/* What a verb reports without quote marks: a choice among stretches of the
 * sentence, as speaker.h has it for speakers.
 *
 * An anchor is a verb phrase, "according to" or a noun with "that" behind it.
 * Each stretch of phrases that it may report is described by facts of where it
 * begins and ends, what kind of verb it is and what stands around; the largest
 * sum of weights wins, and that the anchor reports nothing is a choice too. */
#ifndef DTL_TEXT_QUOTE_REPORT_H
#define DTL_TEXT_QUOTE_REPORT_H

#include "text/speaker.h"

enum {
    DTL_REPORT_CANDIDATES = 96,
    DTL_REPORT_FEATURES = 40
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
    uint32_t source; /* phrase of who reports, or DTL_SPEAKER_NONE */
    uint32_t verb;   /* the anchor where it is a verb, or DTL_SPEAKER_NONE */
} dtl_report_choice;

/* Describes what the phrase at anchor may report; the first candidate is that
 * it reports nothing. False when it is no anchor. words says that the weights
 * of single words are meant for the language of the text. */
bool dtl_report_candidates(const dtl_speaker_view *view, uint32_t anchor,
                           bool words, dtl_report_choice *out);

/* The generated weights, in the order of the features. */
extern const size_t dtl_report_weight_count;
extern const int8_t dtl_report_weights[];
extern const float dtl_report_weight_unit;
/* A report that is less probable is left out. */
extern const float dtl_report_least_share;
/* How many features the code has; the table has as many. */
size_t dtl_report_feature_total(void);

#endif
