/* What an input is, by its bytes.
 *
 * What is plainly no page is turned away, with the remedy, before a reader
 * that repairs everything makes an article of it. */
#include "pipeline/kind.h"
#include "base/str.h"
#include "warc/inflate.h"
#include "warc/media.h"
#include "warc/record.h"

#include <string.h>

static const struct {
    const char *magic;
    size_t len;
    const char *what;
} not_pages[] = {
    {"%PDF-", 5, "a PDF, not a page; pdftotext makes text of it"},
    {"WARC/", 5,
     "a web archive (WARC), not a page; 'dateline ingest' reads it"},
    {"PK\3\4", 4, "a ZIP archive, not a page; unpack it first"},
    {"\x89PNG", 4, "a PNG image, not a page"},
    {"\xff\xd8\xff", 3, "a JPEG image, not a page"},
    {"GIF8", 4, "a GIF image, not a page"},
    {"\x28\xb5\x2f\xfd", 4, "zstd data, not a page; unpack it with zstd -d"},
    {"BZh", 3, "bzip2 data, not a page; unpack it with bunzip2"},
    {"\xfd"
     "7zXZ",
     5, "xz data, not a page; unpack it with unxz"},
    {"\x7f"
     "ELF",
     4, "a program, not a page"},
};

/* MHTML opens with mail headers that name multipart/related. */
static bool is_mhtml(dtl_str b)
{
    dtl_str head = dtl_str_sub(b, 0, 4096);
    size_t end = dtl_str_find(head, DTL_STR("\n\n"));

    if (end == SIZE_MAX)
        end = dtl_str_find(head, DTL_STR("\r\n\r\n"));
    head = dtl_str_sub(head, 0, end);
    return head.len && head.ptr[0] != '<' &&
           dtl_str_find(head, DTL_STR("multipart/related")) != SIZE_MAX &&
           dtl_str_find(head, DTL_STR("MIME-Version")) != SIZE_MAX;
}

const char *dtl_not_a_page(dtl_str bytes)
{
    size_t i;

    for (i = 0; i < sizeof not_pages / sizeof *not_pages; i++)
        if (dtl_str_starts(bytes,
                           (dtl_str){not_pages[i].magic, not_pages[i].len}))
            return not_pages[i].what;
    if (is_mhtml(bytes))
        return "an MHTML archive, not a page; save the page as HTML";
    return NULL;
}

/* Bytes that no text has (the MIME Sniffing standard's binary data bytes),
 * by a tenth and more of the beginning; UTF-16 says so by its mark. */
bool dtl_is_binary(dtl_str bytes)
{
    dtl_str head = dtl_str_sub(bytes, 0, 4096);
    size_t odd = 0, i;
    unsigned char c;

    if (dtl_str_starts(head, DTL_STR("\xff\xfe")) ||
        dtl_str_starts(head, DTL_STR("\xfe\xff")))
        return false;
    for (i = 0; i < head.len; i++) {
        c = (unsigned char)head.ptr[i];
        odd += c <= 8 || c == 0x0b || (c >= 0x0e && c <= 0x1a) ||
               (c >= 0x1c && c <= 0x1f);
    }
    return odd * 10 > head.len;
}

/* ---- Archives -------------------------------------------------------------
 */

static bool opens_archive(dtl_str text)
{
    return dtl_str_starts(text, DTL_STR("filedesc:")) ||
           dtl_warc_opens_record(
               dtl_str_sub(text, 0, dtl_str_find_char(text, '\n')));
}

static bool is_zstd(dtl_str head)
{
    return dtl_str_starts(head, DTL_STR("\x28\xB5\x2F\xFD")) ||
           dtl_str_starts(head, DTL_STR("\x5D\x2A\x4D\x18"));
}

enum {
    PIECE = 64 /* bytes */
};

dtl_str dtl_gunzip_head(dtl_str head, char *out, size_t room)
{
    dtl_inflate_status code = DTL_INFLATE_MORE;
    dtl_inflate *z = dtl_inflate_new();
    size_t got = 0;
    dtl_str piece;

    if (!z)
        return (dtl_str){out, 0};
    dtl_inflate_begin(z, DTL_WRAP_GZIP);
    /* In small pieces: what comes before damage is enough to know it by. */
    while (head.len && got < room && code == DTL_INFLATE_MORE) {
        piece = dtl_str_sub(head, 0, PIECE);
        head = dtl_str_sub(head, piece.len, head.len);
        code = dtl_inflate_step(z, &piece, out + got, room - got, &got);
    }
    dtl_inflate_free(z);
    return (dtl_str){out, got};
}

bool dtl_begins_archive(dtl_str head)
{
    char plain[4096];

    if (!dtl_is_gzip(head))
        return opens_archive(head) || is_zstd(head);
    return opens_archive(dtl_gunzip_head(head, plain, sizeof plain));
}

/* ---- Pages ----------------------------------------------------------------
 */

static bool has_ending(const char *name, const char *const *endings,
                       size_t count)
{
    dtl_str rest = dtl_str_of(name), last = {NULL, 0}, part;

    while (dtl_str_split(&rest, '.', &part))
        if (!dtl_str_eq_nocase(part, DTL_STR("gz")))
            last = part;
    return dtl_str_is_any_nocase(last, endings, count);
}

bool dtl_is_page_file(dtl_str bytes, const char *name)
{
    static const char *const pages[] = {"html", "htm", "xhtml", "shtml", "xht"};
    static const char *const texts[] = {"txt", "text"};
    const char *type = dtl_media_type(bytes);

    if (dtl_not_a_page(bytes) || !type)
        return false;
    if (strcmp(type, "text/html") == 0)
        return true;
    if (dtl_is_binary(bytes))
        return false;
    return has_ending(name, pages, sizeof pages / sizeof *pages) ||
           (has_ending(name, texts, sizeof texts / sizeof *texts) &&
            dtl_is_record(bytes));
}
