/* CLD2 for C. Used by language.c only. */
#ifndef DTL_TEXT_LANGUAGE_CLD2_H
#define DTL_TEXT_LANGUAGE_CLD2_H

#ifndef __cplusplus
#include <stdbool.h>
#endif

#ifdef __cplusplus
extern "C"
#endif
    /* The language of UTF-8 text: its code, and how much of the text is in
     * it. False when CLD2 is not sure. */
    bool
    dtl_cld2_detect(const char *text, int len, char tag[16], int *percent);

#endif
