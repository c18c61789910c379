/* Text cut into tokens.
 *
 * One pass over the text's runs of letters and digits, which byte_kinds.h
 * finds. A word's letters are folded eight at a time and make its key, so a
 * word costs one look into the language's table, and most words are not in
 * it; only words with letters past ASCII are read a letter at a time. Marks
 * of many shapes are one: dashes, apostrophes, quote marks, spaces. Digits
 * within codes and addresses are set aside here, so that no rule takes them
 * for a date. */
#include "text/time_scan.h"
#include "base/str.h"

enum {
    CHUNK = 4000,    /* tokens, after which a chunk ends with its sentence */
    CHUNK_MAX = 6000 /* or anyhow: items are counted in 16 bits */
};

#define NOWHERE SIZE_MAX

typedef enum {
    B_LETTER,
    B_DIGIT,
    B_OTHER
} byte_kind;

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

typedef struct {
    const dtl_time_lang *lang;
    dtl_str text;
    size_t at;
    size_t last; /* where the last token ends */
    bool line;   /* the next token is the first of its line */
    bool torn;   /* at may be within a run, which begins there for us */
    dtl_byte_kinds *kinds;
    dtl_time_tokens *out;
} scanner;

/* The number of the word with a key in the language's table. Which words a
 * text has nobody foretells, so nothing branches on it. */
static inline uint16_t find_word(const dtl_time_lang *lang, uint64_t key)
{
    const uint32_t mask = (1u << lang->bucket_bits) - 1;
    uint32_t i = dtl_time_hash_key(key, lang->bucket_bits);

    for (;;) {
        uint16_t bucket = lang->buckets[i];
        uint16_t word = bucket & (DTL_TIME_MORE - 1);
        uint16_t found = lang->keys[word] == key ? word : 0;

        if (!(bucket & DTL_TIME_MORE) || found)
            return found;
        i = (i + 1) & mask;
    }
}

static uint16_t find_long(const dtl_time_lang *lang, const uint64_t letters[3],
                          size_t len)
{
    uint16_t word = find_word(lang, dtl_time_key(letters, len));
    const dtl_time_word *w = &lang->words[word];

    return w->len == len && memcmp(lang->letters + w->text,
                                   (const char *)letters, len) == 0
               ? word
               : 0;
}

/* Eight bytes at p, of which those past len are 0. */
static inline uint64_t load_letters(const char *p, size_t len)
{
    uint64_t eight = 0;

    memcpy(&eight, p, len < 8 ? len : 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    eight = __builtin_bswap64(eight);
#endif
    return eight;
}

/* The word of the ASCII letters at p; left is what the text has from there
 * on. */
static inline uint16_t find_ascii(const dtl_time_lang *lang, const char *p,
                                  size_t len, size_t left)
{
    const uint64_t small = UINT64_C(0x2020202020202020);
    uint64_t letters[3] = {0};

    if (len <= 8 && left >= 8) {
        uint64_t keep = ~UINT64_C(0) >> (64 - 8 * len);

        return find_word(lang, (load_letters(p, 8) | small) & keep);
    }
    if (len > DTL_TIME_WORD_MAX)
        return 0;
    for (size_t i = 0; 8 * i < len; i++) {
        size_t n = len - 8 * i;
        uint64_t keep = n >= 8 ? ~UINT64_C(0) : ~(~UINT64_C(0) << 8 * n);
        uint64_t eight = load_letters(p + 8 * i, left >= 8 * i + 8 ? 8 : n);

        letters[i] = (eight | small) & keep;
    }
    return len <= 8 ? find_word(lang, letters[0])
                    : find_long(lang, letters, len);
}

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

    t->flags &= (uint8_t)~DTL_TT_CAP;
    while (at < s->text.len) {
        char out[2] = {(char)(p[at] | 0x20), 0}, mark;
        size_t len = 1, count = 1;
        bool large = p[at] >= 'A' && p[at] <= 'Z';

        if ((unsigned char)p[at] >= 0x80) {
            len = high(p + at, s->text.len - at, &mark);
            if (mark)
                break;
            count = fold_high(p + at, len, out, &large);
            s->torn |= (unsigned char)p[at + len - 1] < 0x80;
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
        letters[i] = load_letters(folded + 8 * i, 8);
    t->word = n <= 8 ? find_word(s->lang, letters[0])
                     : find_long(s->lang, letters, n);
}

/* Where the run of letters or digits that begins at at ends. */
static size_t run_end(scanner *s, const uint64_t *bits, size_t at)
{
    dtl_byte_kinds *k = s->kinds;
    size_t end = dtl_byte_run_end(k, bits, at);

    while (end == k->to && end < s->text.len) {
        dtl_byte_kinds_fill(k, s->text, k->from < at ? at : end);
        if (!(bits[0] & 1))
            break;
        end = dtl_byte_run_end(k, bits, k->from);
    }
    return end;
}

/* Takes a word that begins with an ASCII letter at s->at into *t. */
static inline void scan_word(scanner *s, dtl_time_token *t)
{
    size_t at = s->at, end = run_end(s, s->kinds->letters, at);
    const char *p = s->text.ptr + at;
    char mark;

    t->flags |= *p & 0x20 ? 0 : DTL_TT_CAP;
    if (end < s->text.len && (unsigned char)s->text.ptr[end] >= 0x80) {
        high(s->text.ptr + end, s->text.len - end, &mark);
        if (!mark) {
            scan_high_word(s, t);
            return;
        }
    }
    s->at = end;
    t->word = find_ascii(s->lang, p, end - at, s->text.len - at);
}

/* Takes a number that begins at s->at into *t; groups of three digits too
 * ("12,000"). */
static void scan_number(scanner *s, dtl_time_token *t)
{
    const char *p = s->text.ptr;
    size_t at = s->at, end = s->text.len, digits = 0;
    uint64_t value = 0;

    t->kind = DTL_TT_NUMBER;
    for (; at < end && dtl_is_digit(p[at]); at++, digits++)
        value = digits < 9 ? value * 10 + (uint64_t)(p[at] - '0') : value;
    while (digits <= 3 && s->lang->thousands && at + 3 < end &&
           p[at] == s->lang->thousands && dtl_is_digit(p[at + 1]) &&
           dtl_is_digit(p[at + 2]) && dtl_is_digit(p[at + 3]) &&
           (at + 4 == end || !dtl_is_digit(p[at + 4])) && value < 1000000 &&
           value) {
        value = value * 1000 +
                (uint64_t)((p[at + 1] - '0') * 100 + (p[at + 2] - '0') * 10 +
                           (p[at + 3] - '0'));
        at += 4;
        t->word = 9; /* no year */
        if (at >= end || p[at] != s->lang->thousands)
            break;
    }
    if (digits > 8)
        t->kind = DTL_TT_JUNK;
    t->value = (uint32_t)value;
    if (!t->word)
        t->word = (uint16_t)(digits > 99 ? 99 : digits);
    s->at = at;
}

/* Numbers and words that touch: "3rd" is one token, "B52" and "500GB" are
 * codes. Words that may touch a number are those of the language's table. */
static void join_last(scanner *s)
{
    dtl_time_token *t = s->out->tokens + s->out->count - 1;
    dtl_time_token *before = s->out->count > 1 ? t - 1 : NULL;

    if (!before || !(t->flags & DTL_TT_GLUED))
        return;
    if (t->kind == DTL_TT_WORD && before->kind == DTL_TT_NUMBER) {
        if (dtl_time_token_is(s->lang, t, DTL_CLASS_ORDSUF, NULL)) {
            before->kind = DTL_TT_ORDINAL;
            before->end = t->end;
            s->out->count--;
            if (s->out->starts[s->out->start_count - 1] == s->out->count)
                s->out->start_count--;
        } else if (!t->word) {
            before->kind = DTL_TT_JUNK;
        }
    } else if (t->kind == DTL_TT_NUMBER &&
               (before->kind == DTL_TT_JUNK ||
                (before->kind == DTL_TT_WORD && !before->word))) {
        t->kind = DTL_TT_JUNK;
    }
}

/* Whether an address begins at s->at ("http://", "www."); it is passed over
 * to the next space. */
static bool skip_address(scanner *s)
{
    dtl_str rest = dtl_str_sub(s->text, s->at, s->text.len);
    size_t at = s->at;

    if ((rest.ptr[0] | 0x20) == 'h') {
        if (!dtl_str_starts_nocase(rest, DTL_STR("http")) || rest.len < 8 ||
            dtl_str_find(dtl_str_sub(rest, 4, 8), DTL_STR("://")) > 1)
            return false;
    } else if (!dtl_str_starts_nocase(rest, DTL_STR("www."))) {
        return false;
    }
    while (at < s->text.len && !dtl_is_space(s->text.ptr[at]))
        at++;
    s->at = at;
    return true;
}

/* Room for the tokens of as many bytes. */
static inline dtl_status make_room(dtl_time_tokens *o, size_t more)
{
    if (o->cap - o->count >= more && o->start_cap - o->start_count >= more)
        return DTL_OK;
    if (dtl_grow((void **)&o->tokens, &o->cap, o->count + more,
                 sizeof *o->tokens) ||
        dtl_grow((void **)&o->starts, &o->start_cap, o->start_count + more,
                 sizeof *o->starts))
        return DTL_NOMEM;
    return DTL_OK;
}

/* Takes the newline at s->at. True when it ends the paragraph. */
static bool scan_newline(scanner *s)
{
    size_t next = s->at + 1;

    while (next < s->text.len &&
           (s->text.ptr[next] == ' ' || s->text.ptr[next] == '\r' ||
            s->text.ptr[next] == '\t'))
        next++;
    if (s->out->count && next < s->text.len && s->text.ptr[next] == '\n') {
        s->at = next;
        return true;
    }
    s->line = true;
    s->at++;
    return false;
}

/* Takes the token at s->at, none where there is a space or an address. True
 * where the chunk ends behind it. */
static inline bool scan_token(scanner *s, byte_kind kind)
{
    dtl_time_tokens *o = s->out;
    dtl_time_token *t = &o->tokens[o->count];
    const char *p = s->text.ptr + s->at;
    bool glued = s->at == s->last;
    char mark = *p;
    size_t len = 1;
    uint8_t starts;

    if (kind == B_OTHER) {
        if (mark == '\n')
            return scan_newline(s);
        if ((unsigned char)mark >= 0x80) {
            len = high(p, s->text.len - s->at, &mark);
            s->torn = (unsigned char)p[len - 1] < 0x80;
            if (mark == ' ') {
                s->at += len;
                return false;
            }
        }
    } else if (kind == B_LETTER && !glued &&
               ((mark | 0x20) == 'h' || (mark | 0x20) == 'w') &&
               skip_address(s)) {
        return false;
    }
    *t = (dtl_time_token){.start = (uint32_t)s->at};
    t->flags =
        (uint8_t)((glued ? DTL_TT_GLUED : 0) | (s->line ? DTL_TT_LINE : 0));
    o->count++;
    if (kind == B_LETTER) {
        scan_word(s, t);
        starts = s->lang->words[t->word].starts;
    } else if (kind == B_DIGIT) {
        scan_number(s, t);
        starts = 3;
    } else if (!mark) {
        scan_high_word(s, t);
        starts = s->lang->words[t->word].starts;
    } else {
        t->kind = DTL_TT_MARK;
        t->value = (unsigned char)mark;
        starts = s->lang->mark_starts[t->value];
        s->at += len;
    }
    t->end = (uint32_t)s->at;
    s->last = s->at;
    s->line = false;
    o->starts[o->start_count] = (uint16_t)(o->count - 1);
    o->start_count += (starts & 3) != 0;
    if (glued)
        join_last(s);
    return o->count > CHUNK && mark == '.';
}

/* Takes the tokens that begin at s->at and in the rest of its block of 64
 * bytes. True where the chunk ends behind one. */
static bool scan_block(scanner *s)
{
    const dtl_byte_kinds *k = s->kinds;
    size_t base = k->from, block = (s->at - base) / 64,
           from = base + 64 * block;
    uint64_t rest = ~UINT64_C(0) << (s->at - from);
    uint64_t letters = k->letters[block] & rest;
    uint64_t digits = k->digits[block] & rest;
    uint64_t begins = (letters & ~(letters << 1)) | (digits & ~(digits << 1)) |
                      (k->others[block] & rest);

    s->torn = false;
    for (; begins; begins &= begins - 1) {
        unsigned bit = (unsigned)__builtin_ctzll(begins);

        if (from + bit < s->at)
            continue;
        s->at = from + bit;
        if (scan_token(s, letters >> bit & 1  ? B_LETTER
                          : digits >> bit & 1 ? B_DIGIT
                                              : B_OTHER) ||
            s->out->count >= CHUNK_MAX)
            return true;
        if (k->from != base || s->torn)
            return false;
    }
    if (s->at < from + 64)
        s->at = from + 64 < s->text.len ? from + 64 : s->text.len;
    return false;
}

dtl_status dtl_time_scan(const dtl_time_lang *lang, dtl_str text, size_t *at,
                         dtl_time_tokens *out)
{
    dtl_byte_kinds *k = &out->kinds;
    scanner s = {lang, text, *at, NOWHERE, true, false, k, out};
    bool over = false;

    out->count = out->start_count = 0;
    if (*at == 0)
        k->from = k->to = 0;
    while (!over && s.at < text.len) {
        if (s.at >= k->to)
            dtl_byte_kinds_fill(k, text, s.at);
        if (make_room(out, 64))
            return DTL_NOMEM;
        over = scan_block(&s);
    }
    *at = s.at;
    return DTL_OK;
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
    unsigned digits = t->word;
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

uint64_t dtl_time_token_mask(const dtl_time_lang *lang, const dtl_time_token *t)
{
    dtl_time_sense senses[DTL_TIME_SENSES];
    uint64_t mask = 0;
    size_t n;

    if (t->kind == DTL_TT_WORD)
        return lang->words[t->word].mask;
    if (t->kind == DTL_TT_MARK)
        return dtl_time_class_bit(lang, (uint16_t)(DTL_CLASS_MARKS + t->value));
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
