/* Reads every file below some folders and looks at each record for what must
 * always hold (record.h). Under the sanitizers this is what shows that no
 * page of the sets can hurt.
 *
 *   sweep SOURCE_ROOT FOLDER...
 *
 * A folder's path counts from SOURCE_ROOT; one that begins with "../shared/"
 * is looked for where the environment's DATELINE_SHARED says, if it says so.
 * gzip'd files are inflated. One reader reads them all; each hundredth page is
 * read by a fresh one too, and both must give the same record. Exits with 77
 * when no folder is there. */
#include "record.h"

#include "base/alloc.h"
#include "base/str.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum {
    SKIP = 77,
    FRESH_EVERY = 100,
    MAX_COMPLAINTS = 20
};

typedef struct {
    dtl_reader *reader;
    size_t files, bytes, complaints;
} sweep;

static bool keep(void *ctx, const char *bytes, size_t len)
{
    dtl_buf *out = ctx;

    dtl_buf_append(out, bytes, len);
    return out->status == DTL_OK;
}

static void complain(sweep *s, const char *path, const char *what)
{
    if (s->complaints++ < MAX_COMPLAINTS)
        printf("%s: %s\n", path, what);
}

/* Reads page once more from nothing; the record must be the same. */
static void compare_fresh(sweep *s, const char *path, dtl_str page,
                          const dtl_article *a)
{
    dtl_reader *fresh = dtl_reader_new();
    dtl_buf one = {0}, other = {0};
    const dtl_article *b;

    if (!fresh || dtl_reader_read(fresh, page, NULL, &b, NULL) != DTL_OK ||
        dtl_article_write(a, DTL_FORMAT_JSON, NULL, keep, &one) != DTL_OK ||
        dtl_article_write(b, DTL_FORMAT_JSON, NULL, keep, &other) != DTL_OK)
        complain(s, path, "a second reading fails");
    else if (!dtl_str_eq(dtl_buf_view(&one), dtl_buf_view(&other)))
        complain(s, path, "a second reading gives another record");
    dtl_buf_clear(&one);
    dtl_buf_clear(&other);
    dtl_reader_free(fresh);
}

static void read_page(sweep *s, const char *path, dtl_str page)
{
    dtl_error err = {DTL_OK, 0, ""};
    const dtl_article *a;
    char message[200];
    dtl_status st;

    st = dtl_is_record(page)
             ? dtl_reader_read_record(s->reader, page, NULL, &a, &err)
             : dtl_reader_read(s->reader, page, NULL, &a, &err);
    s->files++;
    s->bytes += page.len;
    if (st != DTL_OK)
        complain(s, path, err.message);
    else if (!record_holds(a, 0, message))
        complain(s, path, message);
    else if (s->files % FRESH_EVERY == 0 && !dtl_is_record(page))
        compare_fresh(s, path, page, a);
}

static void sweep_file(sweep *s, const char *path, size_t len)
{
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(len ? len : 1), *page;
    dtl_str raw = {bytes, 0};
    size_t page_len;

    if (!file || !bytes) {
        complain(s, path, "cannot be read");
        goto done;
    }
    raw.len = fread(bytes, 1, len, file);
    if (!dtl_is_gzip(raw)) {
        read_page(s, path, raw);
    } else if (dtl_gunzip(raw, 0, &page, &page_len, NULL) == DTL_OK) {
        read_page(s, path, (dtl_str){page, page_len});
        dtl_release(page);
    }
done:
    if (file)
        fclose(file);
    free(bytes);
}

/* The folders that are still to be looked at lie on a stack, so that no
 * depth of them matters. */
static void sweep_folder(sweep *s, char **stack, size_t *depth, size_t cap)
{
    char *folder = stack[--*depth], *path;
    DIR *dir = opendir(folder);
    const struct dirent *entry;
    struct stat st;

    while (dir && (entry = readdir(dir))) {
        if (entry->d_name[0] == '.' ||
            asprintf(&path, "%s/%s", folder, entry->d_name) < 0)
            continue;
        if (stat(path, &st) == 0 && S_ISDIR(st.st_mode) && *depth < cap) {
            stack[(*depth)++] = path;
            continue;
        }
        if (S_ISREG(st.st_mode))
            sweep_file(s, path, (size_t)st.st_size);
        free(path);
    }
    if (dir)
        closedir(dir);
    free(folder);
}

/* The path of a folder that is named from the source root; to be freed. */
static char *find_folder(const char *root, const char *name)
{
    static const char in_shared[] = "../shared/";
    const char *shared = getenv("DATELINE_SHARED");
    size_t len = sizeof in_shared - 1;
    char *path;

    if (shared && strncmp(name, in_shared, len) == 0) {
        root = shared;
        name += len;
    }
    return asprintf(&path, "%s/%s", root, name) < 0 ? NULL : path;
}

int main(int argc, char **argv)
{
    char *stack[256];
    size_t depth = 0;
    struct stat st;
    sweep s = {0};

    for (int i = 2; i < argc && depth < 256; i++) {
        char *path = find_folder(argv[1], argv[i]);

        if (path && stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
            stack[depth++] = path;
            continue;
        }
        printf("there is no %s\n", path);
        free(path);
    }
    if (!depth)
        return SKIP;
    s.reader = dtl_reader_new();
    while (s.reader && depth)
        sweep_folder(&s, stack, &depth, 256);
    dtl_reader_free(s.reader);
    printf("%zu files, %zu bytes, %zu wrong\n", s.files, s.bytes, s.complaints);
    return s.complaints || !s.files ? 1 : 0;
}
