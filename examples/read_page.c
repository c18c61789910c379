/* read_page FILE - prints what dateline finds in a page.
 *
 * All that is needed is dateline.h:
 *
 *     cc read_page.c $(pkg-config --cflags --libs dateline) -o read_page
 */
#include <dateline.h>
#include <stdio.h>
#include <stdlib.h>

/* Reads a whole file; the caller frees *bytes. */
static int load(const char *name, char **bytes, size_t *len)
{
    FILE *file = fopen(name, "rb");
    size_t room = 1 << 16, got;
    char *moved;

    *bytes = NULL;
    *len = 0;
    if (!file)
        return 0;
    do {
        room *= 2;
        moved = realloc(*bytes, room);
        if (!moved)
            break;
        *bytes = moved;
        got = fread(*bytes + *len, 1, room - *len, file);
        *len += got;
    } while (got);
    if (!moved || ferror(file)) {
        free(*bytes);
        *bytes = NULL;
    }
    fclose(file);
    return *bytes != NULL;
}

/* Slices are not NUL-terminated: print them with their length. */
static void print_line(const char *label, dtl_str s)
{
    if (s.ptr)
        printf("%s: %.*s\n", label, (int)s.len, s.ptr);
}

static void print_article(const dtl_article *a)
{
    size_t count, i;
    const dtl_author *authors = dtl_article_authors(a, &count);
    const dtl_block *blocks;

    printf("status: %s\n", dtl_page_status_name(dtl_article_status(a)));
    print_line("title", dtl_article_title(a));
    for (i = 0; i < count; i++)
        print_line("author", authors[i].name);
    print_line("published", dtl_article_published(a)->value);
    blocks = dtl_article_blocks(a, &count);
    for (i = 0; i < count; i++)
        if (blocks[i].text.len)
            print_line(dtl_block_kind_name(blocks[i].kind), blocks[i].text);
}

int main(int argc, char **argv)
{
    const dtl_article *article;
    dtl_reader *reader;
    dtl_error err;
    dtl_str page;
    char *bytes;
    int status = 1;

    if (argc != 2 || !load(argv[1], &bytes, &page.len)) {
        fprintf(stderr, "usage: read_page FILE\n");
        return 2;
    }
    page.ptr = bytes;
    reader = dtl_reader_new(); /* of use for any number of pages */
    if (!reader) {
        fprintf(stderr, "out of memory\n");
    } else if (dtl_reader_read(reader, page, NULL, &article, &err) != DTL_OK) {
        fprintf(stderr, "%s: %s\n", argv[1], err.message);
    } else {
        print_article(article);
        status = 0;
    }
    dtl_reader_free(reader);
    free(bytes);
    return status;
}
