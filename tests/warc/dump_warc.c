/* Prints the records of WARC and ARC files, a line each: offset and place in
 * the unpacked member, packed length, type, status, bytes of the block and of
 * the payload, the payload's type, address. What is damaged gets a
 * line with the error, between the records it stands between.
 *
 *     dump-warc [--step N] FILE...
 *
 * --step reads so many bytes at a time; the output must not depend on it. */
#include "base/str.h"
#include "warc/warc.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static size_t step = SIZE_MAX;

static dtl_status read_file(void *ctx, char *buf, size_t cap, size_t *got,
                            dtl_error *err)
{
    *got = fread(buf, 1, cap < step ? cap : step, ctx);
    return ferror(ctx) ? dtl_fail(err, DTL_IO, 0, "cannot read") : DTL_OK;
}

static void print_record(dtl_warc *w, const dtl_warc_record *r)
{
    const dtl_payload *p = NULL;
    dtl_error err = {0};
    uint64_t end = 0;
    dtl_status st = dtl_warc_payload(w, &p, &err);

    if (st == DTL_OK)
        dtl_warc_end(w, &end, &err);
    if (st != DTL_OK) {
        printf("error %zu %s\n", err.offset, err.message);
        return;
    }
    printf("%" PRIu64 "+%" PRIu64 " %" PRIu64 " %s %d %" PRIu64
           " %zu %s %.*s%s%s\n",
           r->offset, r->inner, end ? end - r->offset : 0,
           dtl_warc_type_name(r->type), p->http_status, r->content_length,
           p->body.len, p->type ? p->type : "-", (int)r->target_uri.len,
           r->target_uri.ptr ? r->target_uri.ptr : "", p->note ? " ! " : "",
           p->note ? p->note : "");
}

static bool dump(const char *name)
{
    FILE *f = fopen(name, "rb");
    const dtl_input in = {read_file, f, NULL};
    dtl_warc_options opts = {0};
    const dtl_warc_record *r;
    dtl_error err = {0};
    struct stat info;
    dtl_status st;
    dtl_warc *w;

    if (!f || fstat(fileno(f), &info) != 0)
        return false;
    opts.size = (uint64_t)info.st_size;
    w = dtl_warc_new(&in, &opts);
    while (w && dtl_warc_goes_on(w)) {
        st = dtl_warc_next(w, &r, &err);
        if (st == DTL_OK && !r)
            break;
        if (st == DTL_OK)
            print_record(w, r);
        else
            printf("error %zu %s\n", err.offset, err.message);
    }
    dtl_warc_free(w);
    fclose(f);
    return true;
}

int main(int argc, char **argv)
{
    bool sound = true;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--step") == 0 && i + 1 < argc) {
            step = strtoul(argv[++i], NULL, 10);
            continue;
        }
        printf("== %s\n",
               strrchr(argv[i], '/') ? strrchr(argv[i], '/') + 1 : argv[i]);
        if (!dump(argv[i]))
            sound = false;
    }
    return sound ? 0 : 1;
}
