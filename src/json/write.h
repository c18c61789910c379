/* Writes strict JSON into a buffer.
 *
 * The writer sets commas, colons, newlines and indentation itself:
 *
 *     dtl_json_writer w;
 *     dtl_json_write_init(&w, &buf, false);
 *     dtl_json_open_object(&w);
 *     dtl_json_put_key(&w, "title");
 *     dtl_json_put_str(&w, title);
 *     dtl_json_close(&w);
 *     status = dtl_json_write_end(&w);
 *
 * Strings come out as valid UTF-8, malformed bytes as U+FFFD; escaped are
 * quotes, backslashes and control characters, nothing else. A call in the
 * wrong place (a value without its key, a close too many) is a bug of the
 * caller's and asserted; the output is never checked again. Running out of
 * memory is remembered, in the writer or the buffer, and told at the end. */
#ifndef DTL_JSON_WRITE_H
#define DTL_JSON_WRITE_H

#include "base/alloc.h"

#include <string.h>

enum {
    DTL_JSON_OUTER_LEVELS = 32 /* that take no memory of their own */
};

typedef struct {
    dtl_buf *out;
    size_t depth;
    /* One byte a level, '{' or '[': the outer ones, and those in them. */
    char outer[DTL_JSON_OUTER_LEVELS];
    dtl_buf inner;
    bool pretty;
    bool filled; /* the innermost level has an element */
    bool keyed;  /* a key waits for its value */
} dtl_json_writer;

/* Begins a text at the end of out, which must outlive the writer: compact, or
 * pretty with two spaces a level. */
void dtl_json_write_init(dtl_json_writer *w, dtl_buf *out, bool pretty);

/* Ends it and frees what the writer holds; all levels must be closed. Gives
 * DTL_NOMEM when anything was lost. Writes no newline at the end. */
dtl_status dtl_json_write_end(dtl_json_writer *w);

void dtl_json_open_object(dtl_json_writer *w);
void dtl_json_open_array(dtl_json_writer *w);
/* Closes the innermost of either. */
void dtl_json_close(dtl_json_writer *w);

/* Names the next value; in objects only, before each value. The keys are
 * copied as they are where the program knows them: nothing in them may need an
 * escape. */
void dtl_json_put_name(dtl_json_writer *w, dtl_str key);
static inline void dtl_json_put_key(dtl_json_writer *w, const char *key)
{
    dtl_json_put_name(w, (dtl_str){key, strlen(key)});
}
/* The same with a key out of anywhere. */
void dtl_json_put_key_str(dtl_json_writer *w, dtl_str key);

/* An absent string is null. */
void dtl_json_put_str(dtl_json_writer *w, dtl_str s);
void dtl_json_put_int(dtl_json_writer *w, int64_t value);
void dtl_json_put_uint(dtl_json_writer *w, uint64_t value);
/* The shortest decimal that reads back as the same double; null for what JSON
 * cannot say. */
void dtl_json_put_double(dtl_json_writer *w, double value);
/* Rounded to so many decimals (0 to 9), halves away from zero, without
 * trailing zeros: 0.5, 0.99, 1. For confidences and scores. */
void dtl_json_put_rounded(dtl_json_writer *w, double value, int decimals);
void dtl_json_put_bool(dtl_json_writer *w, bool value);
void dtl_json_put_null(dtl_json_writer *w);
/* text must be JSON: it is copied as it is. */
void dtl_json_put_raw(dtl_json_writer *w, dtl_str text);

/* A member in one call; its key as with dtl_json_put_key. */
void dtl_json_name_str(dtl_json_writer *w, dtl_str key, dtl_str s);
void dtl_json_name_int(dtl_json_writer *w, dtl_str key, int64_t value);
void dtl_json_member_bool(dtl_json_writer *w, const char *key, bool value);

static inline void dtl_json_member_str(dtl_json_writer *w, const char *key,
                                       dtl_str s)
{
    dtl_json_name_str(w, (dtl_str){key, strlen(key)}, s);
}

static inline void dtl_json_member_int(dtl_json_writer *w, const char *key,
                                       int64_t value)
{
    dtl_json_name_int(w, (dtl_str){key, strlen(key)}, value);
}

/* Nothing at all where s is absent. */
static inline void dtl_json_member_opt(dtl_json_writer *w, const char *key,
                                       dtl_str s)
{
    if (s.ptr)
        dtl_json_member_str(w, key, s);
}

#endif
