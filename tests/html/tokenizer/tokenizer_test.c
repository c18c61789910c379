/* Tests of the tokenizer that are not about the standard: all instruction
 * sets agree, time stays linear, memory runs out, limits hold. */
#include "unit/memory.h"
#include "unit/test.h"
#include "base/cpu.h"
#include "base/str.h"
#include "html/tokenizer.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Ends a document that only a tokenizer wrote to. */
static void end_doc(dtl_html_doc *doc)
{
    dtl_free(doc->attrs);
    dtl_names_clear(&doc->names);
    dtl_arena_clear(&doc->arena);
}

static dtl_token_state state_after(const dtl_html_token *k)
{
    if (k->type != DTL_TOKEN_START_TAG)
        return DTL_STATE_DATA;
    if (k->name == DTL_N_SCRIPT)
        return DTL_STATE_SCRIPT_DATA;
    if (k->name == DTL_N_STYLE)
        return DTL_STATE_RAWTEXT;
    return k->name == DTL_N_TITLE ? DTL_STATE_RCDATA : DTL_STATE_DATA;
}

/* ---- Agreement ------------------------------------------------------- */

static void describe(const dtl_html_doc *doc, const dtl_html_token *k,
                     dtl_buf *out)
{
    uint32_t i;

    dtl_buf_printf(out, "%u %u-%u", k->type, k->start, k->end);
    if (k->type == DTL_TOKEN_TEXT || k->type == DTL_TOKEN_COMMENT)
        dtl_buf_printf(out, " %u-%u f%u", k->data_start, k->data_end,
                       k->text_flags);
    if (k->type == DTL_TOKEN_START_TAG || k->type == DTL_TOKEN_END_TAG)
        dtl_buf_printf(out, " n%u %d", k->name, k->self_closing);
    for (i = 0; k->type == DTL_TOKEN_START_TAG && i < k->attr_count; i++) {
        const dtl_html_attr *a = &doc->attrs[k->attr_first + i];

        dtl_buf_printf(out, " n%u %u-%u f%u", a->name, a->start, a->end,
                       a->text_flags);
    }
    dtl_buf_putc(out, '\n');
}

/* The tokens of text as a description. */
static dtl_buf tokens_of(dtl_str text, dtl_cpu level)
{
    dtl_html_doc doc = {.text = text};
    dtl_html_tokenizer t;
    dtl_html_token k;
    dtl_buf out = {0};

    dtl_cpu_force(level);
    dtl_html_tokenizer_init(&t, &doc);
    do {
        CHECK_OK(dtl_html_tokenizer_next(&t, &k));
        describe(&doc, &k, &out);
        if (state_after(&k) != DTL_STATE_DATA)
            t.state = (uint8_t)state_after(&k);
    } while (k.type != DTL_TOKEN_EOF);
    end_doc(&doc);
    return out;
}

static uint32_t next_random(void)
{
    static uint64_t state = 88172645463325252u;

    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 32);
}

#define PART(literal)                                                          \
    {                                                                          \
        "" literal, sizeof(literal) - 1                                        \
    }

static size_t make_text(char *to, size_t room)
{
    static const dtl_str parts[] = {
        PART("<"),
        PART(">"),
        PART("</"),
        PART("<p>"),
        PART("<a href=\""),
        PART("\""),
        PART("'"),
        PART("="),
        PART("/"),
        PART(" "),
        PART("\r\n"),
        PART("\r"),
        PART("\n        "),
        PART("\0"),
        PART("&"),
        PART("&amp;"),
        PART("<div class='"),
        PART("</div>"),
        PART("<script>"),
        PART("</script>"),
        PART("<!--"),
        PART("-->"),
        PART("<!"),
        PART("<?x "),
        PART("?>"),
        PART("<title>"),
        PART("</title>"),
        PART("<style>"),
        PART("</style>"),
        PART("data-own-name"),
        PART("DATA-Own-Name-Of-33-Bytes-And-More"),
        PART("class"),
        PART(" id"),
        PART("viewBox"),
        PART("0123456789abcdef0123456789abcdef0123456789abcdef"),
        PART("\xC3\xA9\xE2\x80\x94"),
        PART("\x0B\x01"),
        PART("<!doctype html>"),
        PART("x"),
    };
    size_t len = 0;

    for (;;) {
        dtl_str part = parts[next_random() % (sizeof(parts) / sizeof(*parts))];

        if (part.len > room - len)
            return len;
        memcpy(to + len, part.ptr, part.len);
        len += part.len;
    }
}

static void test_instruction_sets_agree(void)
{
    char text[400];
    int round, level;

    for (round = 0; round < 3000; round++) {
        size_t room = 20 + next_random() % (sizeof(text) - 20);
        size_t len = make_text(text, room);
        char *copy = malloc(len ? len : 1); /* ends where its memory does */
        dtl_str s = {copy, len};
        dtl_buf want, got;

        memcpy(copy, text, len);
        want = tokens_of(s, DTL_CPU_PLAIN);
        for (level = DTL_CPU_SSE2; level <= DTL_CPU_AVX512BW; level++) {
            got = tokens_of(s, (dtl_cpu)level);
            if (!dtl_str_eq(dtl_buf_view(&got), dtl_buf_view(&want)))
                FAIL("%s differs on %.*s", dtl_cpu_name((dtl_cpu)level),
                     (int)len, copy);
            dtl_buf_clear(&got);
        }
        dtl_buf_clear(&want);
        free(copy);
    }
    dtl_cpu_force(DTL_CPU_AVX512BW);
}

/* ---- Hostile pages --------------------------------------------------- */

/* A page of a repeated part, its tokens counted. */
static size_t count_tokens(dtl_str head, dtl_str part, size_t len, bool cdata)
{
    dtl_buf page = {0};
    dtl_html_doc doc = {0};
    dtl_html_tokenizer t;
    dtl_html_token k;
    size_t count = 0;
    uint32_t at = 0;

    dtl_buf_str(&page, head);
    while (page.len < len)
        dtl_buf_str(&page, part);
    doc.text = dtl_buf_view(&page);
    dtl_html_tokenizer_init(&t, &doc);
    t.cdata_allowed = cdata;
    do {
        CHECK_OK(dtl_html_tokenizer_next(&t, &k));
        CHECK(k.start >= at && k.end >= k.start);
        CHECK(k.end > k.start || k.type == DTL_TOKEN_EOF);
        at = k.end;
        if (state_after(&k) != DTL_STATE_DATA)
            t.state = (uint8_t)state_after(&k);
        count++;
    } while (k.type != DTL_TOKEN_EOF && count <= len);
    CHECK_INT(k.type, DTL_TOKEN_EOF);
    end_doc(&doc);
    dtl_buf_clear(&page);
    return count;
}

/* Each repeats what begins something that does not come to its end. A
 * second is a hundred times what the slowest takes; one that took time in
 * the square of the length would need hours. */
static void test_linear_time(void)
{
    static const struct {
        const char *head, *part;
    } pages[] = {
        {"", "<"},
        {"", "&"},
        {"", "<!--"},
        {"", "<?"},
        {"", "<?a "},
        {"", "</"},
        {"", "<!"},
        {"", "<a b=\""},
        {"", "<a b='c"},
        {"", "<a b="},
        {"", "</a "},
        {"", "<script>"},
        {"", "<title>"},
        {"", "<style></"},
        {"", "<![CDATA["},
        {"", "<![CDATA[]]>"},
        {"", "</>"},
        {"", "<a/"},
        {"<!--", "--!"},
        {"<!--", "-"},
        {"<!--", "--"},
        {"<script>", "</scrip"},
        {"<script><!--", "<script"},
        {"<script><!--", "</script"},
        {"<script>", "<!--<script>"},
        {"<script><!--", "-"},
        {"<title>", "&a"},
        {"<title>", "</titl"},
        {"", "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
        {"", "<!doctype "},
        {"<a ", "="},
        {"<a ", "a "},
        {"<a ", "/"},
        {"<!doctype a public '", "a"},
        {"<", "a"},
        {"<a ", "a"},
        {"<a b=", "&"},
        {"<?a ", "?"},
        {"<![CDATA[", "]"},
    };
    size_t i, len = 4 * 1000 * 1000;

    for (i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
        clock_t start = clock();
        double seconds;

        count_tokens(dtl_str_of(pages[i].head), dtl_str_of(pages[i].part), len,
                     i % 2);
        count_tokens(dtl_str_of(pages[i].head), dtl_str_of(pages[i].part), len,
                     true);
        seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (seconds > 20)
            FAIL("%s%s...: %.1f s", pages[i].head, pages[i].part, seconds);
    }
}

/* A million attributes on a tag, each name new, and then each again. */
static void test_million_attributes(void)
{
    test_memory *m = test_memory_start();
    dtl_html_doc doc = {0};
    dtl_html_tokenizer t;
    dtl_html_token k;
    dtl_buf page = {0};
    size_t count = 1000 * 1000, before, i;

    dtl_buf_puts(&page, "<a");
    for (i = 0; i < 2 * count; i++)
        dtl_buf_printf(&page, " a%zu", i % count);
    dtl_buf_putc(&page, '>');
    before = m->bytes;
    m->peak = before;
    doc.text = dtl_buf_view(&page);
    dtl_html_tokenizer_init(&t, &doc);
    CHECK_OK(dtl_html_tokenizer_next(&t, &k));
    CHECK_INT(k.type, DTL_TOKEN_START_TAG);
    CHECK_INT(k.attr_count, count);
    CHECK((m->bytes - before) / count <= 128);
    end_doc(&doc);
    dtl_buf_clear(&page);
    CHECK(test_memory_stop());
}

static void test_attribute_limit(void)
{
    dtl_html_doc doc = {.text = DTL_STR("<a b c><d e f><g h>")};
    dtl_html_tokenizer t;
    dtl_html_token k;

    dtl_html_tokenizer_init(&t, &doc);
    t.max_attrs = 4;
    CHECK_OK(dtl_html_tokenizer_next(&t, &k));
    doc.attr_count += k.attr_count;
    CHECK_OK(dtl_html_tokenizer_next(&t, &k));
    doc.attr_count += k.attr_count;
    CHECK_INT(doc.attr_count, 4);
    CHECK_INT(dtl_html_tokenizer_next(&t, &k), DTL_LIMIT);
    end_doc(&doc);
}

/* ---- Memory ---------------------------------------------------------- */

/* A page with something of everything that takes memory. */
static const char rich_page[] =
    "<!DOCTYPE HTML PUBLIC 'a\r\nb'><x-own Data-Own-1=2 b='&amp;' c>"
    "<?pi a\rb?><a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-P\0 Q\0=1 "
    "ONE-MORE-NAME-OF-ITS-OWN-THAT-HAS-MORE-THAN-SIXTY-FOUR-BYTES-IN-"
    "CAPITALS><p>text</p><title>&lt;</title>";

static dtl_status read_page(dtl_html_doc *doc)
{
    dtl_html_tokenizer t;
    dtl_html_token k;
    dtl_status st;

    doc->text = (dtl_str){rich_page, sizeof(rich_page) - 1};
    doc->attr_count = 0;
    dtl_html_tokenizer_init(&t, doc);
    do {
        st = dtl_html_tokenizer_next(&t, &k);
        if (st == DTL_OK && k.type == DTL_TOKEN_START_TAG && k.attr_count > 1 &&
            !dtl_html_attr_text(doc, &doc->attrs[k.attr_first + 1]).ptr)
            st = DTL_NOMEM;
    } while (st == DTL_OK && k.type != DTL_TOKEN_EOF);
    return st;
}

static dtl_status attempt(void *ctx)
{
    dtl_html_doc doc = {0};
    dtl_status st = read_page(&doc);

    (void)ctx;
    end_doc(&doc);
    return st;
}

static void test_without_memory(void)
{
    CHECK(test_each_failure(attempt, NULL));
}

static void test_second_page_takes_none(void)
{
    test_memory *m = test_memory_start();
    dtl_html_doc doc = {0};
    size_t asked;

    CHECK_OK(read_page(&doc));
    asked = m->asked;
    dtl_names_reset(&doc.names);
    dtl_arena_reset(&doc.arena);
    CHECK_OK(read_page(&doc));
    CHECK_INT(m->asked, asked);
    end_doc(&doc);
    CHECK(test_memory_stop());
}

static const test_case cases[] = {
    TEST(test_instruction_sets_agree), TEST(test_linear_time),
    TEST(test_million_attributes),     TEST(test_attribute_limit),
    TEST(test_without_memory),         TEST(test_second_page_takes_none),
};
TEST_MAIN(cases)
