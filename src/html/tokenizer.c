/* The tokenizer's entry, and what its states share.
 *
 * There is no loop over characters with a state each. A state that only waits
 * for certain bytes is a search for them; states that follow one another in a
 * fixed order are straight-line code. Each function names the states it
 * covers by their numbers in the standard:
 *
 *     tokenizer_lanes.h   13.2.5.1, .6-.8, .32-.40   text and tags
 *     tokenizer_raw.c     13.2.5.2-.5, .9-.31, .69-.71   raw text, scripts
 *     tokenizer_markup.c  13.2.5.41-.52, .72-.76   comments and the like
 *     tokenizer_doctype.c 13.2.5.53-.68
 *     entities.c          13.2.5.77-.84   character references
 *
 * Parse errors are not reported. What always holds: each token begins where
 * the last one ended or later, and all but the end-of-file token take at
 * least a byte, so a page of n bytes has at most n tokens; no byte is looked
 * at more than a fixed number of times. */
#include "html/tokenizer_states.h"

#define SPACE  (KIND_SPACE | KIND_TAG_END | KIND_ATTR_END | KIND_VALUE_STOP)
#define LETTER (KIND_ALPHA | KIND_OPENS | KIND_REFERENCE | KIND_TARGET)

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic" /* ranges of indices */
const uint8_t dtl_html_byte_kind[256] = {
    ['\t'] = SPACE,
    ['\n'] = SPACE,
    ['\f'] = SPACE,
    ['\r'] = SPACE,
    [' '] = SPACE,
    ['/'] = KIND_TAG_END | KIND_ATTR_END | KIND_OPENS,
    ['>'] = KIND_TAG_END | KIND_ATTR_END | KIND_VALUE_STOP,
    ['='] = KIND_ATTR_END,
    ['!'] = KIND_OPENS,
    ['?'] = KIND_OPENS,
    ['#'] = KIND_REFERENCE,
    ['&'] = KIND_VALUE_STOP,
    ['\0'] = KIND_VALUE_STOP,
    ['-'] = KIND_TARGET,
    ['_'] = KIND_TARGET,
    ['0' ... '9'] = KIND_REFERENCE | KIND_TARGET,
    ['A' ... 'Z'] = LETTER,
    ['a' ... 'z'] = LETTER,
};
#pragma GCC diagnostic pop

enum {
    MAX_ATTRS = 16 * 1000 * 1000
};

void dtl_html_tokenizer_init(dtl_html_tokenizer *t, dtl_html_doc *doc)
{
    *t = (dtl_html_tokenizer){.doc = doc,
                              .max_attrs = MAX_ATTRS,
                              .next = dtl_html_next_plain,
                              .raw_stop = dtl_html_raw_stop_plain};
#if DTL_CPU_X86
    if (dtl_cpu_level() >= DTL_CPU_AVX512BW) {
        t->next = dtl_html_next_avx512bw;
        t->raw_stop = dtl_html_raw_stop_avx512bw;
    } else if (dtl_cpu_level() >= DTL_CPU_AVX2) {
        t->next = dtl_html_next_avx2;
        t->raw_stop = dtl_html_raw_stop_avx2;
    } else if (dtl_cpu_level() >= DTL_CPU_SSE41) {
        t->next = dtl_html_next_sse41;
        t->raw_stop = dtl_html_raw_stop_sse41;
    }
#endif
}

void dtl_html_end_of_file(dtl_html_tokenizer *t, dtl_html_token *out)
{
    uint32_t len = (uint32_t)t->doc->text.len;

    t->at = len;
    out->type = DTL_TOKEN_EOF;
    out->start = out->end = len;
}

void dtl_html_text_token(dtl_html_tokenizer *t, dtl_html_token *out,
                         const char *p, const char *end, uint8_t flags)
{
    out->type = DTL_TOKEN_TEXT;
    out->text_flags = flags;
    out->start = out->data_start = offset_of(t, p);
    out->end = out->data_end = t->at = offset_of(t, end);
}
