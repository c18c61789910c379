/* Finds the turns of interviews and transcripts.
 *
 * A label is up to five words with capitals before a colon, or Q and A with a
 * full stop. Recipes, lists of facts and of pros and cons have such lines too;
 * a talk is told from them by labels that come again, two of them at least and
 * by turns, and by questions. Two labels are one person's when their last words
 * are the same ("Dana Whitfield", "Whitfield"). */
#include "text/quote_turns.h"

#include "base/str.h"

enum {
    MOST_LABEL = 48, /* bytes */
    MOST_WORDS = 5,
    /* Each turn is compared with these many labels at most. */
    MOST_LABELS = 32,
    /* Lines below a turn that belong to it. */
    MOST_LINES = 8
};

static bool is_upper(unsigned char c)
{
    return (c >= 'A' && c <= 'Z') || c == 0xC3;
}

/* Whether c may be in a label's word. */
static bool is_label_byte(unsigned char c)
{
    return dtl_is_alpha((char)c) || c >= 0x80 || c == '.' || c == '-' ||
           c == '\'';
}

/* Whether the words of a label are those of a name: with capitals, but for
 * short ones between ("de la"). */
static bool is_label(dtl_str s)
{
    size_t words = 0, i = 0;

    while (i < s.len) {
        size_t from = i;

        while (i < s.len && is_label_byte((unsigned char)s.ptr[i]))
            i++;
        if (i == from || ++words > MOST_WORDS)
            return false;
        if (!is_upper((unsigned char)s.ptr[from]) &&
            (words == 1 || i == s.len || i - from > 3))
            return false;
        if (i == s.len && i - from > 2 && s.ptr[i - 1] == '.')
            return false; /* "Abb.", "Fig." */
        if (i < s.len && s.ptr[i++] != ' ')
            return false;
    }
    return words > 0;
}

size_t dtl_quote_label(dtl_str text, size_t at, size_t end, size_t *body)
{
    dtl_str line = dtl_str_sub(text, at, end);
    size_t colon, len;

    if (line.len < 4 || !is_upper((unsigned char)line.ptr[0]))
        return 0;
    if (line.ptr[1] == '.' && line.ptr[2] == ' ' &&
        (line.ptr[0] == 'Q' || line.ptr[0] == 'A')) {
        *body = at + 3;
        return 1;
    }
    colon = dtl_str_find_char(dtl_str_sub(line, 0, MOST_LABEL), ':');
    if (colon == SIZE_MAX)
        return 0;
    len = colon;
    if (len > 2 && line.ptr[len - 2] == '\xC2') /* French: a blank before */
        len -= 2;
    while (len && line.ptr[len - 1] == ' ')
        len--;
    *body = at + colon + 1;
    while (*body < end && (unsigned char)text.ptr[*body] <= ' ')
        ++*body;
    if (*body == at + colon + 1 || *body == end)
        return 0;
    return is_label(dtl_str_sub(line, 0, len)) ? len : 0;
}

size_t dtl_quote_next_line(dtl_str text, size_t at, size_t end, size_t *start,
                           size_t *stop)
{
    while (at < end && (unsigned char)text.ptr[at] <= ' ')
        at++;
    if (at >= end)
        return SIZE_MAX;
    *start = at;
    at = dtl_str_find_char(dtl_str_sub(text, at, end), '\n');
    at = at == SIZE_MAX ? end : *start + at;
    *stop = at;
    while ((unsigned char)text.ptr[*stop - 1] <= ' ')
        --*stop;
    return at;
}

static dtl_str last_word(dtl_str label)
{
    size_t at = label.len;

    while (at && label.ptr[at - 1] != ' ')
        at--;
    return dtl_str_sub(label, at, label.len);
}

typedef struct {
    dtl_str word;   /* the last of the label */
    uint32_t turns; /* with it */
    uint32_t asked; /* of them, those with a question */
    uint32_t first; /* of those that are kept */
} label;

/* Gives each turn the number of its label; 0 labels when there are too many
 * for a talk. */
static size_t number_labels(dtl_str text, dtl_quote_turns *turns, label *labels)
{
    size_t count = 0, i, j;

    for (i = 0; i < turns->count; i++) {
        dtl_quote_turn *t = &turns->at[i];
        dtl_str word = last_word(dtl_str_sub(text, t->start, t->label_end));

        for (j = 0; j < count && !dtl_str_eq_nocase(labels[j].word, word);)
            j++;
        if (j == MOST_LABELS)
            return 0;
        if (j == count)
            labels[count++] = (label){word, 0, 0, UINT32_MAX};
        t->label = (uint32_t)j;
        labels[j].turns++;
    }
    return count;
}

/* Whether a sentence of the turn's line is a question; a mark amid letters is
 * part of an address. */
static bool asks(dtl_str text, const dtl_quote_turn *t)
{
    dtl_str body = dtl_str_sub(text, t->body, t->end);
    size_t at;

    while ((at = dtl_str_find_char(body, '?')) != SIZE_MAX) {
        body = dtl_str_sub(body, at + 1, body.len);
        if (!body.len ||
            !(dtl_is_alpha(body.ptr[0]) || dtl_is_digit(body.ptr[0])))
            return true;
    }
    return false;
}

/* Whether the turns are a talk's: two at least speak twice and mostly one
 * after the other, one asks with every third turn, and a tenth of all is
 * questions. */
static bool is_talk(const dtl_quote_turns *turns, const label *labels,
                    size_t count)
{
    size_t speakers = 0, changes = 0, asked = 0, i;
    bool asks_often = false;

    for (i = 0; i < count; i++) {
        speakers += labels[i].turns > 1;
        asks_often = asks_often || (labels[i].turns > 1 &&
                                    3 * labels[i].asked >= labels[i].turns);
        asked += labels[i].turns > 1 ? labels[i].asked : 0;
    }
    for (i = 1; i < turns->count; i++)
        changes += turns->at[i].label != turns->at[i - 1].label;
    return speakers > 1 && asks_often && 10 * asked >= turns->count &&
           2 * changes >= turns->count - 1;
}

/* Keeps the turns of labels that come again; none when it is no talk. */
static void keep_talk(dtl_str text, dtl_quote_turns *turns)
{
    label labels[MOST_LABELS];
    size_t count = number_labels(text, turns, labels), kept = 0, i;

    for (i = 0; i < turns->count && count; i++)
        labels[turns->at[i].label].asked += asks(text, &turns->at[i]);
    if (!is_talk(turns, labels, count))
        turns->count = 0;
    for (i = 0; i < turns->count; i++) {
        dtl_quote_turn t = turns->at[i];
        label *l = &labels[t.label];

        if (l->turns < 2)
            continue;
        if (l->first == UINT32_MAX)
            l->first = (uint32_t)kept;
        t.label = l->first;
        turns->at[kept++] = t;
    }
    turns->count = kept;
}

/* Takes the lines below each turn in. */
static void take_lines(dtl_str text, dtl_quote_turns *turns)
{
    size_t i, start, stop;

    for (i = 0; i < turns->count; i++) {
        dtl_quote_turn *t = &turns->at[i];
        uint32_t end = t->end, lines = 1;
        size_t at = end;

        t->lines = 1;
        if (i + 1 == turns->count)
            break;
        while (lines <= MOST_LINES &&
               (at = dtl_quote_next_line(text, at, turns->at[i + 1].start,
                                         &start, &stop)) != SIZE_MAX) {
            end = (uint32_t)stop;
            lines++;
        }
        if (lines <= MOST_LINES) {
            t->end = end;
            t->lines = lines;
        }
    }
}

dtl_status dtl_quote_turns_find(dtl_str text, dtl_quote_turns *out)
{
    size_t at = 0, start, stop, len, body;
    dtl_status st = DTL_OK;

    out->count = 0;
    while (st == DTL_OK && (at = dtl_quote_next_line(text, at, text.len, &start,
                                                     &stop)) != SIZE_MAX) {
        len = dtl_quote_label(text, start, stop, &body);
        if (!len)
            continue;
        st = dtl_grow((void **)&out->at, &out->cap, out->count + 1,
                      sizeof *out->at);
        if (st == DTL_OK)
            out->at[out->count++] =
                (dtl_quote_turn){.start = (uint32_t)start,
                                 .label_end = (uint32_t)(start + len),
                                 .body = (uint32_t)body,
                                 .end = (uint32_t)stop};
    }
    if (st != DTL_OK || out->count < DTL_QUOTE_LEAST_TURNS)
        out->count = 0;
    keep_talk(text, out);
    take_lines(text, out);
    return st;
}
