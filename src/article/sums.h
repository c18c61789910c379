/* Sets of hashes, and sums by a key, in open tables of an arena. */
#ifndef DTL_ARTICLE_SUMS_H
#define DTL_ARTICLE_SUMS_H

#include "base/alloc.h"

/* The slots, a power of two, for `most` entries that leave half of them free.
 */
static inline size_t dtl_slots_for(size_t most)
{
    size_t size = 16;

    while (size < 2 * most)
        size *= 2;
    return size;
}

typedef struct {
    uint64_t *slots; /* 0 is free */
    size_t mask, count;
    uint64_t filter; /* a bit for the lowest six of each hash */
} dtl_hash_set;

static inline size_t dtl_hash_set_slot(const dtl_hash_set *s, uint64_t h)
{
    size_t i = (size_t)(h ^ (h >> 29)) & s->mask;

    while (s->slots[i] && s->slots[i] != h)
        i = (i + 1) & s->mask;
    return i;
}

static inline void dtl_hash_set_add(dtl_hash_set *s, uint64_t h)
{
    size_t i;

    h += !h;
    i = dtl_hash_set_slot(s, h);
    s->count += !s->slots[i];
    s->slots[i] = h;
    s->filter |= UINT64_C(1) << (h & 63);
}

/* Makes room for `more` in a zeroed set, or one that has some. */
static inline dtl_status dtl_hash_set_room(dtl_hash_set *s, size_t more,
                                           dtl_arena *arena)
{
    size_t size = dtl_slots_for(s->count + more);
    dtl_hash_set old = *s;

    if (s->slots && size <= s->mask + 1)
        return DTL_OK;
    *s = (dtl_hash_set){dtl_arena_calloc(arena, size, sizeof *s->slots),
                        size - 1, 0, 0};
    if (!s->slots)
        return DTL_NOMEM;
    for (size_t i = 0; old.slots && i <= old.mask; i++)
        if (old.slots[i])
            dtl_hash_set_add(s, old.slots[i]);
    return DTL_OK;
}

static inline bool dtl_hash_set_has(const dtl_hash_set *s, uint64_t h)
{
    h += !h;
    return s->filter >> (h & 63) & 1 && s->slots[dtl_hash_set_slot(s, h)] != 0;
}

/* What is summed of one key, which is never 0; several sums may be kept. */
typedef struct {
    uint64_t key;
    float sums[3];
} dtl_sum;

typedef struct {
    dtl_sum *slots;
    size_t mask;
} dtl_sum_table;

static inline dtl_status dtl_sums_init(dtl_sum_table *t, size_t most,
                                       dtl_arena *arena)
{
    size_t size = dtl_slots_for(most);

    *t = (dtl_sum_table){dtl_arena_calloc(arena, size, sizeof *t->slots),
                         size - 1};
    return t->slots ? DTL_OK : DTL_NOMEM;
}

/* The sums of a key, to add to or to read; what nothing was added to has the
 * key 0 and no sums. */
static inline dtl_sum *dtl_sums_of(const dtl_sum_table *t, uint64_t key)
{
    /* High enough for the key's upper half to count. */
    size_t i = (size_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 36) & t->mask;

    while (t->slots[i].key && t->slots[i].key != key)
        i = (i + 1) & t->mask;
    return &t->slots[i];
}

static inline dtl_sum *dtl_sums_add(dtl_sum_table *t, uint64_t key)
{
    dtl_sum *s = dtl_sums_of(t, key);

    s->key = key;
    return s;
}

#endif
