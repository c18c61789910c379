/* The words of written dates in some sixty languages: month names, and what
 * stands between and behind the numbers. */
#ifndef DTL_BASE_DATE_WORDS_H
#define DTL_BASE_DATE_WORDS_H

#include <dateline.h>

typedef enum {
    DTL_WORD_NAME,   /* of a month; value 1-12 */
    DTL_WORD_JALALI, /* a month of the Persian calendar; value 1-12 */
    DTL_WORD_AM,
    DTL_WORD_PM,
    DTL_WORD_ZONE, /* value: minutes east of UTC */
    DTL_WORD_YEAR, /* marks the number before it (or, in some languages,
                      behind it) as a year, month, ... */
    DTL_WORD_MONTH,
    DTL_WORD_DAY,
    DTL_WORD_HOUR,
    DTL_WORD_MINUTE,
    DTL_WORD_SECOND,
    DTL_WORD_ERA,  /* value: the year before its year 1 */
    DTL_WORD_PART, /* may stand between the parts of a date: "de" */
    DTL_WORD_CLOCK /* may stand between date and time: "at" */
} dtl_date_word_kind;

typedef struct {
    const char *word; /* folded */
    uint8_t len;
    uint8_t kind;   /* dtl_date_word_kind */
    int16_t value;  /* 0 where the kind has none */
    uint64_t langs; /* bit n: language n of dtl_date_languages; 0: any */
} dtl_date_word;

/* No folded word of the table is longer. */
enum {
    DTL_DATE_WORD_MAX = 64
};

/* Folds a word as those of the table are: compatible forms, case and marks
 * undone, no full stops. Writes to out and returns the length; 0 when it has
 * no room, so is no word of the table. */
size_t dtl_date_fold(dtl_str word, char out[DTL_DATE_WORD_MAX]);

/* The senses of a folded word: *count entries of the table, NULL when it is
 * none. */
const dtl_date_word *dtl_date_senses(dtl_str folded, size_t *count);

/* The number of a language's tag, its region left out ("pt-BR"); -1 when the
 * table does not know it. */
int dtl_date_language(dtl_str tag);

/* The generated table. A word's first sense is found by its hash, in slots
 * that hold the sense's number from 1; where that is another word, it is in
 * one of the slots behind, before the next that is free. */
enum {
    DTL_DATE_SLOTS = 4096
};
#define DTL_DATE_HASH UINT32_C(0x9e3779b1)

extern const char dtl_date_languages[][4];
extern const size_t dtl_date_language_count;
extern const dtl_date_word dtl_date_words[];
extern const size_t dtl_date_word_count;
extern const uint16_t dtl_date_slots[DTL_DATE_SLOTS];

#endif
