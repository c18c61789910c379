/* Who wrote the article.
 *
 * Each kind of witness (JSON-LD, microdata, metas, links to authors, bylines
 * that markup or words show) gives a list of names. A list weighs as much as
 * its witness is right, and gains by each other that names the same people;
 * the heaviest list with a person wins. An organisation wins only where
 * nobody is named, or where the page's own data name it beside people. */
#include "article/author_names.h"
#include "article/author_words.h"
#include "article/explain.h"
#include "article/meta.h"
#include "article/value.h"
#include "base/str.h"
#include "base/url.h"

enum {
    BEFORE_TITLE = 120, /* nodes before the title that a byline may be in */
    AFTER_TITLE = 400,  /* and behind it, where no body was found */
    AT_TITLE = 60,      /* nodes around the title that are at it */
    LINE_LEAST = 14,    /* bytes of a line that is more than a label */
    INTO_BODY = 40,     /* nodes of the body that still may hold one */
    BEHIND_BODY = 150,  /* nodes behind the body that its footer takes */
    LINE_MAX = 160,     /* bytes of a line that may be a byline */
    DATED_MAX = 80,     /* bytes of one that names a nickname and a date */
    LINE_NODES = 60,    /* of one */
    NICK_BYTES = 3,
    NAME_LEAST = 4,   /* bytes that a name adds to its label's line */
    SIGNED_LEAST = 7, /* bytes of a name that stands alone */
    SIGNED_MAX = 40,
    SIGNED_NODES = 12, /* nodes behind the body that it may be in */
    WITNESSES = 20
};

/* What one witness says. */
typedef struct {
    dtl_author_name at[DTL_AUTHORS_MAX];
    dtl_str url[DTL_AUTHORS_MAX];
    dtl_str key[DTL_AUTHORS_MAX]; /* the names' bare letters */
    size_t count;
    size_t people;
    const char *witness;
    bool weak; /* must not win */
} list;

typedef struct {
    dtl_meta *m;
    dtl_site_names sites;
    list all[WITNESSES];
    size_t count;
    list *orphan; /* the first list without a person; NULL: none yet */
    dtl_status status;
} contest;

/* ---- Lists -------------------------------------------------------------- */

/* Empties a list; places past its count are never read. */
static void clear(list *l)
{
    l->count = l->people = 0;
    l->witness = NULL;
    l->weak = false;
}

static dtl_str bare(contest *c, dtl_str s)
{
    return dtl_value_bare(s, c->m->article->arena, &c->status);
}

static void add(contest *c, list *l, dtl_author_name name, dtl_str url)
{
    dtl_str key = bare(c, name.name);
    size_t i;

    if (!key.len || l->count == DTL_AUTHORS_MAX)
        return;
    for (i = 0; i < l->count; i++)
        if (dtl_str_eq(l->key[i], key)) {
            if (!l->url[i].len)
                l->url[i] = url;
            return;
        }
    l->at[l->count] = name;
    l->key[l->count] = key;
    l->url[l->count++] = url;
    l->people += !name.organization;
}

static bool is_full_name(dtl_str name)
{
    return dtl_str_find_char(name, ' ') != SIZE_MAX;
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

/* The names of one fact. What data call an organisation is not taken
 * apart. */
static void add_fact(contest *c, list *l, const dtl_fact *f)
{
    dtl_author_names names;
    size_t i;

    if (dtl_str_starts_nocase(f->value, DTL_STR("http")) ||
        dtl_str_starts_nocase(f->value, DTL_STR("www.")))
        return;
    if (dtl_str_ends(f->schema_type, DTL_STR("Organization")) &&
        f->value.len < LINE_MAX) {
        add(c, l, (dtl_author_name){f->value, true}, f->url);
        return;
    }
    dtl_author_names_read(f->value, &c->sites, c->m->article->arena, &names,
                          &c->status);
    for (i = 0; i < names.count; i++)
        add(c, l, names.at[i], names.count == 1 ? f->url : (dtl_str){NULL, 0});
}

/* How often a witness is right, as weights; half of each goes to a list that
 * says the same as another. Two that read one place of the page (a byline
 * and the link in it) are no more than one and a bit. */
static double weight_of(const char *witness)
{
    static const struct {
        const char *witness;
        double weight;
    } weights[] = {
        {"json-ld", 5},
        {"microdata", 4},
        {"byline", 3},
        {"link", 2.5},
        {"json-ld of another item", 2},
        {"line", 1.5},
        {"byline elsewhere", 1},
        {"beside a date", 1},
        {"signature", 0.9},
    };
    size_t i;

    for (i = 0; i < sizeof weights / sizeof *weights; i++)
        if (strcmp(weights[i].witness, witness) == 0)
            return weights[i].weight;
    return 1.9; /* metas */
}

/* Whether a name begins with the whole of another, which is a full one. */
static bool begins_name(dtl_str name, dtl_str other)
{
    return is_full_name(other) && name.len > other.len &&
           name.ptr[other.len] == ' ' && dtl_str_starts_nocase(name, other);
}

/* Drops names that begin with another of their list: markup runs names, or a
 * name and its desk, together. */
static void drop_run_together(list *l)
{
    size_t i, k, n = 0;

    for (i = 0; i < l->count; i++) {
        for (k = 0; k < l->count; k++)
            if (begins_name(l->at[i].name, l->at[k].name))
                break;
        if (k < l->count) {
            l->people -= !l->at[i].organization;
            continue;
        }
        l->at[n] = l->at[i];
        l->key[n] = l->key[i];
        l->url[n++] = l->url[i];
    }
    l->count = n;
}

/* Offers a list to the contest. What only the page's words give (words) does
 * not overrule an organisation that its data name, unless with a full name. */
static void offer(contest *c, list *l, const char *witness, bool words)
{
    size_t i, full = 0;
    list *to;

    drop_run_together(l);
    for (i = 0; i < l->count; i++)
        full += !l->at[i].organization && is_full_name(l->at[i].name);
    if (!l->count || c->count == WITNESSES)
        return;
    to = &c->all[c->count++];
    memcpy(to->at, l->at, l->count * sizeof *l->at);
    memcpy(to->url, l->url, l->count * sizeof *l->url);
    memcpy(to->key, l->key, l->count * sizeof *l->key);
    to->count = l->count;
    to->people = l->people;
    to->witness = witness;
    to->weak = words && c->orphan && !full;
    if (!l->people && !c->orphan)
        c->orphan = to;
}

static bool has_name(const list *l, dtl_str key)
{
    size_t i;

    for (i = 0; i < l->count; i++)
        if (dtl_str_eq(l->key[i], key))
            return true;
    return false;
}

static bool same_people(const list *a, const list *b)
{
    size_t i;

    if (a->people != b->people)
        return false;
    for (i = 0; i < a->count; i++)
        if (!a->at[i].organization && !has_name(b, a->key[i]))
            return false;
    return true;
}

static double score_of(const contest *c, const list *l)
{
    double score = weight_of(l->witness);
    size_t i;

    for (i = 0; i < c->count; i++)
        if (&c->all[i] != l && same_people(l, &c->all[i]))
            score += weight_of(c->all[i].witness) / 2;
    return score;
}

static void account_for(contest *c, const list *l, const list *best)
{
    dtl_account_line line = {.field = "author",
                             .won = l == best,
                             .score = score_of(c, l),
                             .sources = dtl_str_of(l->witness)};
    dtl_buf names = {0};
    size_t i;

    if (!c->m->account)
        return;
    line.reason = l->weak      ? "no full name, and data name an organisation"
                  : !l->people ? "organisations wait for people"
                  : line.score > weight_of(l->witness) ? "others agree"
                                                       : NULL;
    for (i = 0; i < l->count; i++) {
        dtl_buf_puts(&names, i ? "; " : "");
        dtl_buf_str(&names, l->at[i].name);
    }
    line.value = dtl_buf_view(&names);
    dtl_explain_candidate(c->m->account, &line);
    if (names.status != DTL_OK)
        c->status = names.status;
    dtl_buf_clear(&names);
}

/* The list with people that scores best, the first of equals; else the first
 * of organisations. NULL where there is none. */
static list *winner(contest *c)
{
    list *best = NULL;
    double most = 0;
    size_t i;

    for (i = 0; i < c->count; i++) {
        double score = score_of(c, &c->all[i]);

        if (c->all[i].people && !c->all[i].weak && score > most) {
            best = &c->all[i];
            most = score;
        }
    }
    if (!best)
        best = c->orphan;
    for (i = 0; c->m->account && i < c->count; i++)
        account_for(c, &c->all[i], best);
    return best;
}

/* A nickname or a first name becomes the full name that another witness
 * begins with it: "ann.lee", "Ann" where a byline has "Ann Lee". */
static void complete_names(const contest *c, list *l)
{
    size_t i, k, n;

    for (i = 0; i < l->count; i++) {
        dtl_str key = l->key[i];

        if (l->at[i].organization || is_full_name(l->at[i].name) ||
            key.len < NICK_BYTES)
            continue;
        for (k = 0; k < c->count; k++)
            for (n = 0; n < c->all[k].count; n++) {
                const dtl_author_name *other = &c->all[k].at[n];

                if (!other->organization && is_full_name(other->name) &&
                    !is_full_name(l->at[i].name) &&
                    dtl_str_starts(c->all[k].key[n], key))
                    l->at[i].name = other->name;
            }
    }
}

/* ---- Witnesses ----------------------------------------------------------- */

/* Whether a node stands where a byline does: around the title, before the
 * body has well begun. */
static bool is_near_title(const contest *c, dtl_html_ref node)
{
    dtl_html_ref title = c->m->title_node, end = title + AFTER_TITLE;

    if (!title)
        return !c->m->body.end || node < c->m->body.end;
    if (c->m->body.first > title && c->m->body.first + INTO_BODY < end)
        end = c->m->body.first + INTO_BODY;
    return node + BEFORE_TITLE > title && node < end;
}

/* Whether a fact stands where it is about other things than the article.
 * Near the title and right behind the body, class words say little. */
static bool is_elsewhere(const contest *c, const dtl_fact *f)
{
    const dtl_body_range *body = &c->m->body;

    if (f->place &
        (DTL_PLACE_COMMENTS | DTL_PLACE_QUOTE | DTL_PLACE_OTHER_ITEM))
        return true;
    if (f->source == DTL_SOURCE_MICRODATA && f->item)
        return false;
    if (is_near_title(c, f->node))
        return false;
    if (f->place & (DTL_PLACE_NAV | DTL_PLACE_ASIDE))
        return true;
    return (f->place & DTL_PLACE_FOOTER) &&
           (!body->end || f->node < body->first ||
            f->node > body->end + BEHIND_BODY);
}

static const char *const source_names[] = {
    [DTL_SOURCE_JSON_LD] = "json-ld",
    [DTL_SOURCE_MICRODATA] = "microdata",
    [DTL_SOURCE_LINK] = "link",
    [DTL_SOURCE_JSON_LD_OTHER] = "json-ld of another item",
};

/* Facts of a source; elsewhere: wherever they stand. */
static void offer_facts(contest *c, dtl_fact_source source, bool elsewhere)
{
    const dtl_fact_list *facts = &c->m->facts->field[DTL_FACT_AUTHOR];
    list l;
    size_t i;

    clear(&l);
    for (i = 0; i < facts->count; i++) {
        const dtl_fact *f = &facts->at[i];

        if (f->source != source || (!elsewhere && is_elsewhere(c, f)))
            continue;
        add_fact(c, &l, f);
    }
    offer(c, &l, source_names[source], false);
}

/* Each name of metadata is a witness of its own, in their order. */
static void offer_metas(contest *c)
{
    const dtl_fact_list *facts = &c->m->facts->field[DTL_FACT_AUTHOR];
    list l;
    size_t i, k;

    for (i = 0; i < facts->count; i++) {
        dtl_str name = facts->at[i].evidence;

        if (facts->at[i].source != DTL_SOURCE_META)
            continue;
        for (k = 0; !dtl_str_eq(facts->at[k].evidence, name);)
            k++;
        if (k < i) /* had its turn */
            continue;
        clear(&l);
        for (; k < facts->count; k++)
            if (dtl_str_eq(facts->at[k].evidence, name))
                add_fact(c, &l, &facts->at[k]);
        offer(c, &l, "meta", true);
    }
}

/* Without the marks and spaces, also those written as references, that set a
 * byline off at its ends: "| By ", "-&nbsp;Text: ". */
static dtl_str without_marks(dtl_str s)
{
    static const dtl_str marks[] = {
        {"|", 1},
        {"-", 1},
        {"/", 1},
        {"&nbsp;", 6},
        {"\xC2\xA0", 2},
        {"\xC2\xB7", 2},
        {"\xE2\x80\x93", 3},
        {"\xE2\x80\x94", 3},
        {"\xE2\x80\xA2", 3},
    };
    size_t i = 0, len;

    while (s.len && i < sizeof marks / sizeof *marks) {
        len = s.len;
        if (dtl_str_starts(s, marks[i]))
            s = dtl_str_sub(s, marks[i].len, s.len);
        if (i >= 3 && dtl_str_ends(s, marks[i]))
            s.len -= marks[i].len;
        if (len != s.len)
            s = dtl_str_trim(s);
        i = len != s.len ? 0 : i + 1;
    }
    return s;
}

/* A text node's source, trimmed. */
static dtl_str own_text(const dtl_html_doc *doc, dtl_html_ref n)
{
    dtl_str s = dtl_str_trim(
        dtl_str_sub(doc->text, doc->nodes[n].start, doc->nodes[n].end));

    if (!s.len || s.len > LINE_MAX ||
        (dtl_is_alpha(s.ptr[0]) && s.ptr[s.len - 1] != ';'))
        return s;
    return without_marks(s);
}

/* Whether an element is a link and nothing else. */
static bool is_but_link(const dtl_html_doc *doc, dtl_html_ref n)
{
    dtl_html_ref end = dtl_html_subtree_end(doc, n);
    dtl_html_ref link = dtl_html_find(doc, n, end, DTL_N_A);
    dtl_html_ref behind = link ? dtl_html_subtree_end(doc, link) : 0;

    for (; link && n < end; n++)
        if ((n < link || n >= behind) && doc->nodes[n].type == DTL_HTML_TEXT &&
            own_text(doc, n).len)
            return false;
    return link != 0;
}

/* Whether a name is but words of a sentence: "on The Tern". */
static bool is_words(dtl_str name)
{
    dtl_str word, rest = name;

    return is_full_name(name) && is_small(name.ptr[0]) &&
           dtl_str_word(&rest, &word) &&
           dtl_author_word_of(word) != DTL_AUTHOR_WORD_PARTICLE;
}

/* Whether a marked element names an author: a single word without "by" may
 * be anything, unless it is a link, in a script with case, or within one. */
static bool is_telling(const contest *c, const dtl_fact *f,
                       const dtl_author_names *names)
{
    if (is_words(names->at[0].name))
        return false;
    return names->said_by || names->count > 1 || names->at[0].organization ||
           (f->place & DTL_PLACE_LINK) ||
           ((unsigned char)f->value.ptr[0] < 0x80 &&
            is_but_link(c->m->doc, f->node)) ||
           is_full_name(names->at[0].name);
}

/* A byline that markup names: the first near the title that has a name, with
 * those that stand beside its name in the same byline. */
static void offer_bylines(contest *c, bool near)
{
    const dtl_fact_list *facts = &c->m->facts->field[DTL_FACT_AUTHOR];
    dtl_html_ref end = 0;
    list whole, parts;
    size_t i;

    clear(&whole);
    clear(&parts);

    for (i = 0; i < facts->count; i++) {
        const dtl_fact *f = &facts->at[i];
        dtl_author_names names;
        size_t k;

        if (f->source != DTL_SOURCE_MARKUP || is_elsewhere(c, f) ||
            is_near_title(c, f->node) != near || f->value.len > LINE_MAX)
            continue;
        if (end && f->node >= end)
            break;
        dtl_author_names_read(f->value, &c->sites, c->m->article->arena, &names,
                              &c->status);
        if (!names.count || !is_telling(c, f, &names))
            continue;
        if (!end) {
            end = dtl_html_subtree_end(c->m->doc, f->node);
            for (k = 0; k < names.count; k++)
                add(c, &whole, names.at[k], (dtl_str){NULL, 0});
        }
        /* An element that is all names is better than the line around it. */
        if (names.spent + 2 >= f->value.len)
            for (k = 0; k < names.count; k++)
                add(c, &parts, names.at[k], (dtl_str){NULL, 0});
    }
    offer(c, parts.people ? &parts : &whole,
          near ? "byline" : "byline elsewhere", true);
}

/* Whether an element stands in a line of text. */
static bool is_running(const dtl_html_node *node)
{
    return dtl_value_is_running(node) || node->name == DTL_N_IMG ||
           node->name == DTL_N_TIME;
}

/* Whether a text node has text before it in its line, which a <br> or the edge
 * of the block begins. */
static bool is_inside_line(const dtl_html_doc *doc, dtl_html_ref n,
                           dtl_html_ref block)
{
    for (n--; n > block; n--) {
        const dtl_html_node *node = &doc->nodes[n];

        if (node->type == DTL_HTML_ELEMENT && !is_running(node))
            return false;
        if (node->type == DTL_HTML_TEXT && own_text(doc, n).len)
            return true;
    }
    return false;
}

/* The text from node n to `last`, up to a <br> or the edge of a block; ptr
 * NULL when it is too long. */
static dtl_str line_until(contest *c, dtl_html_ref n, dtl_html_ref last)
{
    const dtl_html_doc *doc = c->m->doc;
    char buffer[LINE_MAX + 1];
    dtl_value_sink line = {.ptr = buffer, .cap = sizeof buffer};

    if (last - n > LINE_NODES)
        last = n + LINE_NODES;
    for (; n < last && !line.full; n++) {
        const dtl_html_node *node = &doc->nodes[n];

        if (node->type == DTL_HTML_TEXT) {
            dtl_value_append_node(&line, doc, n);
        } else if (node->type == DTL_HTML_ELEMENT) {
            if (!is_running(node))
                break;
            if (dtl_html_follows_element(doc, n))
                dtl_value_break(&line);
        }
    }
    if (line.full || !line.len)
        return (dtl_str){NULL, 0};
    return dtl_arena_copy(c->m->article->arena, (dtl_str){line.ptr, line.len});
}

/* Whether a line has more than the label that it begins with. */
static bool is_more(dtl_str line, dtl_str own)
{
    return (line.len > LINE_LEAST && !dtl_author_is_label(own)) ||
           line.len > own.len + NAME_LEAST;
}

/* The line that a text node begins, as far as the smallest element goes that
 * has more of it than the word "by"; else the text of an element around it.
 * Sets *end to the node behind it. ptr NULL when it is too long. */
static dtl_str line_of(contest *c, dtl_html_ref n, dtl_html_ref *end)
{
    const dtl_html_doc *doc = c->m->doc;
    dtl_str own = own_text(doc, n);
    dtl_html_ref block = doc->nodes[n].parent, up;
    dtl_str line = {NULL, 0};
    int climbs;

    while (block && is_running(&doc->nodes[block]))
        block = doc->nodes[block].parent;
    for (up = n; up != block && !is_inside_line(doc, n, block);) {
        up = doc->nodes[up].parent;
        *end = dtl_html_subtree_end(doc, up);
        line = line_until(c, n, *end);
        if (is_more(line, own))
            return line;
    }
    for (climbs = 0; climbs < 3; climbs++) {
        const dtl_html_node *node;

        n = doc->nodes[n].parent;
        node = &doc->nodes[n];
        if (!n || node->name == DTL_N_BODY ||
            node->end - node->start > 8 * LINE_MAX)
            return (dtl_str){NULL, 0};
        *end = dtl_html_subtree_end(doc, n);
        line = dtl_value_text(doc, n, LINE_MAX + 1, c->m->article->arena,
                              &c->status);
        if (line.len > LINE_MAX)
            return (dtl_str){NULL, 0};
        if (is_more(line, own))
            break;
    }
    return line;
}

/* Whether a label stands behind a date that begins the text: "3.5.2021 13:30
 * von ann". */
static bool has_label_behind(dtl_str text)
{
    size_t i;

    if (!dtl_is_digit(text.ptr[0]) || text.len > DATED_MAX)
        return false;
    for (i = 1; i + 3 < text.len; i++)
        if (text.ptr[i] == ' ' &&
            dtl_author_label(dtl_str_sub(text, i + 1, text.len)) >= 3)
            return true;
    return false;
}

/* Whether a text's first letters may be a label's, or a date or a mark that
 * stands before one: most texts of a page are passed over by this. */
static bool may_begin_byline(const dtl_html_doc *doc, const dtl_html_node *node)
{
    const char *p = doc->text.ptr + node->start;
    const char *end = doc->text.ptr + node->end;

    while (p < end && dtl_is_space(*p))
        p++;
    if (end - p < 2)
        return false;
    return dtl_is_alpha(*p) ? dtl_author_may_label(p) : true;
}

/* Whether a text can begin a byline: with a label, or as one by itself. */
static bool begins_byline(dtl_str text)
{
    if (text.len < 2 || text.len > LINE_MAX)
        return false;
    return dtl_author_label(text) || has_label_behind(text) ||
           dtl_author_is_label(text);
}

static bool is_numbered(dtl_str s)
{
    size_t i;

    for (i = 0; i < s.len; i++)
        if (dtl_is_digit(s.ptr[i]))
            return true;
    return false;
}

/* Whether a line is but a label, a name and a date: "Posted by ann @ 12:00",
 * "3.5.2021 13:30 von ann". */
static bool is_dated(dtl_str line)
{
    size_t i, digits = 0;

    for (i = 0; i < line.len; i++)
        digits += dtl_is_digit(line.ptr[i]);
    return digits >= 3 && line.len <= DATED_MAX;
}

/* A name in a script without case, of two to four characters. */
static bool is_caseless(dtl_str name)
{
    return (unsigned char)name.ptr[0] >= 0xE3 && name.len >= 6 &&
           name.len <= 12;
}

/* Lines of the page's words that begin with "by", in a run of nodes; those
 * of the first one that names somebody. */
static void offer_lines(contest *c, dtl_html_ref first, dtl_html_ref end)
{
    const dtl_html_doc *doc = c->m->doc;
    dtl_html_ref n, next = 0;
    list l;

    clear(&l);
    for (n = first; n < end && n < doc->node_count && !l.count; n++) {
        const dtl_html_node *node = &doc->nodes[n];
        dtl_author_names names;
        dtl_str line;
        size_t k;

        if (node->type != DTL_HTML_TEXT || n < next ||
            !may_begin_byline(doc, node) || !begins_byline(own_text(doc, n)))
            continue;
        line = line_of(c, n, &next);
        if (!line.len)
            continue;
        dtl_author_names_read(line, &c->sites, c->m->article->arena, &names,
                              &c->status);
        if (!names.said_by || names.spent + 40 < line.len)
            continue;
        for (k = 0; k < names.count; k++)
            if ((is_full_name(names.at[k].name) &&
                 !is_small(names.at[k].name.ptr[0])) ||
                is_caseless(names.at[k].name) || is_dated(line))
                add(c, &l, names.at[k], (dtl_str){NULL, 0});
    }
    offer(c, &l, "line", true);
}

static void offer_lines_around(contest *c)
{
    const dtl_body_range *body = &c->m->body;
    dtl_html_ref title = c->m->title_node, end = title + AFTER_TITLE;

    if (!title) { /* the body is where it would be */
        title = body->first;
        end = title + INTO_BODY;
    } else if (body->first > title && body->first + INTO_BODY < end) {
        end = body->first + INTO_BODY;
    }
    offer_lines(c, title > BEFORE_TITLE ? title - BEFORE_TITLE : 1, end);
    if (body->end)
        offer_lines(c,
                    body->end > body->first + INTO_BODY ? body->end - INTO_BODY
                                                        : body->first,
                    body->end + BEHIND_BODY);
}

/* Whether a text is the full name of a person and nothing else. */
static bool is_name_alone(contest *c, dtl_str text, dtl_author_names *names)
{
    dtl_str word;
    size_t words = 0;

    if (text.len < SIGNED_LEAST || text.len > SIGNED_MAX)
        return false;
    dtl_author_names_read(text, &c->sites, c->m->article->arena, names,
                          &c->status);
    if (names->count != 1 || names->at[0].organization || names->said_by ||
        names->at[0].name.len < text.len)
        return false;
    while (dtl_str_word(&text, &word)) {
        words++;
        if (is_small(word.ptr[0]) || dtl_is_digit(word.ptr[0]))
            return false;
    }
    return words >= 2 && words <= 3;
}

/* The first part between bars of a date line at the title that is a name:
 * "4 May 2022 | 13:10 | Ann Lee". Every other part has a number. */
static void offer_beside_date(contest *c)
{
    const dtl_html_doc *doc = c->m->doc;
    dtl_html_ref title = c->m->title_node;
    dtl_html_ref n = title > AT_TITLE ? title - AT_TITLE : 1;
    dtl_author_names names;
    list l;

    clear(&l);
    for (; title && n < title + AT_TITLE && n < doc->node_count && !l.count;
         n++) {
        dtl_str rest, part, name = {NULL, 0};
        size_t dated = 0, others = 0;

        if (doc->nodes[n].type != DTL_HTML_TEXT)
            continue;
        rest = own_text(doc, n);
        if (rest.len > DATED_MAX || !is_dated(rest) ||
            dtl_str_find_char(rest, '|') == SIZE_MAX)
            continue;
        while (dtl_str_split(&rest, '|', &part)) {
            part = dtl_str_trim(part);
            if (is_numbered(part))
                dated++;
            else if (!name.len)
                name = part;
            else
                others++;
        }
        if (dated && !others && is_name_alone(c, name, &names))
            add(c, &l, names.at[0], (dtl_str){NULL, 0});
    }
    offer(c, &l, "beside a date", true);
}

/* Whether a text node is a line by itself, in italics. */
static bool is_set_off(contest *c, dtl_html_ref n)
{
    const dtl_html_doc *doc = c->m->doc;
    dtl_html_ref up = doc->nodes[n].parent;
    bool italic = false;

    for (; up && is_running(&doc->nodes[up]); up = doc->nodes[up].parent)
        italic |=
            dtl_html_is(doc, up, DTL_N_EM) || dtl_html_is(doc, up, DTL_N_I);
    return italic && !is_inside_line(doc, n, up) &&
           line_until(c, n, dtl_html_subtree_end(doc, up)).len ==
               own_text(doc, n).len;
}

/* A name alone in its line, in italics, that ends the body or follows it. */
static void offer_signature(contest *c)
{
    const dtl_html_doc *doc = c->m->doc;
    const dtl_body_range *body = &c->m->body;
    dtl_html_ref n = body->end;
    dtl_author_names names;
    list l;

    clear(&l);
    while (n > body->first && (doc->nodes[n - 1].type != DTL_HTML_TEXT ||
                               !own_text(doc, n - 1).len))
        n--;
    for (; n && n <= body->end + SIGNED_NODES && n <= doc->node_count; n++)
        if (doc->nodes[n - 1].type == DTL_HTML_TEXT && is_set_off(c, n - 1) &&
            is_name_alone(c, own_text(doc, n - 1), &names)) {
            add(c, &l, names.at[0], (dtl_str){NULL, 0});
            break;
        }
    offer(c, &l, "signature", true);
}

/* ---- Out ------------------------------------------------------------------
 */

/* Whether a list names but the site itself. */
static bool is_site(contest *c, const list *l)
{
    return l->count == 1 && dtl_site_names_match(&c->sites, l->key[0], false);
}

/* The site itself is no author beside people; beside initials ("red, ann")
 * it is. */
static void drop_site(contest *c, list *l)
{
    size_t i, n = 0, full = 0;

    for (i = 0; i < l->count; i++)
        full += !l->at[i].organization && is_full_name(l->at[i].name);
    if (!full)
        return;
    for (i = 0; i < l->count; i++) {
        if (l->at[i].organization &&
            dtl_site_names_match(&c->sites, l->key[i], false))
            continue;
        l->at[n] = l->at[i];
        l->key[n] = l->key[i];
        l->url[n++] = l->url[i];
    }
    l->count = n;
}

static dtl_status set_authors(contest *c, list *l)
{
    dtl_article *a = c->m->article;
    size_t i;

    drop_site(c, l);

    if (!l->count)
        return DTL_OK;
    a->authors = dtl_arena_calloc(a->arena, l->count, sizeof *a->authors);
    if (!a->authors)
        return DTL_NOMEM;
    for (i = 0; i < l->count; i++) {
        dtl_author *to = &a->authors[i];
        dtl_status st = DTL_OK;

        to->name = l->at[i].name;
        to->type =
            l->at[i].organization ? DTL_AUTHOR_ORGANIZATION : DTL_AUTHOR_PERSON;
        if (l->url[i].len)
            st = dtl_url_resolve(a->url, l->url[i], a->arena, &to->url);
        if (st != DTL_OK)
            return st;
        if (to->url.ptr && !dtl_url_is_web(to->url))
            to->url = (dtl_str){NULL, 0};
    }
    a->author_count = l->count;
    return DTL_OK;
}

static bool has_people(const contest *c)
{
    size_t i;

    for (i = 0; i < c->count; i++)
        if (c->all[i].people)
            return true;
    return false;
}

dtl_status dtl_meta_authors(dtl_meta *m)
{
    dtl_article *a = m->article;
    contest *c = dtl_arena_alloc(a->arena, sizeof *c);
    list *best;
    /* Bylines on other pages are those of teasers. */
    bool is_article =
        a->status == DTL_STATUS_ARTICLE || a->status == DTL_STATUS_STUB;

    if (!c)
        return DTL_NOMEM;
    c->m = m;
    c->count = 0;
    c->orphan = NULL;
    c->status = dtl_site_names_collect(m->facts, a->url, a->arena, &c->sites);
    offer_facts(c, DTL_SOURCE_JSON_LD, true);
    offer_facts(c, DTL_SOURCE_MICRODATA, false);
    if (is_article)
        offer_bylines(c, true);
    offer_facts(c, DTL_SOURCE_LINK, false);
    offer_facts(c, DTL_SOURCE_JSON_LD_OTHER, true);
    offer_metas(c);
    if (is_article)
        offer_lines_around(c);
    if (is_article && !has_people(c))
        offer_beside_date(c);
    if (is_article && !c->count)
        offer_signature(c);
    if (is_article && (!c->orphan || is_site(c, c->orphan)))
        offer_bylines(c, false);
    best = winner(c);
    if (c->status != DTL_OK || !best)
        return c->status;
    complete_names(c, best);
    return set_authors(c, best);
}
