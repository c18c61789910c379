/* gzip streams. dtl_gunzip is declared in dateline.h. */
#ifndef DTL_WARC_GZIP_H
#define DTL_WARC_GZIP_H

#include <dateline.h>

/* The default bound of dtl_gunzip, in bytes. */
enum {
    DTL_GUNZIP_MAX = 64 * 1024 * 1024
};

#endif
