/* When the article was published and changed.
 *
 * Every date that the page gives is a candidate with a score for where it
 * was said. Days that several sources name gain; the best one wins, and the
 * others are kept as losers. A change's date is never taken for the
 * publication's while there is another. No clock is read: a date in the
 * future is one after the page was fetched, where that is known. */
#include "article/date_labels.h"
#include "article/dates.h"
#include "article/explain.h"
#include "base/str.h"
#include "base/url.h"

static const double LEAST_CHANGE = 0.35;
static const double VAGUE_CHANGE = 0.8;
static const double AGO = 0.9; /* a relative date beside one in full */

enum {
    ALSO_MAX = 8,
    NEAR_TITLE = 100, /* nodes behind the title that its date line is in */
    AT_TITLE = 40,    /* nodes around the title that are right at it */
    AT_BODY = 8,      /* nodes of the body that may still be so */
    LABEL_NODES = 6,  /* nodes before a date that may hold its label */
    LABEL_BYTES = 40, /* bytes of one */
    AGO_LINE = 80,    /* bytes of a line with a relative date */
    DAY_MINUTES = 1440
};

/* ---- Candidates -------------------------------------------------------- */

void dtl_dates_add(dtl_dates *d, const dtl_date_time *at, dtl_str evidence,
                   double score, double change, dtl_html_ref node)
{
    /* There was no web before 1990; scanned papers are rarer than the zeros
     * of broken fields (1970, 1900). */
    if (d->count == DTL_DATES_MAX || at->date.year < 1990 || score <= 0)
        return;
    d->all[d->count++] =
        (dtl_date_found){*at, evidence, score, change, node, false};
}

bool dtl_dates_at_title(const dtl_meta *m, dtl_html_ref node)
{
    dtl_html_ref title = m->title_node;
    dtl_html_ref body = m->prose ? m->prose : m->body.first;

    if (!title) /* what stands before the body then is its head */
        return body && node + AT_TITLE > body && node < body + 2 * AT_BODY;
    return node + AT_TITLE > title && node < title + AT_TITLE &&
           (!body || node < body + AT_BODY);
}

/* Scores by source and field: the share of pages on which such a date is the
 * publication's day, somewhat rounded. */
static double score_of(const dtl_fact *f, dtl_fact_field field)
{
    static const double scores[][5] = {
        /* published, created, date, modified */
        [DTL_SOURCE_JSON_LD] = {0.95, 0.72, 0.7, 0.25},
        [DTL_SOURCE_META] = {0.93, 0.72, 0.74, 0.22},
        [DTL_SOURCE_MICRODATA] = {0.92, 0.6, 0.7, 0.22},
        [DTL_SOURCE_LINK] = {0.5, 0.5, 0.5, 0.2},
        [DTL_SOURCE_TIME] = {0.86, 0.7, 0.76, 0.3},
        [DTL_SOURCE_MARKUP] = {0.8, 0.6, 0.7, 0.25},
        [DTL_SOURCE_JSON_LD_OTHER] = {0.84, 0.6, 0.6, 0.2},
    };
    size_t column;

    switch (field) {
    case DTL_FACT_PUBLISHED:
        column = 0;
        break;
    case DTL_FACT_CREATED:
        column = 1;
        break;
    case DTL_FACT_DATE:
        column = 2;
        break;
    default:
        column = 3;
    }
    if (dtl_str_starts(f->evidence, DTL_STR("attribute")))
        return column == 0 ? 0.5 : column == 3 ? 0.2 : 0.35;
    return scores[f->source][column];
}

/* The same for a change's date as the last change. */
static double change_of(const dtl_fact *f, dtl_fact_field field)
{
    static const double scores[] = {
        [DTL_SOURCE_JSON_LD] = 0.93,      [DTL_SOURCE_META] = 0.92,
        [DTL_SOURCE_MICRODATA] = 0.85,    [DTL_SOURCE_LINK] = 0.5,
        [DTL_SOURCE_TIME] = 0.75,         [DTL_SOURCE_MARKUP] = 0.7,
        [DTL_SOURCE_JSON_LD_OTHER] = 0.7,
    };

    return field == DTL_FACT_MODIFIED ? scores[f->source] : 0;
}

/* How much of its score a date keeps where it stands. */
static double standing(const dtl_meta *m, const dtl_fact *f)
{
    bool at_title = dtl_dates_at_title(m, f->node);
    double w = 1;

    if (f->source == DTL_SOURCE_JSON_LD || (f->place & DTL_PLACE_HEAD))
        return 1;
    if ((f->place & DTL_PLACE_COMMENTS) && !at_title)
        return 0.1;
    if (f->place & DTL_PLACE_OTHER_ITEM)
        return 0.35;
    /* Over the title stand menus with today's date. */
    if (f->place & (DTL_PLACE_NAV | DTL_PLACE_FOOTER | DTL_PLACE_ASIDE))
        w *=
            at_title && (!(f->place & DTL_PLACE_NAV) || f->node > m->title_node)
                ? 0.9
                : 0.4;
    if (f->place & DTL_PLACE_QUOTE)
        w *= 0.5;
    /* A date inside a link is mostly the linked article's. */
    if (f->place & DTL_PLACE_LINK)
        w *= 0.7;
    if (f->source == DTL_SOURCE_MICRODATA)
        return w;
    /* Over the headline stands today's date, if any. */
    if (m->title_node && f->node < m->title_node &&
        (f->place & DTL_PLACE_HEADER) && f->source == DTL_SOURCE_MARKUP)
        w *= 0.6;
    if (m->body.end && f->node >= m->body.end)
        w *= 0.7;
    else if (m->title_node && f->node > m->title_node &&
             f->node < m->title_node + NEAR_TITLE && f->node < m->body.first)
        w *= 1.1;
    else if (m->body.first && f->node > m->body.first)
        w *= 0.85;
    return w;
}

/* What stands right before an element says of its date: "Last changed:" may
 * be in one of its own. */
static dtl_date_label label_before(const dtl_meta *m, dtl_html_ref node)
{
    const dtl_html_doc *doc = m->doc;
    dtl_html_ref n = node;

    while (n > 1 && n + LABEL_NODES > node) {
        const dtl_html_node *before = &doc->nodes[--n];
        dtl_str text;

        if (before->type != DTL_HTML_TEXT)
            continue;
        text = dtl_str_trim(dtl_str_sub(doc->text, before->start, before->end));
        if (text.len)
            return text.len <= LABEL_BYTES ? dtl_date_label_of(text)
                                           : DTL_LABEL_NONE;
    }
    return DTL_LABEL_NONE;
}

bool dtl_dates_base(const dtl_meta *m, dtl_date_time *out)
{
    dtl_str said = m->as_of.len ? m->as_of : m->article->fetched;

    return said.len && dtl_date_parse(said, NULL, out) &&
           out->precision <= DTL_PRECISION_DAY;
}

/* A line without a date may count back from when it was shown. */
static void add_ago(const dtl_meta *m, const dtl_fact *f, dtl_fact_field field,
                    dtl_dates *out)
{
    dtl_date_time base, t;
    double w = AGO * standing(m, f);

    if (!dtl_dates_base(m, &base) || f->value.len > AGO_LINE ||
        !dtl_date_ago(f->value, &base, &t))
        return;
    if (dtl_date_label_of(f->value) == DTL_LABEL_MODIFIED)
        field = DTL_FACT_MODIFIED;
    dtl_dates_add(out, &t, DTL_STR("relative date"), score_of(f, field) * w,
                  change_of(f, field) * w, f->node);
}

/* A line of text may hold several dates, each with its label. */
static void add_line(const dtl_meta *m, const dtl_fact *f, dtl_fact_field field,
                     const dtl_date_hints *hints, dtl_dates *out)
{
    size_t from = 0, start, end;
    dtl_date_time t;
    double w = standing(m, f);

    while (dtl_date_find(f->value, from, hints, &t, &start, &end)) {
        dtl_date_label label =
            dtl_date_label_of(dtl_str_sub(f->value, from, start));
        dtl_fact_field as = field;

        if (label == DTL_LABEL_NONE && start < 3)
            label = label_before(m, f->node);
        if (label == DTL_LABEL_PUBLISHED)
            as = DTL_FACT_PUBLISHED;
        else if (label == DTL_LABEL_MODIFIED)
            as = DTL_FACT_MODIFIED;
        /* What follows a first date in one line tends to be a change's. */
        if (label != DTL_LABEL_OTHER)
            dtl_dates_add(out, &t, f->evidence,
                          score_of(f, as) * w * (from ? 0.8 : 1),
                          change_of(f, as) * w, f->node);
        from = end;
    }
    if (!from)
        add_ago(m, f, field, out);
}

static void add_fact(const dtl_meta *m, const dtl_fact *f, dtl_fact_field field,
                     const dtl_date_hints *hints, dtl_dates *out)
{
    dtl_date_time t;

    if ((f->source == DTL_SOURCE_MARKUP &&
         !dtl_str_starts(f->evidence, DTL_STR("attribute"))) ||
        (f->source == DTL_SOURCE_TIME &&
         dtl_str_eq(f->evidence, DTL_STR("time"))))
        add_line(m, f, field, hints, out);
    else if (dtl_date_parse(f->value, hints, &t)) {
        size_t before = out->count;

        dtl_dates_add(out, &t, f->evidence, score_of(f, field) * standing(m, f),
                      field == DTL_FACT_MODIFIED, f->node);
        if (out->count > before)
            out->all[before].vague = field == DTL_FACT_DATE;
    }
}

dtl_date_hints dtl_dates_hints(dtl_str language, dtl_str url)
{
    /* English-speaking countries that write the day first. */
    static const char *const day_first[] = {"gb", "uk", "au", "nz", "ie",
                                            "in", "za", "ng", "ke", "gh",
                                            "pk", "my", "sg", "hk"};
    dtl_date_hints hints = {.language = language};
    dtl_str region = {NULL, 0}, top = {NULL, 0};
    dtl_url parts;
    size_t i;

    if (!dtl_str_starts_nocase(language, DTL_STR("en")))
        return hints;
    if (language.len >= 5)
        region = dtl_str_sub(language, 3, 5);
    if (dtl_url_split(url, &parts) && parts.host.len) {
        for (i = parts.host.len; i && parts.host.ptr[i - 1] != '.';)
            i--;
        top = dtl_str_sub(parts.host, i, parts.host.len);
    }
    hints.month_first = true;
    for (i = 0; i < sizeof day_first / sizeof *day_first; i++)
        if (dtl_str_eq_nocase(region, dtl_str_of(day_first[i])) ||
            dtl_str_eq_nocase(top, dtl_str_of(day_first[i])))
            hints.month_first = false;
    return hints;
}

static void gather(const dtl_meta *m, const dtl_date_hints *hints,
                   dtl_dates *out)
{
    static const dtl_fact_field fields[] = {
        DTL_FACT_PUBLISHED, DTL_FACT_CREATED, DTL_FACT_DATE, DTL_FACT_MODIFIED};
    const dtl_fact_list *urls = &m->facts->field[DTL_FACT_URL];
    dtl_str url = m->article->url;
    size_t i, k;

    if (!url.len && urls->count)
        url = urls->at[0].value;
    for (i = 0; i < sizeof fields / sizeof *fields; i++) {
        const dtl_fact_list *list = &m->facts->field[fields[i]];

        for (k = 0; k < list->count; k++)
            add_fact(m, &list->at[k], fields[i], hints, out);
    }
    dtl_dates_in_url(url, out);
}

/* Pictures are often filed by the day they were put up, which is mostly the
 * article's: a last resort. */
static void add_image_url(const dtl_meta *m, dtl_dates *out)
{
    const dtl_fact_list *list = &m->facts->field[DTL_FACT_IMAGE];
    size_t before = out->count, i;

    if (list->count)
        dtl_dates_in_url(list->at[0].value, out);
    for (i = before; i < out->count; i++) {
        out->all[i].score *= 0.3;
        out->all[i].evidence = DTL_STR("image url");
    }
}

/* ---- Choosing ---------------------------------------------------------- */

static bool has_time(const dtl_date_time *t)
{
    return t->precision <= DTL_PRECISION_MINUTE;
}

/* Minutes that the place's clock is ahead of UTC, from two witnesses of one
 * instant: a tells it in UTC, b in the place's time, with its zone or without
 * one. 0 when they are no such pair. */
static int offset_between(const dtl_date_time *a, const dtl_date_time *b)
{
    int64_t apart;

    if (!has_time(a) || !has_time(b) || !a->has_zone || a->zone)
        return 0;
    if (a->precision == b->precision && a->second != b->second)
        return 0;
    apart = dtl_date_minutes(b) - dtl_date_minutes(a);
    if (b->has_zone)
        return apart == 0 ? b->zone : 0;
    if (apart % 15 != 0 || apart < -12 * 60 || apart > 14 * 60)
        return 0;
    return (int)apart;
}

static bool same_day(const dtl_date_time *a, const dtl_date_time *b)
{
    if (a->precision > DTL_PRECISION_DAY || b->precision > DTL_PRECISION_DAY)
        return a->precision == b->precision &&
               dtl_calendar_compare(a->date, b->date) == 0;
    if (dtl_calendar_compare(a->date, b->date) == 0)
        return true;
    /* Else they may be one moment on the clocks of two places. */
    if (!has_time(a) || !has_time(b) || (!a->has_zone && !b->has_zone))
        return false;
    if (offset_between(a, b) || offset_between(b, a))
        return true;
    return a->has_zone && b->has_zone &&
           dtl_date_minutes(a) == dtl_date_minutes(b);
}

static bool same_month(const dtl_date_time *a, const dtl_date_time *b)
{
    return a->date.year == b->date.year && a->date.month == b->date.month;
}

/* What is read as text was a marked line before, at times. */
static bool is_words(const dtl_date_found *it)
{
    return dtl_str_eq(it->evidence, DTL_STR("text")) ||
           dtl_str_eq(it->evidence, DTL_STR("date line"));
}

static bool same_witness(const dtl_date_found *a, const dtl_date_found *b)
{
    return dtl_str_eq(a->evidence, b->evidence) || (is_words(a) && is_words(b));
}

/* What is asked of each pair of candidates, kept apart so that most pairs are
 * passed over by a look at their days. */
typedef struct {
    int32_t day[DTL_DATES_MAX]; /* since 1970; ANY_DAY: no whole date */
    bool repeated[DTL_DATES_MAX];
} pairs;

static const int32_t ANY_DAY = INT32_MIN;

/* Whether two candidates may be of one day or month: those of one day are at
 * most a day apart, for zones are less than a day wide. */
static bool may_agree(const pairs *p, size_t i, size_t k)
{
    int64_t apart = (int64_t)p->day[i] - p->day[k];

    return (apart >= -2 && apart <= 2) || p->day[i] == ANY_DAY ||
           p->day[k] == ANY_DAY;
}

/* Notes which candidates say again what an earlier one of the same witness
 * says. */
static void compare_all(const dtl_dates *d, pairs *p)
{
    size_t i, k;

    for (i = 0; i < d->count; i++) {
        const dtl_date_time *at = &d->all[i].at;

        p->day[i] = at->precision > DTL_PRECISION_DAY
                        ? ANY_DAY
                        : (int32_t)dtl_calendar_to_days(at->date);
        p->repeated[i] = false;
        for (k = 0; k < i && !p->repeated[i]; k++)
            p->repeated[i] = may_agree(p, i, k) &&
                             same_day(&d->all[k].at, at) &&
                             same_witness(&d->all[k], &d->all[i]);
    }
}

/* A candidate's score with what others add: each source that names the day
 * counts once, an address that names the month a little. */
static double supported(const dtl_dates *d, const dtl_date_found *it,
                        const pairs *p)
{
    double doubt = 1 - it->score;
    size_t at = (size_t)(it - d->all), i;

    for (i = 0; i < d->count; i++) {
        const dtl_date_found *other = &d->all[i];
        bool same;

        if (p->repeated[i] || i == at || !may_agree(p, at, i))
            continue;
        same = same_day(&it->at, &other->at);
        if (!same && (other->at.precision != DTL_PRECISION_MONTH ||
                      !same_month(&it->at, &other->at)))
            continue;
        if (!same_witness(other, it))
            doubt *= same ? 1 - 0.5 * other->score : 0.8;
    }
    return 1 - doubt;
}

/* Whether a comes before b: the score, then the finer value, then the order
 * of the page. */
static bool is_better(const dtl_date_found *a, double a_score,
                      const dtl_date_found *b, double b_score)
{
    bool a_whole = a->at.precision <= DTL_PRECISION_DAY;
    bool b_whole = b->at.precision <= DTL_PRECISION_DAY;

    if (a_whole != b_whole)
        return a_whole;
    if (a_score > b_score + 0.0005 || b_score > a_score + 0.0005)
        return a_score > b_score;
    return a->score > b->score;
}

/* A date that does not say of what is a change's where another says that
 * there was a change that day. See cases/article/date-meta-is-the-change. */
static void doubt_vague(dtl_dates *d)
{
    size_t i, k;

    for (i = 0; i < d->count; i++)
        for (k = 0; d->all[i].vague && k < d->count; k++)
            if (d->all[k].change > 0 &&
                same_day(&d->all[k].at, &d->all[i].at)) {
                d->all[i].vague = false;
                d->all[i].score *= VAGUE_CHANGE;
            }
}

/* The moment after which nothing was published: the page was taken then. */
static int64_t latest(const dtl_meta *m)
{
    dtl_date_time t;

    if (!m->article->fetched.len ||
        !dtl_date_parse(m->article->fetched, NULL, &t))
        return INT64_MAX;
    return dtl_date_minutes(&t) + DAY_MINUTES;
}

static bool is_expiry(const dtl_meta *m, const dtl_date_time *t)
{
    const dtl_fact_list *list = &m->facts->field[DTL_FACT_EXPIRES];
    dtl_date_time expires;
    size_t i;

    for (i = 0; i < list->count; i++)
        if (dtl_date_parse(list->at[i].value, NULL, &expires) &&
            dtl_date_minutes(&expires) == dtl_date_minutes(t))
            return true;
    return false;
}

static void drop_impossible(const dtl_meta *m, dtl_dates *d)
{
    int64_t last = latest(m);
    size_t i, n = 0;

    for (i = 0; i < d->count; i++)
        if (dtl_date_minutes(&d->all[i].at) <= last &&
            !is_expiry(m, &d->all[i].at))
            d->all[n++] = d->all[i];
    d->count = n;
}

/* The best candidate. A change's date stands in for the publication's by its
 * low score. NULL when there is none. */
static const dtl_date_found *best_published(const dtl_dates *d, double *score)
{
    const dtl_date_found *best = NULL;
    pairs p;
    size_t i;

    compare_all(d, &p);
    for (i = 0; i < d->count; i++) {
        double s = supported(d, &d->all[i], &p);

        if (!best || is_better(&d->all[i], s, best, *score)) {
            best = &d->all[i];
            *score = s;
        }
    }
    return best;
}

static const dtl_date_found *best_modified(const dtl_dates *d)
{
    const dtl_date_found *best = NULL;
    size_t i;

    for (i = 0; i < d->count; i++)
        if (d->all[i].change > LEAST_CHANGE &&
            (!best || d->all[i].change > best->change))
            best = &d->all[i];
    return best;
}

/* Whether a tells more than b of the same day. */
static bool tells_more(const dtl_date_time *a, const dtl_date_time *b)
{
    if (a->precision != b->precision)
        return a->precision < b->precision;
    return a->has_zone && !b->has_zone;
}

/* Of the believable witnesses of the winner's day, the one that tells it most
 * precisely. */
static const dtl_date_found *finest(const dtl_dates *d,
                                    const dtl_date_found *best)
{
    const dtl_date_found *finest = best;
    size_t i;

    for (i = 0; i < d->count; i++) {
        const dtl_date_found *it = &d->all[i];

        if (!it->change == !best->change && it->score > best->score - 0.35 &&
            same_day(&it->at, &best->at) && tells_more(&it->at, &finest->at))
            finest = it;
    }
    return finest;
}

/* The instant t, told in UTC, on the clock of a place where it is the next or
 * the last day, if the page's address names that day: the least whole hours
 * from UTC that bring it there. See cases/article/date-utc-and-address. */
static dtl_date_time on_day_of_address(const dtl_dates *d, dtl_date_time t)
{
    size_t i;

    for (i = 0; has_time(&t) && t.has_zone && !t.zone && i < d->count; i++) {
        dtl_date_time day = d->all[i].at, moved = t;
        int64_t apart;
        int hours;

        if (day.precision != DTL_PRECISION_DAY ||
            !dtl_str_eq(d->all[i].evidence, DTL_STR("url")))
            continue;
        apart = dtl_date_minutes(&day) - dtl_date_minutes(&t);
        if (apart > 0) /* the day begins after it */
            hours = (int)((apart + 59) / 60);
        else if (apart <= -DAY_MINUTES) /* and ends before it */
            hours = -(int)((-apart - DAY_MINUTES) / 60 + 1);
        else
            return t;
        if (hours > 14 || hours < -12)
            continue;
        moved.zone = (int16_t)(60 * hours);
        moved.date = day.date;
        moved.hour = (int8_t)((t.hour + hours + 24) % 24);
        return moved;
    }
    return t;
}

/* An instant told in UTC may be of another day where the page was written,
 * and one told without a zone is of no certain instant: where the page has
 * both, the winner gets what it lacks. See cases/article/date-utc-and-local. */
static dtl_date_time localized(const dtl_dates *d, const dtl_date_found *told)
{
    dtl_date_time t = told->at;
    size_t i;

    for (i = 0; i < d->count; i++) {
        const dtl_date_time *other = &d->all[i].at;
        int offset;

        if (!d->all[i].change != !told->change || d->all[i].score < 0.2)
            continue;
        if (has_time(&t) && !t.has_zone) {
            offset = offset_between(other, &t);
            if (!offset)
                continue;
            t.has_zone = true;
        } else {
            offset = offset_between(&t, other);
            if (!offset)
                continue;
            t.date = other->date;
            t.hour = other->hour;
            t.minute = other->minute;
        }
        t.zone = (int16_t)offset;
        return t;
    }
    return told->change > 0 ? t : on_day_of_address(d, t);
}

/* ---- Out ---------------------------------------------------------------- */

static dtl_status set_date(const dtl_meta *m, const dtl_date_found *best,
                           const dtl_date_time *t, double confidence,
                           dtl_date *out)
{
    out->value = dtl_date_format(t, m->article->arena);
    out->precision = t->precision;
    out->evidence = best->evidence;
    out->confidence = confidence < 0.99 ? confidence : 0.99;
    return out->value.ptr ? DTL_OK : DTL_NOMEM;
}

/* Keeps the losers, best first, each value once. */
static dtl_status set_also(const dtl_meta *m, const dtl_dates *d, dtl_date *out)
{
    dtl_arena *arena = m->article->arena;
    dtl_date_candidate *also = dtl_arena_calloc(arena, ALSO_MAX, sizeof *also);
    bool taken[DTL_DATES_MAX] = {false};
    size_t i, k, n = 0;

    if (!also)
        return DTL_NOMEM;
    while (n < ALSO_MAX) {
        const dtl_date_found *next = NULL;
        dtl_str value;

        for (i = 0; i < d->count; i++)
            if (!taken[i] && (!next || d->all[i].score > next->score))
                next = &d->all[i];
        if (!next)
            break;
        taken[next - d->all] = true;
        value = dtl_date_format(&next->at, arena);
        if (!value.ptr)
            return DTL_NOMEM;
        for (k = 0; k < n; k++)
            if (dtl_str_eq(also[k].value, value))
                break;
        if (k < n || dtl_str_eq(value, out->value))
            continue;
        also[n++] = (dtl_date_candidate){value, next->evidence};
    }
    out->also = n ? also : NULL;
    out->also_count = n;
    return DTL_OK;
}

/* Sets modified, where one is said that is not before the publication. */
static dtl_status set_modified(const dtl_meta *m, const dtl_dates *d,
                               const dtl_date_time *published)
{
    const dtl_date_found *best = best_modified(d);
    dtl_date_time t;

    if (!best)
        return DTL_OK;
    best = finest(d, best);
    t = localized(d, best);
    if (dtl_date_minutes(&t) + DAY_MINUTES < dtl_date_minutes(published))
        return DTL_OK;
    return set_date(m, best, &t, best->change, &m->article->modified);
}

/* Pages that are no article have no date of their own but what they say
 * outright of themselves. */
static void drop_shown(const dtl_meta *m, dtl_dates *d)
{
    size_t i, n = 0;

    if (m->article->status == DTL_STATUS_ARTICLE ||
        m->article->status == DTL_STATUS_STUB)
        return;
    for (i = 0; i < d->count; i++)
        if (dtl_str_starts(d->all[i].evidence, DTL_STR("json-ld")) ||
            dtl_str_starts(d->all[i].evidence, DTL_STR("meta")))
            d->all[n++] = d->all[i];
    d->count = n;
}

/* Lines on every candidate, by what it is worth with the others' support. */
static dtl_status account_for(const dtl_meta *m, const dtl_dates *d,
                              const dtl_date_found *best)
{
    pairs p;
    size_t i;

    if (!m->account)
        return DTL_OK;
    compare_all(d, &p);
    for (i = 0; i < d->count; i++) {
        const dtl_date_found *it = &d->all[i];
        double score = supported(d, it, &p);
        dtl_account_line line = {
            .field = "published",
            .won = it == best,
            .score = score,
            .sources = it->evidence,
            .reason = it->change > 0             ? "a change"
                      : score > it->score + 0.01 ? "others agree"
                                                 : NULL,
            .value = dtl_date_format(&it->at, m->article->arena),
        };

        if (!line.value.ptr)
            return DTL_NOMEM;
        dtl_explain_candidate(m->account, &line);
    }
    return DTL_OK;
}

/* Whether the best candidate is an instant in UTC and nobody tells it by the
 * clock of its place. */
static bool in_utc_alone(const dtl_dates *d, const dtl_date_found *best)
{
    dtl_date_time t = finest(d, best)->at;

    if (!has_time(&t) || !t.has_zone || t.zone)
        return false;
    return !localized(d, finest(d, best)).zone;
}

/* The article's language with its region, where the page says it. */
static dtl_str language_tag(const dtl_meta *m)
{
    const dtl_fact_list *list = &m->facts->field[DTL_FACT_LANGUAGE];
    dtl_str language = m->article->language;
    size_t i;

    for (i = 0; i < list->count; i++)
        if (list->at[i].value.len >= language.len + 3 &&
            dtl_str_starts_nocase(list->at[i].value, language))
            return list->at[i].value;
    return language;
}

dtl_status dtl_meta_published(dtl_meta *m)
{
    dtl_article *a = m->article;
    dtl_date_hints hints = dtl_dates_hints(language_tag(m), a->url);
    dtl_dates *d = dtl_arena_alloc(a->arena, sizeof *d);
    const dtl_date_found *best;
    dtl_date_time t;
    double score = 0;
    dtl_status st;

    if (!d)
        return DTL_NOMEM;
    d->count = 0;
    gather(m, &hints, d);
    drop_impossible(m, d);
    drop_shown(m, d);
    doubt_vague(d);
    best = best_published(d, &score);
    /* Words are read only where markup does not settle it. */
    if (best && score >= 0.9 && in_utc_alone(d, best)) {
        st = dtl_dates_at_head(m, &hints, d);
        if (st != DTL_OK)
            return st;
        best = best_published(d, &score);
    }
    if (!best || score < 0.9) {
        st = dtl_dates_in_text(m, &hints, d);
        if (st != DTL_OK)
            return st;
        if (!best || score < 0.5) {
            dtl_dates_in_scripts(m->facts, d);
            add_image_url(m, d);
        }
        drop_impossible(m, d);
        drop_shown(m, d);
        doubt_vague(d);
        best = best_published(d, &score);
    }
    if (!best)
        return DTL_OK;
    best = finest(d, best);
    t = localized(d, best);
    st = account_for(m, d, best);
    if (st == DTL_OK)
        st = set_date(m, best, &t, score, &a->published);
    if (st == DTL_OK)
        st = set_also(m, d, &a->published);
    if (st == DTL_OK)
        st = set_modified(m, d, &t);
    return st;
}
