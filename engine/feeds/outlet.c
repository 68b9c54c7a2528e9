#include "feeds/outlet.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum outlet_kind { TO_FILE, TO_UDP, TO_TCP };

enum { HOST_SIZE = 256, FRAME_SIZE = 16384 };

struct toc_outlet {
    enum outlet_kind kind;
    int handle;
    uint64_t lost;
    /* of TCP: what of the last frame has not gone out yet */
    char rest[FRAME_SIZE];
    size_t rest_size;
};

static const toc_place nowhere = {.file = NULL};

/* "HOST:PORT", the host perhaps in brackets. */
static bool split(const char *address, char host[HOST_SIZE], const char **out_port) {
    const char *colon = strrchr(address, ':');
    size_t length = colon == NULL ? 0 : (size_t)(colon - address);
    if (length == 0 || length >= HOST_SIZE || colon[1] == '\0' ||
        strspn(colon + 1, "0123456789") != strlen(colon + 1)) {
        return false;
    }
    bool bracketed = address[0] == '[' && address[length - 1] == ']';
    (void)snprintf(host, HOST_SIZE, "%.*s", (int)(bracketed ? length - 2 : length),
                   bracketed ? address + 1 : address);
    *out_port = colon + 1;
    return true;
}

static bool is_this_machine(const char *host) {
    return strcmp(host, "127.0.0.1") == 0 || strcmp(host, "::1") == 0 ||
           strcmp(host, "localhost") == 0;
}

static int dial(const char *host, const char *port, int type, toc_problems *problems) {
    struct addrinfo hints = {.ai_socktype = type, .ai_family = AF_UNSPEC}, *found = NULL;
    int code = getaddrinfo(host, port, &hints, &found), handle = -1;
    if (code != 0) {
        (void)toc_problems_fault(problems, nowhere, "the collector %s is not found: %s", host,
                                 gai_strerror(code));
        return -1;
    }
    for (struct addrinfo *at = found; handle < 0 && at != NULL; at = at->ai_next) {
        handle = socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC, at->ai_protocol);
        if (handle >= 0 && connect(handle, at->ai_addr, at->ai_addrlen) != 0) {
            (void)close(handle);
            handle = -1;
        }
    }
    freeaddrinfo(found);
    if (handle < 0) {
        (void)toc_problems_fault(problems, nowhere, "the collector %s:%s cannot be reached: %s",
                                 host, port, strerror(errno));
    } else {
        (void)fcntl(handle, F_SETFL, O_NONBLOCK);
    }
    return handle;
}

static toc_status open_address(toc_outlet *outlet, const char *address, const char *collector,
                               toc_problems *problems) {
    char host[HOST_SIZE];
    const char *port = NULL;
    if (!split(address, host, &port)) {
        return toc_problems_error(problems, nowhere, "expected HOST:PORT, found '%.80s'", address);
    }
    if (!is_this_machine(host) && (collector == NULL || strcmp(collector, host) != 0)) {
        return toc_problems_error(problems, nowhere,
                                  "'%.80s' is not this machine, and no collector of that name has "
                                  "been allowed",
                                  host);
    }
    outlet->handle = dial(host, port, outlet->kind == TO_UDP ? SOCK_DGRAM : SOCK_STREAM, problems);
    return outlet->handle >= 0 ? TOC_OK : TOC_SYSTEM_FAULT;
}

static toc_status open_file(toc_outlet *outlet, const char *path, toc_problems *problems) {
    outlet->handle = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0640);
    return outlet->handle >= 0
               ? TOC_OK
               : toc_problems_fault(problems, (toc_place){.file = path},
                                    "the feed cannot be written: %s", strerror(errno));
}

toc_status toc_outlet_open(const char *to, const char *collector, toc_problems *problems,
                           toc_outlet **out_outlet) {
    toc_outlet *outlet = calloc(1, sizeof *outlet);
    toc_status status;
    if (outlet == NULL) {
        abort();
    }
    outlet->handle = -1;
    outlet->kind = strncmp(to, "udp:", 4) == 0   ? TO_UDP
                   : strncmp(to, "tcp:", 4) == 0 ? TO_TCP
                                                 : TO_FILE;
    if (outlet->kind != TO_FILE) {
        status = open_address(outlet, to + 4, collector, problems);
    } else if (strncmp(to, "file:", 5) == 0 && to[5] != '\0') {
        status = open_file(outlet, to + 5, problems);
    } else {
        status = toc_problems_error(problems, nowhere,
                                    "a feed goes to file:PATH, udp:HOST:PORT or tcp:HOST:PORT, "
                                    "found '%.80s'",
                                    to);
    }
    if (status != TOC_OK) {
        toc_outlet_close(outlet);
        return status;
    }
    *out_outlet = outlet;
    return TOC_OK;
}

void toc_outlet_close(toc_outlet *outlet) {
    if (outlet != NULL && outlet->handle >= 0) {
        (void)close(outlet->handle);
    }
    free(outlet);
}

/* True where nothing is left over. */
static bool flush(toc_outlet *outlet) {
    ssize_t put = outlet->rest_size == 0
                      ? 0
                      : send(outlet->handle, outlet->rest, outlet->rest_size, MSG_NOSIGNAL);
    if (put > 0) {
        outlet->rest_size -= (size_t)put;
        memmove(outlet->rest, outlet->rest + put, outlet->rest_size);
    }
    return outlet->rest_size == 0;
}

/* A frame that was begun is ended before the next one, whatever it takes: else the collector could
   not tell where lines begin. */
static bool send_frame(toc_outlet *outlet, const char *bytes, size_t size) {
    size -= size > 0 && bytes[size - 1] == '\n';
    if (!flush(outlet) || size + 16 > sizeof outlet->rest) {
        return false;
    }
    int head = snprintf(outlet->rest, sizeof outlet->rest, "%zu ", size);
    memcpy(outlet->rest + head, bytes, size);
    outlet->rest_size = (size_t)head + size;
    (void)flush(outlet);
    return true;
}

void toc_outlet_send(toc_outlet *outlet, const char *bytes, size_t size) {
    bool taken = outlet->kind == TO_FILE ? write(outlet->handle, bytes, size) == (ssize_t)size
                 : outlet->kind == TO_UDP
                     ? send(outlet->handle, bytes, size, MSG_NOSIGNAL) == (ssize_t)size
                     : send_frame(outlet, bytes, size);
    outlet->lost += !taken;
}

uint64_t toc_outlet_lost(const toc_outlet *outlet) {
    return outlet->lost;
}
