/* CLD2 for C: a C++ library without a C header. */
#include "text/language_cld2.h"

#include <stdio.h> /* which the header below wants */

#include <cld2/public/compact_lang_det.h>
#include <string.h>

extern "C" bool dtl_cld2_detect(const char *text, int len, char tag[16],
                                int *percent)
{
    CLD2::Language languages[3];
    int percents[3], bytes = 0;
    bool reliable = false;
    CLD2::Language best = CLD2::DetectLanguageSummary(
        text, len, true, languages, percents, &bytes, &reliable);

    if (best == CLD2::UNKNOWN_LANGUAGE)
        return false;
    strncpy(tag, CLD2::LanguageCode(best), 15);
    tag[15] = '\0';
    *percent = percents[0];
    return reliable;
}
