/* Finds quotations in JSON lines {"id", "text", "language"?} and prints a
 * line {"id", "quotes": [...]} for each.
 *
 *     dump-quotes <LINES
 *     dump-quotes --indirect <LINES   with speech outside quote marks
 *     dump-quotes --features <LINES   what tools/train/train_speakers.py reads
 *     dump-quotes --reports <LINES    what tools/train/train_reports.py reads
 *     dump-quotes --time N [--indirect] <LINES   finds N times; MB of text a
 *                                                second
 */
#include "base/str.h"
#include "json/read.h"
#include "json/write.h"
#include "text/quote_finder.h"
#include "text/quote_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void put_range(dtl_json_writer *w, size_t start, size_t end)
{
    dtl_json_open_array(w);
    dtl_json_put_uint(w, start);
    dtl_json_put_uint(w, end);
    dtl_json_close(w);
}

static void put_quote(dtl_json_writer *w, dtl_str text, const dtl_quote *q)
{
    size_t i;

    dtl_json_open_object(w);
    dtl_json_member_str(w, "text", q->text);
    dtl_json_member_str(w, "kind", dtl_str_of(dtl_quote_kind_name(q->kind)));
    if (q->speaker.len)
        dtl_json_member_str(w, "speaker", q->speaker);
    if (q->mention.end > q->mention.start) {
        dtl_json_put_key(w, "mention");
        dtl_json_open_object(w);
        dtl_json_member_int(w, "start", (int64_t)q->mention.start);
        dtl_json_member_int(w, "end", (int64_t)q->mention.end);
        dtl_json_member_str(
            w, "text", dtl_str_sub(text, q->mention.start, q->mention.end));
        dtl_json_close(w);
    }
    if (q->cue.len)
        dtl_json_member_str(w, "cue", q->cue);
    if (q->medium.len)
        dtl_json_member_str(w, "medium", q->medium);
    dtl_json_member_int(w, "start", (int64_t)q->start);
    dtl_json_member_int(w, "end", (int64_t)q->end);
    dtl_json_put_key(w, "spans");
    dtl_json_open_array(w);
    for (i = 0; i < q->span_count; i++)
        put_range(w, q->spans[i].start, q->spans[i].end);
    dtl_json_close(w);
    dtl_json_close(w);
}

static void put_candidates(dtl_json_writer *w, const dtl_quote_finder *f,
                           size_t stretch)
{
    const dtl_quote_stretch *s = &f->stretches.at[stretch];
    const dtl_quote_token *t = f->tokens.at;
    dtl_speaker_view view = f->view;
    dtl_speaker_choice choice;
    size_t i, j;

    view.training = true;
    dtl_speaker_candidates(&view, stretch, &choice);
    dtl_json_open_object(w);
    dtl_json_put_key(w, "inner");
    put_range(w, s->inner_start, s->inner_end);
    dtl_json_put_key(w, "candidates");
    dtl_json_open_array(w);
    for (i = 0; i < choice.count; i++) {
        const dtl_speaker_candidate *c = &choice.at[i];
        const dtl_quote_phrase *p =
            c->phrase == DTL_SPEAKER_NONE ? NULL : &f->phrases.at[c->phrase];

        dtl_json_open_array(w);
        if (!p || p->from == p->to)
            put_range(w, 0, 0);
        else
            put_range(w, t[p->from].start, t[p->to - 1].end);
        dtl_json_open_array(w);
        for (j = 0; j < c->feature_count; j++)
            dtl_json_put_uint(w, c->features[j]);
        dtl_json_close(w);
        dtl_json_close(w);
    }
    dtl_json_close(w);
    dtl_json_close(w);
}

/* The candidates of each anchor of a report: bytes, features; the bytes of the
 * anchor, and the features that all but the first share. */
static void put_report(dtl_json_writer *w, const dtl_quote_finder *f,
                       uint32_t anchor, const dtl_report_choice *choice)
{
    const dtl_quote_phrase *p = f->phrases.at;
    size_t i, j;

    dtl_json_open_object(w);
    dtl_json_put_key(w, "anchor");
    put_range(w, f->tokens.at[p[anchor].from].start,
              f->tokens.at[p[anchor].to - 1].end);
    dtl_json_put_key(w, "shared");
    dtl_json_open_array(w);
    for (i = 0; i < choice->shared_count; i++)
        dtl_json_put_uint(w, choice->shared[i]);
    dtl_json_close(w);
    dtl_json_put_key(w, "candidates");
    dtl_json_open_array(w);
    for (i = 0; i < choice->count; i++) {
        const dtl_report_candidate *c = &choice->at[i];
        dtl_span span = dtl_quotes_report_span(f, c->from, c->to);

        dtl_json_open_array(w);
        put_range(w, span.start, span.end);
        dtl_json_open_array(w);
        for (j = 0; j < c->feature_count; j++)
            dtl_json_put_uint(w, c->features[j]);
        dtl_json_close(w);
        dtl_json_close(w);
    }
    dtl_json_close(w);
    dtl_json_close(w);
}

static void put_reports(dtl_json_writer *w, const dtl_quote_finder *f)
{
    dtl_report_choice choice;
    uint32_t i;

    dtl_json_put_key(w, "reports");
    dtl_json_open_array(w);
    for (i = 0; i < f->phrases.count; i++) {
        if (dtl_report_candidates(f, i, true, true, &choice))
            put_report(w, f, i, &choice);
    }
    dtl_json_close(w);
}

static dtl_status annotate(dtl_quote_finder *f, dtl_json_doc *doc,
                           bool features, bool indirect, dtl_buf *out)
{
    dtl_json_ref top = dtl_json_top(doc);
    dtl_str text = dtl_json_text(doc, dtl_json_get(doc, top, "text"));
    dtl_quote_options options = {0};
    const dtl_quote *quotes;
    dtl_json_writer w;
    size_t count, i;
    dtl_status st;

    options.indirect = indirect;
    options.language = dtl_json_text(doc, dtl_json_get(doc, top, "language"));
    st = dtl_quotes_find(f, text, &options, &quotes, &count);
    if (st != DTL_OK)
        return st;
    dtl_json_write_init(&w, out, false);
    dtl_json_open_object(&w);
    dtl_json_member_str(&w, "id",
                        dtl_json_text(doc, dtl_json_get(doc, top, "id")));
    if (features && indirect) {
        put_reports(&w, f);
    } else if (features) {
        dtl_json_put_key(&w, "stretches");
        dtl_json_open_array(&w);
        for (i = 0; i < f->stretches.count; i++)
            put_candidates(&w, f, i);
        dtl_json_close(&w);
    } else {
        dtl_json_put_key(&w, "quotes");
        dtl_json_open_array(&w);
        for (i = 0; i < count; i++)
            put_quote(&w, text, &quotes[i]);
        dtl_json_close(&w);
    }
    dtl_json_close(&w);
    return dtl_json_write_end(&w);
}

static dtl_status annotate_lines(dtl_quote_finder *f, bool features,
                                 bool indirect)
{
    dtl_arena arena = {0};
    dtl_buf out = {0};
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    dtl_status st = DTL_OK;

    while (st == DTL_OK && (len = getline(&line, &cap, stdin)) > 0) {
        dtl_json_doc doc;

        dtl_arena_reset(&arena);
        out.len = 0;
        st = dtl_json_read(&doc, &arena, (dtl_str){line, (size_t)len});
        if (st == DTL_OK)
            st = annotate(f, &doc, features, indirect, &out);
        if (st == DTL_OK)
            printf("%.*s\n", (int)out.len, out.ptr);
    }
    free(line);
    dtl_arena_clear(&arena);
    dtl_buf_clear(&out);
    return st;
}

/* A text and its language, kept for a measurement. */
typedef struct {
    dtl_str text, language;
} kept_text;

typedef struct {
    kept_text *at;
    size_t count, cap, bytes;
    dtl_arena arena;
} kept_texts;

static dtl_status keep_lines(kept_texts *k)
{
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    dtl_status st = DTL_OK;

    while (st == DTL_OK && (len = getline(&line, &cap, stdin)) > 0) {
        dtl_json_doc doc;
        dtl_json_ref top;
        char *copy = dtl_arena_alloc(&k->arena, (size_t)len);
        kept_text *t;

        if (!copy)
            break;
        memcpy(copy, line, (size_t)len);
        st = dtl_json_read(&doc, &k->arena, (dtl_str){copy, (size_t)len});
        if (st == DTL_OK)
            st = dtl_grow((void **)&k->at, &k->cap, k->count + 1, sizeof *t);
        if (st != DTL_OK)
            break;
        top = dtl_json_top(&doc);
        t = &k->at[k->count++];
        t->text = dtl_json_text(&doc, dtl_json_get(&doc, top, "text"));
        t->language = dtl_json_text(&doc, dtl_json_get(&doc, top, "language"));
        k->bytes += t->text.len;
    }
    free(line);
    return st == DTL_OK ? k->arena.status : st;
}

static dtl_status time_lines(dtl_quote_finder *f, long times, bool indirect)
{
    kept_texts k = {0};
    const dtl_quote *quotes;
    size_t count, total = 0, i;
    dtl_status st = keep_lines(&k);
    clock_t began = clock();

    for (long n = 0; n < times && st == DTL_OK; n++) {
        for (i = 0, total = 0; i < k.count && st == DTL_OK; i++) {
            dtl_quote_options options = {.language = k.at[i].language,
                                         .indirect = indirect};

            st = dtl_quotes_find(f, k.at[i].text, &options, &quotes, &count);
            total += count;
        }
    }
    printf("%zu quotes, %.1f MB/s\n", total,
           (double)k.bytes * (double)times /
               ((double)(clock() - began) / CLOCKS_PER_SEC) / 1e6);
    dtl_free(k.at);
    dtl_arena_clear(&k.arena);
    return st;
}

static bool is_option(int argc, char **argv, const char *name)
{
    return argc > 1 && strcmp(argv[1], name) == 0;
}

int main(int argc, char **argv)
{
    dtl_quote_finder *f = dtl_quote_finder_new();
    dtl_status st = DTL_NOMEM;

    if (argc == 2 && strcmp(argv[1], "--count") == 0)
        printf("%zu %zu\n", dtl_speaker_feature_total(),
               (size_t)DTL_REPORT_WEIGHTS);
    if (argc == 2 && strcmp(argv[1], "--count") == 0)
        st = DTL_OK;
    else if (f && argc >= 3 && strcmp(argv[1], "--time") == 0)
        st = time_lines(f, atol(argv[2]),
                        argc == 4 && strcmp(argv[3], "--indirect") == 0);
    else if (f)
        st = annotate_lines(f,
                            is_option(argc, argv, "--features") ||
                                is_option(argc, argv, "--reports"),
                            is_option(argc, argv, "--indirect") ||
                                is_option(argc, argv, "--reports"));
    dtl_quote_finder_free(f);
    return st != DTL_OK;
}
