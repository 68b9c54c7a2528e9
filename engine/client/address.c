#include "client/address.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tocsin/problems.h"

enum { PLAIN_PORT = 80, SECURE_PORT = 443, HIGHEST_PORT = 65535 };

static bool refuse(char *why, size_t size, const char *text, const char *remedy) {
    char shown[160];
    (void)snprintf(why, size, "'%s' is no address of a server: %s",
                   toc_problems_show(text, shown, sizeof shown), remedy);
    return false;
}

/* http and https are what join slips and browsers call the same place. */
static const char *skip_scheme(const char *text, bool *is_secure) {
    static const struct {
        const char *scheme;
        bool is_secure;
    } schemes[] = {{"ws://", false}, {"wss://", true}, {"http://", false}, {"https://", true}};
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        size_t length = strlen(schemes[i].scheme);
        if (strncmp(text, schemes[i].scheme, length) == 0) {
            *is_secure = schemes[i].is_secure;
            return text + length;
        }
    }
    return NULL;
}

/* Host, in brackets where it is IPv6; gives what stands behind it, NULL where there is none. */
static const char *read_host(const char *text, toc_address *address) {
    bool is_bracketed = text[0] == '[';
    const char *start = text + is_bracketed;
    size_t length = strcspn(start, is_bracketed ? "]" : ":/");
    if (length == 0 || length >= sizeof address->host || (is_bracketed && start[length] != ']') ||
        strcspn(start, " \t") < length) {
        return NULL;
    }
    memcpy(address->host, start, length);
    address->host[length] = '\0';
    return start + length + is_bracketed;
}

static const char *read_port(const char *text, int *port) {
    char *end = NULL;
    if (text[0] != ':') {
        return text;
    }
    long number = text[1] >= '0' && text[1] <= '9' ? strtol(text + 1, &end, 10) : 0;
    if (number < 1 || number > HIGHEST_PORT) {
        return NULL;
    }
    *port = (int)number;
    return end;
}

bool toc_address_read(const char *text, toc_address *out, char *why, size_t size) {
    toc_address address = {0};
    const char *at = skip_scheme(text, &address.is_secure);
    if (at == NULL) {
        return refuse(why, size, text,
                      "it begins with ws:// or wss://, like wss://drill.example.org");
    }
    if (strpbrk(at, "?#@") != NULL) {
        return refuse(
            why, size, "...",
            "it holds no token, no name and no question mark; addresses end up in logs, so "
            "a token is asked for, or read from a file");
    }
    address.port = address.is_secure ? SECURE_PORT : PLAIN_PORT;
    at = read_host(at, &address);
    if (at == NULL) {
        return refuse(why, size, text, "a host is missing, like ws://localhost:7443");
    }
    at = read_port(at, &address.port);
    if (at == NULL || (at[0] != '\0' && at[0] != '/')) {
        return refuse(why, size, text, "its port is a number from 1 to 65535");
    }
    if (strlen(at) >= sizeof address.path) {
        return refuse(why, size, text, "its path is too long");
    }
    strcpy(address.path, at[0] == '\0' ? "/" : at);
    *out = address;
    return true;
}

bool toc_address_is_local(const toc_address *address) {
    return strcmp(address->host, "localhost") == 0 || strcmp(address->host, "::1") == 0 ||
           strncmp(address->host, "127.", 4) == 0;
}
