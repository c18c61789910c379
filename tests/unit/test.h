/* The unit tests' harness: checks that name their place, and a main that
 * runs tests by name.
 *
 *     static void test_empty(void)
 *     {
 *         CHECK(dtl_str_trim(DTL_STR("  ")).len == 0);
 *     }
 *     static const test_case cases[] = {TEST(test_empty)};
 *     TEST_MAIN(cases)
 *
 * A failed check prints "file:line: what was wrong" and the test goes on, so
 * one run tells everything; CHECK_OR_RETURN ends the test. The program runs
 * all tests, or those named as arguments, and ends with "N passed, N failed";
 * it exits with 1 when a test failed. memory.h has the allocator that fails
 * on purpose. */
#ifndef DTL_TESTS_UNIT_TEST_H
#define DTL_TESTS_UNIT_TEST_H

#include <dateline.h>

typedef struct {
    const char *name;
    void (*run)(void);
} test_case;

#define TEST(function)                                                         \
    {                                                                          \
#function, function                                                    \
    }

#define TEST_MAIN(cases)                                                       \
    int main(int argc, char **argv)                                            \
    {                                                                          \
        return test_run(cases, sizeof(cases) / sizeof *(cases), argc, argv);   \
    }

/* Each check gives whether it held. */
#define CHECK(condition)                                                       \
    test_check(!!(condition), #condition, __FILE__, __LINE__)
#define CHECK_INT(got, want)                                                   \
    test_check_int((long long)(got), (long long)(want), #got, __FILE__,        \
                   __LINE__)
/* got is a dtl_str, want NUL-terminated; NULL wants an absent string. */
#define CHECK_STR(got, want) test_check_str(got, want, #got, __FILE__, __LINE__)
/* The same for two dtl_str, which may hold NUL bytes. */
#define CHECK_SLICE(got, want)                                                 \
    test_check_slice(got, want, #got, __FILE__, __LINE__)
#define CHECK_OK(status) CHECK_INT(status, DTL_OK)
#define CHECK_OR_RETURN(condition)                                             \
    do {                                                                       \
        if (!CHECK(condition))                                                 \
            return;                                                            \
    } while (0)

bool test_check(bool holds, const char *what, const char *file, int line);
bool test_check_int(long long got, long long want, const char *what,
                    const char *file, int line);
bool test_check_str(dtl_str got, const char *want, const char *what,
                    const char *file, int line);
bool test_check_slice(dtl_str got, dtl_str want, const char *what,
                      const char *file, int line);
/* Fails the test in words of its own. */
bool test_fail(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
#define FAIL(...) test_fail(__FILE__, __LINE__, __VA_ARGS__)

int test_run(const test_case *cases, size_t count, int argc, char **argv);

#endif
