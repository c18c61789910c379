/* What a fuzz target is: one file fuzz_NAME.c that defines this function.
 * libFuzzer calls it with inputs of its making, replay.c with those of
 * tests/fuzz/corpus/NAME. */
#ifndef DTL_TESTS_FUZZ_H
#define DTL_TESTS_FUZZ_H

#include <dateline.h>

/* Must leave nothing allocated and return 0 for every input; what it finds
 * wrong ends the process. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* Ends the process when what must hold does not, also where assert does
 * nothing. */
#define FUZZ_CHECK(holds)                                                      \
    do {                                                                       \
        if (!(holds))                                                          \
            __builtin_trap();                                                  \
    } while (0)

#endif
