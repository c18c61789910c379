/* The dateline command: picks the verb, holds signals and complaints. */
#include "cli.h"

#include <errno.h>
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
}

void cli_complain(const char *format, ...)
{
    char line[2048];
    va_list args;
    char *p;

    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    for (p = line; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = '?';
    cli_progress_clear();
    fprintf(stderr, "dateline: %s\n", line);
}

typedef struct {
    const char *name;
    int (*run)(int argc, char **argv);
} verb;

static const verb verbs[] = {
    {"read", cli_read},
    {"help", cli_help},
};

static int print_version(void)
{
    printf("dateline %s\n", dtl_version());
    if (fflush(stdout) != 0) {
        cli_complain("cannot write standard output: %s", strerror(errno));
        return EXIT_OUTPUT;
    }
    return EXIT_DONE;
}

int main(int argc, char **argv)
{
    size_t i;

    catch_signals();
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
