/* dateline read: pages in, an article each out. */
#include "cli.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

typedef enum {
    COLOUR_AUTO,
    COLOUR_ALWAYS,
    COLOUR_NEVER
} colour;

typedef struct {
    dtl_format format;
    const char *property;
    const char *output;
    const char *url, *encoding, *as_of;
    colour colour;
    size_t width; /* 0: the terminal's */
    size_t max_nodes;
    bool links, explain, force, quiet, help;
    cli_input_options input;
} settings;

static const char *const formats[] = {
    [DTL_FORMAT_TEXT] = "text", [DTL_FORMAT_MARKDOWN] = "markdown",
    [DTL_FORMAT_JSON] = "json", [DTL_FORMAT_JSON_PRETTY] = "",
    [DTL_FORMAT_HTML] = "html", NULL};
static const char *const colours[] = {"auto", "always", "never", NULL};

static const cli_option options[] = {
    {"format", 0, CLI_CHOICE, .at = offsetof(settings, format),
     .words = formats},
    {"text", 0, CLI_SET, .at = offsetof(settings, format),
     .max = DTL_FORMAT_TEXT},
    {"markdown", 0, CLI_SET, .at = offsetof(settings, format),
     .max = DTL_FORMAT_MARKDOWN},
    {"json", 0, CLI_SET, .at = offsetof(settings, format),
     .max = DTL_FORMAT_JSON},
    {"html", 0, CLI_SET, .at = offsetof(settings, format),
     .max = DTL_FORMAT_HTML},
    {"property", 'p', CLI_TEXT, .at = offsetof(settings, property)},
    {"links", 0, CLI_FLAG, .at = offsetof(settings, links)},
    {"explain", 0, CLI_FLAG, .at = offsetof(settings, explain)},
    {"output", 'o', CLI_TEXT, .at = offsetof(settings, output),
     .wanted = "the name of a file"},
    {"force", 0, CLI_FLAG, .at = offsetof(settings, force)},
    {"color", 0, CLI_CHOICE, .at = offsetof(settings, colour),
     .words = colours},
    {"colour", 0, CLI_CHOICE, .at = offsetof(settings, colour),
     .words = colours},
    {"width", 0, CLI_NUMBER, .at = offsetof(settings, width), .max = 10000},
    {"url", 0, CLI_TEXT, .at = offsetof(settings, url)},
    {"encoding", 0, CLI_TEXT, .at = offsetof(settings, encoding)},
    {"as-of", 0, CLI_DAY, .at = offsetof(settings, as_of)},
    {"max-bytes", 0, CLI_SIZE, .at = offsetof(settings, input.max_bytes)},
    {"max-nodes", 0, CLI_NUMBER, .at = offsetof(settings, max_nodes),
     .max = UINT32_MAX - 1},
    {"timeout", 0, CLI_SECONDS, .at = offsetof(settings, input.timeout_ms)},
    {"user-agent", 0, CLI_TEXT, .at = offsetof(settings, input.user_agent)},
    {"allow-private", 0, CLI_FLAG,
     .at = offsetof(settings, input.allow_private)},
    {"quiet", 'q', CLI_FLAG, .at = offsetof(settings, quiet)},
    {"help", 'h', CLI_FLAG, .at = offsetof(settings, help)},
    {0},
};

/* ---- Output -------------------------------------------------------------- */

static int terminal_width(void)
{
    struct winsize w;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) != 0 || w.ws_col < 20)
        return 80;
    return w.ws_col < 88 ? w.ws_col : 88;
}

static bool wants_colour(const settings *s, bool terminal)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

    if (s->colour != COLOUR_AUTO)
        return s->colour == COLOUR_ALWAYS;
    return terminal && !(no && *no) && !(term && strcmp(term, "dumb") == 0);
}

typedef struct {
    const settings *s;
    dtl_reader *reader;
    cli_output *out;
    cli_terminal terminal;
    bool people; /* draw text for people */
    size_t written, failed, articles, total;
} run;

static bool write_property(run *r, const dtl_article *a)
{
    dtl_error err;

    return dtl_article_write_property(
               a, (dtl_str){r->s->property, strlen(r->s->property)},
               cli_output_write, r->out, &err) == DTL_OK;
}

/* Parts several articles from each other, in the formats that do not. */
static bool write_heading(run *r, const char *name)
{
    char *shown;
    bool ok = true;

    if (r->total < 2 || (r->s->format != DTL_FORMAT_TEXT &&
                         r->s->format != DTL_FORMAT_MARKDOWN && !r->s->explain))
        return true;
    if (r->s->format == DTL_FORMAT_MARKDOWN && !r->s->explain)
        return !r->written || cli_output_puts(r->out, "\n---\n\n");
    if (r->written)
        ok = cli_output_puts(r->out, "\n");
    shown = strdup(name);
    if (shown)
        cli_defuse(shown);
    ok = ok && cli_output_puts(r->out, "==> ") &&
         cli_output_puts(r->out, shown ? shown : "?") &&
         cli_output_puts(r->out, " <==\n");
    free(shown);
    return ok;
}

static bool write_article(run *r, const char *name, const dtl_article *a)
{
    dtl_write_options wo = {.links = r->s->links};
    dtl_format format = r->s->format;

    if (r->s->property)
        return write_property(r, a);
    if (!write_heading(r, name))
        return false;
    if (r->s->explain)
        format = DTL_FORMAT_EXPLAIN;
    else if (format == DTL_FORMAT_TEXT && r->people)
        return cli_terminal_write(&r->terminal, a, r->out);
    else if (format == DTL_FORMAT_JSON && r->total == 1 &&
             cli_output_is_terminal(r->out))
        format = DTL_FORMAT_JSON_PRETTY;
    if (dtl_article_write(a, format, &wo, cli_output_write, r->out) != DTL_OK)
        return false;
    return format != DTL_FORMAT_JSON && format != DTL_FORMAT_JSON_PRETTY
               ? true
               : cli_output_puts(r->out, "\n");
}

/* ---- Pages --------------------------------------------------------------- */

static dtl_status read_one(run *r, const char *name, const cli_input *in,
                           const dtl_article **out, dtl_error *err)
{
    dtl_read_options ro = {.url = r->s->url ? cli_str(r->s->url) : in->url,
                           .charset = in->charset,
                           .http_status = in->http_status,
                           .encoding = cli_str(r->s->encoding),
                           .as_of = cli_str(r->s->as_of),
                           .max_nodes = r->s->max_nodes,
                           .explain = r->s->explain};

    if (strcmp(name, "-") != 0 && !cli_is_url(name))
        ro.file = cli_str(name);
    return dtl_is_record(in->bytes)
               ? dtl_reader_read_record(r->reader, in->bytes, &ro, out, err)
               : dtl_reader_read(r->reader, in->bytes, &ro, out, err);
}

static bool is_found(const dtl_article *a)
{
    return dtl_article_status(a) == DTL_STATUS_ARTICLE ||
           dtl_article_status(a) == DTL_STATUS_STUB;
}

/* Says that a page has no article, or its beginning alone, where what is
 * written does not. */
static void warn_of_none(const run *r, const char *name, const dtl_article *a)
{
    const settings *s = r->s;
    dtl_str reason = dtl_article_reason(a);
    bool stub = dtl_article_status(a) == DTL_STATUS_STUB;
    bool told = s->format == DTL_FORMAT_JSON ||
                (s->format == DTL_FORMAT_TEXT && r->people);

    if (s->quiet || dtl_article_status(a) == DTL_STATUS_ARTICLE ||
        (told && !s->property && !s->explain))
        return;
    if (stub && !reason.len)
        reason = cli_str("the rest is withheld");
    cli_complain(
        "%s: %s%s%s%.*s%s", strcmp(name, "-") == 0 ? "standard input" : name,
        stub ? "" : "no article: ", dtl_page_status_name(dtl_article_status(a)),
        reason.len ? ": " : "", (int)reason.len, reason.len ? reason.ptr : "",
        dtl_article_status(a) == DTL_STATUS_REFUSED
            ? "; --max-nodes raises the limit"
            : "");
}

/* Reads and writes one page. False when the run has to end. */
static bool do_page(run *r, const char *name)
{
    const dtl_article *a;
    dtl_error err = {0};
    cli_input in;
    bool ok = true;

    if (!cli_input_open(&in, name, &r->s->input)) {
        r->failed += !cli_interrupted;
    } else if (read_one(r, name, &in, &a, &err) != DTL_OK) {
        cli_complain("%s: %s", name, err.message);
        r->failed++;
    } else {
        ok = write_article(r, name, a);
        r->written += ok;
        r->articles += is_found(a);
        warn_of_none(r, name, a);
    }
    cli_input_close(&in);
    return ok;
}

static int outcome(const run *r, bool written)
{
    if (!written)
        return EXIT_OUTPUT;
    if (cli_interrupted)
        return EXIT_INTERRUPTED;
    if (r->failed)
        return r->total == 1 ? EXIT_USAGE : EXIT_SOME_FAILED;
    return r->articles ? EXIT_DONE : EXIT_NOTHING;
}

static int do_pages(run *r, char **names)
{
    bool ok = true;
    size_t i;

    for (i = 0; ok && i < r->total && !cli_interrupted; i++) {
        ok = do_page(r, names[i]);
        if (!r->s->quiet && r->total > 1)
            cli_progress(i + 1, r->total, r->failed);
    }
    cli_progress_clear();
    if (!cli_output_close(r->out, r->written > 0))
        ok = false;
    return outcome(r, ok);
}

/* Names that nobody knows are found out before any page is read. */
static bool check_property(const char *name)
{
    char known[512] = "";
    const char *one;
    size_t i, len = 0;

    for (i = 0; name && (one = dtl_property_name(i)); i++) {
        if (strcmp(name, one) == 0)
            return true;
        len += (size_t)snprintf(known + len, sizeof known - len, "%s%s",
                                i ? ", " : "", one);
        if (len >= sizeof known)
            len = sizeof known - 1;
    }
    if (name)
        cli_complain("read: --property %s: must be one of %s", name, known);
    return !name;
}

static bool check_encoding(dtl_reader *reader, const char *label)
{
    dtl_read_options ro = {.encoding = cli_str(label)};
    const dtl_article *a;

    if (!label)
        return true;
    if (*label &&
        dtl_reader_read(reader, cli_str("x"), &ro, &a, NULL) == DTL_OK)
        return true;
    return cli_wrong(
        "read", "encoding", label,
        "a label of the Encoding standard, as utf-8 or windows-1252");
}

/* An address that is none is no reason to leave the page unread. */
static void warn_of_url(const settings *s)
{
    if (s->url && !cli_is_url(s->url) && !s->quiet)
        cli_complain("read: --url %s: is not used; it is no http or https "
                     "address",
                     s->url);
}

static int read_pages(const settings *s, size_t count, char **names)
{
    static cli_output out;
    run r = {.s = s, .out = &out, .total = count};
    bool terminal;
    int code;

    r.reader = dtl_reader_new();
    if (!r.reader) {
        cli_complain("out of memory");
        return EXIT_USAGE;
    }
    if (!check_property(s->property) ||
        !check_encoding(r.reader, s->encoding)) {
        dtl_reader_free(r.reader);
        return EXIT_USAGE;
    }
    if (!cli_output_open(&out, s->output, s->force)) {
        cli_output_close(&out, false);
        dtl_reader_free(r.reader);
        return EXIT_OUTPUT;
    }
    warn_of_url(s);
    terminal = cli_output_is_terminal(&out);
    r.people = terminal || s->width || s->colour == COLOUR_ALWAYS;
    r.terminal =
        (cli_terminal){.colour = wants_colour(s, terminal),
                       .width = s->width ? (int)s->width : terminal_width(),
                       .links = s->links};
    code = do_pages(&r, names);
    dtl_reader_free(r.reader);
    return code;
}

int cli_read(int argc, char **argv)
{
    static char dash[] = "-";
    char *standard_input[] = {dash};
    settings s = {.input.max_bytes = CLI_PAGE_BYTES,
                  .max_nodes = CLI_PAGE_NODES};
    int first = cli_options("read", options, &s, argc, argv);

    if (first < 0)
        return EXIT_USAGE;
    if (s.output && strcmp(s.output, "-") == 0)
        s.output = NULL;
    s.input.any_bytes = s.encoding != NULL;
    s.input.may_be_command = strcmp(argv[0], "read") != 0;
    if (s.help) {
        char read_name[] = "read", *help[] = {read_name, read_name};

        return cli_help(2, help);
    }
    if (first < argc)
        return read_pages(&s, (size_t)(argc - first), argv + first);
    if (isatty(STDIN_FILENO)) {
        cli_complain("read: no page is named; see 'dateline --help'");
        return EXIT_USAGE;
    }
    return read_pages(&s, 1, standard_input);
}
