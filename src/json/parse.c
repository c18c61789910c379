/* One pass over the text, one value after the other into a flat array.
 *
 * The machine holds the innermost open container, and in an object the key
 * that waits for its value; what a byte means depends on nothing else. An
 * open container's place in the chain of open ones is its parent link, so
 * there is no stack. Each byte the machine cannot use is passed over, which
 * bounds its time: every turn of the loop moves forward, except that a quote
 * found to be part of a string (below) rereads the token behind it once.
 *
 * Three repairs look back. They come into play only at a token that valid
 * JSON cannot have at that place, so valid JSON pays nothing for them:
 * - a quote nobody escaped: "He said "no" to me". What follows the quote is
 *   no comma, bracket or key, so the string goes on to the next quote. Where
 *   that swallows a comma, a line end and a key, the quote was missing there;
 * - a bracket too many, or braces left out: a string that a colon follows, in
 *   an array or at the top, is a member of the object just closed, or of one
 *   nobody opened;
 * - a closing bracket of the wrong kind closes what is open inside the
 *   nearest container of its kind, or nothing when there is none. Counts of
 *   open containers tell that in one step. */
#include "json/parse.h"
#include "json/escape.h"
#include "json/scan.h"
#include "base/str.h"

typedef struct {
    dtl_json_doc *doc;
    const char *base, *p, *end;
    size_t cap; /* of doc->values */
    bool script;
    bool failed; /* out of memory */
    bool full;   /* DTL_JSON_MAX_VALUES met */
    bool cut;    /* a string has no end */

    dtl_json_ref cur; /* the innermost open container */
    bool in_object;   /* and it is an object */
    size_t open_objects, open_arrays;

    bool has_key;
    uint8_t key_flags;
    uint32_t key, key_len;

    /* The string just read as a value, while nothing but blanks, and a comma
     * when comma says so, has followed it; else 0. */
    dtl_json_ref tail;
    bool comma;
    const char *seam;    /* the quote that tail last went on from, or NULL */
    dtl_json_ref closed; /* the object closed last, or 0 */
} machine;

static uint32_t offset(const machine *m, const char *p)
{
    return (uint32_t)(p - m->base);
}

static dtl_json_value *value(const machine *m, dtl_json_ref ref)
{
    return &m->doc->values[ref];
}

static bool wants_key(const machine *m)
{
    return m->in_object && !m->has_key;
}

/* ---- Values ---------------------------------------------------------- */

static bool make_room(machine *m)
{
    dtl_json_doc *doc = m->doc;
    size_t cap = m->cap * 2;
    void *moved;

    if (doc->count >= DTL_JSON_MAX_VALUES) {
        m->full = true;
        return false;
    }
    moved =
        dtl_arena_resize(doc->arena, doc->values, m->cap * sizeof *doc->values,
                         cap * sizeof *doc->values);
    if (!moved) {
        m->failed = true;
        return false;
    }
    doc->values = moved;
    m->cap = cap;
    return true;
}

/* Appends a value to the open container, with the key that waits; 0 when
 * there is no room. */
static dtl_json_ref add(machine *m, dtl_json_type type, const char *start,
                        const char *end)
{
    dtl_json_doc *doc = m->doc;
    dtl_json_value *v;

    m->tail = 0;
    if ((doc->count == m->cap || doc->count >= DTL_JSON_MAX_VALUES) &&
        !make_room(m))
        return 0;
    v = &doc->values[doc->count];
    *v = (dtl_json_value){
        .type = (uint8_t)type,
        .start = offset(m, start),
        .end = offset(m, end),
        .next = doc->count + 1,
        .parent = m->cur,
    };
    if (m->has_key) {
        v->flags = m->key_flags;
        v->key = m->key;
        v->key_len = m->key_len;
        m->has_key = false;
    }
    return doc->count++;
}

static void set_key(machine *m, const char *start, const char *end, bool quoted,
                    bool escaped)
{
    dtl_str key = {start, (size_t)(end - start)};
    size_t index;

    m->tail = 0;
    m->has_key = true;
    m->key_flags = DTL_JSON_KEYED | (quoted ? DTL_JSON_KEY_QUOTED : 0);
    m->key = offset(m, start);
    m->key_len = (uint32_t)key.len;
    if (!escaped)
        return;
    key = dtl_json_unescape(m->doc->arena, key);
    index = key.ptr ? dtl_json_keep(m->doc, key) : SIZE_MAX;
    if (index == SIZE_MAX) {
        m->failed = true;
        return;
    }
    m->key_flags |= DTL_JSON_KEY_DECODED;
    m->key = (uint32_t)index;
    m->key_len = 0;
}

static void enter(machine *m, dtl_json_ref ref)
{
    m->cur = ref;
    m->in_object = value(m, ref)->type == DTL_JSON_OBJECT;
    if (m->in_object)
        m->open_objects++;
    else
        m->open_arrays++;
}

static void open_container(machine *m, dtl_json_type type, const char *start)
{
    dtl_json_ref ref = add(m, type, start, start + 1);

    if (ref)
        enter(m, ref);
}

/* Closes the innermost container; its bytes end at end. */
static void close_one(machine *m, const char *end)
{
    dtl_json_value *v = value(m, m->cur);

    v->next = m->doc->count;
    v->end = offset(m, end);
    if (m->in_object) {
        m->open_objects--;
        m->closed = m->cur;
    } else {
        m->open_arrays--;
    }
    m->cur = v->parent;
    m->in_object = value(m, m->cur)->type == DTL_JSON_OBJECT;
    m->has_key = false;
    m->tail = 0;
}

/* A closing bracket: what is open inside the container it means ends before
 * the bracket. */
static void close_container(machine *m, bool object)
{
    if (object ? m->open_objects : m->open_arrays) {
        while (m->in_object != object)
            close_one(m, m->p);
        close_one(m, m->p + 1);
    }
    m->p++;
}

/* ---- Repairs --------------------------------------------------------- */

/* The token at hand makes no sense behind the string just read: the quote
 * that ended it belongs to it, if another can end it. */
static bool extend_string(machine *m)
{
    dtl_json_value *v;
    const char *from, *close;
    bool escaped = false;

    if (!m->tail || m->script || m->cur == DTL_JSON_ROOT)
        return false;
    v = value(m, m->tail);
    from = m->base + v->end + v->close;
    close = dtl_json_string_end(from, m->end, m->base[v->start - v->open],
                                &escaped);
    if (close == m->end) {
        m->tail = 0;
        return false;
    }
    m->seam = m->base + v->end;
    v->end = offset(m, close);
    v->close = (uint8_t)dtl_json_quote_len(close, m->end);
    if (escaped)
        v->flags |= DTL_JSON_ESCAPED;
    m->p = close + v->close;
    m->comma = false;
    return true;
}

/* A colon behind a string that went on, and what it went on by last stands
 * like a key behind a comma at a line's end: it is one, and the string's own
 * quote is missing. */
static bool split_string(machine *m)
{
    dtl_json_value *v = value(m, m->tail);
    const char *at = m->seam, *start = m->base + v->start;
    bool line_end = false;

    if (!at)
        return false;
    for (; at > start && dtl_is_space(at[-1]); at--)
        line_end |= at[-1] == '\n';
    if (!line_end || at == start || at[-1] != ',')
        return false;
    start = m->seam + dtl_json_quote_len(m->seam, m->end);
    set_key(m, start, m->base + v->end, true, v->flags & DTL_JSON_ESCAPED);
    v->end = offset(m, at - 1);
    v->close = 0;
    m->p++;
    return true;
}

/* Takes an object up again that was closed too early. */
static void reopen(machine *m, dtl_json_ref object)
{
    m->closed = 0;
    enter(m, object);
}

/* A colon behind a string that is no key: the string becomes one, of the
 * object that was meant. */
static void make_member(machine *m)
{
    dtl_json_value string = *value(m, m->tail);
    dtl_json_value *slot = value(m, m->tail);
    dtl_json_ref parent = value(m, m->cur)->parent;
    const char *start = m->base + string.start;
    bool first = m->tail == m->cur + 1;
    bool after_object = m->closed && value(m, m->closed)->next == m->tail &&
                        value(m, m->closed)->parent == m->cur;

    m->doc->count--;
    if (m->cur != DTL_JSON_ROOT && !first &&
        value(m, parent)->type == DTL_JSON_OBJECT) {
        close_one(m, start - string.open);
    } else if (after_object && !first) {
        reopen(m, m->closed);
    } else {
        *slot = (dtl_json_value){
            .type = DTL_JSON_OBJECT,
            .start = string.start - string.open,
            .parent = m->cur,
        };
        m->doc->count++;
        enter(m, m->tail);
    }
    set_key(m, start, m->base + string.end, true,
            string.flags & DTL_JSON_ESCAPED);
}

static void read_colon(machine *m)
{
    if (!m->in_object && m->tail && !m->comma)
        make_member(m);
    else if (wants_key(m) && m->tail && !m->comma &&
             (split_string(m) || extend_string(m)))
        return;
    m->p++;
}

/* ---- Tokens ---------------------------------------------------------- */

/* Behind a value in a script: an operator, a call or an index makes it part
 * of an expression, the rest of which is passed over. */
static void skip_rest(machine *m)
{
    const char *p;

    if (!m->script || m->cur == DTL_JSON_ROOT)
        return;
    p = dtl_json_skip_space(m->p, m->end);
    if (p < m->end && memchr("+-*%&|^?=!<>.([", *p, 15))
        p = dtl_json_skip_expression(p, m->end);
    m->p = p;
}

/* Whether a quoted key is meant though no colon follows: an arrow, as PHP has
 * it, or at once an object or array. */
static bool is_odd_key(const machine *m, const char *p)
{
    if (m->end - p >= 2 && p[0] == '=' && p[1] == '>')
        return true;
    return p < m->end && (!m->tail || m->comma) && (*p == '{' || *p == '[');
}

/* A string where a key is due, which is text[start, close). */
static void read_key(machine *m, const char *start, const char *close,
                     bool escaped)
{
    const char *p = dtl_json_skip_space(m->p, m->end);

    if (p < m->end && *p == ':') {
        m->p = p + 1;
        set_key(m, start, close, true, escaped);
        return;
    }
    if (!is_odd_key(m, p) && extend_string(m))
        return;
    m->tail = 0;
    while (p < m->end && (*p == '=' || *p == '>'))
        p++;
    m->p = p;
    /* A lone string is nothing; one before a value is a key without colon. */
    if (p < m->end && *p != ',' && *p != '}' && *p != ']')
        set_key(m, start, close, true, escaped);
}

static void read_string(machine *m)
{
    size_t open = dtl_json_quote_len(m->p, m->end);
    const char *start = m->p + open, *close;
    bool escaped = false;
    dtl_json_ref ref;

    close = dtl_json_string_end(start, m->end, *m->p, &escaped);
    m->cut |= close == m->end;
    m->p = close + dtl_json_quote_len(close, m->end);
    if (wants_key(m)) {
        read_key(m, start, close, escaped);
        return;
    }
    ref = add(m, DTL_JSON_STRING, start, close);
    if (!ref)
        return;
    value(m, ref)->open = (uint8_t)open;
    value(m, ref)->close = (uint8_t)(m->p - close);
    if (escaped)
        value(m, ref)->flags |= DTL_JSON_ESCAPED;
    m->tail = ref;
    m->comma = false;
    m->seam = NULL;
    skip_rest(m);
}

/* What a word by itself is; DTL_JSON_NONE when it has no meaning of its own.
 * Python's names come from pages that print a dictionary. */
static dtl_json_type classify(const char *p, const char *end)
{
    static const struct {
        dtl_str word;
        dtl_json_type type;
    } names[] = {
        {{"true", 4}, DTL_JSON_TRUE},      {{"false", 5}, DTL_JSON_FALSE},
        {{"null", 4}, DTL_JSON_NULL},      {{"!0", 2}, DTL_JSON_TRUE},
        {{"!1", 2}, DTL_JSON_FALSE},       {{"True", 4}, DTL_JSON_TRUE},
        {{"False", 5}, DTL_JSON_FALSE},    {{"None", 4}, DTL_JSON_NULL},
        {{"undefined", 9}, DTL_JSON_WORD}, {{"NaN", 3}, DTL_JSON_WORD},
        {{"Infinity", 8}, DTL_JSON_WORD},  {{"-Infinity", 9}, DTL_JSON_WORD},
    };
    dtl_str word = {p, (size_t)(end - p)};
    size_t i;

    if (dtl_json_is_numeral(p, end))
        return DTL_JSON_NUMBER;
    for (i = 0; i < sizeof names / sizeof *names; i++)
        if (dtl_str_eq(word, names[i].word))
            return names[i].type;
    return DTL_JSON_NONE;
}

/* A word where a key is due. Right behind a string it rather belongs to
 * that, even before a colon: <img width="300" src="https://...">. */
static void read_bare_key(machine *m, const char *end)
{
    const char *p = dtl_json_skip_space(end, m->end);
    bool key = p < m->end && *p == ':';

    if ((!key || !m->comma) && extend_string(m))
        return;
    m->tail = 0;
    if (key) {
        set_key(m, m->p, end, false, false);
        m->p = p + 1;
    } else {
        /* In a script this is {shorthand}, a method or ...spread. */
        m->p = m->script ? dtl_json_skip_expression(end, m->end) : end;
    }
}

static void add_word(machine *m, dtl_json_type type, const char *start,
                     const char *end)
{
    m->p = end;
    while (end > start && dtl_is_space(end[-1]))
        end--;
    add(m, type, start, end);
}

static void read_expression(machine *m)
{
    const char *end = dtl_json_skip_expression(m->p, m->end);

    /* A parenthesis nobody opened ends it before it begins. */
    if (end == m->p)
        m->p++;
    else
        add_word(m, DTL_JSON_WORD, m->p, end);
}

/* A text that should have been quoted. One that the end of the input cuts may
 * have been to become anything, so it is left out. */
static void read_text(machine *m)
{
    const char *end = dtl_json_skip_text(m->p, m->end);

    if (end == m->end) {
        m->p = end;
        m->cut = true;
        m->has_key = false;
    } else {
        add_word(m, DTL_JSON_STRING, m->p, end);
    }
}

/* A number, a name, or a text that should have been quoted. At the top only
 * what JSON knows is taken: words there are code or prose around a value. */
static void read_word(machine *m)
{
    const char *start = m->p, *end = dtl_json_word_end(start, m->end);
    dtl_json_type type;

    if (end == start)
        end++;
    if (wants_key(m)) {
        read_bare_key(m, end);
        return;
    }
    if (m->tail && !m->comma && extend_string(m))
        return;
    type = classify(start, end);
    if (type != DTL_JSON_NONE) {
        add_word(m, type, start, end);
        skip_rest(m);
    } else if (m->cur == DTL_JSON_ROOT) {
        m->p = end;
    } else if (m->script) {
        read_expression(m);
    } else {
        read_text(m);
    }
}

/* A comment, and nothing is told from what follows it: a string must not go
 * on into one, or the same comment might be read over and over. */
static void read_slash(machine *m)
{
    const char *p = dtl_json_skip_comment(m->p, m->end);

    if (p == m->p) {
        read_word(m);
        return;
    }
    m->p = p;
    m->tail = 0;
}

static void read_lead(machine *m)
{
    const char *p = dtl_json_skip_space(m->p, m->end);

    if (p != m->p)
        m->p = p;
    else if (dtl_json_quote_len(p, m->end))
        read_string(m);
    else
        read_word(m);
}

/* Punctuation begins an expression, or is noise. */
static void read_other(machine *m)
{
    if (m->script)
        read_word(m);
    else if (!m->tail || m->comma || !extend_string(m))
        m->p++;
}

static void read_bracket(machine *m, dtl_json_type type)
{
    if (wants_key(m) && m->tail && !m->comma && extend_string(m))
        return;
    open_container(m, type, m->p++);
}

static void read_comma(machine *m)
{
    m->has_key = false;
    /* Two commas: nothing that follows can belong to the string before. */
    if (m->comma)
        m->tail = 0;
    m->comma = true;
    m->p++;
}

/* ---- The loop -------------------------------------------------------- */

static void run(machine *m)
{
    while (m->p < m->end && !m->failed && !m->full) {
        switch (dtl_json_kind_of(*m->p)) {
        case DTL_JSON_BLANK:
            m->p = dtl_json_skip_space(m->p, m->end);
            break;
        case DTL_JSON_QUOTE:
            read_string(m);
            break;
        case DTL_JSON_OPEN:
            read_bracket(m, *m->p == '{' ? DTL_JSON_OBJECT : DTL_JSON_ARRAY);
            break;
        case DTL_JSON_CLOSE:
            close_container(m, *m->p == '}');
            skip_rest(m);
            break;
        case DTL_JSON_COMMA:
            read_comma(m);
            break;
        case DTL_JSON_COLON:
            read_colon(m);
            break;
        case DTL_JSON_SLASH:
            read_slash(m);
            break;
        case DTL_JSON_LETTER:
            read_word(m);
            break;
        case DTL_JSON_LEAD:
            read_lead(m);
            break;
        case DTL_JSON_OTHER:
            read_other(m);
            break;
        }
        if (m->script && m->cur == DTL_JSON_ROOT &&
            m->doc->count > DTL_JSON_ROOT + 1)
            break;
    }
}

size_t dtl_json_keep(dtl_json_doc *doc, dtl_str decoded)
{
    size_t cap = doc->decoded_cap ? doc->decoded_cap * 2 : 16;
    void *moved;

    if (doc->decoded_count == doc->decoded_cap) {
        moved = dtl_arena_resize(doc->arena, doc->decoded,
                                 doc->decoded_cap * sizeof decoded,
                                 cap * sizeof decoded);
        if (!moved)
            return SIZE_MAX;
        doc->decoded = moved;
        doc->decoded_cap = cap;
    }
    doc->decoded[doc->decoded_count] = decoded;
    return doc->decoded_count++;
}

/* Values 0 and 1: none, and the root. A page's JSON has some value every 24
 * bytes; what is too much goes back to the arena at the end. A script may have
 * any number of small literals. */
static bool begin(machine *m)
{
    dtl_json_doc *doc = m->doc;

    m->cap = m->script ? 64 : doc->text.len / 24 + 16;
    if (m->cap > DTL_JSON_MAX_VALUES)
        m->cap = DTL_JSON_MAX_VALUES;
    doc->values = dtl_arena_alloc(doc->arena, m->cap * sizeof *doc->values);
    if (!doc->values)
        return false;
    doc->values[0] = (dtl_json_value){.next = 1};
    doc->values[DTL_JSON_ROOT] = (dtl_json_value){.type = DTL_JSON_ARRAY};
    doc->count = DTL_JSON_ROOT + 1;
    m->cur = DTL_JSON_ROOT;
    return true;
}

dtl_status dtl_json_parse(dtl_json_doc *doc, size_t from,
                          dtl_json_manner manner)
{
    const char *base = doc->text.ptr;
    machine m = {
        .doc = doc,
        .base = base,
        .p = base + from,
        .end = base + doc->text.len,
        .script = manner == DTL_JSON_AS_SCRIPT,
    };

    if (!begin(&m))
        return DTL_NOMEM;
    run(&m);
    if (m.failed)
        return DTL_NOMEM;
    doc->cut = m.cut || m.full || m.has_key || m.cur != DTL_JSON_ROOT;
    while (m.cur != DTL_JSON_ROOT)
        close_one(&m, m.p);
    doc->values[DTL_JSON_ROOT].start = (uint32_t)from;
    doc->values[DTL_JSON_ROOT].end = offset(&m, m.p);
    doc->values[DTL_JSON_ROOT].next = doc->count;
    doc->end = (size_t)(m.p - base);
    dtl_arena_resize(doc->arena, doc->values, m.cap * sizeof *doc->values,
                     doc->count * sizeof *doc->values);
    return DTL_OK;
}
