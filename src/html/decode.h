/* What the decoders share, for src/html/decode_*.c and encoding.c alone.
 *
 * A decoder runs over a part of the input: sequences that begin before stop
 * are its own, to their end, and it may look on to len. It writes at most
 * three bytes for each that it reads, and DTL_DECODE_SLACK more at the end,
 * which is the room that it gets. */
#ifndef DTL_HTML_DECODE_H
#define DTL_HTML_DECODE_H

#include "base/ascii.h"
#include "base/str.h"
#include "base/utf8.h"
#include "html/encoding_tables.h"

#define DTL_DECODE_SLACK 32
#define DTL_REPLACEMENT  0xFFFD

/* The UTF-8 of one byte of a single-byte encoding. */
typedef struct {
    char utf8[3];
    uint8_t len;
} dtl_decode_byte;

typedef struct {
    dtl_str in;
    size_t at, stop;
    char *out;
    bool big_endian; /* UTF-16 */
    /* ISO-2022-JP: its "output state", and "output" flag. */
    uint8_t escaped;
    bool just_escaped;
    dtl_decode_byte high[128]; /* single-byte: from 0x80 on */
} dtl_decoding;

/* Decodes the sequence at p, whose first byte is not ASCII: appends to *out
 * and gives the bytes that it took, 1 at least. left counts from p to the end
 * of the input. */
typedef size_t dtl_decode_sequence(const unsigned char *p, size_t left,
                                   char **out);

/* The loop of encodings in which an ASCII byte is always itself, outside of
 * sequences. Inlined with its sequence. */
static inline __attribute__((always_inline)) void dtl_decode_run(
    dtl_decoding *d, dtl_decode_sequence *sequence)
{
    const dtl_str in = d->in;
    const size_t stop = d->stop;
    size_t at = d->at;
    char *out = d->out;

    while (at < stop) {
        if (!(in.ptr[at] & 0x80)) {
            size_t n = dtl_ascii_copy(out, dtl_str_sub(in, at, stop));

            at += n;
            out += n;
            continue;
        }
        at += sequence((const unsigned char *)in.ptr + at, in.len - at, &out);
    }
    d->at = at;
    d->out = out;
}

/* Appends a code point, U+FFFD for a surrogate. */
static inline void dtl_decode_put(char **out, uint32_t cp)
{
    *out += dtl_utf8_encode(cp, *out);
}

/* The standard's way with a lead byte and a trail that make no character: an
 * error, and the trail is read again where it is ASCII. Gives the bytes
 * taken. */
static inline size_t dtl_decode_bad_trail(unsigned char trail, char **out)
{
    dtl_decode_put(out, DTL_REPLACEMENT);
    return trail < 0x80 ? 1 : 2;
}

/* An error that takes n bytes. */
static inline size_t dtl_decode_error(size_t n, char **out)
{
    dtl_decode_put(out, DTL_REPLACEMENT);
    return n;
}

void dtl_decode_single_byte_init(dtl_decoding *d, dtl_encoding e);
void dtl_decode_single_byte(dtl_decoding *d);
void dtl_decode_gb18030(dtl_decoding *d);
void dtl_decode_big5(dtl_decoding *d);
void dtl_decode_euc_jp(dtl_decoding *d);
void dtl_decode_iso_2022_jp(dtl_decoding *d);
void dtl_decode_shift_jis(dtl_decoding *d);
void dtl_decode_euc_kr(dtl_decoding *d);
void dtl_decode_utf_16(dtl_decoding *d);

#endif
