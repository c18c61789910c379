/* Character references (13.2.5.77-.84). */
#ifndef DTL_HTML_ENTITIES_H
#define DTL_HTML_ENTITIES_H

#include <dateline.h>

enum {
    DTL_REFERENCE_MAX = 8 /* bytes of UTF-8 a reference can stand for */
};

/* Reads the reference that s begins with; s.ptr[0] is its '&'. Returns the
 * bytes it takes, and writes what they stand for; 0 where the '&' begins no
 * reference and stands for itself. s must reach as far as the text or the
 * attribute value does, since the longest name counts. in_attr: a name
 * without ';' before '=' or a letter or digit is none ("?a=1&copy=2"). */
size_t dtl_html_reference(dtl_str s, bool in_attr, char out[DTL_REFERENCE_MAX],
                          size_t *out_len);

#endif
