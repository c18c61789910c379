/* From the picture outwards, element by element, until one holds more than
 * the picture and its caption. In each, what is marked as caption or credit is
 * gathered: by element (figcaption), class word or property. A figure's only
 * text is its caption without a mark. */
#include "article/caption.h"
#include "article/class_words.h"
#include "article/credit.h"
#include "article/measure.h"
#include "article/residue.h"
#include "article/value.h"
#include "base/needles.h"
#include "base/str.h"

enum {
    LEVELS = 9,         /* elements around the picture that are looked into */
    NODES_MAX = 300,    /* of an element that is still looked into */
    TEXT_MAX = 1500,    /* bytes of a caption */
    OTHER_MAX = 250,    /* bytes of other text beside a caption */
    CREDIT_BYTES = 200, /* a credit has no more */
    DEPTH_MAX = 24      /* marked elements in each other */
};

typedef enum {
    MARK_NONE,
    MARK_CAPTION,
    MARK_CREDIT,
    MARK_SKIP /* not seen, or for machines and buttons */
} mark;

/* What the words of a class attribute mark, as bits. */
enum {
    WORD_CREDIT = 1,
    WORD_PEOPLE = 2, /* that credit a picture in its caption only */
    WORD_CAPTION = 4
};

typedef struct {
    dtl_html_doc *doc;
    dtl_caption_memo *memo;
    char caption[TEXT_MAX], credit[TEXT_MAX], other[TEXT_MAX];
    dtl_value_sink to[MARK_SKIP]; /* by mark: NONE is other text */
} gatherer;

/* Class names for captions that as words say something else. */
static bool has_short_word(dtl_str class)
{
    dtl_str name;

    while (dtl_str_word(&class, &name))
        if (name.len == 3 && (memcmp(name.ptr, "cap", 3) == 0 ||
                              memcmp(name.ptr, "pie", 3) == 0))
            return true;
    return false;
}

/* The words in a class name. Those for authors credit a picture only in a
 * caption; elsewhere they are about the article's. */
static uint32_t words_of(dtl_str class)
{
    static const char *const words[] = {
        "credit",   "copyright",   "photograph",  "fotograf",   "quelle",
        "nachweis", "source",      "fuente",      "fonte",      "rights",
        "agenc",    "agentur",     "distributor", "provider",   "kredit",
        "urheber",  "attribution", "rechte",      "fotocr",     "kaynak",
        "zdroj",    "zrodlo",      "istochnik",   "autor-foto", "foto-autor"};
    static const char *const authors[] = {"autor", "auteur", "author", "byline",
                                          "creator"};
    static dtl_needles credits = DTL_NEEDLES(words);
    static dtl_needles people = DTL_NEEDLES(authors);

    return (dtl_needles_any(&credits, class) ? WORD_CREDIT : 0) |
           (dtl_needles_any(&people, class) ? WORD_PEOPLE : 0) |
           (has_short_word(class) ? WORD_CAPTION : 0);
}

static uint32_t class_words(gatherer *g, const dtl_html_attr *class,
                            dtl_attr_note note)
{
    size_t at = note.hash % DTL_CAPTION_CLASSES;
    uint32_t len = class->end - class->start;
    const char *value = g->doc->text.ptr + class->start;

    if (!g->memo->known[at].value || g->memo->known[at].len != len ||
        memcmp(g->memo->known[at].value, value, len) != 0) {
        g->memo->known[at].value = value;
        g->memo->known[at].len = len;
        g->memo->known[at].words = words_of(dtl_html_attr_text(g->doc, class));
    }
    return g->memo->known[at].words;
}

static mark mark_of_property(dtl_str prop)
{
    static const char *const caption[] = {"caption", "description"};
    static const char *const credit[] = {"copyrightHolder", "creditText",
                                         "author",          "creator",
                                         "copyrightNotice", "provider"};

    if (!prop.len)
        return MARK_NONE;
    if (dtl_str_is_any_nocase(prop, caption, sizeof caption / sizeof *caption))
        return MARK_CAPTION;
    if (dtl_str_is_any_nocase(prop, credit, sizeof credit / sizeof *credit))
        return MARK_CREDIT;
    return MARK_NONE;
}

/* What an element that may be part of a caption is marked as. */
static mark mark_of_names(gatherer *g, dtl_html_ref n, bool in_caption)
{
    dtl_html_doc *d = g->doc;
    const dtl_html_node *node = &d->nodes[n];
    const dtl_html_attr *class = dtl_html_attr_find(d, n, DTL_N_CLASS);
    dtl_attr_note note = {0};
    uint32_t bits, words;
    mark m;

    if (class)
        note = dtl_class_note(d, class);
    bits = note.bits;
    if (bits & (DTL_CW_SPOKEN | DTL_CW_SHARE | DTL_CW_AD))
        return MARK_SKIP;
    if (bits & DTL_CW_HIDDEN && !(bits & DTL_CW_CAPTION))
        return MARK_SKIP;
    words = class ? class_words(g, class, note) : 0;
    m = mark_of_property(dtl_html_attr_value(d, n, DTL_N_ITEMPROP));
    if ((in_caption && (m == MARK_CREDIT || words & WORD_PEOPLE)) ||
        words & WORD_CREDIT)
        return MARK_CREDIT;
    if (m == MARK_CAPTION || bits & DTL_CW_CAPTION || words & WORD_CAPTION)
        return MARK_CAPTION;
    return node->name == DTL_N_CITE ? MARK_CREDIT : MARK_NONE;
}

static mark mark_of(gatherer *g, dtl_html_ref n, bool in_caption)
{
    const dtl_html_node *node = &g->doc->nodes[n];

    if (node->ns != DTL_NS_HTML)
        return MARK_SKIP;
    switch (node->name) {
    case DTL_N_SCRIPT:
    case DTL_N_STYLE:
    case DTL_N_NOSCRIPT:
    case DTL_N_TEMPLATE:
    case DTL_N_BUTTON:
    case DTL_N_IFRAME:
    case DTL_N_SELECT:
    case DTL_N_TIME:
        return MARK_SKIP;
    case DTL_N_FIGCAPTION:
        return MARK_CAPTION;
    default:
        break;
    }
    if (!node->count)
        return node->name == DTL_N_CITE ? MARK_CREDIT : MARK_NONE;
    return mark_of_names(g, n, in_caption);
}

static void start(gatherer *g)
{
    g->to[MARK_NONE] = (dtl_value_sink){g->other, 0, TEXT_MAX, 0, false};
    g->to[MARK_CAPTION] = (dtl_value_sink){g->caption, 0, TEXT_MAX, 0, false};
    g->to[MARK_CREDIT] = (dtl_value_sink){g->credit, 0, TEXT_MAX, 0, false};
}

/* Whether words end at the edges of an element. */
static bool is_apart(const dtl_html_doc *d, dtl_html_ref n)
{
    const dtl_html_node *node = &d->nodes[n];

    switch (node->name) {
    case DTL_N_A:
    case DTL_N_B:
    case DTL_N_I:
    case DTL_N_EM:
    case DTL_N_STRONG:
    case DTL_N_FONT:
    case DTL_N_SUP:
    case DTL_N_SUB:
        return false;
    case DTL_N_SPAN:
        /* Side by side, spans are set apart by style. */
        return dtl_html_follows_element(d, n);
    default:
        return true;
    }
}

/* Pages say a credit twice, for narrow and for wide screens. */
static void drop_repeated(dtl_value_sink *s, size_t from)
{
    dtl_str before = {s->ptr, from}, name;

    if (!from)
        return;
    name =
        dtl_credit_name(dtl_str_sub((dtl_str){s->ptr, s->len}, from, s->len));
    if (name.len && dtl_str_find(before, name) != SIZE_MAX)
        s->len = from;
}

/* Gathers the texts of a's subtree by the innermost mark around them. Of
 * several captions only the first counts. */
static void gather(gatherer *g, dtl_html_ref a)
{
    dtl_html_doc *d = g->doc;
    dtl_html_ref ends[DEPTH_MAX], end = dtl_html_subtree_end(d, a), n;
    mark marks[DEPTH_MAX];
    size_t from[DEPTH_MAX], depth = 0;
    dtl_html_ref first_caption = 0;

    start(g);
    for (n = a; n < end; n++) {
        const dtl_html_node *node = &d->nodes[n];
        mark m;

        while (depth && n >= ends[depth - 1])
            if (marks[--depth] == MARK_CREDIT)
                drop_repeated(&g->to[MARK_CREDIT], from[depth]);
        if (node->type == DTL_HTML_TEXT) {
            dtl_value_append_node(&g->to[depth ? marks[depth - 1] : MARK_NONE],
                                  d, n);
            continue;
        }
        if (node->type == DTL_HTML_FRAGMENT) {
            n = dtl_html_subtree_end(d, n) - 1;
            continue;
        }
        if (node->type != DTL_HTML_ELEMENT)
            continue;
        m = mark_of(g, n, depth > 0);
        if (m == MARK_CAPTION && !depth) {
            if (first_caption && g->to[MARK_CAPTION].len)
                m = MARK_SKIP;
            else
                first_caption = n;
        }
        if (m == MARK_SKIP) {
            n = dtl_html_subtree_end(d, n) - 1;
            continue;
        }
        if (is_apart(d, n))
            for (int i = 0; i < MARK_SKIP; i++)
                dtl_value_break(&g->to[i]);
        if (m != MARK_NONE && depth < DEPTH_MAX) {
            marks[depth] = m;
            from[depth] = g->to[m].len;
            ends[depth++] = dtl_html_subtree_end(d, n);
            dtl_value_break(&g->to[m]);
        }
    }
    while (depth)
        if (marks[--depth] == MARK_CREDIT)
            drop_repeated(&g->to[MARK_CREDIT], from[depth]);
}

static dtl_str gathered(const gatherer *g, mark m)
{
    return (dtl_str){g->to[m].len ? g->to[m].ptr : NULL, g->to[m].len};
}

/* ---- What it says ---------------------------------------------------------
 */

/* Without the "1 of 12 |" of galleries in front. */
static dtl_str without_count(dtl_str s)
{
    static const char *const between[] = {"/",   "of",  "von", "de", "di",
                                          "van", "sur", "av",  "из", "z"};
    size_t i = 0, k;
    dtl_str rest;

    while (i < s.len && dtl_is_digit(s.ptr[i]))
        i++;
    if (!i || i > 3)
        return s;
    rest = dtl_str_trim(dtl_str_sub(s, i, s.len));
    for (k = 0; k < sizeof between / sizeof *between; k++) {
        dtl_str word = dtl_str_of(between[k]);
        dtl_str tail;

        if (!dtl_str_starts(rest, word))
            continue;
        tail = dtl_str_trim(dtl_str_sub(rest, word.len, rest.len));
        for (i = 0; i < tail.len && dtl_is_digit(tail.ptr[i]); i++)
            ;
        if (!i || i > 3 || (i < tail.len && dtl_is_alpha(tail.ptr[i])))
            continue;
        tail = dtl_str_sub(tail, i, tail.len);
        while (tail.len &&
               dtl_str_find_char(DTL_STR(" |:-./"), tail.ptr[0]) != SIZE_MAX)
            tail = dtl_str_sub(tail, 1, tail.len);
        return tail;
    }
    return s;
}

static bool has_letters(dtl_str s)
{
    dtl_measure m = dtl_measure_text(s);

    return m.letters > m.digits;
}

void dtl_caption_settle(dtl_str caption, dtl_str credit, dtl_caption *out)
{
    dtl_str rest;

    caption = without_count(dtl_str_trim(caption));
    *out = (dtl_caption){{NULL, 0}, {NULL, 0}};
    if (!has_letters(caption))
        caption = (dtl_str){NULL, 0};
    if (!has_letters(credit))
        credit = (dtl_str){NULL, 0};
    if (credit.len > CREDIT_BYTES && !caption.len) {
        caption = credit;
        credit = (dtl_str){NULL, 0};
    }
    if (credit.len && credit.len <= CREDIT_BYTES)
        out->credit = dtl_credit_name(credit);
    if (!out->credit.ptr)
        dtl_credit_split(caption, &out->caption, &out->credit);
    else if (caption.len) {
        /* Marked and written out: the caption ends in the same credit. */
        dtl_credit_split(caption, &out->caption, &rest);
        if (!rest.ptr || !dtl_str_eq_nocase(rest, out->credit))
            out->caption = dtl_credit_trim(caption);
    }
    if (!has_letters(out->caption))
        out->caption = (dtl_str){NULL, 0};
}

/* ---- Climbing --------------------------------------------------------------
 */

static bool holds(const dtl_html_doc *d, dtl_html_ref a, dtl_html_ref n)
{
    return n && n > a && n < dtl_html_subtree_end(d, a);
}

static dtl_html_ref next_element(const dtl_html_doc *d, dtl_html_ref n)
{
    for (n = dtl_html_next(d, n); n; n = dtl_html_next(d, n)) {
        const dtl_html_node *node = &d->nodes[n];

        if (node->type == DTL_HTML_TEXT) {
            for (uint32_t i = node->start; !node->data && i < node->end; i++)
                if (!dtl_is_space(d->text.ptr[i]))
                    return 0;
            continue;
        }
        if (node->type != DTL_HTML_ELEMENT || dtl_html_is(d, n, DTL_N_SCRIPT) ||
            dtl_html_is(d, n, DTL_N_BR) || dtl_html_is(d, n, DTL_N_NOSCRIPT))
            continue;
        return n;
    }
    return 0;
}

/* What stands right behind child, where that is a caption or credit. */
static void gather_behind(gatherer *g, dtl_html_ref child, dtl_html_ref behind)
{
    dtl_html_doc *d = g->doc;
    dtl_html_ref n = next_element(d, child);
    dtl_str line;

    start(g);
    if (!n || holds(d, n, behind) || n == behind ||
        dtl_html_subtree_end(d, n) - n > NODES_MAX)
        return;
    gather(g, n);
    line = gathered(g, MARK_NONE);
    if (g->to[MARK_CAPTION].len || g->to[MARK_CREDIT].len) {
        /* A paragraph with something marked in it is no caption. */
        if (line.len > OTHER_MAX / 4)
            start(g);
        return;
    }
    if (line.len && line.len < CREDIT_BYTES && dtl_credit_is(line)) {
        memcpy(g->credit, line.ptr, line.len);
        g->to[MARK_CREDIT].len = line.len;
    }
}

static bool has_heading(const dtl_html_doc *d, dtl_html_ref a)
{
    dtl_html_ref end = dtl_html_subtree_end(d, a), n;

    for (n = a + 1; n < end; n++)
        if (d->nodes[n].type == DTL_HTML_ELEMENT &&
            d->nodes[n].name >= DTL_N_H1 && d->nodes[n].name <= DTL_N_H6)
            return true;
    return false;
}

/* Whether the unmarked text of element a is the caption. A slide with a
 * heading is a section of the text with its picture. */
static bool is_caption_text(const gatherer *g, dtl_html_ref a)
{
    dtl_str text = gathered(g, MARK_NONE);
    dtl_measure m;
    dtl_residue r;

    if (!text.len || text.len > 2 * OTHER_MAX)
        return false;
    if (!dtl_html_is(g->doc, a, DTL_N_FIGURE) &&
        !(dtl_class_bits_of(g->doc, a, DTL_N_CLASS) & DTL_CW_MEDIA))
        return false;
    if (!dtl_html_is(g->doc, a, DTL_N_FIGURE) && has_heading(g->doc, a))
        return false;
    m = dtl_measure_text(text);
    r = dtl_residue_of_text(text);
    return m.words > 1 &&
           (r.kind == DTL_RESIDUE_NONE || r.kind == DTL_RESIDUE_CREDIT);
}

/* Keeps what was gathered; true when the caption is found. */
static bool keep(const gatherer *g, dtl_arena *arena, dtl_caption *raw,
                 dtl_status *status)
{
    dtl_str credit = gathered(g, MARK_CREDIT);

    if (g->to[MARK_CAPTION].len) {
        raw->caption = dtl_arena_copy(arena, gathered(g, MARK_CAPTION));
        if (!raw->caption.ptr)
            *status = DTL_NOMEM;
    }
    if (credit.len) {
        raw->credit = dtl_arena_copy(arena, credit);
        if (!raw->credit.ptr)
            *status = DTL_NOMEM;
    }
    return raw->caption.ptr || *status != DTL_OK;
}

static bool is_outermost(const dtl_html_doc *d, dtl_html_ref a)
{
    return dtl_html_is(d, a, DTL_N_BODY) || dtl_html_is(d, a, DTL_N_HTML) ||
           dtl_html_is(d, a, DTL_N_MAIN) || dtl_html_is(d, a, DTL_N_ARTICLE);
}

dtl_status dtl_caption_find(dtl_html_doc *d, dtl_html_ref n,
                            dtl_html_ref before, dtl_html_ref behind,
                            dtl_caption_memo *memo, dtl_arena *arena,
                            dtl_caption *out)
{
    gatherer g;
    dtl_caption raw = {{NULL, 0}, {NULL, 0}};
    dtl_html_ref a, child = n;
    dtl_status st = DTL_OK;
    int level;

    g.doc = d;
    g.memo = memo;
    start(&g);
    for (level = 0; level < LEVELS; level++, child = a) {
        a = d->nodes[child].parent;
        if (!a)
            break;
        if (is_outermost(d, a) || holds(d, a, before) || holds(d, a, behind) ||
            dtl_html_subtree_end(d, a) - a > NODES_MAX) {
            gather_behind(&g, child, behind);
            keep(&g, arena, &raw, &st);
            break;
        }
        gather(&g, a);
        if (g.to[MARK_NONE].len > OTHER_MAX &&
            !dtl_html_is(d, a, DTL_N_FIGURE)) {
            gather_behind(&g, child, behind);
            keep(&g, arena, &raw, &st);
            break;
        }
        if (!g.to[MARK_CAPTION].len && is_caption_text(&g, a)) {
            memcpy(g.caption, g.other, g.to[MARK_NONE].len);
            g.to[MARK_CAPTION].len = g.to[MARK_NONE].len;
        }
        if (!g.to[MARK_CAPTION].len && !g.to[MARK_CREDIT].len &&
            g.to[MARK_NONE].len)
            gather_behind(&g, child, behind);
        if (keep(&g, arena, &raw, &st))
            break;
    }
    dtl_caption_settle(raw.caption, raw.credit, out);
    return st;
}
