/* A line on the terminal that says how far a run is. */
#include "cli.h"

#include <time.h>
#include <unistd.h>

static bool drawn;

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Nothing in the first second, then ten times a second. */
void cli_progress(size_t done, size_t total, size_t failed)
{
    static double start, last;
    double t = now();

    if (start == 0)
        start = last = t;
    if (!isatty(STDERR_FILENO) || t - start < 1 || t - last < 0.1)
        return;
    last = t;
    drawn = true;
    fprintf(stderr,
            "\r%zu of %zu pages, %.0f a second, %zu failed, %.0f s left\033[K",
            done, total, (double)done / (t - start), failed,
            done ? (t - start) / (double)done * (double)(total - done) : 0);
}

void cli_progress_clear(void)
{
    if (drawn)
        fputs("\r\033[K", stderr);
    drawn = false;
}
