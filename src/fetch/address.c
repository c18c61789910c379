/* The special-purpose address blocks as two tables. */
#include "fetch/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    uint32_t prefix;
    int bits;
} block4;

static const block4 private4[] = {
    {0x00000000, 8},  /* 0.0.0.0/8 this network */
    {0x0A000000, 8},  /* 10.0.0.0/8 private use */
    {0x64400000, 10}, /* 100.64.0.0/10 shared address space */
    {0x7F000000, 8},  /* 127.0.0.0/8 loopback */
    {0xA9FE0000, 16}, /* 169.254.0.0/16 link local */
    {0xAC100000, 12}, /* 172.16.0.0/12 private use */
    {0xC0000000, 24}, /* 192.0.0.0/24 protocol assignments */
    {0xC0000200, 24}, /* 192.0.2.0/24 documentation */
    {0xC0586300, 24}, /* 192.88.99.0/24 former 6to4 relays */
    {0xC0A80000, 16}, /* 192.168.0.0/16 private use */
    {0xC6120000, 15}, /* 198.18.0.0/15 benchmarking */
    {0xC6336400, 24}, /* 198.51.100.0/24 documentation */
    {0xCB007100, 24}, /* 203.0.113.0/24 documentation */
    {0xE0000000, 3},  /* 224.0.0.0/3 multicast, reserved, broadcast */
};

static bool is_private4(uint32_t address)
{
    size_t i;

    for (i = 0; i < sizeof private4 / sizeof *private4; i++)
        if ((address ^ private4[i].prefix) >> (32 - private4[i].bits) == 0)
            return true;
    return false;
}

static uint32_t word_at(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
           p[3];
}

static bool has_prefix(const unsigned char *p, const char *prefix, int bits)
{
    int whole = bits / 8, rest = bits % 8;

    if (memcmp(p, prefix, (size_t)whole) != 0)
        return false;
    return rest == 0 ||
           ((p[whole] ^ (unsigned char)prefix[whole]) >> (8 - rest)) == 0;
}

static bool is_private6(const unsigned char *p)
{
    /* IPv4 inside: mapped, NAT64 (64:ff9b::/96) and 6to4. */
    if (has_prefix(p, "\0\0\0\0\0\0\0\0\0\0\xff\xff", 96) ||
        has_prefix(p, "\0\x64\xff\x9b\0\0\0\0\0\0\0\0", 96))
        return is_private4(word_at(p + 12));
    if (has_prefix(p, "\x20\x02", 16))
        return is_private4(word_at(p + 2));
    /* Only 2000::/3 is handed out; of it, documentation (2001:db8::/32,
     * 3fff::/20) and protocol assignments (2001::/23) are not public. */
    return !has_prefix(p, "\x20", 3) || has_prefix(p, "\x20\x01\x0d\xb8", 32) ||
           has_prefix(p, "\x3f\xff\x00", 20) ||
           has_prefix(p, "\x20\x01\x00", 23);
}

bool dtl_address_is_private(const struct sockaddr *address)
{
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;

    if (address->sa_family == AF_INET) {
        memcpy(&v4, address, sizeof v4);
        return is_private4(ntohl(v4.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        memcpy(&v6, address, sizeof v6);
        return is_private6(v6.sin6_addr.s6_addr);
    }
    return true;
}

void dtl_address_text(const struct sockaddr *address, char *out, size_t size)
{
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    const char *text = NULL;

    if (address->sa_family == AF_INET) {
        memcpy(&v4, address, sizeof v4);
        text = inet_ntop(AF_INET, &v4.sin_addr, out, (socklen_t)size);
    } else if (address->sa_family == AF_INET6) {
        memcpy(&v6, address, sizeof v6);
        text = inet_ntop(AF_INET6, &v6.sin6_addr, out, (socklen_t)size);
    }
    if (!text)
        snprintf(out, size, "?");
}
