/* The filters of a run. */
#include "pipeline/filter.h"
#include "base/calendar.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

/* ---- Reading them ---------------------------------------------------------
 */

/* "404" or "4xx". */
static bool take_http_status(dtl_filter *f, dtl_str word)
{
    unsigned i, digit = 0, from = 0, span = 1;

    if (word.len != 3 || word.ptr[0] < '1' || word.ptr[0] > '9')
        return false;
    for (i = 0; i < 3; i++) {
        digit = (unsigned)(unsigned char)word.ptr[i] - '0';
        if (digit > 9 && (i == 0 || dtl_lower(word.ptr[i]) != 'x'))
            return false;
        if (digit <= 9 && span > 1)
            return false;
        from = from * 10 + (digit <= 9 ? digit : 0);
        span *= digit <= 9 ? 1 : 10;
    }
    for (i = from; i < from + span; i++)
        f->http_statuses[i] = true;
    f->any_http = true;
    return true;
}

static const char *status_name(unsigned i)
{
    return i <= DTL_STATUS_REFUSED ? dtl_page_status_name((dtl_page_status)i)
                                   : NULL;
}

static const char *kind_name(unsigned i)
{
    return i <= DTL_KIND_OTHER ? dtl_article_kind_name((dtl_article_kind)i)
                               : NULL;
}

static bool take_name(dtl_str word, const char *(*name)(unsigned),
                      unsigned *bits)
{
    unsigned i;

    for (i = 0; name(i); i++) {
        if (dtl_str_eq_nocase(word, dtl_str_of(name(i)))) {
            *bits |= 1U << i;
            return true;
        }
    }
    return false;
}

static dtl_status take_statuses(dtl_filter *f, const char *list, dtl_error *err)
{
    dtl_str rest = dtl_str_of(list), word;

    while (dtl_str_split(&rest, ',', &word)) {
        word = dtl_str_trim(word);
        if (!take_name(word, status_name, &f->statuses) &&
            !take_http_status(f, word))
            return dtl_fail(err, DTL_USAGE, 0,
                            "status %.*s: must be article, listing, stub, "
                            "blocked, empty, refused, or of HTTP, 200 or 2xx",
                            (int)(word.len < 30 ? word.len : 30), word.ptr);
    }
    return DTL_OK;
}

static dtl_status take_kinds(dtl_filter *f, const char *list, dtl_error *err)
{
    dtl_str rest = dtl_str_of(list), word;

    while (dtl_str_split(&rest, ',', &word)) {
        word = dtl_str_trim(word);
        if (!take_name(word, kind_name, &f->kinds))
            return dtl_fail(err, DTL_USAGE, 0,
                            "kind %.*s: must be news, live, gallery, video, "
                            "audio, interview, opinion, review, recipe or "
                            "other",
                            (int)(word.len < 30 ? word.len : 30), word.ptr);
    }
    return DTL_OK;
}

/* The languages that have codes of two letters (ISO 639-1), and the codes that
 * some of them had before. */
static const char two_letters[] =
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce "
    "ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr "
    "fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io "
    "is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la "
    "lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng "
    "nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc "
    "sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl "
    "tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ";

static bool is_alphanumeric(dtl_str s)
{
    size_t i;

    for (i = 0; i < s.len; i++)
        if (!dtl_is_alpha(s.ptr[i]) && !dtl_is_digit(s.ptr[i]))
            return false;
    return s.len > 0;
}

/* A tag as BCP 47 shapes it, of a language that there is as far as two letters
 * tell. */
static bool is_language(dtl_str tag)
{
    char code[] = "xx ";
    dtl_str part;

    if (!dtl_str_split(&tag, '-', &part) || part.len < 2 || part.len > 3 ||
        !is_alphanumeric(part) || dtl_is_digit(part.ptr[0]))
        return false;
    code[0] = dtl_lower(part.ptr[0]);
    code[1] = dtl_lower(part.ptr[1]);
    if (part.len == 2 &&
        dtl_str_find(dtl_str_of(two_letters), dtl_str_of(code)) == SIZE_MAX)
        return false;
    while (dtl_str_split(&tag, '-', &part))
        if (!is_alphanumeric(part) || part.len > 8)
            return false;
    return true;
}

/* "text/html" or "text/" and a star. */
static bool is_mime(dtl_str type)
{
    size_t slash = dtl_str_find_char(type, '/'), i;

    if (slash == SIZE_MAX || !slash || slash + 1 == type.len)
        return false;
    for (i = 0; i < type.len; i++)
        if (i != slash && !dtl_is_alpha(type.ptr[i]) &&
            !dtl_is_digit(type.ptr[i]) &&
            (!strchr("!#$&^_.+-", type.ptr[i]) || !type.ptr[i]) &&
            !(type.ptr[i] == '*' && i + 1 == type.len))
            return false;
    return true;
}

/* Takes a list of words that all have a shape. */
static dtl_status take_list(const char *list, bool (*is_one)(dtl_str),
                            dtl_str *out, const char *option,
                            const char *wanted, dtl_error *err)
{
    dtl_str rest = dtl_str_of(list), word;

    *out = rest;
    while (dtl_str_split(&rest, ',', &word)) {
        word = dtl_str_trim(word);
        if (!is_one(word))
            return dtl_fail(err, DTL_USAGE, 0, "%s %.*s: must be %s", option,
                            (int)(word.len < 30 ? word.len : 30), word.ptr,
                            wanted);
    }
    return DTL_OK;
}

static dtl_status take_day(dtl_filter *f, const char *day, dtl_error *err)
{
    static const char shape[] = "dddd-dd-dd";
    dtl_date_ymd d = {0};
    size_t i;

    f->since = dtl_str_of(day);
    for (i = 0; i < f->since.len && i < sizeof shape - 1; i++)
        if (shape[i] == 'd' ? !dtl_is_digit(day[i]) : day[i] != shape[i])
            break;
    if (i == f->since.len && i == sizeof shape - 1) {
        d.year = (int32_t)strtol(day, NULL, 10);
        d.month = (int8_t)strtol(day + 5, NULL, 10);
        d.day = (int8_t)strtol(day + 8, NULL, 10);
    }
    if (!dtl_calendar_is_day(d))
        return dtl_fail(err, DTL_USAGE, 0,
                        "since %.30s: must be a day, YYYY-MM-DD", day);
    return DTL_OK;
}

dtl_status dtl_filter_init(dtl_filter *f, const dtl_ingest_filter *wanted,
                           dtl_error *err)
{
    dtl_status st = DTL_OK;

    memset(f, 0, sizeof *f);
    if (wanted->status)
        st = take_statuses(f, wanted->status, err);
    if (st == DTL_OK && wanted->kind)
        st = take_kinds(f, wanted->kind, err);
    if (st == DTL_OK && wanted->since)
        st = take_day(f, wanted->since, err);
    if (st == DTL_OK && wanted->mime)
        st = take_list(wanted->mime, is_mime, &f->mime, "mime",
                       "media types, as text/html or text/*", err);
    if (st == DTL_OK && wanted->language)
        st = take_list(wanted->language, is_language, &f->language, "language",
                       "tags of languages, as en or pt-BR", err);
    f->min_words = wanted->min_words;
    return st;
}

/* ---- Asking them ----------------------------------------------------------
 */

/* Whether a day as precise as it is known may be since or later: "2021" may,
 * for 2021-05-01. */
static bool is_since(const dtl_filter *f, dtl_str date)
{
    size_t len = date.len < f->since.len ? date.len : f->since.len;

    return memcmp(date.ptr, f->since.ptr, len) >= 0;
}

bool dtl_filter_date(const dtl_filter *f, dtl_str date)
{
    /* A page is not published after it was taken. */
    return !f->since.len || !date.len || is_since(f, date);
}

static bool matches_mime(dtl_str pattern, dtl_str mime)
{
    if (dtl_str_ends(pattern, DTL_STR("*")))
        return dtl_str_starts_nocase(mime,
                                     dtl_str_sub(pattern, 0, pattern.len - 1));
    return dtl_str_eq_nocase(pattern, mime);
}

/* "en" takes "en" and "en-GB". */
static bool matches_tag(dtl_str wanted, dtl_str tag)
{
    return dtl_str_starts_nocase(tag, wanted) &&
           (tag.len == wanted.len || tag.ptr[wanted.len] == '-');
}

static bool is_among(dtl_str list, dtl_str value,
                     bool (*matches)(dtl_str, dtl_str))
{
    dtl_str word;

    if (!list.ptr)
        return true;
    while (dtl_str_split(&list, ',', &word))
        if (matches(dtl_str_trim(word), value))
            return true;
    return false;
}

bool dtl_filter_answer(const dtl_filter *f, int status, dtl_str mime)
{
    if (f->any_http &&
        (status < 0 || status > 999 || !f->http_statuses[status]))
        return false;
    return is_among(f->mime, mime, matches_mime);
}

bool dtl_filter_article(const dtl_filter *f, const dtl_article *a)
{
    const dtl_date *published = dtl_article_published(a);

    if (f->statuses && !(f->statuses & 1U << dtl_article_status(a)))
        return false;
    if (f->kinds && !(f->kinds & 1U << dtl_article_kind_of(a)))
        return false;
    if (f->min_words && dtl_article_words(a) < f->min_words)
        return false;
    if (f->since.len &&
        (!published->value.len || !is_since(f, published->value)))
        return false;
    return is_among(f->language, dtl_article_language(a), matches_tag);
}
