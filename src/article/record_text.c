/* Plain-text records, as corpora hold them: "date YYYY-MM-DD" or nothing, then
 * the text of an article whose headline, byline and markup are gone.
 *
 * Paragraphs are set off by empty lines (by single newlines where there are
 * no empty ones). Posts that were flattened into lines of their own become
 * embeds again, known by the credit that platforms close them with; lines
 * that are about the article become notes; "Read more" lines go. */
#include "article/embeds.h"
#include "article/layout.h"
#include "article/measure.h"
#include "article/notes.h"
#include "article/read.h"
#include "base/calendar.h"
#include "base/str.h"

static const char label[] = "date ";

/* The value of "YYYY-MM-DD" at s, if it is a day. */
static bool day_at(dtl_str s, dtl_str *day)
{
    dtl_date_ymd d;

    if (s.len < 10 || s.ptr[4] != '-' || s.ptr[7] != '-')
        return false;
    for (int i = 0; i < 10; i++)
        if (i != 4 && i != 7 && !dtl_is_digit(s.ptr[i]))
            return false;
    if (s.len > 10 && !dtl_is_space(s.ptr[10]))
        return false;
    d.year = (s.ptr[0] - '0') * 1000 + (s.ptr[1] - '0') * 100 +
             (s.ptr[2] - '0') * 10 + (s.ptr[3] - '0');
    d.month = (int8_t)((s.ptr[5] - '0') * 10 + (s.ptr[6] - '0'));
    d.day = (int8_t)((s.ptr[8] - '0') * 10 + (s.ptr[9] - '0'));
    *day = dtl_str_sub(s, 0, 10);
    return dtl_calendar_is_day(d);
}

/* Offset behind the date line's date, 0 when text begins with none. */
static size_t read_date(dtl_str text, dtl_str *day)
{
    size_t at = dtl_str_starts(text, DTL_STR("\xef\xbb\xbf")) ? 3 : 0;

    while (at < text.len && dtl_is_space(text.ptr[at]))
        at++;
    if (!dtl_str_starts(dtl_str_sub(text, at, text.len), dtl_str_of(label)))
        return 0;
    at += sizeof label - 1;
    return day_at(dtl_str_sub(text, at, text.len), day) ? at + 10 : 0;
}

/* Whether there is a '<' that HTML's tokenizer would make markup of, or a NUL,
 * which no text has but UTF-16's. */
static bool has_markup(dtl_str bytes)
{
    const char *at = bytes.ptr, *end = bytes.ptr + bytes.len;

    while (at < end && (at = memchr(at, '<', (size_t)(end - at)))) {
        at++;
        if (at < end && (dtl_is_alpha(*at) || strchr("!/?", *at)))
            return true;
    }
    return memchr(bytes.ptr, 0, bytes.len) != NULL;
}

bool dtl_is_record(dtl_str bytes)
{
    dtl_str day;

    return read_date(bytes, &day) || (bytes.len && !has_markup(bytes));
}

/* ---- Posts ------------------------------------------------------------- */

/* How a platform's flattened post begins. */
static const struct {
    const char *words, *platform;
} openings[] = {
    {"View this post on Instagram", "instagram"},
    {"View this photo on Instagram", "instagram"},
    {"A post shared by", "instagram"},
    {"Sieh dir diesen Beitrag auf Instagram an", "instagram"},
    {"Voir cette publication sur Instagram", "instagram"},
    {"Ver esta publicación en Instagram", "instagram"},
    {"Ver esta publicação no Instagram", "instagram"},
    {"Ver essa foto no Instagram", "instagram"},
    {"Visualizza questo post su Instagram", "instagram"},
    {"Dit bericht op Instagram bekijken", "instagram"},
    {"View on Threads", "threads"},
    {"View this post on Threads", "threads"},
};

/* Bytes of the dash at the end of s, and the space before it. */
static size_t dash_before(dtl_str s)
{
    static const char *const dashes[] = {"\u2014 ", "\u2013 ", "-- ",
                                         "\u2015 "};

    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++)
        if (dtl_str_ends(s, dtl_str_of(dashes[i])))
            return strlen(dashes[i]);
    return 0;
}

/* A tweet closes "— NAME (@handle) MONTH DAY, YEAR": whether text ends so. */
static bool ends_as_tweet(dtl_str text)
{
    enum {
        NAME_MAX_BYTES = 120,
        DATE_MAX_BYTES = 60
    };
    dtl_str rest = text;
    size_t open = SIZE_MAX, base = 0, at, close;
    bool digits = false;

    while ((at = dtl_str_find(rest, DTL_STR("(@"))) != SIZE_MAX) {
        open = base + at;
        base = open + 2;
        rest = dtl_str_sub(text, base, text.len);
    }
    if (open == SIZE_MAX)
        return false;
    close = dtl_str_find_char(rest, ')');
    if (close == SIZE_MAX || close > 40)
        return false;
    rest = dtl_str_sub(rest, close + 1, rest.len);
    if (rest.len > DATE_MAX_BYTES)
        return false;
    for (size_t i = 0; i < rest.len; i++)
        digits |= dtl_is_digit(rest.ptr[i]);
    if (!digits)
        return false;
    for (size_t i = open; i-- > 0 && open - i < NAME_MAX_BYTES;)
        if (text.ptr[i] == ' ' && dash_before(dtl_str_sub(text, 0, i + 1)))
            return true;
    return false;
}

static bool read_post(dtl_str text, dtl_arena *arena, dtl_embed *e)
{
    dtl_str words = text;

    *e = (dtl_embed){.kind = DTL_EMBED_POST};
    for (size_t i = 0; i < sizeof openings / sizeof openings[0]; i++) {
        dtl_str o = dtl_str_of(openings[i].words);

        if (!dtl_str_starts_nocase(text, o))
            continue;
        e->platform = dtl_str_of(openings[i].platform);
        if (dtl_str_starts_nocase(o, DTL_STR("v")))
            words = dtl_str_trim(dtl_str_sub(text, o.len, text.len));
        break;
    }
    if (!e->platform.ptr && ends_as_tweet(text))
        e->platform = DTL_STR("twitter");
    if (!e->platform.ptr)
        return false;
    dtl_embed_from_words(e, words, arena);
    return true;
}

/* ---- Paragraphs -------------------------------------------------------- */

typedef struct {
    dtl_layout layout;
    dtl_arena *arena;
    dtl_buf line; /* the paragraph in work, white space collapsed */
} record;

static void collapse(dtl_str raw, dtl_buf *out)
{
    dtl_str rest = raw, word;

    dtl_buf_reset(out);
    while (dtl_str_word(&rest, &word)) {
        if (out->len)
            dtl_buf_putc(out, ' ');
        dtl_buf_str(out, word);
    }
}

static void add_paragraph(record *r, dtl_str raw, size_t start)
{
    dtl_block b = {.kind = DTL_BLOCK_PARAGRAPH};
    dtl_residue residue;
    dtl_embed embed;
    dtl_note note;
    dtl_str text;

    collapse(raw, &r->line);
    if (!r->line.len || r->line.status != DTL_OK)
        return;
    text = dtl_arena_copy(r->arena, dtl_buf_view(&r->line));
    if (!text.ptr) {
        r->layout.status = DTL_NOMEM;
        return;
    }
    b.source_start = start;
    b.source_end = start + raw.len;
    if (read_post(text, r->arena, &embed)) {
        dtl_layout_embed(&r->layout, &embed, b.source_start, b.source_end,
                         DTL_ORIGIN_PAGE);
        return;
    }
    residue = dtl_residue_of_text(text);
    if (dtl_note_of(text, residue, (dtl_str){NULL, 0}, &note))
        dtl_layout_note(&r->layout, &note);
    else if (!(residue.kind == DTL_RESIDUE_RELATED &&
               (residue.label || residue.reach == DTL_RESIDUE_WHOLE_LINE)) &&
             residue.kind != DTL_RESIDUE_AD &&
             residue.kind != DTL_RESIDUE_SHARE)
        dtl_layout_add(&r->layout, &b, text, dtl_measure_text(text).words);
}

/* The next paragraph of text at or after *at; white space around it is cut. */
static bool next_paragraph(dtl_str text, bool lines, size_t *at, size_t *start,
                           size_t *end)
{
    size_t i = *at;

    while (i < text.len && dtl_is_space(text.ptr[i]))
        i++;
    *start = *end = i;
    while (i < text.len) {
        if (text.ptr[i] == '\n' || text.ptr[i] == '\r') {
            size_t k = i +
                       (text.ptr[i] == '\r' && i + 1 < text.len &&
                        text.ptr[i + 1] == '\n') +
                       1;

            while (k < text.len && (text.ptr[k] == ' ' || text.ptr[k] == '\t'))
                k++;
            if (lines || k == text.len || text.ptr[k] == '\n' ||
                text.ptr[k] == '\r')
                break;
        }
        if (!dtl_is_space(text.ptr[i]))
            *end = i + 1;
        i++;
    }
    *at = i;
    return *end > *start;
}

static bool has_empty_line(dtl_str text)
{
    bool newline = false;

    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\n') {
            if (newline)
                return true;
            newline = true;
        } else if (!dtl_is_space(text.ptr[i])) {
            newline = false;
        }
    }
    return false;
}

dtl_status dtl_record_read(dtl_str text, dtl_article *a)
{
    record r = {.arena = a->arena};
    dtl_str day;
    size_t at = read_date(text, &day), start, end;
    bool lines = !has_empty_line(dtl_str_sub(text, at, text.len));

    if (at) {
        a->published.value = dtl_arena_copy(a->arena, day);
        a->published.precision = DTL_PRECISION_DAY;
        a->published.evidence = DTL_STR("record date line");
        a->published.confidence = 0.9;
        if (!a->published.value.ptr)
            return DTL_NOMEM;
    }
    dtl_layout_init(&r.layout, a);
    while (next_paragraph(text, lines, &at, &start, &end))
        add_paragraph(&r, dtl_str_sub(text, start, end), start);
    if (r.line.status != DTL_OK)
        r.layout.status = r.line.status;
    dtl_buf_clear(&r.line);
    if (dtl_layout_end(&r.layout) != DTL_OK)
        return DTL_NOMEM;
    if (a->text.len) {
        a->observed = DTL_OBSERVED_FULL;
    } else {
        a->status = DTL_STATUS_EMPTY;
        a->reason = DTL_STR("nothing to read was found");
    }
    return DTL_OK;
}
