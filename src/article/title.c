/* The title: a competition of all that calls itself one.
 *
 * Candidates (JSON-LD headline, h1, og:title, <title>, ...) lose the site's
 * name at their ends, and those that are the same but for punctuation and
 * case become one. Each has the weights of its sources; a candidate that
 * another one repeats with something set off behind it ("Headline | Site | A
 * slogan") or before it ("Kicker: Headline") is given that one's weights,
 * too. The heaviest wins, in the spelling of the best source.
 *
 * Weights are from news and web pages with known titles; the tendencies they
 * express are named beside them. No list of sites is used: a site's names
 * are what the page says and its domain. */
#include "article/explain.h"
#include "article/meta.h"
#include "article/names.h"
#include "article/value.h"
#include "base/date_parse.h"
#include "base/str.h"
#include "base/utf8.h"

typedef enum {
    FROM_JSON_LD_NEWS, /* headline of a NewsArticle */
    FROM_JSON_LD,      /* headline of another item */
    FROM_JSON_LD_NAME,
    FROM_H1,
    FROM_H1_PART, /* the h1 without its kicker */
    FROM_OG,
    FROM_MICRODATA,
    FROM_TITLE,
    FROM_TWITTER,
    FROM_META,
    FROM_HEADING, /* h2 and h3: only where others name it, too */
    FROM_OTHER,
    SOURCES
} origin;

/* Newsrooms write JSON-LD's headline themselves; elsewhere what readers see
 * (the h1) is more often right than what was written for search engines and
 * for sharing. */
static const double weights[SOURCES] = {
    [FROM_JSON_LD_NEWS] = 6.5, [FROM_JSON_LD] = 4,   [FROM_JSON_LD_NAME] = 0.8,
    [FROM_H1] = 5.2,           [FROM_H1_PART] = 5.5, [FROM_OG] = 3,
    [FROM_MICRODATA] = 3,      [FROM_TITLE] = 1.8,   [FROM_TWITTER] = 0.8,
    [FROM_META] = 0.8,         [FROM_HEADING] = 4,   [FROM_OTHER] = 0.8,
};

/* Spelling is taken from the first of these that has it: in h1s markup sets
 * off what punctuation does elsewhere. */
static const uint8_t spelling[SOURCES] = {
    [FROM_OG] = 0,           [FROM_JSON_LD_NEWS] = 1, [FROM_JSON_LD] = 1,
    [FROM_TWITTER] = 2,      [FROM_H1] = 3,           [FROM_H1_PART] = 3,
    [FROM_TITLE] = 4,        [FROM_META] = 5,         [FROM_MICRODATA] = 5,
    [FROM_JSON_LD_NAME] = 5, [FROM_HEADING] = 5,      [FROM_OTHER] = 5,
};

static const double FROM_TAIL = 2.0;    /* "this | more" speaks for this */
static const double FROM_COLON = 0.3;   /* "this: more" is one headline */
static const double FROM_HEAD = 0.55;   /* "more: this" does so less */
static const double FROM_KICKERS = 0.8; /* "a: this", "b: this" together */
static const double FROM_CUT = 1.0;     /* "this ..." is the longer one */
static const double FURTHER = 0.7;      /* sources after the heaviest */
static const double SITE_AT_END = 0.3;  /* an h1 that only <title> ends in */
static const double SHORT_TITLE = 0.9;
static const double MERE_HEADING = 0.1;

enum {
    CANDIDATES = 40,
    SHORT_BYTES = 12, /* of letters and digits */
    KICKED_BYTES = 20,
    DATE_BYTES = 40, /* of a title that a date before it may take */
    PARTS = 16
};

typedef struct {
    dtl_str value, bare;
    double own[SOURCES];   /* 0 to 1: how well the source stands */
    double given[SOURCES]; /* the same by way of relatives */
    unsigned rank;         /* of value's spelling; less is better */
    bool in_menu;          /* an h1 in a menu or a footer */
    bool site_like;
} candidate;

typedef struct {
    dtl_meta *m;
    dtl_site_names sites;
    candidate all[CANDIDATES];
    size_t count;
    size_t h1_count;
    dtl_status status;
} contest;

/* ---- Parts of titles ------------------------------------------------- */

typedef enum {
    MARK_NONE,
    MARK_ALONE, /* sets parts off by itself: the bars */
    MARK_SPACED /* only with space on both sides */
} mark_kind;

static mark_kind mark_kind_of(uint32_t cp)
{
    switch (cp) {
    case '|':
    case 0xFF5C:
        return MARK_ALONE;
    case '-':
    case ':':
    case '>':
    case '/':
    case '\\':
    case '~':
    case 0x2013:
    case 0x2014:
    case 0x2022:
    case 0xB7:
    case 0xAB:
    case 0xBB:
    case 0x2039:
    case 0x203A:
        return MARK_SPACED;
    default:
        return MARK_NONE;
    }
}

/* The character before byte i; 0 at the start. */
static uint32_t character_before(dtl_str s, size_t i)
{
    size_t len;

    if (!i)
        return 0;
    do
        i--;
    while (i > 0 && ((unsigned char)s.ptr[i] & 0xC0) == 0x80);
    return dtl_utf8_decode(s, i, &len);
}

/* Whether the guillemet at i closes a quotation. */
static bool closes_quotation(dtl_str s, size_t i)
{
    return dtl_str_find(dtl_str_sub(s, 0, i), DTL_STR("\xC2\xAB")) != SIZE_MAX;
}

/* Whether a separator stands at byte i: [*from, *to) is it with its spaces. */
static bool separator_at(dtl_str s, size_t i, size_t *from, size_t *to)
{
    size_t len, end;
    uint32_t cp = dtl_utf8_decode(s, i, &len), before;
    mark_kind kind = mark_kind_of(cp);
    bool left, right;

    if (kind == MARK_NONE)
        return false;
    end = i + len;
    while (len == 1 && end < s.len && s.ptr[end] == s.ptr[i])
        end++;
    left = i > 0 && s.ptr[i - 1] == ' ';
    right = end < s.len && s.ptr[end] == ' ';
    before = character_before(s, i);
    if (kind == MARK_SPACED && !(left && right)) {
        bool colon = cp == ':' && end == i + 1 && right;
        /* Scripts without spaces need none around a hyphen either. */
        bool wide = (cp == '-') && before >= 0x3000 && before < 0xFFF0;

        if (!colon && !wide)
            return false;
    }
    if (cp == 0xBB && closes_quotation(s, i))
        return false;
    *from = left ? i - 1 : i;
    *to = right ? end + 1 : end;
    return *from > 0 && *to < s.len;
}

/* The next separator at or after byte i. */
static bool next_separator(dtl_str s, size_t i, size_t *from, size_t *to)
{
    for (; i < s.len; i++)
        if (!dtl_is_alpha(s.ptr[i]) && s.ptr[i] != ' ' &&
            ((unsigned char)s.ptr[i] & 0xC0) != 0x80 &&
            separator_at(s, i, from, to))
            return true;
    return false;
}

typedef struct {
    size_t from[PARTS], to[PARTS], count;
} separators;

static void find_separators(dtl_str s, separators *out)
{
    size_t i = 0;

    out->count = 0;
    while (out->count < PARTS &&
           next_separator(s, i, &out->from[out->count], &out->to[out->count]))
        i = out->to[out->count++];
}

/* ---- Without the site's name ------------------------------------------ */

static dtl_str bare(contest *c, dtl_str s)
{
    return dtl_value_bare(s, c->m->article->arena, &c->status);
}

/* Drops "(Site)" at the end. */
static bool drop_bracketed(contest *c, dtl_str *s)
{
    char close = s->len ? s->ptr[s->len - 1] : 0;
    size_t i = s->len;

    if (close != ')' && close != ']')
        return false;
    while (i > 1 && s->ptr[i - 1] != (close == ')' ? '(' : '['))
        i--;
    if (i <= 2 || !dtl_site_names_match(
                      &c->sites, bare(c, dtl_str_sub(*s, i, s->len - 1)), true))
        return false;
    *s = dtl_str_trim(dtl_str_sub(*s, 0, i - 1));
    return true;
}

static bool drop_site_part(contest *c, dtl_str *s)
{
    separators seps;
    dtl_str head, tail, bare_head, bare_tail;

    find_separators(*s, &seps);
    if (!seps.count)
        return false;
    head = dtl_str_sub(*s, 0, seps.from[seps.count - 1]);
    tail = dtl_str_sub(*s, seps.to[seps.count - 1], s->len);
    bare_head = bare(c, head);
    bare_tail = bare(c, tail);
    if (bare_head.len > 2 &&
        (!bare_tail.len || dtl_site_names_match(&c->sites, bare_tail, true))) {
        *s = head;
        return true;
    }
    head = dtl_str_sub(*s, 0, seps.from[0]);
    tail = dtl_str_sub(*s, seps.to[0], s->len);
    bare_head = bare(c, head);
    bare_tail = bare(c, tail);
    if (bare_tail.len > bare_head.len &&
        (!bare_head.len || dtl_site_names_match(&c->sites, bare_head, false))) {
        *s = tail;
        return true;
    }
    return false;
}

/* A separator with nothing behind it goes, too. */
static dtl_str drop_loose_end(dtl_str s)
{
    size_t i = s.len, len;
    mark_kind kind;
    uint32_t cp;

    while (i > 0 && ((unsigned char)s.ptr[--i] & 0xC0) == 0x80)
        ;
    if (i < 2)
        return s;
    cp = dtl_utf8_decode(s, i, &len);
    kind = mark_kind_of(cp);
    if (kind == MARK_NONE || (kind == MARK_SPACED && s.ptr[i - 1] != ' ') ||
        (cp == 0xBB && closes_quotation(s, i)))
        return s;
    return dtl_str_trim(dtl_str_sub(s, 0, i));
}

static dtl_str without_site(contest *c, dtl_str s)
{
    int rounds = 0;

    while (rounds++ < 4 && (drop_bracketed(c, &s) || drop_site_part(c, &s)))
        ;
    return drop_loose_end(s);
}

/* ---- Without its day ---------------------------------------------------- */

/* Bytes of the date that a title begins with; 0: it begins with none. */
static size_t date_before(dtl_str s)
{
    dtl_date_hints hints = {0};
    dtl_date_time t;
    size_t start, end;

    if (!s.len || !dtl_is_digit(s.ptr[0]) ||
        !dtl_date_find(dtl_str_sub(s, 0, DATE_BYTES), 0, &hints, &t, &start,
                       &end) ||
        start)
        return 0;
    return end;
}

/* A day in numbers that a mark sets off before the headline goes:
 * "23.01.2022 - Headline". One in words belongs to it more often. */
static dtl_str without_date(contest *c, dtl_str s)
{
    size_t end = date_before(s), i, from, to;

    for (i = 0; i < end; i++)
        if (dtl_is_alpha(s.ptr[i]))
            return s;
    if (!end || !next_separator(s, end, &from, &to) || from > end ||
        bare(c, dtl_str_sub(s, to, s.len)).len < KICKED_BYTES)
        return s;
    return dtl_str_sub(s, to, s.len);
}

/* ---- Candidates ------------------------------------------------------- */

static origin origin_of(const dtl_fact *f, bool news)
{
    static const struct {
        const char *evidence;
        uint8_t from;
    } names[] = {
        {"h1", FROM_H1},
        {"h1 part", FROM_H1_PART},
        {"h2", FROM_HEADING},
        {"h3", FROM_HEADING},
        {"title", FROM_TITLE},
        {"meta og:title", FROM_OG},
        {"meta twitter:title", FROM_TWITTER},
        {"microdata headline", FROM_MICRODATA},
        {"json-ld name", FROM_JSON_LD_NAME},
    };
    size_t i;

    if (f->source == DTL_SOURCE_JSON_LD &&
        dtl_str_eq(f->evidence, DTL_STR("json-ld headline")))
        return news ? FROM_JSON_LD_NEWS : FROM_JSON_LD;
    for (i = 0; i < sizeof names / sizeof *names; i++)
        if (f->source != DTL_SOURCE_JSON_LD_OTHER &&
            dtl_str_eq(f->evidence, dtl_str_of(names[i].evidence)))
            return (origin)names[i].from;
    return f->source == DTL_SOURCE_META ? FROM_META : FROM_OTHER;
}

/* How well a source stands where it is, 0 to 1. */
static double standing(contest *c, const dtl_fact *f, origin from)
{
    const uint32_t elsewhere =
        DTL_PLACE_FOOTER | DTL_PLACE_NAV | DTL_PLACE_ASIDE | DTL_PLACE_COMMENTS;
    double w = 1;

    if (from == FROM_MICRODATA)
        return f->place & DTL_PLACE_OTHER_ITEM ? 0.1 : 1;
    if (from != FROM_H1 && from != FROM_H1_PART)
        return 1;
    if (dtl_site_names_match(&c->sites, bare(c, f->value), true))
        w *= 0.1;
    if (from == FROM_H1_PART && date_before(f->value)) /* a date line */
        w *= 0.1;
    if (f->place & elsewhere)
        w *= 0.2;
    if (f->place & DTL_PLACE_HIDDEN)
        w *= 0.5;
    if (c->h1_count > 1 && !(f->place & (DTL_PLACE_ARTICLE | DTL_PLACE_MAIN)))
        w *= 0.6;
    return w;
}

/* How good a spelling is, the less the better: cut ones come behind whole
 * ones, and behind all those that markup spaced out ("Kicker : Headline"). */
static unsigned spelling_of(dtl_str value, origin from, bool cut)
{
    unsigned rank = spelling[from] + (cut ? 10u : 0u);

    return dtl_str_find(value, DTL_STR(" : ")) == SIZE_MAX ? rank : rank + 20;
}

/* The candidate of a spelling, made where there is none; NULL when there are
 * too many. */
static candidate *candidate_of(contest *c, dtl_str value, dtl_str key,
                               unsigned rank)
{
    candidate *it = c->all, *end = c->all + c->count;

    while (it < end && !dtl_str_eq(it->bare, key))
        it++;
    if (it < end)
        return it;
    if (c->count == CANDIDATES)
        return NULL;
    *it = (candidate){.value = value, .bare = key, .rank = rank};
    c->count++;
    return it;
}

/* The candidate that a title is when the day before it is left out, as where
 * the h1 holds both; NULL where there is none. */
static candidate *undated(contest *c, dtl_str value)
{
    size_t end = date_before(value), i;
    dtl_str key;

    if (!end)
        return NULL;
    key = bare(c, dtl_str_sub(value, end, value.len));
    for (i = 0; key.len && i < c->count; i++)
        if (dtl_str_eq(c->all[i].bare, key))
            return &c->all[i];
    return NULL;
}

static void add_candidate(contest *c, const dtl_fact *f, origin from)
{
    double w = standing(c, f, from);
    dtl_str whole = without_site(c, f->value);
    dtl_str value = from == FROM_H1_PART ? whole : without_date(c, whole);
    dtl_str key = bare(c, value);
    unsigned rank = spelling_of(value, from, value.len < f->value.len);
    candidate *it;

    if (!key.len)
        return;
    it = undated(c, value);
    if (!it)
        it = candidate_of(c, value, key, rank);
    if (!it)
        return;
    if (rank < it->rank && dtl_str_eq(key, it->bare)) {
        it->value = value;
        it->rank = rank;
    }
    if (w > it->own[from])
        it->own[from] = w;
    if (from == FROM_H1 &&
        f->place & (DTL_PLACE_NAV | DTL_PLACE_FOOTER | DTL_PLACE_COMMENTS))
        it->in_menu = true;
}

/* An h1 that the page's data call the headline is it, whatever class words
 * say of its place; but one in a menu is the last of the crumbs. */
static void confirm_h1s(contest *c)
{
    candidate *it, *end = c->all + c->count;

    for (it = c->all; it < end; it++)
        if (it->own[FROM_H1] > 0 && !it->in_menu &&
            (it->own[FROM_OG] > 0 || it->own[FROM_JSON_LD_NEWS] > 0 ||
             it->own[FROM_JSON_LD] > 0))
            it->own[FROM_H1] = 1;
}

/* An h1's text without the date line that is its last part. */
static dtl_str before_date_line(const dtl_fact *h1, const dtl_fact *part)
{
    size_t rest = h1->value.len - part->value.len;

    if (!dtl_str_eq(h1->evidence, DTL_STR("h1")) ||
        !dtl_str_eq(part->evidence, DTL_STR("h1 part")) ||
        !date_before(part->value) || !dtl_str_ends(h1->value, part->value))
        return h1->value;
    return dtl_str_trim(dtl_str_sub(h1->value, 0, rest));
}

static void gather(contest *c)
{
    const dtl_facts *facts = c->m->facts;
    const dtl_fact_list *titles = &facts->field[DTL_FACT_TITLE];
    bool news = dtl_str_ends(facts->main_type, DTL_STR("NewsArticle")) ||
                dtl_str_eq(facts->main_type, DTL_STR("LiveBlogPosting"));
    size_t i;

    for (i = 0; i < titles->count; i++)
        c->h1_count += dtl_str_eq(titles->at[i].evidence, DTL_STR("h1"));
    for (i = 0; i < titles->count; i++) {
        dtl_fact f = titles->at[i];

        if (i + 1 < titles->count)
            f.value = before_date_line(&f, &titles->at[i + 1]);
        add_candidate(c, &f, origin_of(&f, news));
    }
    confirm_h1s(c);
}

/* ---- Relatives -------------------------------------------------------- */

static bool is_cut(dtl_str s)
{
    return dtl_str_ends(s, DTL_STR("...")) ||
           dtl_str_ends(s, DTL_STR("\xE2\x80\xA6"));
}

/* What share of a longer candidate's weight speaks for a shorter one; *head:
 * which stands behind more than it is long itself, not the other way round. */
static double share(contest *c, const candidate *shorter,
                    const candidate *longer, bool *head)
{
    dtl_str a = shorter->bare, b = longer->bare;
    separators seps;
    size_t i;

    *head = false;
    if (a.len < 6 || b.len <= a.len)
        return 0;
    if (!dtl_str_starts(b, a) && !dtl_str_ends(b, a))
        return 0;
    find_separators(longer->value, &seps);
    for (i = 0; i < seps.count; i++) {
        if (dtl_str_eq(bare(c, dtl_str_sub(longer->value, 0, seps.from[i])), a))
            return longer->value.ptr[seps.from[i]] == ':' ? FROM_COLON
                                                          : FROM_TAIL;
        if (dtl_str_eq(bare(c, dtl_str_sub(longer->value, seps.to[i],
                                           longer->value.len)),
                       a)) {
            *head = 2 * a.len < b.len;
            return FROM_HEAD;
        }
    }
    return 0;
}

static void give(candidate *to, const candidate *from, double part)
{
    size_t k;

    for (k = 0; k < SOURCES; k++)
        if (from->own[k] * part > to->given[k])
            to->given[k] = from->own[k] * part;
}

/* Whether it is known as an h1 alone, and another candidate that is known
 * as the document's title alone ends in it: so do names of sites. */
static bool is_site_like(const candidate *it, const candidate *longer)
{
    size_t k;

    for (k = 0; k < SOURCES; k++)
        if (it->own[k] > 0 && k != FROM_H1 && k != FROM_H1_PART)
            return false;
    return longer->own[FROM_TITLE] > 0 && !longer->own[FROM_OG] &&
           !longer->own[FROM_JSON_LD] && !longer->own[FROM_JSON_LD_NEWS] &&
           !longer->own[FROM_H1];
}

/* What is a heading of the second or third rank and nothing else. */
static bool is_mere_heading(const candidate *it)
{
    size_t k;

    for (k = 0; k < SOURCES; k++)
        if (k != FROM_HEADING && (it->own[k] > 0 || it->given[k] > 0))
            return false;
    return true;
}

static double total(const candidate *it)
{
    double sum = 0, most = 0;
    size_t k;

    if (is_mere_heading(it))
        return MERE_HEADING;

    for (k = 0; k < SOURCES; k++) {
        double w = it->own[k] > it->given[k] ? it->own[k] : it->given[k];

        w *= weights[k];
        sum += w;
        if (w > most)
            most = w;
    }
    return most + FURTHER * (sum - most);
}

/* Whether a word of a's first bytes stands in b's, too. */
static bool share_a_word(contest *c, dtl_str a, dtl_str b)
{
    dtl_str word, other = bare(c, b);

    while (dtl_str_word(&a, &word)) {
        word = bare(c, word);
        if (word.len > 3 && dtl_str_find(other, word) != SIZE_MAX)
            return true;
    }
    return false;
}

/* What two candidates set off behind different kickers is the headline:
 * "Gales: Ferry stays in port", "Winter storm - Ferry stays in port". */
static void add_common_tail(contest *c, const candidate *a, const candidate *b)
{
    candidate *it;
    separators seps;
    dtl_str tail, key;

    find_separators(a->value, &seps);
    if (!seps.count)
        return;
    tail = dtl_str_sub(a->value, seps.to[0], a->value.len);
    key = bare(c, tail);
    if (key.len < KICKED_BYTES || key.len >= b->bare.len ||
        !dtl_str_ends(b->bare, key) ||
        share_a_word(c, dtl_str_sub(a->value, 0, seps.from[0]),
                     dtl_str_sub(b->bare, 0, b->bare.len - key.len)))
        return;
    it = candidate_of(c, tail, key, a->rank);
    if (!it)
        return;
    give(it, a, FROM_KICKERS);
    give(it, b, FROM_KICKERS);
}

static void add_common_tails(contest *c)
{
    size_t count = c->count, i, k;

    for (i = 0; i < count; i++)
        for (k = 0; k < count; k++)
            if (i != k && !is_mere_heading(&c->all[i]) &&
                !is_mere_heading(&c->all[k]))
                add_common_tail(c, &c->all[i], &c->all[k]);
}

/* ---- The winner ------------------------------------------------------- */

static const char *const source_names[SOURCES] = {
    [FROM_JSON_LD_NEWS] = "json-ld headline",
    [FROM_JSON_LD] = "json-ld headline",
    [FROM_JSON_LD_NAME] = "json-ld name",
    [FROM_H1] = "h1",
    [FROM_H1_PART] = "h1 part",
    [FROM_OG] = "og:title",
    [FROM_MICRODATA] = "microdata headline",
    [FROM_TITLE] = "title",
    [FROM_TWITTER] = "twitter:title",
    [FROM_META] = "meta",
    [FROM_HEADING] = "h2 or h3",
    [FROM_OTHER] = "other",
};

static void account_for(contest *c, const candidate *it, double score, bool won,
                        const char *reason)
{
    dtl_account_line line = {"title", won, score, {NULL, 0}, reason, it->value};
    dtl_buf sources = {0};
    size_t k;

    if (!c->m->account)
        return;
    for (k = 0; k < SOURCES; k++)
        if (it->own[k] > 0 || it->given[k] > 0) {
            dtl_buf_puts(&sources, sources.len ? ", " : "");
            dtl_buf_puts(&sources, source_names[k]);
            dtl_buf_puts(&sources, it->own[k] > 0 ? "" : " in part");
        }
    line.sources = dtl_buf_view(&sources);
    dtl_explain_candidate(c->m->account, &line);
    if (sources.status != DTL_OK)
        c->status = sources.status;
    dtl_buf_clear(&sources);
}

/* Every pair of candidates is looked at once for what one lends the other. */
static void relate(contest *c)
{
    size_t i, k;

    add_common_tails(c);
    for (i = 0; i < c->count; i++)
        for (k = 0; k < c->count; k++) {
            candidate *shorter = &c->all[i], *longer = &c->all[k];
            bool head;
            double part;

            if (i == k || longer->bare.len <= shorter->bare.len)
                continue;
            part = share(c, shorter, longer, &head);
            if (part > 0)
                give(shorter, longer, part);
            if (head && is_site_like(shorter, longer))
                shorter->site_like = true;
            if (is_cut(shorter->value) &&
                dtl_str_starts(longer->bare, shorter->bare))
                give(longer, shorter, FROM_CUT);
        }
}

static double score_of(const candidate *it)
{
    return total(it) * (it->site_like ? SITE_AT_END : 1) *
           (it->bare.len < SHORT_BYTES ? SHORT_TITLE : 1);
}

static const candidate *winner(contest *c)
{
    const candidate *best = NULL, *it, *end;
    double most = 0;

    relate(c);
    end = c->all + c->count;
    for (it = c->all; it < end; it++) {
        double w = score_of(it);

        if (!best || w > most || (w == most && it->bare.len > best->bare.len)) {
            best = it;
            most = w;
        }
    }
    for (it = c->all; c->m->account && it < end; it++)
        account_for(c, it, score_of(it), it == best,
                    it->site_like                ? "like a site's name"
                    : it->bare.len < SHORT_BYTES ? "short"
                    : it->in_menu                ? "in a menu"
                                                 : NULL);
    return best;
}
/* Where only <title> has it, nobody tells the headline from what is set off
 * behind it; the first part is it, unless that is but a word. */
static dtl_str first_part(contest *c, dtl_str s)
{
    separators seps;
    dtl_str first, part;
    size_t i, from = 0;

    find_separators(s, &seps);
    for (i = 0; i < seps.count; i++)
        if (s.ptr[seps.from[i]] == ':' && i == 0)
            from = 1; /* "Kicker: Headline" stays whole */
    if (seps.count <= from)
        return s;
    first = dtl_str_sub(s, 0, seps.from[from]);
    if (bare(c, first).len >= SHORT_BYTES)
        return first;
    for (i = from; i < seps.count; i++) {
        part = dtl_str_sub(s, seps.to[i],
                           i + 1 < seps.count ? seps.from[i + 1] : s.len);
        if (part.len > first.len)
            first = part;
    }
    return first;
}

static bool only_from(const candidate *it, origin from)
{
    size_t k;

    for (k = 0; k < SOURCES; k++)
        if (it->own[k] > 0 && k != from)
            return false;
    return true;
}

/* ---- The element, the subtitle ---------------------------------------- */

/* The heading that shows the title, the whole of it or with a kicker. */
static dtl_html_ref element_of(contest *c, dtl_str title)
{
    const dtl_fact_list *titles = &c->m->facts->field[DTL_FACT_TITLE];
    dtl_str key = bare(c, title);
    dtl_html_ref partly = 0;
    size_t i;

    if (!key.len)
        return 0;
    for (i = 0; i < titles->count; i++) {
        const dtl_fact *f = &titles->at[i];
        dtl_str text;

        if (f->source != DTL_SOURCE_H1 && f->source != DTL_SOURCE_MARKUP)
            continue;
        text = bare(c, f->value);
        if (dtl_str_eq(text, key))
            return f->node;
        if (!partly && f->source == DTL_SOURCE_H1 && text.len >= 6 &&
            (dtl_str_find(text, key) != SIZE_MAX ||
             dtl_str_find(key, text) != SIZE_MAX))
            partly = f->node;
    }
    return partly;
}

/* A second headline that says more than the first. */
static dtl_str subtitle_of(contest *c, dtl_str title)
{
    const dtl_fact_list *list = &c->m->facts->field[DTL_FACT_SUBTITLE];
    dtl_str key = bare(c, title), text;
    size_t i;

    for (i = 0; i < list->count; i++) {
        const dtl_fact *f = &list->at[i];

        if (f->source == DTL_SOURCE_MARKUP || (f->place & DTL_PLACE_OTHER_ITEM))
            continue;
        text = bare(c, f->value);
        if (text.len && !dtl_str_eq(text, key) &&
            dtl_str_find(key, text) == SIZE_MAX)
            return f->value;
    }
    return (dtl_str){NULL, 0};
}

dtl_status dtl_meta_title(dtl_meta *m, dtl_html_ref *node)
{
    dtl_article *a = m->article;
    contest *c = dtl_arena_alloc(a->arena, sizeof *c);
    const candidate *best;

    *node = m->title_node = 0;
    if (!c)
        return DTL_NOMEM;
    c->m = m;
    c->count = c->h1_count = 0;
    c->status = dtl_site_names_collect(m->facts, a->url, a->arena, &c->sites);
    gather(c);
    best = winner(c);
    if (best) {
        a->title = best->value;
        if (only_from(best, FROM_TITLE))
            a->title = first_part(c, a->title);
        *node = m->title_node = element_of(c, a->title);
    }
    a->subtitle = subtitle_of(c, a->title);
    return c->status;
}
