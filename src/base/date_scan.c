/* The tokens of dates.
 *
 * Words are runs of letters, looked up folded; of scripts that write without
 * spaces each character is a word, or two where the table has the two.
 * Single letters with full stops ("p.m.", Thai "ก.ย.") are one word. Digits
 * of any script count. Everything else that is no space is a mark. */
#include "base/date_scan.h"
#include "base/str.h"
#include "base/utf8.h"

#include <utf8proc.h>

typedef enum {
    CHAR_SPACE,
    CHAR_DIGIT,
    CHAR_LETTER,
    CHAR_IDEOGRAPH, /* a word by itself */
    CHAR_MARK,
    CHAR_NOTHING /* invisible: direction marks, soft hyphens */
} char_kind;

typedef struct {
    char_kind kind;
    uint32_t cp;
    int digit;
    size_t len;
} character;

/* Value of a decimal digit outside ASCII, -1 for others. */
static int digit_value(uint32_t cp)
{
    /* The zeros of the scripts that pages write numbers in. */
    static const uint16_t zeros[] = {
        0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66,
        0x0CE6, 0x0D66, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x17E0, 0x1810, 0xFF10,
    };
    size_t i;

    for (i = 0; i < sizeof zeros / sizeof *zeros; i++)
        if (cp >= zeros[i] && cp < zeros[i] + 10u)
            return (int)(cp - zeros[i]);
    return -1;
}

static bool is_ideograph(uint32_t cp)
{
    return (cp >= 0x3040 && cp <= 0x30FF) || (cp >= 0x3400 && cp <= 0x9FFF) ||
           (cp >= 0xAC00 && cp <= 0xD7AF) || (cp >= 0x20000 && cp <= 0x3FFFF);
}

static char_kind kind_of(uint32_t cp)
{
    switch (utf8proc_category((int32_t)cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
        return is_ideograph(cp) ? CHAR_IDEOGRAPH : CHAR_LETTER;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return CHAR_SPACE;
    case UTF8PROC_CATEGORY_CF:
        return CHAR_NOTHING;
    default:
        return CHAR_MARK;
    }
}

static character decode(dtl_str s, size_t at)
{
    character c = {CHAR_MARK, 0, -1, 1};

    c.cp = dtl_utf8_decode(s, at, &c.len);
    c.digit = digit_value(c.cp);
    c.kind = c.digit >= 0 ? CHAR_DIGIT : kind_of(c.cp);
    /* Ordinal signs are letters to Unicode and stand behind numbers. */
    if (c.cp == 0xBA || c.cp == 0xAA || c.cp == 0xB0)
        c.kind = CHAR_LETTER;
    return c;
}

static inline character character_at(dtl_str s, size_t at)
{
    unsigned char byte = (unsigned char)s.ptr[at];

    if (byte >= 128)
        return decode(s, at);
    if (dtl_is_alpha((char)byte))
        return (character){CHAR_LETTER, byte, -1, 1};
    if (dtl_is_digit((char)byte))
        return (character){CHAR_DIGIT, byte, byte - '0', 1};
    return (character){byte <= ' ' ? CHAR_SPACE : CHAR_MARK, byte, -1, 1};
}

static void scan_number(dtl_str s, size_t *at, dtl_date_token *t)
{
    t->kind = DTL_TOKEN_NUMBER;
    while (*at < s.len) {
        character c = character_at(s, *at);

        if (c.kind != CHAR_DIGIT)
            break;
        if (t->digits < 255)
            t->digits++;
        if (t->digits < 19)
            t->value = t->value * 10 + (unsigned)c.digit;
        *at += c.len;
    }
}

static void look_up(dtl_str word, dtl_date_token *t)
{
    char folded[DTL_DATE_WORD_MAX];
    size_t len = dtl_date_fold(word, folded), count;

    t->senses = dtl_date_senses((dtl_str){folded, len}, &count);
    t->sense_count = (uint8_t)count;
    if (len == 1 && dtl_is_alpha(folded[0]))
        t->first = folded[0];
}

/* Behind the letters from at on, and what belongs to them. */
static size_t letters_end(dtl_str s, size_t at, size_t *letters)
{
    *letters = 0;
    while (at < s.len) {
        character c;

        if (dtl_is_alpha(s.ptr[at])) {
            ++*letters;
            at++;
            continue;
        }
        c = character_at(s, at);
        if (c.kind == CHAR_LETTER)
            ++*letters;
        else if (c.kind != CHAR_NOTHING)
            break;
        at += c.len;
    }
    return at;
}

static bool is_letter_at(dtl_str s, size_t at)
{
    return at < s.len && character_at(s, at).kind == CHAR_LETTER;
}

static void scan_letters(dtl_str s, size_t *at, dtl_date_token *t)
{
    size_t start = *at, letters;

    t->letters = true;
    *at = letters_end(s, start, &letters);
    /* "p.m.", "ก.ย.": single letters and full stops by turns. */
    while (letters <= 2 && *at < s.len && s.ptr[*at] == '.' &&
           is_letter_at(s, *at + 1)) {
        size_t end = letters_end(s, *at + 1, &letters);

        if (letters > 2)
            break;
        *at = end;
    }
    look_up(dtl_str_sub(s, start, *at), t);
}

static void scan_ideograph(dtl_str s, size_t *at, character c,
                           dtl_date_token *t)
{
    size_t one = *at + c.len;

    if (one < s.len) {
        character next = character_at(s, one);

        if (next.kind == CHAR_IDEOGRAPH) {
            look_up(dtl_str_sub(s, *at, one + next.len), t);
            if (t->senses) {
                *at = one + next.len;
                return;
            }
        }
    }
    look_up(dtl_str_sub(s, *at, one), t);
    *at = one;
}

/* Dashes and quotes have many forms; one of each does for dates. */
static char mark_of(uint32_t cp)
{
    if (cp < 128)
        return (char)cp;
    if ((cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212)
        return '-';
    switch (cp) {
    case 0x2019:
    case 0x2018:
        return '\'';
    case 0xFF0C:
    case 0x3001:
    case 0x060C:
        return ',';
    case 0xFF1A:
        return ':';
    case 0xFF0F:
        return '/';
    case 0xFF0E:
        return '.';
    case 0xFF08:
        return '(';
    case 0xFF09:
        return ')';
    case 0xB7:
    case 0x2022:
        return '|';
    default:
        return 1;
    }
}

void dtl_date_scan_from(dtl_date_scan *s, dtl_str text, size_t from)
{
    bool spaced = from == 0;
    size_t at = from;

    s->text = text;
    s->count = 0;
    while (at < text.len && s->count < DTL_DATE_TOKENS) {
        character c = character_at(text, at);
        dtl_date_token *t = &s->at[s->count];

        if (c.kind == CHAR_SPACE || c.kind == CHAR_NOTHING) {
            spaced = spaced || c.kind == CHAR_SPACE;
            at += c.len;
            continue;
        }
        *t = (dtl_date_token){.start = at, .spaced = spaced};
        spaced = false;
        if (c.kind == CHAR_DIGIT) {
            scan_number(text, &at, t);
        } else if (c.kind == CHAR_MARK) {
            t->kind = DTL_TOKEN_MARK;
            t->mark = mark_of(c.cp);
            at += c.len;
        } else {
            t->kind = DTL_TOKEN_WORD;
            if (c.kind == CHAR_LETTER)
                scan_letters(text, &at, t);
            else
                scan_ideograph(text, &at, c, t);
        }
        t->end = at;
        s->count++;
    }
    s->next = at;
    s->at[s->count] = (dtl_date_token){.start = at, .end = at};
}

const dtl_date_word *dtl_date_sense(const dtl_date_token *t,
                                    dtl_date_word_kind kind)
{
    size_t i;

    for (i = 0; i < t->sense_count; i++)
        if (t->senses[i].kind == (uint8_t)kind)
            return &t->senses[i];
    return NULL;
}
