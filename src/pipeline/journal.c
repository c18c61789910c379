/* The journal: a file of five lines of the same length. The first says whose
 * it is. Two take turns for places that outlast the process, two for places
 * that outlast the machine; a line is written in one go, and ends in a hash of
 * itself, so that one half written is none. A line of the first pair counts
 * while the machine has not been started anew. */
#include "pipeline/journal.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

enum {
    LINE = 1024,
    LINES = 5,
    NUMBERS = sizeof(dtl_place) / sizeof(uint64_t)
};

static const char magic[] = "dateline-journal 2";

/* dtl_place is numbers and nothing else, and is written as a row of them. */
_Static_assert(sizeof(dtl_place) == NUMBERS * sizeof(uint64_t), "padding");

static void read_boot(char out[40])
{
    int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, out, 36) : -1;

    if (fd >= 0)
        close(fd);
    out[n == 36 ? 36 : 0] = '\0';
}

/* ---- Lines ----------------------------------------------------------------
 */

/* Pads a line of len bytes and ends it in its hash. */
static void seal(char line[LINE], size_t len)
{
    char hash[24];
    size_t at = LINE - 18;

    memset(line + len, ' ', at - len);
    snprintf(hash, sizeof hash, " %016" PRIx64 "\n",
             (uint64_t)XXH3_64bits(line, at));
    memcpy(line + at, hash, 18);
}

static bool is_sealed(const char line[LINE])
{
    char hash[24];
    size_t at = LINE - 18;

    snprintf(hash, sizeof hash, " %016" PRIx64 "\n",
             (uint64_t)XXH3_64bits(line, at));
    return memcmp(line + at, hash, 18) == 0;
}

static size_t put_place(char line[LINE], const dtl_journal *j,
                        const dtl_place *place)
{
    uint64_t numbers[NUMBERS];
    size_t len, i;

    memcpy(numbers, place, sizeof numbers);
    len = (size_t)snprintf(line, LINE, "%" PRIu64 " %s", j->serial,
                           *j->boot ? j->boot : "-");
    for (i = 0; i < NUMBERS; i++)
        len +=
            (size_t)snprintf(line + len, LINE - len, " %" PRIu64, numbers[i]);
    return len;
}

static bool take_place(const char line[LINE], uint64_t *serial, char boot[40],
                       dtl_place *place)
{
    uint64_t numbers[NUMBERS];
    char *at;
    size_t i, len;

    if (!is_sealed(line))
        return false;
    *serial = strtoull(line, &at, 10);
    at++;
    len = strcspn(at, " ");
    if (len >= 40)
        return false;
    memcpy(boot, at, len);
    boot[len] = '\0';
    at += len;
    for (i = 0; i < NUMBERS; i++)
        numbers[i] = strtoull(at, &at, 10);
    memcpy(place, numbers, sizeof numbers);
    return true;
}

/* ---- Files ----------------------------------------------------------------
 */

static bool write_line(const dtl_journal *j, const char line[LINE], int number)
{
    return pwrite(j->fd, line, LINE, (off_t)number * LINE) == LINE;
}

static bool begin_journal(dtl_journal *j)
{
    char line[LINE];
    int len = snprintf(line, sizeof line, "%s %016" PRIx64, magic, j->run);

    seal(line, (size_t)len);
    return ftruncate(j->fd, 0) == 0 && write_line(j, line, 0);
}

/* Finds the latest place that is sure. */
static bool find_place(dtl_journal *j, const char *lines, size_t count,
                       dtl_place *place)
{
    bool found = false;
    dtl_place one;
    uint64_t serial;
    char boot[40];
    size_t i;

    for (i = 1; i < count; i++) {
        if (!take_place(lines + i * LINE, &serial, boot, &one) ||
            serial < j->serial)
            continue;
        if (i <= 2 && (!*j->boot || strcmp(boot, j->boot) != 0))
            continue;
        j->serial = serial;
        *place = one;
        found = true;
    }
    return found;
}

static dtl_status read_journal(dtl_journal *j, dtl_place *place, bool *found,
                               dtl_error *err)
{
    char lines[LINES * LINE], want[LINE];
    ssize_t n = pread(j->fd, lines, sizeof lines, 0);
    int len = snprintf(want, sizeof want, "%s %016" PRIx64, magic, j->run);

    if (n < LINE)
        return DTL_OK; /* it broke off before it had begun */
    if (!is_sealed(lines) || strncmp(lines, want, (size_t)len) != 0)
        return dtl_fail(err, DTL_USAGE, 0,
                        "the run that broke off had other inputs or options");
    *found = find_place(j, lines, (size_t)n / LINE, place);
    return DTL_OK;
}

dtl_status dtl_journal_open(dtl_journal *j, const char *name, uint64_t run,
                            bool resume, dtl_place *place, bool *found,
                            dtl_error *err)
{
    dtl_status st = DTL_OK;

    *found = false;
    *place = (dtl_place){0};
    *j = (dtl_journal){.fd = -1, .name = name, .run = run};
    read_boot(j->boot);
    j->fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (j->fd < 0)
        return dtl_fail(err, DTL_IO, 0, "cannot be written: %s",
                        strerror(errno));
    if (resume)
        st = read_journal(j, place, found, err);
    if (st == DTL_OK && !*found && !begin_journal(j))
        st = dtl_fail(err, DTL_IO, 0, "cannot be written: %s", strerror(errno));
    if (st != DTL_OK)
        dtl_journal_close(j, false);
    return st;
}

bool dtl_journal_note(dtl_journal *j, const dtl_place *place, bool sure)
{
    char line[LINE];
    int number;

    if (j->fd < 0)
        return true;
    j->serial++;
    number = (sure ? 3 : 1) + (int)(j->serial & 1);
    seal(line, put_place(line, j, place));
    return write_line(j, line, number) && (!sure || fdatasync(j->fd) == 0);
}

void dtl_journal_close(dtl_journal *j, bool remove)
{
    if (j->fd >= 0)
        close(j->fd);
    if (j->fd >= 0 && remove)
        unlink(j->name);
    j->fd = -1;
}
