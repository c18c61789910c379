/* Cuts a text into words and marks in one pass over its bytes.
 *
 * Bytes past ASCII are letters, but for the marks and blanks that begin with
 * E2, C2 and E3; so malformed UTF-8 makes odd words and no harm. A word's
 * letters are folded as it is read. An apostrophe between letters belongs to
 * the word, where the language does not elide (l'homme); a hyphen between
 * letters too, where no pronoun hangs on verbs (dit-il). */
#include "text/quote_tokens.h"

#include "base/lanes.h"
#include "base/str.h"
#include "text/byte_kinds.h"

enum {
    C_LETTER, /* words begin with this one or the next */
    C_UPPER,
    C_OTHER,
    C_DIGIT,
    C_SPACE,
    C_NEWLINE,
    C_LEAD, /* may begin a mark past ASCII */
    C_PUNCT
};

#define L C_LETTER
#define U C_UPPER
#define O C_OTHER
#define D C_DIGIT
#define P C_PUNCT
#define S C_SPACE
/* clang-format off */
static const uint8_t byte_class[256] = {
    S,S,S,S,S,S,S,S,S,S,C_NEWLINE,S,S,S,S,S,
    S,S,S,S,S,S,S,S,S,S,S,S,S,S,S,S,
    S,P,P,O,O,O,O,P,P,P,O,O,P,P,P,O,
    D,D,D,D,D,D,D,D,D,D,P,P,O,O,O,P,
    O,U,U,U,U,U,U,U,U,U,U,U,U,U,U,U,
    U,U,U,U,U,U,U,U,U,U,U,P,O,P,O,O,
    P,L,L,L,L,L,L,L,L,L,L,L,L,L,L,L,
    L,L,L,L,L,L,L,L,L,L,L,O,O,O,O,O,
    L,L,L,L,L,L,L,L,L,L,L,L,L,L,L,L,
    L,L,L,L,L,L,L,L,L,L,L,L,L,L,L,L,
    L,L,L,L,L,L,L,L,L,L,L,L,L,L,L,L,
    L,L,L,L,L,L,L,L,L,L,L,L,L,L,L,L,
    L,L,C_LEAD,L,L,L,L,L,L,L,L,L,L,L,L,L,
    L,L,L,L,L,L,L,L,L,L,L,L,L,L,L,L,
    L,L,C_LEAD,C_LEAD,L,L,L,L,L,L,L,L,L,L,L,L,
    L,L,L,L,L,L,L,L,L,L,L,L,L,L,L,L,
};
/* clang-format on */
#undef L
#undef U
#undef O
#undef D
#undef P
#undef S

typedef struct {
    dtl_str text; /* up to where is read */
    const dtl_quote_language *language;
    dtl_quote_token *next;   /* there is room for it */
    const uint64_t *letters; /* from byte `from` on */
    size_t from;
    bool space; /* stood before the place */
    bool first; /* the next word begins a sentence */
} reader;

static unsigned char byte_at(const reader *r, size_t at)
{
    return at < r->text.len ? (unsigned char)r->text.ptr[at] : ' ';
}

/* What the mark past ASCII at at is. */
typedef struct {
    uint8_t len, kind, glyph;
} wide_mark;

enum {
    K_SPACE = 100, /* beside the token kinds: a blank, or nothing at all */
    K_LETTER
};

static wide_mark general_punctuation(unsigned char last)
{
    switch (last) {
    case 0x98:
        return (wide_mark){3, DTL_QT_MARK, DTL_QG_SINGLE};
    case 0x99:
        return (wide_mark){3, DTL_QT_MARK, DTL_QG_SINGLE_2};
    case 0x9A:
        return (wide_mark){3, DTL_QT_MARK, DTL_QG_SINGLE_LOW};
    case 0x9C:
        return (wide_mark){3, DTL_QT_MARK, DTL_QG_LEFT};
    case 0x9D:
        return (wide_mark){3, DTL_QT_MARK, DTL_QG_RIGHT};
    case 0x9E:
        return (wide_mark){3, DTL_QT_MARK, DTL_QG_LOW};
    case 0x9F:
        return (wide_mark){3, DTL_QT_MARK, DTL_QG_LEFT};
    case 0xB9:
        return (wide_mark){3, DTL_QT_MARK, DTL_QG_ANGLE};
    case 0xBA:
        return (wide_mark){3, DTL_QT_MARK, DTL_QG_ANGLE_2};
    case 0x93:
    case 0x94:
    case 0x95:
        return (wide_mark){3, DTL_QT_DASH, DTL_QG_LONG_DASH};
    case 0xA6:
        return (wide_mark){3, DTL_QT_STOP, 0};
    default:
        /* Blanks, and the marks of direction, which take no room. */
        if (last <= 0x8F || (last >= 0xA8 && last <= 0xAF))
            return (wide_mark){3, K_SPACE, 0};
        return (wide_mark){3, DTL_QT_OTHER, 0};
    }
}

static wide_mark wide_at(const reader *r, size_t at)
{
    unsigned char a = byte_at(r, at), b = byte_at(r, at + 1),
                  c = byte_at(r, at + 2);

    if (a == 0xC2) {
        if (b == 0xAB)
            return (wide_mark){2, DTL_QT_MARK, DTL_QG_GUILLEMET};
        if (b == 0xBB)
            return (wide_mark){2, DTL_QT_MARK, DTL_QG_GUILLEMET_2};
        if (b == 0xA0 || b == 0xAD)
            return (wide_mark){2, K_SPACE, 0};
        if (b >= 0x80 && b <= 0xBF)
            return (wide_mark){2, DTL_QT_OTHER, 0};
    } else if (a == 0xE2 && b == 0x80 && c >= 0x80 && c <= 0xBF) {
        return general_punctuation(c);
    } else if (a == 0xE2 && b == 0x81 && c >= 0xA0 && c <= 0xAF) {
        return (wide_mark){3, K_SPACE, 0};
    } else if (a == 0xE3 && b == 0x80 && c >= 0x80 && c <= 0x8F) {
        if (c == 0x8C || c == 0x8E)
            return (wide_mark){3, DTL_QT_MARK, DTL_QG_CORNER};
        if (c == 0x8D || c == 0x8F)
            return (wide_mark){3, DTL_QT_MARK, DTL_QG_CORNER_2};
        if (c == 0x82)
            return (wide_mark){3, DTL_QT_STOP, 0};
        if (c == 0x81)
            return (wide_mark){3, DTL_QT_COMMA, 0};
        return (wide_mark){3, K_SPACE, 0};
    }
    return (wide_mark){1, K_LETTER, 0};
}

/* Whether a byte that may begin a mark is a letter's. */
static bool leads_letter(const reader *r, size_t at)
{
    return byte_class[byte_at(r, at)] == C_LEAD &&
           wide_at(r, at).kind == K_LETTER;
}

static bool is_letter_at(const reader *r, size_t at)
{
    unsigned char class = byte_class[byte_at(r, at)];

    if (at >= r->text.len)
        return false;
    return class == C_LETTER || class == C_UPPER || leads_letter(r, at);
}

static bool is_space_at(const reader *r, size_t at)
{
    unsigned char class;

    if (at >= r->text.len)
        return true;
    class = byte_class[byte_at(r, at)];
    return class == C_SPACE || class == C_NEWLINE ||
           (class == C_LEAD && wide_at(r, at).kind == K_SPACE);
}

static dtl_quote_token *push(reader *r, size_t start, size_t end, int kind)
{
    dtl_quote_token *token = r->next++;

    *token = (dtl_quote_token){.start = (uint32_t)start,
                               .end = (uint32_t)end,
                               .kind = (uint8_t)kind,
                               .flags = r->space ? DTL_QT_SPACE : 0};
    r->space = false;
    return token;
}

/* Bytes of an apostrophe within a word at at: one with a letter behind it. */
static size_t inner_apostrophe(const reader *r, size_t at)
{
    unsigned char c = byte_at(r, at);
    size_t len =
        c == '\'' ? 1
        : c == 0xE2 && byte_at(r, at + 1) == 0x80 && byte_at(r, at + 2) == 0x99
            ? 3
            : 0;

    return len && is_letter_at(r, at + len) ? len : 0;
}

static bool is_wide_capital(const reader *r, size_t at)
{
    unsigned char a = byte_at(r, at), b = byte_at(r, at + 1);

    if (a == 0xC3)
        return b >= 0x80 && b <= 0x9E && b != 0x97;
    if (a == 0xC4 || a == 0xC5) /* in pairs, capitals first */
        return !(b & 1) == !(a == 0xC5 && b >= 0xB9 && b <= 0xBE);
    if (a == 0xCE)
        return b >= 0x86 && b <= 0xA9;
    if (a == 0xD0)
        return b >= 0x80 && b <= 0xAF;
    return false;
}

/* Past the letters and digits from at on. */
static inline size_t skip_letters(const reader *r, size_t at)
{
    size_t i = at - r->from, end = r->text.len;
    uint64_t others = ~r->letters[i / 64] >> i % 64;

    for (;;) {
        if (others) {
            at += (unsigned)__builtin_ctzll(others);
            if (at >= end)
                return end;
            if (r->text.ptr[at] == ' ' || !leads_letter(r, at))
                return at;
            at++;
        } else {
            at += 64 - (at - r->from) % 64;
        }
        if (at >= end)
            return end;
        i = at - r->from;
        others = ~r->letters[i / 64] >> i % 64;
    }
}

#define ALL    UINT64_MAX
#define LOW(n) ((UINT64_C(1) << 8 * (n)) - 1)
/* Which bytes of three eights a word of 0 to 24 bytes has. */
static const uint64_t kept[DTL_QUOTE_WORD_MAX + 1][3] = {
    {0, 0, 0},          {LOW(1), 0, 0},     {LOW(2), 0, 0},
    {LOW(3), 0, 0},     {LOW(4), 0, 0},     {LOW(5), 0, 0},
    {LOW(6), 0, 0},     {LOW(7), 0, 0},     {ALL, 0, 0},
    {ALL, LOW(1), 0},   {ALL, LOW(2), 0},   {ALL, LOW(3), 0},
    {ALL, LOW(4), 0},   {ALL, LOW(5), 0},   {ALL, LOW(6), 0},
    {ALL, LOW(7), 0},   {ALL, ALL, 0},      {ALL, ALL, LOW(1)},
    {ALL, ALL, LOW(2)}, {ALL, ALL, LOW(3)}, {ALL, ALL, LOW(4)},
    {ALL, ALL, LOW(5)}, {ALL, ALL, LOW(6)}, {ALL, ALL, LOW(7)},
    {ALL, ALL, ALL},
};
#undef ALL
#undef LOW

/* The key of a word with bytes past ASCII; returns its length, which may be
 * more than the key holds. */
static size_t spell_wide(const reader *r, size_t at, size_t end,
                         dtl_quote_key *key)
{
    size_t len = 0;
    unsigned char last = 0;

    *key = (dtl_quote_key){{0}};
    while (at < end) {
        unsigned char c = byte_at(r, at);

        if (c == 0xE2 && byte_at(r, at + 1) == 0x80 &&
            byte_at(r, at + 2) == 0x99) {
            c = '\'';
            at += 3;
        } else {
            if (byte_class[c] == C_UPPER ||
                (last == 0xC3 && c >= 0x80 && c <= 0x9E && c != 0x97))
                c |= 0x20;
            at++;
        }
        if (len < DTL_QUOTE_WORD_MAX)
            key->bytes[len] = (char)c;
        len++;
        last = c;
    }
    return len;
}

/* Whether a byte from 80 to 9E is among the eight, which may be the second of
 * a capital, or of ’. */
static inline bool has_wide_capital(uint64_t x)
{
    return (x & ~(x << 1 | x << 2) &
            ~(x << 3 & x << 4 & x << 5 & x << 6 & x << 7) &
            UINT64_C(0x8080808080808080)) != 0;
}

/* The key of a word; returns its length, which may be more than it holds. Of
 * ASCII, what letters, digits, hyphens, stops and apostrophes are made of, the
 * bit that makes small letters is either theirs already or makes them small. */
static inline size_t spell(const reader *r, size_t at, size_t end,
                           dtl_quote_key *key)
{
    const uint64_t tops = UINT64_C(0x8080808080808080);
    const char *word = r->text.ptr + at;
    size_t len = end - at, i;
    const uint64_t *keep = kept[len < DTL_QUOTE_WORD_MAX ? len : 24];
    uint64_t high = 0;

    if (at + DTL_QUOTE_WORD_MAX <= r->text.len) {
        memcpy(key->bytes, word, DTL_QUOTE_WORD_MAX);
    } else {
        *key = (dtl_quote_key){{0}};
        memcpy(key->bytes, word, r->text.len - at);
    }
    for (i = 0; i < DTL_QUOTE_WORD_MAX / 8; i++) {
        uint64_t x = key->eights[i] & keep[i];

        high |= x & tops;
        key->eights[i] = x | ((~x & tops) >> 2 & keep[i]);
    }
    if (high &&
        (has_wide_capital(key->eights[0]) || has_wide_capital(key->eights[1]) ||
         has_wide_capital(key->eights[2])))
        return spell_wide(r, at, end, key);
    return len;
}

/* How many letters a word has, and how many of them are capitals. */
typedef struct {
    unsigned letters, capitals;
} letter_count;

static letter_count count_letters(const reader *r, size_t at, size_t end)
{
    letter_count n = {0, 0};

    for (; at < end; at++) {
        unsigned char c = byte_at(r, at);

        if (byte_class[c] == C_UPPER || (c >= 0xC3 && is_wide_capital(r, at)))
            n.capitals++;
        n.letters += (c & 0xC0) != 0x80 &&
                     (byte_class[c] == C_LETTER || byte_class[c] == C_UPPER);
    }
    return n;
}

/* The full stop of "Mr." and of initials, which ends no sentence. */
static bool takes_stop(const reader *r, letter_count n, uint64_t classes,
                       bool dots, size_t at)
{
    unsigned char next = byte_at(r, at + 1);

    if (is_letter_at(r, at + 1) || next == ',')
        return true;
    if (next == ')') { /* "(D-Md.), chair", "(R-Texas.) has" */
        unsigned char after = byte_at(r, at + 2);

        return after == ',' || (after == ' ' && byte_at(r, at + 3) >= 'a');
    }
    if (!is_space_at(r, at + 1))
        return false;
    return classes & DTL_QW(ABBREV) || dots ||
           (n.letters == 1 && n.capitals == 1);
}

/* Whether a full stop within a word goes on with it: U.S., not end.Next. */
static bool is_inner_stop(const reader *r, size_t start, size_t at, bool dots)
{
    letter_count n;

    if (!is_letter_at(r, at + 1) || at - start > DTL_QUOTE_WORD_MAX)
        return false;
    n = count_letters(r, start, at);
    return n.letters && (dots || n.letters == n.capitals);
}

/* Where a word ends that begins at start and whose first letters end at at.
 * *bare is where its 's begins, or stays. */
static size_t word_end(const reader *r, size_t start, size_t at, size_t *bare,
                       bool *dots)
{
    for (;;) {
        unsigned char c = byte_at(r, at);
        size_t n;

        if (c == '-' && !r->language->elides &&
            (is_letter_at(r, at + 1) ||
             dtl_is_digit((char)byte_at(r, at + 1)))) {
            at++;
        } else if (c == '.' && is_inner_stop(r, start, at, *dots)) {
            *dots = true;
            at++;
        } else if ((c == '\'' || c == 0xE2) && (n = inner_apostrophe(r, at))) {
            unsigned char next = byte_at(r, at + n);

            if (!r->language->elides && (next == 's' || next == 'S') &&
                !is_letter_at(r, at + n + 1)) {
                *bare = at;
                return at + n + 1;
            }
            if (r->language->elides && at - start <= 5)
                return at + n;
            at += n;
        } else {
            return at;
        }
        at = skip_letters(r, at);
    }
}

/* The classes of the noun that a compound ends in: Pressesprecher. */
static uint64_t compound_classes(const reader *r, const dtl_quote_key *word,
                                 size_t len)
{
    const uint64_t nouns = DTL_QW(PERSON) | DTL_QW(ORG) | DTL_QW(SPEECHNOUN) |
                           DTL_QW(MASC) | DTL_QW(FEM) | DTL_QW(PLURAL);
    size_t cut;

    if (len < 7 || !dtl_quote_may_end(r->language, word->bytes + len - 4))
        return 0;
    for (cut = 3; cut + 4 <= len; cut++) {
        dtl_quote_key key = {{0}};
        uint64_t classes;

        memcpy(key.bytes, word->bytes + cut, len - cut);
        classes = dtl_quote_word_classes(r->language, &key);
        if (classes & (DTL_QW(PERSON) | DTL_QW(ORG) | DTL_QW(SPEECHNOUN)))
            return classes & nouns;
    }
    return 0;
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

/* The letters of a word that begins with a capital; of one that goes on with
 * a small letter only that there are more than one. */
static letter_count count_of_capital(const reader *r, size_t start, size_t end)
{
    size_t second = start + 1 + (byte_at(r, start) >= 0x80);

    if (second < end && is_small((char)byte_at(r, second)))
        return (letter_count){2, 1};
    return count_letters(r, start, end);
}

/* What a capital says of a word. */
static unsigned flags_of_capital(letter_count n)
{
    return DTL_QT_CAPITAL |
           (n.letters > 1 && n.capitals == n.letters ? DTL_QT_ALL_CAPS : 0);
}

/* ---- Words of the common kind --------------------------------------------
 *
 * Nearly all words have a few letters of ASCII, all small but for the first,
 * and a blank or one of few marks behind them. */

enum {
    PLAIN = 16,      /* bytes that a word of the common kind may have */
    ROOM = PLAIN + 2 /* bytes that must be there to look for one */
};

/* What is kept of two eights for a word, and what makes its letters small. */
typedef struct {
    uint64_t keep, keep2, small, small2;
} plain_mask;

#define SMALL  UINT64_C(0x2020202020202020)
#define ALL    UINT64_MAX
#define LOW(n) ((UINT64_C(1) << 8 * (n)) - 1)
#define UP_TO_8(n)                                                             \
    {                                                                          \
        LOW(n), 0, LOW(n) & SMALL, 0                                           \
    }
#define FROM_8_ON(n)                                                           \
    {                                                                          \
        ALL, LOW((n)-8), SMALL, LOW((n)-8) & SMALL                             \
    }
static const plain_mask plain[PLAIN + 1] = {
    UP_TO_8(0),
    UP_TO_8(1),
    UP_TO_8(2),
    UP_TO_8(3),
    UP_TO_8(4),
    UP_TO_8(5),
    UP_TO_8(6),
    UP_TO_8(7),
    FROM_8_ON(8),
    FROM_8_ON(9),
    FROM_8_ON(10),
    FROM_8_ON(11),
    FROM_8_ON(12),
    FROM_8_ON(13),
    FROM_8_ON(14),
    FROM_8_ON(15),
    {ALL, ALL, SMALL, SMALL},
};
#undef SMALL
#undef ALL
#undef LOW
#undef UP_TO_8
#undef FROM_8_ON

enum {
    BEHIND_STOP = 0x40, /* ends words and sentences, if a blank is behind it */
    BEHIND_OTHER = 0x80 /* ends a word, and what else it is does not matter */
};

/* What the byte behind a word of the common kind is: a mark by itself, its
 * kind; 0: the word may go on. */
static const uint8_t behind[256] = {
    [' '] = BEHIND_OTHER, ['\n'] = BEHIND_OTHER, ['"'] = BEHIND_OTHER,
    [','] = DTL_QT_COMMA, [';'] = DTL_QT_COMMA,  [':'] = DTL_QT_COLON,
    ['('] = DTL_QT_OPEN,  ['['] = DTL_QT_OPEN,   [')'] = DTL_QT_CLOSE,
    [']'] = DTL_QT_CLOSE, ['.'] = BEHIND_STOP,   ['!'] = BEHIND_STOP,
    ['?'] = BEHIND_STOP,
};

/* Whether a word whose first eight letters are given has none past ASCII in
 * it, begins with a letter and, if that is a capital, has a small one next. */
static inline bool is_plain(uint64_t first, uint64_t second)
{
    const uint64_t tops = UINT64_C(0x8080808080808080);
    uint8_t next = (uint8_t)(first >> 8);
    uint64_t capital = ~first >> 5, other = (uint8_t)(next - 1) < 'a' - 1;

    return !(((first | second) & tops) | (~first & 0x40) | (capital & other));
}

static inline dtl_quote_token *put_mark(dtl_quote_token *next, size_t at,
                                        unsigned kind, unsigned glyph)
{
    *next = (dtl_quote_token){.start = (uint32_t)at,
                              .end = (uint32_t)at + 1,
                              .kind = (uint8_t)kind,
                              .glyph = (uint8_t)glyph};
    return next + 1;
}

/* Where a language's words are, in the loop's own copy, so that storing a
 * token does not make it load that again. */
typedef struct {
    const uint16_t *buckets;
    const dtl_quote_word *words;
    uint32_t mask;
} plain_table;

static __attribute__((noinline)) uint64_t far_classes(
    const dtl_quote_language *language, uint64_t first, uint64_t second,
    uint32_t hash)
{
    return dtl_quote_eights_classes(language, first, second, 0, hash);
}

/* The classes of a word of at most PLAIN bytes. */
static inline uint64_t plain_classes(const plain_table *table,
                                     const dtl_quote_language *language,
                                     uint64_t first, uint64_t second,
                                     uint32_t hash)
{
    unsigned bucket = table->buckets[hash & table->mask];
    const dtl_quote_word *word = &table->words[bucket & (DTL_QUOTE_MORE - 1)];
    bool other = (dtl_quote_eight(word->word) ^ first) |
                 (dtl_quote_eight(word->word + 8) ^ second) |
                 dtl_quote_eight(word->word + 16);

    if (DTL_UNLIKELY(bucket & -(unsigned)other & DTL_QUOTE_MORE))
        return far_classes(language, first, second, hash);
    return word->classes & ((uint64_t)other - 1);
}

/* Reads words of the common kind with single blanks or marks between, as many
 * as come; r->next is at their end then. */
static size_t read_plain(reader *r, size_t at, const dtl_quote_token *stop)
{
    const char *text = r->text.ptr;
    const uint64_t *letters = r->letters;
    const dtl_quote_language *language = r->language;
    const plain_table table = {language->buckets, language->words,
                               language->mask};
    const bool nouns = language->capital_nouns;
    const size_t from = r->from, last = r->text.len - ROOM;
    dtl_quote_token *next = r->next;
    unsigned flags =
        (r->space ? DTL_QT_SPACE : 0u) | (r->first ? DTL_QT_FIRST : 0u);

    while (at < last && next + 1 < stop) {
        unsigned len = dtl_bit_run(letters, at - from), kind;
        const char *end = text + at + len;
        const plain_mask *mask;
        uint64_t first, second, classes;
        uint32_t hash;

        if (DTL_UNLIKELY(len > PLAIN))
            break;
        mask = &plain[len];
        first = dtl_quote_eight(text + at) & mask->keep;
        second = dtl_quote_eight(text + at + 8) & mask->keep2;
        kind = behind[(unsigned char)*end];
        if (DTL_UNLIKELY(!kind || !is_plain(first, second)))
            break;
        hash = dtl_quote_hash_eights(first | mask->small, second | mask->small2,
                                     0);
        classes = plain_classes(&table, language, first | mask->small,
                                second | mask->small2, hash);
        if (DTL_UNLIKELY(kind == BEHIND_STOP)) {
            if ((unsigned char)end[1] > ' ')
                break;
            kind = DTL_QT_STOP;
            if (*end == '.' &&
                (classes & DTL_QW(ABBREV) || (len == 1 && !(first & 0x20)))) {
                kind = BEHIND_OTHER;
                end++;
            }
        }
        if (nouns && !classes && !(first & 0x20))
            break;
        flags |= (unsigned)(~first >> 5 & 1) * DTL_QT_CAPITAL;
        flags |= (unsigned)(end[-1] == 's') * DTL_QT_ENDS_S;
        next->start = (uint32_t)at;
        at = (size_t)(end - text);
        next->end = (uint32_t)at;
        next->kind = DTL_QT_WORD;
        next->flags = (uint8_t)flags;
        next->glyph = next->after = 0;
        next->hash = hash;
        next->classes = classes;
        next++;
        flags = DTL_QT_SPACE;
        if (*end != ' ') {
            if (kind != BEHIND_OTHER) {
                next = put_mark(next, at, kind,
                                kind == DTL_QT_STOP ? (unsigned char)*end : 0);
                flags |= kind == DTL_QT_STOP ? DTL_QT_FIRST : 0u;
                at++;
                end++;
            }
            if (*end != ' ') {
                flags &= ~(unsigned)DTL_QT_SPACE;
                break;
            }
        }
        at++;
    }
    r->next = next;
    r->space = flags & DTL_QT_SPACE;
    r->first = flags & DTL_QT_FIRST;
    return at;
}

/* Reads any other word; returns its end. */
static __attribute__((noinline)) size_t read_odd(const reader *r, size_t at,
                                                 unsigned flags,
                                                 dtl_quote_token *token)
{
    const char *text = r->text.ptr;
    const size_t text_len = r->text.len;
    size_t start = at, bare = 0, end, len;
    unsigned char c = (unsigned char)text[at];
    bool dots = false, capital = byte_class[c] == C_UPPER;
    letter_count n = {0, 0};
    uint64_t classes = 0;
    uint32_t hash;
    dtl_quote_key key;

    if (c >= 0xC3)
        capital = is_wide_capital(r, at);
    at = skip_letters(r, at);
    if (at < text_len && text[at] != ' ' && text[at] != ',')
        at = word_end(r, start, at, &bare, &dots);
    end = bare ? bare : at;
    len = spell(r, start, end, &key);
    hash = dtl_quote_hash(&key);
    if (len <= DTL_QUOTE_WORD_MAX)
        classes = dtl_quote_hashed_classes(r->language, &key, hash);
    if (capital) {
        n = count_of_capital(r, start, end);
        flags |= flags_of_capital(n);
        if (!classes && r->language->capital_nouns && len <= DTL_QUOTE_WORD_MAX)
            classes = compound_classes(r, &key, len);
    }
    if (bare)
        flags |= DTL_QT_POSSESSIVE;
    else if (at < text_len && text[at] == '.' &&
             takes_stop(r, n, classes, dots, at))
        end = ++at;
    if (text[end - 1] == 's')
        flags |= DTL_QT_ENDS_S;
    /* Field by field: a copy of the whole would wait for its parts. */
    token->start = (uint32_t)start;
    token->end = (uint32_t)end;
    token->kind = DTL_QT_WORD;
    token->flags = (uint8_t)flags;
    token->glyph = 0;
    token->after = (uint8_t)(at - end);
    token->hash = hash;
    token->classes = classes;
    return at;
}

/* Reads words with single blanks or common marks between, up to stop or to
 * something else; one word at least, and one token behind it. */
static size_t read_words(reader *r, size_t at, const dtl_quote_token *stop)
{
    const dtl_quote_token *before = r->next;
    unsigned flags;

    if (at + ROOM < r->text.len)
        at = read_plain(r, at, stop);
    if (r->next != before && (at >= r->text.len || r->next >= stop ||
                              byte_class[byte_at(r, at)] > C_UPPER))
        return at;
    flags = (r->space ? DTL_QT_SPACE : 0u) | (r->first ? DTL_QT_FIRST : 0u);
    at = read_odd(r, at, flags, r->next++);
    r->space = r->first = false;
    return at;
}

static size_t read_number(reader *r, size_t at)
{
    size_t start = at;

    for (;; at++) {
        unsigned char c = byte_at(r, at);

        if (dtl_is_digit((char)c) || dtl_is_alpha((char)c))
            continue;
        if ((c == '.' || c == ',' || c == ':' || c == '-') &&
            dtl_is_digit((char)byte_at(r, at + 1)))
            continue;
        break;
    }
    push(r, start, at, DTL_QT_NUMBER);
    r->first = false;
    return at;
}

static void push_mark(reader *r, size_t at, size_t len, int glyph)
{
    dtl_quote_token *token = push(r, at, at + len, DTL_QT_MARK);

    token->glyph = (uint8_t)glyph;
    if (is_space_at(r, at + len))
        token->flags |= DTL_QT_SPACE_AFTER;
}

static size_t read_punct(reader *r, size_t at)
{
    unsigned char c = byte_at(r, at), next = byte_at(r, at + 1);

    switch (c) {
    case '"':
        push_mark(r, at, 1, DTL_QG_STRAIGHT);
        return at + 1;
    case '\'':
        if (next == '\'') {
            push_mark(r, at, 2, DTL_QG_APOSTROPHES);
            return at + 2;
        }
        push_mark(r, at, 1, DTL_QG_APOSTROPHE);
        return at + 1;
    case '`':
        if (next == '`') {
            push_mark(r, at, 2, DTL_QG_BACKTICKS);
            return at + 2;
        }
        push_mark(r, at, 1, DTL_QG_SINGLE);
        return at + 1;
    case '(':
    case '[':
        push(r, at, at + 1, DTL_QT_OPEN);
        return at + 1;
    case ')':
    case ']':
        push(r, at, at + 1, DTL_QT_CLOSE);
        return at + 1;
    case ',':
    case ';':
        push(r, at, at + 1, DTL_QT_COMMA);
        return at + 1;
    case ':':
        push(r, at, at + 1, DTL_QT_COLON);
        return at + 1;
    case '-':
        if (next == '-' || r->space) {
            size_t len = next == '-' ? 2 : 1;

            push(r, at, at + len, DTL_QT_DASH);
            return at + len;
        }
        return at + 1; /* a hyphen between what is split */
    default: {
        size_t end = at + 1;

        while (end < r->text.len &&
               (r->text.ptr[end] == '.' || r->text.ptr[end] == '!' ||
                r->text.ptr[end] == '?'))
            end++;
        push(r, at, end, DTL_QT_STOP)->glyph = byte_at(r, end - 1);
        r->first = true;
        return end;
    }
    }
}

static size_t read_wide(reader *r, size_t at, const dtl_quote_token *stop)
{
    wide_mark mark = wide_at(r, at);

    if (mark.kind == K_LETTER)
        return read_words(r, at, stop);
    if (mark.kind == K_SPACE)
        r->space = true;
    else if (mark.kind == DTL_QT_MARK)
        push_mark(r, at, mark.len, mark.glyph);
    else
        push(r, at, at + mark.len, mark.kind)->glyph = mark.glyph;
    if (mark.kind == DTL_QT_STOP)
        r->first = true;
    return at + mark.len;
}

static size_t read_token(reader *r, size_t at, const dtl_quote_token *first,
                         const dtl_quote_token *stop)
{
    switch (byte_class[(unsigned char)r->text.ptr[at]]) {
    case C_LETTER:
    case C_UPPER:
        return read_words(r, at, stop);
    case C_DIGIT:
        return read_number(r, at);
    case C_SPACE:
        r->space = true;
        return at + 1;
    case C_NEWLINE:
        r->space = true;
        r->first = true;
        if (r->next == first || r->next[-1].kind != DTL_QT_BREAK)
            push(r, at, at + 1, DTL_QT_BREAK);
        r->space = true;
        return at + 1;
    case C_PUNCT:
        return read_punct(r, at);
    case C_LEAD:
        return read_wide(r, at, stop);
    default:
        push(r, at, at + 1, DTL_QT_OTHER);
        return at + 1;
    }
}

static void find_letters(const char *p, size_t len, uint64_t *bits)
{
#if DTL_CPU_X86
    dtl_cpu level = dtl_cpu_level();

    if (level >= DTL_CPU_AVX2) {
        dtl_quote_letters_avx2(p, len, bits);
        return;
    }
    if (level >= DTL_CPU_SSE41) {
        dtl_quote_letters_sse41(p, len, bits);
        return;
    }
#endif
    dtl_quote_letters_plain(p, len, bits);
}

/* The break between what has been read and byte from. */
static void push_break(reader *r, size_t from)
{
    const dtl_quote_token *last = r->next - 1;
    size_t end = last->end + last->after, at = from;
    dtl_quote_token *token;

    while (at > end && dtl_is_space(r->text.ptr[at - 1]))
        at--;
    token = push(r, end, from, DTL_QT_BREAK);
    if (at != end)
        token->flags |= DTL_QT_GAP;
    r->space = true;
}

enum {
    MORE = 64 /* tokens that there is room for */
};

dtl_status dtl_quote_tokens_read(dtl_quote_tokens *tokens, dtl_str text,
                                 size_t from, size_t to,
                                 const dtl_quote_language *language)
{
    reader r = {.text = dtl_str_sub(text, 0, to),
                .language = language,
                .from = from,
                .space = true,
                .first = true};
    size_t at = from;
    dtl_status st = dtl_grow((void **)&tokens->letters, &tokens->letters_cap,
                             (to - from) / 64 + 2, sizeof *tokens->letters);

    if (st == DTL_OK) {
        find_letters(text.ptr + from, to - from, tokens->letters);
        tokens->letters[(to - from + 63) / 64] = 0;
    }
    r.letters = tokens->letters;
    while (at < to && st == DTL_OK) {
        const dtl_quote_token *stop;

        st = dtl_grow((void **)&tokens->at, &tokens->cap, tokens->count + MORE,
                      sizeof *tokens->at);
        if (st != DTL_OK)
            break;
        r.next = tokens->at + tokens->count;
        stop = tokens->at + tokens->cap;
        if (at == from && tokens->count)
            push_break(&r, from);
        while (at < to && r.next + 1 < stop)
            at = read_token(&r, at, tokens->at, stop);
        tokens->count = (size_t)(r.next - tokens->at);
    }
    return st;
}

void dtl_quote_tokens_clear(dtl_quote_tokens *tokens)
{
    dtl_free(tokens->at);
    dtl_free(tokens->letters);
    *tokens = (dtl_quote_tokens){0};
}
