/* Runs a fuzz target over the files in folders, in place of libFuzzer: so an
 * ordinary build, and one with sanitizers, replays what fuzzing has found.
 *
 *   replay_NAME FOLDER...
 *
 * Every input also runs cut short at a few places. Input is copied into a
 * block of its exact size, so that a read past its end is seen. */
#include "fuzz.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    CUTS = 4
};

static void run(const uint8_t *bytes, size_t len)
{
    uint8_t *copy = malloc(len ? len : 1);

    if (!copy) {
        perror("replay");
        exit(1);
    }
    if (len)
        memcpy(copy, bytes, len);
    LLVMFuzzerTestOneInput(copy, len);
    free(copy);
}

static void run_cuts(const uint8_t *bytes, size_t len)
{
    run(bytes, len);
    for (size_t i = 0; i < CUTS; i++)
        run(bytes, len / CUTS * i);
}

static bool run_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = NULL;
    long len = -1;
    bool ok;

    if (file && fseek(file, 0, SEEK_END) == 0)
        len = ftell(file);
    if (len >= 0)
        bytes = malloc((size_t)len + 1);
    ok = bytes && fseek(file, 0, SEEK_SET) == 0 &&
         fread(bytes, 1, (size_t)len, file) == (size_t)len;
    if (ok)
        run_cuts(bytes, (size_t)len);
    else
        perror(path);
    free(bytes);
    if (file)
        fclose(file);
    return ok;
}

static int count;

static int run_entry(const char *path, const struct stat *info, int type,
                     struct FTW *place)
{
    (void)info;
    (void)place;
    if (type == FTW_F && !run_file(path))
        return 1;
    count += type == FTW_F;
    return type == FTW_DNR || type == FTW_NS;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (nftw(argv[i], run_entry, 16, 0) != 0) {
            fprintf(stderr, "replay: %s could not be read\n", argv[i]);
            return 1;
        }
    }
    printf("%d inputs\n", count);
    return count ? 0 : 1;
}
