/* The dateline command: picks the verb, holds signals and complaints. */
#include "cli.h"

#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

volatile int cli_interrupted;

static void on_signal(int number)
{
    (void)number;
    cli_interrupted = 1;
}

/* Without SA_RESTART, so that a read from a pipe or a terminal ends too. */
static void catch_signals(void)
{
    struct sigaction sa;

    memset(&sa, 0, sizeof sa);
    sa.sa_handler = on_signal;
    sigaction(SIGINT, &sa, NULL);
    sigaction(SIGTERM, &sa, NULL);
    /* Connections may break too, and that is no reason to end; see
     * cli_end_by_pipe for the reader of our output. */
    signal(SIGPIPE, SIG_IGN);
    /* A file that may grow no more is an error like a full disk. */
    signal(SIGXFSZ, SIG_IGN);
}

/* Large buffers are taken from the system and given back to it, each by
 * itself: among small ones they leave holes as they grow, a third of a long
 * run's memory. glibc does so too until the first is freed. */
static void keep_memory_whole(void)
{
#ifdef M_MMAP_THRESHOLD
    mallopt(M_MMAP_THRESHOLD, 256 * 1024);
#endif
}

void cli_end_by_pipe(void)
{
    cli_progress_clear();
    signal(SIGPIPE, SIG_DFL);
    raise(SIGPIPE);
}

int cli_finish_stdout(void)
{
    if (fflush(stdout) == 0)
        return EXIT_DONE;
    if (errno == EPIPE)
        cli_end_by_pipe();
    cli_complain("standard output: cannot be written: %s", strerror(errno));
    return EXIT_OUTPUT;
}

/* Bytes of the control character at p; 0 when it is none. */
static size_t control_len(const char *p)
{
    unsigned char c = (unsigned char)*p, next = (unsigned char)p[1];

    if (c < 0x20 || c == 0x7f)
        return 1;
    return c == 0xc2 && next >= 0x80 && next < 0xa0 ? 2 : 0;
}

void cli_defuse(char *text)
{
    char *to = text;
    size_t control;

    while (*text) {
        control = control_len(text);
        *to++ = control ? '?' : *text;
        text += control ? control : 1;
    }
    *to = '\0';
}

void cli_complain(const char *format, ...)
{
    char line[2048];
    va_list args;

    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    cli_defuse(line);
    cli_progress_clear();
    fprintf(stderr, "dateline: %s\n", line);
}

typedef struct {
    const char *name;
    int (*run)(int argc, char **argv);
} verb;

static const verb verbs[] = {
    {"read", cli_read}, {"annotate", cli_annotate}, {"ingest", cli_ingest},
    {"warc", cli_warc}, {"help", cli_help},
};

static int print_version(void)
{
    printf("dateline %s\n", dtl_version());
    return cli_finish_stdout();
}

int main(int argc, char **argv)
{
    size_t i;

    catch_signals();
    keep_memory_whole();
    if (argc > 1 &&
        (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0))
        return print_version();
    if (argc > 1 &&
        (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0))
        return cli_help(1, argv);
    for (i = 0; argc > 1 && i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(argv[1], verbs[i].name) == 0)
            return verbs[i].run(argc - 1, argv + 1);
    return cli_read(argc, argv);
}
