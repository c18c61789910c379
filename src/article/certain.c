/* The rules, one after the other; each looks at blocks that stayed so far. */
#include "article/certain.h"
#include "article/author_names.h"
#include "article/class_words.h"
#include "base/date_parse.h"
#include "base/str.h"

enum {
    PROSE = 60,      /* weight of a sentence that is text by itself */
    LINE_WORDS = 30, /* a byline with roles, places and two dates */
    TAIL_WORDS = 14, /* a line in brackets behind the text */
    LABEL_WORDS = 8, /* of a line that names a box */
    QUOTE_MIN = 15,  /* bytes of a pull quote; less is said by chance */
    QUOTE_MAX = 600,
    LONGER = 12, /* bytes that the text has beside its pull quote */
    QUOTES = 24  /* looked at on one page */
};

typedef struct {
    dtl_region *r;
    dtl_verdict *v;
    const dtl_block_entry *blocks;
    uint32_t count;
    uint32_t prose; /* the first sentence that stays; count when none does */
    uint32_t last;  /* the last text that stays; count when none does */
    dtl_status status;
} rules;

static bool stays(const rules *s, uint32_t i)
{
    return s->v[i].keep && s->blocks[i].type == DTL_BLOCK_IS_TEXT;
}

static void drop(rules *s, uint32_t i, dtl_why why)
{
    s->v[i].keep = false;
    s->v[i].why = (uint8_t)why;
}

static void drop_run(rules *s, uint32_t from, uint32_t to, dtl_why why)
{
    for (uint32_t i = from; i < to; i++)
        if (s->v[i].keep)
            drop(s, i, why);
}

static const dtl_box_note *note_of(const rules *s, uint32_t i)
{
    return &s->r->notes[s->blocks[i].box];
}

static bool is_sentence(const dtl_block_entry *e)
{
    return !e->heading && e->m.weight >= PROSE && e->m.end == DTL_END_STOP &&
           e->m.words > 6;
}

/* Where the body begins and ends, as far as it is known by now. */
static void find_ends(rules *s)
{
    s->prose = s->last = s->count;
    for (uint32_t i = 0; i < s->count; i++) {
        if (!stays(s, i))
            continue;
        s->last = i;
        if (s->prose == s->count && is_sentence(&s->blocks[i]) &&
            dtl_class_level(s->r, i, DTL_CW_SUMMARY) < 2 &&
            !(note_of(s, i)->bits & (DTL_CW_AUTHOR | DTL_CW_META)))
            s->prose = i;
    }
}

static bool holds_block(const dtl_box *box, uint32_t i)
{
    return i >= box->first && i < box->end;
}

static bool holds_title(const rules *s, const dtl_box *box)
{
    return holds_block(box, s->r->title_block);
}

/* ---- Readers' words, and what nobody sees -------------------------------- */

/* region.c trusts prose least in comments and in talk of consent, unless
 * the headline stands in it or the box is most of the page and no comment.
 * Boxes that name themselves body too speak of what is around it, and what
 * an editor says of a picture may be its comment. */
static bool is_stranger(const dtl_box_note *n)
{
    static const float LEAST = 0.06f;

    return n->trust < LEAST && n->bits & (DTL_CW_COMMENT | DTL_CW_CONSENT) &&
           !(n->bits & (DTL_CW_BODY | DTL_CW_LIVE | DTL_CW_MEDIA));
}

/* Behind two paragraphs of an article's: a forum's page is all comments. */
static void drop_strangers(rules *s)
{
    unsigned own = 0;

    for (uint32_t i = 0; i < s->count; i++) {
        const dtl_box_note *n = note_of(s, i);

        if (!stays(s, i))
            continue;
        if (!is_stranger(n))
            own += is_sentence(&s->blocks[i]);
        else if (own >= 2 || (own && n->bits & DTL_CW_CONSENT))
            drop(s, i, DTL_WHY_STRANGER);
    }
}

static void drop_hidden(rules *s)
{
    for (uint32_t i = 0; i < s->count; i++) {
        const dtl_box *box = &s->r->b->boxes[s->blocks[i].box];
        const dtl_box_note *n = note_of(s, i);

        if (stays(s, i) && (box->bits & DTL_CW_SPOKEN ||
                            (n->in & DTL_IN_HIDDEN && n->bits & DTL_CW_MODAL)))
            drop(s, i, DTL_WHY_HIDDEN);
    }
}

/* ---- Before the headline ------------------------------------------------- */

/* Where the article follows its headline, what stands before it is a menu, a
 * ticker or a box of another matter. */
static void drop_before_title(rules *s)
{
    uint32_t title = s->r->title_block;

    if (title == DTL_NO_BLOCK || s->prose == s->count || title > s->prose + 8)
        return;
    if (s->r->places[title].prose_after < 0.8f)
        return;
    for (uint32_t i = 0; i < title; i++)
        if (stays(s, i) && dtl_class_level(s->r, i, DTL_CW_SUMMARY) < 2 &&
            dtl_desc_match(s->r, i) < 0.5f)
            drop(s, i, DTL_WHY_BEFORE);
}

/* ---- Beside the headline ------------------------------------------------- */

/* The innermost box with the headline and a paragraph behind it. */
static uint32_t title_box(const rules *s)
{
    uint32_t title = s->r->title_block, at = s->blocks[title].box;

    while (at && s->r->b->boxes[at].end <= s->prose)
        at = s->r->b->boxes[at].parent;
    return at;
}

/* The only box beside another, if it is of another kind; 0: there are more,
 * or none. */
static uint32_t only_sibling(const dtl_blocks *b, uint32_t mine)
{
    uint32_t found = 0;

    for (uint32_t i = b->boxes[mine].parent + 1; i < b->box_count; i++) {
        if (b->boxes[i].depth < b->boxes[mine].depth)
            break;
        if (b->boxes[i].parent != b->boxes[mine].parent || i == mine)
            continue;
        if (found || b->boxes[i].signature == b->boxes[mine].signature)
            return 0;
        found = i;
    }
    return found;
}

/* A column beside that of a short article may have more text than it: a box
 * that opens with a heading of its own. */
static void drop_beside_title(rules *s)
{
    const dtl_blocks *b = s->r->b;
    uint32_t mine, other, k;

    if (s->r->title_block == DTL_NO_BLOCK || s->prose == s->count ||
        s->prose < s->r->title_block || dtl_desc_match(s->r, s->prose) > 0.5f)
        return;
    mine = title_box(s);
    other = mine ? only_sibling(b, mine) : 0;
    if (!other || b->boxes[other].first < b->boxes[mine].end)
        return;
    for (k = b->boxes[other].first; s->blocks[k].type != DTL_BLOCK_IS_TEXT;)
        if (++k >= b->boxes[other].end)
            return;
    if (s->blocks[k].heading)
        drop_run(s, k, b->boxes[other].end, DTL_WHY_BESIDE);
}

/* ---- Lines between headline and body ------------------------------------- */

static size_t date_bytes(dtl_str text)
{
    static const dtl_date_hints hints = {0};
    size_t from = 0, start, end, sum = 0;
    dtl_date_time t;

    while (dtl_date_find(text, from, &hints, &t, &start, &end)) {
        sum += end - start;
        from = end;
    }
    return sum;
}

/* Names, with what stands around them in bylines, and nothing else. */
static bool is_byline(rules *s, const dtl_block_entry *e)
{
    dtl_author_names names;
    dtl_site_names none = {0};

    dtl_author_names_read(e->text, &none, s->r->arena, &names, &s->status);
    if (!names.count)
        return false;
    return names.said_by || names.spent * 4 > e->text.len * 3;
}

static bool is_head_line(rules *s, uint32_t i)
{
    const dtl_block_entry *e = &s->blocks[i];
    dtl_residue res = dtl_residue_at(s->r, i);
    bool named = note_of(s, i)->bits & (DTL_CW_AUTHOR | DTL_CW_META);
    size_t dates;

    if (e->heading || e->m.words > LINE_WORDS ||
        dtl_class_level(s->r, i, DTL_CW_SUMMARY) >= 2 ||
        dtl_desc_match(s->r, i) > 0.5f)
        return false;
    if (res.kind == DTL_RESIDUE_DATE || res.kind == DTL_RESIDUE_CLOCK ||
        (res.kind == DTL_RESIDUE_AUTHOR && !e->m.stops))
        return true;
    if (e->time_letters * 2 > e->m.letters)
        return true;
    dates = e->m.digits ? date_bytes(e->text) : 0;
    if (dates * 3 > e->text.len ||
        ((dates || e->time_letters) &&
         (named || dtl_author_match(s->r, i) > 0.1f)))
        return true;
    if (e->m.end == DTL_END_STOP || e->table)
        return false;
    if (dtl_author_match(s->r, i) >= 0.5f)
        return true;
    return (named || dtl_author_label(e->text)) && is_byline(s, e);
}

/* A byline with a full stop behind its last word looks like a sentence. */
static bool is_head_sentence(rules *s)
{
    const dtl_block_entry *e;

    if (s->prose == s->count)
        return false;
    e = &s->blocks[s->prose];
    return e->time_letters && e->m.stops < 2 &&
           dtl_author_match(s->r, s->prose) > 0.1f && is_head_line(s, s->prose);
}

/* The first sentence behind the standfirst: what the page's description says
 * may stand over the byline. */
static uint32_t behind_standfirst(const rules *s)
{
    uint32_t i = s->prose;

    if (i == s->count || dtl_desc_match(s->r, i) <= 0.8f)
        return i;
    for (i++; i < s->count; i++)
        if (stays(s, i) && is_sentence(&s->blocks[i]))
            return i;
    return s->prose;
}

static void drop_head_lines(rules *s)
{
    uint32_t to;
    uint32_t from = s->r->title_block == DTL_NO_BLOCK ? 0 : s->r->title_block;

    if (is_head_sentence(s)) {
        drop(s, s->prose, DTL_WHY_HEAD_LINE);
        find_ends(s);
    }
    to = behind_standfirst(s);
    for (uint32_t i = from; i < to; i++)
        if (i != s->prose && stays(s, i) && is_head_line(s, i))
            drop(s, i, DTL_WHY_HEAD_LINE);
}

static bool is_in_brackets(dtl_str t)
{
    return (dtl_str_starts(t, DTL_STR("(")) && dtl_str_ends(t, DTL_STR(")"))) ||
           (dtl_str_starts(t, DTL_STR("（")) && dtl_str_ends(t, DTL_STR("）")));
}

/* Who wrote it, whose it is, where it stands: "(dpa)", "（山路透）",
 * "© The Tern", "Find this story at: https://tern.example/local/ferry". */
static bool is_tail_line(const dtl_block_entry *e)
{
    if (e->heading || e->m.words > TAIL_WORDS)
        return false;
    if (is_in_brackets(e->text))
        return !e->m.stops;
    if (e->table)
        return false;
    return dtl_str_starts(e->text, DTL_STR("©")) ||
           (dtl_str_find(e->text, DTL_STR("://")) != SIZE_MAX &&
            e->m.end != DTL_END_STOP);
}

static void drop_tail_lines(rules *s)
{
    while (s->last != s->count && is_tail_line(&s->blocks[s->last])) {
        drop(s, s->last, DTL_WHY_TAIL_LINE);
        find_ends(s);
    }
}

/* ---- Lines in the body ------------------------------------------------------
 */

/* Counters of slides, clocks, labels of players. */
static bool is_counter(dtl_residue r, const dtl_block_entry *e)
{
    switch (r.kind) {
    case DTL_RESIDUE_PLAYER:
        return r.reach == DTL_RESIDUE_WHOLE_LINE && !r.label;
    case DTL_RESIDUE_CLOCK:
        return e->m.words <= 3;
    default:
        return false;
    }
}

/* A line of its own, with no sentence in it, that leads to a shop or to another
 * place on the page. */
static bool leads_down(const rules *s, const dtl_block_entry *e)
{
    dtl_html_ref n = s->r->b->links[e->first_link].node;
    dtl_str href = dtl_html_attr_value(s->r->doc, n, DTL_N_HREF);

    return href.len > 1 && href.ptr[0] == '#';
}

static bool is_link_line(const rules *s, const dtl_block_entry *e)
{
    const dtl_box *box = &s->r->b->boxes[e->box];

    return dtl_link_share(e) > 0.95f && e->link_count == 1 && e->m.words <= 8 &&
           !e->list_depth && e->m.end != DTL_END_STOP &&
           !(e->in & DTL_IN_PRE) &&
           (box->bits & (DTL_CW_PROMO | DTL_CW_AD) || leads_down(s, e));
}

static void drop_body_lines(rules *s)
{
    for (uint32_t i = 0; i < s->count; i++) {
        const dtl_block_entry *e = &s->blocks[i];

        if (!stays(s, i) || e->heading || e->table)
            continue;
        if (is_counter(dtl_residue_at(s->r, i), e))
            drop(s, i, DTL_WHY_COUNTER);
        else if (is_link_line(s, e))
            drop(s, i, DTL_WHY_LINK_LINE);
    }
}

/* ---- Headings ------------------------------------
 */

/* A heading of a box of which nothing else stays. */
static bool heads_nothing(const rules *s, uint32_t i)
{
    const dtl_box *box = &s->r->b->boxes[note_of(s, i)->group];
    uint32_t texts = 0;

    if (!note_of(s, i)->group || box->depth <= s->r->b->boxes[s->r->root].depth)
        return false;
    for (uint32_t k = box->first; k < box->end; k++) {
        if (k == i || s->blocks[k].type != DTL_BLOCK_IS_TEXT)
            continue;
        if (s->v[k].keep)
            return false;
        texts++;
    }
    return texts > 0;
}

/* Whether a heading stands in the body as well as the text behind it. */
static bool heads(const rules *s, uint32_t i, uint32_t next)
{
    return s->v[next].keep && !s->blocks[next].heading &&
           next < s->r->b->boxes[note_of(s, i)->group].end &&
           note_of(s, i)->trust >= note_of(s, next)->trust &&
           holds_block(&s->r->b->boxes[s->r->root], i) &&
           !dtl_residue_at(s->r, i).kind &&
           dtl_link_share(&s->blocks[i]) < 0.1f;
}

/* The next text behind i. */
static uint32_t next_text(const rules *s, uint32_t i)
{
    do
        i++;
    while (i < s->count && s->blocks[i].type != DTL_BLOCK_IS_TEXT);
    return i;
}

static void settle_headings(rules *s)
{
    static const float LEAST_HEADING = -0.8f;
    uint32_t title = s->r->title_block == DTL_NO_BLOCK ? 0 : s->r->title_block;

    for (uint32_t i = 0; i < s->count; i++) {
        const dtl_block_entry *e = &s->blocks[i];
        uint32_t next;

        if (e->type != DTL_BLOCK_IS_TEXT || !e->heading)
            continue;
        if (s->v[i].keep) {
            if (i > s->prose && heads_nothing(s, i))
                drop(s, i, DTL_WHY_HEADING);
            continue;
        }
        next = next_text(s, i);
        if (i <= title || s->v[i].why != DTL_WHY_SCORE ||
            s->v[i].score < LEAST_HEADING || next == s->count ||
            !heads(s, i, next))
            continue;
        s->v[i].keep = true;
        s->v[i].why = DTL_WHY_HEADS;
    }
}

/* ---- Boxes that say what they are ---------------------------------------- */

/* Whether a line of this kind names the box that it opens. */
static bool names_box(dtl_residue r)
{
    switch (r.kind) {
    case DTL_RESIDUE_AUTHOR:
    case DTL_RESIDUE_NEWSLETTER:
    case DTL_RESIDUE_COMMENTS:
        return true;
    case DTL_RESIDUE_PAYWALL:
    case DTL_RESIDUE_RELATED:
        return r.reach == DTL_RESIDUE_WHOLE_LINE;
    default:
        return false;
    }
}

static bool opens(const rules *s, const dtl_box *box, uint32_t i)
{
    for (uint32_t k = box->first; k < i; k++)
        if (s->blocks[k].type == DTL_BLOCK_IS_TEXT)
            return false;
    return true;
}

static bool speaks_of_wall(const rules *s, const dtl_box *box)
{
    for (uint32_t k = box->first; k < box->end; k++)
        if (dtl_residue_at(s->r, k).kind == DTL_RESIDUE_PAYWALL)
            return true;
    return false;
}

/* How much of the prose a box may have. A wall's words can outweigh what is
 * left of an article before it. */
static float most_prose(const rules *s, const dtl_box *box)
{
    return box->first > s->prose && speaks_of_wall(s, box) ? 0.6f : 0.25f;
}

static void drop_named_boxes(rules *s)
{
    const dtl_blocks *b = s->r->b;
    const dtl_box *root = &b->boxes[s->r->root];

    for (uint32_t i = root->first; i < root->end; i++) {
        uint32_t g = note_of(s, i)->group;
        const dtl_box *box = &b->boxes[g];

        if (s->blocks[i].type != DTL_BLOCK_IS_TEXT || !g ||
            s->blocks[i].m.words > LABEL_WORDS ||
            !names_box(dtl_residue_at(s->r, i)) || box->depth <= root->depth ||
            holds_title(s, box) || !opens(s, box, i) ||
            box->prose > most_prose(s, box) * root->prose)
            continue;
        drop_run(s, box->first, box->end, DTL_WHY_NAMED_BOX);
    }
}

static bool names_list(const rules *s, uint32_t i)
{
    dtl_residue res = dtl_residue_at(s->r, i);

    return res.kind == DTL_RESIDUE_RELATED &&
           res.reach == DTL_RESIDUE_WHOLE_LINE;
}

/* A list of links right behind "Read also" goes with it. */
static void drop_named_lists(rules *s)
{
    uint32_t end;

    for (uint32_t i = 0; i + 1 < s->count; i = end) {
        bool any = false;

        for (end = i + 1; end < s->count && s->blocks[end].list_depth &&
                          dtl_link_share(&s->blocks[end]) > 0.8f;
             end++)
            any |= stays(s, end);
        if (any && s->blocks[i].type == DTL_BLOCK_IS_TEXT && !s->v[i].keep &&
            !s->blocks[i].list_depth && names_list(s, i))
            drop_run(s, i + 1, end, DTL_WHY_NAMED_BOX);
    }
}

/* A card about the author, beside the byline or behind the text. */
static void drop_author_cards(rules *s)
{
    for (uint32_t i = 0; i < s->count; i++)
        if (stays(s, i) && note_of(s, i)->bits & DTL_CW_AUTHOR &&
            (i < s->prose || s->r->places[i].prose_after < 0.03f))
            drop(s, i, DTL_WHY_AUTHOR);
}

/* ---- Walls --------------------------------------------------------------- */

/* The outermost box around i that is named after a paywall. */
static uint32_t wall_box(const rules *s, uint32_t i)
{
    const dtl_blocks *b = s->r->b;
    uint32_t found = 0;

    for (uint32_t at = s->blocks[i].box; at; at = b->boxes[at].parent)
        if (b->boxes[at].bits & DTL_CW_PAYWALL)
            found = at;
    return found;
}

/* What is put where text will be, and blurred, in front of a wall. */
static void drop_filler(rules *s, uint32_t to)
{
    for (uint32_t i = s->prose; i < to; i++)
        if (stays(s, i) && dtl_str_starts_nocase(s->blocks[i].text,
                                                 DTL_STR("lorem ipsum dolor")))
            drop(s, i, DTL_WHY_WALL);
}

/* What stands in a wall's box behind a line that says so. */
static void drop_walls(rules *s)
{
    for (uint32_t i = s->prose; i < s->count; i++) {
        dtl_residue_kind kind;
        uint32_t box;

        if (s->blocks[i].type != DTL_BLOCK_IS_TEXT ||
            !(note_of(s, i)->bits & DTL_CW_PAYWALL))
            continue;
        kind = dtl_residue_at(s->r, i).kind;
        if (kind != DTL_RESIDUE_PAYWALL && kind != DTL_RESIDUE_NEWSLETTER)
            continue;
        box = wall_box(s, i);
        if (!box || s->r->b->boxes[box].first <= s->prose)
            continue;
        drop_run(s, i, s->r->b->boxes[box].end, DTL_WHY_WALL);
        drop_filler(s, i);
    }
}

/* ---- Pull quotes --------------------------------------------------------- */

/* Without the marks and spaces around it. */
static dtl_str bare(dtl_str t)
{
    static const char *const marks[] = {"“",  "”", "„", "«", "»", "‘", "’",
                                        "\"", "'", " ", ".", "…", "‹", "›"};
    bool again = true;

    while (again && t.len) {
        again = false;
        for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
            dtl_str m = dtl_str_of(marks[i]);

            if (dtl_str_starts(t, m)) {
                t = dtl_str_sub(t, m.len, t.len);
                again = true;
            }
            if (dtl_str_ends(t, m)) {
                t = dtl_str_sub(t, 0, t.len - m.len);
                again = true;
            }
        }
    }
    return t;
}

static bool may_be_pull_quote(const rules *s, uint32_t i)
{
    const dtl_block_entry *e = &s->blocks[i];
    const dtl_box_note *n = note_of(s, i);

    return stays(s, i) && !e->table && e->m.words > 3 &&
           e->text.len >= QUOTE_MIN && e->text.len <= QUOTE_MAX &&
           (n->in & (DTL_IN_QUOTE | DTL_IN_ASIDE | DTL_IN_FIGURE) ||
            n->bits & DTL_CW_QUOTE);
}

static void drop_pull_quotes(rules *s)
{
    unsigned looked = 0;

    for (uint32_t i = 0; i < s->count && looked < QUOTES; i++) {
        dtl_str words;

        if (!may_be_pull_quote(s, i))
            continue;
        looked++;
        words = bare(s->blocks[i].text);
        for (uint32_t k = 0; words.len >= QUOTE_MIN && k < s->count; k++) {
            if (k == i || !stays(s, k) ||
                s->blocks[k].text.len < s->blocks[i].text.len + LONGER ||
                dtl_str_find(s->blocks[k].text, words) == SIZE_MAX)
                continue;
            drop(s, i, DTL_WHY_PULL_QUOTE);
            break;
        }
    }
}

dtl_status dtl_certain(dtl_region *r, dtl_verdict *v)
{
    rules s = {.r = r,
               .v = v,
               .blocks = r->b->blocks,
               .count = (uint32_t)r->b->block_count};

    drop_strangers(&s);
    drop_hidden(&s);
    find_ends(&s);
    drop_before_title(&s);
    drop_beside_title(&s);
    drop_head_lines(&s);
    drop_named_boxes(&s);
    drop_named_lists(&s);
    drop_author_cards(&s);
    drop_walls(&s);
    drop_pull_quotes(&s);
    drop_body_lines(&s);
    find_ends(&s);
    settle_headings(&s);
    drop_tail_lines(&s);
    return s.status;
}
