/* Which encoding a page has (HTML standard, section 13.2.3). */
#ifndef DTL_HTML_SNIFF_H
#define DTL_HTML_SNIFF_H

#include "html/encoding.h"

typedef struct {
    dtl_encoding encoding;
    size_t bom;   /* bytes of byte order mark, to be cut off */
    bool certain; /* the standard's confidence; else a <meta> that the tree
                     builder meets may still change it */
} dtl_html_sniffed;

/* The encoding sniffing algorithm. The first to name an encoding wins: the
 * user's word; the byte order mark; the transport's word; what the page
 * declares in its first 1,024 bytes; UTF-8 where the page is that, all of it
 * (the end may be cut inside a character); windows-1252. Labels may be empty,
 * and count for nothing when they are unknown. */
dtl_html_sniffed dtl_html_sniff(dtl_str page, dtl_str users_label,
                                dtl_str transport_label);

/* "Prescan a byte stream to determine its encoding" over at most the first
 * 1,024 of bytes, with the look at an XML declaration that ends it.
 * DTL_ENCODING_NONE when nothing is declared. */
dtl_encoding dtl_html_prescan(dtl_str bytes);

/* "Extracting a character encoding from a meta element", from the value of
 * its content attribute; DTL_ENCODING_NONE when there is none. */
dtl_encoding dtl_html_charset_from_content(dtl_str content);

/* What a <meta> in the tree declares, from its three attributes (absent ones
 * have ptr NULL); DTL_ENCODING_NONE for nothing. */
dtl_encoding dtl_html_meta_encoding(dtl_str charset, dtl_str http_equiv,
                                    dtl_str content);

/* "Change the encoding", for a <meta> that declares one while the encoding in
 * use is tentative. Gives the encoding in use from now on, which is certain.
 * *again says that bytes, the page without byte order mark, read differently
 * in it and the parse has to start over. */
dtl_encoding dtl_html_change_encoding(dtl_encoding in_use,
                                      dtl_encoding declared, dtl_str bytes,
                                      bool *again);

/* Whether a page is valid UTF-8 with so many characters beyond ASCII that it
 * is hardly anything else, whatever it declares: pages that were saved again
 * in UTF-8 keep their old declaration. The standard never asks this; a reader
 * of stored pages may, and give "utf-8" as the user's word.
 * *valid, where it is asked for, is whether the page is valid UTF-8 to its
 * last byte. */
bool dtl_html_reads_as_utf8(dtl_str page, bool *valid);

#endif
