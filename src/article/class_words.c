/* What the words of class, id and role values say, and how it is remembered.
 *
 * A value is gone through by class_lanes.c. What came of it is kept in a table
 * with one place for each value, by its hash; whatever comes there next takes
 * the place. So no page's result depends on the pages before it. */
#include "article/class_words.h"
#include "article/class_words_table.h"
#include "article/embeds.h"
#include "base/cpu.h"
#include "base/str.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

/* The groups of a value's words, and DTL_CLASS_CONTAINER; memory can be read
 * up to limit. */
static uint64_t groups_of(dtl_str value, const char *limit)
{
#if DTL_CPU_X86
    if (dtl_cpu_level() >= DTL_CPU_AVX512BW)
        return dtl_class_groups_of_avx512bw(value, limit);
    if (dtl_cpu_level() >= DTL_CPU_AVX2)
        return dtl_class_groups_of_avx2(value, limit);
    if (dtl_cpu_level() >= DTL_CPU_SSE41)
        return dtl_class_groups_of_sse41(value, limit);
#endif
    return dtl_class_groups_of_plain(value, limit);
}

uint32_t dtl_class_bits(dtl_str value)
{
    return (uint32_t)groups_of(value, value.ptr + value.len);
}

/* ---- Remembering ---------------------------------------------------------
 */

enum {
    KEY = 48, /* bytes of a value that is remembered, at most */
    PLACES = 512
};

/* A line of memory. */
struct dtl_class_value {
    uint64_t key[KEY / 8]; /* the value, then zeros */
    uint32_t len;
    dtl_attr_note note;
};

static inline void key_of(dtl_str value, const char *limit,
                          uint64_t key[KEY / 8])
{
    static const uint8_t ones[2 * KEY] = {
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
    uint64_t mask[KEY / 8];

    if (limit - value.ptr < KEY) {
        memset(key, 0, KEY);
        memcpy(key, value.ptr, value.len);
        return;
    }
    memcpy(key, value.ptr, KEY);
    memcpy(mask, ones + KEY - value.len, KEY);
    for (int i = 0; i < KEY / 8; i++)
        key[i] &= mask[i];
}

static inline uint64_t hash_of(const uint64_t key[KEY / 8])
{
    const uint64_t factor = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t a = key[0] * factor + key[1], b = key[2] * factor + key[3];
    uint64_t c = key[4] * factor + key[5];

    a = (a ^ a >> 32) * factor + b;
    a = (a ^ a >> 32) * factor + c;
    a = (a ^ a >> 32) * factor;
    return a ^ a >> 32;
}

static inline bool is_key(const uint64_t a[KEY / 8], const uint64_t b[KEY / 8])
{
    uint64_t other = 0;

    for (int i = 0; i < KEY / 8; i++)
        other |= a[i] ^ b[i];
    return !other;
}

static dtl_attr_note look_at(dtl_str value, const char *limit, uint64_t hash)
{
    uint64_t groups = groups_of(value, limit);

    return (dtl_attr_note){
        .bits = (uint32_t)groups,
        .container =
            groups & DTL_CLASS_CONTAINER ? dtl_embed_container(value) : 0,
        .hash = (uint32_t)hash,
    };
}

dtl_attr_note dtl_class_look(dtl_class_memo *m, dtl_str value,
                             const char *limit)
{
    uint64_t key[KEY / 8], hash;
    struct dtl_class_value *v;

    if (value.len > KEY)
        return look_at(value, limit, XXH3_64bits(value.ptr, value.len));
    key_of(value, limit, key);
    hash = hash_of(key);
    if (!m)
        return look_at(value, limit, hash);
    v = &m->values[hash % PLACES];
    if (v->len != value.len || !is_key(v->key, key)) {
        v->len = (uint32_t)value.len;
        memcpy(v->key, key, KEY);
        v->note = look_at(value, limit, hash);
    }
    return v->note;
}

dtl_status dtl_class_memo_init(dtl_class_memo *m)
{
    size_t line = sizeof *m->values, size = PLACES * line;

    if (m->values)
        return DTL_OK;
    m->memory = dtl_malloc(size + line);
    if (!m->memory)
        return DTL_NOMEM;
    memset(m->memory, 0, size + line);
    m->values =
        (void *)((char *)m->memory + line - (uintptr_t)m->memory % line);
    return DTL_OK;
}

void dtl_class_memo_clear(dtl_class_memo *m)
{
    dtl_free(m->memory);
    *m = (dtl_class_memo){0};
}

/* ---- Of attributes -------------------------------------------------------
 */

dtl_attr_note dtl_class_note_anew(dtl_html_doc *doc, const dtl_html_attr *a)
{
    dtl_str value = dtl_html_attr_text(doc, a);

    if (!value.len)
        return (dtl_attr_note){0};
    return dtl_class_look(NULL, value, value.ptr + value.len);
}

uint32_t dtl_class_bits_of(dtl_html_doc *doc, dtl_html_ref n, dtl_name name)
{
    const dtl_html_attr *a = dtl_html_attr_find(doc, n, name);

    return a ? dtl_class_note(doc, a).bits : 0;
}

uint32_t dtl_class_bits_of_names(dtl_html_doc *doc, dtl_html_ref n)
{
    const dtl_html_node *node = &doc->nodes[n];
    uint32_t bits = 0;

    for (uint32_t i = 0; i < node->count; i++) {
        const dtl_html_attr *a = &doc->attrs[node->data + i];

        if (a->name == DTL_N_CLASS || a->name == DTL_N_ID)
            bits |= dtl_class_note(doc, a).bits;
    }
    return bits;
}

bool dtl_style_hides(dtl_str style)
{
    size_t at = dtl_str_find_nocase(style, DTL_STR("display"));

    if (at != SIZE_MAX) {
        dtl_str rest = dtl_str_sub(style, at + 7, at + 16);

        if (dtl_str_find_nocase(rest, DTL_STR("none")) != SIZE_MAX)
            return true;
    }
    return dtl_str_find_nocase(style, DTL_STR("visibility:hidden")) != SIZE_MAX;
}

const char *dtl_class_group_name(unsigned bit)
{
    return bit < 32 ? dtl_class_groups[bit] : "";
}
