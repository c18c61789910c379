/* Tests of entities.h against a search through the whole list of names. */
#include "unit/test.h"
#include "base/str.h"
#include "html/entities.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct {
    uint16_t name;
    uint8_t len, text_len;
    char text[DTL_REFERENCE_MAX];
} entity;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverlength-strings"
#include "html/entities_table.h"
#pragma GCC diagnostic pop

enum {
    ENTITIES = sizeof(entities) / sizeof(*entities)
};

static dtl_str name_of(const entity *e)
{
    return (dtl_str){entity_names + e->name, e->len};
}

static bool is_alnum(char c)
{
    return dtl_is_alpha(c) || dtl_is_digit(c);
}

/* The longest name that s begins with behind its '&', by trying all. */
static const entity *by_search(dtl_str s, bool in_attr)
{
    const entity *best = NULL;
    size_t i, len;

    for (i = 0; i < ENTITIES; i++)
        if (dtl_str_starts(dtl_str_sub(s, 1, s.len), name_of(&entities[i])) &&
            (!best || entities[i].len > best->len))
            best = &entities[i];
    if (!best)
        return NULL;
    len = (size_t)best->len + 1;
    if (in_attr && s.ptr[len - 1] != ';' && len < s.len &&
        (s.ptr[len] == '=' || is_alnum(s.ptr[len])))
        return NULL;
    return best;
}

/* A copy whose memory ends with the text. */
static void check(dtl_str text, bool in_attr)
{
    char *copy = malloc(text.len), out[DTL_REFERENCE_MAX];
    const entity *want;
    size_t taken, len = 0;
    dtl_str s = {copy, text.len};

    memcpy(copy, text.ptr, text.len);
    want = by_search(s, in_attr);
    taken = dtl_html_reference(s, in_attr, out, &len);
    if (taken != (want ? want->len + 1u : 0) ||
        (want && !dtl_str_eq((dtl_str){out, len},
                             (dtl_str){want->text, want->text_len})))
        FAIL("%.*s: takes %zu bytes", (int)text.len, text.ptr, taken);
    free(copy);
}

/* Each name whole, cut by a byte, and with something behind it. */
static void test_every_name(void)
{
    static const char *const behind[] = {"",  ";", "x", "1",
                                         "=", " ", "&", "Z;"};
    char text[64];
    size_t i, k;
    int len;

    for (i = 0; i < ENTITIES; i++) {
        dtl_str name = name_of(&entities[i]);

        for (k = 0; k < sizeof(behind) / sizeof(*behind); k++) {
            len = snprintf(text, sizeof(text), "&%.*s%s", (int)name.len,
                           name.ptr, behind[k]);
            check((dtl_str){text, (size_t)len}, false);
            check((dtl_str){text, (size_t)len}, true);
        }
        check((dtl_str){text, name.len}, false);
        text[name.len / 2 + 1] ^= 0x20;
        check((dtl_str){text, name.len + 1}, false);
    }
}

static void check_number(const char *text, uint32_t code, size_t taken)
{
    char out[DTL_REFERENCE_MAX], want[8];
    size_t len = 0, want_len = 0;

    CHECK_INT(dtl_html_reference(dtl_str_of(text), false, out, &len), taken);
    if (!taken)
        return;
    if (code < 0x80)
        want[want_len++] = (char)code;
    else if (code < 0x800)
        want_len = (size_t)sprintf(want, "%c%c", (int)(0xC0 | code >> 6),
                                   (int)(0x80 | (code & 63)));
    else
        want_len = (size_t)sprintf(want, "%c%c%c", (int)(0xE0 | code >> 12),
                                   (int)(0x80 | (code >> 6 & 63)),
                                   (int)(0x80 | (code & 63)));
    CHECK_SLICE(((dtl_str){out, len}), ((dtl_str){want, want_len}));
}

static void test_numbers(void)
{
    check_number("&#65;", 'A', 5);
    check_number("&#65", 'A', 4);
    check_number("&#x41g", 'A', 5);
    check_number("&#X4a;;", 'J', 6);
    check_number("&#0;", 0xFFFD, 4);
    check_number("&#xD800;", 0xFFFD, 8);
    check_number("&#xDFFF;", 0xFFFD, 8);
    check_number("&#xD7FF;", 0xD7FF, 8);
    check_number("&#xE000;", 0xE000, 8);
    check_number("&#x110000;", 0xFFFD, 10);
    check_number("&#4294967361;", 0xFFFD, 13);
    check_number("&#18446744073709551681;", 0xFFFD, 23);
    check_number("&#128;", 0x20AC, 6);
    check_number("&#159;", 0x178, 6);
    check_number("&#127;", 0x7F, 6);
    check_number("&#160;", 0xA0, 6);
    check_number("&#13;", '\r', 5);
    check_number("&#;", 0, 0);
    check_number("&#x;", 0, 0);
    check_number("&#", 0, 0);
    check_number("&#x", 0, 0);
}

static const test_case cases[] = {
    TEST(test_every_name),
    TEST(test_numbers),
};
TEST_MAIN(cases)
