/* A text as a row of phrases: who, does, what, and marks between. */
#ifndef DTL_TEXT_QUOTE_PHRASES_H
#define DTL_TEXT_QUOTE_PHRASES_H

#include "text/quote_marks.h"

typedef enum {
    DTL_QP_NOUN, /* noun phrase or pronoun */
    DTL_QP_VERB, /* with its auxiliaries and adverbs */
    DTL_QP_PREP,
    DTL_QP_CONJ,
    DTL_QP_SUB, /* opens a clause */
    DTL_QP_RELATIVE,
    DTL_QP_COMMA,
    DTL_QP_COLON,
    DTL_QP_DASH,
    DTL_QP_OPEN,
    DTL_QP_CLOSE,
    DTL_QP_STOP,
    DTL_QP_QUOTE, /* a stretch */
    DTL_QP_BREAK,
    DTL_QP_OTHER
} dtl_quote_phrase_type;

typedef enum {
    DTL_QN_NAME,
    DTL_QN_HE, /* he, she */
    DTL_QN_THEY,
    DTL_QN_IT,
    DTL_QN_FIRST, /* I, we */
    DTL_QN_SECOND,
    DTL_QN_WHO, /* relative pronoun */
    DTL_QN_OBJECT,
    DTL_QN_PERSON, /* noun for a person or persons */
    DTL_QN_ORG,
    DTL_QN_SPEECH, /* statement, tweet, words */
    DTL_QN_TIME,
    DTL_QN_THING
} dtl_quote_noun;

enum {
    DTL_QPF_POSSESSOR = 1, /* with 's, or a possessive pronoun */
    DTL_QPF_PASSIVE = 2,
    DTL_QPF_INFINITIVE = 4,
    DTL_QPF_ING = 8,
    DTL_QPF_DETERMINED = 16, /* begins with a determiner or possessive */
    DTL_QPF_BRACKETED = 32   /* between brackets */
};

typedef struct {
    uint8_t type;      /* dtl_quote_phrase_type */
    uint8_t noun;      /* dtl_quote_noun */
    uint8_t flags;     /* DTL_QPF_ */
    uint32_t from, to; /* tokens */
    uint32_t name;     /* where the name begins that ends a noun phrase */
    uint32_t sentence; /* number of the sentence */
    uint32_t stretch;  /* of a quote */
    uint64_t classes;  /* of the head, preposition or verb */
} dtl_quote_phrase;

typedef struct {
    dtl_quote_phrase *at;
    size_t count, cap;
} dtl_quote_phrases;

/* Cuts tokens from number `from` on into phrases. From 0 on they are all that
 * there are, and of_stretch, with room for all stretches, gets the phrase of
 * each; otherwise the phrases come behind
 * those of out. stretches may be NULL when none are among the tokens. DTL_NOMEM
 * is the only error. */
dtl_status dtl_quote_phrases_find(const dtl_quote_tokens *tokens, size_t from,
                                  dtl_str text,
                                  const dtl_quote_language *language,
                                  const dtl_quote_stretches *stretches,
                                  dtl_quote_phrases *out, uint32_t *of_stretch);

#endif
