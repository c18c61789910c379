/* dateline annotate: plain text in, its quotations and times out. */
#include "cli.h"

#include <stddef.h>
#include <string.h>

typedef struct {
    dtl_annotate_options annotate;
    const char *date, *language;
    bool lines, force, help;
    const char *output;
    cli_input_options input;
} settings;

static const cli_option options[] = {
    {"jsonl", 0, CLI_FLAG, .at = offsetof(settings, lines)},
    {"date", 0, CLI_DAY, .at = offsetof(settings, date)},
    {"language", 0, CLI_TEXT, .at = offsetof(settings, language),
     .wanted = "a tag, as en or pt-BR"},
    {"narrative", 0, CLI_FLAG, .at = offsetof(settings, annotate.narrative)},
    {"indirect", 0, CLI_FLAG, .at = offsetof(settings, annotate.indirect)},
    {"output", 'o', CLI_TEXT, .at = offsetof(settings, output),
     .wanted = "the name of a file"},
    {"force", 0, CLI_FLAG, .at = offsetof(settings, force)},
    {"max-bytes", 0, CLI_SIZE, .at = offsetof(settings, input.max_bytes)},
    {"help", 'h', CLI_FLAG, .at = offsetof(settings, help)},
    {0},
};

typedef struct {
    const settings *s;
    dtl_annotator *annotator;
    cli_output *out;
    size_t failed;
} run;

static bool annotate_text(run *r, const char *name, dtl_str text)
{
    dtl_error err = {0};
    dtl_status st = dtl_annotate(r->annotator, text, &r->s->annotate, &err);

    if (!st)
        st = dtl_annotator_write(r->annotator, cli_output_is_terminal(r->out),
                                 cli_output_write, r->out, &err);
    if (!st)
        return cli_output_puts(r->out, "\n");
    if (st != DTL_IO) {
        cli_complain("%s: %s", name, err.message);
        r->failed++;
    }
    return st != DTL_IO;
}

/* A line that is none is named, and the others go on. */
static bool annotate_lines(run *r, const char *name, dtl_str text)
{
    size_t number = 0;

    for (size_t at = 0; at < text.len && !cli_interrupted;) {
        const char *end = memchr(text.ptr + at, '\n', text.len - at);
        size_t len = end ? (size_t)(end - text.ptr) - at : text.len - at;
        dtl_str line = {text.ptr + at, len};
        dtl_error err = {0};
        dtl_status st;

        at += len + 1;
        number++;
        if (strspn(line.ptr, " \t\r") >= len && !end)
            continue;
        if (len == 0 || (len == 1 && *line.ptr == '\r'))
            continue;
        st = dtl_annotate_json(r->annotator, line, &r->s->annotate,
                               cli_output_write, r->out, &err);
        if (st == DTL_IO)
            return false;
        if (st) {
            cli_complain("%s: line %zu: %s", name, number, err.message);
            r->failed++;
        }
    }
    return true;
}

static bool annotate_input(run *r, const char *name)
{
    const char *shown = strcmp(name, "-") == 0 ? "standard input" : name;
    cli_input in;
    bool ok;

    if (!cli_input_open(&in, name, &r->s->input)) {
        r->failed++;
        return true;
    }
    ok = r->s->lines ? annotate_lines(r, shown, in.bytes)
                     : annotate_text(r, shown, in.bytes);
    cli_input_close(&in);
    return ok;
}

static int annotate_all(run *r, char **names, size_t count)
{
    static char dash[] = "-";
    char *standard_input[] = {dash};
    bool ok = true;

    if (!count) {
        names = standard_input;
        count = 1;
    }
    for (size_t i = 0; ok && i < count && !cli_interrupted; i++)
        ok = annotate_input(r, names[i]);
    if (!cli_output_close(r->out,
                          ok && !(count == 1 && r->failed && !r->s->lines)))
        return EXIT_OUTPUT;
    if (cli_interrupted)
        return EXIT_INTERRUPTED;
    if (!r->failed)
        return EXIT_DONE;
    return count == 1 && !r->s->lines ? EXIT_USAGE : EXIT_SOME_FAILED;
}

int cli_annotate(int argc, char **argv)
{
    settings s = {.input = {.max_bytes = (size_t)1 << 30, .any_bytes = true}};
    static cli_output out;
    run r = {.s = &s, .out = &out};
    int code, first = cli_options("annotate", options, &s, argc, argv);

    if (first < 0)
        return EXIT_USAGE;
    if (s.help) {
        fputs(cli_help_text("annotate"), stdout);
        return cli_finish_stdout();
    }
    s.annotate.date = cli_str(s.date);
    s.annotate.language = cli_str(s.language);
    r.annotator = dtl_annotator_new();
    if (!r.annotator) {
        cli_complain("annotate: out of memory");
        return EXIT_OUTPUT;
    }
    code = cli_output_open(&out, s.output, s.force)
               ? annotate_all(&r, argv + first, (size_t)(argc - first))
               : EXIT_OUTPUT;
    dtl_annotator_free(r.annotator);
    return code;
}
