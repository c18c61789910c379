/* Which language a text is in. */
#ifndef DTL_TEXT_LANGUAGE_H
#define DTL_TEXT_LANGUAGE_H

#include <dateline.h>

enum {
    DTL_LANGUAGE_TAG = 16
};

/* The language of UTF-8 text by its beginning, as CLD2 has it: "en",
 * "zh-Hant". False, with tag empty, when it is not clear or the text is too
 * short to say. Built without CLD2 only languages with a table of times are
 * told. */
bool dtl_language_detect(dtl_str text, char tag[DTL_LANGUAGE_TAG]);

/* The language of those with a table of times whose words the text has most
 * of, English where that tells nothing. For phrases, which are too short for
 * the above. Static storage. */
const char *dtl_language_guess(dtl_str text);

#endif
