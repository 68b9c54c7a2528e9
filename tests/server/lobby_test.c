#include "server/small_hall.h"

#include <signal.h>
#include <sys/resource.h>

#define TELL_SOC(id)                                                                               \
    "{\"m\":\"act\",\"id\":\"" id "\",\"verb\":\"notify_peer\",\"target\":\"gridco.soc\","         \
    "\"parameters\":{\"text\":\"Two\\nlines\"}}"

#define GIVE(id)                                                                                   \
    "{\"m\":\"command\",\"id\":\"" id "\",\"command\":\"hand-over\","                              \
    "\"target\":\"gridco.dispatcher\"}"

static void what_is_acknowledged_is_on_disk_and_done_once(void **state) {
    small_hall *hall = hall_open("");
    char taken[256];
    (void)state;
    toc_peer peer = hall_join(hall, hall->dispatcher, 0);
    assert_true(hall_hears(hall, peer, "{\"m\":\"welcome\""));
    hall_say(hall, peer, TELL_SOC("a-1"));
    hall_say(hall, peer, TELL_SOC("a-1"));                  /* at once, again */
    assert_null(hall_hear(hall, peer, "{\"m\":\"taken\"")); /* not before the next step */
    hall_pass(hall, 1);
    const char *first = hall_hear(hall, peer, "{\"m\":\"taken\",\"id\":\"a-1\"");
    assert_non_null(first);
    (void)strcpy(taken, first);
    assert_null(hall_hear(hall, peer, "{\"m\":\"taken\""));
    hall_pass(hall, 100);
    hall_say(hall, peer, TELL_SOC("a-1")); /* and later */
    hall_pass(hall, 1);
    assert_string_equal(hall_hear(hall, peer, "{\"m\":\"taken\""), taken);
    assert_int_equal(toc_record_input_count(hall->record), 1);
    uint32_t soc = 0;
    assert_true(toc_stream_find_seat(hall->drill, "gridco.soc", &soc));
    assert_int_equal(toc_stream_count(hall->drill, soc), 1);
    assert_string_equal(toc_stream_at(hall->drill, soc, 0).text, "Two\nlines");
    hall_close(hall);
}

static void after_a_cut_nothing_acknowledged_is_lost_or_done_again(void **state) {
    small_hall *hall = hall_open(HALL_CALLS);
    (void)state;
    toc_peer peer = hall_join(hall, hall->dispatcher, 0);
    hall_say(hall, peer, TELL_SOC("a-1"));
    hall_pass(hall, 100);
    hall_say(hall, peer, TELL_SOC("a-2"));
    hall_pass(hall, 1);
    char *events[64];
    int count = 0;
    for (const char *event = hall_hear(hall, peer, "{\"m\":\"event\""); event != NULL;
         event = hall_hear(hall, peer, "{\"m\":\"event\"")) {
        events[count++] = strdup(event);
    }
    assert_true(count > 10);
    hall_cut(hall);
    hall_resume(hall);
    assert_int_equal(toc_record_input_count(hall->record), 2);
    peer = hall_join(hall, hall->dispatcher, 0);
    hall_say(hall, peer, TELL_SOC("a-2"));
    hall_pass(hall, 1);
    for (int i = 0; i < count; i++) { /* the same numbers mean the same */
        assert_string_equal(hall_hear(hall, peer, "{\"m\":\"event\""), events[i]);
        free(events[i]);
    }
    hall_pass(hall, 1);
    hall_say(hall, peer, TELL_SOC("a-2"));
    hall_pass(hall, 1);
    assert_true(hall_hears(hall, peer, "{\"m\":\"taken\",\"id\":\"a-2\""));
    assert_int_equal(toc_record_input_count(hall->record), 2);
    hall_close(hall);
}

static void who_connects_again_gets_what_it_has_not(void **state) {
    small_hall *hall = hall_open(HALL_CALLS);
    (void)state;
    toc_peer first = hall_join(hall, hall->dispatcher, 0);
    hall_pass(hall, 61);
    for (int i = 1; i <= 6; i++) {
        char wanted[64];
        (void)snprintf(wanted, sizeof wanted, "{\"m\":\"event\",\"seq\":%d,", i);
        assert_true(strncmp(hall_hear(hall, first, "{\"m\":\"event\""), wanted, strlen(wanted)) ==
                    0);
    }
    toc_loopback_hang_up(hall->loopback, first);
    hall_pass(hall, 20);
    toc_peer again = hall_join(hall, hall->dispatcher, 5);
    assert_true(strncmp(hall_hear(hall, again, "{\"m\":\"event\""), "{\"m\":\"event\",\"seq\":6,",
                        21) == 0);
    hall_close(hall);
}

static void a_seat_is_one_persons_and_the_newest_connection_is_it(void **state) {
    small_hall *hall = hall_open("");
    (void)state;
    toc_peer old = hall_join(hall, hall->dispatcher, 0);
    toc_peer new = hall_join(hall, hall->dispatcher, 0);
    hall_pass(hall, 1);
    assert_true(hall_hears(hall, old, "{\"m\":\"refused\",\"reason\":\"seat-taken\""));
    assert_false(toc_loopback_is_open(hall->loopback, old));
    assert_true(hall_hears(hall, new, "{\"m\":\"welcome\""));
    assert_int_equal(toc_lobby_facts_of(hall->lobby).seated, 1);
    hall_close(hall);
}

static void a_client_that_takes_nothing_is_closed_and_can_go_on(void **state) {
    small_hall *hall = hall_open(HALL_CALLS);
    (void)state;
    toc_peer slow = hall_join(hall, hall->dispatcher, 0);
    hall_pass(hall, 5);
    toc_loopback_stall(hall->loopback, slow, true);
    hall_pass(hall, 5);
    assert_true(toc_loopback_is_open(hall->loopback, slow));
    hall_pass(hall, 20);
    assert_false(toc_loopback_is_open(hall->loopback, slow));
    toc_peer again = hall_join(hall, hall->dispatcher, 0);
    assert_true(hall_hears(hall, again, "{\"m\":\"event\",\"seq\":1,"));
    hall_close(hall);
}

static void events_that_nobody_has_seen_stop_at_a_window(void **state) {
    small_hall *hall = hall_open(HALL_CALLS);
    (void)state;
    hall_pass(hall, 4000); /* four hundred calls that nobody takes */
    toc_peer deaf = hall_join(hall, hall->dispatcher, 0);
    toc_peer heedful = 0;
    int count = 0;
    hall_pass(hall, 5);
    while (hall_hears(hall, deaf, "{\"m\":\"event\"")) {
        count++;
    }
    assert_int_equal(count, TOC_SESSION_WINDOW);
    hall_say(hall, deaf, "{\"m\":\"seen\",\"seq\":56}");
    while (hall_hears(hall, deaf, "{\"m\":\"event\"")) {
        count++;
    }
    assert_int_equal(count, TOC_SESSION_WINDOW + 56);
    hall_pass(hall, 15);
    assert_true(hall_hears(hall, deaf, "{\"m\":\"refused\",\"reason\":\"slow\""));
    heedful = hall_join(hall, hall->dispatcher, count);
    assert_true(hall_hears(hall, heedful, "{\"m\":\"event\",\"seq\":313,"));
    hall_close(hall);
}

static void control_rules_the_clock_and_players_do_not(void **state) {
    small_hall *hall = hall_open(HALL_CALLS);
    (void)state;
    toc_peer control = hall_join(hall, hall->control, 0);
    toc_peer player = hall_join(hall, hall->dispatcher, 0);
    hall_pass(hall, 10);
    assert_false(hall_hears(hall, player, "{\"m\":\"truth\""));
    const char *truth = hall_hear(hall, control, "{\"m\":\"truth\"");
    assert_non_null(truth);
    assert_non_null(strstr(truth, "\"ss-1\""));
    assert_non_null(strstr(truth, "gridco/power"));
    assert_non_null(strstr(truth, "\"filled\":\"person\""));
    hall_say(hall, player, "{\"m\":\"command\",\"id\":\"p-1\",\"command\":\"pause\"}");
    assert_true(
        hall_hears(hall, player, "{\"m\":\"not-taken\",\"id\":\"p-1\",\"reason\":\"not-you"));
    hall_say(hall, control, "{\"m\":\"command\",\"id\":\"c-1\",\"command\":\"pause\"}");
    hall_pass(hall, 1);
    assert_true(hall_hears(hall, control, "{\"m\":\"taken\",\"id\":\"c-1\""));
    toc_time paused = toc_drill_now(hall->drill);
    hall_pass(hall, 3600); /* an hour on the wall */
    assert_true(toc_drill_now(hall->drill) == paused);
    hall_say(hall, control,
             "{\"m\":\"command\",\"id\":\"c-2\",\"command\":\"step\",\"at\":300000000}");
    hall_pass(hall, 10);
    assert_true(toc_drill_now(hall->drill) == 300 * TOC_SECOND);
    hall_say(hall, control,
             "{\"m\":\"command\",\"id\":\"c-3\",\"command\":\"speed\",\"speed\":100000}");
    hall_say(hall, control, "{\"m\":\"command\",\"id\":\"c-4\",\"command\":\"resume\"}");
    hall_pass(hall, 10);
    assert_true(toc_drill_now(hall->drill) >= 1250 * TOC_SECOND);
    assert_true(toc_drill_now(hall->drill) <= 1350 * TOC_SECOND);
    assert_true(hall_hears(hall, player, "{\"m\":\"event\""));
    hall_say(hall, control,
             "{\"m\":\"command\",\"id\":\"c-5\",\"command\":\"tell\",\"target\":\"gridco.soc\","
             "\"parameters\":{\"from\":\"the mayor\",\"text\":\"How long?\"}}");
    hall_pass(hall, 1);
    assert_true(hall_hears(hall, control, "{\"m\":\"taken\",\"id\":\"c-5\""));
    hall_close(hall);
}

static void a_real_emergency_stops_the_drill_and_everybody_hears(void **state) {
    small_hall *hall = hall_open("");
    (void)state;
    toc_peer player = hall_join(hall, hall->dispatcher, 0);
    toc_peer water = hall_join(hall, hall->water, 0);
    hall_pass(hall, 10);
    hall_say(hall, player, "{\"m\":\"stop\",\"word\":\"there is a real fire\"}");
    hall_pass(hall, 1);
    toc_time stopped = toc_drill_now(hall->drill);
    hall_pass(hall, 100);
    assert_true(toc_drill_now(hall->drill) == stopped);
    const char *heard = hall_hear(hall, water, "{\"m\":\"event\",\"seq\":1,");
    assert_non_null(heard);
    assert_non_null(strstr(heard, "there is a real fire"));
    hall_cut(hall);
    hall_resume(hall); /* it stands still after a restart, too, and says the same */
    water = hall_join(hall, hall->water, 0);
    hall_pass(hall, 10);
    assert_true(toc_drill_now(hall->drill) == stopped);
    assert_non_null(hall_hear(hall, water, "{\"m\":\"event\",\"seq\":1,"));
    hall_close(hall);
}

static void everything_else_is_refused_by_name(void **state) {
    static const struct {
        const char *first, *second; /* second: after a welcome; NULL: only `first` is sent */
        const char *wanted;
    } cases[] = {
        {"{\"m\":\"hello\",\"protocol\":\"tocsin.1\",\"token\":\"no\"}", NULL, "bad-token"},
        {"{\"m\":\"hello\",\"protocol\":\"tocsin.0\",\"token\":\"no\"}", NULL, "old-protocol"},
        {TELL_SOC("a"), NULL, "not-now"},
        {"hello", NULL, "bad-json"},
        {"\xff\xfe", NULL, "bad-utf8"},
        {"{\"m\":\"hello\",\"protocol\":\"tocsin.1\"}", NULL, "missing-field"},
        {"{\"m\":\"hallo\"}", NULL, "unknown-message"},
        {NULL, "{\"m\":\"hello\",\"protocol\":\"tocsin.1\",\"token\":\"no\"}", "not-now"},
        {NULL, "{\"m\":\"act\",\"id\":\"a\",\"verb\":\"declare_incident\",\"seat\":\"x\"}",
         "unknown-field"},
        {NULL, "{\"m\":\"act\",\"id\":\"a\",\"verb\":5}", "wrong-type"},
        {NULL, "{\"m\":\"seen\",\"seq\":0}", "out-of-range"},
        {NULL, "{\"m\":\"note\",\"id\":\"a\",\"text\":\"good\"}", "not-yours"},
        {NULL, "{\"m\":\"act\",\"id\":\"a\",\"verb\":\"no_such\"}", "not-understood"},
        {NULL, "{\"m\":\"act\",\"id\":\"a\",\"verb\":\"share_ioc\",\"target\":\"gridco.soc\"}",
         "not-yours"},
    };
    (void)state;
    small_hall *hall = hall_open("");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        toc_peer peer = cases[i].first == NULL ? hall_join(hall, hall->dispatcher, 0)
                                               : toc_loopback_connect(hall->loopback, "10.0.0.1");
        hall_say(hall, peer, cases[i].first == NULL ? cases[i].second : cases[i].first);
        hall_pass(hall, 2);
        const char *heard = NULL;
        size_t size = 0;
        for (const char *text = toc_loopback_take(hall->loopback, peer, &size); text != NULL;
             text = toc_loopback_take(hall->loopback, peer, &size)) {
            if (strstr(text, "\"reason\":\"") != NULL) {
                heard = strstr(strstr(text, "\"reason\":\""), cases[i].wanted);
                break;
            }
        }
        if (heard == NULL) {
            fail_msg("case %zu is not refused as %s", i, cases[i].wanted);
        }
        toc_loopback_hang_up(hall->loopback, peer);
    }
    assert_int_equal(toc_record_input_count(hall->record), 0);
    toc_peer late = hall_join(hall, hall->expired, 0);
    assert_true(hall_hears(hall, late, "{\"m\":\"refused\",\"reason\":\"expired-token\""));
    toc_peer silent = toc_loopback_connect(hall->loopback, "10.0.0.2");
    hall_pass(hall, 15);
    assert_true(hall_hears(hall, silent, "{\"m\":\"refused\",\"reason\":\"idle\""));
    hall_close(hall);
}

static void what_comes_too_fast_waits_and_a_flood_is_refused(void **state) {
    small_hall *hall = hall_open("");
    char text[256];
    int taken = 0;
    (void)state;
    toc_peer peer = hall_join(hall, hall->evaluator, 0);
    for (int i = 0; i < 300; i++) {
        (void)snprintf(text, sizeof text, "{\"m\":\"note\",\"id\":\"r-%d\",\"text\":\"well done\"}",
                       i);
        hall_say(hall, peer, text);
    }
    hall_pass(hall, 1);
    while (hall_hears(hall, peer, "{\"m\":\"taken\"")) {
        taken++;
    }
    assert_in_range(taken, TOC_SESSION_BURST - 1, TOC_SESSION_BURST + TOC_SESSION_RATE);
    hall_pass(hall, 30);
    while (hall_hears(hall, peer, "{\"m\":\"taken\"")) {
        taken++;
    }
    assert_int_equal(taken, 300);
    for (int i = 0; i < 1000; i++) {
        hall_say(hall, peer, "{\"m\":\"seen\",\"seq\":1}");
    }
    assert_true(hall_hears(hall, peer, "{\"m\":\"refused\",\"reason\":\"too-fast\""));
    hall_close(hall);
}

static void a_person_replaces_the_stand_in_and_control_gives_the_seat_back(void **state) {
    small_hall *hall = hall_begin("");
    uint32_t seat = 0;
    toc_wire_place place;
    (void)state;
    assert_true(toc_stream_find_seat(hall->drill, "gridco.dispatcher", &seat));
    hall->standins[seat] = true;
    hall_open_doors(hall, hall->package);
    toc_hall_place(toc_lobby_hall(hall->lobby), seat, &place);
    assert_string_equal(place.filled, "stand-in");
    toc_peer peer = hall_join(hall, hall->dispatcher, 0);
    toc_peer control = hall_join(hall, hall->control, 0);
    hall_pass(hall, 1);
    toc_hall_place(toc_lobby_hall(hall->lobby), seat, &place);
    assert_string_equal(place.filled, "person");
    assert_true(place.connected);
    hall_say(hall, control, GIVE("g-1"));
    hall_pass(hall, 1);
    assert_true(hall_hears(hall, control, "{\"m\":\"not-taken\",\"id\":\"g-1\""));
    toc_loopback_hang_up(hall->loopback, peer);
    hall_pass(hall, 10);
    toc_hall_place(toc_lobby_hall(hall->lobby), seat, &place);
    assert_string_equal(place.filled, "person"); /* the seat holds */
    assert_false(place.connected);
    hall_say(hall, control, GIVE("g-2"));
    hall_pass(hall, 1);
    assert_true(hall_hears(hall, control, "{\"m\":\"taken\",\"id\":\"g-2\""));
    toc_hall_place(toc_lobby_hall(hall->lobby), seat, &place);
    assert_string_equal(place.filled, "stand-in");
    hall_close(hall);
}

static void the_drill_is_taken_back_and_events_go_on_being_numbered(void **state) {
    small_hall *hall = hall_open(HALL_CALLS);
    (void)state;
    toc_peer control = hall_join(hall, hall->control, 0);
    toc_peer player = hall_join(hall, hall->dispatcher, 0);
    hall_pass(hall, 101);
    hall_say(hall, player, TELL_SOC("before"));
    hall_pass(hall, 2);
    hall_say(hall, control,
             "{\"m\":\"command\",\"id\":\"w\",\"command\":\"rewind\",\"at\":35000000}");
    while (hall_hears(hall, player, "{\"m\":")) { /* what was sent so far */
    }
    hall_pass(hall, 2);
    assert_true(hall_hears(hall, control, "{\"m\":\"taken\",\"id\":\"w\",\"at\":35000000"));
    assert_true(toc_drill_now(hall->drill) == 35 * TOC_SECOND); /* and stands */
    const char *told = hall_hear(hall, player, "{\"m\":\"state\"");
    assert_non_null(told);
    assert_non_null(strstr(told, "\"whole\":true"));
    assert_non_null(strstr(told, "\"M-3\""));
    assert_null(strstr(told, "\"M-4\""));
    int seq = 0, last = 0;
    const char *event = hall_hear(hall, player, "{\"m\":\"event\"");
    for (; event != NULL; event = hall_hear(hall, player, "{\"m\":\"event\"")) {
        assert_int_equal(sscanf(event, "{\"m\":\"event\",\"seq\":%d,", &seq), 1);
        assert_true(last == 0 || seq == last + 1);
        last = seq;
    }
    assert_true(last > 12);
    hall_say(hall, control, "{\"m\":\"command\",\"id\":\"r\",\"command\":\"resume\"}");
    hall_pass(hall, 10);
    hall_say(hall, player, TELL_SOC("after"));
    hall_pass(hall, 1);
    assert_true(hall_hears(hall, player, "{\"m\":\"taken\",\"id\":\"after\""));
    hall_cut(hall);
    hall_resume(hall);
    player = hall_join(hall, hall->dispatcher, last);
    control = hall_join(hall, hall->control, 0);
    event = hall_hear(hall, player, "{\"m\":\"event\"");
    assert_non_null(event);
    assert_int_equal(sscanf(event, "{\"m\":\"event\",\"seq\":%d,", &seq), 1);
    assert_int_equal(seq, last + 1);
    hall_say(hall, player, TELL_SOC("before")); /* it was done, though it was taken back */
    hall_say(hall, control, "{\"m\":\"command\",\"id\":\"e\",\"command\":\"end\"}");
    hall_pass(hall, 5);
    assert_true(hall_hears(hall, player, "{\"m\":\"taken\",\"id\":\"before\""));
    hall_cut(hall);
    toc_record *record = NULL;
    toc_drill *drill = NULL;
    hall_must(hall, toc_record_open(hall->path, hall->problems, &record));
    assert_int_equal(toc_record_branch_count(record), 2);
    hall_must(hall, toc_record_replay(record, TOC_NEVER, true, NULL, NULL, hall->problems, &drill));
    toc_drill_close(drill);
    toc_record_close(record);
    hall_close(hall);
}

static void a_seat_is_told_what_its_team_believes_and_no_other_teams_beliefs(void **state) {
    small_hall *hall = hall_open("");
    (void)state;
    toc_peer peer = hall_join(hall, hall->dispatcher, 0), water = hall_join(hall, hall->water, 0);
    const char *told = hall_hear(hall, peer, "{\"m\":\"state\"");
    assert_non_null(told);
    assert_non_null(strstr(told, "\"id\":\"gridco/power\""));
    assert_non_null(strstr(told, "\"level\":1000000"));
    told = hall_hear(hall, water, "{\"m\":\"state\"");
    assert_non_null(told);
    assert_null(strstr(told, "gridco"));
    hall_say(hall, peer,
             "{\"m\":\"act\",\"id\":\"b\",\"verb\":\"set_belief\",\"target\":\"ss-1\","
             "\"parameters\":{\"state\":\"failed\",\"confidence\":\"0.8\"}}");
    hall_pass(hall, 3);
    told = hall_hear(hall, peer, "{\"m\":\"state\"");
    assert_non_null(told);
    assert_non_null(strstr(told, "\"board\":\"failed (80%)\""));
    assert_null(strstr(told, "gridco/power")); /* only what has changed */
    while ((told = hall_hear(hall, water, "{\"m\":\"state\"")) != NULL) {
        assert_null(strstr(told, "ss-1"));
    }
    hall_close(hall);
}

static void a_served_drill_that_nobody_joins_is_the_drill_that_stand_ins_play(void **state) {
    small_hall *hall = hall_begin(
        "drill:at(t.minutes(10), function(d) d:fail('ss-1', 'open-breaker') end)\n" HALL_CALLS);
    toc_drill *played = NULL;
    (void)state;
    for (uint32_t i = 0; i < toc_drill_facts_of(hall->drill).seats; i++) {
        hall->standins[i] = true;
    }
    hall_open_doors(hall, hall->package);
    toc_peer control = hall_join(hall, hall->control, 0);
    hall_say(hall, control,
             "{\"m\":\"command\",\"id\":\"c\",\"command\":\"speed\",\"speed\":90000}");
    hall_pass(hall, 100);
    assert_int_equal(hall->finished, (int)TOC_OK + 1);
    uint32_t soc = 0;
    assert_true(toc_stream_find_seat(hall->drill, "gridco.soc", &soc));
    assert_true(toc_stream_count(hall->drill, soc) > 20); /* they have spoken */
    hall_must(hall, toc_record_play(hall->package, 1, 0, "reference", NULL, NULL, NULL,
                                    hall->problems, &played));
    assert_true(toc_drill_digest(played) == toc_drill_digest(hall->drill));
    toc_drill_close(played);
    hall_close(hall);
}

/* Everything the seat is sent but the chain's head, as one text. */
static char *stream_of(const char *scenario) {
    small_hall *hall = hall_open(scenario);
    char *all = calloc(1, 1 << 20);
    size_t used = 0, size = 0;
    toc_peer peer = hall_join(hall, hall->dispatcher, 0);
    for (int i = 0; i < 60; i++) {
        hall_pass(hall, 10);
        for (const char *text = toc_loopback_take(hall->loopback, peer, &size); text != NULL;
             text = toc_loopback_take(hall->loopback, peer, &size)) {
            if (strncmp(text, "{\"m\":\"head\"", 11) != 0) {
                assert_true(used + size + 2 < 1 << 20);
                used += (size_t)sprintf(all + used, "%s\n", text);
            }
        }
        hall_say(hall, peer, "{\"m\":\"seen\",\"seq\":1}");
    }
    hall_close(hall);
    return all;
}

static void worlds_that_differ_in_what_a_seat_cannot_know_send_it_the_same_bytes(void **state) {
    static const char calls[] =
        "for i = 1, 50 do drill:inject { at = t.seconds(10 * i), to = 'gridco.dispatcher',\n"
        "  channel = 'phone', from = 'caller', text = 'Call ' .. i } end\n";
    char other[2048];
    (void)state;
    (void)snprintf(other, sizeof other,
                   "%sdrill:inject { at = t.seconds(30), to = 'waterco.dispatcher',\n"
                   "  channel = 'phone', from = 'x', text = 'secret' }\n"
                   "local red = drill:adversary { name = 'MOTH', at = 'vpn-1', skill = 'expert' }\n"
                   "red:plan(function(a) a:wait(t.seconds(40)) a:technique 'T0859' "
                   "{ on = 'vpn-1' } end)\n",
                   calls);
    char *plain = stream_of(calls), *twin = stream_of(other);
    assert_true(strlen(plain) > 10000);
    assert_string_equal(plain, twin);
    free(plain);
    free(twin);
}

static void a_full_disk_stops_the_drill_in_the_open(void **state) {
    small_hall *hall = hall_open(HALL_CALLS);
    struct rlimit before, small;
    (void)state;
    toc_peer peer = hall_join(hall, hall->dispatcher, 0);
    hall_pass(hall, 5);
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 4096;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    hall_say(hall, peer, TELL_SOC("a-9"));
    hall_pass(hall, 5);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    size_t size = 0;
    bool is_told = false;
    for (const char *text = toc_loopback_take(hall->loopback, peer, &size); text != NULL;
         text = toc_loopback_take(hall->loopback, peer, &size)) {
        assert_null(strstr(text, "\"taken\""));
        is_told = is_told || strstr(text, "\"reason\":\"disk-fault\"") != NULL;
    }
    assert_true(is_told);
    assert_int_equal(hall->finished, (int)TOC_SYSTEM_FAULT + 1);
    hall_close(hall);
}

static void a_drill_that_ends_is_sealed_and_everybody_is_told(void **state) {
    small_hall *hall = hall_open("");
    (void)state;
    toc_peer control = hall_join(hall, hall->control, 0);
    hall_pass(hall, 1);
    hall_say(hall, control, "{\"m\":\"command\",\"id\":\"e\",\"command\":\"end\"}");
    hall_pass(hall, 2);
    assert_true(hall_hears(hall, control, "{\"m\":\"event\""));
    hall_pass(hall, 30);
    assert_int_equal(hall->finished, (int)TOC_OK + 1);
    hall_cut(hall);
    toc_record *record = NULL;
    toc_drill *drill = NULL;
    hall_must(hall, toc_record_open(hall->path, hall->problems, &record));
    hall_must(hall, toc_record_replay(record, TOC_NEVER, true, NULL, NULL, hall->problems, &drill));
    toc_drill_close(drill);
    toc_record_close(record);
    hall_close(hall);
}

static void control_acts_on_a_paused_drill_at_once(void **state) {
    small_hall *hall = hall_open("");
    (void)state;
    toc_peer control = hall_join(hall, hall->control, 0);
    hall_pass(hall, 10);
    hall_say(hall, control, "{\"m\":\"command\",\"id\":\"p\",\"command\":\"pause\"}");
    hall_pass(hall, 1);
    toc_time paused = toc_drill_now(hall->drill);
    hall_say(hall, control,
             "{\"m\":\"command\",\"id\":\"o\",\"command\":\"override\",\"target\":\"ss-1\","
             "\"parameters\":{\"effect\":\"damage\"}}");
    hall_pass(hall, 20);
    assert_true(toc_drill_service_at(hall->drill, 0).level_ppm < 1000000);
    assert_true(toc_drill_now(hall->drill) <= paused + 1);
    hall_say(hall, control, "{\"m\":\"command\",\"id\":\"e\",\"command\":\"end\"}");
    hall_pass(hall, 1);
    assert_true(toc_drill_has_ended(hall->drill));
    hall_close(hall);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_acknowledged_is_on_disk_and_done_once),
        cmocka_unit_test(after_a_cut_nothing_acknowledged_is_lost_or_done_again),
        cmocka_unit_test(who_connects_again_gets_what_it_has_not),
        cmocka_unit_test(a_seat_is_one_persons_and_the_newest_connection_is_it),
        cmocka_unit_test(a_client_that_takes_nothing_is_closed_and_can_go_on),
        cmocka_unit_test(events_that_nobody_has_seen_stop_at_a_window),
        cmocka_unit_test(control_rules_the_clock_and_players_do_not),
        cmocka_unit_test(control_acts_on_a_paused_drill_at_once),
        cmocka_unit_test(a_real_emergency_stops_the_drill_and_everybody_hears),
        cmocka_unit_test(everything_else_is_refused_by_name),
        cmocka_unit_test(what_comes_too_fast_waits_and_a_flood_is_refused),
        cmocka_unit_test(a_person_replaces_the_stand_in_and_control_gives_the_seat_back),
        cmocka_unit_test(the_drill_is_taken_back_and_events_go_on_being_numbered),
        cmocka_unit_test(a_seat_is_told_what_its_team_believes_and_no_other_teams_beliefs),
        cmocka_unit_test(a_served_drill_that_nobody_joins_is_the_drill_that_stand_ins_play),
        cmocka_unit_test(worlds_that_differ_in_what_a_seat_cannot_know_send_it_the_same_bytes),
        cmocka_unit_test(a_full_disk_stops_the_drill_in_the_open),
        cmocka_unit_test(a_drill_that_ends_is_sealed_and_everybody_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
