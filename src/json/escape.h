/* Escapes in string literals. */
#ifndef DTL_JSON_ESCAPE_H
#define DTL_JSON_ESCAPE_H

#include "base/alloc.h"

/* Decodes what stands between a literal's quotes, into the arena. Beyond
 * JSON's escapes those of JavaScript are known (\x41, \u{1F600}, \0, \v, a
 * backslash before a newline); a backslash before any other character leaves
 * that character, and one that begins a malformed \u or \x stays itself. A
 * surrogate without its other half becomes U+FFFD. ptr is NULL when out of
 * memory. */
dtl_str dtl_json_unescape(dtl_arena *arena, dtl_str literal);

#endif
