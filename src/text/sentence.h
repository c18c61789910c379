/* Plain text cut into sentences. */
#ifndef DTL_TEXT_SENTENCE_H
#define DTL_TEXT_SENTENCE_H

#include <dateline.h>

/* The end of the sentence that text[from] is in: behind its closing mark and
 * the quote marks and brackets that close with it, or at the end of its
 * paragraph. White space behind belongs to no sentence. from < text.len.
 * language is a tag; of one without abbreviations here English ones count. */
size_t dtl_sentence_end(dtl_str text, size_t from, dtl_str language);

/* The next sentence at or after *at, without white space around it; moves *at
 * behind it. False when there is none. */
bool dtl_sentence_next(dtl_str text, size_t *at, dtl_str language,
                       dtl_str *sentence);

/* The words that a full stop may follow without ending a sentence: lower
 * case, without the last stop, sorted by bytes. */
typedef struct {
    const char *const *words;
    size_t count;
} dtl_abbreviation_list;
dtl_abbreviation_list dtl_abbreviations(dtl_str language);

#endif
