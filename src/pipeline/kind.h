/* What an input is, by its bytes. */
#ifndef DTL_PIPELINE_KIND_H
#define DTL_PIPELINE_KIND_H

#include <dateline.h>

/* Whether the first bytes of a file are those of a web archive: of WARC or ARC
 * records, plain, gzip'd or packed by zstd. */
bool dtl_begins_archive(dtl_str head);

/* Unpacks what the first bytes of gzip data give, as much as there is room
 * for. */
dtl_str dtl_gunzip_head(dtl_str head, char *out, size_t room);

/* Whether a file that the user did not name, only its folder, is a page or a
 * plain-text record; name counts where the bytes leave it open. */
bool dtl_is_page_file(dtl_str bytes, const char *name);

/* Whether bytes are hardly text of any encoding but UTF-16. */
bool dtl_is_binary(dtl_str bytes);

#endif
