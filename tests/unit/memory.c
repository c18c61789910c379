/* The counting and failing allocator. Each block has a head that holds its
 * size; the head is 16 bytes so that the block is as aligned as malloc's. */
#include "unit/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    HEAD = 16,
    FRESH = 0xA5
};

/* Past this many calls a test is not about to end. */
static const size_t max_calls = 1000 * 1000;

static test_memory memory;

static size_t block_size(const char *block)
{
    size_t size;

    memcpy(&size, block - HEAD, sizeof size);
    return size;
}

static void release(void *ctx, void *ptr)
{
    test_memory *m = ctx;

    m->live--;
    m->bytes -= block_size(ptr);
    free((char *)ptr - HEAD);
}

static bool must_fail(const test_memory *m)
{
    size_t last = m->fail_to ? m->fail_to : m->fail_from;

    return m->fail_from && m->asked >= m->fail_from && m->asked <= last;
}

static void *resize(void *ctx, void *ptr, size_t size)
{
    test_memory *m = ctx;
    char *head, *block;
    size_t kept;

    m->asked++;
    if (must_fail(m) || size > SIZE_MAX - HEAD ||
        !(head = malloc(HEAD + size))) {
        m->failed++;
        return NULL;
    }
    block = head + HEAD;
    memcpy(head, &size, sizeof size);
    memset(block, FRESH, size);
    m->live++;
    m->bytes += size;
    if (m->bytes > m->peak)
        m->peak = m->bytes;
    if (ptr) {
        kept = block_size(ptr);
        memcpy(block, ptr, kept < size ? kept : size);
        release(ctx, ptr);
    }
    return block;
}

test_memory *test_memory_start(void)
{
    const dtl_allocator a = {resize, release, &memory};

    memory = (test_memory){0};
    dtl_set_allocator(&a);
    return &memory;
}

bool test_memory_stop(void)
{
    dtl_set_allocator(NULL);
    return memory.live == 0;
}

/* One attempt; false after printing what is wrong with its outcome. */
static bool attempt_failing(dtl_status (*attempt)(void *ctx), void *ctx,
                            size_t from, size_t to)
{
    test_memory *m = test_memory_start();
    dtl_status status, want;

    m->fail_from = from;
    m->fail_to = to;
    status = attempt(ctx);
    want = m->failed ? DTL_NOMEM : DTL_OK;
    if (status != want)
        printf("allocation %zu%s failing: status %d, not %d\n", from,
               to ? " and all after it" : "", (int)status, (int)want);
    if (!test_memory_stop()) {
        printf("allocation %zu%s failing: %zu blocks leak\n", from,
               to ? " and all after it" : "", m->live);
        return false;
    }
    return status == want;
}

bool test_each_failure(dtl_status (*attempt)(void *ctx), void *ctx)
{
    size_t n;
    bool good = true;

    for (n = 1; n <= max_calls; n++) {
        good &= attempt_failing(attempt, ctx, n, 0);
        if (!memory.failed)
            return good;
        good &= attempt_failing(attempt, ctx, n, SIZE_MAX);
    }
    printf("still failing after %zu allocations\n", max_calls);
    return false;
}
