/* A client of WebSockets in a few lines, which can also do what no decent client does. */
#ifndef TESTS_SERVER_WEB_CLIENT_H
#define TESTS_SERVER_WEB_CLIENT_H

#include "support/support.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { WEB_TEXT = 1, WEB_BINARY = 2, WEB_CLOSE = 8, WEB_PING = 9, WEB_LARGEST = 70000 };

static inline int web_connect(uint16_t port) {
    int file = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_true(file >= 0);
    struct timeval patience = {.tv_sec = 60};
    (void)setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    (void)setsockopt(file, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (connect(file, (struct sockaddr *)&address, sizeof address) != 0) {
        (void)close(file);
        return -1;
    }
    return file;
}

static inline bool web_write(int file, const void *bytes, size_t size) {
    while (size > 0) {
        ssize_t written = send(file, bytes, size, MSG_NOSIGNAL);
        if (written <= 0) {
            return false;
        }
        bytes = (const char *)bytes + written;
        size -= (size_t)written;
    }
    return true;
}

static inline bool web_read(int file, void *bytes, size_t size) {
    while (size > 0) {
        ssize_t got = recv(file, bytes, size, 0);
        if (got <= 0) {
            return false;
        }
        bytes = (char *)bytes + got;
        size -= (size_t)got;
    }
    return true;
}

/* Asks for the upgrade; the status of the answer, 0 where there is none. `headers` are more lines,
   each ended. */
static inline int web_upgrade(int file, const char *headers) {
    char text[2048];
    int length = snprintf(text, sizeof text,
                          "GET / HTTP/1.1\r\nHost: 127.0.0.1:4711\r\nUpgrade: websocket\r\n"
                          "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n",
                          headers);
    if (!web_write(file, text, (size_t)length)) {
        return 0;
    }
    size_t used = 0;
    while (used + 1 < sizeof text && web_read(file, text + used, 1)) {
        text[++used] = '\0';
        if (used > 3 && strcmp(text + used - 4, "\r\n\r\n") == 0) {
            break;
        }
    }
    int status = 0;
    return sscanf(text, "HTTP/1.1 %d", &status) == 1 ? status : 0;
}

#define WEB_PROTOCOL "Sec-WebSocket-Protocol: tocsin.1\r\n"

static inline int web_join(uint16_t port) {
    int file = web_connect(port);
    if (file >= 0) {
        assert_int_equal(web_upgrade(file, WEB_PROTOCOL), 101);
    }
    return file;
}

static inline bool web_frame(int file, int opcode, bool is_final, const void *bytes, size_t size) {
    unsigned char *frame = malloc(size + 14);
    static const unsigned char mask[4] = {0x5a, 0x17, 0xc3, 0x88};
    size_t used = 2;
    assert_non_null(frame);
    frame[0] = (unsigned char)((is_final ? 0x80 : 0) | opcode);
    if (size < 126) {
        frame[1] = (unsigned char)(0x80 | size);
    } else if (size < 65536) {
        frame[1] = 0x80 | 126;
        frame[2] = (unsigned char)(size >> 8);
        frame[3] = (unsigned char)size;
        used = 4;
    } else {
        frame[1] = 0x80 | 127;
        for (int i = 0; i < 8; i++) {
            frame[2 + i] = (unsigned char)((uint64_t)size >> (56 - 8 * i));
        }
        used = 10;
    }
    (void)memcpy(frame + used, mask, 4);
    used += 4;
    for (size_t i = 0; i < size; i++) {
        frame[used + i] = ((const unsigned char *)bytes)[i] ^ mask[i % 4];
    }
    bool is_sent = web_write(file, frame, used + size);
    free(frame);
    return is_sent;
}

static inline bool web_say(int file, const char *text) {
    return web_frame(file, WEB_TEXT, true, text, strlen(text));
}

/* The next text of the server, with a zero behind it; NULL where it closes or says nothing. It
   lives until the next call. */
static inline const char *web_hear(int file) {
    static char text[WEB_LARGEST];
    for (;;) {
        unsigned char head[2], more[8];
        if (!web_read(file, head, 2)) {
            return NULL;
        }
        size_t size = head[1] & 0x7f;
        if (size >= 126) {
            size_t count = size == 126 ? 2 : 8;
            if (!web_read(file, more, count)) {
                return NULL;
            }
            size = 0;
            for (size_t i = 0; i < count; i++) {
                size = size << 8 | more[i];
            }
        }
        assert_true(size < sizeof text);
        if (!web_read(file, text, size)) {
            return NULL;
        }
        text[size] = '\0';
        if ((head[0] & 0x0f) == WEB_TEXT) {
            return text;
        }
        if ((head[0] & 0x0f) == WEB_CLOSE) {
            return NULL;
        }
    }
}

#endif
