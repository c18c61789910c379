/* Memory: the process's allocator, arenas and growable buffers. */
#ifndef DTL_BASE_ALLOC_H
#define DTL_BASE_ALLOC_H

#include <dateline.h>

/* Like malloc, realloc and free, by way of the allocator in force. A size
 * of 0 gives a unique pointer; NULL means out of memory. */
void *dtl_malloc(size_t size);
void *dtl_realloc(void *ptr, size_t size);
void dtl_free(void *ptr);

/* Makes room for at least need elements of elem bytes in *ptr, growing by
 * half so that appending is linear. DTL_NOMEM leaves *ptr and *cap as they
 * were; so does a size that does not fit size_t. */
dtl_status dtl_grow(void **ptr, size_t *cap, size_t need, size_t elem);
/* The same where the caller can tell how many there will be: growing by half,
 * it stops at wish, unless that is less than an eighth more. */
dtl_status dtl_grow_to(void **ptr, size_t *cap, size_t need, size_t wish,
                       size_t elem);

/* A bump allocator. Nothing is freed singly; reset keeps the memory for
 * the next page, so that a second pass over the same pages takes none.
 * A failed allocation is remembered in status until then, so that code for
 * which a missing string is like an absent one need not tell them apart: its
 * caller looks once, at the end. A zeroed arena is ready to use. */
typedef struct dtl_arena_chunk dtl_arena_chunk;
typedef struct {
    dtl_arena_chunk *first, *current;
    char *next, *end;
    dtl_status status;
} dtl_arena;

/* 16-byte aligned, not cleared; NULL when out of memory. */
void *dtl_arena_alloc(dtl_arena *a, size_t size);
/* The same, cleared, for count elements; NULL too when the size overflows. */
void *dtl_arena_calloc(dtl_arena *a, size_t count, size_t elem);
/* Makes an allocation of was bytes one of size bytes: where it stands, when it
 * is the last one and there is room, else by a copy, which leaves the old
 * bytes unused. ptr may be NULL when was is 0. NULL when out of memory,
 * and the allocation stays as it was; never when size is no more than was. */
void *dtl_arena_resize(dtl_arena *a, void *ptr, size_t was, size_t size);
/* Makes room for at least one more than count elements in *ptr by doubling;
 * the new ones are cleared. False, with nothing changed, when out of memory. */
bool dtl_arena_grow(dtl_arena *a, void **ptr, size_t count, size_t *cap,
                    size_t elem);
/* Copies bytes (unaligned); the copy has a NUL after it that its len does not
 * count. ptr is NULL when out of memory. */
dtl_str dtl_arena_copy(dtl_arena *a, dtl_str s);
/* Forgets everything allocated, keeps the chunks. */
void dtl_arena_reset(dtl_arena *a);
void dtl_arena_clear(dtl_arena *a);

/* A growable run of bytes. A failed append is remembered in status and
 * later appends do nothing, so a writer checks once, at its end. A zeroed
 * buffer is ready to use; so is {.arena = a}, which dies with the arena's next
 * reset. */
typedef struct {
    char *ptr;
    size_t len, cap;
    dtl_status status;
    dtl_arena *arena; /* where its memory is from; NULL: its own */
} dtl_buf;

void dtl_buf_append(dtl_buf *b, const char *ptr, size_t len);
void dtl_buf_str(dtl_buf *b, dtl_str s);
void dtl_buf_puts(dtl_buf *b, const char *text); /* NUL-terminated text */
void dtl_buf_putc(dtl_buf *b, char c);
/* Appends one code point as UTF-8; a surrogate or one past U+10FFFF becomes
 * U+FFFD. */
void dtl_buf_put_utf8(dtl_buf *b, uint32_t cp);
void dtl_buf_printf(dtl_buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Room for len more bytes, uncommitted: write at b->ptr + b->len, then add to
 * b->len. NULL when out of memory, or once anything was lost. */
char *dtl_buf_make_room(dtl_buf *b, size_t len);
static inline char *dtl_buf_reserve(dtl_buf *b, size_t len)
{
    if (b->status == DTL_OK && b->ptr && b->cap - b->len >= len)
        return b->ptr + b->len;
    return dtl_buf_make_room(b, len);
}
/* Empties it and forgets that anything failed; keeps the memory. A buffer
 * used again and again before its status is looked at is emptied by len = 0.
 */
void dtl_buf_reset(dtl_buf *b);
void dtl_buf_clear(dtl_buf *b);
static inline dtl_str dtl_buf_view(const dtl_buf *b)
{
    return (dtl_str){b->ptr, b->len};
}

#endif
