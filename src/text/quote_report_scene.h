/* An anchor and what surrounds it, between the two files that describe what it
 * may report. */
#ifndef DTL_TEXT_QUOTE_REPORT_SCENE_H
#define DTL_TEXT_QUOTE_REPORT_SCENE_H

#include "text/quote_report.h"

/* Classes of anchors. */
enum {
    DTL_RA_CUE,
    DTL_RA_TELL,
    DTL_RA_MIXED,
    DTL_RA_THINK,
    DTL_RA_VERB,
    DTL_RA_ACCORDING,
    DTL_RA_NOUN,
    DTL_RA_COLON
};

/* Forms of an anchor's verb. */
enum {
    DTL_RF_FINITE,
    DTL_RF_ING,
    DTL_RF_INFINITIVE,
    DTL_RF_PASSIVE
};

/* Where a candidate lies. */
enum {
    DTL_RK_AFTER,    /* right behind the anchor */
    DTL_RK_CLAUSE,   /* from a word on that opens a clause, or an infinitive */
    DTL_RK_TOLD,     /* from a noun phrase farther behind */
    DTL_RK_PREP,     /* behind a preposition: called for, spoke of */
    DTL_RK_WITH,     /* with the preposition: asked about it */
    DTL_RK_BEFORE,   /* what stands before who says it */
    DTL_RK_AROUND,   /* the same and what follows, the anchor amid it */
    DTL_RK_SUBJECT,  /* the verb's subject and what follows: X seems to ... */
    DTL_RK_OBJECT,   /* the subject alone: X was rejected */
    DTL_RK_RELATIVE, /* from before the subject: what he calls corruption */
    DTL_RK_COUNT
};

enum {
    DTL_REPORT_WINDOW = 80, /* phrases of the sentence that are looked at, each
                               way from the anchor */
    DTL_REPORT_MANNERS = 5
};

/* Counts of what stands before a phrase of the sentence. */
typedef struct {
    uint16_t words; /* 0 or 1 a phrase */
    uint16_t finite, cues, said;
} dtl_report_counts;

typedef struct {
    const dtl_quote_finder *f;
    const dtl_quote_phrase *p;
    uint32_t count, anchor;
    uint32_t begin, end; /* of the anchor's sentence */
    bool words;
    bool record; /* the numbers of facts are wanted, not sums alone */
    uint8_t class, form, subject;     /* of the anchor; the subject's noun */
    uint32_t verb_word, subject_word; /* hashes */
    uint32_t stem;                    /* hash of the verb's first letters */
    dtl_report_choice *out;
    /* The rest is what candidates have in common, by the place from begin. */
    dtl_report_counts before[2 * DTL_REPORT_WINDOW + 1];
    int16_t crossing[DTL_REPORT_MANNERS][2 * DTL_REPORT_WINDOW];
    bool crossed[DTL_REPORT_MANNERS][2 * DTL_REPORT_WINDOW];
    uint32_t start_from; /* of the start whose facts weigh start_sum */
    int start_kind, start_sum;
} dtl_report_scene;

/* How a candidate's end was found: the type of what follows, and which of
 * that type in the candidate it is. */
typedef struct {
    uint8_t type, nth;
} dtl_report_end;

static inline bool dtl_report_ends_sentence(const dtl_quote_phrase *p)
{
    return p->type == DTL_QP_STOP || p->type == DTL_QP_BREAK;
}

/* Counts what the sentence has, which all candidates ask for. */
void dtl_report_count(dtl_report_scene *s);

/* The facts of the anchor, and the candidate that it reports nothing. */
void dtl_report_describe_anchor(dtl_report_scene *s);

/* Adds a candidate with its facts, unless there is no room or what is in
 * [from, to) cannot be a report. */
void dtl_report_add(dtl_report_scene *s, int kind, uint32_t from, uint32_t to,
                    dtl_report_end end);

#endif
