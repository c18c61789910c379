/* Where pages come from: files, standard input, HTTP.
 *
 * What is plainly no page is turned away here with the remedy, before a
 * reader that repairs everything makes an article of it. */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    MAX_LAYERS = 3 /* of gzip in gzip */
};

bool cli_is_url(const char *name)
{
    return strncasecmp(name, "http://", 7) == 0 ||
           strncasecmp(name, "https://", 8) == 0;
}

static const char *shown(const char *name)
{
    return strcmp(name, "-") == 0 ? "standard input" : name;
}

/* Reads fd to its end. On success in->owned holds the bytes. */
static bool read_all(cli_input *in, int fd, const char *name, size_t max)
{
    size_t cap = 64 * 1024, len = 0;
    struct stat st;
    char *bytes, *moved;
    ssize_t got;

    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0)
        cap = (size_t)st.st_size + 1;
    if (cap > max)
        cap = max + 1;
    bytes = malloc(cap);
    while (bytes) {
        if (cli_interrupted) {
            free(bytes);
            return false;
        }
        got = read(fd, bytes + len, cap - len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            cli_complain("%s: cannot be read: %s", shown(name),
                         strerror(errno));
            free(bytes);
            return false;
        }
        if (got == 0) {
            in->owned = bytes;
            in->bytes = (dtl_str){bytes, len};
            return true;
        }
        len += (size_t)got;
        if (len > max) {
            cli_complain("%s: is larger than %zu bytes; --max-bytes raises "
                         "the limit",
                         shown(name), max);
            free(bytes);
            return false;
        }
        if (len == cap) {
            cap = cap > max / 2 ? max + 1 : cap * 2;
            moved = realloc(bytes, cap);
            if (!moved)
                free(bytes);
            bytes = moved;
        }
    }
    cli_complain("%s: out of memory", shown(name));
    return false;
}

/* What helps when there is no file of that name, by what the name looks like:
 * a command, or an address. */
static const char *no_file_help(const char *name, bool may_be_command)
{
    if (may_be_command && *name &&
        name[strspn(name, "abcdefghijklmnopqrstuvwxyz")] == '\0')
        return "; nor is it a command: see 'dateline --help'";
    if (strstr(name, "://"))
        return "; addresses begin with http:// or https://";
    if (strncasecmp(name, "www.", 4) == 0)
        return "; an address would begin with https://";
    return "";
}

static bool read_file(cli_input *in, const char *name,
                      const cli_input_options *opts)
{
    size_t max = opts->max_bytes;
    struct stat st;
    bool ok;
    int fd;

    if (strcmp(name, "-") == 0)
        return read_all(in, STDIN_FILENO, name, max);
    if (stat(name, &st) == 0 && S_ISDIR(st.st_mode)) {
        cli_complain("%s: is a directory; name the pages in it", name);
        return false;
    }
    fd = open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == EINTR)
        return false; /* a named pipe that nobody writes to, interrupted */
    if (fd < 0) {
        cli_complain("%s: cannot be opened: %s%s", *name ? name : "\"\"",
                     strerror(errno),
                     errno == ENOENT ? no_file_help(name, opts->may_be_command)
                                     : "");
        return false;
    }
    ok = read_all(in, fd, name, max);
    close(fd);
    return ok;
}

/* ---- HTTP ---------------------------------------------------------------- */

static bool is_page_type(dtl_str type)
{
    static const char *const types[] = {"text/", "application/xhtml",
                                        "application/xml", "application/gzip",
                                        "application/x-gzip"};
    size_t i;

    for (i = 0; i < sizeof types / sizeof *types; i++)
        if (type.len >= strlen(types[i]) &&
            strncasecmp(type.ptr, types[i], strlen(types[i])) == 0)
            return true;
    return type.len == 0;
}

/* What helps against a failure, by words of its message. */
static const char *remedy(const char *message)
{
    static const struct {
        const char *words, *help;
    } remedies[] = {
        {"private address", "; --allow-private lets it through"},
        {"is larger than", "; --max-bytes raises the limit"},
        {"no whole answer", "; --timeout gives it longer"},
    };
    size_t i;

    for (i = 0; i < sizeof remedies / sizeof *remedies; i++)
        if (strstr(message, remedies[i].words))
            return remedies[i].help;
    return "";
}

static bool read_url(cli_input *in, const char *name,
                     const cli_input_options *opts)
{
    dtl_fetch_options fo = {.max_bytes = opts->max_bytes,
                            .timeout_ms = opts->timeout_ms,
                            .user_agent = opts->user_agent,
                            .allow_private = opts->allow_private,
                            .cancel = &cli_interrupted};
    dtl_error err;
    dtl_str type;

    if (dtl_fetch(name, &fo, &in->response, &err) != DTL_OK) {
        if (!cli_interrupted)
            cli_complain("%s: %s%s", name, err.message, remedy(err.message));
        return false;
    }
    type = in->response->content_type;
    if (!is_page_type(type)) {
        cli_complain("%s: the server sent %.*s, not a page", name,
                     (int)type.len, type.ptr);
        return false;
    }
    in->http_status = in->response->http_status;
    if (in->http_status >= 400 && !in->response->body.len) {
        cli_complain("%s: the server answered with status %d and no page", name,
                     in->http_status);
        return false;
    }
    in->bytes = in->response->body;
    in->url = in->response->url;
    in->charset = in->response->charset;
    return true;
}

/* ---- What is no page ------------------------------------------------------
 */

/* Bytes that no text has (the MIME Sniffing standard's binary data bytes),
 * by a tenth and more of the beginning; UTF-16 says so by its mark. */
static bool is_binary(dtl_str b)
{
    size_t head = b.len < 4096 ? b.len : 4096, odd = 0, i;
    unsigned char c;

    if (b.len >= 2 && (memcmp(b.ptr, "\xff\xfe", 2) == 0 ||
                       memcmp(b.ptr, "\xfe\xff", 2) == 0))
        return false;
    for (i = 0; i < head; i++) {
        c = (unsigned char)b.ptr[i];
        odd += c <= 8 || c == 0x0b || (c >= 0x0e && c <= 0x1a) ||
               (c >= 0x1c && c <= 0x1f);
    }
    return odd * 10 > head;
}

static bool unpack(cli_input *in, const char *name, size_t max)
{
    dtl_error err;
    char *out;
    size_t len;

    if (dtl_gunzip(in->bytes, max, &out, &len, &err) != DTL_OK) {
        cli_complain("%s: %s%s", shown(name), err.message,
                     err.code == DTL_LIMIT ? "; --max-bytes raises the limit"
                                           : "; get the file anew");
        return false;
    }
    free(in->owned);
    in->owned = malloc(len ? len : 1);
    if (in->owned && len)
        memcpy(in->owned, out, len);
    dtl_release(out);
    in->bytes = (dtl_str){in->owned, in->owned ? len : 0};
    if (!in->owned)
        cli_complain("%s: out of memory", shown(name));
    return in->owned != NULL;
}

bool cli_input_open(cli_input *in, const char *name,
                    const cli_input_options *opts)
{
    const char *what;
    int layers = 0;

    memset(in, 0, sizeof *in);
    if (!(cli_is_url(name) ? read_url(in, name, opts)
                           : read_file(in, name, opts)))
        return false;
    /* Servers and archives pack again what was packed. */
    while (dtl_is_gzip(in->bytes) && layers++ < MAX_LAYERS)
        if (!unpack(in, name, opts->max_bytes))
            return false;
    if (!in->bytes.ptr || !in->bytes.len) {
        cli_complain("%s: is empty", shown(name));
        return false;
    }
    what = dtl_not_a_page(in->bytes);
    if (!what && !opts->any_bytes && is_binary(in->bytes))
        what = "binary data, not a page; --encoding names an unusual encoding";
    if (what)
        cli_complain("%s: is %s", shown(name), what);
    return !what;
}

void cli_input_close(cli_input *in)
{
    free(in->owned);
    dtl_response_free(in->response);
    memset(in, 0, sizeof *in);
}
