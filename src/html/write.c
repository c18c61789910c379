/* Writes HTML from events; see write.h.
 *
 * An event is written when the next is known, since that decides whether its
 * tag can be left out. The meta that declares the encoding is put in at the
 * head's end, when it is sure that the head has none. */
#include "html/write.h"
#include "base/str.h"
#include "html/rules.h"
#include "html/serialize.h"
#include "html/write_optional.h"

#include <stdlib.h>

dtl_name dtl_html_event_name(const dtl_html_event *e)
{
    static const dtl_names known = {0};

    return dtl_names_find(&known, e->name);
}

/* ---- Attributes ------------------------------------------------------ */

/* Attributes whose value says nothing. */
static bool is_boolean(dtl_str name)
{
    static const char *const names[] = {"allowfullscreen",
                                        "async",
                                        "autofocus",
                                        "autoplay",
                                        "checked",
                                        "compact",
                                        "controls",
                                        "declare",
                                        "default",
                                        "defer",
                                        "disabled",
                                        "formnovalidate",
                                        "inert",
                                        "irrelevant",
                                        "ismap",
                                        "itemscope",
                                        "loop",
                                        "multiple",
                                        "muted",
                                        "nomodule",
                                        "noresize",
                                        "noshade",
                                        "novalidate",
                                        "nowrap",
                                        "open",
                                        "playsinline",
                                        "readonly",
                                        "required",
                                        "reversed",
                                        "seamless",
                                        "selected"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (dtl_str_eq(name, dtl_str_of(names[i])))
            return true;
    return false;
}

static bool needs_quotes(dtl_str value)
{
    for (size_t i = 0; i < value.len; i++)
        if (dtl_is_space(value.ptr[i]) || strchr("\"'=>`", value.ptr[i]))
            return true;
    return value.len == 0;
}

static void put_value(dtl_html_writer *w, dtl_str value)
{
    char quote = w->options.quote;

    if (w->options.unquoted && !needs_quotes(value)) {
        dtl_html_escape(value, false, w->out);
        return;
    }
    if (!quote)
        quote = dtl_str_find_char(value, '"') != SIZE_MAX &&
                        dtl_str_find_char(value, '\'') == SIZE_MAX
                    ? '\''
                    : '"';
    dtl_buf_putc(w->out, quote);
    for (dtl_str rest = value, part; dtl_str_split(&rest, quote, &part);) {
        dtl_html_escape(part, false, w->out);
        if (rest.ptr)
            dtl_buf_puts(w->out, quote == '"' ? "&quot;" : "&#39;");
    }
    dtl_buf_putc(w->out, quote);
}

static int compare_names(const void *a, const void *b)
{
    return dtl_str_compare(((const dtl_html_event_attr *)a)->name,
                           ((const dtl_html_event_attr *)b)->name);
}

static void put_attrs(dtl_html_writer *w, const dtl_html_event *e)
{
    if (w->options.sort_attrs && e->attr_count)
        qsort(e->attrs, e->attr_count, sizeof *e->attrs, compare_names);
    for (size_t i = 0; i < e->attr_count; i++) {
        const dtl_html_event_attr *a = &e->attrs[i];

        dtl_buf_putc(w->out, ' ');
        dtl_buf_str(w->out, a->name);
        if (w->options.minimize_boolean && is_boolean(a->name))
            continue;
        dtl_buf_putc(w->out, '=');
        put_value(w, a->value);
    }
}

/* ---- The declaration of the encoding --------------------------------- */

static bool injects(const dtl_html_writer *w)
{
    return w->options.inject_charset && w->options.encoding.len;
}

static dtl_html_event_attr *attr_of(const dtl_html_event *e, const char *name)
{
    for (size_t i = 0; i < e->attr_count; i++)
        if (dtl_str_eq_nocase(e->attrs[i].name, dtl_str_of(name)))
            return &e->attrs[i];
    return NULL;
}

/* Makes a meta in the head say the encoding, when it says any. */
static void declare(dtl_html_writer *w, const dtl_html_event *e)
{
    dtl_html_event_attr *charset = attr_of(e, "charset");
    dtl_html_event_attr *equiv = attr_of(e, "http-equiv");
    dtl_html_event_attr *content = attr_of(e, "content");

    if (charset) {
        charset->value = w->options.encoding;
    } else if (equiv && content &&
               dtl_str_eq_nocase(equiv->value, DTL_STR("content-type"))) {
        dtl_buf_reset(&w->content_type);
        dtl_buf_puts(&w->content_type, "text/html; charset=");
        dtl_buf_str(&w->content_type, w->options.encoding);
        if (w->content_type.status != DTL_OK)
            w->out->status = w->content_type.status;
        content->value = dtl_buf_view(&w->content_type);
    } else {
        return;
    }
    w->declared = true;
}

/* Puts a meta right behind the head's start tag. */
static void inject(dtl_html_writer *w)
{
    dtl_buf *out = w->out;
    size_t tail = out->len - w->head_at, len;

    dtl_buf_puts(out, "<meta charset=");
    put_value(w, w->options.encoding);
    dtl_buf_puts(out, w->options.trailing_solidus ? " />" : ">");
    len = out->len - w->head_at - tail;
    if (out->status != DTL_OK || !dtl_buf_reserve(out, len))
        return;
    memmove(out->ptr + w->head_at + len, out->ptr + w->head_at, tail + len);
    memmove(out->ptr + w->head_at, out->ptr + w->head_at + len + tail, len);
}

/* ---- Events ---------------------------------------------------------- */

static bool is_raw(dtl_name name)
{
    return dtl_rule_of(name)->bits & DTL_IS_RAW;
}

static bool is_preserving(dtl_name name)
{
    return name == DTL_N_PRE || name == DTL_N_TEXTAREA ||
           name == DTL_N_LISTING || is_raw(name);
}

static void start_tag(dtl_html_writer *w, const dtl_html_event *e,
                      const dtl_html_event *next)
{
    dtl_name name = dtl_html_event_name(e);
    bool is_void = dtl_rule_of(name)->bits & DTL_IS_VOID;

    if (injects(w) && w->in_head && name == DTL_N_META)
        declare(w, e);
    if (!w->options.omit_optional_tags || e->attr_count ||
        !dtl_html_start_is_optional(name, w->closed, next)) {
        dtl_buf_putc(w->out, '<');
        dtl_buf_str(w->out, e->name);
        put_attrs(w, e);
        dtl_buf_puts(w->out,
                     is_void && w->options.trailing_solidus ? " />" : ">");
    }
    if (name == DTL_N_HEAD) {
        w->in_head = true;
        w->declared = false;
        w->head_at = w->out->len;
    }
    w->raw += is_raw(name);
    w->preserving += is_preserving(name);
}

static void end_tag(dtl_html_writer *w, const dtl_html_event *e,
                    const dtl_html_event *next)
{
    dtl_name name = dtl_html_event_name(e);

    if (dtl_rule_of(name)->bits & DTL_IS_VOID)
        return;
    if (name == DTL_N_HEAD && w->in_head) {
        if (injects(w) && !w->declared)
            inject(w);
        w->in_head = false;
    }
    if (w->raw && is_raw(name))
        w->raw--;
    if (w->preserving && is_preserving(name))
        w->preserving--;
    if (w->options.omit_optional_tags && dtl_html_end_is_optional(name, next))
        return;
    dtl_buf_puts(w->out, "</");
    dtl_buf_str(w->out, e->name);
    dtl_buf_putc(w->out, '>');
}

static void put_text(dtl_html_writer *w, dtl_str text)
{
    if (w->raw && !w->options.escape_raw_text)
        dtl_buf_str(w->out, text);
    else
        dtl_html_escape(text, false, w->out);
}

static void put_collapsed(dtl_html_writer *w, dtl_str text)
{
    size_t at = 0;

    while (at < text.len) {
        size_t from = at;

        while (at < text.len && !dtl_is_space(text.ptr[at]))
            at++;
        put_text(w, dtl_str_sub(text, from, at));
        from = at;
        while (at < text.len && dtl_is_space(text.ptr[at]))
            at++;
        if (at > from)
            dtl_buf_putc(w->out, ' ');
    }
}

static void put_identifier(dtl_html_writer *w, dtl_str id)
{
    char quote = dtl_str_find_char(id, '"') != SIZE_MAX ? '\'' : '"';

    dtl_buf_putc(w->out, ' ');
    dtl_buf_putc(w->out, quote);
    dtl_buf_str(w->out, id);
    dtl_buf_putc(w->out, quote);
}

static void doctype(dtl_html_writer *w, const dtl_html_event *e)
{
    dtl_buf_puts(w->out, "<!DOCTYPE ");
    dtl_buf_str(w->out, e->name);
    if (e->public_id.len) {
        dtl_buf_puts(w->out, " PUBLIC");
        put_identifier(w, e->public_id);
    } else if (e->system_id.len) {
        dtl_buf_puts(w->out, " SYSTEM");
    }
    if (e->system_id.len)
        put_identifier(w, e->system_id);
    dtl_buf_putc(w->out, '>');
}

static void put(dtl_html_writer *w, const dtl_html_event *e,
                const dtl_html_event *next)
{
    switch (e->type) {
    case DTL_HTML_EVENT_START:
        start_tag(w, e, next);
        break;
    case DTL_HTML_EVENT_END:
        end_tag(w, e, next);
        break;
    case DTL_HTML_EVENT_TEXT:
        if (w->options.strip_space && !w->preserving)
            put_collapsed(w, e->text);
        else
            put_text(w, e->text);
        break;
    case DTL_HTML_EVENT_COMMENT:
        dtl_buf_puts(w->out, "<!--");
        dtl_buf_str(w->out, e->text);
        dtl_buf_puts(w->out, "-->");
        break;
    case DTL_HTML_EVENT_DOCTYPE:
        doctype(w, e);
        break;
    }
    w->closed = e->type == DTL_HTML_EVENT_END ? dtl_html_event_name(e)
                                              : (dtl_name)DTL_N_NONE;
}

void dtl_html_write(dtl_html_writer *w, const dtl_html_event *e)
{
    if (w->has_pending)
        put(w, &w->pending, e);
    w->pending = *e;
    w->has_pending = true;
}

void dtl_html_write_end(dtl_html_writer *w)
{
    if (w->has_pending)
        put(w, &w->pending, NULL);
    w->has_pending = false;
    dtl_buf_clear(&w->content_type);
}
