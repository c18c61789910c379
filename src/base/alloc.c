/* The allocator in force, and the two ways memory is handed out: arenas for
 * what lives as long as a page, buffers for what grows. */
#include "base/alloc.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *libc_resize(void *ctx, void *ptr, size_t size)
{
    (void)ctx;
    return realloc(ptr, size);
}

static void libc_release(void *ctx, void *ptr)
{
    (void)ctx;
    free(ptr);
}

static const dtl_allocator libc_allocator = {libc_resize, libc_release, NULL};
static dtl_allocator allocator = {libc_resize, libc_release, NULL};

void dtl_set_allocator(const dtl_allocator *a)
{
    allocator = a ? *a : libc_allocator;
}

void *dtl_malloc(size_t size)
{
    return allocator.resize(allocator.ctx, NULL, size ? size : 1);
}

void *dtl_realloc(void *ptr, size_t size)
{
    return allocator.resize(allocator.ctx, ptr, size ? size : 1);
}

void dtl_free(void *ptr)
{
    if (ptr)
        allocator.release(allocator.ctx, ptr);
}

enum {
    LEAST = 64 /* bytes that an array grows to */
};

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static dtl_status resize(void **ptr, size_t *cap, size_t count, size_t elem)
{
    size_t bytes;
    void *moved;

    if (__builtin_mul_overflow(count, elem, &bytes))
        return DTL_NOMEM;
    moved = dtl_realloc(*ptr, bytes);
    if (!moved)
        return DTL_NOMEM;
    *ptr = moved;
    *cap = count;
    return DTL_OK;
}

dtl_status dtl_grow(void **ptr, size_t *cap, size_t need, size_t elem)
{
    if (need <= *cap)
        return DTL_OK;
    return resize(ptr, cap, larger(larger(need, *cap + *cap / 2), LEAST / elem),
                  elem);
}

dtl_status dtl_grow_to(void **ptr, size_t *cap, size_t need, size_t wish,
                       size_t elem)
{
    size_t grown = *cap + *cap / 2;

    if (need <= *cap)
        return DTL_OK;
    if (grown > wish)
        grown = larger(wish, *cap + *cap / 8);
    return resize(ptr, cap, larger(need, grown), elem);
}

/* ---- Arena ---------------------------------------------------------- */

enum {
    CHUNK_FIRST = 512, /* the next is four times as large, and so on */
    CHUNK_MIN = 64 * 1024,
    ALIGN = 16
};

struct dtl_arena_chunk {
    dtl_arena_chunk *next;
    size_t size; /* bytes of data */
    _Alignas(16) char data[];
};

static void enter_chunk(dtl_arena *a, dtl_arena_chunk *c)
{
    a->current = c;
    a->next = c->data;
    a->end = c->data + c->size;
}

/* Takes the first chunk with room for size bytes out of a list of kept ones;
 * NULL where there is none. */
static dtl_arena_chunk *take_chunk(dtl_arena_chunk **link, size_t size)
{
    dtl_arena_chunk *c;

    while (*link && (*link)->size < size)
        link = &(*link)->next;
    c = *link;
    if (c)
        *link = c->next;
    return c;
}

/* Moves on to a chunk with room for size bytes, the next one that is kept, or
 * a new one, and puts it behind the current one. */
static bool next_chunk(dtl_arena *a, size_t size)
{
    dtl_arena_chunk **link = a->current ? &a->current->next : &a->first;
    dtl_arena_chunk *c = take_chunk(link, size);
    size_t bytes = a->current ? 4 * a->current->size : CHUNK_FIRST;

    if (bytes > CHUNK_MIN)
        bytes = CHUNK_MIN;
    if (bytes < size)
        bytes = size;
    if (!c) {
        c = bytes > SIZE_MAX - sizeof *c ? NULL : dtl_malloc(sizeof *c + bytes);
        if (!c) {
            a->status = DTL_NOMEM;
            return false;
        }
        c->size = bytes;
    }
    c->next = *link;
    *link = c;
    enter_chunk(a, c);
    return true;
}

void *dtl_arena_alloc(dtl_arena *a, size_t size)
{
    uintptr_t at = ((uintptr_t)a->next + ALIGN - 1) & ~(uintptr_t)(ALIGN - 1);

    if (size > SIZE_MAX / 2) {
        a->status = DTL_NOMEM;
        return NULL;
    }
    if (!a->next || at > (uintptr_t)a->end || (uintptr_t)a->end - at < size) {
        if (!next_chunk(a, size))
            return NULL;
        at = (uintptr_t)a->next;
    }
    a->next = (char *)at + size;
    return (void *)at;
}

void *dtl_arena_calloc(dtl_arena *a, size_t count, size_t elem)
{
    size_t bytes;
    void *p;

    if (__builtin_mul_overflow(count, elem, &bytes))
        bytes = SIZE_MAX;
    p = dtl_arena_alloc(a, bytes);
    return p ? memset(p, 0, bytes) : NULL;
}

void *dtl_arena_resize(dtl_arena *a, void *ptr, size_t was, size_t size)
{
    bool last = ptr && (char *)ptr + was == a->next;
    void *moved;

    if (last && size <= (size_t)(a->end - (char *)ptr)) {
        a->next = (char *)ptr + size;
        return ptr;
    }
    if (size <= was)
        return ptr;
    moved = dtl_arena_alloc(a, size);
    if (moved && was)
        memcpy(moved, ptr, was);
    return moved;
}

bool dtl_arena_grow(dtl_arena *a, void **ptr, size_t count, size_t *cap,
                    size_t elem)
{
    size_t more = *cap ? 2 * *cap : 8;
    char *fresh;

    if (count < *cap)
        return true;
    if (more < *cap || more > SIZE_MAX / elem)
        return false;
    fresh = dtl_arena_resize(a, *ptr, *cap * elem, more * elem);
    if (!fresh)
        return false;
    memset(fresh + *cap * elem, 0, (more - *cap) * elem);
    *ptr = fresh;
    *cap = more;
    return true;
}

dtl_str dtl_arena_copy(dtl_arena *a, dtl_str s)
{
    char *p;

    if (!a->next || (size_t)(a->end - a->next) < s.len + 1)
        if (!next_chunk(a, s.len + 1))
            return (dtl_str){NULL, 0};
    p = a->next;
    a->next += s.len + 1;
    if (s.len)
        memcpy(p, s.ptr, s.len);
    p[s.len] = '\0';
    return (dtl_str){p, s.len};
}

void dtl_arena_reset(dtl_arena *a)
{
    a->current = NULL;
    a->next = a->end = NULL;
    a->status = DTL_OK;
    if (a->first)
        enter_chunk(a, a->first);
}

void dtl_arena_clear(dtl_arena *a)
{
    dtl_arena_chunk *c = a->first, *next;

    for (; c; c = next) {
        next = c->next;
        dtl_free(c);
    }
    *a = (dtl_arena){0};
}

/* ---- Buffer --------------------------------------------------------- */

/* Room for need bytes out of the arena, by doubling. */
static dtl_status grow_in_arena(dtl_buf *b, size_t need)
{
    size_t cap = b->cap < 128 ? 256 : 2 * b->cap;
    char *ptr;

    if (cap < need)
        cap = need;
    ptr = dtl_arena_resize(b->arena, b->ptr, b->cap, cap);
    if (!ptr)
        return DTL_NOMEM;
    b->ptr = ptr;
    b->cap = cap;
    return DTL_OK;
}

char *dtl_buf_make_room(dtl_buf *b, size_t len)
{
    if (b->status != DTL_OK)
        return NULL;
    if (len > SIZE_MAX / 2 - b->len) {
        b->status = DTL_NOMEM;
        return NULL;
    }
    /* An empty buffer gets memory for an empty reservation too, since NULL
     * would say that there is none. */
    if (b->cap - b->len < len || !b->ptr)
        b->status = b->arena ? grow_in_arena(b, b->len + len + !len)
                             : dtl_grow((void **)&b->ptr, &b->cap,
                                        b->len + len + !len, 1);
    return b->status == DTL_OK ? b->ptr + b->len : NULL;
}

void dtl_buf_append(dtl_buf *b, const char *ptr, size_t len)
{
    char *to = len ? dtl_buf_reserve(b, len) : NULL;

    if (!to)
        return;
    memcpy(to, ptr, len);
    b->len += len;
}

void dtl_buf_str(dtl_buf *b, dtl_str s)
{
    dtl_buf_append(b, s.ptr, s.len);
}

void dtl_buf_puts(dtl_buf *b, const char *text)
{
    dtl_buf_append(b, text, strlen(text));
}

void dtl_buf_putc(dtl_buf *b, char c)
{
    if (b->len < b->cap && b->status == DTL_OK)
        b->ptr[b->len++] = c;
    else
        dtl_buf_append(b, &c, 1);
}

void dtl_buf_put_utf8(dtl_buf *b, uint32_t cp)
{
    char out[4];

    dtl_buf_append(b, out, dtl_utf8_encode(cp, out));
}

void dtl_buf_printf(dtl_buf *b, const char *format, ...)
{
    va_list args, again;
    char *to;
    int len;

    va_start(args, format);
    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    to = len < 0 ? NULL : dtl_buf_reserve(b, (size_t)len + 1);
    if (to) {
        vsnprintf(to, (size_t)len + 1, format, again);
        b->len += (size_t)len;
    }
    va_end(again);
}

void dtl_buf_reset(dtl_buf *b)
{
    b->len = 0;
    b->status = DTL_OK;
}

void dtl_buf_clear(dtl_buf *b)
{
    if (!b->arena)
        dtl_free(b->ptr);
    *b = (dtl_buf){.arena = b->arena};
}
