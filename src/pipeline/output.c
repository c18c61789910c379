/* The output of a run. */
#include "pipeline/output.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

/* An attribute of files that an interrupt ended. */
static const char unfinished[] = "user.dateline.unfinished";

static char *with_ending(const char *name, const char *ending)
{
    size_t len = strlen(name), more = strlen(ending) + 1;
    char *out = dtl_malloc(len + more);

    if (!out)
        return NULL;
    memcpy(out, name, len);
    memcpy(out + len, ending, more);
    return out;
}

static dtl_output_begin refuse(dtl_error *err, const char *why, int error)
{
    dtl_fail(err, DTL_IO, 0, "%s%s%s", why, error ? ": " : "",
             error ? strerror(error) : "");
    return DTL_OUTPUT_REFUSED;
}

/* A link stays one: what it leads to is replaced. */
static char *final_name(const char *name, bool there)
{
    char *real = there ? realpath(name, NULL) : NULL;
    char *out = with_ending(real ? real : name, "");

    free(real);
    return out;
}

static bool exists(const char *name)
{
    struct stat st;

    return stat(name, &st) == 0;
}

/* Opens the part and keeps other runs off it. */
static dtl_output_begin open_part(dtl_output *o, bool resumed, dtl_error *err)
{
    int flags = O_RDWR | O_CREAT | O_CLOEXEC;

    o->fd = open(o->part, flags, 0666);
    if (o->fd < 0)
        return refuse(err, "cannot be written", errno);
    if (flock(o->fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return refuse(err, "is being written by another run", 0);
    if (!resumed && ftruncate(o->fd, 0) != 0)
        return refuse(err, "cannot be written", errno);
    return resumed ? DTL_OUTPUT_RESUMED : DTL_OUTPUT_NEW;
}

/* A run that was interrupted gave its output the name; the part is that
 * again when it goes on. */
static bool take_back(dtl_output *o)
{
    return exists(o->journal) && !exists(o->part) && exists(o->name) &&
           rename(o->name, o->part) == 0;
}

static dtl_output_begin open_beside(dtl_output *o, bool there, bool resume,
                                    dtl_error *err)
{
    bool broke_off;

    o->part = with_ending(o->name, ".part");
    o->journal = with_ending(o->name, ".journal");
    if (!o->part || !o->journal)
        return refuse(err, "out of memory", 0);
    if (resume && there && take_back(o))
        there = false;
    if (there && resume && !o->force)
        return getxattr(o->name, unfinished, NULL, 0) < 0
                   ? DTL_OUTPUT_WHOLE
                   : refuse(err,
                            "is what an interrupted run came to, and the "
                            "journal of it is gone",
                            0);
    if (there && !o->force)
        return refuse(err, "is there already", 0);
    broke_off = exists(o->part) && exists(o->journal);
    if (broke_off && !resume && !o->force)
        return refuse(err, "is left unfinished by a run that broke off", 0);
    return open_part(o, broke_off && resume, err);
}

dtl_output_begin dtl_output_open(dtl_output *o, const char *name, bool force,
                                 bool resume, dtl_error *err)
{
    struct stat st;
    bool there;

    *o = (dtl_output){.fd = STDOUT_FILENO, .force = force};
    if (strcmp(name, "-") == 0) {
        o->name = with_ending("standard output", "");
        return o->name ? DTL_OUTPUT_NEW : refuse(err, "out of memory", 0);
    }
    o->fd = -1;
    there = stat(name, &st) == 0;
    if (there && S_ISDIR(st.st_mode))
        return refuse(err, "is a directory; name a file in it", 0);
    o->name = final_name(name, there && S_ISREG(st.st_mode));
    if (!o->name)
        return refuse(err, "out of memory", 0);
    if (!there || S_ISREG(st.st_mode))
        return open_beside(o, there, resume, err);
    o->fd = open(name, O_WRONLY | O_CLOEXEC);
    return o->fd >= 0 ? DTL_OUTPUT_NEW
                      : refuse(err, "cannot be written", errno);
}

bool dtl_output_cut(dtl_output *o, uint64_t at)
{
    struct stat st;

    if (fstat(o->fd, &st) != 0 || (uint64_t)st.st_size < at)
        o->error = EIO;
    else if (ftruncate(o->fd, (off_t)at) != 0 ||
             lseek(o->fd, (off_t)at, SEEK_SET) < 0)
        o->error = errno;
    o->at = at;
    return !o->error;
}

bool dtl_output_write(dtl_output *o, dtl_str bytes)
{
    uint64_t begin = o->at;
    ssize_t n;

    while (!o->error && bytes.len) {
        n = write(o->fd, bytes.ptr, bytes.len);
        if (n < 0 && errno != EINTR) {
            o->error = errno;
        } else if (n > 0) {
            o->at += (uint64_t)n;
            bytes = dtl_str_sub(bytes, (size_t)n, bytes.len);
        }
    }
    /* The system begins to store them now, so that a later sync does not keep
     * the threads waiting for all of it at once. */
    if (o->part && !o->error)
        sync_file_range(o->fd, (off_t)begin, (off_t)(o->at - begin),
                        SYNC_FILE_RANGE_WRITE);
    return !o->error;
}

bool dtl_output_sync(dtl_output *o)
{
    if (o->part && !o->error && fdatasync(o->fd) != 0)
        o->error = errno;
    return !o->error;
}

/* Gives the part its name, over another only when forced. */
static int take_name(const dtl_output *o)
{
    if (o->force)
        return rename(o->part, o->name) ? errno : 0;
    if (renameat2(AT_FDCWD, o->part, AT_FDCWD, o->name, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    /* A file system that cannot do it in one step. */
    if (link(o->part, o->name) != 0)
        return errno;
    unlink(o->part);
    return 0;
}

bool dtl_output_finish(dtl_output *o, bool whole)
{
    if (o->part && whole)
        fremovexattr(o->fd, unfinished);
    else if (o->part)
        fsetxattr(o->fd, unfinished, "1", 1, 0);
    if (o->part && dtl_output_sync(o))
        o->error = take_name(o);
    return !o->error;
}

void dtl_output_close(dtl_output *o, bool remove)
{
    if (o->fd >= 0 && remove && o->part)
        unlink(o->part);
    if (o->fd >= 0 && o->fd != STDOUT_FILENO)
        close(o->fd);
    dtl_free(o->name);
    dtl_free(o->part);
    dtl_free(o->journal);
    *o = (dtl_output){.fd = -1};
}
