/* Who is speaking: a choice among the noun phrases around a quotation.
 *
 * Each is described by small facts (where it stands, of which verb it is the
 * subject, what stands right before the quotation, ...); a fact, or a pair of
 * them, has a weight, and the phrase with the largest sum is the speaker. That
 * the stretch is no speech at all (a title, a word held at a distance) is a
 * choice like the others. */
#ifndef DTL_TEXT_SPEAKER_H
#define DTL_TEXT_SPEAKER_H

#include "text/quote_phrases.h"

enum {
    DTL_SPEAKER_CANDIDATES = 24,
    DTL_SPEAKER_FEATURES = 16
};
#define DTL_SPEAKER_NONE UINT32_MAX /* no phrase */

typedef struct {
    uint32_t phrase; /* NONE: the stretch is no speech */
    uint32_t verb;   /* phrase of its verb, or NONE */
    uint16_t features[DTL_SPEAKER_FEATURES]; /* numbers of weights, where they
                                                are wanted */
    uint8_t feature_count;
    int sum; /* of the weights */
    float score;
} dtl_speaker_candidate;

/* Where phrases of some kinds are, a bit each, with 64 bits of none before the
 * first and behind the last; so the next of a kind is found without a look at
 * those between. Zeroed before its first use. */
typedef struct {
    uint64_t *sources; /* who may speak */
    uint64_t *breaks;
    uint64_t *verbs, *finite;
    uint64_t *ends; /* stops, breaks and quotes */
    uint64_t *memory;
    size_t cap;
} dtl_speaker_map;

/* Fills the map of phrases; its memory is reused. DTL_NOMEM is the only
 * error. */
dtl_status dtl_speaker_map_make(dtl_speaker_map *map,
                                const dtl_quote_phrases *phrases);
void dtl_speaker_map_clear(dtl_speaker_map *map);

typedef struct {
    dtl_str text;
    const dtl_quote_tokens *tokens;
    const dtl_quote_stretches *stretches;
    const dtl_quote_phrases *phrases;
    const dtl_speaker_map *map; /* of those phrases that may be around */
    const uint32_t *of_stretch; /* phrase of each stretch */
    const uint32_t *speakers;   /* phrase chosen for each stretch so far */
    bool british;               /* single marks are the only ones of the text */
    bool training; /* the features are wanted, not their sum alone */
} dtl_speaker_view;

typedef struct {
    dtl_speaker_candidate at[DTL_SPEAKER_CANDIDATES];
    size_t count;
} dtl_speaker_choice;

/* Describes and scores the candidates of a stretch; the first is that it is
 * no speech. Those before it have been decided. */
void dtl_speaker_candidates(const dtl_speaker_view *view, size_t stretch,
                            dtl_speaker_choice *out);

/* The subject of a verb phrase; NONE where it has none. */
uint32_t dtl_speaker_subject(const dtl_speaker_view *view, uint32_t verb);

/* The generated weights, in the order of the features. */
extern const size_t dtl_speaker_weight_count;
extern const int8_t dtl_speaker_weights[];
extern const float dtl_speaker_weight_unit;
/* How many features the code has; the table has as many. */
size_t dtl_speaker_feature_total(void);

#endif
