#include "support/support.h"

#include <signal.h>
#include <sys/wait.h>

#include "server/socket.h"
#include "server/web_client.h"
#include "wire/wire.h"

/* A server in a process of its own, which says back what it is told. */
struct echo {
    toc_transport transport;
    toc_socket *socket;
    char *texts[1024];
    size_t sizes[1024];
};

static void on_open(void *object, toc_peer peer, const char *address) {
    struct echo *echo = object;
    echo->texts[peer] = strdup(strcmp(address, "127.0.0.1") == 0 ? "welcome" : address);
    echo->sizes[peer] = strlen(echo->texts[peer]);
    echo->transport.want_write(echo->transport.object, peer);
}

static void on_receive(void *object, toc_peer peer, const char *bytes, size_t size) {
    struct echo *echo = object;
    free(echo->texts[peer]);
    echo->texts[peer] = NULL;
    if (bytes == NULL) {
        echo->texts[peer] = strdup(size == 0 ? "no text" : "too large");
        echo->sizes[peer] = strlen(echo->texts[peer]);
    } else if (size == 4 && memcmp(bytes, "quit", 4) == 0) {
        echo->transport.close(echo->transport.object, peer);
        return;
    } else {
        echo->texts[peer] = malloc(size + 1);
        (void)memcpy(echo->texts[peer], bytes, size);
        echo->sizes[peer] = size;
    }
    echo->transport.want_write(echo->transport.object, peer);
}

static void on_writeable(void *object, toc_peer peer) {
    struct echo *echo = object;
    if (echo->texts[peer] != NULL) {
        echo->transport.write(echo->transport.object, peer, echo->texts[peer], echo->sizes[peer]);
        free(echo->texts[peer]);
        echo->texts[peer] = NULL;
    }
}

static void on_closed(void *object, toc_peer peer) {
    struct echo *echo = object;
    free(echo->texts[peer]);
    echo->texts[peer] = NULL;
}

static void on_timer(void *object) {
    (void)object;
}

static void on_stop(void *object) {
    struct echo *echo = object;
    toc_socket_quit(echo->socket);
}

static void serve(int out) {
    static struct echo echo;
    toc_problems *problems = toc_problems_create();
    toc_socket_options options = {
        .address = "127.0.0.1", .most = 40, .stop = on_stop, .object = &echo};
    if (toc_socket_create(&options, problems, &echo.socket) != TOC_OK) {
        _exit(9);
    }
    toc_transport_user user = {.object = &echo,
                               .open = on_open,
                               .receive = on_receive,
                               .writeable = on_writeable,
                               .closed = on_closed,
                               .timer = on_timer};
    echo.transport = toc_socket_transport(echo.socket);
    echo.transport.open(echo.transport.object, &user);
    uint16_t port = toc_socket_port(echo.socket);
    if (write(out, &port, sizeof port) != sizeof port) {
        _exit(8);
    }
    toc_socket_run(echo.socket);
    toc_socket_destroy(echo.socket);
    toc_problems_destroy(problems);
    _exit(0);
}

struct served {
    pid_t process;
    uint16_t port;
};

static int begin(void **state) {
    static struct served served;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    served.process = fork();
    assert_true(served.process >= 0);
    if (served.process == 0) {
        (void)close(ends[0]);
        serve(ends[1]);
    }
    (void)close(ends[1]);
    bool has_port = read(ends[0], &served.port, sizeof served.port) == sizeof served.port;
    (void)close(ends[0]);
    *state = &served;
    return has_port ? 0 : -1;
}

static int end(void **state) {
    struct served *served = *state;
    int status = 0;
    assert_int_equal(kill(served->process, SIGTERM), 0);
    assert_int_equal(waitpid(served->process, &status, 0), served->process);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1; /* a signal ends it in good order */
}

static void what_is_said_arrives_whole_and_once(void **state) {
    struct served *served = *state;
    int file = web_join(served->port);
    assert_string_equal(web_hear(file), "welcome");
    assert_true(web_say(file, "one"));
    assert_string_equal(web_hear(file), "one");
    assert_true(web_frame(file, WEB_TEXT, false, "tw", 2));
    assert_true(web_frame(file, 0, false, "o i", 3));
    assert_true(web_frame(file, WEB_PING, true, "?", 1));
    assert_true(web_frame(file, 0, true, "n parts", 7));
    assert_string_equal(web_hear(file), "two in parts");
    (void)close(file);
}

static void a_message_as_large_as_a_frame_passes_and_one_byte_more_is_not_kept(void **state) {
    struct served *served = *state;
    static char text[TOC_WIRE_FRAME + 1];
    (void)memset(text, 'x', sizeof text);
    int file = web_join(served->port);
    assert_string_equal(web_hear(file), "welcome");
    assert_true(web_frame(file, WEB_TEXT, true, text, TOC_WIRE_FRAME));
    const char *heard = web_hear(file);
    assert_non_null(heard);
    assert_int_equal(strlen(heard), TOC_WIRE_FRAME);
    assert_true(web_frame(file, WEB_TEXT, true, text, TOC_WIRE_FRAME + 1));
    assert_string_equal(web_hear(file), "too large");
    /* in parts, none of which is too large by itself */
    assert_true(web_frame(file, WEB_TEXT, false, text, TOC_WIRE_FRAME / 2));
    assert_true(web_frame(file, 0, false, text, TOC_WIRE_FRAME / 2));
    assert_true(web_frame(file, 0, true, text, 1));
    assert_string_equal(web_hear(file), "too large");
    assert_true(web_say(file, "and on"));
    assert_string_equal(web_hear(file), "and on");
    assert_true(web_frame(file, WEB_BINARY, true, "bytes", 5));
    assert_string_equal(web_hear(file), "no text");
    (void)close(file);
}

static void whom_the_server_closes_hears_so(void **state) {
    struct served *served = *state;
    int file = web_join(served->port);
    assert_string_equal(web_hear(file), "welcome");
    assert_true(web_say(file, "quit"));
    assert_null(web_hear(file));
    (void)close(file);
}

static void a_page_of_another_site_may_not_connect(void **state) {
    struct served *served = *state;
    static const struct {
        const char *headers;
        int status;
    } cases[] = {
        {WEB_PROTOCOL, 101},
        {WEB_PROTOCOL "Origin: http://127.0.0.1:4711\r\n", 101},
        {WEB_PROTOCOL "Origin: http://evil.example\r\n", 403},
        {WEB_PROTOCOL "Origin: http://127.0.0.1:4711.evil.example\r\n", 403},
        {WEB_PROTOCOL "Origin: null\r\n", 403},
        {"", 400},
        {"Sec-WebSocket-Protocol: tocsin.0\r\n", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int file = web_connect(served->port);
        int status = web_upgrade(file, cases[i].headers);
        (void)close(file);
        if (cases[i].status == 101) {
            assert_int_equal(status, 101);
        } else {
            assert_int_not_equal(status, 101);
            assert_true(status == 0 || status == cases[i].status);
        }
    }
}

static void whoever_comes_past_the_most_is_not_let_in(void **state) {
    struct served *served = *state;
    int files[60], let_in = 0;
    for (int i = 0; i < 60; i++) {
        files[i] = web_connect(served->port);
        let_in += files[i] >= 0 && web_upgrade(files[i], WEB_PROTOCOL) == 101;
    }
    assert_int_equal(let_in, 40);
    for (int i = 0; i < 60; i++) {
        (void)close(files[i]);
    }
}

static void a_port_that_is_taken_is_told(void **state) {
    struct served *served = *state;
    toc_problems *problems = toc_problems_create();
    toc_socket *other = NULL;
    toc_socket_options options = {.address = "127.0.0.1", .port = served->port, .most = 4};
    assert_int_equal(toc_socket_create(&options, problems, &other), TOC_SYSTEM_FAULT);
    assert_non_null(strstr(toc_problems_at(problems, 0).text, "cannot listen on 127.0.0.1:"));
    toc_problems_destroy(problems);
}

static void certificates_that_are_none_are_told(void **state) {
    toc_problems *problems = toc_problems_create();
    toc_socket *socket = NULL;
    toc_socket_options options = {
        .address = "127.0.0.1", .most = 4, .cert = "/no/such.pem", .key = "/no/such.pem"};
    (void)state;
    assert_int_equal(toc_socket_create(&options, problems, &socket), TOC_BAD_INPUT);
    assert_string_equal(toc_problems_at(problems, 0).place.file, "/no/such.pem");
    toc_problems_destroy(problems);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said_arrives_whole_and_once),
        cmocka_unit_test(a_message_as_large_as_a_frame_passes_and_one_byte_more_is_not_kept),
        cmocka_unit_test(whom_the_server_closes_hears_so),
        cmocka_unit_test(a_page_of_another_site_may_not_connect),
        cmocka_unit_test(a_port_that_is_taken_is_told),
        cmocka_unit_test(certificates_that_are_none_are_told),
        cmocka_unit_test(whoever_comes_past_the_most_is_not_let_in),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
