/* DOCTYPE tokens (13.2.5.53-.68).
 *
 * A page has one, so this follows the standard step by step. Where the text
 * ends within, or something does not fit, the token has the force-quirks
 * flag; whatever it has found until then stays. */
#include "base/str.h"
#include "html/text.h"
#include "html/tokenizer_states.h"

typedef struct {
    dtl_html_doc *doc;
    dtl_html_token *out;
    const char *p, *end;
} reader;

static void skip_space(reader *r)
{
    while (r->p < r->end && is_kind(*r->p, KIND_SPACE))
        r->p++;
}

/* At the end of the text or at the closing '>'. */
static bool at_close(const reader *r)
{
    return r->p == r->end || *r->p == '>';
}

/* The slice of the text from `from` to r->p, with U+FFFD for NUL and LF for
 * CR and CRLF. */
static dtl_status take(reader *r, const char *from, dtl_str *out)
{
    dtl_str s = {from, (size_t)(r->p - from)};

    *out = dtl_html_cleaned(r->doc, s, dtl_html_text_flags(s), false);
    return out->ptr ? DTL_OK : DTL_NOMEM;
}

/* Puts *s into lower case, where it is not. */
static dtl_status lower(reader *r, dtl_str *s)
{
    char *copy;
    size_t i;

    for (i = 0; i < s->len && s->ptr[i] == dtl_lower(s->ptr[i]);)
        i++;
    if (i == s->len)
        return DTL_OK;
    copy = dtl_arena_alloc(&r->doc->arena, s->len);
    if (!copy)
        return DTL_NOMEM;
    for (i = 0; i < s->len; i++)
        copy[i] = dtl_lower(s->ptr[i]);
    s->ptr = copy;
    return DTL_OK;
}

/* DOCTYPE name state (13.2.5.55). */
static dtl_status read_name(reader *r)
{
    const char *from = r->p;
    dtl_status st;

    while (!at_close(r) && !is_kind(*r->p, KIND_SPACE))
        r->p++;
    st = take(r, from, &r->out->doctype.name);
    return st == DTL_OK ? lower(r, &r->out->doctype.name) : st;
}

/* DOCTYPE public and system identifier states (13.2.5.59, .60, .65, .66), at
 * the opening quote. *closed tells whether the closing one came. */
static dtl_status read_id(reader *r, dtl_str *id, bool *closed)
{
    const char quote = *r->p++, *from = r->p;
    dtl_status st;

    while (!at_close(r) && *r->p != quote)
        r->p++;
    st = take(r, from, id);
    *closed = r->p < r->end && *r->p == quote;
    if (*closed)
        r->p++;
    return st;
}

static bool at_quote(const reader *r)
{
    return r->p < r->end && (*r->p == '"' || *r->p == '\'');
}

/* Before DOCTYPE system identifier state to after it (13.2.5.64-.67), space
 * skipped; whether all is well. */
static dtl_status read_system_id(reader *r, bool *fits)
{
    dtl_status st = read_id(r, &r->out->doctype.system_id, fits);

    if (st != DTL_OK || !*fits)
        return st;
    skip_space(r);
    /* What stands behind it is an error, but not one that forces quirks. */
    *fits = r->p < r->end;
    return DTL_OK;
}

/* After DOCTYPE name state (13.2.5.56) on, at neither a space nor the end;
 * whether all is well. */
static dtl_status read_ids(reader *r, bool *fits)
{
    dtl_str rest = {r->p, (size_t)(r->end - r->p)};
    bool is_public = dtl_str_starts_nocase(rest, DTL_STR("public"));
    dtl_status st;

    *fits = false;
    if (!is_public && !dtl_str_starts_nocase(rest, DTL_STR("system")))
        return DTL_OK;
    r->p += 6;
    skip_space(r);
    if (!at_quote(r))
        return DTL_OK;
    if (!is_public)
        return read_system_id(r, fits);
    st = read_id(r, &r->out->doctype.public_id, fits);
    if (st != DTL_OK || !*fits)
        return st;
    skip_space(r); /* 13.2.5.61, .62 */
    if (at_quote(r))
        return read_system_id(r, fits);
    *fits = r->p < r->end && *r->p == '>';
    return DTL_OK;
}

dtl_status dtl_html_doctype_token(dtl_html_tokenizer *t, dtl_html_token *out,
                                  const char *p)
{
    reader r = {.doc = t->doc, .out = out, .p = p + 9};
    bool fits = false;
    dtl_status st = DTL_OK;

    r.end = t->doc->text.ptr + t->doc->text.len;
    out->type = DTL_TOKEN_DOCTYPE;
    out->doctype = (dtl_html_doctype){0};
    skip_space(&r); /* 13.2.5.53, .54 */
    if (!at_close(&r)) {
        st = read_name(&r);
        skip_space(&r);
        fits = r.p < r.end;
        if (st == DTL_OK && !at_close(&r))
            st = read_ids(&r, &fits);
    }
    while (!at_close(&r)) /* bogus DOCTYPE state (13.2.5.68) */
        r.p++;
    out->force_quirks = !fits;
    out->start = offset_of(t, p);
    out->end = t->at = offset_of(t, r.p < r.end ? r.p + 1 : r.end);
    return st;
}
