/* Keeps what could not be read. The bytes are copied from the input, so they
 * are as they were: of a packed record, its member. */
#include "pipeline/quarantine.h"
#include "base/str.h"
#include "json/write.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    RAW_MAX = 64 * 1024 * 1024, /* bytes of one failure that are kept */
    STEP = 64 * 1024
};

const char *dtl_failure_name(dtl_failure_kind kind)
{
    static const char *const names[] = {
        [DTL_FAILED_INPUT] = "input",
        [DTL_FAILED_DAMAGED] = "damaged",
        [DTL_FAILED_LIMIT] = "limit",
        [DTL_FAILED_MEMORY] = "memory",
    };

    return names[kind];
}

/* Leaves in q->path the name of one of the job's files. */
static bool join(dtl_quarantine *q, const char *name)
{
    dtl_buf *out = &q->path;

    out->len = 0;
    dtl_buf_puts(out, q->folder);
    dtl_buf_putc(out, '/');
    dtl_buf_puts(out, q->job);
    dtl_buf_puts(out, name);
    dtl_buf_putc(out, '\0');
    return out->status == DTL_OK;
}

/* "all." of "out/all.jsonl.zst". */
static char *job_of(const char *output)
{
    static const char *const endings[] = {".gz", ".zst", ".jsonl"};
    const char *slash = strrchr(output, '/');
    dtl_str name = dtl_str_of(slash ? slash + 1 : output);
    size_t i;
    char *job;

    if (dtl_str_eq(name, DTL_STR("-")) || !name.len)
        name = DTL_STR("output");
    for (i = 0; i < sizeof endings / sizeof *endings; i++)
        if (dtl_str_ends(name, dtl_str_of(endings[i])) &&
            name.len > strlen(endings[i]))
            name.len -= strlen(endings[i]);
    job = dtl_malloc(name.len + 2);
    if (!job)
        return NULL;
    memcpy(job, name.ptr, name.len);
    memcpy(job + name.len, ".", 2);
    return job;
}

/* Whether a file holds the bytes of a failure of the job: its name, six digits
 * and more, a dash. */
static bool is_raw(const char *name, const char *job)
{
    size_t len = strlen(job), digits;

    if (strncmp(name, job, len) != 0)
        return false;
    digits = strspn(name + len, "0123456789");
    return digits >= 6 && name[len + digits] == '-';
}

/* Takes away the bytes that an earlier run of the job has kept. */
static void remove_raw(dtl_quarantine *q)
{
    DIR *dir = opendir(q->folder);
    const struct dirent *e;

    while (dir && (e = readdir(dir)))
        if (is_raw(e->d_name, q->job))
            unlinkat(dirfd(dir), e->d_name, 0);
    if (dir)
        closedir(dir);
}

static dtl_status open_list(dtl_quarantine *q, bool force, bool resume,
                            dtl_error *err)
{
    int flags = O_WRONLY | O_CREAT | O_CLOEXEC;

    if (mkdir(q->folder, 0777) != 0 && errno != EEXIST)
        return dtl_fail(err, DTL_IO, 0, "cannot be made: %s", strerror(errno));
    q->fd = open(q->path.ptr, flags | (force || resume ? 0 : O_EXCL), 0666);
    if (q->fd < 0 && errno == EEXIST)
        return dtl_fail(err, DTL_IO, 0, "has %.100sfailed.jsonl in it already",
                        q->job);
    if (q->fd < 0 || (!resume && ftruncate(q->fd, 0) != 0))
        return dtl_fail(err, DTL_IO, 0, "cannot be written: %s",
                        strerror(errno));
    if (!resume)
        remove_raw(q);
    return DTL_OK;
}

dtl_status dtl_quarantine_open(dtl_quarantine *q, const char *folder,
                               const char *output, bool force, bool resume,
                               dtl_error *err)
{
    *q = (dtl_quarantine){.fd = -1};
    if (!folder)
        return DTL_OK;
    q->folder = dtl_malloc(strlen(folder) + 1);
    q->job = job_of(output);
    if (!q->folder || !q->job)
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    strcpy(q->folder, folder);
    if (!join(q, "failed.jsonl"))
        return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
    return open_list(q, force, resume, err);
}

bool dtl_quarantine_cut(dtl_quarantine *q, uint64_t at, uint64_t count)
{
    if (q->fd < 0)
        return true;
    if (ftruncate(q->fd, (off_t)at) != 0 ||
        lseek(q->fd, (off_t)at, SEEK_SET) < 0)
        q->error = errno;
    q->at = at;
    q->count = count;
    return !q->error;
}

static int write_all(int fd, const char *bytes, size_t len)
{
    ssize_t n;

    while (len) {
        n = write(fd, bytes, len);
        if (n < 0 && errno != EINTR)
            return errno;
        if (n > 0) {
            bytes += n;
            len -= (size_t)n;
        }
    }
    return 0;
}

/* ---- Bytes ----------------------------------------------------------------
 */

/* Copies a range of one file to another. What cannot be read any more ends
 * it. Gives an errno of writing. */
static int copy_range(int from, int to, uint64_t at, uint64_t len)
{
    char step[STEP];
    int error = 0;
    ssize_t n;

    while (len && !error) {
        n = pread(from, step, len < STEP ? (size_t)len : STEP, (off_t)at);
        if (n <= 0)
            break;
        error = write_all(to, step, (size_t)n);
        at += (uint64_t)n;
        len -= (uint64_t)n;
    }
    return error;
}

/* The name of the file that a failure's bytes get behind the job's: its number,
 * and what the input is called. */
static void raw_name(const dtl_failure *f, uint64_t number, char out[128])
{
    const char *base = strrchr(f->file.ptr, '/');

    base = base ? base + 1 : f->file.ptr;
    snprintf(out, 128, "%06" PRIu64 "-%.100s", number, base);
}

/* Opens the file that a failure is in, and says which part of it. -1 where it
 * cannot be had. */
static int open_raw(const dtl_failure *f, uint64_t *at, uint64_t *len)
{
    struct stat st;
    int fd;

    if (stat(f->file.ptr, &st) != 0 || !S_ISREG(st.st_mode))
        return -1;
    *at = f->whole_file ? 0 : f->offset;
    *len = f->whole_file ? (uint64_t)st.st_size : f->length;
    if (!*len || *len > RAW_MAX)
        return -1;
    fd = open(f->file.ptr, O_RDONLY | O_CLOEXEC);
    return fd;
}

/* Copies a failure's bytes; *kept is false where there are none, else q->path
 * names them. */
static bool keep_raw(dtl_quarantine *q, const dtl_failure *f, bool *kept)
{
    char number[128];
    uint64_t at, len;
    int from = open_raw(f, &at, &len), to;

    *kept = from >= 0;
    if (from < 0)
        return true;
    raw_name(f, q->count, number);
    if (!join(q, number)) {
        q->error = ENOMEM;
    } else {
        to = open(q->path.ptr, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
        q->error = to < 0 ? errno : copy_range(from, to, at, len);
        if (to >= 0)
            close(to);
    }
    close(from);
    return !q->error;
}

/* ---- The list -------------------------------------------------------------
 */

bool dtl_quarantine_add(dtl_quarantine *q, const dtl_failure *f)
{
    dtl_json_writer w;
    bool kept;

    if (q->fd < 0)
        return true;
    q->count++;
    if (q->error || !keep_raw(q, f, &kept))
        return false;
    dtl_buf_reset(&q->line);
    dtl_json_write_init(&w, &q->line, false);
    dtl_json_open_object(&w);
    dtl_json_member_str(&w, "kind", dtl_str_of(dtl_failure_name(f->kind)));
    dtl_json_member_str(&w, "reason", f->reason);
    dtl_json_member_str(&w, "file", f->file);
    if (!f->whole_file)
        dtl_json_member_int(&w, "offset", (int64_t)f->offset);
    dtl_json_member_opt(&w, "record_id", f->record_id);
    dtl_json_member_opt(&w, "url", f->url);
    if (kept)
        dtl_json_member_str(&w, "raw",
                            dtl_str_of(q->path.ptr + strlen(q->folder) + 1));
    dtl_json_close(&w);
    if (dtl_json_write_end(&w) != DTL_OK)
        q->error = ENOMEM;
    dtl_buf_putc(&q->line, '\n');
    if (!q->error)
        q->error = write_all(q->fd, q->line.ptr, q->line.len);
    q->at += q->line.len;
    return !q->error;
}

void dtl_quarantine_close(dtl_quarantine *q)
{
    if (q->fd >= 0)
        close(q->fd);
    dtl_free(q->folder);
    dtl_free(q->job);
    dtl_buf_clear(&q->line);
    dtl_buf_clear(&q->path);
    *q = (dtl_quarantine){.fd = -1};
}
