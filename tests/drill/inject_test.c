#include "support/support.h"

#include "rehearsal.h"

static void an_inject_reaches_each_of_its_seats_and_teams_once(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "drill:team \"aqua\" { \"dispatcher\" }\n"
            "drill:inject { at = t.minutes(3), to = { \"gridco\", \"gridco.soc\", "
            "\"aqua.dispatcher\" "
            "},\n  channel = \"radio\", from = \"fire brigade\", text = \"We need water.\" }\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:03:00 inject|I-01|fire brigade|radio|We need water.\n"
                             "00:03:00 delivered|I-01|gridco.dispatcher|radio|\n"
                             "00:03:00 delivered|I-01|gridco.soc|radio|\n"
                             "00:03:00 delivered|I-01|aqua.dispatcher|radio|\n");
    assert_int_equal(rehearsal_count(played, " delivered|"), 3);
    rehearsal_close(played);
}

static void injects_come_in_the_order_of_their_times_then_of_the_scenario(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "for _, minute in ipairs { 9, 3, 3, 0, 60 } do\n"
            "  drill:inject { at = t.minutes(minute), to = \"gridco.soc\", text = \"m\" .. minute "
            "}\nend\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    const char *order[] = {"00:00:00 inject|I-04", "00:03:00 inject|I-02", "00:03:00 inject|I-03",
                           "00:09:00 inject|I-01", "01:00:00 inject|I-05"};
    const char *at = played->trace;
    for (size_t i = 0; i < 5; i++) {
        at = strstr(at, order[i]);
        assert_non_null(at);
    }
    rehearsal_close(played);
}

static void a_condition_fires_once_when_it_first_holds(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "drill:when(function(w) return w:service(\"power\").level < 0.8 end, function(d)\n"
            "  d:inject { to = \"gridco.soc\", text = \"dark\" } d:wait(t.minutes(5))\n"
            "  d:inject { to = \"gridco.soc\", text = \"still dark\" } end)\n"
            "drill:at(t.minutes(9), function(d) for k = 1, 3 do d:fail(\"ss-1\", \"damage\")\n"
            "  d:wait(t.minutes(1)) d:clear(\"ss-1\", \"damage\") d:wait(t.minutes(1)) end end)\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played,
                     "00:09:00 condition|scenario.lua:4|scenario|came-true|the condition at "
                     "scenario.lua:4\n00:09:00 fact|I-01||inject|dark\n00:09:00 inject|I-01|"
                     "exercise control|phone|dark");
    rehearsal_expect(played, "00:14:00 inject|I-02|exercise control|phone|still dark");
    assert_int_equal(rehearsal_count(played, " inject|"), 2);
    rehearsal_close(played);
}

static void a_condition_that_holds_from_the_start_fires_at_the_start(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "drill:when(function(w) return w:asset(\"ss-1\").is_up end, function() print \"up\" "
            "end)\n"),
        NULL, 1);
    rehearsal_play(played, 0);
    rehearsal_expect(played, "00:00:00 log||scenario||up");
    rehearsal_close(played);
}

static void a_contingency_inject_comes_only_by_hand(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "local hint = drill:inject { id = \"H\", contingency = true, to = \"gridco.soc\", text "
            "= "
            "\"Look at the hmi.\" }\n"
            "drill:inject { contingency = true, to = \"gridco.soc\", text = \"never\" }\n"
            "drill:objective \"O1\" { \"x\", after = \"H\", met = t.marked \"H\" }\n"
            "drill:at(t.minutes(4), function() print(hint:fire(), hint:fire(), hint.id) end)\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:04:00 log||scenario||true\tfalse\tH");
    rehearsal_expect(played, "00:04:00 objective|O1||met|H");
    assert_int_equal(rehearsal_count(played, "phone|never"), 0);
    rehearsal_close(played);
}

static void who_has_no_team_in_the_drill_is_played_by_exercise_control(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("drill:inject { at = 0, to = \"regulator.duty_officer\", text = \"x\" }\n"), NULL,
        1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, " inject|I-01|");
    assert_int_equal(rehearsal_count(played, " delivered|"), 0);
    rehearsal_close(played);
}

static void a_wait_until_ends_when_it_holds_or_when_its_time_is_over(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("drill:at(0, function(d)\n"
                  "  print(d:wait_until(t.marked \"dark\", t.minutes(2)), d.now == t.minutes(2))\n"
                  "  print(d:wait_until(function(w) return w:marked \"dark\" end, t.minutes(9)),\n"
                  "    d.now == t.minutes(5))\n"
                  "  print(d:wait_until(t.marked \"dark\"), d.now == t.minutes(5)) end)\n"
                  "drill:at(t.minutes(5), function(d) d:mark \"dark\" end)\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "log||scenario||false\ttrue\n");
    assert_int_equal(rehearsal_count(played, "log||scenario||true\ttrue\n"), 2);
    rehearsal_close(played);
}

static void an_inject_of_a_kind_does_to_assets_what_its_kind_says(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "drill:inject { id = \"A\", at = t.minutes(1), kind = \"failure.breaker\", on = "
            "\"ss-1\",\n  to = \"gridco.soc\", text = \"A breaker has tripped.\" }\n"
            "drill:inject { id = \"B\", at = t.minutes(2), kind = \"signal.silent-failure\", on "
            "= { \"ss-2\" } }\n"
            "drill:inject { id = \"C\", at = t.minutes(3), kind = \"dependency.power\", lasts = "
            "t.minutes(4),\n  on = { kind = \"substation\", id = { \"ss-3\", \"ss-4\" } } }\n"
            "drill:inject { id = \"D\", at = t.minutes(4), kind = \"failure.line\", effect = "
            "\"wipe\",\n  on = drill:asset \"hmi-1\" }\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:00:00 fact|A|failure.breaker|inject|A breaker has tripped.\n");
    rehearsal_expect(played,
                     "00:01:00 delivered|A|gridco.soc|phone|\n00:01:00 cause|ss-1|A|opened|");
    rehearsal_expect(played, "00:02:00 cause|ss-2|B|damaged|");
    rehearsal_expect(played, "00:03:00 cause|ss-3|C|switched-off|");
    rehearsal_expect(played, "00:03:00 cause|ss-4|C|switched-off|");
    rehearsal_expect(played, "00:07:00 cause|ss-3|C|switched-off|");
    rehearsal_expect(played, "00:04:00 cause|hmi-1|D|wiped|");
    assert_int_equal(rehearsal_count(played, " delivered|"), 1);
    assert_int_equal(toc_drill_service_at(played->drill, 0).level_ppm, 500000);
    rehearsal_close(played);
}

static void a_storm_hits_a_share_of_the_assets_keyed_by_their_names(void **state) {
    (void)state;
    uint32_t hits = 0, first = 0;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        rehearsal *played = rehearsal_open(
            REHEARSAL(
                "drill:inject { id = \"S\", at = 0, kind = \"environment.storm\", share = 0.3,\n"
                "  on = { kind = \"substation\" } }\n"),
            NULL, seed);
        rehearsal_play(played, TOC_NEVER);
        hits += (uint32_t)rehearsal_count(played, "|S|damaged|");
        first += (uint32_t)rehearsal_count(played, "cause|ss-1|S|damaged|");
        rehearsal_close(played);
    }
    assert_in_range(hits, 190, 290); /* 800 draws of 0.3: 240, standard deviation 13 */
    assert_in_range(first, 35, 85);
}

static void a_hidden_inject_reaches_no_seat(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("drill:inject { at = 0, hidden = true, text = \"Watch the soc.\" }\n"
                  "drill:inject { at = 0, kind = \"evaluation.prompt\", text = \"Who leads?\" }\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "inject|I-01|exercise control|phone|Watch the soc.");
    rehearsal_expect(played, "inject|I-02|exercise control|phone|Who leads?");
    assert_int_equal(rehearsal_count(played, " delivered|"), 0);
    rehearsal_close(played);
}

static void act(rehearsal *played, toc_time at, const char *seat, const char *verb,
                const char *target) {
    toc_input input = {.at = at, .seat = seat, .verb = verb, .target = target, .parameters = ""};
    assert_int_equal(toc_drill_replay(played->drill, &input, played->problems), TOC_OK);
}

static void a_hint_comes_only_to_those_who_need_it(void **state) {
    (void)state;
    for (int needs = 0; needs <= 1; needs++) {
        rehearsal *played = rehearsal_open(
            REHEARSAL(
                "drill:inject { id = \"H\", at = t.minutes(9), unless = t.declared \"incident\",\n"
                "  contingency = true, to = \"gridco\", text = \"Call it by its name.\" }\n"),
            NULL, 1);
        rehearsal_check(played);
        act(played, (needs ? 10 : 5) * TOC_MINUTE, "gridco.soc", "declare_incident", "");
        rehearsal_play(played, TOC_NEVER);
        assert_int_equal(rehearsal_count(played, "00:09:00 inject|H|"), needs);
        assert_int_equal(
            rehearsal_count(played, "00:09:00 held|H||||declare_incident by gridco.soc"), 0);
        assert_int_equal(
            rehearsal_count(played, "00:09:00 held|H|||declare_incident by gridco.soc"), !needs);
        rehearsal_close(played);
    }
}

static void an_inject_can_wait_for_a_condition_and_not_come_before_its_time(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "drill:inject { id = \"A\", when = t.marked \"dark\", to = \"gridco\", text = \"x\" }\n"
            "drill:inject { id = \"B\", when = t.marked \"dark\", at = t.minutes(20), to = "
            "\"gridco\", text = \"x\" }\n"
            "drill:at(t.minutes(5), function(d) d:mark \"dark\" end)\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:05:00 inject|A|");
    rehearsal_expect(played, "00:20:00 inject|B|");
    rehearsal_close(played);
}

static void what_an_inject_should_bring_about_is_watched(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("drill:team \"aqua\" { \"soc\" }\n"
                  "drill:inject { id = \"A\", at = t.minutes(5), to = \"gridco.soc\", text = "
                  "\"x\", within "
                  "= t.minutes(10),\n  expects = { \"declare\", \"note\", \"isolate\" } }\n"),
        NULL, 1);
    rehearsal_check(played);
    act(played, TOC_MINUTE, "gridco.soc", "note", "");   /* too early to count */
    act(played, 6 * TOC_MINUTE, "aqua.soc", "note", ""); /* nobody told them */
    act(played, 7 * TOC_MINUTE, "gridco.soc", "declare_incident", "");
    act(played, 16 * TOC_MINUTE, "gridco.soc", "note", "");
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:00:00 fact|A||expects|declare\n");
    rehearsal_expect(played, "00:05:00 expectation|A||declare|expected\n");
    rehearsal_expect(played,
                     "00:07:00 expectation|A||declare|met: declare_incident by gridco.soc\n");
    rehearsal_expect(played, "00:15:00 expectation|A||isolate|missed\n");
    rehearsal_expect(played, "00:15:00 expectation|A||note|missed\n");
    rehearsal_expect(played, "00:16:00 expectation|A||note|late: note by gridco.soc\n");
    assert_int_equal(rehearsal_count(played, "expectation|A||isolate|"), 2);
    rehearsal_close(played);
}

static void a_safety_stop_ends_the_drill(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("local stop = drill:inject { kind = \"facilitation.safety-stop\", contingency = "
                  "true,\n  to = \"gridco\", text = \"There is a real fire.\" }\n"
                  "drill:at(t.minutes(5), function() stop:fire() end)\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    assert_int_equal(toc_drill_now(played->drill), 5 * TOC_MINUTE);
    rehearsal_expect(played, "delivered|I-01|gridco.soc|");
    rehearsal_expect(played, "drill|facilitation.safety-stop: There is a real fire.||ended|");
    rehearsal_close(played);
}

static void conditions_can_look_at_everything_that_changes(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL(
            "drill:duty \"D1\" { operator = \"gridco\", to = \"regulator\", within = "
            "t.minutes(10), "
            "trigger = t.marked \"dark\" }\n"
            "drill:objective \"O1\" { \"x\", within = t.minutes(20), met = t.declared \"incident\" "
            "}\n"
            "drill:phase \"P2\" { \"x\", at = t.minutes(30) }\n"
            "local function tell(what, look) drill:when(look, function() print(what) end) end\n"
            "tell(\"belief\", function(w) local b = w:belief(\"gridco\", \"ss-1\")\n"
            "  return b.operation == \"failed\" and b.source == \"telemetry\" and not b.stale "
            "end)\n"
            "tell(\"duty open\", function(w) return w:duty(\"D1\").state == \"open\" end)\n"
            "tell(\"duty missed\", function(w) return w:duty(\"D1\").state == \"missed\" end)\n"
            "tell(\"objective missed\", function(w) return w:objective \"O1\" == \"missed\" end)\n"
            "tell(\"message\", function(w) return w:received(\"gridco\", \"a friend\") == 2 end)\n"
            "tell(\"phase\", function(w) return w.phase == \"P2\" end)\n"
            "drill:inject { at = t.minutes(1), from = \"a friend\", to = \"gridco\", text = \"x\" "
            "}\n"
            "drill:at(t.minutes(3), function(d) d:fail(\"ss-1\", \"damage\") d:mark \"dark\" "
            "end)\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:01:00 log||scenario||message\n");
    rehearsal_expect(played, "00:03:00 log||scenario||belief\n");
    rehearsal_expect(played, "00:03:00 log||scenario||duty open\n");
    rehearsal_expect(played, "00:13:00 log||scenario||duty missed\n");
    rehearsal_expect(played, "00:20:00 log||scenario||objective missed\n");
    rehearsal_expect(played, "00:30:00 log||scenario||phase\n");
    rehearsal_close(played);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_inject_reaches_each_of_its_seats_and_teams_once),
        cmocka_unit_test(injects_come_in_the_order_of_their_times_then_of_the_scenario),
        cmocka_unit_test(a_condition_fires_once_when_it_first_holds),
        cmocka_unit_test(a_condition_that_holds_from_the_start_fires_at_the_start),
        cmocka_unit_test(a_contingency_inject_comes_only_by_hand),
        cmocka_unit_test(who_has_no_team_in_the_drill_is_played_by_exercise_control),
        cmocka_unit_test(a_wait_until_ends_when_it_holds_or_when_its_time_is_over),
        cmocka_unit_test(an_inject_of_a_kind_does_to_assets_what_its_kind_says),
        cmocka_unit_test(a_storm_hits_a_share_of_the_assets_keyed_by_their_names),
        cmocka_unit_test(a_hidden_inject_reaches_no_seat),
        cmocka_unit_test(a_hint_comes_only_to_those_who_need_it),
        cmocka_unit_test(an_inject_can_wait_for_a_condition_and_not_come_before_its_time),
        cmocka_unit_test(what_an_inject_should_bring_about_is_watched),
        cmocka_unit_test(a_safety_stop_ends_the_drill),
        cmocka_unit_test(conditions_can_look_at_everything_that_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
