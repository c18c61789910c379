/* dateline ingest: many inputs, archives among them, a record each. */
#include "cli.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef struct {
    dtl_ingest_options o;
    const char **lists;
    cli_progress_kind progress;
    bool quiet, help;
} settings;

enum {
    OPT_LIST = 256,
    OPT_FORCE,
    OPT_RESUME,
    OPT_QUARANTINE,
    OPT_MAX_MEMORY,
    OPT_MAX_BYTES,
    OPT_MAX_NODES,
    OPT_AS_OF,
    OPT_STATUS,
    OPT_MIME,
    OPT_LANGUAGE,
    OPT_SINCE,
    OPT_KIND,
    OPT_MIN_WORDS,
    OPT_TIMEOUT,
    OPT_USER_AGENT,
    OPT_ALLOW_PRIVATE,
    OPT_PROGRESS
};

static const struct option options[] = {
    {"output", required_argument, NULL, 'o'},
    {"jobs", required_argument, NULL, 'j'},
    {"list", required_argument, NULL, OPT_LIST},
    {"force", no_argument, NULL, OPT_FORCE},
    {"resume", no_argument, NULL, OPT_RESUME},
    {"quarantine", required_argument, NULL, OPT_QUARANTINE},
    {"max-memory", required_argument, NULL, OPT_MAX_MEMORY},
    {"max-bytes", required_argument, NULL, OPT_MAX_BYTES},
    {"max-nodes", required_argument, NULL, OPT_MAX_NODES},
    {"as-of", required_argument, NULL, OPT_AS_OF},
    {"status", required_argument, NULL, OPT_STATUS},
    {"mime", required_argument, NULL, OPT_MIME},
    {"language", required_argument, NULL, OPT_LANGUAGE},
    {"since", required_argument, NULL, OPT_SINCE},
    {"kind", required_argument, NULL, OPT_KIND},
    {"min-words", required_argument, NULL, OPT_MIN_WORDS},
    {"timeout", required_argument, NULL, OPT_TIMEOUT},
    {"user-agent", required_argument, NULL, OPT_USER_AGENT},
    {"allow-private", no_argument, NULL, OPT_ALLOW_PRIVATE},
    {"progress", required_argument, NULL, OPT_PROGRESS},
    {"quiet", no_argument, NULL, 'q'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

/* ---- Options --------------------------------------------------------------
 */

static bool wrong(const char *option, const char *value, const char *wanted)
{
    cli_complain("ingest: %s %s: must be %s", option, value, wanted);
    return false;
}

/* "2G", "512M", "64K", or bytes. */
static bool parse_size(const char *option, const char *text, size_t *out)
{
    static const char units[] = "KMG";
    unsigned long long n;
    const char *unit;
    size_t scale = 1;
    char *end;

    n = strtoull(text, &end, 10);
    unit = *end ? strchr(units, *end & ~0x20) : NULL;
    if (unit) {
        scale = (size_t)1024 << (10 * (unit - units));
        end++;
    }
    if (*text < '0' || *text > '9' || *end || !n || n > SIZE_MAX / 4 / scale)
        return wrong(option, text, "a size, as 2G, 512M or a number of bytes");
    *out = (size_t)n * scale;
    return true;
}

static bool take_number(settings *s, int option, const char *text)
{
    dtl_ingest_options *o = &s->o;
    size_t n;

    switch (option) {
    case OPT_MAX_MEMORY:
        return parse_size("--max-memory", text, &o->max_memory);
    case OPT_MAX_BYTES:
        return parse_size("--max-bytes", text, &o->max_record);
    case OPT_MAX_NODES:
        return cli_parse_number("ingest", "--max-nodes", text, UINT32_MAX - 1,
                                &o->max_nodes);
    case OPT_MIN_WORDS:
        return cli_parse_number("ingest", "--min-words", text, 1000000000,
                                &o->filter.min_words);
    case OPT_TIMEOUT:
        if (!cli_parse_number("ingest", "--timeout", text, 86400, &n))
            return false;
        o->fetch.timeout_ms = (int)n * 1000;
        return true;
    default:
        if (!cli_parse_number("ingest", "--jobs", text, 512, &n))
            return false;
        o->threads = (unsigned)n;
        return true;
    }
}

static bool take_progress(settings *s, const char *text)
{
    if (strcmp(text, "auto") == 0)
        s->progress = CLI_PROGRESS_AUTO;
    else if (strcmp(text, "json") == 0)
        s->progress = CLI_PROGRESS_JSON;
    else if (strcmp(text, "none") == 0)
        s->progress = CLI_PROGRESS_NONE;
    else
        return wrong("--progress", text, "auto, json or none");
    return true;
}

static bool take_text(settings *s, int option, const char *text)
{
    dtl_ingest_options *o = &s->o;

    switch (option) {
    case OPT_LIST:
        s->lists[o->list_count++] = text;
        return true;
    case OPT_QUARANTINE:
        o->quarantine = text;
        return *text || wrong("--quarantine", "\"\"", "the name of a folder");
    case OPT_AS_OF:
        o->as_of = text;
        return cli_is_day(text) || wrong("--as-of", text, "a date, YYYY-MM-DD");
    case OPT_STATUS:
        o->filter.status = text;
        return true;
    case OPT_MIME:
        o->filter.mime = text;
        return true;
    case OPT_LANGUAGE:
        o->filter.language = text;
        return true;
    case OPT_SINCE:
        o->filter.since = text;
        return true;
    case OPT_KIND:
        o->filter.kind = text;
        return true;
    case OPT_USER_AGENT:
        o->fetch.user_agent = text;
        return true;
    case OPT_PROGRESS:
        return take_progress(s, text);
    case 'o':
        o->output = text;
        return *text || wrong("--output", "\"\"", "the name of a file");
    default:
        return take_number(s, option, text);
    }
}

static void take_flag(settings *s, int option)
{
    switch (option) {
    case OPT_FORCE:
        s->o.force = true;
        break;
    case OPT_RESUME:
        s->o.resume = true;
        break;
    case OPT_ALLOW_PRIVATE:
        s->o.fetch.allow_private = true;
        break;
    case 'q':
        s->quiet = true;
        break;
    default:
        s->help = true;
    }
}

static bool parse_options(settings *s, int argc, char **argv)
{
    int option;

    opterr = 0;
    while ((option = getopt_long(argc, argv, ":o:j:qh", options, NULL)) != -1) {
        if (option == '?' || option == ':')
            return cli_complain_of_option("ingest", option, argv[optind - 1]);
        if (!optarg)
            take_flag(s, option);
        else if (!take_text(s, option, optarg))
            return false;
    }
    return true;
}

/* ---- What the library tells -----------------------------------------------
 */

/* What helps, by the words of a message. */
static const char *remedy(const char *text)
{
    static const struct {
        const char *words, *help;
    } remedies[] = {
        {"is there already", "; --force replaces it"},
        {"that broke off had other", "; --force begins anew"},
        {"by a run that broke off",
         "; --resume goes on with it, --force begins anew"},
        {"has a failed.jsonl already", "; --force replaces it"},
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
    static const char *const names[] = {"status ", "kind ", "since ",
                                        "max-memory:"};
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

static int ingest(settings *s, size_t count, char **names)
{
    cli_progress_state state = {.kind = s->progress};
    dtl_ingest_counts counts;
    dtl_ingest_end end;

    s->o.inputs = (const char *const *)names;
    s->o.input_count = count;
    s->o.lists = s->lists;
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
    return exit_code(end, &counts);
}

int cli_ingest(int argc, char **argv)
{
    settings s = {0};
    int code = EXIT_USAGE;

    s.lists = calloc((size_t)argc, sizeof *s.lists);
    if (!s.lists) {
        cli_complain("ingest: out of memory");
        return EXIT_OUTPUT;
    }
    if (parse_options(&s, argc, argv)) {
        if (s.help) {
            fputs(cli_help_text("ingest"), stdout);
            code = cli_finish_stdout();
        } else {
            code = ingest(&s, (size_t)(argc - optind), argv + optind);
        }
    }
    free(s.lists);
    return code;
}
