/* Tells the language of each line of standard input, an empty line where it
 * is not clear; what tools/score_language.py measures. */
#include "base/str.h"
#include "text/language.h"
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    char *line = NULL, tag[DTL_LANGUAGE_TAG];
    size_t cap = 0;
    ssize_t len;

    while ((len = getline(&line, &cap, stdin)) > 0) {
        dtl_language_detect(dtl_str_trim((dtl_str){line, (size_t)len}), tag);
        puts(tag);
    }
    free(line);
    return 0;
}
