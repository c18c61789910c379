/* The default limits of archive reading; dateline.h declares the calls. */
#ifndef DTL_WARC_WARC_H
#define DTL_WARC_WARC_H

#include <dateline.h>

enum {
    DTL_WARC_HEAD_MAX = 1024 * 1024,
    DTL_WARC_BLOCK_MAX = 64 * 1024 * 1024,
    DTL_WARC_PAYLOAD_MAX = 64 * 1024 * 1024
};

#endif
