/* One pass over a text's code points, word by word.
 *
 * Letters are told from the rest by ranges, coarsely: what is wanted is how
 * much prose there is and how it is punctuated, in every script, not
 * Unicode's categories. */
#include "article/measure.h"
#include "base/utf8.h"
#include "base/str.h"

enum char_class {
    C_SPACE,
    C_LETTER,
    C_CAPITAL,
    C_DIGIT,
    C_WIDE,
    C_STOP,
    C_COMMA,
    C_COLON,
    C_QUOTE,
    C_MARK,
    C_CLOSE, /* closing brackets */
    C_OTHER
};

static const uint8_t ascii_class[128] = {
    ['!'] = C_STOP,    ['"'] = C_QUOTE,   ['#'] = C_MARK,    ['$'] = C_OTHER,
    ['%'] = C_OTHER,   ['&'] = C_OTHER,   ['\''] = C_OTHER,  ['('] = C_OTHER,
    [')'] = C_CLOSE,   ['*'] = C_MARK,    ['+'] = C_MARK,    [','] = C_COMMA,
    ['-'] = C_OTHER,   ['.'] = C_STOP,    ['/'] = C_OTHER,   ['0'] = C_DIGIT,
    ['1'] = C_DIGIT,   ['2'] = C_DIGIT,   ['3'] = C_DIGIT,   ['4'] = C_DIGIT,
    ['5'] = C_DIGIT,   ['6'] = C_DIGIT,   ['7'] = C_DIGIT,   ['8'] = C_DIGIT,
    ['9'] = C_DIGIT,   [':'] = C_COLON,   [';'] = C_COLON,   ['<'] = C_MARK,
    ['='] = C_MARK,    ['>'] = C_MARK,    ['?'] = C_STOP,    ['@'] = C_MARK,
    ['A'] = C_CAPITAL, ['B'] = C_CAPITAL, ['C'] = C_CAPITAL, ['D'] = C_CAPITAL,
    ['E'] = C_CAPITAL, ['F'] = C_CAPITAL, ['G'] = C_CAPITAL, ['H'] = C_CAPITAL,
    ['I'] = C_CAPITAL, ['J'] = C_CAPITAL, ['K'] = C_CAPITAL, ['L'] = C_CAPITAL,
    ['M'] = C_CAPITAL, ['N'] = C_CAPITAL, ['O'] = C_CAPITAL, ['P'] = C_CAPITAL,
    ['Q'] = C_CAPITAL, ['R'] = C_CAPITAL, ['S'] = C_CAPITAL, ['T'] = C_CAPITAL,
    ['U'] = C_CAPITAL, ['V'] = C_CAPITAL, ['W'] = C_CAPITAL, ['X'] = C_CAPITAL,
    ['Y'] = C_CAPITAL, ['Z'] = C_CAPITAL, ['['] = C_OTHER,   ['\\'] = C_MARK,
    [']'] = C_CLOSE,   ['^'] = C_MARK,    ['_'] = C_MARK,    ['`'] = C_OTHER,
    ['a'] = C_LETTER,  ['b'] = C_LETTER,  ['c'] = C_LETTER,  ['d'] = C_LETTER,
    ['e'] = C_LETTER,  ['f'] = C_LETTER,  ['g'] = C_LETTER,  ['h'] = C_LETTER,
    ['i'] = C_LETTER,  ['j'] = C_LETTER,  ['k'] = C_LETTER,  ['l'] = C_LETTER,
    ['m'] = C_LETTER,  ['n'] = C_LETTER,  ['o'] = C_LETTER,  ['p'] = C_LETTER,
    ['q'] = C_LETTER,  ['r'] = C_LETTER,  ['s'] = C_LETTER,  ['t'] = C_LETTER,
    ['u'] = C_LETTER,  ['v'] = C_LETTER,  ['w'] = C_LETTER,  ['x'] = C_LETTER,
    ['y'] = C_LETTER,  ['z'] = C_LETTER,  ['{'] = C_MARK,    ['|'] = C_MARK,
    ['}'] = C_MARK,    ['~'] = C_MARK,
};

/* Ranges that are no letters, or letters that are words; sorted, apart. */
static const struct {
    uint32_t from, to;
    uint8_t class;
} ranges[] = {
    {0x80, 0xa0, C_SPACE},      {0xa1, 0xa8, C_OTHER},
    {0xa9, 0xa9, C_MARK},       {0xab, 0xab, C_QUOTE},
    {0xac, 0xb4, C_OTHER},      {0xb6, 0xb9, C_MARK},
    {0xbb, 0xbb, C_QUOTE},      {0xbc, 0xbf, C_OTHER},
    {0xd7, 0xd7, C_MARK},       {0xf7, 0xf7, C_MARK},
    {0x37e, 0x37e, C_STOP},     {0x387, 0x387, C_COLON},
    {0x589, 0x589, C_STOP},     {0x5be, 0x5be, C_OTHER},
    {0x60c, 0x60c, C_COMMA},    {0x61b, 0x61b, C_COLON},
    {0x61f, 0x61f, C_STOP},     {0x660, 0x669, C_DIGIT},
    {0x66a, 0x66d, C_OTHER},    {0x6d4, 0x6d4, C_STOP},
    {0x6f0, 0x6f9, C_DIGIT},    {0x964, 0x965, C_STOP},
    {0xe00, 0xe7f, C_WIDE},     {0x1362, 0x1362, C_STOP},
    {0x1363, 0x1363, C_COMMA},  {0x2000, 0x200b, C_SPACE},
    {0x200c, 0x200d, C_LETTER}, {0x200e, 0x200f, C_SPACE},
    {0x2010, 0x2015, C_OTHER},  {0x2016, 0x2017, C_MARK},
    {0x2018, 0x2019, C_OTHER},  {0x201a, 0x201f, C_QUOTE},
    {0x2020, 0x2025, C_MARK},   {0x2026, 0x2026, C_STOP},
    {0x2027, 0x2027, C_MARK},   {0x2028, 0x202f, C_SPACE},
    {0x2030, 0x2038, C_OTHER},  {0x2039, 0x203a, C_QUOTE},
    {0x203b, 0x203b, C_MARK},   {0x203c, 0x203d, C_STOP},
    {0x203e, 0x2046, C_OTHER},  {0x2047, 0x2049, C_STOP},
    {0x204a, 0x206f, C_OTHER},  {0x2070, 0x2094, C_OTHER},
    {0x20a0, 0x20cf, C_OTHER},  {0x2100, 0x214f, C_OTHER},
    {0x2190, 0x2bff, C_MARK},   {0x2e00, 0x2e7f, C_OTHER},
    {0x3000, 0x3000, C_SPACE},  {0x3001, 0x3001, C_COMMA},
    {0x3002, 0x3002, C_STOP},   {0x3003, 0x3007, C_OTHER},
    {0x3008, 0x3009, C_OTHER},  {0x300a, 0x300a, C_QUOTE},
    {0x300b, 0x300b, C_QUOTE},  {0x300c, 0x300f, C_QUOTE},
    {0x3010, 0x3020, C_MARK},   {0x3030, 0x303f, C_MARK},
    {0x3040, 0x30fa, C_WIDE},   {0x30fb, 0x30fb, C_MARK},
    {0x30fc, 0x30ff, C_WIDE},   {0x3200, 0x33ff, C_OTHER},
    {0x3400, 0x9fff, C_WIDE},   {0xac00, 0xd7af, C_WIDE},
    {0xfeff, 0xfeff, C_SPACE},  {0xff01, 0xff01, C_STOP},
    {0xff02, 0xff07, C_OTHER},  {0xff08, 0xff08, C_OTHER},
    {0xff09, 0xff09, C_CLOSE},  {0xff0a, 0xff0b, C_MARK},
    {0xff0c, 0xff0c, C_COMMA},  {0xff0d, 0xff0d, C_OTHER},
    {0xff0e, 0xff0e, C_STOP},   {0xff0f, 0xff0f, C_MARK},
    {0xff10, 0xff19, C_DIGIT},  {0xff1a, 0xff1b, C_COLON},
    {0xff1c, 0xff1e, C_MARK},   {0xff1f, 0xff1f, C_STOP},
    {0xff20, 0xff20, C_MARK},   {0xff5b, 0xff60, C_MARK},
    {0xff61, 0xff61, C_STOP},   {0xff62, 0xff63, C_QUOTE},
    {0xff64, 0xff64, C_COMMA},  {0xfff0, 0xffff, C_OTHER},
    {0x1f000, 0x1faff, C_MARK}, {0x20000, 0x2ffff, C_WIDE},
};

static enum char_class class_in_ranges(uint32_t cp)
{
    size_t low = 0, high = sizeof ranges / sizeof ranges[0];

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (cp > ranges[mid].to)
            low = mid + 1;
        else
            high = mid;
    }
    if (low < sizeof ranges / sizeof ranges[0] && cp >= ranges[low].from)
        return ranges[low].class;
    return dtl_fold(cp) != cp ? C_CAPITAL : C_LETTER;
}

/* The letters of most pages without a search. */
static inline enum char_class class_of(uint32_t cp)
{
    if (cp < 0x80)
        return ascii_class[cp];
    if ((cp >= 0xc0 && cp < 0x370) || (cp >= 0x390 && cp < 0x530))
        return cp == 0xd7 || cp == 0xf7 ? C_MARK
               : dtl_fold(cp) != cp     ? C_CAPITAL
                                        : C_LETTER;
    if ((cp >= 0x3040 && cp < 0x30fb) || (cp >= 0x3400 && cp < 0xa000) ||
        (cp >= 0xac00 && cp < 0xd7b0))
        return C_WIDE;
    return class_in_ranges(cp);
}

uint32_t dtl_fold(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z' ? cp | 0x20 : cp;
    if (cp >= 0xc0 && cp <= 0xde && cp != 0xd7)
        return cp + 0x20;
    /* Latin Extended-A and parts of -B and Additional alternate. */
    if ((cp >= 0x100 && cp <= 0x137) || (cp >= 0x14a && cp <= 0x177) ||
        (cp >= 0x1e00 && cp <= 0x1eff))
        return cp | 1;
    if ((cp >= 0x139 && cp <= 0x148) || (cp >= 0x179 && cp <= 0x17e))
        return cp & 1 ? cp + 1 : cp;
    if (cp == 0x178)
        return 0xff;
    if (cp >= 0x391 && cp <= 0x3a9)
        return cp + 0x20;
    if (cp >= 0x410 && cp <= 0x42f)
        return cp + 0x20;
    if (cp >= 0x400 && cp <= 0x40f)
        return cp + 0x50;
    if (cp >= 0x460 && cp <= 0x4ff && cp < 0x482)
        return cp | 1;
    return cp;
}

bool dtl_is_word_char(uint32_t cp)
{
    enum char_class c = class_of(cp);

    return c == C_LETTER || c == C_CAPITAL || c == C_DIGIT || c == C_WIDE;
}

bool dtl_is_wide(uint32_t cp)
{
    return cp >= 0xe00 && class_of(cp) == C_WIDE;
}

/* ---- Words -----------------------------------------------------------------
 */

static inline bool is_of_word(enum char_class c)
{
    return c == C_LETTER || c == C_CAPITAL || c == C_DIGIT;
}

/* The hash of a word is that of tools/make_residue_lines.py. */
static inline uint64_t hash_more(uint64_t hash, uint32_t cp)
{
    return (hash << 7 | hash >> 57) ^ cp;
}

static inline uint64_t hash_end(uint64_t hash)
{
    hash *= UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

/* What is counted along the way: letters and digits, capitals, digits, in
 * one number, so that a letter of ASCII costs one addition. */
#define COUNT_BITS  21
#define ONE_LETTER  UINT64_C(1)
#define ONE_CAPITAL (ONE_LETTER | UINT64_C(1) << COUNT_BITS)
#define ONE_DIGIT   (ONE_LETTER | UINT64_C(1) << 2 * COUNT_BITS)

#define LETTERS_OF(n)  ((uint32_t)((n) & ((1u << COUNT_BITS) - 1)))
#define CAPITALS_OF(n) LETTERS_OF((n) >> COUNT_BITS)
#define DIGITS_OF(n)   LETTERS_OF((n) >> 2 * COUNT_BITS)

enum {
    RUN_MAX = 1 << 20 /* letters; what is longer is cut */
};

static const uint64_t one_of_class[] = {
    [C_LETTER] = ONE_LETTER,
    [C_CAPITAL] = ONE_CAPITAL,
    [C_DIGIT] = ONE_DIGIT,
    [C_OTHER] = 0,
};

typedef struct {
    uint64_t counts;
    uint64_t hash;
} run;

/* Takes the run of letters and digits that begins at *at, where one stands. */
static inline run take_run(dtl_str s, size_t *at)
{
    size_t i = *at, end = s.len - i < RUN_MAX ? s.len : i + RUN_MAX;
    run r = {0, 0};

    while (i < end) {
        unsigned char byte = (unsigned char)s.ptr[i];
        size_t next = i;
        uint64_t one;
        uint32_t cp;

        if (byte < 0x80) {
            one = one_of_class[ascii_class[byte]];
            next++;
            cp = byte | 0x20;
        } else {
            enum char_class c;

            cp = dtl_utf8_next(s, &next);
            c = class_of(cp);
            one = one_of_class[c];
            cp = c == C_CAPITAL ? dtl_fold(cp) : cp;
        }
        if (!one)
            break;
        r.counts += one;
        r.hash = hash_more(r.hash, cp);
        i = next;
    }
    *at = i;
    r.hash = hash_end(r.hash);
    return r;
}

/* The hash of a word with digits in it, runs of which become one "#". */
static uint64_t hash_of_line(dtl_str word)
{
    uint64_t hash = 0;
    bool number = false;

    for (size_t at = 0; at < word.len;) {
        uint32_t cp = dtl_utf8_next(word, &at);
        bool digit = cp >= '0' && cp <= '9';

        if (!(digit && number))
            hash = hash_more(hash, digit ? '#' : dtl_fold(cp));
        number = digit;
    }
    return hash_end(hash);
}

bool dtl_next_word(dtl_str s, size_t *at, uint64_t *hash)
{
    while (*at < s.len) {
        size_t next = *at;
        uint32_t cp = dtl_utf8_next(s, &next);
        enum char_class c = class_of(cp);

        if (is_of_word(c)) {
            *hash = take_run(s, at).hash;
            return true;
        }
        *at = next;
        if (c == C_WIDE) {
            *hash = hash_end(hash_more(0, cp));
            return true;
        }
    }
    return false;
}

/* ---- Measuring -------------------------------------------------------------
 */

static uint32_t weight_of(uint32_t cp)
{
    return cp >= 0xac00 && cp <= 0xd7af ? 2 : cp < 0x1000 ? 1 : 3;
}

/* How the text ends: the last mark that is neither space nor closing. */
static void note_end(dtl_measure *m, uint32_t cp, enum char_class c)
{
    if (c == C_CLOSE || c == C_QUOTE || cp == '\'' || cp == 0x2019 ||
        cp == 0x2018)
        return;
    m->question = cp == '?' || cp == 0xff1f || cp == 0x61f || cp == 0x37e;
    m->end = c == C_STOP    ? cp == 0x2026 ? DTL_END_ELLIPSIS : DTL_END_STOP
             : c == C_COLON ? DTL_END_COLON
             : c == C_WIDE  ? DTL_END_NONE
                            : DTL_END_OTHER;
}

/* A full stop ends a sentence where a space or the text's end follows;
 * others always do. */
static bool is_sentence_end(dtl_str text, size_t at, uint32_t cp)
{
    return cp != '.' || at >= text.len || text.ptr[at] == ' ' ||
           text.ptr[at] == '\n' || text.ptr[at] == '"' ||
           (unsigned char)text.ptr[at] >= 0x80;
}

static inline void add_word(dtl_measure *m, dtl_word word, dtl_word *words,
                            size_t max)
{
    if (m->words < max)
        words[m->words] = word;
    m->words++;
    m->key = (m->key ^ word.hash) * UINT64_C(0x9e3779b97f4a7c15);
}

/* A run of letters, the first of which is cp. */
static inline void add_run(dtl_measure *m, dtl_str s, size_t *at, uint32_t cp,
                           enum char_class c, dtl_word *words, size_t max)
{
    size_t from = *at;
    run r = take_run(s, at);
    dtl_word word = {r.hash, r.hash};

    if (DIGITS_OF(r.counts) && m->words < max)
        word.line = hash_of_line(dtl_str_sub(s, from, *at));
    if (!m->letters)
        m->starts_small = c == C_LETTER && cp < 0x500;
    m->initials += c == C_CAPITAL;
    m->letters += LETTERS_OF(r.counts);
    m->weight += LETTERS_OF(r.counts);
    m->capitals += CAPITALS_OF(r.counts);
    m->digits += DIGITS_OF(r.counts);
    m->end = DTL_END_NONE;
    m->question = false;
    add_word(m, word, words, max);
}

static void add_wide(dtl_measure *m, uint32_t cp, dtl_word *words, size_t max)
{
    uint64_t hash = hash_end(hash_more(0, cp));

    m->wide++;
    m->letters++;
    m->weight += weight_of(cp);
    add_word(m, (dtl_word){hash, hash}, words, max);
}

dtl_measure dtl_measure_words(dtl_str text, dtl_word *words, size_t max)
{
    dtl_measure m = {.colon = UINT32_MAX};
    size_t i = 0;

    while (i < text.len) {
        size_t from = i;
        uint32_t cp = dtl_utf8_next(text, &i);
        enum char_class c = class_of(cp);

        if (c == C_SPACE)
            continue;
        if (is_of_word(c)) {
            i = from;
            add_run(&m, text, &i, cp, c, words, max);
            continue;
        }
        if (!from)
            m.starts_mark = c == C_MARK || cp == 0x2013 || cp == 0x2014 ||
                            (cp == '-' && text.len > 1 && text.ptr[1] == ' ');
        if (c == C_WIDE)
            add_wide(&m, cp, words, max);
        if (m.colon == UINT32_MAX && (cp == ':' || cp == 0xff1a))
            m.colon = m.words;
        m.stops += c == C_STOP && is_sentence_end(text, i, cp);
        m.commas += c == C_COMMA;
        m.quotes += c == C_QUOTE;
        m.marks += c == C_MARK;
        note_end(&m, cp, c);
    }
    if (m.end == DTL_END_STOP && text.len >= 3 &&
        memcmp(text.ptr + text.len - 3, "...", 3) == 0)
        m.end = DTL_END_ELLIPSIS;
    return m;
}

dtl_measure dtl_measure_text(dtl_str text)
{
    return dtl_measure_words(text, NULL, 0);
}
