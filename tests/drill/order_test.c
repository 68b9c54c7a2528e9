#include "support/support.h"

#include "drill/rehearsal.h"
#include "tocsin/standin.h"

static const char base[] = "local t = require \"tocsin\"\n"
                           "local drill = t.drill { title = \"Dark\", length = t.hours(3) }\n"
                           "drill:team \"gridco\" { \"dispatcher\", \"incident_lead\" }\n"
                           "drill:team \"regulator\" { \"incident_lead\" }\n"
                           "drill:team \"stranger\" { \"incident_lead\" }\n"
                           "drill:command(\"regulator\", { \"gridco\" })\n"
                           "return drill\n";

static toc_status try_it(rehearsal *played, const char *seat, const char *verb, const char *target,
                         const char *parameters) {
    toc_input input = {.seat = seat, .verb = verb, .target = target, .parameters = parameters};
    toc_time at;
    return toc_drill_submit(played->drill, &input, played->problems, &at);
}

static void do_it(rehearsal *played, const char *seat, const char *verb, const char *target,
                  const char *parameters) {
    assert_int_equal(try_it(played, seat, verb, target, parameters), TOC_OK);
}

static void an_order_goes_from_given_to_done_and_is_overdue_in_between(void **state) {
    rehearsal *played = rehearsal_open(base, NULL, 1);
    (void)state;
    rehearsal_play(played, 0);
    do_it(played, "gridco.incident_lead", "order", "gridco.dispatcher",
          "verb=switch_off\nasset=ss-1\nminutes=10");
    do_it(played, "regulator.incident_lead", "order", "gridco.dispatcher", "text=Call me.");
    rehearsal_play(played, 5 * TOC_MINUTE);
    rehearsal_expect(played, "00:01:00 order|gridco.dispatcher|gridco.incident_lead|given|"
                             "switch_off ss-1\n");
    rehearsal_expect(played, "message|gridco.dispatcher|regulator.incident_lead|phone|Order O-2: "
                             "Call me.\n");
    do_it(played, "gridco.dispatcher", "acknowledge_order", "", "order=O-1");
    do_it(played, "gridco.dispatcher", "acknowledge_order", "", "order=1");
    rehearsal_play(played, 20 * TOC_MINUTE);
    rehearsal_expect(played, "00:05:00 order|gridco.dispatcher|gridco.dispatcher|acknowledged|");
    rehearsal_expect(played, "|acknowledge_order|refused: it is acknowledged already\n");
    rehearsal_expect(played, "00:11:00 order|gridco.dispatcher||overdue|switch_off ss-1\n");
    do_it(played, "gridco.dispatcher", "switch_off", "ss-1", "");
    rehearsal_play(played, 30 * TOC_MINUTE);
    rehearsal_expect(played, "00:20:00 order|gridco.dispatcher|gridco.dispatcher|under-way|");
    do_it(played, "gridco.dispatcher", "fulfil_order", "", "order=O-1");
    do_it(played, "gridco.dispatcher", "fulfil_order", "", "order=O-2");
    do_it(played, "gridco.dispatcher", "fulfil_order", "", "order=O-3");
    rehearsal_play(played, 40 * TOC_MINUTE);
    rehearsal_expect(played, "00:30:00 order|gridco.dispatcher|gridco.dispatcher|done-late|");
    rehearsal_expect(played, "00:30:00 order|gridco.dispatcher|gridco.dispatcher|done|Call me.\n");
    rehearsal_expect(played, "|fulfil_order|refused: this seat has no such order\n");
    rehearsal_close(played);
}

static void orders_are_given_only_where_they_are_taken(void **state) {
    rehearsal *played = rehearsal_open(base, NULL, 1);
    (void)state;
    rehearsal_play(played, 0);
    do_it(played, "stranger.incident_lead", "order", "gridco.dispatcher", "text=Stop.");
    do_it(played, "gridco.incident_lead", "order", "regulator.incident_lead", "text=Stop.");
    do_it(played, "gridco.incident_lead", "order", "gridco.dispatcher", "");
    assert_int_equal(try_it(played, "gridco.dispatcher", "order", "gridco.incident_lead", "text=x"),
                     TOC_BAD_INPUT);
    assert_int_equal(
        try_it(played, "gridco.incident_lead", "order", "gridco.dispatcher", "verb=swich_off"),
        TOC_BAD_INPUT);
    assert_string_equal(rehearsal_problem(played, 1),
                        "'swich_off' is no action; did you mean 'switch_off'?");
    (void)toc_drill_advance(played->drill, 5 * TOC_MINUTE, played->problems);
    assert_int_equal(
        rehearsal_count(played, "refused: it takes no orders from this team: ask it, or tell it\n"),
        2);
    rehearsal_expect(played, "|order|refused: there is no text: it is not said what is to be done");
    rehearsal_close(played);
}

static void who_may_order_whom_names_teams_that_there_are(void **state) {
    rehearsal *played =
        rehearsal_open(REHEARSAL("drill:command(\"regulator\", \"gridco\")"), NULL, 1);
    (void)state;
    assert_string_equal(rehearsal_problem(played, 0),
                        "dark/scenario.lua:4: drill:command: there is no team 'regulator' so far; "
                        "drill:team declares it, before this");
    rehearsal_close(played);
}

static void a_team_of_the_library_carries_out_what_it_is_ordered(void **state) {
    static const char policy[] =
        "local p, team = require \"tocsin.policy\", require \"tocsin.team\"\n"
        "local t = require \"tocsin\"\n"
        "return p.policy {\n"
        "  [\"regulator.incident_lead\"] = function(seat)\n"
        "    seat:act(\"order\", \"gridco.dispatcher\", { verb = \"switch_off\", asset = "
        "\"ss-1\",\n"
        "      minutes = 30 })\n"
        "    seat:next { kind = \"order\", stage = \"done\" }\n"
        "    local order = seat:orders({ to = \"gridco.dispatcher\" })[1]\n"
        "    assert(order.verb == \"switch_off\" and order.asset == \"ss-1\" and order.number == "
        "1)\n"
        "    assert(order.stage == \"done\" and order.due == t.minutes(31) + 1)\n"
        "    seat:act(\"order\", \"gridco.dispatcher\", { verb = \"isolate\", asset = \"ss-1\" })\n"
        "    seat:act(\"order\", \"gridco.dispatcher\", { text = \"Keep calm.\" })\n"
        "  end,\n"
        "  default = function(seat) team.play(seat, team.style()) end }\n";
    toc_package_file files[] = {{"scenario.lua", base, sizeof base - 1},
                                {"topology.xml", rehearsal_topology, sizeof rehearsal_topology - 1},
                                {"policies/own.lua", policy, sizeof policy - 1}};
    rehearsal *played = calloc(1, sizeof *played);
    toc_standins *standins = NULL;
    (void)state;
    played->trace = calloc(1, 1);
    played->problems = toc_problems_create();
    assert_int_equal(toc_package_from_files("dark", files, 3, played->problems, &played->package),
                     TOC_OK);
    toc_drill_options options = {.seed = 1, .trace = rehearsal_note, .trace_object = played};
    (void)toc_drill_open(played->package, &options, played->problems, &played->drill);
    rehearsal_check(played);
    assert_int_equal(toc_standins_create(played->drill, played->package, "own", NULL, NULL,
                                         played->problems, &standins),
                     TOC_OK);
    (void)toc_standins_play(standins, 2 * TOC_HOUR, played->problems);
    rehearsal_check(played);
    rehearsal_expect(played, "|acknowledged|switch_off ss-1\n");
    rehearsal_expect(played, "|under-way|switch_off ss-1\n");
    rehearsal_expect(played, "cause|ss-1|gridco.dispatcher|switched-off|\n");
    rehearsal_expect(played, "|done|switch_off ss-1\n");
    rehearsal_expect(played, "|acknowledged|isolate ss-1\n"); /* which a dispatcher may not */
    assert_int_equal(rehearsal_count(played, "|under-way|isolate ss-1"), 0);
    rehearsal_expect(played, "|acknowledged|Keep calm.\n");
    toc_standins_destroy(standins);
    rehearsal_close(played);
}

static void anybody_stops_the_drill_in_the_open(void **state) {
    rehearsal *played = rehearsal_open(base, NULL, 1);
    (void)state;
    rehearsal_play(played, TOC_MINUTE);
    do_it(played, "gridco.dispatcher", "dispute_score", "",
          "objective=O1\nreason=We had told them.");
    do_it(played, "gridco.dispatcher", "dispute_score", "", "objective=O1");
    do_it(played, "gridco.dispatcher", "raise_safety_stop", "", "text=A real fire in the room");
    rehearsal_play(played, TOC_HOUR);
    rehearsal_expect(played, "|dispute_score|done\n");
    rehearsal_expect(played, "|dispute_score|refused: the reason is not said");
    rehearsal_expect(played, "00:01:00 drill|safety stop by gridco.dispatcher: A real fire in the "
                             "room||ended|\n");
    assert_true(toc_drill_has_ended(played->drill));
    rehearsal_close(played);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_order_goes_from_given_to_done_and_is_overdue_in_between),
        cmocka_unit_test(orders_are_given_only_where_they_are_taken),
        cmocka_unit_test(who_may_order_whom_names_teams_that_there_are),
        cmocka_unit_test(a_team_of_the_library_carries_out_what_it_is_ordered),
        cmocka_unit_test(anybody_stops_the_drill_in_the_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
