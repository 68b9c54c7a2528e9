#include "support/support.h"

#include "rehearsal.h"

/* The example of the design, word for word. */
static const char dark_afternoon[] =
    "local t = require \"tocsin\"\n"
    "\n"
    "local drill = t.drill {\n"
    "  title = \"Dark Afternoon\", kind = { form = \"practical\", span = \"cross-sector\", content "
    "= "
    "\"thematic\" },\n"
    "  topology = \"topology.xml\", starts = \"2015-12-23 15:00 Europe/Kyiv\", length = "
    "t.hours(8),\n"
    "}\n"
    "drill:team \"gridco\" { \"dispatcher\", \"soc\", \"incident_lead\", \"compliance\" }\n"
    "drill:objective \"O1\" { \"The attack is recognised as an attack\", within = t.minutes(30),\n"
    "  after = \"breakers-open\", met = t.declared \"incident\", maps = { gbt39204 = "
    "\"incident-handling\", csf = \"DE.AE\" } }\n"
    "\n"
    "drill:inject { at = t.minutes(2), to = \"gridco.dispatcher\", channel = \"phone\", from = "
    "\"feeder crew\",\n"
    "  text = \"Our mouse is moving by itself.\", expects = { \"report\", \"isolate\" } }\n"
    "\n"
    "local red = drill:adversary { name = \"SANDFLY\", at = \"hmi-1\", skill = \"expert\" }\n"
    "red:plan(function(a)\n"
    "  a:technique \"T0859\" { on = \"vpn-1\" }\n"
    "  a:wait(t.minutes(30))\n"
    "  for _, s in ipairs(drill:assets { kind = \"substation\", operator = \"gridco\" }) do\n"
    "    a:technique \"T0855\" { on = s, effect = \"open-breaker\" }\n"
    "    a:wait(t.exponential(\"between-breakers\", t.seconds(40)))\n"
    "  end\n"
    "end)\n"
    "\n"
    "drill:when(function(w) return w:service(\"power\").level < 0.8 end, function(d)\n"
    "  d:inject { to = \"regulator.duty_officer\", channel = \"news\", text = \"Half the city is "
    "dark.\" }\n"
    "end)\n"
    "return drill\n";

static void the_example_of_the_design_runs_as_it_is_written(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(dark_afternoon, NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    assert_true(toc_drill_has_ended(played->drill));
    assert_int_equal(toc_drill_now(played->drill), 8 * TOC_HOUR);
    rehearsal_expect(played,
                     "00:02:00 inject|I-01|feeder crew|phone|Our mouse is moving by itself.");
    rehearsal_expect(played, "00:02:00 delivered|I-01|gridco.dispatcher|phone|");
    rehearsal_expect(played, "technique|ss-4|SANDFLY|T0855|done: open-breaker");
    rehearsal_expect(played, "cause|ss-1|SANDFLY|opened|");
    rehearsal_expect(played, "inject|I-02|exercise control|news|Half the city is dark.");
    assert_int_equal(rehearsal_count(played, "|news|"), 1);
    rehearsal_expect(played, "08:00:00 drill|its time is over||ended|");
    toc_drill_facts facts = toc_drill_facts_of(played->drill);
    assert_string_equal(facts.title, "Dark Afternoon");
    assert_string_equal(facts.form, "practical");
    assert_string_equal(facts.starts, "2015-12-23 15:00 Europe/Kyiv");
    assert_int_equal(facts.seats, 4);
    toc_drill_service power = toc_drill_service_at(played->drill, 0);
    assert_string_equal(power.unit, "MW");
    assert_int_equal(power.level_ppm, 0);
    assert_true(power.loss_integral > 4 * 10 * 7 && power.loss_integral < 4 * 10 * 8);
    rehearsal_close(played);
}

static void
what_the_forms_ask_is_told_on_the_trace_and_costs_nothing_where_it_is_not_said(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        "local t = require \"tocsin\"\n"
        "local drill = t.drill { title = \"x\", length = t.hours(1), place = \"Hall 2\",\n"
        "  organiser = { en = \"Grid Office\", zh = \"\u7535\u7f51\" }, purpose = \"To try\" }\n"
        "return drill\n",
        NULL, 1);
    toc_drill_facts facts = toc_drill_facts_of(played->drill);
    assert_string_equal(facts.place, "Hall 2");
    assert_string_equal(facts.organiser, "Grid Office");
    assert_string_equal(facts.purpose, "To try");
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "fact|||place|Hall 2\n");
    rehearsal_expect(played, "fact|||organiser|Grid Office\n");
    rehearsal_expect(played, "fact|||purpose|To try\n");
    rehearsal_close(played);
    played = rehearsal_open(dark_afternoon, NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    assert_int_equal(rehearsal_count(played, "|place|") + rehearsal_count(played, "|purpose|"), 0);
    rehearsal_close(played);
}

static uint64_t digest_of(const char *scenario, uint64_t seed, char **out_trace) {
    rehearsal *played = rehearsal_open(scenario, NULL, seed);
    rehearsal_play(played, TOC_NEVER);
    uint64_t digest = toc_drill_digest(played->drill);
    if (out_trace != NULL) {
        *out_trace = played->trace;
        played->trace = NULL;
    }
    rehearsal_close(played);
    return digest;
}

static void the_same_seed_gives_the_same_drill_and_another_seed_another(void **state) {
    (void)state;
    char *first, *second;
    assert_int_equal(digest_of(dark_afternoon, 7, &first), digest_of(dark_afternoon, 7, &second));
    assert_string_equal(first, second);
    assert_int_not_equal(digest_of(dark_afternoon, 7, NULL), digest_of(dark_afternoon, 8, NULL));
    free(first);
    free(second);
}

static void luck_depends_on_names_and_not_on_what_else_is_in_the_scenario(void **state) {
    (void)state;
    static const char plan[] =
        "local red = drill:adversary { name = \"GNAT\", skill = \"novice\" }\n"
        "red:plan(function(a) a:technique \"T0855\" { on = \"ss-2\", effect = \"open-breaker\" }\n"
        "  a:wait(t.exponential(\"rest\", t.minutes(2))) a:mark \"rested\" end)\n";
    char more[2048], alone[2048];
    (void)snprintf(alone, sizeof alone, "%s%s%s", REHEARSAL_HEAD, plan, REHEARSAL_TAIL);
    (void)snprintf(more, sizeof more,
                   "%slocal other = drill:adversary { name = \"FLEA\" }\n"
                   "other:plan(function(a) a:technique \"T0859\" { on = \"vpn-1\" }\n"
                   "  a:wait(t.exponential(\"rest\", t.minutes(2))) end)\n%s%s",
                   REHEARSAL_HEAD, plan, REHEARSAL_TAIL);
    rehearsal *one = rehearsal_open(alone, NULL, 3), *two = rehearsal_open(more, NULL, 3);
    rehearsal_play(one, TOC_NEVER);
    rehearsal_play(two, TOC_NEVER);
    const char *mark = strstr(one->trace, " mark|rested");
    assert_non_null(mark);
    char line[64];
    (void)snprintf(line, sizeof line, "%.20s", mark - 8);
    rehearsal_expect(two, line);
    rehearsal_close(one);
    rehearsal_close(two);
}

static void many_small_steps_are_one_big_step(void **state) {
    (void)state;
    uint64_t seed = support_seed("many_small_steps"), number = seed;
    uint64_t whole = digest_of(dark_afternoon, 5, NULL);
    for (int trial = 0; trial < 20; trial++) {
        rehearsal *played = rehearsal_open(dark_afternoon, NULL, 5);
        toc_time now = 0;
        while (!toc_drill_has_ended(played->drill)) {
            number = number * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            toc_time step = (toc_time)(number >> 33) % (TOC_HOUR * (trial + 1) / 10);
            toc_time next = toc_drill_next(played->drill);
            now = number % 3 == 0 ? next : number % 3 == 1 ? now : now + step;
            rehearsal_play(played, now);
        }
        assert_int_equal(toc_drill_digest(played->drill), whole);
        assert_int_equal(toc_drill_next(played->drill), TOC_NEVER);
        rehearsal_close(played);
    }
}

static void a_drill_without_a_team_is_possible(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        "local t = require \"tocsin\"\n"
        "local drill = t.drill { title = \"Nobody\", length = t.minutes(10) }\n"
        "drill:at(t.minutes(1), function(d) d:fail(\"ss-1\", \"damage\") d:wait(t.minutes(2))\n"
        "  d:clear(\"ss-1\", \"damage\") print(d.now // 1000000) end)\n"
        "return drill\n",
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    assert_int_equal(toc_drill_facts_of(played->drill).seats, 0);
    rehearsal_expect(played, "00:01:00 cause|ss-1|scenario|damaged|");
    rehearsal_expect(played, "00:03:00 log||scenario||180");
    assert_int_equal(toc_drill_service_at(played->drill, 0).min_level_ppm, 750000);
    assert_int_equal(toc_drill_service_at(played->drill, 0).restored_at, 3 * TOC_MINUTE);
    rehearsal_close(played);
}

static void what_runs_in_the_drill_reads_a_service_as_conditions_do(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("print(drill:service(\"power\").level)\n"
                  "drill:at(t.minutes(5), function(d) d:fail(\"ss-1\", \"damage\")\n"
                  "  d:wait(t.minutes(30))\n"
                  "  local all, own = d:service \"power\", d:service(\"power\", \"gridco\")\n"
                  "  d:wait_until(function(w) print(w:service(\"power\").loss == all.loss) return "
                  "true end)\n"
                  "  print(all.level, own.level, own.operator, all.loss > 0) end)\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "00:00:00 log||scenario||1.0\n");
    rehearsal_expect(played, "00:35:00 log||scenario||true\n");
    rehearsal_expect(played, "00:35:00 log||scenario||0.75\t0.75\tgridco\ttrue\n");
    rehearsal_close(played);
}

static void nothing_runs_after_the_end(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(
        REHEARSAL("drill:ends(t.service(\"power\", { below = 0.8 }))\n"
                  "drill:at(t.minutes(5), function(d) d:fail(\"ss-1\", \"damage\") end)\n"
                  "drill:at(t.minutes(6), function(d) print \"too late\" end)\n"),
        NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    assert_int_equal(toc_drill_now(played->drill), 5 * TOC_MINUTE);
    rehearsal_expect(played, "00:05:00 drill|power at 75.0 %||ended|");
    assert_int_equal(rehearsal_count(played, "too late"), 0);
    uint64_t digest = toc_drill_digest(played->drill);
    rehearsal_play(played, TOC_NEVER);
    assert_int_equal(toc_drill_digest(played->drill), digest);
    rehearsal_close(played);
}

static void what_a_scenario_sets_off_at_the_last_instant_still_happens(void **state) {
    (void)state;
    rehearsal *played =
        rehearsal_open(REHEARSAL("drill:at(t.hours(1), function(d) print \"last words\" end)\n"
                                 "drill:when(t.marked \"x\", function() print \"heard\" end)\n"
                                 "drill:at(t.hours(1), function(d) d:mark \"x\" end)\n"),
                       NULL, 1);
    rehearsal_play(played, TOC_NEVER);
    rehearsal_expect(played, "01:00:00 log||scenario||last words");
    rehearsal_expect(played, "01:00:00 log||scenario||heard");
    rehearsal_close(played);
}

static void a_topology_is_read_once_for_many_drills(void **state) {
    (void)state;
    rehearsal *played = rehearsal_open(dark_afternoon, NULL, 4);
    rehearsal_play(played, TOC_NEVER);
    toc_drill *second = NULL;
    toc_drill_options options = {.seed = 4};
    assert_int_equal(toc_drill_open_on(played->package, toc_drill_topology(played->drill), &options,
                                       played->problems, &second),
                     TOC_OK);
    assert_int_equal(toc_drill_advance(second, TOC_NEVER, played->problems), TOC_OK);
    assert_int_equal(toc_drill_digest(second), toc_drill_digest(played->drill));
    toc_drill_close(second);
    rehearsal_close(played);
}

/* What somebody did at the keyboard, as the live drill stamped it. */
struct done {
    toc_input input;
    char target[16];
};

enum { MOST_DONE = 64 };

static uint32_t play_live(rehearsal *played, uint64_t number, struct done *done) {
    static const char *const verbs[] = {"isolate",           "assign_crew", "switch_off",
                                        "acknowledge_alarm", "reconnect",   "observe"};
    uint32_t count = 0;
    toc_problems *refused = toc_problems_create();
    while (!toc_drill_has_ended(played->drill)) {
        number = number * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        toc_time until =
            toc_drill_now(played->drill) + (number % 5 == 0 ? 0 : (toc_time)(number >> 40) * 10);
        rehearsal_play(played, until);
        struct done *next = &done[count];
        (void)snprintf(next->target, sizeof next->target, "ss-%d", (int)(number >> 33 & 3) + 1);
        next->input = (toc_input){.seat = "gridco.dispatcher",
                                  .verb = verbs[(number >> 35) % 6],
                                  .target = next->target,
                                  .parameters = ""};
        if (count < MOST_DONE && !toc_drill_has_ended(played->drill) &&
            toc_drill_submit(played->drill, &next->input, refused, &next->input.at) == TOC_OK) {
            count++;
        }
    }
    toc_problems_destroy(refused);
    return count;
}

static const char lone_dispatcher[] =
    REHEARSAL("local red = drill:adversary { name = \"MOTH\", at = \"hmi-1\" }\n"
              "red:plan(function(a) for k = 1, 4 do\n"
              "  a:technique \"T0855\" { on = \"ss-\" .. k, effect = \"open-breaker\" } end end)\n"
              "drill:when(function(w) return w:acted(\"isolate\") end, function(d)\n"
              "  d:inject { to = \"gridco\", text = \"Why?\" } end)\n"
              "drill:team \"night\" { \"dispatcher\" }\n");

static void what_was_played_live_is_replayed_to_the_same_digest(void **state) {
    (void)state;
    uint64_t seed = support_seed("live_and_replay");
    for (uint64_t trial = 0; trial < 30; trial++) {
        struct done done[MOST_DONE + 1];
        rehearsal *live = rehearsal_open(lone_dispatcher, NULL, trial);
        rehearsal_check(live);
        uint32_t count = play_live(live, seed + trial, done);
        rehearsal *again = rehearsal_open(lone_dispatcher, NULL, trial);
        for (uint32_t i = 0; i < count; i++) {
            assert_int_equal(toc_drill_replay(again->drill, &done[i].input, again->problems),
                             TOC_OK);
        }
        rehearsal_play(again, TOC_NEVER);
        assert_true(count > 5);
        assert_string_equal(again->trace, live->trace);
        assert_int_equal(toc_drill_digest(again->drill), toc_drill_digest(live->drill));
        rehearsal_close(live);
        rehearsal_close(again);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            what_the_forms_ask_is_told_on_the_trace_and_costs_nothing_where_it_is_not_said),
        cmocka_unit_test(the_example_of_the_design_runs_as_it_is_written),
        cmocka_unit_test(the_same_seed_gives_the_same_drill_and_another_seed_another),
        cmocka_unit_test(luck_depends_on_names_and_not_on_what_else_is_in_the_scenario),
        cmocka_unit_test(many_small_steps_are_one_big_step),
        cmocka_unit_test(a_drill_without_a_team_is_possible),
        cmocka_unit_test(what_runs_in_the_drill_reads_a_service_as_conditions_do),
        cmocka_unit_test(nothing_runs_after_the_end),
        cmocka_unit_test(what_a_scenario_sets_off_at_the_last_instant_still_happens),
        cmocka_unit_test(what_was_played_live_is_replayed_to_the_same_digest),
        cmocka_unit_test(a_topology_is_read_once_for_many_drills),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
