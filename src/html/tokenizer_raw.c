/* Text in which tags count for nothing but one: the states that the tree
 * builder asks for with <title>, <style>, <script>, <plaintext>, and CDATA
 * sections.
 *
 * Each is a search for the bytes that can end it. Of CR, NUL and '&' only the
 * first of each matters, for the text's flags; it is then no longer searched
 * for. */
#include "base/scan.h"
#include "base/str.h"
#include "html/tokenizer_states.h"

/* A search through raw text: for up to two bytes, and what asks for a flag.
 * Unused places of set repeat its first byte. */
typedef struct {
    const char *end;
    dtl_byte_set set;
    uint8_t flags;
} search;

static uint8_t flag_of(unsigned char c)
{
    return c == '&' ? DTL_TEXT_REFS : clean_up_flag((char)c);
}

/* The next of the bytes from p on that asks for no flag; end when none. */
static const char *find_next(search *s, const char *p)
{
    size_t i;

    for (;;) {
        p = dtl_scan_set(p, s->end, s->set);
        if (p == s->end || !flag_of((unsigned char)*p))
            return p;
        s->flags |= flag_of((unsigned char)*p);
        for (i = 1; i < sizeof(s->set.byte); i++)
            if (s->set.byte[i] == (unsigned char)*p)
                s->set.byte[i] = s->set.byte[0];
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
    for (p = find_next(s, p); p < s->end; p = find_next(s, p + 1))
        if (is_end_tag(p, s->end, name))
            return p;
    return s->end;
}

/* The script data states, escaped ones too (13.2.5.4, .15-.31). In an
 * escaped script, which begins with "<!--" and ends with "-->", a <script>
 * makes the next </script> count for nothing. */
static const char *script_end(search *s, const char *p, dtl_str name)
{
    static const dtl_str script = {"script", 6};
    enum {
        PLAIN,
        ESCAPED,
        DOUBLE_ESCAPED
    } mode = PLAIN;

    for (p = find_next(s, p); p < s->end; p = find_next(s, p)) {
        const char *from = p++;

        if (*from == '-') {
            while (p < s->end && *p == '-')
                p++;
            if (p - from >= 2 && p < s->end && *p == '>') {
                mode = PLAIN;
                s->set.byte[3] = s->set.byte[0];
            }
        } else if (mode != DOUBLE_ESCAPED && is_end_tag(from, s->end, name)) {
            return from;
        } else if (mode == PLAIN) {
            if (s->end - from < 4 || memcmp(from, "<!--", 4) != 0)
                continue;
            /* The dashes may be those of "-->" already (13.2.5.22). */
            mode = ESCAPED;
            p = from + 2;
            s->set.byte[3] = '-';
        } else if (mode == ESCAPED) {
            if (names_tag(p, s->end, script)) /* 13.2.5.26 */
                mode = DOUBLE_ESCAPED;
        } else if (p < s->end && *p == '/' &&
                   names_tag(p + 1, s->end, script)) { /* 13.2.5.31 */
            mode = ESCAPED;
        }
    }
    return s->end;
}

/* CDATA section states (13.2.5.69-.71): the "]]>", or end. */
static const char *cdata_end(search *s, const char *p)
{
    for (p = find_next(s, p); p < s->end; p = find_next(s, p + 1))
        if (s->end - p >= 3 && p[1] == ']' && p[2] == '>')
            return p;
    return s->end;
}

static dtl_status cdata(dtl_html_tokenizer *t, dtl_html_token *out,
                        const char *p, const char *end)
{
    search s = {end, {{']', '\r', '\0', ']'}}, 0};
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
    search s = {end, {{'<', '\r', '\0', '<'}}, 0};
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
    if (t->state == DTL_STATE_RCDATA)
        s.set.byte[3] = '&';
    if (t->state == DTL_STATE_PLAINTEXT) /* 13.2.5.5 */
        raw_end(&s, p, name);
    else if (t->state == DTL_STATE_SCRIPT_DATA)
        stop = script_end(&s, p, name);
    else
        stop = raw_end(&s, p, name);
    dtl_html_text_token(t, out, p, stop, s.flags);
    return DTL_OK;
}
