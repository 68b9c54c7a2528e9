#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/client.h"
#include "wire/frame_reader.h"
#include "wire/frame_writer.h"

enum { MOST_FRAMES = 64 };

/* The other end of the line: it keeps what the client sends and answers as a test wants. */
struct line {
    toc_client *client;
    toc_frame *frames[MOST_FRAMES];
    size_t count, openings;
    bool is_open;
    int64_t wait;
    toc_client_news last;
    char text[400];
    size_t news[4];
};

static void open_line(void *object) {
    struct line *line = object;
    line->openings++;
    line->is_open = true;
}

static void close_line(void *object) {
    struct line *line = object;
    line->is_open = false;
    toc_client_closed(line->client, "closed");
}

static void wait_line(void *object, int64_t milliseconds) {
    ((struct line *)object)->wait = milliseconds;
}

static void send_line(void *object, const char *bytes, size_t size) {
    struct line *line = object;
    toc_frame_refusal refusal;
    assert_true(line->is_open);
    assert_true(line->count < MOST_FRAMES);
    assert_int_equal(toc_frame_reader_read(bytes, size, TOC_WIRE_FROM_CLIENT,
                                           &line->frames[line->count], &refusal),
                     TOC_WIRE_NONE);
    line->count++;
}

static void told(void *object, const toc_client_news *news) {
    struct line *line = object;
    line->news[news->kind]++;
    line->last = *news;
    (void)snprintf(line->text, sizeof line->text, "%s", news->text == NULL ? "" : news->text);
}

static void begin(struct line *line) {
    memset(line, 0, sizeof *line);
    toc_client_options options = {
        .token = "secret", .name = "c0ffee", .seed = 7, .tell = told, .object = line};
    line->client = toc_client_create(&options);
    toc_client_start(line->client,
                     (toc_client_transport){line, open_line, send_line, close_line, wait_line});
    toc_client_opened(line->client);
}

static void forget_frames(struct line *line) {
    while (line->count > 0) {
        toc_frame_reader_release(line->frames[--line->count]);
    }
}

static void end(struct line *line) {
    forget_frames(line);
    toc_client_destroy(line->client);
}

static const toc_wire_message *sent(const struct line *line, size_t index) {
    assert_true(index < line->count);
    return toc_frame_reader_message(line->frames[index]);
}

static void say(struct line *line, const toc_wire_message *message) {
    static char bytes[TOC_WIRE_FRAME];
    size_t size = toc_frame_writer_write(message, bytes, sizeof bytes);
    assert_true(size > 0);
    toc_client_received(line->client, bytes, size);
}

static void say_welcome(struct line *line) {
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_WELCOME);
    message.as.welcome.protocol = TOC_WIRE_PROTOCOL;
    message.as.welcome.drill = "d";
    message.as.welcome.seat = "gridco.dispatcher";
    message.as.welcome.role = "player";
    say(line, &message);
}

static void say_event(struct line *line, int64_t seq) {
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_EVENT);
    message.as.event.seq = seq;
    message.as.event.at = 0;
    message.as.event.kind = "alarm";
    say(line, &message);
}

static void say_taken(struct line *line, const char *id) {
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_TAKEN);
    message.as.taken.id = id;
    message.as.taken.at = 1;
    say(line, &message);
}

static void say_refused(struct line *line, toc_wire_reason reason) {
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_REFUSED);
    message.as.refused.reason = reason;
    say(line, &message);
}

static void the_first_frame_says_who_connects(void **state) {
    (void)state;
    struct line line;
    begin(&line);
    assert_int_equal(line.count, 1);
    assert_int_equal(sent(&line, 0)->kind, TOC_WIRE_M_HELLO);
    assert_string_equal(sent(&line, 0)->as.hello.token, "secret");
    assert_string_equal(sent(&line, 0)->as.hello.protocol, "tocsin.1");
    assert_int_equal(sent(&line, 0)->as.hello.after, 0);
    assert_false(toc_client_is_live(line.client));
    say_welcome(&line);
    assert_true(toc_client_is_live(line.client));
    assert_int_equal(line.news[TOC_CLIENT_WELCOMED], 1);
    end(&line);
}

static void an_act_waits_for_the_welcome_and_goes_until_it_is_acknowledged(void **state) {
    (void)state;
    struct line line;
    char first[80];
    begin(&line);
    (void)snprintf(first, sizeof first, "%s",
                   toc_client_act(line.client, "isolate", "hmi-1", (toc_wire_pairs){0}));
    assert_string_equal(first, "c0ffee-1");
    assert_int_equal(line.count, 1);
    say_welcome(&line);
    assert_int_equal(line.count, 2);
    assert_string_equal(toc_client_act(line.client, "trip", "l-1", (toc_wire_pairs){0}),
                        "c0ffee-2");
    say_taken(&line, "c0ffee-1");
    assert_int_equal(toc_client_waiting(line.client), 1);
    forget_frames(&line);
    line.is_open = false;
    toc_client_closed(line.client, "the cable was pulled");
    assert_int_equal(line.news[TOC_CLIENT_LOST], 1);
    assert_string_equal(line.text, "the cable was pulled");
    toc_client_expired(line.client);
    assert_int_equal(line.openings, 2);
    toc_client_opened(line.client);
    say_welcome(&line);
    assert_int_equal(line.count, 2);
    assert_string_equal(sent(&line, 1)->as.act.id, "c0ffee-2");
    assert_string_equal(sent(&line, 1)->as.act.verb, "trip");
    say_taken(&line, "c0ffee-2");
    assert_int_equal(toc_client_waiting(line.client), 0);
    end(&line);
}

static void a_refused_act_is_not_sent_again(void **state) {
    (void)state;
    struct line line;
    toc_wire_message message = toc_wire_blank(TOC_WIRE_M_NOT_TAKEN);
    begin(&line);
    say_welcome(&line);
    message.as.not_taken.id = toc_client_act(line.client, "trip", "l-1", (toc_wire_pairs){0});
    message.as.not_taken.reason = TOC_WIRE_NOT_YOURS;
    say(&line, &message);
    assert_int_equal(toc_client_waiting(line.client), 0);
    assert_int_equal(line.news[TOC_CLIENT_TOLD], 1);
    end(&line);
}

static void after_a_loss_events_are_asked_for_from_the_last_one_on(void **state) {
    (void)state;
    struct line line;
    begin(&line);
    say_welcome(&line);
    say_event(&line, 1);
    say_event(&line, 2);
    line.is_open = false;
    toc_client_closed(line.client, "gone");
    toc_client_expired(line.client);
    forget_frames(&line);
    toc_client_opened(line.client);
    assert_int_equal(sent(&line, 0)->as.hello.after, 2);
    say_welcome(&line);
    say_event(&line, 2); /* sent again: not told twice */
    assert_int_equal(line.news[TOC_CLIENT_TOLD], 2);
    say_event(&line, 3);
    assert_int_equal(toc_mirror_event_count(toc_client_mirror(line.client)), 3);
    end(&line);
}

static void a_gap_in_the_events_makes_it_connect_again(void **state) {
    (void)state;
    struct line line;
    begin(&line);
    say_welcome(&line);
    say_event(&line, 1);
    say_event(&line, 3);
    assert_false(line.is_open);
    assert_int_equal(line.news[TOC_CLIENT_LOST], 1);
    assert_string_equal(line.text, "an event was left out");
    assert_int_equal(toc_mirror_last(toc_client_mirror(line.client)), 1);
    end(&line);
}

static void events_are_acknowledged_with_the_clock_and_when_there_are_many(void **state) {
    (void)state;
    struct line line;
    toc_wire_message clock = toc_wire_blank(TOC_WIRE_M_CLOCK);
    clock.as.clock.now = 9;
    begin(&line);
    say_welcome(&line);
    say_event(&line, 1);
    assert_int_equal(line.count, 1);
    say(&line, &clock);
    assert_int_equal(line.count, 2);
    assert_int_equal(sent(&line, 1)->as.seen.seq, 1);
    say(&line, &clock);
    assert_int_equal(line.count, 2); /* nothing new to be acknowledged */
    for (int64_t seq = 2; seq <= 17; seq++) {
        say_event(&line, seq);
    }
    assert_int_equal(line.count, 3);
    assert_int_equal(sent(&line, 2)->as.seen.seq, 17);
    end(&line);
}

static void waiting_grows_with_failures_up_to_half_a_minute_and_is_short_again(void **state) {
    (void)state;
    struct line line;
    begin(&line);
    int64_t longest = 0;
    for (int failure = 1; failure <= 12; failure++) {
        line.is_open = false;
        toc_client_closed(line.client, "no route");
        int64_t most = failure > 6 ? 30000 : 500 << (failure - 1);
        assert_in_range(line.wait, most / 2, most);
        longest = line.wait > longest ? line.wait : longest;
        toc_client_expired(line.client);
    }
    assert_true(longest >= 15000);
    toc_client_opened(line.client);
    say_welcome(&line);
    line.is_open = false;
    toc_client_closed(line.client, "no route");
    assert_in_range(line.wait, 250, 500);
    end(&line);
}

static void clients_of_a_server_that_was_away_do_not_all_come_back_at_once(void **state) {
    (void)state;
    int64_t waits[20];
    int distinct = 0;
    for (uint64_t i = 0; i < 20; i++) {
        struct line line;
        memset(&line, 0, sizeof line);
        toc_client_options options = {.token = "t", .name = "n", .seed = i, .object = &line};
        line.client = toc_client_create(&options);
        toc_client_start(line.client, (toc_client_transport){&line, open_line, send_line,
                                                             close_line, wait_line});
        toc_client_closed(line.client, "no route");
        waits[i] = line.wait;
        bool is_new = true;
        for (uint64_t j = 0; j < i; j++) {
            is_new = is_new && waits[j] != waits[i];
        }
        distinct += is_new;
        end(&line);
    }
    assert_true(distinct > 12);
}

static void a_refusal_that_cannot_pass_ends_it_with_its_reason(void **state) {
    (void)state;
    static const toc_wire_reason final[] = {TOC_WIRE_BAD_TOKEN,    TOC_WIRE_EXPIRED_TOKEN,
                                            TOC_WIRE_OLD_PROTOCOL, TOC_WIRE_SEAT_TAKEN,
                                            TOC_WIRE_ENDED,        TOC_WIRE_DISK_FAULT};
    for (size_t i = 0; i < sizeof final / sizeof final[0]; i++) {
        struct line line;
        begin(&line);
        say_refused(&line, final[i]);
        assert_true(toc_client_is_over(line.client));
        assert_int_equal(line.news[TOC_CLIENT_ENDED], 1);
        assert_int_equal(line.last.reason, final[i]);
        assert_string_equal(line.text, toc_wire_reason_text(final[i], "en"));
        assert_int_equal(line.wait, 0);
        end(&line);
    }
}

static void a_refusal_that_may_pass_is_tried_again(void **state) {
    (void)state;
    static const toc_wire_reason passing[] = {TOC_WIRE_SLOW, TOC_WIRE_TOO_MANY, TOC_WIRE_GOING_AWAY,
                                              TOC_WIRE_IDLE};
    for (size_t i = 0; i < sizeof passing / sizeof passing[0]; i++) {
        struct line line;
        begin(&line);
        say_refused(&line, passing[i]);
        assert_false(toc_client_is_over(line.client));
        assert_int_equal(line.news[TOC_CLIENT_LOST], 1);
        assert_true(line.wait > 0);
        end(&line);
    }
}

static void a_seat_that_was_ones_own_may_still_seem_taken(void **state) {
    (void)state;
    struct line line;
    begin(&line);
    say_welcome(&line);
    line.is_open = false;
    toc_client_closed(line.client, "gone");
    toc_client_expired(line.client);
    toc_client_opened(line.client);
    say_refused(&line, TOC_WIRE_SEAT_TAKEN);
    assert_false(toc_client_is_over(line.client));
    end(&line);
}

static void a_server_that_says_what_is_no_frame_is_left(void **state) {
    (void)state;
    struct line line;
    begin(&line);
    say_welcome(&line);
    toc_client_received(line.client, "{\"m\":\"evnt\"}", 12);
    assert_false(line.is_open);
    assert_non_null(strstr(line.text, "there is no message 'evnt'"));
    end(&line);
}

static void silence_is_taken_for_a_lost_connection(void **state) {
    (void)state;
    struct line line;
    begin(&line);
    say_welcome(&line);
    assert_int_equal(line.wait, 60000);
    toc_client_expired(line.client);
    assert_false(line.is_open);
    assert_int_equal(line.news[TOC_CLIENT_LOST], 1);
    end(&line);
}

static void a_stop_said_without_a_connection_is_said_as_soon_as_there_is_one(void **state) {
    (void)state;
    struct line line;
    begin(&line);
    assert_true(toc_client_stop(line.client, "no duff"));
    assert_int_equal(line.count, 1);
    (void)toc_client_act(line.client, "trip", "l-1", (toc_wire_pairs){0});
    say_welcome(&line);
    assert_int_equal(line.count, 3);
    assert_int_equal(sent(&line, 1)->kind, TOC_WIRE_M_STOP);
    assert_string_equal(sent(&line, 1)->as.stop.word, "no duff");
    end(&line);
}

static void more_than_can_wait_is_not_taken(void **state) {
    (void)state;
    struct line line;
    begin(&line);
    for (int i = 0; i < 256; i++) {
        assert_non_null(toc_client_act(line.client, "trip", "l-1", (toc_wire_pairs){0}));
    }
    assert_null(toc_client_act(line.client, "trip", "l-1", (toc_wire_pairs){0}));
    assert_null(toc_client_act(line.client, "", "l-1", (toc_wire_pairs){0}));
    assert_int_equal(toc_client_waiting(line.client), 256);
    end(&line);
}

static void what_is_finished_says_and_hears_nothing_more(void **state) {
    (void)state;
    struct line line;
    begin(&line);
    say_welcome(&line);
    toc_client_finish(line.client);
    assert_false(line.is_open);
    say_event(&line, 1);
    assert_int_equal(line.news[TOC_CLIENT_TOLD] + line.news[TOC_CLIENT_LOST], 0);
    assert_null(toc_client_act(line.client, "trip", "l-1", (toc_wire_pairs){0}));
    end(&line);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_frame_says_who_connects),
        cmocka_unit_test(an_act_waits_for_the_welcome_and_goes_until_it_is_acknowledged),
        cmocka_unit_test(a_refused_act_is_not_sent_again),
        cmocka_unit_test(after_a_loss_events_are_asked_for_from_the_last_one_on),
        cmocka_unit_test(a_gap_in_the_events_makes_it_connect_again),
        cmocka_unit_test(events_are_acknowledged_with_the_clock_and_when_there_are_many),
        cmocka_unit_test(waiting_grows_with_failures_up_to_half_a_minute_and_is_short_again),
        cmocka_unit_test(clients_of_a_server_that_was_away_do_not_all_come_back_at_once),
        cmocka_unit_test(a_refusal_that_cannot_pass_ends_it_with_its_reason),
        cmocka_unit_test(a_refusal_that_may_pass_is_tried_again),
        cmocka_unit_test(a_seat_that_was_ones_own_may_still_seem_taken),
        cmocka_unit_test(a_server_that_says_what_is_no_frame_is_left),
        cmocka_unit_test(silence_is_taken_for_a_lost_connection),
        cmocka_unit_test(a_stop_said_without_a_connection_is_said_as_soon_as_there_is_one),
        cmocka_unit_test(more_than_can_wait_is_not_taken),
        cmocka_unit_test(what_is_finished_says_and_hears_nothing_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
