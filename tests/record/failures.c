/* Lets each allocation of a reading fail in turn: every sample page must give
 * DTL_NOMEM and leak nothing, or its record.
 *
 *   failures PAGE... */
#include "unit/memory.h"

#include <stdio.h>
#include <stdlib.h>

static bool ignore(void *ctx, const char *bytes, size_t len)
{
    (void)ctx;
    (void)bytes;
    (void)len;
    return true;
}

static dtl_status read_once(void *ctx)
{
    static const dtl_format formats[] = {DTL_FORMAT_JSON, DTL_FORMAT_MARKDOWN,
                                         DTL_FORMAT_TEXT, DTL_FORMAT_HTML};
    const dtl_str *page = ctx;
    dtl_read_options opts = {.url = {"https://paper.example/a", 23},
                             .explain = true};
    dtl_reader *reader = dtl_reader_new();
    const dtl_article *a;
    dtl_status st = DTL_NOMEM;

    if (reader)
        st = dtl_reader_read(reader, *page, &opts, &a, NULL);
    for (size_t i = 0; st == DTL_OK && i < sizeof formats / sizeof *formats;
         i++)
        st = dtl_article_write(a, formats[i], NULL, ignore, NULL);
    dtl_reader_free(reader);
    return st;
}

static char *load(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(1 << 20);

    if (file && bytes)
        *len = fread(bytes, 1, 1 << 20, file);
    else
        perror(path);
    if (file)
        fclose(file);
    return bytes;
}

int main(int argc, char **argv)
{
    bool all_well = true;

    for (int i = 1; i < argc; i++) {
        dtl_str page = {NULL, 0};
        char *bytes = load(argv[i], &page.len);

        page.ptr = bytes;
        if (!test_each_failure(read_once, &page)) {
            printf("in %s\n", argv[i]);
            all_well = false;
        }
        free(bytes);
    }
    return argc > 1 && all_well ? 0 : 1;
}
