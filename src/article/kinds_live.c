/* Live pages: entries one after the other, each with its time.
 *
 * Entries are boxes of one name and class under one parent, three and more,
 * each with a time among its first blocks. They make a live page where the
 * page says that it is one: in its data, its headline, its address or its
 * class names. An entry opens with its headline, or with its clock line where
 * it has none; other clock lines and bylines stay out. Pages without such boxes
 * open their entries with headings that begin with the hour. */
#include "article/kinds.h"
#include "article/class_words.h"
#include "article/sums.h"
#include "base/date_parse.h"
#include "base/needles.h"
#include "base/str.h"

enum {
    OPENING = 4, /* blocks of an entry among which its time is looked for */
    CLOCK_WORDS = 6
};

/* Words in headlines and addresses that announce a live page. */
static const char *const live_words[] = {
    "live",        "liveblog",     "live-blog",      "liveticker",
    "live-ticker", "live-updates", "ticker",         "newsblog",
    "news-blog",   "newsticker",   "as it happened", "en direct",
    "en-direct",   "en vivo",      "en-vivo",        "minuto a minuto",
    "ao vivo",     "ao-vivo",      "in diretta",     "diretta",
    "canlı",       "na żywo",      "živě",           "ao minuto",
    "онлайн",      "прямой эфир",  "ライブ",         "速報",
    "直播",        "생중계",
};

static bool names_live(dtl_str s)
{
    static dtl_needles live = DTL_NEEDLES(live_words);

    if (!dtl_needles_any(&live, s))
        return false;
    for (size_t i = 0; i < sizeof live_words / sizeof live_words[0]; i++) {
        dtl_str word = dtl_str_of(live_words[i]), rest = s;
        size_t at;

        while ((at = dtl_str_find_nocase(rest, word)) != SIZE_MAX) {
            size_t end = at + word.len;
            bool before = at && dtl_is_alpha(rest.ptr[at - 1]);
            bool after = end < rest.len && dtl_is_alpha(rest.ptr[end]);

            if (!before && !after)
                return true;
            rest = dtl_str_sub(rest, end, rest.len);
        }
    }
    return false;
}

static bool says_live(const dtl_kinds *k)
{
    const dtl_facts *f = k->region->facts;
    const dtl_article *a = k->article;

    return a->kind == DTL_KIND_LIVE || f->update_count > 1 ||
           names_live(a->title) || names_live(a->url) ||
           names_live(a->canonical_url);
}

static bool has_time(const dtl_region *r, const dtl_box *box)
{
    uint32_t seen = 0;

    for (uint32_t i = box->first; i < box->end && seen < OPENING; i++) {
        const dtl_block_entry *e = &r->b->blocks[i];

        if (e->type != DTL_BLOCK_IS_TEXT)
            continue;
        seen++;
        if (e->time_letters || (e->m.words <= CLOCK_WORDS && e->m.digits >= 2 &&
                                e->m.digits * 3 >= e->m.letters))
            return true;
    }
    return false;
}

/* The datetime of the first <time> in a box. */
static dtl_str time_of(const dtl_region *r, const dtl_box *box, dtl_status *st)
{
    dtl_html_doc *d = r->doc;
    dtl_html_ref end = dtl_html_subtree_end(d, box->node);
    dtl_html_ref n = dtl_html_find(d, box->node, end, DTL_N_TIME);
    dtl_str written, value = {NULL, 0};
    dtl_date_time when;

    if (!n)
        return value;
    written = dtl_html_attr_value(d, n, DTL_N_DATETIME);
    if (!written.len || !dtl_date_parse(written, NULL, &when))
        return value;
    value = dtl_date_format(&when, r->arena);
    if (!value.ptr)
        *st = DTL_NOMEM;
    return value;
}

/* The block that opens an entry: its headline, else its clock line. */
static uint32_t opener(const dtl_kinds *k, const dtl_box *box)
{
    const dtl_blocks *b = k->region->b;
    uint32_t clock = DTL_NO_BLOCK, seen = 0;

    for (uint32_t i = box->first; i < box->end && seen < OPENING + 2; i++) {
        const dtl_block_entry *e = &b->blocks[i];

        if (e->type != DTL_BLOCK_IS_TEXT)
            continue;
        seen++;
        if (e->heading)
            return i;
        if (clock == DTL_NO_BLOCK && e->m.words <= CLOCK_WORDS &&
            (e->time_letters || e->m.digits >= 2))
            clock = i;
        else if (k->verdicts[i].keep && e->m.weight > 60)
            break;
    }
    return clock;
}

static bool keeps_text(const dtl_kinds *k, const dtl_box *box)
{
    for (uint32_t i = box->first; i < box->end; i++)
        if (k->verdicts[i].keep && !k->region->b->blocks[i].heading)
            return true;
    return false;
}

static void open_entry(dtl_kinds *k, const dtl_box *box, dtl_status *st)
{
    const dtl_blocks *b = k->region->b;
    uint32_t first = opener(k, box);

    if (first == DTL_NO_BLOCK || !keeps_text(k, box))
        return;
    k->verdicts[first].keep = true;
    k->verdicts[first].kind = DTL_BLOCK_LIVE_ENTRY;
    k->verdicts[first].level = 0;
    k->verdicts[first].why = DTL_WHY_ENTRY;
    k->verdicts[first].published = time_of(k->region, box, st);
    for (uint32_t i = box->first; i < box->end; i++) {
        const dtl_block_entry *e = &b->blocks[i];

        if (i != first && k->verdicts[i].keep && e->type == DTL_BLOCK_IS_TEXT &&
            e->time_letters * 2 > e->m.letters)
            k->verdicts[i].keep = false;
    }
}

static bool are_twins(const dtl_box *a, const dtl_box *b)
{
    return a->parent == b->parent && a->signature == b->signature;
}

/* For each box, how many of its name and class its parent has: of each kind,
 * the first counts for all. NULL when out of memory. */
static uint32_t *count_twins(const dtl_region *r)
{
    const dtl_blocks *b = r->b;
    size_t size = dtl_slots_for(b->box_count), at;
    uint32_t *slots = dtl_arena_calloc(r->arena, size, sizeof *slots);
    uint32_t *first = dtl_arena_calloc(r->arena, b->box_count, sizeof *first);
    uint32_t *twins = dtl_arena_calloc(r->arena, b->box_count, sizeof *twins);

    if (!slots || !first || !twins)
        return NULL;
    for (uint32_t i = 1; i < b->box_count; i++) {
        const dtl_box *box = &b->boxes[i];
        uint64_t key = (uint64_t)box->parent << 32 | box->signature;

        at = (key * UINT64_C(0x9e3779b97f4a7c15)) >> 36 & (size - 1);
        while (slots[at] && !are_twins(box, &b->boxes[slots[at]]))
            at = (at + 1) & (size - 1);
        if (!slots[at])
            slots[at] = i;
        first[i] = slots[at];
        twins[first[i]]++;
    }
    for (uint32_t i = 1; i < b->box_count; i++)
        twins[i] = twins[first[i]];
    return twins;
}

/* A box of the most that look like entries; 0 where none does. */
static uint32_t find_entry(const dtl_region *r, const uint32_t *twins)
{
    const dtl_blocks *b = r->b;
    uint32_t best = 0, most = 0;

    for (uint32_t i = 1; i < b->box_count; i++) {
        const dtl_box *box = &b->boxes[i];

        if (twins[i] < 3 || twins[i] <= most || box->prose <= 0 ||
            box->first < b->boxes[r->root].first ||
            box->end > b->boxes[r->root].end || box->texts < 2)
            continue;
        if (has_time(r, box)) {
            best = i;
            most = twins[i];
        }
    }
    return best;
}

/* Beside an entry: one of its class, or one of its element that has a time
 * of its own; summaries among entries have a class more. */
static bool is_entry(const dtl_region *r, const dtl_box *box,
                     const dtl_box *like)
{
    return box->parent == like->parent &&
           (box->signature == like->signature ||
            (box->name == like->name && box->texts >= 2 && has_time(r, box)));
}

static bool has_digits(dtl_str s, size_t at, size_t count)
{
    for (size_t i = at; i < at + count; i++)
        if (i >= s.len || !dtl_is_digit(s.ptr[i]))
            return false;
    return at + count == s.len || !dtl_is_digit(s.ptr[at + count]);
}

/* "12:31", "7.05 Uhr", "9h30" at the beginning of a heading, with words behind
 * it. */
static bool starts_with_clock(const dtl_block_entry *e)
{
    dtl_str s = e->text;
    size_t hour = has_digits(s, 0, 2) ? 2 : has_digits(s, 0, 1) ? 1 : 0;

    return hour && e->m.words > 3 && hour < s.len &&
           strchr(":.hH", s.ptr[hour]) && has_digits(s, hour + 1, 2) &&
           (hour + 3 == s.len || s.ptr[hour + 3] != '.');
}

/* Headings with the hour, three and more, on a page that says it is live. See
 * cases/article/live-headings-with-the-hour. */
static bool open_headings(dtl_kinds *k)
{
    const dtl_blocks *b = k->region->b;
    uint32_t entries = 0;

    for (uint32_t i = 0; i < b->block_count; i++)
        entries += k->verdicts[i].keep &&
                   k->verdicts[i].kind == DTL_BLOCK_HEADING &&
                   starts_with_clock(&b->blocks[i]);
    if (entries < 3 || !says_live(k))
        return false;
    for (uint32_t i = 0; i < b->block_count; i++) {
        if (!k->verdicts[i].keep || k->verdicts[i].kind != DTL_BLOCK_HEADING ||
            !starts_with_clock(&b->blocks[i]))
            continue;
        k->verdicts[i].kind = DTL_BLOCK_LIVE_ENTRY;
        k->verdicts[i].level = 0;
        k->verdicts[i].why = DTL_WHY_ENTRY;
    }
    return true;
}

/* Whether a box in the root says that it is live. */
static bool has_live_box(const dtl_region *r)
{
    const dtl_blocks *b = r->b;

    for (uint32_t i = 1; i < b->box_count; i++)
        if (b->boxes[i].bits & DTL_CW_LIVE &&
            b->boxes[i].first >= b->boxes[r->root].first &&
            b->boxes[i].end <= b->boxes[r->root].end)
            return true;
    return false;
}

static bool open_boxes(dtl_kinds *k, dtl_status *st)
{
    const dtl_blocks *b = k->region->b;
    bool says = says_live(k);
    uint32_t like, entries = 0;
    uint32_t *twins;

    if (!says && !has_live_box(k->region))
        return false;
    twins = count_twins(k->region);
    if (!twins) {
        *st = DTL_NOMEM;
        return false;
    }
    like = find_entry(k->region, twins);
    if (!like || (!says && !(b->boxes[like].bits & DTL_CW_LIVE)))
        return false;
    for (uint32_t i = 1; i < b->box_count; i++)
        entries += is_entry(k->region, &b->boxes[i], &b->boxes[like]) &&
                   has_time(k->region, &b->boxes[i]);
    if (entries < 3)
        return false;
    for (uint32_t i = 1; i < b->box_count; i++)
        if (is_entry(k->region, &b->boxes[i], &b->boxes[like]))
            open_entry(k, &b->boxes[i], st);
    return true;
}

bool dtl_kinds_live(dtl_kinds *k, dtl_status *st)
{
    return open_boxes(k, st) || open_headings(k);
}
