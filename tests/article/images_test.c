/* Images and access: credits split off captions, addresses that show the same
 * picture, captions out of the tree, declared and observed access. */
#include "article/caption.h"
#include "article/credit.h"
#include "article/meta.h"
#include "article/picture.h"
#include "base/str.h"
#include "html/parse.h"
#include "../unit/memory.h"
#include "../unit/test.h"

/* ---- Credits ------------------------------------------------------------- */

typedef struct {
    const char *text, *caption, *credit; /* NULL: absent */
} split_case;

static const split_case splits[] = {
    {"The quay. Photo: Ged Hallam", "The quay.", "Ged Hallam"},
    {"The quay. Photo by Ged Hallam", "The quay.", "Ged Hallam"},
    {"The quay at low water (Image: Ged Hallam)", "The quay at low water",
     "Ged Hallam"},
    {"The quay. Photograph: Mina Holt/The Tern", "The quay.",
     "Mina Holt/The Tern"},
    {"The quay. (CW Photo/Lars Amdal)", "The quay.", "CW Photo/Lars Amdal"},
    {"The pond, in January. (Tern file photo)", "The pond, in January.",
     "Tern file photo"},
    {"The quay. © Nils Aaby/Reportage", "The quay.", "Nils Aaby/Reportage"},
    {"The quay. Lars Amdal/AFP", "The quay.", "Lars Amdal/AFP"},
    {"The quay. Getty Images", "The quay.", "Getty Images"},
    {"Getty Images", NULL, "Getty Images"},
    {"Photo: Abel Rusk", NULL, "Abel Rusk"},
    {"Image credit: Photo by Abel Rusk", NULL, "Abel Rusk"},
    /* In other languages. */
    {"Das Boot am Deich. Foto: Henning Raben/dpa", "Das Boot am Deich.",
     "Henning Raben/dpa"},
    {"Das Boot am Deich (Foto: Raben)", "Das Boot am Deich", "Raben"},
    {"Das Boot. Bildquelle: Raben", "Das Boot.", "Raben"},
    {"Le quai. Crédit photo : Jean Faucher", "Le quai.", "Jean Faucher"},
    {"El muelle. Fuente: Inés Roldán", "El muelle.", "Inés Roldán"},
    {"Nabrzeże. Fot. Jan Kos", "Nabrzeże.", "Jan Kos"},
    {"Набережная. Фото: Иван Лосев", "Набережная.", "Иван Лосев"},
    {"港に入る船（撮影・大庭涼）", "港に入る船", "大庭涼"},
    {"Krantinė / J. Kosas / Žuvėdra nuotr.", "Krantinė",
     "J. Kosas / Žuvėdra nuotr"},
    /* What is no credit. */
    {"The quay at low water.", "The quay at low water.", NULL},
    {"Mina Holt (left) with a photo of her boat.",
     "Mina Holt (left) with a photo of her boat.", NULL},
    {"She took a photo by the harbour wall and went home to bed.",
     "She took a photo by the harbour wall and went home to bed.", NULL},
    {"The ferry (built in 1961) at sea.", "The ferry (built in 1961) at sea.",
     NULL},
    {"The image of a town that sleeps.", "The image of a town that sleeps.",
     NULL},
    /* A label whose name stands elsewhere. */
    {"Image", NULL, NULL},
    {"", NULL, NULL},
};

static void test_credit_split(void)
{
    for (size_t i = 0; i < sizeof splits / sizeof *splits; i++) {
        dtl_str caption, credit;

        dtl_credit_split(dtl_str_of(splits[i].text), &caption, &credit);
        if (!CHECK_STR(caption, splits[i].caption) ||
            !CHECK_STR(credit, splits[i].credit))
            FAIL("in: %s", splits[i].text);
    }
}

static void test_credit_name(void)
{
    CHECK_STR(dtl_credit_name(DTL_STR("Photo by Ines Falk")), "Ines Falk");
    CHECK_STR(dtl_credit_name(DTL_STR("(© Ines Falk)")), "Ines Falk");
    CHECK_STR(dtl_credit_name(DTL_STR("| Ines Falk")), "Ines Falk");
    /* A name that begins with such a word. */
    CHECK_STR(dtl_credit_name(DTL_STR("picture alliance")), "picture alliance");
    CHECK_STR(dtl_credit_name(DTL_STR("Photo:")), NULL);
    CHECK(dtl_credit_is(DTL_STR("Picture: Corrie Dunne")));
    CHECK(!dtl_credit_is(DTL_STR("The quay. Picture: Corrie Dunne")));
}

/* Nothing that a page says may be read past its end. */
static void test_credit_cut(void)
{
    for (size_t i = 0; i < sizeof splits / sizeof *splits; i++) {
        dtl_str all = dtl_str_of(splits[i].text);

        for (size_t n = 0; n <= all.len; n++) {
            dtl_str caption, credit;
            char *copy = dtl_malloc(n + 1);

            CHECK_OR_RETURN(copy);
            memcpy(copy, all.ptr, n);
            dtl_credit_split((dtl_str){copy, n}, &caption, &credit);
            CHECK(caption.len + credit.len <= n);
            dtl_free(copy);
        }
    }
}

/* ---- Addresses ------------------------------------------------------------
 */

typedef struct {
    const char *a, *b;
    bool same;
} key_case;

static const key_case keys[] = {
    {"https://i.tern.example/ferry.jpg?w=640",
     "https://i.tern.example/ferry.jpg", true},
    {"https://i.tern.example/a/ferry-1200x675.jpg",
     "https://i.tern.example/a/ferry.jpg", true},
    {"https://i.tern.example/a/ferry-scaled.jpg",
     "https://i.tern.example/a/ferry.jpg", true},
    {"https://i.tern.example/x1/16:9/w_1280,c_limit/ferry.jpg",
     "https://i.tern.example/x1/master/w_640/ferry.jpg", true},
    {"https://i.tern.example/ferry.jpg", "https://i.tern.example/ferry.webp",
     true},
    {"https://i0.cdn.example/i.tern.example/a/ferry.jpg?resize=10,5",
     "https://i.tern.example/a/ferry.jpg", true},
    {"/_img?url=https%3A%2F%2Fi.tern.example%2Fa%2Fferry.jpg&w=64",
     "https://i.tern.example/a/ferry.jpg", true},
    {"https://cdn.example/cdn-cgi/image/width=600/https://i.tern.example/a.jpg",
     "https://i.tern.example/a.jpg", true},
    {"/files/styles/hero/public/2022/f.jpg?itok=1",
     "/files/styles/card/public/2022/f.jpg", true},
    {"https://i.tern.example/1.jpg", "https://i.tern.example/2.jpg", false},
    {"https://i.tern.example/march-01.jpg",
     "https://i.tern.example/march-02.jpg", false},
    {"https://i.tern.example/pic?id=4&w=9",
     "https://i.tern.example/pic?id=5&w=9", false},
    {"https://i.tern.example/pic?id=4&w=9",
     "https://i.tern.example/pic?id=4&w=7", true},
    {"https://i.tern.example/650/a.jpg", "https://i.tern.example/651/a.jpg",
     false},
};

static void test_keys(void)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        dtl_picture_key a = dtl_picture_key_of(dtl_str_of(keys[i].a));
        dtl_picture_key b = dtl_picture_key_of(dtl_str_of(keys[i].b));

        if (!CHECK_INT(a.strict == b.strict, keys[i].same))
            FAIL("%s and %s", keys[i].a, keys[i].b);
    }
}

static void test_keys_agree(void)
{
    dtl_picture_key a, b;

    a = dtl_picture_key_of(DTL_STR("https://a.example/x/ferry-boat-1440.jpg"));
    b = dtl_picture_key_of(DTL_STR("https://b.example/y/ferry-boat-600.jpg"));
    CHECK(a.strict != b.strict);
    CHECK(dtl_picture_keys_agree(&a, &b));
    a = dtl_picture_key_of(DTL_STR("https://a.example/lead.jpg"));
    b = dtl_picture_key_of(DTL_STR("https://a.example/other.jpg"));
    CHECK(!dtl_picture_keys_agree(&a, &b));
}

static void test_addresses(void)
{
    CHECK(dtl_picture_address_is_real(DTL_STR("/a.jpg")));
    CHECK(dtl_picture_address_is_real(DTL_STR("//a.example/b")));
    CHECK(!dtl_picture_address_is_real(DTL_STR("data:image/gif;base64,R0")));
    CHECK(!dtl_picture_address_is_real(DTL_STR("/img/{width}/a.jpg")));
    CHECK(!dtl_picture_address_is_real(DTL_STR("about:blank")));
    CHECK(!dtl_picture_address_is_real(DTL_STR("true")));
    CHECK(!dtl_picture_address_is_real((dtl_str){NULL, 0}));
    CHECK(dtl_picture_is_ornament(DTL_STR("https://a.example/logo.png")));
    CHECK(!dtl_picture_is_ornament(DTL_STR("https://a.example/ferry.png")));
}

/* ---- In the tree -----------------------------------------------------------
 */

typedef struct {
    const char *html, *address, *caption, *credit;
} tree_case;

static const tree_case trees[] = {
    {"<img src=/a.jpg>", "/a.jpg", NULL, NULL},
    {"<img src=data:x data-src=/a.jpg>", "/a.jpg", NULL, NULL},
    {"<img src=/placeholder.gif data-lazy-src=/a.jpg>", "/a.jpg", NULL, NULL},
    {"<img src=/s.jpg?w=40 srcset='/a.jpg 400w, /b.jpg 900w, /c.jpg 600w'>",
     "/b.jpg", NULL, NULL},
    {"<img src=data:x srcset='/a,b.jpg 1x, /c,d.jpg 2x'>", "/c,d.jpg", NULL,
     NULL},
    {"<picture><source srcset='/a.webp 2x'><img></picture>", "/a.webp", NULL,
     NULL},
    {"<picture><source srcset=/a.webp><img src=/a.jpg></picture>", "/a.jpg",
     NULL, NULL},
    {"<amp-img src=/a.jpg></amp-img>", "/a.jpg", NULL, NULL},
    {"<img src=data:x>", NULL, NULL, NULL},
    {"<figure><img src=/a.jpg><figcaption>Low water.</figcaption></figure>",
     "/a.jpg", "Low water.", NULL},
    {"<figure><img src=/a.jpg><figcaption>Low  <b>wat</b>er. <span "
     "class=credit>Photo: Corrie Dunne</span></figcaption></figure>",
     "/a.jpg", "Low water.", "Corrie Dunne"},
    {"<div class=x><img src=/a.jpg><p class=legende>Low water.</p></div>",
     "/a.jpg", "Low water.", NULL},
    {"<div><p><img src=/a.jpg></p><p>Photo: Abel Rusk</p></div>", "/a.jpg",
     NULL, "Abel Rusk"},
    {"<figure><img src=/a.jpg><figcaption><span>3 of 12 |</span> Low water."
     "<button>More</button></figcaption></figure>",
     "/a.jpg", "Low water.", NULL},
    /* Said twice, for two screens. */
    {"<figure><img src=/a.jpg><span class=credit>© Corrie Dunne</span>"
     "<figcaption>Low water.</figcaption><span class=credit>Copyright Corrie "
     "Dunne</span></figure>",
     "/a.jpg", "Low water.", "Corrie Dunne"},
    /* The caption of the picture behind is not this one's. */
    {"<div><img src=/a.jpg><figure><img src=/b.jpg><figcaption>Other."
     "</figcaption></figure></div>",
     "/a.jpg", NULL, NULL},
};

static void check_tree(const tree_case *c)
{
    dtl_html_doc doc = {0};
    dtl_arena arena = {0};
    dtl_html_ref first = 0, second = 0, n;
    dtl_caption_memo memo = {0};
    dtl_caption got;

    CHECK_OK(dtl_html_parse(&doc, dtl_str_of(c->html), NULL, NULL));
    for (n = 1; n < doc.node_count; n++)
        if (dtl_picture_is(&doc, n)) {
            if (!first)
                first = n;
            else if (!second)
                second = n;
        }
    if (CHECK(first)) {
        bool right = CHECK_STR(dtl_picture_address(&doc, first), c->address);

        CHECK_OK(dtl_caption_find(&doc, first, 0, second, &memo, &arena, &got));
        right &= CHECK_STR(got.caption, c->caption);
        right &= CHECK_STR(got.credit, c->credit);
        if (!right)
            FAIL("in: %s", c->html);
    }
    dtl_arena_clear(&arena);
    dtl_html_clear(&doc);
}

static void test_trees(void)
{
    for (size_t i = 0; i < sizeof trees / sizeof *trees; i++)
        check_tree(&trees[i]);
}

/* ---- Access ---------------------------------------------------------------
 */

typedef struct {
    const char *html;
    dtl_page_status status;
    dtl_access_declared declared;
    dtl_access_observed observed;
} access_case;

#define LD(value)                                                              \
    "<html><body><script type=application/ld+json>{\"@type\":\"NewsArticle\"," \
    "\"headline\":\"Ferry\",\"isAccessibleForFree\":" value                    \
    "}</script><p>x</p></body></html>"
#define TIER(value)                                                            \
    "<html><head><meta property=article:content_tier content=" value           \
    "></head><body><p>x</p></body></html>"

static const access_case accesses[] = {
    {LD("true"), DTL_STATUS_LISTING, DTL_ACCESS_FREE, DTL_OBSERVED_FULL},
    {LD("\"True\""), DTL_STATUS_LISTING, DTL_ACCESS_FREE, DTL_OBSERVED_FULL},
    {LD("\"https://schema.org/False\""), DTL_STATUS_LISTING, DTL_ACCESS_PAID,
     DTL_OBSERVED_FULL},
    {LD("\"no\""), DTL_STATUS_LISTING, DTL_ACCESS_PAID, DTL_OBSERVED_FULL},
    {TIER("free"), DTL_STATUS_LISTING, DTL_ACCESS_FREE, DTL_OBSERVED_FULL},
    {TIER("metered"), DTL_STATUS_LISTING, DTL_ACCESS_METERED,
     DTL_OBSERVED_FULL},
    {TIER("locked"), DTL_STATUS_LISTING, DTL_ACCESS_PAID, DTL_OBSERVED_FULL},
    {"<html><body><p>x</p></body></html>", DTL_STATUS_LISTING,
     DTL_ACCESS_UNKNOWN, DTL_OBSERVED_FULL},
    /* End tags left out are no cut. */
    {"<html><body><p>The whole of it.", DTL_STATUS_LISTING, DTL_ACCESS_UNKNOWN,
     DTL_OBSERVED_FULL},
    {"<html><body><main><p>The bridge is to op", DTL_STATUS_LISTING,
     DTL_ACCESS_UNKNOWN, DTL_OBSERVED_TRUNCATED},
    {"<html><body><main><p>The bridge</p><a hre", DTL_STATUS_LISTING,
     DTL_ACCESS_UNKNOWN, DTL_OBSERVED_TRUNCATED},
    {"<html><body><main><p>The bridge</p></main></body></html><!-- 0.2 s",
     DTL_STATUS_LISTING, DTL_ACCESS_UNKNOWN, DTL_OBSERVED_FULL},
    {"<html><body><h1>Are you a robot?</h1><p>Verify that you are human. "
     "Enable cookies.</p></body></html>",
     DTL_STATUS_BLOCKED, DTL_ACCESS_UNKNOWN, DTL_OBSERVED_BLOCKED},
    {"<html><body><h1>Weiterlesen mit Werbung</h1><p>Wir und unsere Partner "
     "nutzen Cookies. Akzeptieren</p></body></html>",
     DTL_STATUS_BLOCKED, DTL_ACCESS_UNKNOWN, DTL_OBSERVED_CONSENT_WALL},
};

static void check_access(const access_case *c)
{
    dtl_html_doc doc = {0};
    dtl_survey survey = {0};
    dtl_arena arena = {0};
    dtl_facts facts;
    dtl_article article = {.arena = &arena, .status = c->status};
    dtl_meta m = {.doc = &doc, .facts = &facts, .article = &article};

    CHECK_OK(dtl_html_parse(&doc, dtl_str_of(c->html), NULL, NULL));
    CHECK_OK(dtl_survey_page(&survey, &doc));
    CHECK_OK(
        dtl_facts_collect(&doc, &survey, (dtl_str){NULL, 0}, &arena, &facts));
    CHECK_OK(dtl_meta_access(&m));
    if (!CHECK_INT(article.declared, c->declared) ||
        !CHECK_INT(article.observed, c->observed))
        FAIL("in: %s", c->html);
    dtl_survey_clear(&survey);
    dtl_arena_clear(&arena);
    dtl_html_clear(&doc);
}

static void test_access(void)
{
    for (size_t i = 0; i < sizeof accesses / sizeof *accesses; i++)
        check_access(&accesses[i]);
}

/* ---- Out of memory ----------------------------------------------------------
 */

static const char page[] =
    "<html><head><meta property=og:image content=https://i.tern.example/a.jpg>"
    "</head><body><article><h1>Ferry</h1><figure><img src=/x/a.jpg><figcaption>"
    "Low water. Photo: Ged Hallam</figcaption></figure><p id=p>The council "
    "voted.</p><img src=/b.jpg width=640 alt=Mud><p>The ferry runs.</p>"
    "</article></body></html>";

static dtl_status find_images(void *ctx)
{
    dtl_html_doc doc = {0};
    dtl_survey survey = {0};
    dtl_arena arena = {0};
    dtl_facts facts;
    dtl_article article = {.arena = &arena,
                           .url = DTL_STR("https://tern.example/ferry")};
    dtl_meta m = {.doc = &doc, .facts = &facts, .article = &article};
    dtl_html_ref first, last;
    dtl_status st = dtl_html_parse(&doc, dtl_str_of(page), NULL, NULL);

    (void)ctx;
    if (st == DTL_OK) {
        first = dtl_html_find(&doc, 0, doc.node_count, DTL_N_P);
        last = dtl_html_find(&doc, first, doc.node_count, DTL_N_P);
        m.body = (dtl_body_range){first + 1, last + 2};
        m.title_node = dtl_html_find(&doc, 0, doc.node_count, DTL_N_H1);
        st = dtl_survey_page(&survey, &doc);
    }
    if (st == DTL_OK)
        st = dtl_facts_collect(&doc, &survey, article.url, &arena, &facts);
    if (st == DTL_OK)
        st = dtl_meta_images(&m);
    if (st == DTL_OK)
        st = dtl_meta_access(&m);
    if (st == DTL_OK && CHECK_INT(article.image_count, 2)) {
        CHECK_STR(article.images[0].url, "https://tern.example/x/a.jpg");
        CHECK_STR(article.images[0].caption, "Low water.");
        CHECK_STR(article.images[0].credit, "Ged Hallam");
        CHECK(article.images[0].lead);
        CHECK_STR(article.images[1].alt, "Mud");
        CHECK(!article.images[1].lead);
    }
    dtl_survey_clear(&survey);
    dtl_arena_clear(&arena);
    dtl_html_clear(&doc);
    return st;
}

static void test_out_of_memory(void)
{
    CHECK(test_each_failure(find_images, NULL));
}

static const test_case cases[] = {
    TEST(test_credit_split), TEST(test_credit_name), TEST(test_credit_cut),
    TEST(test_keys),         TEST(test_keys_agree),  TEST(test_addresses),
    TEST(test_trees),        TEST(test_access),      TEST(test_out_of_memory),
};

TEST_MAIN(cases)
