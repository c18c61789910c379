/* A line on the terminal that says how far a run is, and what came of it. */
#include "cli.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static bool drawn;

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Nothing in the first second, then ten times a second. */
void cli_progress(size_t done, size_t total, size_t failed)
{
    static double start, last;
    double t = now();

    if (start == 0)
        start = last = t;
    if (!isatty(STDERR_FILENO) || t - start < 1 || t - last < 0.1)
        return;
    last = t;
    drawn = true;
    fprintf(stderr,
            "\r%zu of %zu pages, %.0f a second, %zu failed, %.0f s left\033[K",
            done, total, (double)done / (t - start), failed,
            done ? (t - start) / (double)done * (double)(total - done) : 0);
}

void cli_progress_clear(void)
{
    if (drawn)
        fputs("\r\033[K", stderr);
    drawn = false;
}

/* ---- Runs of many inputs --------------------------------------------------
 */

enum {
    BAR = 20 /* columns */
};

bool cli_progress_begin(cli_progress_state *s)
{
    s->start = s->last = now();
    if (s->kind == CLI_PROGRESS_AUTO && !isatty(STDERR_FILENO))
        s->kind = CLI_PROGRESS_NONE;
    return s->kind != CLI_PROGRESS_NONE;
}

uint64_t cli_ingest_failures(const dtl_ingest_counts *c)
{
    return c->failed_inputs + c->failed_damaged + c->failed_limit +
           c->failed_memory;
}

/* "1.5 GB" and the like. */
static void put_bytes(char out[16], double n)
{
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB", "PB"};
    size_t i = 0;

    while (n >= 1000 && i + 1 < sizeof units / sizeof *units) {
        n /= 1000;
        i++;
    }
    snprintf(out, 16, n < 10 && i ? "%.1f %s" : "%.0f %s", n, units[i]);
}

/* "42 s", "3 min", "2:07 h". */
static void put_time(char out[24], double s)
{
    if (s < 100)
        snprintf(out, 24, "%.0f s", s);
    else if (s < 6000)
        snprintf(out, 24, "%.0f min", s / 60);
    else
        snprintf(out, 24, "%.0f:%02d h", (double)(int)(s / 3600),
                 (int)(s / 60) % 60);
}

static void put_bar(double part)
{
    char bar[BAR + 1];
    int i;

    for (i = 0; i < BAR; i++)
        bar[i] = i < (int)(part * BAR) ? '#' : '.';
    bar[BAR] = '\0';
    fprintf(stderr, "[%s] %2.0f %%, ", bar, part * 100);
}

static void draw(const dtl_ingest_counts *c, uint64_t total, double passed)
{
    double done = (double)c->bytes, all = (double)total;
    char bytes[16], left[24];

    put_bytes(bytes, done);
    fputc('\r', stderr);
    if (total)
        put_bar(done < all ? done / all : 1);
    fprintf(stderr, "%s, %.0f records/s, %" PRIu64 " articles", bytes,
            (double)(c->records - c->resumed_records) / passed,
            c->status[DTL_STATUS_ARTICLE]);
    if (cli_ingest_failures(c))
        fprintf(stderr, ", %" PRIu64 " failed", cli_ingest_failures(c));
    if (total && done > (double)c->resumed_bytes && done < all) {
        put_time(left,
                 passed * (all - done) / (done - (double)c->resumed_bytes));
        fprintf(stderr, ", %s left", left);
    }
    fputs("\033[K", stderr);
    drawn = true;
}

static void put_number(const char *name, uint64_t n)
{
    fprintf(stderr, ",\"%s\":%" PRIu64, name, n);
}

/* A line for programs; done says that no other follows. */
static void put_json(const cli_progress_state *s, const dtl_ingest_counts *c,
                     uint64_t total, bool done)
{
    double passed = now() - s->start;
    double new_bytes = (double)c->bytes - (double)c->resumed_bytes;

    if (passed < 0.001)
        passed = 0.001;
    fprintf(stderr, "{\"seconds\":%.1f", passed);
    put_number("bytes", c->bytes);
    if (total)
        put_number("total", total);
    put_number("inputs", c->inputs);
    put_number("records", c->records);
    fprintf(stderr, ",\"records_per_second\":%.1f",
            (double)(c->records - c->resumed_records) / passed);
    put_number("pages", c->pages);
    put_number("written", c->written);
    put_number("articles", c->status[DTL_STATUS_ARTICLE]);
    put_number("filtered", c->filtered);
    put_number("failed", cli_ingest_failures(c));
    if (!done && total > c->bytes && new_bytes > 0)
        fprintf(stderr, ",\"seconds_left\":%.1f",
                passed * (double)(total - c->bytes) / new_bytes);
    fprintf(stderr, ",\"done\":%s}\n", done ? "true" : "false");
}

void cli_ingest_progress(cli_progress_state *s, const dtl_ingest_counts *c,
                         uint64_t total)
{
    double t = now(), passed = t - s->start;
    bool json = s->kind == CLI_PROGRESS_JSON;

    if (passed < 1 || t - s->last < (json ? 1 : 0.1))
        return;
    s->last = t;
    if (json)
        put_json(s, c, total, false);
    else
        draw(c, total, passed);
}

/* ---- What came of it ------------------------------------------------------
 */

typedef struct {
    uint64_t n;
    const char *one, *many;
} count;

/* Counts that are not 0, as a list. */
static void put_counts(const char *title, const count *counts, size_t n)
{
    bool any = false;
    size_t i;

    for (i = 0; i < n; i++) {
        if (!counts[i].n)
            continue;
        fprintf(stderr, "%s%" PRIu64 " %s", any ? ", " : title, counts[i].n,
                counts[i].n == 1 ? counts[i].one : counts[i].many);
        any = true;
    }
    if (any)
        fputc('\n', stderr);
}

static void put_tables(const dtl_ingest_counts *c)
{
    const uint64_t *s = c->status;
    const count written[] = {
        {s[DTL_STATUS_ARTICLE], "article", "articles"},
        {s[DTL_STATUS_LISTING], "listing", "listings"},
        {s[DTL_STATUS_STUB], "stub", "stubs"},
        {s[DTL_STATUS_BLOCKED], "blocked", "blocked"},
        {s[DTL_STATUS_EMPTY], "empty", "empty"},
        {s[DTL_STATUS_REFUSED], "refused", "refused"},
    };
    const count passed_over[] = {
        {c->requests, "request", "requests"},
        {c->metadata, "metadata record", "metadata records"},
        {c->revisits, "revisit", "revisits"},
        {c->warcinfo, "warcinfo record", "warcinfo records"},
        {c->continuations, "continuation", "continuations"},
        {c->other_records, "record of an unknown type",
         "records of unknown types"},
        {c->redirects, "redirect", "redirects"},
        {c->not_pages, "that is no page", "that are no pages"},
        {c->filtered, "by the filters", "by the filters"},
    };
    const count failed[] = {
        {c->failed_inputs, "input", "inputs"},
        {c->failed_damaged, "damaged record", "damaged records"},
        {c->failed_limit, "past a limit", "past a limit"},
        {c->failed_memory, "out of memory", "out of memory"},
    };

    put_counts("written:     ", written, sizeof written / sizeof *written);
    put_counts("passed over: ", passed_over,
               sizeof passed_over / sizeof *passed_over);
    put_counts("failed:      ", failed, sizeof failed / sizeof *failed);
}

void cli_ingest_summary(const cli_progress_state *s, const dtl_ingest_counts *c,
                        dtl_ingest_end end)
{
    double seconds = now() - s->start;
    char bytes[16], speed[16];

    if (end == DTL_INGEST_INTERRUPTED)
        cli_complain("interrupted; the output is whole up to there, and "
                     "--resume goes on");
    if (s->kind == CLI_PROGRESS_JSON) {
        put_json(s, c, 0, true);
        return;
    }
    put_bytes(bytes, (double)c->bytes);
    put_bytes(speed, (double)(c->bytes - c->resumed_bytes) /
                         (seconds > 0.001 ? seconds : 0.001));
    fprintf(stderr, "%" PRIu64 " %s of %" PRIu64 " %s, %" PRIu64 " written\n",
            c->records, c->records == 1 ? "record" : "records", c->inputs,
            c->inputs == 1 ? "input" : "inputs", c->written);
    put_tables(c);
    fprintf(stderr, "%s in %.1f s, %s/s\n", bytes, seconds, speed);
}
