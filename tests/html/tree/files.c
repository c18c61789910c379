/* Reads files and folders of cases; see files.h. */
#include "files.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

input_file files[MAX_FILES];
size_t file_count;

static char *read_file(const char *path, size_t *len)
{
    FILE *f = fopen(path, "rb");
    char *text = NULL;
    long size;

    if (!f)
        return NULL;
    if (fseek(f, 0, SEEK_END) == 0 && (size = ftell(f)) >= 0) {
        rewind(f);
        text = malloc((size_t)size + 1);
        *len = text ? fread(text, 1, (size_t)size, f) : 0;
    }
    fclose(f);
    return text;
}

static bool add_file(const char *path)
{
    input_file *f = &files[file_count];
    const char *slash = strrchr(path, '/');

    if (file_count == MAX_FILES)
        return false;
    snprintf(f->name, sizeof f->name, "%s", slash ? slash + 1 : path);
    f->text = read_file(path, &f->len);
    if (!f->text)
        return false;
    file_count++;
    return true;
}

static bool ends_in(const char *name, const char *ending)
{
    size_t len = strlen(name), end = strlen(ending);

    return len > end && strcmp(name + len - end, ending) == 0;
}

static bool add_path(const char *path, const char *ending)
{
    struct dirent **entries;
    struct stat st;
    bool ok = true;
    int count;

    if (stat(path, &st) != 0)
        return false;
    if (!S_ISDIR(st.st_mode))
        return add_file(path);
    count = scandir(path, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        char file[2048];

        snprintf(file, sizeof file, "%s/%s", path, entries[i]->d_name);
        if (ends_in(file, ending))
            ok = add_file(file) && ok;
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    return ok && count >= 0;
}

/* The path of what is in the shared data folder. */
static void shared_path(const char *source_root, const char *path, char *out,
                        size_t size)
{
    const char *shared = getenv("DATELINE_SHARED");

    if (shared && *shared)
        snprintf(out, size, "%s/%s", shared, path);
    else
        snprintf(out, size, "%s/../shared/%s", source_root, path);
}

int files_from_arguments(int argc, char **argv, const char *ending)
{
    bool shared = argc > 2 && strcmp(argv[1], "--shared") == 0;

    for (int i = shared ? 3 : 1; i < argc; i++) {
        char path[1024];

        snprintf(path, sizeof path, "%s", argv[i]);
        if (shared)
            shared_path(argv[2], argv[i], path, sizeof path);
        if (add_path(path, ending))
            continue;
        printf("%s is not there%s\n", path, shared ? ": skipped" : "");
        return shared ? EXIT_SKIPPED : 1;
    }
    return 0;
}

void files_free(void)
{
    for (size_t i = 0; i < file_count; i++)
        free(files[i].text);
}
