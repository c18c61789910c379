/* Measures a text by the blocks of measure_lanes.c, and looks at its edges. */
#include "article/measure_class.h"
#include "base/cpu.h"
#include "base/utf8.h"

const uint8_t dtl_ascii_class[128] = {
    ['!'] = DTL_CHAR_STOP,    ['"'] = DTL_CHAR_QUOTE,
    ['#'] = DTL_CHAR_MARK,    ['$'] = DTL_CHAR_OTHER,
    ['%'] = DTL_CHAR_OTHER,   ['&'] = DTL_CHAR_OTHER,
    ['\''] = DTL_CHAR_OTHER,  ['('] = DTL_CHAR_OTHER,
    [')'] = DTL_CHAR_CLOSE,   ['*'] = DTL_CHAR_MARK,
    ['+'] = DTL_CHAR_MARK,    [','] = DTL_CHAR_COMMA,
    ['-'] = DTL_CHAR_OTHER,   ['.'] = DTL_CHAR_STOP,
    ['/'] = DTL_CHAR_OTHER,   ['0'] = DTL_CHAR_DIGIT,
    ['1'] = DTL_CHAR_DIGIT,   ['2'] = DTL_CHAR_DIGIT,
    ['3'] = DTL_CHAR_DIGIT,   ['4'] = DTL_CHAR_DIGIT,
    ['5'] = DTL_CHAR_DIGIT,   ['6'] = DTL_CHAR_DIGIT,
    ['7'] = DTL_CHAR_DIGIT,   ['8'] = DTL_CHAR_DIGIT,
    ['9'] = DTL_CHAR_DIGIT,   [':'] = DTL_CHAR_COLON,
    [';'] = DTL_CHAR_COLON,   ['<'] = DTL_CHAR_MARK,
    ['='] = DTL_CHAR_MARK,    ['>'] = DTL_CHAR_MARK,
    ['?'] = DTL_CHAR_STOP,    ['@'] = DTL_CHAR_MARK,
    ['A'] = DTL_CHAR_CAPITAL, ['B'] = DTL_CHAR_CAPITAL,
    ['C'] = DTL_CHAR_CAPITAL, ['D'] = DTL_CHAR_CAPITAL,
    ['E'] = DTL_CHAR_CAPITAL, ['F'] = DTL_CHAR_CAPITAL,
    ['G'] = DTL_CHAR_CAPITAL, ['H'] = DTL_CHAR_CAPITAL,
    ['I'] = DTL_CHAR_CAPITAL, ['J'] = DTL_CHAR_CAPITAL,
    ['K'] = DTL_CHAR_CAPITAL, ['L'] = DTL_CHAR_CAPITAL,
    ['M'] = DTL_CHAR_CAPITAL, ['N'] = DTL_CHAR_CAPITAL,
    ['O'] = DTL_CHAR_CAPITAL, ['P'] = DTL_CHAR_CAPITAL,
    ['Q'] = DTL_CHAR_CAPITAL, ['R'] = DTL_CHAR_CAPITAL,
    ['S'] = DTL_CHAR_CAPITAL, ['T'] = DTL_CHAR_CAPITAL,
    ['U'] = DTL_CHAR_CAPITAL, ['V'] = DTL_CHAR_CAPITAL,
    ['W'] = DTL_CHAR_CAPITAL, ['X'] = DTL_CHAR_CAPITAL,
    ['Y'] = DTL_CHAR_CAPITAL, ['Z'] = DTL_CHAR_CAPITAL,
    ['['] = DTL_CHAR_OTHER,   ['\\'] = DTL_CHAR_MARK,
    [']'] = DTL_CHAR_CLOSE,   ['^'] = DTL_CHAR_MARK,
    ['_'] = DTL_CHAR_MARK,    ['`'] = DTL_CHAR_OTHER,
    ['a'] = DTL_CHAR_LETTER,  ['b'] = DTL_CHAR_LETTER,
    ['c'] = DTL_CHAR_LETTER,  ['d'] = DTL_CHAR_LETTER,
    ['e'] = DTL_CHAR_LETTER,  ['f'] = DTL_CHAR_LETTER,
    ['g'] = DTL_CHAR_LETTER,  ['h'] = DTL_CHAR_LETTER,
    ['i'] = DTL_CHAR_LETTER,  ['j'] = DTL_CHAR_LETTER,
    ['k'] = DTL_CHAR_LETTER,  ['l'] = DTL_CHAR_LETTER,
    ['m'] = DTL_CHAR_LETTER,  ['n'] = DTL_CHAR_LETTER,
    ['o'] = DTL_CHAR_LETTER,  ['p'] = DTL_CHAR_LETTER,
    ['q'] = DTL_CHAR_LETTER,  ['r'] = DTL_CHAR_LETTER,
    ['s'] = DTL_CHAR_LETTER,  ['t'] = DTL_CHAR_LETTER,
    ['u'] = DTL_CHAR_LETTER,  ['v'] = DTL_CHAR_LETTER,
    ['w'] = DTL_CHAR_LETTER,  ['x'] = DTL_CHAR_LETTER,
    ['y'] = DTL_CHAR_LETTER,  ['z'] = DTL_CHAR_LETTER,
    ['{'] = DTL_CHAR_MARK,    ['|'] = DTL_CHAR_MARK,
    ['}'] = DTL_CHAR_MARK,    ['~'] = DTL_CHAR_MARK,
};

/* Ranges that are no letters, or letters that are words; sorted, apart. */
static const struct {
    uint32_t from, to;
    uint8_t class;
} ranges[] = {
    {0x80, 0xa0, DTL_CHAR_SPACE},      {0xa1, 0xa8, DTL_CHAR_OTHER},
    {0xa9, 0xa9, DTL_CHAR_MARK},       {0xab, 0xab, DTL_CHAR_QUOTE},
    {0xac, 0xb4, DTL_CHAR_OTHER},      {0xb6, 0xb9, DTL_CHAR_MARK},
    {0xbb, 0xbb, DTL_CHAR_QUOTE},      {0xbc, 0xbf, DTL_CHAR_OTHER},
    {0xd7, 0xd7, DTL_CHAR_MARK},       {0xf7, 0xf7, DTL_CHAR_MARK},
    {0x37e, 0x37e, DTL_CHAR_STOP},     {0x387, 0x387, DTL_CHAR_COLON},
    {0x589, 0x589, DTL_CHAR_STOP},     {0x5be, 0x5be, DTL_CHAR_OTHER},
    {0x60c, 0x60c, DTL_CHAR_COMMA},    {0x61b, 0x61b, DTL_CHAR_COLON},
    {0x61f, 0x61f, DTL_CHAR_STOP},     {0x660, 0x669, DTL_CHAR_DIGIT},
    {0x66a, 0x66d, DTL_CHAR_OTHER},    {0x6d4, 0x6d4, DTL_CHAR_STOP},
    {0x6f0, 0x6f9, DTL_CHAR_DIGIT},    {0x964, 0x965, DTL_CHAR_STOP},
    {0xe00, 0xe7f, DTL_CHAR_WIDE},     {0x1362, 0x1362, DTL_CHAR_STOP},
    {0x1363, 0x1363, DTL_CHAR_COMMA},  {0x2000, 0x200b, DTL_CHAR_SPACE},
    {0x200c, 0x200d, DTL_CHAR_LETTER}, {0x200e, 0x200f, DTL_CHAR_SPACE},
    {0x2010, 0x2015, DTL_CHAR_OTHER},  {0x2016, 0x2017, DTL_CHAR_MARK},
    {0x2018, 0x2019, DTL_CHAR_OTHER},  {0x201a, 0x201f, DTL_CHAR_QUOTE},
    {0x2020, 0x2025, DTL_CHAR_MARK},   {0x2026, 0x2026, DTL_CHAR_STOP},
    {0x2027, 0x2027, DTL_CHAR_MARK},   {0x2028, 0x202f, DTL_CHAR_SPACE},
    {0x2030, 0x2038, DTL_CHAR_OTHER},  {0x2039, 0x203a, DTL_CHAR_QUOTE},
    {0x203b, 0x203b, DTL_CHAR_MARK},   {0x203c, 0x203d, DTL_CHAR_STOP},
    {0x203e, 0x2046, DTL_CHAR_OTHER},  {0x2047, 0x2049, DTL_CHAR_STOP},
    {0x204a, 0x206f, DTL_CHAR_OTHER},  {0x2070, 0x2094, DTL_CHAR_OTHER},
    {0x20a0, 0x20cf, DTL_CHAR_OTHER},  {0x2100, 0x214f, DTL_CHAR_OTHER},
    {0x2190, 0x2bff, DTL_CHAR_MARK},   {0x2e00, 0x2e7f, DTL_CHAR_OTHER},
    {0x3000, 0x3000, DTL_CHAR_SPACE},  {0x3001, 0x3001, DTL_CHAR_COMMA},
    {0x3002, 0x3002, DTL_CHAR_STOP},   {0x3003, 0x3007, DTL_CHAR_OTHER},
    {0x3008, 0x3009, DTL_CHAR_OTHER},  {0x300a, 0x300a, DTL_CHAR_QUOTE},
    {0x300b, 0x300b, DTL_CHAR_QUOTE},  {0x300c, 0x300f, DTL_CHAR_QUOTE},
    {0x3010, 0x3020, DTL_CHAR_MARK},   {0x3030, 0x303f, DTL_CHAR_MARK},
    {0x3040, 0x30fa, DTL_CHAR_WIDE},   {0x30fb, 0x30fb, DTL_CHAR_MARK},
    {0x30fc, 0x30ff, DTL_CHAR_WIDE},   {0x3200, 0x33ff, DTL_CHAR_OTHER},
    {0x3400, 0x9fff, DTL_CHAR_WIDE},   {0xac00, 0xd7af, DTL_CHAR_WIDE},
    {0xfeff, 0xfeff, DTL_CHAR_SPACE},  {0xff01, 0xff01, DTL_CHAR_STOP},
    {0xff02, 0xff07, DTL_CHAR_OTHER},  {0xff08, 0xff08, DTL_CHAR_OTHER},
    {0xff09, 0xff09, DTL_CHAR_CLOSE},  {0xff0a, 0xff0b, DTL_CHAR_MARK},
    {0xff0c, 0xff0c, DTL_CHAR_COMMA},  {0xff0d, 0xff0d, DTL_CHAR_OTHER},
    {0xff0e, 0xff0e, DTL_CHAR_STOP},   {0xff0f, 0xff0f, DTL_CHAR_MARK},
    {0xff10, 0xff19, DTL_CHAR_DIGIT},  {0xff1a, 0xff1b, DTL_CHAR_COLON},
    {0xff1c, 0xff1e, DTL_CHAR_MARK},   {0xff1f, 0xff1f, DTL_CHAR_STOP},
    {0xff20, 0xff20, DTL_CHAR_MARK},   {0xff5b, 0xff60, DTL_CHAR_MARK},
    {0xff61, 0xff61, DTL_CHAR_STOP},   {0xff62, 0xff63, DTL_CHAR_QUOTE},
    {0xff64, 0xff64, DTL_CHAR_COMMA},  {0xfff0, 0xffff, DTL_CHAR_OTHER},
    {0x1f000, 0x1faff, DTL_CHAR_MARK}, {0x20000, 0x2ffff, DTL_CHAR_WIDE},
};

static dtl_char_class class_in_ranges(uint32_t cp)
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
    return dtl_fold(cp) != cp ? DTL_CHAR_CAPITAL : DTL_CHAR_LETTER;
}

/* The letters of most pages without a search. */
dtl_char_class dtl_wide_class(uint32_t cp)
{
    if ((cp >= 0xc0 && cp < 0x370) || (cp >= 0x390 && cp < 0x530))
        return cp == 0xd7 || cp == 0xf7 ? DTL_CHAR_MARK
               : dtl_fold(cp) != cp     ? DTL_CHAR_CAPITAL
                                        : DTL_CHAR_LETTER;
    if ((cp >= 0x3040 && cp < 0x30fb) || (cp >= 0x3400 && cp < 0xa000) ||
        (cp >= 0xac00 && cp < 0xd7b0))
        return DTL_CHAR_WIDE;
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
    dtl_char_class c = dtl_class_of(cp);

    return dtl_is_of_word(c) || c == DTL_CHAR_WIDE;
}

bool dtl_is_wide(uint32_t cp)
{
    return cp >= 0xe00 && dtl_class_of(cp) == DTL_CHAR_WIDE;
}

/* ---- Words -----------------------------------------------------------------
 */

enum {
    HASHED = 64 /* bytes of folded letters that are hashed at once */
};

/* The commonest letters beyond ASCII, of two bytes each, as dtl_fold has them:
 * Latin-1 and Cyrillic. False where it is another. */
static inline bool fold_two(unsigned char lead, unsigned char next, char *out)
{
    if (next < 0x80 || next > 0xbf)
        return false;
    if (lead == 0xc3)
        next += next <= 0x9e && next != 0x97 ? 0x20 : 0;
    else if (lead == 0xd0 && next < 0x90)
        lead++, next += 0x10;
    else if (lead == 0xd0 && next < 0xa0)
        next += 0x20;
    else if (lead == 0xd0 && next < 0xb0)
        lead++, next -= 0x20;
    else if (lead != 0xd0 && (lead != 0xd1 || next >= 0xa0))
        return false;
    out[0] = (char)lead;
    out[1] = (char)next;
    return true;
}

/* Puts the character at *at, which is beyond ASCII, folded. Returns its
 * length, up to four bytes. */
static inline size_t put_folded(dtl_str word, size_t *at, char *out)
{
    const unsigned char *p = (const unsigned char *)word.ptr + *at;
    size_t from = *at;
    uint32_t cp, small;

    if (word.len - from >= 2 && fold_two(p[0], p[1], out)) {
        *at += 2;
        return 2;
    }
    cp = dtl_utf8_next(word, at);
    small = dtl_fold(cp);
    if (small != cp || cp == 0xfffd)
        return dtl_utf8_encode(small, out);
    for (size_t i = from; i < *at; i++)
        *out++ = word.ptr[i];
    return *at - from;
}

static inline uint64_t hash_folded(uint64_t hash, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i += 8)
        hash = dtl_word_hash_more(hash, dtl_word_bytes(bytes + i, 8));
    return hash;
}

uint64_t dtl_word_hash(dtl_str word, bool numbers)
{
    char folded[HASHED + 8];
    uint64_t hash = 0;
    size_t len = 0;
    bool number = false;

    for (size_t at = 0; at < word.len;) {
        unsigned char c = (unsigned char)word.ptr[at];
        bool digit = numbers && dtl_is_digit((char)c);

        if (c >= 0x80) {
            len += put_folded(word, &at, folded + len);
        } else {
            folded[len] = digit ? '#' : dtl_lower((char)c);
            len += !(digit && number);
            at++;
        }
        number = digit;
        if (len >= HASHED) {
            hash = hash_folded(hash, folded, HASHED);
            len -= HASHED;
            memcpy(folded, folded + HASHED, 4);
        }
    }
    memset(folded + len, 0, 8);
    return hash_folded(hash, folded, len);
}

size_t dtl_word_end(dtl_str s, size_t at)
{
    while (at < s.len) {
        size_t next = at;

        if (!dtl_is_of_word(dtl_class_of(dtl_utf8_next(s, &next))))
            break;
        at = next;
    }
    return at;
}

bool dtl_next_word(dtl_str s, size_t *at, uint64_t *hash)
{
    while (*at < s.len) {
        size_t from = *at, end = from;
        dtl_char_class c = dtl_class_of(dtl_utf8_next(s, &end));

        *at = end;
        if (!dtl_is_of_word(c) && c != DTL_CHAR_WIDE)
            continue;
        if (c != DTL_CHAR_WIDE)
            *at = dtl_word_end(s, end);
        *hash = dtl_word_hash(dtl_str_sub(s, from, *at), false);
        return true;
    }
    return false;
}

size_t dtl_words_of(dtl_str text, size_t readable, dtl_word *words, size_t max,
                    uint64_t *key)
{
    dtl_words_fn *of = dtl_words_lanes_plain;

    if (!text.len) {
        *key = 0;
        return 0;
    }
#if DTL_CPU_X86
    dtl_cpu level = dtl_cpu_level();

    of = level >= DTL_CPU_AVX512BW ? dtl_words_lanes_avx512bw
         : level >= DTL_CPU_AVX2   ? dtl_words_lanes_avx2
         : level >= DTL_CPU_SSE41  ? dtl_words_lanes_sse41
                                   : dtl_words_lanes_plain;
#endif
    return of(text, readable, words, max, key);
}

uint64_t dtl_text_key(dtl_str text)
{
    uint64_t key;

    dtl_words_of(text, text.len, NULL, 0, &key);
    return key;
}

uint64_t dtl_words_sum(const dtl_measure *m)
{
    uint64_t a = (uint64_t)m->letters << 32 | m->words;
    uint64_t b = (uint64_t)m->wide << 32 | m->digits;

    return (a ^ m->mix) * UINT64_C(0x9e3779b97f4a7c15) ^ b;
}

/* ---- Measuring -------------------------------------------------------------
 */

static void measure(dtl_str text, size_t readable, dtl_measure *m)
{
    dtl_measure_fn *of = dtl_measure_lanes_plain;

#if DTL_CPU_X86
    dtl_cpu level = dtl_cpu_level();

    of = level >= DTL_CPU_AVX512BW ? dtl_measure_lanes_avx512bw
         : level >= DTL_CPU_AVX2   ? dtl_measure_lanes_avx2
         : level >= DTL_CPU_SSE41  ? dtl_measure_lanes_sse41
                                   : dtl_measure_lanes_plain;
#endif
    of(text, readable, m);
}

static bool is_closing(uint32_t cp, dtl_char_class c)
{
    return c == DTL_CHAR_SPACE || c == DTL_CHAR_CLOSE || c == DTL_CHAR_QUOTE ||
           cp == '\'' || cp == 0x2019 || cp == 0x2018;
}

/* How the text ends: the last mark that is neither space nor closing. */
static void note_end(dtl_measure *m, dtl_str text)
{
    dtl_char_class c = DTL_CHAR_SPACE;
    size_t at = text.len, next;
    uint32_t cp = 0;

    while (at && is_closing(cp, c)) {
        do
            at--;
        while (at && ((unsigned char)text.ptr[at] & 0xc0) == 0x80);
        next = at;
        cp = dtl_utf8_next(text, &next);
        c = dtl_class_of(cp);
    }
    if (is_closing(cp, c) || dtl_is_of_word(c))
        return;
    m->question = cp == '?' || cp == 0xff1f || cp == 0x61f || cp == 0x37e;
    m->end = c == DTL_CHAR_STOP ? cp == 0x2026 ? DTL_END_ELLIPSIS : DTL_END_STOP
             : c == DTL_CHAR_COLON ? DTL_END_COLON
             : c == DTL_CHAR_WIDE  ? DTL_END_NONE
                                   : DTL_END_OTHER;
    if (m->end == DTL_END_STOP && dtl_str_ends(text, DTL_STR("...")))
        m->end = DTL_END_ELLIPSIS;
}

static void note_start(dtl_measure *m, dtl_str text)
{
    size_t next = 0;
    uint32_t cp = dtl_utf8_next(text, &next);

    m->starts_mark = dtl_class_of(cp) == DTL_CHAR_MARK || cp == 0x2013 ||
                     cp == 0x2014 ||
                     (cp == '-' && text.len > 1 && text.ptr[1] == ' ');
}

dtl_measure dtl_measure_in(dtl_str text, size_t readable)
{
    dtl_measure m = {.colon = UINT32_MAX};

    if (!text.len)
        return m;
    measure(text, readable, &m);
    note_start(&m, text);
    note_end(&m, text);
    return m;
}

dtl_measure dtl_measure_text(dtl_str text)
{
    return dtl_measure_in(text, text.len);
}
