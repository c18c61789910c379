/* From the reader to the writer: what was read, as strict JSON. */
#ifndef DTL_JSON_REWRITE_H
#define DTL_JSON_REWRITE_H

#include "json/read.h"
#include "json/write.h"

/* Writes value v of doc with all in it, as one value. Numbers that JSON can
 * say stay as written; words are null; a value without a key in an object
 * gets the empty key; members with the same key all stay. Ref 0 is null.
 * Gives DTL_NOMEM when a string could not be decoded; what the writer met is
 * told at its end. */
dtl_status dtl_json_rewrite(dtl_json_writer *w, dtl_json_doc *doc,
                            dtl_json_ref v);

#endif
