/* Text cut into tokens, one after the other.
 *
 * Letters are folded and make a word's key, so a word costs one look into the
 * language's table, and most words are not in it. Marks of many shapes are one:
 * dashes, apostrophes, quote marks, spaces. Digits within codes and addresses
 * are set aside here, so that no rule takes them for a date. */
#include "base/str.h"
#include "text/time_scan.h"
#include "text/time_word.h"

/* What a byte begins. */
typedef enum {
    B_MARK,
    B_SPACE,
    B_LETTER,
    B_DIGIT,
    B_HIGH /* of a character past ASCII */
} byte_kind;

static byte_kind kind_of(unsigned char c)
{
    if ((unsigned char)((c | 0x20) - 'a') < 26)
        return B_LETTER;
    if ((unsigned char)(c - '0') < 10)
        return B_DIGIT;
    if (c <= ' ')
        return B_SPACE;
    return c < 0x80 ? B_MARK : B_HIGH;
}

/* The letters of Latin-1 from U+00C0 on without case and marks; 0: none or
 * more than one. */
static const char latin1[65] = "aaaaaa\1ceeeeiiii"
                               "\1nooooo\0ouuuuy\1\1"
                               "aaaaaa\1ceeeeiiii"
                               "\1nooooo\0ouuuuy\1y";

/* A character past ASCII: how many bytes it has, and what it is for us: a
 * space, a mark (its ASCII code), or 0, a letter. */
static size_t high(const char *p, size_t left, char *mark)
{
    unsigned char a = (unsigned char)p[0];
    unsigned char b = left > 1 ? (unsigned char)p[1] : 0;
    unsigned char c = left > 2 ? (unsigned char)p[2] : 0;
    size_t len = a >= 0xF0 ? 4 : a >= 0xE0 ? 3 : a >= 0xC0 ? 2 : 1;

    *mark = 0;
    if (len > left)
        len = left;
    if (a == 0xC2) {
        *mark = b == 0xA0 ? ' ' : b == 0xAA || b == 0xBA ? 0 : '_';
        if (b == 0xAB || b == 0xBB)
            *mark = '"';
    } else if (a == 0xC3) {
        *mark = b == 0x97 || b == 0xB7 ? '_' : 0;
    } else if (a == 0xE2) {
        *mark = '_';
        if (b == 0x80 && c >= 0x90 && c <= 0x95)
            *mark = '-';
        else if (b == 0x80 && (c == 0x98 || c == 0x99 || c == 0xB2))
            *mark = '\'';
        else if (b == 0x80 && c >= 0x9C && c <= 0x9F)
            *mark = '"';
        else if (b == 0x80 && c == 0xA6)
            *mark = ';';
        else if (b == 0x80 && (c <= 0x8F || c == 0xAF || c == 0xA8))
            *mark = ' ';
        else if (b == 0x88 && c == 0x92)
            *mark = '-';
    } else if (a >= 0xF0 || (a < 0xC2) || (a == 0xEF && b >= 0xB8)) {
        *mark = '_';
    }
    return len;
}

typedef dtl_time_scanner scanner;

/* A character of Latin-1 past ASCII or a ligature as folded letters: one, or
 * two; 0: none. *large: it is a capital. */
static size_t fold_high(const char *p, size_t len, char out[2], bool *large)
{
    unsigned char c = (unsigned char)p[0];
    unsigned char b = len > 1 ? (unsigned char)p[1] : 0;

    *large = false;
    out[0] = (char)c;
    if (c == 0xC3 && len == 2) {
        *large = b < 0xA0;
        out[0] = latin1[(b - 0x80) & 63];
        if (out[0] != 1)
            return 1;
        out[0] = (b & 0x1F) == 0x1F ? 's' : 'a';
        out[1] = (b & 0x1F) == 0x1F ? 's' : 'e';
        return 2;
    }
    if (c == 0xC5 && len == 2 && (b & 0xFE) == 0x92) {
        out[0] = 'o';
        out[1] = 'e';
        return 2;
    }
    if (c == 0xC2)
        out[0] = b == 0xAA ? 'a' : 'o';
    return 1;
}

/* Takes a word with letters past ASCII that begins at s->at into *t. */
static void scan_high_word(scanner *s, dtl_time_token *t)
{
    const char *p = s->text.ptr;
    size_t at = s->at, n = 0;
    char folded[DTL_TIME_WORD_MAX + 2] = {0};
    uint64_t letters[3];

    while (at < s->text.len) {
        char out[2] = {(char)(p[at] | DTL_TIME_CASE), 0}, mark;
        size_t len = 1, count = 1;
        bool large = p[at] >= 'A' && p[at] <= 'Z';

        if ((unsigned char)p[at] >= 0x80) {
            len = high(p + at, s->text.len - at, &mark);
            if (mark)
                break;
            count = fold_high(p + at, len, out, &large);
        } else if (!dtl_is_alpha(p[at])) {
            break;
        }
        if (large && at == s->at)
            t->flags |= DTL_TT_CAP;
        if (n < DTL_TIME_WORD_MAX) {
            memcpy(folded + n, out, 2);
            n += count;
        } else {
            n = DTL_TIME_WORD_MAX + 2;
        }
        at += len;
    }
    s->at = at;
    if (n > DTL_TIME_WORD_MAX)
        return;
    for (size_t i = 0; i < 3; i++)
        letters[i] = dtl_eight(folded + 8 * i, 8);
    t->word = dtl_time_find_letters(s->lang, letters, n);
}

/* The number of the word of ASCII from byte `at` to byte end. */
static uint16_t find_plain(const scanner *s, size_t at, size_t end)
{
    const uint64_t small = DTL_TIME_BYTES(DTL_TIME_CASE);
    uint64_t letters[3] = {0};
    size_t len = end - at;

    if (len > DTL_TIME_WORD_MAX)
        return 0;
    for (size_t i = 0; 8 * i < len; i++, at += 8) {
        size_t n = end - at < 8 ? end - at : 8;

        letters[i] = s->text.len - at >= 8
                         ? dtl_eight(s->text.ptr + at, 8)
                         : dtl_eight(s->text.ptr + at, s->text.len - at);
        letters[i] = (letters[i] | small) & ~UINT64_C(0) >> (64 - 8 * n);
    }
    return dtl_time_find_letters(s->lang, letters, len);
}

/* Takes a word that begins at s->at into *t. E2 begins marks and spaces
 * only. */
static void scan_word(scanner *s, dtl_time_token *t)
{
    const char *p = s->text.ptr;
    size_t end = dtl_time_letters_end(s->text, s->at);

    if (end < s->text.len && (unsigned char)p[end] >= 0x80 &&
        (unsigned char)p[end] != 0xE2) {
        scan_high_word(s, t);
        return;
    }
    t->word = find_plain(s, s->at, end);
    t->flags |= p[s->at] & DTL_TIME_CASE ? 0 : DTL_TT_CAP;
    s->at = end;
}

/* Takes a number that begins at s->at into *t; groups of three digits too
 * ("12,000"). */
static void scan_number(scanner *s, dtl_time_token *t)
{
    const char *p = s->text.ptr;
    size_t at = s->at, end = s->text.len, digits = 0, told;
    uint64_t value = 0;

    t->kind = DTL_TT_NUMBER;
    for (; at < end && dtl_is_digit(p[at]); at++, digits++)
        value = digits < 9 ? value * 10 + (uint64_t)(p[at] - '0') : value;
    told = digits;
    while (digits <= 3 && s->lang->thousands && at + 3 < end &&
           p[at] == s->lang->thousands && dtl_is_digit(p[at + 1]) &&
           dtl_is_digit(p[at + 2]) && dtl_is_digit(p[at + 3]) &&
           (at + 4 == end || !dtl_is_digit(p[at + 4])) && value < 1000000 &&
           value) {
        value = value * 1000 +
                (uint64_t)((p[at + 1] - '0') * 100 + (p[at + 2] - '0') * 10 +
                           (p[at + 3] - '0'));
        at += 4;
        told = 9; /* no year */
        if (at >= end || p[at] != s->lang->thousands)
            break;
    }
    if (digits > 8)
        t->kind = DTL_TT_JUNK;
    t->value = (uint32_t)value;
    t->word = (uint16_t)(s->lang->first_mark + DTL_TIME_DIGITS);
    t->flags |= (uint8_t)((told < 31 ? told : 31) * DTL_TT_DIGITS);
    s->at = at;
}

/* Numbers and words that touch: "3rd" is one token, "B52" and "500GB" are
 * codes. Words that may touch a number are those of the language's table. */
static void join_last(scanner *s)
{
    dtl_time_token *t = s->tokens + s->count - 1;
    dtl_time_token *before = s->count > 1 ? t - 1 : NULL;

    if (!before || !(t->flags & DTL_TT_GLUED))
        return;
    if (t->kind == DTL_TT_WORD && before->kind == DTL_TT_NUMBER) {
        if (dtl_time_token_is(s->lang, t, DTL_CLASS_ORDSUF, NULL)) {
            before->kind = DTL_TT_ORDINAL;
            before->end = t->end;
            s->count--;
        } else if (!t->word) {
            before->kind = DTL_TT_JUNK;
        }
    } else if (t->kind == DTL_TT_NUMBER &&
               (before->kind == DTL_TT_JUNK ||
                (before->kind == DTL_TT_WORD && !before->word))) {
        t->kind = DTL_TT_JUNK;
    }
}

/* Whether an address begins at s->at ("http://", "https://", "www."); it is
 * passed over to the next space. */
static bool skip_address(scanner *s)
{
    dtl_str rest = dtl_str_sub(s->text, s->at, s->text.len);
    size_t at = s->at;

    if (!dtl_str_starts_nocase(rest, DTL_STR("http://")) &&
        !dtl_str_starts_nocase(rest, DTL_STR("https://")) &&
        !dtl_str_starts_nocase(rest, DTL_STR("www.")))
        return false;
    while (at < s->text.len && !dtl_is_space(s->text.ptr[at]))
        at++;
    s->at = at;
    return true;
}

/* Takes the newline at s->at. True when it ends the paragraph. */
static bool scan_newline(scanner *s)
{
    size_t next = s->at + 1;

    while (next < s->text.len &&
           (s->text.ptr[next] == ' ' || s->text.ptr[next] == '\r' ||
            s->text.ptr[next] == '\t'))
        next++;
    if (s->last != SIZE_MAX && next < s->text.len &&
        s->text.ptr[next] == '\n') {
        s->at = next;
        return true;
    }
    s->line = true;
    s->at++;
    return false;
}

/* Takes any other token, or what is none. */
static bool scan_other(scanner *s)
{
    dtl_time_token *t = &s->tokens[s->count];
    const char *p = s->text.ptr + s->at;
    bool glued = s->at == s->last;
    byte_kind kind = kind_of((unsigned char)*p);
    char mark = *p;
    size_t len = 1;

    if (*p == '\n')
        return scan_newline(s);
    if (kind == B_HIGH) {
        len = high(p, s->text.len - s->at, &mark);
        kind = mark == ' ' ? B_SPACE : mark ? B_MARK : B_LETTER;
    }
    if (kind == B_SPACE) {
        s->at += len;
        return false;
    }
    if (kind == B_LETTER && ((*p | 0x20) == 'h' || (*p | 0x20) == 'w') &&
        !glued && skip_address(s))
        return false;
    *t = (dtl_time_token){.start = (uint32_t)s->at};
    t->flags =
        (uint8_t)((glued ? DTL_TT_GLUED : 0) | (s->line ? DTL_TT_LINE : 0));
    if (kind == B_LETTER) {
        scan_word(s, t);
    } else if (kind == B_DIGIT) {
        scan_number(s, t);
    } else {
        t->kind = DTL_TT_MARK;
        t->value = (unsigned char)mark;
        t->word = (uint16_t)(s->lang->first_mark + t->value);
        s->at += len;
    }
    s->count++;
    t->end = (uint32_t)s->at;
    s->last = s->at;
    s->line = false;
    join_last(s);
    return false;
}

/* Takes a word of up to seven letters of ASCII behind which another character
 * of ASCII stands: most words. False where there is none, or an address may
 * be. */
static inline bool scan_short_word(scanner *s, bool glued)
{
    const uint64_t small = DTL_TIME_BYTES(DTL_TIME_CASE);
    dtl_time_token *t = &s->tokens[s->count];
    uint64_t eight, other, letters;
    unsigned len;

    if (s->text.len - s->at < 8)
        return false;
    eight = dtl_eight(s->text.ptr + s->at, 8);
    other = ~dtl_time_letters(eight) & DTL_TIME_BYTES(0x80);
    if (!other || !(len = (unsigned)__builtin_ctzll(other) / 8) ||
        eight >> 8 * len & 0x80)
        return false;
    letters = (eight | small) & ((UINT64_C(1) << 8 * len) - 1);
    if (letters == dtl_eight("http\0\0\0", 8) ||
        letters == dtl_eight("https\0\0", 8) ||
        letters == dtl_eight("www\0\0\0\0", 8))
        return false;
    *t = (dtl_time_token){
        .start = (uint32_t)s->at,
        .end = (uint32_t)(s->at + len),
        .word = (uint16_t)dtl_time_find_hot(s->lang, letters),
        .flags =
            (uint8_t)((glued ? DTL_TT_GLUED : 0) | (s->line ? DTL_TT_LINE : 0) |
                      (eight & DTL_TIME_CASE ? 0 : DTL_TT_CAP))};
    s->count++;
    s->at += len;
    s->last = s->at;
    s->line = false;
    if (glued)
        join_last(s);
    return true;
}

bool dtl_time_scan_token(scanner *s)
{
    bool spaced = s->text.ptr[s->at] == ' ' && s->at + 1 < s->text.len;

    s->at += spaced;
    return !scan_short_word(s, s->at == s->last) && scan_other(s);
}

bool dtl_time_anchor_at(const dtl_time_lang *lang, dtl_str text, size_t at,
                        dtl_time_token *out)
{
    scanner s = {lang, text, at, SIZE_MAX, false, out, 0};

    while (s.at < text.len) {
        byte_kind kind = kind_of((unsigned char)text.ptr[s.at]);
        char mark;

        *out = (dtl_time_token){.start = (uint32_t)s.at};
        if (kind == B_DIGIT) {
            out->word = (uint16_t)(lang->first_mark + DTL_TIME_DIGITS);
            out->kind = DTL_TT_NUMBER;
            return true;
        }
        if (kind != B_LETTER && kind != B_HIGH)
            return false;
        if (kind == B_HIGH) {
            size_t len = high(text.ptr + s.at, text.len - s.at, &mark);

            if (mark) {
                s.at += len;
                continue;
            }
        }
        scan_word(&s, out);
        out->end = (uint32_t)s.at;
        if (lang->anchors[out->word])
            return true;
        if (s.at >= text.len || (unsigned char)text.ptr[s.at] < 0x80)
            return false;
    }
    return false;
}

/* Where the space, or whatever counts as one, that ends at byte at begins; at
 * itself where there is none. */
static size_t space_before(dtl_str text, size_t at)
{
    const char *p = text.ptr;
    size_t lead = at - (at > 0);
    char mark;

    if (!at || (unsigned char)p[lead] <= ' ')
        return lead;
    if ((unsigned char)p[lead] < 0x80)
        return at;
    while (lead && at - lead < 4 && ((unsigned char)p[lead] & 0xC0) == 0x80)
        lead--;
    return high(p + lead, at - lead, &mark) == at - lead && mark == ' ' ? lead
                                                                        : at;
}

/* Goes back over the spaces that end at *at. *line: whether a line begins
 * behind them. True where the paragraph does. */
static bool pass_spaces_back(dtl_str text, size_t *at, bool *line)
{
    bool open = false; /* a newline, and blanks behind it */
    size_t begin;

    *line = false;
    if (*at > 1 && (unsigned char)text.ptr[*at - 2] - 0x21u < 0x5F) {
        /* Most often there is one space, or none. */
        unsigned char last = (unsigned char)text.ptr[*at - 1];

        *at -= last == ' ';
        if (last == ' ' || last - 0x21u < 0x5F)
            return false;
    }
    while (*at && (begin = space_before(text, *at)) != *at) {
        char c = text.ptr[begin];

        if (c == '\n' && open)
            return true;
        if (c == '\n')
            *line = open = true;
        else if (c != ' ' && c != '\t' && c != '\r')
            open = false;
        *at = begin;
    }
    *line |= !*at;
    return !*at;
}

scanner dtl_time_scan_from(const dtl_time_lang *lang, dtl_str text, size_t at,
                           dtl_time_token *tokens)
{
    scanner s = {lang, text, at, SIZE_MAX, false, tokens, 0};

    if (pass_spaces_back(text, &at, &s.line))
        s.line = true;
    return s;
}

/* Where the word with letters past ASCII begins whose last character ends at
 * byte `at`; at itself where that is a mark. */
static size_t high_word_begin(dtl_str text, size_t at)
{
    for (;;) {
        size_t begin = dtl_time_letters_begin(text, at), lead = begin;
        char mark;

        while (lead && begin - lead < 4 &&
               ((unsigned char)text.ptr[lead - 1] & 0xC0) == 0x80)
            lead--;
        if (!lead || (unsigned char)text.ptr[lead - 1] < 0xC0)
            return begin;
        lead--;
        if (high(text.ptr + lead, begin - lead, &mark) != begin - lead || mark)
            return begin;
        at = lead;
    }
}

/* Where a number begins whose last digit ends at byte `at`. */
static size_t number_begin(const dtl_time_lang *lang, dtl_str text, size_t at)
{
    const char *p = text.ptr;
    size_t end = at;

    for (;;) {
        while (at && dtl_is_digit(p[at - 1]))
            at--;
        if (end - at != 3 || at < 2 || !lang->thousands ||
            p[at - 1] != lang->thousands || !dtl_is_digit(p[at - 2]))
            return at;
        end = --at;
    }
}

/* Where the token begins that ends at byte `at`. */
static size_t token_begin(const dtl_time_lang *lang, dtl_str text, size_t at)
{
    byte_kind kind = kind_of((unsigned char)text.ptr[at - 1]);
    size_t begin = at;

    if (kind == B_DIGIT)
        begin = number_begin(lang, text, at);
    else if (kind == B_LETTER || kind == B_HIGH)
        begin = high_word_begin(text, at);
    if (begin < at)
        return begin;
    while (--begin && at - begin < 4 &&
           ((unsigned char)text.ptr[begin] & 0xC0) == 0x80)
        continue;
    return begin;
}

bool dtl_time_token_before(const dtl_time_lang *lang, dtl_str text, size_t at,
                           dtl_time_token *out)
{
    scanner s = {lang, text, 0, SIZE_MAX, false, out, 0};
    bool line;

    /* Where an address begins there is no token. */
    for (; !s.count; at = s.at) {
        size_t end;

        if (pass_spaces_back(text, &at, &line))
            return false;
        end = s.at = at = token_begin(lang, text, at);
        s.line = pass_spaces_back(text, &end, &line) || line;
        s.last = end == at ? at : SIZE_MAX;
        dtl_time_scan_token(&s);
        s.at = at;
    }
    return true;
}

size_t dtl_time_tokens_behind(const dtl_time_lang *lang, dtl_str text,
                              size_t at, dtl_time_token *out, size_t most)
{
    scanner s = {lang, text, at, at, false, out, 0};

    while (s.at < text.len && s.count < most && !dtl_time_scan_token(&s))
        continue;
    return s.count;
}

void dtl_time_tokens_clear(dtl_time_tokens *t)
{
    dtl_free(t->tokens);
    dtl_free(t->starts);
    *t = (dtl_time_tokens){0};
}

static size_t number_senses(const dtl_time_token *t, dtl_time_sense *out)
{
    uint32_t v = t->value;
    unsigned digits = t->flags / DTL_TT_DIGITS;
    size_t n = 0;

#define SENSE(c)                                                               \
    out[n++] = (dtl_time_sense)                                                \
    {                                                                          \
        DTL_CLASS_##c, (int16_t)v, 0                                           \
    }
    if (v <= 32767)
        SENSE(NUM);
    if (digits <= 2 && v >= 1 && v <= 31)
        SENSE(D);
    if (digits <= 2 && v >= 1 && v <= 12)
        SENSE(M);
    if (digits <= 2 && v <= 24)
        SENSE(H);
    if (digits == 4 && v >= 1000 && v < 2200)
        SENSE(Y4);
    if (digits == 3)
        SENSE(Y3);
    if (digits == 2)
        SENSE(Y2);
    if (digits == 2 && v > 31)
        SENSE(YY);
    if (digits == 2 && v < 60)
        SENSE(MM);
    if (digits == 1)
        SENSE(DIG);
    if (digits == 4 && v / 100 <= 24 && v % 100 < 60)
        SENSE(N4);
    if (digits == 3 && v % 100 < 60)
        SENSE(N3);
    return n;
}

size_t dtl_time_senses(const dtl_time_lang *lang, const dtl_time_token *t,
                       dtl_time_sense out[DTL_TIME_SENSES])
{
    size_t n = 0;
    uint32_t v = t->value;

    switch (t->kind) {
    case DTL_TT_NUMBER:
        return number_senses(t, out);
    case DTL_TT_ORDINAL:
        if (v <= 32767)
            SENSE(ORDN);
        if (v >= 1 && v <= 31) {
            SENSE(ORDD);
            SENSE(ORDDIG);
        }
        return n;
    case DTL_TT_MARK:
        out[0] = (dtl_time_sense){(uint16_t)(DTL_CLASS_MARKS + v), 0, 0};
        return 1;
    case DTL_TT_WORD:
        break;
    default:
        return 0;
    }
#undef SENSE
    if (t->word) {
        const dtl_time_word *w = &lang->words[t->word];

        for (size_t i = 0; i < w->senses && n < DTL_TIME_SENSES - 2; i++) {
            const dtl_time_sense *sense = &lang->senses[w->first + i];

            if (!sense->cap || t->flags & DTL_TT_CAP)
                out[n++] = *sense;
        }
    }
    if (t->flags & DTL_TT_CAP)
        out[n++] = (dtl_time_sense){DTL_CLASS_CAP, 0, 0};
    out[n++] = (dtl_time_sense){DTL_CLASS_WORD, 0, 0};
    return n;
}

uint64_t dtl_time_number_mask(const dtl_time_lang *lang,
                              const dtl_time_token *t)
{
    dtl_time_sense senses[DTL_TIME_SENSES];
    uint64_t mask = 0;
    size_t n;

    n = dtl_time_senses(lang, t, senses);
    for (size_t i = 0; i < n; i++)
        mask |= dtl_time_class_bit(lang, senses[i].cls);
    return mask;
}

bool dtl_time_token_is(const dtl_time_lang *lang, const dtl_time_token *t,
                       uint16_t cls, int *value)
{
    dtl_time_sense senses[DTL_TIME_SENSES];
    size_t n = dtl_time_senses(lang, t, senses);

    for (size_t i = 0; i < n; i++) {
        if (senses[i].cls == cls) {
            if (value)
                *value = senses[i].value;
            return true;
        }
    }
    return false;
}

size_t dtl_time_known_words(const dtl_time_lang *lang, dtl_str text)
{
    dtl_time_token t[2];
    scanner s = {lang, text, 0, SIZE_MAX, true, t, 0};
    size_t known = 0;

    while (s.at < text.len) {
        bool over = dtl_time_scan_token(&s);

        if (over)
            s.last = SIZE_MAX;
        if (s.count < 2)
            continue;
        known += t[0].kind == DTL_TT_WORD && t[0].word;
        t[0] = t[1];
        s.count = 1;
    }
    return known + (s.count && t[0].kind == DTL_TT_WORD && t[0].word);
}
