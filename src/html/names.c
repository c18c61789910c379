/* Interning of tag and attribute names.
 *
 * Known names have a table made at build time, which is tried first. The
 * page's own names are hashed in blocks of 16 bytes with a seed drawn once
 * for each table, and compared word by word as they are lowered, so that a
 * name met again costs no copy. A capital or a NUL is rare: only a name met
 * for the first time, or one with a NUL, goes through the arena. */
#include "html/names_hash.h"
#include "base/str.h"

#include <assert.h>
#include <sys/random.h>

enum {
    FIRST_SLOTS = 256,
    BLOCK = 16
};

const uint16_t dtl_names_slots[] = {KNOWN_SLOTS};
const dtl_name_words dtl_names_heads[] = {KNOWN_HEADS};
const dtl_name_words dtl_names_tails[] = {KNOWN_TAILS};

static const dtl_str known_texts[DTL_N_KNOWN] = {
    {"", 0},
#define NAME(id, text) {text, sizeof(text) - 1},
#include "html/names.def"
#undef NAME
};

/* ---- Words of a name ------------------------------------------------- */

static dtl_name_words words_at(const char *p)
{
    dtl_name_words w;

    memcpy(&w.low, p, 8);
    memcpy(&w.high, p + 8, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    w.low = __builtin_bswap64(w.low);
    w.high = __builtin_bswap64(w.high);
#endif
    return w;
}

/* The up to 16 bytes from p on, padded with spaces. */
static dtl_name_words words_of(const char *p, size_t len)
{
    char padded[BLOCK];

    if (len >= BLOCK)
        return words_at(p);
    memset(padded, ' ', BLOCK);
    memcpy(padded, p, len);
    return words_at(padded);
}

static dtl_name_words lowered(dtl_name_words w)
{
    return (dtl_name_words){dtl_lower8(w.low), dtl_lower8(w.high)};
}

static bool same_words(dtl_name_words a, dtl_name_words b)
{
    return a.low == b.low && a.high == b.high;
}

/* ---- Known names ----------------------------------------------------- */

static dtl_name find_long(dtl_name_words head, dtl_name_words tail, size_t len)
{
    uint32_t at = dtl_names_long_slot(head, tail);
    dtl_name name;

    while ((name = dtl_names_slots[at]) != DTL_N_NONE) {
        if (same_words(dtl_names_heads[name], head) &&
            same_words(dtl_names_tails[name], tail) &&
            known_texts[name].len == len)
            return name;
        at = (at + 1) & ((1 << KNOWN_SLOT_BITS) - 1);
    }
    return DTL_N_NONE;
}

/* lower: compare as if s were lower case. */
static dtl_name find_known(dtl_str s, bool lower)
{
    dtl_name_words head, tail;

    if (!s.len || s.len > 2 * BLOCK)
        return DTL_N_NONE;
    head = words_of(s.ptr, s.len);
    if (lower)
        head = lowered(head);
    if (s.len <= BLOCK)
        return dtl_names_known(head);
    tail = words_at(s.ptr + s.len - BLOCK);
    if (lower)
        tail = lowered(tail);
    return find_long(head, tail, s.len);
}

/* ---- The page's own names -------------------------------------------- */

__extension__ typedef unsigned __int128 uint128;

static uint64_t fold(uint64_t a, uint64_t b)
{
    uint128 product = (uint128)a * b;

    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Multiplying two words that both hang on the secret seed and folding the
 * product mixes all their bits; without the seed, collisions cannot be made
 * on purpose. */
static uint64_t hash_of(dtl_str s, bool lower, uint64_t seed)
{
    const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t hash = fold(seed ^ s.len, odd);
    size_t at;

    for (at = 0; at < s.len; at += BLOCK) {
        dtl_name_words w = words_of(s.ptr + at, s.len - at);

        if (lower)
            w = lowered(w);
        hash = fold(w.low ^ hash, w.high ^ seed ^ odd);
    }
    return fold(hash ^ seed, odd);
}

static bool same_text(dtl_str own, dtl_str s, bool lower)
{
    size_t at;

    if (own.len != s.len)
        return false;
    if (!lower)
        return memcmp(own.ptr, s.ptr, s.len) == 0;
    for (at = 0; at < s.len; at += BLOCK) {
        dtl_name_words w = words_of(s.ptr + at, s.len - at);

        if (!same_words(words_of(own.ptr + at, s.len - at), lowered(w)))
            return false;
    }
    return true;
}

/* The slot that holds s, or the free one where it would be. */
static uint32_t own_slot(const dtl_names *n, dtl_str s, bool lower,
                         uint64_t hash)
{
    uint32_t mask = n->slot_count - 1;
    uint32_t at = (uint32_t)hash & mask;
    uint64_t slot;

    while ((slot = n->slots[at]) != 0) {
        if (slot >> 32 == hash >> 32 &&
            same_text(n->own[(uint32_t)slot - 1], s, lower))
            break;
        at = (at + 1) & mask;
    }
    return at;
}

static uint64_t draw_seed(const dtl_names *n)
{
    uint64_t seed;

    /* Without a source of chance, where the table lies must do. */
    if (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != sizeof(seed))
        seed =
            fold((uintptr_t)n ^ (uintptr_t)&seed, UINT64_C(0xd6e8feb86659fd93));
    return seed;
}

static dtl_status use_slots(dtl_names *n, uint32_t count)
{
    void *slots = n->slots;
    dtl_status st = dtl_grow(&slots, &n->slot_cap, count, sizeof(*n->slots));

    n->slots = slots;
    if (st != DTL_OK)
        return st;
    n->slot_count = count;
    memset(n->slots, 0, count * sizeof(*n->slots));
    return DTL_OK;
}

static dtl_status rehash(dtl_names *n, uint32_t count)
{
    dtl_status st = use_slots(n, count);
    uint32_t i;

    if (st != DTL_OK) /* the old slots are still as they were */
        return st;
    for (i = 0; i < n->own_count; i++) {
        uint64_t hash = hash_of(n->own[i], false, n->seed);
        uint32_t at = own_slot(n, n->own[i], false, hash);

        n->slots[at] = (hash >> 32 << 32) | (i + 1);
    }
    return DTL_OK;
}

/* Room for one name more, at most half of the slots taken. */
static dtl_status make_room(dtl_names *n)
{
    void *own = n->own;
    dtl_status st =
        dtl_grow(&own, &n->own_cap, (size_t)n->own_count + 1, sizeof(*n->own));

    n->own = own;
    if (st != DTL_OK)
        return st;
    if (n->own_count >= UINT32_MAX / 4)
        return DTL_LIMIT;
    if (!n->seed)
        n->seed = draw_seed(n) | 1;
    if (!n->slot_count)
        return use_slots(n, FIRST_SLOTS);
    if (n->own_count >= n->slot_count / 2)
        return rehash(n, n->slot_count * 2);
    return DTL_OK;
}

static bool is_lower(dtl_str s)
{
    size_t i;

    for (i = 0; i < s.len; i++)
        if (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z')
            return false;
    return true;
}

static dtl_str lower_copy(dtl_arena *arena, dtl_str s)
{
    dtl_str copy = dtl_arena_copy(arena, s);
    char *p = (char *)(uintptr_t)copy.ptr;
    size_t i;

    for (i = 0; i < copy.len; i++)
        p[i] = dtl_lower(p[i]);
    return copy;
}

static dtl_status intern_own(dtl_names *n, dtl_arena *arena, dtl_str s,
                             dtl_name *out)
{
    dtl_status st = make_room(n);
    uint64_t hash;
    uint32_t at;

    if (st != DTL_OK)
        return st;
    hash = hash_of(s, true, n->seed);
    at = own_slot(n, s, true, hash);
    if (!n->slots[at]) {
        if (!is_lower(s))
            s = lower_copy(arena, s);
        if (!s.ptr)
            return DTL_NOMEM;
        n->own[n->own_count++] = s;
        n->slots[at] = (hash >> 32 << 32) | n->own_count;
    }
    *out = DTL_N_KNOWN + (uint32_t)n->slots[at] - 1;
    return DTL_OK;
}

/* A copy of s with U+FFFD for each NUL; ptr NULL when out of memory. */
static dtl_str without_nul(dtl_arena *arena, dtl_str s)
{
    size_t i, len = s.len;
    char *copy, *to;

    for (i = 0; i < s.len; i++)
        len += s.ptr[i] ? 0 : 2;
    copy = to = dtl_arena_alloc(arena, len);
    if (!copy)
        return (dtl_str){NULL, 0};
    for (i = 0; i < s.len; i++) {
        if (s.ptr[i]) {
            *to++ = s.ptr[i];
        } else {
            memcpy(to, "\xEF\xBF\xBD", 3);
            to += 3;
        }
    }
    return (dtl_str){copy, len};
}

dtl_status dtl_names_intern(dtl_names *n, dtl_arena *arena, dtl_str written,
                            dtl_name *out)
{
    *out = find_known(written, true);
    if (*out != DTL_N_NONE)
        return DTL_OK;
    if (memchr(written.ptr, 0, written.len)) {
        written = without_nul(arena, written);
        if (!written.ptr)
            return DTL_NOMEM;
    }
    return intern_own(n, arena, written, out);
}

dtl_name dtl_names_find(const dtl_names *n, dtl_str text)
{
    dtl_name name = find_known(text, false);
    uint32_t at;

    if (name != DTL_N_NONE || !n->slot_count)
        return name;
    at = own_slot(n, text, false, hash_of(text, false, n->seed));
    if (!n->slots[at])
        return DTL_N_NONE;
    return DTL_N_KNOWN + (uint32_t)n->slots[at] - 1;
}

dtl_str dtl_names_text(const dtl_names *n, dtl_name name)
{
    if (name < DTL_N_KNOWN)
        return known_texts[name];
    assert(name - DTL_N_KNOWN < n->own_count);
    return n->own[name - DTL_N_KNOWN];
}

dtl_status dtl_names_grow_seen(dtl_names *n, dtl_name name)
{
    void *seen = n->seen;
    size_t old = n->seen_cap;
    size_t need = name < DTL_N_KNOWN ? DTL_N_KNOWN : (size_t)name + 1;
    dtl_status st = dtl_grow(&seen, &n->seen_cap, need, sizeof(*n->seen));

    n->seen = seen;
    if (st == DTL_OK)
        memset(n->seen + old, 0, (n->seen_cap - old) * sizeof(*n->seen));
    return st;
}

/* ---- Lifetime -------------------------------------------------------- */

void dtl_names_reset(dtl_names *n)
{
    n->own_count = 0;
    /* A table that one huge page made large must not be swept for each small
     * page after it. */
    if (n->slot_count) {
        n->slot_count = FIRST_SLOTS;
        memset(n->slots, 0, FIRST_SLOTS * sizeof(*n->slots));
    }
    /* A page of 4 GiB has fewer than 2^31 tags. */
    if (n->serial >= UINT32_MAX / 2) {
        memset(n->seen, 0, n->seen_cap * sizeof(*n->seen));
        n->serial = 0;
    }
}

void dtl_names_clear(dtl_names *n)
{
    dtl_free(n->own);
    dtl_free(n->slots);
    dtl_free(n->seen);
    *n = (dtl_names){0};
}
