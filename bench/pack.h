/* What the programs that bench/sets.py drives have in common: a pack of
 * strings, each behind its length as eight little-endian bytes, allocations
 * that are counted, and the processor's clock. */
#ifndef BENCH_PACK_H
#define BENCH_PACK_H

#include <dateline.h>

/* A file's bytes, which the caller frees; NULL when it cannot be read. */
char *bench_load(const char *name, size_t *len);

/* The string at *at of a pack, which moves behind it; false at the end, or
 * where the pack is cut. */
bool bench_take(dtl_str pack, size_t *at, dtl_str *out);

/* How often dateline has asked for memory since bench_count_allocations. */
extern size_t bench_allocations;
void bench_count_allocations(void);

/* Nanoseconds of processor time that the process has taken. */
int64_t bench_now(void);

#endif
