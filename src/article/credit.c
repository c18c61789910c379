/* Credits begin with a word for picture or source and a colon, or with "by"
 * in some language, or with ©; or they end the caption as "Name/Agency". The
 * words are tables; the rest is form. */
#include "article/credit.h"
#include "article/credit_words.h"
#include "article/measure.h"
#include "base/str.h"
#include "base/utf8.h"

enum {
    CREDIT_MAX = 160 /* bytes; what is longer is prose */
};

static size_t skip_spaces(dtl_str s, size_t at)
{
    while (at < s.len && s.ptr[at] == ' ')
        at++;
    return at;
}

/* Behind one of the marks that set a name off; `at` when none stands there. */
static size_t skip_mark(dtl_str s, size_t at)
{
    static const char *const marks[] = {":",  "：", "・", "／", "/", "|", "=",
                                        "＝", "–",  "—",  "-",  "●", "…"};
    size_t end;

    if (dtl_str_starts(dtl_str_sub(s, at, s.len), DTL_STR("...")))
        return at + 3;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (dtl_credit_matches(s, at, marks[i], &end))
            return end;
    return at;
}

typedef enum {
    HEAD_NONE,
    HEAD_WEAK,  /* only a word: "Foto dpa" */
    HEAD_STRONG /* with a colon, "by" or © */
} head_form;

/* What a credit begins with at `at`; *end is behind it and its spaces. */
static head_form head_at(dtl_str s, size_t at, size_t *end)
{
    head_form form = HEAD_NONE;
    size_t i, k;

    if (dtl_credit_matches(s, at, "©", &i) ||
        dtl_credit_matches(s, at, "ⓒ", &i)) {
        *end = skip_spaces(s, i);
        return HEAD_STRONG;
    }
    i = dtl_credit_word(&dtl_credit_heads, s, at);
    /* "Picture Alliance" is a name. */
    if (!i || dtl_credit_word(&dtl_credit_agencies, s, at) > i)
        return HEAD_NONE;
    form = HEAD_WEAK;
    if (s.ptr[i - 1] == '.') /* "Fot. X" */
        form = HEAD_STRONG;
    k = skip_spaces(s, i);
    i = skip_mark(s, k);
    if (i > k) {
        form = HEAD_STRONG;
        k = skip_spaces(s, i);
    }
    i = dtl_credit_word(&dtl_credit_by, s, k);
    if (i && i < s.len && (s.ptr[i] == ' ' || s.ptr[i] == ':')) {
        form = HEAD_STRONG;
        k = skip_spaces(s, skip_mark(s, i));
    } else if (dtl_credit_matches(s, k, "©", &i)) {
        form = HEAD_STRONG;
        k = skip_spaces(s, i);
    }
    *end = k;
    return form;
}

/* ---- Trimming ------------------------------------------------------------ */

static bool is_edge(uint32_t cp, bool at_end)
{
    static const char front[] = " |/-:;,.*";
    static const char back[] = " |/-:;,([*";

    if (cp < 0x80)
        return cp && strchr(at_end ? back : front, (int)cp);
    return cp == 0x2013 || cp == 0x2014 || cp == 0xB7 || cp == 0x2022 ||
           cp == 0xFF0F || cp == 0x30FB || cp == 0xFF1A ||
           (!at_end && cp == 0x3002) || cp == 0x2502 || cp == 0x25CF;
}

static size_t back_one(dtl_str s, size_t at)
{
    do
        at--;
    while (at && ((unsigned char)s.ptr[at] & 0xC0) == 0x80);
    return at;
}

static dtl_str trim_edges(dtl_str s)
{
    size_t n, at;

    while (s.len && is_edge(dtl_utf8_decode(s, 0, &n), false))
        s = dtl_str_sub(s, n, s.len);
    while (s.len) {
        at = back_one(s, s.len);
        if (!is_edge(dtl_utf8_decode(s, at, &n), true))
            break;
        s = dtl_str_sub(s, 0, at);
    }
    return s;
}

typedef struct {
    const char *open, *close;
} bracket_pair;

static const bracket_pair brackets[] = {{"(", ")"},   {"[", "]"},
                                        {"（", "）"}, {"【", "】"},
                                        {"〔", "〕"}, {"<", ">"}};

/* Takes off brackets that are around all of s. */
static dtl_str unwrap(dtl_str s)
{
    for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++) {
        dtl_str open = dtl_str_of(brackets[i].open);
        dtl_str close = dtl_str_of(brackets[i].close);
        dtl_str inner;

        if (!dtl_str_starts(s, open) || !dtl_str_ends(s, close) ||
            s.len < open.len + close.len)
            continue;
        inner = dtl_str_sub(s, open.len, s.len - close.len);
        if (dtl_str_find(inner, open) == SIZE_MAX)
            return inner;
    }
    return s;
}

dtl_str dtl_credit_name(dtl_str text)
{
    dtl_str s = text, before;
    size_t end;
    int round = 0;

    do {
        before = s;
        s = unwrap(trim_edges(dtl_str_trim(s)));
        if (head_at(s, 0, &end) != HEAD_NONE)
            s = dtl_str_sub(s, end, s.len);
    } while (s.len && s.len != before.len && round++ < 6);
    /* "X." is a sentence, "X Jr." and "X Inc." are not told from it. */
    if (s.len > 1 && s.ptr[s.len - 1] == '.' && s.ptr[s.len - 2] != '.')
        s = dtl_str_sub(s, 0, s.len - 1);
    return s.len ? s : (dtl_str){NULL, 0};
}

/* ---- Splitting ----------------------------------------------------------- */

/* Whether what begins at `at` is set off from what stands before. */
static bool is_set_off(dtl_str s, size_t at)
{
    static const char *const marks[] = {".", "!", "?",  ")", "|",  "/",  ";",
                                        ":", ",", "\"", "(", "[",  "”",  "»",
                                        "«", "–", "—",  "-", "。", "）", "（",
                                        "…", "•", "·",  "*", "’",  "“"};

    while (at && s.ptr[at - 1] == ' ')
        at--;
    if (!at)
        return true;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        dtl_str m = dtl_str_of(marks[i]);

        if (at >= m.len && memcmp(s.ptr + at - m.len, m.ptr, m.len) == 0)
            return true;
    }
    return false;
}

static bool is_capital_at(dtl_str s, size_t at)
{
    size_t n;
    uint32_t cp = dtl_utf8_decode(s, at, &n);

    return dtl_fold(cp) != cp;
}

static size_t count_words(dtl_str s)
{
    size_t at = 0, count = 0;
    uint64_t hash;

    while (dtl_next_word(s, &at, &hash))
        count++;
    return count;
}

/* Whether s may be a name or several, and not a sentence. */
static bool is_nameish(dtl_str s)
{
    if (!s.len || s.len > CREDIT_MAX)
        return false;
    return count_words(s) <= 14 && dtl_measure_text(s).stops <= 1;
}

static bool has_agency(dtl_str s)
{
    bool letter = false;

    for (size_t i = 0; i < s.len; i++) {
        bool was_letter = letter;

        letter = dtl_credit_letter_at(s, i);
        if (letter && !was_letter &&
            dtl_credit_word(&dtl_credit_agencies, s, i))
            return true;
    }
    return false;
}

/* Whether a bracket's inside credits: it has a head, or "Name/Agency". */
static bool bracket_credits(dtl_str s)
{
    size_t end, i;

    s = dtl_str_trim(s);
    if (!is_nameish(s) || count_words(s) > 10)
        return false;
    for (i = 0; i < s.len; i++)
        if (!(i && dtl_credit_letter_at(s, i - 1)) &&
            head_at(s, i, &end) != HEAD_NONE)
            return true;
    i = dtl_str_find_char(s, '/');
    return (i != SIZE_MAX && is_capital_at(s, 0)) ||
           (has_agency(s) && is_capital_at(s, 0));
}

/* Where the bracket that ends s begins; SIZE_MAX when s ends in none. */
static size_t last_bracket(dtl_str s, dtl_str *inside)
{
    for (size_t b = 0; b < sizeof brackets / sizeof *brackets; b++) {
        dtl_str open = dtl_str_of(brackets[b].open);
        dtl_str close = dtl_str_of(brackets[b].close);
        size_t i;

        if (!dtl_str_ends(s, close))
            continue;
        for (i = s.len - close.len; i-- > 0;) {
            if (i + open.len > s.len ||
                memcmp(s.ptr + i, open.ptr, open.len) != 0)
                continue;
            *inside = dtl_str_sub(s, i + open.len, s.len - close.len);
            return i;
        }
    }
    return SIZE_MAX;
}

/* Where a head stands with nothing but names behind; SIZE_MAX: nowhere. */
static size_t last_head(dtl_str s)
{
    size_t from = s.len > CREDIT_MAX + 40 ? s.len - CREDIT_MAX - 40 : 0;
    size_t i, n, end;
    bool letter, was_letter;

    while (from < s.len && ((unsigned char)s.ptr[from] & 0xC0) == 0x80)
        from++;
    letter = from && dtl_credit_letter_at(s, back_one(s, from));
    for (i = from; i < s.len; i += n) {
        head_form form;

        n = 1;
        if ((unsigned char)s.ptr[i] >= 0x80)
            dtl_utf8_decode(s, i, &n);
        was_letter = letter;
        letter = dtl_credit_letter_at(s, i);
        if (was_letter && letter)
            continue;
        form = head_at(s, i, &end);
        if (form != HEAD_STRONG || !is_nameish(dtl_str_sub(s, end, s.len)))
            continue;
        if (is_set_off(s, i) || (is_capital_at(s, i) && end > i + 2) ||
            dtl_credit_matches(s, i, "©", &n))
            return i;
        dtl_utf8_decode(s, i, &n);
    }
    return SIZE_MAX;
}

/* Whether the point at `at` belongs to an initial: "J. Smith". */
static bool is_initial(dtl_str s, size_t at)
{
    size_t k;

    if (s.ptr[at] != '.' || !at)
        return false;
    k = back_one(s, at);
    return is_capital_at(s, k) &&
           !(k && dtl_credit_letter_at(s, back_one(s, k)));
}

/* Where the last sentence begins; 0 when there is but one. */
static size_t last_sentence(dtl_str s)
{
    for (size_t i = s.len; i-- > 1;)
        if (s.ptr[i] == ' ' && i + 1 < s.len &&
            dtl_str_find_char(DTL_STR(".!?)|"), s.ptr[i - 1]) != SIZE_MAX &&
            !is_initial(s, i - 1))
            return i + 1;
    return 0;
}

/* Where the last word of s begins. */
static size_t last_word(dtl_str s)
{
    size_t i = s.len;

    while (i && s.ptr[i - 1] != ' ')
        i--;
    return i;
}

/* "Kryžius / J. Stacevičius / LRT nuotr.": the word stands at the end. */
static size_t named_behind(dtl_str s)
{
    size_t at = dtl_str_find(s, DTL_STR(" / ")), i, end;
    dtl_str rest = dtl_str_sub(s, at == SIZE_MAX ? s.len : at + 3, s.len);

    if (!rest.len || rest.len > CREDIT_MAX || count_words(rest) > 8)
        return SIZE_MAX;
    i = last_word(rest);
    end = dtl_credit_word(&dtl_credit_heads, rest, i);
    return end && end + 1 >= rest.len ? at + 3 : SIZE_MAX;
}

/* Whether all of s is the name of an agency, or ends in one as "X/Agency". */
static bool is_agency(dtl_str s)
{
    size_t slash = dtl_str_find_char(s, '/');

    if (dtl_credit_word(&dtl_credit_agencies, s, 0) == s.len && s.len)
        return true;
    return slash != SIZE_MAX && !last_sentence(s) && is_nameish(s) &&
           count_words(s) <= 6 && has_agency(dtl_str_sub(s, slash, s.len));
}

/* "… in Storhavn. Lars Amdal/AFP" */
static size_t bare_names(dtl_str s)
{
    size_t at = last_sentence(s);
    dtl_str rest = dtl_str_sub(s, at, s.len);
    size_t slash = dtl_str_find_char(rest, '/');

    if (!at || !is_capital_at(rest, 0) || !is_nameish(rest) ||
        count_words(rest) > 7)
        return SIZE_MAX;
    if (slash != SIZE_MAX && slash + 1 < rest.len && slash > 1)
        return at;
    return has_agency(rest) && count_words(rest) <= 5 ? at : SIZE_MAX;
}

dtl_str dtl_credit_trim(dtl_str text)
{
    return trim_edges(dtl_str_trim(text));
}

void dtl_credit_split(dtl_str text, dtl_str *caption, dtl_str *credit)
{
    dtl_str s = dtl_str_trim(text), inside = {NULL, 0};
    size_t at = last_bracket(s, &inside);

    *credit = (dtl_str){NULL, 0};
    if (at != SIZE_MAX && bracket_credits(inside)) {
        *credit = dtl_credit_name(inside);
    } else {
        at = is_agency(s) ? 0 : last_head(s);
        if (at == SIZE_MAX)
            at = bare_names(s);
        if (at == SIZE_MAX)
            at = named_behind(s);
        if (at != SIZE_MAX)
            *credit = dtl_credit_name(dtl_str_sub(s, at, s.len));
    }
    if (credit->ptr)
        s = trim_edges(dtl_str_sub(s, 0, at));
    /* "Image" alone is a label whose rest stands elsewhere. */
    if (dtl_credit_word(&dtl_credit_heads, s, 0) == s.len)
        s.len = 0;
    *caption = s.len ? s : (dtl_str){NULL, 0};
}

bool dtl_credit_is(dtl_str text)
{
    dtl_str caption, credit;

    dtl_credit_split(text, &caption, &credit);
    return credit.ptr && !caption.ptr;
}
