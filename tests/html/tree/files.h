/* The files that a runner of cases is told to run. */
#ifndef DTL_TESTS_TREE_FILES_H
#define DTL_TESTS_TREE_FILES_H

#include <stddef.h>

enum {
    MAX_FILES = 200,
    EXIT_SKIPPED = 77
};

typedef struct {
    char name[256]; /* without its folders */
    char *text;
    size_t len;
} input_file;

extern input_file files[MAX_FILES];
extern size_t file_count;

/* Reads the files that the arguments name, "PATH..." or "--shared
 * SOURCE_ROOT PATH...", where a folder stands for the files in it whose names
 * end so, in order. With --shared, paths are below the shared data folder,
 * which is DATELINE_SHARED, else ../shared beside the source root. Gives 0,
 * or what to exit with, and says why: EXIT_SKIPPED without shared data. */
int files_from_arguments(int argc, char **argv, const char *ending);
void files_free(void);

#endif
