/* dump-tree: reads HTML on standard input and prints its tree in the format
 * of html5lib's tests.
 *
 *     dump-tree [--scripting] [--fragment "CONTEXT"]
 *
 * CONTEXT is as in those tests: "td", "svg path", "math mi". */
#include "dump.h"

#include "base/str.h"
#include "html/parse.h"

#include <stdio.h>

static bool read_all(FILE *in, dtl_buf *out)
{
    size_t got = 1;

    while (got > 0) {
        char *to = dtl_buf_reserve(out, 65536);

        if (!to)
            return false;
        got = fread(to, 1, 65536, in);
        out->len += got;
    }
    return !ferror(in);
}

static int usage(void)
{
    fputs("usage: dump-tree [--scripting] [--fragment CONTEXT] <page\n",
          stderr);
    return 2;
}

int main(int argc, char **argv)
{
    dtl_html_options opts = {0};
    dtl_html_doc doc = {0};
    dtl_buf page = {0}, out = {0};
    dtl_error err = {0};
    int status = 2;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--scripting") == 0)
            opts.scripting = true;
        else if (strcmp(argv[i], "--fragment") == 0 && i + 1 < argc)
            opts.fragment_context = dtl_str_of(argv[++i]);
        else
            return usage();
    }
    if (!read_all(stdin, &page)) {
        perror("dump-tree");
    } else if (dtl_html_parse(&doc, dtl_buf_view(&page), &opts, &err) !=
               DTL_OK) {
        fprintf(stderr, "dump-tree: %s\n", err.message);
    } else {
        dump_tree(&doc, &out);
        status = fwrite(out.ptr, 1, out.len, stdout) == out.len ? 0 : 4;
    }
    dtl_html_clear(&doc);
    dtl_buf_clear(&page);
    dtl_buf_clear(&out);
    return status;
}
