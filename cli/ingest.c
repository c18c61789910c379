/* dateline ingest: many inputs, archives among them, a record each. */
#include "cli.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    dtl_ingest_options o;
    const char **lists;
    size_t jobs;
    cli_progress_kind progress;
    bool quiet, help;
} settings;

/* ---- Options --------------------------------------------------------------
 */

static bool take_list(void *ctx, const char *text)
{
    settings *s = ctx;

    s->lists[s->o.list_count++] = text;
    return true;
}

static const char *const progress_kinds[] = {"auto", "json", "none", NULL};

static const cli_option options[] = {
    {"output", 'o', CLI_TEXT, .at = offsetof(settings, o.output),
     .wanted = "the name of a file"},
    {"jobs", 'j', CLI_NUMBER, .at = offsetof(settings, jobs), .max = 512},
    {"list", 0, CLI_CALL, .take = take_list},
    {"force", 0, CLI_FLAG, .at = offsetof(settings, o.force)},
    {"resume", 0, CLI_FLAG, .at = offsetof(settings, o.resume)},
    {"quarantine", 0, CLI_TEXT, .at = offsetof(settings, o.quarantine),
     .wanted = "the name of a folder"},
    {"max-memory", 0, CLI_SIZE, .at = offsetof(settings, o.max_memory)},
    {"max-bytes", 0, CLI_SIZE, .at = offsetof(settings, o.max_record)},
    {"max-nodes", 0, CLI_NUMBER, .at = offsetof(settings, o.max_nodes),
     .max = UINT32_MAX - 1},
    {"as-of", 0, CLI_DAY, .at = offsetof(settings, o.as_of)},
    {"status", 0, CLI_TEXT, .at = offsetof(settings, o.filter.status)},
    {"mime", 0, CLI_TEXT, .at = offsetof(settings, o.filter.mime)},
    {"language", 0, CLI_TEXT, .at = offsetof(settings, o.filter.language)},
    {"since", 0, CLI_TEXT, .at = offsetof(settings, o.filter.since)},
    {"kind", 0, CLI_TEXT, .at = offsetof(settings, o.filter.kind)},
    {"min-words", 0, CLI_NUMBER, .at = offsetof(settings, o.filter.min_words),
     .max = 1000000000},
    {"timeout", 0, CLI_SECONDS, .at = offsetof(settings, o.fetch.timeout_ms)},
    {"user-agent", 0, CLI_TEXT, .at = offsetof(settings, o.fetch.user_agent)},
    {"allow-private", 0, CLI_FLAG,
     .at = offsetof(settings, o.fetch.allow_private)},
    {"progress", 0, CLI_CHOICE, .at = offsetof(settings, progress),
     .words = progress_kinds},
    {"quiet", 'q', CLI_FLAG, .at = offsetof(settings, quiet)},
    {"help", 'h', CLI_FLAG, .at = offsetof(settings, help)},
    {0},
};

/* ---- What the library tells -----------------------------------------------
 */

/* What helps, by the words of a message. */
static const char *remedy(const char *text)
{
    static const struct {
        const char *words, *help;
    } remedies[] = {
        {"is there already", "; --force replaces it"},
        {"that broke off had ", "; --force begins anew"},
        {"journal of it is gone", "; --force begins anew"},
        {"by a run that broke off",
         "; --resume goes on with it, --force begins anew"},
        {"failed.jsonl in it already", "; --force replaces it"},
        {"no output is named",
         "; -o FILE.jsonl names it, -o - is standard output"},
        {"no input is named", "; see 'dateline ingest --help'"},
        {"private address", "; --allow-private lets it through"},
        {"is larger than", "; --max-bytes raises the limit"},
        {"bytes, more than", "; --max-bytes raises the limit"},
        {"too many nodes", "; --max-nodes raises the limit"},
    };
    size_t i;

    for (i = 0; i < sizeof remedies / sizeof *remedies; i++)
        if (strstr(text, remedies[i].words))
            return remedies[i].help;
    return "";
}

/* Whether a text begins with the name of an option that is wrong. */
static bool is_of_option(const char *text)
{
    static const char *const names[] = {"status ", "kind ",     "since ",
                                        "mime ",   "language ", "max-memory:"};
    size_t i;

    for (i = 0; i < sizeof names / sizeof *names; i++)
        if (strncmp(text, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

static void on_message(void *ctx, const char *name, const char *text)
{
    const char *help = remedy(text);
    size_t len = name ? strlen(name) : 0;

    (void)ctx;
    if (!name)
        cli_complain("ingest: %s%s%s", is_of_option(text) ? "--" : "", text,
                     help);
    else if (len > 5 && strcmp(name + len - 5, ".part") == 0)
        cli_complain("%s: %s; --resume goes on once it can be", name, text);
    else
        cli_complain("%s: %s%s", name, text, help);
}

static void on_progress(void *ctx, const dtl_ingest_counts *counts,
                        uint64_t total)
{
    cli_ingest_progress(ctx, counts, total);
}

/* ---- Outcome --------------------------------------------------------------
 */

static int exit_code(dtl_ingest_end end, const dtl_ingest_counts *c)
{
    switch (end) {
    case DTL_INGEST_WHOLE:
        return EXIT_DONE;
    case DTL_INGEST_USAGE:
        return EXIT_USAGE;
    case DTL_INGEST_INTERRUPTED:
        return EXIT_INTERRUPTED;
    case DTL_INGEST_OUTPUT:
    case DTL_INGEST_NOMEM:
        return EXIT_OUTPUT;
    case DTL_INGEST_CLOSED:
        cli_end_by_pipe();
        return EXIT_OUTPUT;
    case DTL_INGEST_DONE:
        break;
    }
    if (cli_ingest_failures(c))
        return c->inputs == 1 && c->failed_inputs ? EXIT_USAGE
                                                  : EXIT_SOME_FAILED;
    return c->written ? EXIT_DONE : EXIT_NOTHING;
}

/* Says why nothing was written, where nothing was. */
static void tell_of_nothing(const char *output, const dtl_ingest_counts *c)
{
    const char *name = strcmp(output, "-") == 0 ? "standard output" : output;
    unsigned long long filtered = c->filtered, records = c->records;

    if (!records)
        cli_complain("%s: is empty: there is no record in the inputs", name);
    else if (filtered)
        cli_complain("%s: is empty: the filters kept back all there was, %llu "
                     "record%s; ask for less",
                     name, filtered, filtered == 1 ? "" : "s");
    else
        cli_complain("%s: is empty: none of the %llu record%s holds a page",
                     name, records, records == 1 ? "" : "s");
}

static int ingest(settings *s, size_t count, char **names)
{
    cli_progress_state state = {.kind = s->progress};
    dtl_ingest_counts counts;
    dtl_ingest_end end;

    s->o.inputs = (const char *const *)names;
    s->o.input_count = count;
    s->o.lists = s->lists;
    s->o.threads = (unsigned)s->jobs;
    s->o.cancel = &cli_interrupted;
    s->o.message = on_message;
    s->o.ctx = &state;
    if (s->quiet && state.kind == CLI_PROGRESS_AUTO)
        state.kind = CLI_PROGRESS_NONE;
    if (cli_progress_begin(&state))
        s->o.progress = on_progress;
    end = dtl_ingest(&s->o, &counts);
    cli_progress_clear();
    if (!s->quiet && (end == DTL_INGEST_DONE || end == DTL_INGEST_INTERRUPTED))
        cli_ingest_summary(&state, &counts, end);
    if (end == DTL_INGEST_DONE && exit_code(end, &counts) == EXIT_NOTHING)
        tell_of_nothing(s->o.output, &counts);
    return exit_code(end, &counts);
}

int cli_ingest(int argc, char **argv)
{
    settings s = {.o.max_record = CLI_PAGE_BYTES,
                  .o.max_nodes = CLI_PAGE_NODES};
    int code = EXIT_USAGE, first;

    s.lists = calloc((size_t)argc, sizeof *s.lists);
    if (!s.lists) {
        cli_complain("ingest: out of memory");
        return EXIT_OUTPUT;
    }
    first = cli_options("ingest", options, &s, argc, argv);
    if (first >= 0) {
        if (s.help) {
            fputs(cli_help_text("ingest"), stdout);
            code = cli_finish_stdout();
        } else {
            code = ingest(&s, (size_t)(argc - first), argv + first);
        }
    }
    free(s.lists);
    return code;
}
