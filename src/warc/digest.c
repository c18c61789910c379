/* Digests as archives write them: a name, a colon, and base32 (RFC 4648) or
 * hexadecimal letters of either case. */
#include "warc/digest.h"
#include "base/str.h"

#include <openssl/evp.h>

typedef struct {
    const char *name;
    const EVP_MD *(*kind)(void);
} algorithm;

static const algorithm algorithms[] = {
    {"sha1", EVP_sha1},      {"sha-1", EVP_sha1},    {"sha256", EVP_sha256},
    {"sha-256", EVP_sha256}, {"sha512", EVP_sha512}, {"sha-512", EVP_sha512},
    {"md5", EVP_md5},
};

static const EVP_MD *kind_of(dtl_str name)
{
    size_t i;

    for (i = 0; i < sizeof algorithms / sizeof *algorithms; i++)
        if (dtl_str_eq_nocase(name, dtl_str_of(algorithms[i].name)))
            return algorithms[i].kind();
    return NULL;
}

static int base32_digit(char c)
{
    c = dtl_lower(c);
    if (c >= 'a' && c <= 'z')
        return c - 'a';
    return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
}

/* Decodes digits of so many bits each into size bytes. False when they are
 * none, or too few or many. */
static bool decode(dtl_str text, int (*digit)(char), unsigned bits,
                   unsigned char *out, size_t size)
{
    unsigned value = 0, have = 0;
    size_t i, len = 0;
    int d;

    for (i = 0; i < text.len; i++) {
        d = digit(text.ptr[i]);
        if (d < 0)
            return false;
        value = (value << bits | (unsigned)d) & 0xffff;
        have += bits;
        if (have < 8)
            continue;
        have -= 8;
        if (len == size)
            return false;
        out[len++] = (unsigned char)(value >> have);
    }
    return len == size;
}

static bool decode_any(dtl_str text, unsigned char *out, size_t size)
{
    /* Base32 of 16 or 32 bytes ends in padding. */
    while (text.len && text.ptr[text.len - 1] == '=')
        text.len--;
    if (text.len == 2 * size)
        return decode(text, dtl_hex_digit, 4, out, size);
    return decode(text, base32_digit, 5, out, size);
}

void dtl_digest_begin(dtl_digest *d, dtl_str said)
{
    const EVP_MD *kind;
    dtl_str name;

    *d =
        (dtl_digest){.result = said.ptr ? DTL_DIGEST_UNKNOWN : DTL_DIGEST_NONE};
    if (!dtl_str_split(&said, ':', &name) || !said.ptr)
        return;
    kind = kind_of(dtl_str_trim(name));
    if (!kind ||
        !decode_any(dtl_str_trim(said), d->want, (size_t)EVP_MD_get_size(kind)))
        return;
    d->state = EVP_MD_CTX_new();
    if (d->state && !EVP_DigestInit_ex(d->state, kind, NULL))
        dtl_digest_end(d);
}

void dtl_digest_add(dtl_digest *d, dtl_str piece)
{
    if (d->state && piece.len)
        EVP_DigestUpdate(d->state, piece.ptr, piece.len);
}

dtl_digest_result dtl_digest_end(dtl_digest *d)
{
    unsigned char have[EVP_MAX_MD_SIZE];
    unsigned len;

    if (d->state && EVP_DigestFinal_ex(d->state, have, &len))
        d->result = memcmp(d->want, have, len) == 0 ? DTL_DIGEST_RIGHT
                                                    : DTL_DIGEST_WRONG;
    EVP_MD_CTX_free(d->state);
    d->state = NULL;
    return d->result;
}

dtl_digest_result dtl_digest_check(dtl_str said, dtl_str bytes)
{
    dtl_digest d;

    dtl_digest_begin(&d, said);
    dtl_digest_add(&d, bytes);
    return dtl_digest_end(&d);
}

void dtl_digest_put(dtl_str bytes, dtl_buf *out)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    unsigned char have[EVP_MAX_MD_SIZE];
    unsigned len = 0, value = 0, bits = 0, i;

    if (!EVP_Digest(bytes.len ? bytes.ptr : "", bytes.len, have, &len,
                    EVP_sha1(), NULL))
        return;
    dtl_buf_puts(out, "sha1:");
    for (i = 0; i < len; i++) {
        value = (value << 8 | have[i]) & 0xffff;
        for (bits += 8; bits >= 5; bits -= 5)
            dtl_buf_putc(out, letters[value >> (bits - 5) & 31]);
    }
}
