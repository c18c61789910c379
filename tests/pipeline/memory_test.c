/* dtl_ingest and memory: what a record more costs, and what happens when
 * there is none.
 *
 * Threads take memory side by side, so the allocator here counts under a
 * lock. */
#include "unit/test.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- An allocator -------------------------------------------------------- */

typedef struct {
    pthread_mutex_t lock;
    size_t asked, live, fail_from; /* fail_from: 0 for none */
} counter;

static void *resize(void *ctx, void *ptr, size_t size)
{
    counter *c = ctx;
    void *out = NULL;

    pthread_mutex_lock(&c->lock);
    c->asked++;
    if (!c->fail_from || c->asked < c->fail_from)
        out = realloc(ptr, size);
    if (out && !ptr)
        c->live++;
    pthread_mutex_unlock(&c->lock);
    return out;
}

static void release(void *ctx, void *ptr)
{
    counter *c = ctx;

    pthread_mutex_lock(&c->lock);
    c->live--;
    pthread_mutex_unlock(&c->lock);
    free(ptr);
}

/* ---- An archive ---------------------------------------------------------- */

static const char page[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    "<!doctype html><html lang=en><head><title>Report</title></head><body>"
    "<article><h1>Report</h1><p>The council of Torsund heard the report on "
    "Tuesday, and nobody in the room had a question about it, which the clerk "
    "wrote down.</p><p>\"We will read it again next week,\" said Ingrid "
    "Solberg, who keeps the books of the harbour and had counted every page of "
    "it twice.</p></article></body></html>";

/* Writes an archive of so many records; its name is in name. */
static void write_archive(char name[32], int count)
{
    FILE *f;
    int fd, i;

    strcpy(name, "/tmp/dateline-XXXXXX");
    fd = mkstemp(name);
    f = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (!f)
        return;
    for (i = 0; i < count; i++)
        fprintf(f,
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: "
                "http://harbour-post.example/%06d\r\nWARC-Date: "
                "2024-03-01T10:00:00Z\r\nContent-Type: application/http\r\n"
                "Content-Length: %zu\r\n\r\n%s\r\n\r\n",
                i, sizeof page - 1, page);
    fclose(f);
}

typedef struct {
    dtl_ingest_end end;
    dtl_ingest_counts counts;
    size_t asked;
    bool clean;
} outcome;

static outcome ingest(const char *name, size_t fail_from)
{
    counter c = {.lock = PTHREAD_MUTEX_INITIALIZER, .fail_from = fail_from};
    const dtl_allocator a = {resize, release, &c};
    const dtl_ingest_options o = {
        .inputs = &name, .input_count = 1, .output = "/dev/null", .threads = 1};
    outcome got = {0};

    dtl_set_allocator(&a);
    got.end = dtl_ingest(&o, &got.counts);
    dtl_set_allocator(NULL);
    got.asked = c.asked;
    got.clean = c.live == 0;
    return got;
}

/* ---- Tests --------------------------------------------------------------- */

/* A record more asks for no memory; what many ask for more is the growth of
 * the buffers to a chunk. */
static void test_no_allocation_a_record(void)
{
    char few[32], many[32];
    outcome a, b;

    write_archive(few, 200);
    write_archive(many, 1200);
    a = ingest(few, 0);
    b = ingest(many, 0);
    CHECK_INT(a.end, DTL_INGEST_DONE);
    CHECK_INT(a.counts.written, 200);
    CHECK_INT(b.counts.written, 1200);
    CHECK(b.asked < a.asked + 50);
    CHECK(a.clean && b.clean);
    unlink(few);
    unlink(many);
}

/* Memory that ends ends the run or a record, and nothing leaks. */
static void test_no_memory(void)
{
    char name[32];
    outcome got;
    size_t n;

    write_archive(name, 2);
    for (n = 1;; n++) {
        got = ingest(name, n);
        if (!CHECK(got.clean))
            printf("call %zu\n", n);
        if (got.asked < n)
            break;
        CHECK(got.end == DTL_INGEST_NOMEM || got.end == DTL_INGEST_OUTPUT ||
              got.counts.written < 2);
    }
    CHECK_INT(got.counts.written, 2);
    unlink(name);
}

static const test_case cases[] = {
    TEST(test_no_allocation_a_record),
    TEST(test_no_memory),
};
TEST_MAIN(cases)
