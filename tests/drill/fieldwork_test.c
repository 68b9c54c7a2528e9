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
                                  OPENS "drill:at(t.minutes(15), function(d)\n"
                                        "d:fail('r-2', 'block-road') end)\n"
                                        "drill:at(t.minutes(40), function(d)\n"
                                        "d:fail('r-3', 'block-road') end)\n"
                                        "drill:at(t.minutes(80), function(d)\n"
                                        "d:clear('r-2', 'block-road') end)\n",
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ticket_tells_the_way_and_when_the_crew_is_there),
        cmocka_unit_test(a_ticket_tells_when_roads_are_closed_and_opened),
        cmocka_unit_test(a_stand_in_sends_no_crew_where_no_road_leads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
