/* Markup that is no tag: comments, real and bogus, processing instructions;
 * and the ways into DOCTYPE and CDATA sections. */
#include "base/str.h"
#include "html/text.h"
#include "html/tokenizer_states.h"

static dtl_status comment_token(dtl_html_tokenizer *t, dtl_html_token *out,
                                const char *start, dtl_str data,
                                const char *next)
{
    out->type = DTL_TOKEN_COMMENT;
    out->text_flags = dtl_html_text_flags(data);
    out->data_start = offset_of(t, data.ptr);
    out->data_end = offset_of(t, data.ptr + data.len);
    out->start = offset_of(t, start);
    out->end = t->at = offset_of(t, next);
    return DTL_OK;
}

static const char *find_byte(const char *p, const char *end, char c)
{
    const char *found = memchr(p, c, (size_t)(end - p));

    return found ? found : end;
}

/* Bogus comment state (13.2.5.41): from data to '>'. */
static dtl_status bogus_comment(dtl_html_tokenizer *t, dtl_html_token *out,
                                const char *start, const char *data,
                                const char *end)
{
    const char *stop = find_byte(data, end, '>');

    return comment_token(t, out, start, (dtl_str){data, (size_t)(stop - data)},
                         stop < end ? stop + 1 : end);
}

/* At the end of the text, dashes of a closing that did not come are no data
 * (13.2.5.44, .50-.52): "-", "--" or "--!". */
static const char *without_dashes(const char *p, const char *end)
{
    if (end - p >= 3 && memcmp(end - 3, "--!", 3) == 0)
        return end - 3;
    if (end - p >= 2 && memcmp(end - 2, "--", 2) == 0)
        return end - 2;
    return end > p && end[-1] == '-' ? end - 1 : end;
}

/* Comment start state and all other comment states (13.2.5.43-.52), p at
 * "<!--". Data ends at the first "-->" or "--!>". The states of "<!--" in a
 * comment differ in parse errors only. */
static dtl_status comment(dtl_html_tokenizer *t, dtl_html_token *out,
                          const char *p, const char *end)
{
    const char *data = p + 4, *q = data;

    if (q < end && *q == '>')
        return comment_token(t, out, p, (dtl_str){data, 0}, q + 1);
    if (end - q >= 2 && memcmp(q, "->", 2) == 0)
        return comment_token(t, out, p, (dtl_str){data, 0}, q + 2);
    while ((q = find_byte(q, end, '>')) < end) {
        const char *stop = q - data > 2 && q[-1] == '!' ? q - 3 : q - 2;

        q++;
        if (stop >= data && memcmp(stop, "--", 2) == 0)
            return comment_token(t, out, p,
                                 (dtl_str){data, (size_t)(stop - data)}, q);
    }
    q = without_dashes(data, end);
    return comment_token(t, out, p, (dtl_str){data, (size_t)(q - data)}, end);
}

static bool stands_at(const char *p, const char *end, dtl_str word)
{
    return (size_t)(end - p) >= word.len && memcmp(p, word.ptr, word.len) == 0;
}

/* Markup declaration open state (13.2.5.42), p at "<!". */
static dtl_status declaration(dtl_html_tokenizer *t, dtl_html_token *out,
                              const char *p, const char *end)
{
    dtl_str rest = {p + 2, (size_t)(end - p - 2)};

    if (stands_at(p + 2, end, DTL_STR("--")))
        return comment(t, out, p, end);
    if (dtl_str_starts_nocase(rest, DTL_STR("doctype")))
        return dtl_html_doctype_token(t, out, p);
    if (t->cdata_allowed && stands_at(p + 2, end, DTL_STR("[CDATA["))) {
        t->at = offset_of(t, p + 9);
        t->state = DTL_STATE_CDATA_SECTION;
        out->type = DTL_TOKEN_NONE;
        return DTL_OK;
    }
    return bogus_comment(t, out, p, p + 2, end);
}

/* ---- Processing instructions ----------------------------------------- */

/* Whether a target may not be one (13.2.5.73). */
static bool is_reserved(dtl_str target)
{
    return dtl_str_eq_nocase(target, DTL_STR("xml")) ||
           dtl_str_eq_nocase(target, DTL_STR("xml-stylesheet"));
}

/* The processing instruction states (13.2.5.72-.76), p at "<?". What has no
 * proper target is a bogus comment that begins with the '?'; what is not
 * closed is nothing. One '?' before the closing '>' is not data. */
static dtl_status instruction(dtl_html_tokenizer *t, dtl_html_token *out,
                              const char *p, const char *end)
{
    const char *target = p + 2, *q = target, *stop;
    dtl_str data;

    if (q < end && !is_kind(*q, KIND_ALPHA) && *q != '_')
        return bogus_comment(t, out, p, p + 1, end);
    while (q < end && is_kind(*q, KIND_TARGET))
        q++;
    if (q == end) {
        dtl_html_end_of_file(t, out);
        return DTL_OK;
    }
    out->pi.target = (dtl_str){target, (size_t)(q - target)};
    if ((!is_kind(*q, KIND_SPACE) && *q != '?' && *q != '>') ||
        is_reserved(out->pi.target))
        return bogus_comment(t, out, p, p + 1, end);
    while (q < end && is_kind(*q, KIND_SPACE))
        q++;
    stop = find_byte(q, end, '>');
    if (stop == end) {
        dtl_html_end_of_file(t, out);
        return DTL_OK;
    }
    data = (dtl_str){q, (size_t)(stop - q)};
    if (data.len && data.ptr[data.len - 1] == '?')
        data.len--;
    out->type = DTL_TOKEN_PI;
    out->start = offset_of(t, p);
    out->end = t->at = offset_of(t, stop + 1);
    /* Of NUL in the data, the standard says nothing: it stays. */
    out->pi.data = dtl_html_cleaned(
        t->doc, data, dtl_html_text_flags(data) & DTL_TEXT_CR, false);
    return out->pi.data.ptr ? DTL_OK : DTL_NOMEM;
}

dtl_status dtl_html_markup(dtl_html_tokenizer *t, dtl_html_token *out,
                           const char *p)
{
    const char *end = t->doc->text.ptr + t->doc->text.len;

    if (p[1] == '!')
        return declaration(t, out, p, end);
    if (p[1] == '?')
        return instruction(t, out, p, end);
    if (p[2] != '>') /* end tag open state (13.2.5.7) */
        return bogus_comment(t, out, p, p + 2, end);
    t->at = offset_of(t, p + 3);
    out->type = DTL_TOKEN_NONE;
    return DTL_OK;
}
