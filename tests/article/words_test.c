/* Fast paths give what their plain twins give: class words of a page against
 * those of single values, trees by vectors against trees one by one, many
 * needles at once against a search for each; and lines of residue. */
#include "article/survey.h"
#include "article/features.h"
#include "article/measure_class.h"
#include "article/model.h"
#include "article/residue.h"
#include "base/cpu.h"
#include "base/needles.h"
#include "base/str.h"
#include "html/parse.h"
#include "unit/memory.h"
#include "unit/test.h"

/* ---- Class words -----------------------------------------------------------
 */

static void test_class_words(void)
{
    static const struct {
        const char *value;
        uint32_t bits;
    } cases[] = {
        {"nav", DTL_CW_NAV},
        {"navigation-footer", DTL_CW_NAV | DTL_CW_FOOTER},
        {"article__bodyText", DTL_CW_BODY | DTL_CW_CONTENT},
        {"sc-gAdYz css-1ad2f", 0},
        {"overflow-hidden", 0},
        {"hidden", DTL_CW_HIDDEN},
        {"", 0},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t got = dtl_class_bits(dtl_str_of(cases[i].value));

        if ((got & cases[i].bits) != cases[i].bits || (!cases[i].bits && got))
            FAIL("\"%s\" gives %#x", cases[i].value, (unsigned)got);
    }
}

static void test_notes_of_a_page(void)
{
    static const char page[] =
        "<div class='article-body' id=main><p class='caption'>x<p class="
        "'caption'>y<p class='nav'>z<blockquote class='twitter-tweet'>t";
    dtl_survey survey = {0};
    dtl_html_doc doc = {0};

    for (int round = 0; round < 2; round++) {
        CHECK_OK(dtl_html_parse(&doc, dtl_str_of(page), NULL, NULL));
        CHECK_OK(dtl_survey_page(&survey, &doc));
        CHECK(doc.note_count == doc.attr_count);
        for (uint32_t i = 0; i < doc.attr_count; i++) {
            dtl_attr_note fast = dtl_class_note(&doc, &doc.attrs[i]), plain;

            doc.note_count = 0;
            plain = dtl_class_note(&doc, &doc.attrs[i]);
            doc.note_count = doc.attr_count;
            CHECK(fast.bits == plain.bits);
            CHECK(fast.container == plain.container);
            CHECK(fast.hash == plain.hash);
        }
    }
    dtl_survey_clear(&survey);
    dtl_html_clear(&doc);
}

/* ---- The model
 * --------------------------------------------------------------- */

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

typedef void lanes(const float *const *rows, float *scores);

static const struct {
    const char *name;
    dtl_cpu level;
    lanes *score;
} paths[] = {
    {"plain", DTL_CPU_PLAIN, dtl_model_lanes_plain},
#if DTL_CPU_X86
    {"sse41", DTL_CPU_SSE41, dtl_model_lanes_sse41},
    {"avx2", DTL_CPU_AVX2, dtl_model_lanes_avx2},
#endif
};

static void test_scores(void)
{
    static float features[DTL_MODEL_LANES][DTL_FEATURES];
    const float *rows[DTL_MODEL_LANES];
    float scores[DTL_MODEL_LANES];
    uint32_t state = 1;

    for (int round = 0; round < 200; round++) {
        for (size_t k = 0; k < DTL_MODEL_LANES; k++) {
            rows[k] = features[k];
            for (size_t f = 0; f < DTL_FEATURES; f++) {
                uint32_t r = next_random(&state);

                features[k][f] = r % 3 == 0   ? 0
                                 : r % 3 == 1 ? (float)(r % 40) - 2
                                              : (float)(r % 1000) / 999;
            }
        }
        for (size_t p = 0; p < sizeof paths / sizeof *paths; p++) {
            if (dtl_cpu_force(DTL_CPU_AVX512BW) < paths[p].level)
                continue;
            paths[p].score(rows, scores);
            for (size_t k = 0; k < DTL_MODEL_LANES; k++)
                if (scores[k] != dtl_model_score(features[k]))
                    FAIL("%s: block %zu scores %g", paths[p].name, k,
                         (double)scores[k]);
        }
    }
    dtl_model_scores(rows, 3, scores);
    for (size_t k = 0; k < 3; k++)
        CHECK(scores[k] == dtl_model_score(features[k]));
}

/* ---- Needles
 * ------------------------------------------------------------------ */

static const char *const needle_words[] = {"cookie", "ab",   "abc", "Übung",
                                           "zz",     "kie-", "aba"};
static dtl_needles needles = DTL_NEEDLES(needle_words);

/* What a list finds in a text, against a search for each of its words. */
static void check_needles(dtl_str text)
{
    size_t count = sizeof needle_words / sizeof *needle_words;
    size_t hits = 0, first = SIZE_MAX, last = SIZE_MAX, k, at;

    for (k = count; k-- > 0;)
        if (dtl_str_find_nocase(text, dtl_str_of(needle_words[k])) !=
            SIZE_MAX) {
            hits++;
            first = k;
        }
    for (at = 0; at < text.len; at++)
        for (k = 0; k < count; k++)
            if (dtl_str_starts_nocase(dtl_str_sub(text, at, text.len),
                                      dtl_str_of(needle_words[k])))
                last = k;
    CHECK(dtl_needles_first(&needles, text) == first);
    CHECK(dtl_needles_last(&needles, text) == last);
    CHECK(dtl_needles_count(&needles, text) == hits);
    CHECK(dtl_needles_any(&needles, text) == (hits > 0));
}

static void test_needles(void)
{
    static const char *const texts[] = {
        "", "a", "xABc", "no Cookies", "eine Übung", "zZz", "ab ab abc"};
    static const dtl_cpu levels[] = {DTL_CPU_PLAIN, DTL_CPU_SSE41,
                                     DTL_CPU_AVX2};
    static const char letters[] = "abcABzZcookie-\303\234bung  ";
    uint32_t state = 7;
    char bytes[160];

    for (size_t p = 0; p < sizeof levels / sizeof *levels; p++) {
        if (dtl_cpu_force(levels[p]) != levels[p])
            continue;
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
            check_needles(dtl_str_of(texts[i]));
        for (size_t round = 0; round < 2000; round++) {
            size_t len = next_random(&state) % sizeof bytes;

            for (size_t i = 0; i < len; i++)
                bytes[i] = letters[next_random(&state) % (sizeof letters - 1)];
            check_needles((dtl_str){bytes, len});
        }
    }
    dtl_cpu_force(DTL_CPU_AVX512BW);
}

/* ---- Words and lines
 * ------------------------------------------------------------ */

static const char *const spoken[] = {
    "",
    "a",
    "Read more: 12 things",
    "Überall ist 3,5 mehr – «Ja»",
    "続きを読む",
    "О чём речь? 20 минут",
    "a1b22c",
    "Donaudampfschifffahrtsgesellschaftskapitän und Rindfleischetikettierung",
    "x. y... \"Z!\" (ok) · 3\xd9\xa3 \xe2\x80\x8dword",
};

/* Words by the vectors are those that dtl_next_word takes one by one. */
static void check_words(dtl_str text)
{
    dtl_word words[128];
    uint64_t key, hash;
    size_t count = dtl_words_of(text, text.len, words, 128, &key), at = 0,
           n = 0;

    while (dtl_next_word(text, &at, &hash)) {
        CHECK(n < count);
        CHECK(words[n].hash == hash);
        n++;
    }
    CHECK(n == count);
    CHECK(count == dtl_measure_text(text).words);
    CHECK(key == dtl_text_key(text));
}

static void check_set(dtl_str text, size_t readable, dtl_measure_fn *measure,
                      dtl_words_fn *list)
{
    dtl_measure a = {.colon = UINT32_MAX}, b = {.colon = UINT32_MAX};
    dtl_word words[2][128];
    uint64_t keys[2];
    size_t count;

    dtl_measure_lanes_plain(text, text.len, &a);
    measure(text, readable, &b);
    CHECK(memcmp(&a, &b, sizeof a) == 0);
    count = dtl_words_lanes_plain(text, text.len, words[0], 128, &keys[0]);
    CHECK(list(text, readable, words[1], 128, &keys[1]) == count);
    CHECK(keys[0] == keys[1]);
    CHECK(memcmp(words[0], words[1], count * sizeof(dtl_word)) == 0);
}

/* All instruction sets see the same, whatever stands behind the text. */
static void check_sets(dtl_str text, size_t readable)
{
    size_t most[2] = {text.len, readable};

    for (int i = 0; i < 2; i++) {
        check_set(text, most[i], dtl_measure_lanes_plain,
                  dtl_words_lanes_plain);
#if DTL_CPU_X86
        if (dtl_cpu_level() >= DTL_CPU_SSE41)
            check_set(text, most[i], dtl_measure_lanes_sse41,
                      dtl_words_lanes_sse41);
        if (dtl_cpu_level() >= DTL_CPU_AVX2)
            check_set(text, most[i], dtl_measure_lanes_avx2,
                      dtl_words_lanes_avx2);
        if (dtl_cpu_level() >= DTL_CPU_AVX512BW)
            check_set(text, most[i], dtl_measure_lanes_avx512bw,
                      dtl_words_lanes_avx512bw);
#endif
    }
}

/* Every text behind every other, so that words lie across blocks. */
static void test_words(void)
{
    size_t n = sizeof spoken / sizeof *spoken;
    dtl_buf text = {0};

    for (size_t i = 0; i < n * n; i++) {
        dtl_buf_reset(&text);
        dtl_buf_puts(&text, spoken[i / n]);
        dtl_buf_putc(&text, i % 2 ? ' ' : '-');
        dtl_buf_puts(&text, spoken[i % n]);
        dtl_buf_puts(&text, "Behind it: “more” words. 12, ");
        text.len -= sizeof "Behind it: “more” words. 12, " - 1;
        dtl_buf_reserve(&text, 64);
        for (size_t from = 0; from < 40 && from < text.len; from++) {
            dtl_str part = dtl_str_sub(dtl_buf_view(&text), from, text.len);

            if (((unsigned char)*part.ptr & 0xc0) == 0x80)
                continue;
            check_words(part);
            check_sets(part, text.cap - from);
        }
    }
    dtl_buf_clear(&text);
}

static void test_measure(void)
{
    dtl_measure m =
        dtl_measure_text(DTL_STR("• Über 3,5 Mio.: «Ja», sagte Ö. Çelik…”"));

    CHECK(m.words == 8 && m.letters == 22 && m.weight == 22 && m.digits == 2);
    CHECK(m.capitals == 5 && m.initials == 5 && m.commas == 2 && m.stops == 2);
    CHECK(m.quotes == 3 && m.marks == 1 && m.colon == 4 && m.wide == 0);
    CHECK(m.starts_mark && !m.starts_small && !m.question);
    CHECK(m.end == DTL_END_ELLIPSIS);
    m = dtl_measure_text(DTL_STR("これは何ですか?) "));
    CHECK(m.words == 7 && m.wide == 7 && m.weight == 21 && m.question);
    CHECK(m.end == DTL_END_STOP && m.colon == UINT32_MAX);
    m = dtl_measure_text(DTL_STR("see below:"));
    CHECK(m.starts_small && m.end == DTL_END_COLON && m.colon == 2);
}

static void test_lines(void)
{
    static const struct {
        const char *text;
        dtl_residue_kind kind;
    } cases[] = {
        {"Read more", DTL_RESIDUE_RELATED},
        {"READ MORE:", DTL_RESIDUE_RELATED},
        {"Read more: The mill by the river", DTL_RESIDUE_RELATED},
        {"5 min read", DTL_RESIDUE_CLOCK},
        {"17 hours ago", DTL_RESIDUE_CLOCK},
        {"Anzeige", DTL_RESIDUE_AD},
        {"She would read more of it if she could.", DTL_RESIDUE_NONE},
        {"", DTL_RESIDUE_NONE},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dtl_residue r = dtl_residue_of_text(dtl_str_of(cases[i].text));

        if (r.kind != cases[i].kind)
            FAIL("\"%s\" is %s", cases[i].text, dtl_residue_name(r.kind));
    }
}

static const test_case cases[] = {
    TEST(test_class_words), TEST(test_notes_of_a_page), TEST(test_scores),
    TEST(test_needles),     TEST(test_words),           TEST(test_measure),
    TEST(test_lines),
};
TEST_MAIN(cases)
