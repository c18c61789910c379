/* Dates in a page's words.
 *
 * Looked at are the lines around the title and the body: from a little
 * before the title to the body's first paragraphs, and right behind the
 * body. A short line that is little more than a date is good evidence; a
 * date in a sentence is hardly any, for articles are full of other dates. */
#include "article/date_labels.h"
#include "article/dates.h"
#include "article/value.h"
#include "base/str.h"

static const double OPENING_SCORE = 0.42, TITLE_SCORE = 0.4,
                    SENTENCE_SCORE = 0.4, LEAST_DAY = 0.15, AGO_SCORE = 0.6;

/* Added right at the title, where a date is the page's own more often than
 * what a meta element called "date" holds. */
static const double AT_TITLE_BONUS = 0.3, OVER_TITLE_BONUS = 0.25;

enum {
    OPENING_MAX = 40,  /* bytes of a paragraph's opening */
    LINE_MAX = 240,    /* bytes of a line that may be about the date */
    AGO_LINE = 40,     /* bytes of one that counts back from today */
    SOURCE_MAX = 1200, /* bytes of markup that it may span */
    NODES_BEFORE = 60, /* nodes before the title */
    NODES_HEAD = 100,  /* nodes behind it that a date line is in */
    NODES_LAST = 40,   /* the body's last nodes, read again from its end */
    PLACE_MAX = 30,    /* bytes of a place before an opening's date */
    TEXT_AFTER = 3000, /* bytes of text behind it */
    TEXT_WHOLE = 12000 /* the same where there is no title */
};

typedef struct {
    const dtl_meta *m;
    const dtl_date_hints *hints;
    dtl_dates *out;
    dtl_status status;
} reader;

static bool has_digit(dtl_str s)
{
    size_t i;

    for (i = 0; i < s.len; i++)
        if (dtl_is_digit(s.ptr[i]) || (unsigned char)s.ptr[i] >= 0xD9)
            return true;
    return false;
}

static bool is_blank(dtl_str s)
{
    size_t i = 0;

    while (i < s.len && dtl_is_space(s.ptr[i]))
        i++;
    return i == s.len;
}

/* How far a line is a date line, by what else is in it. */
static double line_score(dtl_str line, size_t date_bytes)
{
    size_t rest = line.len - date_bytes;

    if (rest <= 24)
        return 0.62;
    if (rest <= 60)
        return 0.5;
    if (rest <= 120)
        return 0.3;
    return 0.12;
}

/* How much of its score a line keeps where it stands. */
static double standing(const reader *r, dtl_html_ref node, bool at_title)
{
    uint32_t place = dtl_facts_place_of(r->m->doc, node);
    double w = 1;

    if ((place & DTL_PLACE_NAV) && (!at_title || node < r->m->title_node))
        w *= 0.6;
    else if (!at_title && (place & DTL_PLACE_COMMENTS))
        return 0.15;
    else if (!at_title && (place & (DTL_PLACE_ASIDE | DTL_PLACE_FOOTER)))
        w *= 0.6;
    if (place & DTL_PLACE_FIGURE)
        w *= 0.5;
    if (place & DTL_PLACE_LINK)
        w *= 0.7;
    return w;
}

/* What the words around a date say of it; those behind it count where they
 * are the line's end: "wurde am 4. Mai um 11 Uhr gepostet". */
static dtl_date_label label_of(dtl_str line, size_t from, size_t start,
                               size_t end, const dtl_date_hints *hints)
{
    dtl_date_label label = dtl_date_label_of(dtl_str_sub(line, from, start));
    size_t next, next_end;
    dtl_date_time t;

    if (label != DTL_LABEL_NONE ||
        dtl_date_find(line, end, hints, &t, &next, &next_end))
        return label;
    label = dtl_date_label_of(dtl_str_sub(line, end, line.len));
    return label == DTL_LABEL_PUBLISHED ? label : DTL_LABEL_NONE;
}

/* A short line at the title that counts back from when it was shown. */
static bool read_ago(reader *r, dtl_str line, dtl_html_ref node)
{
    dtl_date_time base, t;

    if (line.len > AGO_LINE || !dtl_dates_at_title(r->m, node) ||
        !dtl_dates_base(r->m, &base) || !dtl_date_ago(line, &base, &t))
        return false;
    dtl_dates_add(r->out, &t, DTL_STR("relative date"),
                  AGO_SCORE * standing(r, node, true), 0, node);
    return true;
}

/* All dates of a line. False when it has none. */
static bool read_line(reader *r, dtl_str line, dtl_html_ref node)
{
    size_t from = 0, start, end;
    dtl_date_time t;
    bool any = false;
    bool at_title = dtl_dates_at_title(r->m, node);
    double w = 0;

    while (dtl_date_find(line, from, r->hints, &t, &start, &end)) {
        dtl_date_label label = label_of(line, from, start, end, r->hints);
        double score = line_score(line, end - start);

        if (!any)
            w = standing(r, node, at_title);
        any = true;
        if (at_title)
            score +=
                node > r->m->title_node ? AT_TITLE_BONUS : OVER_TITLE_BONUS;
        score *= w;
        if (label == DTL_LABEL_PUBLISHED)
            score += 0.3;
        if (label == DTL_LABEL_MODIFIED)
            dtl_dates_add(r->out, &t, DTL_STR("text"), score * 0.4, score,
                          node);
        else if (label != DTL_LABEL_OTHER)
            dtl_dates_add(r->out, &t, DTL_STR("text"), score, 0, node);
        from = end;
    }
    return any || read_ago(r, line, node);
}

/* The beginning of a long line, where its words tell of what the date is:
 * "This entry was posted on 4 May 2021 and is filed under ...". */
static void read_sentence(reader *r, dtl_str line, dtl_html_ref node)
{
    size_t start, end;
    dtl_date_time t;

    if (dtl_date_find(line, 0, r->hints, &t, &start, &end) &&
        label_of(line, 0, start, end, r->hints) == DTL_LABEL_PUBLISHED)
        dtl_dates_add(r->out, &t, DTL_STR("text"),
                      SENTENCE_SCORE *
                          standing(r, node, dtl_dates_at_title(r->m, node)),
                      0, node);
}

/* Whether a paragraph's first words are a place, set off from the date behind
 * them as it is from the text: "Gull Bay, 27.1.2022 - ", "(27.1.2022) ". */
static bool is_dateline(dtl_str before, dtl_str behind)
{
    dtl_str place = dtl_str_trim(before);

    behind = dtl_str_trim(behind);
    if (before.len > PLACE_MAX || !behind.len)
        return false;
    if (behind.ptr[0] == '|')
        return true;
    if (!strchr(")-:./", behind.ptr[0]) &&
        !dtl_str_starts(behind, DTL_STR("\xE2\x80\x93")) &&
        !dtl_str_starts(behind, DTL_STR("\xE2\x80\x94")))
        return false;
    return !place.len || place.ptr[place.len - 1] == ',' ||
           place.ptr[place.len - 1] == '(';
}

/* A paragraph that begins with a date, as agencies, archives and the press
 * offices of companies have them: "27.1.2022 - At the memorial ...". */
static void read_opening(reader *r, dtl_str text, dtl_html_ref node)
{
    size_t start, end;
    dtl_date_time t;

    if (dtl_date_find(dtl_str_sub(text, 0, OPENING_MAX + PLACE_MAX), 0,
                      r->hints, &t, &start, &end) &&
        (start < 2 || is_dateline(dtl_str_sub(text, 0, start),
                                  dtl_str_sub(text, end, text.len))))
        dtl_dates_add(r->out, &t, DTL_STR("text"),
                      OPENING_SCORE *
                          standing(r, node, dtl_dates_at_title(r->m, node)),
                      0, node);
}

/* The line that a text node is part of: its parent's text, or that of an
 * ancestor while that is short and has no date. Returns the node behind. */
static dtl_html_ref read_around(reader *r, dtl_html_ref n)
{
    const dtl_html_doc *doc = r->m->doc;
    dtl_html_ref up = doc->nodes[n].parent, end = n + 1;
    dtl_str line = {NULL, 0};
    size_t before = 0;
    int climbs = 0;

    for (; up && climbs < 4; climbs++, n = up, up = doc->nodes[up].parent) {
        const dtl_html_node *node = &doc->nodes[up];

        if (node->name == DTL_N_BODY || node->end - node->start > SOURCE_MAX)
            break;
        if (!climbs || dtl_html_has_prev(doc, n) || dtl_html_next(doc, n))
            line = dtl_value_text(doc, up, LINE_MAX + 1, r->m->article->arena,
                                  &r->status);
        if (line.len > LINE_MAX) {
            read_sentence(r, line, up);
            read_opening(r, line, up);
            break;
        }
        end = dtl_html_subtree_end(doc, up);
        /* What has grown by nothing has no date still. */
        if (line.len != before ? read_line(r, line, up) : read_ago(r, line, up))
            break;
        if (line.len > 60)
            break;
        before = line.len;
    }
    return end;
}

static bool is_skipped(const dtl_html_node *node)
{
    return node->type == DTL_HTML_FRAGMENT ||
           (node->type == DTL_HTML_ELEMENT &&
            (node->name == DTL_N_SCRIPT || node->name == DTL_N_STYLE ||
             node->name == DTL_N_NOSCRIPT || node->name == DTL_N_NAV ||
             node->name == DTL_N_FOOTER || node->name == DTL_N_FORM ||
             node->name == DTL_N_SELECT));
}

/* Reads lines of [first, end) until so many bytes of text are met. */
static void read_run(reader *r, dtl_html_ref first, dtl_html_ref end,
                     size_t bytes)
{
    const dtl_html_doc *doc = r->m->doc;
    size_t met = 0;
    dtl_html_ref n = first;

    while (n < end && met < bytes) {
        const dtl_html_node *node = &doc->nodes[n];
        dtl_str raw;

        if (node->type != DTL_HTML_TEXT) {
            n = is_skipped(node) ? dtl_html_subtree_end(doc, n) : n + 1;
            continue;
        }
        raw = dtl_str_sub(doc->text, node->start, node->end);
        if (is_blank(raw)) {
            n++;
            continue;
        }
        met += raw.len;
        if (raw.len > LINE_MAX)
            read_opening(r, dtl_str_trim(raw), n);
        n = raw.len < SOURCE_MAX && has_digit(raw) ? read_around(r, n) : n + 1;
    }
}

/* Dates that titles and descriptions hold: "08.11.2021 | A meeting". */
static void read_facts(reader *r, dtl_fact_field field, double score)
{
    const dtl_fact_list *list = &r->m->facts->field[field];
    size_t i, start, end;
    dtl_date_time t;

    for (i = 0; i < list->count; i++) {
        dtl_str s = list->at[i].value;

        if (list->at[i].source == DTL_SOURCE_META && s.len <= LINE_MAX &&
            dtl_date_find(s, 0, r->hints, &t, &start, &end) &&
            (start < 2 || end + 2 > s.len))
            dtl_dates_add(r->out, &t, list->at[i].evidence, score, 0, 0);
    }
}

static bool has_day(const dtl_dates *d)
{
    size_t i;

    for (i = 0; i < d->count; i++)
        if (d->all[i].score > LEAST_DAY &&
            d->all[i].at.precision <= DTL_PRECISION_DAY)
            return true;
    return false;
}

dtl_status dtl_dates_at_head(const dtl_meta *m, const dtl_date_hints *hints,
                             dtl_dates *out)
{
    reader r = {m, hints, out, DTL_OK};
    dtl_html_ref title = m->title_node, end = title + NODES_HEAD;

    if (!title)
        return DTL_OK;
    if (end > m->doc->node_count)
        end = m->doc->node_count;
    read_run(&r, title > NODES_BEFORE ? title - NODES_BEFORE : 1, end,
             TEXT_AFTER);
    return r.status;
}

dtl_status dtl_dates_in_text(const dtl_meta *m, const dtl_date_hints *hints,
                             dtl_dates *out)
{
    reader r = {m, hints, out, DTL_OK};
    const dtl_html_doc *doc = m->doc;
    dtl_html_ref first = m->title_node, body;

    if (first) {
        first = first > NODES_BEFORE ? first - NODES_BEFORE : 1;
        read_run(&r, first, doc->node_count, TEXT_AFTER);
    } else {
        body = dtl_html_find(doc, 0, doc->node_count, DTL_N_BODY);
        read_run(&r, body ? body : 1, doc->node_count, TEXT_WHOLE);
    }
    if (m->body.end)
        read_run(&r,
                 m->body.end > m->body.first + NODES_LAST
                     ? m->body.end - NODES_LAST
                     : m->body.end,
                 doc->node_count, TEXT_AFTER / 2);
    read_facts(&r, DTL_FACT_TITLE, TITLE_SCORE);
    read_facts(&r, DTL_FACT_DESCRIPTION, TITLE_SCORE * 0.75);
    /* Better a day from anywhere than none, or one from the comments. */
    if (!has_day(out))
        read_run(&r, 1, doc->node_count, TEXT_WHOLE);
    return r.status;
}
