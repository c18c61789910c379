/* The first thread to change the state makes what is to be made. */
#include "base/once.h"

#include <threads.h>

void dtl_once_slowly(dtl_once *once, void (*make)(void *of), void *of)
{
    int state = DTL_ONCE_NEW;

    if (atomic_compare_exchange_strong(&once->state, &state, DTL_ONCE_BUSY)) {
        make(of);
        atomic_store_explicit(&once->state, DTL_ONCE_DONE,
                              memory_order_release);
        return;
    }
    while (atomic_load_explicit(&once->state, memory_order_acquire) !=
           DTL_ONCE_DONE)
        thrd_yield();
}
