/* Text in which tags count for nothing but one: the states that the tree
 * builder asks for with <title>, <style>, <script>, <plaintext>, and CDATA
 * sections. Each is a search for what can end it. */
#include "base/scan.h"
#include "base/str.h"
#include "html/tokenizer_states.h"

/* A search through raw text, and what it has met that asks for a flag. */
typedef struct {
    const dtl_html_tokenizer *t;
    const char *end;
    uint8_t flags;
} search;

/* The next '<' from p on that may begin an end tag or a comment, or end. */
static const char *find_open(search *s, const char *p)
{
    bool refs = s->t->state == DTL_STATE_RCDATA;

    return s->t->raw_stop(p, s->end, refs, &s->flags);
}

/* The next byte from p on that is a or b; end when there is none. CR and NUL
 * before it are noted; of each only the first matters. */
static const char *find_either(search *s, const char *p, char a, char b)
{
    for (;; p++) {
        char cr = s->flags & DTL_TEXT_CR ? a : '\r';
        char nul = s->flags & DTL_TEXT_NUL ? a : '\0';
        dtl_byte_set set = {{(unsigned char)a, (unsigned char)b,
                             (unsigned char)cr, (unsigned char)nul}};

        p = dtl_scan_set(p, s->end, set);
        if (p == s->end || *p == a || *p == b)
            return p;
        s->flags |= clean_up_flag(*p);
    }
}

/* Whether word (lower case) stands at p, and behind it what ends a tag's
 * name. */
static bool names_tag(const char *p, const char *end, dtl_str word)
{
    size_t i;

    if ((size_t)(end - p) <= word.len || !is_kind(p[word.len], KIND_TAG_END))
        return false;
    for (i = 0; i < word.len; i++)
        if (dtl_lower(p[i]) != word.ptr[i])
            return false;
    return true;
}

/* Whether an appropriate end tag begins at p: the less-than sign, end tag
 * open and end tag name states of RCDATA, RAWTEXT, script data and escaped
 * script data (13.2.5.9-.17, .23-.25). */
static bool is_end_tag(const char *p, const char *end, dtl_str name)
{
    return end - p > 2 && p[0] == '<' && p[1] == '/' && name.len &&
           names_tag(p + 2, end, name);
}

/* RCDATA and RAWTEXT states (13.2.5.2, .3). */
static const char *raw_end(search *s, const char *p, dtl_str name)
{
    for (p = find_open(s, p); p < s->end; p = find_open(s, p + 1))
        if (is_end_tag(p, s->end, name))
            return p;
    return s->end;
}

/* The script data states (13.2.5.4, .15-.31). In an escaped script, which
 * begins with "<!--" and ends with "-->", a <script> makes the next </script>
 * count for nothing. */
static const char *script_end(search *s, const char *p, dtl_str name)
{
    static const dtl_str script = {"script", 6};
    enum {
        PLAIN,
        ESCAPED,
        DOUBLE_ESCAPED
    } mode = PLAIN;

    for (;;) {
        const char *from =
            mode == PLAIN ? find_open(s, p) : find_either(s, p, '<', '-');

        if (from == s->end)
            return from;
        p = from + 1;
        if (*from == '-') {
            while (p < s->end && *p == '-')
                p++;
            if (p - from >= 2 && p < s->end && *p == '>')
                mode = PLAIN;
        } else if (mode != DOUBLE_ESCAPED && is_end_tag(from, s->end, name)) {
            return from;
        } else if (mode == PLAIN) {
            if (s->end - from < 4 || memcmp(from, "<!--", 4) != 0)
                continue;
            /* The dashes may be those of "-->" already (13.2.5.22). */
            mode = ESCAPED;
            p = from + 2;
        } else if (mode == ESCAPED) {
            if (names_tag(p, s->end, script)) /* 13.2.5.26 */
                mode = DOUBLE_ESCAPED;
        } else if (p < s->end && *p == '/' &&
                   names_tag(p + 1, s->end, script)) { /* 13.2.5.31 */
            mode = ESCAPED;
        }
    }
}

/* CDATA section states (13.2.5.69-.71): the "]]>", or end. */
static const char *cdata_end(search *s, const char *p)
{
    for (p = find_either(s, p, ']', ']'); p < s->end;
         p = find_either(s, p + 1, ']', ']'))
        if (s->end - p >= 3 && p[1] == ']' && p[2] == '>')
            return p;
    return s->end;
}

static dtl_status cdata(dtl_html_tokenizer *t, dtl_html_token *out,
                        const char *p, const char *end)
{
    search s = {t, end, 0};
    const char *stop = cdata_end(&s, p);

    out->type = DTL_TOKEN_NONE;
    if (stop > p)
        dtl_html_text_token(t, out, p, stop, s.flags);
    if (stop < end) {
        t->at = offset_of(t, stop + 3);
        t->state = DTL_STATE_DATA;
    }
    return DTL_OK;
}

dtl_status dtl_html_raw(dtl_html_tokenizer *t, dtl_html_token *out)
{
    const char *end = t->doc->text.ptr + t->doc->text.len;
    const char *p = t->doc->text.ptr + t->at, *stop = end;
    search s = {t, end, 0};
    dtl_str name = {0};

    if (p == end) {
        dtl_html_end_of_file(t, out);
        return DTL_OK;
    }
    if (t->state == DTL_STATE_CDATA_SECTION)
        return cdata(t, out, p, end);
    if (t->last_start_tag != DTL_N_NONE)
        name = dtl_names_text(&t->doc->names, t->last_start_tag);
    if (t->state != DTL_STATE_PLAINTEXT && is_end_tag(p, end, name)) {
        t->state = DTL_STATE_DATA; /* where it is a tag like any other */
        out->type = DTL_TOKEN_NONE;
        return DTL_OK;
    }
    if (t->state == DTL_STATE_PLAINTEXT) /* 13.2.5.5 */
        raw_end(&s, p, DTL_STR(""));
    else if (t->state == DTL_STATE_SCRIPT_DATA)
        stop = script_end(&s, p, name);
    else
        stop = raw_end(&s, p, name);
    if (t->state != DTL_STATE_RCDATA)
        s.flags &= (uint8_t)~DTL_TEXT_REFS;
    dtl_html_text_token(t, out, p, stop, s.flags);
    return DTL_OK;
}
