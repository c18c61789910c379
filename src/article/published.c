/* When an article was published, and when it was last changed.
 *
 * Everything on the page that could be its date is a candidate with a
 * weight: what says "published" in data weighs more than a date in the text,
 * the page's own item more than another's, the line under the headline more
 * than the foot of the page. Candidates of one day are one opinion, and each
 * further kind of witness makes it stronger; the strongest day wins and is
 * told by its most precise witness. The other days are kept as those that
 * lost. There is no clock here: "3 hours ago" is no date.
 *
 * Weights were set on the pages of the measuring sets, half of the sites
 * looked at and the other half only scored; what counts is their order. */
#include "article/meta.h"
#include "article/value.h"
#include "base/date_parse.h"
#include "base/str.h"

enum {
    MAX_CANDIDATES = 96,
    MAX_LINE = 240,      /* bytes of text that can be a date line */
    MAX_TEXT_DATES = 40, /* looked at in running text */
    MINUTES_A_DAY = 24 * 60
};

typedef struct {
    dtl_date_time date;
    dtl_str evidence;
    double weight;
    dtl_fact_source source;
    bool url; /* of the address, not of a fact */
    int64_t day;
    bool modified; /* says when it was changed */
} candidate;

typedef struct {
    dtl_meta *m;
    dtl_date_hints hints;
    dtl_html_ref headline; /* first h1; 0 when there is none */
    candidate at[MAX_CANDIDATES];
    size_t count;
    dtl_status status;
} competition;

/* ---- Weights ----------------------------------------------------------------
 */

/* How much a witness of a field is believed, by its source, before its place
 * is looked at; 0 is not at all. */
static const double published_weight[] = {
    [DTL_SOURCE_JSON_LD] = 0.93,   [DTL_SOURCE_META] = 0.96,
    [DTL_SOURCE_MICRODATA] = 0.84, [DTL_SOURCE_LINK] = 0.5,
    [DTL_SOURCE_TIME] = 0.84,      [DTL_SOURCE_MARKUP] = 0.72,
    [DTL_SOURCE_TITLE] = 0.3,      [DTL_SOURCE_H1] = 0.3,
    [DTL_SOURCE_HTML] = 0.3,       [DTL_SOURCE_JSON_LD_OTHER] = 0.8,
};

static const double date_weight[] = {
    [DTL_SOURCE_JSON_LD] = 0.6,   [DTL_SOURCE_META] = 0.8,
    [DTL_SOURCE_MICRODATA] = 0.6, [DTL_SOURCE_TIME] = 0.62,
    [DTL_SOURCE_MARKUP] = 0.56,   [DTL_SOURCE_JSON_LD_OTHER] = 0.3,
};

static const double created_weight[] = {
    [DTL_SOURCE_JSON_LD] = 0.62,
    [DTL_SOURCE_META] = 0.7,
    [DTL_SOURCE_MICRODATA] = 0.4,
    [DTL_SOURCE_JSON_LD_OTHER] = 0.3,
};

/* A date of change stands in where nothing else is said. */
static const double stand_in_weight[] = {
    [DTL_SOURCE_JSON_LD] = 0.34,  [DTL_SOURCE_META] = 0.32,
    [DTL_SOURCE_MICRODATA] = 0.3, [DTL_SOURCE_TIME] = 0.36,
    [DTL_SOURCE_MARKUP] = 0.33,   [DTL_SOURCE_JSON_LD_OTHER] = 0.28,
};

static const double modified_weight[] = {
    [DTL_SOURCE_JSON_LD] = 0.93,  [DTL_SOURCE_META] = 0.92,
    [DTL_SOURCE_MICRODATA] = 0.8, [DTL_SOURCE_TIME] = 0.72,
    [DTL_SOURCE_MARKUP] = 0.62,   [DTL_SOURCE_JSON_LD_OTHER] = 0.6,
};

#define WEIGHT(table, source)                                                  \
    ((size_t)(source) < sizeof(table) / sizeof *(table) ? (table)[source] : 0)

/* What stands before a date that is one of change, in lower case. */
static const char *const update_words[] = {
    "updated",        "update",       "modified",
    "edited",         "revised",      "aktualisiert",
    "stand:",         "geändert",     "mis à jour",
    "modifié",        "actualizado",  "actualizada",
    "actualización",  "modificado",   "aggiornato",
    "aggiornamento",  "atualizado",   "atualização",
    "bijgewerkt",     "aangepast",    "uppdaterad",
    "oppdatert",      "opdateret",    "päivitetty",
    "zaktualizowano", "aktualizacja", "aktualizováno",
    "обновлено",      "изменено",     "оновлено",
    "güncelleme",     "更新",         "最終更新",
    "수정",           "تحديث",        "به‌روزرسانی",
};

/* ---- Candidates -------------------------------------------------------------
 */

/* News is not older than the web by much, nor from the far future: an id or
 * a birthday taken for a date. */
static bool is_plausible(const dtl_date_time *d)
{
    return d->date.year >= 1950 && d->date.year <= 2100;
}

static void add(competition *c, const dtl_date_time *date, dtl_str evidence,
                dtl_fact_source source, double weight, bool modified)
{
    candidate *to;

    if (weight <= 0 || !is_plausible(date) || c->count == MAX_CANDIDATES)
        return;
    to = &c->at[c->count++];
    *to = (candidate){.date = *date,
                      .evidence = evidence,
                      .weight = weight,
                      .source = source,
                      .day = dtl_calendar_to_days(date->date),
                      .modified = modified};
}

/* What the place of a witness in the page makes of its weight. Data in the
 * head or in scripts have none. */
static double placed(const competition *c, const dtl_fact *f, double weight)
{
    const dtl_body_range *body = &c->m->body;

    if (!f->place || (f->place & DTL_PLACE_HEAD))
        return weight;
    if (f->place & (DTL_PLACE_COMMENTS | DTL_PLACE_QUOTE | DTL_PLACE_NAV))
        return weight * 0.3;
    if (f->place & (DTL_PLACE_ASIDE | DTL_PLACE_FIGURE))
        return weight * 0.45;
    if (f->place & DTL_PLACE_FOOTER)
        weight *= 0.8;
    if (f->place & DTL_PLACE_LINK)
        weight *= 0.92;
    if (c->headline && f->node > c->headline &&
        (f->node < body->first || f->node < c->headline + 60))
        weight += 0.1;
    else if (body->end && f->node >= body->end)
        weight *= 0.75;
    else if (body->first && f->node > body->first)
        weight *= 0.85;
    return weight < 0.99 ? weight : 0.99;
}

/* Whether a word of change stands right before text[at]. */
static bool follows_update_word(dtl_str text, size_t at)
{
    dtl_str before = dtl_str_sub(text, at > 32 ? at - 32 : 0, at);
    size_t i;

    for (i = 0; i < sizeof update_words / sizeof *update_words; i++)
        if (dtl_str_find_nocase(before, dtl_str_of(update_words[i])) !=
            SIZE_MAX)
            return true;
    return false;
}

/* All dates of a line. "Published 3 May, updated 4 May" has one of each. */
static void add_line(competition *c, dtl_str line, dtl_str evidence,
                     dtl_fact_source source, double weight, double changed)
{
    size_t from = 0, start, end, n;
    dtl_date_time date;
    bool modified;

    for (n = 0;
         n < 4 && dtl_date_find(line, from, &c->hints, &date, &start, &end);
         n++) {
        modified = follows_update_word(dtl_str_sub(line, from, line.len),
                                       start - from);
        add(c, &date, evidence, source, modified ? changed : weight, modified);
        weight *= 0.9;
        from = end;
    }
}

static void add_facts(competition *c, dtl_fact_field field,
                      const double *weights, size_t count, bool modified)
{
    const dtl_fact_list *list = &c->m->facts->field[field];
    const dtl_fact *f;
    dtl_date_time date;
    double weight;
    size_t i;

    for (i = 0; i < list->count; i++) {
        f = &list->at[i];
        weight = (size_t)f->source < count ? weights[f->source] : 0;
        weight = placed(c, f, weight);
        /* Of many like it, the first is the page's own. */
        weight -= 0.004 * (double)(i < 50 ? i : 50);
        if (f->source == DTL_SOURCE_MARKUP)
            add_line(c, f->value, f->evidence, f->source, weight,
                     modified ? weight : weight * 0.6);
        else if (dtl_date_parse(f->value, &c->hints, &date))
            add(c, &date, f->evidence, f->source, weight, modified);
    }
}

/* ---- The address ------------------------------------------------------------
 */

static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";

static bool take_digits(dtl_str *s, size_t least, size_t most, int *out)
{
    size_t n = 0;

    *out = 0;
    while (n < s->len && n < most && dtl_is_digit(s->ptr[n]))
        *out = *out * 10 + (s->ptr[n++] - '0');
    *s = dtl_str_sub(*s, n, s->len);
    return n >= least && !(s->len && n == most && dtl_is_digit(s->ptr[0]));
}

static bool take_month(dtl_str *s, int *out)
{
    size_t i;

    if (s->len && dtl_is_digit(s->ptr[0]))
        return take_digits(s, 1, 2, out) && *out >= 1 && *out <= 12;
    for (i = 0; s->len >= 3 && i < 12; i++) {
        if (dtl_str_starts_nocase(*s, (dtl_str){months + 3 * i, 3})) {
            *out = (int)i + 1;
            *s = dtl_str_sub(*s, 3, s->len);
            return true;
        }
    }
    return false;
}

static bool take_mark(dtl_str *s, char mark)
{
    if (!s->len || s->ptr[0] != mark)
        return false;
    *s = dtl_str_sub(*s, 1, s->len);
    return true;
}

static bool ends_part(dtl_str s)
{
    return !s.len || !(dtl_is_digit(s.ptr[0]) || dtl_is_alpha(s.ptr[0]));
}

/* A date that begins at s: Y/M/D, Y-M-D, YMMDD, or Y/M alone. A date must
 * own the beginning of a path segment, else ids are taken for it. */
static bool date_at(dtl_str s, dtl_date_time *out)
{
    int year, month, day;
    char mark;

    *out = (dtl_date_time){.precision = DTL_PRECISION_DAY};
    if (s.len < 6)
        return false;
    if (s.len >= 8 && dtl_is_digit(s.ptr[4])) {
        dtl_str whole = dtl_str_sub(s, 0, 8), rest = dtl_str_sub(s, 8, s.len);

        if (!take_digits(&whole, 8, 8, &year) || !ends_part(rest))
            return false;
        out->date = (dtl_date_ymd){year / 10000, (int8_t)(year / 100 % 100),
                                   (int8_t)(year % 100)};
        return dtl_calendar_is_day(out->date) && is_plausible(out);
    }
    if (!take_digits(&s, 4, 4, &year) || !s.len)
        return false;
    mark = s.ptr[0];
    if ((mark != '/' && mark != '-' && mark != '_') || !take_mark(&s, mark) ||
        !take_month(&s, &month))
        return false;
    out->date = (dtl_date_ymd){year, (int8_t)month, 0};
    if (!is_plausible(out) || year < 1994)
        return false;
    if (take_mark(&s, mark) && take_digits(&s, 1, 2, &day) && ends_part(s)) {
        out->date.day = (int8_t)day;
        if (dtl_calendar_is_day(out->date))
            return true;
        out->date.day = 0;
    }
    out->precision = DTL_PRECISION_MONTH;
    return mark == '/';
}

static void add_url(competition *c, dtl_str url)
{
    size_t at = dtl_str_find(url, DTL_STR("://"));
    dtl_date_time date;
    double weight;

    if (at == SIZE_MAX)
        return;
    url = dtl_str_sub(url, at + 3, url.len);
    url = dtl_str_sub(url, 0, dtl_str_find_char(url, '?'));
    url = dtl_str_sub(url, 0, dtl_str_find_char(url, '#'));
    while ((at = dtl_str_find_char(url, '/')) != SIZE_MAX) {
        url = dtl_str_sub(url, at + 1, url.len);
        if (!date_at(url, &date))
            continue;
        weight = date.precision == DTL_PRECISION_DAY ? 0.8 : 0.2;
        add(c, &date, DTL_STR("url"), DTL_SOURCE_LINK, weight, false);
        if (c->count)
            c->at[c->count - 1].url = true;
        return;
    }
}

/* ---- Running text -----------------------------------------------------------
 */

static bool has_digit(dtl_str s)
{
    size_t i;

    for (i = 0; i < s.len; i++)
        if (dtl_is_digit(s.ptr[i]) || (unsigned char)s.ptr[i] >= 0xD9)
            return true;
    return false;
}

/* The weight of a date in plain text, by where it stands: nearest to the
 * headline and before the body is best, then what follows the body. */
static double text_weight(const competition *c, dtl_html_ref n)
{
    const dtl_body_range *body = &c->m->body;

    if (c->headline && n > c->headline && n < body->first)
        return 0.52;
    if (n + 60 > body->first && n < body->first)
        return 0.46;
    if (n >= body->first && n < body->end)
        return n < body->first + 12 ? 0.44 : 0.3;
    if (n >= body->end && n < body->end + 200)
        return 0.38;
    return 0.2;
}

/* Texts that begin with a date or are short, for pages that mark nothing.
 * See cases/article/date-in-text. */
static void add_text(competition *c)
{
    const dtl_html_doc *doc = c->m->doc;
    dtl_buf line = {0};
    size_t found = 0, before;
    dtl_html_ref n;
    dtl_str text;
    double weight;

    for (n = 1; n < doc->node_count && found < MAX_TEXT_DATES; n++) {
        const dtl_html_node *node = &doc->nodes[n];

        if (node->type == DTL_HTML_ELEMENT &&
            (node->name == DTL_N_SCRIPT || node->name == DTL_N_STYLE)) {
            n = dtl_html_subtree_end(doc, n) - 1;
            continue;
        }
        if (node->type != DTL_HTML_TEXT || node->end - node->start < 6)
            continue;
        text = dtl_str_sub(doc->text, node->start, node->start + MAX_LINE);
        if (text.len > node->end - node->start)
            text.len = node->end - node->start;
        if (!has_digit(text) || dtl_str_find(text, DTL_STR("©")) != SIZE_MAX)
            continue;
        dtl_buf_reset(&line);
        dtl_html_append_range(doc, node->start,
                              node->start + (uint32_t)text.len,
                              node->text_flags, false, &line);
        weight = text_weight(c, n) - 0.002 * (double)found;
        before = c->count;
        add_line(c, dtl_buf_view(&line), DTL_STR("text"), DTL_SOURCE_MARKUP,
                 weight, weight * 0.6);
        found += c->count - before;
    }
    if (line.status != DTL_OK)
        c->status = line.status;
    dtl_buf_clear(&line);
}

/* Minutes from a UTC instant to a time without zone that can be the same
 * instant told in the page's own; 0 when it cannot. Zones are whole quarters
 * of an hour from 12 hours behind UTC to 14 ahead. */
static int zone_between(const candidate *utc, const candidate *local)
{
    int64_t apart;

    if (!utc->date.has_zone || utc->date.zone != 0 || local->date.has_zone ||
        utc->date.precision > DTL_PRECISION_MINUTE ||
        local->date.precision > DTL_PRECISION_MINUTE || local->weight < 0.5)
        return 0;
    if (utc->date.precision == local->date.precision &&
        utc->date.second != local->date.second)
        return 0;
    apart = dtl_date_minutes(&local->date) - dtl_date_minutes(&utc->date);
    if (apart % 15 != 0 || apart < -12 * 60 || apart > 14 * 60)
        return 0;
    return (int)apart;
}

static bool same_day(const candidate *a, const candidate *b)
{
    int64_t apart;

    if (a->date.precision > DTL_PRECISION_DAY ||
        b->date.precision > DTL_PRECISION_DAY)
        return false;
    if (a->day == b->day)
        return true;
    if (zone_between(a, b) || zone_between(b, a))
        return true;
    /* One instant in two zones. */
    if (!a->date.has_zone || !b->date.has_zone ||
        a->date.precision > DTL_PRECISION_MINUTE ||
        b->date.precision > DTL_PRECISION_MINUTE)
        return false;
    apart = dtl_date_minutes(&a->date) - dtl_date_minutes(&b->date);
    return apart > -2 && apart < 2;
}

/* An instant told in UTC late in the day is of another day where the page
 * was written. A witness that gives the same minute in the page's own time
 * tells the zone too. See cases/article/date-utc-and-local. */
static void localize(const competition *c, candidate *told)
{
    const candidate *local;
    int zone = 0;
    size_t i;

    if (!told->date.has_zone || told->date.zone != 0 ||
        told->date.precision > DTL_PRECISION_MINUTE)
        return;
    for (i = 0; i < c->count && !zone; i++) {
        local = &c->at[i];
        if (local->modified != told->modified || local->weight < 0.5)
            continue;
        if (local->date.has_zone && same_day(told, local) &&
            dtl_date_minutes(&local->date) == dtl_date_minutes(&told->date))
            zone = local->date.zone;
        else
            zone = zone_between(told, local);
        if (!zone)
            continue;
        told->date.date = local->date.date;
        told->date.hour = local->date.hour;
        told->date.minute = local->date.minute;
        told->date.zone = (int16_t)zone;
    }
}

/* ---- The choice -------------------------------------------------------------
 */

/* A month that holds the day says nothing against it. */
static bool agrees(const candidate *a, const candidate *b)
{
    return same_day(a, b) || (b->date.precision == DTL_PRECISION_MONTH &&
                              a->date.date.year == b->date.date.year &&
                              a->date.date.month == b->date.date.month);
}

/* The weight of a candidate's day: its own, and a little for every other
 * kind of witness. */
static double day_weight(const competition *c, size_t i, bool modified)
{
    unsigned kinds = 0, kind;
    double weight = c->at[i].weight;
    size_t j;

    for (j = 0; j < c->count; j++) {
        if (j == i || c->at[j].modified != modified ||
            !agrees(&c->at[i], &c->at[j]))
            continue;
        kind = c->at[j].url ? 31 : (unsigned)c->at[j].source;
        if (kind == (unsigned)c->at[i].source || (kinds >> kind & 1))
            continue;
        kinds |= 1u << kind;
        weight += 0.12 * c->at[j].weight;
    }
    return weight;
}

static const candidate *strongest(const competition *c, bool modified)
{
    const candidate *best = NULL;
    double weight, top = 0;
    size_t i;

    for (i = 0; i < c->count; i++) {
        if (c->at[i].modified != modified)
            continue;
        weight = day_weight(c, i, modified);
        if (weight > top + 1e-9) {
            top = weight;
            best = &c->at[i];
        }
    }
    return best;
}

/* Of the witnesses of one day, the most precise; of those, one that knows
 * its zone; of those, the page's own data before the rest. */
static bool tells_more(const candidate *a, const candidate *b)
{
    if (a->date.precision != b->date.precision)
        return a->date.precision < b->date.precision;
    if (a->date.has_zone != b->date.has_zone)
        return a->date.has_zone;
    return a->source < b->source;
}

static const candidate *spokesman(const competition *c, const candidate *day)
{
    const candidate *best = day;
    size_t i;

    for (i = 0; i < c->count; i++)
        if (c->at[i].modified == day->modified && !c->at[i].url &&
            same_day(day, &c->at[i]) && c->at[i].weight > day->weight - 0.35 &&
            tells_more(&c->at[i], best))
            best = &c->at[i];
    return best;
}

static dtl_str show(competition *c, const candidate *k)
{
    dtl_str s = dtl_date_format(&k->date, c->m->article->arena);

    if (!s.ptr)
        c->status = DTL_NOMEM;
    return s;
}

static bool is_listed(const dtl_date_candidate *also, size_t count, dtl_str v)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (dtl_str_eq(also[i].value, v))
            return true;
    return false;
}

/* Fills also with the days that lost, the strongest first, each once. */
static void list_losers(competition *c, const candidate *day, dtl_date *out)
{
    dtl_date_candidate *also =
        dtl_arena_calloc(c->m->article->arena, c->count, sizeof *also);
    double top, below = 2;
    size_t count = 0, i, pick;
    dtl_str value;

    if (!also) {
        c->status = DTL_NOMEM;
        return;
    }
    while (count < 8) {
        for (i = 0, pick = c->count, top = 0; i < c->count; i++)
            if (c->at[i].modified == day->modified && c->at[i].weight < below &&
                c->at[i].weight > top && !same_day(day, &c->at[i])) {
                top = c->at[i].weight;
                pick = i;
            }
        if (pick == c->count)
            break;
        below = top;
        value = show(c, &c->at[pick]);
        if (!is_listed(also, count, value))
            also[count++] = (dtl_date_candidate){value, c->at[pick].evidence};
    }
    out->also = count ? also : NULL;
    out->also_count = count;
}

static void decide(competition *c, bool modified, dtl_date *out)
{
    const candidate *day = strongest(c, modified);
    candidate told;
    double weight;

    if (!day)
        return;
    weight = day_weight(c, (size_t)(day - c->at), modified);
    told = *spokesman(c, day);
    localize(c, &told);
    out->value = show(c, &told);
    out->precision = told.date.precision;
    out->evidence = told.evidence;
    out->confidence = weight > 0.99 ? 0.99 : weight;
    list_losers(c, day, out);
}

/* In English, 3/4/2021 is March 4 where the page is American or does not
 * say of which English it is. */
static bool is_month_first(dtl_str language)
{
    return dtl_str_starts_nocase(language, DTL_STR("en")) &&
           (language.len == 2 || dtl_str_ends(language, DTL_STR("US")) ||
            dtl_str_ends(language, DTL_STR("us")));
}

static dtl_str language_of(const dtl_meta *m)
{
    dtl_str html =
        dtl_facts_first(m->facts, DTL_FACT_LANGUAGE, DTL_SOURCE_HTML);

    return html.len ? html : m->article->language;
}

#define ADD(c, field, table, modified)                                         \
    add_facts(c, field, table, sizeof(table) / sizeof *(table), modified)

static void gather(competition *c)
{
    ADD(c, DTL_FACT_PUBLISHED, published_weight, false);
    ADD(c, DTL_FACT_DATE, date_weight, false);
    ADD(c, DTL_FACT_CREATED, created_weight, false);
    ADD(c, DTL_FACT_MODIFIED, modified_weight, true);
    add_url(c,
            c->m->article->url.len
                ? c->m->article->url
                : dtl_facts_first(c->m->facts, DTL_FACT_URL, DTL_SOURCE_LINK));
}

/* A change is no publication, but where all else is silent it is the only
 * date there is. */
static void stand_in(competition *c)
{
    size_t i, count = c->count;

    for (i = 0; i < count; i++)
        if (c->at[i].modified)
            add(c, &c->at[i].date, c->at[i].evidence, c->at[i].source,
                WEIGHT(stand_in_weight, c->at[i].source), false);
}

/* A page changed before it was published was not. */
static void drop_early_change(dtl_article *a)
{
    dtl_date_time published, modified;

    if (!a->published.value.len || !a->modified.value.len ||
        !dtl_date_parse(a->published.value, NULL, &published) ||
        !dtl_date_parse(a->modified.value, NULL, &modified))
        return;
    if (dtl_date_minutes(&modified) + MINUTES_A_DAY <
        dtl_date_minutes(&published))
        a->modified = (dtl_date){0};
}

dtl_status dtl_meta_published(dtl_meta *m)
{
    const dtl_fact_list *titles = &m->facts->field[DTL_FACT_TITLE];
    competition c = {.m = m};
    size_t i;

    c.hints.language = language_of(m);
    c.hints.month_first = is_month_first(c.hints.language);
    for (i = 0; i < titles->count && !c.headline; i++)
        if (titles->at[i].source == DTL_SOURCE_H1)
            c.headline = titles->at[i].node;
    gather(&c);
    if (!strongest(&c, false) || strongest(&c, false)->weight < 0.55)
        add_text(&c);
    stand_in(&c);
    decide(&c, false, &m->article->published);
    decide(&c, true, &m->article->modified);
    drop_early_change(m->article);
    return c.status;
}
