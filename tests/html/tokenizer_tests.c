/* Runs cases of the tokenizer and compares the tokens.
 *
 *     tokenizer-tests [FILE...]
 *
 * Files are those of cases/tokenizer, whose README says how they are
 * written; without a file, cases are read from standard input. Each failed
 * case is shown; the last line is "N passed, N failed". */
#include "base/alloc.h"
#include "base/str.h"
#include "html/tokenizer.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct {
    int line;
    dtl_buf input, want, last;
    dtl_token_state state;
    bool has_input, cdata, comments_for_pi;
} test_input;

static struct {
    int passed, failed;
} counts;

static void die(const char *file, int line, const char *what)
{
    fprintf(stderr, "%s:%d: %s\n", file, line, what);
    exit(2);
}

/* ---- Quoted text ------------------------------------------------------ */

static void put_escaped(dtl_buf *out, dtl_str s, const char *also)
{
    size_t i;

    for (i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        if (c == '\n')
            dtl_buf_puts(out, "\\n");
        else if (c < 0x20 || c == 0x7f)
            dtl_buf_printf(out, "\\x%02X", c);
        else if (strchr(also, c))
            dtl_buf_printf(out, "\\%c", c);
        else
            dtl_buf_putc(out, (char)c);
    }
}

static void put_quoted(dtl_buf *out, dtl_str s)
{
    dtl_buf_putc(out, '"');
    put_escaped(out, s, "\"\\");
    dtl_buf_putc(out, '"');
}

static unsigned hex_value(char c)
{
    return dtl_is_digit(c) ? (unsigned)(c - '0')
                           : (unsigned)((c | 0x20) - 'a' + 10);
}

static char unescaped(const char **p)
{
    const char *at = (*p)++;
    char c = *at;

    if (c == 'x' && at[1] && at[2]) {
        c = (char)(hex_value(at[1]) * 16 + hex_value(at[2]));
        *p = at + 3;
    } else if (c == 'n') {
        c = '\n';
    } else if (c == 'r') {
        c = '\r';
    } else if (c == 't') {
        c = '\t';
    }
    return c;
}

/* Text between a line's first quote and its last one; false where it does
 * not begin and end with one. */
static bool read_quoted(dtl_str line, dtl_buf *out)
{
    const char *p = line.ptr + 1, *end = line.ptr + line.len - 1;

    if (line.len < 2 || *line.ptr != '"' || *end != '"')
        return false;
    while (p < end) {
        if (*p != '\\') {
            dtl_buf_putc(out, *p++);
        } else {
            p++;
            dtl_buf_putc(out, unescaped(&p));
        }
    }
    return true;
}

/* ---- Tokens as lines -------------------------------------------------- */

typedef struct {
    const test_input *test;
    dtl_html_doc doc;
    dtl_html_tokenizer t;
    dtl_html_token token;
    dtl_buf lines, text; /* text: characters not yet written */
    uint32_t at;         /* end of the last token */
} run;

static void put_range(run *r, const char *word, uint32_t start, uint32_t end,
                      uint8_t flags)
{
    dtl_buf b = {0};

    dtl_html_append_range(&r->doc, start, end, flags, false, &b);
    dtl_buf_printf(&r->lines, "%s ", word);
    put_quoted(&r->lines, dtl_buf_view(&b));
    dtl_buf_putc(&r->lines, '\n');
    dtl_buf_clear(&b);
}

static void put_tag(run *r, const char *word)
{
    uint32_t i;

    dtl_buf_printf(&r->lines, "%s ", word);
    put_escaped(&r->lines, dtl_html_name(&r->doc, r->token.name), "");
    for (i = 0; i < r->token.attr_count; i++) {
        const dtl_html_attr *a = &r->doc.attrs[r->token.attr_first + i];

        dtl_buf_putc(&r->lines, ' ');
        put_escaped(&r->lines, dtl_html_name(&r->doc, a->name), "");
        dtl_buf_putc(&r->lines, '=');
        put_quoted(&r->lines, dtl_html_attr_text(&r->doc, a));
    }
    if (r->token.type == DTL_TOKEN_START_TAG && r->token.self_closing)
        dtl_buf_puts(&r->lines, " /");
    dtl_buf_putc(&r->lines, '\n');
}

static void put_optional(dtl_buf *out, dtl_str s)
{
    dtl_buf_putc(out, ' ');
    if (s.ptr)
        put_quoted(out, s);
    else
        dtl_buf_putc(out, '-');
}

static void put_doctype(run *r)
{
    const dtl_html_doctype *d = &r->token.doctype;

    dtl_buf_puts(&r->lines, "doctype");
    put_optional(&r->lines, d->name);
    put_optional(&r->lines, d->public_id);
    put_optional(&r->lines, d->system_id);
    dtl_buf_puts(&r->lines, r->token.force_quirks ? " quirks\n" : "\n");
}

/* Suites older than processing instructions see a comment there, also in one
 * that the text's end cuts off. */
static void put_pi(run *r)
{
    const dtl_html_token *k = &r->token;

    if (r->test->comments_for_pi) {
        put_range(r, "comment", k->start + 1, k->end - 1,
                  DTL_TEXT_CR | DTL_TEXT_NUL);
        return;
    }
    dtl_buf_puts(&r->lines, "pi ");
    put_quoted(&r->lines, k->pi.target);
    put_optional(&r->lines, k->pi.data);
    dtl_buf_putc(&r->lines, '\n');
}

static void put_cut_pi(run *r)
{
    dtl_str rest = dtl_str_sub(r->doc.text, r->at, r->doc.text.len);

    if (r->test->comments_for_pi && dtl_str_starts(rest, DTL_STR("<?")))
        put_range(r, "comment", r->at + 1, r->token.end,
                  DTL_TEXT_CR | DTL_TEXT_NUL);
}

static void flush_text(run *r)
{
    if (!r->text.len)
        return;
    dtl_buf_puts(&r->lines, "text ");
    put_quoted(&r->lines, dtl_buf_view(&r->text));
    dtl_buf_putc(&r->lines, '\n');
    dtl_buf_reset(&r->text);
}

static void put_token(run *r, dtl_token_state state)
{
    const dtl_html_token *k = &r->token;
    uint8_t flags = k->text_flags;

    if (k->type == DTL_TOKEN_TEXT) {
        /* NUL passes through these two states unchanged. */
        if (state == DTL_STATE_DATA || state == DTL_STATE_CDATA_SECTION)
            flags &= (uint8_t)~DTL_TEXT_NUL;
        dtl_html_append_range(&r->doc, k->start, k->end, flags, false,
                              &r->text);
        return;
    }
    flush_text(r);
    if (k->type == DTL_TOKEN_START_TAG)
        put_tag(r, "start");
    else if (k->type == DTL_TOKEN_END_TAG)
        put_tag(r, "end");
    else if (k->type == DTL_TOKEN_COMMENT)
        put_range(r, "comment", k->data_start, k->data_end, flags);
    else if (k->type == DTL_TOKEN_DOCTYPE)
        put_doctype(r);
    else if (k->type == DTL_TOKEN_PI)
        put_pi(r);
    else
        put_cut_pi(r);
}

static void tokenize(run *r)
{
    dtl_token_state state;

    do {
        state = (dtl_token_state)r->t.state;
        if (dtl_html_tokenizer_next(&r->t, &r->token) != DTL_OK)
            die("tokenizer-tests", r->test->line, "out of memory");
        put_token(r, state);
        r->at = r->token.end;
    } while (r->token.type != DTL_TOKEN_EOF);
}

static void run_test(const char *file, test_input *test)
{
    run r = {.test = test};

    r.doc.text = dtl_buf_view(&test->input);
    if (!r.doc.text.ptr)
        r.doc.text.ptr = "";
    dtl_html_tokenizer_init(&r.t, &r.doc);
    r.t.state = (uint8_t)test->state;
    r.t.cdata_allowed = test->cdata;
    if (test->last.len &&
        dtl_names_intern(&r.doc.names, &r.doc.arena, dtl_buf_view(&test->last),
                         &r.t.last_start_tag) != DTL_OK)
        die(file, test->line, "out of memory");
    tokenize(&r);
    if (dtl_str_eq(dtl_buf_view(&r.lines), dtl_buf_view(&test->want))) {
        counts.passed++;
    } else {
        counts.failed++;
        printf("%s:%d: expected\n%.*sbut got\n%.*s\n", file, test->line,
               (int)test->want.len, test->want.ptr, (int)r.lines.len,
               r.lines.ptr);
    }
    dtl_buf_clear(&r.lines);
    dtl_buf_clear(&r.text);
    dtl_free(r.doc.attrs);
    dtl_names_clear(&r.doc.names);
    dtl_arena_clear(&r.doc.arena);
}

/* ---- Files of cases --------------------------------------------------- */

static const char *const state_names[] = {"data",   "rcdata",    "rawtext",
                                          "script", "plaintext", "cdata"};

static dtl_token_state state_of(const char *file, int line, dtl_str name)
{
    size_t i;

    for (i = 0; i < sizeof(state_names) / sizeof(*state_names); i++)
        if (dtl_str_eq(name, dtl_str_of(state_names[i])))
            return (dtl_token_state)i;
    die(file, line, "no such state");
    return DTL_STATE_DATA;
}

static void finish_case(const char *file, test_input *test)
{
    if (test->has_input)
        run_test(file, test);
    dtl_buf_clear(&test->input);
    dtl_buf_clear(&test->want);
    dtl_buf_clear(&test->last);
    *test = (test_input){0};
}

/* One line of a case; text ends in a newline. */
static void read_line(const char *file, int line, test_input *test,
                      const char *text)
{
    dtl_str s = dtl_str_of(text);
    dtl_str word = dtl_str_trim(dtl_str_sub(s, 6, s.len));

    if (dtl_str_starts(s, DTL_STR("input "))) {
        if (!read_quoted(word, &test->input))
            die(file, line, "input is not one quoted string");
        test->has_input = true;
        test->line = line;
    } else if (dtl_str_starts(s, DTL_STR("state "))) {
        test->state = state_of(file, line, word);
    } else if (dtl_str_starts(s, DTL_STR("after "))) {
        dtl_buf_str(&test->last, word);
    } else if (dtl_str_starts(s, DTL_STR("given cdata"))) {
        test->cdata = true;
    } else if (dtl_str_starts(s, DTL_STR("given comments-for-pi"))) {
        test->comments_for_pi = true;
    } else {
        dtl_buf_str(&test->want, s);
    }
}

static void run_file(const char *name, FILE *f)
{
    test_input test = {0};
    char *text = NULL;
    size_t cap = 0;
    int line = 0;

    while (getline(&text, &cap, f) > 0) {
        line++;
        if (text[0] == '\n')
            finish_case(name, &test);
        else if (text[0] != '#')
            read_line(name, line, &test, text);
    }
    finish_case(name, &test);
    free(text);
}

int main(int argc, char **argv)
{
    int i;

    if (argc == 1)
        run_file("standard input", stdin);
    for (i = 1; i < argc; i++) {
        FILE *f = fopen(argv[i], "r");

        if (!f) {
            perror(argv[i]);
            return 2;
        }
        run_file(argv[i], f);
        fclose(f);
    }
    printf("%d passed, %d failed\n", counts.passed, counts.failed);
    return counts.failed || !counts.passed ? 1 : 0;
}
