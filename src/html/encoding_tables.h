/* The tables that tools/make_encoding_tables.py writes, for the decoders
 * alone. In each, 0 is a pointer without a code point. */
#ifndef DTL_HTML_ENCODING_TABLES_H
#define DTL_HTML_ENCODING_TABLES_H

#include "html/encoding.h"

typedef struct {
    const char *label;
    dtl_encoding encoding;
} dtl_encoding_label;

#define DTL_ENCODING_LABELS    228
#define DTL_ENCODING_LABEL_MAX 19 /* bytes in the longest label */

extern const dtl_encoding_label dtl_encoding_labels[DTL_ENCODING_LABELS];

/* Rows from IBM866 to x-mac-cyrillic, for bytes from 0x80. */
extern const uint16_t dtl_encoding_single[28][128];

/* Big5 begins at pointer 942; a bit in plane2 adds 0x20000. */
#define DTL_BIG5_FIRST 942
#define DTL_BIG5_COUNT 18848
extern const uint16_t dtl_encoding_big5[DTL_BIG5_COUNT];
extern const uint32_t dtl_encoding_big5_plane2[DTL_BIG5_COUNT / 32];

#define DTL_EUC_KR_COUNT 23750
extern const uint16_t dtl_encoding_euc_kr[DTL_EUC_KR_COUNT];

#define DTL_GB18030_COUNT 23940
extern const uint16_t dtl_encoding_gb18030[DTL_GB18030_COUNT];

/* {first pointer, its code point}, ascending. */
#define DTL_GB18030_RANGES 206
extern const uint16_t dtl_encoding_gb18030_ranges[DTL_GB18030_RANGES][2];

#define DTL_JIS0208_COUNT 11104
extern const uint16_t dtl_encoding_jis0208[DTL_JIS0208_COUNT];

#define DTL_JIS0212_COUNT 7211
extern const uint16_t dtl_encoding_jis0212[DTL_JIS0212_COUNT];

#endif
