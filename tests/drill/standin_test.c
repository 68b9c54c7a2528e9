#include "support/support.h"

#include "drill/seat_stage.h"
#include "tocsin/trace.h"

/* Inputs that stand-ins gave, as a record would keep them. */
typedef struct kept {
    toc_input inputs[4096];
    uint32_t count;
} kept;

static toc_status keep(void *object, const toc_input *input, toc_problems *problems) {
    kept *all = object;
    (void)problems;
    assert_true(all->count < 4096);
    all->inputs[all->count++] = (toc_input){.at = input->at,
                                            .seat = strdup(input->seat),
                                            .verb = strdup(input->verb),
                                            .target = strdup(input->target),
                                            .parameters = strdup(input->parameters)};
    return TOC_OK;
}

static void forget(kept *all) {
    for (uint32_t i = 0; i < all->count; i++) {
        free((char *)(uintptr_t)all->inputs[i].seat);
        free((char *)(uintptr_t)all->inputs[i].verb);
        free((char *)(uintptr_t)all->inputs[i].target);
        free((char *)(uintptr_t)all->inputs[i].parameters);
    }
    free(all);
}

/* An attack on the harbour's stations, with words that make people think. */
#define ATTACK                                                                                     \
    "drill:duty 'first' { operator = 'gridco', to = 'authority.duty_officer',\n"                   \
    "  within = t.hours(1), text = 'First report', source = 'test',\n"                             \
    "  trigger = function(w) return w:service('power', 'gridco').level < 0.9 end }\n"              \
    "drill:inject { at = t.minutes(9), to = 'gridco.dispatcher', channel = 'phone',\n"             \
    "  from = 'operator station', text = 'The mouse on vpn-1 moves by itself.', about = "          \
    "'intrusion' }\n"                                                                              \
    "local red = drill:adversary { name = 'MOTH', at = 'vpn-1', skill = 'expert' }\n"              \
    "red:plan(function(a)\n"                                                                       \
    "  a:wait(t.minutes(10))\n"                                                                    \
    "  a:technique 'T0855' { on = 'ss-1', effect = 'open-breaker', takes = t.seconds(5) }\n"       \
    "  a:technique 'T0857' { on = 'rtu-1', effect = 'destroy-firmware', takes = t.seconds(30) }\n" \
    "  a:technique 'T0855' { on = 'ss-2', effect = 'open-breaker', takes = t.seconds(5) }\n"       \
    "  a:wait(t.minutes(40))\n"                                                                    \
    "  a:technique 'T0855' { on = 'ss-2', effect = 'damage', takes = t.seconds(5) }\n"             \
    "end)\n"

static toc_status play(stage *staged, const char *policy, kept *all, toc_time step) {
    toc_standins *standins = NULL;
    toc_status status =
        toc_standins_create(staged->drill, staged->package, policy, all == NULL ? NULL : keep, all,
                            staged->problems, &standins);
    for (toc_time until = step; status == TOC_OK && !toc_drill_has_ended(staged->drill);
         until += step) {
        status = toc_standins_play(standins, until, staged->problems);
    }
    toc_standins_destroy(standins);
    return status;
}

static void must_play(stage *staged, const char *policy, kept *all, toc_time step) {
    if (play(staged, policy, all, step) != TOC_OK) {
        fail_msg("%s", stage_problem(staged));
    }
}

static void the_inputs_alone_give_the_same_drill_again(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        stage *live = stage_open(ATTACK, NULL, seed), *again = stage_open(ATTACK, NULL, seed);
        kept *all = calloc(1, sizeof *all);
        must_play(live, "reference", all, 6 * TOC_HOUR);
        assert_true(all->count > 20);
        for (uint32_t i = 0; i < all->count; i++) {
            assert_int_equal(toc_drill_replay(again->drill, &all->inputs[i], again->problems),
                             TOC_OK);
        }
        for (toc_time at = 0; at <= 6 * TOC_HOUR; at += 7 * TOC_MINUTE) {
            stage_until(again, at);
        }
        stage_until(again, 6 * TOC_HOUR);
        assert_string_equal(again->log, live->log);
        assert_int_equal(again->entries, live->entries);
        assert_int_equal(toc_drill_events(again->drill), toc_drill_events(live->drill));
        assert_int_equal(toc_drill_digest(again->drill), toc_drill_digest(live->drill));
        forget(all);
        stage_close(live);
        stage_close(again);
    }
}

static void it_does_not_matter_in_which_steps_a_drill_is_played(void **state) {
    static const toc_time steps[] = {TOC_MINUTE, 77 * TOC_SECOND + 13, TOC_HOUR};
    stage *whole = stage_open(ATTACK, NULL, 3);
    (void)state;
    must_play(whole, "reference", NULL, 6 * TOC_HOUR);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        stage *stepped = stage_open(ATTACK, NULL, 3);
        must_play(stepped, "reference", NULL, steps[i]);
        assert_int_equal(toc_drill_digest(stepped->drill), toc_drill_digest(whole->drill));
        stage_close(stepped);
    }
    stage_close(whole);
}

static void other_seeds_give_other_people(void **state) {
    stage *one = stage_open(ATTACK, NULL, 1), *two = stage_open(ATTACK, NULL, 2);
    (void)state;
    must_play(one, "reference", NULL, 6 * TOC_HOUR);
    must_play(two, "reference", NULL, 6 * TOC_HOUR);
    assert_string_not_equal(one->log, two->log);
    stage_close(one);
    stage_close(two);
}

static void nobody_does_anything_under_the_policy_none(void **state) {
    stage *staged = stage_open(ATTACK, NULL, 1);
    (void)state;
    must_play(staged, "none", NULL, TOC_HOUR);
    assert_string_equal(staged->log, "");
    assert_true(toc_drill_has_ended(staged->drill));
    stage_close(staged);
}

static void the_reference_team_restores_reports_and_beats_nobody(void **state) {
    stage *none = stage_open(ATTACK, NULL, 1), *reference = stage_open(ATTACK, NULL, 1);
    (void)state;
    must_play(none, "none", NULL, 6 * TOC_HOUR);
    must_play(reference, "reference", NULL, 6 * TOC_HOUR);
    assert_true(toc_drill_service_at(reference->drill, 0).loss_integral <
                toc_drill_service_at(none->drill, 0).loss_integral / 2);
    assert_true(toc_drill_duty_at(reference->drill, 0).on_time);
    assert_false(toc_drill_duty_at(none->drill, 0).on_time);
    assert_non_null(strstr(reference->log, "declare_incident : done"));
    assert_non_null(strstr(reference->log, "gridco.soc isolate vpn-1: done"));
    assert_non_null(strstr(reference->log, "manual_mode : done"));
    stage_close(none);
    stage_close(reference);
}

/* The library's team, but for what the policy does in a way of its own. */
static void a_team_leaves_alone_what_its_policy_keeps_for_itself(void **state) {
    static const char policy[] =
        "local p = require 'tocsin.policy'\nlocal team = require 'tocsin.team'\n"
        "return p.policy { default = function(seat)\n"
        "  local style = team.style(team.usual, seat)\n"
        "  style.leaves = { contain = true, manual = true }\n"
        "  style.keeps_off = { ['ss-2'] = true }\n"
        "  team.play(seat, style)\nend }\n";
    stage *usual = stage_open(ATTACK, NULL, 1), *own = stage_open(ATTACK, policy, 1);
    (void)state;
    must_play(usual, "reference", NULL, 6 * TOC_HOUR);
    must_play(own, "own", NULL, 6 * TOC_HOUR);
    assert_non_null(strstr(usual->log, "isolate vpn-1"));
    assert_non_null(strstr(usual->log, "manual_mode"));
    assert_non_null(strstr(usual->log, "assign_crew ss-2"));
    assert_null(strstr(own->log, "isolate vpn-1"));
    assert_null(strstr(own->log, "manual_mode"));
    assert_null(strstr(own->log, "assign_crew ss-2"));
    assert_null(strstr(own->log, "reenergise ss-2"));
    assert_non_null(strstr(own->log, "assign_crew ss-1"));
    stage_close(usual);
    stage_close(own);
}

/* -- Two worlds that differ in what the seat cannot know ----------------------------------------
 */

/* Writes down everything it is shown and everything it can ask for. */
#define WITNESS                                                                                    \
    "local p = require 'tocsin.policy'\n"                                                          \
    "local t = require 'tocsin'\n"                                                                 \
    "local function show(value)\n"                                                                 \
    "  if type(value) ~= 'table' then return tostring(value) end\n"                                \
    "  local parts = {}\n"                                                                         \
    "  for k, v in pairs(value) do table.insert(parts, tostring(k) .. '=' .. show(v)) end\n"       \
    "  return '{' .. table.concat(parts, ' ') .. '}'\n"                                            \
    "end\n"                                                                                        \
    "return p.policy { ['gridco.dispatcher'] = function(seat)\n"                                   \
    "  while true do\n"                                                                            \
    "    local seen = seat:next(nil, t.minutes(3))\n"                                              \
    "    seat:act('note', nil, { text = seat:now() .. show(seen) .. show(seat:services())\n"       \
    "      .. show(seat:asset('ss-1')) .. show(seat:asset('rtu-1')) .. show(seat:asset('pump-1'))" \
    " .. show(seat:crews()) .. show(seat:seats()) })\n"                                            \
    "    seat:next({ kind = 'ticket', stage = 'done' })\n"                                         \
    "  end\n"                                                                                      \
    "end, ['waterco.dispatcher'] = function(seat)\n"                                               \
    "  seat:on(nil, function(own, seen)\n"                                                         \
    "    if seen.kind == 'message' then\n"                                                         \
    "      own:wait(t.minutes(1))\n"                                                               \
    "      own:act('note', nil, { text = seen.text })\n"                                           \
    "    end\n"                                                                                    \
    "  end)\n"                                                                                     \
    "end }\n"

/* The stations are out of sight from the first minute on; nobody calls before the other thing. */
#define BLIND                                                                                      \
    "drill:at(t.minutes(1), function(d) d:fail('rtu-1', 'destroy') end)\n"                         \
    "drill:at(t.hours(5), function(d)\n"                                                           \
    "  d:inject { to = 'gridco.dispatcher', channel = 'phone', text = 'It is late.' } end)\n"

static char *notes_of(const stage *staged, const char *seat) {
    char *notes = calloc(1, sizeof staged->log);
    size_t length = strlen(seat);
    for (const char *line = staged->log; *line != '\0';) {
        size_t size = strcspn(line, "\n") + 1;
        if (strncmp(line, seat, length) == 0) {
            strncat(notes, line, size);
        }
        line += size;
    }
    return notes;
}

static void a_seat_sees_nothing_of_what_it_was_not_shown(void **state) {
    static const char *const hidden[] = {
        "drill:at(t.minutes(30), function(d) d:fail('pump-1', 'damage') end)\n",
        "drill:inject { at = t.minutes(20), to = 'waterco.dispatcher', channel = 'email',\n"
        "  text = 'Between us.' }\n",
        "local red = drill:adversary { name = 'RAT', at = 'vpn-1', skill = 'expert' }\n"
        "red:plan(function(a) a:wait(t.minutes(12)) a:technique 'T0859' { on = 'vpn-1' } end)\n",
        "drill:objective 'O9' { 'Nothing', within = t.minutes(9), after = 'never',\n"
        "  met = t.declared 'incident' }\n",
    };
    stage *plain = stage_open(BLIND, WITNESS, 4);
    (void)state;
    must_play(plain, "own", NULL, 6 * TOC_HOUR);
    char *expected = notes_of(plain, "gridco.dispatcher");
    assert_true(strlen(expected) > 1000);
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
        char scenario[4096];
        (void)snprintf(scenario, sizeof scenario, "%s%s", BLIND, hidden[i]);
        stage *twin = stage_open(scenario, WITNESS, 4);
        must_play(twin, "own", NULL, 6 * TOC_HOUR);
        assert_true(toc_drill_digest(twin->drill) != toc_drill_digest(plain->drill));
        char *found = notes_of(twin, "gridco.dispatcher");
        assert_string_equal(found, expected);
        free(found);
        stage_close(twin);
    }
    free(expected);
    stage_close(plain);
}

/* A breaker opens out of sight: nothing is seen until the first customer calls. */
static void what_is_out_of_sight_is_unseen_until_somebody_calls(void **state) {
    stage *plain = stage_open(BLIND, WITNESS, 4);
    stage *twin = stage_open(
        BLIND "drill:at(t.minutes(30), function(d) d:fail('ss-1', 'open-breaker') end)\n", WITNESS,
        4);
    (void)state;
    must_play(plain, "own", NULL, 6 * TOC_HOUR);
    must_play(twin, "own", NULL, 6 * TOC_HOUR);
    char *expected = notes_of(plain, "gridco.dispatcher");
    char *found = notes_of(twin, "gridco.dispatcher");
    size_t same = 0;
    while (expected[same] != '\0' && expected[same] == found[same]) {
        same++;
    }
    while (same > 0 && found[same - 1] != '\n') { /* back to where the note begins */
        same--;
    }
    const char *text = strstr(found + same, "text=");
    assert_non_null(text);
    uint32_t seat = stage_seat(twin, "gridco.dispatcher");
    toc_time called = TOC_NEVER;
    for (uint32_t i = 0; i < toc_observation_count(twin->drill, seat); i++) {
        const toc_observation *seen = toc_observation_at(twin->drill, seat, i);
        if (seen->kind == TOC_OBSERVED_ALARM && strcmp(seen->subject, "ss-1") == 0) {
            assert_string_equal(seen->text, "calls");
            called = called == TOC_NEVER ? seen->at : called;
        }
    }
    assert_true(called > 30 * TOC_MINUTE && called != TOC_NEVER);
    assert_true(strtoll(text + 5, NULL, 10) == called);
    free(expected);
    free(found);
    stage_close(plain);
    stage_close(twin);
}

/* -- What authors of policies are told ----------------------------------------------------------
 */

static void fails_with(const char *body, const char *problem) {
    char policy[2048];
    (void)snprintf(policy, sizeof policy,
                   "local p = require 'tocsin.policy'\nlocal t = require 'tocsin'\n"
                   "return p.policy { ['gridco.dispatcher'] = function(seat)\n%s\nend }\n",
                   body);
    stage *staged = stage_open("", policy, 1);
    assert_int_equal(play(staged, "own", NULL, TOC_HOUR), TOC_BAD_INPUT);
    assert_string_equal(stage_problem(staged), problem);
    stage_close(staged);
}

static void a_policys_mistake_is_told_at_its_line(void **state) {
    (void)state;
    fails_with("seat:act('reenergize', 'ss-1')",
               "harbour/policies/own.lua:4: 'reenergize' is no action; did you mean 'reenergise'?");
    fails_with("seat:wait(t.minutes(5))\nseat:act('reenergise', 's-1')",
               "harbour/policies/own.lua:5: 's-1' is no asset or link; did you mean 'ss-1'?");
    fails_with("seat:act('isolate', 'vpn-1')",
               "harbour/policies/own.lua:4: gridco.dispatcher may not do isolate: the role "
               "'dispatcher' is not allowed to cut assets off the network and to connect them "
               "again");
    fails_with("seat:act('assign_crew', 'ss-1', { crw = 'east' })",
               "harbour/policies/own.lua:4: assign_crew has no option 'crw'; did you mean 'crew'?");
    fails_with("seat:next('alrm')", "harbour/policies/own.lua:4: seat:next: there is no kind of "
                                    "observation 'alrm'; did you mean 'alarm'?");
    fails_with(
        "seat:asset('ss-3')",
        "harbour/policies/own.lua:4: there is no asset or link 'ss-3'; did you mean 'ss-1'?");
    fails_with("local x = nil\nreturn x.y",
               "harbour/policies/own.lua:5: attempt to index a nil value (local 'x')");
    fails_with("while true do end",
               "harbour/policies/own.lua:4: policy of gridco.dispatcher: the script works without "
               "end (over 20000000 units of work without waiting); is there a loop that never "
               "waits?");
    fails_with("seat:ticket(1)",
               "harbour/policies/own.lua:4: there is no ticket 1: this seat has done 0 things");
    fails_with("seat:on('alarm')", "harbour/policies/own.lua:4: seat:on: expected a function, "
                                   "found nothing");
}

static void what_is_no_policy_is_refused(void **state) {
    static const struct {
        const char *text, *problem;
    } cases[] = {
        {"return { dispatcher = function() end }",
         "harbour/policies/own.lua: a policy must end with 'return p.policy { ... }'"},
        {"local p = require 'tocsin.policy'\nreturn p.policy { function() end }",
         "harbour/policies/own.lua:2: p.policy: expected functions by role or seat, found 1"},
        {"local p = require 'tocsin.policy'\nreturn p.policy { soc = 5 }",
         "harbour/policies/own.lua:2: p.policy: expected functions by role or seat, found 5"},
        {"local p = require 'tocsin.policy\n", "harbour/policies/own.lua:1: unfinished string near "
                                               "''tocsin.policy'"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stage *staged = stage_open("", cases[i].text, 1);
        assert_int_equal(play(staged, "own", NULL, TOC_HOUR), TOC_BAD_INPUT);
        assert_string_equal(stage_problem(staged), cases[i].problem);
        stage_close(staged);
    }
}

static void a_policy_that_is_not_there_is_told_with_the_nearest(void **state) {
    stage *staged = stage_open("", "", 1);
    (void)state;
    assert_int_equal(play(staged, "refrence", NULL, TOC_HOUR), TOC_BAD_INPUT);
    assert_string_equal(stage_problem(staged),
                        "there is no policy 'refrence'; did you mean 'reference'?");
    stage_close(staged);
}

/* -- What a policy can rely on ------------------------------------------------------------------
 */

static void a_seats_own_name_comes_before_its_role_and_that_before_default(void **state) {
    stage *staged = stage_open(
        "",
        "local p = require 'tocsin.policy'\n"
        "local function say(text) return function(seat) seat:act('note', nil, { text = text }) end "
        "end\n"
        "return p.policy { dispatcher = say 'role', default = say 'default',\n"
        "  ['gridco.dispatcher'] = say 'name' }\n",
        1);
    (void)state;
    must_play(staged, "own", NULL, TOC_HOUR);
    assert_non_null(strstr(staged->log, "gridco.dispatcher note : requested: text=name\n"));
    assert_non_null(strstr(staged->log, "waterco.dispatcher note : requested: text=role\n"));
    assert_non_null(strstr(staged->log, "gridco.gardener note : requested: text=default\n"));
    stage_close(staged);
}

static void processes_of_a_seat_each_see_everything_from_their_start(void **state) {
    stage *staged = stage_open(
        "for k = 1, 3 do drill:inject { at = t.minutes(10 * k), to = 'gridco.soc',\n"
        "  channel = 'email', text = 'mail ' .. k } end\n",
        "local p = require 'tocsin.policy'\n"
        "local t = require 'tocsin'\n"
        "return p.policy { ['gridco.soc'] = function(seat)\n"
        "  seat:on('message', function(own, m) own:act('note', nil, { text = 'on ' .. m.text }) "
        "end)\n"
        "  seat:wait(t.minutes(15))\n"
        "  seat:start(function(own, word)\n"
        "    local m = own:next('message')\n"
        "    own:act('note', nil, { text = word .. ' ' .. m.text .. ' at ' .. own:now() // "
        "t.minutes(1) })\n"
        "  end, 'new')\n"
        "  local m = seat:next('message')\n"
        "  seat:act('note', nil, { text = 'main ' .. m.text })\n"
        "  m = seat:next({ kind = 'message', text = { 'mail 3', 'mail 4' } })\n"
        "  seat:act('note', nil, { text = 'third ' .. m.number })\n"
        "  local none = seat:next('alarm', t.minutes(5))\n"
        "  seat:act('note', nil, { text = tostring(none) .. ' at ' .. seat:now() // t.minutes(1) "
        "})\n"
        "end }\n",
        1);
    (void)state;
    must_play(staged, "own", NULL, TOC_HOUR);
    static const char *const said[] = {"on mail 1", "on mail 2",        "on mail 3", "main mail 1",
                                       "third 3",   "new mail 2 at 20", "nil at 35"};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        char line[128];
        (void)snprintf(line, sizeof line, "requested: text=%s\n", said[i]);
        assert_non_null(strstr(staged->log, line));
    }
    stage_close(staged);
}

static void a_ticket_can_be_waited_for(void **state) {
    stage *staged =
        stage_open("",
                   "local p = require 'tocsin.policy'\n"
                   "local t = require 'tocsin'\n"
                   "return p.policy { ['gridco.soc'] = function(seat)\n"
                   "  local n = seat:act('isolate', 'vpn-1')\n"
                   "  assert(seat:ticket(n).stage == 'given' and seat:ticket(n).open)\n"
                   "  local early = seat:await(n, t.minutes(1))\n"
                   "  assert(early.stage == 'under-way' and seat:now() == t.minutes(1))\n"
                   "  local ended = seat:await(n)\n"
                   "  assert(ended.stage == 'done' and seat:now() == t.minutes(4) + 1)\n"
                   "  assert(seat:asset('vpn-1').isolated and seat:asset('vpn-1').state == 'off')\n"
                   "  n = seat:act('isolate', seat:asset('vpn-1'))\n"
                   "  ended = seat:await(n)\n"
                   "  assert(ended.stage == 'refused' and ended.why == 'it is isolated already')\n"
                   "  assert(#seat:tickets({ stage = 'refused' }) == 1 and #seat:tickets() == 2)\n"
                   "  seat:say('authority.duty_officer', 'done\\nwith it')\n"
                   "end }\n",
                   1);
    (void)state;
    must_play(staged, "own", NULL, TOC_HOUR);
    assert_non_null(strstr(staged->log, "gridco.soc notify_peer authority.duty_officer: requested: "
                                        "text=done\\nwith it\n"));
    stage_close(staged);
}

static void a_policy_can_ask_what_an_action_is_and_what_takes_it_back(void **state) {
    stage *staged =
        stage_open("",
                   "local p = require 'tocsin.policy'\n"
                   "local t = require 'tocsin'\n"
                   "return p.policy { ['gridco.soc'] = function(seat)\n"
                   "  local isolate, wipe = seat:verb 'isolate', seat:verb 'reimage'\n"
                   "  assert(isolate.undo == 'reconnect' and not isolate.final)\n"
                   "  assert(isolate.takes == t.minutes(4) and isolate.allowed)\n"
                   "  assert(wipe.final and wipe.undo == nil and wipe.parameters == 'crew rank')\n"
                   "  assert(not seat:verb('switch_off').allowed)\n"
                   "  seat:act('note', nil, { text = seat:verb('note').help })\n"
                   "end }\n",
                   1);
    (void)state;
    must_play(staged, "own", NULL, TOC_HOUR);
    assert_non_null(strstr(staged->log, "note : requested: text=Writes something down.\n"));
    stage_close(staged);
}

static void the_board_of_a_team_is_read_by_its_seats_alone(void **state) {
    stage *staged = stage_open(
        "",
        "local p = require 'tocsin.policy'\n"
        "local t = require 'tocsin'\n"
        "return p.policy { ['gridco.soc'] = function(seat)\n"
        "  seat:wait(t.minutes(3))\n"
        "  seat:act('set_belief', 'ss-1', { state = 'failed', confidence = 0.25 })\n"
        "end, ['gridco.dispatcher'] = function(seat)\n"
        "  assert(#seat:board() == 0)\n"
        "  seat:wait(t.minutes(5))\n"
        "  local card = seat:board()[1]\n"
        "  assert(card.asset == 'ss-1' and card.state == 'failed' and card.confidence == 0.25)\n"
        "  assert(card.by == 'gridco.soc' and card.at == t.minutes(3) + 1)\n"
        "  seat:act('note', nil, { text = 'read it' })\n"
        "end, ['waterco.dispatcher'] = function(seat)\n"
        "  seat:wait(t.minutes(5))\n"
        "  assert(#seat:board() == 0)\n"
        "end }\n",
        1);
    (void)state;
    must_play(staged, "own", NULL, TOC_HOUR);
    assert_non_null(strstr(staged->log, "gridco.dispatcher note : requested: text=read it\n"));
    stage_close(staged);
}

/* How often the worker of a policy answered three mails of which two say the same. */
static int answers_of(const char *policy, const char *text) {
    stage *staged = stage_open(
        "for k = 1, 3 do drill:inject { at = t.minutes(10 * k), to = 'gridco.soc',\n"
        "  channel = 'email', text = k == 2 and 'All is well.' or 'The tap is dry.' } end\n",
        "local p = require 'tocsin.policy'\n"
        "local t = require 'tocsin'\n"
        "local team = require 'tocsin.team'\n"
        "local worker = require 'tocsin.worker'\n"
        "local how = p.options(team.usual)\n"
        "return p.policy { ['gridco.soc'] = function(seat)\n"
        "  local me = worker.new(seat, how)\n"
        "  me.answers { { hears = 'dry', after = t.minutes(2), 'note', with = { text = 'dry' } "
        "} "
        "}\n"
        "  while true do\n"
        "    local seen = me.next { kind = 'message' }\n"
        "    seat:act('note', nil, { text = 'read ' .. seen.text })\n"
        "  end\n"
        "end, default = function() end }\n",
        1);
    must_play(staged, policy, NULL, TOC_HOUR);
    int count = 0;
    for (const char *at = staged->log; (at = strstr(at, text)) != NULL; at++) {
        count++;
    }
    stage_close(staged);
    return count;
}

static void a_worker_answers_once_what_it_does_not_overlook(void **state) {
    (void)state;
    assert_int_equal(answers_of("own", "requested: text=dry\n"), 1);
    assert_int_equal(answers_of("own", "requested: text=read "), 3);
    assert_int_equal(answers_of("own:competence=0", "requested: text="), 0);
    assert_int_equal(answers_of("own:pace=3", "requested: text=dry\n"), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_inputs_alone_give_the_same_drill_again),
        cmocka_unit_test(it_does_not_matter_in_which_steps_a_drill_is_played),
        cmocka_unit_test(other_seeds_give_other_people),
        cmocka_unit_test(nobody_does_anything_under_the_policy_none),
        cmocka_unit_test(the_reference_team_restores_reports_and_beats_nobody),
        cmocka_unit_test(a_team_leaves_alone_what_its_policy_keeps_for_itself),
        cmocka_unit_test(a_seat_sees_nothing_of_what_it_was_not_shown),
        cmocka_unit_test(what_is_out_of_sight_is_unseen_until_somebody_calls),
        cmocka_unit_test(a_policys_mistake_is_told_at_its_line),
        cmocka_unit_test(what_is_no_policy_is_refused),
        cmocka_unit_test(a_policy_that_is_not_there_is_told_with_the_nearest),
        cmocka_unit_test(a_seats_own_name_comes_before_its_role_and_that_before_default),
        cmocka_unit_test(processes_of_a_seat_each_see_everything_from_their_start),
        cmocka_unit_test(a_ticket_can_be_waited_for),
        cmocka_unit_test(the_board_of_a_team_is_read_by_its_seats_alone),
        cmocka_unit_test(a_worker_answers_once_what_it_does_not_overlook),
        cmocka_unit_test(a_policy_can_ask_what_an_action_is_and_what_takes_it_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
