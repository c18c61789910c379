/* Which language a text is in.
 *
 * CLD2 looks at the letters; a thousand bytes tell it as much as the whole.
 * It is a C++ library and optional. What is shorter than a sentence it cannot
 * tell, and there the words of the tables of times can; so can they, for
 * their seven languages, where CLD2 is missing. */
#include "text/language.h"
#include "base/str.h"
#include "base/utf8.h"
#include "text/language_cld2.h"
#include "text/time_scan.h"

enum {
    SAMPLE = 1200, /* bytes */
    LEAST = 60,    /* bytes; below, CLD2 is right no more often than not */
    SURE = 60,     /* percent of the text in one language */
    ENOUGH = 8     /* words that a table knows, where there is no CLD2 */
};

/* The language whose table of times knows most of the text's words, and how
 * many; English where that tells nothing. */
static const char *most_known(dtl_str text, size_t *most, size_t *second)
{
    const char *best = "en";

    *most = *second = 0;
    for (size_t i = 0; i < dtl_time_lang_count; i++) {
        const dtl_time_lang *lang = dtl_time_langs[i];
        dtl_time_tokens tokens = {0};
        size_t at = 0, known = 0;

        while (at < text.len &&
               dtl_time_scan(lang, text, &at, &tokens) == DTL_OK) {
            for (size_t k = 0; k < tokens.count; k++)
                known += tokens.tokens[k].kind == DTL_TT_WORD &&
                         tokens.tokens[k].word;
        }
        dtl_time_tokens_clear(&tokens);
        if (known > *most) {
            *second = *most;
            *most = known;
            best = lang->tag;
        } else if (known > *second) {
            *second = known;
        }
    }
    return best;
}

#ifdef DTL_CLD2

/* Codes that CLD2 has from an older standard. */
static void modernize(char *tag)
{
    static const struct {
        const char *old, *now;
    } codes[] = {{"iw", "he"}, {"jw", "jv"}, {"in", "id"}, {"mo", "ro"}};

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (strcmp(tag, codes[i].old) == 0)
            memcpy(tag, codes[i].now, 3);
    }
}

bool dtl_language_detect(dtl_str text, char tag[DTL_LANGUAGE_TAG])
{
    dtl_str sample = dtl_str_sub(text, 0, SAMPLE);
    int percent = 0;

    /* It takes nothing but valid UTF-8. */
    sample.len = dtl_utf8_valid_prefix(sample);
    tag[0] = '\0';
    if (sample.len < LEAST)
        return false;
    if (!dtl_cld2_detect(sample.ptr, (int)sample.len, tag, &percent) ||
        percent < SURE) {
        tag[0] = '\0';
        return false;
    }
    modernize(tag);
    return true;
}

#else

bool dtl_language_detect(dtl_str text, char tag[DTL_LANGUAGE_TAG])
{
    size_t most, second;
    const char *best = most_known(dtl_str_sub(text, 0, SAMPLE), &most, &second);

    tag[0] = '\0';
    if (text.len < LEAST || most < ENOUGH || most * 3 < second * 4)
        return false;
    memcpy(tag, best, strlen(best) + 1);
    return true;
}

#endif

const char *dtl_language_guess(dtl_str text)
{
    size_t most, second;

    return most_known(dtl_str_sub(text, 0, SAMPLE), &most, &second);
}
