/* Interning of tag and attribute names.
 *
 * Known names have a table made at build time, which is tried first. The
 * page's own names are hashed in blocks of 16 bytes with a seed drawn once
 * for each table. They are borrowed from the page; only what has a capital or
 * a NUL is written anew, and kept where it is met for the first time. */
#include "html/names_hash.h"
#include "base/eight.h"
#include "base/str.h"

#include <assert.h>
#include <string.h>
#include <sys/random.h>

enum {
    FIRST_SLOTS = 16,
    GROUP = 8,       /* slots */
    SMALL_NAME = 64, /* longer ones are cleaned up in the arena */
    BLOCK = 16
};

const uint16_t dtl_names_slots[] = {KNOWN_SLOTS};
const dtl_name_words dtl_names_heads[] = {KNOWN_HEADS};
static const dtl_name_words known_tails[] = {KNOWN_TAILS};
static const uint16_t camel_slots[1 << CAMEL_SLOT_BITS] = {CAMEL_SLOTS};

static const dtl_str known_texts[DTL_N_KNOWN] = {
    {"", 0},
#define NAME(id, text) {text, sizeof(text) - 1},
#include "html/names.def"
#undef NAME
};

/* The key of a name; a short name's tail is zero. */
typedef struct {
    dtl_name_words head, tail;
} name_key;

/* ---- Words of a name ------------------------------------------------- */

/* The len bytes at p (up to 8). Loads of fixed sizes that overlap spare a
 * call and a loop. */
static uint64_t short_word(const char *p, size_t len)
{
    if (len == 8)
        return dtl_eight(p, 8);
    if (len >= 4)
        return dtl_eight(p, 4) | dtl_eight(p + len - 4, 4) << (8 * (len - 4));
    if (!len)
        return 0;
    return (uint64_t)(unsigned char)p[0] |
           (uint64_t)(unsigned char)p[len / 2] << (8 * (len / 2)) |
           (uint64_t)(unsigned char)p[len - 1] << (8 * (len - 1));
}

static dtl_name_words words_at(const char *p)
{
    return (dtl_name_words){dtl_eight(p, 8), dtl_eight(p + 8, 8)};
}

/* The key of a name, see names_hash.h. */
static name_key key_of(dtl_str s)
{
    uint64_t len = (uint64_t)s.len << 56;

    if (s.len >= BLOCK)
        return (name_key){words_at(s.ptr), words_at(s.ptr + s.len - BLOCK)};
    if (s.len <= 8)
        return (name_key){{short_word(s.ptr, s.len), len}, {0, 0}};
    return (name_key){
        {dtl_eight(s.ptr, 8), short_word(s.ptr + 8, s.len - 8) | len}, {0, 0}};
}

/* The top bit of each byte that is an ASCII capital. */
static uint64_t capitals(uint64_t word)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t seven_bits = word & 0x7f * ones;
    uint64_t from_a = seven_bits + (0x80 - 'A') * ones;
    uint64_t past_z = seven_bits + (0x7f - 'Z') * ones;

    return from_a & ~past_z & ~word & 0x80 * ones;
}

/* Not zero where a byte is; which one, it does not say exactly. */
static uint64_t zeros(uint64_t word)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);

    return (word - ones) & ~word & 0x80 * ones;
}

static bool same_words(dtl_name_words a, dtl_name_words b)
{
    return a.low == b.low && a.high == b.high;
}

/* ---- Known names ----------------------------------------------------- */

static dtl_name find_in(const uint16_t *slots, unsigned bits, name_key key,
                        size_t len)
{
    uint32_t at = dtl_names_slot(key.head, key.tail, bits);
    dtl_name name;

    while ((name = slots[at]) != DTL_N_NONE) {
        if (same_words(dtl_names_heads[name], key.head) &&
            same_words(known_tails[name], key.tail) &&
            known_texts[name].len == len)
            return name;
        at = (at + 1) & ((1u << bits) - 1);
    }
    return DTL_N_NONE;
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
static uint64_t hash_of(dtl_str s, name_key key, uint64_t seed)
{
    const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t hash =
        fold(key.head.low ^ seed ^ s.len * odd, key.head.high ^ seed ^ odd);
    size_t at;

    for (at = BLOCK; at + BLOCK < s.len; at += BLOCK) {
        dtl_name_words w = words_at(s.ptr + at);

        hash = fold(w.low ^ hash, w.high ^ seed ^ odd);
    }
    if (s.len >= BLOCK)
        hash = fold(key.tail.low ^ hash, key.tail.high ^ seed ^ odd);
    return fold(hash ^ seed, odd);
}

/* A slot's tag: seven bits of the hash, and one that says it is taken. */
static uint8_t tag_of(uint64_t hash)
{
    return (uint8_t)(0x80 | hash >> 57);
}

static bool same_name(dtl_str a, dtl_str s, name_key key)
{
    if (a.len != s.len)
        return false;
    if (s.len < BLOCK)
        return same_words(key_of(a).head, key.head);
    return memcmp(a.ptr, s.ptr, s.len) == 0;
}

/* The slot that holds s, or a free one where it would be. The tags of a group
 * are looked at together; nearly always none of them is right where the name
 * is new, and the group has room, so that neither costs a wrong guess of the
 * processor, nor waiting for names far away in memory. */
static uint32_t own_slot(const dtl_names *n, dtl_str s, name_key key,
                         uint64_t hash)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint32_t mask = n->slot_count - GROUP;
    uint32_t group = (uint32_t)hash & mask;

    for (;; group = (group + GROUP) & mask) {
        uint64_t tags = dtl_eight((const char *)n->tags + group, GROUP);
        uint64_t equal = zeros(tags ^ tag_of(hash) * ones);
        uint64_t free = ~tags & 0x80 * ones;

        for (; equal; equal &= equal - 1) {
            uint32_t at = group + (uint32_t)__builtin_ctzll(equal) / 8;

            if (n->tags[at] == tag_of(hash) &&
                same_name(n->own[n->slots[at]], s, key))
                return at;
        }
        if (free)
            return group + (uint32_t)__builtin_ctzll(free) / 8;
    }
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
    void *slots = n->slots, *tags = n->tags;
    dtl_status st = dtl_grow(&slots, &n->slot_cap, count, sizeof(*n->slots));

    n->slots = slots;
    if (st == DTL_OK)
        st = dtl_grow(&tags, &n->tag_cap, count, 1);
    n->tags = tags;
    if (st != DTL_OK)
        return st;
    n->slot_count = count;
    memset(n->tags, 0, count);
    return DTL_OK;
}

static void fill_slot(dtl_names *n, uint32_t at, uint64_t hash, uint32_t index)
{
    n->tags[at] = tag_of(hash);
    n->slots[at] = index;
}

static dtl_status rehash(dtl_names *n, uint32_t count)
{
    dtl_status st = use_slots(n, count);
    uint32_t i;

    if (st != DTL_OK) /* the old slots are still as they were */
        return st;
    for (i = 0; i < n->own_count; i++) {
        name_key key = key_of(n->own[i]);
        uint64_t hash = hash_of(n->own[i], key, n->seed);

        fill_slot(n, own_slot(n, n->own[i], key, hash), hash, i);
    }
    return DTL_OK;
}

/* Whether one name more can be added; at most five of eight slots are taken. */
static bool has_room(const dtl_names *n)
{
    return n->own_count < n->own_cap && n->own_count < n->slot_count / 8 * 5;
}

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
    if (n->own_count >= n->slot_count / 8 * 5)
        return rehash(n, n->slot_count * 4);
    return DTL_OK;
}

/* Whether s is as names are kept: no capital, no NUL. */
static bool is_clean(dtl_str s, name_key key)
{
    const uint64_t spaces = UINT64_C(0x2020202020202020);
    uint64_t low = key.head.low, high = key.head.high, dirty;
    size_t at;

    if (s.len < BLOCK) { /* bytes that are not there are not NUL */
        low |= s.len < 8 ? spaces << (8 * s.len) : 0;
        high |= s.len <= 8 ? spaces : spaces << (8 * (s.len - 8));
        return !(capitals(low) | zeros(low) | capitals(high) | zeros(high));
    }
    dirty = capitals(low) | zeros(low) | capitals(high) | zeros(high);
    for (at = BLOCK; at + 8 < s.len; at += 8) {
        uint64_t word = dtl_eight(s.ptr + at, 8);

        dirty |= capitals(word) | zeros(word);
    }
    return !(dirty | capitals(key.tail.high) | zeros(key.tail.high));
}

/* s as names are kept, written to to, which has three bytes for each. */
static dtl_str clean(dtl_str s, char *to)
{
    char *at = to;
    size_t i;

    for (i = 0; i < s.len; i++) {
        if (s.ptr[i]) {
            *at++ = dtl_lower(s.ptr[i]);
        } else {
            memcpy(at, "\xEF\xBF\xBD", 3);
            at += 3;
        }
    }
    return (dtl_str){to, (size_t)(at - to)};
}

/* A known name, or DTL_N_NONE. */
static dtl_name find_known(dtl_str s, name_key key)
{
    if (s.len > 2 * BLOCK)
        return DTL_N_NONE;
    return find_in(dtl_names_slots, KNOWN_SLOT_BITS, key, s.len);
}

static dtl_name find_clean(const dtl_names *n, dtl_str s, name_key key)
{
    dtl_name name = find_known(s, key);
    uint32_t at;

    if (name != DTL_N_NONE || !n->slot_count)
        return name;
    at = own_slot(n, s, key, hash_of(s, key, n->seed));
    return n->tags[at] ? DTL_N_KNOWN + n->slots[at] : DTL_N_NONE;
}

/* The number of s, which is clean; one that is new has to live as long as the
 * page, or is copied to keep where that is not NULL. */
static dtl_status intern_clean(dtl_names *n, dtl_str s, name_key key,
                               dtl_arena *keep, dtl_name *out)
{
    uint64_t hash;
    dtl_status st;
    uint32_t at;

    *out = find_known(s, key);
    if (*out != DTL_N_NONE)
        return DTL_OK;
    st = has_room(n) ? DTL_OK : make_room(n);
    if (st != DTL_OK)
        return st;
    hash = hash_of(s, key, n->seed);
    at = own_slot(n, s, key, hash);
    if (n->tags[at]) {
        *out = DTL_N_KNOWN + n->slots[at];
        return DTL_OK;
    }
    if (keep)
        s = dtl_arena_copy(keep, s);
    if (!s.ptr)
        return DTL_NOMEM;
    fill_slot(n, at, hash, n->own_count);
    *out = DTL_N_KNOWN + n->own_count;
    n->own[n->own_count++] = s;
    return DTL_OK;
}

static __attribute__((noinline)) dtl_status intern_dirty(dtl_names *n,
                                                         dtl_arena *arena,
                                                         dtl_str s,
                                                         dtl_name *out)
{
    char small[3 * SMALL_NAME], *to = small;

    if (s.len > SMALL_NAME)
        to = dtl_arena_alloc(arena, 3 * s.len);
    if (!to)
        return DTL_NOMEM;
    s = clean(s, to);
    return intern_clean(n, s, key_of(s), to == small ? arena : NULL, out);
}

dtl_status dtl_names_intern(dtl_names *n, dtl_arena *arena, dtl_str written,
                            dtl_name *out)
{
    name_key key = key_of(written);

    *out = DTL_N_NONE;
    if (!is_clean(written, key))
        return intern_dirty(n, arena, written, out);
    return intern_clean(n, written, key, NULL, out);
}

dtl_name dtl_names_find(const dtl_names *n, dtl_str text)
{
    name_key key = key_of(text);
    dtl_name name = find_clean(n, text, key);

    if (name == DTL_N_NONE && text.len <= 2 * BLOCK)
        name = find_in(camel_slots, CAMEL_SLOT_BITS, key, text.len);
    return name;
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
    dtl_status st =
        dtl_grow(&seen, &n->seen_cap, (size_t)name + 1, sizeof(*n->seen));

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
        memset(n->tags, 0, FIRST_SLOTS);
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
    dtl_free(n->tags);
    dtl_free(n->seen);
    *n = (dtl_names){0};
}
