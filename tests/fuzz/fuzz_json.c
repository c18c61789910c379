/* Fuzzes the JSON reader and writer: any bytes give a sound tree, whose
 * strict rewriting reads back as itself; and a script's literals, read one
 * after the other, come to an end. */
#include "fuzz.h"
#include "json/rewrite.h"

#include <string.h>

static void check_tree(const dtl_json_doc *doc)
{
    dtl_json_ref v;
    size_t start, end;

    FUZZ_CHECK(doc->end <= doc->source.len);
    for (v = DTL_JSON_ROOT + 1; v < doc->count; v++) {
        const dtl_json_value *value = &doc->values[v];
        const dtl_json_value *parent = &doc->values[value->parent];

        FUZZ_CHECK(value->parent >= DTL_JSON_ROOT && value->parent < v);
        FUZZ_CHECK(parent->type == DTL_JSON_ARRAY ||
                   parent->type == DTL_JSON_OBJECT);
        FUZZ_CHECK(value->next > v && value->next <= parent->next);
        FUZZ_CHECK(value->start - value->open >= parent->start);
        FUZZ_CHECK(value->start <= value->end);
        FUZZ_CHECK(value->end + value->close <= parent->end);
        dtl_json_range(doc, v, &start, &end);
        FUZZ_CHECK(start <= end && end <= doc->source.len);
    }
}

static void rewrite(dtl_json_doc *doc, dtl_json_ref v, bool pretty,
                    dtl_buf *out)
{
    dtl_json_writer w;

    dtl_json_write_init(&w, out, pretty);
    FUZZ_CHECK(dtl_json_rewrite(&w, doc, v) == DTL_OK);
    FUZZ_CHECK(dtl_json_write_end(&w) == DTL_OK);
}

/* The rewriting of what was read, read and rewritten again, is the same. */
static void check_rewriting(dtl_arena *arena, dtl_json_doc *doc, bool pretty)
{
    dtl_buf first = {0}, second = {0};
    dtl_json_doc again;

    rewrite(doc, DTL_JSON_ROOT, pretty, &first);
    FUZZ_CHECK(dtl_json_read(&again, arena, dtl_buf_view(&first)) == DTL_OK);
    check_tree(&again);
    FUZZ_CHECK(!again.cut && dtl_json_count(&again, DTL_JSON_ROOT) == 1);
    rewrite(&again, dtl_json_top(&again), pretty, &second);
    FUZZ_CHECK(first.len == second.len &&
               memcmp(first.ptr, second.ptr, first.len) == 0);
    dtl_buf_clear(&first);
    dtl_buf_clear(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    dtl_str source = {(const char *)bytes, len};
    dtl_arena arena = {0};
    dtl_json_doc doc;
    size_t from = 0;

    FUZZ_CHECK(dtl_json_read(&doc, &arena, source) == DTL_OK);
    check_tree(&doc);
    check_rewriting(&arena, &doc, false);
    check_rewriting(&arena, &doc, true);
    while (from < len) {
        FUZZ_CHECK(dtl_json_read_script(&doc, &arena, source, from) == DTL_OK);
        check_tree(&doc);
        FUZZ_CHECK(doc.end > from);
        check_rewriting(&arena, &doc, false);
        from = doc.end;
    }
    dtl_arena_clear(&arena);
    return 0;
}
