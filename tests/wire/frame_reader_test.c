#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wire/frame_reader.h"

#define HELLO "\"m\":\"hello\",\"protocol\":\"tocsin.1\",\"token\":\"t\""

static toc_wire_reason reading_of(const char *bytes, size_t size, toc_wire_sender sender,
                                  toc_frame_refusal *refusal) {
    toc_frame *frame = NULL;
    toc_wire_reason reason = toc_frame_reader_read(bytes, size, sender, &frame, refusal);
    assert_int_equal(reason, refusal->reason);
    assert_int_equal(reason == TOC_WIRE_NONE, frame != NULL);
    toc_frame_reader_release(frame);
    return reason;
}

static const struct {
    const char *frame;
    toc_wire_reason reason;
    const char *says;
} from_clients[] = {
    {"{" HELLO "}", TOC_WIRE_NONE, ""},
    {"{" HELLO ",\"after\":0}", TOC_WIRE_NONE, ""},
    {"{" HELLO ",\"after\":9007199254740991}", TOC_WIRE_NONE, ""},
    {"", TOC_WIRE_BAD_JSON, "byte"},
    {"{" HELLO, TOC_WIRE_BAD_JSON, "byte"},
    {"{" HELLO "} {}", TOC_WIRE_BAD_JSON, "byte"},
    {"[]", TOC_WIRE_BAD_JSON, "an array, where an object is expected"},
    {"\"hello\"", TOC_WIRE_BAD_JSON, "byte"},
    {"\xef\xbb\xbf{" HELLO "}", TOC_WIRE_BAD_JSON, "byte"},
    {"{" HELLO ",\"seat\":\"a\\u0000b\"}", TOC_WIRE_BAD_JSON, "byte"},
    {"{" HELLO ",\"seat\":\"\\ud800\"}", TOC_WIRE_BAD_JSON, "byte"},
    {"{" HELLO ",\"seat\":\"\xff\"}", TOC_WIRE_BAD_UTF8, "byte"},
    {"{" HELLO ",\"seat\":\"\xc0\x80\"}", TOC_WIRE_BAD_UTF8, "byte"},
    {"{" HELLO ",\"seat\":\"\xed\xa0\x80\"}", TOC_WIRE_BAD_UTF8, "byte"},
    {"{" HELLO ",\"seat\":\"\xe4\xb8\"}", TOC_WIRE_BAD_UTF8, "byte"},
    {"{" HELLO ",\"token\":\"u\"}", TOC_WIRE_DUPLICATE_FIELD, "duplicate"},
    {"{" HELLO ",\"m\":\"hello\"}", TOC_WIRE_DUPLICATE_FIELD, "duplicate"},
    {"{\"protocol\":\"tocsin.1\"}", TOC_WIRE_MISSING_FIELD, "'m', the message's name, is missing"},
    {"{\"m\":1}", TOC_WIRE_WRONG_TYPE, "'m', the message's name, must be a text"},
    {"{\"m\":\"hallo\"}", TOC_WIRE_UNKNOWN_MESSAGE, "there is no message 'hallo' of a client"},
    {"{\"m\":\"welcome\"}", TOC_WIRE_UNKNOWN_MESSAGE, "of a client"},
    {"{\"m\":\"own\",\"id\":\"x\"}", TOC_WIRE_UNKNOWN_MESSAGE, "there is no message 'own'"},
    {"{\"m\":\"hello\",\"token\":\"t\"}", TOC_WIRE_MISSING_FIELD, "hello: 'protocol' is missing"},
    {"{\"m\":\"hello\",\"protocol\":\"tocsin.1\"}", TOC_WIRE_MISSING_FIELD,
     "hello: 'token' is missing"},
    {"{\"m\":\"hello\",\"protocol\":\"tocsin.1\",\"token\":\"\"}", TOC_WIRE_MISSING_FIELD,
     "hello: 'token' is empty"},
    {"{\"m\":\"hello\",\"protocol\":\"tocsin.0\",\"token\":\"t\"}", TOC_WIRE_OLD_PROTOCOL,
     "'tocsin.0' is not spoken here; this is tocsin.1"},
    {"{\"m\":\"hello\",\"protocol\":\"tocsin.9\",\"passkey\":{}}", TOC_WIRE_OLD_PROTOCOL,
     "this is tocsin.1"},
    {"{" HELLO ",\"tokens\":\"t\"}", TOC_WIRE_UNKNOWN_FIELD,
     "hello: there is no field 'tokens'; did you mean 'token'?"},
    {"{" HELLO ",\"seat\":7}", TOC_WIRE_WRONG_TYPE, "hello: 'seat' must be a text"},
    {"{" HELLO ",\"seat\":null}", TOC_WIRE_WRONG_TYPE, "hello: 'seat' must be a text"},
    {"{" HELLO ",\"after\":\"7\"}", TOC_WIRE_WRONG_TYPE, "hello: 'after' must be a whole number"},
    {"{" HELLO ",\"after\":7.0}", TOC_WIRE_WRONG_TYPE, "hello: 'after' must be a whole number"},
    {"{" HELLO ",\"after\":-1}", TOC_WIRE_OUT_OF_RANGE,
     "hello: 'after' is -1; it must be from 0 to 9007199254740991"},
    {"{" HELLO ",\"after\":9007199254740992}", TOC_WIRE_OUT_OF_RANGE, "must be from 0 to"},
    {"{" HELLO ",\"after\":99999999999999999999}", TOC_WIRE_OUT_OF_RANGE, "byte"},
    {"{" HELLO ",\"language\":\"a-language-that-is-too-long\"}", TOC_WIRE_TOO_LARGE,
     "hello: 'language' has 27 bytes; at most 16 are allowed"},
    {"{" HELLO ",\"seat\":[[[[]]]]}", TOC_WIRE_TOO_DEEP, "deeper than 4"},
    {"{\"m\":\"seen\",\"seq\":0}", TOC_WIRE_OUT_OF_RANGE, "seen: 'seq' is 0"},
    {"{\"m\":\"act\",\"id\":\"a\",\"verb\":\"v\",\"parameters\":[]}", TOC_WIRE_WRONG_TYPE,
     "act: 'parameters' must be an object of texts"},
    {"{\"m\":\"act\",\"id\":\"a\",\"verb\":\"v\",\"parameters\":{\"k\":1}}", TOC_WIRE_WRONG_TYPE,
     "act: 'parameters' must be a text"},
    {"{\"m\":\"act\",\"id\":\"a\",\"verb\":\"v\",\"parameters\":{\"k\":\"v\",\"k\":\"w\"}}",
     TOC_WIRE_DUPLICATE_FIELD, "duplicate"},
    {"{\"m\":\"act\",\"id\":\"a\",\"verb\":\"v\",\"parameters\":{\"\":\"v\"}}",
     TOC_WIRE_OUT_OF_RANGE, "is no name"},
    {"{\"m\":\"act\",\"id\":\"a\",\"verb\":\"v\",\"parameters\":{\"text=x\\nto\":\"v\"}}",
     TOC_WIRE_OUT_OF_RANGE, "is no name"},
    {"{\"m\":\"act\",\"id\":\"a\",\"verb\":\"v\",\"parameters\":{\"a\":\"\",\"b\":\"\",\"c\":\"\","
     "\"d\":\"\",\"e\":\"\",\"f\":\"\",\"g\":\"\",\"h\":\"\",\"i\":\"\"}}",
     TOC_WIRE_TOO_LARGE, "act: 'parameters' has 9 entries; at most 8 are allowed"},
    {"{\"m\":\"act\",\"verb\":\"v\"}", TOC_WIRE_MISSING_FIELD, "act: 'id' is missing"},
    {"{\"m\":\"command\",\"id\":\"a\",\"command\":\"speed\",\"speed\":99}", TOC_WIRE_OUT_OF_RANGE,
     "command: 'speed' is 99; it must be from 100 to 100000"},
    {"{\"m\":\"stop\"}", TOC_WIRE_MISSING_FIELD, "stop: 'word' is missing"},
};

static void what_a_client_sends_wrongly_is_refused_for_a_named_reason(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof from_clients / sizeof from_clients[0]; i++) {
        toc_frame_refusal refusal;
        toc_wire_reason reason = reading_of(from_clients[i].frame, strlen(from_clients[i].frame),
                                            TOC_WIRE_FROM_CLIENT, &refusal);
        if (reason != from_clients[i].reason ||
            strstr(refusal.text, from_clients[i].says) == NULL) {
            print_error("%s: %s: %s\n", from_clients[i].frame, toc_wire_reason_name(reason),
                        refusal.text);
            fail();
        }
    }
}

static const struct {
    const char *frame;
    toc_wire_reason reason;
    const char *says;
} from_servers[] = {
    {"{\"m\":\"state\",\"at\":0}", TOC_WIRE_NONE, ""},
    {"{\"m\":\"state\",\"at\":0,\"duties\":[{\"id\":\"d\",\"state\":\"open\",\"told\":[\"x\"]}]}",
     TOC_WIRE_NONE, ""},
    {"{\"m\":\"hello\",\"protocol\":\"tocsin.1\",\"token\":\"t\"}", TOC_WIRE_UNKNOWN_MESSAGE,
     "of a server"},
    {"{\"m\":\"state\",\"at\":0,\"whole\":1}", TOC_WIRE_WRONG_TYPE,
     "state: 'whole' must be true or false"},
    {"{\"m\":\"state\",\"at\":0,\"duties\":{}}", TOC_WIRE_WRONG_TYPE,
     "state: 'duties' must be an array"},
    {"{\"m\":\"state\",\"at\":0,\"duties\":[7]}", TOC_WIRE_WRONG_TYPE,
     "state: 'duties' must be an array of objects"},
    {"{\"m\":\"state\",\"at\":0,\"duties\":[{\"id\":\"d\",\"state\":\"shut\"}]}",
     TOC_WIRE_OUT_OF_RANGE, "'state' is 'shut'; it must be one of open|done|late|missed"},
    {"{\"m\":\"state\",\"at\":0,\"duties\":[{\"id\":\"d\"}]}", TOC_WIRE_MISSING_FIELD,
     "duty: 'state' is missing"},
    {"{\"m\":\"state\",\"at\":0,\"duties\":[{\"id\":\"d\",\"state\":\"open\",\"m\":\"x\"}]}",
     TOC_WIRE_UNKNOWN_FIELD, "duty: there is no field 'm'"},
    {"{\"m\":\"state\",\"at\":0,\"duties\":[{\"id\":\"d\",\"state\":\"open\",\"told\":[1]}]}",
     TOC_WIRE_WRONG_TYPE, "'told' must be a text"},
    {"{\"m\":\"refused\",\"reason\":\"dislike\"}", TOC_WIRE_OUT_OF_RANGE,
     "'dislike', which is no reason"},
    {"{\"m\":\"refused\",\"reason\":7}", TOC_WIRE_WRONG_TYPE, "'reason' must be a text"},
    {"{\"m\":\"event\",\"seq\":1,\"at\":0,\"kind\":\"\"}", TOC_WIRE_OUT_OF_RANGE,
     "it must be one of message|"},
};

static void what_a_server_sends_wrongly_is_refused_for_a_named_reason(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof from_servers / sizeof from_servers[0]; i++) {
        toc_frame_refusal refusal;
        toc_wire_reason reason = reading_of(from_servers[i].frame, strlen(from_servers[i].frame),
                                            TOC_WIRE_FROM_SERVER, &refusal);
        if (reason != from_servers[i].reason ||
            strstr(refusal.text, from_servers[i].says) == NULL) {
            print_error("%s: %s: %s\n", from_servers[i].frame, toc_wire_reason_name(reason),
                        refusal.text);
            fail();
        }
    }
}

/* A hello of that many bytes, padded with blanks. */
static char *padded(size_t size) {
    char *frame = malloc(size);
    memset(frame, ' ', size);
    static const char hello[] = "{" HELLO "}";
    for (size_t i = 0; hello[i] != '\0'; i++) {
        frame[i] = hello[i];
    }
    return frame;
}

static void a_frame_of_64_kib_passes_and_one_byte_more_does_not(void **state) {
    (void)state;
    toc_frame_refusal refusal;
    char *frame = padded(TOC_WIRE_FRAME + 1);
    assert_int_equal(reading_of(frame, TOC_WIRE_FRAME, TOC_WIRE_FROM_CLIENT, &refusal),
                     TOC_WIRE_NONE);
    assert_int_equal(reading_of(frame, TOC_WIRE_FRAME + 1, TOC_WIRE_FROM_CLIENT, &refusal),
                     TOC_WIRE_TOO_LARGE);
    free(frame);
}

static void a_frame_of_nothing_but_brackets_is_refused_before_it_is_parsed(void **state) {
    (void)state;
    toc_frame_refusal refusal;
    char frame[60000];
    memset(frame, '[', sizeof frame);
    assert_int_equal(reading_of(frame, sizeof frame, TOC_WIRE_FROM_CLIENT, &refusal),
                     TOC_WIRE_TOO_DEEP);
}

static void brackets_within_texts_are_no_depth(void **state) {
    (void)state;
    toc_frame_refusal refusal;
    static const char *const harmless[] = {
        "{\"m\":\"stop\",\"word\":\"[[[[[[[[\"}",
        "{\"m\":\"stop\",\"word\":\"\\\"[[[[[[[[\"}",
        "{\"m\":\"stop\",\"word\":\"\\\\\"}",
    };
    for (size_t i = 0; i < sizeof harmless / sizeof harmless[0]; i++) {
        assert_int_equal(
            reading_of(harmless[i], strlen(harmless[i]), TOC_WIRE_FROM_CLIENT, &refusal),
            TOC_WIRE_NONE);
    }
    const char *deep = "{\"m\":\"stop\",\"word\":\"\\\\\",\"x\":[[[[[1]]]]]}";
    assert_int_equal(reading_of(deep, strlen(deep), TOC_WIRE_FROM_CLIENT, &refusal),
                     TOC_WIRE_TOO_DEEP);
}

static void a_refused_act_is_told_with_the_name_that_its_sender_gave_it(void **state) {
    (void)state;
    toc_frame_refusal refusal;
    const char *frame = "{\"m\":\"act\",\"id\":\"mine-7\",\"verb\":7}";
    assert_int_equal(reading_of(frame, strlen(frame), TOC_WIRE_FROM_CLIENT, &refusal),
                     TOC_WIRE_WRONG_TYPE);
    assert_string_equal(refusal.id, "mine-7");
}

static void what_is_refused_cannot_play_with_the_terminal_that_shows_it(void **state) {
    (void)state;
    toc_frame_refusal refusal;
    const char *frame = "{\"m\":\"\\u001b[2J\"}";
    (void)reading_of(frame, strlen(frame), TOC_WIRE_FROM_CLIENT, &refusal);
    assert_null(strchr(refusal.text, '\x1b'));
}

static void what_is_left_out_reads_as_its_absence(void **state) {
    (void)state;
    toc_frame *frame = NULL;
    toc_frame_refusal refusal;
    const char *bytes = "{\"m\":\"state\",\"at\":5,\"services\":[{\"id\":\"g/power\"}]}";
    assert_int_equal(
        toc_frame_reader_read(bytes, strlen(bytes), TOC_WIRE_FROM_SERVER, &frame, &refusal),
        TOC_WIRE_NONE);
    const toc_wire_message *message = toc_frame_reader_message(frame);
    assert_int_equal(message->kind, TOC_WIRE_M_STATE);
    assert_int_equal(message->as.state.at, 5);
    assert_false(message->as.state.whole);
    assert_int_equal(message->as.state.services.count, 1);
    assert_int_equal(message->as.state.services.items[0].level, -1);
    assert_true(message->as.state.services.items[0].until == TOC_NEVER);
    assert_string_equal(message->as.state.services.items[0].owner, "");
    assert_int_equal(message->as.state.duties.count, 0);
    toc_frame_reader_release(frame);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_client_sends_wrongly_is_refused_for_a_named_reason),
        cmocka_unit_test(what_a_server_sends_wrongly_is_refused_for_a_named_reason),
        cmocka_unit_test(a_frame_of_64_kib_passes_and_one_byte_more_does_not),
        cmocka_unit_test(a_frame_of_nothing_but_brackets_is_refused_before_it_is_parsed),
        cmocka_unit_test(brackets_within_texts_are_no_depth),
        cmocka_unit_test(a_refused_act_is_told_with_the_name_that_its_sender_gave_it),
        cmocka_unit_test(what_is_refused_cannot_play_with_the_terminal_that_shows_it),
        cmocka_unit_test(what_is_left_out_reads_as_its_absence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
