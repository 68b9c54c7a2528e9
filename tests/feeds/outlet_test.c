#include "support/support.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "feeds/outlet.h"

static toc_problems *problems;

static toc_outlet *open_outlet(const char *to, const char *collector) {
    toc_outlet *outlet = NULL;
    toc_problems_destroy(problems);
    problems = toc_problems_create();
    (void)toc_outlet_open(to, collector, problems, &outlet);
    return outlet;
}

static int listen_on(int type, char *address, size_t size) {
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof here;
    int handle = socket(AF_INET, type, 0);
    assert_true(handle >= 0);
    assert_int_equal(bind(handle, (struct sockaddr *)&here, sizeof here), 0);
    assert_int_equal(getsockname(handle, (struct sockaddr *)&here, &length), 0);
    if (type == SOCK_STREAM) {
        assert_int_equal(listen(handle, 1), 0);
    }
    (void)snprintf(address, size, "%s:127.0.0.1:%d", type == SOCK_STREAM ? "tcp" : "udp",
                   ntohs(here.sin_port));
    return handle;
}

static void lines_reach_a_collector_over_udp_one_a_datagram(void **state) {
    (void)state;
    char address[64], got[128];
    int server = listen_on(SOCK_DGRAM, address, sizeof address);
    toc_outlet *outlet = open_outlet(address, NULL);
    assert_non_null(outlet);
    toc_outlet_send(outlet, "one\n", 4);
    toc_outlet_send(outlet, "two\n", 4);
    assert_int_equal(recv(server, got, sizeof got, 0), 4);
    assert_memory_equal(got, "one\n", 4);
    assert_int_equal(recv(server, got, sizeof got, 0), 4);
    assert_memory_equal(got, "two\n", 4);
    toc_outlet_close(outlet);
    (void)close(server);
}

static void over_tcp_each_line_is_framed_by_its_length(void **state) {
    (void)state;
    char address[64], got[128] = "";
    int server = listen_on(SOCK_STREAM, address, sizeof address);
    toc_outlet *outlet = open_outlet(address, NULL);
    assert_non_null(outlet);
    int peer = accept(server, NULL, NULL);
    toc_outlet_send(outlet, "one\n", 4);
    toc_outlet_send(outlet, "three\n", 6);
    size_t size = 0;
    while (size < 12) {
        ssize_t more = recv(peer, got + size, sizeof got - size, 0);
        assert_true(more > 0);
        size += (size_t)more;
    }
    assert_memory_equal(got, "3 one5 three", 12);
    (void)close(peer);
    (void)close(server);
    toc_outlet_close(outlet);
}

static void a_collector_that_does_not_read_loses_lines_and_holds_nothing_up(void **state) {
    (void)state;
    char address[64], line[1000];
    int server = listen_on(SOCK_STREAM, address, sizeof address);
    toc_outlet *outlet = open_outlet(address, NULL);
    memset(line, 'x', sizeof line);
    for (int i = 0; i < 20000; i++) {
        toc_outlet_send(outlet, line, sizeof line);
    }
    assert_true(toc_outlet_lost(outlet) > 0);
    toc_outlet_close(outlet);
    (void)close(server);
}

static void nothing_goes_to_a_machine_that_was_not_named(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"udp:192.0.2.7:514", "'192.0.2.7' is not this machine"},
        {"tcp:collector.example:514", "'collector.example' is not this machine"},
        {"tcp:127.0.0.1", "expected HOST:PORT, found '127.0.0.1'"},
        {"udp:127.0.0.1:five", "expected HOST:PORT"},
        {"file:", "a feed goes to file:PATH"},
        {"syslog", "a feed goes to file:PATH"},
        {"file:/nowhere/at/all", "the feed cannot be written"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char told[512];
        assert_null(open_outlet(cases[i][0], NULL));
        (void)toc_problems_print(toc_problems_at(problems, 0), told, sizeof told);
        assert_non_null(strstr(told, cases[i][1]));
    }
}

static int finish(void **state) {
    (void)state;
    toc_problems_destroy(problems);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_reach_a_collector_over_udp_one_a_datagram),
        cmocka_unit_test(over_tcp_each_line_is_framed_by_its_length),
        cmocka_unit_test(a_collector_that_does_not_read_loses_lines_and_holds_nothing_up),
        cmocka_unit_test(nothing_goes_to_a_machine_that_was_not_named)};
    return cmocka_run_group_tests(tests, NULL, finish);
}
