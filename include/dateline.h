/* dateline.h - turn saved web pages into articles.
 *
 * Text is UTF-8 in slices, not NUL-terminated. A slice borrows from the
 * object it came from and dies with it. Handles may move between threads
 * but serve one at a time. Fallible calls return a dtl_status and, when
 * err is not NULL, fill it. */
#ifndef DATELINE_H
#define DATELINE_H

#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(_WIN32)
#define DTL_API
#else
#define DTL_API __attribute__((visibility("default")))
#endif

/* ---- Slices, errors, memory ---------------------------------------- */

typedef struct {
    const char *ptr; /* NULL only when absent; then len is 0 */
    size_t len;      /* bytes */
} dtl_str;

typedef enum {
    DTL_OK,
    DTL_NOMEM,  /* the allocator gave nothing */
    DTL_IO,     /* a file or the network failed */
    DTL_LIMIT,  /* the input passes a named limit */
    DTL_SYNTAX, /* the input is not what it claims to be */
    DTL_USAGE   /* the caller's arguments are wrong */
} dtl_status;

typedef struct {
    dtl_status code;
    size_t offset;     /* byte in the input where it went wrong */
    char message[160]; /* NUL-terminated, for people */
} dtl_error;

/* The three calls that dateline takes memory with. resize(ctx, NULL, n)
 * allocates; resize never sees n == 0. */
typedef struct {
    void *(*resize)(void *ctx, void *ptr, size_t size);
    void (*release)(void *ctx, void *ptr);
    void *ctx;
} dtl_allocator;

/* Replaces realloc/free for the whole process. Call it before any other
 * call, or when no object of ours lives. NULL restores the default. */
DTL_API void dtl_set_allocator(const dtl_allocator *a);

/* "0.1.0" and the like; static storage. */
DTL_API const char *dtl_version(void);

#ifdef __cplusplus
}
#endif
#endif
