/* Prints what the choice of blocks knows, for training and for measuring.
 *
 *     dump-features FEATURES <LIST   a JSON line a page, and the numbers of
 *                                    all its text blocks as 32-bit floats in
 *                                    the file FEATURES, block after block
 *     dump-features -d <LIST         the record of each page, as it is read,
 *                                    or by the scores in PAGE.scores where
 *                                    that is there (a 32-bit float a block)
 *
 * LIST has a line a page: its file, a tab, its URL. */
#include "article/read.h"
#include "article/write.h"
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>

static bool slurp(const char *path, dtl_buf *out)
{
    FILE *f = fopen(path, "rb");
    char block[65536];
    size_t n;

    dtl_buf_reset(out);
    if (!f)
        return false;
    while ((n = fread(block, 1, sizeof block, f)) > 0)
        dtl_buf_append(out, block, n);
    fclose(f);
    return true;
}

static void print_features(dtl_reader *r, const char *path, FILE *numbers)
{
    const dtl_region *g = &r->region;
    dtl_verdict *verdicts;
    dtl_json_writer w;
    dtl_buf out = {0};

    r->region.all_features = true;
    if (dtl_features_fill(&r->region) != DTL_OK ||
        dtl_choose(&r->region, &verdicts) != DTL_OK)
        exit(1);
    dtl_json_write_init(&w, &out, false);
    dtl_json_open_object(&w);
    dtl_json_member_str(&w, "page", dtl_str_of(path));
    dtl_json_member_int(&w, "blocks", (int64_t)g->b->block_count);
    dtl_json_put_key(&w, "texts");
    dtl_json_open_array(&w);
    for (size_t i = 0; i < g->b->block_count; i++) {
        if (g->b->blocks[i].type != DTL_BLOCK_IS_TEXT)
            continue;
        dtl_json_open_array(&w);
        dtl_json_put_uint(&w, i);
        dtl_json_put_bool(&w, verdicts[i].keep);
        dtl_json_put_uint(&w, verdicts[i].why);
        dtl_json_put_str(&w, g->b->blocks[i].text);
        dtl_json_put_bool(&w, g->places[i].asked);
        dtl_json_put_double(&w, (double)g->places[i].hand);
        dtl_json_close(&w);
        fwrite(dtl_features_row(g, (uint32_t)i)->f, sizeof(float), DTL_FEATURES,
               numbers);
    }
    dtl_json_close(&w);
    dtl_json_close(&w);
    dtl_json_write_end(&w);
    printf("%.*s\n", (int)out.len, out.ptr);
    dtl_buf_clear(&out);
}

static void print_record(dtl_reader *r, const char *path)
{
    char scores[4096];
    dtl_buf given = {0}, out = {0};

    snprintf(scores, sizeof scores, "%s.scores", path);
    if (slurp(scores, &given) &&
        given.len >= r->region.b->block_count * sizeof(float))
        r->region.scores = (const float *)(const void *)given.ptr;
    if (dtl_reader_decide(r, NULL) != DTL_OK)
        exit(1);
    dtl_write_json(&r->article, false, &out);
    printf("{\"page\":\"%s\",%.*s\n", path, (int)out.len - 1, out.ptr + 1);
    dtl_buf_clear(&given);
    dtl_buf_clear(&out);
}

int main(int argc, char **argv)
{
    bool decide = argc > 1 && strcmp(argv[1], "-d") == 0;
    FILE *numbers = argc > 1 && !decide ? fopen(argv[1], "wb") : NULL;
    dtl_reader *r = dtl_reader_new();
    dtl_buf page = {0};
    char line[8192];

    if (!r || (!decide && !numbers))
        return 2;
    while (fgets(line, sizeof line, stdin)) {
        char *url = strchr(line, '\t');
        dtl_read_options opts = {0};
        dtl_error err = {0};

        if (!url)
            continue;
        *url++ = '\0';
        url[strcspn(url, "\n")] = '\0';
        opts.url = dtl_str_of(url);
        if (!slurp(line, &page) ||
            dtl_reader_look(r, dtl_buf_view(&page), &opts, &err) != DTL_OK) {
            fprintf(stderr, "%s: %s\n", line, err.message);
            continue;
        }
        if (decide)
            print_record(r, line);
        else
            print_features(r, line, numbers);
    }
    if (numbers)
        fclose(numbers);
    dtl_buf_clear(&page);
    dtl_reader_free(r);
    return 0;
}
