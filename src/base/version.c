/* The version, which meson.build has. */
#include <dateline.h>

const char *dtl_version(void)
{
    return DTL_VERSION;
}
