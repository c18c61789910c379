/* Whatever instruction set is used, the tree is the same: of every file below
 * some folders, as it is and as mutations of it.
 *
 *   paths_test SOURCE_ROOT MUTATIONS FOLDER...
 *
 * A folder's path counts from SOURCE_ROOT; one that begins with "../shared/"
 * is looked for where the environment's DATELINE_SHARED says, if it says so.
 * gzip'd files are inflated. Exits with 77 when no folder is there. */
#include "base/cpu.h"
#include "base/str.h"
#include "html/parse.h"

#include <dateline.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum {
    SKIP = 77,
    MUTATED = 64 * 1024, /* of a long page only the beginning is mutated */
    MOST_CHANGES = 12
};

/* One document for each instruction set, the plain one first. */
static dtl_html_doc docs[DTL_CPU_AVX512BW + 1];
static const char *path_at_hand;
static int mutations, count, failures;
static uint64_t random_state = 1;

static uint32_t pick(size_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)((random_state >> 16) % below);
}

/* ---- Comparing trees ------------------------------------------------- */

static bool same_attrs(const dtl_html_doc *a, const dtl_html_doc *b)
{
    for (uint32_t i = 0; i < a->attr_count; i++) {
        const dtl_html_attr *x = &a->attrs[i], *y = &b->attrs[i];

        if (x->name != y->name || x->start != y->start || x->end != y->end ||
            x->text_flags != y->text_flags || x->ns != y->ns)
            return false;
    }
    return true;
}

static bool same_pieces(const dtl_html_doc *a, const dtl_html_doc *b)
{
    for (uint32_t i = 1; i < a->piece_count; i++) {
        const dtl_html_piece *x = &a->pieces[i], *y = &b->pieces[i];

        if (x->start != y->start || x->end != y->end || x->next != y->next ||
            x->text_flags != y->text_flags)
            return false;
    }
    return true;
}

static bool same_names(const dtl_html_doc *a, const dtl_html_doc *b)
{
    if (a->names.own_count != b->names.own_count)
        return false;
    for (uint32_t i = 0; i < a->names.own_count; i++)
        if (!dtl_str_eq(a->names.own[i], b->names.own[i]))
            return false;
    return true;
}

/* A node has no padding. */
_Static_assert(sizeof(dtl_html_node) == 32, "compared as bytes");

static const char *difference(const dtl_html_doc *a, const dtl_html_doc *b)
{
    if (a->encoding != b->encoding || !dtl_str_eq(a->text, b->text))
        return "text";
    if (a->node_count != b->node_count ||
        memcmp(a->nodes, b->nodes, a->node_count * sizeof *a->nodes) != 0)
        return "nodes";
    if (a->attr_count != b->attr_count || !same_attrs(a, b))
        return "attributes";
    if (a->piece_count != b->piece_count || !same_pieces(a, b))
        return "pieces";
    if (!same_names(a, b))
        return "names";
    return a->doctype_count != b->doctype_count || a->pi_count != b->pi_count
               ? "counts"
               : NULL;
}

static void compare(dtl_str page)
{
    for (int level = DTL_CPU_PLAIN; level <= DTL_CPU_AVX512BW; level++) {
        const char *what = NULL;

        if (dtl_cpu_force((dtl_cpu)level) != (dtl_cpu)level)
            break;
        if (dtl_html_parse(&docs[level], page, NULL, NULL) != DTL_OK)
            what = "status";
        else if (level > DTL_CPU_PLAIN)
            what = difference(&docs[DTL_CPU_PLAIN], &docs[level]);
        if (what) {
            printf("%s: %s: other %s than plain code gives\n", path_at_hand,
                   dtl_cpu_name((dtl_cpu)level), what);
            failures++;
        }
    }
    count++;
}

/* ---- Mutations ------------------------------------------------------- */

/* Overwrites a few places with bytes that mean something to a parser, and
 * cuts the page somewhere. The copy is of the exact size. */
static void compare_mutated(dtl_str page)
{
    static const char bytes[] = "<>/=\"'& \n\r\f\t-!?#;aA0\x00\x80\xC3\xE2\xF0";
    size_t len = page.len < MUTATED ? page.len : MUTATED;
    char *copy;

    if (!len)
        return;
    len = len / 2 + pick(len - len / 2) + 1;
    copy = malloc(len);
    if (!copy)
        return;
    memcpy(copy, page.ptr, len);
    for (uint32_t i = pick(MOST_CHANGES) + 1; i; i--)
        copy[pick(len)] = bytes[pick(sizeof bytes - 1)];
    compare((dtl_str){copy, len});
    free(copy);
}

static void compare_all(dtl_str page)
{
    compare(page);
    for (int i = 0; i < mutations; i++)
        compare_mutated(page);
}

/* ---- Files ----------------------------------------------------------- */

static bool load(const char *path, dtl_buf *out)
{
    char block[65536];
    FILE *f = fopen(path, "rb");
    size_t len;

    if (!f)
        return false;
    while ((len = fread(block, 1, sizeof block, f)) > 0)
        dtl_buf_append(out, block, len);
    fclose(f);
    return out->status == DTL_OK;
}

static int visit(const char *path, const struct stat *info, int type,
                 struct FTW *place)
{
    dtl_buf bytes = {0};
    char *inflated = NULL;
    size_t len;

    (void)info, (void)place;
    if (type != FTW_F)
        return 0;
    path_at_hand = path;
    if (load(path, &bytes)) {
        if (!dtl_is_gzip(dtl_buf_view(&bytes)))
            compare_all(dtl_buf_view(&bytes));
        else if (dtl_gunzip(dtl_buf_view(&bytes), 0, &inflated, &len, NULL) ==
                 DTL_OK)
            compare_all((dtl_str){inflated, len});
    }
    dtl_release(inflated);
    dtl_buf_clear(&bytes);
    return 0;
}

static void visit_folder(const char *root, const char *folder)
{
    const char *shared = getenv("DATELINE_SHARED");
    dtl_buf path = {0};
    struct stat info;

    if (strncmp(folder, "../shared/", 10) == 0 && shared)
        dtl_buf_printf(&path, "%s/%s", shared, folder + 10);
    else
        dtl_buf_printf(&path, "%s/%s", root, folder);
    dtl_buf_putc(&path, '\0');
    if (stat(path.ptr, &info) == 0)
        nftw(path.ptr, visit, 16, FTW_PHYS);
    dtl_buf_clear(&path);
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return 2;
    mutations = atoi(argv[2]);
    for (int i = 3; i < argc; i++)
        visit_folder(argv[1], argv[i]);
    for (int level = 0; level <= DTL_CPU_AVX512BW; level++)
        dtl_html_clear(&docs[level]);
    if (!count) {
        puts("skipped: the data is not there");
        return SKIP;
    }
    printf("%d pages, %d differences\n", count, failures);
    return failures != 0;
}
