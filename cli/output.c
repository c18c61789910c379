/* Where results go: standard output, or a file that is whole or not there.
 *
 * A file is written under a name of its own beside the final one and renamed
 * when it is complete, so that neither a full disk nor an interrupt leaves
 * half an output under the name that others wait for. What is no regular
 * file (a pipe, /dev/null) is written in place. */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *shown(const cli_output *o)
{
    return o->final_name ? o->final_name : "standard output";
}

static bool open_temp(cli_output *o, const char *name)
{
    if (asprintf(&o->temp_name, "%s.%ld.part", name, (long)getpid()) < 0) {
        o->temp_name = NULL;
        cli_complain("%s: out of memory", name);
        return false;
    }
    o->fd = open(o->temp_name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (o->fd < 0)
        cli_complain("%s: cannot be written: %s", name, strerror(errno));
    return o->fd >= 0;
}

bool cli_output_open(cli_output *o, const char *name, bool force)
{
    struct stat st;
    bool there;

    memset(o, 0, offsetof(cli_output, buffer));
    o->fd = STDOUT_FILENO;
    if (!name)
        return true;
    o->force = force;
    there = stat(name, &st) == 0;
    /* A link stays one: what it leads to is replaced. */
    o->final_name =
        there && S_ISREG(st.st_mode) ? realpath(name, NULL) : strdup(name);
    if (!o->final_name) {
        cli_complain("%s: out of memory", name);
        return false;
    }
    if (there && S_ISDIR(st.st_mode)) {
        cli_complain("%s: is a directory; name a file in it", name);
        return false;
    }
    if (there && !S_ISREG(st.st_mode)) {
        o->fd = open(name, O_WRONLY | O_CLOEXEC);
        if (o->fd < 0)
            cli_complain("%s: cannot be written: %s", name, strerror(errno));
        return o->fd >= 0;
    }
    if (there && !force) {
        cli_complain("%s: is there already; --force replaces it", name);
        return false;
    }
    return open_temp(o, o->final_name);
}

bool cli_output_flush(cli_output *o)
{
    size_t done = 0;
    ssize_t n;

    while (!o->error && done < o->len) {
        n = write(o->fd, o->buffer + done, o->len - done);
        if (n < 0 && errno != EINTR)
            o->error = errno;
        else if (n > 0)
            done += (size_t)n;
    }
    o->len = 0;
    return !o->error;
}

bool cli_output_write(void *ctx, const char *bytes, size_t len)
{
    cli_output *o = ctx;
    size_t room;

    while (len && !o->error) {
        room = sizeof o->buffer - o->len;
        if (room > len)
            room = len;
        memcpy(o->buffer + o->len, bytes, room);
        o->len += room;
        bytes += room;
        len -= room;
        if (o->len == sizeof o->buffer)
            cli_output_flush(o);
    }
    return !o->error;
}

bool cli_output_puts(cli_output *o, const char *text)
{
    return cli_output_write(o, text, strlen(text));
}

/* Gives the temporary file its name, over another only when forced. */
static int take_name(cli_output *o)
{
    if (o->force)
        return rename(o->temp_name, o->final_name) ? errno : 0;
    if (renameat2(AT_FDCWD, o->temp_name, AT_FDCWD, o->final_name,
                  RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    /* A file system that cannot do it in one step. */
    if (link(o->temp_name, o->final_name) != 0)
        return errno;
    unlink(o->temp_name);
    return 0;
}

bool cli_output_close(cli_output *o, bool keep)
{
    bool ok = true;

    if (o->fd >= 0)
        cli_output_flush(o);
    if (o->temp_name && o->fd >= 0 && !o->error && fsync(o->fd) != 0)
        o->error = errno;
    if (o->final_name && o->fd >= 0 && close(o->fd) != 0 && !o->error)
        o->error = errno;
    if (o->temp_name && o->fd >= 0 && !o->error && keep)
        o->error = take_name(o);
    if (o->error == EPIPE)
        cli_end_by_pipe();
    if (o->error) {
        cli_complain("%s: cannot be written: %s", shown(o), strerror(o->error));
        ok = false;
    }
    if (o->temp_name && o->fd >= 0 && (o->error || !keep))
        unlink(o->temp_name);
    free(o->final_name);
    free(o->temp_name);
    o->final_name = o->temp_name = NULL;
    o->fd = -1;
    return ok;
}

bool cli_output_is_terminal(const cli_output *o)
{
    return o->fd == STDOUT_FILENO && isatty(STDOUT_FILENO);
}
