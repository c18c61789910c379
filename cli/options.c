/* What the commands' options have in common. */
#include "cli.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

bool cli_parse_number(const char *command, const char *option, const char *text,
                      size_t max, size_t *out)
{
    unsigned long long n;
    char *end;

    n = strtoull(text, &end, 10);
    if (*end || *text < '0' || *text > '9' || n == 0 || n > max) {
        cli_complain("%s: %s %s: must be a whole number from 1 to %zu", command,
                     option, text, max);
        return false;
    }
    *out = (size_t)n;
    return true;
}

bool cli_is_day(const char *text)
{
    static const char shape[] = "dddd-dd-dd";
    struct tm day = {0}, same;
    size_t i;

    for (i = 0; shape[i]; i++)
        if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9'
                            : text[i] != shape[i])
            return false;
    if (text[i] && text[i] != 'T' && text[i] != ' ')
        return false;
    sscanf(text, "%4d-%2d-%2d", &day.tm_year, &day.tm_mon, &day.tm_mday);
    day.tm_year -= 1900;
    day.tm_mon--;
    same = day;
    /* February 30 becomes another day. */
    return timegm(&same) != -1
               ? same.tm_mday == day.tm_mday && same.tm_mon == day.tm_mon
               : false;
}

bool cli_complain_of_option(const char *command, int option, const char *word)
{
    char letter[] = {'-', (char)optopt, '\0'};
    const char *what = option == ':'   ? "a value is missing after"
                       : optopt >= 256 ? "no value goes with"
                                       : "there is no option";

    if (optopt > 0 && optopt < 256 && strncmp(word, "--", 2) != 0)
        word = letter;
    cli_complain("%s: %s %s; see 'dateline %s --help'", command, what, word,
                 command);
    return false;
}
