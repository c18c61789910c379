/* dateline annotate: plain text in, its times out. */
#include "cli.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    dtl_annotate_options annotate;
    bool lines, force, help;
    const char *output;
    cli_input_options input;
} settings;

enum {
    OPT_JSONL = 256,
    OPT_DATE,
    OPT_LANGUAGE,
    OPT_NARRATIVE,
    OPT_INDIRECT,
    OPT_FORCE,
    OPT_MAX_BYTES
};

static const struct option options[] = {
    {"jsonl", no_argument, NULL, OPT_JSONL},
    {"date", required_argument, NULL, OPT_DATE},
    {"language", required_argument, NULL, OPT_LANGUAGE},
    {"narrative", no_argument, NULL, OPT_NARRATIVE},
    {"indirect", no_argument, NULL, OPT_INDIRECT},
    {"output", required_argument, NULL, 'o'},
    {"force", no_argument, NULL, OPT_FORCE},
    {"max-bytes", required_argument, NULL, OPT_MAX_BYTES},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static bool take_option(settings *s, int option, const char *text)
{
    switch (option) {
    case OPT_JSONL:
        s->lines = true;
        return true;
    case OPT_DATE:
        s->annotate.date = cli_str(text);
        if (cli_is_day(text))
            return true;
        cli_complain("annotate: --date %s: must be a date, YYYY-MM-DD", text);
        return false;
    case OPT_LANGUAGE:
        s->annotate.language = cli_str(text);
        return true;
    case OPT_NARRATIVE:
        s->annotate.narrative = true;
        return true;
    case OPT_INDIRECT:
        s->annotate.indirect = true;
        return true;
    case OPT_FORCE:
        s->force = true;
        return true;
    case OPT_MAX_BYTES:
        return cli_parse_number("annotate", "--max-bytes", text, SIZE_MAX / 4,
                                &s->input.max_bytes);
    case 'o':
        s->output = text;
        return true;
    default:
        s->help = true;
        return true;
    }
}

static bool parse_options(settings *s, int argc, char **argv)
{
    int option;

    opterr = 0;
    while ((option = getopt_long(argc, argv, ":o:h", options, NULL)) != -1) {
        if (option == '?' || option == ':')
            return cli_complain_of_option("annotate", option, argv[optind - 1]);
        if (!take_option(s, option, optarg))
            return false;
    }
    return true;
}

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
    int code;

    if (!parse_options(&s, argc, argv))
        return EXIT_USAGE;
    if (s.help) {
        fputs(cli_help_text("annotate"), stdout);
        return cli_finish_stdout();
    }
    r.annotator = dtl_annotator_new();
    if (!r.annotator) {
        cli_complain("annotate: out of memory");
        return EXIT_OUTPUT;
    }
    code = cli_output_open(&out, s.output, s.force)
               ? annotate_all(&r, argv + optind, (size_t)(argc - optind))
               : EXIT_OUTPUT;
    dtl_annotator_free(r.annotator);
    return code;
}
