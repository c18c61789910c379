/* Text and tags: the tokenizer's data state and all states of a tag.
 *
 * This is where ordinary pages spend their time, and they spend it on short
 * things: a tag's name, a few attributes, a run of white space. So a block of
 * bytes is looked at in place, no function is called for a name that is
 * known, and the rare (a name past 16 bytes or not known, a byte in it that
 * has to be replaced) is left to names.c. */
#include "html/names_hash.h"
#include "html/tokenizer_states.h"
#include "base/str.h"

#include <assert.h>

/* ---- Names ----------------------------------------------------------- */

#if DTL_LANES > 8

static const char keep_bytes[32] = {
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
};

/* Bytes that can end a name: what is up to a space, '/', '>' and, of
 * attributes, '='. Some control characters are among them that do not. */
DTL_INLINE unsigned name_stops(__m128i v, bool attr)
{
    const __m128i space = _mm_set1_epi8(' ');
    __m128i hit = _mm_cmpeq_epi8(_mm_min_epu8(v, space), v);

    hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('/')));
    hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('>')));
    if (attr)
        hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('=')));
    return (unsigned)_mm_movemask_epi8(hit);
}

/* The first len bytes of v in lower case, padded with spaces. */
DTL_INLINE dtl_name_words name_words(__m128i v, unsigned len)
{
    const __m128i space = _mm_set1_epi8(' ');
    __m128i keep =
        _mm_loadu_si128((const __m128i *)(const void *)(keep_bytes + 16 - len));
    __m128i capital = _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8('A' - 1)),
                                    _mm_cmplt_epi8(v, _mm_set1_epi8('Z' + 1)));
    dtl_name_words words;

    v = _mm_or_si128(v, _mm_and_si128(capital, space));
    v = _mm_or_si128(_mm_and_si128(keep, v), _mm_andnot_si128(keep, space));
    words.low = (uint64_t)_mm_cvtsi128_si64(v);
    words.high = (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(v, v));
    return words;
}

/* The known name that begins at p, and its end in *stop; DTL_N_NONE where it
 * takes more than a look to say. */
DTL_INLINE dtl_name quick_name(const char *p, const char *end, bool attr,
                               const char **stop)
{
    __m128i v;
    unsigned stops, len;

    if (DTL_UNLIKELY(end - p < 16))
        return DTL_N_NONE;
    v = _mm_loadu_si128((const __m128i *)(const void *)p);
    /* The first byte is part of the name even where it is '='. */
    stops = name_stops(v, attr) & ~1u;
    if (DTL_UNLIKELY(!stops))
        return DTL_N_NONE;
    len = (unsigned)__builtin_ctz(stops);
    *stop = p + len;
    if (DTL_UNLIKELY(!is_kind(*stop[0], KIND_ATTR_END)))
        return DTL_N_NONE;
    return dtl_names_known(name_words(v, len));
}

#else

DTL_INLINE dtl_name quick_name(const char *p, const char *end, bool attr,
                               const char **stop)
{
    (void)p, (void)end, (void)attr, (void)stop;
    return DTL_N_NONE;
}

#endif

/* Any name; its end in *stop. */
static __attribute__((noinline)) dtl_status slow_name(
    dtl_html_tokenizer *t, const char *p, const char *end, unsigned kind,
    const char **stop, dtl_name *name)
{
    const char *q = p + 1;

    while (q < end && !is_kind(*q, kind))
        q++;
    *stop = q;
    return dtl_names_intern(&t->doc->names, &t->doc->arena,
                            (dtl_str){p, (size_t)(q - p)}, name);
}

/* Tag name state (13.2.5.8). */
DTL_INLINE dtl_status tag_name(dtl_html_tokenizer *t, const char *p,
                               const char *end, const char **stop,
                               dtl_name *name)
{
    *name = quick_name(p, end, false, stop);
    if (DTL_LIKELY(*name != DTL_N_NONE))
        return DTL_OK;
    return slow_name(t, p, end, KIND_TAG_END, stop, name);
}

/* Attribute name state (13.2.5.33). */
DTL_INLINE dtl_status attr_name(dtl_html_tokenizer *t, const char *p,
                                const char *end, const char **stop,
                                dtl_name *name)
{
    *name = quick_name(p, end, true, stop);
    if (DTL_LIKELY(*name != DTL_N_NONE))
        return DTL_OK;
    return slow_name(t, p, end, KIND_ATTR_END, stop, name);
}

/* ---- Attributes ------------------------------------------------------ */

static __attribute__((noinline)) dtl_status attr_room(dtl_html_tokenizer *t,
                                                      dtl_name name)
{
    dtl_html_doc *doc = t->doc;
    void *attrs = doc->attrs;
    dtl_status st;

    if (doc->attr_count >= t->max_attrs)
        return DTL_LIMIT;
    st = dtl_grow(&attrs, &doc->attr_cap, (size_t)doc->attr_count + 1,
                  sizeof(*doc->attrs));
    doc->attrs = attrs;
    if (st == DTL_OK && name >= doc->names.seen_cap)
        st = dtl_names_grow_seen(&doc->names, name);
    return st;
}

/* An attribute of the start tag at hand. Of several with one name, the first
 * counts (end of 13.2.5.33). */
DTL_INLINE dtl_status add_attr(dtl_html_tokenizer *t, dtl_html_attr attr)
{
    dtl_html_doc *doc = t->doc;

    if (DTL_UNLIKELY(doc->attr_count >= doc->attr_cap ||
                     doc->attr_count >= t->max_attrs ||
                     attr.name >= doc->names.seen_cap)) {
        dtl_status st = attr_room(t, attr.name);

        if (st != DTL_OK)
            return st;
    }
    if (DTL_UNLIKELY(doc->names.seen[attr.name] == doc->names.serial))
        return DTL_OK;
    doc->names.seen[attr.name] = doc->names.serial;
    doc->attrs[doc->attr_count++] = attr;
    return DTL_OK;
}

DTL_INLINE bool begins_reference(const char *p, const char *end)
{
    return p + 1 < end && is_kind(p[1], KIND_REFERENCE);
}

/* Attribute value (double-quoted) and (single-quoted) states (13.2.5.36,
 * .37): the closing quote, or end. */
DTL_INLINE const char *quoted_end(const char *p, const char *end, char quote,
                                  uint8_t *flags)
{
    const dtl_byte_set set = {{(unsigned char)quote, '&', '\r', 0}};

    while (p < end) {
        dtl_mask m = dtl_lanes_in(dtl_lanes_at(p, end, quote), set);

        for (; m; m = dtl_mask_rest(m)) {
            const char *q = p + dtl_mask_first(m);

            if (q >= end || *q == quote)
                return q < end ? q : end;
            if (*q == '&')
                *flags |= begins_reference(q, end) ? DTL_TEXT_REFS : 0;
            else
                *flags |= clean_up_flag(*q);
        }
        if (end - p <= DTL_LANES)
            break;
        p += DTL_LANES;
    }
    return end;
}

/* Attribute value (unquoted) state (13.2.5.38). */
static const char *unquoted_end(const char *p, const char *end, uint8_t *flags)
{
    for (; p < end; p++) {
        if (!is_kind(*p, KIND_VALUE_STOP))
            continue;
        if (*p == '&')
            *flags |= begins_reference(p, end) ? DTL_TEXT_REFS : 0;
        else if (*p == '\0')
            *flags |= DTL_TEXT_NUL;
        else
            break;
    }
    return p;
}

DTL_INLINE const char *skip_space(const char *p, const char *end)
{
    while (p < end && is_kind(*p, KIND_SPACE))
        p++;
    return p;
}

/* Before attribute value state and the value states (13.2.5.35-.38), p
 * behind the '='. Gives what follows the value, or NULL at the end of the
 * text. */
DTL_INLINE const char *attr_value(const dtl_html_tokenizer *t, const char *p,
                                  const char *end, dtl_html_attr *attr)
{
    const char *from, *to;

    if (DTL_UNLIKELY(p < end && is_kind(*p, KIND_SPACE)))
        p = skip_space(p, end);
    if (p == end)
        return NULL;
    if (DTL_LIKELY(*p == '"' || *p == '\'')) {
        from = p + 1;
        to = *p == '"' ? quoted_end(from, end, '"', &attr->text_flags)
                       : quoted_end(from, end, '\'', &attr->text_flags);
        if (to == end)
            return NULL;
        p = to + 1;
    } else {
        from = p;
        p = to = unquoted_end(p, end, &attr->text_flags);
    }
    attr->start = offset_of(t, from);
    attr->end = offset_of(t, to);
    return p;
}

/* Before attribute name state up to the '>' of the tag (13.2.5.32-.40). Both
 * 'after' states and the self-closing start tag state do, once they have
 * looked for their own bytes, what the before attribute name state does. keep
 * is false in end tags, whose attributes count for nothing. Gives what
 * follows the tag in *stop, NULL at the end of the text. */
DTL_INLINE dtl_status attributes(dtl_html_tokenizer *t, dtl_html_token *out,
                                 const char *p, const char *end, bool keep,
                                 const char **stop)
{
    dtl_status st;

    *stop = NULL;
    for (;;) {
        dtl_html_attr attr = {0};
        const char *q;

        while (p < end && is_kind(*p, KIND_SPACE))
            p++;
        if (p == end)
            return DTL_OK;
        if (*p == '>') {
            *stop = p + 1;
            return DTL_OK;
        }
        if (*p == '/') { /* 13.2.5.40 */
            p++;
            out->self_closing = p < end && *p == '>';
            continue;
        }
        if (keep) {
            st = attr_name(t, p, end, &q, &attr.name);
            if (st != DTL_OK)
                return st;
        } else {
            for (q = p + 1; q < end && !is_kind(*q, KIND_ATTR_END);)
                q++;
        }
        attr.start = attr.end = offset_of(t, q);
        p = q;
        if (DTL_UNLIKELY(p < end && is_kind(*p, KIND_SPACE)))
            p = skip_space(p, end); /* 13.2.5.34 */
        if (p < end && *p == '=') {
            p = attr_value(t, p + 1, end, &attr);
            if (!p)
                return DTL_OK;
        }
        if (keep) {
            st = add_attr(t, attr);
            if (st != DTL_OK)
                return st;
        }
    }
}

/* ---- Tags ------------------------------------------------------------ */

/* Tag open state onwards (13.2.5.6, .8), p at the '<' before a letter. */
DTL_INLINE dtl_status start_tag(dtl_html_tokenizer *t, dtl_html_token *out,
                                const char *p, const char *end)
{
    dtl_html_doc *doc = t->doc;
    const char *q;
    dtl_name name;
    dtl_status st = tag_name(t, p + 1, end, &q, &name);

    if (DTL_UNLIKELY(st != DTL_OK))
        return st;
    out->attr_first = doc->attr_count;
    out->self_closing = false;
    if (q < end && *q == '>') {
        q++;
        out->attr_count = 0;
    } else {
        doc->names.serial++;
        st = attributes(t, out, q, end, true, &q);
        if (DTL_UNLIKELY(st != DTL_OK || !q)) {
            doc->attr_count = out->attr_first;
            dtl_html_end_of_file(t, out);
            return st;
        }
        out->attr_count = doc->attr_count - out->attr_first;
    }
    t->last_start_tag = name;
    out->type = DTL_TOKEN_START_TAG;
    out->name = name;
    out->start = offset_of(t, p);
    out->end = t->at = offset_of(t, q);
    return DTL_OK;
}

static __attribute__((noinline)) dtl_status skip_attributes(
    dtl_html_tokenizer *t, dtl_html_token *out, const char *p, const char *end,
    const char **stop)
{
    return attributes(t, out, p, end, false, stop);
}

/* End tag open state onwards (13.2.5.7, .8), p at the '<' of "</" and a
 * letter. */
DTL_INLINE dtl_status end_tag(dtl_html_tokenizer *t, dtl_html_token *out,
                              const char *p, const char *end)
{
    const char *q;
    dtl_name name;
    dtl_status st = tag_name(t, p + 2, end, &q, &name);

    if (DTL_UNLIKELY(st != DTL_OK))
        return st;
    out->self_closing = false;
    if (DTL_LIKELY(q < end && *q == '>')) {
        q++;
    } else {
        st = skip_attributes(t, out, q, end, &q);
        if (st != DTL_OK)
            return st;
        if (!q) {
            dtl_html_end_of_file(t, out);
            return DTL_OK;
        }
    }
    out->type = DTL_TOKEN_END_TAG;
    out->name = name;
    out->attr_first = t->doc->attr_count;
    out->attr_count = 0;
    out->start = offset_of(t, p);
    out->end = t->at = offset_of(t, q);
    return DTL_OK;
}

/* ---- Text ------------------------------------------------------------ */

/* Whether the '<' at p opens markup (13.2.5.6, .7). */
DTL_INLINE bool opens_markup(const char *p, const char *end)
{
    if (p + 1 >= end || !is_kind(p[1], KIND_OPENS))
        return false;
    return p[1] != '/' || p + 2 < end;
}

/* Data state (13.2.5.1) as far as it makes characters: up to markup. */
DTL_INLINE const char *text_end(const char *p, const char *end, uint8_t *flags)
{
    static const dtl_byte_set set = {{'<', '&', '\r', 0}};

    while (p < end) {
        dtl_mask m = dtl_lanes_in(dtl_lanes_at(p, end, ' '), set);

        for (; m; m = dtl_mask_rest(m)) {
            const char *q = p + dtl_mask_first(m);

            if (*q == '<') {
                if (DTL_LIKELY(opens_markup(q, end)))
                    return q;
            } else if (*q == '&') {
                *flags |= begins_reference(q, end) ? DTL_TEXT_REFS : 0;
            } else {
                *flags |= clean_up_flag(*q);
            }
        }
        if (end - p <= DTL_LANES)
            break;
        p += DTL_LANES;
    }
    return end;
}

dtl_status DTL_LANES_NAME(dtl_html_data)(dtl_html_tokenizer *t,
                                         dtl_html_token *out)
{
    const char *end = t->doc->text.ptr + t->doc->text.len;

    const char *p = t->doc->text.ptr + t->at;
    const char *q;
    uint8_t flags = 0;

    if (DTL_UNLIKELY(p == end)) {
        dtl_html_end_of_file(t, out);
        return DTL_OK;
    }
    if (*p != '<' || !opens_markup(p, end)) {
        q = text_end(p, end, &flags);
        dtl_html_text_token(t, out, p, q, flags);
        return DTL_OK;
    }
    if (is_kind(p[1], KIND_ALPHA))
        return start_tag(t, out, p, end);
    if (p[1] == '/' && is_kind(p[2], KIND_ALPHA))
        return end_tag(t, out, p, end);
    return dtl_html_markup(t, out, p);
}
