/* Text cut into tokens.
 *
 * One pass; letters are folded and hashed as they are read, so a word costs
 * one look into the language's table, and most words are not in it. Marks of
 * many shapes are one: dashes, apostrophes, quote marks, spaces. Digits
 * within codes and addresses are set aside here, so that no rule takes them
 * for a date. */
#include "text/time_scan.h"
#include "base/str.h"

enum {
    CHUNK = 4000,     /* tokens, after which a chunk ends with its sentence */
    CHUNK_MAX = 6000, /* or anyhow: items are counted in 16 bits */
    WORD_MAX = 24     /* no word of a table is longer */
};

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

typedef struct {
    const dtl_time_lang *lang;
    dtl_str text;
    size_t at;
    dtl_time_tokens *out;
} scanner;

/* The number of a folded word in the language's table. */
static uint16_t find_word(const dtl_time_lang *lang, const char *word,
                          size_t len, uint32_t hash)
{
    for (uint32_t i = hash & lang->bucket_mask; lang->buckets[i];
         i = (i + 1) & lang->bucket_mask) {
        const dtl_time_word *w = &lang->words[lang->buckets[i]];

        if (w->len == len && memcmp(lang->letters + w->text, word, len) == 0)
            return lang->buckets[i];
    }
    return 0;
}

/* Takes a word that begins at s->at into *t. */
static void scan_word(scanner *s, dtl_time_token *t)
{
    const char *p = s->text.ptr;
    size_t at = s->at, n = 0;
    uint32_t h = 0x811C9DC5u;
    char folded[WORD_MAX + 2];
    size_t small = 0, large = 0;

    if (p[at] >= 'A' && p[at] <= 'Z')
        t->flags |= DTL_TT_CAP;
    while (at < s->text.len) {
        unsigned char c = (unsigned char)p[at];
        byte_kind kind = kind_of(c);
        size_t len = 1;
        unsigned char f = c | 0x20, f2 = 0;

        if (kind == B_LETTER) {
            if (c & 0x20)
                small++;
            else
                large++;
        } else if (kind == B_HIGH) {
            char mark;

            len = high(p + at, s->text.len - at, &mark);
            if (mark)
                break;
            f = c;
            if (c == 0xC3 && len == 2) {
                unsigned char b = (unsigned char)p[at + 1];

                f = (unsigned char)latin1[(b - 0x80) & 63];
                if (b < 0xA0) {
                    large++;
                    if (at == s->at)
                        t->flags |= DTL_TT_CAP;
                } else {
                    small++;
                }
                if (f == 1) {
                    f = (b & 0x1F) == 0x1F ? 's' : 'a';
                    f2 = (b & 0x1F) == 0x1F ? 's' : 'e';
                }
            } else if (c == 0xC5 && len == 2 &&
                       ((unsigned char)p[at + 1] & 0xFE) == 0x92) {
                f = 'o';
                f2 = 'e';
            } else if (c == 0xC2) {
                f = (unsigned char)p[at + 1] == 0xAA ? 'a' : 'o';
            }
        } else {
            break;
        }
        if (n < WORD_MAX) {
            folded[n++] = (char)f;
            h = dtl_time_hash_byte(h, f);
            if (f2) {
                folded[n++] = (char)f2;
                h = dtl_time_hash_byte(h, f2);
            }
        } else {
            n = WORD_MAX + 2;
        }
        at += len;
    }
    if (large > 1 && !small)
        t->flags |= DTL_TT_UPPER;
    t->kind = DTL_TT_WORD;
    t->word = n <= WORD_MAX ? find_word(s->lang, folded, n, h) : 0;
    s->at = at;
}

/* Takes a number that begins at s->at into *t; groups of three digits too
 * ("12,000"). */
static void scan_number(scanner *s, dtl_time_token *t)
{
    const char *p = s->text.ptr;
    size_t at = s->at, end = s->text.len, digits = 0;
    uint64_t value = 0;

    t->kind = DTL_TT_NUMBER;
    if (p[at] == '0')
        t->flags |= DTL_TT_ZERO;
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

static dtl_time_token *next_token(scanner *s, bool glued, bool line)
{
    dtl_time_tokens *o = s->out;
    dtl_time_token *t;

    if (o->count == o->cap &&
        dtl_grow((void **)&o->tokens, &o->cap, o->count + 1, sizeof *t))
        return NULL;
    t = &o->tokens[o->count++];
    *t = (dtl_time_token){.start = (uint32_t)s->at};
    t->flags = (uint8_t)((glued ? DTL_TT_GLUED : 0) | (line ? DTL_TT_LINE : 0));
    return t;
}

dtl_status dtl_time_scan(const dtl_time_lang *lang, dtl_str text, size_t *at,
                         dtl_time_tokens *out)
{
    scanner s = {lang, text, *at, out};
    bool glued = false, line = true;

    out->count = 0;
    while (s.at < text.len && out->count < CHUNK_MAX) {
        unsigned char c = (unsigned char)text.ptr[s.at];
        byte_kind kind = kind_of(c);
        size_t len = 1;
        char mark = (char)c;
        dtl_time_token *t;

        if (kind == B_HIGH) {
            len = high(text.ptr + s.at, text.len - s.at, &mark);
            kind = mark == ' ' ? B_SPACE : mark ? B_MARK : B_LETTER;
        }
        if (kind == B_SPACE) {
            if (c == '\n') {
                size_t next = s.at + 1;

                while (next < text.len &&
                       (text.ptr[next] == ' ' || text.ptr[next] == '\r' ||
                        text.ptr[next] == '\t'))
                    next++;
                if (out->count && next < text.len && text.ptr[next] == '\n') {
                    s.at = next;
                    break;
                }
                line = true;
            }
            s.at += len;
            glued = false;
            continue;
        }
        if (kind == B_LETTER && ((c | 0x20) == 'h' || (c | 0x20) == 'w') &&
            !glued && skip_address(&s))
            continue;
        t = next_token(&s, glued, line);
        if (!t)
            return DTL_NOMEM;
        if (kind == B_LETTER) {
            scan_word(&s, t);
        } else if (kind == B_DIGIT) {
            scan_number(&s, t);
        } else {
            t->kind = DTL_TT_MARK;
            t->value = (unsigned char)mark;
            s.at += len;
        }
        t->end = (uint32_t)s.at;
        glued = true;
        line = false;
        join_last(&s);
        if (out->count > CHUNK && mark == '.')
            break;
    }
    *at = s.at;
    return DTL_OK;
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
