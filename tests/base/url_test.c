/* URLs, resolved and taken apart. Whether the standard's own cases agree is
 * check_urls.py's business. */
#include "base/str.h"
#include "base/url.h"
#include "unit/memory.h"
#include "unit/test.h"

static const struct {
    const char *base, *ref, *want; /* want NULL: no URL */
} resolved[] = {
    {"", "https://news.example/a", "https://news.example/a"},
    {"", "HTTPS://News.Example", "https://news.example/"},
    {"", "/a", NULL},
    {"", "a.html", NULL},
    {"", "", NULL},
    {"not a url", "a.html", NULL},
    {"https://news.example/a/b", "c", "https://news.example/a/c"},
    {"https://news.example/a/b?x=1#y", "", "https://news.example/a/b?x=1"},
    {"https://news.example/a/b?x=1", "#z", "https://news.example/a/b?x=1#z"},
    {"https://news.example/a/b?x=1", "?y=2", "https://news.example/a/b?y=2"},
    {"https://news.example", "x", "https://news.example/x"},
    {"https://news.example/a/b/c", "../d", "https://news.example/a/d"},
    {"https://news.example/a", "../../d/./e/..", "https://news.example/d/"},
    {"https://news.example/a", "%2e%2E/d", "https://news.example/d"},
    {"https://news.example/", "//cdn.example/i.jpg",
     "https://cdn.example/i.jpg"},
    {"https://news.example/a/", "  \n/b c\t ", "https://news.example/b%20c"},
    {"https://news.example/a/", "/b\nc", "https://news.example/bc"},
    {"https://news.example/a/", "\\b\\c", "https://news.example/b/c"},
    {"https://news.example/a/", "https:b", "https://news.example/a/b"},
    {"http://news.example/a/", "https:b", "https://b/"},
    {"", "http://news.example:80/", "http://news.example/"},
    {"", "http://news.example:8080/", "http://news.example:8080/"},
    {"", "http://news.example:65536/", NULL},
    {"", "http://:80/", NULL},
    {"", "http://a b/", NULL},
    {"", "http://ann:s3@news.example/", "http://ann:s3@news.example/"},
    {"", "https://M\xC3\xBCnchen.example/\xC3\xBC?\xC3\xBC#\xC3\xBC",
     "https://xn--mnchen-3ya.example/%C3%BC?%C3%BC#%C3%BC"},
    {"", "https://\xE6\x97\xA5\xE6\x9C\xAC.example/",
     "https://xn--wgv71a.example/"},
    {"", "https://m%C3%BCnchen.example/", "https://xn--mnchen-3ya.example/"},
    {"", "https://\xFF.example/", NULL},
    {"", "http://0x7f.1/", "http://127.0.0.1/"},
    {"", "http://1.2.3.256/", NULL},
    {"", "http://[::1]:8/", "http://[::1]:8/"},
    {"", "http://[::1/", NULL},
    {"https://news.example/", "Mailto:desk@news.example",
     "mailto:desk@news.example"},
    {"https://news.example/", "javascript:void(0)", "javascript:void(0)"},
    {"mailto:desk@news.example", "a", NULL},
    {"https://news.example/", "/a?q='\"<>&x=y z",
     "https://news.example/a?q=%27%22%3C%3E&x=y%20z"},
    {"https://news.example/", "/a?q=%zz", "https://news.example/a?q=%zz"},
    {"https://news.example/", "a:b", "a:b"},
    {"https://news.example/", "./a:b", "https://news.example/a:b"},
};

static void test_resolve(void)
{
    dtl_arena arena = {0};
    size_t i;

    for (i = 0; i < sizeof resolved / sizeof *resolved; i++) {
        dtl_str out;

        CHECK_OK(dtl_url_resolve(dtl_str_of(resolved[i].base),
                                 dtl_str_of(resolved[i].ref), &arena, &out));
        CHECK_STR(out, resolved[i].want);
        /* What came out is normal. */
        if (out.ptr) {
            dtl_str again;

            CHECK_OK(dtl_url_resolve((dtl_str){NULL, 0}, out, &arena, &again));
            CHECK_SLICE(again, out);
        }
    }
    dtl_arena_clear(&arena);
}

static void test_normal_is_not_copied(void)
{
    dtl_arena arena = {0};
    dtl_str url = DTL_STR("https://news.example/2021/a-b_c.html?x=1&y=[2]#z");
    dtl_str out;

    CHECK_OK(
        dtl_url_resolve(DTL_STR("http://other.example/"), url, &arena, &out));
    CHECK(out.ptr == url.ptr);
    CHECK_INT(out.len, url.len);
    dtl_arena_clear(&arena);
}

static void test_split(void)
{
    dtl_url u;

    CHECK(dtl_url_split(DTL_STR("http://ann@news.example:81/a/b?c#d"), &u));
    CHECK_STR(u.scheme, "http");
    CHECK_STR(u.userinfo, "ann");
    CHECK_STR(u.host, "news.example");
    CHECK_STR(u.port, "81");
    CHECK_STR(u.path, "/a/b");
    CHECK_STR(u.query, "c");
    CHECK_STR(u.fragment, "d");
    CHECK(dtl_url_split(DTL_STR("mailto:a@b"), &u));
    CHECK_STR(u.host, NULL);
    CHECK_STR(u.path, "a@b");
    CHECK(!dtl_url_split(DTL_STR("/a/b"), &u));
    CHECK(dtl_url_is_web(DTL_STR("HTTPS://x/")));
    CHECK(!dtl_url_is_web(DTL_STR("ftp://x/")));
}

static dtl_status resolve_once(void *ctx)
{
    dtl_arena arena = {0};
    dtl_str out;
    dtl_status st = dtl_url_resolve(DTL_STR("https://News.example/ a"),
                                    *(const dtl_str *)ctx, &arena, &out);

    dtl_arena_clear(&arena);
    return st;
}

static void test_memory_fails(void)
{
    dtl_str ref = DTL_STR("b\nc d");

    CHECK(test_each_failure(resolve_once, &ref));
}

static const test_case cases[] = {
    TEST(test_resolve),
    TEST(test_normal_is_not_copied),
    TEST(test_split),
    TEST(test_memory_fails),
};
TEST_MAIN(cases)
