/* An allocator for tests: it counts, fails when told to, and makes misuse
 * visible.
 *
 * Fresh memory is filled with 0xA5 and every resize moves, so that code
 * which reads what it never wrote, or keeps a pointer across a growth, goes
 * wrong at once instead of by luck. */
#ifndef DTL_TESTS_UNIT_MEMORY_H
#define DTL_TESTS_UNIT_MEMORY_H

#include <dateline.h>

typedef struct {
    size_t live;      /* blocks not yet released */
    size_t bytes;     /* in them */
    size_t peak;      /* the most bytes ever */
    size_t asked;     /* calls for memory so far, failed ones too */
    size_t fail_from; /* number of the first call to fail, from 1; 0: none */
    size_t fail_to;   /* number of the last one; 0: fail_from alone */
    size_t failed;    /* calls that failed */
} test_memory;

/* Puts the allocator in force with everything at zero, and gives its counts,
 * which are live and may be set. */
test_memory *test_memory_start(void);
/* Back to the default allocator; true when nothing is left allocated. */
bool test_memory_stop(void);

/* Runs attempt(ctx) again and again: the first call for memory fails, then it
 * and all after it; then the second; and so on until none fails. Each attempt
 * must free what it made, and give DTL_NOMEM when memory failed and DTL_OK
 * when it did not. Prints what went wrong and gives false.
 *
 *     CHECK(test_each_failure(attempt, &input)); */
bool test_each_failure(dtl_status (*attempt)(void *ctx), void *ctx);

#endif
