/* dateline warc: what is in an archive file, whether it is sound, and one
 * record out of it. */
#include "cli.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    MAX_FIELDS = 64
};

typedef struct settings settings;

/* An action goes through one file, or tells why it cannot be read. */
typedef struct {
    const char *name;
    bool (*file)(settings *s, const char *name);
    bool (*arguments)(settings *s, int count, char **words);
} action;

struct settings {
    const action *action;
    cli_output out;
    const char *output;
    bool force, payload, headers, help;
    dtl_str fields[MAX_FIELDS];
    size_t field_count;
    uint64_t offset;
    /* Of the run: files that could not be read, that gave errors, that are not
     * sound, or in which nothing was found. */
    size_t unread, failed, unsound, empty;
};

static const char *shown(const char *name)
{
    return strcmp(name, "-") == 0 ? "standard input" : name;
}

/* Opens a file; false after a line on standard error. */
static bool open_file(settings *s, const char *name, dtl_warc **w)
{
    const char *path = strcmp(name, "-") == 0 ? "/dev/stdin" : name;
    dtl_error err = {0};

    if (dtl_warc_open(path, NULL, w, &err) == DTL_OK)
        return true;
    cli_complain("%s: %s", shown(name), err.message);
    s->unread++;
    return false;
}

/* A file that is gone through. */
typedef struct walk walk;

struct walk {
    settings *s;
    const char *name;
    dtl_warc *w;
    size_t records, problems;
    /* What is done with a record, and with an error: of it or of what could
     * not be read as one. */
    dtl_status (*record)(walk *k, const dtl_warc_record *r, dtl_error *err);
    bool (*tell)(walk *k, const char *message);
    dtl_error held;  /* an error that is not told yet */
    uint64_t shared; /* check: the member that was said to hold several */
    bool found[MAX_FIELDS]; /* index: the fields that some record had */
};

/* Tells of an error, but for one of damage, which is held back: what comes next
 * may be the same damage told again, by what broke the record and not by what
 * was left of it. */
static void tell_error(walk *k, dtl_status st, const dtl_error *err)
{
    if (k->s->out.error || cli_interrupted)
        return;
    if (st == DTL_SYNTAX)
        k->held = *err;
    else
        k->tell(k, err->message);
}

static void tell_held(walk *k)
{
    if (*k->held.message)
        k->tell(k, k->held.message);
    *k->held.message = '\0';
}

/* Goes through a file's records; false when the output failed. */
static bool go_through(walk *k)
{
    const dtl_warc_record *r = NULL;
    dtl_error err = {0};
    dtl_status st;

    while (dtl_warc_goes_on(k->w) && !k->s->out.error && !cli_interrupted) {
        st = dtl_warc_next(k->w, &r, &err);
        if (st != DTL_SYNTAX || err.offset != k->held.offset)
            tell_held(k);
        if (st == DTL_OK && !r)
            break;
        k->records += st == DTL_OK;
        if (st == DTL_OK)
            st = k->record(k, r, &err);
        if (st != DTL_OK)
            tell_error(k, st, &err);
    }
    tell_held(k);
    dtl_warc_free(k->w);
    return !k->s->out.error;
}

/* ---- index ----------------------------------------------------------------
 */

static dtl_str base_name(const char *name)
{
    const char *slash = strrchr(name, '/');

    return cli_str(slash ? slash + 1 : name);
}

/* Whether a field is one that the program makes, or of the HTTP message. */
static bool is_made(dtl_str name)
{
    static const char *const made[] = {"offset",    "length", "filename",
                                       "mime",      "surt",   "digest",
                                       "timestamp", "http:"};
    size_t i, len;

    for (i = 0; i < sizeof made / sizeof *made; i++) {
        len = strlen(made[i]);
        if (name.len >= len && strncasecmp(name.ptr, made[i], len) == 0 &&
            (name.len == len || made[i][len - 1] == ':'))
            return true;
    }
    return false;
}

/* Names that no record knows are misspelt, most likely. */
static void tell_unknown_fields(const walk *k)
{
    const settings *s = k->s;
    size_t i;

    for (i = 0; i < s->field_count && k->records; i++)
        if (!k->found[i])
            cli_complain("%s: no record has a field %.*s; see 'dateline warc "
                         "--help' for others",
                         shown(k->name), (int)s->fields[i].len,
                         s->fields[i].ptr);
}

static dtl_status index_record(walk *k, const dtl_warc_record *r,
                               dtl_error *err)
{
    settings *s = k->s;
    size_t i;

    for (i = 0; i < s->field_count; i++)
        k->found[i] |=
            is_made(s->fields[i]) || dtl_warc_field(r, s->fields[i]).ptr;
    if (s->field_count)
        return dtl_warc_write_fields(k->w, s->fields, s->field_count,
                                     base_name(k->name), cli_output_write,
                                     &s->out, err);
    return dtl_warc_write_cdxj(k->w, base_name(k->name), cli_output_write,
                               &s->out, err);
}

static bool complain(walk *k, const char *message)
{
    k->problems++;
    cli_complain("%s: %s", shown(k->name), message);
    return true;
}

static bool index_file(settings *s, const char *name)
{
    walk k = {.s = s, .name = name, .record = index_record, .tell = complain};
    bool ok;

    if (!open_file(s, name, &k.w))
        return true;
    ok = go_through(&k);
    tell_unknown_fields(&k);
    s->unread += k.problems && !k.records;
    s->failed += k.problems && k.records;
    return ok;
}

static bool file_arguments(settings *s, int count, char **words)
{
    (void)words;
    if (count)
        return true;
    cli_complain("warc %s: a file is missing; see 'dateline warc --help'",
                 s->action->name);
    return false;
}

/* ---- check ----------------------------------------------------------------
 */

/* A line on standard output: the file and what is wrong in it. */
static bool note_problem(walk *k, const char *message)
{
    char line[2048];

    k->problems++;
    snprintf(line, sizeof line, "%s: %s", shown(k->name), message);
    cli_defuse(line);
    return cli_output_puts(&k->s->out, line) &&
           cli_output_puts(&k->s->out, "\n");
}

static void problem(walk *k, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void problem(walk *k, const char *format, ...)
{
    char line[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    note_problem(k, line);
}

/* Where a record begins, for people. */
static const char *place_of(const dtl_warc_record *r, char text[static 64])
{
    int len = snprintf(text, 64, "byte %llu", (unsigned long long)r->offset);

    if (r->inner)
        snprintf(text + len, 64 - (size_t)len, " (%llu unpacked)",
                 (unsigned long long)r->inner);
    return text;
}

/* The fields that every WARC record must have (WARC 1.1, section 5). */
static void check_fields(walk *k, const dtl_warc_record *r)
{
    static const char *const names[] = {"WARC-Type", "WARC-Record-ID",
                                        "WARC-Date"};
    char place[64];
    size_t n;

    for (n = 0; !r->is_arc && n < sizeof names / sizeof *names; n++)
        if (!dtl_warc_field(r, cli_str(names[n])).len)
            problem(k, "the record at %s has no %s", place_of(r, place),
                    names[n]);
}

static void check_digest(walk *k, const dtl_warc_record *r,
                         dtl_digest_result result, const char *what)
{
    char place[64];

    if (result == DTL_DIGEST_WRONG)
        problem(k, "the record at %s has another %s than its digest says",
                place_of(r, place), what);
    else if (result == DTL_DIGEST_UNKNOWN)
        problem(
            k,
            "the record at %s has a digest of its %s that cannot be compared",
            place_of(r, place), what);
}

/* Records can be had singly only where each is a packed member. */
static void check_member(walk *k, const dtl_warc_record *r)
{
    if (!r->inner || k->shared == r->offset + 1)
        return;
    k->shared = r->offset + 1;
    problem(k,
            "the packed member at byte %llu holds several records, so that "
            "none can be had by itself",
            (unsigned long long)r->offset);
}

static dtl_status check_record(walk *k, const dtl_warc_record *r,
                               dtl_error *err)
{
    dtl_digest_result block, payload;
    dtl_status st;

    check_member(k, r);
    st = dtl_warc_check_digests(k->w, &block, &payload, err);
    if (st != DTL_OK)
        return st;
    check_fields(k, r);
    check_digest(k, r, block, "block");
    /* A block that is another has another payload. */
    if (block != DTL_DIGEST_WRONG || payload != DTL_DIGEST_WRONG)
        check_digest(k, r, payload, "payload");
    return DTL_OK;
}

static bool summarize(const walk *k)
{
    char line[128];

    if (k->problems)
        snprintf(line, sizeof line, ": %zu record%s, %zu problem%s\n",
                 k->records, k->records == 1 ? "" : "s", k->problems,
                 k->problems == 1 ? "" : "s");
    else if (!k->records)
        snprintf(line, sizeof line, ": holds no record\n");
    else
        snprintf(line, sizeof line, ": %zu record%s, sound\n", k->records,
                 k->records == 1 ? "" : "s");
    return cli_output_puts(&k->s->out, shown(k->name)) &&
           cli_output_puts(&k->s->out, line);
}

static bool check_file(settings *s, const char *name)
{
    walk k = {
        .s = s, .name = name, .record = check_record, .tell = note_problem};
    bool ok;

    if (!open_file(s, name, &k.w))
        return true;
    ok = go_through(&k);
    s->unsound += k.problems || !k.records;
    return ok && !cli_interrupted && summarize(&k);
}

/* ---- extract --------------------------------------------------------------
 */

static bool put(settings *s, dtl_str bytes)
{
    return cli_output_write(&s->out, bytes.ptr, bytes.len);
}

/* The head and, of an HTTP message, its head as well. */
static dtl_status extract_headers(settings *s, dtl_warc *w,
                                  const dtl_warc_record *r, dtl_error *err)
{
    const dtl_payload *p;
    dtl_status st = dtl_warc_payload(w, &p, err);

    if (st == DTL_OK && put(s, r->head) && p->is_http)
        put(s, p->head);
    return st;
}

static dtl_status extract_payload(settings *s, dtl_warc *w, const char *name,
                                  dtl_error *err)
{
    const dtl_payload *p;
    dtl_status st = dtl_warc_payload(w, &p, err);

    if (st != DTL_OK)
        return st;
    put(s, p->body);
    if (p->note)
        cli_complain("%s: byte %llu: %s", name, (unsigned long long)s->offset,
                     p->note);
    return DTL_OK;
}

/* The whole record, whatever its length. */
static dtl_status extract_whole(settings *s, dtl_warc *w,
                                const dtl_warc_record *r, dtl_error *err)
{
    dtl_status st = DTL_OK;
    dtl_str piece;

    put(s, r->head);
    do {
        st = dtl_warc_read(w, &piece, err);
    } while (st == DTL_OK && piece.len && put(s, piece) && !cli_interrupted);
    return st;
}

/* Goes to the record at the offset or the next one behind, which *r is; NULL
 * where there is none. A pipe is read up to there. */
static dtl_status find_record(const settings *s, dtl_warc *w, bool is_pipe,
                              const dtl_warc_record **r, dtl_error *err)
{
    dtl_status st = DTL_OK;
    uint64_t begin;

    *r = NULL;
    if (!is_pipe) {
        st = dtl_warc_seek(w, s->offset, &begin, err);
        return st == DTL_OK ? dtl_warc_next(w, r, err) : st;
    }
    do {
        st = dtl_warc_next(w, r, err);
    } while (st == DTL_OK ? *r && (*r)->offset < s->offset
                          : dtl_warc_goes_on(w) && err->offset < s->offset);
    return st;
}

static bool is_pipe(const char *name)
{
    struct stat st;

    return strcmp(name, "-") == 0
               ? lseek(STDIN_FILENO, 0, SEEK_CUR) < 0
               : stat(name, &st) == 0 && S_ISFIFO(st.st_mode);
}

static dtl_status extract_record(settings *s, dtl_warc *w, const char *name,
                                 dtl_error *err)
{
    const dtl_warc_record *r;
    dtl_status st = find_record(s, w, is_pipe(name), &r, err);

    if (st != DTL_OK)
        return st;
    if (!r || r->offset != s->offset) {
        cli_complain("%s: no record begins at byte %llu%s", shown(name),
                     (unsigned long long)s->offset,
                     r ? "; the next one is behind it" : "");
        s->empty++;
        return DTL_OK;
    }
    if (s->headers)
        return extract_headers(s, w, r, err);
    if (s->payload)
        return extract_payload(s, w, name, err);
    return extract_whole(s, w, r, err);
}

static bool extract_file(settings *s, const char *name)
{
    dtl_error err = {0};
    dtl_status st;
    dtl_warc *w;

    if (!open_file(s, name, &w))
        return true;
    st = extract_record(s, w, name, &err);
    dtl_warc_free(w);
    if (st != DTL_OK && !cli_interrupted) {
        cli_complain("%s: %s", shown(name), err.message);
        s->unread++;
    }
    return !s->out.error;
}

static bool extract_arguments(settings *s, int count, char **words)
{
    char *end;

    if (count != 2) {
        cli_complain("warc extract: a file and an offset are wanted; see "
                     "'dateline warc --help'");
        return false;
    }
    s->offset = strtoull(words[1], &end, 10);
    if (*end || words[1][0] < '0' || words[1][0] > '9') {
        cli_complain("warc extract: %s: an offset is a whole number of bytes",
                     words[1]);
        return false;
    }
    return true;
}

/* ---- Options --------------------------------------------------------------
 */

static const action actions[] = {
    {"index", index_file, file_arguments},
    {"check", check_file, file_arguments},
    {"extract", extract_file, extract_arguments},
};

/* "offset,length" as names. */
static bool take_fields(void *ctx, const char *list)
{
    settings *s = ctx;
    const char *comma;

    for (;; list = comma + 1) {
        comma = strchr(list, ',');
        if (s->field_count == MAX_FIELDS) {
            cli_complain("warc: --fields: more than %d names", MAX_FIELDS);
            return false;
        }
        s->fields[s->field_count] = cli_str(list);
        if (comma)
            s->fields[s->field_count].len = (size_t)(comma - list);
        if (!s->fields[s->field_count++].len) {
            cli_complain("warc: --fields: a name is missing");
            return false;
        }
        if (!comma)
            return true;
    }
}

static const cli_option options[] = {
    {"fields", 'f', CLI_CALL, .take = take_fields},
    {"payload", 0, CLI_FLAG, .at = offsetof(settings, payload)},
    {"headers", 0, CLI_FLAG, .at = offsetof(settings, headers)},
    {"output", 'o', CLI_TEXT, .at = offsetof(settings, output),
     .wanted = "the name of a file"},
    {"force", 0, CLI_FLAG, .at = offsetof(settings, force)},
    {"help", 'h', CLI_FLAG, .at = offsetof(settings, help)},
    {0},
};

/* The action that argv names; NULL after a line on standard error. */
static bool find_action(settings *s, const char *name)
{
    size_t i;

    for (i = 0; name && i < sizeof actions / sizeof *actions; i++)
        if (strcmp(actions[i].name, name) == 0)
            s->action = &actions[i];
    if (!s->action)
        cli_complain("warc: %s%sindex, check or extract is wanted; see "
                     "'dateline warc --help'",
                     name ? name : "", name ? ": " : "");
    return s->action != NULL;
}

static int exit_code(const settings *s, size_t count)
{
    if (cli_interrupted)
        return EXIT_INTERRUPTED;
    if (count > 1 && (s->unread || s->unsound || s->failed))
        return EXIT_SOME_FAILED;
    if (s->unread)
        return EXIT_USAGE;
    if (s->failed)
        return EXIT_SOME_FAILED;
    return s->unsound || s->empty ? EXIT_NOTHING : EXIT_DONE;
}

static int run(settings *s, size_t count, char **names)
{
    bool ok = true;
    size_t i;

    if (!cli_output_open(&s->out, s->output, s->force))
        return EXIT_OUTPUT;
    for (i = 0; ok && i < count && !cli_interrupted; i++)
        ok = s->action->file(s, names[i]);
    if (!cli_output_close(&s->out, ok && !cli_interrupted && !s->empty &&
                                       s->unread < count))
        return EXIT_OUTPUT;
    return exit_code(s, count);
}

int cli_warc(int argc, char **argv)
{
    static settings s;
    int count, first = cli_options("warc", options, &s, argc, argv);

    if (first < 0)
        return EXIT_USAGE;
    if (s.help) {
        fputs(cli_help_text("warc"), stdout);
        return cli_finish_stdout();
    }
    count = argc - first;
    argv += first;
    if (!find_action(&s, count ? argv[0] : NULL) ||
        !s.action->arguments(&s, count - 1, argv + 1))
        return EXIT_USAGE;
    return run(&s, s.action->file == extract_file ? 1 : (size_t)count - 1,
               argv + 1);
}
