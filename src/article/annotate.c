/* Plain text annotated: what `dateline annotate` gives.
 *
 * The work is done in src/text; here are the handle that keeps its memory and
 * the JSON of a text's line. */
#include "article/annotate.h"
#include "base/str.h"
#include "json/read.h"
#include "text/language.h"
#include "text/quote.h"
#include "text/time.h"

struct dtl_annotator {
    dtl_times times;
    dtl_quote_finder *finder; /* made with the first text */
    dtl_str text;
    const dtl_quote *quotes;
    size_t quote_count;
    dtl_arena line; /* of a JSON line that is read */
    dtl_buf out;
};

dtl_annotator *dtl_annotator_new(void)
{
    dtl_annotator *a = dtl_malloc(sizeof *a);

    if (a)
        *a = (dtl_annotator){0};
    return a;
}

void dtl_annotator_free(dtl_annotator *a)
{
    if (!a)
        return;
    dtl_times_clear(&a->times);
    dtl_quote_finder_free(a->finder);
    dtl_arena_clear(&a->line);
    dtl_buf_clear(&a->out);
    dtl_free(a);
}

enum {
    SHORT = 400 /* bytes; of less, a rare language is a mistake */
};

/* The language of a text that nobody has told; tag is where it may lie. */
static dtl_str language_of(dtl_str text, char tag[DTL_LANGUAGE_TAG])
{
    if (dtl_language_detect(text, tag) &&
        (text.len >= SHORT || dtl_times_know(dtl_str_of(tag))))
        return dtl_str_of(tag);
    return dtl_str_of(dtl_language_guess(text));
}

dtl_status dtl_annotate(dtl_annotator *a, dtl_str text,
                        const dtl_annotate_options *opts, dtl_error *err)
{
    dtl_times_options o = {0};
    char tag[DTL_LANGUAGE_TAG];
    dtl_quote_options quotes = {0};
    dtl_status st;

    if (opts) {
        o.date = opts->date;
        o.narrative = opts->narrative;
        o.language = opts->language;
    }
    if (!o.language.len)
        o.language = language_of(text, tag);
    a->text = text;
    quotes.language = o.language;
    quotes.indirect = opts && opts->indirect;
    st = dtl_times_find(&a->times, text, &o);
    if (st == DTL_OK && !a->finder && !(a->finder = dtl_quote_finder_new()))
        st = DTL_NOMEM;
    if (st == DTL_OK)
        st = dtl_quotes_find(a->finder, text, &quotes, &a->quotes,
                             &a->quote_count);
    if (st == DTL_LIMIT)
        return dtl_fail(err, st, 0, "the text has 4 GiB or more");
    return st ? dtl_fail(err, st, 0, "out of memory") : DTL_OK;
}

const dtl_time *dtl_annotator_times(const dtl_annotator *a, size_t *count)
{
    *count = a->times.count;
    return a->times.list;
}

const dtl_quote *dtl_annotator_quotes(const dtl_annotator *a, size_t *count)
{
    *count = a->quote_count;
    return a->quotes;
}

static void put_span(dtl_json_writer *w, dtl_span s)
{
    dtl_json_open_array(w);
    dtl_json_put_uint(w, s.start);
    dtl_json_put_uint(w, s.end);
    dtl_json_close(w);
}

void dtl_write_quote(dtl_json_writer *w, const dtl_quote *q, dtl_str text)
{
    dtl_json_open_object(w);
    dtl_json_member_str(w, "text", q->text);
    dtl_json_member_str(w, "kind", dtl_str_of(dtl_quote_kind_name(q->kind)));
    dtl_json_member_opt(w, "speaker", q->speaker);
    if (q->mention.end > q->mention.start) {
        dtl_json_put_key(w, "mention");
        dtl_json_open_object(w);
        dtl_json_member_int(w, "start", (int64_t)q->mention.start);
        dtl_json_member_int(w, "end", (int64_t)q->mention.end);
        dtl_json_member_str(
            w, "text", dtl_str_sub(text, q->mention.start, q->mention.end));
        dtl_json_close(w);
    }
    dtl_json_member_opt(w, "cue", q->cue);
    dtl_json_member_opt(w, "medium", q->medium);
    if (q->embed)
        dtl_json_member_int(w, "embed", (int64_t)q->embed - 1);
    dtl_json_member_int(w, "start", (int64_t)q->start);
    dtl_json_member_int(w, "end", (int64_t)q->end);
    dtl_json_put_key(w, "spans");
    dtl_json_open_array(w);
    for (size_t i = 0; i < q->span_count; i++)
        put_span(w, q->spans[i]);
    dtl_json_close(w);
    dtl_json_put_key(w, "confidence");
    dtl_json_put_rounded(w, q->confidence, 2);
    dtl_json_close(w);
}

void dtl_write_time(dtl_json_writer *w, const dtl_time *t)
{
    dtl_json_open_object(w);
    dtl_json_member_str(w, "text", t->text);
    dtl_json_member_str(w, "type", dtl_str_of(dtl_time_type_name(t->type)));
    dtl_json_member_opt(w, "value", t->value);
    dtl_json_member_opt(w, "begin", t->begin);
    dtl_json_member_opt(w, "end_value", t->end_value);
    dtl_json_member_int(w, "start", (int64_t)t->start);
    dtl_json_member_int(w, "end", (int64_t)t->end);
    if (t->weekday)
        dtl_json_member_str(w, "weekday",
                            t->weekday > 0 ? DTL_STR("agrees")
                                           : DTL_STR("disagrees"));
    dtl_json_close(w);
}

/* The members that annotations are, without the braces. */
static void write_members(const dtl_annotator *a, dtl_json_writer *w)
{
    dtl_json_put_key(w, "times");
    dtl_json_open_array(w);
    for (size_t i = 0; i < a->times.count; i++)
        dtl_write_time(w, &a->times.list[i]);
    dtl_json_close(w);
    dtl_json_put_key(w, "quotes");
    dtl_json_open_array(w);
    for (size_t i = 0; i < a->quote_count; i++)
        dtl_write_quote(w, &a->quotes[i], a->text);
    dtl_json_close(w);
}

static dtl_status deliver(dtl_annotator *a, dtl_write_fn *write, void *ctx,
                          dtl_error *err)
{
    if (a->out.status)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    if (!write(ctx, a->out.ptr, a->out.len))
        return dtl_fail(err, DTL_IO, 0, "writing was stopped");
    return DTL_OK;
}

dtl_status dtl_annotator_write(dtl_annotator *a, bool pretty,
                               dtl_write_fn *write, void *ctx, dtl_error *err)
{
    dtl_json_writer w;

    dtl_buf_reset(&a->out);
    dtl_json_write_init(&w, &a->out, pretty);
    dtl_json_open_object(&w);
    write_members(a, &w);
    dtl_json_close(&w);
    if (dtl_json_write_end(&w))
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    return deliver(a, write, ctx, err);
}

dtl_status dtl_annotate_json(dtl_annotator *a, dtl_str line,
                             const dtl_annotate_options *opts,
                             dtl_write_fn *write, void *ctx, dtl_error *err)
{
    dtl_annotate_options o = opts ? *opts : (dtl_annotate_options){0};
    dtl_json_doc doc;
    dtl_json_writer w;
    dtl_json_ref top, id;
    dtl_str text, date, language;
    dtl_status st;

    dtl_arena_reset(&a->line);
    st = dtl_json_read(&doc, &a->line, line);
    if (st)
        return dtl_fail(err, st, 0,
                        st == DTL_NOMEM ? "out of memory"
                                        : "the line is too long");
    top = dtl_json_top(&doc);
    if (!dtl_json_is_object(&doc, top) ||
        !dtl_json_is_string(&doc, dtl_json_get(&doc, top, "text")))
        return dtl_fail(err, DTL_SYNTAX, 0,
                        "no JSON object with a \"text\" in it");
    text = dtl_json_text(&doc, dtl_json_get(&doc, top, "text"));
    date = dtl_json_text(&doc, dtl_json_get(&doc, top, "date"));
    language = dtl_json_text(&doc, dtl_json_get(&doc, top, "language"));
    if (doc.status)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    if (date.len)
        o.date = date;
    if (language.len)
        o.language = language;
    st = dtl_annotate(a, text, &o, err);
    if (st)
        return st;
    dtl_buf_reset(&a->out);
    dtl_json_write_init(&w, &a->out, false);
    dtl_json_open_object(&w);
    id = dtl_json_get(&doc, top, "id");
    if (id) {
        dtl_json_put_key(&w, "id");
        if (dtl_json_is_string(&doc, id))
            dtl_json_put_str(&w, dtl_json_text(&doc, id));
        else
            dtl_json_put_raw(&w, dtl_json_written(&doc, id));
    }
    write_members(a, &w);
    dtl_json_close(&w);
    if (dtl_json_write_end(&w))
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    dtl_buf_putc(&a->out, '\n');
    return deliver(a, write, ctx, err);
}
