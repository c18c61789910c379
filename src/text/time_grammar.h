/* What the grammar of dates in running text is made of: the names that the
 * language files (src/text/times/) use, and the tables that
 * tools/make_time_tables.py makes of them. The tool reads the enumerations
 * below, so a name here is a name there, in lower case and without prefix.
 *
 * A language file says which words there are (each a class and a value) and
 * which sequences of classes, words and marks mean something. A rule gives
 * its result as an operation and slots. Rules come in levels: those of the
 * first see words and numbers, those of each next one also the results of
 * the level before. The sequences of a level are one trie. */
#ifndef DTL_TEXT_TIME_GRAMMAR_H
#define DTL_TEXT_TIME_GRAMMAR_H

#include <dateline.h>

/* What a rule makes. */
typedef enum {
    DTL_TOP_NONE, /* is no time: keeps other rules off */
    DTL_TOP_DATE, /* places in the calendar, as known or as reckoned */
    DTL_TOP_TIME, /* of a day: clock or part of it */
    DTL_TOP_DUR,
    DTL_TOP_SET,
    DTL_TOP_REF,   /* "now", "recently" */
    DTL_TOP_RANGE, /* from slot a to slot b */
    DTL_TOP_SPAN,  /* a duration in slot a that begins or ends with b */
    DTL_TOP_NUM,   /* a number: n times mul, and n2 */
    DTL_TOP_ORD,   /* an ordinal, likewise */
    DTL_TOP_COUNT
} dtl_time_op;

/* Values are numbers. A slot that is not set is absent, not 0. */
typedef enum {
    DTL_SLOT_Y,    /* a year in full */
    DTL_SLOT_Y2,   /* its last two digits */
    DTL_SLOT_ERA,  /* -1: before Christ */
    DTL_SLOT_M,    /* 1-12 */
    DTL_SLOT_D,    /* 1-31 */
    DTL_SLOT_WD,   /* 1-7 from Monday */
    DTL_SLOT_WEEK, /* ISO 8601; 0: the week that the day told is in */
    DTL_SLOT_Q,    /* quarter 1-4 */
    DTL_SLOT_HALF, /* of a year, 1-2 */
    DTL_SLOT_SEASON,
    DTL_SLOT_DEC,  /* decade: 198 */
    DTL_SLOT_DEC2, /* decade of a century not named: 8 */
    DTL_SLOT_CENT, /* ordinal of a century: 20 */
    DTL_SLOT_HOL,  /* a moving or fixed holiday */
    DTL_SLOT_WE,   /* a weekend */
    DTL_SLOT_FY,   /* 1: the year is a fiscal one */
    DTL_SLOT_H,    /* hour as written */
    DTL_SLOT_MIN,
    DTL_SLOT_SEC,
    DTL_SLOT_HALFTO, /* half before the hour: German "halb drei" */
    DTL_SLOT_PAST,   /* minutes past the hour; below 0 before it */
    DTL_SLOT_AP,     /* 0 in the morning, 1 after noon */
    DTL_SLOT_PART,
    DTL_SLOT_ZH, /* zone, hours or as HHMM */
    DTL_SLOT_ZM,
    DTL_SLOT_ZS, /* sign */
    DTL_SLOT_Z,  /* zone in minutes */
    DTL_SLOT_N,
    DTL_SLOT_FRAC, /* tenths of n */
    DTL_SLOT_HUND, /* n has hundredths: 25, 75 */
    DTL_SLOT_UNIT,
    DTL_SLOT_N2,
    DTL_SLOT_UNIT2,
    DTL_SLOT_N3,
    DTL_SLOT_UNIT3,
    DTL_SLOT_RS,    /* reckon n units: -1 back, 1 on */
    DTL_SLOT_RN,    /* steps of runit from the base */
    DTL_SLOT_RUNIT, /* the base is this unit, moved by rn */
    DTL_SLOT_ANC,   /* the base: 0 the article's day, 1 the last time named,
                       2 slot a */
    DTL_SLOT_DIR,   /* -1 last, 0 this, 1 next, of what has no unit; 3 and -3
                       the n-th of them on and back */
    DTL_SLOT_ORD,   /* the ord-th ounit of the base; below 0 from its end */
    DTL_SLOT_OUNIT,
    DTL_SLOT_MOD,
    DTL_SLOT_REF,   /* -1 past, 0 present, 1 future */
    DTL_SLOT_EDGE,  /* of the whole: 1 begins there (since), -1 ends (until),
                       2 right after what is told next, -2 right
                       before it */
    DTL_SLOT_VAGUE, /* a number not told: "a few" */
    DTL_SLOT_CUE,   /* tense that the phrase itself names */
    DTL_SLOT_SOFT,  /* how it depends on evidence: dtl_time_soft */
    DTL_SLOT_DAYS,  /* a number that is a day only */
    DTL_SLOT_EXACT, /* reckoned to the day, not to the unit */
    DTL_SLOT_MUL,   /* what n is multiplied with */
    DTL_SLOT_H2,    /* of a range's end, where the rest is its beginning's */
    DTL_SLOT_MIN2,
    DTL_SLOT_AP2,
    DTL_SLOT_LEN, /* days that a holiday lasts */
    DTL_SLOT_A,   /* places of parts, not values */
    DTL_SLOT_B,
    DTL_SLOT_COUNT
} dtl_time_slot;

typedef enum {
    DTL_UNIT_SECOND,
    DTL_UNIT_MINUTE,
    DTL_UNIT_HOUR,
    DTL_UNIT_DAY,
    DTL_UNIT_WEEKEND,
    DTL_UNIT_WEEK,
    DTL_UNIT_FORTNIGHT,
    DTL_UNIT_MONTH,
    DTL_UNIT_QUARTER,
    DTL_UNIT_SEASON,
    DTL_UNIT_HALFYEAR,
    DTL_UNIT_YEAR,
    DTL_UNIT_DECADE,
    DTL_UNIT_CENTURY,
    DTL_UNIT_MILLENNIUM,
    DTL_UNIT_WEEKDAY, /* counted workdays */
    DTL_UNIT_NIGHT,
    DTL_UNIT_COUNT
} dtl_time_unit;

typedef enum {
    DTL_PART_MORNING,
    DTL_PART_MIDDAY,
    DTL_PART_AFTERNOON,
    DTL_PART_EVENING,
    DTL_PART_NIGHT,
    DTL_PART_DAYTIME,
    DTL_PART_NOON,     /* 12:00 */
    DTL_PART_MIDNIGHT, /* 24:00, or 00:00 with a day */
    DTL_PART_COUNT
} dtl_time_part;

typedef enum {
    DTL_SEASON_SPRING,
    DTL_SEASON_SUMMER,
    DTL_SEASON_AUTUMN,
    DTL_SEASON_WINTER
} dtl_time_season;

typedef enum {
    DTL_MOD_START,
    DTL_MOD_MID,
    DTL_MOD_END,
    DTL_MOD_APPROX,
    DTL_MOD_LESS,
    DTL_MOD_MORE,
    DTL_MOD_EARLY,
    DTL_MOD_LATE,
    DTL_MOD_EARLIER, /* of a period, what of it is before the article */
    DTL_MOD_LATER
} dtl_time_mod;

/* What may be a time, and what lets it be one. */
typedef enum {
    DTL_SOFT_ALONE = 1, /* it is all that the text says, or part of another */
    DTL_SOFT_LASTS,     /* a date where the future is told, else a duration:
                           "in two weeks" */
    DTL_SOFT_HISTORY,   /* in history only: "former" */
    DTL_SOFT_PART,      /* only as part of another: "5m" */
    DTL_SOFT_NUMBERS,   /* "8/10" where it is no fraction */
    DTL_SOFT_PHRASE     /* a date where it is all that the text says, else a
                           duration: "after an hour" */
} dtl_time_soft;

/* Classes that numbers, marks and results have without a language file; its
 * own classes and literal words follow DTL_CLASS_WORDS. */
typedef enum {
    DTL_CLASS_NUM,    /* any number */
    DTL_CLASS_D,      /* 1-31 in one or two digits */
    DTL_CLASS_M,      /* 1-12 in one or two digits */
    DTL_CLASS_Y4,     /* 1000-2199 */
    DTL_CLASS_YW,     /* the same in words */
    DTL_CLASS_Y3,     /* three digits */
    DTL_CLASS_Y2,     /* two digits */
    DTL_CLASS_YY,     /* two digits that are no day: 32-99 */
    DTL_CLASS_H,      /* 0-24 in one or two digits */
    DTL_CLASS_MM,     /* 00-59 in two digits */
    DTL_CLASS_DIG,    /* one digit */
    DTL_CLASS_N4,     /* four digits, HHMM */
    DTL_CLASS_N3,     /* three digits, HMM */
    DTL_CLASS_ORDN,   /* 3rd: digits with an ordinal ending */
    DTL_CLASS_ORDD,   /* the same, 1-31 */
    DTL_CLASS_ORDDIG, /* the same, never in words */
    DTL_CLASS_CAP,    /* a word with a capital letter */
    DTL_CLASS_WORD,   /* any word */
    DTL_CLASS_ORDSUF, /* ending that makes an ordinal of digits: "rd" */
    DTL_CLASS_TENSE,  /* words that tell past (-1) from future (1) */
    DTL_CLASS_STOP,   /* nouns that a number before them counts */
    DTL_CLASS_JUNK,   /* words that are no part of names or codes */
    DTL_CLASS_CARD,   /* 13-99 in words */
    DTL_CLASS_ANY,    /* beside a rule: any token at all */
    DTL_CLASS_I_DATE, /* results: any of the operation */
    DTL_CLASS_I_TIME,
    DTL_CLASS_I_DUR,
    DTL_CLASS_I_SET,
    DTL_CLASS_I_REF,
    DTL_CLASS_I_RANGE,
    DTL_CLASS_I_DAY,   /* dates that are a day */
    DTL_CLASS_I_WD,    /* a weekday and no more */
    DTL_CLASS_I_MONTH, /* a month without year */
    DTL_CLASS_I_MD,    /* month and day without year */
    DTL_CLASS_I_YEAR,  /* a year and no more */
    DTL_CLASS_I_PART,  /* part of a day and no clock */
    DTL_CLASS_I_CLOCK, /* clock times */
    DTL_CLASS_I_HOUR,  /* a bare number of an hour */
    DTL_CLASS_I_SEASON,
    DTL_CLASS_I_HOL,
    DTL_CLASS_I_PERIOD,    /* dates coarser than a day */
    DTL_CLASS_I_REL,       /* dates reckoned from a base */
    DTL_CLASS_I_DAYUNIT,   /* durations in days and longer */
    DTL_CLASS_I_DATED,     /* days told by more than their weekday */
    DTL_CLASS_I_BESIDE,    /* dates before or after what is told next */
    DTL_CLASS_MARKS = 256, /* an ASCII mark: 256 + its code */
    DTL_CLASS_WORDS = 384,
    DTL_CLASS_GLUED = 0x8000 /* in an edge: no space before it */
} dtl_time_class;

/* What a text is cut into. */
typedef enum {
    DTL_TT_WORD,
    DTL_TT_NUMBER,
    DTL_TT_ORDINAL, /* a number with its ending: "3rd" */
    DTL_TT_MARK,
    DTL_TT_JUNK /* digits that are part of a code: "B52", "500GB" */
} dtl_time_token_kind;

typedef struct {
    uint16_t cls;
    int16_t value;
    uint8_t cap; /* only with a capital letter */
} dtl_time_sense;

/* A word, or what is known of a mark or number before one looks at it. */
typedef struct {
    uint64_t mask;  /* bits of the classes that it may have */
    uint64_t next;  /* of those that may come second in a sequence of the first
                       two levels that it begins; all where none need come */
    uint64_t third; /* the same of the third place, behind an article */
    uint64_t later; /* of the second place in the levels behind those two */
    uint32_t text;  /* in the language's pool of letters */
    uint16_t first; /* of the senses */
    uint16_t roots; /* the first of them */
    uint8_t root_count;
    uint8_t len;
    uint8_t senses; /* number */
    uint8_t starts; /* bit n: may begin a sequence of level n + 1 */
    int8_t tense;   /* -1 past, 1 future */
    bool article;
} dtl_time_word;

/* What looking a word or mark up touches: its dtl_time_key, some of the
 * above, and the bits of the classes that may come right behind it in a
 * sequence of any level. */
typedef struct {
    uint64_t key, mask, next, follow;
} dtl_time_hot;

/* What a sense of a word leads to from where the sequences of a level
 * begin. */
typedef struct {
    uint16_t child;
    int16_t value;
    uint8_t level; /* from 0 on; they are in its order */
    uint8_t cap;
    uint8_t ends;  /* the child is the end of a sequence */
    uint64_t mask; /* the child's: bits of what may come behind it */
} dtl_time_root;

typedef struct {
    uint16_t node, cls;
    uint16_t child; /* 0: the place in the table is empty */
} dtl_time_edge;

/* A sequence's end. */
typedef struct {
    uint16_t node;
    uint16_t order; /* of the rule in its level; the lower wins */
    uint8_t op;
    uint8_t len;                    /* elements */
    uint8_t lead, trail;            /* of them, that stand beside the time */
    uint8_t consts;                 /* number of pairs */
    uint16_t not_after, not_before; /* classes; 0: none */
    uint32_t slots; /* len bytes: slot, DTL_SLOT_COUNT none, 255 merge */
    uint32_t pairs; /* slot, value */
} dtl_time_accept;

typedef struct {
    const dtl_time_edge *edges; /* hash table */
    uint32_t edge_mask;
    const uint64_t *masks;          /* node: bits of its edges' classes */
    const uint16_t *ends;           /* node: 1 + its first of accepts, 0 none */
    const dtl_time_accept *accepts; /* those of a node together, best first */
    uint32_t accept_count;
    const uint16_t *results; /* class of a result, from DTL_CLASS_I_DATE on: the
                                node it leads to from where sequences begin */
    const uint64_t *behind;  /* operation of a result: bits of the classes that
                                may come second behind it; all: none need */
} dtl_time_level;

enum {
    DTL_TIME_LEVELS = 6,
    DTL_TIME_RULE_MAX = 20, /* elements */
    DTL_TIME_MERGE = 255,
    DTL_TIME_DIGITS = 128 /* place of any number behind the first mark */
};

typedef struct {
    char tag[4];
    const char *letters;
    const dtl_time_word *words; /* from 1 on; 0 is any other word */
    const dtl_time_hot *hot;    /* of each of them */
    const uint16_t *buckets;    /* hash table of words; DTL_TIME_MORE */
    unsigned bucket_shift;      /* 64 - log2 of its size */
    uint16_t first_mark; /* of the words: ASCII marks, and DTL_TIME_DIGITS */
    const uint8_t *bits; /* class: its bit in masks */
    /* Of the anchors, the words of which, or of numbers, each sequence of the
       first two levels has one: a bit for each hash of their first eight
       letters, and whether a word, mark or number is one. */
    const uint64_t *filter;
    const bool *anchors;
    const dtl_time_sense *senses;
    const dtl_time_root *roots;
    const uint8_t *slots;
    const int16_t *pairs;
    dtl_time_level levels[DTL_TIME_LEVELS];
    uint16_t level_count;
    const char *past_ending; /* of verbs, "ed"; NULL: none */
    bool reports;     /* what tells no tense is past, in a whole sentence */
    char thousands;   /* between groups of three digits; 0: none */
    bool month_first; /* 3/4 is March 4 */
} dtl_time_lang;

extern const dtl_time_lang *const dtl_time_langs[];
extern const size_t dtl_time_lang_count;

enum {
    DTL_TIME_FILTER_BITS = 15, /* log2 of the filter's */
    DTL_TIME_WORD_MAX = 24,    /* no word of a table has more letters */
    DTL_TIME_MORE = 0x8000 /* in a bucket: the search goes on with the next */
};

/* The key of a word of len letters, folded, in three little-endian numbers
 * with 0 behind its end; as the tool reckons it. A short word's key is the
 * word, and no long one's key is a short one's. */
static inline uint64_t dtl_time_key(const uint64_t letters[3], size_t len)
{
    const uint64_t factor = UINT64_C(0x9E3779B97F4A7C15);

    if (len <= 8)
        return letters[0];
    return ((letters[0] * factor ^ letters[1]) * factor ^ letters[2]) |
           UINT64_C(1) << 63;
}

static inline uint64_t dtl_time_hash_key(uint64_t key, unsigned shift)
{
    return key * UINT64_C(0x9E3779B97F4A7C15) >> shift;
}

/* A class's bit in a mask. */
static inline uint64_t dtl_time_class_bit(const dtl_time_lang *lang,
                                          uint16_t cls)
{
    return (uint64_t)1 << lang->bits[cls];
}

static inline uint32_t dtl_time_hash_edge(uint16_t node, uint16_t cls)
{
    uint32_t h = ((uint32_t)node << 16 | cls) * 0x9E3779B1u;

    return h ^ h >> 15;
}

#endif
