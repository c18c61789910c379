/* How our parser and our reader take pages that are made to hurt: the table
 * of docs/BENCHMARKS.md, "Hostile pages".
 *
 * usage: hostile [--quick] PAGE...
 * The pages given are ordinary ones; what they cost a byte and node is the
 * measure. Each shape below is made at a size and at twice that size. The
 * limits: MOST_COST times as much a byte and node as ordinary pages, both
 * sizes apart by MOST_GROWTH, MOST_MEMORY bytes a node or attribute beyond
 * the page. The paragraph that each page has somewhere is in the text of its
 * article, or the record says why it has none. --quick makes the pages small
 * and the limits of time generous, for a test: it is there to find what grows
 * as a square. Exits 1 when a limit is passed. */
#include <dateline.h>
#include "base/alloc.h"
#include "base/str.h"
#include "html/parse.h"

#include <inttypes.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MOST_COST   4.0
#define MOST_GROWTH 2.2
#define MOST_MEMORY 128.0
/* What a busy machine, and pages too small to be out of the cache, may add:
 * a square would still be found, by its growth. */
#define QUICK_COST   16
#define QUICK_GROWTH 1.6

enum {
    ROUNDS = 3,
    ATTEMPTS = 12, /* before a limit of time counts as passed */
    QUICK_PART = 8,
    SMALL_ARRAYS = 1024 * 1024 /* what a parser of any page may keep */
};

/* ---- Shapes ---------------------------------------------------------- */

#define FOUND_BY "counted the boats twice that evening"
#define PARAGRAPH                                                              \
    "<p>The keeper of the lighthouse " FOUND_BY ", "                           \
    "because the storm that had been announced for the weekend came a day "    \
    "early, and nobody in the harbour had expected it. Two of them were "      \
    "still missing when the lamp was lit, and the council sent for help "      \
    "from the mainland, which arrived before midnight with three ships.</p>"

static void times(dtl_buf *out, size_t n, const char *what)
{
    while (n--)
        dtl_buf_str(out, dtl_str_of(what));
}

static void deep_paragraphs(dtl_buf *out, size_t n)
{
    times(out, n * 3 / 50, "<div>");
    times(out, n, "<p>");
}

static void odd_end_tags(dtl_buf *out, size_t n)
{
    times(out, n, "<span>");
    times(out, n, "</x>");
}

static void attributes_of_one(dtl_buf *out, size_t n)
{
    dtl_buf_str(out, DTL_STR("<div"));
    for (size_t i = 0; i < n; i++)
        dtl_buf_printf(out, " a%zu", i);
    dtl_buf_str(out, DTL_STR(">"));
}

static void attributes_of_many(dtl_buf *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        dtl_buf_printf(out, i % 10 ? " b%zu=x" : "><br b%zu=x", i % 1000);
    dtl_buf_str(out, DTL_STR(">"));
}

static void long_values(dtl_buf *out, size_t n)
{
    for (int i = 0; i < 4; i++) {
        dtl_buf_str(out, DTL_STR("<div class=\""));
        times(out, n / 4, "word ");
        dtl_buf_str(out, DTL_STR("\" title='"));
        times(out, n / 4, "&amp;");
        dtl_buf_str(out, DTL_STR("'>"));
    }
}

static void brackets_in_data(dtl_buf *out, size_t n)
{
    dtl_buf_str(out, DTL_STR("<script type='application/ld+json'>"));
    times(out, n, "[");
    dtl_buf_str(out, DTL_STR("</script>"));
}

static void unclosed(dtl_buf *out, size_t n, const char *open)
{
    dtl_buf_str(out, dtl_str_of(open));
    times(out, n, "x <y> ");
}

static void unclosed_script(dtl_buf *out, size_t n)
{
    unclosed(out, n, "<script>");
}

static void unclosed_title(dtl_buf *out, size_t n)
{
    unclosed(out, n, "<title>");
}

static void unclosed_comment(dtl_buf *out, size_t n)
{
    unclosed(out, n, "<!-- ");
}

/* A page: what is repeated, or who writes it; how often; and whether the
 * paragraph has to stand before it, since nothing behind it is text. */
typedef struct {
    const char *name;
    const char *repeated;
    void (*write)(dtl_buf *out, size_t n);
    size_t n;
    bool before;
} shape;

static const shape shapes[] = {
    {"open div", "<div>", NULL, 100000, false},
    {"unclosed b, i, p", "<b><i><p>", NULL, 100000, false},
    {"p", "<p>", NULL, 50000, false},
    {"div, then p", NULL, deep_paragraphs, 50000, false},
    {"span, then </x>", NULL, odd_end_tags, 5000, false},
    {"attributes of one tag", NULL, attributes_of_one, 1000000, false},
    {"attributes of many", NULL, attributes_of_many, 1000000, false},
    {"<", "<", NULL, 10000000, false},
    {"&", "&", NULL, 10000000, false},
    {"<!--", "<!--", NULL, 2500000, true},
    {"table in table", "<table><tr><td>", NULL, 30000, false},
    {"table in table, text", "<table>x<tr>y<td>z", NULL, 30000, false},
    {"table in table, b", "<table><b><tr><td>", NULL, 30000, false},
    {"tables side by side, text", "<table>x<tr>y</table>", NULL, 30000, false},
    {"table after table", "<table>", NULL, 100000, false},
    {"template", "<template>", NULL, 100000, true},
    {"svg", "<svg>", NULL, 100000, false},
    {"svg, foreignObject", "<svg><foreignObject>", NULL, 50000, false},
    {"math", "<math>", NULL, 100000, false},
    {"math, mi", "<math><mi>", NULL, 50000, false},
    {"button", "<button>", NULL, 100000, false},
    {"button, div", "<button><div>", NULL, 50000, false},
    {"a", "<a href=x>", NULL, 100000, false},
    {"a, div", "<a href=x><div>", NULL, 50000, false},
    {"a, p", "<a href=x><p>", NULL, 50000, false},
    {"nobr", "<nobr>", NULL, 100000, false},
    {"nobr, div", "<nobr><div>", NULL, 50000, false},
    {"form", "<form>", NULL, 100000, false},
    {"form, </form>", "<form><div></form>", NULL, 50000, false},
    {"select", "<select>", NULL, 100000, false},
    {"select, option", "<select><option>", NULL, 50000, false},
    {"b, </p>", "<b></p>", NULL, 50000, false},
    {"font of many colours", "<font color=a><font color=b><p>", NULL, 30000,
     false},
    {"h1, li, dd", "<h1><li><dd>", NULL, 30000, false},
    {"ruby", "<ruby><rt><rtc>", NULL, 30000, false},
    {"body", "<body class=x>", NULL, 100000, false},
    {"long values", NULL, long_values, 1000000, false},
    {"unclosed script", NULL, unclosed_script, 1000000, true},
    {"unclosed title", NULL, unclosed_title, 1000000, true},
    {"unclosed comment", NULL, unclosed_comment, 1000000, true},
    {"[ in JSON-LD", NULL, brackets_in_data, 200000, false},
    {"huge colspan", "<table><td colspan=1000000000 rowspan=65534>", NULL,
     20000, false},
    {"references", "&notin;&#x41;&amp", NULL, 500000, false},
};

static dtl_str page_of(const shape *s, size_t n, dtl_buf *out)
{
    dtl_buf_reset(out);
    dtl_buf_str(out, DTL_STR("<!doctype html><title>Storm</title><body>"));
    if (s->before)
        dtl_buf_str(out, DTL_STR(PARAGRAPH));
    if (s->write)
        s->write(out, n);
    else
        times(out, n, s->repeated);
    if (!s->before)
        dtl_buf_str(out, DTL_STR(PARAGRAPH));
    return dtl_buf_view(out);
}

/* ---- Memory ---------------------------------------------------------- */

static size_t in_use, most_in_use;

static void *count_resize(void *ctx, void *ptr, size_t size)
{
    size_t old = ptr ? malloc_usable_size(ptr) : 0;
    void *new = realloc(ptr, size);

    (void)ctx;
    if (new) {
        in_use += malloc_usable_size(new) - old;
        if (in_use > most_in_use)
            most_in_use = in_use;
    }
    return new;
}

static void count_release(void *ctx, void *ptr)
{
    (void)ctx;
    in_use -= ptr ? malloc_usable_size(ptr) : 0;
    free(ptr);
}

/* ---- Costs ----------------------------------------------------------- */

typedef struct {
    double seconds;
    size_t units;  /* bytes and nodes */
    size_t held;   /* nodes and attributes */
    size_t memory; /* most in use beyond the page */
    bool found;    /* of a reading: what the page has is in the article */
    char outcome[64];
} cost;

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void least(double *seconds, double start)
{
    double took = now() - start;

    if (*seconds <= 0 || took < *seconds)
        *seconds = took;
}

static void size_of(const dtl_html_doc *doc, dtl_str page, cost *c)
{
    c->units = page.len + doc->node_count;
    c->held = (size_t)doc->node_count + doc->attr_count;
}

static cost parse(dtl_str page)
{
    dtl_html_doc doc = {0};
    size_t before = in_use;
    cost c = {0};

    most_in_use = in_use;
    for (int i = 0; i < ROUNDS; i++) {
        double start = now();
        dtl_status st = dtl_html_parse(&doc, page, NULL, NULL);

        least(&c.seconds, start);
        if (i == 0)
            c.memory = most_in_use - before;
        if (st != DTL_OK)
            snprintf(c.outcome, sizeof c.outcome, "status %d", (int)st);
    }
    size_of(&doc, page, &c);
    dtl_html_clear(&doc);
    return c;
}

static bool collect(void *ctx, const char *bytes, size_t len)
{
    dtl_buf_str(ctx, (dtl_str){bytes, len});
    return true;
}

static void judge(const dtl_article *a, cost *c)
{
    dtl_buf record = {0};
    dtl_str reason = dtl_article_reason(a);

    c->found = dtl_str_find(dtl_article_text(a), DTL_STR(FOUND_BY)) != SIZE_MAX;
    if (!c->found)
        snprintf(c->outcome, sizeof c->outcome, "%s: %.*s",
                 dtl_page_status_name(dtl_article_status(a)),
                 (int)(reason.len < 40 ? reason.len : 40), reason.ptr);
    c->found |= dtl_article_status(a) != DTL_STATUS_ARTICLE && reason.len;
    if (dtl_article_write(a, DTL_FORMAT_JSON, NULL, collect, &record) != DTL_OK)
        c->found = false;
    dtl_buf_clear(&record);
}

static cost read_page(dtl_str page, const cost *parsed)
{
    dtl_reader *reader = dtl_reader_new();
    size_t before = in_use;
    const dtl_article *a;
    cost c = {.units = parsed->units, .held = parsed->held};

    most_in_use = in_use;
    for (int i = 0; i < ROUNDS - 1 && reader; i++) {
        double start = now();
        dtl_status st = dtl_reader_read(reader, page, NULL, &a, NULL);

        least(&c.seconds, start);
        if (i == 0)
            c.memory = most_in_use - before;
        if (st == DTL_OK)
            judge(a, &c);
    }
    dtl_reader_free(reader);
    return c;
}

/* ---- The table ------------------------------------------------------- */

typedef struct {
    double parse, read; /* seconds a byte and node of ordinary pages */
    double most_cost, most_growth;
    size_t part;
    int slow_parses, slow_reads, large, lost;
} bench;

static double per_unit(cost c)
{
    return c.seconds / (double)c.units;
}

/* A page's memory a node or attribute, beyond what any page may take. */
static double per_held(cost c)
{
    if (c.memory <= SMALL_ARRAYS)
        return 0;
    return (double)(c.memory - SMALL_ARRAYS) / (double)c.held;
}

/* One of the two, parsing or reading: cost is times that of ordinary pages. */
typedef struct {
    double cost, growth;
} pace;

static pace pace_of(const cost *sizes, double ordinary)
{
    return (pace){per_unit(sizes[1]) / ordinary,
                  sizes[1].seconds / sizes[0].seconds};
}

static const char *verdict(const bench *b, pace p)
{
    return p.cost > b->most_cost       ? "slow"
           : p.growth > b->most_growth ? "grows"
                                       : "";
}

/* Both sizes, parsed and read; again where a limit of time is passed, for
 * something else may have been at work. */
static void measure(const bench *b, const shape *s, dtl_buf *buf, cost *parsed,
                    cost *got)
{
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        for (int i = 0; i < 2; i++) {
            dtl_str page = page_of(s, s->n / b->part << i, buf);

            parsed[i] = parse(page);
            got[i] = read_page(page, &parsed[i]);
        }
        if (!*verdict(b, pace_of(parsed, b->parse)) &&
            !*verdict(b, pace_of(got, b->read)))
            return;
    }
}

static void row(bench *b, const shape *s, dtl_buf *buf)
{
    cost parsed[2], got[2];
    pace parsing, reading;
    double memory;

    measure(b, s, buf, parsed, got);
    parsing = pace_of(parsed, b->parse);
    reading = pace_of(got, b->read);
    memory = per_held(parsed[1]);
    b->slow_parses += *verdict(b, parsing) != '\0';
    b->slow_reads += *verdict(b, reading) != '\0';
    b->large += memory > MOST_MEMORY;
    b->lost += !got[0].found + !got[1].found;
    printf(
        "%-26s %9zu %8.2f %7.1f %7.2f %-6s %8.2f %7.1f %7.2f %-6s %5.0f %s\n",
        s->name, 2 * s->n / b->part, parsed[1].seconds * 1e3, parsing.cost,
        parsing.growth, verdict(b, parsing), got[1].seconds * 1e3, reading.cost,
        reading.growth, verdict(b, reading), memory, got[1].outcome);
    fflush(stdout);
}

static bool load(const char *name, dtl_buf *out)
{
    char block[65536];
    FILE *f = fopen(name, "rb");
    size_t len;

    dtl_buf_reset(out);
    if (!f)
        return false;
    while ((len = fread(block, 1, sizeof block, f)) > 0)
        dtl_buf_str(out, (dtl_str){block, len});
    fclose(f);
    return true;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* What ordinary pages cost a byte and node: their sum over all. And their
 * memory beyond the page, in times the page. */
static bool calibrate(bench *b, char **names, int count, dtl_buf *buf)
{
    double parse_seconds = 0, read_seconds = 0;
    double *memory = calloc((size_t)count, sizeof *memory);
    size_t units = 0;

    if (!memory)
        return false;

    for (int i = 0; i < count; i++) {
        cost parsed, got;

        if (!load(names[i], buf)) {
            perror(names[i]);
            free(memory);
            return false;
        }
        parsed = parse(dtl_buf_view(buf));
        got = read_page(dtl_buf_view(buf), &parsed);
        parse_seconds += parsed.seconds;
        read_seconds += got.seconds;
        units += parsed.units;
        memory[i] = (double)parsed.memory / (double)buf->len;
    }
    qsort(memory, (size_t)count, sizeof *memory, by_size);
    printf("memory of parsing beyond the page, in times the page: median %.2f, "
           "99th percentile %.2f\n",
           memory[count / 2], memory[(count * 99) / 100]);
    free(memory);
    b->parse = parse_seconds / (double)units;
    b->read = read_seconds / (double)units;
    return true;
}

int main(int argc, char **argv)
{
    static const dtl_allocator counting = {count_resize, count_release, NULL};
    bool quick = argc > 1 && strcmp(argv[1], "--quick") == 0;
    bool failed;
    int first = 1 + quick;
    bench b = {.most_cost = MOST_COST * (quick ? QUICK_COST : 1),
               .most_growth = MOST_GROWTH * (quick ? QUICK_GROWTH : 1),
               .part = quick ? QUICK_PART : 1};
    dtl_buf buf = {0};

    if (argc <= first) {
        fprintf(stderr, "usage: hostile [--quick] PAGE...\n");
        return 2;
    }
    dtl_set_allocator(&counting);
    if (!calibrate(&b, argv + first, argc - first, &buf))
        return 2;
    printf("ordinary pages: parse %.3f, read %.3f ns a byte and node\n",
           b.parse * 1e9, b.read * 1e9);
    printf("%-26s %9s %8s %7s %7s %-6s %8s %7s %7s %-6s %5s\n", "", "n",
           "parse ms", "times", "doubled", "", "read ms", "times", "doubled",
           "", "bytes");
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        row(&b, &shapes[i], &buf);
    dtl_buf_clear(&buf);
    failed = b.slow_parses || b.slow_reads || b.large || b.lost;
    printf("hostile %s: past a limit of time %d parses, %d readings; of memory "
           "%d; not found %d\n",
           failed ? "fail" : "pass", b.slow_parses, b.slow_reads, b.large,
           b.lost);
    return failed;
}
