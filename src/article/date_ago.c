/* Dates that a line counts back from the moment it was shown: "2 hours ago",
 * "il y a 3 heures", "vor 2 Stunden", "gestern, 14:30".
 *
 * A number (or "a", "une", "einer") stands beside a unit, and a word for
 * "ago" before the two or behind them; words for today and yesterday stand
 * for themselves. Words are compared without case and marks. What is counted
 * in hours and more is known to the day. */
#include "article/dates.h"
#include "base/date_scan.h"
#include "base/str.h"

enum {
    UNITS_MOST = 600, /* more of a unit is no label of a date */
    DAY_LINE = 40,    /* bytes of a line that names today or yesterday */
    DAY_MINUTES = 1440,
    BEFORE = 3, /* tokens before the number that "ago" may be among */
    BEHIND = 2  /* and behind the unit */
};

typedef enum {
    KIND_MINUTE,
    KIND_HOUR,
    KIND_DAY,
    KIND_WEEK,
    KIND_ONE,    /* "a", "une": as the number 1 */
    KIND_BEFORE, /* "ago", before number and unit */
    KIND_BEHIND, /* and behind them */
    KIND_TODAY,
    KIND_YESTERDAY,
    KINDS
} kind;

/* Words by what they mean, folded as dtl_date_fold does. */
static const char *const words[KINDS] = {
    [KIND_MINUTE] =
        " m min mins minute minutes minuten minuto minutos minuti minuut "
        "minuter minutter minuty minut minute minutami perc perce minuuttia "
        "мин минут минуты минуту хвилин хвилини dakika dk λεπτα دقيقة دقائق ",
    [KIND_HOUR] =
        " h hr hrs hour hours heure heures stunde stunden std hora horas ora "
        "ore uur uren time timer timme timmar tim godzine godziny godzin "
        "hodinou hodinami hodin oraja tunti tuntia час часа часов годину "
        "години годин saat ωρα ωρεσ ساعة ساعات ",
    [KIND_DAY] =
        " d day days tag tage tagen jour jours dia dias giorno giorni dag "
        "dagen dage dager dagar dzien dni dnem dny napja paiva paivaa день дня "
        "днеи дні днів gun μερα μερεσ ημερεσ يوم أيام ايام ",
    [KIND_WEEK] =
        " w week weeks woche wochen semaine semaines semana semanas settimana "
        "settimane weken uge uger uke uker vecka veckor tydzien tygodnie "
        "tygodni hete viikko viikkoa неделю недели недель hafta εβδομαδα "
        "εβδομαδεσ ",
    [KIND_ONE] = " a an one un une una um uma ein eine einem einer een en et "
                 "ett egy ",
    [KIND_BEFORE] = " vor hace ha pred acum преди منذ قبل πριν ",
    [KIND_BEHIND] = " ago fa geleden siden sedan temu назад тому once atras "
                    "ezelott sitten oraja perce napja hete ",
    [KIND_TODAY] = " today heute hoy hoje oggi vandaag idag dzisiaj dzis dnes "
                   "сегодня сьогодні bugun σημερα اليوم ",
    [KIND_YESTERDAY] =
        " yesterday gestern hier ayer ontem ieri gisteren igar wczoraj vcera "
        "вчера вчора dun χθεσ امس أمس ",
};

/* Unit and "ago" in scripts that set no space between them. */
static const struct {
    const char *text;
    uint8_t kind;
} joined[] = {
    {"分钟前", KIND_MINUTE}, {"分鐘前", KIND_MINUTE}, {"分前", KIND_MINUTE},
    {"분 전", KIND_MINUTE},  {"분전", KIND_MINUTE},   {"小时前", KIND_HOUR},
    {"小時前", KIND_HOUR},   {"時間前", KIND_HOUR},   {"시간 전", KIND_HOUR},
    {"시간전", KIND_HOUR},   {"天前", KIND_DAY},      {"日前", KIND_DAY},
    {"일 전", KIND_DAY},     {"일전", KIND_DAY},      {"周前", KIND_WEEK},
    {"週間前", KIND_WEEK},   {"주 전", KIND_WEEK},
};

static bool is_in(const char *list, dtl_str folded)
{
    dtl_str rest = dtl_str_of(list);
    size_t at, from = 0;

    while ((at = dtl_str_find(dtl_str_sub(rest, from, rest.len), folded)) !=
           SIZE_MAX) {
        at += from;
        if (rest.ptr[at - 1] == ' ' && rest.ptr[at + folded.len] == ' ')
            return true;
        from = at + folded.len;
    }
    return false;
}

/* Whether token i is a word of a kind. */
static bool means(const dtl_date_scan *s, size_t i, kind k)
{
    const dtl_date_token *t = dtl_date_token_at(s, i);
    char folded[DTL_DATE_WORD_MAX];
    size_t len;

    if (t->kind != DTL_TOKEN_WORD)
        return false;
    len = dtl_date_fold(dtl_str_sub(s->text, t->start, t->end), folded);
    return len && is_in(words[k], (dtl_str){folded, len});
}

/* Whether one of the tokens [from, to) is a word of a kind. */
static bool any_means(const dtl_date_scan *s, size_t from, size_t to, kind k)
{
    for (; from < to; from++)
        if (means(s, from, k))
            return true;
    return false;
}

/* Whether token i is one word and the next another, as in "il y a". */
static bool is_pair(const dtl_date_scan *s, size_t i, const char *first,
                    const char *second)
{
    const dtl_date_token *a = dtl_date_token_at(s, i);
    const dtl_date_token *b = dtl_date_token_at(s, i + 1);

    return i < s->count &&
           dtl_str_eq_nocase(dtl_str_sub(s->text, a->start, a->end),
                             dtl_str_of(first)) &&
           dtl_str_eq_nocase(dtl_str_sub(s->text, b->start, b->end),
                             dtl_str_of(second));
}

/* The unit at token i, where words around it and its number say "ago"; KINDS
 * where none do. */
static kind unit_at(const dtl_date_scan *s, size_t number, size_t i)
{
    size_t first = number > BEFORE ? number - BEFORE : 0;
    int k;

    for (k = KIND_MINUTE; k <= KIND_WEEK; k++) {
        if (!means(s, i, (kind)k))
            continue;
        return any_means(s, first, number, KIND_BEFORE) ||
                       is_pair(s, number - 2, "y", "a") ||
                       any_means(s, i, i + 1 + BEHIND, KIND_BEHIND)
                   ? (kind)k
                   : KINDS;
    }
    return KINDS;
}

static kind joined_at(dtl_str text, size_t at)
{
    dtl_str rest = dtl_str_trim(dtl_str_sub(text, at, text.len));
    size_t i;

    for (i = 0; i < sizeof joined / sizeof *joined; i++)
        if (dtl_str_starts(rest, dtl_str_of(joined[i].text)))
            return (kind)joined[i].kind;
    return KINDS;
}

static void count_back(const dtl_date_time *base, kind unit, int64_t number,
                       dtl_date_time *out)
{
    int64_t minutes = unit == KIND_MINUTE ? number : 60 * number;
    int64_t days = unit == KIND_DAY    ? number
                   : unit == KIND_WEEK ? 7 * number
                                       : 0;
    int64_t clock;

    *out = *base;
    if (unit <= KIND_HOUR && base->precision <= DTL_PRECISION_MINUTE) {
        clock = base->hour * 60 + base->minute - minutes;
        for (; clock < 0; clock += DAY_MINUTES)
            days++;
        out->hour = (int8_t)(clock / 60);
        out->minute = (int8_t)(clock % 60);
    }
    out->date = dtl_calendar_add_days(base->date, -days);
    out->second = 0;
    if (unit == KIND_MINUTE && base->precision <= DTL_PRECISION_MINUTE) {
        out->precision = DTL_PRECISION_MINUTE;
        return;
    }
    out->hour = out->minute = 0;
    out->has_zone = false;
    out->zone = 0;
    out->precision = DTL_PRECISION_DAY;
}

/* The time of day that ends at the last token of a line which begins with a
 * word for a day at token i: "gestern, 14:30 Uhr". False where there is more
 * in it than that. */
static bool take_clock(const dtl_date_scan *s, size_t i, dtl_date_time *out)
{
    const dtl_date_token *hour, *mark, *minute;

    for (i++; i < s->count && s->at[i].kind != DTL_TOKEN_NUMBER; i++)
        if (s->at[i].kind == DTL_TOKEN_WORD &&
            !dtl_date_sense(&s->at[i], DTL_WORD_CLOCK))
            return false;
    if (i == s->count)
        return true;
    hour = dtl_date_token_at(s, i);
    mark = dtl_date_token_at(s, i + 1);
    minute = dtl_date_token_at(s, i + 2);
    if (hour->digits > 2 || hour->value > 23 || minute->digits != 2 ||
        minute->value > 59 || (mark->mark != ':' && mark->first != 'h') ||
        s->count > i + 4)
        return false;
    out->hour = (int8_t)hour->value;
    out->minute = (int8_t)minute->value;
    out->precision = DTL_PRECISION_MINUTE;
    return true;
}

/* A word for today or yesterday, with nothing but its label before it. */
static bool read_day(const dtl_date_scan *s, size_t i,
                     const dtl_date_time *base, dtl_date_time *out)
{
    bool yesterday = means(s, i, KIND_YESTERDAY);

    if (i > BEFORE || s->text.len > DAY_LINE ||
        (!yesterday && !means(s, i, KIND_TODAY)))
        return false;
    count_back(base, KIND_DAY, yesterday, out);
    return take_clock(s, i, out);
}

bool dtl_date_ago(dtl_str line, const dtl_date_time *base, dtl_date_time *out)
{
    dtl_date_scan s;
    size_t i;

    dtl_date_scan_from(&s, line, 0);
    for (i = 0; i < s.count; i++) {
        const dtl_date_token *t = &s.at[i];
        bool number = t->kind == DTL_TOKEN_NUMBER;
        kind unit = KINDS;

        if (number || means(&s, i, KIND_ONE))
            unit = unit_at(&s, i, i + 1);
        if (number && unit == KINDS)
            unit = joined_at(line, t->end);
        if (unit < KINDS && (!number || t->value <= UNITS_MOST)) {
            count_back(base, unit, number ? (int64_t)t->value : 1, out);
            return true;
        }
        if (read_day(&s, i, base, out))
            return true;
    }
    return false;
}
