/* See pack.h. */
#include "pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

size_t bench_allocations;

static void *count_resize(void *ctx, void *ptr, size_t size)
{
    (void)ctx;
    bench_allocations++;
    return realloc(ptr, size);
}

static void count_release(void *ctx, void *ptr)
{
    (void)ctx;
    free(ptr);
}

void bench_count_allocations(void)
{
    static const dtl_allocator counting = {count_resize, count_release, NULL};

    bench_allocations = 0;
    dtl_set_allocator(&counting);
}

char *bench_load(const char *name, size_t *len)
{
    FILE *f = fopen(name, "rb");
    char *bytes = NULL;
    long size;

    if (!f || fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) < 0)
        goto done;
    rewind(f);
    bytes = malloc((size_t)size + 1);
    if (bytes && fread(bytes, 1, (size_t)size, f) != (size_t)size) {
        free(bytes);
        bytes = NULL;
    }
    *len = (size_t)size;
done:
    if (f)
        fclose(f);
    return bytes;
}

bool bench_take(dtl_str pack, size_t *at, dtl_str *out)
{
    uint64_t size;

    if (pack.len - *at < 8)
        return false;
    memcpy(&size, pack.ptr + *at, 8);
    *at += 8;
    if (size > pack.len - *at)
        return false;
    *out = (dtl_str){pack.ptr + *at, (size_t)size};
    *at += size;
    return true;
}

int64_t bench_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}
