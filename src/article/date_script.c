/* Dates in script data, for pages whose markup has none: the first value of
 * each key that names a date of publication or change, in JSON and in JSON
 * that is a string of a script. The first article in such data tends to be
 * the page's own; lists of others come behind. */
#include "article/dates.h"
#include "base/str.h"

static const double SCORE = 0.45;

static const struct {
    const char *key;
    bool change;
} keys[] = {
    {"datePublished", false},   {"publishedAt", false},
    {"published_at", false},    {"publishDate", false},
    {"publish_date", false},    {"publishedDate", false},
    {"publicationDate", false}, {"firstPublishedAt", false},
    {"firstPublished", false},  {"publishedTime", false},
    {"pubDate", false},         {"published", false},
    {"dateModified", true},     {"updatedAt", true},
    {"updated_at", true},       {"modifiedAt", true},
    {"lastModified", true},
};

static dtl_str skip(dtl_str s, const char *marks)
{
    while (s.len && strchr(marks, s.ptr[0]))
        s = dtl_str_sub(s, 1, s.len);
    return s;
}

/* The value behind a key that ends before s: up to its closing quote, or for
 * a number its end. Empty when s is no member. */
static dtl_str value_behind(dtl_str s)
{
    size_t i = 0;

    s = skip(s, "\\\"'");
    if (!s.len || s.ptr[0] != ':')
        return (dtl_str){NULL, 0};
    s = skip(s, ": \\\"'");
    while (i < s.len && i < 48 && !strchr("\\\"',}]", s.ptr[i]))
        i++;
    return dtl_str_sub(s, 0, i);
}

/* Whether a key that begins at byte i of s is a whole word in quotes. */
static bool is_key(dtl_str s, size_t i, size_t len)
{
    return i > 0 && strchr("\"'", s.ptr[i - 1]) && i + len < s.len &&
           strchr("\\\"'", s.ptr[i + len]);
}

static bool find_first(dtl_str script, const char *name, dtl_date_time *out)
{
    dtl_str key = dtl_str_of(name);
    size_t from = 0, at;
    int tries = 0;

    while (tries++ < 16) {
        at = dtl_str_find(dtl_str_sub(script, from, script.len), key);
        if (at == SIZE_MAX)
            return false;
        at += from;
        from = at + key.len;
        if (is_key(script, at, key.len) &&
            dtl_date_parse(value_behind(dtl_str_sub(script, from, script.len)),
                           NULL, out) &&
            out->precision <= DTL_PRECISION_DAY)
            return true;
    }
    return false;
}

void dtl_dates_in_scripts(const dtl_facts *facts, dtl_dates *out)
{
    dtl_date_time t;
    size_t i, k;

    for (k = 0; k < sizeof keys / sizeof *keys; k++)
        for (i = 0; i < facts->script_count; i++) {
            if (facts->scripts[i].kind == DTL_SCRIPT_JSON_LD ||
                !find_first(facts->scripts[i].text, keys[k].key, &t))
                continue;
            dtl_dates_add(out, &t, DTL_STR("script data"),
                          keys[k].change ? SCORE * 0.4 : SCORE,
                          keys[k].change ? SCORE : 0, 0);
            break;
        }
}
