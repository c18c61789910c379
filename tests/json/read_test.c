/* Tests of the JSON reader: places, lifetimes, limits, memory. What text is
 * read as what stands in cases/json. */
#include "unit/memory.h"
#include "unit/test.h"
#include "json/read.h"
#include "base/str.h"

#include <stdlib.h>

static dtl_arena arena;
static dtl_json_doc doc;

static dtl_json_ref read_top(const char *text)
{
    dtl_arena_reset(&arena);
    CHECK_OK(dtl_json_read(&doc, &arena, dtl_str_of(text)));
    return dtl_json_top(&doc);
}

static void test_get(void)
{
    dtl_json_ref top = read_top("{\"a\":{\"b\":[10,{\"c\":\"x\"}],\"\":true},"
                                "\"A\":null,\"\\u0061b\":2,\"a\\nb\":3}");
    dtl_json_ref a = dtl_json_get(&doc, top, "a");
    dtl_json_ref b = dtl_json_get(&doc, a, "b");

    CHECK(dtl_json_is_object(&doc, a) && dtl_json_is_array(&doc, b));
    CHECK_INT(dtl_json_count(&doc, top), 4);
    CHECK_INT(dtl_json_count(&doc, b), 2);
    CHECK_INT(dtl_json_type_of(&doc, dtl_json_get(&doc, top, "A")),
              DTL_JSON_NULL);
    CHECK(dtl_json_is_true(&doc, dtl_json_get(&doc, a, "")));
    CHECK(dtl_json_is_number(&doc, dtl_json_get(&doc, top, "ab")));
    CHECK_STR(dtl_json_key(&doc, dtl_json_get(&doc, top, "a\nb")), "a\nb");
    CHECK_STR(dtl_json_text(&doc, dtl_json_path(&doc, top, "a.b.1.c")), "x");
    CHECK_INT(dtl_json_path(&doc, top, "a.b.2.c"), 0);
    CHECK_INT(dtl_json_path(&doc, top, "a.b.-1"), 0);
    CHECK_INT(dtl_json_path(&doc, top, "a.x.c"), 0);
    CHECK_INT(dtl_json_parent(&doc, b), a);
    CHECK_INT(dtl_json_parent(&doc, top), DTL_JSON_ROOT);
    CHECK_INT(dtl_json_get(&doc, b, "c"), 0);
}

static void test_last_of_same_keys(void)
{
    dtl_json_ref top = read_top("{\"a\":1,\"b\":{\"a\":2},\"a\":3,\"c\":4}");
    int64_t value = 0;

    CHECK(dtl_json_int64(&doc, dtl_json_get(&doc, top, "a"), &value));
    CHECK_INT(value, 3);
}

static void test_find(void)
{
    dtl_json_ref top = read_top("[{\"x\":{\"x\":1}},{\"y\":[{\"x\":2}]},3]");
    dtl_json_ref f = 0, second = dtl_json_path(&doc, top, "1");
    int found = 0;

    while ((f = dtl_json_find(&doc, top, "x", f)))
        found++;
    CHECK_INT(found, 3);
    f = dtl_json_find(&doc, second, "x", 0);
    CHECK_STR(dtl_json_written(&doc, f), "2");
    CHECK_INT(dtl_json_find(&doc, second, "x", f), 0);
    CHECK_INT(dtl_json_find(&doc, f, "x", 0), 0);
}

static void check_nothing(dtl_json_ref v)
{
    size_t start = 9, end = 9;
    double number = 9;
    int64_t whole = 9;

    CHECK_INT(dtl_json_type_of(&doc, v), DTL_JSON_NONE);
    CHECK_STR(dtl_json_text(&doc, v), NULL);
    CHECK_STR(dtl_json_written(&doc, v), NULL);
    CHECK_STR(dtl_json_key(&doc, v), NULL);
    CHECK(!dtl_json_double(&doc, v, &number) && number == 9);
    CHECK(!dtl_json_int64(&doc, v, &whole) && whole == 9);
    dtl_json_range(&doc, v, &start, &end);
    CHECK(start == 0 && end == 0);
    CHECK_INT(dtl_json_first(&doc, v), 0);
    CHECK_INT(dtl_json_next(&doc, v), 0);
    CHECK_INT(dtl_json_parent(&doc, v), 0);
    CHECK_INT(dtl_json_get(&doc, v, "a"), 0);
    CHECK_INT(dtl_json_path(&doc, v, "a"), 0);
    CHECK_INT(dtl_json_find(&doc, v, "a", 0), 0);
}

static void test_nothing(void)
{
    read_top("{\"a\":1}");
    check_nothing(0);
    check_nothing(1000);
    doc = (dtl_json_doc){0};
    check_nothing(0);
    check_nothing(DTL_JSON_ROOT);
    CHECK_INT(dtl_json_top(&doc), 0);
    CHECK_OK(dtl_json_read(&doc, &arena, (dtl_str){NULL, 0}));
    CHECK_INT(dtl_json_top(&doc), 0);
}

static void check_range(const char *path, const char *want)
{
    size_t start, end;

    dtl_json_range(&doc, dtl_json_path(&doc, dtl_json_top(&doc), path), &start,
                   &end);
    CHECK_STR(dtl_str_sub(doc.source, start, end), want);
}

static void test_ranges(void)
{
    read_top(" { \"a\" : \"x\\ny\" , b: [ 1, -2e3 ] , \"c\": 'q' , "
             "\"d\": \"r\"s\" , \"e\": some text , \"f\": tr");
    check_range("a", "\"x\\ny\"");
    check_range("b", "[ 1, -2e3 ]");
    check_range("b.1", "-2e3");
    check_range("c", "'q'");
    check_range("d", "\"r\"s\"");
    check_range("e", "some text");
    CHECK_INT(dtl_json_path(&doc, dtl_json_top(&doc), "f"), 0);
    CHECK(doc.cut);
    CHECK_INT(doc.end, doc.source.len);
    read_top("{\xE2\x80\x9C"
             "a\xE2\x80\x9D: \xE2\x80\x9C"
             "b\xE2\x80\x9D}");
    check_range("a", "\xE2\x80\x9C"
                     "b\xE2\x80\x9D");
    read_top("{\"a\": \"cut");
    check_range("a", "\"cut");
    CHECK(doc.cut);
    read_top("{\"a\": 1}");
    CHECK(!doc.cut);
}

static void test_ranges_with_references(void)
{
    read_top(" {&quot;a&quot;:[&quot;&lt;x&gt;&quot;,1],& #34;b&#x22;:2} ");
    check_range("a", "[&quot;&lt;x&gt;&quot;,1]");
    check_range("a.0", "&quot;&lt;x&gt;&quot;");
    check_range("a.1", "1");
    check_range("b", "2");
    CHECK_STR(dtl_json_text(&doc, dtl_json_path(&doc, 2, "a.0")), "<x>");
    CHECK_INT(doc.end, doc.source.len);
}

static void test_text_is_a_slice(void)
{
    dtl_json_ref top = read_top("[\"plain\",\"esc\\u0061ped\",7]");
    dtl_json_ref plain = dtl_json_path(&doc, top, "0");
    dtl_json_ref escaped = dtl_json_path(&doc, top, "1");
    dtl_str text = dtl_json_text(&doc, escaped);

    CHECK(dtl_json_text(&doc, plain).ptr == doc.source.ptr + 2);
    CHECK_STR(text, "escaped");
    CHECK(dtl_json_text(&doc, escaped).ptr == text.ptr);
    CHECK_STR(dtl_json_written(&doc, escaped), "esc\\u0061ped");
    CHECK_STR(dtl_json_text(&doc, dtl_json_path(&doc, top, "2")), NULL);
    CHECK_STR(dtl_json_text(&doc, top), NULL);
    CHECK_STR(dtl_json_text(&doc, read_top("[\"\"]") + 1), "");
}

static void test_numbers(void)
{
    static const struct {
        const char *text;
        bool is_whole;
        int64_t whole;
        double number;
    } numbers[] = {
        {"0", true, 0, 0},
        {"-7", true, -7, -7},
        {"1e3", true, 1000, 1000},
        {"5.0", true, 5, 5},
        {"2.5", false, 0, 2.5},
        {"1e400", false, 0, __builtin_inf()},
        {"9223372036854775807", true, INT64_MAX, 0x1p63},
        {"9223372036854775808", false, 0, 0x1p63},
        {"-9223372036854775808", true, INT64_MIN, -0x1p63},
        {"-9223372036854775809", false, 0, -0x1p63},
        {"0x1F", true, 31, 31},
        {"+.5", false, 0, .5},
    };
    int64_t whole;
    double number;
    size_t i;

    for (i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        dtl_json_ref top = read_top(numbers[i].text);

        CHECK(dtl_json_is_number(&doc, top));
        CHECK(dtl_json_double(&doc, top, &number));
        CHECK(number == numbers[i].number);
        whole = 0;
        CHECK_INT(dtl_json_int64(&doc, top, &whole), numbers[i].is_whole);
        CHECK_INT(whole, numbers[i].whole);
    }
    CHECK(!dtl_json_double(&doc, read_top("\"1\""), &number));
}

static void test_script_goes_on(void)
{
    dtl_str script = DTL_STR("a={\"n\":1};b([2]);c='{';return {n:3}");
    static const char *const want[] = {"{\"n\":1}", "[2]", "{n:3}"};
    size_t from = 0, i;

    for (i = 0; i < 3; i++) {
        CHECK_OK(dtl_json_read_script(&doc, &arena, script, from));
        CHECK_STR(dtl_json_written(&doc, dtl_json_top(&doc)), want[i]);
        CHECK(doc.end > from);
        from = doc.end;
    }
    CHECK_OK(dtl_json_read_script(&doc, &arena, script, from));
    CHECK_INT(dtl_json_top(&doc), 0);
    CHECK_INT(doc.end, script.len);
    CHECK_OK(dtl_json_read_script(&doc, &arena, script, SIZE_MAX));
    CHECK_INT(dtl_json_top(&doc), 0);
}

/* ---- Limits ---------------------------------------------------------- */

static dtl_str repeat(const char *unit, size_t count, const char *tail)
{
    size_t len = strlen(unit), i;
    char *text = malloc(len * count + strlen(tail) + 1);

    for (i = 0; text && i < count; i++)
        memcpy(text + i * len, unit, len);
    if (text)
        strcpy(text + count * len, tail);
    return (dtl_str){text, text ? len * count + strlen(tail) : 0};
}

static void test_deep(void)
{
    dtl_str text = repeat("[", 200000, "\"core\"");
    dtl_json_ref core;

    CHECK_OK(dtl_json_read(&doc, &arena, text));
    CHECK_INT(doc.count, 2 + 200000 + 1);
    core = doc.count - 1;
    CHECK_STR(dtl_json_text(&doc, core), "core");
    CHECK_INT(doc.values[dtl_json_parent(&doc, core)].end, text.len);
    CHECK(doc.cut);
    free((void *)(uintptr_t)text.ptr);
}

/* Quadratic reading of any of these would take long. */
static void test_hostile_is_linear(void)
{
    static const struct {
        const char *unit, *tail;
    } hostile[] = {
        {"[", ""},
        {"{", ""},
        {"{\"a\":", ""},
        {"]", ""},
        {"[}", ""},
        {"{]", ""},
        {"[[}", ""},
        {"\"a\" x ", ""},
        {"{\"a\":\"b\" c \"", ""},
        {"/*", ""},
        {"//", ""},
        {"/", ""},
        {"\"\\", ""},
        {"'", ""},
        {"'\\'", ""},
        {"\\'", ""},
        {"=\"\\\"", ""},
        {"\xE2\x80\x9C", ""},
        {"&", ""},
        {"&#34;", ""},
        {"& #3", ""},
        {"\"a\":", ""},
        {",", ""},
        {"[{\"a\":1}\"b\":", ""},
        {"<!--", ""},
        {"a ", ""},
        {"(", ""},
        {"x(", ""},
        {"\"a\"x/*", "*/"},
        {"[\"a\" \"b\" ", ""},
        {"\"a\",\n\"", ""},
        {"{\"a\":\"b,\n\"", ""},
        {"={}", ""},
        {"=[", ""},
        {"=/[", ""},
        {"=/", ""},
        {"(\"", ""},
        {"JSON.parse(\"", ""},
        {"return", "{"},
        {"n ", "{"},
        {"={a:b(", ""},
        {"={a:/", ""},
        {"={a:'", ""},
        {"={a:b}}", ""},
        {"]\"a\":1}", ""},
        {"\"a\":{}}", ""},
        {"[\"a\":1,", ""},
        {"\xC2", ""},
        {"         ", "{"},
        {"0", ""},
        {"1.", ""},
        {"{\"a\" ", ""},
        {"{a", ""},
        {"'a' x \"", "'"},
        {"={\"a\" ", ""},
        {"=`", ""},
        {"[\"x\" /", ""},
        {"[\"x\" //\n", ""},
        {"[\"x\" /**/ y ", ""},
    };
    size_t i, from;

    for (i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        dtl_str text = repeat(hostile[i].unit, 50000, hostile[i].tail);
        dtl_str inside = repeat(hostile[i].unit, 50000, hostile[i].tail);

        dtl_arena_reset(&arena);
        CHECK_OK(dtl_json_read(&doc, &arena, text));
        memcpy((char *)(uintptr_t)inside.ptr, "[\"", 2);
        CHECK_OK(dtl_json_read(&doc, &arena, inside));
        for (from = 0; from < text.len; from = doc.end) {
            CHECK_OK(dtl_json_read_script(&doc, &arena, text, from));
            CHECK_OR_RETURN(doc.end > from);
        }
        free((void *)(uintptr_t)text.ptr);
        free((void *)(uintptr_t)inside.ptr);
    }
}

static void test_too_many_values(void)
{
    dtl_str text = repeat("1,", DTL_JSON_MAX_VALUES + 10, "2");

    memcpy((char *)(uintptr_t)text.ptr, "[ ", 2);
    CHECK_OK(dtl_json_read(&doc, &arena, text));
    CHECK_INT(doc.count, DTL_JSON_MAX_VALUES);
    CHECK(doc.cut);
    CHECK(dtl_json_is_array(&doc, dtl_json_top(&doc)));
    CHECK_INT(dtl_json_count(&doc, dtl_json_top(&doc)),
              DTL_JSON_MAX_VALUES - 3);
    free((void *)(uintptr_t)text.ptr);
    dtl_arena_clear(&arena);
}

static void test_too_long(void)
{
    /* Never looked at. */
    dtl_str text = {"{}", DTL_JSON_MAX_BYTES + 1};

    CHECK_INT(dtl_json_read(&doc, &arena, text), DTL_LIMIT);
    CHECK_INT(doc.count, 0);
    CHECK_INT(dtl_json_read_script(&doc, &arena, text, 0), DTL_LIMIT);
}

/* ---- Memory ---------------------------------------------------------- */

typedef struct {
    const char *text;
    bool script;
} attempt_input;

/* Reads, asks for all keys and texts. */
static dtl_status attempt(void *ctx)
{
    const attempt_input *in = ctx;
    dtl_str source = dtl_str_of(in->text);
    dtl_arena own = {0};
    dtl_json_doc d;
    dtl_status status = in->script ? dtl_json_read_script(&d, &own, source, 0)
                                   : dtl_json_read(&d, &own, source);
    dtl_json_ref v;

    for (v = 0; v < d.count; v++)
        dtl_json_text(&d, v);
    if (status == DTL_OK)
        status = d.status;
    else
        CHECK(!d.count && !d.values);
    dtl_arena_clear(&own);
    return status;
}

static void test_without_memory(void)
{
    enum {
        STRINGS = 20000
    };
    attempt_input in = {"{\"a\\n\":[\"b\\n\",\"c\"]}", false};
    dtl_str many = repeat("\"\\\"\":\"\\n\",", STRINGS, "");

    CHECK(test_each_failure(attempt, &in));
    in = (attempt_input){"{&quot;a&quot;:&quot;\\n&quot;}", false};
    CHECK(test_each_failure(attempt, &in));
    in = (attempt_input){many.ptr, false};
    CHECK(test_each_failure(attempt, &in));
    memcpy((char *)(uintptr_t)many.ptr, "={a:1,", 6);
    in.script = true;
    CHECK(test_each_failure(attempt, &in));
    free((void *)(uintptr_t)many.ptr);
}

static void test_second_pass_takes_no_memory(void)
{
    static const char text[] =
        "[{\"a\":\"\\n\"},{\"b\":[1,2,3,4,5,6,7,8,9,10]},\"\\t\"]";
    test_memory *m = test_memory_start();
    dtl_arena own = {0};
    dtl_json_doc d;
    dtl_json_ref v;
    size_t asked = 0;
    int pass;

    for (pass = 0; pass < 2; pass++) {
        dtl_arena_reset(&own);
        CHECK_OK(dtl_json_read(&d, &own, dtl_str_of(text)));
        for (v = 0; v < d.count; v++)
            dtl_json_text(&d, v);
        if (pass == 0)
            asked = m->asked;
    }
    CHECK_INT(m->asked, asked);
    dtl_arena_clear(&own);
    CHECK(test_memory_stop());
}

static const test_case cases[] = {
    TEST(test_get),
    TEST(test_last_of_same_keys),
    TEST(test_find),
    TEST(test_nothing),
    TEST(test_ranges),
    TEST(test_ranges_with_references),
    TEST(test_text_is_a_slice),
    TEST(test_numbers),
    TEST(test_script_goes_on),
    TEST(test_deep),
    TEST(test_hostile_is_linear),
    TEST(test_too_many_values),
    TEST(test_too_long),
    TEST(test_without_memory),
    TEST(test_second_pass_takes_no_memory),
};

int main(int argc, char **argv)
{
    int code = test_run(cases, sizeof cases / sizeof *cases, argc, argv);

    dtl_arena_clear(&arena);
    return code;
}
