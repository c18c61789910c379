/* The reading machine behind read.h, for one text that is not decoded any
 * further. */
#ifndef DTL_JSON_PARSE_H
#define DTL_JSON_PARSE_H

#include "json/read.h"

typedef enum {
    DTL_JSON_AS_JSON,  /* all of the text */
    DTL_JSON_AS_SCRIPT /* one literal, in the manner of JavaScript */
} dtl_json_manner;

/* Bits of dtl_json_value.flags. */
enum {
    DTL_JSON_ESCAPED = 1,    /* the string has backslashes */
    DTL_JSON_KEYED = 2,      /* the value has a key: text[key, key_len) */
    DTL_JSON_KEY_QUOTED = 4, /* which stood in quotes */
    DTL_JSON_KEY_DECODED = 8 /* which is decoded[key] instead */
};

/* Reads doc->text from byte from into doc, whose text and arena are set.
 * doc->end counts in text. DTL_NOMEM is the only error. */
dtl_status dtl_json_parse(dtl_json_doc *doc, size_t from,
                          dtl_json_manner manner);

/* Remembers a decoded text and gives its index in doc->decoded; SIZE_MAX when
 * out of memory. */
size_t dtl_json_keep(dtl_json_doc *doc, dtl_str decoded);

#endif
