/* What is made once, by the first thread that asks for it. A zeroed dtl_once
 * is ready to use. */
#ifndef DTL_BASE_ONCE_H
#define DTL_BASE_ONCE_H

#include <stdatomic.h>

typedef struct {
    atomic_int state;
} dtl_once;

enum {
    DTL_ONCE_NEW,
    DTL_ONCE_BUSY,
    DTL_ONCE_DONE
};

/* Calls make(of), or waits until the thread that does has come back. */
void dtl_once_slowly(dtl_once *once, void (*make)(void *of), void *of);

/* Behind this make(of) has been called once, and all it wrote is seen. */
static inline void dtl_once_run(dtl_once *once, void (*make)(void *of),
                                void *of)
{
    if (atomic_load_explicit(&once->state, memory_order_acquire) !=
        DTL_ONCE_DONE)
        dtl_once_slowly(once, make, of);
}

#endif
