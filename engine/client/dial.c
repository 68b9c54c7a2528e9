#include "client/dial.h"

#include <libwebsockets.h>
#include <uv.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client/keeping.h"

enum {
    LONGEST_LINE = 32768, /* of text */
    CLOSE_MS = 10,        /* between looks whether all has gone out */
    CLOSE_TRIES = 300,
    FAREWELL_US = 4000000,
    WAKE_MS = 50
};

/* A frame that waits to be written; the library wants room in front of it. */
struct outgoing {
    struct outgoing *next;
    size_t size;
    unsigned char bytes[];
};

struct line {
    struct line *next;
    toc_dial *dial;
    toc_client *client;
    struct lws *socket;
    struct outgoing *first, **last;
    char *incoming;
    size_t incoming_size;
    bool is_open, is_closing, has_said_goodbye,
        is_told; /* told: that the opening failed, or that it is closed */
    char why[256];
    uv_timer_t timer, closing;
    uint32_t close_tries;
};

struct toc_dial {
    toc_address address;
    uv_loop_t loop;
    struct lws_context *context;
    struct line *lines;
    toc_dial_ear ear;
    uv_timer_t beat;
    uv_signal_t interrupted, terminated;
    uv_poll_t reader;
    enum { UNKNOWN, POLLED, PLAIN } reading; /* how lines are read: a plain file needs no waiting */
    bool is_listening, is_telling, is_leaving;
    int file;
    char text[LONGEST_LINE];
    size_t text_size;
    bool is_too_long;
};

/* -- What comes from the socket ------------------------------------------------------------------
 */

static void free_frames(struct line *line) {
    while (line->first != NULL) {
        struct outgoing *next = line->first->next;
        free(line->first);
        line->first = next;
    }
    line->last = &line->first;
}

static void closed(struct line *line, const char *why) {
    if (line->is_told) {
        return;
    }
    line->is_told = true;
    line->is_open = false;
    line->socket = NULL;
    line->incoming_size = 0;
    free_frames(line);
    toc_client_closed(line->client, why);
}

static int received(struct line *line, struct lws *socket, const char *bytes, size_t size) {
    if (lws_frame_is_binary(socket) || line->incoming_size + size > TOC_WIRE_FRAME) {
        (void)snprintf(line->why, sizeof line->why, "%s",
                       "the server sent a frame that is no text or too large");
        return -1;
    }
    if (line->incoming == NULL) {
        line->incoming = toc_keeping_room(NULL, TOC_WIRE_FRAME);
    }
    memcpy(line->incoming + line->incoming_size, bytes, size);
    line->incoming_size += size;
    if (lws_is_final_fragment(socket) && lws_remaining_packet_payload(socket) == 0) {
        size_t whole = line->incoming_size;
        line->incoming_size = 0;
        toc_client_received(line->client, line->incoming, whole);
    }
    return 0;
}

/* One frame for each time that the socket can take one. */
static int writable(struct line *line, struct lws *socket) {
    struct outgoing *frame = line->first;
    if (frame == NULL) {
        return 0;
    }
    line->first = frame->next;
    line->last = line->first == NULL ? &line->first : line->last;
    int written = lws_write(socket, frame->bytes + LWS_PRE, frame->size, LWS_WRITE_TEXT);
    free(frame);
    if (written < 0) {
        return -1;
    }
    if (line->first != NULL) {
        (void)lws_callback_on_writable(socket);
    }
    return 0;
}

/* What the library says, in words: "closed before established" is its way of telling that nobody
   listens, and an error of TLS that the certificate did not hold. */
static void explain(const struct line *line, const char *said, char *why, size_t size) {
    const toc_address *address = &line->dial->address;
    if (said != NULL && strstr(said, "SSL") != NULL) {
        (void)snprintf(why, size,
                       "%s, port %d has no certificate that is trusted here for that name (%.60s)",
                       address->host, address->port, said);
        return;
    }
    bool is_known = said != NULL && strstr(said, "before established") == NULL;
    (void)snprintf(why, size, "nobody answers at %s, port %d%s%.120s", address->host, address->port,
                   is_known ? ": " : "", is_known ? said : "");
}

static int called(struct lws *socket, enum lws_callback_reasons reason, void *user, void *in,
                  size_t size) {
    struct line *line = user;
    if (line == NULL) {
        return 0;
    }
    if (reason == LWS_CALLBACK_CLIENT_ESTABLISHED) {
        line->is_open = true;
        line->socket = socket;
        toc_client_opened(line->client);
    } else if (reason == LWS_CALLBACK_CLIENT_RECEIVE) {
        return received(line, socket, in, size);
    } else if (reason == LWS_CALLBACK_CLIENT_WRITEABLE) {
        return writable(line, socket);
    } else if (reason == LWS_CALLBACK_CLIENT_CONNECTION_ERROR) {
        char why[256];
        explain(line, in, why, sizeof why);
        closed(line, why);
    } else if (reason == LWS_CALLBACK_CLIENT_CLOSED) {
        closed(line, line->why[0] == '\0' ? "the connection was closed" : line->why);
    }
    return 0;
}

/* -- What the client wants -----------------------------------------------------------------------
 */

static void open_line(void *object) {
    struct line *line = object;
    const toc_address *address = &line->dial->address;
    char host[300];
    (void)snprintf(host, sizeof host, strchr(address->host, ':') == NULL ? "%s:%d" : "[%s]:%d",
                   address->host, address->port);
    struct lws_client_connect_info info = {
        .context = line->dial->context,
        .address = address->host,
        .port = address->port,
        .ssl_connection = address->is_secure ? LCCSCF_USE_SSL : 0,
        .path = address->path,
        .host = host,
        .protocol = TOC_WIRE_PROTOCOL,
        .alpn = "http/1.1",
        .userdata = line,
        .pwsi = &line->socket,
    };
    line->is_told = false;
    line->is_closing = false;
    line->why[0] = '\0';
    if (lws_client_connect_via_info(&info) == NULL) {
        char why[400];
        (void)snprintf(why, sizeof why, "%s is not known, or there is no network", address->host);
        closed(line, why);
    }
}

static void send_line(void *object, const char *bytes, size_t size) {
    struct line *line = object;
    if (!line->is_open || line->is_closing) {
        return;
    }
    struct outgoing *frame = toc_keeping_room(NULL, sizeof *frame + LWS_PRE + size);
    frame->next = NULL;
    frame->size = size;
    memcpy(frame->bytes + LWS_PRE, bytes, size);
    *line->last = frame;
    line->last = &frame->next;
    (void)lws_callback_on_writable(line->socket);
}

/* Closes once all is written, or after some seconds. It is done from the loop: where a callback of
   the library asks for it, its libuv backend cuts the line without saying so to the other side. */
static void try_to_close(uv_timer_t *timer) {
    struct line *line = timer->data;
    if (line->is_told || line->socket == NULL) {
        (void)uv_timer_stop(timer);
    } else if (line->first == NULL || ++line->close_tries > CLOSE_TRIES) {
        (void)uv_timer_stop(timer);
        lws_close_reason(line->socket, LWS_CLOSE_STATUS_NORMAL, NULL, 0);
        lws_set_timeout(line->socket, PENDING_TIMEOUT_CLOSE_SEND, LWS_TO_KILL_SYNC);
    }
}

static void close_line(void *object) {
    struct line *line = object;
    line->is_closing = true;
    if (line->is_told || line->socket == NULL) {
        return;
    }
    if (line->is_open) {
        line->close_tries = 0;
        (void)uv_timer_start(&line->closing, try_to_close, 0, CLOSE_MS);
    } else {
        lws_set_timeout(line->socket, PENDING_TIMEOUT_CLOSE_SEND, LWS_TO_KILL_ASYNC);
    }
}

static void expired(uv_timer_t *timer) {
    toc_client_expired(((struct line *)timer->data)->client);
}

static void wait_line(void *object, int64_t milliseconds) {
    struct line *line = object;
    (void)uv_timer_stop(&line->timer);
    if (milliseconds > 0) {
        (void)uv_timer_start(&line->timer, expired, (uint64_t)milliseconds, 0);
    }
}

void toc_dial_start(toc_dial *dial, toc_client *client) {
    struct line *line = toc_keeping_room(NULL, sizeof *line);
    memset(line, 0, sizeof *line);
    line->next = dial->lines;
    line->dial = dial;
    line->client = client;
    line->last = &line->first;
    line->is_told = true;
    dial->lines = line;
    (void)uv_timer_init(&dial->loop, &line->timer);
    (void)uv_timer_init(&dial->loop, &line->closing);
    line->timer.data = line->closing.data = line;
    toc_client_start(client,
                     (toc_client_transport){line, open_line, send_line, close_line, wait_line});
}

/* -- What the front end waits for ----------------------------------------------------------------
 */

/* Tells every whole line; one that is too long is left out. */
static void tell_lines(toc_dial *dial) {
    size_t start = 0;
    char *end = NULL;
    if (dial->is_telling) {
        return;
    }
    dial->is_telling = true;
    while (dial->is_listening &&
           (end = memchr(dial->text + start, '\n', dial->text_size - start)) != NULL) {
        *end = '\0';
        if (!dial->is_too_long) {
            dial->ear.hear(dial->ear.object, dial->text + start);
        }
        dial->is_too_long = false;
        start = (size_t)(end - dial->text) + 1;
    }
    dial->is_telling = false;
    dial->text_size -= start;
    memmove(dial->text, dial->text + start, dial->text_size);
    if (dial->text_size == sizeof dial->text - 1) {
        dial->text_size = 0;
        dial->is_too_long = true;
    }
}

static void stop_listening(toc_dial *dial) {
    dial->is_listening = false;
    if (dial->reading == POLLED) {
        (void)uv_poll_stop(&dial->reader);
    }
}

static void read_some(toc_dial *dial) {
    ssize_t size =
        read(dial->file, dial->text + dial->text_size, sizeof dial->text - 1 - dial->text_size);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    if (size > 0) {
        dial->text_size += (size_t)size;
        tell_lines(dial);
        return;
    }
    if (dial->text_size > 0) {
        dial->text[dial->text_size++] = '\n';
        tell_lines(dial);
    }
    stop_listening(dial);
    dial->ear.hear(dial->ear.object, NULL);
}

static void readable(uv_poll_t *reader, int status, int events) {
    (void)status;
    (void)events;
    read_some(reader->data);
}

void toc_dial_listen(toc_dial *dial, int file, bool is_wanted) {
    if (!is_wanted) {
        stop_listening(dial);
        return;
    }
    if (dial->reading == UNKNOWN) {
        bool is_plain =
            uv_guess_handle(file) == UV_FILE || uv_poll_init(&dial->loop, &dial->reader, file) != 0;
        dial->reading = is_plain ? PLAIN : POLLED;
        dial->reader.data = dial;
        dial->file = file;
    }
    dial->is_listening = true;
    tell_lines(dial);
    if (dial->reading == POLLED && dial->is_listening) {
        (void)uv_poll_start(&dial->reader, UV_READABLE, readable);
    }
}

static void beats(uv_timer_t *timer) {
    toc_dial *dial = timer->data;
    dial->ear.beat(dial->ear.object);
}

static void interrupted(uv_signal_t *handle, int number) {
    toc_dial *dial = handle->data;
    (void)number;
    dial->ear.interrupt(dial->ear.object);
}

void toc_dial_attend(toc_dial *dial, toc_dial_ear ear, uint64_t beat_ms) {
    dial->ear = ear;
    if (beat_ms > 0) {
        (void)uv_timer_start(&dial->beat, beats, beat_ms, beat_ms);
    }
    (void)uv_signal_start(&dial->interrupted, interrupted, SIGINT);
    (void)uv_signal_start(&dial->terminated, interrupted, SIGTERM);
}

/* -- The loop
 * -------------------------------------------------------------------------------------- */

static struct lws_context *make_context(toc_dial *dial, const toc_dial_options *options) {
    static const char system_authority[] = "/etc/ssl/certs/ca-certificates.crt";
    static const struct lws_protocols protocols[] = {
        {.name = TOC_WIRE_PROTOCOL, .callback = called, .rx_buffer_size = TOC_WIRE_FRAME},
        {0},
    };
    void *loops[] = {&dial->loop};
    const char *authority = options->authority;
    if (authority == NULL && access(system_authority, R_OK) == 0) {
        authority = system_authority;
    }
    struct lws_context_creation_info info = {
        .port = CONTEXT_PORT_NO_LISTEN,
        .protocols = protocols,
        .gid = -1,
        .uid = -1,
        .options = LWS_SERVER_OPTION_LIBUV |
                   (options->address->is_secure ? LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT : 0),
        .client_ssl_ca_filepath = options->address->is_secure ? authority : NULL,
        .foreign_loops = loops,
        .fd_limit_per_thread = options->lines + 16,
        .timeout_secs = 15,
    };
    lws_set_log_level(0, NULL);
    return lws_create_context(&info);
}

toc_dial *toc_dial_create(const toc_dial_options *options, char *why, size_t size) {
    toc_dial *dial = toc_keeping_room(NULL, sizeof *dial);
    memset(dial, 0, sizeof *dial);
    dial->address = *options->address;
    (void)uv_loop_init(&dial->loop);
    if (options->authority != NULL && access(options->authority, R_OK) != 0) {
        (void)snprintf(why, size, "%s cannot be read: %s", options->authority, strerror(errno));
    } else {
        dial->context = make_context(dial, options);
        (void)snprintf(
            why, size, "%s",
            "the WebSocket library does not start; is libwebsockets-evlib-uv installed?");
    }
    if (dial->context == NULL) {
        (void)uv_loop_close(&dial->loop);
        free(dial);
        return NULL;
    }
    (void)uv_timer_init(&dial->loop, &dial->beat);
    (void)uv_signal_init(&dial->loop, &dial->interrupted);
    (void)uv_signal_init(&dial->loop, &dial->terminated);
    dial->beat.data = dial->interrupted.data = dial->terminated.data = dial;
    return dial;
}

void toc_dial_run(toc_dial *dial) {
    while (!dial->is_leaving) {
        bool reads = dial->reading == PLAIN && dial->is_listening;
        (void)uv_run(&dial->loop, reads ? UV_RUN_NOWAIT : UV_RUN_ONCE);
        if (reads && dial->is_listening) {
            read_some(dial);
        }
    }
    dial->is_leaving = false; /* it may be run again */
}

void toc_dial_leave(toc_dial *dial) {
    dial->is_leaving = true;
}

/* Own handles only: the library closes its own. */
static void close_handles(toc_dial *dial) {
    uv_close((uv_handle_t *)&dial->beat, NULL);
    uv_close((uv_handle_t *)&dial->interrupted, NULL);
    uv_close((uv_handle_t *)&dial->terminated, NULL);
    if (dial->reading == POLLED) {
        uv_close((uv_handle_t *)&dial->reader, NULL);
    }
    for (struct line *line = dial->lines; line != NULL; line = line->next) {
        uv_close((uv_handle_t *)&line->timer, NULL);
        uv_close((uv_handle_t *)&line->closing, NULL);
    }
}

static bool any_open(const toc_dial *dial) {
    for (const struct line *line = dial->lines; line != NULL; line = line->next) {
        if (!line->is_told) {
            return true;
        }
    }
    return false;
}

static void wake(uv_timer_t *timer) {
    (void)timer;
}

void toc_dial_destroy(toc_dial *dial) {
    if (dial == NULL) {
        return;
    }
    for (struct line *line = dial->lines; line != NULL; line = line->next) {
        toc_client_finish(line->client);
    }
    /* what waits is written, and each side says that it leaves; a server that hangs is left */
    uint64_t until = toc_dial_microseconds() + FAREWELL_US;
    (void)uv_timer_start(&dial->beat, wake, WAKE_MS, WAKE_MS);
    while (any_open(dial) && toc_dial_microseconds() < until) {
        (void)uv_run(&dial->loop, UV_RUN_ONCE);
    }
    close_handles(dial);
    lws_context_destroy(dial->context);
    (void)uv_run(&dial->loop, UV_RUN_DEFAULT);
    lws_context_destroy(dial->context); /* of a loop that is not the library's, in two steps */
    (void)uv_loop_close(&dial->loop);
    while (dial->lines != NULL) {
        struct line *next = dial->lines->next;
        free_frames(dial->lines);
        free(dial->lines->incoming);
        free(dial->lines);
        dial->lines = next;
    }
    free(dial);
}

uint64_t toc_dial_microseconds(void) {
    return uv_hrtime() / 1000;
}

void toc_dial_name(char name[33], uint64_t *seed) {
    unsigned char bytes[16] = {0};
    (void)uv_random(NULL, NULL, bytes, sizeof bytes, 0, NULL);
    for (size_t i = 0; i < sizeof bytes; i++) {
        (void)snprintf(name + 2 * i, 3, "%02x", bytes[i]);
    }
    memcpy(seed, bytes, sizeof *seed);
}
