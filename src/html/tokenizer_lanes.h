/* Text and tags: the tokenizer's data state and all states of a tag. In a
 * header, so that the loop over a page's tokens (parse_loop.c) has it in
 * line.
 *
 * This is where ordinary pages spend their time, and they spend it on short
 * things: a tag's name, a few attributes, a run of white space. What costs
 * then is a branch that goes the other way than the last time. So a block of
 * bytes is looked at in place, start tags and end tags go one way as long as
 * they can, and a known name is found without a branch on its length. The
 * rare (a name that is long or not known, a byte in it that has to be
 * replaced) is left to names.c. */
#ifndef DTL_HTML_TOKENIZER_LANES_H
#define DTL_HTML_TOKENIZER_LANES_H

#include "html/names_lanes.h"
#include "html/tokenizer_states.h"
#include "base/str.h"

/* The text, in registers. */
typedef struct {
    const char *base, *end;
} extent;

DTL_INLINE extent extent_of(const dtl_html_doc *doc)
{
    return (extent){doc->text.ptr, doc->text.ptr + doc->text.len};
}

DTL_INLINE uint32_t offset_in(extent x, const char *p)
{
    return (uint32_t)(p - x.base);
}

/* ---- Names ----------------------------------------------------------- */

/* A name and what follows it. Returned whole, so that both stay in registers;
 * stop is NULL where there was an error, which t->failed then tells. */
typedef struct {
    const char *stop;
    dtl_name name;
} found_name;

static __attribute__((noinline)) found_name slow_name(dtl_html_tokenizer *t,
                                                      const char *p, bool attr)
{
    dtl_names *names = &t->doc->names;
    const char *end = extent_of(t->doc).end;
    found_name found = {NULL, DTL_N_NONE};
    dtl_str text = {p, 0};
    dtl_status st;

    if (attr)
        found.stop = name_end(p, end, true, KIND_ATTR_END);
    else
        found.stop = name_end(p, end, false, KIND_TAG_END);
    text.len = (size_t)(found.stop - p);
    st = dtl_names_intern(names, &t->doc->arena, text, &found.name);
    if (st != DTL_OK) {
        t->failed = st;
        found.stop = NULL;
    }
    return found;
}

/* Tag name state (13.2.5.8) and, with attr, attribute name state (.33). The
 * first byte is known to be part of the name. */
DTL_INLINE found_name read_name(dtl_html_tokenizer *t, extent x, const char *p,
                                bool attr)
{
    if (DTL_LIKELY(x.end - p >= DTL_NAME_LOOK)) {
        quick_name look = look_at_name(p, attr);

        if (DTL_LIKELY(look.name != DTL_N_NONE))
            return (found_name){p + look.len, look.name};
    }
    return slow_name(t, p, attr);
}

/* ---- Attribute values ------------------------------------------------ */

/* Flags of what asks for them among the bytes of a block at p that m has. */
static __attribute__((noinline)) uint8_t block_flags(const char *p,
                                                     const char *end,
                                                     dtl_mask m)
{
    uint8_t flags = 0;

    for (; m; m = dtl_mask_rest(m)) {
        const char *q = p + dtl_mask_first(m);

        if (*q != '&')
            flags |= clean_up_flag(*q);
        else if (q + 1 < end && is_kind(q[1], KIND_REFERENCE))
            flags |= DTL_TEXT_REFS;
    }
    return flags;
}

/* Attribute value (double-quoted) and (single-quoted) states (13.2.5.36,
 * .37): the closing quote, or the text's end. */
DTL_INLINE const char *quoted_end(extent x, const char *p, char quote,
                                  uint8_t *flags)
{
    static const dtl_byte_set special = {{'&', '\r', 0, 0}};

    while (p < x.end) {
        dtl_lanes b = dtl_lanes_at(p, x.end, quote);
        dtl_mask close = dtl_lanes_eq(b, quote);
        dtl_mask m = dtl_lanes_in_fixed(b, special);

        if (DTL_LIKELY(close)) {
            m = dtl_mask_before(m, close);
            if (DTL_UNLIKELY(m))
                *flags |= block_flags(p, x.end, m);
            p += dtl_mask_first(close);
            return p < x.end ? p : x.end;
        }
        if (DTL_UNLIKELY(m))
            *flags |= block_flags(p, x.end, m);
        /* Not the last block, which would have met its filler. */
        p += DTL_LANES;
    }
    return x.end;
}

/* A value's end and flags, in registers. */
typedef struct {
    const char *to;
    uint8_t flags;
} found_value;

static __attribute__((noinline)) found_value slow_value(extent x, const char *p,
                                                        char quote)
{
    found_value v = {NULL, 0};

    v.to = quoted_end(x, p, quote, &v.flags);
    return v;
}

/* The same where a block can be read at p, by one look for all of interest.
 * Most values have nothing but their closing quote. */
DTL_INLINE found_value quick_value(extent x, const char *p, char quote,
                                   dtl_byte_set special)
{
    do {
        dtl_mask m = dtl_lanes_in_fixed(dtl_lanes_load(p), special);

        if (m) {
            p += dtl_mask_first(m);
            if (DTL_LIKELY(*p == quote))
                return (found_value){p, 0};
            break;
        }
        p += DTL_LANES;
    } while (x.end - p >= DTL_LANES);
    return slow_value(x, p, quote);
}

/* Attribute value (unquoted) state (13.2.5.38). */
static const char *unquoted_end(const char *p, const char *end, uint8_t *flags)
{
    for (; p < end; p++) {
        if (!is_kind(*p, KIND_VALUE_STOP))
            continue;
        if (*p == '\0')
            *flags |= DTL_TEXT_NUL;
        else if (*p != '&')
            break;
        else if (p + 1 < end && is_kind(p[1], KIND_REFERENCE))
            *flags |= DTL_TEXT_REFS;
    }
    return p;
}

/* ---- Attributes ------------------------------------------------------ */

DTL_INLINE const char *skip_space(extent x, const char *p)
{
    while (p < x.end && is_kind(*p, KIND_SPACE))
        p++;
    return p;
}

/* Before attribute value state and the value states (13.2.5.35-.38), p
 * behind the '='. Gives what follows the value, or NULL at the end of the
 * text. */
static const char *attr_value(extent x, const char *p, dtl_html_attr *attr)
{
    const char *to;

    p = skip_space(x, p);
    if (p == x.end)
        return NULL;
    if (*p == '"' || *p == '\'') {
        to = quoted_end(x, p + 1, *p, &attr->text_flags);
        attr->start = offset_in(x, p + 1);
        attr->end = offset_in(x, to);
        return to < x.end ? to + 1 : NULL;
    }
    to = unquoted_end(p, x.end, &attr->text_flags);
    attr->start = offset_in(x, p);
    attr->end = offset_in(x, to);
    return to;
}

/* Makes room for an attribute more. */
static __attribute__((noinline)) dtl_status make_room(dtl_html_tokenizer *t)
{
    dtl_html_doc *doc = t->doc;
    void *attrs = doc->attrs;
    size_t count = (size_t)doc->attr_count + t->own_count, need = count + 1;
    dtl_status st;

    if (count >= t->max_attrs)
        return DTL_LIMIT;
    st = dtl_grow_to(&attrs, &doc->attr_cap, need,
                     need + dtl_html_rest(doc, need, t->at),
                     sizeof(*doc->attrs));
    doc->attrs = attrs;
    t->attr_room =
        doc->attr_cap < t->max_attrs ? (uint32_t)doc->attr_cap : t->max_attrs;
    return st;
}

/* A tag with more attributes finds those of a name by a table, not by looking
 * at each. */
enum {
    FEW_ATTRS = 16
};

/* Notes the names of a tag's first attributes in the table, once it has
 * more. */
static dtl_status note_names(dtl_names *names, const dtl_html_attr *attrs)
{
    dtl_status st = DTL_OK;
    int i;

    names->serial++;
    for (i = 0; i < FEW_ATTRS && st == DTL_OK; i++) {
        if (attrs[i].name >= names->seen_cap)
            st = dtl_names_grow_seen(names, attrs[i].name);
        if (st == DTL_OK)
            names->seen[attrs[i].name] = names->serial;
    }
    return st;
}

/* Whether the tag, whose attributes so far are own, has one of that name;
 * DTL_LIMIT or DTL_NOMEM in t->failed. */
static bool is_repeated(dtl_html_tokenizer *t, dtl_name name)
{
    const dtl_html_attr *own = t->doc->attrs + t->doc->attr_count;
    dtl_names *names = &t->doc->names;
    bool repeated = false;
    uint32_t i;

    if (t->own_count < FEW_ATTRS) {
        for (i = 0; i < t->own_count; i++)
            repeated |= own[i].name == name;
        return repeated;
    }
    if (t->own_count == FEW_ATTRS)
        t->failed = note_names(names, own);
    if (t->failed == DTL_OK && name >= names->seen_cap)
        t->failed = dtl_names_grow_seen(names, name);
    if (t->failed != DTL_OK)
        return true;
    repeated = names->seen[name] == names->serial;
    names->seen[name] = names->serial;
    return repeated;
}

/* A bit for a name, which few others share. */
DTL_INLINE uint64_t bit_of(dtl_name name)
{
    return UINT64_C(1) << (name * UINT32_C(0x9E3779B1) >> 26);
}

/* Any attribute, from the attribute name state (13.2.5.33) to its value.
 * Gives what follows; NULL at the text's end, or where t->failed tells of an
 * error. Of several with one name, the first counts. */
static __attribute__((noinline)) const char *any_attribute(
    dtl_html_tokenizer *t, const char *p)
{
    dtl_html_doc *doc = t->doc;
    const extent x = extent_of(doc);
    dtl_html_attr attr = {0};
    found_name found;

    if (doc->attr_count + t->own_count >= t->attr_room)
        t->failed = make_room(t);
    if (t->failed != DTL_OK)
        return NULL;
    found = read_name(t, x, p, true);
    if (!found.stop)
        return NULL;
    attr.name = found.name;
    attr.start = attr.end = offset_in(x, found.stop);
    p = skip_space(x, found.stop); /* 13.2.5.34 */
    if (p < x.end && *p == '=')
        p = attr_value(x, p + 1, &attr);
    if (!is_repeated(t, attr.name)) {
        doc->attrs[doc->attr_count + t->own_count++] = attr;
        t->own_names |= bit_of(attr.name);
    }
    return t->failed == DTL_OK ? p : NULL;
}

/* Where a start tag's attributes go, in registers. */
typedef struct {
    dtl_html_attr *next, *room;
    uint64_t names; /* a bit for each attribute's name, see bit_of */
} attr_writer;

/* A writer behind the attributes that the tag has so far. */
DTL_INLINE attr_writer attr_writer_of(const dtl_html_tokenizer *t)
{
    uint32_t first = t->doc->attr_count, room = first + FEW_ATTRS;
    dtl_html_attr *attrs = t->doc->attrs;
    attr_writer w = {attrs, attrs, t->own_names};

    if (DTL_UNLIKELY(!attrs))
        return w;
    w.next = attrs + first + t->own_count;
    w.room = attrs + (room < t->attr_room ? room : t->attr_room);
    return w;
}

/* An attribute's name that is long, or of the page's own. An error is told by
 * t->failed. */
static __attribute__((noinline)) quick_name look_further(dtl_html_tokenizer *t,
                                                         const char *p)
{
    found_name found = slow_name(t, p, true);

    if (!found.stop)
        return (quick_name){DTL_N_NONE, 0};
    return (quick_name){found.name, (unsigned)(found.stop - p)};
}

DTL_INLINE void put_attribute(attr_writer *w, dtl_name name, uint32_t start,
                              uint32_t end, uint8_t flags)
{
    *w->next++ = (dtl_html_attr){
        .name = name, .start = start, .end = end, .text_flags = flags};
    w->names |= bit_of(name);
}

/* What stands behind the name of an attribute without quotes, p: a value or
 * none. from is NULL where it takes more than a look to say. */
typedef struct {
    const char *from;
    found_value value;
} bare_rest;

static __attribute__((noinline)) bare_rest bare_value(extent x, const char *p)
{
    bare_rest bare = {p, {p, 0}};

    if (*p == '=' && !is_kind(p[1], KIND_SPACE)) {
        bare.from = p + 1;
        bare.value.to = unquoted_end(p + 1, x.end, &bare.value.flags);
    } else if (is_kind(*p, KIND_SPACE)
                   ? is_kind(p[1], KIND_SPACE) || p[1] == '='
                   : *p == '=') {
        bare.from = NULL;
    }
    return bare;
}

/* The common attribute: a name, and a value in quotes, without any, or none,
 * far enough from the text's end not to look for it. Gives what follows it,
 * NULL where it is not of that form, or perhaps not the first of its name;
 * nothing but the name's number has come of it then. */
DTL_INLINE const char *quick_attribute(dtl_html_tokenizer *t, attr_writer *w,
                                       extent x, const char *p)
{
    static const dtl_byte_set in_double = {{'"', '&', '\r', 0}},
                              in_single = {{'\'', '&', '\r', 0}};
    quick_name look;
    found_value value;

    if (DTL_UNLIKELY(x.end - p < DTL_NAME_LOOK || w->next >= w->room))
        return NULL;
    look = look_at_name(p, true);
    if (DTL_UNLIKELY(look.name == DTL_N_NONE))
        look = look_further(t, p);
    p += look.len;
    if (DTL_UNLIKELY(look.name == DTL_N_NONE || x.end - p < 2 + DTL_LANES ||
                     (w->names & bit_of(look.name))))
        return NULL;
    if (DTL_LIKELY(p[0] == '=' && p[1] == '"')) {
        value = quick_value(x, p + 2, '"', in_double);
    } else if (p[0] == '=' && p[1] == '\'') {
        value = quick_value(x, p + 2, '\'', in_single);
    } else {
        bare_rest bare = bare_value(x, p);

        value = bare.value;
        if (!bare.from || value.to == x.end)
            return NULL;
        put_attribute(w, look.name, offset_in(x, bare.from),
                      offset_in(x, value.to), value.flags);
        return value.to;
    }
    if (DTL_UNLIKELY(value.to == x.end))
        return NULL;
    put_attribute(w, look.name, offset_in(x, p + 2), offset_in(x, value.to),
                  value.flags);
    return value.to + 1;
}

/* An attribute of an end tag, where it counts for nothing. */
static const char *lost_attribute(extent x, const char *p)
{
    dtl_html_attr attr = {0};

    for (p++; p < x.end && !is_kind(*p, KIND_ATTR_END);)
        p++;
    p = skip_space(x, p);
    return p < x.end && *p == '=' ? attr_value(x, p + 1, &attr) : p;
}

/* Before attribute name state up to the '>' of the tag (13.2.5.32-.40). Both
 * 'after' states and the self-closing start tag state do, once they have
 * looked for their own bytes, what the before attribute name state does.
 * Gives what follows the tag, or NULL as any_attribute does. */
DTL_INLINE const char *attributes(dtl_html_tokenizer *t, dtl_html_token *out,
                                  extent x, const char *p)
{
    const dtl_html_doc *doc = t->doc;
    attr_writer w;

    t->own_count = 0;
    t->own_names = 0;
    w = attr_writer_of(t);
    for (;;) {
        /* One space between attributes is the rule. */
        if (DTL_LIKELY(p < x.end) && *p == ' ')
            p++;
        if (DTL_UNLIKELY(p >= x.end))
            return NULL;
        if (!is_kind(*p, KIND_TAG_END)) {
            const char *next = quick_attribute(t, &w, x, p);

            if (DTL_UNLIKELY(!next)) {
                t->own_count =
                    (uint32_t)(w.next - doc->attrs) - doc->attr_count;
                t->own_names = w.names;
                next = t->failed ? NULL : any_attribute(t, p);
                w = attr_writer_of(t);
            }
            if (DTL_UNLIKELY(!next))
                return NULL;
            p = next;
        } else if (*p == '>') {
            out->attr_count = (uint32_t)(w.next - doc->attrs) - doc->attr_count;
            return p + 1;
        } else if (*p++ == '/') { /* 13.2.5.40 */
            out->self_closing = p < x.end && *p == '>';
        }
    }
}

/* The same in an end tag. */
static __attribute__((noinline)) const char *lost_attributes(
    dtl_html_tokenizer *t, const char *p)
{
    const extent x = extent_of(t->doc);

    while (p && p < x.end) {
        if (*p == '>')
            return p + 1;
        p = is_kind(*p, KIND_TAG_END) ? p + 1 : lost_attribute(x, p);
    }
    return NULL;
}

/* ---- Tags ------------------------------------------------------------ */

/* A tag that did not end: an error, or the text's end, which makes it
 * nothing. */
static __attribute__((noinline)) const char *no_tag(dtl_html_tokenizer *t,
                                                    dtl_html_token *out)
{
    dtl_html_end_of_file(t, out);
    return t->failed == DTL_OK ? extent_of(t->doc).end : NULL;
}

/* Tag open and tag name states onwards (13.2.5.6, .8), p at the '<' before a
 * letter. Gives what follows the tag; where it did not end, the token is that
 * of the text's end. NULL where there was an error, in t->failed. */
DTL_INLINE const char *start_tag(dtl_html_tokenizer *t, dtl_html_token *out,
                                 extent x, const char *p)
{
    found_name found = read_name(t, x, p + 1, false);

    out->type = DTL_TOKEN_START_TAG;
    out->self_closing = false;
    out->name = t->last_start_tag = found.name;
    out->start = offset_in(x, p);
    out->attr_first = t->doc->attr_count;
    out->attr_count = 0;
    p = found.stop;
    if (DTL_UNLIKELY(!p || p == x.end))
        return no_tag(t, out);
    p = *p == '>' ? p + 1 : attributes(t, out, x, p);
    if (DTL_UNLIKELY(!p))
        return no_tag(t, out);
    out->end = offset_in(x, p);
    return p;
}

/* The same of an end tag, from end tag open state (13.2.5.7), p at "</". */
DTL_INLINE const char *end_tag(dtl_html_tokenizer *t, dtl_html_token *out,
                               extent x, const char *p)
{
    found_name found = read_name(t, x, p + 2, false);

    out->type = DTL_TOKEN_END_TAG;
    out->self_closing = false;
    out->name = found.name;
    out->start = offset_in(x, p);
    out->attr_first = t->doc->attr_count;
    out->attr_count = 0;
    p = found.stop;
    if (DTL_UNLIKELY(!p || p == x.end))
        return no_tag(t, out);
    p = *p == '>' ? p + 1 : lost_attributes(t, p);
    if (DTL_UNLIKELY(!p))
        return no_tag(t, out);
    out->end = offset_in(x, p);
    return p;
}

/* ---- Text ------------------------------------------------------------ */

/* Whether the '<' at p opens markup (13.2.5.6, .7). */
DTL_INLINE bool opens_markup(const char *p, const char *end)
{
    if (DTL_LIKELY(end - p > 2))
        return is_kind(p[1], KIND_OPENS);
    return end - p == 2 && p[1] != '/' && is_kind(p[1], KIND_OPENS);
}

/* Bytes that make a text more than white space. */
DTL_INLINE dtl_mask inked(dtl_lanes b)
{
    return ~dtl_lanes_below(b, ' ' + 1) & DTL_MASK_ALL;
}

/* Data state (13.2.5.1) as far as it makes characters: up to markup. */
static __attribute__((noinline)) found_value slow_text(extent x, const char *p)
{
    static const dtl_byte_set special = {{'&', '\r', 0, 0}};
    found_value v = {x.end, 0};
    dtl_mask ink = 0;

    while (p < x.end) {
        dtl_lanes b = dtl_lanes_at(p, x.end, ' ');
        dtl_mask open = dtl_lanes_eq(b, '<');
        dtl_mask m = dtl_lanes_in_fixed(b, special);

        while (open &&
               DTL_UNLIKELY(!opens_markup(p + dtl_mask_first(open), x.end)))
            open = dtl_mask_rest(open);
        if (open)
            m = dtl_mask_before(m, open);
        if (DTL_UNLIKELY(m))
            v.flags |= block_flags(p, x.end, m);
        ink |= inked(b) &
               (open ? dtl_mask_to(dtl_mask_first(open)) : DTL_MASK_ALL);
        if (open) {
            v.to = p + dtl_mask_first(open);
            break;
        }
        if (x.end - p <= DTL_LANES)
            break;
        p += DTL_LANES;
    }
    if (!ink && !(v.flags & DTL_TEXT_NUL))
        v.flags |= DTL_TEXT_BLANK;
    return v;
}

/* The same, by one look a block, as long as there is nothing but plain
 * characters and a tag behind them. */
DTL_INLINE found_value text_end(extent x, const char *p)
{
    static const dtl_byte_set special = {{'<', '&', '\r', 0}};
    const char *start = p;
    dtl_mask ink = 0;

    for (; x.end - p > DTL_LANES + 1; p += DTL_LANES) {
        dtl_lanes b = dtl_lanes_load(p);
        dtl_mask m = dtl_lanes_in_fixed(b, special);

        if (m) {
            const char *to = p + dtl_mask_first(m);

            if (DTL_LIKELY(*to == '<' && is_kind(to[1], KIND_OPENS))) {
                ink |= inked(b) & dtl_mask_to((size_t)(to - p));
                return (found_value){to, ink ? 0 : DTL_TEXT_BLANK};
            }
            break;
        }
        ink |= inked(b);
    }
    return slow_text(x, start);
}

/* A run of characters, the first of which is no '<' that opens markup. Gives
 * what follows it. */
DTL_INLINE const char *text(dtl_html_token *out, extent x, const char *p)
{
    found_value found = text_end(x, p);

    out->type = DTL_TOKEN_TEXT;
    out->text_flags = found.flags;
    out->start = out->data_start = offset_in(x, p);
    out->end = out->data_end = offset_in(x, found.to);
    return found.to;
}

/* ---- The next token -------------------------------------------------- */

static dtl_status next_in_data(dtl_html_tokenizer *t, dtl_html_token *out)
{
    const extent x = extent_of(t->doc);
    const char *p = x.base + t->at;

    if (p == x.end) {
        dtl_html_end_of_file(t, out);
        return DTL_OK;
    }
    if (*p != '<' || !opens_markup(p, x.end))
        p = text(out, x, p);
    else if (is_kind(p[1], KIND_ALPHA))
        p = start_tag(t, out, x, p);
    else if (p[1] == '/' && is_kind(p[2], KIND_ALPHA))
        p = end_tag(t, out, x, p);
    else
        return dtl_html_markup(t, out, p);
    if (!p)
        return (dtl_status)t->failed;
    t->at = offset_in(x, p);
    return DTL_OK;
}

/* dtl_html_tokenizer_next(). */
static inline dtl_status next_token(dtl_html_tokenizer *t, dtl_html_token *out)
{
    dtl_status st;

    do {
        st = t->state == DTL_STATE_DATA ? next_in_data(t, out)
                                        : dtl_html_raw(t, out);
    } while (st == DTL_OK && out->type == DTL_TOKEN_NONE);
    return st;
}

#endif
