/* Runs files of decoding and sniffing cases; check_encoding.py says which.
 *
 *     encoding_cases decode LABEL FILE   lines of "BYTES CODE-POINTS", as in
 *                                        "\xA4\x40 0x4E00"; other bytes than
 *                                        "\x.." stand for themselves
 *     encoding_cases pair LABEL IN OUT   OUT is the UTF-8 of IN
 *     encoding_cases prescan FILE        html5lib's format: "#data", the
 *                                        page, "#encoding", a label; what
 *                                        stands between is a comment
 *     encoding_cases sniff FILE          the same, but the page is parsed
 *
 * Prints each case that fails and a count; exits with 1 when one failed, with
 * 2 when a file cannot be read or its format is wrong. */
#include "base/str.h"
#include "base/utf8.h"
#include "html/encoding.h"
#include "html/parse.h"
#include "html/sniff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int ran, failed;

static dtl_str read_file(const char *path, dtl_buf *b)
{
    FILE *f = fopen(path, "rb");
    char part[65536];
    size_t n;

    if (!f) {
        perror(path);
        exit(2);
    }
    while ((n = fread(part, 1, sizeof part, f)) > 0)
        dtl_buf_append(b, part, n);
    fclose(f);
    return dtl_buf_view(b);
}

/* Bytes of s worth printing. */
static int shown(dtl_str s)
{
    return s.len < 200 ? (int)s.len : 200;
}

static void wrong_format(dtl_str line)
{
    fprintf(stderr, "not a case: %.*s\n", shown(line), line.ptr);
    exit(2);
}

static int hex(char c)
{
    const char *digits = "0123456789abcdef", *at = strchr(digits, dtl_lower(c));

    return c && at ? (int)(at - digits) : -1;
}

static void unescape(dtl_str s, dtl_buf *out)
{
    size_t i;

    for (i = 0; i < s.len; i++) {
        if (s.len - i >= 4 && s.ptr[i] == '\\' && s.ptr[i + 1] == 'x' &&
            hex(s.ptr[i + 2]) >= 0 && hex(s.ptr[i + 3]) >= 0) {
            dtl_buf_putc(out,
                         (char)(hex(s.ptr[i + 2]) * 16 + hex(s.ptr[i + 3])));
            i += 3;
        } else {
            dtl_buf_putc(out, s.ptr[i]);
        }
    }
}

static void code_points(dtl_str words, dtl_buf *out)
{
    dtl_str word, all = words;
    size_t i;

    while (dtl_str_word(&words, &word)) {
        uint32_t cp = 0;

        if (!dtl_str_starts(word, DTL_STR("0x")))
            wrong_format(all);
        for (i = 2; i < word.len; i++) {
            if (hex(word.ptr[i]) < 0)
                wrong_format(all);
            cp = cp << 4 | (uint32_t)hex(word.ptr[i]);
        }
        dtl_buf_put_utf8(out, cp);
    }
}

static void check(dtl_str name, dtl_str got, dtl_str want)
{
    ran++;
    if (dtl_str_eq(got, want))
        return;
    failed++;
    printf("%.*s\n    got  %.*s\n    want %.*s\n", shown(name), name.ptr,
           shown(got), got.ptr, shown(want), want.ptr);
}

static dtl_encoding encoding_of(const char *label)
{
    dtl_encoding e = dtl_encoding_for_label(dtl_str_of(label));

    if (e == DTL_ENCODING_NONE) {
        fprintf(stderr, "no such encoding: %s\n", label);
        exit(2);
    }
    return e;
}

static void run_decode(const char *label, const char *path)
{
    dtl_buf file = {0}, bytes = {0}, want = {0}, got = {0};
    dtl_str lines = read_file(path, &file), line, first, rest;

    while (dtl_str_split(&lines, '\n', &line)) {
        rest = line;
        if (!dtl_str_word(&rest, &first) || first.ptr[0] == '#')
            continue;
        dtl_buf_reset(&bytes);
        dtl_buf_reset(&want);
        dtl_buf_reset(&got);
        unescape(first, &bytes);
        code_points(rest, &want);
        dtl_encoding_decode(encoding_of(label), dtl_buf_view(&bytes), &got);
        check(line, dtl_buf_view(&got), dtl_buf_view(&want));
    }
    dtl_buf_clear(&file);
    dtl_buf_clear(&bytes);
    dtl_buf_clear(&want);
    dtl_buf_clear(&got);
}

/* Line by line, so that a failure says where. */
static void run_pair(const char *label, const char *in, const char *out)
{
    dtl_buf bytes = {0}, want = {0}, got = {0};
    dtl_str wanted, decoded, a, b;

    wanted = read_file(out, &want);
    dtl_encoding_decode(encoding_of(label), read_file(in, &bytes), &got);
    decoded = dtl_buf_view(&got);
    check(DTL_STR("lengths"), dtl_str_sub(decoded, 0, 0),
          dtl_str_sub(wanted, 0, decoded.len != wanted.len));
    while (dtl_str_split(&decoded, '\n', &a) &&
           dtl_str_split(&wanted, '\n', &b))
        check(b, a, b);
    dtl_buf_clear(&bytes);
    dtl_buf_clear(&want);
    dtl_buf_clear(&got);
}

/* The next case of *rest; false when there is none. */
static bool next_page(dtl_str *rest, dtl_str *page, dtl_str *label)
{
    size_t at = dtl_str_find(*rest, DTL_STR("#data\n"));

    if (at == SIZE_MAX)
        return false;
    *rest = dtl_str_sub(*rest, at + 6, rest->len);
    at = dtl_str_find(*rest, DTL_STR("\n#encoding\n"));
    if (at == SIZE_MAX)
        wrong_format(*rest);
    *page = dtl_str_sub(*rest, 0, at);
    *rest = dtl_str_sub(*rest, at + 11, rest->len);
    *label = dtl_str_sub(*rest, 0, dtl_str_find_char(*rest, '\n'));
    return true;
}

/* What a page declares, at whatever place; DTL_ENCODING_NONE for nothing. */
static dtl_encoding declared(dtl_str page, dtl_html_doc *doc)
{
    dtl_html_sniffed s = dtl_html_sniff(page, DTL_STR(""), DTL_STR(""));

    if (dtl_html_parse(doc, page, NULL, NULL) != DTL_OK)
        exit(2);
    if (!s.certain && dtl_html_prescan(page) == DTL_ENCODING_NONE &&
        doc->encoding == (int)s.encoding)
        return DTL_ENCODING_NONE;
    return (dtl_encoding)doc->encoding;
}

/* The cases want windows-1252 where nothing is declared. */
static void run_pages(const char *path, bool whole)
{
    dtl_buf file = {0};
    dtl_html_doc doc = {0};
    dtl_str rest = read_file(path, &file), label, page;
    dtl_encoding e;

    while (next_page(&rest, &page, &label)) {
        e = whole ? declared(page, &doc) : dtl_html_prescan(page);
        if (e == DTL_ENCODING_NONE)
            e = DTL_ENCODING_WINDOWS_1252;
        check(page, dtl_str_of(dtl_encoding_name(e)),
              dtl_str_of(dtl_encoding_name(dtl_encoding_for_label(label))));
    }
    dtl_html_clear(&doc);
    dtl_buf_clear(&file);
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "decode") == 0)
        run_decode(argv[2], argv[3]);
    else if (argc == 5 && strcmp(argv[1], "pair") == 0)
        run_pair(argv[2], argv[3], argv[4]);
    else if (argc == 3 && strcmp(argv[1], "prescan") == 0)
        run_pages(argv[2], false);
    else if (argc == 3 && strcmp(argv[1], "sniff") == 0)
        run_pages(argv[2], true);
    else
        return 2;
    printf("%d cases, %d failed\n", ran, failed);
    return failed || !ran;
}
