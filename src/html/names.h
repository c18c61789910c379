/* Tag and attribute names as small integers.
 *
 * Known names are numbered by names.def and need no table of their own; a
 * page's other names are numbered after them in the order they are met, and
 * forgotten with the page. Interning lower-cases ASCII and turns NUL into
 * U+FFFD, as the tokenizer does. Names that only foreign content spells with
 * capitals ("foreignObject", "viewBox") are numbers of their own. */
#ifndef DTL_HTML_NAMES_H
#define DTL_HTML_NAMES_H

#include "base/alloc.h"

typedef uint32_t dtl_name;

enum {
    DTL_N_NONE,
#define NAME(id, text) DTL_N_##id,
#include "html/names.def"
#undef NAME
    DTL_N_KNOWN /* the first number of a page's own names */
};

typedef struct {
    dtl_str *own; /* own[i] is the text of name DTL_N_KNOWN + i */
    uint32_t own_count;
    size_t own_cap;
    /* Open addressing: an index in own, and a tag of the hash, 0 where the
     * slot is free. */
    uint32_t *slots;
    uint8_t *tags;
    uint32_t slot_count; /* in use: a power of two, or 0 */
    size_t slot_cap, tag_cap;
    uint64_t seed; /* of this process, so that nobody can choose names that
                      collide; numbering does not depend on it */
    /* Duplicate attributes in constant time: seen[name] is the serial of the
     * last start tag of many attributes that had one of that name. */
    uint32_t *seen;
    size_t seen_cap;
    uint32_t serial;
} dtl_names;

/* The number of a name as written in a page (any case). *out is DTL_N_NONE
 * only on failure. Text of new names is borrowed where it is lower case
 * already, else copied into arena. */
dtl_status dtl_names_intern(dtl_names *n, dtl_arena *arena, dtl_str written,
                            dtl_name *out);

/* The number of an already known name, exactly as spelt; DTL_N_NONE when the
 * page has not met it. */
dtl_name dtl_names_find(const dtl_names *n, dtl_str text);

dtl_str dtl_names_text(const dtl_names *n, dtl_name name);

/* Makes seen[name] exist. */
dtl_status dtl_names_grow_seen(dtl_names *n, dtl_name name);

/* Forgets the page's own names, keeps the memory. */
void dtl_names_reset(dtl_names *n);
void dtl_names_clear(dtl_names *n);

#endif
