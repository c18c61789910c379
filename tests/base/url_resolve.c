/* Resolves URLs for check_urls.py: reads "BASE NUL REF NUL" pairs on standard
 * input and prints a line each, empty where there is no URL. */
#include "base/str.h"
#include "base/url.h"

#include <stdio.h>

int main(void)
{
    dtl_buf in = {0};
    dtl_arena arena = {0};
    dtl_str rest, base, ref, out;
    char block[4096];
    size_t n;

    while ((n = fread(block, 1, sizeof block, stdin)) > 0)
        dtl_buf_append(&in, block, n);
    rest = dtl_buf_view(&in);
    while (dtl_str_split(&rest, '\0', &base) &&
           dtl_str_split(&rest, '\0', &ref)) {
        dtl_arena_reset(&arena);
        if (dtl_url_resolve(base, ref, &arena, &out) != DTL_OK)
            return 1;
        printf("%.*s\n", (int)out.len, out.ptr ? out.ptr : "");
    }
    dtl_arena_clear(&arena);
    dtl_buf_clear(&in);
    return 0;
}
