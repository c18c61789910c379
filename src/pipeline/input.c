/* Opens and reads the inputs of a run. */
#include "pipeline/input.h"
#include "base/str.h"
#include "fetch/remote.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static dtl_status open_file(dtl_source *s, const char *name, dtl_error *err)
{
    struct stat st;

    s->fd = open(name, O_RDONLY | O_CLOEXEC);
    if (s->fd < 0)
        return dtl_fail(err, DTL_IO, 0, "cannot be opened: %s",
                        strerror(errno));
    s->is_open = true;
    if (fstat(s->fd, &st) == 0 && S_ISREG(st.st_mode)) {
        s->size = (uint64_t)st.st_size;
        posix_fadvise(s->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    }
    return DTL_OK;
}

dtl_status dtl_source_open(dtl_source *s, const dtl_entry *e,
                           const dtl_fetch_options *fetch, dtl_error *err)
{
    dtl_source_close(s);
    dtl_buf_reset(&s->head);
    s->head_at = 0;
    s->at = s->size = s->limit = 0;
    s->cancel = fetch->cancel;
    switch (e->type) {
    case DTL_ENTRY_FILE:
        return open_file(s, e->name, err);
    case DTL_ENTRY_STDIN:
        s->fd = STDIN_FILENO;
        s->is_open = true;
        return DTL_OK;
    case DTL_ENTRY_URL:
        return dtl_remote_open(e->name, fetch, &s->remote, err);
    case DTL_ENTRY_TROUBLE:
        break;
    }
    return dtl_fail(err, DTL_IO, 0, "%s", e->trouble);
}

void dtl_source_close(dtl_source *s)
{
    if (s->is_open && s->fd != STDIN_FILENO)
        close(s->fd);
    dtl_remote_close(s->remote);
    s->remote = NULL;
    s->is_open = false;
}

void dtl_source_clear(dtl_source *s)
{
    dtl_source_close(s);
    dtl_buf_clear(&s->head);
}

/* Waits until a pipe has something to read; false when the run ends first. A
 * signal comes to another thread, so it is looked for now and then. */
static bool wait_for(const dtl_source *s)
{
    struct pollfd p = {.fd = s->fd, .events = POLLIN};

    while (poll(&p, 1, 100) <= 0)
        if (s->cancel && *s->cancel)
            return false;
    return true;
}

/* Reads past the head. */
static dtl_status read_on(dtl_source *s, char *buf, size_t cap, size_t *got,
                          dtl_error *err)
{
    ssize_t n;

    *got = 0;
    if (s->remote) {
        dtl_status st = dtl_remote_read(s->remote, buf, cap, got, err);

        s->at += *got;
        return st;
    }
    if (s->limit && s->at + cap > s->limit)
        cap = s->limit > s->at ? (size_t)(s->limit - s->at) : 0;
    for (;;) {
        if (!s->size && !wait_for(s))
            return dtl_fail(err, DTL_IO, 0, "interrupted");
        n = s->size ? pread(s->fd, buf, cap, (off_t)s->at)
                    : read(s->fd, buf, cap);
        if (n >= 0)
            break;
        if (errno != EINTR)
            return dtl_fail(err, DTL_IO, 0, "cannot be read: %s",
                            strerror(errno));
    }
    s->at += (uint64_t)n;
    *got = (size_t)n;
    return DTL_OK;
}

dtl_status dtl_source_head(dtl_source *s, dtl_str *out, dtl_error *err)
{
    dtl_status st = DTL_OK;
    size_t got = 1;
    char *room;

    while (st == DTL_OK && got && s->head.len < DTL_INPUT_HEAD) {
        room = dtl_buf_reserve(&s->head, DTL_INPUT_HEAD - s->head.len);
        if (!room)
            return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
        st = read_on(s, room, DTL_INPUT_HEAD - s->head.len, &got, err);
        s->head.len += got;
    }
    *out = dtl_buf_view(&s->head);
    return st;
}

static dtl_status read_source(void *ctx, char *buf, size_t cap, size_t *got,
                              dtl_error *err)
{
    dtl_source *s = ctx;
    dtl_str rest = dtl_str_sub(dtl_buf_view(&s->head), s->head_at, SIZE_MAX);

    if (!rest.len)
        return read_on(s, buf, cap, got, err);
    *got = rest.len < cap ? rest.len : cap;
    memcpy(buf, rest.ptr, *got);
    s->head_at += *got;
    return DTL_OK;
}

static dtl_status seek_source(void *ctx, uint64_t at, dtl_error *err)
{
    dtl_source *s = ctx;

    (void)err;
    s->head_at = at < s->head.len ? (size_t)at : s->head.len;
    s->at = at < s->head.len ? s->head.len : at;
    return DTL_OK;
}

dtl_str dtl_source_url(const dtl_source *s)
{
    return s->remote ? dtl_remote_url(s->remote) : (dtl_str){NULL, 0};
}

dtl_str dtl_source_charset(const dtl_source *s)
{
    return s->remote ? dtl_remote_charset(s->remote) : (dtl_str){NULL, 0};
}

dtl_input dtl_source_input(dtl_source *s)
{
    return (dtl_input){
        .read = read_source, .ctx = s, .seek = s->size ? seek_source : NULL};
}

/* How much to make room for: all that should come, and a byte more to see the
 * end. */
static size_t room_for(const dtl_source *s, size_t had, size_t max)
{
    if (!s->size)
        return 64 * 1024;
    return s->size > had && s->size - had <= max ? (size_t)(s->size - had) + 1
                                                 : 4096;
}

dtl_status dtl_source_all(dtl_source *s, size_t max, dtl_buf *out,
                          dtl_error *err)
{
    size_t got = 1, begin = out->len, room;
    dtl_status st = DTL_OK;

    while (st == DTL_OK && got) {
        room = room_for(s, out->len - begin, max);
        if (!dtl_buf_reserve(out, room))
            return dtl_fail(err, DTL_NOMEM, 0, "out of memory");
        st = read_source(s, out->ptr + out->len, room, &got, err);
        out->len += got;
        if (out->len - begin > max)
            return dtl_fail(err, DTL_LIMIT, 0, "is larger than %zu bytes", max);
    }
    return st;
}
