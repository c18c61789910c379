/* A reader that has read some pages reads them again without asking for
 * memory, and writes their records without, in every format.
 *
 *   again FOLDER...    reads every .html of the folders, twice */
#include "unit/memory.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    PAGE_MAX = 1 << 20 /* bytes of a page that are read */
};

static bool ignore(void *ctx, const char *bytes, size_t len)
{
    (void)ctx;
    (void)bytes;
    (void)len;
    return true;
}

static bool read_page(dtl_reader *reader, dtl_str page)
{
    static const dtl_format formats[] = {DTL_FORMAT_JSON, DTL_FORMAT_MARKDOWN,
                                         DTL_FORMAT_TEXT, DTL_FORMAT_HTML};
    const dtl_article *a;
    dtl_status st = dtl_reader_read(reader, page, NULL, &a, NULL);

    for (size_t i = 0; st == DTL_OK && i < sizeof formats / sizeof *formats;
         i++)
        st = dtl_article_write(a, formats[i], NULL, ignore, NULL);
    return st == DTL_OK;
}

/* Reads all pages once; false when one could not be. Says of each how often
 * it asked for memory, where quiet is not wanted. */
static bool read_all(dtl_reader *reader, const glob_t *paths, char *bytes,
                     const test_memory *memory, bool quiet)
{
    for (size_t i = 0; i < paths->gl_pathc; i++) {
        FILE *file = fopen(paths->gl_pathv[i], "rb");
        size_t before = memory->asked;
        bool done = false;

        if (file) {
            dtl_str page = {bytes, fread(bytes, 1, PAGE_MAX, file)};

            fclose(file);
            done = read_page(reader, page);
        }
        if (!done || (!quiet && memory->asked > before))
            printf("%s: %s, %zu times asked for memory\n", paths->gl_pathv[i],
                   done ? "read" : "not read", memory->asked - before);
        if (!done)
            return false;
    }
    return true;
}

static bool reads_again(const glob_t *paths, char *bytes)
{
    test_memory *memory = test_memory_start();
    dtl_reader *reader = dtl_reader_new();
    bool right = reader && read_all(reader, paths, bytes, memory, true);
    size_t first = memory->asked;

    right = right && read_all(reader, paths, bytes, memory, false) &&
            memory->asked == first;
    dtl_reader_free(reader);
    return test_memory_stop() && right;
}

int main(int argc, char **argv)
{
    char *bytes = malloc(PAGE_MAX);
    bool right = bytes && argc > 1;

    for (int i = 1; i < argc && right; i++) {
        char pattern[4096];
        glob_t paths;

        snprintf(pattern, sizeof pattern, "%s/*.html", argv[i]);
        right = glob(pattern, 0, NULL, &paths) == 0;
        right = right && reads_again(&paths, bytes);
        if (right)
            printf("%s: %zu pages\n", argv[i], paths.gl_pathc);
        globfree(&paths);
    }
    free(bytes);
    return right ? 0 : 1;
}
