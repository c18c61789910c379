/* Files as inputs. */
#include "warc/file.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

dtl_status dtl_file_open(dtl_file *f, const char *name, uint64_t *size,
                         dtl_error *err)
{
    struct stat info;

    *size = 0;
    f->fd = open(name, O_RDONLY | O_CLOEXEC);
    if (f->fd < 0 || fstat(f->fd, &info) != 0) {
        dtl_fail(err, DTL_IO, 0, "cannot be opened: %s", strerror(errno));
        dtl_file_close(f);
        return DTL_IO;
    }
    if (S_ISDIR(info.st_mode)) {
        dtl_file_close(f);
        return dtl_fail(err, DTL_IO, 0, "is a directory");
    }
    if (S_ISREG(info.st_mode))
        *size = (uint64_t)info.st_size;
    return DTL_OK;
}

void dtl_file_close(dtl_file *f)
{
    if (f->fd >= 0)
        close(f->fd);
    f->fd = -1;
}

static dtl_status read_file(void *ctx, char *buf, size_t cap, size_t *got,
                            dtl_error *err)
{
    const dtl_file *f = ctx;
    ssize_t n = read(f->fd, buf, cap < SSIZE_MAX ? cap : SSIZE_MAX);

    *got = n < 0 ? 0 : (size_t)n;
    if (n < 0)
        return dtl_fail(err, DTL_IO, 0, "cannot be read: %s", strerror(errno));
    return DTL_OK;
}

static dtl_status seek_file(void *ctx, uint64_t at, dtl_error *err)
{
    const dtl_file *f = ctx;

    if (at > INT64_MAX || lseek(f->fd, (off_t)at, SEEK_SET) < 0)
        return dtl_fail(err, DTL_IO, 0, "cannot be read from byte %llu on: %s",
                        (unsigned long long)at, strerror(errno));
    return DTL_OK;
}

dtl_input dtl_file_input(dtl_file *f)
{
    return (dtl_input){read_file, f, seek_file};
}
