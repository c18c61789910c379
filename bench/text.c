/* Runs what reads plain text over many articles, when told to, and says how
 * long that took; bench/sets.py drives it as it does bench/pages.
 *
 * usage: text MODE PACK
 * PACK holds three strings an article, each behind its length as eight
 * little-endian bytes: language (empty: to be told), date, text. MODE is
 * "times", "quotes", "both" (as `dateline annotate` has them), "language",
 * "sentences", or "all": the last two and both. For every line on standard
 * input all articles are gone through once, and a line with the nanoseconds of
 * processor time is written. At the end of input a last line gives the
 * allocations of the last pass and what was found in it. */
#include "pack.h"
#include "base/str.h"
#include "text/language.h"
#include "text/quote.h"
#include "text/sentence.h"
#include "text/time.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    dtl_str language, date, text;
    char tag[DTL_LANGUAGE_TAG]; /* where it was not given */
} article;

typedef struct {
    article *list;
    size_t count, cap;
} pack;

enum {
    DO_TIMES = 1,
    DO_QUOTES = 2,
    DO_LANGUAGE = 4,
    DO_SENTENCES = 8
};

typedef struct {
    dtl_times times;
    dtl_quote_finder *finder;
    size_t time_count, quote_count, sentence_count, told;
} work;

static pack unpack(dtl_str bytes)
{
    pack p = {0};
    size_t at = 0;
    article a;

    while (bench_take(bytes, &at, &a.language) &&
           bench_take(bytes, &at, &a.date) && bench_take(bytes, &at, &a.text)) {
        if (p.count == p.cap) {
            p.cap = p.cap ? p.cap * 2 : 1024;
            p.list = realloc(p.list, p.cap * sizeof *p.list);
            if (!p.list)
                abort();
        }
        p.list[p.count++] = a;
    }
    for (size_t i = 0; i < p.count; i++) {
        article *one = &p.list[i];

        if (!one->language.len && dtl_language_detect(one->text, one->tag))
            one->language = dtl_str_of(one->tag);
    }
    return p;
}

static int mode_of(const char *name)
{
    static const struct {
        const char *name;
        int what;
    } modes[] = {{"times", DO_TIMES},
                 {"quotes", DO_QUOTES},
                 {"both", DO_TIMES | DO_QUOTES},
                 {"language", DO_LANGUAGE},
                 {"sentences", DO_SENTENCES},
                 {"all", DO_TIMES | DO_QUOTES | DO_LANGUAGE | DO_SENTENCES}};

    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        if (strcmp(modes[i].name, name) == 0)
            return modes[i].what;
    }
    return 0;
}

static void find_quotes(work *w, const article *a)
{
    dtl_quote_options options = {0};
    const dtl_quote *quotes;
    size_t count;

    options.language = a->language;
    if (dtl_quotes_find(w->finder, a->text, &options, &quotes, &count))
        abort();
    w->quote_count += count;
}

static void find_times(work *w, const article *a)
{
    dtl_times_options options = {0};

    options.language = a->language;
    options.date = a->date;
    if (dtl_times_find(&w->times, a->text, &options))
        abort();
    w->time_count += w->times.count;
}

static void split(work *w, const article *a)
{
    dtl_str sentence;
    size_t at = 0;

    while (dtl_sentence_next(a->text, &at, a->language, &sentence))
        w->sentence_count++;
}

__attribute__((noinline)) static void one_pass(int what, const pack *p, work *w)
{
    char tag[DTL_LANGUAGE_TAG];

    w->time_count = w->quote_count = w->sentence_count = w->told = 0;
    for (size_t i = 0; i < p->count; i++) {
        const article *a = &p->list[i];

        if (what & DO_LANGUAGE)
            w->told += dtl_language_detect(a->text, tag);
        if (what & DO_SENTENCES)
            split(w, a);
        if (what & DO_TIMES)
            find_times(w, a);
        if (what & DO_QUOTES)
            find_quotes(w, a);
    }
}

int main(int argc, char **argv)
{
    int what = argc == 3 ? mode_of(argv[1]) : 0;
    char line[16], *bytes;
    work w = {0};
    size_t len;
    pack p;

    if (!what) {
        fprintf(stderr, "usage: text "
                        "times|quotes|both|language|sentences|all PACK\n");
        return 2;
    }
    bytes = bench_load(argv[2], &len);
    if (!bytes) {
        fprintf(stderr, "text: cannot read %s\n", argv[2]);
        return 2;
    }
    bench_count_allocations();
    p = unpack((dtl_str){bytes, len});
    w.finder = dtl_quote_finder_new();
    if (!w.finder)
        return 2;
    while (fgets(line, sizeof line, stdin)) {
        int64_t start = bench_now();

        bench_allocations = 0;
        one_pass(what, &p, &w);
        printf("%" PRId64 "\n", bench_now() - start);
        fflush(stdout);
    }
    printf("%zu allocations in the last pass, %zu times, %zu quotes, "
           "%zu sentences\n",
           bench_allocations, w.time_count, w.quote_count, w.sentence_count);
    dtl_quote_finder_free(w.finder);
    dtl_times_clear(&w.times);
    free(p.list);
    free(bytes);
    return 0;
}
