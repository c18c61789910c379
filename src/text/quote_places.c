/* Finds the lines that quotations need.
 *
 * Most of a text says nothing of who is quoted: what is read are the lines with
 * a mark that can open a quotation, and one line before each, since a speaker
 * may stand there. A mark is let through when in doubt, for a line read in vain
 * costs only time. Marks are looked for by vector code. */
#include "text/quote_places.h"

#include "base/alloc.h"
#include "base/scan.h"
#include "base/str.h"
#include "text/quote_turns.h"

enum {
    /* Who someone is mostly stands where the name comes first. */
    MOST_LINES = 2
};

/* What marks begin with. */
static const dtl_byte_set common = {{'"', '\'', '`', 0xE2}};
static const dtl_byte_set rare = {{0xC2, 0xE3, 0xC2, 0xE3}};

static unsigned char byte_at(dtl_str text, size_t at)
{
    return at < text.len ? (unsigned char)text.ptr[at] : ' ';
}

/* Whether a letter or the like stands before at, past which straight marks
 * close. */
static bool is_behind_word(dtl_str text, size_t at)
{
    unsigned char c = at ? byte_at(text, at - 1) : ' ';

    return dtl_is_alpha((char)c) || dtl_is_digit((char)c) || c == '.' ||
           c == ',' || c == ';' || c == '!' || c == '?';
}

static bool is_before_space(dtl_str text, size_t at)
{
    return byte_at(text, at + 1) <= ' ';
}

static bool may_open(dtl_str text, size_t at)
{
    unsigned char next = byte_at(text, at + 1), last = byte_at(text, at + 2);

    switch ((unsigned char)text.ptr[at]) {
    case '"':
        return !is_behind_word(text, at) || !is_before_space(text, at);
    case '\'':
        return !is_behind_word(text, at) && !is_before_space(text, at);
    case 0xC2:
        return next == 0xAB || next == 0xBB;
    case 0xE2:
        return next == 0x80 &&
               ((last >= 0x98 && last <= 0x9F && last != 0x99) ||
                last == 0xB9 || last == 0xBA);
    case 0xE3:
        return next == 0x80 && last >= 0x8C && last <= 0x8F;
    default:
        return true;
    }
}

/* Looks for marks; keeps what it found of each set, so that each byte is seen
 * once by both. */
typedef struct {
    dtl_str text;
    const char *common, *rare; /* the next byte of each set */
    const char *hit;           /* the next that may open */
} search;

/* The first mark from `from` on that may open a quotation. */
static size_t next_mark(search *s, size_t from)
{
    const char *end = s->text.ptr + s->text.len, *p = s->text.ptr + from;

    for (;; p = s->hit + 1) {
        if (s->hit >= p)
            return (size_t)(s->hit - s->text.ptr);
        if (s->common < p)
            s->common = dtl_scan_set(p, end, common);
        if (s->rare < p)
            s->rare = dtl_scan_set(p, end, rare);
        s->hit = s->common < s->rare ? s->common : s->rare;
        if (s->hit < end && !may_open(s->text, (size_t)(s->hit - s->text.ptr)))
            continue;
        return (size_t)(s->hit - s->text.ptr);
    }
}

static size_t line_end(dtl_str text, size_t at)
{
    size_t n = dtl_str_find_char(dtl_str_sub(text, at, text.len), '\n');

    return n == SIZE_MAX ? text.len : at + n;
}

static bool is_blank(dtl_str text, size_t at, size_t end)
{
    while (at < end && (unsigned char)text.ptr[at] <= ' ')
        at++;
    return at == end;
}

static dtl_status add(dtl_quote_places *out, size_t start, size_t end)
{
    dtl_status st =
        dtl_grow((void **)&out->at, &out->cap, out->count + 1, sizeof *out->at);

    if (st == DTL_OK)
        out->at[out->count++] =
            (dtl_quote_place){(uint32_t)start, (uint32_t)end};
    return st;
}

/* Whether a line begins with a long dash. */
static bool has_dash(dtl_str text, size_t at)
{
    unsigned char last = byte_at(text, at + 2);

    return byte_at(text, at) == 0xE2 && byte_at(text, at + 1) == 0x80 &&
           last >= 0x93 && last <= 0x95;
}

dtl_status dtl_quote_places_find(dtl_str text, bool dashes,
                                 dtl_quote_places *out)
{
    search s = {text, NULL, NULL, NULL};
    size_t at, end, body, before = 0;
    /* Whether the last place has the line before, and the one before that. */
    bool read1 = false, read2 = false;
    dtl_status st = DTL_OK;

    out->count = out->labels = 0;
    for (at = 0; at < text.len && st == DTL_OK; at = end + 1) {
        bool marked;

        end = line_end(text, at);
        if (is_blank(text, at, end))
            continue;
        out->labels += dtl_quote_label(text, at, end, &body) != 0;
        marked = next_mark(&s, at) < end || (dashes && has_dash(text, at));
        if (marked && (read1 || read2))
            out->at[out->count - 1].end = (uint32_t)end;
        else if (marked)
            st = add(out, before, end);
        read2 = read1;
        read1 = marked;
        before = at;
    }
    return st;
}

/* ---- Lines with a name --------------------------------------------------- */

static bool is_wordlike(unsigned char c)
{
    return dtl_is_alpha((char)c) || c >= 0x80;
}

static bool is_capital(unsigned char c)
{
    return (c >= 'A' && c <= 'Z') || c >= 0x80;
}

/* Whether the word beside [at, end) begins with a capital, as the rest of a
 * name does. */
static bool has_capital_beside(dtl_str text, size_t at, size_t end)
{
    if (byte_at(text, end) == ' ' && is_capital(byte_at(text, end + 1)))
        return true;
    if (at < 2 || text.ptr[at - 1] != ' ')
        return false;
    for (at--; at > 0 && (unsigned char)text.ptr[at - 1] > ' ';)
        at--;
    return is_capital(byte_at(text, at));
}

/* Whether word stands at at as a word of its own: a name beside more of it, or
 * a noun with a capital or without. */
static bool stands_at(dtl_str text, size_t at, dtl_str word)
{
    size_t end = at + word.len;

    if (end > text.len || dtl_lower(text.ptr[at]) != dtl_lower(word.ptr[0]) ||
        memcmp(text.ptr + at + 1, word.ptr + 1, word.len - 1) != 0 ||
        is_wordlike(byte_at(text, end)) ||
        (at && is_wordlike(byte_at(text, at - 1))))
        return false;
    return !is_capital((unsigned char)word.ptr[0]) ||
           has_capital_beside(text, at, end);
}

/* Where word stands first in text from `from` on; text.len: nowhere. */
static size_t find_word(dtl_str text, size_t from, dtl_str word)
{
    const char *end = text.ptr + text.len, *p = text.ptr + from;

    if (word.len < 3)
        return text.len;
    for (; p < end; p++) {
        p = dtl_scan_pair(p, end, word.ptr[1], word.ptr[word.len - 1],
                          word.len - 2);
        if (p < end && p > text.ptr &&
            stands_at(text, (size_t)(p - text.ptr) - 1, word))
            return (size_t)(p - text.ptr) - 1;
    }
    return text.len;
}

/* The lines of [at, end) of text; lines says how many more each word may
 * have. */
static dtl_status add_naming(dtl_str text, size_t at, size_t end,
                             const dtl_str *words, size_t count,
                             unsigned *lines, dtl_quote_places *out)
{
    dtl_str gap = dtl_str_sub(text, 0, end);
    size_t next[DTL_QUOTE_WORDS_NAMED], i;
    dtl_status st = DTL_OK;

    for (i = 0; i < count; i++)
        next[i] = lines[i] ? find_word(gap, at, words[i]) : end;
    while (st == DTL_OK) {
        size_t first = end, start;

        for (i = 0; i < count; i++) {
            if (next[i] < at)
                next[i] = lines[i] ? find_word(gap, at, words[i]) : end;
            if (next[i] < first)
                first = next[i];
        }
        if (first == end)
            break;
        for (i = 0; i < count; i++)
            lines[i] -= next[i] == first;
        for (start = first; start > at && text.ptr[start - 1] != '\n';)
            start--;
        at = line_end(gap, first);
        st = add(out, start, at);
    }
    return st;
}

dtl_status dtl_quote_places_naming(dtl_str text, const dtl_quote_places *read,
                                   const dtl_str *words, size_t count,
                                   dtl_quote_places *out)
{
    unsigned lines[DTL_QUOTE_WORDS_NAMED];
    size_t at = 0, i;
    dtl_status st = DTL_OK;

    for (i = 0; i < count; i++)
        lines[i] = MOST_LINES;
    out->count = 0;
    for (i = 0; i <= read->count && st == DTL_OK; i++) {
        size_t end = i < read->count ? read->at[i].start : text.len;

        if (at < end)
            st = add_naming(text, at, end, words, count, lines, out);
        if (i < read->count)
            at = read->at[i].end;
    }
    return st;
}
