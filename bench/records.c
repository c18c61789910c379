/* Goes through an archive file: records alone, with their blocks, or with
 * their payloads. Prints how many, their bytes, and the seconds that the
 * processor took.
 *
 *     records next|block|payload FILE [TIMES]
 */
#include <dateline.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct {
    size_t records, bytes, failed;
} sums;

static dtl_status look(dtl_warc *w, const char *mode, size_t *bytes)
{
    const dtl_payload *p = NULL;
    dtl_error err;
    dtl_str block = {NULL, 0};
    dtl_status st = DTL_OK;

    if (strcmp(mode, "block") == 0)
        st = dtl_warc_block(w, &block, &err);
    else if (strcmp(mode, "payload") == 0)
        st = dtl_warc_payload(w, &p, &err);
    *bytes += p ? p->body.len : block.len;
    return st;
}

static sums go_through(const char *name, const char *mode)
{
    const dtl_warc_record *r = NULL;
    dtl_warc *w = NULL;
    dtl_error err = {DTL_OK, 0, ""};
    dtl_status st = dtl_warc_open(name, NULL, &w, &err);
    sums s = {0, 0, 0};

    if (st != DTL_OK)
        fprintf(stderr, "records: %s: %s\n", name, err.message);
    while (w && dtl_warc_goes_on(w)) {
        st = dtl_warc_next(w, &r, &err);
        if (st == DTL_OK && !r)
            break;
        s.records += st == DTL_OK;
        if (st == DTL_OK)
            st = look(w, mode, &s.bytes);
        s.failed += st != DTL_OK;
    }
    dtl_warc_free(w);
    return s;
}

int main(int argc, char **argv)
{
    sums s = {0, 0, 0};
    int times, i;

    if (argc < 3) {
        fputs("usage: records next|block|payload FILE [TIMES]\n", stderr);
        return 2;
    }
    times = argc > 3 ? atoi(argv[3]) : 1;
    for (i = 0; i < times; i++)
        s = go_through(argv[2], argv[1]);
    printf("%zu records, %zu bytes, %zu failed, %.4f s\n", s.records, s.bytes,
           s.failed, (double)clock() / CLOCKS_PER_SEC / times);
    return 0;
}
