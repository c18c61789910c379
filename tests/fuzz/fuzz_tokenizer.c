/* Fuzzes the tokenizer: the first byte chooses where it begins, the rest is
 * the text. Tokens must go forward and lie in the text, attributes in their
 * tag, and the plain instructions must give what the machine's best give. */
#include "fuzz.h"

#include "base/cpu.h"
#include "base/str.h"
#include "html/tokenizer.h"

typedef struct {
    dtl_html_doc doc;
    dtl_html_tokenizer t;
    dtl_html_token k;
    dtl_buf decoded;
    uint32_t at;
} run;

static void begin(run *r, dtl_str text, uint8_t choice)
{
    static const dtl_name last[] = {DTL_N_NONE, DTL_N_TITLE, DTL_N_STYLE,
                                    DTL_N_SCRIPT};

    r->doc.text = text;
    dtl_html_tokenizer_init(&r->t, &r->doc);
    r->t.state = choice % 6;
    r->t.last_start_tag = last[choice / 6 % 4];
    r->t.cdata_allowed = choice / 24 % 2;
}

static void end(run *r)
{
    dtl_free(r->doc.attrs);
    dtl_names_clear(&r->doc.names);
    dtl_arena_clear(&r->doc.arena);
    dtl_buf_clear(&r->decoded);
}

static void check_attributes(run *r)
{
    const dtl_html_token *k = &r->k;
    uint32_t i, at = k->start;

    FUZZ_CHECK(k->attr_first == r->doc.attr_count);
    for (i = 0; i < k->attr_count; i++) {
        const dtl_html_attr *a = &r->doc.attrs[k->attr_first + i];

        FUZZ_CHECK(a->start > at && a->start <= a->end && a->end < k->end);
        FUZZ_CHECK(dtl_html_attr_text(&r->doc, a).ptr);
        FUZZ_CHECK(dtl_html_name(&r->doc, a->name).len);
        at = a->end;
    }
    /* Every other tag's stay, as a tree builder would have it. */
    if (k->start % 2)
        r->doc.attr_count += k->attr_count;
}

static void check_token(run *r)
{
    const dtl_html_token *k = &r->k;

    FUZZ_CHECK(k->start >= r->at && k->start <= k->end);
    FUZZ_CHECK(k->end <= r->doc.text.len && r->t.at >= k->end);
    FUZZ_CHECK(k->end > k->start || k->type == DTL_TOKEN_EOF);
    if (k->type == DTL_TOKEN_TEXT || k->type == DTL_TOKEN_COMMENT) {
        FUZZ_CHECK(k->start <= k->data_start && k->data_end <= k->end);
        dtl_buf_reset(&r->decoded);
        dtl_html_append_range(&r->doc, k->data_start, k->data_end,
                              k->text_flags, false, &r->decoded);
        FUZZ_CHECK(r->decoded.status == DTL_OK);
    } else if (k->type == DTL_TOKEN_START_TAG) {
        check_attributes(r);
    } else if (k->type == DTL_TOKEN_PI) {
        FUZZ_CHECK(k->pi.target.len && k->pi.data.ptr);
    }
    r->at = k->end;
}

static void check_same(const run *a, const run *b)
{
    const dtl_html_token *p = &a->k, *q = &b->k;
    uint32_t i;

    FUZZ_CHECK(p->type == q->type && p->start == q->start && p->end == q->end);
    if (p->type == DTL_TOKEN_TEXT)
        FUZZ_CHECK(p->text_flags == q->text_flags);
    if (p->type != DTL_TOKEN_START_TAG && p->type != DTL_TOKEN_END_TAG)
        return;
    FUZZ_CHECK(p->name == q->name && p->attr_count == q->attr_count);
    for (i = 0; i < p->attr_count; i++) {
        const dtl_html_attr *c = &a->doc.attrs[p->attr_first + i];
        const dtl_html_attr *d = &b->doc.attrs[q->attr_first + i];

        FUZZ_CHECK(c->name == d->name && c->text_flags == d->text_flags);
        FUZZ_CHECK(c->start == d->start && c->end == d->end);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    dtl_str text = {(const char *)bytes + 1, len - 1};
    run best = {0}, plain = {0};

    if (!len)
        return 0;
    dtl_cpu_force(DTL_CPU_AVX512BW);
    begin(&best, text, bytes[0]);
    dtl_cpu_force(DTL_CPU_PLAIN);
    begin(&plain, text, bytes[0]);
    do {
        FUZZ_CHECK(dtl_html_tokenizer_next(&best.t, &best.k) == DTL_OK);
        FUZZ_CHECK(dtl_html_tokenizer_next(&plain.t, &plain.k) == DTL_OK);
        check_same(&best, &plain);
        check_token(&best);
        plain.doc.attr_count = best.doc.attr_count;
    } while (best.k.type != DTL_TOKEN_EOF);
    end(&best);
    end(&plain);
    return 0;
}
