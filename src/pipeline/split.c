/* Cuts a run's inputs into tasks. */
#include "pipeline/split.h"
#include "base/str.h"

#include <xxhash.h>

struct dtl_split {
    dtl_walk *walk;
    dtl_entry held; /* the entry that the next task begins with */
    dtl_buf name;   /* its name */
    bool has_held, ended;
    uint64_t number;
    uint64_t at;   /* of the held entry: where its next part begins */
    uint64_t seen; /* a hash of the entries given */
};

dtl_split *dtl_split_new(dtl_walk *walk)
{
    dtl_split *s = dtl_malloc(sizeof *s);

    if (s)
        *s = (dtl_split){.walk = walk};
    return s;
}

void dtl_split_free(dtl_split *s)
{
    if (!s)
        return;
    dtl_buf_clear(&s->name);
    dtl_free(s);
}

void dtl_task_clear(dtl_task *t)
{
    dtl_arena_clear(&t->arena);
    dtl_free(t->entries);
    *t = (dtl_task){0};
}

/* Gets the next entry, unless one is held. */
static dtl_status hold(dtl_split *s)
{
    dtl_status st;
    bool more;

    if (s->has_held || s->ended)
        return DTL_OK;
    st = dtl_walk_next(s->walk, &s->held, &more);
    if (st != DTL_OK)
        return st;
    s->ended = !more;
    s->has_held = more;
    if (!more)
        return DTL_OK;
    s->name.len = 0;
    dtl_buf_puts(&s->name, s->held.name);
    dtl_buf_putc(&s->name, '\0');
    s->held.name = s->name.ptr;
    return s->name.status;
}

static dtl_status add(dtl_split *s, dtl_task *t)
{
    dtl_str name = dtl_arena_copy(&t->arena, dtl_str_of(s->held.name));
    const uint64_t mark[] = {s->held.size, (uint64_t)s->held.written};
    void *entries = t->entries;

    if (!name.ptr || dtl_grow(&entries, &t->entry_cap, t->entry_count + 1,
                              sizeof *t->entries) != DTL_OK)
        return DTL_NOMEM;
    t->entries = entries;
    t->entries[t->entry_count] = s->held;
    t->entries[t->entry_count++].name = name.ptr;
    s->seen = XXH3_64bits_withSeed(name.ptr, name.len, s->seen);
    s->seen = XXH3_64bits_withSeed(mark, sizeof mark, s->seen);
    t->seen = s->seen;
    return DTL_OK;
}

static bool is_large(const dtl_entry *e)
{
    return e->type == DTL_ENTRY_FILE && e->size > DTL_PART_BYTES;
}

/* What gives bytes as they come, and how many nobody knows, is a task alone. */
static bool is_stream(const dtl_entry *e)
{
    return e->type == DTL_ENTRY_STDIN || e->type == DTL_ENTRY_URL;
}

/* The next part of the held file. The last one has no end: the file may have
 * grown. */
static dtl_status take_part(dtl_split *s, dtl_task *t)
{
    uint64_t left = s->held.size - s->at;

    t->is_part = true;
    t->is_first = s->at == 0;
    t->is_last = left <= DTL_PART_BYTES;
    t->begin = s->at;
    t->end = t->is_last ? UINT64_MAX : s->at + DTL_PART_BYTES;
    s->at += DTL_PART_BYTES;
    if (t->is_last) {
        s->at = 0;
        s->has_held = false;
    }
    return add(s, t);
}

dtl_status dtl_split_next(dtl_split *s, dtl_task *t, bool *more)
{
    dtl_status st = hold(s);
    uint64_t bytes = 0;
    bool stream;

    dtl_arena_reset(&t->arena);
    t->entry_count = 0;
    t->is_part = t->is_first = t->is_last = false;
    t->begin = t->end = 0;
    *more = st == DTL_OK && s->has_held;
    if (!*more)
        return st;
    t->number = s->number++;
    if (is_large(&s->held))
        return take_part(s, t);
    while (st == DTL_OK && s->has_held && !is_large(&s->held)) {
        stream = is_stream(&s->held);
        if (t->entry_count && (stream || t->entry_count == DTL_TASK_ENTRIES ||
                               bytes + s->held.size > DTL_PART_BYTES))
            break;
        bytes += s->held.size;
        st = add(s, t);
        s->has_held = false;
        if (stream)
            break;
        if (st == DTL_OK)
            st = hold(s);
    }
    return st;
}
