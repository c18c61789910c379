/* Runs tree construction tests: files in html5lib's .dat format.
 *
 *     tree_test PATH...
 *     tree_test --shared SOURCE_ROOT PATH...
 *
 * PATH is a file or a folder, whose .dat files are run (not those of folders
 * in it). With --shared it is below the shared data folder, which is
 * DATELINE_SHARED, else ../shared beside the source root; without that the
 * test is skipped. Each case runs with scripting on and off, unless it says
 * which. Every tree is held to the invariants of html/dom.h as well. When
 * some file is named overrides*.dat, its cases stand for those with the same
 * data elsewhere. Prints each failing case with the tree it gave.
 *
 * Left out of html5lib's suite is its folder "scripted", whose trees come of
 * running the scripts in the pages. */
#include "dump.h"
#include "files.h"

#include "base/str.h"
#include "html/check.h"
#include "html/parse.h"

#include <stdio.h>

static size_t run_count, failed_count;

/* One case, slices of its file. */
typedef struct {
    dtl_str data, context, tree;
    bool has_context, script_on, script_off;
} test_case;

/* ---- The format ------------------------------------------------------ */

static dtl_str take_line(dtl_str *rest)
{
    size_t end = dtl_str_find_char(*rest, '\n');
    dtl_str line;

    if (end == SIZE_MAX)
        end = rest->len;
    line = dtl_str_sub(*rest, 0, end);
    *rest = dtl_str_sub(*rest, end + 1, rest->len);
    return line;
}

static bool is_line(dtl_str line, const char *text)
{
    return dtl_str_eq(line, dtl_str_of(text));
}

/* Everything from the line after a heading to before the next, without the
 * last newline. */
static dtl_str slice_to(const char *from, const char *end)
{
    size_t len = (size_t)(end - from);

    return (dtl_str){from, len ? len - 1 : 0};
}

static dtl_str read_data(dtl_str *rest)
{
    const char *from = rest->ptr;

    while (rest->len) {
        const char *line_at = rest->ptr;
        dtl_str line = take_line(rest);

        if (is_line(line, "#errors"))
            return slice_to(from, line_at);
    }
    return slice_to(from, rest->ptr);
}

/* The tree ends before the next case, whose heading follows an empty line, or
 * with the file. */
static dtl_str read_expected(dtl_str *rest)
{
    const char *from = rest->ptr, *end = rest->ptr;
    bool after_empty = false;

    while (rest->len) {
        dtl_str here = *rest;
        dtl_str line = take_line(rest);

        if (after_empty &&
            (is_line(line, "#data") || is_line(line, "#description"))) {
            *rest = here;
            end--;
            break;
        }
        after_empty = line.len == 0;
        end = rest->len ? rest->ptr : here.ptr + line.len + 1;
    }
    while (end > from + 1 && end[-1] == '\n' && end[-2] == '\n')
        end--;
    return slice_to(from, end);
}

static bool next_case(dtl_str *rest, test_case *c)
{
    *c = (test_case){0};
    while (rest->len)
        if (is_line(take_line(rest), "#data"))
            break;
    if (!rest->len)
        return false;
    c->data = read_data(rest);
    while (rest->len) {
        dtl_str line = take_line(rest);

        if (is_line(line, "#document-fragment")) {
            c->context = take_line(rest);
            c->has_context = true;
        } else if (is_line(line, "#script-on")) {
            c->script_on = true;
        } else if (is_line(line, "#script-off")) {
            c->script_off = true;
        } else if (is_line(line, "#document")) {
            c->tree = read_expected(rest);
            return true;
        }
    }
    return false;
}

/* ---- Running --------------------------------------------------------- */

static void report(const input_file *f, size_t number, const test_case *c,
                   bool scripting, dtl_str got, const char *broken)
{
    failed_count++;
    printf("FAILED %s case %zu, scripting %s%s%s\n", f->name, number,
           scripting ? "on" : "off", broken ? ": " : "", broken ? broken : "");
    printf("#data\n%.*s\n", (int)c->data.len, c->data.ptr);
    if (c->has_context)
        printf("#document-fragment\n%.*s\n", (int)c->context.len,
               c->context.ptr);
    printf("#wanted\n%.*s\n#got\n%.*s\n\n", (int)c->tree.len, c->tree.ptr,
           (int)got.len, got.ptr);
}

static void run_case(dtl_html_doc *doc, const input_file *f, size_t number,
                     const test_case *c, bool scripting)
{
    dtl_html_options opts = {.scripting = scripting,
                             .fragment_context = c->context,
                             .override_charset = DTL_STR("utf-8")};
    dtl_error err = {0};
    dtl_buf out = {0};
    dtl_str got;
    const char *broken = NULL;

    run_count++;
    if (dtl_html_parse(doc, c->data, &opts, &err) != DTL_OK) {
        report(f, number, c, scripting, dtl_str_of(err.message), NULL);
        return;
    }
    broken = dtl_html_check(doc, NULL);
    dump_tree(doc, &out);
    got = dtl_str_sub(dtl_buf_view(&out), 0, out.len ? out.len - 1 : 0);
    if (broken || !dtl_str_eq(got, c->tree))
        report(f, number, c, scripting, got, broken);
    dtl_buf_clear(&out);
}

static bool is_override(const input_file *f)
{
    return strncmp(f->name, "overrides", 9) == 0;
}

static bool is_overridden(const test_case *c)
{
    for (size_t i = 0; i < file_count; i++) {
        dtl_str rest = {files[i].text, files[i].len};
        test_case other;

        if (!is_override(&files[i]))
            continue;
        while (next_case(&rest, &other))
            if (dtl_str_eq(other.data, c->data))
                return true;
    }
    return false;
}

static void run_file(dtl_html_doc *doc, const input_file *f)
{
    dtl_str rest = {f->text, f->len};
    test_case c;
    size_t number = 0;

    while (next_case(&rest, &c)) {
        number++;
        if (!is_override(f) && is_overridden(&c))
            continue;
        if (!c.script_on)
            run_case(doc, f, number, &c, false);
        if (!c.script_off)
            run_case(doc, f, number, &c, true);
    }
}

int main(int argc, char **argv)
{
    int status = files_from_arguments(argc, argv, ".dat");
    dtl_html_doc doc = {0};

    if (status)
        return status;
    for (size_t i = 0; i < file_count; i++)
        run_file(&doc, &files[i]);
    files_free();
    dtl_html_clear(&doc);
    printf("%zu runs, %zu failed\n", run_count, failed_count);
    return failed_count || !run_count;
}
