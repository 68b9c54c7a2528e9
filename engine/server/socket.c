#include "server/socket.h"

#include <errno.h>
#include <glib.h>
#include <libwebsockets.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>
#include <uv.h>

#include "server/office.h"
#include "wire/wire.h"

enum {
    ADDRESS = 64,
    HEADER = 512,        /* of Origin and Host */
    GOODBYE_SECONDS = 5, /* for what was written before a close */
    SHAKE_SECONDS = 10,  /* for TLS and the upgrade */
    SPARE_FILES = 128
};

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
enum { SIGNALS = sizeof signals / sizeof signals[0] };

struct client {
    toc_peer number;
    struct lws *wsi;
    GByteArray *part; /* of a message that has not arrived whole; NULL between messages */
    bool dropping;    /* the rest of a message that is too large */
    bool closing;
};

struct toc_socket {
    uv_loop_t loop;
    uv_signal_t watchers[SIGNALS];
    uv_async_t nothing; /* keeps the loop going while nobody is connected */
    struct lws_context *context;
    struct lws_vhost *vhost;
    uv_timer_t timer; /* libwebsockets' own come late while many connections are busy */
    struct lws_protocols protocols[3];
    toc_socket_options options;
    const toc_transport_user *user;
    GHashTable *clients; /* by number; never walked */
    toc_peer last;
    uint32_t count;
    bool asked; /* to end */
    unsigned char buffer[LWS_PRE + TOC_WIRE_FRAME];
};

static toc_socket *socket_of(struct lws *wsi) {
    return lws_context_user(lws_get_context(wsi));
}

static struct client *client_at(toc_socket *socket, toc_peer peer) {
    return g_hash_table_lookup(socket->clients, &peer);
}

/* -- Who may come in ----------------------------------------------------------------------------
 */

/* Browsers say which page a script is of: only one that this server's own host has served may
   connect. Programs say nothing, and come with a token all the same. */
static bool is_own_origin(struct lws *wsi) {
    char origin[HEADER], host[HEADER];
    int length = lws_hdr_total_length(wsi, WSI_TOKEN_ORIGIN);
    if (length == 0) {
        return true;
    }
    if (lws_hdr_copy(wsi, origin, HEADER, WSI_TOKEN_ORIGIN) <= 0 ||
        lws_hdr_copy(wsi, host, HEADER, WSI_TOKEN_HOST) <= 0) {
        return false;
    }
    const char *behind = strstr(origin, "://");
    return behind != NULL && g_ascii_strcasecmp(behind + 3, host) == 0;
}

/* No upgrade without the protocol named: what is said is never guessed. */
static int filter(struct lws *wsi, bool is_named) {
    toc_socket *socket = socket_of(wsi);
    if (is_named && is_own_origin(wsi) && socket->count < socket->options.most) {
        return 0;
    }
    unsigned code = !is_named                               ? HTTP_STATUS_BAD_REQUEST
                    : socket->count >= socket->options.most ? HTTP_STATUS_SERVICE_UNAVAILABLE
                                                            : HTTP_STATUS_FORBIDDEN;
    (void)lws_return_http_status(wsi, code, NULL);
    return 1;
}

/* -- Messages -----------------------------------------------------------------------------------
 */

static void begin(struct lws *wsi, struct client *client) {
    toc_socket *socket = socket_of(wsi);
    char address[ADDRESS] = "";
    (void)lws_get_peer_simple(wsi, address, sizeof address);
    /* an address of IPv4 is the same one where the listener is of IPv6 */
    const char *plain = strncmp(address, "::ffff:", 7) == 0 ? address + 7 : address;
    *client = (struct client){.number = ++socket->last, .wsi = wsi};
    (void)g_hash_table_insert(socket->clients, &client->number, client);
    socket->count++;
    socket->user->open(socket->user->object, client->number, plain);
}

static void end(struct lws *wsi, struct client *client) {
    toc_socket *socket = socket_of(wsi);
    toc_peer number = client->number;
    if (number == 0) {
        return;
    }
    (void)g_hash_table_remove(socket->clients, &client->number);
    if (client->part != NULL) {
        (void)g_byte_array_free(client->part, TRUE);
    }
    *client = (struct client){0};
    socket->count--;
    socket->user->closed(socket->user->object, number);
}

static void hand_over(toc_socket *socket, const struct client *client, const void *bytes,
                      size_t size) {
    socket->user->receive(socket->user->object, client->number, bytes, size);
}

/* Messages come in pieces, of frames and of reads; they are put together up to what a frame may
   hold, and what is larger is counted out and forgotten. */
static void receive(struct lws *wsi, struct client *client, const void *bytes, size_t size) {
    toc_socket *socket = socket_of(wsi);
    bool is_last = lws_is_final_fragment(wsi) != 0 && lws_remaining_packet_payload(wsi) == 0;
    size_t before = client->part == NULL ? 0 : client->part->len;
    bool is_binary = lws_frame_is_binary(wsi) != 0;
    if (client->closing) {
        return;
    }
    if (!client->dropping && (is_binary || before + size > TOC_WIRE_FRAME)) {
        client->dropping = true;
        hand_over(socket, client, NULL, is_binary ? 0 : before + size);
    } else if (!client->dropping && is_last && before == 0) {
        hand_over(socket, client, bytes, size);
    } else if (!client->dropping) {
        client->part = client->part == NULL ? g_byte_array_new() : client->part;
        (void)g_byte_array_append(client->part, bytes, (guint)size);
        if (is_last) {
            hand_over(socket, client, client->part->data, client->part->len);
        }
    }
    if (is_last || client->dropping) {
        client->dropping = client->dropping && !is_last;
        if (client->part != NULL) {
            (void)g_byte_array_free(client->part, TRUE);
        }
        client->part = NULL;
    }
}

static int writeable(struct lws *wsi, struct client *client) {
    toc_socket *socket = socket_of(wsi);
    if (client->closing) {
        lws_close_reason(wsi, LWS_CLOSE_STATUS_POLICY_VIOLATION, NULL, 0);
        return -1;
    }
    socket->user->writeable(socket->user->object, client->number);
    return 0;
}

static int on_message(struct lws *wsi, enum lws_callback_reasons reason, void *session, void *in,
                      size_t size) {
    switch ((int)reason) {
    case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
        return filter(wsi, true);
    case LWS_CALLBACK_ESTABLISHED:
        begin(wsi, session);
        return 0;
    case LWS_CALLBACK_RECEIVE:
        receive(wsi, session, in, size);
        return 0;
    case LWS_CALLBACK_SERVER_WRITEABLE:
        return writeable(wsi, session);
    case LWS_CALLBACK_CLOSED:
        end(wsi, session);
        return 0;
    default:
        return 0;
    }
}

/* -- The page -----------------------------------------------------------------------------------
 */

/* A browser that asks for a file of the page. */
struct visit {
    const toc_office_file *file;
};

/* Nothing may come from elsewhere, nothing is kept, and no other page may hold this one. */
static const struct {
    const char *name, *value;
} page_heads[] = {{"content-security-policy:",
                   "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                   "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
                  {"x-content-type-options:", "nosniff"},
                  {"referrer-policy:", "no-referrer"},
                  {"cache-control:", "no-store"}};

static int begin_page(struct lws *wsi, struct visit *visit, const char *path) {
    unsigned char head[LWS_PRE + 1024], *at = head + LWS_PRE, *end = head + sizeof head - 1;
    visit->file = toc_office_find(path);
    if (visit->file == NULL) {
        (void)lws_return_http_status(wsi, HTTP_STATUS_NOT_FOUND, "There is no such page here.");
        return -1;
    }
    if (lws_add_http_common_headers(wsi, HTTP_STATUS_OK, toc_office_kind(visit->file),
                                    visit->file->size, &at, end) != 0) {
        return -1;
    }
    for (size_t i = 0; i < sizeof page_heads / sizeof page_heads[0]; i++) {
        const char *value = page_heads[i].value;
        if (lws_add_http_header_by_name(wsi, (const unsigned char *)page_heads[i].name,
                                        (const unsigned char *)value, (int)strlen(value), &at,
                                        end) != 0) {
            return -1;
        }
    }
    if (lws_finalize_write_http_header(wsi, head + LWS_PRE, &at, end) != 0) {
        return -1;
    }
    (void)lws_callback_on_writable(wsi);
    return 0;
}

static int write_page(struct lws *wsi, struct visit *visit) {
    toc_socket *socket = socket_of(wsi);
    if (visit->file == NULL || visit->file->size > TOC_WIRE_FRAME) {
        return -1;
    }
    (void)memcpy(socket->buffer + LWS_PRE, visit->file->bytes, visit->file->size);
    int written = lws_write(wsi, socket->buffer + LWS_PRE, visit->file->size, LWS_WRITE_HTTP_FINAL);
    return written < 0 || lws_http_transaction_completed(wsi) != 0 ? -1 : 0;
}

/* What comes without the protocol's name: a browser that looks, or a scan. */
static int on_other(struct lws *wsi, enum lws_callback_reasons reason, void *session, void *in,
                    size_t size) {
    switch ((int)reason) {
    case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
        return filter(wsi, false);
    case LWS_CALLBACK_HTTP:
        return begin_page(wsi, session, in);
    case LWS_CALLBACK_HTTP_WRITEABLE:
        return write_page(wsi, session);
    default:
        return lws_callback_http_dummy(wsi, reason, session, in, size);
    }
}

/* -- The transport ------------------------------------------------------------------------------
 */

static void transport_open(void *object, const toc_transport_user *user) {
    toc_socket *socket = object;
    socket->user = user;
}

static void transport_close(void *object, toc_peer peer) {
    struct client *client = client_at(object, peer);
    if (client != NULL && !client->closing) {
        client->closing = true;
        lws_set_timeout(client->wsi, PENDING_TIMEOUT_USER_REASON_BASE, GOODBYE_SECONDS);
        (void)lws_callback_on_writable(client->wsi);
    }
}

static void transport_want_write(void *object, toc_peer peer) {
    struct client *client = client_at(object, peer);
    if (client != NULL) {
        (void)lws_callback_on_writable(client->wsi);
    }
}

static void transport_write(void *object, toc_peer peer, const char *bytes, size_t size) {
    toc_socket *socket = object;
    struct client *client = client_at(socket, peer);
    if (client == NULL || client->closing || size > TOC_WIRE_FRAME) {
        return;
    }
    (void)memcpy(socket->buffer + LWS_PRE, bytes, size);
    if (lws_write(client->wsi, socket->buffer + LWS_PRE, size, LWS_WRITE_TEXT) < 0) {
        transport_close(socket, peer);
    }
}

static void on_timer(uv_timer_t *timer) {
    toc_socket *socket = timer->data;
    socket->user->timer(socket->user->object);
}

static void transport_timer(void *object, int64_t after_us) {
    toc_socket *socket = object;
    (void)uv_timer_start(&socket->timer, on_timer,
                         (uint64_t)(after_us < 1000 ? 1 : after_us / 1000), 0);
}

static int64_t transport_now(void *object) {
    struct timespec now;
    (void)object;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * TOC_SECOND + now.tv_nsec / 1000;
}

toc_transport toc_socket_transport(toc_socket *socket) {
    return (toc_transport){.object = socket,
                           .open = transport_open,
                           .close = transport_close,
                           .want_write = transport_want_write,
                           .write = transport_write,
                           .timer = transport_timer,
                           .now = transport_now};
}

/* -- Beginning and end --------------------------------------------------------------------------
 */

static void on_signal(uv_signal_t *watcher, int number) {
    toc_socket *socket = watcher->data;
    (void)number;
    if (socket->asked || socket->options.stop == NULL) {
        toc_socket_quit(socket);
    } else {
        socket->asked = true;
        socket->options.stop(socket->options.object);
    }
}

static void on_nothing(uv_async_t *nothing) {
    (void)nothing;
}

static void begin_loop(toc_socket *socket) {
    (void)uv_loop_init(&socket->loop);
    (void)uv_async_init(&socket->loop, &socket->nothing, on_nothing);
    (void)uv_timer_init(&socket->loop, &socket->timer);
    socket->timer.data = socket;
    for (int i = 0; i < SIGNALS; i++) {
        (void)uv_signal_init(&socket->loop, &socket->watchers[i]);
        socket->watchers[i].data = socket;
        (void)uv_signal_start(&socket->watchers[i], on_signal, signals[i]);
    }
}

/* A connection is a file: as many as were asked for, where the system allows. */
static void make_room(toc_socket *socket) {
    struct rlimit limit;
    rlim_t wanted = (rlim_t)socket->options.most + SPARE_FILES;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        if (limit.rlim_cur < wanted) {
            limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
            (void)setrlimit(RLIMIT_NOFILE, &limit);
        }
        if (limit.rlim_cur < wanted && limit.rlim_cur > SPARE_FILES) {
            socket->options.most = (uint32_t)(limit.rlim_cur - SPARE_FILES);
        }
    }
}

/* A peer that vanished without a word is asked, and given up. */
static const lws_retry_bo_t patience = {.secs_since_valid_ping = 20, .secs_since_valid_hangup = 35};

static bool begin_listening(toc_socket *socket) {
    const toc_socket_options *options = &socket->options;
    void *loops[] = {&socket->loop};
    struct lws_context_creation_info info = {0};
    info.options = LWS_SERVER_OPTION_LIBUV | LWS_SERVER_OPTION_EXPLICIT_VHOSTS |
                   LWS_SERVER_OPTION_FAIL_UPON_UNABLE_TO_BIND |
                   LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
    info.foreign_loops = loops;
    info.user = socket;
    info.gid = -1;
    info.uid = -1;
    info.timeout_secs = SHAKE_SECONDS;
    socket->context = lws_create_context(&info);
    if (socket->context == NULL) {
        return false;
    }
    info.iface = options->address;
    info.port = options->port;
    info.protocols = socket->protocols;
    info.alpn = "http/1.1";
    info.retry_and_idle_policy = &patience;
    info.ssl_cert_filepath = options->cert;
    info.ssl_private_key_filepath = options->key;
    if (options->cert == NULL) {
        info.options &= ~(uint64_t)LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
    }
    socket->vhost = lws_create_vhost(socket->context, &info);
    return socket->vhost != NULL;
}

static toc_status tell_why(const toc_socket_options *options, int error, toc_problems *problems) {
    const char *address = options->address == NULL ? "*" : options->address;
    if (options->cert != NULL &&
        (access(options->cert, R_OK) != 0 || access(options->key, R_OK) != 0)) {
        bool is_key = access(options->cert, R_OK) == 0;
        return toc_problems_error(problems,
                                  (toc_place){.file = is_key ? options->key : options->cert},
                                  "this file cannot be read: %s", g_strerror(errno));
    }
    if (options->cert != NULL && error != EADDRINUSE && error != EACCES) {
        return toc_problems_error(problems, (toc_place){.file = options->cert},
                                  "certificate and key cannot be used: both have to be PEM, and "
                                  "belong to each other");
    }
    return toc_problems_fault(problems, (toc_place){.file = NULL},
                              "cannot listen on %s:%u: %s; --listen names another address", address,
                              options->port,
                              error == 0 ? "not an address of this machine" : g_strerror(error));
}

toc_status toc_socket_create(const toc_socket_options *options, toc_problems *problems,
                             toc_socket **out_socket) {
    toc_socket *socket = g_new0(toc_socket, 1);
    socket->options = *options;
    socket->clients = g_hash_table_new(g_int64_hash, g_int64_equal);
    socket->protocols[0] = (struct lws_protocols){
        .name = "http", .callback = on_other, .per_session_data_size = sizeof(struct visit)};
    socket->protocols[1] = (struct lws_protocols){.name = TOC_WIRE_PROTOCOL,
                                                  .callback = on_message,
                                                  .per_session_data_size = sizeof(struct client),
                                                  .rx_buffer_size = 4096};
    lws_set_log_level(0, NULL);
    make_room(socket);
    begin_loop(socket);
    errno = 0;
    if (!begin_listening(socket)) {
        toc_status status = tell_why(options, errno, problems);
        toc_socket_destroy(socket);
        return status;
    }
    *out_socket = socket;
    return TOC_OK;
}

void toc_socket_destroy(toc_socket *socket) {
    if (socket == NULL) {
        return;
    }
    if (socket->context != NULL) {
        (void)uv_timer_stop(&socket->timer);
        lws_context_destroy(socket->context);
    }
    for (int i = 0; i < SIGNALS; i++) {
        uv_close((uv_handle_t *)&socket->watchers[i], NULL);
    }
    uv_close((uv_handle_t *)&socket->nothing, NULL);
    uv_close((uv_handle_t *)&socket->timer, NULL);
    (void)uv_run(&socket->loop, UV_RUN_DEFAULT);
    (void)uv_loop_close(&socket->loop);
    g_hash_table_destroy(socket->clients);
    g_free(socket);
}

uint16_t toc_socket_port(const toc_socket *socket) {
    return (uint16_t)lws_get_vhost_listen_port(socket->vhost);
}

void toc_socket_run(toc_socket *socket) {
    (void)uv_run(&socket->loop, UV_RUN_DEFAULT);
}

void toc_socket_quit(toc_socket *socket) {
    uv_stop(&socket->loop);
}
