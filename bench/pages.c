/* Runs one of our readers over many pages, when told to, and says how long
 * that took. The driver (bench/sets.py) tells it to between the runs of
 * others, so that a noisy machine is noisy for all.
 *
 * usage: pages MODE PACK
 * PACK holds pages, each behind its length as eight little-endian bytes.
 * MODE is "parse" (bytes to a tree that is reset) or "read" (bytes to one
 * line of JSON); "trees" writes each page's tree as HTML, behind its length,
 * and that is all; "lexbor" parses by that library, where it was there to
 * build with. For every line on standard input all pages are gone through
 * once, and a line with the nanoseconds of processor time is written. At the
 * end of input a last line gives allocations of the last pass and the peak of
 * memory. */
#include "pack.h"
#include "html/parse.h"
#include "html/serialize.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#ifdef HAVE_LEXBOR
#include <lexbor/html/html.h>
#endif

typedef struct {
    dtl_str *pages;
    size_t count;
} pack;

static pack unpack(char *bytes, size_t len)
{
    pack p = {0};
    size_t at = 0, cap = 0;
    dtl_str page;

    while (bench_take((dtl_str){bytes, len}, &at, &page)) {
        if (p.count == cap) {
            cap = cap ? cap * 2 : 1024;
            p.pages = realloc(p.pages, cap * sizeof *p.pages);
            if (!p.pages)
                abort();
        }
        p.pages[p.count++] = page;
    }
    return p;
}

static size_t written;

static bool count_bytes(void *ctx, const char *bytes, size_t len)
{
    (void)ctx;
    (void)bytes;
    written += len;
    return true;
}

static void parse_all(const pack *p, dtl_html_doc *doc)
{
    size_t i;

    for (i = 0; i < p->count; i++)
        if (dtl_html_parse(doc, p->pages[i], NULL, NULL) != DTL_OK)
            fprintf(stderr, "page %zu: not parsed\n", i);
}

#ifdef HAVE_LEXBOR
static void lexbor_all(const pack *p)
{
    static lxb_html_document_t *doc;
    size_t i;

    if (!doc)
        doc = lxb_html_document_create();
    for (i = 0; doc && i < p->count; i++) {
        lxb_html_document_clean(doc);
        if (lxb_html_document_parse(doc, (const lxb_char_t *)p->pages[i].ptr,
                                    p->pages[i].len) != LXB_STATUS_OK)
            fprintf(stderr, "page %zu: not parsed by lexbor\n", i);
    }
}
#endif

static void read_all(const pack *p, dtl_reader *reader)
{
    const dtl_article *a;
    size_t i;

    for (i = 0; i < p->count; i++) {
        if (dtl_reader_read(reader, p->pages[i], NULL, &a, NULL) != DTL_OK ||
            dtl_article_write(a, DTL_FORMAT_JSON, NULL, count_bytes, NULL) !=
                DTL_OK)
            fprintf(stderr, "page %zu: not read\n", i);
    }
}

/* bench/counts has the instructions of this function counted. False where
 * there is no such mode. */
__attribute__((noinline)) static bool one_pass(const char *mode, const pack *p,
                                               dtl_html_doc *doc,
                                               dtl_reader *reader)
{
    if (strcmp(mode, "parse") == 0)
        parse_all(p, doc);
    else if (strcmp(mode, "read") == 0)
        read_all(p, reader);
#ifdef HAVE_LEXBOR
    else if (strcmp(mode, "lexbor") == 0)
        lexbor_all(p);
#endif
    else
        return false;
    return true;
}

static int write_trees(const pack *p, dtl_html_doc *doc)
{
    dtl_buf html = {0};
    uint64_t len;
    size_t i;

    for (i = 0; i < p->count; i++) {
        dtl_buf_reset(&html);
        if (dtl_html_parse(doc, p->pages[i], NULL, NULL) == DTL_OK)
            dtl_html_serialize(doc, 0, &html);
        len = html.len;
        fwrite(&len, sizeof len, 1, stdout);
        fwrite(html.ptr, 1, html.len, stdout);
    }
    dtl_buf_clear(&html);
    return fflush(stdout) != 0;
}

int main(int argc, char **argv)
{
    static dtl_html_doc doc;
    struct rusage usage;
    dtl_reader *reader;
    char line[16], *bytes;
    size_t len, last = 0;
    int64_t start;
    pack p;

    if (argc != 3 || (bytes = bench_load(argv[2], &len)) == NULL) {
        fprintf(stderr, "usage: pages parse|read|trees PACK\n");
        return 2;
    }
    bench_count_allocations();
    reader = dtl_reader_new();
    p = unpack(bytes, len);
    if (strcmp(argv[1], "trees") == 0)
        return write_trees(&p, &doc);
    while (reader && fgets(line, sizeof line, stdin)) {
        last = bench_allocations;
        start = bench_now();
        if (!one_pass(argv[1], &p, &doc, reader))
            return 2;
        printf("%" PRId64 "\n", bench_now() - start);
        fflush(stdout);
        last = bench_allocations - last;
    }
    getrusage(RUSAGE_SELF, &usage);
    printf("allocations %zu peak_kib %ld written %zu\n", last, usage.ru_maxrss,
           written);
    dtl_html_clear(&doc);
    dtl_reader_free(reader);
    free(p.pages);
    free(bytes);
    return 0;
}
