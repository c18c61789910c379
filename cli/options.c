/* The options of a command: one table a command, read by one loop.
 *
 * A row says how an option's value is read and where it goes in the command's
 * settings; what a row cannot say is a function of the command's. Whatever is
 * wrong is told in one line that names command, option, value and what is
 * wanted. */
#include "cli.h"

#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    ROWS_MAX = 64,
    FIRST_LONG = 256, /* getopt's values of options without a letter */
    SECONDS_MAX = 86400
};

/* ---- Values ---------------------------------------------------------------
 */

bool cli_wrong(const char *command, const char *option, const char *value,
               const char *wanted)
{
    cli_complain("%s: --%s %s: must be %s", command, option,
                 *value ? value : "\"\"", wanted);
    return false;
}

static bool parse_number(const char *command, const cli_option *o,
                         const char *text, size_t max, size_t *out)
{
    unsigned long long n;
    char wanted[64], *end;

    n = strtoull(text, &end, 10);
    if (*end || *text < '0' || *text > '9' || n == 0 || n > max) {
        snprintf(wanted, sizeof wanted, "a whole number from 1 to %zu", max);
        return cli_wrong(command, o->name, text, wanted);
    }
    *out = (size_t)n;
    return true;
}

/* "2G", "512M", "64K", or bytes. */
static bool parse_size(const char *command, const cli_option *o,
                       const char *text, size_t *out)
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
        return cli_wrong(command, o->name, text,
                         "a size, as 2G, 512M or a number of bytes");
    *out = (size_t)n * scale;
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

static bool is_last(const char *const *words, size_t i)
{
    while (words[++i])
        if (*words[i])
            return false;
    return true;
}

/* One of some words, as its number. An empty word is a number that has none. */
static bool parse_choice(const char *command, const cli_option *o,
                         const char *text, int *out)
{
    char wanted[256] = "";
    size_t i, len = 0;

    for (i = 0; o->words[i]; i++) {
        if (*text && strcmp(text, o->words[i]) == 0) {
            *out = (int)i;
            return true;
        }
        if (*o->words[i] && len < sizeof wanted)
            len += (size_t)snprintf(wanted + len, sizeof wanted - len, "%s%s",
                                    !len                   ? ""
                                    : is_last(o->words, i) ? " or "
                                                           : ", ",
                                    o->words[i]);
    }
    return cli_wrong(command, o->name, text, wanted);
}

static bool take(const char *command, const cli_option *o, void *settings,
                 const char *text)
{
    void *to = (char *)settings + o->at;
    size_t n;

    switch (o->kind) {
    case CLI_FLAG:
        *(bool *)to = true;
        return true;
    case CLI_SET:
        *(int *)to = (int)o->max;
        return true;
    case CLI_TEXT:
        *(const char **)to = text;
        return *text || !o->wanted ||
               cli_wrong(command, o->name, text, o->wanted);
    case CLI_DAY:
        *(const char **)to = text;
        return cli_is_day(text) ||
               cli_wrong(command, o->name, text, "a date, YYYY-MM-DD");
    case CLI_NUMBER:
        return parse_number(command, o, text, o->max, to);
    case CLI_SIZE:
        return parse_size(command, o, text, to);
    case CLI_SECONDS:
        if (!parse_number(command, o, text, SECONDS_MAX, &n))
            return false;
        *(int *)to = (int)n * 1000;
        return true;
    case CLI_CHOICE:
        return parse_choice(command, o, text, to);
    case CLI_CALL:
        break;
    }
    return o->take(settings, text);
}

/* ---- The loop -------------------------------------------------------------
 */

/* Says what is wrong with an option that getopt_long did not take; it has left
 * it in optopt: a letter, the value of a long option, or 0 for an unknown
 * word. */
static void complain_of(const char *command, int option, const char *word)
{
    char letter[] = {'-', (char)optopt, '\0'};
    const char *what = option == ':'          ? "a value is missing after"
                       : optopt >= FIRST_LONG ? "no value goes with"
                                              : "there is no option";

    if (optopt > 0 && optopt < FIRST_LONG && strncmp(word, "--", 2) != 0)
        word = letter;
    else if (optopt > 0 && optopt < FIRST_LONG && option == '?' &&
             strchr(word, '='))
        what = "no value goes with";
    cli_complain("%s: %s %s; see 'dateline %s --help'", command, what, word,
                 command);
}

static bool has_value(const cli_option *o)
{
    return o->kind != CLI_FLAG && o->kind != CLI_SET;
}

static int value_of(const cli_option *table, size_t i)
{
    return table[i].letter ? table[i].letter : FIRST_LONG + (int)i;
}

static const cli_option *find(const cli_option *table, int option)
{
    size_t i;

    for (i = 0; value_of(table, i) != option; i++)
        ;
    return &table[i];
}

/* What getopt_long wants to know. */
static void describe(const cli_option *table, struct option *options,
                     char *letters)
{
    size_t i;

    *letters++ = ':';
    for (i = 0; table[i].name && i < ROWS_MAX; i++) {
        options[i] = (struct option){
            table[i].name, has_value(&table[i]) ? required_argument : 0, NULL,
            value_of(table, i)};
        if (!table[i].letter)
            continue;
        *letters++ = table[i].letter;
        if (has_value(&table[i]))
            *letters++ = ':';
    }
    options[i] = (struct option){0};
    *letters = '\0';
}

int cli_options(const char *command, const cli_option *table, void *settings,
                int argc, char **argv)
{
    struct option options[ROWS_MAX + 1];
    char letters[2 * ROWS_MAX + 2];
    int option;

    describe(table, options, letters);
    opterr = 0;
    while ((option = getopt_long(argc, argv, letters, options, NULL)) != -1) {
        if (option == '?' || option == ':') {
            complain_of(command, option, argv[optind - 1]);
            return -1;
        }
        if (!take(command, find(table, option), settings, optarg))
            return -1;
    }
    return optind;
}
