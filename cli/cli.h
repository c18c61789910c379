/* What the command's parts share. The command sees of the library only
 * dateline.h. */
#ifndef CLI_H
#define CLI_H

#include <dateline.h>
#include <stdio.h>
#include <string.h>

/* NUL-terminated text, or NULL, as a slice. */
static inline dtl_str cli_str(const char *text)
{
    return (dtl_str){text, text ? strlen(text) : 0};
}

/* Exit codes, as the man page lists them. */
enum {
    EXIT_DONE = 0,
    EXIT_NOTHING = 1,     /* no article, nothing found */
    EXIT_USAGE = 2,       /* wrong usage, or the only input cannot be read */
    EXIT_SOME_FAILED = 3, /* of several inputs */
    EXIT_OUTPUT = 4,      /* the output cannot be written */
    EXIT_INTERRUPTED = 130
};

/* ---- main.c ----------------------------------------------------------- */

/* Non-zero once SIGINT or SIGTERM came. */
extern volatile int cli_interrupted;

/* Writes "dateline: " and the message as one line to standard error, with
 * control characters of file names and pages made harmless. */
void cli_complain(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* Makes each control character of text, in place, a question mark. */
void cli_defuse(char *text);

/* Flushes stdout, and returns the exit code. */
int cli_finish_stdout(void);

/* Ends as programs do whose output nobody reads any more: quietly, by
 * SIGPIPE. */
void cli_end_by_pipe(void);

/* ---- options.c --------------------------------------------------------- */

/* How an option's value is read, and what it becomes. */
typedef enum {
    CLI_FLAG,    /* no value: bool, true */
    CLI_SET,     /* no value: int or enum, max */
    CLI_TEXT,    /* const char *, which may not be empty where wanted is set */
    CLI_DAY,     /* const char *, YYYY-MM-DD; a time may follow */
    CLI_NUMBER,  /* size_t, from 1 to max */
    CLI_SIZE,    /* size_t, "64M" and the like */
    CLI_SECONDS, /* int, milliseconds */
    CLI_CHOICE,  /* int or enum: which of words */
    CLI_CALL     /* what take makes of it */
} cli_option_kind;

typedef struct {
    const char *name; /* without its dashes; NULL ends the table */
    char letter;      /* 0: it has none */
    cli_option_kind kind;
    size_t at; /* where it goes: offsetof(settings, ...) */
    size_t max;
    const char *const *words; /* up to NULL; an empty one cannot be chosen */
    const char *wanted;       /* what the value must be, for people */
    bool (*take)(void *settings, const char *text);
} cli_option;

/* Reads the options of a command into its settings. Gives the place in argv of
 * the first word that is none, or -1 after a line on standard error. */
int cli_options(const char *command, const cli_option *table, void *settings,
                int argc, char **argv);
/* Says what the value of an option must be, and gives false. */
bool cli_wrong(const char *command, const char *option, const char *value,
               const char *wanted);
/* Whether text is a day, YYYY-MM-DD; a time may follow. */
bool cli_is_day(const char *text);

/* The most that read and ingest take of a page, unless they are told. */
#define CLI_PAGE_BYTES ((size_t)16 * 1024 * 1024)
#define CLI_PAGE_NODES ((size_t)2 * 1000 * 1000)

/* ---- The commands -------------------------------------------------------- */

/* argv[0] is the command's name. Each returns the exit code. */
int cli_read(int argc, char **argv);
int cli_annotate(int argc, char **argv);
int cli_ingest(int argc, char **argv);
int cli_warc(int argc, char **argv);
int cli_help(int argc, char **argv);

/* The text of `dateline COMMAND --help`; NULL for an unknown command. */
const char *cli_help_text(const char *command);

/* ---- input.c ------------------------------------------------------------ */

typedef struct {
    dtl_str bytes;
    dtl_str url;     /* final URL of what came over HTTP; else ptr NULL */
    dtl_str charset; /* from HTTP */
    int http_status; /* 0 for what did not come over HTTP */
    char *owned;     /* behind bytes, for files and gzip */
    dtl_response *response;
} cli_input;

typedef struct {
    size_t max_bytes;
    int timeout_ms;
    const char *user_agent;
    bool allow_private;
    bool any_bytes; /* an encoding was named: do not look for binary junk */
    bool may_be_command; /* the names stand where a command may stand */
} cli_input_options;

/* Loads a file, "-" for standard input, or an http(s) URL, and unpacks gzip.
 * False after one line on standard error that names the input, the trouble
 * and the remedy. */
bool cli_input_open(cli_input *in, const char *name,
                    const cli_input_options *opts);
void cli_input_close(cli_input *in);
bool cli_is_url(const char *name);

/* ---- output.c ----------------------------------------------------------- */

typedef struct {
    int fd;
    char *final_name, *temp_name; /* NULL for standard output */
    bool force;
    int error; /* errno of the first failed write */
    size_t len;
    char buffer[64 * 1024];
} cli_output;

/* Opens standard output (name NULL) or a file that gets its name only when
 * closed. False after a line on standard error. */
bool cli_output_open(cli_output *o, const char *name, bool force);
/* A dtl_write_fn; ctx is the cli_output. */
bool cli_output_write(void *ctx, const char *bytes, size_t len);
bool cli_output_puts(cli_output *o, const char *text);
bool cli_output_flush(cli_output *o);
/* Writes what is left and, where keep is set, gives the file its name, else
 * removes it. False after a line on standard error when anything failed; does
 * not return when nobody reads the output any more. */
bool cli_output_close(cli_output *o, bool keep);
bool cli_output_is_terminal(const cli_output *o);

/* ---- terminal.c --------------------------------------------------------- */

typedef struct {
    bool colour;
    int width; /* columns */
    bool links;
} cli_terminal;

/* Draws an article for people: wrapped, headings and names set off. False
 * when writing failed. */
bool cli_terminal_write(const cli_terminal *t, const dtl_article *a,
                        cli_output *o);

/* ---- progress.c --------------------------------------------------------- */

/* Shows on a terminal how far a run of several inputs is; silent where
 * standard error is no terminal or the run is short. */
void cli_progress(size_t done, size_t total, size_t failed);
void cli_progress_clear(void);

typedef enum {
    CLI_PROGRESS_AUTO, /* a bar where standard error is a terminal */
    CLI_PROGRESS_JSON, /* a line a second, for programs */
    CLI_PROGRESS_NONE
} cli_progress_kind;

typedef struct {
    cli_progress_kind kind;
    double start, last; /* seconds */
} cli_progress_state;

/* Starts the clock of a run of ingest. Whether there is anything to show. */
bool cli_progress_begin(cli_progress_state *s);
void cli_ingest_progress(cli_progress_state *s, const dtl_ingest_counts *c,
                         uint64_t total);
/* All that could not be read. */
uint64_t cli_ingest_failures(const dtl_ingest_counts *c);
/* What came of a run, in a few lines. */
void cli_ingest_summary(const cli_progress_state *s, const dtl_ingest_counts *c,
                        dtl_ingest_end end);

#endif
