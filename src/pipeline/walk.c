/* The inputs of a run, found lazily.
 *
 * Folders are walked by a stack of sorted listings, so that memory is bounded
 * by the largest folders on the way to one file, and nothing recurses. In
 * folders, hidden files, links to folders and what is no regular file are
 * passed over; the user may name any of them. */
#include "pipeline/walk.h"
#include "base/str.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    char **names; /* into bytes; sorted */
    size_t count, at, cap;
    dtl_arena arena;
    size_t prefix; /* length of the folder's name in path, with its slash */
} listing;

struct dtl_walk {
    dtl_walk_options o;
    size_t list, name; /* the next of each */
    FILE *open_list;
    char *line;
    size_t line_cap;
    listing *stack;
    size_t depth, cap;
    dtl_buf path;
};

dtl_walk *dtl_walk_new(const dtl_walk_options *o)
{
    dtl_walk *w = dtl_malloc(sizeof *w);

    if (w)
        *w = (dtl_walk){.o = *o};
    return w;
}

static void close_listing(listing *l)
{
    dtl_arena_clear(&l->arena);
    dtl_free(l->names);
    *l = (listing){0};
}

static void close_list(dtl_walk *w)
{
    if (w->open_list && w->open_list != stdin)
        fclose(w->open_list);
    w->open_list = NULL;
}

void dtl_walk_free(dtl_walk *w)
{
    if (!w)
        return;
    close_list(w);
    free(w->line);
    while (w->depth)
        close_listing(&w->stack[--w->depth]);
    dtl_free(w->stack);
    dtl_buf_clear(&w->path);
    dtl_free(w);
}

static void set_file(dtl_entry *e, const struct stat *st)
{
    e->size = (uint64_t)st->st_size;
    e->written = (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
}

static void set_trouble(dtl_entry *e, const char *what, int error)
{
    e->type = DTL_ENTRY_TROUBLE;
    snprintf(e->trouble, sizeof e->trouble, "%s%s%s", what, error ? ": " : "",
             error ? strerror(error) : "");
}

/* ---- Folders --------------------------------------------------------------
 */

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool add_name(listing *l, const char *name)
{
    dtl_str copy = dtl_arena_copy(&l->arena, dtl_str_of(name));
    void *names = l->names;

    if (!copy.ptr ||
        dtl_grow(&names, &l->cap, l->count + 1, sizeof *l->names) != DTL_OK)
        return false;
    l->names = names;
    l->names[l->count++] = (char *)(uintptr_t)copy.ptr;
    return true;
}

/* Lists the folder that path names, sorted. False with errno where it cannot
 * be read; ENOMEM may be ours. */
static bool list_folder(listing *l, const char *path)
{
    DIR *dir = opendir(path);
    const struct dirent *e;
    int error;

    if (!dir)
        return false;
    while ((errno = 0, e = readdir(dir))) {
        if (e->d_name[0] != '.' && !add_name(l, e->d_name)) {
            errno = ENOMEM;
            break;
        }
    }
    error = errno;
    closedir(dir);
    if (l->count)
        qsort(l->names, l->count, sizeof *l->names, by_bytes);
    errno = error;
    return !error;
}

/* Opens the folder in w->path as the next of the stack. What cannot be listed
 * makes an entry of trouble. */
static dtl_status enter(dtl_walk *w, dtl_entry *out)
{
    void *stack = w->stack;
    listing *l;
    int error;

    if (dtl_grow(&stack, &w->cap, w->depth + 1, sizeof *w->stack) != DTL_OK)
        return DTL_NOMEM;
    w->stack = stack;
    l = &w->stack[w->depth];
    *l = (listing){0};
    if (!list_folder(l, w->path.ptr)) {
        error = errno;
        close_listing(l);
        if (error == ENOMEM)
            return DTL_NOMEM;
        out->name = w->path.ptr;
        set_trouble(out, "the folder cannot be read", error);
        return DTL_OK;
    }
    w->depth++;
    l->prefix = w->path.len;
    if (l->prefix && w->path.ptr[l->prefix - 1] != '/') {
        dtl_buf_putc(&w->path, '/');
        l->prefix++;
    }
    return w->path.status;
}

static bool is_apart(const dtl_walk *w, const struct stat *st)
{
    size_t i;

    for (i = 0; i < w->o.apart_count; i++)
        if (w->o.apart[i].device == (uint64_t)st->st_dev &&
            w->o.apart[i].inode == (uint64_t)st->st_ino)
            return true;
    return false;
}

/* Takes the next file of the innermost folder, or enters a folder in it. *got
 * says that out was filled. */
static dtl_status next_in_folder(dtl_walk *w, dtl_entry *out, bool *got)
{
    listing *l = &w->stack[w->depth - 1];
    struct stat st;
    bool linked;

    if (l->at == l->count) {
        close_listing(l);
        w->depth--;
        return DTL_OK;
    }
    w->path.len = l->prefix;
    dtl_buf_puts(&w->path, l->names[l->at++]);
    dtl_buf_putc(&w->path, '\0');
    if (w->path.status != DTL_OK)
        return w->path.status;
    w->path.len--;
    *out = (dtl_entry){.name = w->path.ptr};
    if (lstat(w->path.ptr, &st) != 0) {
        set_trouble(out, "cannot be read", errno);
        *got = true;
        return DTL_OK;
    }
    linked = S_ISLNK(st.st_mode);
    if (linked && stat(w->path.ptr, &st) != 0)
        return DTL_OK; /* it leads nowhere */
    if (S_ISDIR(st.st_mode) && !linked) {
        dtl_status status = enter(w, out);

        *got = out->type == DTL_ENTRY_TROUBLE;
        return status;
    }
    if (!S_ISREG(st.st_mode) || is_apart(w, &st))
        return DTL_OK;
    set_file(out, &st);
    *got = true;
    return DTL_OK;
}

/* ---- Names ----------------------------------------------------------------
 */

static bool is_url(const char *name)
{
    return strncasecmp(name, "http://", 7) == 0 ||
           strncasecmp(name, "https://", 8) == 0;
}

/* What helps when there is no file of that name, by what it looks like. */
static const char *no_file(const char *name)
{
    if (strstr(name, "://"))
        return "there is no such file; addresses begin with http:// or "
               "https://";
    if (strncasecmp(name, "www.", 4) == 0)
        return "there is no such file; an address would begin with https://";
    return "there is no such file";
}

/* An input as the user named it. */
static dtl_status take_name(dtl_walk *w, const char *name, dtl_entry *out,
                            bool *got)
{
    struct stat st;

    w->path.len = 0;
    dtl_buf_puts(&w->path, name);
    dtl_buf_putc(&w->path, '\0');
    if (w->path.status != DTL_OK)
        return w->path.status;
    w->path.len--;
    *out = (dtl_entry){.name = w->path.ptr, .named = true};
    *got = true;
    if (strcmp(name, "-") == 0) {
        out->type = DTL_ENTRY_STDIN;
    } else if (is_url(name)) {
        out->type = DTL_ENTRY_URL;
    } else if (stat(name, &st) != 0) {
        if (errno == ENOENT)
            set_trouble(out, no_file(name), 0);
        else
            set_trouble(out, "cannot be read", errno);
    } else if (S_ISDIR(st.st_mode)) {
        dtl_status status = enter(w, out);

        *got = out->type == DTL_ENTRY_TROUBLE;
        return status;
    } else if (S_ISREG(st.st_mode)) {
        set_file(out, &st);
    }
    return DTL_OK;
}

/* The next line of the open list that names something, without its newline;
 * NULL at the end. */
static char *next_line(dtl_walk *w)
{
    ssize_t len;

    while ((len = getline(&w->line, &w->line_cap, w->open_list)) > 0) {
        while (len && (w->line[len - 1] == '\n' || w->line[len - 1] == '\r'))
            w->line[--len] = '\0';
        if (len && *w->line != '#')
            return w->line;
    }
    return NULL;
}

static void open_list(dtl_walk *w, dtl_entry *out, bool *got)
{
    const char *name = w->o.lists[w->list++];

    w->open_list = strcmp(name, "-") == 0 ? stdin : fopen(name, "re");
    if (w->open_list)
        return;
    *out = (dtl_entry){.name = name, .named = true};
    set_trouble(out, "the list cannot be read", errno);
    *got = true;
}

dtl_status dtl_walk_next(dtl_walk *w, dtl_entry *out, bool *more)
{
    dtl_status st = DTL_OK;
    bool got = false;
    const char *line;

    *more = true;
    while (st == DTL_OK && !got) {
        if (w->depth) {
            st = next_in_folder(w, out, &got);
        } else if (w->open_list) {
            line = next_line(w);
            if (line)
                st = take_name(w, line, out, &got);
            else
                close_list(w);
        } else if (w->list < w->o.list_count) {
            open_list(w, out, &got);
        } else if (w->name < w->o.name_count) {
            st = take_name(w, w->o.names[w->name++], out, &got);
        } else {
            *more = false;
            return DTL_OK;
        }
    }
    return st;
}
