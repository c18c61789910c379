/* Tests of names.h: known names, a page's own, and what a page may do to
 * them. */
#include "unit/memory.h"
#include "unit/test.h"
#include "base/str.h"
#include "html/names.h"

#include <ctype.h>
#include <stdio.h>

static const dtl_str known[] = {
#define NAME(id, text) {text, sizeof(text) - 1},
#include "html/names.def"
#undef NAME
};

typedef struct {
    dtl_names names;
    dtl_arena arena;
} page;

static dtl_name intern(page *p, dtl_str text)
{
    dtl_name name = DTL_N_NONE;

    CHECK_OK(dtl_names_intern(&p->names, &p->arena, text, &name));
    return name;
}

static void end_page(page *p)
{
    dtl_names_clear(&p->names);
    dtl_arena_clear(&p->arena);
}

static bool has_capital(dtl_str s)
{
    size_t i;

    for (i = 0; i < s.len; i++)
        if (isupper((unsigned char)s.ptr[i]))
            return true;
    return false;
}

/* Each known name is found as it is spelt; as a page writes it, in small
 * letters or in capitals, it is the name without capitals. */
static void test_known(void)
{
    page p = {0};
    char upper[64], lower[64];
    size_t i, k;

    for (i = 0; i < sizeof(known) / sizeof(*known); i++) {
        dtl_str s = known[i];
        dtl_name name = (dtl_name)i + 1, small;

        for (k = 0; k < s.len; k++) {
            upper[k] = (char)toupper((unsigned char)s.ptr[k]);
            lower[k] = (char)tolower((unsigned char)s.ptr[k]);
        }
        small = dtl_names_find(&p.names, (dtl_str){lower, s.len});
        CHECK_INT(dtl_names_find(&p.names, s), name);
        CHECK(dtl_str_eq(dtl_names_text(&p.names, name), s));
        CHECK(small != DTL_N_NONE && (small != name) == has_capital(s));
        CHECK_INT(intern(&p, s), small);
        CHECK_INT(intern(&p, (dtl_str){upper, s.len}), small);
    }
    CHECK_INT(p.names.own_count, 0);
    end_page(&p);
}

/* A known name with a byte more, less or other is not that name. */
static void test_nearly_known(void)
{
    page p = {0};
    size_t i;

    for (i = 0; i < sizeof(known) / sizeof(*known); i++) {
        dtl_str s = known[i];
        char *text = dtl_arena_alloc(&p.arena, s.len + 1);

        memcpy(text, s.ptr, s.len);
        text[s.len] = '\0';
        CHECK(intern(&p, (dtl_str){text, s.len + 1}) >= DTL_N_KNOWN);
        text[s.len / 2] = '\0';
        CHECK(intern(&p, (dtl_str){text, s.len}) >= DTL_N_KNOWN);
        text[s.len / 2] = '~';
        CHECK(intern(&p, (dtl_str){text, s.len}) >= DTL_N_KNOWN);
    }
    end_page(&p);
}

static void test_own(void)
{
    page p = {0};
    dtl_name a = intern(&p, DTL_STR("x-a"));
    dtl_name nul = intern(&p, DTL_STR("p\0"));
    dtl_name lone = intern(&p, DTL_STR("\0"));

    CHECK(a >= DTL_N_KNOWN && nul != a);
    CHECK_INT(intern(&p, DTL_STR("X-A")), a);
    CHECK_INT(dtl_names_find(&p.names, DTL_STR("x-a")), a);
    CHECK_INT(dtl_names_find(&p.names, DTL_STR("X-A")), DTL_N_NONE);
    CHECK_INT(dtl_names_find(&p.names, DTL_STR("x-b")), DTL_N_NONE);
    CHECK_STR(dtl_names_text(&p.names, a), "x-a");
    CHECK_STR(dtl_names_text(&p.names, nul), "p\xEF\xBF\xBD");
    CHECK_STR(dtl_names_text(&p.names, lone), "\xEF\xBF\xBD");
    CHECK_INT(intern(&p, DTL_STR("p\xEF\xBF\xBD")), nul);
    CHECK_STR(dtl_names_text(&p.names, intern(&p, DTL_STR("\xC3\x84Q"))),
              "\xC3\x84q");
    end_page(&p);
}

/* Names of each length up to some blocks, which differ in one byte only. */
static void test_lengths(void)
{
    page p = {0};
    char text[100];
    size_t len, at;
    dtl_name name;

    for (len = 1; len < sizeof(text); len++) {
        dtl_str s = {text, len};

        memset(text, '0', len);
        name = intern(&p, dtl_arena_copy(&p.arena, s));
        CHECK_INT(dtl_names_text(&p.names, name).len, len);
        CHECK_INT(dtl_names_find(&p.names, s), name);
        for (at = 0; at < len; at += 1 + len / 7) {
            text[at] = 'Z';
            CHECK(intern(&p, dtl_arena_copy(&p.arena, s)) != name);
            CHECK_INT(dtl_names_find(&p.names, s), DTL_N_NONE);
            text[at] = '0';
        }
    }
    end_page(&p);
}

/* Many names: numbers go up by one, and each is found again; after a reset
 * none is, and the same names take no memory. */
static void test_many(void)
{
    test_memory *m = test_memory_start();
    page p = {0};
    static char texts[5000][12];
    size_t i, pass, asked = 0;

    for (pass = 0; pass < 3; pass++) {
        for (i = 0; i < 5000; i++) {
            snprintf(texts[i], sizeof(texts[i]), "n%zu-%zu", i * 7919, pass);
            CHECK_INT(intern(&p, dtl_str_of(texts[i])), DTL_N_KNOWN + i);
        }
        for (i = 0; i < 5000; i++)
            CHECK_INT(intern(&p, dtl_str_of(texts[i])), DTL_N_KNOWN + i);
        dtl_names_reset(&p.names);
        CHECK_INT(dtl_names_find(&p.names, dtl_str_of(texts[9])), DTL_N_NONE);
        if (pass == 0)
            asked = m->asked;
    }
    CHECK_INT(m->asked, asked);
    end_page(&p);
    CHECK(test_memory_stop());
}

static dtl_status fill(void *ctx)
{
    page p = {0};
    dtl_status st = DTL_OK;
    char text[16];
    dtl_name name;
    int i;

    (void)ctx;
    for (i = 0; st == DTL_OK && i < 300; i++) {
        int len = snprintf(text, sizeof(text), "Own-%d", i);

        st = dtl_names_intern(&p.names, &p.arena, (dtl_str){text, (size_t)len},
                              &name);
        CHECK_INT(name == DTL_N_NONE, st != DTL_OK);
        if (st == DTL_OK)
            st = dtl_names_grow_seen(&p.names, name);
    }
    dtl_names_clear(&p.names);
    dtl_arena_clear(&p.arena);
    return st;
}

static void test_without_memory(void)
{
    CHECK(test_each_failure(fill, NULL));
}

static const test_case cases[] = {
    TEST(test_known),   TEST(test_nearly_known), TEST(test_own),
    TEST(test_lengths), TEST(test_many),         TEST(test_without_memory),
};
TEST_MAIN(cases)
