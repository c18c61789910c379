/* Which addresses a fetcher may not be led to by a stranger's page. */
#ifndef DTL_FETCH_ADDRESS_H
#define DTL_FETCH_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

/* True for whatever is not the public internet: the special-purpose
 * registries of IPv4 and IPv6 (RFC 6890 and its updates), addresses of IPv4
 * inside IPv6 looked at as IPv4, and any other family. */
bool dtl_address_is_private(const struct sockaddr *address);

/* The address as text, for messages; "?" when it has none. */
void dtl_address_text(const struct sockaddr *address, char *out, size_t size);

#endif
