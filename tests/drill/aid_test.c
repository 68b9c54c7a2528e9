#include "support/support.h"

#include "drill/seat_stage.h"
#include "model/job.h"

/* The water company has fitters 20 km from the grid's stations, half an hour and more of way. */
#define NEIGHBOUR                                                                                  \
    "<asset id='yard' kind='depot' operator='waterco' zone='plant' x='0' y='0'/>"                  \
    "<crew id='fitters' operator='waterco' skills='electronics repair' base='yard' size='1'/>"

static const char *owner(const stage *staged, const char *crew) {
    const toc_topology *topology = staged->drill->topology;
    return topology
        ->operators[toc_job_crew_serves(staged->drill->world,
                                        toc_topology_find_crew(topology, crew))]
        .id;
}

static void is_shown(const stage *staged, const char *seat, const char *verb, const char *text) {
    uint32_t number = stage_seat(staged, seat);
    for (uint32_t i = toc_observation_count(staged->drill, number); i > 0; i--) {
        const toc_observation *seen = toc_observation_at(staged->drill, number, i - 1);
        if (seen->kind == TOC_OBSERVED_AID) {
            assert_string_equal(seen->verb, verb);
            assert_string_equal(seen->text, text);
            return;
        }
    }
    fail_msg("%s was shown nothing", seat);
}

static void who_is_asked_lends_a_crew_that_comes_works_and_goes_home(void **state) {
    stage *staged = stage_open_on(
        NEIGHBOUR, "drill:at(0, function(d) d:fail('rtu-1', 'destroy') end)\n", NULL, 1);
    (void)state;
    stage_until(staged, TOC_MINUTE);
    stage_do(staged, "gridco.dispatcher", "assign_crew", "rtu-1", "job=replace");
    stage_last(staged, "gridco.dispatcher assign_crew rtu-1: refused: nobody has the skill");
    stage_do(staged, "gridco.dispatcher", "request_mutual_aid", "waterco.dispatcher",
             "skill=electronics\nwhere=rtu-1\ntext=The RTU is dead");
    stage_last(staged, "gridco.dispatcher request_mutual_aid waterco.dispatcher: under-way: R-1 "
                       "asks waterco until D+0 01:01:00");
    is_shown(staged, "waterco.dispatcher", "requested",
             "1 with electronics for rtu-1: The RTU is dead");
    stage_do(staged, "waterco.dispatcher", "offer_aid", "gridco.dispatcher",
             "crew=fitters\nhours=4");
    assert_non_null(strstr(staged->log, "offer_aid gridco.dispatcher: done: fitters is with gridco "
                                        "until D+0 04:01:00\n"));
    stage_last(staged, "gridco.dispatcher request_mutual_aid waterco.dispatcher: done: waterco "
                       "sends fitters");
    assert_string_equal(owner(staged, "fitters"), "gridco");
    is_shown(staged, "gridco.soc", "lent", "fitters at rtu-1");
    stage_do(staged, "waterco.dispatcher", "assign_crew", "pump-1", "crew=fitters");
    stage_last(staged,
               "waterco.dispatcher assign_crew pump-1: refused: the crew is lent to another "
               "operator");
    stage_do(staged, "gridco.dispatcher", "assign_crew", "rtu-1", "job=replace\ncrew=fitters");
    stage_until(staged, 25 * TOC_MINUTE);
    is_shown(staged, "waterco.dispatcher", "there", "fitters at rtu-1");
    assert_non_null(
        strstr(staged->log, "assign_crew rtu-1: under-way: fitters found it destroyed"));
    stage_until(staged, 6 * TOC_HOUR);
    is_shown(staged, "gridco.dispatcher", "over", "fitters at rtu-1: its time is over");
    assert_string_equal(owner(staged, "fitters"), "waterco");
    assert_non_null(strstr(staged->log, "assign_crew rtu-1: done: fitters leaves it in order"));
    stage_close(staged);
}

static void an_offer_that_nobody_asked_for_has_to_be_accepted(void **state) {
    stage *staged = stage_open_on(NEIGHBOUR, "", NULL, 1);
    (void)state;
    stage_do(staged, "waterco.dispatcher", "offer_aid", "gridco.dispatcher",
             "crew=fitters\nwhere=ss-2\ntext=Need help?");
    stage_last(staged,
               "waterco.dispatcher offer_aid gridco.dispatcher: under-way: L-1 is offered to "
               "gridco");
    is_shown(staged, "gridco.incident_lead", "offered", "fitters at ss-2: Need help?");
    stage_do(staged, "waterco.dispatcher", "approve", "L-1", "");
    stage_last(staged, "waterco.dispatcher approve L-1: refused: this seat is not asked");
    stage_do(staged, "gridco.compliance", "approve", "L-1", "");
    stage_last(staged, "gridco.compliance approve L-1: refused: this seat is not asked");
    stage_do(staged, "gridco.incident_lead", "approve", "L-1", "");
    assert_string_equal(owner(staged, "fitters"), "gridco");
    stage_do(staged, "waterco.dispatcher", "offer_aid", "gridco.dispatcher", "crew=fitters");
    stage_last(staged, "waterco.dispatcher offer_aid gridco.dispatcher: refused: the crew is lent "
                       "already");
    stage_until(staged, TOC_HOUR);
    stage_do(staged, "waterco.dispatcher", "reject", "L-1", "text=Our pumps are out");
    assert_string_equal(owner(staged, "fitters"), "waterco");
    is_shown(staged, "gridco.dispatcher", "over", "fitters at ss-2: Our pumps are out");
    stage_do(staged, "waterco.dispatcher", "offer_aid", "gridco.dispatcher", "crew=fitters");
    stage_until(staged, 3 * TOC_HOUR);
    stage_last(staged, "waterco.dispatcher offer_aid gridco.dispatcher: failed: nobody answered in "
                       "time");
    stage_close(staged);
}

static void who_is_asked_may_decline_and_silence_is_an_answer(void **state) {
    stage *staged = stage_open_on(NEIGHBOUR, "", NULL, 1);
    (void)state;
    stage_do(staged, "gridco.dispatcher", "request_mutual_aid", "waterco.dispatcher",
             "skill=repair\ncount=2");
    stage_do(staged, "waterco.dispatcher", "approve", "R-1", "");
    stage_last(staged, "waterco.dispatcher approve R-1: refused: offer_aid says which crew comes");
    stage_do(staged, "waterco.dispatcher", "reject", "R-1", "text=We have a flood");
    assert_non_null(strstr(staged->log,
                           "request_mutual_aid waterco.dispatcher: failed: declined by "
                           "waterco.dispatcher: We have a flood\n"));
    stage_do(staged, "gridco.dispatcher", "request_mutual_aid", "waterco.dispatcher",
             "skill=repair\ncount=2");
    stage_do(staged, "waterco.dispatcher", "offer_aid", "gridco.dispatcher", "crew=fitters");
    stage_until(staged, 2 * TOC_HOUR);
    stage_last(staged, "gridco.dispatcher request_mutual_aid waterco.dispatcher: done: 1 of 2 came "
                       "in time");
    stage_do(staged, "gridco.dispatcher", "request_mutual_aid", "authority.duty_officer",
             "skill=repair");
    stage_last(staged, "gridco.dispatcher request_mutual_aid authority.duty_officer: refused: that "
                       "seat's team operates nothing: it has no crews, and no use for any");
    stage_do(staged, "gridco.dispatcher", "request_mutual_aid", "gridco.soc", "skill=repair");
    stage_last(staged, "gridco.dispatcher request_mutual_aid gridco.soc: refused: that seat is of "
                       "the same team");
    stage_close(staged);
    stage_refuses("gridco.dispatcher", "request_mutual_aid", "waterco.dispatcher", "skill=repairs",
                  "'repairs' is no skill that work asks for; did you mean 'repair'?");
    stage_refuses("waterco.dispatcher", "offer_aid", "gridco.dispatcher", "hours=101",
                  "hours: expected a whole number from 1 to 100, found '101'");
}

static void stand_ins_ask_their_neighbour_and_help(void **state) {
    stage *staged = stage_open_on(
        NEIGHBOUR, "drill:at(t.minutes(5), function(d) d:fail('rtu-1', 'destroy') end)\n", NULL, 1);
    toc_standins *standins = NULL;
    (void)state;
    assert_int_equal(toc_standins_create(staged->drill, staged->package, "reference", NULL, NULL,
                                         staged->problems, &standins),
                     TOC_OK);
    assert_int_equal(toc_standins_play(standins, 6 * TOC_HOUR, staged->problems), TOC_OK);
    assert_non_null(strstr(staged->log,
                           "request_mutual_aid waterco.dispatcher: done: waterco sends "
                           "fitters"));
    assert_non_null(strstr(staged->log, "rtu-1: done: fitters leaves it in order"));
    toc_standins_destroy(standins);
    stage_close(staged);
}

/* Each side writes down what it sees of the crew while that is on its way. */
static void both_sides_see_a_lent_crew_on_its_way(void **state) {
    static const char policy[] =
        "local p = require 'tocsin.policy'\n"
        "local t = require 'tocsin'\n"
        "local function look(seat)\n"
        "  seat:wait(t.minutes(10))\n"
        "  for _, crew in ipairs(seat:crews()) do\n"
        "    local party = crew.parties[1]\n"
        "    if crew.id == 'fitters' then\n"
        "      seat:act('note', nil, { text = string.format('%s %s free %d, %s to %s, x %.1f',\n"
        "        crew.lent_to or '-', crew.owner or '-', crew.free, party.doing, party.at, "
        "party.x) })\n"
        "    end\n"
        "  end\n"
        "end\n"
        "return p.policy {\n"
        "  ['waterco.dispatcher'] = function(seat)\n"
        "    seat:act('offer_aid', 'gridco.dispatcher', { crew = 'fitters', where = 'ss-1' })\n"
        "    look(seat)\n"
        "  end,\n"
        "  ['gridco.dispatcher'] = function(seat)\n"
        "    local offer = seat:next({ kind = 'aid', stage = 'offered' })\n"
        "    seat:act('approve', offer.request)\n"
        "    look(seat)\n"
        "  end }\n";
    stage *staged = stage_open_on(NEIGHBOUR, "", policy, 1);
    toc_standins *standins = NULL;
    (void)state;
    assert_int_equal(toc_standins_create(staged->drill, staged->package, "policies/own.lua", NULL,
                                         NULL, staged->problems, &standins),
                     TOC_OK);
    assert_int_equal(toc_standins_play(standins, TOC_HOUR, staged->problems), TOC_OK);
    assert_non_null(strstr(staged->log,
                           "waterco.dispatcher note : requested: text=gridco - free 0, "
                           "travel to ss-1, x 5.1\n"));
    assert_non_null(strstr(staged->log,
                           "gridco.dispatcher note : requested: text=- waterco free 0, "
                           "travel to ss-1, x 5.1\n"));
    toc_standins_destroy(standins);
    stage_close(staged);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_asked_lends_a_crew_that_comes_works_and_goes_home),
        cmocka_unit_test(an_offer_that_nobody_asked_for_has_to_be_accepted),
        cmocka_unit_test(who_is_asked_may_decline_and_silence_is_an_answer),
        cmocka_unit_test(stand_ins_ask_their_neighbour_and_help),
        cmocka_unit_test(both_sides_see_a_lent_crew_on_its_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
