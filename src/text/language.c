/* Which language a text is in.
 *
 * Most texts say it by the small words at their beginning, which are counted
 * first. In doubt CLD2 looks at the letters; a thousand bytes tell it as much
 * as the whole.
 * It is a C++ library and optional. What is shorter than a sentence it cannot
 * tell, and there the words of the tables of times can; so can they, for
 * their seven languages, where CLD2 is missing. */
#include "text/language.h"
#include "base/eight.h"
#include "base/str.h"
#include "base/utf8.h"
#include "text/byte_kinds.h"
#include "text/language_cld2.h"
#include "text/language_words.h"
#include "text/time_scan.h"

enum {
    SAMPLE = 1200, /* bytes */
    LEAST = 60,    /* bytes; below, CLD2 is right no more often than not */
    SURE = 60,     /* percent of the text in one language */
    ENOUGH = 8     /* words that a table knows, where there is no CLD2 */
};

/* ---- Small words -------------------------------------------------------- */

enum {
    COUNTED = 220, /* words; a count is a byte */
    CLEAR = 14,    /* words of a language that are enough */
    AHEAD = 6      /* so many more than of any other */
};

typedef struct {
    uint64_t counts[2]; /* as of dtl_language_word */
    unsigned words;
} tally;

static void count_word(tally *t, const char *p, size_t len)
{
    const uint32_t mask = (1u << dtl_language_word_bits) - 1;
    uint64_t key = dtl_eight(p, len);

    key = (key | UINT64_C(0x2020202020202020)) & ~UINT64_C(0) >> (64 - 8 * len);
    for (uint32_t i = dtl_language_hash(key, dtl_language_word_bits);
         dtl_language_words[i].key; i = (i + 1) & mask) {
        if (dtl_language_words[i].key == key) {
            t->counts[0] += dtl_language_words[i].counts[0];
            t->counts[1] += dtl_language_words[i].counts[1];
            return;
        }
    }
}

/* The language that is clear by now, of those that come with times; NULL: none
 * is. */
static const char *clear_one(const tally *t)
{
    unsigned best = 0, most = 0, second = 0;

    for (unsigned i = 0; i < dtl_language_count; i++) {
        unsigned n = t->counts[i / 8] >> i % 8 * 8 & 0xFF;

        if (n > most) {
            second = most;
            most = n;
            best = i;
        } else if (n > second) {
            second = n;
        }
    }
    if (most < CLEAR || most < second + AHEAD || 3 * most < 4 * second ||
        4 * most < t->words || best >= dtl_time_lang_count)
        return NULL;
    return dtl_language_tags[best];
}

/* The language of a text by its small words; NULL: they do not tell. */
static const char *by_words(dtl_str text)
{
    dtl_byte_kinds k;
    tally t = {{0, 0}, 0};
    const char *found = NULL;
    size_t at = 0;

    text.len = text.len < SAMPLE ? text.len : SAMPLE;
    dtl_byte_kinds_fill(&k, text, 0);
    for (size_t block = 0; 64 * block < text.len && !found; block++) {
        uint64_t letters = k.letters[block];
        uint64_t before = block ? k.letters[block - 1] >> 63 : 0;
        uint64_t begins = letters & ~(letters << 1 | before);

        for (; begins; begins &= begins - 1) {
            size_t end;

            at = 64 * block + (size_t)__builtin_ctzll(begins);
            end = dtl_byte_run_end(&k, k.letters, at);
            if (end == text.len || t.words == COUNTED)
                return clear_one(&t);
            t.words++;
            if (end - at <= 8 && (signed char)text.ptr[end] >= 0 &&
                (at == 0 || (signed char)text.ptr[at - 1] >= 0))
                count_word(&t, text.ptr + at, end - at);
        }
        if (block % 4 == 3)
            found = clear_one(&t);
    }
    return found ? found : clear_one(&t);
}

/* ---- Words of the tables of times ---------------------------------------- */

/* The language whose table of times knows most of the text's words, and how
 * many; English where that tells nothing. */
static const char *most_known(dtl_str text, size_t *most, size_t *second)
{
    const char *best = "en";

    *most = *second = 0;
    for (size_t i = 0; i < dtl_time_lang_count; i++) {
        const dtl_time_lang *lang = dtl_time_langs[i];
        size_t known = dtl_time_known_words(lang, text);

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
    const char *told = by_words(text);
    int percent = 0;

    if (told) {
        memcpy(tag, told, strlen(told) + 1);
        return true;
    }
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
    const char *best = by_words(text);

    if (best) {
        memcpy(tag, best, strlen(best) + 1);
        return true;
    }
    best = most_known(dtl_str_sub(text, 0, SAMPLE), &most, &second);
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
