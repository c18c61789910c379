/* The names of a text: who is meant by a last name, a pronoun, a role. */
#ifndef DTL_TEXT_NAMES_H
#define DTL_TEXT_NAMES_H

#include "text/quote_phrases.h"

/* Someone or something that the text names. */
typedef struct {
    uint32_t from, to;    /* tokens of the fullest name */
    uint32_t phrase;      /* where that stands */
    uint32_t count;       /* mentions of that form or a shorter one */
    uint32_t first, last; /* hashes of the first and last word */
    uint32_t role[2];     /* mayor, company: tokens + 1, or 0 */
    uint32_t next;        /* same last word: index + 1, or 0 */
    uint32_t next_first;  /* same first word */
    uint64_t gender;      /* DTL_QW(MASC) or DTL_QW(FEM), or 0 */
    bool organisation;
} dtl_text_name;

/* A phrase that is a name, with the tokens of the name. */
typedef struct {
    uint32_t phrase, from, to;
} dtl_name_mention;

/* Zeroed before its first use. */
typedef struct {
    dtl_text_name *at;
    size_t count, cap;
    uint32_t *last_slots, *first_slots; /* heads of the lists: index + 1 */
    size_t slots_cap, first_cap;
    uint32_t mask;
    uint32_t *of_phrase; /* name of a phrase: index + 1, or 0 */
    size_t of_phrase_cap;
    dtl_name_mention *mentions;
    size_t mention_count, mention_cap;
    size_t farther; /* phrases from here on stand out of order */
    const dtl_quote_language *language;
    dtl_str text;
    const dtl_quote_tokens *tokens;
    const dtl_quote_phrases *phrases;
} dtl_text_names;

/* Collects the names of the phrases, of which those from number farther on may
 * come from anywhere in the text. known of them are those that the call before
 * had, 0 if that was for another text. What it is given must last as long as
 * questions are asked. DTL_NOMEM is the only error. */
dtl_status dtl_text_names_collect(dtl_text_names *names, dtl_str text,
                                  const dtl_quote_tokens *tokens,
                                  const dtl_quote_phrases *phrases,
                                  size_t farther, size_t known,
                                  const dtl_quote_language *language);
void dtl_text_names_clear(dtl_text_names *names);

/* Who a noun phrase means: the name in full where the text has it, otherwise
 * the phrase itself; empty for a pronoun that finds nobody. preferred is the
 * phrase of who spoke last, or UINT32_MAX. */
dtl_str dtl_text_names_resolve(const dtl_text_names *names, uint32_t phrase,
                               uint32_t preferred);

/* Adds to the count words, at most most, those that might tell more of who a
 * phrase means where they stand in what has not been read: the last name that
 * stands alone, the role that nobody bears. */
void dtl_text_names_wanting(const dtl_text_names *names, uint32_t phrase,
                            dtl_str *words, size_t most, size_t *count);

#endif
