/* Addresses and their sort-friendly forms: lines of a file, "address", a tab,
 * "form". Those of "#" are remarks. */
#include "base/alloc.h"
#include "base/str.h"
#include "warc/surt.h"

#include <stdio.h>

static size_t failed;

static void check_line(dtl_str line)
{
    dtl_arena a = {0};
    dtl_buf out = {0};
    dtl_str url;

    if (!line.len || line.ptr[0] == '#')
        return;
    dtl_str_split(&line, '\t', &url);
    dtl_surt_put(url, &a, &out);
    if (!dtl_str_eq(dtl_buf_view(&out), line)) {
        printf("%.*s\n  want %.*s\n  got  %.*s\n", (int)url.len, url.ptr,
               (int)line.len, line.ptr, (int)out.len, out.ptr ? out.ptr : "");
        failed++;
    }
    dtl_buf_clear(&out);
    dtl_arena_clear(&a);
}

int main(int argc, char **argv)
{
    FILE *f = argc > 1 ? fopen(argv[1], "rb") : NULL;
    static char line[4096];
    size_t count = 0;

    while (f && fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = '\0';
        check_line(dtl_str_of(line));
        count++;
    }
    if (f)
        fclose(f);
    printf("%zu lines, %zu failed\n", count, failed);
    return count && !failed ? 0 : 1;
}
