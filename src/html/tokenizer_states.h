/* What the tokenizer's files share: kinds of bytes, and the functions that
 * each cover a group of states of the standard's section 13.2.5. */
#ifndef DTL_HTML_TOKENIZER_STATES_H
#define DTL_HTML_TOKENIZER_STATES_H

#include "base/lanes.h"
#include "html/tokenizer.h"

/* No token came of the markup ("</>", an empty CDATA section); only between
 * the tokenizer's own functions. */
#define DTL_TOKEN_NONE 255

/* Kinds of bytes, bits of dtl_html_byte_kind[]. CR counts as the LF that the
 * preprocessing of the input stream (13.2.3.5) makes of it. */
enum {
    KIND_SPACE = 1,       /* tab, LF, FF, CR, space */
    KIND_TAG_END = 2,     /* ends a tag name: a space, '/', '>' */
    KIND_ATTR_END = 4,    /* ends an attribute's name: those and '=' */
    KIND_ALPHA = 8,       /* ASCII letter */
    KIND_OPENS = 16,      /* what may follow a '<' that opens markup */
    KIND_REFERENCE = 32,  /* what may follow a '&' that begins a reference */
    KIND_TARGET = 64,     /* part of a processing instruction's target */
    KIND_VALUE_STOP = 128 /* of interest in an unquoted attribute value */
};

extern const uint8_t dtl_html_byte_kind[256];

DTL_INLINE bool is_kind(char c, unsigned kind)
{
    return (dtl_html_byte_kind[(unsigned char)c] & kind) != 0;
}

/* Offset in the text of a pointer into it. */
DTL_INLINE uint32_t offset_of(const dtl_html_tokenizer *t, const char *p)
{
    return (uint32_t)(p - t->doc->text.ptr);
}

/* The flags that a byte of a run of text asks for. */
DTL_INLINE uint8_t clean_up_flag(char c)
{
    return c == '\r' ? DTL_TEXT_CR : c == '\0' ? DTL_TEXT_NUL : 0;
}

/* The next token, by the instruction set of that name; and the first '<' of
 * raw text with '/' or '!' behind it, or end. What the text before it has of
 * CR and NUL, and of '&' where refs asks for it, is added to *flags. */
#define DTL_HTML_LANES(set)                                                    \
    dtl_status dtl_html_next_##set(dtl_html_tokenizer *t,                      \
                                   dtl_html_token *out);                       \
    const char *dtl_html_raw_stop_##set(const char *p, const char *end,        \
                                        bool refs, uint8_t *flags);
DTL_HTML_LANES(plain)
DTL_HTML_LANES(sse41)
DTL_HTML_LANES(avx2)
DTL_HTML_LANES(avx512bw)
#undef DTL_HTML_LANES

/* The following set out->type, to DTL_TOKEN_NONE where it goes on in the state
 * that t is in then.
 *
 * In RCDATA, RAWTEXT, script data, PLAINTEXT and CDATA section states. */
dtl_status dtl_html_raw(dtl_html_tokenizer *t, dtl_html_token *out);

/* At a '<' followed by '!' or '?', or by '/' and no letter. */
dtl_status dtl_html_markup(dtl_html_tokenizer *t, dtl_html_token *out,
                           const char *p);

/* At a "<!" followed by "doctype" in any case. */
dtl_status dtl_html_doctype_token(dtl_html_tokenizer *t, dtl_html_token *out,
                                  const char *p);

/* The end of the text: an end-of-file token there. */
void dtl_html_end_of_file(dtl_html_tokenizer *t, dtl_html_token *out);

/* A run of text from p to end. */
void dtl_html_text_token(dtl_html_tokenizer *t, dtl_html_token *out,
                         const char *p, const char *end, uint8_t flags);

#endif
