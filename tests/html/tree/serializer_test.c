/* Runs serializer tests: files of JSON in html5lib's format, whose input is a
 * list of tokens.
 *
 *     serializer_test FILE...
 *     serializer_test --shared SOURCE_ROOT FOLDER
 *
 * With --shared, all .test files of the folder, which is below the shared
 * data folder (DATELINE_SHARED, else ../shared beside the source root);
 * without that the test is skipped. A test's "expected" lists what may come
 * out. Its XHTML variants are left out. */
#include "files.h"

#include "base/str.h"
#include "html/write.h"
#include "json/read.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    MAX_ATTRS = 16
};

static size_t run_count, failed_count;

/* An event and what it points to. */
typedef struct {
    dtl_html_event event;
    dtl_html_event_attr attrs[MAX_ATTRS];
} token;

static dtl_json_ref item(const dtl_json_doc *doc, dtl_json_ref v, size_t n)
{
    dtl_json_ref child = dtl_json_first(doc, v);

    while (child && n--)
        child = dtl_json_next(doc, child);
    return child;
}

static bool flag(const dtl_json_doc *doc, dtl_json_ref options,
                 const char *name, bool otherwise)
{
    dtl_json_ref v = dtl_json_get(doc, options, name);

    return v ? dtl_json_is_true(doc, v) : otherwise;
}

/* The suite's options, whose defaults are html5lib's. */
static dtl_html_write_options options_of(dtl_json_doc *doc, dtl_json_ref o)
{
    dtl_str quote = dtl_json_text(doc, dtl_json_get(doc, o, "quote_char"));
    dtl_str encoding = dtl_json_text(doc, dtl_json_get(doc, o, "encoding"));

    return (dtl_html_write_options){
        .omit_optional_tags = true,
        .unquoted = !flag(doc, o, "quote_attr_values", false),
        .minimize_boolean = flag(doc, o, "minimize_boolean_attributes", true),
        .quote = quote.len ? quote.ptr[0] : 0,
        .trailing_solidus = flag(doc, o, "use_trailing_solidus", false),
        .escape_raw_text = flag(doc, o, "escape_rcdata", false),
        .strip_space = flag(doc, o, "strip_whitespace", false),
        .inject_charset = flag(doc, o, "inject_meta_charset", false),
        .sort_attrs = true,
        .encoding = encoding};
}

static void read_attrs(dtl_json_doc *doc, dtl_json_ref list, token *t)
{
    t->event.attrs = t->attrs;
    DTL_JSON_EACH(doc, a, list)
    {
        if (t->event.attr_count == MAX_ATTRS)
            return;
        t->attrs[t->event.attr_count++] = (dtl_html_event_attr){
            dtl_json_text(doc, dtl_json_get(doc, a, "name")),
            dtl_json_text(doc, dtl_json_get(doc, a, "value"))};
    }
}

/* ["StartTag", namespace, name, attributes], ["EmptyTag", name, attributes],
 * ["EndTag", namespace, name], ["Characters", text], ["Comment", text],
 * ["Doctype", name, public id, system id]. */
static void read_token(dtl_json_doc *doc, dtl_json_ref v, token *t)
{
    dtl_str kind = dtl_json_text(doc, item(doc, v, 0));
    dtl_str first = dtl_json_text(doc, item(doc, v, 1));
    dtl_str second = dtl_json_text(doc, item(doc, v, 2));

    if (dtl_str_eq(kind, DTL_STR("StartTag"))) {
        t->event.type = DTL_HTML_EVENT_START;
        t->event.name = second;
        read_attrs(doc, item(doc, v, 3), t);
    } else if (dtl_str_eq(kind, DTL_STR("EmptyTag"))) {
        t->event.type = DTL_HTML_EVENT_START;
        t->event.name = first;
        read_attrs(doc, item(doc, v, 2), t);
    } else if (dtl_str_eq(kind, DTL_STR("EndTag"))) {
        t->event.type = DTL_HTML_EVENT_END;
        t->event.name = second;
    } else if (dtl_str_eq(kind, DTL_STR("Doctype"))) {
        t->event.type = DTL_HTML_EVENT_DOCTYPE;
        t->event.name = first;
        t->event.public_id = second;
        t->event.system_id = dtl_json_text(doc, item(doc, v, 3));
    } else {
        t->event.type = dtl_str_eq(kind, DTL_STR("Comment"))
                            ? DTL_HTML_EVENT_COMMENT
                            : DTL_HTML_EVENT_TEXT;
        t->event.text = first;
    }
}

static void run_test(dtl_json_doc *doc, dtl_json_ref test)
{
    dtl_json_ref input = dtl_json_get(doc, test, "input");
    size_t count = dtl_json_count(doc, input), i = 0;
    token *tokens = calloc(count + 1, sizeof *tokens);
    dtl_buf out = {0};
    dtl_html_writer w = {
        .options = options_of(doc, dtl_json_get(doc, test, "options")),
        .out = &out};
    dtl_str description =
        dtl_json_text(doc, dtl_json_get(doc, test, "description"));
    bool passed = false;

    if (!tokens)
        abort();
    DTL_JSON_EACH(doc, v, input)
    {
        read_token(doc, v, &tokens[i]);
        dtl_html_write(&w, &tokens[i++].event);
    }
    dtl_html_write_end(&w);
    DTL_JSON_EACH(doc, v, dtl_json_get(doc, test, "expected"))
    passed |= dtl_str_eq(dtl_json_text(doc, v), dtl_buf_view(&out));
    run_count++;
    if (!passed) {
        failed_count++;
        printf("FAILED %.*s: %.*s\n", (int)description.len, description.ptr,
               (int)out.len, out.ptr);
    }
    dtl_buf_clear(&out);
    free(tokens);
}

static void run_file(const input_file *f)
{
    dtl_json_doc doc = {0};
    dtl_arena arena = {0};

    if (dtl_json_read(&doc, &arena, (dtl_str){f->text, f->len}) != DTL_OK)
        abort();
    DTL_JSON_EACH(&doc, test, dtl_json_get(&doc, dtl_json_top(&doc), "tests"))
    run_test(&doc, test);
    dtl_arena_clear(&arena);
}

int main(int argc, char **argv)
{
    int status = files_from_arguments(argc, argv, ".test");

    if (status)
        return status;
    for (size_t i = 0; i < file_count; i++)
        run_file(&files[i]);
    files_free();
    printf("%zu tests, %zu failed\n", run_count, failed_count);
    return failed_count || !run_count;
}
