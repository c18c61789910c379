/* Prints the records of WARC and ARC files, a line each: offset, packed
 * length, type, status, bytes of the payload, address. What is damaged gets a
 * line with the error, between the records it stands between.
 *
 *     dump-warc [--step N] FILE...
 *
 * --step reads so many bytes at a time; the output must not depend on it. */
#include "base/str.h"
#include "warc/http.h"
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

static void print_record(const dtl_warc_record *r, dtl_str block,
                         dtl_arena *arena, dtl_buf *buf)
{
    dtl_error err = {0};
    dtl_http http = {0};
    dtl_str body = block;
    dtl_status st = DTL_OK;

    if (r->head.type == DTL_WARC_RESPONSE || r->head.type == DTL_WARC_REQUEST ||
        r->head.type == DTL_WARC_REVISIT) {
        st = dtl_http_read(block, arena, &http, &err);
        if (st == DTL_OK)
            st = dtl_http_body(&http, 1 << 26, buf, &body, &err);
    }
    printf("%" PRIu64 " %s %d %" PRIu64 " %zu %.*s%s%s\n", r->offset,
           dtl_warc_type_name(r->head.type), http.status,
           r->head.content_length, body.len, (int)r->target_uri.len,
           r->target_uri.ptr ? r->target_uri.ptr : "",
           st == DTL_OK ? "" : " ! ", st == DTL_OK ? "" : err.message);
}

static bool dump(const char *name)
{
    FILE *f = fopen(name, "rb");
    const dtl_input in = {read_file, f};
    dtl_warc_options opts = {0};
    const dtl_warc_record *r;
    dtl_arena arena = {0};
    dtl_error err = {0};
    dtl_buf buf = {0};
    struct stat info;
    dtl_status st;
    dtl_str block;
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
            st = dtl_warc_block(w, &block, &err);
        if (st == DTL_OK)
            print_record(r, block, &arena, &buf);
        else
            printf("error %zu %s\n", err.offset, err.message);
        dtl_arena_reset(&arena);
    }
    dtl_warc_free(w);
    dtl_buf_clear(&buf);
    dtl_arena_clear(&arena);
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
