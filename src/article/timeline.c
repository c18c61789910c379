/* What an article's text says of times, and the order in which it happened. */
#include "article/timeline.h"
#include "base/date_parse.h"
#include "base/str.h"
#include "text/language.h"
#include "text/sentence.h"

#include <stdlib.h>

/* What relative times count from: the user's word, else the article's date,
 * else that of its capture. */
static dtl_str base_date(const dtl_article *a, dtl_str as_of)
{
    if (as_of.len)
        return as_of;
    return a->published.value.len ? a->published.value : a->fetched;
}

enum {
    LONG = 400 /* bytes, enough to believe the text more than the page */
};

static bool same_language(dtl_str a, dtl_str b)
{
    size_t end = dtl_str_find_char(a, '-');

    a = dtl_str_sub(a, 0, end);
    b = dtl_str_sub(b, 0, dtl_str_find_char(b, '-'));
    return dtl_str_eq_nocase(a, b);
}

dtl_status dtl_article_check_language(dtl_article *a)
{
    char tag[DTL_LANGUAGE_TAG];
    dtl_str told;

    if (!dtl_language_detect(a->text, tag))
        return DTL_OK;
    told = dtl_str_of(tag);
    if (a->language.len &&
        (a->text.len < LONG || same_language(a->language, told)))
        return DTL_OK;
    a->language = dtl_arena_copy(a->arena, told);
    return a->language.ptr ? DTL_OK : DTL_NOMEM;
}

dtl_status dtl_article_find_times(dtl_article *a, dtl_times *times,
                                  dtl_str as_of)
{
    dtl_times_options o = {.language = a->language,
                           .date = base_date(a, as_of)};
    dtl_status st;

    if (!o.language.len)
        o.language = dtl_str_of(dtl_language_guess(a->text));
    a->timeline = dtl_arena_calloc(a->arena, 1, sizeof *a->timeline);
    if (!a->timeline)
        return DTL_NOMEM;
    st = dtl_times_find(times, a->text, &o);
    if (st || !times->count)
        return st;
    a->times = dtl_arena_alloc(a->arena, times->count * sizeof *a->times);
    if (!a->times)
        return DTL_NOMEM;
    memcpy(a->times, times->list, times->count * sizeof *a->times);
    a->time_count = times->count;
    return DTL_OK;
}

/* Whether a value is a place in the calendar, and its first day. Parts of
 * the day, weekends and seasons count by their day, month or year. */
static bool first_day(dtl_str value, dtl_date_ymd *out)
{
    dtl_date_time d;
    size_t date = dtl_str_find_char(value, 'T');
    int32_t year = 0;

    value = dtl_str_sub(value, 0, date);
    if (value.len < 2)
        return false;
    /* "199" is a decade, "19" a century. */
    for (size_t i = 0; i < 4; i++) {
        if (i >= value.len) {
            year *= 10;
            continue;
        }
        if (!dtl_is_digit(value.ptr[i]))
            return false;
        year = year * 10 + value.ptr[i] - '0';
    }
    *out = (dtl_date_ymd){year, 1, 1};
    if (value.len >= 8 && value.ptr[5] == 'W') {
        int week = (value.ptr[6] - '0') * 10 + value.ptr[7] - '0';

        *out = dtl_calendar_week_start(year, week);
    } else if (value.len == 7 && value.ptr[5] == 'Q') {
        out->month = (int8_t)(3 * (value.ptr[6] - '1') + 1);
    } else if (value.len == 7 && value.ptr[5] == 'H') {
        out->month = value.ptr[6] == '2' ? 7 : 1;
    } else if (value.len == 7 && !dtl_is_digit(value.ptr[5])) {
        static const char seasons[] = "SPSUFAWI";

        for (int i = 0; i < 4; i++)
            if (memcmp(seasons + 2 * i, value.ptr + 5, 2) == 0)
                out->month = (int8_t)(3 + 3 * i);
    } else if (value.len > 4) {
        if (!dtl_date_parse(value, NULL, &d))
            return false;
        out->month = d.date.month ? d.date.month : 1;
        out->day = d.date.day ? d.date.day : 1;
    }
    return true;
}

typedef struct {
    dtl_timeline_entry entry;
    dtl_date_ymd day;
    size_t order;
} row;

static int compare_rows(const void *a, const void *b)
{
    const row *x = a, *y = b;
    int order = dtl_calendar_compare(x->day, y->day);

    if (order)
        return order;
    /* A year comes before its days. */
    if (x->entry.value.len != y->entry.value.len)
        return x->entry.value.len < y->entry.value.len ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void add_row(row *rows, size_t *count, const dtl_timeline_entry *e)
{
    row *r = &rows[*count];

    *r = (row){.entry = *e, .order = *count};
    if (!first_day(e->value, &r->day))
        return;
    for (size_t i = *count; i-- > 0;) {
        const dtl_timeline_entry *other = &rows[i].entry;

        if (other->sentence.ptr != e->sentence.ptr)
            break;
        if (dtl_str_eq(other->value, e->value) &&
            dtl_str_eq(other->end_value, e->end_value))
            return;
    }
    ++*count;
}

/* The sentences of the text, each with its times; *at is the next time. */
static void add_sentence(const dtl_article *a, dtl_str sentence, size_t *at,
                         row *rows, size_t *count)
{
    size_t end = (size_t)(sentence.ptr - a->text.ptr) + sentence.len;

    for (; *at < a->time_count && a->times[*at].start < end; ++*at) {
        const dtl_time *t = &a->times[*at];
        dtl_timeline_entry e = {
            .value = t->value, .text = t->text, .sentence = sentence};

        if (t->type == DTL_TIME_SET || (t->type == DTL_TIME_DURATION &&
                                        !(t->begin.len && t->end_value.len)))
            continue;
        if (t->type == DTL_TIME_DURATION) {
            e.value = t->begin;
            e.end_value = t->end_value;
        }
        e.start = t->start;
        e.end = t->end;
        add_row(rows, count, &e);
    }
}

static void order_times(const dtl_article *a, dtl_timeline *out)
{
    size_t count = 0, at = 0, next = 0;
    /* To the day: what the text says is rarely finer. */
    dtl_timeline_entry own = {.value = dtl_str_sub(a->published.value, 0, 10),
                              .sentence = a->title};
    row *rows = dtl_arena_calloc(a->arena, a->time_count + 1, sizeof *rows);
    dtl_str sentence;

    if (!rows)
        return;
    while (next < a->time_count &&
           dtl_sentence_next(a->text, &at, a->language, &sentence))
        add_sentence(a, sentence, &next, rows, &count);
    own.article = true;
    add_row(rows, &count, &own);
    qsort(rows, count, sizeof *rows, compare_rows);
    out->entries =
        dtl_arena_alloc(a->arena, (count + 1) * sizeof *out->entries);
    for (size_t i = 0; out->entries && i < count; i++)
        out->entries[i] = rows[i].entry;
    out->count = out->entries ? count : 0;
}

const dtl_timeline_entry *dtl_article_timeline(const dtl_article *a,
                                               size_t *count)
{
    *count = 0;
    if (!a->timeline)
        return NULL;
    if (!a->timeline->entries)
        order_times(a, a->timeline);
    *count = a->timeline->count;
    return a->timeline->entries;
}
