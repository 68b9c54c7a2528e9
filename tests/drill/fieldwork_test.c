#include "support/support.h"

#include "drill/seat_stage.h"

/* depot --12km-- bend --8km-- ss-1, and round by the hill 30 km. */
#define ROADS                                                                                      \
    "<asset id='bend' kind='node' operator='gridco' x='6' y='4'/>"                                 \
    "<asset id='hill' kind='node' operator='gridco' x='6' y='-9'/>"                                \
    "<link id='r-1' from='depot' to='bend' kind='road' length='12km'/>"                            \
    "<link id='r-2' from='bend' to='ss-1' kind='road' length='8km'/>"                              \
    "<link id='r-3' from='depot' to='hill' kind='road' length='15km'/>"                            \
    "<link id='r-4' from='hill' to='ss-1' kind='road' length='15km'/>"

#define OPENS "drill:at(t.minutes(10), function(d) d:fail('ss-1', 'damage') end)\n"

static void a_ticket_tells_the_way_and_when_the_crew_is_there(void **state) {
    stage *staged = stage_open_on(ROADS, OPENS, NULL, 1);
    (void)state;
    stage_until(staged, 11 * TOC_MINUTE);
    stage_do(staged, "gridco.dispatcher", "assign_crew", "ss-1", "");
    stage_last(staged, "gridco.dispatcher assign_crew ss-1: under-way: east is on its way by bend, "
                       "ss-1; there at D+0 00:41:01");
    stage_until(staged, 42 * TOC_MINUTE);
    stage_last(staged,
               "gridco.dispatcher assign_crew ss-1: under-way: east looks for what is wrong");
    stage_close(staged);
}

static void a_ticket_tells_when_roads_are_closed_and_opened(void **state) {
    stage *staged = stage_open_on(ROADS,
                                  OPENS "local failures = require 'tocsin.failures'\n"
                                        "failures.road(drill, { on = 'r-2', at = t.minutes(15),\n"
                                        "  lasts = t.minutes(65) })\n"
                                        "failures.storm(drill, { on = { 'r-3' }, share = 1,\n"
                                        "  effect = 'block-road', at = t.minutes(40), waves = 1,\n"
                                        "  lasts = t.hours(1) })\n",
                                  NULL, 1);
    (void)state;
    stage_until(staged, 11 * TOC_MINUTE);
    stage_do(staged, "gridco.dispatcher", "assign_crew", "ss-1", "");
    stage_until(staged, 30 * TOC_MINUTE);
    stage_last(staged, "gridco.dispatcher assign_crew ss-1: under-way: east is on its way by "
                       "depot, hill, ss-1; there at D+0 01:32:01");
    stage_until(staged, 50 * TOC_MINUTE);
    stage_last(staged, "gridco.dispatcher assign_crew ss-1: under-way: east finds no open road; "
                       "it goes on when one opens");
    stage_until(staged, 80 * TOC_MINUTE);
    stage_last(staged, "gridco.dispatcher assign_crew ss-1: under-way: east is on its way by bend, "
                       "ss-1; there at D+0 01:50:00");
    stage_close(staged);
}

static void a_stand_in_sends_no_crew_where_no_road_leads(void **state) {
    stage *staged = stage_open_on(
        ROADS,
        OPENS "drill:at(t.minutes(5), function(d) d:fail('r-2', 'block-road')\n"
              "d:fail('r-4', 'block-road') end)\n"
              "drill:at(t.minutes(90), function(d) d:clear('r-4', 'block-road') end)\n",
        NULL, 1);
    toc_standins *standins = NULL;
    (void)state;
    assert_int_equal(toc_standins_create(staged->drill, staged->package, "reference", NULL, NULL,
                                         staged->problems, &standins),
                     TOC_OK);
    assert_int_equal(toc_standins_play(standins, 90 * TOC_MINUTE, staged->problems), TOC_OK);
    assert_null(strstr(staged->log, "assign_crew ss-1"));
    assert_int_equal(toc_standins_play(standins, 6 * TOC_HOUR, staged->problems), TOC_OK);
    assert_non_null(strstr(staged->log, "assign_crew ss-1: done: east leaves it in order"));
    toc_standins_destroy(standins);
    stage_close(staged);
}

/* The maker has people and parts, the depot one spare. */
#define SPARES                                                                                     \
    "<asset id='ss-3' kind='substation' operator='gridco' x='10' y='0' part='transformer'>"        \
    "<work job='replace' median='2h'/></asset>"                                                    \
    "<asset id='ss-4' kind='substation' operator='gridco' x='10' y='0' part='transformer'/>"       \
    "<stock at='depot' part='transformer' count='1'/>"                                             \
    "<crew id='fitters' operator='gridco' skills='electronics' base='ss-1' size='2'/>"             \
    "<vendor id='maker' parts='transformer' delivers='3h' skills='electronics' comes='1h'/>"

#define DESTROYS                                                                                   \
    "drill:at(0, function(d) d:fail('ss-3', 'destroy') d:fail('ss-4', 'destroy') end)\n"

static void a_crew_fetches_its_part_and_the_ticket_says_so(void **state) {
    stage *staged = stage_open_on(SPARES, DESTROYS, NULL, 1);
    (void)state;
    stage_until(staged, TOC_MINUTE);
    stage_do(staged, "gridco.dispatcher", "assign_crew", "ss-3", "job=replace");
    stage_last(staged, "gridco.dispatcher assign_crew ss-3: under-way: fitters fetches a "
                       "transformer at depot");
    stage_do(staged, "gridco.dispatcher", "assign_crew", "ss-4", "job=replace");
    stage_last(staged, "gridco.dispatcher assign_crew ss-4: under-way: no transformer in stock; "
                       "request_spare orders one, and it goes on when one comes");
    stage_do(staged, "gridco.dispatcher", "request_spare", "ss-4", "");
    stage_last(staged, "gridco.dispatcher request_spare ss-4: under-way: maker promises 1 "
                       "transformer at ss-4 for about D+0 03:01:00");
    stage_until(staged, 181 * TOC_MINUTE);
    assert_non_null(strstr(staged->log, "assign_crew ss-3: under-way: fitters is on its way\n"));
    assert_non_null(strstr(staged->log, "assign_crew ss-3: done: fitters leaves it in order"));
    stage_until(staged, 182 * TOC_MINUTE);
    assert_non_null(strstr(staged->log, "request_spare ss-4: done: 1 transformer at ss-4"));
    stage_last(staged, "gridco.dispatcher assign_crew ss-4: under-way: fitters found it destroyed: "
                       "replace");
    stage_close(staged);
}

static void a_vendor_comes_when_it_is_called(void **state) {
    stage *staged = stage_open_on(SPARES, DESTROYS, NULL, 1);
    (void)state;
    stage_do(staged, "gridco.dispatcher", "call_vendor", "ss-3", "job=reimage");
    stage_last(staged, "gridco.dispatcher call_vendor ss-3: refused: no vendor has people who can "
                       "do that");
    stage_do(staged, "gridco.dispatcher", "call_vendor", "ss-3", "job=replace\nvendor=maker");
    stage_last(staged, "gridco.dispatcher call_vendor ss-3: under-way: maker is on its way");
    stage_do(staged, "gridco.dispatcher", "call_vendor", "ss-4", "");
    stage_last(staged, "gridco.dispatcher call_vendor ss-4: refused: all of the vendor's people "
                       "are out");
    stage_until(staged, 6 * TOC_HOUR);
    stage_last(staged, "gridco.dispatcher call_vendor ss-3: done: maker leaves it in order");
    stage_close(staged);
    stage_refuses("gridco.dispatcher", "call_vendor", "ss-1", "vendor=maker",
                  "'maker' is no vendor");
    stage_refuses("gridco.dispatcher", "request_spare", "ss-1", "part=fuse", "'fuse' is no part");
    stage_refuses("gridco.dispatcher", "request_spare", "ss-1", "count=0",
                  "count: expected a whole number from 1 to 100, found '0'");
}

static void what_cannot_be_ordered_is_refused_with_the_reason(void **state) {
    stage *staged =
        stage_open_on(SPARES "<vendor id='shop' parts='fuse' delivers='1h'/>", "", NULL, 1);
    (void)state;
    stage_do(staged, "gridco.dispatcher", "request_spare", "pump-1", "");
    stage_last(staged, "gridco.dispatcher request_spare pump-1: refused: parts are brought to an "
                       "asset of the own operator");
    stage_do(staged, "gridco.dispatcher", "request_spare", "depot", "");
    stage_last(staged, "gridco.dispatcher request_spare depot: refused: it takes no part of its "
                       "own; say which: part=");
    stage_do(staged, "gridco.dispatcher", "request_spare", "depot", "part=fuse\nvendor=maker");
    stage_last(staged, "gridco.dispatcher request_spare depot: refused: that vendor does not sell "
                       "the part");
    stage_close(staged);
}

static void a_stand_in_orders_what_its_work_waits_for(void **state) {
    stage *staged = stage_open_on(SPARES, DESTROYS, NULL, 1);
    toc_standins *standins = NULL;
    (void)state;
    assert_int_equal(toc_standins_create(staged->drill, staged->package, "reference", NULL, NULL,
                                         staged->problems, &standins),
                     TOC_OK);
    assert_int_equal(toc_standins_play(standins, 6 * TOC_HOUR, staged->problems), TOC_OK);
    assert_non_null(strstr(staged->log, "request_spare ss-"));
    assert_non_null(strstr(staged->log, "in stock; request_spare orders one"));
    assert_non_null(strstr(staged->log, "assign_crew ss-3: done: fitters leaves it in order"));
    toc_standins_destroy(standins);
    stage_close(staged);
}

#define NIGHT "<crew id='night' operator='gridco' skills='repair' base='depot' shift='2h'/>"

static void a_crew_is_relieved_when_its_team_says_so(void **state) {
    stage *staged = stage_open_on(NIGHT, "", NULL, 1);
    (void)state;
    stage_do(staged, "waterco.dispatcher", "shift_change", "night", "");
    stage_last(staged,
               "waterco.dispatcher shift_change night: refused: the crew does not take this "
               "team's orders");
    stage_do(staged, "gridco.dispatcher", "shift_change", "east", "");
    stage_last(staged, "gridco.dispatcher shift_change east: refused: the crew works no shifts");
    stage_until(staged, 4 * TOC_HOUR);
    stage_do(staged, "gridco.dispatcher", "assign_crew", "ss-2", "crew=night");
    stage_last(staged, "gridco.dispatcher assign_crew ss-2: under-way: its crew has to rest; "
                       "shift_change brings the next shift");
    stage_do(staged, "gridco.dispatcher", "shift_change", "night", "");
    stage_last(staged, "gridco.dispatcher shift_change night: under-way: handing over until D+0 "
                       "04:30:00");
    stage_until(staged, 271 * TOC_MINUTE);
    assert_non_null(strstr(staged->log, "shift_change night: done: the next shift is on duty\n"));
    assert_non_null(strstr(staged->log, "assign_crew ss-2: under-way: night is on its way\n"));
    stage_close(staged);
    stage_refuses("gridco.dispatcher", "shift_change", "eest", "",
                  "'eest' is no crew; did you mean 'east'?");
}

static void stand_ins_relieve_who_is_tired(void **state) {
    stage *staged = stage_open_on(NIGHT, "", NULL, 1);
    toc_standins *standins = NULL;
    (void)state;
    assert_int_equal(toc_standins_create(staged->drill, staged->package, "reference", NULL, NULL,
                                         staged->problems, &standins),
                     TOC_OK);
    assert_int_equal(toc_standins_play(standins, 5 * TOC_HOUR, staged->problems), TOC_OK);
    assert_non_null(strstr(staged->log, "gridco.dispatcher shift_change night: done"));
    toc_standins_destroy(standins);
    stage_close(staged);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ticket_tells_the_way_and_when_the_crew_is_there),
        cmocka_unit_test(a_ticket_tells_when_roads_are_closed_and_opened),
        cmocka_unit_test(a_stand_in_sends_no_crew_where_no_road_leads),
        cmocka_unit_test(a_crew_fetches_its_part_and_the_ticket_says_so),
        cmocka_unit_test(a_vendor_comes_when_it_is_called),
        cmocka_unit_test(what_cannot_be_ordered_is_refused_with_the_reason),
        cmocka_unit_test(a_stand_in_orders_what_its_work_waits_for),
        cmocka_unit_test(a_crew_is_relieved_when_its_team_says_so),
        cmocka_unit_test(stand_ins_relieve_who_is_tired),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
