/* The encodings of the WHATWG Encoding standard: their labels, and their
 * decoders to UTF-8 in replacement mode.
 *
 * Everything here takes whole inputs that lie in memory; sniff.h says which
 * encoding a page has. A byte order mark is data like any other to a decoder:
 * cut it off before (see dtl_html_sniff). */
#ifndef DTL_HTML_ENCODING_H
#define DTL_HTML_ENCODING_H

#include "base/alloc.h"

typedef enum {
    DTL_ENCODING_NONE, /* no encoding, an unknown label */
#define ENCODING(id, name) DTL_ENCODING_##id,
#include "html/encodings.def"
#undef ENCODING
    DTL_ENCODING_COUNT
} dtl_encoding;

/* "Get an encoding": white space around the label and ASCII case do not
 * matter. DTL_ENCODING_NONE for what is no label of the standard. */
dtl_encoding dtl_encoding_for_label(dtl_str label);

/* The standard's name, "UTF-8", "windows-1252"; static storage. NULL for
 * DTL_ENCODING_NONE. */
const char *dtl_encoding_name(dtl_encoding e);

/* Whether every sequence of ASCII bytes stands for the same ASCII text. Not
 * so in UTF-16, ISO-2022-JP (which has escapes) and replacement. */
bool dtl_encoding_is_ascii_based(dtl_encoding e);

/* Whether both have the same decoder: GBK and gb18030, ISO-8859-8 and
 * ISO-8859-8-I, or the same encoding twice. */
bool dtl_encoding_same_decoder(dtl_encoding a, dtl_encoding b);

/* Appends the text of bytes to out, with U+FFFD for what is malformed, as
 * the standard's decoder has it; always valid UTF-8. DTL_NOMEM, which is in
 * out->status too, leaves a part of it; DTL_USAGE is an e that is none. */
dtl_status dtl_encoding_decode(dtl_encoding e, dtl_str bytes, dtl_buf *out);

/* The text of bytes without copying where the bytes are the text already
 * (valid UTF-8, or only ASCII in an encoding based on it): *text is then a
 * slice of bytes. Else scratch is emptied and holds it. */
dtl_status dtl_encoding_text(dtl_encoding e, dtl_str bytes, dtl_buf *scratch,
                             dtl_str *text);

#endif
