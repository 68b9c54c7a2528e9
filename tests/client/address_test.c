#include "support/support.h"

#include <string.h>

#include "client/address.h"

static void a_server_is_named_by_scheme_host_port_and_path(void **state) {
    (void)state;
    static const struct {
        const char *text, *host, *path;
        int port;
        bool is_secure, is_local;
    } good[] = {
        {"ws://localhost:7443", "localhost", "/", 7443, false, true},
        {"ws://127.0.0.1", "127.0.0.1", "/", 80, false, true},
        {"wss://drill.example.org", "drill.example.org", "/", 443, true, false},
        {"wss://drill.example.org:8443/river/city", "drill.example.org", "/river/city", 8443, true,
         false},
        {"ws://[::1]:9000/x", "::1", "/x", 9000, false, true},
        {"https://drill.example/", "drill.example", "/", 443, true, false},
        {"http://127.0.0.1:7443/", "127.0.0.1", "/", 7443, false, true},
        {"wss://[2001:db8::7]", "2001:db8::7", "/", 443, true, false},
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        toc_address address;
        char why[400];
        assert_true(toc_address_read(good[i].text, &address, why, sizeof why));
        assert_string_equal(address.host, good[i].host);
        assert_string_equal(address.path, good[i].path);
        assert_int_equal(address.port, good[i].port);
        assert_int_equal(address.is_secure, good[i].is_secure);
        assert_int_equal(toc_address_is_local(&address), good[i].is_local);
    }
}

static void what_is_no_address_is_told_with_a_remedy(void **state) {
    (void)state;
    static const char *const bad[][2] = {
        {"localhost:7843", "ws:// or wss://"}, {"ftp://localhost", "ws:// or wss://"},
        {"ws://", "a host is missing"},        {"ws://:80", "a host is missing"},
        {"ws://[::1", "a host is missing"},    {"ws://h:0", "from 1 to 65535"},
        {"ws://h:65536", "from 1 to 65535"},   {"ws://h:80x", "from 1 to 65535"},
        {"ws://h:", "from 1 to 65535"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        toc_address address;
        char why[400];
        assert_false(toc_address_read(bad[i][0], &address, why, sizeof why));
        assert_non_null(strstr(why, bad[i][1]));
        assert_non_null(strstr(why, bad[i][0]));
    }
}

static void an_address_with_something_secret_in_it_is_refused_and_not_repeated(void **state) {
    (void)state;
    static const char *const bad[] = {"wss://h/?token=s3cret", "wss://me:s3cret@h/",
                                      "wss://h/#s3cret"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        toc_address address;
        char why[400];
        assert_false(toc_address_read(bad[i], &address, why, sizeof why));
        assert_null(strstr(why, "s3cret"));
        assert_non_null(strstr(why, "holds no token"));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_server_is_named_by_scheme_host_port_and_path),
        cmocka_unit_test(what_is_no_address_is_told_with_a_remedy),
        cmocka_unit_test(an_address_with_something_secret_in_it_is_refused_and_not_repeated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
