/* Which addresses are private. */
#include "fetch/address.h"
#include "unit/test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

static struct sockaddr_storage parse(const char *text)
{
    struct sockaddr_storage out;
    struct sockaddr_in *v4 = (struct sockaddr_in *)&out;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&out;

    memset(&out, 0, sizeof out);
    if (strchr(text, ':')) {
        v6->sin6_family = AF_INET6;
        CHECK_INT(inet_pton(AF_INET6, text, &v6->sin6_addr), 1);
    } else {
        v4->sin_family = AF_INET;
        CHECK_INT(inet_pton(AF_INET, text, &v4->sin_addr), 1);
    }
    return out;
}

static bool is_private(const char *text)
{
    struct sockaddr_storage a = parse(text);

    return dtl_address_is_private((const struct sockaddr *)&a);
}

static void test_private(void)
{
    static const char *const addresses[] = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fdff::1",
        "ff02::1",
        "2001:db8::1",
        "2001::1",
        "3fff::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::192.168.0.1",
        "2002:7f00:1::1",
        "2002:c0a8:1::",
        "::127.0.0.1",
    };
    size_t i;

    for (i = 0; i < sizeof addresses / sizeof *addresses; i++)
        if (!is_private(addresses[i]))
            test_check(false, addresses[i], __FILE__, __LINE__);
}

static void test_public(void)
{
    static const char *const addresses[] = {
        "1.1.1.1",        "9.255.255.255",  "11.0.0.1",     "100.63.255.255",
        "100.128.0.1",    "126.0.0.1",      "128.0.0.1",    "169.253.0.1",
        "172.15.255.255", "172.32.0.1",     "192.0.1.1",    "192.167.0.1",
        "198.17.0.1",     "198.20.0.1",     "223.0.0.1",    "2606:4700::1111",
        "2001:4860::1",   "::ffff:8.8.8.8", "2a00:1450::1",
    };
    size_t i;

    for (i = 0; i < sizeof addresses / sizeof *addresses; i++)
        if (is_private(addresses[i]))
            test_check(false, addresses[i], __FILE__, __LINE__);
}

static void test_other_family(void)
{
    struct sockaddr a = {.sa_family = AF_UNIX};
    char text[8];

    CHECK(dtl_address_is_private(&a));
    dtl_address_text(&a, text, sizeof text);
    CHECK(strcmp(text, "?") == 0);
}

static const test_case cases[] = {TEST(test_private), TEST(test_public),
                                  TEST(test_other_family)};
TEST_MAIN(cases)
