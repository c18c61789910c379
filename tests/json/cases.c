/* Runs the recorded cases of the JSON reader.
 *
 *   json_cases FOLDER          every case in it
 *   json_cases --print FILE    what FILE is read as
 *
 * A case is a folder with input.json, which is read as JSON, or input.js, of
 * which all literals are read; and expected.json, which has what was read as
 * strict JSON, compact, a line for each value at the top. */
#include "unit/test.h"
#include "json/rewrite.h"
#include "base/str.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static bool read_file(const char *path, dtl_buf *out)
{
    FILE *file = fopen(path, "rb");
    char *room;
    size_t got = 0;

    if (!file)
        return false;
    do {
        room = dtl_buf_reserve(out, 64 * 1024);
        got = room ? fread(room, 1, 64 * 1024, file) : 0;
        out->len += got;
    } while (got);
    fclose(file);
    return out->status == DTL_OK;
}

static void put_lines(dtl_json_doc *doc, dtl_buf *out)
{
    dtl_json_writer w;

    DTL_JSON_EACH(doc, v, DTL_JSON_ROOT)
    {
        dtl_json_write_init(&w, out, false);
        CHECK_OK(dtl_json_rewrite(&w, doc, v));
        CHECK_OK(dtl_json_write_end(&w));
        dtl_buf_putc(out, '\n');
    }
}

static void read_as(bool script, dtl_str source, dtl_buf *out)
{
    dtl_arena arena = {0};
    dtl_json_doc doc;
    size_t from = 0;

    if (!script) {
        CHECK_OK(dtl_json_read(&doc, &arena, source));
        put_lines(&doc, out);
    }
    while (script && from < source.len) {
        CHECK_OK(dtl_json_read_script(&doc, &arena, source, from));
        put_lines(&doc, out);
        from = doc.end;
    }
    dtl_arena_clear(&arena);
}

static void run_case(const char *folder, const char *name)
{
    char path[4096];
    dtl_buf input = {0}, expected = {0}, got = {0};
    bool script = false;

    snprintf(path, sizeof path, "%s/%s/input.json", folder, name);
    if (!read_file(path, &input)) {
        snprintf(path, sizeof path, "%s/%s/input.js", folder, name);
        script = read_file(path, &input);
    }
    snprintf(path, sizeof path, "%s/%s/expected.json", folder, name);
    if (!read_file(path, &expected))
        FAIL("%s cannot be read", path);
    read_as(script, dtl_buf_view(&input), &got);
    if (!CHECK_SLICE(got.len ? dtl_buf_view(&got) : DTL_STR(""),
                     expected.len ? dtl_buf_view(&expected) : DTL_STR("")))
        printf("    in %s/%s\n", folder, name);
    dtl_buf_clear(&input);
    dtl_buf_clear(&expected);
    dtl_buf_clear(&got);
}

static const char *cases_folder;

static void test_cases(void)
{
    struct dirent **entries;
    int count = scandir(cases_folder, &entries, NULL, alphasort), ran = 0, i;

    CHECK_OR_RETURN(count > 0);
    for (i = 0; i < count; i++) {
        if (entries[i]->d_name[0] != '.') {
            run_case(cases_folder, entries[i]->d_name);
            ran++;
        }
        free(entries[i]);
    }
    free(entries);
    printf("%d cases\n", ran);
    CHECK(ran > 0);
}

static int print(const char *path)
{
    dtl_buf input = {0}, out = {0};
    size_t len = strlen(path);

    if (!read_file(path, &input)) {
        perror(path);
        return 1;
    }
    read_as(len > 3 && strcmp(path + len - 3, ".js") == 0, dtl_buf_view(&input),
            &out);
    fwrite(out.ptr, 1, out.len, stdout);
    dtl_buf_clear(&input);
    dtl_buf_clear(&out);
    return 0;
}

static const test_case cases[] = {TEST(test_cases)};

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--print") == 0)
        return print(argv[2]);
    if (argc != 2) {
        fputs("usage: json_cases FOLDER | --print FILE\n", stderr);
        return 2;
    }
    cases_folder = argv[1];
    return test_run(cases, 1, 1, argv);
}
