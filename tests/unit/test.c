/* Runs the tests of one program and counts what failed. A failed check is
 * counted for the test it is in; strings are printed with their odd bytes
 * escaped, the long ones cut. */
#include "unit/test.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    SHOWN_BYTES = 400
};

static size_t failed_checks;

bool test_fail(const char *file, int line, const char *format, ...)
{
    va_list args;

    failed_checks++;
    printf("%s:%d: ", file, line);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
    return false;
}

bool test_check(bool holds, const char *what, const char *file, int line)
{
    return holds || test_fail(file, line, "not true: %s", what);
}

bool test_check_int(long long got, long long want, const char *what,
                    const char *file, int line)
{
    return got == want ||
           test_fail(file, line, "%s is %lld, not %lld", what, got, want);
}

static void show(const char *label, dtl_str s)
{
    size_t i;

    printf("    %s ", label);
    if (!s.ptr) {
        puts("(absent)");
        return;
    }
    putchar('"');
    for (i = 0; i < s.len && i < SHOWN_BYTES; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        if (c < 0x20 || c == 0x7F || c == '"' || c == '\\')
            printf("\\x%02X", c);
        else
            putchar(c);
    }
    printf(i < s.len ? "\"... (%zu bytes)\n" : "\" (%zu bytes)\n", s.len);
}

bool test_check_slice(dtl_str got, dtl_str want, const char *what,
                      const char *file, int line)
{
    if (!got.ptr == !want.ptr && got.len == want.len &&
        (!got.len || memcmp(got.ptr, want.ptr, got.len) == 0))
        return true;
    test_fail(file, line, "%s differs", what);
    show("got ", got);
    show("want", want);
    return false;
}

bool test_check_str(dtl_str got, const char *want, const char *what,
                    const char *file, int line)
{
    return test_check_slice(got, (dtl_str){want, want ? strlen(want) : 0}, what,
                            file, line);
}

static bool is_wanted(const char *name, int argc, char **argv)
{
    int i;

    for (i = 1; i < argc; i++)
        if (strcmp(argv[i], name) == 0)
            return true;
    return argc < 2;
}

static const test_case *find_case(const test_case *cases, size_t count,
                                  const char *name)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (strcmp(cases[i].name, name) == 0)
            return &cases[i];
    return NULL;
}

int test_run(const test_case *cases, size_t count, int argc, char **argv)
{
    size_t passed = 0, failed = 0, before, i;

    /* What was printed before a crash must be seen. */
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (i = 1; i < (size_t)argc; i++) {
        if (!find_case(cases, count, argv[i])) {
            printf("no such test: %s\n", argv[i]);
            failed++;
        }
    }
    for (i = 0; i < count; i++) {
        if (!is_wanted(cases[i].name, argc, argv))
            continue;
        before = failed_checks;
        cases[i].run();
        if (failed_checks == before) {
            passed++;
            continue;
        }
        failed++;
        printf("FAILED %s\n", cases[i].name);
    }
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed != 0;
}
